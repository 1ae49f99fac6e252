//! A signer in the place of the program `minisign`, with the throw-away keys beside it, which everybody has. It has its
//! own BLAKE2b, so that a mistake of the verifier cannot hide behind the same mistake here.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{Ed25519KeyPair, KeyPair as _};

/// A key and how it signs.
#[derive(Clone)]
pub struct Signer {
    number: [u8; 8],
    seed: [u8; 32],
    legacy: bool,
}

impl Signer {
    /// One of the keys in `tests/testlog/keys`.
    pub fn new(name: &str) -> Self {
        let path = format!("{}/tests/testlog/keys/{name}.key", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let bytes = STANDARD.decode(text.lines().nth(1).expect("two lines")).expect("base64");
        // Algorithms, salt and limits (54 bytes, unused without a password), number, seed, public half, checksum.
        let part = |from: usize, to: usize| bytes[from..to].to_vec();
        Self {
            number: part(54, 62).try_into().expect("8 bytes"),
            seed: part(62, 94).try_into().expect("32 bytes"),
            legacy: false,
        }
    }

    /// The same key that signs as another.
    pub fn under_the_number_of(&self, other: &Self) -> Self {
        Self { number: other.number, ..self.clone() }
    }

    /// The same key that signs in the legacy form.
    pub fn legacy(&self) -> Self {
        Self { legacy: true, ..self.clone() }
    }

    /// The second line of its `.pub` file.
    pub fn public(&self) -> String {
        STANDARD.encode([b"Ed", &self.number[..], self.pair().public_key().as_ref()].concat())
    }

    /// Its number, as `minisign` prints it.
    pub fn id(&self) -> String {
        format!("{:016X}", u64::from_le_bytes(self.number))
    }

    /// What `minisign -S -t COMMENT` writes.
    pub fn sign(&self, bytes: &[u8], comment: &str) -> String {
        let pair = self.pair();
        let (letters, signature) = match self.legacy {
            true => (b"Ed", pair.sign(bytes)),
            false => (b"ED", pair.sign(&blake2b(bytes))),
        };
        let global = pair.sign(&[signature.as_ref(), comment.as_bytes()].concat());
        let body = STANDARD.encode([letters, &self.number[..], signature.as_ref()].concat());
        let global = STANDARD.encode(global.as_ref());
        format!(
            "untrusted comment: signature from minisign secret key\n{body}\ntrusted comment: {comment}\n{global}\n"
        )
    }

    fn pair(&self) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&self.seed).expect("32 bytes are a seed")
    }
}

const IV: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// BLAKE2b with 64 bytes (RFC 7693).
pub fn blake2b(bytes: &[u8]) -> [u8; 64] {
    let mut h = IV;
    h[0] ^= 0x0101_0040;
    let mut blocks: Vec<&[u8]> = bytes.chunks(128).collect();
    if blocks.is_empty() {
        blocks.push(&[]);
    }
    let mut done = 0u128;
    for (number, chunk) in blocks.iter().enumerate() {
        done += chunk.len() as u128;
        let mut block = [0; 128];
        block[..chunk.len()].copy_from_slice(chunk);
        compress(&mut h, &block, done, number + 1 == blocks.len());
    }
    let mut out = [0; 64];
    for (slot, word) in out.chunks_mut(8).zip(h) {
        slot.copy_from_slice(&word.to_le_bytes());
    }
    out
}

fn compress(h: &mut [u64; 8], block: &[u8; 128], done: u128, last: bool) {
    let mut m = [0; 16];
    for (word, bytes) in m.iter_mut().zip(block.chunks(8)) {
        *word = u64::from_le_bytes(bytes.try_into().expect("8 bytes"));
    }
    let mut v = [0; 16];
    v[..8].copy_from_slice(h);
    v[8..].copy_from_slice(&IV);
    v[12] ^= done as u64;
    v[13] ^= (done >> 64) as u64;
    if last {
        v[14] = !v[14];
    }
    let mut mix = |a: usize, b: usize, c: usize, d: usize, x: u64, y: u64| {
        v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
        v[d] = (v[d] ^ v[a]).rotate_right(32);
        v[c] = v[c].wrapping_add(v[d]);
        v[b] = (v[b] ^ v[c]).rotate_right(24);
        v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
        v[d] = (v[d] ^ v[a]).rotate_right(16);
        v[c] = v[c].wrapping_add(v[d]);
        v[b] = (v[b] ^ v[c]).rotate_right(63);
    };
    for round in 0..12 {
        let s = SIGMA[round % 10];
        mix(0, 4, 8, 12, m[s[0]], m[s[1]]);
        mix(1, 5, 9, 13, m[s[2]], m[s[3]]);
        mix(2, 6, 10, 14, m[s[4]], m[s[5]]);
        mix(3, 7, 11, 15, m[s[6]], m[s[7]]);
        mix(0, 5, 10, 15, m[s[8]], m[s[9]]);
        mix(1, 6, 11, 12, m[s[10]], m[s[11]]);
        mix(2, 7, 8, 13, m[s[12]], m[s[13]]);
        mix(3, 4, 9, 14, m[s[14]], m[s[15]]);
    }
    for (word, (a, b)) in h.iter_mut().zip(v[..8].iter().zip(&v[8..])) {
        *word ^= a ^ b;
    }
}
