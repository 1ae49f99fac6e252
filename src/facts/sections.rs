//! The table of contents of an ELF file: its sections, and where the last thing ends that its headers speak of. Reads a
//! few hundred bytes through a closure, so that a program of 20 MB need not be read whole. A program that was cut short
//! still looks current to Go, which reads the build id at its front; its own headers tell.

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

/// More headers than any Go program has; a guard against hostile counts.
const MOST: u64 = 256;

/// Reads the headers; `at` gives the bytes at an offset, fewer where the file ends before. `None` for what is no ELF
/// file or has a cut header.
pub fn contents(at: impl Fn(u64, usize) -> Vec<u8>) -> Option<Contents> {
    let head = at(0, 64);
    if !head.starts_with(b"\x7fELF") {
        return None;
    }
    let layout = Layout { wide: *head.get(4)? == 2, little: *head.get(5)? == 1 };
    let (word, counts) = if layout.wide { (8, 54) } else { (4, 42) };
    let (programs, sections) = if layout.wide {
        (layout.number(&head, 32, 8)?, layout.number(&head, 40, 8)?)
    } else {
        (layout.number(&head, 28, 4)?, layout.number(&head, 32, 4)?)
    };
    let count = |index: usize| layout.number(&head, counts + 2 * index, 2);
    let (program_size, program_count) = (count(0)?, count(1)?.min(MOST));
    let (section_size, section_count, names) = (count(2)?, count(3)?.min(MOST), count(4)?);
    let mut end = programs.checked_add(program_size * program_count)?;
    end = end.max(sections.checked_add(section_size * section_count)?);
    let (offset, size) = if layout.wide { (8, 32) } else { (4, 16) };
    let table = at(programs, usize::try_from(program_size * program_count).ok()?);
    for entry in table.chunks_exact(usize::try_from(program_size).ok().filter(|it| *it > 0)?) {
        if let (Some(offset), Some(size)) =
            (layout.number(entry, offset, word), layout.number(entry, size, word))
        {
            end = end.max(offset.checked_add(size)?);
        }
    }
    let table = at(sections, usize::try_from(section_size * section_count).ok()?);
    let entries: Vec<(u64, u64, u64)> = match usize::try_from(section_size) {
        Ok(size) if size > 0 => table.chunks_exact(size).filter_map(|it| layout.section(it)).collect(),
        _ => Vec::new(),
    };
    let names = usize::try_from(names)
        .ok()
        .and_then(|it| entries.get(it))
        .map(|it| at(it.1, usize::try_from(it.2.min(1 << 16)).unwrap_or(0)));
    let name = |index: u64| {
        let names = names.as_deref()?.get(usize::try_from(index).ok()?..)?;
        Some(String::from_utf8_lossy(names.split(|it| *it == 0).next()?).into_owned())
    };
    let sections = entries.iter().filter_map(|it| Some((name(it.0)?, it.1, it.2))).collect();
    Some(Contents { end, sections })
}

/// How numbers stand in this file.
struct Layout {
    wide: bool,
    little: bool,
}

impl Layout {
    fn number(&self, bytes: &[u8], at: usize, size: usize) -> Option<u64> {
        let part = bytes.get(at..at.checked_add(size)?)?;
        let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if self.little { part.iter().rev().fold(0, add) } else { part.iter().fold(0, add) })
    }

    /// Index of its name, offset, size.
    fn section(&self, entry: &[u8]) -> Option<(u64, u64, u64)> {
        let (offset, size, word) = if self.wide { (24, 32, 8) } else { (16, 20, 4) };
        Some((self.number(entry, 0, 4)?, self.number(entry, offset, word)?, self.number(entry, size, word)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Option<Contents> {
        contents(|offset, size| {
            let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
            bytes[start..start.saturating_add(size).min(bytes.len())].to_vec()
        })
    }

    /// A 64-bit ELF: a segment of 16 bytes at 120, names at 136, and a table of two sections at 152.
    fn small() -> Vec<u8> {
        let mut bytes = vec![0; 280];
        bytes[..6].copy_from_slice(b"\x7fELF\x02\x01");
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
