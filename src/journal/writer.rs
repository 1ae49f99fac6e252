//! The one writer of the journal. Nothing is written before the first intent, so that a run with an empty plan leaves no
//! trace.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};

use super::entry::{Entry, Event, Request, SCHEMA};
use super::fold::Run;
use super::lock::Lock;
use crate::disk_error::DiskError;
use crate::failure::Exit;
use crate::places::Places;
use crate::system::{Disk, Look};

/// The one writer.
pub struct Journal<'a> {
    disk: &'a dyn Disk,
    path: PathBuf,
    run: String,
    asked: Request,
    resumed: bool,
    begun: Mutex<bool>,
    last: u32,
    lock: Option<Lock>,
}

impl<'a> Journal<'a> {
    /// For a new run; `id` is its ID.
    pub fn new(disk: &'a dyn Disk, path: PathBuf, id: String, asked: Request) -> Self {
        Self { disk, path, run: id, asked, resumed: false, begun: Mutex::default(), last: 0, lock: None }
    }

    /// For a run that was cut short and goes on with the same ID.
    pub fn resume(disk: &'a dyn Disk, path: PathBuf, run: &Run, asked: Request) -> Self {
        let last = run.steps.iter().map(|it| it.step).max().unwrap_or(0);
        Self {
            disk,
            path,
            run: run.id.clone(),
            asked,
            resumed: true,
            begun: Mutex::default(),
            last,
            lock: None,
        }
    }

    /// For this command, under the lock: goes on with the run of the same command that was cut short, if there is one.
    /// The lock is held as long as the journal is, so that nobody takes a run for cut short that is about to end.
    pub fn open(lock: Lock, look: &dyn Look, disk: &'a dyn Disk, places: &Places, asked: Request) -> Self {
        let runs = &lock.runs;
        let cut = runs.iter().rev().find(|it| it.cut_short() && it.command == asked.command);
        let journal = match cut {
            Some(run) => Self::resume(disk, places.journal(), run, asked),
            // Readable, sortable, unique on one machine: the lock is held.
            None => {
                let id = format!("{}-{}", look.now(), look.monotonic_ms() % 1000);
                Self::new(disk, places.journal(), unused(id, runs), asked)
            }
        };
        Self { lock: Some(lock), ..journal }
    }

    /// What the journal said when the lock was taken, oldest first.
    pub fn before(&self) -> &[Run] {
        self.lock.as_ref().map_or(&[], |it| &it.runs)
    }

    /// The ID of this run.
    pub fn run(&self) -> &str {
        &self.run
    }

    /// Whether this run was cut short before and goes on: then it ends with [`Event::End`] though it has nothing to do.
    pub fn resumed(&self) -> bool {
        self.resumed
    }

    /// Whether anything was written.
    pub fn has_begun(&self) -> bool {
        self.begun.lock().map_or(true, |it| *it)
    }

    /// The highest number that a step of this run had before it went on: new steps are numbered on from there.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// Says that the run begins, where something is done without an intent of its own: taking back.
    pub fn begin(&self, time: u64) -> Result<(), DiskError> {
        let mut begun = self.begun()?;
        if *begun {
            return Ok(());
        }
        let mut bytes = Vec::new();
        line(&mut bytes, &self.beginning(time));
        self.disk.append(&self.path, &bytes)?;
        *begun = true;
        Ok(())
    }

    /// Appends an event and syncs; `time` is seconds since 1970.
    pub fn write(&self, time: u64, event: Event) -> Result<(), DiskError> {
        let mut begun = self.begun()?;
        let mut bytes = Vec::new();
        if !*begun {
            line(&mut bytes, &self.beginning(time));
        }
        line(&mut bytes, &Entry { schema: SCHEMA, run: self.run.clone(), time, event });
        self.disk.append(&self.path, &bytes)?;
        *begun = true;
        Ok(())
    }

    /// Says that another run, which was cut short, is over.
    pub fn end_other(&self, time: u64, run: &str, exit: Exit) -> Result<(), DiskError> {
        let _writing = self.begun()?;
        let mut bytes = Vec::new();
        let event = Event::End { exit: exit as u8 };
        line(&mut bytes, &Entry { schema: SCHEMA, run: run.to_owned(), time, event });
        self.disk.append(&self.path, &bytes)
    }

    fn begun(&self) -> Result<MutexGuard<'_, bool>, DiskError> {
        self.begun.lock().map_err(|_| DiskError::because(&self.path, text!("disk-writer-failed")))
    }

    fn beginning(&self, time: u64) -> Entry {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let event = Event::Begin { program, asked: self.asked.clone() };
        Entry { schema: SCHEMA, run: self.run.clone(), time, event }
    }
}

/// The ID, with the number of runs where one has it: the clock was set back.
fn unused(id: String, runs: &[Run]) -> String {
    if runs.iter().any(|it| it.id == id) { format!("{id}-{}", runs.len()) } else { id }
}

fn line(bytes: &mut Vec<u8>, entry: &Entry) {
    // A line that was cut by a power failure must not swallow ours: ours begins on a line of its own.
    if bytes.is_empty() {
        bytes.push(b'\n');
    }
    serde_json::to_writer(&mut *bytes, entry).expect("the journal's types are plain data");
    bytes.push(b'\n');
}
