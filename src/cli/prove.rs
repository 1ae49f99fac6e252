//! `prove`: builds a small real Fyne program with this machine's tools and sees its window. Always repeats it.

use super::args::work::Prove;
use super::survey::{Asked, Survey, survey};
use super::{Context, road};
use crate::apply::heal::Course;
use crate::checks;
use crate::failure::{Exit, Failure};
use crate::plan;
use crate::report::Report;

/// Looks, builds, opens, sees.
pub fn run(args: &Prove, context: &Context) -> Result<Report, Failure> {
    let asked = Asked {
        go: args.versions.go,
        fyne: args.versions.fyne.clone(),
        force: args.versions.force,
        ..Asked::default()
    };
    let Survey { facts, want, .. } = survey(context, context.look, &asked)?;
    let Some(plan) = plan::proof(&facts, &want) else {
        let failure = Failure::new("prove.no-go", Exit::Problems, text!("work-prove-no-go"));
        return Err(failure.hint(text!("work-prove-no-go-hint")));
    };
    let findings = checks::judge(&facts, &want, &[]);
    let seen = road::Seen { facts, want, findings };
    let mut report = road::carry_out(context, "prove", &seen, &plan, &Course::Once, args.timings)?;
    // Whether the machine is healthy is the business of `check`: here a window was seen, or not.
    report.exit = match &report.failure {
        None => Exit::Done,
        Some(it) if it.exit == Exit::Failed => Exit::Problems,
        Some(it) => it.exit,
    };
    Ok(report)
}
