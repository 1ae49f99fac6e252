//! What a program says that it drew, where nobody looks at its window: macOS shows the windows of others only to whom a person
//! gave the right, and we do not ask for it. The program reads back the pixels of its own window and lays them into a file of
//! ours. It is its own word: that the screen showed them, nobody saw.

use std::io;
use std::path::PathBuf;

use crate::fact::Fact;
use crate::picture::Picture;
use crate::system::Look;
use crate::system::screen::{Screen, Views};

/// The file that the program writes.
pub(super) const DRAWN: &str = "drawn.ppm";
/// The same while it is written.
pub(super) const PART: &str = "drawn.ppm.part";

/// The eyes of who only reads what the program says.
pub(super) struct SelfReported<'a> {
    pub(super) look: &'a dyn Look,
    pub(super) file: PathBuf,
}

impl Screen for SelfReported<'_> {
    fn find(&self, _title: &str, _process: u32) -> io::Result<Option<u32>> {
        Ok(self.look.stat(&self.file).here().map(|_| 0))
    }

    fn show(&self, _window: u32) -> io::Result<()> {
        Ok(())
    }

    fn widen(&self, _window: u32) -> io::Result<()> {
        Ok(())
    }

    fn capture(&self, _window: u32) -> io::Result<Views> {
        let drawn = match self.look.read(&self.file) {
            Fact::Here(bytes) => picture(&bytes),
            Fact::Absent | Fact::Unknown(_) => None,
        };
        Ok(Views { drawn, ..Views::default() })
    }
}

/// A PPM as the program writes it: `P6`, the two sides, 255, each on a line or behind one blank; then the pixels.
fn picture(bytes: &[u8]) -> Option<Picture> {
    let mut parts = bytes.splitn(4, |it| *it == b'\n');
    let (kind, sides, most, rgb) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let (width, height) = std::str::from_utf8(sides).ok()?.split_once(' ')?;
    let (width, height): (usize, usize) = (width.parse().ok()?, height.parse().ok()?);
    let whole = width.checked_mul(height)?.checked_mul(3)? == rgb.len();
    let known = kind == b"P6" && most == b"255" && !rgb.is_empty();
    (known && whole).then(|| Picture { width, height, rgb: rgb.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_read_whole_or_not_at_all() {
        let good = b"P6\n2 1\n255\n\x0a\x0b\x0c\x0a\x0e\x0f";
        let want = Picture { width: 2, height: 1, rgb: vec![10, 11, 12, 10, 14, 15] };
        assert_eq!(picture(good), Some(want), "bytes that look like an end of a line are pixels");
        for at in 0..good.len() {
            assert_eq!(picture(&good[..at]), None, "{at}");
        }
        for bad in [&b"P5\n2 1\n255\nabcdef"[..], b"P6\n99999999999 99999999999\n255\nabc", b"P6\n0 0\n255\n"]
        {
            assert_eq!(picture(bad), None);
        }
    }
}
