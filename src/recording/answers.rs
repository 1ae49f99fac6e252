//! The files of a recording that hold one answer each. A recording comes from a stranger: it names nothing but its own
//! answers, each by its digest, and no other file of whoever reads it.

use super::INDEX;
use crate::digest::Digest;
use crate::text::Text;

/// Where they lie.
const DIR: &str = "answers/";

/// The file of an answer with this digest.
pub(super) fn name(digest: &Digest) -> String {
    format!("{DIR}{digest}")
}

/// The bytes of the answer that is named so; `whole` reads the file.
pub(super) fn read(named: &str, whole: impl Fn(&str) -> Result<Vec<u8>, Text>) -> Result<Vec<u8>, Text> {
    let digest: Option<Digest> = named.strip_prefix(DIR).and_then(|it| it.parse().ok());
    // Only as we write it: the same digest in other letters would be another file.
    let digest = digest.filter(|it| name(it) == named);
    let digest = digest.ok_or_else(|| text!("recording-no-answer", file = INDEX, name = named))?;
    let bytes = whole(named)?;
    if Digest::of(&bytes) == digest { Ok(bytes) } else { Err(text!("recording-digest", file = named)) }
}
