//! `h1:` hashes: one hash of many named files, as `go.sum` and the checksum database write it. Pure; whoever unpacks
//! hashes the contents on the way and adds them here.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::digest::Digest;

/// The hash of a module's zip, of a tree that would be that zip, or of a `go.mod`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct H1([u8; 32]);

impl H1 {
    /// Of a module's `go.mod`.
    pub fn of_go_mod(bytes: &[u8]) -> Self {
        Self::of_sorted([("go.mod", Digest::of(bytes))])
    }

    fn of_sorted<'a>(files: impl IntoIterator<Item = (&'a str, Digest)>) -> Self {
        let mut hasher = Sha256::new();
        let mut line = String::new();
        for (name, digest) in files {
            line.clear();
            // Writing to a string cannot fail.
            let _ = writeln!(line, "{digest}  {name}");
            hasher.update(line.as_bytes());
        }
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for H1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "h1:{}", STANDARD.encode(self.0))
    }
}

impl fmt::Debug for H1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for H1 {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bytes = text.strip_prefix("h1:").and_then(|it| STANDARD.decode(it).ok());
        let bytes = bytes.and_then(|it| <[u8; 32]>::try_from(it).ok());
        bytes.map(Self).ok_or_else(|| format!("`{text}` is not an h1 hash"))
    }
}

/// The files that are hashed together. They come in any order.
#[derive(Clone, Debug, Default)]
pub struct Listing(BTreeMap<String, Digest>);

/// Why files cannot be hashed together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListingError {
    /// Two files of one name: a reader and the hash could mean different ones.
    #[error("there are two files called {0:?}")]
    Duplicate(String),
    /// A name with a line feed would read as two lines.
    #[error("the name {0:?} has a line feed in it")]
    LineFeed(String),
}

impl Listing {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds a file: its name as it stands in the zip (`module@version/…`) and the SHA-256 of its contents.
    pub fn add(&mut self, name: impl Into<String>, sha256: Digest) -> Result<(), ListingError> {
        let name = name.into();
        if name.contains('\n') {
            return Err(ListingError::LineFeed(name));
        }
        match self.0.entry(name) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(sha256);
                Ok(())
            }
            std::collections::btree_map::Entry::Occupied(slot) => {
                Err(ListingError::Duplicate(slot.key().clone()))
            }
        }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hash of them all, in the order of their names' bytes.
    pub fn finish(&self) -> H1 {
        H1::of_sorted(self.0.iter().map(|(name, digest)| (name.as_str(), *digest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testlog::{FakeGo, h1};

    #[test]
    fn the_order_of_adding_does_not_matter() {
        let files = [("b/x", "1"), ("a", "2"), ("b.x", "3"), ("B", "4")];
        let want = h1(files.iter().map(|it| (it.0, it.1.as_bytes())));
        for turn in 0..files.len() {
            let mut listing = Listing::new();
            for (name, text) in files.iter().cycle().skip(turn).take(files.len()) {
                listing.add(*name, Digest::of(text.as_bytes())).expect("no duplicates");
            }
            assert_eq!(listing.finish().to_string(), want);
        }
    }

    #[test]
    fn agrees_with_gos_own_hashes() {
        // Of a real toolchain's go.mod, as the checksum database has it.
        let go_mod = include_bytes!("../../tests/vectors/sumdb/toolchain.mod");
        assert_eq!(H1::of_go_mod(go_mod).to_string(), "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=");
        let go = FakeGo::new("1.27.4", "linux-amd64");
        let mut listing = Listing::new();
        for entry in go.zip_entries() {
            listing.add(entry.name, Digest::of(&entry.bytes)).expect("no duplicates");
        }
        assert_eq!(listing.finish().to_string(), go.h1());
    }

    #[test]
    fn refuses_names_that_could_mean_two_things() {
        let mut listing = Listing::new();
        let digest = Digest::of(b"");
        assert_eq!(listing.add("a", digest), Ok(()));
        assert_eq!(listing.add("a", digest), Err(ListingError::Duplicate("a".into())));
        assert_eq!(listing.add("a\nb", digest), Err(ListingError::LineFeed("a\nb".into())));
    }

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        let one = H1::of_go_mod(b"module x\n");
        assert_eq!(one.to_string().parse(), Ok(one));
        let text = one.to_string();
        for bad in ["", "h1:", &text[3..], &text.replace("h1", "h2"), &text[..text.len() - 1], "h1:AAAA"] {
            assert!(bad.parse::<H1>().is_err(), "{bad}");
        }
    }
}
