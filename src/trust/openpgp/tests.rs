//! Keys and signatures of the real gpg (`tests/vectors/openpgp/make`), and what is to come of each.

use super::*;

macro_rules! vector {
    ($name:expr) => {
        include_bytes!(concat!("../../../tests/vectors/openpgp/", $name)).as_slice()
    };
}

const HELLO: &[u8] = vector!("hello");

fn now() -> Moment {
    "2026-11-29T00:00:00Z".parse().expect("a moment")
}

fn keys(file: &[u8]) -> Vec<Certificate> {
    Certificate::read_all(file).expect("public keys")
}

fn verdict(bytes: &[u8], signature: &[u8], key: &[u8]) -> Result<String, OpenPgpError> {
    verify(bytes, signature, &keys(key), now()).map(|it| it.into_inner().at.day())
}

fn refused(signature: &[u8], key: &[u8]) -> Reason {
    match verdict(HELLO, signature, key) {
        Err(OpenPgpError::Refused(_, why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_gpg_signed_is_believed() {
    for (name, signature, key) in [
        ("RSA", vector!("rsa.asc"), vector!("rsa.key")),
        ("RSA with SHA-512", vector!("rsa-512.asc"), vector!("rsa.key")),
        ("binary", vector!("rsa.sig"), vector!("rsa-binary.key")),
        ("Ed25519", vector!("ed.asc"), vector!("ed.key")),
        ("Ed25519 with SHA-512", vector!("ed-512.asc"), vector!("ed.key")),
        ("P-256", vector!("p256.asc"), vector!("p256.key")),
        ("P-384", vector!("p384.asc"), vector!("p384.key")),
        ("a subkey", vector!("with-subkey.asc"), vector!("with-subkey.key")),
        ("one of two", vector!("two.asc"), vector!("ed.key")),
    ] {
        assert_eq!(verdict(HELLO, signature, key), Ok("2025-06-01".into()), "{name}");
    }
    let by = verify(HELLO, vector!("with-subkey.asc"), &keys(vector!("with-subkey.key")), now());
    assert_eq!(by.map(|it| it.into_inner().by.len()), Ok(40), "the key that people know is named");
}

#[test]
fn keys_that_may_not_and_hashes_that_do_not_hold_are_refused() {
    for (name, why, signature, key) in [
        ("a revoked key", Reason::Revoked, vector!("revoked.asc"), vector!("revoked.key")),
        ("a revoked subkey", Reason::Revoked, vector!("revoked-subkey.asc"), vector!("revoked-subkey.key")),
        ("an expired key", Reason::Expired, vector!("expired.asc"), vector!("expired.key")),
        ("an expired subkey", Reason::Expired, vector!("expired-subkey.asc"), vector!("expired-subkey.key")),
        ("SHA-1 binds the key", Reason::WeakBinding, vector!("sha1.asc"), vector!("sha1.key")),
        (
            "SHA-1 binds the subkey",
            Reason::WeakBinding,
            vector!("sha1-subkey.asc"),
            vector!("sha1-subkey.key"),
        ),
        ("a key that only certifies", Reason::Usage, vector!("usage.asc"), vector!("usage.key")),
        ("a subkey that encrypts", Reason::Usage, vector!("usage-subkey.asc"), vector!("usage-subkey.key")),
        ("a short key", Reason::Short, vector!("short.asc"), vector!("short.key")),
        ("SHA-1 in the signature", Reason::WeakSignature, vector!("rsa-sha1.asc"), vector!("rsa.key")),
        (
            "an expired signature",
            Reason::SignatureExpired,
            vector!("rsa-short-lived.asc"),
            vector!("rsa.key"),
        ),
        ("a signature of the future", Reason::Future, vector!("rsa-future.asc"), vector!("rsa.key")),
    ] {
        assert_eq!(refused(signature, key), why, "{name}");
    }
}

#[test]
fn what_lived_then_was_believed_then() {
    let then: Moment = "2026-01-01T00:00:00Z".parse().expect("a moment");
    for (signature, key) in [
        (vector!("expired.asc"), vector!("expired.key")),
        (vector!("expired-subkey.asc"), vector!("expired-subkey.key")),
    ] {
        assert!(verify(HELLO, signature, &keys(key), then).is_ok());
    }
    let week: Moment = "2025-06-03T00:00:00Z".parse().expect("a moment");
    assert!(verify(HELLO, vector!("rsa-short-lived.asc"), &keys(vector!("rsa.key")), week).is_ok());
}

#[test]
fn what_cannot_be_judged_is_no_proof_and_no_fault() {
    let open = |signature, key| match verdict(HELLO, signature, key) {
        Err(error) if error.is_open() => error,
        other => panic!("{other:?}"),
    };
    assert!(
        matches!(open(vector!("ed.asc"), vector!("rsa.key")), OpenPgpError::Unknown(id) if id.len() == 16)
    );
    assert!(matches!(open(vector!("dsa.asc"), vector!("dsa.key")), OpenPgpError::Unsupported(_)));
    let text = OpenPgpError::Unsupported("openpgp-of-text");
    assert_eq!(open(vector!("rsa-text.asc"), vector!("rsa.key")), text);
}

#[test]
fn a_signature_that_does_not_hold_is_a_fault_beside_one_that_does() {
    let both = [vector!("rsa.key"), vector!("ed.key")].concat();
    assert!(verdict(HELLO, vector!("two.asc"), &both).is_ok());
    let binary = armor::blocks(vector!("two.asc"), "SIGNATURE").expect("a block").concat();
    let mut bad = binary.clone();
    *bad.last_mut().expect("not empty") ^= 1;
    assert!(verdict(HELLO, &binary, &both).is_ok());
    assert!(matches!(verdict(HELLO, &bad, &both), Err(OpenPgpError::Differs(_))));
}

/// Where to flip bits of so many bytes: all of a short file, some of a long one.
fn places(size: usize) -> Vec<usize> {
    (0..size * 8).step_by(1 + size / 64).collect()
}

#[test]
fn no_bit_of_a_signature_or_of_its_file_may_change() {
    for (signature, key) in [
        (vector!("rsa.sig"), vector!("rsa.key")),
        (vector!("rsa.asc"), vector!("rsa.key")),
        (vector!("ed.asc"), vector!("ed.key")),
        (vector!("p384.asc"), vector!("p384.key")),
        (vector!("with-subkey.asc"), vector!("with-subkey.key")),
    ] {
        let mut believed = Vec::new();
        for at in places(signature.len()) {
            let mut bad = signature.to_vec();
            bad[at / 8] ^= 1 << (at % 8);
            // A blank that ends a line may be another one.
            let blank = signature[at / 8].is_ascii_whitespace() || bad[at / 8].is_ascii_whitespace();
            if verdict(HELLO, &bad, key).is_ok() && !blank {
                believed.push(at);
            }
        }
        assert_eq!(believed, Vec::<usize>::new());
        for at in 0..HELLO.len() * 8 {
            let mut bad = HELLO.to_vec();
            bad[at / 8] ^= 1 << (at % 8);
            assert!(matches!(verdict(&bad, signature, key), Err(OpenPgpError::Differs(_))), "{at}");
        }
    }
}

#[test]
fn no_bit_of_a_key_makes_it_panic_or_another_one() {
    for (signature, key) in [
        (vector!("expired.asc"), vector!("expired.key")),
        (vector!("usage-subkey.asc"), vector!("usage-subkey.key")),
        (vector!("sha1.asc"), vector!("sha1.key")),
        (vector!("revoked-subkey.asc"), vector!("revoked-subkey.key")),
    ] {
        let binary = armor::blocks(key, "PUBLIC KEY BLOCK").expect("a block").concat();
        for at in places(binary.len()) {
            let mut bad = binary.clone();
            bad[at / 8] ^= 1 << (at % 8);
            let Ok(keys) = Certificate::read_all(&bad) else { continue };
            let verdict = verify(HELLO, signature, &keys, now());
            // Whoever gives a key without its revocation gives another key.
            assert!(verdict.is_err() || key == vector!("revoked-subkey.key"), "{at}");
        }
        for end in 0..binary.len() {
            let _ = Certificate::read_all(&binary[..end]);
        }
    }
}

/// The packets of a key, the signatures of its subkey changed.
fn with_subkey(change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let binary = armor::blocks(vector!("with-subkey.key"), "PUBLIC KEY BLOCK").expect("a block").concat();
    let mut out = Vec::new();
    let mut below = false;
    for it in packet::packets(&binary).expect("packets") {
        let mut body = it.body.to_vec();
        below |= it.tag == 14;
        if below && it.tag == 2 {
            change(&mut body);
        }
        let size = u32::try_from(body.len()).expect("short").to_be_bytes();
        out.extend([&[0xc0 | it.tag, 0xff], &size[..], &body].concat());
    }
    out
}

#[test]
fn a_subkey_that_did_not_agree_is_refused() {
    assert!(verdict(HELLO, vector!("with-subkey.asc"), &with_subkey(|_| ())).is_ok());
    // Behind what is hashed gpg has the hint at the key and the subkey's own signature: without the latter.
    let lonely = with_subkey(|body| {
        let hashed = usize::from(u16::from_be_bytes([body[4], body[5]]));
        let at = 6 + hashed;
        let unhashed = usize::from(u16::from_be_bytes([body[at], body[at + 1]]));
        body.drain(at + 2..at + 2 + unhashed);
        (body[at], body[at + 1]) = (0, 0);
    });
    assert_eq!(refused(vector!("with-subkey.asc"), &lonely), Reason::NoAgreement);
    let unbound = with_subkey(|body| *body.last_mut().expect("a signature") ^= 1);
    assert_eq!(refused(vector!("with-subkey.asc"), &unbound), Reason::Unbound);
}

#[test]
fn what_is_no_signature_and_no_key_is_told() {
    let long = vec![b' '; LARGEST + 1];
    for (bytes, why) in [
        (&b""[..], "openpgp-no-block"),
        (b"hello\n", "openpgp-no-block"),
        (vector!("rsa.key"), "openpgp-no-block"),
        (vector!("rsa-binary.key"), "openpgp-no-signature"),
        (b"\x88\x01\x03", "openpgp-version-3"),
        (long.as_slice(), "openpgp-too-large"),
    ] {
        assert_eq!(
            verdict(HELLO, bytes, vector!("rsa.key")),
            Err(OpenPgpError::Malformed(why)),
            "{bytes:.20?}"
        );
    }
    for (bytes, why) in [
        (vector!("rsa.asc"), "openpgp-no-block"),
        (vector!("rsa.sig"), "openpgp-no-key"),
        (b"\x94\x00", "openpgp-secret-key"),
        (b"\x98\x01\x06", "openpgp-no-key"),
    ] {
        assert_eq!(Certificate::read_all(bytes).map(drop), Err(why), "{bytes:.20?}");
    }
}
