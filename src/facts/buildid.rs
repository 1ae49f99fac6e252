//! Go's build ID in a program. Its last part is a hash of the program itself, written by `go` behind the linker: by it a
//! program that was changed differs from one that somebody built anew. Whoever changes a program on purpose can write that
//! hash anew, so it clears nobody.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use object::{BinaryFormat, Object as _, ObjectSection as _};

use crate::digest::Digest;

/// Where programs that have no note of it have the ID: among the first bytes of their code.
const BEFORE: &[u8] = b"\xff Go build ID: \"";
const BEHIND: &[u8] = b"\"\n \xff";
/// How far `go` itself looks for it.
const FRONT: usize = 32 << 10;
/// The header of a note with a name of four bytes.
const NOTE: usize = 16;
/// How much of a hash is kept.
const KEPT: usize = 15;

/// Whether a program is as `go` left it, by its own build ID; one without an ID is not. `None` for what is signed behind
/// `go` (Mach-O), and for what is no program.
pub fn is_as_linked(program: &[u8]) -> Option<bool> {
    let file = object::File::parse(program).ok()?;
    if !matches!(file.format(), BinaryFormat::Elf | BinaryFormat::Pe) {
        return None;
    }
    let note = file.section_by_name(".note.go.buildid").and_then(|it| it.data().ok());
    let id = note.and_then(|it| of_note(it, file.is_little_endian())).or_else(|| of_code(program));
    let host = file.section_by_name(".note.gnu.build-id").and_then(|it| it.file_range());
    let host = host.and_then(|(at, size)| {
        let (at, size) = (usize::try_from(at).ok()?, usize::try_from(size).ok()?);
        let range = at.checked_add(NOTE)?..at.checked_add(size)?;
        program.get(range.clone()).map(|_| range)
    });
    Some(id.is_some_and(|id| holds(program, id, host)))
}

/// The ID in a note: sizes of name and text, kind, `Go`, text.
fn of_note(note: &[u8], little: bool) -> Option<&[u8]> {
    let size: [u8; 4] = note.get(4..8)?.try_into().ok()?;
    let size = if little { u32::from_le_bytes(size) } else { u32::from_be_bytes(size) };
    note.get(12..NOTE)?.starts_with(b"Go\0\0").then_some(())?;
    note.get(NOTE..)?.get(..usize::try_from(size).ok()?)
}

fn of_code(program: &[u8]) -> Option<&[u8]> {
    let front = &program[..program.len().min(FRONT)];
    let rest = front.get(find(front, BEFORE)? + BEFORE.len()..)?;
    rest.get(..find(rest, BEHIND)?)
}

/// Whether the last part of the ID is the hash of all the rest. Newer Go leaves the ID of the system out as well, which it
/// makes of the ID that it gave to the linker: there the first part stands in the place of the last.
fn holds(program: &[u8], id: &[u8], host: Option<Range<usize>>) -> bool {
    let Some((parts, own)) = std::str::from_utf8(id).ok().and_then(|it| it.rsplit_once('/')) else {
        return false;
    };
    let mut rest = program.to_vec();
    let mut at = 0;
    while let Some(found) = find(&rest[at..], id) {
        rest[at + found..][..id.len()].fill(0);
        at += found + id.len();
    }
    if short(&rest) == own {
        return true;
    }
    let Some(host) = host else { return false };
    let given = format!("{parts}/{}", parts.split('/').next().unwrap_or_default());
    let mut made = *Digest::of(given.as_bytes()).bytes();
    made[0] ^= 0xff;
    if !made.starts_with(&program[host.clone()]) {
        return false;
    }
    rest[host].fill(0);
    short(&rest) == own
}

fn short(bytes: &[u8]) -> String {
    URL_SAFE.encode(&Digest::of(bytes).bytes()[..KEPT])
}

fn find(area: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = 0;
    while let Some(found) = area[at..].iter().position(|it| *it == first) {
        at += found;
        if area[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::buildinfo::tests::program;
    use super::*;

    /// A program of these lines with a build ID, as `go` leaves it.
    pub(crate) fn linked(lines: &str) -> Vec<u8> {
        let mut file = program(lines);
        let at = file.len() + BEFORE.len();
        let id = format!("{0}/main/main/{0}", "a".repeat(20));
        file.extend([BEFORE, id.as_bytes(), BEHIND].concat());
        let mut rest = file.clone();
        rest[at..at + id.len()].fill(0);
        let own = short(&rest);
        file[at + id.len() - own.len()..at + id.len()].copy_from_slice(own.as_bytes());
        file
    }

    #[test]
    fn a_program_is_as_it_was_linked_until_one_bit_of_it_changes() {
        let good = linked("path\tfyne.io/tools/cmd/fyne\n");
        assert_eq!(is_as_linked(&good), Some(true));
        // Behind the headers, which say what kind of file it is; the parts before the hash only the system's ID covers.
        let own = find(&good, &[BEFORE, b"aaaa"].concat()).expect("it is there") + BEFORE.len();
        let parts = own..own + "/main/main/".len() + 20;
        for at in (64..good.len()).filter(|it| !parts.contains(it)) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert_ne!(is_as_linked(&bad), Some(true), "byte {at}");
        }
        assert_eq!(is_as_linked(&program("path\ta.b/c\n")), Some(false), "without an ID nothing vouches");
        for other in [&b""[..], b"#!/bin/sh\n", &good[..100]] {
            assert_eq!(is_as_linked(other), None);
        }
        assert_eq!(is_as_linked(&crate::testlog::program::of_apple(true)), None);
    }

    #[test]
    fn the_ids_of_go_and_of_the_system_are_read_from_their_notes() {
        let note = |size: [u8; 4]| [&[4, 0, 0, 0], &size[..], &[4, 0, 0, 0], b"Go\0\0", b"id/x"].concat();
        assert_eq!(of_note(&note([4, 0, 0, 0]), true), Some(&b"id/x"[..]));
        assert_eq!(of_note(&note([0, 0, 0, 4]), false), Some(&b"id/x"[..]));
        for bad in [note([5, 0, 0, 0]), note([0xff; 4]), vec![0; 16], vec![]] {
            assert_eq!(of_note(&bad, true), None);
        }
        // The note of the system counts only if it was made of the ID that the linker was given.
        let (own, given) = ("a/m/m", "a/m/m/a");
        let mut made = *Digest::of(given.as_bytes()).bytes();
        made[0] ^= 0xff;
        let file = |host: &[u8]| {
            let mut rest = b"code ".to_vec();
            rest.extend([0; 20]);
            let id_at = rest.len();
            rest.extend(vec![0; own.len() + 1 + 20]);
            let id = format!("{own}/{}", short(&rest));
            rest[5..25].copy_from_slice(host);
            rest[id_at..].copy_from_slice(id.as_bytes());
            (rest, id)
        };
        for (host, good) in [(&made[..20], true), (&[7; 20][..], false)] {
            let (bytes, id) = file(host);
            assert_eq!(holds(&bytes, id.as_bytes(), Some(5..25)), good);
            assert!(!holds(&bytes, id.as_bytes(), None));
        }
    }
}
