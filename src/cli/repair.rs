//! `repair`: mends what is wrong by the least change, looks again, until nothing mendable is left; then a real window.

use super::args::work::Repair;
use super::survey::{Asked, Survey, survey};
use super::{Context, check, resume, road};
use crate::action::Scope;
use crate::apply::heal::Course;
use crate::checks::{self, names};
use crate::failure::Failure;
use crate::plan::make;
use crate::report::Report;

/// Looks, judges, plans, asks, heals.
pub fn run(args: &Repair, context: &Context) -> Result<Report, Failure> {
    check::known(&args.ids)?;
    if let Some(report) = resume::first(context, "repair", args.for_root)? {
        return Ok(report);
    }
    let Survey { mut facts, want, .. } =
        survey(context, context.look, &Asked { goal: args.goal, ..Asked::default() })?;
    road::not_under_sudo(&facts, args.for_root, "repair")?;
    // A Go whose tools were touched may have a hole that no list of names shows.
    let sign = facts.go.in_use().is_some_and(|it| it.touched && it.complete() && !it.packaged());
    if args.deep || sign {
        check::look_deep(context, &mut facts, &want);
        facts.deep = facts.deep.take().map(|it| if args.deep { it } else { it.unasked() });
    }
    let mut findings = checks::judge(&facts, &want, &[]);
    findings.retain(|it| args.ids.is_empty() || args.ids.iter().any(|name| names(name, &it.id)));
    // An older terminal is not left over from anything: nothing on disk is at fault.
    findings.retain(|it| it.id != "system.terminal");
    let plan = make(&findings, &facts, &want, Scope::Repair);
    if context.global.dry_run {
        return Ok(road::planned("repair", &plan, &facts));
    }
    let seen = road::Seen { facts, want, findings };
    let course = Course::Heal { scope: Scope::Repair, only: args.ids.clone() };
    road::work(context, "repair", &seen, &plan, &course, false)
}
