//! The signature over the list of hashes (CMS, RFC 5652), and the certificates that come with it (RFC 5280).

use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use sha2::{Digest as _, Sha256};

use super::asn1::{self, Value, tag};
use super::{DAMAGED, Refusal};
use crate::gather::Order as _;

/// Whose certificate signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// As the certificate names it: `Developer ID Application: Google LLC (EQHXZ8M8AV)`.
    pub name: String,
    /// Apple's number for the team, of the certificate.
    pub team: Option<String>,
    /// Whether Apple's own root stands above the certificate. Everybody can write any name into one without it.
    pub by_apple: bool,
}

/// SHA-256 of the certificate "Apple Root CA", valid until 2035. Apple publishes it on its page of certificate authorities;
/// the signatures of Go's releases carry the same.
const ROOT: [u8; 32] = [
    0xb0, 0xb1, 0x73, 0x0e, 0xcb, 0xc7, 0xff, 0x45, 0x05, 0x14, 0x2c, 0x49, 0xf1, 0x29, 0x5e, 0x6e, 0xda,
    0x6b, 0xca, 0xed, 0x7e, 0x2c, 0x68, 0xc5, 0xbe, 0x91, 0xb5, 0xa1, 0x10, 0x01, 0xf0, 0x24,
];

/// `id-messageDigest`, 1.2.840.113549.1.9.4.
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
/// `id-sha256`, 2.16.840.1.101.3.4.2.1.
const SHA_256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
/// `rsaEncryption` and `sha256WithRSAEncryption`, 1.2.840.113549.1.1.1 and .11: in a signature of CMS both mean the same.
const RSA: [&[u8]; 2] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b],
];
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const UNIT: &[u8] = &[0x55, 0x04, 0x0b];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];

/// More certificates than any chain of Apple's has.
const LONGEST_CHAIN: usize = 8;

/// Who signed this list of hashes, which says that it is of `team`.
pub(super) fn of(signature: &[u8], list: &[u8], team: Option<&[u8]>) -> Result<Signer, Refusal> {
    let signed = Message::read(signature).ok_or(DAMAGED)?;
    let leaf =
        signed.certificates.iter().find(|it| it.issuer.whole == signed.issuer && it.serial == signed.serial);
    let leaf = leaf.ok_or(Refusal::Unread("apple-no-certificate"))?;
    signed.holds(leaf, list)?;
    let (name, unit) = (said(&leaf.subject, COMMON_NAME), said(&leaf.subject, UNIT));
    // What the list says of its team is signed; that the certificate agrees is what makes it true.
    if team.is_some_and(|it| unit.as_deref().map(str::as_bytes) != Some(it)) {
        return Err(Refusal::Certificate);
    }
    let by_apple = leads_to_root(leaf, &signed.certificates)?;
    Ok(Signer { name: name.unwrap_or_default(), team: unit, by_apple })
}

/// What is read of `SignedData` with one signer.
struct Message<'a> {
    certificates: Vec<Certificate<'a>>,
    issuer: &'a [u8],
    serial: &'a [u8],
    digest: &'a [u8],
    attributes: Value<'a>,
    algorithm: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Message<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let [_, content] = asn1::one(bytes)?.children()?.try_into().ok()?;
        let [signed]: [Value; 1] = content.children()?.try_into().ok()?;
        let parts = signed.children()?;
        let all = parts.iter().find(|it| it.tag == tag::CONTEXT_0)?.children()?;
        let certificates = all.iter().filter_map(Certificate::read).collect();
        let [info]: [Value; 1] = parts.last().filter(|it| it.tag == tag::SET)?.children()?.try_into().ok()?;
        let [_, signer, digest, attributes, algorithm, signature, ..] = *info.children()? else {
            return None;
        };
        let [issuer, serial]: [Value; 2] = signer.children()?.try_into().ok()?;
        Some(Self {
            certificates,
            issuer: issuer.whole,
            serial: serial.contents,
            digest: digest.children()?.first()?.contents,
            attributes: Some(attributes).filter(|it| it.tag == tag::CONTEXT_0)?,
            algorithm: algorithm.children()?.first()?.contents,
            signature: Some(signature).filter(|it| it.tag == tag::OCTETS)?.contents,
        })
    }

    /// The signature is over attributes, one of which is the digest of the list.
    fn holds(&self, leaf: &Certificate, list: &[u8]) -> Result<(), Refusal> {
        if self.digest != SHA_256 || !RSA.contains(&self.algorithm) {
            return Err(Refusal::Unread("apple-other-hash"));
        }
        let value = |it: Value<'a>| {
            let [name, values]: [Value; 2] = it.children()?.try_into().ok()?;
            (name.contents == MESSAGE_DIGEST).then_some(values.children()?.first()?.contents)
        };
        let digest = self.attributes.children().ok_or(DAMAGED)?.into_iter().find_map(value).ok_or(DAMAGED)?;
        if digest != Sha256::digest(list).as_slice() {
            return Err(Refusal::List);
        }
        // Signed as the set that they are, not as the part of the message that they are in it.
        let message = [&[tag::SET], self.attributes.whole.get(1..).ok_or(DAMAGED)?].concat();
        verified(leaf, &message, self.signature).ok_or(Refusal::Signature)
    }
}

/// What is read of a certificate.
struct Certificate<'a> {
    whole: &'a [u8],
    /// What is signed of it.
    body: &'a [u8],
    serial: &'a [u8],
    issuer: Value<'a>,
    subject: Value<'a>,
    key: &'a [u8],
    signs_certificates: bool,
    algorithm: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Certificate<'a> {
    fn read(it: &Value<'a>) -> Option<Self> {
        let [body, algorithm, signature]: [Value; 3] = it.children()?.try_into().ok()?;
        let parts = body.children()?;
        let [_, serial, _, issuer, _, subject, key, ..] = *parts else { return None };
        let [_, key]: [Value; 2] = key.children()?.try_into().ok()?;
        Some(Self {
            whole: it.whole,
            body: body.whole,
            serial: serial.contents,
            issuer,
            subject,
            key: key.bits()?,
            signs_certificates: parts
                .iter()
                .find(|it| it.tag == tag::CONTEXT_3)
                .and_then(may_sign)
                .unwrap_or(false),
            algorithm: algorithm.children()?.first()?.contents,
            signature: signature.bits()?,
        })
    }
}

/// Whether the extensions say that certificates may be signed with this one.
fn may_sign(extensions: &Value) -> Option<bool> {
    let [all]: [Value; 1] = extensions.children()?.try_into().ok()?;
    let mut parts = all.children()?.into_iter().filter_map(|it| it.children());
    let constraints = parts.rfind(|it| it.first().is_some_and(|it| it.contents == BASIC_CONSTRAINTS))?;
    let value = asn1::one(constraints.last()?.contents)?;
    let first = value.children()?.into_iter().next()?;
    Some(first.tag == tag::BOOLEAN && first.contents == [0xff])
}

/// From one certificate to the one above it, up to the one that is known.
fn leads_to_root(leaf: &Certificate, all: &[Certificate]) -> Result<bool, Refusal> {
    let mut at = leaf;
    for _ in 0..LONGEST_CHAIN {
        if Sha256::digest(at.whole).as_slice() == ROOT {
            return Ok(true);
        }
        let above = all.iter().find(|it| same(&it.subject, &at.issuer));
        let Some(above) = above.filter(|it| !std::ptr::eq(*it, at)) else { return Ok(false) };
        // Whoever has a certificate of Apple's for programs could otherwise sign one of any name with it.
        if !above.signs_certificates {
            return Err(Refusal::Certificate);
        }
        if !RSA.contains(&at.algorithm) {
            return Err(Refusal::Unread("apple-other-hash"));
        }
        verified(above, at.body, at.signature).ok_or(Refusal::Certificate)?;
        at = above;
    }
    Ok(false)
}

/// Names are the same whatever the order of their parts: Apple writes its own in two.
fn same(one: &Value, other: &Value) -> bool {
    let parts = |it: &Value| {
        let mut all: Vec<Vec<u8>> = it.children()?.iter().map(|it| it.whole.to_vec()).collect();
        all.order_by(Ord::cmp);
        Some(all)
    };
    parts(one).is_some_and(|it| Some(it) == parts(other))
}

fn verified(by: &Certificate, message: &[u8], signature: &[u8]) -> Option<()> {
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, by.key).verify(message, signature).ok()
}

/// A part of a name: a set of pairs of what it is and how it reads.
fn said(name: &Value, what: &[u8]) -> Option<String> {
    let pairs = name.children()?.into_iter().filter_map(|it| it.children()).flatten();
    let found =
        pairs.filter_map(|it| it.children()).find(|it| it.first().is_some_and(|it| it.contents == what))?;
    String::from_utf8(found.get(1)?.contents.to_vec()).ok()
}
