//! The strict layer over zip. `rawzip` reads the structures; the rules are here. The central directory is the only
//! index, every local header must agree with it, and the entries fill the file without gaps: what another reader could
//! read otherwise is refused. Pure: it gets bytes, and offsets of a file that may still be arriving.
//!
//! Accepted is what Go's module proxy serves and no more: regular files, stored or deflated, ASCII names, no comment,
//! no ZIP64, no encryption.

use std::io;

use rawzip::{CompressionMethod, ReaderAt, ZipFileHeaderRecord, ZipLocator};

use super::error::{ArchiveError, FetchError};
use super::name::{Names, SafeName};
use super::tree::Packed;

mod extract;
#[cfg(test)]
mod tests;

pub use extract::extract;

/// Bytes of a zip at most; its files together at most, unpacked (Go's own limits).
pub const LARGEST: u64 = 500 << 20;
/// One file at most, unpacked.
pub const LARGEST_FILE: u64 = 128 << 20;
/// Files at most.
pub const MOST_FILES: usize = 20_000;
/// What is enough at the end of a file to hold the directory of a Go (1.5 MiB).
pub const TAIL: u64 = 2 << 20;
/// The directory at most.
const LARGEST_DIRECTORY: u64 = 16 << 20;
/// The record at the end of a zip, without a comment.
const END: usize = 22;
/// A local header before the name.
pub const LOCAL: usize = 30;
/// What follows the data of an entry whose sizes were not known before: with its signature.
pub const DESCRIPTOR: usize = 16;

/// The size follows the data.
const LATER: u16 = 0x0008;
/// The name is UTF-8.
const UTF8: u16 = 0x0800;

/// The end of a file: its bytes from `at` on.
pub struct Tail<'a> {
    /// Offset of the first byte.
    pub at: u64,
    /// To the end of the file.
    pub bytes: &'a [u8],
}

impl Tail<'_> {
    fn size(&self) -> u64 {
        self.at + self.bytes.len() as u64
    }
}

impl ReaderAt for Tail<'_> {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        let from = offset.checked_sub(self.at).and_then(|it| usize::try_from(it).ok());
        let rest = from.and_then(|it| self.bytes.get(it..)).ok_or(io::ErrorKind::UnexpectedEof)?;
        let n = rest.len().min(into.len());
        into[..n].copy_from_slice(&rest[..n]);
        Ok(n)
    }
}

/// An entry of the central directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As it stands in the archive, with the prefix.
    pub full: SafeName,
    /// Without the prefix: where it goes.
    pub name: SafeName,
    /// How it is packed.
    pub packed: Packed,
    /// Bytes in the archive.
    pub packed_size: u64,
    /// Bytes of the file.
    pub size: u64,
    /// Of the file.
    pub crc: u32,
    /// Where its local header begins.
    pub at: u64,
    flags: u16,
}

/// The whole index, in the order of the file.
#[derive(Clone, Debug)]
pub struct Index {
    /// Entries by their offset.
    pub entries: Vec<Entry>,
    /// Where the entries end and the directory begins.
    pub end: u64,
    /// Bytes of all files.
    pub unpacked: u64,
}

/// Where the directory begins, from the last bytes of the file. `Err` when the end is not that of a plain zip.
pub fn directory_at(tail: &Tail<'_>) -> Result<u64, ArchiveError> {
    let Some((_, end)) = tail.bytes.split_last_chunk::<END>() else {
        return Err(ArchiveError::Shape("archive-zip-short"));
    };
    let short = |at: usize| u16::from_le_bytes([end[at], end[at + 1]]);
    let long = |at: usize| u32::from_le_bytes([end[at], end[at + 1], end[at + 2], end[at + 3]]);
    if !end.starts_with(b"PK\x05\x06") || short(20) != 0 {
        return Err(ArchiveError::Shape("archive-zip-end"));
    }
    if short(4) != 0 || short(6) != 0 || short(8) != short(10) {
        return Err(ArchiveError::Shape("archive-zip-parts"));
    }
    let (size, at) = (u64::from(long(12)), u64::from(long(16)));
    if size > LARGEST_DIRECTORY {
        return Err(ArchiveError::Limit { rule: "archive-limit-directory", limit: LARGEST_DIRECTORY });
    }
    if at + size + END as u64 != tail.size() {
        return Err(ArchiveError::Shape("archive-zip-directory-place"));
    }
    Ok(at)
}

impl Index {
    /// Reads the directory. The tail must reach back to [`directory_at`]. Every entry must lie below `prefix`, which
    /// ends in a slash.
    pub fn read(tail: &Tail<'_>, prefix: &str) -> Result<Self, ArchiveError> {
        let end = directory_at(tail)?;
        if tail.size() > LARGEST {
            return Err(ArchiveError::Limit { rule: "archive-limit-zip", limit: LARGEST });
        }
        let unreadable = ArchiveError::Shape("archive-zip-directory-unreadable");
        let mut buffer = vec![0; rawzip::MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
        let found =
            ZipLocator::new().max_search_space(END as u64).locate_in_reader(tail, &mut buffer, tail.size());
        let archive = found.map_err(|_| unreadable.clone())?;
        if archive.directory_offset() != end || archive.eocd_offset() + END as u64 != tail.size() {
            return Err(ArchiveError::Shape("archive-zip-directory-twice"));
        }
        let announced = archive.entries_hint();
        if announced > MOST_FILES as u64 {
            return Err(ArchiveError::Limit { rule: "archive-limit-files", limit: MOST_FILES as u64 });
        }
        let (mut entries, mut names, mut unpacked) = (Vec::new(), Names::default(), 0);
        let mut records = archive.entries(&mut buffer);
        while let Some(record) = records.next_entry().map_err(|_| unreadable.clone())? {
            let entry = Entry::of(&record, prefix)?;
            names.file(&entry.full)?;
            unpacked += entry.size;
            entries.push(entry);
            if unpacked > LARGEST || entries.len() as u64 > announced {
                break;
            }
        }
        if unpacked > LARGEST {
            return Err(ArchiveError::Limit { rule: "archive-limit-all", limit: LARGEST });
        }
        if entries.len() as u64 != announced {
            return Err(ArchiveError::Shape("archive-zip-directory-count"));
        }
        entries.sort_by_key(|it| it.at);
        let index = Self { entries, end, unpacked };
        index.check_places()?;
        Ok(index)
    }

    /// The first entry begins at 0, and each leaves room for itself. That nothing else lies between them is seen when
    /// they are read one after the other, to `end`.
    fn check_places(&self) -> Result<(), ArchiveError> {
        let mut at = 0;
        for entry in &self.entries {
            if entry.at < at {
                let name = entry.full.as_str().to_owned();
                return Err(ArchiveError::Entry { name, rule: "archive-overlap" });
            }
            at = entry.at + (LOCAL + entry.full.as_str().len()) as u64 + entry.packed_size;
            if entry.flags & LATER != 0 {
                at += DESCRIPTOR as u64;
            }
        }
        if at > self.end || self.entries.first().is_some_and(|it| it.at != 0) {
            return Err(ArchiveError::Shape("archive-zip-entries-place"));
        }
        Ok(())
    }
}

impl Entry {
    fn of(record: &ZipFileHeaderRecord<'_>, prefix: &str) -> Result<Self, ArchiveError> {
        let full = SafeName::parse(record.file_path().as_bytes())?;
        let kind = |what| Err(ArchiveError::Entry { name: full.as_str().to_owned(), rule: what });
        let Some(name) = full.below(prefix) else {
            return Err(ArchiveError::Entry {
                name: full.as_str().to_owned(),
                rule: "archive-name-outside-module",
            });
        };
        let flags = record.flags().bits();
        if flags & !(LATER | UTF8) != 0 {
            return kind("archive-encrypted");
        }
        let packed = match record.compression_method() {
            CompressionMethod::STORE => Packed::Plain,
            CompressionMethod::DEFLATE => Packed::Deflated,
            _ => return kind("archive-packed"),
        };
        // The upper half is a Unix mode where there is one: a regular file, or nothing said.
        match record.external_attributes() >> 16 {
            mode if mode & 0o7000 != 0 => return kind("archive-setuid"),
            mode if matches!(mode & 0o170_000, 0 | 0o100_000) => {}
            mode if mode & 0o170_000 == 0o120_000 => return kind("archive-symbolic-link"),
            _ => return kind("archive-irregular"),
        }
        if !record.comment().as_bytes().is_empty() {
            return kind("archive-entry-comment");
        }
        let mut extra = record.extra_fields();
        // ZIP64 sizes, and a name for other readers.
        if extra.any(|(id, _)| matches!(id.as_u16(), 0x0001 | 0x7075)) {
            return kind("archive-second-name");
        }
        if !extra.remaining_bytes().is_empty() {
            return kind("archive-extra");
        }
        let (size, packed_size) = (record.uncompressed_size_hint(), record.compressed_size_hint());
        if size > LARGEST_FILE {
            return Err(ArchiveError::Limit { rule: "archive-limit-file", limit: LARGEST_FILE });
        }
        if packed == Packed::Plain && size != packed_size {
            let name = full.as_str().to_owned();
            return Err(ArchiveError::Entry { name, rule: "archive-plain-sizes" });
        }
        let (crc, at) = (record.crc32(), record.local_header_offset());
        Ok(Self { full, name, packed, packed_size, size, crc, at, flags })
    }

    /// Reads the fixed part of the local header: how long name and extra fields are, which follow it.
    pub fn local_lengths(&self, header: &[u8; LOCAL]) -> Result<(usize, usize), ArchiveError> {
        let short = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
        let long =
            |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        let differs = |what| Err(ArchiveError::Entry { name: self.full.as_str().to_owned(), rule: what });
        if !header.starts_with(b"PK\x03\x04") {
            return differs("archive-no-header");
        }
        let method = if self.packed == Packed::Plain { 0 } else { 8 };
        if short(6) != self.flags || short(8) != method {
            return differs("archive-differs-flags");
        }
        let sizes = (long(14), u64::from(long(18)), u64::from(long(22)));
        let known = sizes == (self.crc, self.packed_size, self.size);
        let later = self.flags & LATER != 0 && sizes == (0, 0, 0);
        if !known && !later {
            return differs("archive-differs-size");
        }
        if usize::from(short(26)) != self.full.as_str().len() {
            return differs("archive-differs-name");
        }
        Ok((short(26).into(), short(28).into()))
    }

    /// Whether the local header's name is the directory's.
    pub fn check_local_name(&self, name: &[u8]) -> Result<(), ArchiveError> {
        if name == self.full.as_str().as_bytes() {
            return Ok(());
        }
        Err(ArchiveError::Entry { name: self.full.as_str().to_owned(), rule: "archive-differs-name" })
    }

    /// How many bytes follow the data: a descriptor, or none.
    pub fn descriptor(&self) -> usize {
        if self.flags & LATER == 0 { 0 } else { DESCRIPTOR }
    }

    /// Whether the descriptor says what the directory says.
    pub fn check_descriptor(&self, bytes: &[u8; DESCRIPTOR]) -> Result<(), ArchiveError> {
        let long = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let said = (long(4), u64::from(long(8)), u64::from(long(12)));
        if bytes.starts_with(b"PK\x07\x08") && said == (self.crc, self.packed_size, self.size) {
            return Ok(());
        }
        Err(ArchiveError::Entry { name: self.full.as_str().to_owned(), rule: "archive-differs-descriptor" })
    }
}

/// As the reason why a download is refused; who sent it is said where that is known.
pub(super) fn hostile(why: ArchiveError) -> FetchError {
    FetchError::Hostile { from: String::new(), why }
}
