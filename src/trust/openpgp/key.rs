//! A key of version 4, and whether it made a signature. Pure. The arithmetic is `ring`'s: RSA of 2048 to 8192 bits, Ed25519,
//! ECDSA over P-256 and P-384, with SHA-256, SHA-384 and SHA-512.

use ring::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use ring::signature::{
    self, EcdsaVerificationAlgorithm, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey,
};

use super::packet::{Malformed, Reader};
use super::signature::Signature;

/// A key or subkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// What is hashed of it.
    pub hashed: Vec<u8>,
    pub fingerprint: [u8; 20],
    /// Seconds since 1970.
    pub created: u64,
    algorithm: u8,
    material: Material,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Material {
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    Ed25519(Vec<u8>),
    P256(Vec<u8>),
    P384(Vec<u8>),
    /// One that we cannot calculate with.
    Other,
}

/// What came of holding a signature against a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Good,
    Bad,
    /// Its hash can be forged.
    Weak,
    /// The key is too short to be believed.
    Short,
    /// We cannot calculate with its algorithm.
    Unsupported,
}

const OID_ED25519: &[u8] = b"\x2b\x06\x01\x04\x01\xda\x47\x0f\x01";
const OID_P256: &[u8] = b"\x2a\x86\x48\xce\x3d\x03\x01\x07";
const OID_P384: &[u8] = b"\x2b\x81\x04\x00\x22";
/// Bytes of a modulus.
const SHORTEST: usize = 256;
const LONGEST: usize = 1024;

impl Key {
    /// From the body of its packet; `None` for another version than the fourth.
    pub(super) fn read(body: &[u8]) -> Result<Option<Self>, Malformed> {
        let mut from = Reader(body);
        if from.byte()? != 4 {
            return Ok(None);
        }
        let created = from.number(4)? as u64;
        let algorithm = from.byte()?;
        let material = Material::read(algorithm, &mut from)?;
        let length = u16::try_from(body.len()).map_err(|_| "openpgp-damaged")?;
        let hashed = [&[0x99], &length.to_be_bytes()[..], body].concat();
        let fingerprint = digest(&SHA1_FOR_LEGACY_USE_ONLY, &hashed);
        let fingerprint = fingerprint.as_ref().try_into().map_err(|_| "openpgp-damaged")?;
        Ok(Some(Self { hashed, fingerprint, created, algorithm, material }))
    }

    /// Its last eight bytes.
    pub(super) fn id(&self) -> [u8; 8] {
        *self.fingerprint.last_chunk().expect("20 bytes have a last eight")
    }

    /// Whether this may be the key that a signature names; one that names none may be of any.
    pub(super) fn named_by(&self, signature: &Signature) -> bool {
        let whole = signature.fingerprint.as_ref().is_none_or(|it| it[..] == self.fingerprint);
        whole && signature.ids.iter().all(|it| *it == self.id())
    }

    /// Whether it made this signature of these bytes.
    pub(super) fn made(&self, signature: &Signature, signed: &[u8]) -> Outcome {
        let Some(algorithm) = hash(signature.hash) else {
            return if matches!(signature.hash, 1..=3) { Outcome::Weak } else { Outcome::Unsupported };
        };
        if signature.algorithm != self.algorithm {
            return Outcome::Bad;
        }
        let message = [signed, &signature.trailer].concat();
        let hashed = digest(algorithm, &message);
        if hashed.as_ref()[..2] != signature.left {
            return Outcome::Bad;
        }
        let mut values = Reader(&signature.values);
        self.material.verify(signature, &message, hashed.as_ref(), &mut values).unwrap_or(Outcome::Bad)
    }
}

/// SHA-1 and those before it are not among them.
fn hash(number: u8) -> Option<&'static digest::Algorithm> {
    match number {
        8 => Some(&SHA256),
        9 => Some(&SHA384),
        10 => Some(&SHA512),
        _ => None,
    }
}

impl Material {
    fn read(algorithm: u8, from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let it = match algorithm {
            1 | 3 => Self::Rsa { n: from.mpi()?.to_vec(), e: from.mpi()?.to_vec() },
            19 | 22 => {
                let size = usize::from(from.byte()?);
                let curve = from.take(size)?;
                let point = from.mpi()?;
                match (algorithm, curve, point) {
                    (22, OID_ED25519, [0x40, key @ ..]) if key.len() == 32 => Self::Ed25519(key.to_vec()),
                    (19, OID_P256, _) => Self::P256(point.to_vec()),
                    (19, OID_P384, _) => Self::P384(point.to_vec()),
                    _ => Self::Other,
                }
            }
            27 => Self::Ed25519(from.take(32)?.to_vec()),
            _ => return Ok(Self::Other),
        };
        if from.0.is_empty() { Ok(it) } else { Err("openpgp-damaged") }
    }

    fn verify(
        &self,
        signature: &Signature,
        message: &[u8],
        hashed: &[u8],
        from: &mut Reader<'_>,
    ) -> Result<Outcome, Malformed> {
        let good = match self {
            Self::Rsa { n, .. } if n.len() < SHORTEST => return Ok(Outcome::Short),
            Self::Rsa { n, .. } if n.len() > LONGEST => return Ok(Outcome::Unsupported),
            Self::Rsa { n, e } => {
                let value = padded(from.mpi()?, n.len())?;
                RsaPublicKeyComponents { n, e }.verify(rsa(signature.hash)?, message, &value).is_ok()
            }
            Self::Ed25519(key) => {
                let value = if signature.algorithm == 27 {
                    from.take(64)?.to_vec()
                } else {
                    [padded(from.mpi()?, 32)?, padded(from.mpi()?, 32)?].concat()
                };
                UnparsedPublicKey::new(&signature::ED25519, key).verify(hashed, &value).is_ok()
            }
            Self::P256(point) | Self::P384(point) => {
                let Some(algorithm) = self.ecdsa(signature.hash) else { return Ok(Outcome::Unsupported) };
                let value = sequence(from.mpi()?, from.mpi()?);
                UnparsedPublicKey::new(algorithm, point).verify(message, &value).is_ok()
            }
            Self::Other => return Ok(Outcome::Unsupported),
        };
        Ok(if good && from.0.is_empty() { Outcome::Good } else { Outcome::Bad })
    }

    fn ecdsa(&self, hash: u8) -> Option<&'static EcdsaVerificationAlgorithm> {
        match (self, hash) {
            (Self::P256(_), 8) => Some(&signature::ECDSA_P256_SHA256_ASN1),
            (Self::P256(_), 9) => Some(&signature::ECDSA_P256_SHA384_ASN1),
            (Self::P384(_), 8) => Some(&signature::ECDSA_P384_SHA256_ASN1),
            (Self::P384(_), 9) => Some(&signature::ECDSA_P384_SHA384_ASN1),
            _ => None,
        }
    }
}

fn rsa(hash: u8) -> Result<&'static RsaParameters, Malformed> {
    match hash {
        8 => Ok(&signature::RSA_PKCS1_2048_8192_SHA256),
        9 => Ok(&signature::RSA_PKCS1_2048_8192_SHA384),
        10 => Ok(&signature::RSA_PKCS1_2048_8192_SHA512),
        _ => Err("openpgp-damaged"),
    }
}

/// With zeros in front.
fn padded(number: &[u8], size: usize) -> Result<Vec<u8>, Malformed> {
    let zeros = size.checked_sub(number.len()).ok_or("openpgp-damaged")?;
    Ok([&vec![0; zeros][..], number].concat())
}

/// Two numbers as ASN.1 writes them.
fn sequence(r: &[u8], s: &[u8]) -> Vec<u8> {
    let integer = |it: &[u8]| {
        let zero: &[u8] = if it.first().is_none_or(|it| it & 0x80 != 0) { &[0] } else { &[] };
        let size = u8::try_from(zero.len() + it.len()).unwrap_or(u8::MAX);
        [&[2, size], zero, it].concat()
    };
    let body = [integer(r), integer(s)].concat();
    let size = u8::try_from(body.len()).unwrap_or(u8::MAX);
    let long: &[u8] = if size < 0x80 { &[] } else { &[0x81] };
    [&[0x30], long, &[size], &body[..]].concat()
}
