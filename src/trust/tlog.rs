//! The log's Merkle tree (RFC 6962): heads, hashes, and inclusion proofs that stand alone. `tiles` has the tree as
//! servers hand it out, and the rule that no tile is used before it was authenticated.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::record::number;
use crate::text::Text;

mod tiles;

pub use crate::trust::tlog::tiles::{Tile, Tiles, needed};

/// A hash in the tree.
pub type Hash = [u8; 32];

/// A tree: how many records it has, and the hash of them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of records.
    pub size: u64,
    /// Root hash.
    pub root: Hash,
}

/// Why a proof does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// A tile has another length than the tree gives it.
    #[error("{} has {has} bytes instead of {}", tile.path(), tile.bytes())]
    Length {
        /// Which.
        tile: Tile,
        /// Its length.
        has: usize,
    },
    /// A tile that the proof needs was not given.
    #[error("{} is missing", .0.path())]
    Missing(Tile),
    /// The tree's right edge does not hash to the signed root.
    #[error("the tiles of the tree of {0} records do not hash to its signed root")]
    Root(u64),
    /// A tile is not the one that the tree was built from.
    #[error("{} does not belong to the signed tree", .0.path())]
    Tile(Tile),
    /// The record is not what the tree has at its place.
    #[error("record {0} is not in the signed tree")]
    Record(u64),
}

impl ProofError {
    /// What does not hold, for people.
    pub fn text(&self) -> Text {
        match self {
            Self::Length { tile, has } => {
                text!("trust-tile-length", tile = tile.path(), bytes = *has, needed = tile.bytes())
            }
            Self::Missing(tile) => text!("trust-tile-missing", tile = tile.path()),
            Self::Root(size) => text!("trust-root", size = size.to_string()),
            Self::Tile(tile) => text!("trust-tile", tile = tile.path()),
            Self::Record(number) => text!("trust-record-outside", number = number.to_string()),
        }
    }
}

impl Head {
    /// Reads a head from the text of a note that was opened. Lines behind the third are extensions and are not read.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let (title, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        lines.next()?; // the root's line has an end
        let root = STANDARD.decode(root).ok()?;
        let root = Hash::try_from(root).ok().filter(|_| title == "go.sum database tree")?;
        Some(Self { size: number(size)?, root })
    }

    /// Whether `path` proves that `leaf` is record number `id` of this tree.
    pub fn includes(&self, id: u64, leaf: Hash, path: &[Hash]) -> bool {
        let (mut index, mut last, mut hash) = (id, self.size.wrapping_sub(1), leaf);
        if id >= self.size {
            return false;
        }
        for step in path {
            if last == 0 {
                return false;
            }
            if index & 1 == 1 || index == last {
                hash = node(step, &hash);
                while index & 1 == 0 && index != 0 {
                    (index, last) = (index >> 1, last >> 1);
                }
            } else {
                hash = node(&hash, step);
            }
            (index, last) = (index >> 1, last >> 1);
        }
        last == 0 && hash == self.root
    }
}

/// The hash of a record.
pub fn leaf(record: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(record.as_bytes());
    hasher.finalize().into()
}

/// The hash of two subtrees side by side.
pub fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// A complete subtree: `1 << level` records, beginning at record `index << level`.
pub(super) type Subtree = (u32, u64);

/// The complete subtrees that the records from `from` to `to` fall into, left to right. `from` must be a multiple of
/// a power of two that is at least `to - from`; 0 always is.
fn subtrees(from: u64, to: u64) -> Vec<Subtree> {
    let mut at = from;
    let mut all = Vec::new();
    while at < to {
        let level = (to - at).ilog2();
        all.push((level, at >> level));
        at += 1 << level;
    }
    all
}

/// The hash of subtrees side by side, of which each is smaller than the one to its left.
fn fold(hashes: &[Hash]) -> Hash {
    let joined = hashes.iter().rev().copied().reduce(|right, left| node(&left, &right));
    joined.unwrap_or_else(|| Sha256::digest(b"").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testlog::Log;

    #[test]
    fn reads_heads_and_ignores_extensions() {
        let root = STANDARD.encode([7; 32]);
        let text = format!("go.sum database tree\n9\n{root}\n");
        let want = Some(Head { size: 9, root: [7; 32] });
        assert_eq!(Head::parse(&text), want);
        assert_eq!(Head::parse(&format!("{text}golang.org/toolchain v1 h1:x\n")), want);
        for bad in [
            String::new(),
            text.trim_end().to_owned(),
            text.replace('9', "09"),
            text.replace('9', "-9"),
            text.replace('9', "9 "),
            text.replace('9', "9999999999999999999"),
            text.replace("tree", "trees"),
            text.replace(&root, "AAAA"),
            text.replace(&root, &format!("{root}A")),
        ] {
            assert_eq!(Head::parse(&bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_range_is_cut_into_complete_subtrees() {
        assert_eq!(subtrees(0, 0), []);
        assert_eq!(subtrees(0, 13), [(3, 0), (2, 2), (0, 12)]);
        assert_eq!(subtrees(8, 13), [(2, 2), (0, 12)]);
        // The difference between these and the four tiles that hold them is where others went wrong.
        assert_eq!(subtrees(0, 71_999_284).len(), 13);
    }

    #[test]
    fn an_inclusion_proof_with_anything_wrong_is_refused() {
        let mut log = Log::default();
        log.grow(3);
        let hash = |name: &str| leaf(log.record(name).expect("it was added").1);
        let [a, b, c] = [0, 1, 2].map(|n| hash(&format!("filler.example/m{n}@v1.0.0")));
        let head = Head { size: 3, root: log.root(3) };
        assert!(head.includes(0, a, &[b, c]));
        assert!(head.includes(2, c, &[node(&a, &b)]));
        for (id, leaf, path) in [
            (0, a, vec![]),
            (0, a, vec![b]),
            (0, a, vec![c, b]),
            (0, a, vec![b, c, c]),
            (1, a, vec![b, c]),
            (0, b, vec![b, c]),
            (2, c, vec![node(&a, &b), c]),
            (3, c, vec![node(&a, &b)]),
            (u64::MAX, a, vec![b, c]),
            (0, head.root, vec![]),
        ] {
            assert!(!head.includes(id, leaf, &path), "{id} {}", path.len());
        }
        assert!(!Head { size: 0, root: a }.includes(0, a, &[]));
    }
}
