//! `undo [RUN]`: takes one run back; without a name, the last that still has something to take back.

use super::args::work::Undo;
use super::back::{self, Errand};
use super::{Context, survey};
use crate::apply::revert;
use crate::failure::{Exit, Failure};
use crate::journal;
use crate::journal::{Asked, Run};
use crate::report::Report;

/// Chooses the run, asks, takes back.
pub fn run(args: &Undo, context: &Context) -> Result<Report, Failure> {
    let places = survey::places(context.look)?;
    let (runs, _) = journal::load(context.look, &places)?;
    if let Some(cut) = back::cut_short(context, &places, &runs) {
        if cut.command == "uninstall" {
            return back::go(context, &Errand { asked: cut.asked.clone(), for_root: args.for_root });
        }
        let same = args.run.is_none() || cut.asked.of.iter().any(|it| args.run.as_ref() == Some(it));
        if cut.command == "undo" && same {
            let asked = Asked { force: args.force || cut.asked.force, ..cut.asked.clone() };
            return back::go(context, &Errand { asked, for_root: args.for_root });
        }
        if cut.command == "undo" {
            let report = back::go(context, &Errand { asked: cut.asked.clone(), for_root: args.for_root })?;
            if !matches!(report.exit, Exit::Done | Exit::Problems) || context.global.dry_run {
                return Ok(report);
            }
        }
    }
    let Some(run) = chosen(args, &runs)? else { return Ok(back::nothing("undo", context)) };
    let mut of = vec![run.id.clone()];
    // A run that was cut short is finished or taken back by the next command that writes; this one takes back.
    of.extend(
        runs.iter().filter(|it| it.id != run.id && plans(it) && it.cut_short()).map(|it| it.id.clone()),
    );
    let later: Vec<&str> = revert::built_on(run, &runs)
        .into_iter()
        .map(|it| it.id.as_str())
        .filter(|it| !of.iter().any(|of| of == it))
        .collect();
    if let Some(last) = later.last() {
        let message = text!("undo-built-on", run = &run.id, later = later.join(", "));
        let hint = text!("undo-built-on-hint", last = *last, run = &run.id);
        return Err(Failure::new("undo.built-on", Exit::Usage, message).hint(hint));
    }
    let asked = Asked { of, force: args.force, ..Asked::of("undo") };
    back::go(context, &Errand { asked, for_root: args.for_root })
}

/// Whether it is a run that changes a machine, not one that takes back.
fn plans(run: &Run) -> bool {
    !matches!(run.command.as_str(), "undo" | "uninstall")
}

fn chosen<'r>(args: &Undo, runs: &'r [Run]) -> Result<Option<&'r Run>, Failure> {
    let Some(id) = &args.run else {
        let cut = |it: &&Run| it.cut_short() && plans(it);
        let last = runs.iter().rev().find(|it| !it.open().is_empty() || it.newer || cut(it));
        return last.map(back::readable).transpose();
    };
    let named = runs.iter().find(|it| it.id == *id).ok_or_else(|| {
        Failure::new("usage.no-such-run", Exit::Usage, text!("history-no-such-run", run = id))
            .hint(text!("history-no-such-run-hint"))
    })?;
    back::readable(named)?;
    Ok(Some(named).filter(|it| !it.open().is_empty() || it.cut_short()))
}
