//! The table of contents of an ELF file: its sections, and where the last thing ends that its headers speak of. Reads a
//! few hundred bytes, so that a program of 20 MB need not be read whole. A program that was cut short still looks
//! current to Go, which reads the build id at its front; its own headers tell. `object::File` would read its symbols too.

use object::read::elf::{FileHeader, ProgramHeader as _, SectionHeader as _};
use object::read::{ReadCache, ReadCacheOps, StringTable};
use object::{Endianness, ReadRef, elf};

/// What the headers say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The end of the last thing that the headers speak of.
    pub end: u64,
    /// Sections: name, offset, size. Empty when the table itself is cut off.
    pub sections: Vec<(String, u64, u64)>,
}

impl Contents {
    /// Where a section lies: offset and size.
    pub fn section(&self, name: &str) -> Option<(u64, u64)> {
        self.sections.iter().find(|it| it.0 == name).map(|it| (it.1, it.2))
    }
}

/// A file of which `object` reads only what it asks for.
pub type Pieces<F> = ReadCache<Reader<F>>;

/// Lets `object` read through a closure that gives the bytes at an offset, fewer where the file ends before. Nothing
/// behind `size` is asked for, whatever the headers claim.
pub fn pieces<F: Fn(u64, usize) -> Vec<u8>>(size: u64, at: F) -> Pieces<F> {
    ReadCache::new(Reader { at, size, position: 0 })
}

/// What `pieces` reads through.
pub struct Reader<F> {
    at: F,
    size: u64,
    position: u64,
}

impl<F: Fn(u64, usize) -> Vec<u8>> ReadCacheOps for Reader<F> {
    fn len(&mut self) -> Result<u64, ()> {
        Ok(self.size)
    }

    fn seek(&mut self, position: u64) -> Result<u64, ()> {
        self.position = position;
        Ok(position)
    }

    fn read(&mut self, into: &mut [u8]) -> Result<usize, ()> {
        let piece = (self.at)(self.position, into.len());
        let length = piece.len().min(into.len());
        into[..length].copy_from_slice(&piece[..length]);
        self.position = self.position.saturating_add(length as u64);
        Ok(length)
    }

    fn read_exact(&mut self, into: &mut [u8]) -> Result<(), ()> {
        (self.read(into)? == into.len()).then_some(()).ok_or(())
    }
}

/// Reads the headers. `None` for what is no ELF file or has a cut header.
pub fn contents<'a>(file: impl ReadRef<'a>) -> Option<Contents> {
    let head = file.read_bytes_at(0, 64).ok()?;
    if head.get(4) == Some(&elf::ELFCLASS64.0) {
        headers::<elf::FileHeader64<Endianness>>(file)
    } else {
        headers::<elf::FileHeader32<Endianness>>(file)
    }
}

fn headers<'a, Elf: FileHeader<Endian = Endianness>>(file: impl ReadRef<'a>) -> Option<Contents> {
    let header = Elf::parse(file).ok()?;
    let endian = header.endian().ok()?;
    let behind = |table: u64, size: u16, count: u16| table.checked_add(u64::from(size) * u64::from(count));
    let programs = behind(header.e_phoff(endian).into(), header.e_phentsize(endian), header.e_phnum(endian))?;
    let sections = behind(header.e_shoff(endian).into(), header.e_shentsize(endian), header.e_shnum(endian))?;
    let mut end = programs.max(sections);
    for segment in header.program_headers(endian, file).unwrap_or_default() {
        let (offset, size): (u64, u64) = (segment.p_offset(endian).into(), segment.p_filesz(endian).into());
        end = end.max(offset.checked_add(size)?);
    }
    let sections = header.section_headers(endian, file).unwrap_or_default();
    // All names in one piece; left to itself, `object` reads them one by one.
    let index = header.section_strings_index(endian, file).ok();
    let names = index.and_then(|it| sections.get(it.0)?.data(endian, file).ok()).unwrap_or_default();
    let names = StringTable::new(names, 0, names.len() as u64);
    let section = |it: &Elf::SectionHeader| {
        let name = String::from_utf8_lossy(it.name(endian, names).ok()?).into_owned();
        Some((name, it.sh_offset(endian).into(), it.sh_size(endian).into()))
    };
    Some(Contents { end, sections: sections.iter().filter_map(section).collect() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Option<Contents> {
        contents(&pieces(bytes.len() as u64, |offset, size| {
            let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
            bytes[start..start.saturating_add(size).min(bytes.len())].to_vec()
        }))
    }

    /// A 64-bit ELF: a segment of 16 bytes at 120, names at 136, and a table of two sections at 152.
    fn small() -> Vec<u8> {
        let mut bytes = vec![0; 280];
        bytes[..7].copy_from_slice(b"\x7fELF\x02\x01\x01");
        bytes[32] = 64;
        bytes[40] = 152;
        bytes[54..64].copy_from_slice(&[56, 0, 1, 0, 64, 0, 2, 0, 1, 0]);
        bytes[72] = 120;
        bytes[96] = 16;
        bytes[136..149].copy_from_slice(b"\0.data\0.names");
        for (at, name, offset, size) in [(152, 1, 120, 16), (216, 7, 136, 14)] {
            bytes[at] = name;
            bytes[at + 24] = offset;
            bytes[at + 32] = size;
        }
        bytes
    }

    #[test]
    fn sections_and_the_end_are_read() {
        let contents = read(&small()).expect("an ELF file");
        assert_eq!(contents.end, 280);
        assert_eq!(contents.section(".data"), Some((120, 16)));
        assert_eq!(contents.section(".text"), None);
    }

    /// Recordings are keyed by these questions.
    #[test]
    fn the_headers_and_the_names_are_asked_for_once_each_and_nothing_else() {
        let (bytes, asked) = (small(), std::cell::RefCell::new(Vec::new()));
        let at = |offset: u64, size: usize| {
            asked.borrow_mut().push((offset, size));
            bytes[usize::try_from(offset).expect("small")..][..size].to_vec()
        };
        assert!(contents(&pieces(bytes.len() as u64, at)).is_some());
        assert_eq!(asked.into_inner(), [(0, 64), (64, 56), (152, 128), (136, 14)]);
    }

    #[test]
    fn a_claim_that_is_longer_than_the_file_is_not_asked_for() {
        let mut bytes = small();
        bytes[216 + 38] = 0x7f; // the names' size
        let contents = read(&bytes).expect("an ELF file");
        assert_eq!((contents.end, contents.sections), (280, vec![]));
    }

    #[test]
    fn a_cut_file_ends_before_its_end() {
        let cut = read(&small()[..150]).expect("its head is there");
        assert_eq!((cut.end, cut.sections.len()), (280, 0));
        assert_eq!(read(&small()[..50]), None);
        assert_eq!(read(b"#!/bin/sh\n"), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(tail in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut bytes = b"\x7fELF".to_vec();
            bytes.extend(tail);
            read(&bytes);
        }
    }
}
