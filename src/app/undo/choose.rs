//! `undo [RUN]`: takes one run back; without a name, the last that still has something to take back. A later one that changed
//! the machine with no way back is not passed over in silence: then nothing is done, and the run before it is named.

use super::{UndoRequest, go, nothing, readable, untouched};
use crate::app::{Session, history, rightful};
use crate::apply::revert;
use crate::failure::{Code, Exit, Failure};
use crate::journal::undo::Undo;
use crate::journal::{Request, Run};
use crate::quoting::quoted;
use crate::report::{Label, Page, Report};

/// Chooses the run, asks, takes back. `force`: also what somebody else changed since.
pub fn undo(session: &Session, named: Option<&str>, force: bool, for_root: bool) -> Result<Report, Failure> {
    rightful(session, for_root, "undo")?;
    let runs = session.runs()?;
    if let Some(cut) = session.cut_short()?.last() {
        if cut.command == "uninstall" {
            return go(session, &UndoRequest::of(cut.asked.clone(), for_root));
        }
        let same = named.is_none_or(|run| cut.asked.of.iter().any(|it| it == run));
        if cut.command == "undo" && same {
            let asked = Request { force: force || cut.asked.force, ..cut.asked.clone() };
            return go(session, &UndoRequest::of(asked, for_root));
        }
        if cut.command == "undo" {
            let report = go(session, &UndoRequest::of(cut.asked.clone(), for_root))?;
            if !matches!(report.exit, Exit::Done | Exit::Problems) || session.options.dry_run {
                return Ok(report);
            }
        }
    }
    let run = match chosen(named, runs)? {
        Chosen::Run(run) => run,
        Chosen::Stays(run) => return Ok(no_way_back(session, run, runs)),
        Chosen::Nothing => return Ok(nothing("undo", session)),
    };
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
    go(session, &UndoRequest::of(asked, for_root))
}

/// Whether it is a run that changes a machine, not one that takes back.
fn plans(run: &Run) -> bool {
    !matches!(run.command.as_str(), "undo" | "uninstall")
}

/// The run that is meant.
enum Chosen<'r> {
    /// This one is taken back.
    Run(&'r Run),
    /// This one is meant, and what it did has no way back.
    Stays(&'r Run),
    /// There is none.
    Nothing,
}

fn chosen<'r>(named: Option<&str>, runs: &'r [Run]) -> Result<Chosen<'r>, Failure> {
    let open = |it: &Run| !it.open().is_empty() || (it.cut_short() && plans(it));
    let of = |run: &'r Run| match readable(run) {
        Ok(it) if open(it) => Ok(Chosen::Run(it)),
        Ok(it) if it.stays() => Ok(Chosen::Stays(it)),
        Ok(_) => Ok(Chosen::Nothing),
        Err(failure) => Err(failure),
    };
    let Some(id) = named else {
        let last = runs.iter().rev().find(|it| open(it) || it.newer || it.stays());
        return last.map_or(Ok(Chosen::Nothing), of);
    };
    of(runs.iter().find(|it| it.id == id).ok_or_else(|| history::no_such_run(id, runs))?)
}

/// The run that was meant stays as it is; the one before it that can be taken back is named.
fn no_way_back(session: &Session, run: &Run, runs: &[Run]) -> Report {
    let words = session.words;
    let mut page = Page::default();
    let say = text!("undo-no-way-back", run = history::named(run));
    page.hanging(vec![], Label::Plain, &words.say(&say));
    for step in run.steps.iter().filter(|it| it.undo.iter().any(Undo::stays)) {
        let what = words.say(&crate::action::sentence(&step.action));
        page.hanging(vec![(Label::Plain, "  · ".into())], Label::Plain, &what);
    }
    let before = runs.iter().rev().skip_while(|it| it.id != run.id);
    if let Some(earlier) = before.into_iter().find(|it| !it.open().is_empty()) {
        let say = text!("undo-earlier", run = history::named(earlier));
        page.hanging(vec![], Label::Plain, &words.say(&say));
        let line = format!("fyne-setup undo {}", quoted(&earlier.id));
        page.command(2, &session.places().map_or(line.clone(), |it| it.typed(&line)));
    }
    untouched("undo", session, page)
}
