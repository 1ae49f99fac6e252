//! Ctrl-C and TERM: the first asks the run to end well, the second ends the process at once.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::low_level::{emulate_default_handler, register};

use super::groups::Groups;

/// Whether, and by what, this run was interrupted.
#[derive(Clone, Default)]
pub struct Interrupt {
    watched: Arc<AtomicBool>,
    set: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
    /// What is said where a signal ends the process at once.
    last_words: Arc<OnceLock<String>>,
}

impl Interrupt {
    /// What is asked of other programs ends with us: before a signal ends this process, it ends them. Once a run is watched its
    /// first signal ends nothing. A signal that this process was started to ignore stays ignored.
    pub fn ends(&self, groups: Groups) {
        for signal in [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|it| !is_ignored(*it)) {
            let (watched, set) = (self.watched.clone(), self.set.clone());
            let last_words = self.last_words.clone();
            let act = move || {
                let watches = watched.load(Ordering::SeqCst) && signal != SIGHUP;
                if !watches || set.load(Ordering::SeqCst) {
                    groups.end();
                }
                if !watches {
                    if let Some(words) = last_words.get().filter(|_| signal == SIGINT) {
                        // There is nobody left to tell that it could not be said.
                        let _ = rustix::io::write(std::io::stderr(), words.as_bytes());
                    }
                    let _ = emulate_default_handler(signal);
                }
            };
            // SAFETY: it loads atomics and makes async-signal-safe calls (kill, write, and those of the default handler).
            #[expect(unsafe_code, reason = "what a signal does cannot be said otherwise")]
            let known = unsafe { register(signal, act) };
            known.expect("the system lets every program watch these");
        }
    }

    /// Begins to watch. Until then both signals end the process, as for every other program.
    pub fn watch(&self) {
        // Once: a second handler would take the flag that the first one has just set for an earlier signal.
        if self.watched.load(Ordering::SeqCst) {
            return;
        }
        for (signal, number, code) in [(SIGINT, 2, 130), (SIGTERM, 15, 143)] {
            let watched = flag::register_conditional_shutdown(signal, code, self.set.clone())
                .and_then(|_| flag::register_usize(signal, self.signal.clone(), number))
                .and_then(|_| flag::register(signal, self.set.clone()));
            watched.expect("the system lets every program watch these two");
        }
        self.watched.store(true, Ordering::SeqCst);
    }

    /// Says this where Ctrl-C ends the process at once: while a long look changes nothing, there is nothing to end well.
    /// The first words stay.
    pub fn says(&self, words: String) {
        let _ = self.last_words.set(words);
    }

    /// Set by the first signal.
    pub fn flag(&self) -> &AtomicBool {
        &self.set
    }

    /// Whether it was TERM.
    pub fn terminated(&self) -> bool {
        self.signal.load(Ordering::SeqCst) == 15
    }
}

/// Whether this process was started to ignore a signal (`nohup`, `&` in a script). Where nobody can tell, it was not.
#[expect(clippy::disallowed_methods, reason = "this is a door: everything else asks it")]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|it| it.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|it| u64::from_str_radix(it.trim(), 16).ok()).unwrap_or(0);
    mask & (1 << (signal - 1)) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_signal_ends_nothing_however_often_it_is_watched_for() {
        let interrupt = Interrupt::default();
        interrupt.watch();
        interrupt.watch();
        signal_hook::low_level::raise(SIGTERM).expect("a process may signal itself");
        assert!(interrupt.flag().load(Ordering::SeqCst) && interrupt.terminated());
    }
}
