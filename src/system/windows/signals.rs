//! The console's events, for an [`Interrupt`]. Ctrl-C and Ctrl-Break are INT; a console that is closed, a logoff and a
//! shutdown are TERM, and Windows grants some seconds for it. A handler runs in a thread of its own.

use std::io::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use windows_sys::Win32::System::Console::{CTRL_BREAK_EVENT, CTRL_C_EVENT, SetConsoleCtrlHandler};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, TerminateProcess};
use windows_sys::core::BOOL;

use super::groups::Groups;
use crate::system::interrupt::Interrupt;

/// A handler is one for the whole process.
static OF: OnceLock<Interrupt> = OnceLock::new();

/// What is asked of other programs ends with us by itself ([`Groups`]).
pub(in crate::system) fn ends(of: &Interrupt, _: Groups) {
    handle(of);
}

/// Ends what other programs are asked just now.
pub(in crate::system) fn end_asked(groups: Groups) {
    groups.end();
}

/// Begins to watch.
pub(in crate::system) fn watch(of: &Interrupt) {
    handle(of);
}

fn handle(of: &Interrupt) {
    if OF.set(of.clone()).is_ok() {
        // SAFETY: the function lives as long as the process.
        #[expect(unsafe_code, reason = "a call of Windows")]
        let known = unsafe { SetConsoleCtrlHandler(Some(handler), 1) };
        // Where there is no console nobody can press a key of it.
        let _ = known;
    }
}

/// What comes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The run ends well by itself.
    GoOn,
    /// The same, and Windows ends the process as soon as it has heard that we know.
    GoOnUnheard,
    /// The process ends at once, with this code.
    End(u32),
}

/// Ends nothing the first time that a watched run is interrupted; else the process.
pub(super) fn told(of: &Interrupt, event: u32) -> Then {
    let by_key = matches!(event, CTRL_C_EVENT | CTRL_BREAK_EVENT);
    let (number, code) = if by_key { (2, 130) } else { (15, 143) };
    let watched = of.watched.load(Ordering::SeqCst);
    if watched && !of.set.swap(true, Ordering::SeqCst) {
        of.signal.store(number, Ordering::SeqCst);
        return if by_key { Then::GoOn } else { Then::GoOnUnheard };
    }
    let words = of.later_words.get().or_else(|| of.last_words.get());
    if let Some(words) = words.filter(|_| by_key && !watched) {
        // There is nobody left to tell that it could not be said.
        let _ = std::io::stderr().write_all(words.as_bytes());
    }
    Then::End(code)
}

#[expect(unsafe_code, reason = "Windows calls it")]
unsafe extern "system" fn handler(event: u32) -> BOOL {
    match OF.get().map(|of| told(of, event)) {
        None => 0,
        Some(Then::GoOn) => 1,
        // Once this returns Windows ends us; while it waits, the run ends well, and the process with it.
        Some(Then::GoOnUnheard) => loop {
            std::thread::park();
        },
        Some(Then::End(code)) => {
            // SAFETY: it is our own process.
            unsafe { TerminateProcess(GetCurrentProcess(), code) };
            1
        }
    }
}
