//! Whether an ELF file is as long as its own headers say. A program that was cut short still looks current to Go, which
//! reads the build id at its front. Other formats count as whole.

/// Whether all that the headers speak of lies within the bytes.
pub fn whole(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"\x7fELF") {
        return true;
    }
    end(bytes).is_some_and(|end| end <= bytes.len() as u64)
}

/// The end of the last thing that the headers speak of; `None` when the headers themselves are cut.
fn end(bytes: &[u8]) -> Option<u64> {
    let wide = *bytes.get(4)? == 2;
    let little = *bytes.get(5)? == 1;
    let number = |at: usize, size: usize| -> Option<u64> {
        let part = bytes.get(at..at.checked_add(size)?)?;
        let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if little { part.iter().rev().fold(0, add) } else { part.iter().fold(0, add) })
    };
    // Offsets of e_phoff, e_shoff, e_phentsize in the two classes; the sizes and counts follow each other.
    let (phoff, shoff, counts, word) = if wide { (32, 40, 54, 8) } else { (28, 32, 42, 4) };
    let (programs, sections) = (number(phoff, word)?, number(shoff, word)?);
    let [program_size, program_count, section_size, section_count] =
        [0, 2, 4, 6].map(|it| number(counts + it, 2).unwrap_or(0));
    let mut end = programs.checked_add(program_size * program_count)?;
    end = end.max(sections.checked_add(section_size * section_count)?);
    for index in 0..program_count {
        let at = usize::try_from(programs.checked_add(index * program_size)?).ok()?;
        let (offset, size) = if wide {
            (at.checked_add(8)?, at.checked_add(32)?)
        } else {
            (at.checked_add(4)?, at.checked_add(16)?)
        };
        end = end.max(number(offset, word)?.checked_add(number(size, word)?)?);
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A 64-bit ELF with one segment of 16 bytes at 120 and a section table of one entry after it.
    fn small() -> Vec<u8> {
        let mut bytes = vec![0; 200];
        bytes[..6].copy_from_slice(b"\x7fELF\x02\x01");
        bytes[32] = 64;
        bytes[40] = 136;
        bytes[54..62].copy_from_slice(&[56, 0, 1, 0, 64, 0, 1, 0]);
        bytes[72] = 120;
        bytes[96] = 16;
        bytes
    }

    #[test]
    fn a_cut_file_is_told_from_a_whole_one() {
        assert!(whole(&small()));
        assert!(!whole(&small()[..199]));
        assert!(!whole(&small()[..50]));
        assert!(whole(b"#!/bin/sh\n"));
        assert!(whole(b""));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(tail in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut bytes = b"\x7fELF".to_vec();
            bytes.extend(tail);
            whole(&bytes);
        }
    }
}
