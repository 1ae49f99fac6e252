//! Signatures of minisign, read strictly: a layer over the crate `minisign-verify`, which is more forgiving. Pure.
//!
//! A signature is exactly the four lines that the program `minisign` writes, each with its line feed. The legacy form,
//! which hashes nothing, is refused; so is every second way to write the same bytes. What follows `untrusted comment: `
//! on the first line is the only thing that may change without a refusal, and nobody is shown it.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::Verified;

/// Bytes that a signature may have. Those of `minisign` have about 300.
pub const LARGEST: usize = 16 << 10;

/// What is wrong with a signature file that ends too early.
pub const CUT: &str = "release-signature-cut";

/// Which key: what `minisign` calls its number, as it prints it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyId([u8; 8]);

/// A key that signatures are verified with, in the form of the second line of a `.pub` file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey {
    id: KeyId,
    key: minisign_verify::PublicKey,
    text: String,
}

/// What a valid signature says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed<'a> {
    /// The bytes that were signed.
    pub bytes: &'a [u8],
    /// The trusted comment: signed too.
    pub comment: String,
    /// Who signed.
    pub key: KeyId,
}

/// Why a signature is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MinisignError {
    /// It is not the four lines that `minisign` writes: the key of what is wrong.
    #[error("not a signature of minisign: {0}")]
    Malformed(&'static str),
    /// Made with `minisign -l`, or before 0.10.
    #[error("this is a signature of the legacy form")]
    Legacy,
    /// The key is none of those that may sign this.
    #[error("signed by an unknown key: {0}")]
    Unknown(KeyId),
    /// The key is the right one, the bytes or the comment are not those that it signed.
    #[error("the signature of {0} does not match")]
    Differs(KeyId),
}

/// Verifies: the signature must be of one of these keys, over exactly these bytes.
pub fn verify<'a>(
    bytes: &'a [u8],
    signature: &[u8],
    keys: &[PublicKey],
) -> Result<Verified<Signed<'a>>, MinisignError> {
    checked(bytes, &Lines::read(signature)?, keys)
}

/// The same of signatures that are not ours: also in the legacy form, which only costs memory.
pub fn verify_any<'a>(
    bytes: &'a [u8],
    signature: &[u8],
    keys: &[PublicKey],
) -> Result<Verified<Signed<'a>>, MinisignError> {
    checked(bytes, &Lines::of_any_form(signature)?, keys)
}

fn checked<'a>(
    bytes: &'a [u8],
    lines: &Lines<'_>,
    keys: &[PublicKey],
) -> Result<Verified<Signed<'a>>, MinisignError> {
    let key = keys.iter().find(|it| it.id == lines.key).ok_or(MinisignError::Unknown(lines.key))?;
    let decoded = minisign_verify::Signature::decode(lines.text);
    let decoded = decoded.map_err(|_| MinisignError::Malformed("release-signature-undecodable"))?;
    key.key.verify(bytes, &decoded, lines.legacy).map_err(|_| MinisignError::Differs(lines.key))?;
    Ok(Verified::vouch(Signed { bytes, comment: lines.comment.to_owned(), key: lines.key }))
}

/// Whose signature this claims to be; nothing is verified.
pub fn claimed(signature: &[u8]) -> Result<KeyId, MinisignError> {
    Lines::read(signature).map(|it| it.key)
}

/// The four lines.
struct Lines<'a> {
    text: &'a str,
    key: KeyId,
    comment: &'a str,
    legacy: bool,
}

impl<'a> Lines<'a> {
    fn read(signature: &'a [u8]) -> Result<Self, MinisignError> {
        Self::of_any_form(signature)
            .and_then(|it| if it.legacy { Err(MinisignError::Legacy) } else { Ok(it) })
    }

    fn of_any_form(signature: &'a [u8]) -> Result<Self, MinisignError> {
        let bad = MinisignError::Malformed;
        if signature.len() > LARGEST {
            return Err(bad("release-signature-too-large"));
        }
        let text = std::str::from_utf8(signature).map_err(|_| bad("release-signature-no-text"))?;
        if text.contains(|it: char| it.is_control() && it != '\n' && it != '\t') {
            return Err(bad("release-signature-control"));
        }
        // A copy that was not finished ends in a line that is not, or before the fourth.
        let ends = text.strip_suffix('\n');
        if ends.unwrap_or(text).split('\n').count() < 4
            || (ends.is_none() && !is_seal(text.rsplit('\n').next()))
        {
            return Err(bad(CUT));
        }
        let lines = ends.ok_or(bad("release-signature-last-line-open"))?;
        let [untrusted, body, trusted, global] = lines
            .split('\n')
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| bad("release-signature-four-lines"))?;
        if !untrusted.starts_with("untrusted comment: ") {
            return Err(bad("release-signature-first-line"));
        }
        let comment = trusted.strip_prefix("trusted comment: ").ok_or(bad("release-signature-third-line"))?;
        // `STANDARD` takes one way to write bytes; the crate below would take more.
        let body = STANDARD.decode(body).ok().and_then(|it| <[u8; 74]>::try_from(it).ok());
        let body = body.ok_or(bad("release-signature-second-line"))?;
        if !is_seal(Some(global)) {
            return Err(bad("release-signature-last-line"));
        }
        let [a, b, id @ ..] = body;
        let legacy = match &[a, b] {
            b"ED" => false,
            b"Ed" => true,
            _ => return Err(bad("release-signature-algorithm")),
        };
        let key = *id.first_chunk().expect("72 bytes have a first eight");
        Ok(Self { text, key: KeyId(key), comment, legacy })
    }
}

/// Whether a line is what stands on the last one: 64 bytes.
fn is_seal(line: Option<&str>) -> bool {
    line.and_then(|it| STANDARD.decode(it).ok()).is_some_and(|it| it.len() == 64)
}

impl PublicKey {
    /// Which one it is.
    pub const fn id(&self) -> KeyId {
        self.id
    }
}

impl FromStr for PublicKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` is not a public key of minisign");
        let bytes =
            STANDARD.decode(text).ok().and_then(|it| <[u8; 42]>::try_from(it).ok()).ok_or_else(bad)?;
        let [b'E', b'd', id @ ..] = bytes else { return Err(bad()) };
        let id = KeyId(*id.first_chunk().expect("40 bytes have a first eight"));
        let key = minisign_verify::PublicKey::from_base64(text).map_err(|_| bad())?;
        Ok(Self { id, key, text: text.to_owned() })
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for PublicKey {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.text
    }
}

/// As `minisign` prints it: the number that the eight bytes are, the lowest first.
impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016X}", u64::from_le_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for KeyId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let strict = text.len() == 16 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'A'..=b'F'));
        let number = strict.then(|| u64::from_str_radix(text, 16).ok()).flatten();
        number
            .map(|it| Self(it.to_le_bytes()))
            .ok_or_else(|| format!("`{text}` is not the number of a key (16 digits, A to F in capitals)"))
    }
}

impl TryFrom<String> for KeyId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<KeyId> for String {
    fn from(id: KeyId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testlog::minisign::Signer;

    fn keys() -> Vec<PublicKey> {
        vec![Signer::new("manifest").public().parse().expect("a key")]
    }

    fn verdict(bytes: &[u8], signature: impl AsRef<[u8]>) -> Result<String, MinisignError> {
        verify(bytes, signature.as_ref(), &keys()).map(|it| it.into_inner().comment)
    }

    #[test]
    fn believes_what_minisign_itself_signed() {
        let signature = include_bytes!("../../tests/vectors/minisign/hello.minisig");
        assert_eq!(verdict(b"hello\n", signature), Ok("file:hello made by minisign 0.11".into()));
        let legacy = include_bytes!("../../tests/vectors/minisign/hello-legacy.minisig");
        assert_eq!(verdict(b"hello\n", legacy), Err(MinisignError::Legacy));
        let any = |bytes, it: &[u8]| verify_any(bytes, it, &keys()).map(|it| it.into_inner().key);
        assert_eq!(any(b"hello\n", legacy), Ok(keys()[0].id()));
        assert_eq!(any(b"hello\n", signature), Ok(keys()[0].id()));
        assert_eq!(any(b"hellO\n", legacy), Err(MinisignError::Differs(keys()[0].id())));
    }

    #[test]
    fn a_key_is_named_as_minisign_names_it() {
        let key = keys().remove(0);
        assert_eq!(key.id().to_string(), "6F91FC70149A8593");
        assert_eq!("6F91FC70149A8593".parse(), Ok(key.id()));
        for bad in ["", "6f91fc7014a8593", "6f91fc7014a85930", "6F91FC7014A859300", "+F91FC7014A85930"] {
            assert!(bad.parse::<KeyId>().is_err(), "{bad}");
        }
        let text = String::from(key);
        let legacy_letters = text.replacen("RW", "RU", 1);
        for bad in ["", "RW", &text[1..], &format!("{text} "), &format!("{text}="), &legacy_letters] {
            assert!(bad.parse::<PublicKey>().is_err(), "{bad}");
        }
    }

    #[test]
    fn only_the_four_lines_are_a_signature() {
        let good = Signer::new("manifest").sign(b"hello\n", "a comment");
        let lines: Vec<&str> = good.lines().collect();
        assert_eq!(verdict(b"hello\n", &good), Ok("a comment".into()));
        let without = |line: usize| {
            let mut some = lines.clone();
            some.remove(line);
            some.join("\n") + "\n"
        };
        let bad = [
            String::new(),
            good.trim_end().to_owned(),
            format!("{good}\n"),
            format!("{good}x"),
            format!("\n{good}"),
            format!("\u{feff}{good}"),
            good.replace('\n', "\r\n"),
            good.replacen("signature", "sig\rnature", 1),
            good.replacen("signature", "sig\u{85}nature", 1),
            good.replacen("signature", "sig\0nature", 1),
            good.replacen("untrusted", "trusted", 1),
            good.replace("\ntrusted comment: ", "\ntrusted comment:"),
            good.replace(lines[1], &format!("{} ", lines[1])),
            good.replace(lines[1], &format!(" {}", lines[1])),
            good.replace(lines[1], lines[1].trim_end_matches('=')),
            good.replace(lines[1], lines[3]),
            good.replace(lines[3], lines[1]),
            good.replacen("signature", &"x".repeat(LARGEST), 1),
            without(0),
            without(1),
            without(2),
            without(3),
        ];
        for text in &bad {
            assert!(matches!(verdict(b"hello\n", text), Err(MinisignError::Malformed(_))), "{text:.200?}");
        }
        assert!(matches!(verdict(b"hello\n", b"\xff\n\n\n\n"), Err(MinisignError::Malformed(_))));
    }

    #[test]
    fn a_file_that_ends_too_early_is_told_from_one_that_was_changed() {
        let good = Signer::new("manifest").sign(b"hello\n", "a comment");
        for length in 0..good.len() - 1 {
            let cut = verdict(b"hello\n", &good[..length]);
            assert_eq!(cut, Err(MinisignError::Malformed(CUT)), "{length} of {}", good.len());
        }
        for changed in [good.trim_end(), &good.replace("comment", "Comment"), &format!("{good}\n")] {
            let said = verdict(b"hello\n", changed);
            assert!(said.is_err() && said != Err(MinisignError::Malformed(CUT)), "{changed}");
        }
    }

    #[test]
    fn the_bytes_the_comment_and_the_key_are_all_bound() {
        let signer = Signer::new("manifest");
        let good = signer.sign(b"hello\n", "a comment");
        let id = keys()[0].id();
        assert_eq!(verdict(b"hello", &good), Err(MinisignError::Differs(id)));
        assert_eq!(
            verdict(b"hello\n", good.replace("a comment", "A comment")),
            Err(MinisignError::Differs(id))
        );
        let other = signer.sign(b"other\n", "a comment");
        assert_eq!(verdict(b"hello\n", &other), Err(MinisignError::Differs(id)));
        let stranger = Signer::new("stranger");
        let their: PublicKey = stranger.public().parse().expect("a key");
        let signature = stranger.sign(b"hello\n", "a comment");
        assert_eq!(verdict(b"hello\n", &signature), Err(MinisignError::Unknown(their.id())));
        // A stranger who takes the number of our key.
        let impostor = stranger.under_the_number_of(&signer).sign(b"hello\n", "a comment");
        assert_eq!(verdict(b"hello\n", &impostor), Err(MinisignError::Differs(id)));
    }

    #[test]
    fn what_the_untrusted_comment_says_does_not_matter() {
        let good = Signer::new("manifest").sign(b"hello\n", "a comment");
        let other = good.replacen("signature from minisign", "pay no heed \u{202e}", 1);
        assert_ne!(good, other);
        assert_eq!(verdict(b"hello\n", &other), Ok("a comment".into()));
    }
}
