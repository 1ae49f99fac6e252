//! `plan`: what `install` or `repair` would do. Changes nothing.

use super::args::work::Plan as Args;
use super::{Context, road};
use crate::action::Scope;
use crate::failure::{Exit, Failure};
use crate::plan::make;
use crate::report::Report;

/// Looks and plans.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let seen = road::see(context, &args.install)?;
    let scope = if args.of == "repair" { Scope::Repair } else { Scope::Install };
    let plan = make(&seen.findings, &seen.facts, &seen.want, scope);
    let mut report = road::planned("plan", &plan, &seen.facts);
    if args.detailed_exitcode && !plan.is_empty() {
        report.exit = Exit::Problems;
    }
    Ok(report)
}
