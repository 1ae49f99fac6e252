//! A child's standard error, passed through to our own unchanged while its beginning and its end are kept. Where ours is a
//! terminal, the child is given one too (a pseudo-terminal with the same width, which changes nothing of what is written), so
//! that it shows its colours and its progress; it reads, and is controlled, by the terminal that it would have had.
//!
//! Not here: standard output, which is not touched.

#![expect(clippy::disallowed_types, reason = "a descriptor of ours is read; no file is opened")]

use std::collections::VecDeque;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd, OwnedFd};
use std::process::Stdio;
use std::thread::{self, JoinHandle};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, OutputModes};

/// How much of the beginning is kept.
const HEAD: usize = 256 << 10;
/// And of the end.
const TAIL: usize = 1 << 20;
/// How much is still passed on once the child has ended and something that it left behind goes on writing.
const AFTER: usize = 1 << 20;

/// The beginning and the end of a text of any length.
#[derive(Debug, Default)]
struct Kept {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    cut: bool,
}

impl Kept {
    fn add(&mut self, bytes: &[u8]) {
        let (head, rest) = bytes.split_at(bytes.len().min(HEAD - self.head.len()));
        self.head.extend_from_slice(head);
        self.tail.extend(rest);
        let over = self.tail.len().saturating_sub(TAIL);
        self.cut |= over > 0;
        self.tail.drain(..over);
    }

    /// All of it; where something is left out, the lines before and after that are whole.
    fn whole(mut self) -> Vec<u8> {
        if self.cut {
            let end = self.head.iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
            self.head.truncate(end);
            let begin = self.tail.iter().position(|it| *it == b'\n').map_or(0, |it| it + 1);
            self.tail.drain(..begin);
        }
        self.head.extend(self.tail);
        self.head
    }
}

/// The end that the child gets, and ours.
pub(super) struct Open {
    /// For the child alone: it is the last to close it.
    pub(super) child: Stdio,
    ours: OwnedFd,
    terminal: bool,
}

impl Open {
    /// A terminal where our standard error is one, else a pipe.
    pub(super) fn new() -> io::Result<Self> {
        if rustix::termios::isatty(io::stderr())
            && let Ok((ours, child)) = pseudo_terminal()
        {
            return Ok(Self { child: child.into(), ours, terminal: true });
        }
        let (ours, child) = io::pipe()?;
        Ok(Self { child: child.into(), ours: ours.into(), terminal: false })
    }
}

/// Its two ends: what is written to the second is read from the first, byte for byte.
fn pseudo_terminal() -> rustix::io::Result<(OwnedFd, OwnedFd)> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
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

/// A stream on its way.
pub(super) struct Tee {
    /// Dropped when the child has ended.
    going: Option<io::PipeWriter>,
    copier: Option<JoinHandle<Kept>>,
    kept: Vec<u8>,
}

impl Tee {
    /// Begins to pass on.
    pub(super) fn new(open: Open) -> io::Result<Self> {
        let (ended, going) = io::pipe()?;
        let Open { ours, terminal, .. } = open;
        let copier = thread::Builder::new().spawn(move || copy(ours, terminal, &ended))?;
        Ok(Self { going: Some(going), copier: Some(copier), kept: Vec::new() })
    }

    /// Once the child has ended: waits until all that it wrote is passed on.
    pub(super) fn finish(&mut self) {
        drop(self.going.take());
        if let Some(copier) = self.copier.take() {
            self.kept = copier.join().map(Kept::whole).unwrap_or_default();
        }
    }

    /// What was written.
    pub(super) fn kept(&self) -> Vec<u8> {
        self.kept.clone()
    }
}

/// Whether something is there, or the end of the stream. A terminal may take a moment to hand over what was written.
fn readable(from: impl AsFd) -> bool {
    let mut one = [PollFd::from_borrowed_fd(from.as_fd(), PollFlags::IN)];
    let moment = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    poll(&mut one, Some(&moment)).is_ok_and(|it| it > 0)
}

fn copy(ours: OwnedFd, terminal: bool, ended: &io::PipeReader) -> Kept {
    let (mut kept, mut piece, mut after) = (Kept::default(), vec![0; 64 << 10], 0);
    let mut over = false;
    let mut from = std::fs::File::from(ours);
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
            return kept;
        }
        let count = match from.read(&mut piece) {
            Ok(0) => return kept,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            // How a terminal says that nobody has its other end open.
            Err(_) => return kept,
        };
        if terminal {
            same_size(&from);
        }
        kept.add(&piece[..count]);
        // Nobody reads any more: the child is to hear of it, as it would without us.
        if io::stderr().lock().write_all(&piece[..count]).is_err() {
            return kept;
        }
        after += if over { count } else { 0 };
        if after > AFTER {
            return kept;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_and_the_end_of_a_long_text_are_kept_by_whole_lines() {
        let mut short = Kept::default();
        short.add(b"one\ntwo");
        assert_eq!(short.whole(), b"one\ntwo");
        let mut long = Kept::default();
        let line = |number: usize| format!("{number:099}\n").into_bytes();
        for number in 0..30_000 {
            long.add(&line(number));
        }
        let whole = long.whole();
        assert!(whole.len() <= HEAD + TAIL, "{}", whole.len());
        assert!(whole.starts_with(&line(0)) && whole.ends_with(&line(29_999)));
        assert!(whole.split_inclusive(|it| *it == b'\n').all(|it| it.len() == 100));
    }
}
