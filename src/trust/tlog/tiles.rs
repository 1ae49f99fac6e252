//! Tiles of height 8, as servers hand the tree out, and their authentication.
//!
//! [`Tiles`] can only be made from tiles that were all proven: those on the tree's right edge together hash to the
//! signed root, and every other one hashes to its entry in its parent, which was proven before it. The bug that Go and
//! others had was to prove only as many tiles as the edge has, and to read from the rest; here nothing is left over,
//! because the loop runs over the tiles themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::{Hash, Head, ProofError, Subtree, fold, leaf, node, subtrees};
use crate::gather::Gather as _;

const HEIGHT: u32 = 8;
const FULL: u64 = 1 << HEIGHT;

/// A tile: `width` hashes of level `8 * level`, the first of them number `256 * number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// Level in tiles; 0 has the records' own hashes.
    pub level: u32,
    /// Place in its level.
    pub number: u64,
    /// Number of hashes, 1 to 256.
    pub width: u16,
}

impl Tile {
    /// The tile of a tree of `size` records at this place, if there is one.
    fn of(size: u64, level: u32, number: u64) -> Option<Self> {
        let there = size.checked_shr(HEIGHT * level).unwrap_or(0);
        let width = there.checked_sub(number.checked_mul(FULL)?)?.min(FULL);
        (width > 0).then(|| Self { level, number, width: u16::try_from(width).unwrap_or(256) })
    }

    /// The tile that has the hashes below a subtree, in a tree of `size` records.
    fn holding(size: u64, (level, index): Subtree) -> Option<Self> {
        Self::of(size, level / HEIGHT, (index << (level % HEIGHT)) >> HEIGHT)
    }

    /// The tile that has this one's hash, in a tree of `size` records.
    fn parent(self, size: u64) -> Option<Self> {
        Self::of(size, self.level + 1, self.number >> HEIGHT)
    }

    /// Whether no more hashes fit.
    pub fn is_full(self) -> bool {
        u64::from(self.width) == FULL
    }

    /// The same place with all hashes.
    #[must_use]
    pub fn filled(self) -> Self {
        Self { width: 256, ..self }
    }

    /// Its length in bytes.
    pub fn bytes(self) -> usize {
        usize::from(self.width) * 32
    }

    /// Its path below the server's base, `tile/8/0/x271/398` or `tile/8/2/004.p/74`.
    pub fn path(self) -> String {
        let mut number = format!("{:03}", self.number % 1000);
        let mut rest = self.number / 1000;
        while rest > 0 {
            number = format!("x{:03}/{number}", rest % 1000);
            rest /= 1000;
        }
        let part = if self.is_full() { String::new() } else { format!(".p/{}", self.width) };
        format!("tile/{HEIGHT}/{}/{number}{part}", self.level)
    }
}

/// The tiles that it takes to prove, in a tree of `size` records, that it has the records `ids` and that it grew out of
/// trees of the sizes `older`.
pub fn needed(size: u64, ids: &[u64], older: &[u64]) -> BTreeSet<Tile> {
    let edge = edge(size);
    let records = ids.iter().map(|id| (0, *id));
    let wanted = records.chain(older.iter().flat_map(|it| subtrees(0, *it)));
    let mut all = edge.clone();
    for subtree in wanted {
        let mut next = Tile::holding(size, subtree);
        while let Some(tile) = next.filter(|it| !edge.contains(it)) {
            all.insert(tile);
            next = tile.parent(size);
        }
    }
    all
}

/// The tiles of the right edge. Each is partial, and all its hashes are part of the root's computation.
fn edge(size: u64) -> BTreeSet<Tile> {
    subtrees(0, size).into_iter().filter_map(|it| Tile::holding(size, it)).into_set()
}

/// Tiles of one signed tree, all authenticated.
#[derive(Clone, Debug)]
pub struct Tiles {
    head: Head,
    tiles: BTreeMap<(u32, u64), Vec<u8>>,
}

impl Tiles {
    /// Authenticates tiles against a signed head: all of them, or none.
    pub fn authenticate(head: Head, raw: BTreeMap<Tile, Vec<u8>>) -> Result<Self, ProofError> {
        for (tile, bytes) in &raw {
            if bytes.len() != tile.bytes() || Tile::of(head.size, tile.level, tile.number) != Some(*tile) {
                return Err(ProofError::Length { tile: *tile, has: bytes.len() });
            }
        }
        let edge = edge(head.size);
        let mut proven = Self { head, tiles: BTreeMap::new() };
        for tile in &edge {
            let bytes = raw.get(tile).ok_or(ProofError::Missing(*tile))?;
            proven.tiles.insert((tile.level, tile.number), bytes.clone());
        }
        if proven.root_of(head.size)? != head.root {
            return Err(ProofError::Root(head.size));
        }
        // Parents first: they have the higher level.
        for (tile, bytes) in raw.into_iter().rev().filter(|(tile, _)| !edge.contains(tile)) {
            let hashes: Vec<Hash> = bytes.as_chunks().0.to_vec();
            let whole = (HEIGHT * (tile.level + 1), tile.number);
            if !tile.is_full() || proven.subtree(whole)? != complete(&hashes) {
                return Err(ProofError::Tile(tile));
            }
            proven.tiles.insert((tile.level, tile.number), bytes);
        }
        Ok(proven)
    }

    /// The root of the first `size` records. Where an older head has another one, the log has forked.
    pub fn root_of(&self, size: u64) -> Result<Hash, ProofError> {
        self.range(0, size)
    }

    /// Proves that record `id` has this text: the path from it to the root.
    pub fn inclusion(&self, id: u64, record: &str) -> Result<Vec<Hash>, ProofError> {
        if id >= self.head.size || self.subtree((0, id))? != leaf(record) {
            return Err(ProofError::Record(id));
        }
        let (mut from, mut to) = (0, self.head.size);
        let mut path = Vec::new();
        while to - from > 1 {
            let split = from + (1 << (to - from - 1).ilog2());
            if id < split {
                path.push(self.range(split, to)?);
                to = split;
            } else {
                path.push(self.range(from, split)?);
                from = split;
            }
        }
        path.reverse();
        // The same said once more by other code: no path leaves here that does not prove.
        if self.head.includes(id, leaf(record), &path) { Ok(path) } else { Err(ProofError::Record(id)) }
    }

    fn range(&self, from: u64, to: u64) -> Result<Hash, ProofError> {
        let hashes = subtrees(from, to).into_iter().map(|it| self.subtree(it));
        Ok(fold(&hashes.collect::<Result<Vec<_>, _>>()?))
    }

    /// The hash of a complete subtree, from the tile that has it or, within a tile, what lies below it.
    fn subtree(&self, subtree: Subtree) -> Result<Hash, ProofError> {
        let (level, index) = subtree;
        let outside = || ProofError::Root(self.head.size);
        let tile = Tile::holding(self.head.size, subtree).ok_or_else(outside)?;
        let bytes = self.tiles.get(&(tile.level, tile.number)).ok_or(ProofError::Missing(tile))?;
        let below = level % HEIGHT;
        let first = usize::try_from((index << below) & (FULL - 1)).unwrap_or(usize::MAX);
        let hashes: &[Hash] = bytes.as_chunks().0;
        first.checked_add(1 << below).and_then(|end| hashes.get(first..end)).map(complete).ok_or_else(outside)
    }
}

/// The hash of a complete subtree of these hashes, whose number is a power of two.
fn complete(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => fold(&[]),
        [one] => *one,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node(&complete(left), &complete(right))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testlog::Log;

    fn log(size: usize) -> (Log, Head) {
        let mut log = Log::default();
        log.grow(size);
        let head = Head { size: size as u64, root: log.root(size) };
        (log, head)
    }

    fn fetch(log: &Log, tiles: &BTreeSet<Tile>) -> BTreeMap<Tile, Vec<u8>> {
        tiles.iter().map(|it| (*it, log.answer(&it.path()).expect("a tile of the tree"))).collect()
    }

    fn record(log: &Log, id: u64) -> String {
        log.record(&format!("filler.example/m{id}@v1.0.0")).expect("a filler").1.to_owned()
    }

    #[test]
    fn names_tiles_as_servers_do() {
        for (level, number, width, want) in [
            (0, 271_398, 256, "tile/8/0/x271/398"),
            (2, 4, 74, "tile/8/2/004.p/74"),
            (1, 1_098, 159, "tile/8/1/x001/098.p/159"),
            (0, 1_234_067, 256, "tile/8/0/x001/x234/067"),
            (3, 0, 1, "tile/8/3/000.p/1"),
        ] {
            assert_eq!(Tile { level, number, width }.path(), want);
        }
    }

    #[test]
    fn the_edge_of_the_real_tree_is_four_tiles() {
        let paths: Vec<_> = edge(71_999_284).iter().map(|it| it.path()).collect();
        let want = ["0/x281/247.p/52", "1/x001/098.p/159", "2/004.p/74", "3/000.p/4"];
        assert_eq!(paths, want.map(|it| format!("tile/8/{it}")));
        let all: Vec<_> = needed(71_999_284, &[69_478_010], &[]).iter().map(|it| it.path()).collect();
        assert_eq!(all.len(), 6);
        assert!(
            all.contains(&"tile/8/0/x271/398".into()) && all.contains(&"tile/8/1/x001/060".into()),
            "{all:?}"
        );
    }

    #[test]
    fn proves_every_record_and_every_older_tree_of_small_logs() {
        for size in (1..=40).chain([255, 256, 257, 511, 512, 513, 700]) {
            let (log, head) = log(size);
            let step = if size > 40 { 37 } else { 1 };
            for id in (0..head.size).step_by(step) {
                let raw = fetch(&log, &needed(head.size, &[id], &[id]));
                let tiles = Tiles::authenticate(head, raw).expect("true tiles");
                let text = record(&log, id);
                let path = tiles.inclusion(id, &text).expect("it is there");
                assert!(head.includes(id, leaf(&text), &path), "{size} {id}");
                assert_eq!(
                    tiles.root_of(id),
                    Ok(log.root(usize::try_from(id).expect("small"))),
                    "{size} {id}"
                );
                assert_eq!(tiles.inclusion(id, "other\n"), Err(ProofError::Record(id)));
            }
        }
    }

    #[test]
    fn no_flipped_bit_in_any_tile_goes_unseen() {
        for size in (1..=40).chain([300, 513]) {
            let (log, head) = log(size);
            let ids = [0, head.size / 2, head.size - 1];
            let good = fetch(&log, &needed(head.size, &ids, &[head.size / 3]));
            assert!(Tiles::authenticate(head, good.clone()).is_ok());
            let step = if size > 40 { 97 } else { 1 };
            for (tile, bytes) in &good {
                for at in (0..bytes.len()).step_by(step) {
                    let mut bad = good.clone();
                    bad.get_mut(tile).expect("a tile")[at] ^= 1 << (at % 8);
                    assert!(Tiles::authenticate(head, bad).is_err(), "{size} {} {at}", tile.path());
                }
            }
        }
    }

    #[test]
    fn a_missing_short_or_foreign_tile_is_refused() {
        let (log, head) = log(600);
        let good = fetch(&log, &needed(600, &[3], &[]));
        for tile in good.keys() {
            let mut bad = good.clone();
            bad.remove(tile);
            let tiles = Tiles::authenticate(head, bad);
            assert!(tiles.and_then(|it| it.inclusion(3, &record(&log, 3))).is_err(), "{}", tile.path());
            let mut bad = good.clone();
            bad.get_mut(tile).expect("a tile").pop();
            assert!(matches!(Tiles::authenticate(head, bad), Err(ProofError::Length { .. })));
        }
        // A true tile in the place of another, and a partial view of a tile that is full in this tree.
        let other = Tile { level: 0, number: 1, width: 256 };
        let mut bad = good.clone();
        bad.insert(Tile { number: 0, ..other }, log.answer(&other.path()).expect("a tile"));
        assert_eq!(Tiles::authenticate(head, bad).err(), Some(ProofError::Tile(Tile { number: 0, ..other })));
        let part = Tile { level: 0, number: 1, width: 5 };
        let mut bad = good;
        bad.insert(part, log.answer(&part.path()).expect("a tile"));
        assert!(matches!(Tiles::authenticate(head, bad), Err(ProofError::Length { .. })));
    }

    #[test]
    fn sizes_at_the_end_of_numbers_do_no_harm() {
        for size in [0, 1, (1 << 60) - 1, 1 << 60] {
            let ids = [0, size, u64::MAX >> 4];
            assert!(needed(size, &ids, &[size]).len() < 32, "{size}");
            let head = Head { size, root: [0; 32] };
            assert!(Tiles::authenticate(head, BTreeMap::new()).is_err());
        }
    }
}
