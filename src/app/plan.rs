//! `plan`: what `install` or `repair` would do. Changes nothing.

use super::Session;
use super::install::{self, Wishes};
use super::run;
use crate::action::Scope;
use crate::failure::{Exit, Failure};
use crate::plan::make;
use crate::report::Report;

/// Looks and plans. With `detailed`, exit 1 where something would change.
pub fn plan(session: &Session, wishes: Wishes, scope: Scope, detailed: bool) -> Result<Report, Failure> {
    let seen = install::see(session, wishes)?;
    let plan = make(&seen.findings, &seen.facts, &seen.want, &seen.known, scope);
    let of = if scope == Scope::Repair { "repair" } else { "install" };
    let mut report = run::dry(session, ("plan", of), &plan, &seen.facts, &seen.known)?;
    if detailed && !(plan.is_empty() && report.earlier.is_empty()) {
        report.exit = Exit::Problems;
    }
    Ok(report)
}
