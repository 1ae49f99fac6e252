//! `Journal`: append-only JSON lines, intent and undo (synced) before the act, then what came of it. It is the receipt;
//! `history`, `undo` and `resume` are folds over it. These are wire types: they only grow, and carry a schema number.

use std::io;
use std::path::PathBuf;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::undo::Undo;
use crate::plan::Action;
use crate::system::Disk;

/// The schema of the lines that this program writes.
pub const SCHEMA: u32 = 1;

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Schema of this line.
    pub schema: u32,
    /// The run that it belongs to.
    pub run: String,
    /// Seconds since 1970.
    pub time: u64,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A run begins (or goes on, with the same ID).
    Begin {
        /// `install`, `repair`, `undo`, …
        command: String,
        /// The version of this program.
        program: String,
    },
    /// A step is about to be done, and how it is taken back.
    Intent {
        /// Its number in the plan.
        step: u32,
        /// What will be done.
        action: Action,
        /// The findings that ask for it.
        because: Vec<String>,
        /// How it is taken back, in this order.
        undo: Vec<Undo>,
    },
    /// A step is done.
    Done {
        /// Its number.
        step: u32,
    },
    /// A step failed; what it began was taken back or is in the undo.
    Failed {
        /// Its number.
        step: u32,
        /// The failure's code.
        code: String,
    },
    /// A step was taken back.
    Undone {
        /// The run whose step it was.
        of: String,
        /// Its number.
        step: u32,
    },
    /// A run ended.
    End {
        /// The exit number.
        exit: u8,
    },
}

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
}

/// A step of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunStep {
    /// Its number in its plan.
    pub step: u32,
    /// What was to be done.
    pub action: Action,
    /// The findings that asked for it.
    pub because: Vec<String>,
    /// How it is taken back.
    pub undo: Vec<Undo>,
    /// What became of it.
    pub state: State,
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
/// schema) is passed over; how many were is the second part.
pub fn runs(text: &[u8]) -> (Vec<Run>, usize) {
    let mut runs: Vec<Run> = Vec::new();
    let mut unread = 0;
    for line in text.split(|it| *it == b'\n').filter(|it| !it.is_empty()) {
        match serde_json::from_slice::<Entry>(line) {
            Ok(entry) if entry.schema <= SCHEMA => fold(&mut runs, entry),
            _ => unread += 1,
        }
    }
    (runs, unread)
}

fn fold(runs: &mut Vec<Run>, entry: Entry) {
    let index = runs.iter().position(|it| it.id == entry.run).unwrap_or_else(|| {
        runs.push(Run { id: entry.run.clone(), began: entry.time, ..Run::default() });
        runs.len() - 1
    });
    let settle = |runs: &mut Vec<Run>, of: usize, number: u32, state: State| {
        let open = runs[of].steps.iter_mut().rev().find(|it| it.step == number);
        if let Some(step) = open {
            step.state = state;
        }
    };
    match entry.event {
        Event::Begin { command, .. } => {
            let run = &mut runs[index];
            run.exit = None;
            if run.command.is_empty() {
                run.command = command;
            }
        }
        Event::Intent { step, action, because, undo } => {
            runs[index].steps.push(RunStep { step, action, because, undo, state: State::Begun });
        }
        Event::Done { step } => settle(runs, index, step, State::Done),
        Event::Failed { step, .. } => settle(runs, index, step, State::Failed),
        Event::Undone { of, step } => {
            if let Some(index) = runs.iter().position(|it| it.id == of) {
                settle(runs, index, step, State::Undone);
            }
        }
        Event::End { exit } => runs[index].exit = Some(exit),
    }
}

/// The one writer of the journal. Nothing is written before the first intent, so that a run with an empty plan leaves no
/// trace.
pub struct Journal<'a> {
    disk: &'a dyn Disk,
    path: PathBuf,
    run: String,
    command: String,
    begun: Mutex<bool>,
}

impl<'a> Journal<'a> {
    /// For a new run; `id` is its ID.
    pub fn new(disk: &'a dyn Disk, path: PathBuf, id: String, command: &str) -> Self {
        Self { disk, path, run: id, command: command.to_owned(), begun: Mutex::new(false) }
    }

    /// The ID of this run.
    pub fn run(&self) -> &str {
        &self.run
    }

    /// Whether anything was written.
    pub fn has_begun(&self) -> bool {
        self.begun.lock().map_or(true, |it| *it)
    }

    /// Appends an event and syncs; `time` is seconds since 1970.
    pub fn write(&self, time: u64, event: Event) -> io::Result<()> {
        let mut begun = self.begun.lock().map_err(|_| io::Error::other("a writer of the journal failed"))?;
        let mut bytes = Vec::new();
        if !*begun {
            let program = env!("CARGO_PKG_VERSION").to_owned();
            let event = Event::Begin { command: self.command.clone(), program };
            line(&mut bytes, &Entry { schema: SCHEMA, run: self.run.clone(), time, event });
        }
        line(&mut bytes, &Entry { schema: SCHEMA, run: self.run.clone(), time, event });
        self.disk.append(&self.path, &bytes)?;
        *begun = true;
        Ok(())
    }
}

fn line(bytes: &mut Vec<u8>, entry: &Entry) {
    // A line that was cut by a power failure must not swallow ours: ours begins on a line of its own.
    if bytes.is_empty() {
        bytes.push(b'\n');
    }
    serde_json::to_writer(&mut *bytes, entry).expect("the journal's types are plain data");
    bytes.push(b'\n');
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the disk from outside")]
mod tests {
    use super::*;
    use crate::system::disk::RealDisk;

    fn action() -> Action {
        Action::RefreshPackageLists { manager: "apt".into() }
    }

    #[test]
    fn what_is_written_folds_back_and_a_cut_line_is_passed_over() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let path = dir.path().join("journal.jsonl");
        let journal = Journal::new(&RealDisk, path.clone(), "run-1".into(), "install");
        assert!(!journal.has_begun());
        for event in [
            Event::Intent { step: 1, action: action(), because: vec!["cgo.headers".into()], undo: vec![] },
            Event::Done { step: 1 },
            Event::Intent { step: 2, action: action(), because: vec![], undo: vec![] },
        ] {
            journal.write(7, event).expect("written");
        }
        RealDisk.append(&path, br#"{"schema":1,"run":"run-1","ti"#).expect("written");
        Journal::new(&RealDisk, path.clone(), "run-2".into(), "undo")
            .write(9, Event::Undone { of: "run-1".into(), step: 1 })
            .expect("written");
        let (runs, unread) = runs(&std::fs::read(&path).expect("there"));
        assert_eq!(unread, 1);
        assert_eq!((runs.len(), runs[0].command.as_str(), runs[0].exit), (2, "install", None));
        assert_eq!(
            runs[0].steps.iter().map(|it| it.state).collect::<Vec<_>>(),
            [State::Undone, State::Begun]
        );
    }
}
