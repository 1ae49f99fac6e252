//! A child's standard error, passed through to our own unchanged while its beginning and its end are kept. Where ours is a
//! terminal, the child is given one too (a pseudo-terminal with the same width, which changes nothing of what is written), so
//! that it shows its colours and its progress; it reads, and is controlled, by the terminal that it would have had. On Windows
//! it gets a pipe: a console of ours would write another text than the child.
//!
//! Not here: standard output, which is not touched.

use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::thread::{self, JoinHandle};

use super::os::stream::Open;

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
        let copier = thread::Builder::new().spawn(move || {
            let (mut kept, mut after) = (Kept::default(), 0);
            open.follow(&ended, |piece, over| {
                kept.add(piece);
                after += if over { piece.len() } else { 0 };
                // Where nobody reads any more the child is to hear of it, as it would without us.
                io::stderr().lock().write_all(piece).is_ok() && after <= AFTER
            });
            kept
        })?;
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
