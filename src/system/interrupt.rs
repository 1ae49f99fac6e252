//! Ctrl-C and TERM: the first asks the run to end well, the second ends the process at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Whether, and by what, this run was interrupted.
#[derive(Clone, Default)]
pub struct Interrupt {
    set: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// Begins to watch. Until then both signals end the process, as for every other program.
    pub fn watch(&self) {
        for (signal, number, code) in [(SIGINT, 2, 130), (SIGTERM, 15, 143)] {
            let watched = flag::register_conditional_shutdown(signal, code, self.set.clone())
                .and_then(|_| flag::register_usize(signal, self.signal.clone(), number))
                .and_then(|_| flag::register(signal, self.set.clone()));
            watched.expect("the system lets every program watch these two");
        }
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
