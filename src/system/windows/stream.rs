//! The stream that a child writes to and we pass on: a pipe. A console of ours for the child would write another text than
//! the child does (ConPTY draws a screen anew), so none is made.

#![expect(clippy::disallowed_methods, reason = "this is behind the door: it waits for it")]

use std::io::{self, Read as _};
use std::os::windows::io::{AsRawHandle, RawHandle};
use std::process::Stdio;
use std::ptr;
use std::thread;
use std::time::Duration;

use windows_sys::Win32::System::Pipes::PeekNamedPipe;

/// The end that the child gets, and ours.
pub(in crate::system) struct Open {
    /// For the child alone: it is the last to close it.
    pub(in crate::system) child: Stdio,
    ours: io::PipeReader,
}

impl Open {
    /// A pipe.
    pub(in crate::system) fn new() -> io::Result<Self> {
        let (ours, child) = io::pipe()?;
        Ok(Self { child: child.into(), ours })
    }

    /// Passes on what comes until its end, or until nobody takes it. Each piece comes with whether the child has ended. A
    /// pipe can only be asked or waited for, not both: so it is asked.
    pub(in crate::system) fn follow(
        mut self,
        ended: &io::PipeReader,
        mut pass: impl FnMut(&[u8], bool) -> bool,
    ) {
        let mut piece = vec![0; 64 << 10];
        loop {
            // First this, for what the child wrote before its end is there by then.
            let over = waiting(ended.as_raw_handle()).is_none();
            match waiting(self.ours.as_raw_handle()) {
                None => return,
                Some(0) if over => return,
                Some(0) => thread::sleep(Duration::from_millis(20)),
                Some(_) => match self.ours.read(&mut piece) {
                    Ok(count @ 1..) if pass(&piece[..count], over) => {}
                    _ => return,
                },
            }
        }
    }
}

/// How many bytes wait in a pipe; `None` where nobody has its other end.
fn waiting(pipe: RawHandle) -> Option<u32> {
    let mut count = 0;
    // SAFETY: the handle is open, and the number is ours.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let told =
        unsafe { PeekNamedPipe(pipe, ptr::null_mut(), 0, ptr::null_mut(), &raw mut count, ptr::null_mut()) };
    (told != 0).then_some(count)
}
