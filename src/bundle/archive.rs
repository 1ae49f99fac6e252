//! The form of a bundle: a tar in which nothing is left to choose. Each entry has one header that its name and size could
//! have, and the reader compares it byte for byte, so that links, devices, owners, times and second ways to write a name
//! have nowhere to stand. Pure but for the streams that it is handed.

use std::io::{self, Read, Write};

use sha2::{Digest as _, Sha256};

use crate::digest::Digest;
use crate::text::Text;

/// Of which a tar is made.
const BLOCK: usize = 512;
/// What ends a tar.
const END: usize = 2 * BLOCK;
/// How much is read at once.
const PIECE: usize = 256 << 10;

/// Why reading or writing ended.
#[derive(Debug)]
pub enum Fault {
    /// The bytes are not those of a bundle: why.
    Refused(Text),
    /// It ends where more should come.
    Cut,
    /// It cannot be read.
    Read(io::Error),
    /// What comes out of it cannot be written.
    Write(io::Error),
}

/// The one header of an entry. `None` for a name that no tar holds.
fn header(name: &str, size: u64) -> Option<[u8; BLOCK]> {
    let mut header = tar::Header::new_ustar();
    header.set_path(name).ok()?;
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_size(size);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    Some(*header.as_bytes())
}

/// Zeros behind so many bytes.
fn padding(size: u64) -> usize {
    usize::try_from(size.next_multiple_of(BLOCK as u64) - size).unwrap_or(0)
}

/// Writes a bundle.
pub struct Writer<W: Write>(W);

impl<W: Write> Writer<W> {
    /// To there.
    pub const fn new(to: W) -> Self {
        Self(to)
    }

    /// One entry: exactly `size` bytes of `from`.
    pub fn file(&mut self, name: &str, size: u64, from: &mut dyn Read) -> io::Result<()> {
        let header = header(name, size).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
        self.0.write_all(&header)?;
        if io::copy(&mut from.take(size), &mut self.0)? != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.0.write_all(&[0; BLOCK][..padding(size)])
    }

    /// The end.
    pub fn end(mut self) -> io::Result<W> {
        self.0.write_all(&[0; END])?;
        self.0.flush()?;
        Ok(self.0)
    }
}

/// Reads a bundle.
pub struct Reader<R: Read> {
    from: R,
    /// A header that was read and belongs to nobody yet.
    next: Option<[u8; BLOCK]>,
}

impl<R: Read> Reader<R> {
    /// From there.
    pub const fn new(from: R) -> Self {
        Self { from, next: None }
    }

    fn block(&mut self) -> Result<[u8; BLOCK], Fault> {
        if let Some(next) = self.next.take() {
            return Ok(next);
        }
        let mut block = [0; BLOCK];
        whole(&mut self.from, &mut block)?;
        Ok(block)
    }

    /// An entry of this name that is kept in memory, whatever its size up to `most`; `None` where another one stands here.
    pub fn small(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        let block = self.block()?;
        let size = tar::Header::from_byte_slice(&block).entry_size().unwrap_or(u64::MAX);
        if size > most || header(name, size) != Some(block) {
            self.next = Some(block);
            return Ok(None);
        }
        // `most` is small enough to be kept.
        let mut bytes = vec![0; usize::try_from(size).unwrap_or(0)];
        whole(&mut self.from, &mut bytes)?;
        self.pad(name, size)?;
        Ok(Some(bytes))
    }

    /// The entry of this name and size, which has to stand here; its digest.
    pub fn file(&mut self, name: &str, size: u64, to: &mut dyn Write) -> Result<Digest, Fault> {
        if header(name, size) != Some(self.block()?) {
            return Err(Fault::Refused(text!("bundle-entry", path = name)));
        }
        let (mut left, mut piece, mut hasher) = (size, vec![0; PIECE], Sha256::new());
        while left > 0 {
            let most = usize::try_from(left).map_or(PIECE, |it| it.min(PIECE));
            whole(&mut self.from, &mut piece[..most])?;
            hasher.update(&piece[..most]);
            to.write_all(&piece[..most]).map_err(Fault::Write)?;
            left -= most as u64;
        }
        to.flush().map_err(Fault::Write)?;
        self.pad(name, size)?;
        Ok(Digest::finish(hasher))
    }

    fn pad(&mut self, name: &str, size: u64) -> Result<(), Fault> {
        let mut zeros = [0; BLOCK];
        let zeros = &mut zeros[..padding(size)];
        whole(&mut self.from, zeros)?;
        if zeros.iter().any(|it| *it != 0) {
            return Err(Fault::Refused(text!("bundle-entry", path = name)));
        }
        Ok(())
    }

    /// Nothing but the end may follow.
    pub fn end(mut self) -> Result<(), Fault> {
        let first = self.block()?;
        let second = self.block()?;
        if first.iter().chain(&second).any(|it| *it != 0) || !ended(&mut self.from)? {
            return Err(Fault::Refused(text!("bundle-more")));
        }
        Ok(())
    }
}

fn whole(from: &mut impl Read, bytes: &mut [u8]) -> Result<(), Fault> {
    from.read_exact(bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Fault::Cut,
        _ => Fault::Read(error),
    })
}

fn ended(from: &mut impl Read) -> Result<bool, Fault> {
    let mut one = [0];
    loop {
        match from.read(&mut one) {
            Ok(read) => return Ok(read == 0),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Fault::Read(error)),
        }
    }
}
