//! The signature over the list of hashes (CMS, RFC 5652), and the certificates that come with it.

use der::asn1::{ObjectIdentifier, OctetString};
use der::{Decode as _, Encode as _};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use sha2::{Digest as _, Sha256};
use x509_cert::certificate::Certificate;
use x509_cert::ext::pkix::BasicConstraints;
use x509_cert::name::Name;

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};

use super::Refusal;

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

/// SHA-256 of the certificate "Apple Root CA", valid until 2035. Apple publishes it on its page of certificate authorities; the
/// signatures of Go's releases carry the same.
const ROOT: [u8; 32] = [
    0xb0, 0xb1, 0x73, 0x0e, 0xcb, 0xc7, 0xff, 0x45, 0x05, 0x14, 0x2c, 0x49, 0xf1, 0x29, 0x5e, 0x6e, 0xda,
    0x6b, 0xca, 0xed, 0x7e, 0x2c, 0x68, 0xc5, 0xbe, 0x91, 0xb5, 0xa1, 0x10, 0x01, 0xf0, 0x24,
];

/// `id-messageDigest`, RFC 5652 11.2.
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// `id-sha256`.
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// `rsaEncryption`, and `sha256WithRSAEncryption`: in a signature of CMS both mean the same.
const RSA: [ObjectIdentifier; 2] = [
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11"),
];
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");

/// More certificates than any chain of Apple's has.
const LONGEST_CHAIN: usize = 8;

/// Who signed this list of hashes, which says that it is of `team`.
pub(super) fn of(signature: &[u8], list: &[u8], team: Option<&[u8]>) -> Result<Signer, Refusal> {
    let unread = |_| Refusal::Unread("apple-damaged");
    // Apple's own tools write lengths that end with a mark (BER), not those that are known before (DER).
    let outer = ContentInfo::from_ber(signature).map_err(unread)?;
    let inner = outer.content.to_der().map_err(unread)?;
    let signed = SignedData::from_ber(&inner).map_err(unread)?;
    let certificates: Vec<&Certificate> =
        signed.certificates.iter().flat_map(|it| it.0.iter()).filter_map(plain).collect();
    let [info] = signed.signer_infos.0.as_slice() else { return Err(Refusal::Unread("apple-signers")) };
    let leaf =
        *certificates.iter().find(|it| is_of(info, it)).ok_or(Refusal::Unread("apple-no-certificate"))?;
    signature_holds(info, leaf, list)?;
    let (name, unit) =
        (said(leaf.tbs_certificate().subject(), COMMON_NAME), said(leaf.tbs_certificate().subject(), UNIT));
    // What the list says of its team is signed; that the certificate agrees is what makes it true.
    if team.is_some_and(|it| unit.as_deref().map(str::as_bytes) != Some(it)) {
        return Err(Refusal::Certificate);
    }
    Ok(Signer { name: name.unwrap_or_default(), team: unit, by_apple: leads_to_root(leaf, &certificates)? })
}

fn plain(choice: &CertificateChoices) -> Option<&Certificate> {
    if let CertificateChoices::Certificate(it) = choice { Some(it) } else { None }
}

fn is_of(info: &SignerInfo, certificate: &Certificate) -> bool {
    let of = certificate.tbs_certificate();
    match &info.sid {
        SignerIdentifier::IssuerAndSerialNumber(it) => {
            it.issuer == *of.issuer() && it.serial_number == *of.serial_number()
        }
        SignerIdentifier::SubjectKeyIdentifier(_) => false,
    }
}

/// The signature is over attributes, one of which is the digest of the list.
fn signature_holds(info: &SignerInfo, leaf: &Certificate, list: &[u8]) -> Result<(), Refusal> {
    if info.digest_alg.oid != SHA_256 || !RSA.contains(&info.signature_algorithm.oid) {
        return Err(Refusal::Unread("apple-other-hash"));
    }
    let attributes = info.signed_attrs.as_ref().ok_or(Refusal::Unread("apple-damaged"))?;
    let digest = attributes.iter().find(|it| it.oid == MESSAGE_DIGEST).and_then(|it| it.values.get(0));
    let digest = digest.and_then(|it| it.decode_as::<OctetString>().ok());
    if digest.ok_or(Refusal::Unread("apple-damaged"))?.as_bytes() != Sha256::digest(list).as_slice() {
        return Err(Refusal::List);
    }
    let message = attributes.to_der().map_err(|_| Refusal::Unread("apple-damaged"))?;
    verified(leaf, &message, info.signature.as_bytes()).ok_or(Refusal::Signature)
}

/// From one certificate to the one above it, up to the one that is known.
fn leads_to_root(leaf: &Certificate, all: &[&Certificate]) -> Result<bool, Refusal> {
    let mut at = leaf;
    for _ in 0..LONGEST_CHAIN {
        let bytes = at.to_der().map_err(|_| Refusal::Unread("apple-damaged"))?;
        if Sha256::digest(bytes).as_slice() == ROOT {
            return Ok(true);
        }
        let issuer = at.tbs_certificate().issuer();
        let above = all.iter().find(|it| same(it.tbs_certificate().subject(), issuer));
        let Some(above) = above.filter(|it| !std::ptr::eq(**it, at)) else { return Ok(false) };
        // Whoever has a certificate of Apple's for programs could otherwise sign one of any name with it.
        if !may_sign_certificates(above) {
            return Err(Refusal::Certificate);
        }
        if !RSA.contains(&at.signature_algorithm().oid) {
            return Err(Refusal::Unread("apple-other-hash"));
        }
        let message = at.tbs_certificate().to_der().map_err(|_| Refusal::Unread("apple-damaged"))?;
        verified(above, &message, at.signature().raw_bytes()).ok_or(Refusal::Certificate)?;
        at = above;
    }
    Ok(false)
}

fn may_sign_certificates(it: &Certificate) -> bool {
    let constraints = it.tbs_certificate().get_extension::<BasicConstraints>();
    constraints.is_ok_and(|it| it.is_some_and(|(_, it)| it.ca))
}

/// Names are the same whatever the order of their parts: Apple writes its own in two.
fn same(one: &Name, other: &Name) -> bool {
    let parts = |it: &Name| {
        let mut all: Vec<String> = it.iter().map(|it| it.to_string()).collect();
        all.sort();
        all
    };
    parts(one) == parts(other)
}

fn verified(by: &Certificate, message: &[u8], signature: &[u8]) -> Option<()> {
    let key = by.tbs_certificate().subject_public_key_info().subject_public_key.raw_bytes();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(message, signature).ok()
}

fn said(name: &Name, what: ObjectIdentifier) -> Option<String> {
    let part = name.iter().find(|it| it.oid == what)?;
    String::from_utf8(part.value.value().to_vec()).ok()
}
