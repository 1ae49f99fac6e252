//! `Look` with a log: programs that were run to their end; what was read, listed or connected to only with `-vvv`, and never
//! what was in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use super::Log;
use crate::fact::Fact;
use crate::system::{
    Answer, Ask, Endpoint, Identity, Look, RegistryEntries, RegistryKey, Space, Stat, TreeSummary,
};

/// A `Look` that tells its log what it was asked. It passes on every method, also those that have a default.
pub struct LoggedLook<'a> {
    look: &'a dyn Look,
    log: Log,
}

impl<'a> LoggedLook<'a> {
    /// Looks through `look`.
    pub fn new(look: &'a dyn Look, log: &Log) -> Self {
        Self { look, log: log.clone() }
    }

    fn seen<T>(&self, what: &str, path: &Path, answer: Fact<T>) -> Fact<T> {
        if self.log.reads() {
            let (path, came) = (path.display(), came(&answer));
            tell!(self.log, DEBUG, "look", "{what} {path}: {came}");
        }
        answer
    }

    fn ran(&self, ask: &Ask, answer: &Fact<Answer>, ms: u64) {
        let argv = self.log.command(&ask.program, &ask.args);
        match answer {
            Fact::Here(it) if it.timed_out => {
                tell!(self.log, WARN, "programs", ms, "ran {argv}: out of time")
            }
            Fact::Here(it) if it.code.is_none() => {
                tell!(self.log, WARN, "programs", ms, "ran {argv}: ended by a signal");
            }
            Fact::Here(it) => tell!(self.log, DEBUG, "programs", exit = it.code, ms, "ran {argv}"),
            Fact::Absent => tell!(self.log, DEBUG, "programs", "ran {argv}: no such program"),
            Fact::Unknown(why) => {
                tell!(self.log, WARN, "programs", ms, error = why.to_string().as_str(), "ran {argv}")
            }
        }
        if self.log.reads() {
            let (whose, names) = super::variables(&ask.env);
            let program = ask.program.display();
            tell!(self.log, DEBUG, "programs", "variables of {program}, {whose}: {names}");
        }
    }
}

fn came<T>(answer: &Fact<T>) -> Cow<'_, str> {
    match answer {
        Fact::Here(_) => "here".into(),
        Fact::Absent => "absent".into(),
        Fact::Unknown(why) => why.to_string().into(),
    }
}

impl Look for LoggedLook<'_> {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        self.seen("read", path, self.look.read(path))
    }

    fn read_text(&self, path: &Path) -> Fact<Vec<u8>> {
        self.seen("read", path, self.look.read_text(path))
    }

    fn read_at(&self, path: &Path, offset: u64, length: usize) -> Fact<Vec<u8>> {
        self.seen("read a part of", path, self.look.read_at(path, offset, length))
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        self.seen("list", path, self.look.list(path))
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        self.seen("stat", path, self.look.stat(path))
    }

    fn tree_summary(&self, dir: &Path) -> Fact<TreeSummary> {
        self.seen("walk", dir, self.look.tree_summary(dir))
    }

    fn process(&self, pid: u32) -> Fact<Vec<String>> {
        self.look.process(pid)
    }

    fn space(&self, path: &Path) -> Fact<Space> {
        self.seen("space at", path, self.look.space(path))
    }

    fn registry(&self, key: &RegistryKey) -> Fact<RegistryEntries> {
        self.seen("registry", Path::new(&key.to_string()), self.look.registry(key))
    }

    fn env(&self) -> &BTreeMap<String, String> {
        self.look.env()
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        let begun = self.log.ms();
        let answer = self.look.run(ask);
        self.ran(ask, &answer, self.log.since(begun));
        answer
    }

    fn connect(&self, to: &Endpoint, send: &[u8], limit: Duration) -> Fact<Vec<u8>> {
        let answer = self.look.connect(to, send, limit);
        if self.log.reads() {
            tell!(self.log, DEBUG, "look", "connect to {to:?}: {}", came(&answer));
        }
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
