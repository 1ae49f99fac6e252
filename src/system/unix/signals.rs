//! Signals, for an [`Interrupt`].

use std::sync::atomic::Ordering;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::low_level::{emulate_default_handler, register};

use super::groups::Groups;
use super::kernel;
use crate::system::interrupt::Interrupt;

/// What is asked of other programs ends with us: before a signal ends this process, it ends them. Once a run is watched its
/// first signal ends nothing, and no HUP does, see [`watch`]. A signal that this process was started to ignore stays ignored.
pub(in crate::system) fn ends(of: &Interrupt, groups: Groups) {
    let ignored = kernel::ignored_signals();
    for signal in [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|it| ignored & (1 << (it - 1)) == 0) {
        let (watched, set) = (of.watched.clone(), of.set.clone());
        let (last_words, later_words) = (of.last_words.clone(), of.later_words.clone());
        let act = move || {
            let watches = watched.load(Ordering::SeqCst);
            if !watches || (signal != SIGHUP && set.load(Ordering::SeqCst)) {
                groups.end();
            }
            if !watches {
                let words = later_words.get().or_else(|| last_words.get());
                if let Some(words) = words.filter(|_| signal != SIGHUP) {
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

/// Ends what other programs are asked just now.
pub(in crate::system) fn end_asked(groups: Groups) {
    groups.end();
}

/// Begins to watch. Until then each ends the process, as it ends every other program. A HUP that is to be ignored (`nohup`) is.
/// The second INT or TERM is somebody who does not wait. A second HUP is nobody: a terminal that closes sends two within
/// milliseconds, the shell's and the kernel's.
pub(in crate::system) fn watch(of: &Interrupt) {
    let ignored = kernel::ignored_signals() & (1 << (SIGHUP - 1)) != 0;
    let all = [(SIGINT, 2, Some(130)), (SIGTERM, 15, Some(143)), (SIGHUP, 1, None)];
    for (signal, number, second) in all.into_iter().filter(|it| !(ignored && it.0 == SIGHUP)) {
        let ends = second.map(|code| flag::register_conditional_shutdown(signal, code, of.set.clone()));
        let watched = ends
            .transpose()
            .and_then(|_| flag::register_usize(signal, of.signal.clone(), number))
            .and_then(|_| flag::register(signal, of.set.clone()));
        watched.expect("the system lets every program watch these");
    }
}
