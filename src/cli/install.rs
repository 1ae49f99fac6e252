//! `install`: from anything to a proven Fyne environment. Never writes a project.

use super::args::work::Install;
use super::{Context, resume, road};
use crate::action::Scope;
use crate::apply::heal::Course;
use crate::failure::Failure;
use crate::report::Report;

/// Looks, plans, asks, converges.
pub fn run(args: &Install, context: &Context) -> Result<Report, Failure> {
    if let Some(report) = resume::first(context, "install", args.for_root)? {
        return Ok(report);
    }
    let seen = road::see(context, args)?;
    road::not_under_sudo(&seen.facts, args.for_root, "install")?;
    let plan = road::plan_install(&seen);
    if context.global.dry_run {
        return Ok(road::planned("install", &plan, &seen.facts));
    }
    let course = Course::Heal { scope: Scope::Install, only: vec![] };
    road::work(context, "install", &seen, &plan, &course, args.timings)
}
