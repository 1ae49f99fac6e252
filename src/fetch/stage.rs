//! A real disk and a real network for tests, in a temporary directory; only the clock is not: waiting takes no time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use crate::fact::Fact;
use crate::places::Places;
use crate::system::children::RealChildren;
use crate::system::disk::RealDisk;
use crate::system::net::RealNet;
use crate::system::real::RealLook;
use crate::system::{Answer, Ask, Endpoint, Identity, Look, Space, Stat, System};

/// A machine for one test.
pub struct Stage {
    dir: tempfile::TempDir,
    look: Impatient,
    net: RealNet,
    children: RealChildren,
}

impl Stage {
    pub fn new() -> Self {
        Self::with_gap(Duration::from_secs(30))
    }

    /// With a network that waits no longer than this for a byte.
    pub fn with_gap(gap: Duration) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let look = RealLook::new(BTreeMap::new(), dir.path().join("scratch"));
        let look = Impatient { look, free: Mutex::new(None), waits: Mutex::default() };
        Self { dir, look, net: RealNet::with_gap(&BTreeMap::new(), gap), children: RealChildren::default() }
    }

    pub fn system(&self) -> System<'_> {
        System { look: &self.look, disk: &RealDisk, net: &self.net, children: &self.children }
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    pub fn places(&self) -> Places {
        Places { data: self.path("data"), config: self.path("config"), cache: self.path("cache") }
    }

    /// The pauses that were asked for, in milliseconds.
    pub fn waits(&self) -> Vec<u128> {
        self.look.waits.lock().expect("no test panicked").iter().map(Duration::as_millis).collect()
    }

    /// From now on the disk says that it has so much room.
    pub fn leave_free(&self, bytes: u64) {
        *self.look.free.lock().expect("no test panicked") = Some(bytes);
    }

    /// Files below a directory, sorted, directories not counted.
    pub fn files(&self, below: &str) -> Vec<String> {
        fn walk(look: &dyn Look, dir: &Path, front: &str, into: &mut Vec<String>) {
            for name in look.list(dir).into_here().unwrap_or_default() {
                let (path, shown) = (dir.join(&name), format!("{front}{name}"));
                match look.list(&path) {
                    Fact::Here(_) => walk(look, &path, &format!("{shown}/"), into),
                    _ => into.push(shown),
                }
            }
        }
        let mut files = Vec::new();
        walk(&self.look, &self.path(below), "", &mut files);
        files
    }
}

struct Impatient {
    look: RealLook,
    free: Mutex<Option<u64>>,
    waits: Mutex<Vec<Duration>>,
}

impl Look for Impatient {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        self.look.read(path)
    }
    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        self.look.list(path)
    }
    fn stat(&self, path: &Path) -> Fact<Stat> {
        self.look.stat(path)
    }
    fn space(&self, path: &Path) -> Fact<Space> {
        match (self.look.space(path), *self.free.lock().expect("no test panicked")) {
            (Fact::Here(space), Some(free)) => Fact::Here(Space { free, ..space }),
            (other, _) => other,
        }
    }
    fn env(&self) -> &BTreeMap<String, String> {
        self.look.env()
    }
    fn run(&self, ask: &Ask) -> Fact<Answer> {
        self.look.run(ask)
    }
    fn connect(&self, to: &Endpoint, send: &[u8], limit: Duration) -> Fact<Vec<u8>> {
        self.look.connect(to, send, limit)
    }
    fn now(&self) -> u64 {
        self.look.now()
    }
    fn monotonic_ms(&self) -> u64 {
        self.look.monotonic_ms()
    }
    fn wait(&self, time: Duration) {
        self.waits.lock().expect("no test panicked").push(time);
    }
    fn identity(&self) -> Identity {
        self.look.identity()
    }
}
