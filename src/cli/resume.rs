//! What was cut short is finished first: by the next command that writes, at once. The same command goes on with it by
//! itself, under the same ID; reading commands only report it.

use super::back::{self, Errand};
use super::survey::{Asked, survey};
use super::{Context, ask, road, survey as at};
use crate::action::Scope;
use crate::apply::heal::Course;
use crate::apply::revert;
use crate::checks;
use crate::failure::{Exit, Failure};
use crate::journal;
use crate::journal::Run;
use crate::journal::lock;
use crate::plan::make;
use crate::probe;
use crate::report::Report;
use crate::want::Want;

/// Finishes what other commands were cut short in, by their own wish. Gives the report that ends this command, where that
/// did not come to its end.
pub fn first(context: &Context, command: &str, for_root: bool) -> Result<Option<Report>, Failure> {
    let cut = cut_short(context)?;
    for run in cut.iter().filter(|it| it.command != command) {
        road::say(context, &text!("work-finishing", command = &run.command, run = &run.id));
        if context.global.dry_run {
            continue;
        }
        let report = finish(context, run, for_root)?;
        if !matches!(report.exit, Exit::Done | Exit::Problems) {
            return Ok(Some(Report { command: command.to_owned(), ..report }));
        }
    }
    if let Some(run) = cut.iter().rev().find(|it| it.command == command) {
        road::say(context, &text!("work-going-on", command = command, run = &run.id));
        if !context.global.dry_run {
            rewind(context, run)?;
        }
    }
    Ok(None)
}

/// Whether a run of this command waits to be finished: then even an empty plan is carried out, for its end.
pub fn waits(context: &Context, command: &str) -> bool {
    cut_short(context).is_ok_and(|cut| cut.iter().any(|it| it.command == command))
}

/// Runs that were cut short, oldest first; none while somebody is at work: the lock will say so.
fn cut_short(context: &Context) -> Result<Vec<Run>, Failure> {
    let places = at::places(context.look)?;
    let (runs, _) = journal::load(context.look, &places)?;
    let cut: Vec<Run> = runs.into_iter().filter(Run::cut_short).collect();
    Ok(if !cut.is_empty() && lock::at_work(context.look, &places) { Vec::new() } else { cut })
}

/// A half-edited machine is planned for as neither was: one profile of two may be enough for this login, and which remedy
/// helped is not known any more. So a run that was cut short begins again with its edits.
fn rewind(context: &Context, run: &Run) -> Result<(), Failure> {
    if revert::edits(run).steps.is_empty() {
        return Ok(());
    }
    ask::consent(context, &text!("work-question"))?;
    back::rewind(context, run)
}

fn finish(context: &Context, run: &Run, for_root: bool) -> Result<Report, Failure> {
    if matches!(run.command.as_str(), "undo" | "uninstall") {
        return back::go(context, &Errand { asked: run.asked.clone(), for_root });
    }
    rewind(context, run)?;
    let seen = match &run.asked.want {
        Some(want) => {
            let places = at::places(context.look)?;
            let mut facts = probe::facts(context.look, &places, want.project.as_deref());
            probe::for_target(context.look, &mut facts, &want.target);
            let findings = checks::judge(&facts, want, &[]);
            let held = at::in_use(context, context.look)?.held;
            road::Seen { facts, want: Want { held, ..(**want).clone() }, findings }
        }
        // Written by an older version: what it wished is not known, so the usual is.
        None => {
            let seen = survey(context, context.look, &Asked::default())?;
            let findings = checks::judge(&seen.facts, &seen.want, &[]);
            road::Seen { facts: seen.facts, want: seen.want, findings }
        }
    };
    let usual = if run.command == "repair" { Scope::Repair } else { Scope::Install };
    let scope = run.asked.scope.unwrap_or(usual);
    let only = run.asked.only.clone();
    let mut findings = seen.findings.clone();
    findings.retain(|it| only.is_empty() || only.iter().any(|name| checks::names(name, &it.id)));
    let plan = make(&findings, &seen.facts, &seen.want, scope);
    road::work(context, &run.command, &seen, &plan, &Course::Heal { scope, only }, false)
}
