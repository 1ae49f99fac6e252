//! The process groups of programs that we ask: what we start must not outlive us. Each program dies with the thread that
//! waits for it (Linux); what it started itself dies with its group, which is ended before a signal ends us.

use std::ptr;
use std::sync::atomic::{AtomicI32, Ordering};

use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous};
use rustix::process::{Pid, Signal, getpid, kill_process_group};

/// How many are asked at once, at most; there are fewer probes.
const MOST: usize = 64;

/// A place that somebody has taken, and whose program has not begun.
const TAKEN: i32 = -1;

/// Those that are at work. A handler of signals may read it: it is numbers, and takes no lock. A program that we start enters
/// itself before it begins: between its begin and our return from starting it, a signal may end us.
#[derive(Clone, Copy, Debug)]
pub struct Groups(&'static [AtomicI32; MOST]);

impl Default for Groups {
    fn default() -> Self {
        Self(shared().unwrap_or_else(|| Box::leak(Box::new([const { AtomicI32::new(0) }; MOST]))))
    }
}

/// Memory that a process and those that it starts have in common, or nothing where the system has none to give.
fn shared() -> Option<&'static [AtomicI32; MOST]> {
    let (size, may) = (size_of::<[AtomicI32; MOST]>(), ProtFlags::READ | ProtFlags::WRITE);
    // SAFETY: a mapping that is never taken away, of this size, aligned to a page and filled with zeros, which are valid numbers.
    #[expect(unsafe_code, reason = "no other memory is seen by us and by what we start alike")]
    unsafe {
        mmap_anonymous(ptr::null_mut(), size, may, MapFlags::SHARED)
            .ok()?
            .cast::<[AtomicI32; MOST]>()
            .as_ref()
    }
}

impl Groups {
    /// A place for a program that is about to be started, until what is given is dropped: before the program is waited for, so
    /// that its number is its own.
    pub fn place(self) -> Place {
        let free =
            |it: &&AtomicI32| it.compare_exchange(0, TAKEN, Ordering::SeqCst, Ordering::SeqCst).is_ok();
        Place(self.0.iter().find(free))
    }

    /// Ends them all. Nothing is allocated, locked or waited for.
    pub fn end(self) {
        let at_work = self.0.iter().map(|it| it.load(Ordering::SeqCst)).filter(|it| *it > 0);
        for group in at_work.filter_map(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// The place of a group among those at work; where all were taken, none.
pub struct Place(Option<&'static AtomicI32>);

impl Place {
    /// What the program itself does between fork and exec: it stores a number, and nothing else.
    pub fn entering(&self) -> impl Fn() + Send + Sync + 'static {
        let place = self.0;
        move || enter(place, getpid())
    }

    /// The program has ended, and is about to be waited for.
    pub fn leave(self) {}

    /// The program has begun.
    pub fn begun(&self, group: Pid) {
        enter(self.0, group);
    }
}

fn enter(place: Option<&AtomicI32>, group: Pid) {
    if let Some(it) = place {
        it.store(group.as_raw_pid(), Ordering::SeqCst);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(it) = self.0 {
            it.store(0, Ordering::SeqCst);
        }
    }
}
