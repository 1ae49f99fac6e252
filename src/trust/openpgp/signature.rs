//! A signature packet of version 4: what it says, and the bytes that it covers besides what is signed. Pure. Only what is
//! hashed counts, but for hints at who signed, and the signature of a subkey itself, which proves itself.

use super::packet::{Malformed, Reader};

/// Kinds of signatures.
pub(super) mod kind {
    /// Of a file.
    pub(in super::super) const BINARY: u8 = 0x00;
    /// Of a text, whatever its line ends.
    pub(in super::super) const TEXT: u8 = 0x01;
    /// Of a name of a key; there are four.
    pub(in super::super) const NAME: std::ops::RangeInclusive<u8> = 0x10..=0x13;
    /// Of a subkey by its key.
    pub(in super::super) const SUBKEY: u8 = 0x18;
    /// Of a key by its subkey.
    pub(in super::super) const BACK: u8 = 0x19;
    /// Of a key itself.
    pub(in super::super) const DIRECT: u8 = 0x1f;
    /// Takes a key back.
    pub(in super::super) const REVOKES: u8 = 0x20;
    /// Takes a subkey back.
    pub(in super::super) const REVOKES_SUBKEY: u8 = 0x28;
    /// Takes the name of a key back.
    pub(in super::super) const REVOKES_NAME: u8 = 0x30;
}

/// Subpackets whose meaning we know, or that mean nothing for who signed what.
const KNOWN: [u8; 28] =
    [2, 3, 4, 5, 6, 7, 9, 11, 12, 16, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 37, 38, 39];

/// What a signature says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Signature {
    pub kind: u8,
    pub algorithm: u8,
    pub hash: u8,
    /// Seconds since 1970.
    pub created: Option<u64>,
    /// Seconds after that.
    pub expires: Option<u64>,
    /// Seconds after the key was made.
    pub key_expires: Option<u64>,
    pub flags: Option<u8>,
    /// The fingerprint of who signed, where that is hashed.
    pub fingerprint: Option<Vec<u8>>,
    /// Their last eight bytes, from anywhere.
    pub ids: Vec<[u8; 8]>,
    /// It demands something that we do not know.
    pub demanding: bool,
    /// Something that means anything stands where nothing is hashed.
    pub loose: bool,
    pub embedded: Vec<Vec<u8>>,
    /// The first two bytes of the hash.
    pub left: [u8; 2],
    /// The numbers behind all that.
    pub values: Vec<u8>,
    /// What is hashed behind what is signed.
    pub trailer: Vec<u8>,
}

/// Why a signature packet cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    Malformed(Malformed),
    /// Another version than the fourth.
    Version(u8),
}

impl From<Malformed> for Unread {
    fn from(why: Malformed) -> Self {
        Self::Malformed(why)
    }
}

impl Signature {
    pub(super) fn read(body: &[u8]) -> Result<Self, Unread> {
        let mut from = Reader(body);
        let version = from.byte()?;
        if version != 4 {
            return Err(Unread::Version(version));
        }
        let (kind, algorithm, hash) = (from.byte()?, from.byte()?, from.byte()?);
        let size = from.number(2)?;
        let hashed = from.take(size)?;
        let end = body.len() - from.0.len();
        let size = from.number(2)?;
        let unhashed = from.take(size)?;
        let left = from.take(2)?;
        let length = u32::try_from(end).map_err(|_| Unread::Malformed("openpgp-damaged"))?;
        let trailer = [&body[..end], &[4, 0xff], &length.to_be_bytes()].concat();
        let (left, values) = ([left[0], left[1]], from.0.to_vec());
        let mut it = Self { kind, algorithm, hash, left, values, trailer, ..Self::default() };
        it.subpackets(hashed, true)?;
        it.subpackets(unhashed, false)?;
        it.agrees()?;
        Ok(it)
    }

    fn subpackets(&mut self, area: &[u8], hashed: bool) -> Result<(), Malformed> {
        let mut from = Reader(area);
        while !from.0.is_empty() {
            let size = from.new_length(255)?;
            let mut body = Reader(from.take(size)?);
            let kind = body.byte()?;
            let (number, critical) = (kind & 0x7f, kind & 0x80 != 0);
            self.loose |= !hashed && !matches!(kind, 16 | 32 | 33);
            match number {
                16 => self.ids.push(body.take(8)?.try_into().map_err(|_| "openpgp-damaged")?),
                32 => self.embedded.push(body.0.to_vec()),
                33 => self.by(body.0, hashed),
                _ if !hashed => {}
                2 => self.created = Some(body.number(4)? as u64),
                3 => self.expires = Some(body.number(4)? as u64).filter(|it| *it != 0),
                9 => self.key_expires = Some(body.number(4)? as u64).filter(|it| *it != 0),
                27 => self.flags = Some(body.0.first().copied().unwrap_or_default()),
                _ => self.demanding |= critical && !KNOWN.contains(&number),
            }
        }
        Ok(())
    }

    /// A version and a fingerprint.
    fn by(&mut self, body: &[u8], hashed: bool) {
        if let [4, fingerprint @ ..] = body
            && let Some(id) = fingerprint.last_chunk()
        {
            self.ids.push(*id);
            if hashed {
                self.fingerprint = Some(fingerprint.to_vec());
            }
        }
    }

    /// All that it says of who signed is about one key.
    fn agrees(&mut self) -> Result<(), Malformed> {
        self.ids.dedup();
        if self.ids.len() > 1 { Err("openpgp-two-issuers") } else { Ok(()) }
    }
}
