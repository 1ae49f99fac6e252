//! Ctrl-C, TERM, and HUP of a terminal that goes away: the first asks the run to end well, the second ends the process at
//! once, but for HUP, of which a terminal may send two.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::groups::Groups;
use super::os::signals;

/// Whether, and by what, this run was interrupted.
#[derive(Clone, Default)]
pub struct Interrupt {
    pub(super) watched: Arc<AtomicBool>,
    handled: Arc<AtomicBool>,
    pub(super) set: Arc<AtomicBool>,
    pub(super) signal: Arc<AtomicUsize>,
    /// What is said where a signal ends the process at once.
    pub(super) last_words: Arc<OnceLock<String>>,
    /// The same, from the moment on when there is something else to say.
    pub(super) later_words: Arc<OnceLock<String>>,
    /// What is asked of other programs.
    asked: Arc<OnceLock<Groups>>,
}

impl Interrupt {
    /// What is asked of other programs ends with us: before a signal ends this process, it ends them. Once a run is watched its
    /// first signal ends nothing. A signal that this process was started to ignore stays ignored.
    pub fn ends(&self, groups: Groups) {
        let _ = self.asked.set(groups);
        signals::ends(self, groups);
    }

    /// Ends what other programs are asked just now: a long look that nobody waits for any more.
    pub fn end_asked(&self) {
        if let Some(groups) = self.asked.get() {
            signals::end_asked(*groups);
        }
    }

    /// Begins to watch. Until then all signals end the process, as for every other program.
    pub fn watch(&self) {
        // Once: a second handler would take the flag that the first one has just set for an earlier signal.
        if !self.handled.swap(true, Ordering::SeqCst) {
            signals::watch(self);
        }
        self.watched.store(true, Ordering::SeqCst);
    }

    /// A run is over, and what follows only looks: until it is watched again, a signal ends the process at once.
    pub fn rests(&self) {
        self.watched.store(false, Ordering::SeqCst);
    }

    /// Says this where Ctrl-C or TERM ends the process at once: while a long look changes nothing, or a question waits, there is
    /// nothing to end well. The first words stay.
    pub fn says(&self, words: String) {
        let _ = self.last_words.set(words);
    }

    /// Says this from now on instead: something was done, and a question waits that changes nothing of it.
    pub fn says_later(&self, words: String) {
        let _ = self.later_words.set(words);
    }

    /// Set by the first signal.
    pub fn flag(&self) -> &AtomicBool {
        &self.set
    }

    /// Whether it was no key, but TERM or HUP.
    pub fn terminated(&self) -> bool {
        matches!(self.signal.load(Ordering::SeqCst), 1 | 15)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn the_first_signal_ends_nothing_however_often_it_is_watched_for() {
        let interrupt = Interrupt::default();
        interrupt.watch();
        interrupt.rests();
        interrupt.watch();
        signal_hook::low_level::raise(signal_hook::consts::SIGTERM).expect("a process may signal itself");
        assert!(interrupt.flag().load(Ordering::SeqCst) && interrupt.terminated());
    }
}
