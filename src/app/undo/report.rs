//! What taking back came to, for people and programs: the steps, what is left, and what should be known besides.

use std::path::{Path, PathBuf};

use crate::app::Session;
use crate::apply::revert::{StepUndone, UndoPlan};
use crate::apply::steps::removal::Kept;
use crate::checks::Decision;
use crate::facts::Facts;
use crate::journal::roots::Foreign;
use crate::journal::undo::{Reverted, Undo};
use crate::journal::{Run, RunStep, told};
use crate::packages::Table;
use crate::places::Places;
use crate::quoting::quoted;
use crate::report::model::{Acted, Left, State};
use crate::report::{Label, Page};
use crate::system::Look;
use crate::text::Text;

/// The steps, each with what came of it; all of them open where nothing was done yet.
pub(super) fn acted(
    look: &dyn Look,
    undo_plan: &UndoPlan,
    taken: &[StepUndone],
    times: &[u64],
) -> Vec<Acted> {
    let one = |(index, (_, step)): (usize, &(String, RunStep))| Acted {
        id: u32::try_from(index + 1).unwrap_or(u32::MAX),
        kind: step.action.kind(),
        what: match taken.get(index) {
            Some(StepUndone::Back(came, kept)) => told::did(step, came, kept.count()),
            _ => told::expected(look, step),
        },
        because: step.because.clone(),
        state: match taken.get(index) {
            None => State::Pending,
            Some(StepUndone::Failed(_)) => State::Failed,
            Some(StepUndone::Not | StepUndone::NoRights(_)) => State::Cancelled,
            Some(it) if it.whole() => State::Done,
            Some(StepUndone::Back(..)) => State::Cancelled,
        },
        before: None,
        after: None,
        duration_ms: times.get(index).copied().unwrap_or(0),
        failure: match taken.get(index) {
            Some(StepUndone::Failed(it)) => Some(it.clone()),
            _ => None,
        },
        // Before it is done, nothing is promised of what is gone.
        paths: changed(step, |it| taken.get(index).is_some() || it.vanished(look).is_none()),
        packages: removed(step),
    };
    undo_plan.steps.iter().enumerate().map(one).collect()
}

/// Every path that what counts of a step's way back may change, each once.
fn changed(step: &RunStep, counts: impl Fn(&Undo) -> bool) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in step.undo.iter().filter(|it| counts(it)).flat_map(Undo::paths) {
        if !paths.iter().any(|it| it == path) {
            paths.push(path.to_owned());
        }
    }
    paths
}

fn removed(step: &RunStep) -> Vec<String> {
    let names = step.undo.iter().filter_map(|it| match it {
        Undo::RemovePackages { names, .. } => Some(names.clone()),
        _ => None,
    });
    names.flatten().collect()
}

/// Lines of the journal that told of acts and do not read: what they did is not taken back.
pub(super) fn unread(runs: &[Run], of: impl Fn(&Run) -> bool, journal: &Path) -> Vec<Left> {
    let one = |run: &Run, line: usize| Left {
        id: "undo.unread".into(),
        summary: text!("undo-unread-summary", file = journal, line = line, run = &run.id),
        decision: Some(Decision { text: text!("undo-unread-decide"), command: None }),
    };
    let of = runs.iter().filter(|it| of(it));
    of.flat_map(|run| run.lost.iter().map(|line| one(run, *line))).collect()
}

/// What is not taken back, each with what a person can do about it.
pub(super) fn left(
    undo_plan: &UndoPlan,
    taken: &[StepUndone],
    everything: bool,
    facts: &Facts,
    packages: &Table,
) -> Vec<Left> {
    let mut left = Vec::new();
    for ((run, _), taken) in undo_plan.steps.iter().zip(taken) {
        match taken {
            StepUndone::Back(all, kept) => {
                left.extend(all.iter().filter_map(|it| stayed(it, run, everything, &facts.ours.places)));
                if !kept.names.is_empty() {
                    let (names, by) = (kept.names.join(" "), kept.needed_by.join(" "));
                    let summary = if by.is_empty() {
                        text!("undo-kept-summary", names = names)
                    } else {
                        text!("undo-needed-summary", names = names, by = by)
                    };
                    left.push(Left { id: "undo.needed".into(), summary, decision: None });
                }
                left.extend(not_ours(kept, facts, packages));
            }
            StepUndone::NoRights(names) => left.push(no_rights(names, facts, packages)),
            StepUndone::Failed(_) | StepUndone::Not => {}
        }
    }
    once(left)
}

/// Each of them once: several steps may have changed one file.
pub(super) fn once(all: Vec<Left>) -> Vec<Left> {
    let mut left: Vec<Left> = Vec::new();
    for one in all {
        if !left.contains(&one) {
            left.push(one);
        }
    }
    left
}

/// A file that was not put back, with what a person can do about it.
fn stayed(came: &Reverted, run: &str, everything: bool, places: &Places) -> Option<Left> {
    let (id, summary, decide) = match came {
        Reverted::ChangedByOthers(path) => {
            ("undo.changed", text!("undo-changed-summary", path = path), text!("undo-changed-decide"))
        }
        Reverted::NotWritten(path) => {
            ("undo.unwritten", text!("undo-unwritten-summary", path = path), text!("undo-unwritten-decide"))
        }
        _ => return None,
    };
    let command = if everything {
        "fyne-setup uninstall --force".to_owned()
    } else {
        format!("fyne-setup undo {} --force", quoted(run))
    };
    let command = Some(places.typed(&command));
    Some(Left { id: id.into(), summary, decision: Some(Decision { text: decide, command }) })
}

fn no_rights(names: &[String], facts: &Facts, packages: &Table) -> Left {
    let command = removing(names, facts, packages);
    Left {
        id: "undo.rights".into(),
        summary: text!("undo-rights-summary", names = names.join(" ")),
        decision: Some(Decision { text: text!("undo-rights-decide"), command }),
    }
}

/// The line that takes packages away.
fn removing(names: &[String], facts: &Facts, packages: &Table) -> Option<String> {
    packages.manager_for(&facts.host).map(|it| {
        let line = it.remove(names).join(" ");
        if facts.host.rights.have_sudo() { format!("sudo {line}") } else { line }
    })
}

/// Packages that a step names and that are a person's, or may be.
fn not_ours(kept: &Kept, facts: &Facts, packages: &Table) -> Vec<Left> {
    let one = |names: &[String], id: &str, summary: Text| {
        let command = removing(names, facts, packages);
        let decision = Some(Decision { text: text!("undo-not-ours-decide"), command });
        (!names.is_empty()).then(|| Left { id: id.into(), summary, decision })
    };
    let Kept { unproven, theirs, .. } = kept;
    let said = |names: &[String]| names.join(" ");
    let maybe = one(unproven, "undo.unproven", text!("undo-unproven-summary", names = said(unproven)));
    let theirs = one(theirs, "undo.theirs", text!("undo-theirs-summary", names = said(theirs)));
    maybe.into_iter().chain(theirs).collect()
}

pub(super) fn strangers(foreign: &Foreign) -> Vec<Left> {
    let one = |path: &std::path::PathBuf| Left {
        id: "undo.foreign".into(),
        summary: text!("undo-foreign-summary", path = path),
        decision: None,
    };
    foreign.iter().map(one).collect()
}

/// What people should know: files that hold others' lines too, copies, and what stays because nothing exact exists.
pub(super) fn notes(undo_plan: &UndoPlan, taken: &[StepUndone], session: &Session) -> Page {
    let mut said = Vec::new();
    for taken in taken {
        let StepUndone::Back(all, _) = taken else { continue };
        said.extend(all.iter().filter_map(|it| match it {
            Reverted::Merged(path) => Some(text!("undo-merged", path = path)),
            Reverted::Copied(path, copy) => Some(text!("undo-copied", path = path, copy = copy)),
            _ => None,
        }));
    }
    let upgraded = undo_plan.steps.iter().flat_map(|it| &it.1.undo).filter_map(|it| match it {
        Undo::Upgraded { names, .. } => Some(text!("undo-upgraded", names = names.join(" "))),
        _ => None,
    });
    said.extend(upgraded);
    let mut page = Page::default();
    for text in said {
        page.hanging(vec![(Label::Plain, "  ".into())], Label::Plain, &session.words.say(&text));
    }
    page
}
