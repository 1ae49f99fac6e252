//! `manifest resolve`: which versions follow from the manifest here, and why.

use serde_json::json;

use crate::cli::Context;
use crate::cli::args::work::Versions;
use crate::cli::survey::{Asked, manifest, places, project, wish};
use crate::failure::Failure;
use crate::manifest::resolve;
use crate::probe;
use crate::report::{Label, Machine, Report};

/// Resolves.
pub(super) fn resolved(typed: &Versions, context: &Context) -> Result<Report, Failure> {
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
