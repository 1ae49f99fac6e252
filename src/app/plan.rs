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
    let mut report = run::planned("plan", &plan, &seen.facts);
    if detailed && !plan.is_empty() {
        report.exit = Exit::Problems;
    }
    Ok(report)
}
