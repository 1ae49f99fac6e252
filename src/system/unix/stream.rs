//! The stream that a child writes to and we pass on: a terminal where ours is one, else a pipe.

#![expect(clippy::disallowed_types, reason = "a descriptor of ours is read; no file is opened")]

use std::io::{self, Read as _};
use std::os::fd::{AsFd, OwnedFd};
use std::process::Stdio;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::pty::{grantpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, OutputModes};

use super::kernel;

/// The end that the child gets, and ours.
pub(in crate::system) struct Open {
    /// For the child alone: it is the last to close it.
    pub(in crate::system) child: Stdio,
    ours: OwnedFd,
    terminal: bool,
}

impl Open {
    /// A terminal where our standard error is one, else a pipe.
    pub(in crate::system) fn new() -> io::Result<Self> {
        if rustix::termios::isatty(io::stderr())
            && let Ok((ours, child)) = pseudo_terminal()
        {
            return Ok(Self { child: child.into(), ours, terminal: true });
        }
        let (ours, child) = io::pipe()?;
        Ok(Self { child: child.into(), ours: ours.into(), terminal: false })
    }

    /// Passes on what comes until its end, or until nobody takes it. Each piece comes with whether the child has ended.
    pub(in crate::system) fn follow(self, ended: &io::PipeReader, mut pass: impl FnMut(&[u8], bool) -> bool) {
        let (mut piece, mut over) = (vec![0; 64 << 10], false);
        let mut from = std::fs::File::from(self.ours);
        loop {
            if !over {
                let mut both =
                    [from.as_fd(), ended.as_fd()].map(|it| PollFd::from_borrowed_fd(it, PollFlags::IN));
                let waited = poll(&mut both, None);
                if waited == Err(rustix::io::Errno::INTR) {
                    continue;
                }
                over = !both[1].revents().is_empty();
            }
            // What it wrote before its end is there; what it left behind may hold the stream open for ever.
            if over && !readable(&from) {
                return;
            }
            let count = match from.read(&mut piece) {
                Ok(0) => return,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                // How a terminal says that nobody has its other end open.
                Err(_) => return,
            };
            if self.terminal {
                same_size(&from);
            }
            if !pass(&piece[..count], over) {
                return;
            }
        }
    }
}

/// Its two ends: what is written to the second is read from the first, byte for byte.
fn pseudo_terminal() -> rustix::io::Result<(OwnedFd, OwnedFd)> {
    let ours = kernel::terminal()?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let name = ptsname(&ours, Vec::new())?;
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let child = rustix::fs::open(name.as_c_str(), flags, Mode::empty())?;
    let mut modes = rustix::termios::tcgetattr(io::stderr())?;
    // The real terminal does the rest, once.
    modes.output_modes.remove(OutputModes::OPOST);
    modes.local_modes.remove(LocalModes::ECHO | LocalModes::TOSTOP);
    rustix::termios::tcsetattr(&child, OptionalActions::Now, &modes)?;
    same_size(&ours);
    Ok((ours, child))
}

/// As wide and as high as the real one is now.
fn same_size(ours: impl AsFd) {
    if let Ok(size) = rustix::termios::tcgetwinsize(io::stderr()) {
        let _ = rustix::termios::tcsetwinsize(ours, size);
    }
}

/// Whether something is there, or the end of the stream. A terminal may take a moment to hand over what was written.
fn readable(from: impl AsFd) -> bool {
    let mut one = [PollFd::from_borrowed_fd(from.as_fd(), PollFlags::IN)];
    let moment = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    poll(&mut one, Some(&moment)).is_ok_and(|it| it > 0)
}
