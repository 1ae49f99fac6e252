//! Detached signatures of OpenPGP (`.asc`, `.sig`), read strictly: version 4 of keys and signatures, as GnuPG makes them.
//! Pure; decision 0014 says why this stands on `ring` and on no crate of OpenPGP.
//!
//! Refused are keys that are revoked, expired, not for signing, or bound by hashes that can be forged (SHA-1 and older), and
//! signatures that have such a hash or have expired. What we cannot calculate with (DSA, Ed448, version 6, …) is not judged,
//! which is no proof either.
//!
//! - `armor`: the text form. - `packet`: bytes into parts. - `signature`: what one says. - `key`: the arithmetic.
//! - `certificate`: which keys belong together, and what each of them may do.

mod armor;
mod certificate;
mod key;
mod packet;
mod signature;
#[cfg(test)]
mod tests;

pub use certificate::Certificate;

use super::Verified;
use crate::moment::{DAY, Moment};
use certificate::Signer;
use key::Outcome;
use signature::{Signature, Unread, kind};

/// Bytes that a signature file may have.
pub const LARGEST: usize = 64 << 10;
/// Bytes that a file of keys may have.
pub const LARGEST_KEYS: usize = 4 << 20;

/// What a valid signature says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The fingerprint of the key that people know, in hexadecimal digits.
    pub by: String,
    /// When it was made.
    pub at: Moment,
}

/// Why a key or its signature is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was taken back.
    Revoked,
    /// The key or what binds it has expired.
    Expired,
    /// No signature of the key itself binds it.
    Unbound,
    /// Only a hash that can be forged binds it.
    WeakBinding,
    /// The key is too short.
    Short,
    /// It is not for signing.
    Usage,
    /// The subkey did not sign that it belongs to the key.
    NoAgreement,
    /// It demands something that we do not know.
    Demanding,
    /// The hash of the signature itself can be forged.
    WeakSignature,
    /// The signature has expired.
    SignatureExpired,
    /// The signature is older than the key.
    BeforeKey,
    /// The signature was made in the future.
    Future,
    /// What binds the key is of a kind that we cannot calculate with.
    Unsupported,
}

impl Reason {
    /// The key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Revoked => "openpgp-revoked",
            Self::Expired => "openpgp-expired",
            Self::Unbound => "openpgp-unbound",
            Self::WeakBinding => "openpgp-weak-binding",
            Self::Short => "openpgp-short",
            Self::Usage => "openpgp-usage",
            Self::NoAgreement => "openpgp-no-agreement",
            Self::Demanding => "openpgp-demanding",
            Self::WeakSignature => "openpgp-weak-signature",
            Self::SignatureExpired => "openpgp-signature-expired",
            Self::BeforeKey => "openpgp-before-key",
            Self::Future => "openpgp-future",
            Self::Unsupported => "openpgp-unsupported",
        }
    }
}

/// Why a signature is not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenPgpError {
    /// Not a detached signature: the key of what is wrong.
    Malformed(&'static str),
    /// Made by a key that we were not given; its ID, where the signature names one.
    Unknown(String),
    /// Of a kind that we cannot calculate with: the key of what it is.
    Unsupported(&'static str),
    /// The key with this ID, or its signature, is refused.
    Refused(String, Reason),
    /// The key with this ID did not sign these bytes.
    Differs(String),
}

impl OpenPgpError {
    /// Whether nothing speaks against the file: nobody can tell.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Unknown(_) | Self::Unsupported(_) | Self::Refused(_, Reason::Unsupported))
    }
}

/// Verifies: one of these keys made a signature of exactly these bytes, and none of them made one that does not hold.
pub fn verify(
    bytes: &[u8],
    signature: &[u8],
    keys: &[Certificate],
    now: Moment,
) -> Result<Verified<Signed>, OpenPgpError> {
    if signature.len() > LARGEST {
        return Err(OpenPgpError::Malformed("openpgp-too-large"));
    }
    let (mut good, mut open) = (None, OpenPgpError::Malformed("openpgp-no-signature"));
    for block in armor::blocks(signature, "SIGNATURE").map_err(OpenPgpError::Malformed)? {
        for packet in packet::packets(&block).map_err(OpenPgpError::Malformed)? {
            if packet.tag != 2 {
                return Err(OpenPgpError::Malformed("openpgp-no-signature"));
            }
            match one(bytes, packet.body, keys, now) {
                Ok(signed) => good = Some(signed),
                Err(error) if error.is_open() => open = error,
                Err(error) => return Err(error),
            }
        }
    }
    good.map(Verified::vouch).ok_or(open)
}

fn one(bytes: &[u8], body: &[u8], keys: &[Certificate], now: Moment) -> Result<Signed, OpenPgpError> {
    let signature = Signature::read(body).map_err(|why| match why {
        Unread::Malformed(why) => OpenPgpError::Malformed(why),
        Unread::Version(3) => OpenPgpError::Malformed("openpgp-version-3"),
        Unread::Version(_) => OpenPgpError::Unsupported("openpgp-version"),
    })?;
    match signature.kind {
        _ if signature.loose => return Err(OpenPgpError::Malformed("openpgp-loose")),
        kind::BINARY => {}
        kind::TEXT => return Err(OpenPgpError::Unsupported("openpgp-of-text")),
        _ => return Err(OpenPgpError::Malformed("openpgp-not-of-file")),
    }
    let signers: Vec<Signer<'_>> = keys.iter().flat_map(|it| it.named_by(&signature)).collect();
    let named = signature.ids.first().map(|it| hex(it)).unwrap_or_default();
    // The ID of one of ours with another fingerprint: damage, or a key that was made to have it.
    let ours = signature.ids.first().is_some_and(|id| keys.iter().any(|it| it.has(*id)));
    let mut last = if ours { OpenPgpError::Differs(named) } else { OpenPgpError::Unknown(named) };
    // Several only where the signature names nobody, or two keys have one ID.
    for signer in signers {
        match by(&signer, &signature, bytes, now) {
            Ok(at) => return Ok(Signed { by: hex(&signer.fingerprint()), at: Moment(at) }),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Whether this key made it, and may; gives when.
fn by(signer: &Signer<'_>, signature: &Signature, bytes: &[u8], now: Moment) -> Result<u64, OpenPgpError> {
    let id = hex(&signer.key().id());
    match signer.key().made(signature, bytes) {
        Outcome::Good => {}
        Outcome::Bad => return Err(OpenPgpError::Differs(id)),
        Outcome::Weak => return Err(OpenPgpError::Refused(id, Reason::WeakSignature)),
        Outcome::Short => return Err(OpenPgpError::Refused(id, Reason::Short)),
        Outcome::Unsupported => return Err(OpenPgpError::Unsupported("openpgp-unsupported")),
    }
    let made = signature.created.filter(|_| !signature.demanding);
    let refused = |why| OpenPgpError::Refused(id.clone(), why);
    let made = made.ok_or_else(|| refused(Reason::Demanding))?;
    if made > now.after(DAY).0 {
        return Err(refused(Reason::Future));
    }
    if signature.expires.is_some_and(|it| made + it <= now.0) {
        return Err(refused(Reason::SignatureExpired));
    }
    signer.may_sign(made, now).map_err(refused)?;
    Ok(made)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02X}")).collect()
}
