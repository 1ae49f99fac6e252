//! The process groups of programs that we ask: what we start must not outlive us. Each program dies with the thread that
//! waits for it (Linux); what it started itself dies with its group, which is ended before a signal ends us.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use rustix::process::{Pid, Signal, kill_process_group};

/// How many are asked at once, at most; there are fewer probes.
const MOST: usize = 64;

/// Those that are at work. A handler of signals may read it: it is numbers, and takes no lock.
#[derive(Clone, Debug)]
pub struct Groups(Arc<[AtomicI32; MOST]>);

impl Default for Groups {
    fn default() -> Self {
        Self(Arc::new([const { AtomicI32::new(0) }; MOST]))
    }
}

impl Groups {
    /// This one is at work, until what is given is dropped: before it is waited for, so that its number is its own.
    pub fn enter(&self, group: Pid) -> Entered<'_> {
        let raw = group.as_raw_pid();
        let free = |it: &&AtomicI32| it.compare_exchange(0, raw, Ordering::SeqCst, Ordering::SeqCst).is_ok();
        Entered(self.0.iter().find(free))
    }

    /// Ends them all. Nothing is allocated, locked or waited for.
    pub fn end(&self) {
        for group in self.0.iter().filter_map(|it| Pid::from_raw(it.load(Ordering::SeqCst))) {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// A group at work.
pub struct Entered<'a>(Option<&'a AtomicI32>);

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        if let Some(it) = self.0 {
            it.store(0, Ordering::SeqCst);
        }
    }
}
