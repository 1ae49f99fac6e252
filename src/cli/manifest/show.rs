//! `manifest show`: what the manifest says.

use crate::cli::Context;
use crate::cli::survey::manifest;
use crate::failure::Failure;
use crate::manifest::Manifest;
use crate::report::{Label, Page, Report, Words};

/// Prints the content.
pub(super) fn show(context: &Context) -> Result<Report, Failure> {
    let manifest = manifest(context.look, context.global.manifest.as_deref())?;
    let mut report = Report::new("manifest show");
    report.page = page(&manifest, context.words);
    let body = serde_json::to_value(&manifest).unwrap_or_default();
    report.more.insert("manifest".into(), body);
    Ok(report)
}

fn page(manifest: &Manifest, words: &Words) -> Page {
    let mut page = Page::default();
    let title = text!("manifest-title", version = manifest.version, expires = manifest.expires.to_string());
    page.line(Label::Heading, words.say(&title));
    let indent = || vec![(Label::Plain, "  ".to_owned())];
    for row in &manifest.fyne {
        let versions: Vec<_> = row.versions.iter().map(ToString::to_string).collect();
        page.gap();
        page.hanging(
            Vec::new(),
            Label::Plain,
            &words.say(&text!("manifest-row", line = &row.line, versions = versions.join(", "))),
        );
        page.hanging(
            indent(),
            Label::Plain,
            &words.say(&text!("manifest-row-go", min = row.go.min, max = row.go.max)),
        );
        for cli in &row.cli {
            let text = text!("manifest-row-cli", cli = cli.at_version(), min = cli.go.min, max = cli.go.max);
            page.hanging(indent(), Label::Plain, &words.say(&text));
        }
    }
    page
}
