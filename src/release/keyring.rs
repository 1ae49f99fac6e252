//! `keys.toml`: which keys sign manifests and programs, and which no longer do. Two of the three root keys sign it, each
//! in a file of its own; the root keys are part of the program and change only with it. Pure.

use serde::Deserialize;

use super::error::ReleaseError;
use super::rules::{AcceptRules, Dated, KEYS, LARGEST_KEYS, bound, current, in_order, within};
use super::seen::Seen;
use crate::data;
use crate::digest::Digest;
use crate::gather::Order as _;
use crate::moment::Moment;
use crate::trust::Verified;
use crate::trust::minisign;
use crate::trust::minisign::{KeyId, MinisignError, PublicKey, Signed};

/// How many root keys have to sign.
pub const THRESHOLD: usize = 2;

/// The list, proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyring {
    /// Its version.
    pub version: u64,
    /// When it was made.
    pub issued: Moment,
    /// After this it is stale.
    pub expires: Moment,
    /// Who signs manifests. None of them is revoked.
    pub manifest: Vec<PublicKey>,
    /// Who signs the program. None of them is revoked.
    pub release: Vec<PublicKey>,
    /// Who no longer signs anything.
    pub revoked: Vec<KeyId>,
    /// Of its bytes.
    pub digest: Digest,
    /// The root keys that signed.
    pub roots: Vec<KeyId>,
}

/// Why bytes are not signed by a key of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsigned {
    /// By one that no longer signs anything.
    Revoked(KeyId),
    /// The signature is by none of the keys, or does not hold.
    Broken(MinisignError),
}

impl Keyring {
    /// What one of these keys of the list signed. One that is revoked is told from one that nobody knows.
    pub fn signed<'b>(
        &self,
        bytes: &'b [u8],
        signature: &[u8],
        keys: &[PublicKey],
    ) -> Result<Verified<Signed<'b>>, Unsigned> {
        signed(bytes, signature, keys, &self.revoked)
    }
}

/// What one of these keys signed that is not revoked.
pub fn signed<'b>(
    bytes: &'b [u8],
    signature: &[u8],
    keys: &[PublicKey],
    revoked: &[KeyId],
) -> Result<Verified<Signed<'b>>, Unsigned> {
    let claimed = minisign::claimed(signature).map_err(Unsigned::Broken)?;
    if revoked.contains(&claimed) {
        return Err(Unsigned::Revoked(claimed));
    }
    minisign::verify(bytes, signature, keys).map_err(Unsigned::Broken)
}

impl Seen {
    /// With a list of keys that was accepted.
    pub fn add_keys(&mut self, keyring: &Keyring) {
        if keyring.version >= self.keys {
            (self.keys, self.keys_sha256) = (keyring.version, Some(keyring.digest));
        }
        self.signed = self.signed.max(keyring.issued);
    }
}

/// What the file has besides what every signed file has.
#[derive(Deserialize)]
struct Body {
    manifest: Vec<PublicKey>,
    release: Vec<PublicKey>,
    #[serde(default)]
    revoked: Vec<KeyId>,
}

/// `keys.toml.<KEYID>.minisig`: the file with the signature of this root key.
pub fn signature_file(root: KeyId) -> String {
    format!("{KEYS}.{root}.minisig")
}

/// Accepts a list that was fetched.
pub fn accept<S: AsRef<[u8]>>(
    bytes: &[u8],
    signatures: &[S],
    roots: &[PublicKey],
    rules: &AcceptRules,
) -> Result<Verified<Keyring>, ReleaseError> {
    let keyring = authentic(bytes, signatures, roots)?;
    let it = keyring.get();
    let seen = rules.seen;
    in_order(KEYS, (it.version, it.digest), (seen.keys, seen.keys, seen.keys_sha256))?;
    current(KEYS, it.issued, it.expires, rules)?;
    Ok(keyring)
}

/// A list that enough different root keys signed, whatever its age. A signature that does not hold is a fault even
/// beside two that do.
pub fn authentic<S: AsRef<[u8]>>(
    bytes: &[u8],
    signatures: &[S],
    roots: &[PublicKey],
) -> Result<Verified<Keyring>, ReleaseError> {
    if roots.is_empty() {
        return Err(ReleaseError::NoRoots);
    }
    within(KEYS, bytes, LARGEST_KEYS)?;
    let mut by: Vec<KeyId> = Vec::new();
    let mut last = None;
    for signature in signatures {
        let broken = |why: MinisignError| ReleaseError::Signature { file: KEYS.into(), why };
        let signed = minisign::verify(bytes, signature.as_ref(), roots).map_err(broken)?;
        by.push(signed.get().key);
        last = Some((bound(signed.get(), KEYS)?, signed));
    }
    by.order_by(Ord::cmp);
    by.dedup();
    let Some((Dated { version, issued, expires }, signed)) = last.filter(|_| by.len() >= THRESHOLD) else {
        return Err(ReleaseError::TooFew { have: by.len(), need: THRESHOLD });
    };
    let text =
        str::from_utf8(bytes).map_err(|_| ReleaseError::unreadable(KEYS, text!("release-not-utf8")))?;
    let body: Body = data::toml(text)
        .map_err(|it| ReleaseError::unreadable(KEYS, text!("manifest-toml-said", what = it.message())))?;
    let valid = |keys: Vec<PublicKey>| -> Vec<PublicKey> {
        keys.into_iter().filter(|it| !body.revoked.contains(&it.id())).collect()
    };
    let (manifest, release) = (valid(body.manifest), valid(body.release));
    Ok(signed.read(|_| Keyring {
        version,
        issued,
        expires,
        manifest,
        release,
        revoked: body.revoked,
        digest: Digest::of(bytes),
        roots: by,
    }))
}
