//! The rules that hold for both signed files: the trusted comment says what the content says, never back, never another
//! one under the same version, never far ahead, neither expired nor made in the future. Pure.

use serde::Deserialize;
use toml::value::Datetime;

use super::error::ReleaseError;
use super::seen::Seen;
use crate::data;
use crate::digest::Digest;
use crate::manifest::SCHEMA;
use crate::moment::{DAY, HOUR, Moment, YEAR};
use crate::trust::bound::FORM;
use crate::trust::minisign::Signed;

/// The manifest's name, which its signature is bound to.
pub const MANIFEST: &str = "manifest.toml";
/// The name of the list of keys.
pub const KEYS: &str = "keys.toml";
/// Bytes that a manifest may have.
pub const LARGEST_MANIFEST: usize = 1 << 20;
/// Bytes that a list of keys may have.
pub const LARGEST_KEYS: usize = 64 << 10;
/// How far a version may be above the last one: whoever has a stolen key cannot use all versions up.
pub const STRIDE: u64 = 10_000;
/// A manifest that is valid for less is refused: a healthy channel renews weekly, so it was held back.
pub const NOTICE: u64 = 48 * HOUR;
/// How far a clock may be behind what was signed: a hardware clock in local time is off by up to 14 hours.
pub const SLACK: u64 = DAY;

/// What a decision rests on, besides the bytes.
#[derive(Clone, Copy, Debug)]
pub struct AcceptRules<'a> {
    /// The clock, read once.
    pub now: Moment,
    /// Version of the manifest that is part of the program.
    pub embedded: u64,
    /// When that was made: no honest clock is behind it.
    pub issued: Moment,
    /// What was seen before.
    pub seen: &'a Seen,
}

impl AcceptRules<'_> {
    /// The newest moment that is certain: something was signed then.
    pub fn certain(&self) -> Moment {
        self.issued.max(self.seen.signed)
    }
}

/// What is read before anything else, so that a newer form is told from a broken one.
#[derive(Deserialize)]
struct Head {
    schema: u32,
    version: u64,
    issued: Datetime,
    expires: Datetime,
}

/// Dates and version of a file of either kind.
pub(super) struct Dated {
    pub version: u64,
    pub issued: Moment,
    pub expires: Moment,
}

pub(super) fn within(file: &str, bytes: &[u8], limit: usize) -> Result<(), ReleaseError> {
    if bytes.len() > limit {
        return Err(ReleaseError::TooLarge { file: file.into(), limit });
    }
    Ok(())
}

/// Reads the head of what was signed, and holds the trusted comment against it. There is one way to write the comment,
/// so it is written again and compared.
pub(super) fn bound(signed: &Signed, file: &str) -> Result<Dated, ReleaseError> {
    let mut said = signed.comment.split(' ');
    let mut item = |item: &str, is: String| match said.next() {
        Some(said) if said == is => Ok(()),
        said => Err(ReleaseError::Comment {
            file: file.into(),
            item: item.into(),
            said: said.unwrap_or_default().into(),
            is,
        }),
    };
    // First what tells a file from another, then what needs it to be read.
    item("form", FORM.into())?;
    item("file", format!("file:{file}"))?;
    let text = str::from_utf8(signed.bytes)
        .map_err(|_| ReleaseError::unreadable(file, text!("release-not-utf8")))?;
    let head: Head = data::toml(text)
        .map_err(|it| ReleaseError::unreadable(file, text!("manifest-toml-said", what = it.message())))?;
    if head.schema != SCHEMA {
        return Err(ReleaseError::Schema { file: file.into(), schema: head.schema });
    }
    let moment = |it: &Datetime| {
        Moment::of(it)
            .ok_or_else(|| ReleaseError::unreadable(file, text!("release-no-moment", date = it.to_string())))
    };
    let (issued, expires) = (moment(&head.issued)?, moment(&head.expires)?);
    item("version", format!("version:{}", head.version))?;
    item("expiry", format!("expires:{expires}"))?;
    item("digest", format!("sha256:{}", Digest::of(signed.bytes)))?;
    if let Some(more) = said.next() {
        let (said, is) = (more.to_owned(), String::new());
        return Err(ReleaseError::Comment { file: file.into(), item: "end".into(), said, is });
    }
    if expires <= issued {
        return Err(ReleaseError::unreadable(file, text!("release-expires-first")));
    }
    Ok(Dated { version: head.version, issued, expires })
}

/// Never back, never two of one version, never far ahead. `last` is the highest version, that of what was seen, and the
/// digest of that.
pub(super) fn in_order(
    file: &str,
    (version, digest): (u64, Digest),
    (highest, seen, sha256): (u64, u64, Option<Digest>),
) -> Result<(), ReleaseError> {
    if version < highest {
        return Err(ReleaseError::Rollback { file: file.into(), version, seen: highest });
    }
    if let Some(ours) = sha256.filter(|it| version == seen && *it != digest) {
        return Err(ReleaseError::Fork { file: file.into(), version, ours, theirs: digest });
    }
    if version > highest.saturating_add(STRIDE) {
        return Err(ReleaseError::Jump { file: file.into(), version, seen: highest });
    }
    Ok(())
}

/// Neither made in the future nor expired. Where years lie between, it is the clock.
pub(super) fn current(
    file: &str,
    issued: Moment,
    expires: Moment,
    rules: &AcceptRules,
) -> Result<(), ReleaseError> {
    let now = rules.now;
    let signed = rules.certain().max(issued);
    if now.after(SLACK) < signed {
        return Err(ReleaseError::ClockBehind { now, signed });
    }
    if now.since(expires) > YEAR {
        return Err(ReleaseError::ClockAhead { now, expires });
    }
    if expires <= now {
        return Err(ReleaseError::Expired { file: file.into(), at: expires });
    }
    Ok(())
}
