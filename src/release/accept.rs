//! Whether a manifest is accepted: authentic, and, where it was fetched, fresh. Pure.

use super::error::ReleaseError;
use super::keyring::{Keyring, Unsigned};
use super::rules::{
    AcceptRules, Dated, KEYS, LARGEST_MANIFEST, MANIFEST, NOTICE, bound, current, in_order, within,
};
use super::seen::{Seen, highest};
use crate::digest::Digest;
use crate::manifest::Knowledge;
use crate::manifest::Manifest;
use crate::moment::Moment;
use crate::trust::Verified;
use crate::trust::minisign::KeyId;

/// A manifest whose origin is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// What it says.
    pub known: Knowledge,
    /// Its version.
    pub version: u64,
    /// When it was made.
    pub issued: Moment,
    /// After this it is stale.
    pub expires: Moment,
    /// Of its bytes.
    pub digest: Digest,
    /// Who signed.
    pub key: KeyId,
}

impl Seen {
    /// With a manifest that was accepted.
    pub fn add(&mut self, release: &Release) {
        if release.version >= self.version {
            (self.version, self.sha256) = (release.version, Some(release.digest));
        }
        self.signed = self.signed.max(release.issued);
        self.floor = highest(&self.floor, &release.known.manifest.go.floor);
    }
}

/// Accepts a manifest that was fetched.
pub fn accept(
    bytes: &[u8],
    signature: &[u8],
    keyring: &Verified<Keyring>,
    rules: &AcceptRules,
) -> Result<Verified<Release>, ReleaseError> {
    let release = authentic(bytes, signature, keyring)?;
    let it = release.get();
    let last = (rules.embedded.max(rules.seen.version), rules.seen.version, rules.seen.sha256);
    in_order(MANIFEST, (it.version, it.digest), last)?;
    current(MANIFEST, it.issued, it.expires, rules)?;
    let keys = keyring.get();
    current(KEYS, keys.issued, keys.expires, rules)?;
    if it.expires.since(rules.now) < NOTICE {
        return Err(ReleaseError::ExpiresSoon { at: it.expires });
    }
    Ok(release)
}

/// A manifest that one of the keys signed, whatever its age.
pub fn authentic(
    bytes: &[u8],
    signature: &[u8],
    keyring: &Verified<Keyring>,
) -> Result<Verified<Release>, ReleaseError> {
    within(MANIFEST, bytes, LARGEST_MANIFEST)?;
    let keyring = keyring.get();
    let signed = keyring.signed(bytes, signature, &keyring.manifest).map_err(|why| match why {
        Unsigned::Revoked(key) => ReleaseError::Revoked { key },
        Unsigned::Broken(why) => ReleaseError::Signature { file: MANIFEST.into(), why },
    })?;
    let dated = bound(signed.get(), MANIFEST)?;
    let text =
        str::from_utf8(bytes).map_err(|_| ReleaseError::unreadable(MANIFEST, text!("release-not-utf8")))?;
    let known = Manifest::from_signed(text).map_err(|it| ReleaseError::Content(Box::new(it)))?;
    let (digest, key) = (Digest::of(bytes), signed.get().key);
    let Dated { version, issued, expires } = dated;
    Ok(signed.read(|_| Release { known, version, issued, expires, digest, key }))
}
