//! `Recorder`: a `Look` that keeps every question with its answer, keyed by the question and never by its order; and
//! `Recording`, the kept answers as files. What leaves it is redacted (`redact`). A bug report is a fixture.
//!
//! It keeps what was asked and nothing else: a replay that asks more gets "not recorded".

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::system::{
    Answer, Ask, Endpoint, Identity, Look, RegistryEntries, RegistryKey, Space, Stat, TreeSummary,
    process_in_proc,
};
use crate::fact::Fact;

mod answers;
mod index;
pub mod redact;
pub mod replay;

use crate::recording::redact::Redactor;

/// The schema of the recordings that this program writes.
pub const SCHEMA: u32 = 1;

/// The file that names all others.
pub const INDEX: &str = "recording.json";

/// Every question that was asked of a machine, with its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// Version of the program that recorded.
    pub program: String,
    /// Seconds since 1970.
    pub now: u64,
    /// The process and its kernel.
    pub identity: Identity,
    /// The environment.
    pub env: BTreeMap<String, String>,
    /// Files.
    pub read: BTreeMap<PathBuf, Fact<Vec<u8>>>,
    /// Directories.
    pub list: BTreeMap<PathBuf, Fact<Vec<String>>>,
    /// What stands at paths.
    pub stat: BTreeMap<PathBuf, Fact<Stat>>,
    /// Trees from outside.
    pub signs: BTreeMap<PathBuf, Fact<TreeSummary>>,
    /// Keys of Windows' registry.
    pub registry: BTreeMap<RegistryKey, Fact<RegistryEntries>>,
    /// File systems.
    pub space: BTreeMap<PathBuf, Fact<Space>>,
    /// Programs, by [`run_key`].
    pub run: BTreeMap<String, (Ask, Fact<Answer>)>,
    /// Sockets: what was sent where.
    pub connect: BTreeMap<(Endpoint, Vec<u8>), Fact<Vec<u8>>>,
}

/// Two questions to programs are the same when this is: the time limit, and variables that no check knows, are no
/// part of it.
pub fn run_key(ask: &Ask) -> String {
    let mut ask = ask.clone();
    ask.limit_ms = 0;
    ask.env.retain(redact::is_known);
    serde_json::to_string(&ask).unwrap_or_default()
}

/// How a part of a file stands among the files: `/usr/bin/fyne#64+128` is 128 bytes from the 64th on.
pub fn part_key(path: &Path, offset: u64, length: usize) -> PathBuf {
    let mut key = path.as_os_str().to_owned();
    key.push(format!("#{offset}+{length}"));
    key.into()
}

/// A `Look` that keeps what it sees.
pub struct Recorder<'a> {
    look: &'a dyn Look,
    kept: Mutex<Recording>,
}

impl<'a> Recorder<'a> {
    /// Looks through `look`.
    pub fn new(look: &'a dyn Look) -> Self {
        Self { look, kept: Mutex::default() }
    }

    /// Everything that was asked so far, redacted.
    pub fn finish(self) -> Recording {
        self.finished().0
    }

    /// The same, and the redactor that learned from it: for other texts about this machine.
    pub fn finished(self) -> (Recording, Redactor) {
        let mut kept = self.kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        env!("CARGO_PKG_VERSION").clone_into(&mut kept.program);
        kept.now = self.look.now();
        kept.identity = self.look.identity();
        kept.env.clone_from(self.look.env());
        let redactor = Redactor::of(&kept, self.look);
        (redactor.recording(kept), redactor)
    }

    fn keep(&self, keep: impl FnOnce(&mut Recording)) {
        keep(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Look for Recorder<'_> {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        let answer = self.look.read(path);
        self.keep(|it| drop(it.read.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn read_text(&self, path: &Path) -> Fact<Vec<u8>> {
        let answer = self.look.read_text(path);
        self.keep(|it| drop(it.read.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn read_at(&self, path: &Path, offset: u64, length: usize) -> Fact<Vec<u8>> {
        let answer = self.look.read_at(path, offset, length);
        self.keep(|it| drop(it.read.insert(part_key(path, offset, length), answer.clone())));
        answer
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        let answer = self.look.list(path);
        self.keep(|it| drop(it.list.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        let answer = self.look.stat(path);
        self.keep(|it| drop(it.stat.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn tree_summary(&self, dir: &Path) -> Fact<TreeSummary> {
        let answer = self.look.tree_summary(dir);
        self.keep(|it| drop(it.signs.insert(dir.to_owned(), answer.clone())));
        answer
    }

    /// What Linux has files for is kept by these; of Windows nothing is kept: who works there now is no part of a machine.
    fn process(&self, pid: u32) -> Fact<Vec<String>> {
        match process_in_proc(self, pid) {
            Fact::Absent => self.look.process(pid),
            answer => answer,
        }
    }

    fn space(&self, path: &Path) -> Fact<Space> {
        let answer = self.look.space(path);
        self.keep(|it| drop(it.space.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn registry(&self, key: &RegistryKey) -> Fact<RegistryEntries> {
        let answer = self.look.registry(key);
        self.keep(|it| drop(it.registry.insert(key.clone(), answer.clone())));
        answer
    }

    fn env(&self) -> &BTreeMap<String, String> {
        self.look.env()
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        let answer = self.look.run(ask);
        self.keep(|it| drop(it.run.insert(run_key(ask), (ask.clone(), answer.clone()))));
        answer
    }

    fn connect(&self, to: &Endpoint, send: &[u8], limit: Duration) -> Fact<Vec<u8>> {
        let answer = self.look.connect(to, send, limit);
        self.keep(|it| drop(it.connect.insert((to.clone(), send.to_vec()), answer.clone())));
        answer
    }

    fn now(&self) -> u64 {
        self.look.now()
    }

    fn monotonic_ms(&self) -> u64 {
        self.look.monotonic_ms()
    }

    fn wait(&self, time: Duration) {
        self.look.wait(time);
    }

    fn identity(&self) -> Identity {
        self.look.identity()
    }
}
