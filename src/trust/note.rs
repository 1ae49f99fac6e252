//! Signed notes (C2SP signed-note, `golang.org/x/mod/sumdb/note`): a text, a blank line, signature lines. Only Ed25519,
//! only verification.

use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, UnparsedPublicKey};
use sha2::{Digest as _, Sha256};

/// More than any note has.
const MAX_BYTES: usize = 1_000_000;
const MAX_SIGNATURES: usize = 100;
const ED25519_KIND: u8 = 1;

/// A key that notes are verified with, parsed from its text: `name+hash+base64`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    name: String,
    hash: [u8; 4],
    public: [u8; 32],
}

/// Why a note is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is not a signed note at all.
    #[error("this is not a signed note")]
    Malformed,
    /// Nobody whom we know has signed it.
    #[error("the note has no signature of the expected key")]
    Unsigned,
    /// The signature of the expected key does not fit the text.
    #[error("the signature does not match the note")]
    BadSignature,
}

impl Key {
    /// Opens a note: its text, if our key signed it. Signatures of other keys are passed over; one of ours that does
    /// not verify is an error even beside one that does.
    pub fn open<'a>(&self, note: &'a [u8]) -> Result<&'a str, NoteError> {
        let (text, signatures) = split(note).ok_or(NoteError::Malformed)?;
        let mut signed = false;
        for (count, line) in signatures.lines().enumerate() {
            let signature = Signature::parse(line).filter(|_| count < MAX_SIGNATURES);
            let signature = signature.ok_or(NoteError::Malformed)?;
            if signature.name != self.name || signature.hash != self.hash {
                continue;
            }
            let key = UnparsedPublicKey::new(&ED25519, &self.public);
            key.verify(text.as_bytes(), &signature.bytes).map_err(|_| NoteError::BadSignature)?;
            signed = true;
        }
        if signed { Ok(text) } else { Err(NoteError::Unsigned) }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` is not a verifier key");
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(bad());
        };
        let key = STANDARD.decode(key).map_err(|_| bad())?;
        let public = key.strip_prefix(&[ED25519_KIND]).and_then(|it| <[u8; 32]>::try_from(it).ok());
        let public = public.filter(|_| is_name(name)).ok_or_else(bad)?;
        let digest = Sha256::digest([name.as_bytes(), b"\n", &key].concat());
        let own = [digest[0], digest[1], digest[2], digest[3]];
        if hash.len() != 8 || u32::from_str_radix(hash, 16).ok().map(u32::to_be_bytes) != Some(own) {
            return Err(bad());
        }
        Ok(Self { name: name.to_owned(), hash: own, public })
    }
}

struct Signature<'a> {
    name: &'a str,
    hash: [u8; 4],
    bytes: Vec<u8>,
}

impl<'a> Signature<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (name, rest) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        let all = STANDARD.decode(rest).ok()?;
        let (hash, bytes) = all.split_first_chunk::<4>()?;
        (is_name(name) && !bytes.is_empty()).then(|| Self { name, hash: *hash, bytes: bytes.to_vec() })
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c == '+' || c.is_whitespace())
}

/// The text with its final line feed, and the signature lines. The blank line between them is the last one.
fn split(note: &[u8]) -> Option<(&str, &str)> {
    if note.len() > MAX_BYTES || note.iter().any(|byte| *byte < 0x20 && *byte != b'\n') {
        return None;
    }
    let note = std::str::from_utf8(note).ok()?;
    let at = note.rfind("\n\n")?;
    let (text, signatures) = (&note[..=at], &note[at + 2..]);
    signatures.ends_with('\n').then_some((text, signatures))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testlog::{KEY, log::sign_as, sign};

    fn key() -> Key {
        KEY.parse().expect("a key")
    }

    #[test]
    fn opens_what_is_signed() {
        assert_eq!(key().open(sign("hello\n").as_bytes()), Ok("hello\n"));
        assert_eq!(key().open(sign("two\n\nparts\n").as_bytes()), Ok("two\n\nparts\n"));
    }

    #[test]
    fn passes_over_strangers_but_not_over_a_bad_signature_of_ours() {
        let stranger = sign_as("hello\n", "example.org", &[9; 32]);
        let line = |note: &str| note.lines().last().expect("a signature").to_owned() + "\n";
        let both = format!("hello\n\n{}{}", line(&stranger), line(&sign("hello\n")));
        assert_eq!(key().open(both.as_bytes()), Ok("hello\n"));
        assert_eq!(key().open(stranger.as_bytes()), Err(NoteError::Unsigned));
        // The right name with another key is a stranger too.
        let impostor = sign_as("hello\n", "sum.golang.org", &[9; 32]);
        assert_eq!(key().open(impostor.as_bytes()), Err(NoteError::Unsigned));
        let good_and_bad = format!("hello\n\n{}{}", line(&sign("hello\n")), line(&sign("other\n")));
        assert_eq!(key().open(good_and_bad.as_bytes()), Err(NoteError::BadSignature));
    }

    #[test]
    fn refuses_what_is_no_note() {
        let good = sign("hello\n");
        let long = format!("hello\n\n{}", "\u{2014} x AAAAAAA=\n".repeat(101));
        let bad = [
            "",
            "\n\n",
            "hello\n",
            "hello\n\n",
            good.trim_end(),
            &good.replace('\u{2014}', "-"),
            &good.replace("hello", "hel\tlo"),
            &good.replace("hello\n", "hello\r\n"),
            &good.replace("sum.golang.org ", "sum.golang.org"),
            &format!("{good}\n"),
            "hello\n\n\u{2014} a+b AAAAAAA=\n",
            "hello\n\n\u{2014} x AAAA\n",
            "hello\n\n\u{2014} x AAAAAAA\n",
            &long,
        ];
        for note in bad {
            assert_eq!(key().open(note.as_bytes()), Err(NoteError::Malformed), "{note:?}");
        }
        assert_eq!(key().open(b"\xff\n\nx\n"), Err(NoteError::Malformed));
    }

    #[test]
    fn a_key_is_checked_against_its_own_hash() {
        assert!(crate::trust::keys::SUMDB.parse::<Key>().is_ok());
        let bad = [
            String::new(),
            "x".into(),
            KEY.replace("4bfdc663", "4bfdc664"),
            KEY.replace("4bfdc663", "+4bfdc66"),
            KEY.replace("sum.golang.org", "sum.golang.orh"),
            KEY.replace("+AZ", "+AA"),
            KEY[..KEY.len() - 4].to_owned(),
        ];
        for text in bad {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }

    #[test]
    fn ed25519_is_what_wycheproof_demands() {
        let text = include_str!("../../tests/vectors/wycheproof/ed25519_test.json");
        let all: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let bytes = |it: &serde_json::Value| -> Vec<u8> {
            let hex = it.as_str().expect("hex");
            (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..][..2], 16).expect("hex")).collect()
        };
        let mut count = 0;
        for group in all["testGroups"].as_array().expect("groups") {
            let key = UnparsedPublicKey::new(&ED25519, bytes(&group["publicKey"]["pk"]));
            for test in group["tests"].as_array().expect("tests") {
                let verdict = key.verify(&bytes(&test["msg"]), &bytes(&test["sig"]));
                assert_eq!(verdict.is_ok(), test["result"] == "valid", "{test}");
                count += 1;
            }
        }
        assert_eq!(count, 151);
    }
}
