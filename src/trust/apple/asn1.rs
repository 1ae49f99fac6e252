//! Values of ASN.1 as bytes (X.690): a tag, a length, contents. Apple's own tools end some of them with a mark in the place of a
//! length (BER), which certificates never do (DER).

/// First bytes of values: class, form and number in one.
pub(super) mod tag {
    pub(in super::super) const BOOLEAN: u8 = 0x01;
    pub(in super::super) const BITS: u8 = 0x03;
    pub(in super::super) const OCTETS: u8 = 0x04;
    pub(in super::super) const SET: u8 = 0x31;
    pub(in super::super) const CONTEXT_0: u8 = 0xa0;
    pub(in super::super) const CONTEXT_3: u8 = 0xa3;
}

/// Values in values, at most: those of a signature are a dozen deep.
const DEEPEST: usize = 40;
/// That it consists of other values.
const CONSTRUCTED: u8 = 0x20;

/// One value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value<'a> {
    pub(super) tag: u8,
    /// Without tag, length and mark.
    pub(super) contents: &'a [u8],
    /// With all of them.
    pub(super) whole: &'a [u8],
}

impl<'a> Value<'a> {
    /// The values that it consists of; none where it is no such value, or they are not whole.
    pub(super) fn children(&self) -> Option<Vec<Value<'a>>> {
        if self.tag & CONSTRUCTED == 0 {
            return None;
        }
        let (mut all, mut rest) = (Vec::new(), self.contents);
        while !rest.is_empty() {
            let value = next(rest, 0)?;
            rest = rest.get(value.whole.len()..)?;
            all.push(value);
        }
        Some(all)
    }

    /// The bytes of a string of bits that has whole bytes.
    pub(super) fn bits(&self) -> Option<&'a [u8]> {
        let (unused, bytes) = self.contents.split_first()?;
        (self.tag == tag::BITS && *unused == 0).then_some(bytes)
    }
}

/// The first value of these bytes.
pub(super) fn one(bytes: &[u8]) -> Option<Value<'_>> {
    next(bytes, 0)
}

fn next(bytes: &[u8], depth: usize) -> Option<Value<'_>> {
    let (tag, first) = (*bytes.first()?, *bytes.get(1)?);
    // Numbers of tags beyond one byte stand in no signature.
    if tag & 0x1f == 0x1f || depth > DEEPEST {
        return None;
    }
    let value = |start: usize, length: usize, mark: usize| {
        let end = start.checked_add(length)?;
        let (contents, whole) = (bytes.get(start..end)?, bytes.get(..end.checked_add(mark)?)?);
        Some(Value { tag, contents, whole })
    };
    match first {
        0..0x80 => value(2, first.into(), 0),
        0x80 if tag & CONSTRUCTED != 0 => {
            let mut at = 2;
            while bytes.get(at..at + 2)? != [0, 0] {
                at += next(bytes.get(at..)?, depth + 1)?.whole.len();
            }
            value(2, at - 2, 2)
        }
        0x81..=0x84 => {
            let count = usize::from(first & 0x7f);
            let length = bytes.get(2..2 + count)?.iter().fold(0, |all, it| all << 8 | usize::from(*it));
            value(2 + count, length, 0)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_where_their_length_or_their_mark_says() {
        let known = [0x30, 3, 0x02, 1, 7, 9];
        let value = one(&known).expect("whole");
        assert_eq!((value.contents, value.whole.len()), (&known[2..5], 5));
        assert_eq!(value.children().expect("one")[0].contents, [7]);
        let marked = [0x30, 0x80, 0x31, 0x80, 0x02, 1, 7, 0, 0, 0, 0, 9];
        let value = one(&marked).expect("whole");
        assert_eq!((value.contents, value.whole), (&marked[2..9], &marked[..11]));
        let long = [&[0x04, 0x82, 1, 0][..], &[5; 256]].concat();
        assert_eq!(one(&long).expect("whole").contents, [5; 256]);
        assert_eq!(one(&[0x03, 2, 0, 5]).and_then(|it| it.bits()), Some(&[5][..]));
    }

    #[test]
    fn what_is_cut_short_or_has_no_end_is_no_value() {
        let deep = [&[0x30, 0x80].repeat(100)[..], &[0; 200]].concat();
        for bad in
            [&[][..], &[0x30], &[0x30, 2, 1], &[0x04, 0x80, 0, 0], &[0x30, 0x80, 2, 1, 1], &[0x1f, 0], &deep]
        {
            assert_eq!(one(bad), None, "{bad:.4x?}");
        }
        assert_eq!(
            one(&[0x30, 2, 0x02, 5]).expect("it is whole").children(),
            None,
            "and what is in it is not"
        );
        assert_eq!(one(&[0x04, 0x88, 255, 255, 255, 255, 255, 255, 255, 255]), None);
        assert_eq!(one(&[0x04, 0x84, 255, 255, 255, 255]), None);
    }
}
