//! A proven lookup as one small file: the record, the signed head of the tree that it was found in, and the path
//! between them. It is checked whole whenever it is read, so it may lie in a cache or come in a bundle.
//!
//! ```text
//! fyne-setup sumdb proof 1
//! <number>
//! <record>
//! <blank line>
//! <path, a base64 hash a line>
//! <blank line>
//! <signed head>
//! ```

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Verified;
use super::note::Key;
use super::record::{ModuleSum, number};
use super::tlog::{Hash, Head, leaf};

const TITLE: &str = "fyne-setup sumdb proof 1";

/// Writes one.
pub fn write(id: u64, record: &str, path: &[Hash], note: &str) -> String {
    let mut text = format!("{TITLE}\n{id}\n{record}\n");
    for hash in path {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", STANDARD.encode(hash));
    }
    text + "\n" + note
}

/// The hashes of a module, proven to be in the tree of a head that the log signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The head of that tree. That it grew out of the heads that were seen before is for the caller to compare.
    pub head: Head,
    /// The head as it was signed.
    pub note: String,
    /// The hashes.
    pub sum: Verified<ModuleSum>,
}

/// Reads one and checks all of it: the head that it rests on, and the hashes of the module. `None` when anything is
/// wrong or it is about another module; it is then as if it were not there.
pub fn read(bytes: &[u8], key: &Key, path: &str, version: &str) -> Option<Proven> {
    let text = std::str::from_utf8(bytes).ok()?.strip_prefix(TITLE)?.strip_prefix('\n')?;
    let (id, rest) = text.split_once('\n')?;
    let at = rest.find("\n\n")?;
    let (record, mut rest) = (&rest[..=at], &rest[at + 2..]);
    let mut steps = Vec::new();
    loop {
        let (line, after) = rest.split_once('\n')?;
        rest = after;
        if line.is_empty() {
            break;
        }
        steps.push(Hash::try_from(STANDARD.decode(line).ok()?).ok().filter(|_| steps.len() < 64)?);
    }
    let head = Head::parse(key.open(rest.as_bytes()).ok()?)?;
    let sum = ModuleSum::find(record, path, version).ok()?;
    let included = head.includes(number(id)?, leaf(record), &steps);
    included.then(|| Proven { head, note: rest.to_owned(), sum: Verified::vouch(sum) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testlog::{KEY, World};
    use crate::trust::tlog::{Tiles, needed};

    #[test]
    fn reads_what_it_writes_and_no_flipped_bit_of_it() {
        let mut world = World::empty();
        world.log.grow(5);
        world.add_module("example.org/m", "v1.0.0", &[("m.go", b"package m\n")]);
        world.log.grow(5);
        let (size, key) = (world.log.size(), KEY.parse().expect("a key"));
        let head = Head { size: size as u64, root: world.log.root(size) };
        let (id, record) = world.log.record("example.org/m@v1.0.0").expect("it was added");
        let raw = needed(head.size, &[id as u64], &[]);
        let raw = raw.into_iter().map(|it| (it, world.log.answer(&it.path()).expect("a tile"))).collect();
        let tiles = Tiles::authenticate(head, raw).expect("true tiles");
        let path = tiles.inclusion(id as u64, record).expect("it is there");
        let text = write(id as u64, record, &path, &world.log.head(size));
        let read = |bytes: &[u8]| read(bytes, &key, "example.org/m", "v1.0.0");
        let Proven { head: found, note, sum } = read(text.as_bytes()).expect("it is good");
        assert_eq!((found, note), (head, world.log.head(size)));
        assert!(record.contains(&sum.get().zip.to_string()));
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut bad = text.clone().into_bytes();
                bad[at] ^= 1 << bit;
                assert_eq!(read(&bad), None, "byte {at} bit {bit}");
            }
            assert_eq!(read(&text.as_bytes()[..at]), None, "cut at {at}");
        }
        assert_eq!(super::read(text.as_bytes(), &key, "example.org/m", "v1.0.1"), None);
    }
}
