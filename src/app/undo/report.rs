//! What taking back came to, for people and programs: the steps, what is left, and what should be known besides.

use crate::app::Session;
use crate::apply::revert::{Scheme, Taken};
use crate::checks::Decision;
use crate::facts::Facts;
use crate::facts::host::Rights;
use crate::journal::RunStep;
use crate::journal::roots::Foreign;
use crate::journal::undo::{Reverted, Undo};
use crate::packages::Table;
use crate::report::model::{Acted, Left, State};
use crate::report::{Label, Page};

/// The steps, each with what came of it; all of them open where nothing was done yet.
pub(super) fn acted(scheme: &Scheme, taken: &[Taken], times: &[u64]) -> Vec<Acted> {
    let one = |(index, (_, step)): (usize, &(String, RunStep))| Acted {
        id: u32::try_from(index + 1).unwrap_or(u32::MAX),
        kind: step.action.kind(),
        what: text!("undo-step", what = crate::action::sentence(&step.action)),
        because: step.because.clone(),
        state: match taken.get(index) {
            None => State::Pending,
            Some(Taken::Failed(_)) => State::Failed,
            Some(Taken::Not | Taken::NoRights(_)) => State::Cancelled,
            Some(it) if it.whole() => State::Done,
            Some(Taken::Back(..)) => State::Cancelled,
        },
        before: None,
        after: None,
        duration_ms: times.get(index).copied().unwrap_or(0),
        failure: None,
    };
    scheme.steps.iter().enumerate().map(one).collect()
}

/// What is not taken back, each with what a person can do about it.
pub(super) fn left(
    scheme: &Scheme,
    taken: &[Taken],
    everything: bool,
    facts: &Facts,
    packages: &Table,
) -> Vec<Left> {
    let mut left = Vec::new();
    for ((run, _), taken) in scheme.steps.iter().zip(taken) {
        match taken {
            Taken::Back(all, kept) => {
                for path in all
                    .iter()
                    .filter_map(|it| if let Reverted::ChangedByOthers(path) = it { Some(path) } else { None })
                {
                    let command = if everything {
                        "fyne-setup uninstall --force".to_owned()
                    } else {
                        format!("fyne-setup undo {run} --force")
                    };
                    left.push(Left {
                        id: "undo.changed".into(),
                        summary: text!("undo-changed-summary", path = path),
                        decision: Some(Decision {
                            text: text!("undo-changed-decide"),
                            command: Some(command),
                        }),
                    });
                }
                if !kept.names.is_empty() {
                    let (names, by) = (kept.names.join(" "), kept.needed_by.join(" "));
                    let summary = if by.is_empty() {
                        text!("undo-kept-summary", names = names)
                    } else {
                        text!("undo-needed-summary", names = names, by = by)
                    };
                    left.push(Left { id: "undo.needed".into(), summary, decision: None });
                }
            }
            Taken::NoRights(names) => left.push(no_rights(names, facts, packages)),
            Taken::Failed(_) | Taken::Not => {}
        }
    }
    left
}

fn no_rights(names: &[String], facts: &Facts, packages: &Table) -> Left {
    let command = packages.manager_for(&facts.host).map(|it| {
        let line = it.remove(names).join(" ");
        if facts.host.rights == Rights::Root { line } else { format!("sudo {line}") }
    });
    Left {
        id: "undo.rights".into(),
        summary: text!("undo-rights-summary", names = names.join(" ")),
        decision: Some(Decision { text: text!("undo-rights-decide"), command }),
    }
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
pub(super) fn notes(scheme: &Scheme, taken: &[Taken], session: &Session) -> Page {
    let mut said = Vec::new();
    for taken in taken {
        let Taken::Back(all, _) = taken else { continue };
        said.extend(all.iter().filter_map(|it| match it {
            Reverted::Merged(path) => Some(text!("undo-merged", path = path)),
            Reverted::Copied(path, copy) => Some(text!("undo-copied", path = path, copy = copy)),
            _ => None,
        }));
    }
    let upgraded = scheme.steps.iter().flat_map(|it| &it.1.undo).filter_map(|it| match it {
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
