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

/// Ends nothing the first time that a watched run is interrupted; else the process.
#[expect(unsafe_code, reason = "Windows calls it")]
unsafe extern "system" fn handler(event: u32) -> BOOL {
    let Some(of) = OF.get() else { return 0 };
    let by_key = matches!(event, CTRL_C_EVENT | CTRL_BREAK_EVENT);
    let (number, code) = if by_key { (2, 130) } else { (15, 143) };
    let watched = of.watched.load(Ordering::SeqCst);
    if watched && !of.set.swap(true, Ordering::SeqCst) {
        of.signal.store(number, Ordering::SeqCst);
        if !by_key {
            // Once this returns Windows ends us; while it waits, the run ends well, and the process with it.
            std::thread::park();
        }
        return 1;
    }
    if let Some(words) = of.last_words.get().filter(|_| by_key && !watched) {
        // There is nobody left to tell that it could not be said.
        let _ = std::io::stderr().write_all(words.as_bytes());
    }
    // SAFETY: it is our own process.
    unsafe { TerminateProcess(GetCurrentProcess(), code) };
    1
}
