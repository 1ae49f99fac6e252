//! The checksum database: a Merkle tree (RFC 6962) in memory, its tiles, signed heads and lookup answers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use sha2::{Digest as _, Sha256};

type Hash = [u8; 32];

/// The verifier key that [`Log`] signs for; its private half is [`SEED`].
pub const KEY: &str = "sum.golang.org+4bfdc663+AZvtCtAm/EHDbVJPuz18tM85eoEEdVBA4YMJ66nhZZ52";

/// The private key. Known to everybody, so it vouches for nothing.
pub const SEED: &[u8; 32] = b"fyne-setup test key, not secret!";

/// A checksum database.
#[derive(Clone, Default)]
pub struct Log {
    records: Vec<String>,
    leaves: Vec<Hash>,
    index: BTreeMap<String, usize>,
    /// Lookup answers carry the head of this size (of the whole tree if `None`), as caches in front of a log do.
    pub lookup_head: Option<usize>,
    /// Partial tiles that have filled since are only served full.
    pub forget_partial_tiles: bool,
}

impl Log {
    /// Adds a module's record; gives its number.
    pub fn add(&mut self, path: &str, version: &str, zip: &str, go_mod: &str) -> usize {
        self.add_record(
            &format!("{path}@{version}"),
            &format!("{path} {version} {zip}\n{path} {version}/go.mod {go_mod}\n"),
        )
    }

    /// Adds any text as the record that a lookup of `name` finds.
    pub fn add_record(&mut self, name: &str, text: &str) -> usize {
        let id = self.records.len();
        self.leaves.push(leaf(text));
        self.records.push(text.to_owned());
        self.index.insert(name.to_owned(), id);
        id
    }

    /// Adds filler records.
    pub fn grow(&mut self, count: usize) {
        for _ in 0..count {
            let n = self.records.len();
            let sum = h1([("filler", n.to_string().as_bytes())]);
            self.add(&format!("filler.example/m{n}"), "v1.0.0", &sum, &sum);
        }
    }

    /// Rewrites history: the record `id` becomes something else, so the tree is no longer the one that was signed before.
    pub fn fork(&mut self, id: usize) {
        let text = format!("forked.example/m v1.0.{id} h1:{}\n", STANDARD.encode([7; 32]));
        self.leaves[id] = leaf(&text);
        self.records[id] = text;
    }

    /// How many records there are.
    pub fn size(&self) -> usize {
        self.leaves.len()
    }

    /// The root of the first `size` records.
    pub fn root(&self, size: usize) -> Hash {
        root(&self.leaves[..size])
    }

    /// The text and signature of the head of the first `size` records.
    pub fn head(&self, size: usize) -> String {
        sign(&format!("go.sum database tree\n{size}\n{}\n", STANDARD.encode(self.root(size))))
    }

    /// The number and text of a record.
    pub fn record(&self, name: &str) -> Option<(usize, &str)> {
        self.index.get(name).map(|id| (*id, self.records[*id].as_str()))
    }

    /// The answer to a path below `/sumdb/sum.golang.org/`.
    pub fn answer(&self, path: &str) -> Option<Vec<u8>> {
        if path == "supported" {
            return Some(Vec::new());
        }
        if path == "latest" {
            return Some(self.head(self.size()).into_bytes());
        }
        if let Some(name) = path.strip_prefix("lookup/") {
            let (id, record) = self.record(&unescape(name))?;
            let size = self.lookup_head.unwrap_or(self.size()).max(id + 1);
            return Some(format!("{id}\n{record}\n{}", self.head(size)).into_bytes());
        }
        self.tile(path.strip_prefix("tile/8/")?)
    }

    fn tile(&self, path: &str) -> Option<Vec<u8>> {
        let (level, rest) = path.split_once('/')?;
        let level: u32 = level.parse().ok()?;
        let (number, width) = rest.split_once(".p/").map_or((rest, None), |(n, w)| (n, Some(w)));
        let number = number
            .split('/')
            .fold(0, |sum, part| sum * 1000 + part.trim_start_matches('x').parse::<usize>().unwrap_or(0));
        let span = 256_usize.checked_pow(level)?;
        let there = (self.size() / span).checked_sub(number * 256)?.min(256);
        let width = match width {
            Some(_) if there == 256 && self.forget_partial_tiles => return None,
            Some(text) => text.parse().ok().filter(|it| (1..256).contains(it))?,
            None => 256,
        };
        if width > there {
            return None;
        }
        let entry = |at: usize| root(&self.leaves[(number * 256 + at) * span..][..span]);
        Some((0..width).flat_map(entry).collect())
    }
}

/// TreeSummary a note with the throw-away key.
pub fn sign(text: &str) -> String {
    sign_as(text, "sum.golang.org", SEED)
}

/// TreeSummary a note with any key.
pub fn sign_as(text: &str, name: &str, seed: &[u8; 32]) -> String {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("a seed is 32 bytes");
    let mut signature = key_hash(name, pair.public_key().as_ref()).to_vec();
    signature.extend_from_slice(pair.sign(text.as_bytes()).as_ref());
    format!("{text}\n\u{2014} {name} {}\n", STANDARD.encode(signature))
}

/// The verifier key of a private key.
pub fn verifier_key(name: &str, seed: &[u8; 32]) -> String {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("a seed is 32 bytes");
    let public = pair.public_key().as_ref();
    let hash = key_hash(name, public).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    format!("{name}+{hash}+{}", STANDARD.encode([&[1], public].concat()))
}

fn key_hash(name: &str, public: &[u8]) -> [u8; 4] {
    let digest = Sha256::digest([name.as_bytes(), b"\n\x01", public].concat());
    [digest[0], digest[1], digest[2], digest[3]]
}

/// The h1 of named contents.
pub fn h1<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort_unstable();
    let mut list = String::new();
    for (name, bytes) in files {
        for byte in Sha256::digest(bytes) {
            let _ = write!(list, "{byte:02x}");
        }
        let _ = writeln!(list, "  {name}");
    }
    format!("h1:{}", STANDARD.encode(Sha256::digest(list)))
}

/// `M` becomes `!m`.
pub fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if c.is_ascii_uppercase() {
            out.push('!');
        }
        out.push(c.to_ascii_lowercase());
        out
    })
}

fn unescape(text: &str) -> String {
    let mut upper = false;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '!' => upper = true,
            _ => out.push(if std::mem::take(&mut upper) { c.to_ascii_uppercase() } else { c }),
        }
    }
    out
}

fn leaf(text: &str) -> Hash {
    Sha256::digest([b"\0", text.as_bytes()].concat()).into()
}

fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest(b"").into(),
        [one] => *one,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(split);
            let both = [&[1][..], &root(left), &root(right)].concat();
            Sha256::digest(both).into()
        }
    }
}
