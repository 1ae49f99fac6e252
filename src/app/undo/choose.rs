//! `undo [RUN]`: takes one run back; without a name, the last that still has something to take back.

use super::{UndoRequest, go, nothing, readable};
use crate::app::{Session, rightful};
use crate::apply::revert;
use crate::failure::{Code, Exit, Failure};
use crate::journal::{Request, Run};
use crate::report::Report;

/// Chooses the run, asks, takes back. `force`: also what somebody else changed since.
pub fn undo(session: &Session, named: Option<&str>, force: bool, for_root: bool) -> Result<Report, Failure> {
    rightful(session, for_root, "undo")?;
    let runs = session.runs()?;
    if let Some(cut) = session.cut_short()?.last() {
        if cut.command == "uninstall" {
            return go(session, &UndoRequest { asked: cut.asked.clone(), for_root });
        }
        let same = named.is_none_or(|run| cut.asked.of.iter().any(|it| it == run));
        if cut.command == "undo" && same {
            let asked = Request { force: force || cut.asked.force, ..cut.asked.clone() };
            return go(session, &UndoRequest { asked, for_root });
        }
        if cut.command == "undo" {
            let report = go(session, &UndoRequest { asked: cut.asked.clone(), for_root })?;
            if !matches!(report.exit, Exit::Done | Exit::Problems) || session.options.dry_run {
                return Ok(report);
            }
        }
    }
    let Some(run) = chosen(named, runs)? else { return Ok(nothing("undo", session)) };
    let mut of = vec![run.id.clone()];
    // A run that was cut short is finished or taken back by the next command that writes; this one takes back.
    of.extend(
        runs.iter().filter(|it| it.id != run.id && plans(it) && it.cut_short()).map(|it| it.id.clone()),
    );
    let later: Vec<&str> = revert::built_on(run, runs)
        .into_iter()
        .map(|it| it.id.as_str())
        .filter(|it| !of.iter().any(|of| of == it))
        .collect();
    if let Some(last) = later.last() {
        let message = text!("undo-built-on", run = &run.id, later = later.join(", "));
        let hint = text!("undo-built-on-hint", last = *last, run = &run.id);
        return Err(Failure::new(Code::UndoBuiltOn, message).hint(hint));
    }
    let asked = Request { of, force, ..Request::of("undo") };
    go(session, &UndoRequest { asked, for_root })
}

/// Whether it is a run that changes a machine, not one that takes back.
fn plans(run: &Run) -> bool {
    !matches!(run.command.as_str(), "undo" | "uninstall")
}

fn chosen<'r>(named: Option<&str>, runs: &'r [Run]) -> Result<Option<&'r Run>, Failure> {
    let Some(id) = named else {
        let cut = |it: &&Run| it.cut_short() && plans(it);
        let last = runs.iter().rev().find(|it| !it.open().is_empty() || it.newer || cut(it));
        return last.map(readable).transpose();
    };
    let named = runs.iter().find(|it| it.id == id).ok_or_else(|| {
        Failure::new(Code::UsageNoSuchRun, text!("history-no-such-run", run = id))
            .hint(text!("history-no-such-run-hint"))
    })?;
    readable(named)?;
    Ok(Some(named).filter(|it| !it.open().is_empty() || it.cut_short()))
}
