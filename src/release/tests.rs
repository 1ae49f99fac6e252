//! Each rule with what breaks it, and every bit of what is signed.
//!
//! Long because each rule has a table of what breaks it, and all of them one way to sign.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::digest::Digest;
use crate::failure::{Exit, Failure};
use crate::moment::Moment;
use crate::testlog::minisign::Signer;
use crate::trust::Verified;
use crate::trust::minisign::{self, KeyId, PublicKey};

mod kept;

const ISSUED: &str = "2026-11-24T00:00:00Z";
const EXPIRES: &str = "2027-01-08T00:00:00Z";

fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

fn roots() -> Vec<PublicKey> {
    ["root-1", "root-2", "root-3"].map(|it| Signer::new(it).public().parse().expect("a key")).into()
}

/// A manifest of about 1 KiB.
fn manifest(version: u64, issued: &str, expires: &str) -> String {
    format!(
        r#"expires = {expires}
issued = {issued}
schema = 1
version = {version}

[go]
floor = ["1.26.11", "1.27.4"]
recommended = "1.27.4"

[[fyne]]
line = "2.8"
versions = ["2.8.1"]

[[fyne.cli]]
module = "fyne.io/tools/cmd/fyne"
version = "1.7.4"

[fyne.cli.go]
max = "1.27"
min = "1.22.0"

[fyne.go]
max = "1.27"
min = "1.22.0"

[fyne.needs]
linux = ["c-compiler"]

[mirrors]
schema = 1

[[mirrors.archives]]
url = "https://go.dev/dl/"

[[mirrors.proxies]]
url = "https://goproxy.example/"

[packages]
schema = 1

[[packages.capability]]
first = true
name = "c-compiler"
programs = ["gcc"]

[[packages.family]]
ids = ["debian"]
manager = "apt"
name = "debian"
proven = ["12"]
source = "built"

[packages.family.names]
c-compiler = ["gcc"]
"#
    )
}

fn comment(file: &str, version: u64, expires: &str, text: &str) -> String {
    let digest = Digest::of(text.as_bytes());
    format!("fyne-setup/1 file:{file} version:{version} expires:{expires} sha256:{digest}")
}

fn keys_text(version: u64, expires: &str) -> String {
    let (manifest, old) = (Signer::new("manifest"), Signer::new("manifest-old"));
    format!(
        "schema = 1\nversion = {version}\nissued = {ISSUED}\nexpires = {expires}\nmanifest = [\"{}\", \"{}\"]\n\
         release = [\"{}\"]\nrevoked = [\"{}\"]\n",
        manifest.public(),
        old.public(),
        Signer::new("release").public(),
        old.id()
    )
}

/// A list of keys and signatures of these roots.
fn keys(version: u64, expires: &str, by: &[&str]) -> (String, Vec<String>) {
    let text = keys_text(version, expires);
    let says = comment(KEYS, version, expires, &text);
    let signatures = by.iter().map(|it| Signer::new(it).sign(text.as_bytes(), &says)).collect();
    (text, signatures)
}

/// A list of keys, proven.
pub fn keyring() -> Verified<Keyring> {
    let (text, signatures) = keys(3, "2028-01-01T00:00:00Z", &["root-1", "root-3"]);
    keyring::authentic(text.as_bytes(), &signatures, &roots()).expect("a list of keys")
}

/// A signed manifest, and what may be done to it before it is offered.
pub struct Offer {
    /// As it is signed.
    pub text: String,
    /// The signature file.
    pub signature: String,
}

fn offer(version: u64) -> Offer {
    offer_by("manifest", version, ISSUED, EXPIRES)
}

/// A manifest that this key signed.
pub fn offer_by(signer: &str, version: u64, issued: &str, expires: &str) -> Offer {
    let text = manifest(version, issued, expires);
    let says = comment(MANIFEST, version, expires, &text);
    Offer { signature: Signer::new(signer).sign(text.as_bytes(), &says), text }
}

impl Offer {
    fn at(&self, now: &str, seen: &Seen) -> Result<Verified<Release>, ReleaseError> {
        let rules = AcceptRules { now: moment(now), embedded: 5, issued: moment(ISSUED), seen };
        accept(self.text.as_bytes(), self.signature.as_bytes(), &keyring(), &rules)
    }
}

/// A code and an exit for a table.
fn verdict<T>(result: Result<T, ReleaseError>) -> (&'static str, Exit) {
    match result {
        Ok(_) => ("accepted", Exit::Done),
        Err(error) => {
            let failure = Failure::from(error);
            (failure.code.name(), failure.exit)
        }
    }
}

#[test]
fn a_manifest_is_accepted_by_its_age_and_by_what_was_seen() {
    let mut seen = Seen::default();
    seen.add(offer(17).at("2026-11-25T00:00:00Z", &Seen::default()).expect("accepted").get());
    let early = Seen { signed: moment("2026-12-20T00:00:00Z"), ..seen.clone() };
    let fresh = Seen::default();
    let table = [
        (17, "2026-11-25T00:00:00Z", &fresh, "accepted", Exit::Done),
        (17, "2026-11-25T00:00:00Z", &seen, "accepted", Exit::Done), // the same once more
        (18, "2026-11-25T00:00:00Z", &seen, "accepted", Exit::Done),
        (16, "2026-11-25T00:00:00Z", &seen, "manifest.rollback", Exit::Refused),
        (5, "2026-11-25T00:00:00Z", &fresh, "accepted", Exit::Done), // as old as the program's own
        (4, "2026-11-25T00:00:00Z", &fresh, "manifest.rollback", Exit::Refused),
        (10_017, "2026-11-25T00:00:00Z", &seen, "accepted", Exit::Done),
        (10_018, "2026-11-25T00:00:00Z", &seen, "manifest.jump", Exit::Refused),
        (10_006, "2026-11-25T00:00:00Z", &fresh, "manifest.jump", Exit::Refused),
        (i64::MAX as u64, "2026-11-25T00:00:00Z", &seen, "manifest.jump", Exit::Refused),
        (18, "2027-01-06T00:00:00Z", &seen, "accepted", Exit::Done),
        (18, "2027-01-06T00:00:01Z", &seen, "manifest.expires-soon", Exit::Refused),
        (18, "2027-01-07T23:59:59Z", &seen, "manifest.expires-soon", Exit::Refused),
        (18, "2027-01-08T00:00:00Z", &seen, "manifest.expired", Exit::Refused),
        (18, "2028-01-08T00:00:00Z", &seen, "manifest.expired", Exit::Refused),
        (18, "2028-01-08T00:00:01Z", &seen, "manifest.clock", Exit::Failed),
        (18, "2100-01-01T00:00:00Z", &seen, "manifest.clock", Exit::Failed),
        (18, "2026-11-23T00:00:00Z", &seen, "accepted", Exit::Done), // a clock in local time
        (18, "2026-11-22T23:59:59Z", &seen, "manifest.clock", Exit::Failed),
        (18, "1970-01-01T00:00:00Z", &seen, "manifest.clock", Exit::Failed),
        (18, "2026-12-18T00:00:00Z", &early, "manifest.clock", Exit::Failed),
        (18, "2026-12-19T00:00:00Z", &early, "accepted", Exit::Done),
    ];
    for (version, now, seen, code, exit) in table {
        assert_eq!(verdict(offer(version).at(now, seen)), (code, exit), "{version} at {now}, {seen:?}");
    }
    let later = offer_by("manifest", 18, "2026-12-20T00:00:00Z", "2027-02-01T00:00:00Z");
    assert_eq!(verdict(later.at("2026-11-25T00:00:00Z", &seen)).0, "manifest.clock", "made in the future");
}

#[test]
fn keys_that_expired_sign_nothing_new() {
    let (text, signatures) = keys(3, "2026-12-01T00:00:00Z", &["root-1", "root-2"]);
    let old = keyring::authentic(text.as_bytes(), &signatures, &roots()).expect("a list of keys");
    let (offer, seen) = (offer(17), Seen::default());
    for (now, code) in [("2026-11-30T00:00:00Z", "accepted"), ("2026-12-01T00:00:00Z", "manifest.expired")] {
        let rules = AcceptRules { now: moment(now), embedded: 5, issued: moment(ISSUED), seen: &seen };
        let result = accept(offer.text.as_bytes(), offer.signature.as_bytes(), &old, &rules);
        assert_eq!(verdict(result).0, code, "{now}");
    }
}

#[test]
fn two_manifests_of_one_version_are_refused_and_both_named() {
    let mut seen = Seen::default();
    seen.add(offer(17).at("2026-11-25T00:00:00Z", &seen).expect("accepted").get());
    let other = offer_by("manifest", 17, ISSUED, "2027-01-09T00:00:00Z");
    let error = other.at("2026-11-25T00:00:00Z", &seen).expect_err("another one");
    let (ours, theirs) = (Digest::of(offer(17).text.as_bytes()), Digest::of(other.text.as_bytes()));
    assert_eq!(error, ReleaseError::Fork { file: MANIFEST.into(), version: 17, ours, theirs });
}

#[test]
fn the_comment_is_bound_to_the_content_word_for_word() {
    let text = manifest(17, ISSUED, EXPIRES);
    let good = comment(MANIFEST, 17, EXPIRES, &text);
    let other = comment(MANIFEST, 17, EXPIRES, &manifest(18, ISSUED, EXPIRES));
    let offered = |says: &str| {
        let signature = Signer::new("manifest").sign(text.as_bytes(), says);
        verdict(Offer { text: text.clone(), signature }.at("2026-11-25T00:00:00Z", &Seen::default())).0
    };
    assert_eq!(offered(&good), "accepted");
    let bad = [
        String::new(),
        "timestamp:1795513558\tfile:manifest.toml\thashed".into(),
        good.replace("fyne-setup/1", "fyne-setup/2"),
        good.replace("file:manifest.toml", "file:keys.toml"),
        good.replace("file:manifest.toml", "file:MANIFEST.toml"),
        good.replace("version:17", "version:18"),
        good.replace("version:17", "version:017"),
        good.replace("version:17", "version:+17"),
        good.replace("expires:2027", "expires:2028"),
        good.replace(EXPIRES, "2027-01-08T01:00:00+01:00"),
        good.replace("sha256:", "sha512:"),
        good.to_uppercase(),
        good.replace(' ', "  "),
        good.replace(' ', "\t"),
        good.replace(" file:manifest.toml", ""),
        good.rsplit_once(' ').expect("words").0.to_owned(),
        format!("{good} "),
        format!("{good} and more"),
        format!(" {good}"),
        other,
    ];
    for says in bad {
        assert_eq!(offered(&says), "manifest.mismatch", "{says}");
    }
}

#[test]
fn only_a_manifest_key_that_is_not_revoked_signs_a_manifest() {
    let table = [
        ("manifest", "accepted"),
        ("manifest-old", "manifest.revoked-key"),
        ("release", "manifest.unknown-key"),
        ("root-1", "manifest.unknown-key"),
        ("stranger", "manifest.unknown-key"),
    ];
    for (signer, code) in table {
        let result = offer_by(signer, 17, ISSUED, EXPIRES).at("2026-11-25T00:00:00Z", &Seen::default());
        assert_eq!(verdict(result).0, code, "{signer}");
    }
    let text = manifest(17, ISSUED, EXPIRES);
    let legacy =
        Signer::new("manifest").legacy().sign(text.as_bytes(), &comment(MANIFEST, 17, EXPIRES, &text));
    let of_another = Offer { signature: offer(18).signature, ..offer(17) };
    for (offer, code) in [
        (Offer { text, signature: legacy }, "manifest.legacy-signature"),
        (of_another, "manifest.signature"),
        (Offer { signature: String::new(), ..offer(17) }, "manifest.signature"),
    ] {
        assert_eq!(verdict(offer.at("2026-11-25T00:00:00Z", &Seen::default())).0, code);
    }
}

#[test]
fn what_is_signed_must_also_read() {
    let signed = |text: String| {
        let signature = Signer::new("manifest").sign(text.as_bytes(), &comment(MANIFEST, 17, EXPIRES, &text));
        verdict(Offer { text, signature }.at("2026-11-25T00:00:00Z", &Seen::default()))
    };
    let good = manifest(17, ISSUED, EXPIRES);
    let large = format!("{good}# {}\n", "x".repeat(LARGEST_MANIFEST));
    let table = [
        (good.replace("schema = 1\nversion", "schema = 2\nversion"), "manifest.schema"),
        (good.replace("version = 17", "version = -1"), "manifest.unreadable"),
        (good.replace("version = 17", "version = "), "manifest.unreadable"),
        (good.replace("[go]", "[goo]"), "manifest.shape"),
        (good.replace(ISSUED, "2027-01-08T00:00:00Z"), "manifest.unreadable"),
        (good.replace(ISSUED, "2026-11-24"), "manifest.unreadable"),
        (String::new(), "manifest.unreadable"),
        (large, "manifest.too-large"),
    ];
    for (text, code) in table {
        assert_eq!(signed(text.clone()), (code, Exit::Refused), "{text:.120}");
    }
    let bytes = b"schema = 1\n# \xff\n";
    let says =
        format!("fyne-setup/1 file:manifest.toml version:17 expires:{EXPIRES} sha256:{}", Digest::of(bytes));
    let signature = Signer::new("manifest").sign(bytes, &says);
    assert_eq!(verdict(authentic(bytes, signature.as_bytes(), &keyring())).0, "manifest.unreadable");
}

#[test]
fn two_different_root_keys_sign_the_list_of_keys() {
    const FAR: &str = "2028-01-01T00:00:00Z";
    let seen = Seen::default();
    let mut later = Seen::default();
    let (text, signatures) = keys(4, FAR, &["root-1", "root-2"]);
    later.add_keys(keyring::authentic(text.as_bytes(), &signatures, &roots()).expect("a list").get());
    let table: &[(u64, &str, &[&str], &Seen, &str)] = &[
        (4, FAR, &["root-1", "root-2"], &seen, "accepted"),
        (4, FAR, &["root-3", "root-2"], &seen, "accepted"),
        (4, FAR, &["root-1", "root-2", "root-3"], &seen, "accepted"),
        (4, FAR, &[], &seen, "manifest.root-signatures"),
        (4, FAR, &["root-1"], &seen, "manifest.root-signatures"),
        (4, FAR, &["root-1", "root-1"], &seen, "manifest.root-signatures"),
        (4, FAR, &["root-1", "manifest"], &seen, "manifest.unknown-key"),
        (4, FAR, &["root-1", "stranger", "root-2"], &seen, "manifest.unknown-key"),
        (4, FAR, &["root-1", "root-2"], &later, "accepted"),
        (5, FAR, &["root-1", "root-2"], &later, "accepted"),
        (3, FAR, &["root-1", "root-2"], &later, "manifest.rollback"),
        (4, "2028-01-02T00:00:00Z", &["root-1", "root-2"], &later, "manifest.fork"),
        (10_005, FAR, &["root-1", "root-2"], &later, "manifest.jump"),
        (4, "2026-11-25T00:00:00Z", &["root-1", "root-2"], &seen, "manifest.expired"),
    ];
    for (version, expires, by, seen, code) in table {
        let (text, signatures) = keys(*version, expires, by);
        let rules =
            AcceptRules { now: moment("2026-11-25T00:00:00Z"), embedded: 5, issued: moment(ISSUED), seen };
        let result = keyring::accept(text.as_bytes(), &signatures, &roots(), &rules);
        assert_eq!(verdict(result).0, *code, "{version} {expires} {by:?}");
    }
    let (text, signatures) = keys(4, FAR, &["root-1", "root-2"]);
    let newer = text.replace("schema = 1", "schema = 2");
    let says = comment(KEYS, 4, FAR, &newer);
    let by = ["root-1", "root-2"].map(|it| Signer::new(it).sign(newer.as_bytes(), &says));
    let result = keyring::authentic(newer.as_bytes(), &by, &roots());
    assert_eq!(verdict(result).0, "manifest.schema", "a list of keys for a newer program");
    let none = keyring::authentic(text.as_bytes(), &signatures, &[]).expect_err("no roots");
    assert_eq!(verdict::<()>(Err(none)), ("manifest.no-key", Exit::Failed));
    let large = text + &"#".repeat(LARGEST_KEYS);
    let result = keyring::authentic(large.as_bytes(), &signatures, &roots());
    assert_eq!(verdict(result).0, "manifest.too-large");
}

/// Flips each bit; `accepts` says whether what came out of it was accepted. Gives how many flips there were, and the
/// places of those that were accepted.
fn flipped(original: &[u8], accepts: impl Fn(&[u8]) -> bool + Sync) -> (usize, Vec<usize>) {
    let (next, hits) = (AtomicUsize::new(0), std::sync::Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut bytes = original.to_vec();
                loop {
                    let bit = next.fetch_add(1, Ordering::Relaxed);
                    let Some(was) = original.get(bit / 8) else { break };
                    bytes[bit / 8] = was ^ (1 << (bit % 8));
                    if accepts(&bytes) {
                        hits.lock().expect("no panic").push(bit / 8);
                    }
                    bytes[bit / 8] = *was;
                }
            });
        }
    });
    (original.len() * 8, hits.into_inner().expect("no panic"))
}

#[test]
#[expect(clippy::disallowed_macros, clippy::print_stdout, reason = "how many is told")]
fn no_bit_may_change_but_those_of_the_untrusted_comment() {
    let (list, offer) = (keyring(), offer(17));
    let (text, signature) = (offer.text.as_bytes(), offer.signature.as_bytes());
    let comment = "untrusted comment: ".len()..offer.signature.find('\n').expect("four lines");
    assert!(authentic(text, signature, &list).is_ok());
    let in_manifest = flipped(text, |it| authentic(it, signature, &list).is_ok());
    let in_signature = flipped(signature, |it| authentic(text, it, &list).is_ok());

    let (text, signatures) = keys(4, "2028-01-01T00:00:00Z", &["root-1", "root-2"]);
    let (first, second) = (signatures[0].as_bytes(), signatures[1].as_bytes());
    let reads = |text: &[u8], one: &[u8]| keyring::authentic(text, &[one, second], &roots()).is_ok();
    assert!(reads(text.as_bytes(), first));
    let in_keys = flipped(text.as_bytes(), |it| reads(it, first));
    let in_root = flipped(first, |it| reads(text.as_bytes(), it));

    let mut flips = 0;
    let table = [("manifest", in_manifest, 0..0), ("its signature", in_signature, comment.clone())];
    for (what, (count, accepted), may) in
        table.into_iter().chain([("keys", in_keys, 0..0), ("a root's signature", in_root, comment)])
    {
        flips += count;
        assert!(accepted.iter().all(|it| may.contains(it)), "{what}: accepted at {accepted:?}");
        assert_eq!(accepted.is_empty(), may.is_empty(), "{what}: the untrusted comment is free");
    }
    assert!(flips > 12_000, "{flips}");
    println!("{flips} bits flipped, 0 accepted outside the untrusted comment");
}

#[test]
fn every_refusal_has_words_in_every_language() {
    use crate::report::words::{Lang, Words};
    let (file, at, key) = (String::from(MANIFEST), moment(EXPIRES), Signer::new("manifest").id());
    let key: KeyId = key.parse().expect("a number");
    let digest = Digest::of(b"");
    let signature = |why| ReleaseError::Signature { file: file.clone(), why };
    let all = [
        ReleaseError::NoRoots,
        ReleaseError::NoKeys,
        ReleaseError::TooLarge { file: file.clone(), limit: LARGEST_KEYS },
        signature(minisign::MinisignError::Malformed("release-signature-four-lines")),
        signature(minisign::MinisignError::Legacy),
        signature(minisign::MinisignError::Unknown(key)),
        signature(minisign::MinisignError::Differs(key)),
        ReleaseError::Revoked { key },
        ReleaseError::TooFew { have: 1, need: 2 },
        ReleaseError::Comment { file: file.clone(), item: "end".into(), said: "x".into(), is: "y".into() },
        ReleaseError::Unreadable { file: file.clone(), why: text!("release-not-utf8") },
        ReleaseError::Schema { file: file.clone(), schema: 2 },
        ReleaseError::Rollback { file: file.clone(), version: 1, seen: 2 },
        ReleaseError::Fork { file: file.clone(), version: 1, ours: digest, theirs: digest },
        ReleaseError::Jump { file: file.clone(), version: 10_000_000, seen: 2 },
        ReleaseError::Expired { file: file.clone(), at },
        ReleaseError::ExpiresSoon { at },
        ReleaseError::ClockBehind { now: at, signed: at },
        ReleaseError::ClockAhead { now: at, expires: at },
    ];
    for error in all {
        let failure = Failure::from(error);
        for words in Lang::ALL.map(Words::of) {
            for text in [Some(&failure.message), failure.hint.as_ref()].into_iter().flatten() {
                assert!(words.has(&text.key), "{} lacks {}", words.lang().tag(), text.key);
                let said = words.say(text);
                assert!(!said.contains(['{', ',']) || said.contains(", "), "{said}");
            }
        }
    }
}
