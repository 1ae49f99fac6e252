//! The journal folded into runs: what `history`, `undo` and `resume` read. A line that does not read is passed over.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::entry::{Entry, Event, Request, SCHEMA};
use super::own;
use super::undo::Undo;
use crate::action::Action;
use crate::data;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::gather::Order as _;
use crate::packages::Brought;
use crate::places::Places;
use crate::system::Look;

/// A run as the journal has it, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Its ID.
    pub id: String,
    /// When it began, seconds since 1970.
    pub began: u64,
    /// `install`, `repair`, …
    pub command: String,
    /// Its steps, in the order of their intents.
    pub steps: Vec<RunStep>,
    /// The exit number, once it ended.
    pub exit: Option<u8>,
    /// A newer version wrote of it what we cannot read.
    pub newer: bool,
    /// Lines of it that do not read.
    pub unread: usize,
    /// Those of them, from 1, that told of an act and how it is taken back.
    #[serde(skip)]
    pub lost: Vec<usize>,
    /// What it was asked for.
    #[serde(skip)]
    pub asked: Request,
    /// Where it was told to put Go, when it began or went on last.
    #[serde(skip)]
    pub prefix: Option<PathBuf>,
}

impl Run {
    /// Whether it was cut short, provided that nobody is at work. A proof changes nothing that could be finished.
    pub fn cut_short(&self) -> bool {
        self.exit.is_none() && !self.newer && !matches!(self.command.as_str(), "" | "prove")
    }

    /// Whether all that it changed has no way back. One that was taken back is not among them: it had one.
    pub fn stays(&self) -> bool {
        let of = |it: &RunStep, what: fn(&Undo) -> bool| it.undo.iter().any(what);
        self.steps.iter().any(|it| of(it, Undo::stays)) && !self.steps.iter().any(|it| of(it, Undo::acts))
    }

    /// What can still be taken back, the last thing done first.
    pub fn open(&self) -> Vec<&RunStep> {
        let mut steps: Vec<&RunStep> = self
            .steps
            .iter()
            .filter(|it| it.state != State::Undone && it.undo.iter().any(Undo::acts))
            .collect();
        steps.order_by_key(|it| std::cmp::Reverse(it.at));
        steps
    }
}

/// A step of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunStep {
    /// Its number in its run.
    pub step: u32,
    /// What was to be done.
    pub action: Action,
    /// The findings that asked for it.
    pub because: Vec<String>,
    /// How it is taken back.
    pub undo: Vec<Undo>,
    /// What became of it.
    pub state: State,
    /// Where it stands among everything that the run did: the line of its end, else of its intent.
    #[serde(skip)]
    pub at: usize,
    /// The line of its intent, from 1.
    #[serde(skip)]
    pub line: usize,
    /// When it was about to begin, seconds since 1970.
    #[serde(skip)]
    pub began: u64,
    /// When it was done, or had failed.
    #[serde(skip)]
    pub ended: Option<u64>,
    /// The packages that it brought, as its end says; none where its end says nothing of them.
    #[serde(skip)]
    pub brought: Option<Vec<Brought>>,
    /// Where its run was told to put Go.
    #[serde(skip)]
    pub prefix: Option<PathBuf>,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The intent stands there and nothing after it: the run was cut short here.
    Begun,
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Taken back.
    Undone,
}

/// Folds a journal into its runs, oldest first. A line that does not read (the last one of a power cut, or one of a newer
/// schema) is passed over; which were, from 1, is the second part.
pub fn runs(text: &[u8]) -> (Vec<Run>, Vec<usize>) {
    let (mut runs, mut unread): (Vec<Run>, Vec<usize>) = <_>::default();
    for (at, line) in text.split(|it| *it == b'\n').enumerate().filter(|it| !it.1.trim_ascii().is_empty()) {
        match data::json::<Entry>(line) {
            Ok(entry) if entry.schema <= SCHEMA => fold(&mut runs, entry, at),
            read => {
                unread.push(at + 1);
                // The last line of a power cut has no end; what it announced was never done.
                let torn = read.is_err_and(|it| it.is_eof());
                whose(&mut runs, line, at + 1, torn);
            }
        }
    }
    (runs, unread)
}

/// The journal of this machine, folded. One that is there and cannot be read is an error: what it says must not be
/// taken for nothing.
pub fn load(look: &dyn Look, places: &Places) -> Result<(Vec<Run>, Vec<usize>), Failure> {
    let path = places.journal();
    own::journal(look, places)?;
    match look.read(&path) {
        Fact::Here(text) => Ok(runs(&text)),
        Fact::Absent => Ok(<_>::default()),
        Fact::Unknown(why) => {
            let message = text!("history-unreadable", path = &path, why = why);
            let failure = Failure::new(Code::JournalUnreadable, message);
            Err(failure.hint(text!("history-unreadable-hint", path = &path)).at(path, None))
        }
    }
}

/// What a line that does not read still tells: its run, and whether a newer version wrote it.
#[derive(Deserialize)]
struct Loose {
    schema: u32,
    run: String,
    #[serde(default)]
    time: u64,
    #[serde(default)]
    event: String,
    #[serde(default)]
    command: Option<String>,
    #[serde(default)]
    exit: Option<u8>,
}

/// How a line that tells of an act begins to say so.
const INTENT: &[u8] = br#""event":"intent""#;

fn whose(runs: &mut Vec<Run>, line: &[u8], number: usize, torn: bool) {
    let Ok(loose) = data::json::<Loose>(line) else {
        let intent = line.windows(INTENT.len()).any(|it| it == INTENT);
        if let Some(run) = runs.last_mut().filter(|_| intent && !torn) {
            run.lost.push(number);
        }
        return;
    };
    let run = named(runs, &loose.run, loose.time);
    let run = &mut runs[run];
    run.unread += 1;
    run.newer |= loose.schema > SCHEMA;
    match (loose.event.as_str(), loose.command) {
        ("begin", Some(command)) if run.command.is_empty() => run.command = command,
        ("end", _) => run.exit = loose.exit,
        ("intent", _) => run.lost.push(number),
        _ => {}
    }
}

fn named(runs: &mut Vec<Run>, id: &str, time: u64) -> usize {
    runs.iter().position(|it| it.id == id).unwrap_or_else(|| {
        runs.push(Run { id: id.to_owned(), began: time, ..Run::default() });
        runs.len() - 1
    })
}

fn fold(runs: &mut Vec<Run>, entry: Entry, at: usize) {
    let index = named(runs, &entry.run, entry.time);
    match entry.event {
        Event::Begin { asked, .. } => {
            let run = &mut runs[index];
            run.exit = None;
            run.prefix = asked.want.as_ref().and_then(|it| it.prefix.clone());
            if run.command.is_empty() {
                run.command.clone_from(&asked.command);
                run.asked = asked;
            }
        }
        Event::Intent { step, action, because, undo } => {
            let (state, line, began) = (State::Begun, at + 1, entry.time);
            let (ended, brought, prefix) = (None, None, runs[index].prefix.clone());
            let step =
                RunStep { step, action, because, undo, state, at, line, began, ended, brought, prefix };
            runs[index].steps.push(step);
        }
        Event::Done { step, brought } => {
            ended(settle(&mut runs[index], step, State::Done, at), entry.time, brought);
        }
        Event::Failed { step, brought, .. } => {
            ended(settle(&mut runs[index], step, State::Failed, at), entry.time, brought);
        }
        Event::Undone { of, step } => {
            if let Some(run) = runs.iter_mut().find(|it| it.id == of) {
                settle(run, step, State::Undone, at);
            }
        }
        Event::End { exit } => runs[index].exit = Some(exit),
    }
}

fn settle(run: &mut Run, number: u32, state: State, at: usize) -> Option<&mut RunStep> {
    let step = run.steps.iter_mut().rev().find(|it| it.step == number)?;
    step.state = state;
    step.at = at;
    // What was there only while it went on is gone, and one that is there now is of somebody's dialogue.
    if step.action.kind().lays_for_a_while() {
        step.undo.retain(|it| !matches!(it, Undo::RemoveFile { .. }));
    }
    Some(step)
}

fn ended(step: Option<&mut RunStep>, time: u64, brought: Option<Vec<Brought>>) {
    if let Some(step) = step {
        (step.ended, step.brought) = (Some(time), brought);
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the disk from outside")]
mod tests {
    use super::super::Journal;
    use super::*;
    use crate::action::Scope;
    use crate::system::Disk;
    use crate::system::disk::RealDisk;

    fn action() -> Action {
        Action::RefreshPackageLists { manager: "apt".into() }
    }

    fn intent(step: u32) -> Event {
        let undo = vec![Undo::RemoveDir { path: "/x".into() }];
        Event::Intent { step, action: action(), because: vec!["cgo.headers".into()], undo }
    }

    #[test]
    fn what_is_written_folds_back_and_a_cut_line_is_passed_over() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let path = dir.path().join("journal.jsonl");
        let journal = Journal::new(&RealDisk, path.clone(), "run-1".into(), Request::of("install"));
        assert!(!journal.has_begun());
        for event in [intent(1), Event::Done { step: 1, brought: None }, intent(2)] {
            journal.write(7, event).expect("written");
        }
        RealDisk.append(&path, br#"{"schema":1,"run":"run-1","ti"#).expect("written");
        let undone = Event::Undone { of: "run-1".into(), step: 1 };
        Journal::new(&RealDisk, path.clone(), "run-2".into(), Request::of("undo"))
            .write(9, undone)
            .expect("written");
        let (runs, unread) = runs(&std::fs::read(&path).expect("there"));
        assert_eq!(unread.len(), 1);
        assert_eq!((runs.len(), runs[0].command.as_str(), runs[0].exit), (2, "install", None));
        assert_eq!(
            runs[0].steps.iter().map(|it| it.state).collect::<Vec<_>>(),
            [State::Undone, State::Begun]
        );
        assert_eq!(runs[0].open().iter().map(|it| it.step).collect::<Vec<_>>(), [2]);
        assert!(runs[0].cut_short());
    }

    #[test]
    fn a_run_that_goes_on_counts_its_steps_on() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let path = dir.path().join("journal.jsonl");
        let first = Journal::new(&RealDisk, path.clone(), "run-1".into(), Request::of("install"));
        first.write(7, intent(1)).expect("written");
        let (before, _) = runs(&std::fs::read(&path).expect("there"));
        let second = Journal::resume(&RealDisk, path.clone(), &before[0], Request::of("install"));
        assert_eq!(second.last(), 1);
        second.write(8, intent(2)).expect("written");
        second.write(9, Event::End { exit: 0 }).expect("written");
        let (after, _) = runs(&std::fs::read(&path).expect("there"));
        assert_eq!((after.len(), after[0].steps.len(), after[0].exit), (1, 2, Some(0)));
    }

    #[test]
    fn steps_are_taken_back_in_the_reverse_order_of_their_ends() {
        let line = |event: &str| format!(r#"{{"schema":1,"run":"r","time":1,"event":{event}}}"#);
        let intent = |n: u32| {
            let undo = r#"[{"undo":"remove-dir","path":"/x"}]"#;
            let action = r#"{"kind":"refresh-package-lists","manager":"apt"}"#;
            line(&format!(r#""intent","step":{n},"action":{action},"because":[],"undo":{undo}"#))
        };
        let begin = line(r#""begin","command":"install","program":"0""#);
        let text =
            [begin, intent(1), intent(2), line(r#""done","step":2"#), intent(3), line(r#""done","step":1"#)];
        let (runs, unread) = runs(text.join("\n").as_bytes());
        assert_eq!(unread, <[usize; 0]>::default());
        assert_eq!(runs[0].open().iter().map(|it| it.step).collect::<Vec<_>>(), [1, 3, 2]);
    }

    #[test]
    fn a_line_of_a_newer_version_marks_its_run_and_no_other() {
        let text = concat!(
            r#"{"schema":1,"run":"a","time":1,"event":"begin","command":"install","program":"0"}"#,
            "\n",
            r#"{"schema":1,"run":"a","time":1,"event":"end","exit":0}"#,
            "\n",
            r#"{"schema":9,"run":"b","time":2,"event":"begin","command":"install","spirit":{}}"#,
            "\n",
            r#"{"schema":9,"run":"b","time":2,"event":"dream"}"#,
            "\n\u{0}\u{1}garbage\n[]\n",
        );
        let (runs, unread) = runs(text.as_bytes());
        assert_eq!(unread.len(), 4);
        assert_eq!(runs.iter().map(|it| (it.newer, it.unread)).collect::<Vec<_>>(), [(false, 0), (true, 2)]);
        assert_eq!(runs[1].command, "install");
        assert!(!runs[1].cut_short(), "whether a newer version finished it is not ours to say");
    }

    #[test]
    fn what_was_ever_written_stays_readable() {
        for (text, steps, wish) in [
            (include_str!("../../tests/journals/1-early.jsonl"), 1, false),
            (include_str!("../../tests/journals/1.jsonl"), 4, true),
        ] {
            let (runs, unread) = runs(text.as_bytes());
            assert_eq!((unread.len(), runs.len(), runs[0].open().len()), (0, 1, steps));
            assert_eq!((runs[0].command.as_str(), runs[0].asked.want.is_some()), ("install", wish));
        }
    }

    #[test]
    fn no_secret_is_in_a_line_and_one_of_an_old_line_is_not_shown_again() {
        let (list, value) =
            ("https://bob:a,CANARY@host.test/x,direct", Some("bob:CANARY@host.test:1".into()));
        let mut want = crate::want::tests::want();
        (want.goproxy, want.go_mirrors) =
            (Some(list.into()), vec!["https://bob:a/CANARY@host.test/?k=CANARY".into()]);
        let asked = Request { want: Some(Box::new(want)), ..Request::of("install") };
        let living = crate::system::fake::Living::new(crate::system::fake::Machine::linux());
        let journal = Journal::new(&living, "/j".into(), "r".into(), asked);
        let action = Action::SetGoEnv { file: "/x".into(), key: "GOPROXY".into(), value };
        journal.write(1, Event::Intent { step: 1, action, because: vec![], undo: vec![] }).expect("written");
        let text = living.text("/j").expect("written");
        assert!(text.contains("https://…@host.test/x,direct") && !text.contains("CANARY"), "{text}");
        let (as_is, _) = runs(text.as_bytes());
        let (old, unread) = runs(text.replace("…@", "bob:CANARY@").as_bytes());
        assert_eq!((unread.len(), as_is.len()), (0, 1));
        let goproxy = old[0].asked.want.as_ref().and_then(|it| it.goproxy.as_ref()).map(|it| it.reveal());
        assert_eq!(
            goproxy,
            Some("https://bob:CANARY@host.test/x,direct"),
            "what was ever written stays readable"
        );
        let shown = format!("{old:?} {}", serde_json::to_string(&old).expect("plain data"));
        assert!(!shown.contains("CANARY"), "{shown}");
    }

    #[test]
    fn a_wish_that_does_not_read_is_none_and_its_line_still_counts() {
        let text = r#"{"schema":1,"run":"a","time":1,"event":"begin","command":"install","program":"0","want":{"odd":1},"scope":"moon"}"#;
        let (runs, unread) = runs(text.as_bytes());
        assert_eq!((unread.len(), runs[0].command.as_str(), &runs[0].asked.want), (0, "install", &None));
        let want = Some(Box::new(crate::want::tests::want()));
        let asked = Request { want, scope: Some(Scope::Repair), ..Request::of("repair") };
        let text = serde_json::to_string(&asked).expect("plain data");
        assert_eq!(serde_json::from_str::<Request>(&text).expect("reads back"), asked);
    }
}
