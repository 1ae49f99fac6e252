//! `plan`: what `install` or `repair` would do. Changes nothing; module sources are asked as they would ask them.

use super::install::{self, Wishes};
use super::lockfile::published;
use super::{Session, mirrors, run};
use crate::action::Scope;
use crate::failure::{Exit, Failure};
use crate::report::Report;

/// Looks and plans. With `detailed`, exit 1 where something would change.
pub fn plan(session: &Session, wishes: Wishes, scope: Scope, detailed: bool) -> Result<Report, Failure> {
    let mut seen = install::see(session, wishes)?;
    let plan = mirrors::plan(session, &mut seen, scope);
    let of = if scope == Scope::Repair { "repair" } else { "install" };
    let dry = run::dry(session, ("plan", of), &plan, &seen.facts, &seen.known)?;
    let mut report = published::told_in(session, &seen.want, seen.source.told_in(dry))?;
    if detailed && !(plan.is_empty() && report.earlier.is_empty()) {
        report.exit = Exit::Problems;
    }
    Ok(report)
}
