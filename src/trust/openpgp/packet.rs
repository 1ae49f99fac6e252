//! Packets, lengths and numbers of OpenPGP: bytes cut into parts, nothing judged. Pure. Lengths in pieces and lengths that
//! are not said are refused: no key and no detached signature has them.

/// What is wrong with the bytes: the key of it.
pub(super) type Malformed = &'static str;

/// A cut in the middle.
const CUT: Malformed = "openpgp-damaged";

/// A packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packet<'a> {
    pub tag: u8,
    pub body: &'a [u8],
}

/// All packets, to the last byte.
pub(super) fn packets(bytes: &[u8]) -> Result<Vec<Packet<'_>>, Malformed> {
    let (mut from, mut all) = (Reader(bytes), Vec::new());
    while !from.0.is_empty() {
        let head = from.byte()?;
        if head & 0x80 == 0 {
            return Err("openpgp-damaged");
        }
        let (tag, size) = if head & 0x40 == 0 {
            let size = match head & 3 {
                0 => from.number(1)?,
                1 => from.number(2)?,
                2 => from.number(4)?,
                _ => return Err("openpgp-damaged"),
            };
            (head >> 2 & 0x0f, size)
        } else {
            (head & 0x3f, from.new_length(224)?)
        };
        all.push(Packet { tag, body: from.take(size)? });
    }
    Ok(all)
}

/// Bytes that are read from the front.
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, size: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(size).ok_or(CUT)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Malformed> {
        self.take(1).map(|it| it[0])
    }

    /// A number of at most four bytes, the highest first.
    pub(super) fn number(&mut self, bytes: usize) -> Result<usize, Malformed> {
        Ok(self.take(bytes)?.iter().fold(0, |it, byte| it << 8 | usize::from(*byte)))
    }

    /// A big number without the zeros in front.
    pub(super) fn mpi(&mut self) -> Result<&'a [u8], Malformed> {
        let bits = self.number(2)?;
        let bytes = self.take(bits.div_ceil(8))?;
        let is = bytes.first().map_or(0, |it| bytes.len() * 8 - it.leading_zeros() as usize);
        if is == bits { Ok(bytes) } else { Err("openpgp-damaged") }
    }

    /// A length of the newer form; first bytes from `pieces` on and below 255 have another meaning for packets.
    pub(super) fn new_length(&mut self, pieces: u8) -> Result<usize, Malformed> {
        match self.byte()? {
            it @ 0..=191 => Ok(usize::from(it)),
            255 => self.number(4),
            it if it >= pieces => Err("openpgp-damaged"),
            it => Ok(((usize::from(it) - 192) << 8) + usize::from(self.byte()?) + 192),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_of_both_forms_are_cut() {
        let long = [vec![0xc2, 0xff, 0, 0, 1, 0], vec![7; 256]].concat();
        for (bytes, want) in [
            (&b"\x88\x02ab"[..], vec![(2, &b"ab"[..])]),
            (b"\x99\x00\x01a\xc2\x00", vec![(6, b"a"), (2, b"")]),
            (b"\xb0\x00", vec![(12, b"")]),
            (&long, vec![(2, &[7; 256])]),
        ] {
            let want: Vec<_> = want.into_iter().map(|(tag, body)| Packet { tag, body }).collect();
            assert_eq!(packets(bytes), Ok(want));
        }
        let two = [vec![0xc2, 192, 8], vec![7; 200]].concat();
        assert_eq!(packets(&two).map(|it| it[0].body.len()), Ok(200));
    }

    #[test]
    fn what_is_cut_or_of_no_length_is_refused() {
        for (bytes, why) in [
            (&b"\x08\x02ab"[..], "openpgp-damaged"),
            (b"\x88", CUT),
            (b"\x88\x03ab", CUT),
            (b"\x8b\x02ab", "openpgp-damaged"),
            (b"\xc2\xe1ab", "openpgp-damaged"),
            (b"\xc2\xff\xff\xff\xff\xff", CUT),
        ] {
            assert_eq!(packets(bytes), Err(why), "{bytes:?}");
        }
        for (bytes, want) in
            [(&b"\x00\x09\x01\xff"[..], Ok(&b"\x01\xff"[..])), (b"\x00\x0a\x01\xff", Err("openpgp-damaged"))]
        {
            assert_eq!(Reader(bytes).mpi(), want);
        }
        assert_eq!(Reader(b"\x00\x00").mpi(), Ok(&b""[..]));
    }
}
