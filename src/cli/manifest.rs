//! `manifest show|resolve`: what the manifest says, and which versions follow from it here and why.

use clap::Subcommand;
use serde_json::json;

use super::Context;
use super::args::work::Versions;
use super::survey::{Asked, manifest, places, project, wish};
use crate::failure::Failure;
use crate::manifest::{Manifest, resolve};
use crate::probe;
use crate::report::{Label, Machine, Page, Report, Words};

/// `manifest`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which part of it.
    #[command(subcommand)]
    pub what: What,
}

/// What is asked of the manifest.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Its content.
    Show(Show),
    /// The versions for this machine and project, and why.
    Resolve(Versions),
}

/// `manifest show`
#[derive(Debug, clap::Args)]
pub struct Show {}

/// Prints the content, or resolves.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    match &args.what {
        What::Show(_) => show(context),
        What::Resolve(versions) => resolved(versions, context),
    }
}

fn show(context: &Context) -> Result<Report, Failure> {
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

fn resolved(typed: &Versions, context: &Context) -> Result<Report, Failure> {
    let look = context.look;
    let manifest = manifest(look, context.global.manifest.as_deref())?;
    let project = project(look, context.global.project.as_deref())?;
    let facts = probe::facts(look, &places(look)?, project.as_deref());
    let asked = Asked { go: typed.go, fyne: typed.fyne.clone(), force: typed.force, ..Asked::default() };
    let versions = resolve(&manifest, &wish(&facts, &asked))?;
    let mut report = Report::new("manifest resolve");
    let reasons: Vec<_> = versions.reasons.iter().map(|it| context.words.say(&it.0)).collect();
    for reason in &reasons {
        report.page.hanging(Vec::new(), Label::Plain, reason);
    }
    report.machine = Some(Machine::of(&facts));
    report.more.insert("reasons".into(), json!(reasons));
    report.more.insert("needs".into(), json!(versions.target.needs));
    report.target = Some(versions.target);
    Ok(report)
}
