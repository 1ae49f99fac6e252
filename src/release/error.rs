//! Why a manifest or a list of keys is not accepted: what happened, the rule, and what to do (`release-…` in `locales/`).

use crate::digest::Digest;
use crate::failure::{Code, Exit, Failure};
use crate::manifest::SCHEMA;
use crate::moment::Moment;
use crate::text::Text;
use crate::trust::minisign::{KeyId, MinisignError};
use crate::want::StaleManifest;

/// The rule that is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// The program has no root keys.
    #[error("this build has no root keys")]
    NoRoots,
    /// There is no list of keys, neither kept nor beside the manifest.
    #[error("the list of keys is missing")]
    NoKeys,
    /// More than we take.
    #[error("{file} has more than {limit} bytes")]
    TooLarge {
        /// Which file.
        file: String,
        /// Bytes at most.
        limit: usize,
    },
    /// The signature is none, or is not of this file by one of its keys.
    #[error("{file}: {why}")]
    Signature {
        /// Which file.
        file: String,
        /// What is wrong with it.
        why: MinisignError,
    },
    /// The key was taken back.
    #[error("the key {key} is revoked")]
    Revoked {
        /// Which one.
        key: KeyId,
    },
    /// Not enough root keys signed the list of keys.
    #[error("{have} of {need} root keys signed")]
    TooFew {
        /// So many different ones did.
        have: usize,
        /// So many have to.
        need: usize,
    },
    /// The trusted comment says something else than the content.
    #[error("{file}: the signature says {said:?} where the content has {is:?} ({item})")]
    Comment {
        /// Which file.
        file: String,
        /// `version`, `expiry`, …
        item: String,
        /// As the comment has it.
        said: String,
        /// As the content has it.
        is: String,
    },
    /// Signed, but not to be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// Which file.
        file: String,
        /// What is wrong.
        why: Text,
    },
    /// Signed, but the reader of manifests refuses it.
    #[error("{0}")]
    Content(Box<Failure>),
    /// A form that this program does not know.
    #[error("{file} has schema {schema}")]
    Schema {
        /// Which file.
        file: String,
        /// Its schema.
        schema: u32,
    },
    /// Older than what was seen.
    #[error("{file} {version} is older than {seen}")]
    Rollback {
        /// Which file.
        file: String,
        /// What was offered.
        version: u64,
        /// The highest that was seen.
        seen: u64,
    },
    /// Two files of one version.
    #[error("there are two {file} with version {version}")]
    Fork {
        /// Which file.
        file: String,
        /// The version.
        version: u64,
        /// Digest of the one that was seen.
        ours: Digest,
        /// Digest of the one that was offered.
        theirs: Digest,
    },
    /// Far above what was seen.
    #[error("{file} jumps from version {seen} to {version}")]
    Jump {
        /// Which file.
        file: String,
        /// What was offered.
        version: u64,
        /// The highest that was seen.
        seen: u64,
    },
    /// Stale.
    #[error("{file} expired at {at}")]
    Expired {
        /// Which file.
        file: String,
        /// When.
        at: Moment,
    },
    /// About to be stale: it was held back.
    #[error("the manifest expires at {at}")]
    ExpiresSoon {
        /// When.
        at: Moment,
    },
    /// The clock is behind something that was signed.
    #[error("the clock says {now}, but something was signed at {signed}")]
    ClockBehind {
        /// As the clock has it.
        now: Moment,
        /// What is certain.
        signed: Moment,
    },
    /// The clock is far beyond the expiry.
    #[error("the clock says {now}, more than a year after {expires}")]
    ClockAhead {
        /// As the clock has it.
        now: Moment,
        /// When it would have expired.
        expires: Moment,
    },
}

impl ReleaseError {
    pub(super) fn unreadable(file: &str, why: Text) -> Self {
        Self::Unreadable { file: file.to_owned(), why }
    }
}

impl From<ReleaseError> for Failure {
    fn from(error: ReleaseError) -> Self {
        let refused =
            |code, message| Self::new(code, message).exiting(Exit::Refused).hint(text!("release-kept-hint"));
        match error {
            ReleaseError::NoRoots => {
                Self::new(Code::ManifestNoKey, text!("release-no-roots")).hint(text!("release-no-roots-hint"))
            }
            ReleaseError::NoKeys => {
                Self::new(Code::ManifestNoKeys, text!("release-no-keys")).hint(text!("release-no-keys-hint"))
            }
            ReleaseError::TooLarge { file, limit } => {
                refused(Code::ManifestTooLarge, text!("release-too-large", file = file, kib = limit / 1024))
            }
            ReleaseError::Signature { file, why } => of_signature(&file, &why),
            ReleaseError::Revoked { key } => {
                refused(Code::ManifestRevokedKey, text!("release-revoked", key = key.to_string()))
            }
            ReleaseError::TooFew { have, need } => {
                refused(Code::ManifestRootSignatures, text!("release-too-few", have = have, need = need))
            }
            ReleaseError::Comment { file, said, is, .. } => {
                refused(Code::ManifestMismatch, text!("release-comment", file = file, said = said, is = is))
            }
            ReleaseError::Unreadable { file, why } => {
                refused(Code::ManifestUnreadable, text!("release-unreadable", file = file, why = why))
            }
            ReleaseError::Content(failure) => {
                Self { exit: Exit::Refused, hint: Some(text!("release-kept-hint")), ..*failure }
            }
            ReleaseError::Schema { file, schema } => {
                let text = text!("manifest-schema", file = file, schema = schema, known = SCHEMA);
                Self::new(Code::ManifestSchema, text)
                    .exiting(Exit::Refused)
                    .hint(text!("release-schema-hint"))
            }
            ReleaseError::Rollback { file, version, seen } => refused(
                Code::ManifestRollback,
                text!("release-rollback", file = file, version = number(version), seen = number(seen)),
            ),
            ReleaseError::Fork { file, version, ours, theirs } => refused(
                Code::ManifestFork,
                text!(
                    "release-fork",
                    file = file,
                    version = number(version),
                    ours = ours.to_string(),
                    theirs = theirs.to_string()
                ),
            ),
            ReleaseError::Jump { file, version, seen } => refused(
                Code::ManifestJump,
                text!("release-jump", file = file, version = number(version), seen = number(seen)),
            ),
            ReleaseError::Expired { file, at } => {
                refused(Code::ManifestExpired, text!("release-expired", file = file, at = at.to_string()))
            }
            ReleaseError::ExpiresSoon { at } => {
                refused(Code::ManifestExpiresSoon, text!("release-expires-soon", at = at.to_string()))
            }
            ReleaseError::ClockBehind { now, signed } => StaleManifest::ClockBehind { now, signed }.failure(),
            ReleaseError::ClockAhead { now, expires } => {
                StaleManifest::Expired { at: expires, now }.failure()
            }
        }
    }
}

/// A version is a name here: no language groups its digits.
fn number(version: u64) -> String {
    version.to_string()
}

fn of_signature(file: &str, why: &MinisignError) -> Failure {
    let (code, message) = match why {
        MinisignError::Malformed(why) => {
            (Code::ManifestSignature, text!("release-not-signed", file = file, why = Text::new(*why)))
        }
        MinisignError::Legacy => (Code::ManifestLegacySignature, text!("release-legacy", file = file)),
        MinisignError::Unknown(key) => {
            (Code::ManifestUnknownKey, text!("release-unknown-key", file = file, key = key.to_string()))
        }
        MinisignError::Differs(key) => {
            (Code::ManifestSignature, text!("release-differs", file = file, key = key.to_string()))
        }
    };
    Failure::new(code, message).exiting(Exit::Refused).hint(text!("release-kept-hint"))
}
