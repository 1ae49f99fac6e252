//! `manifest verify FILE`: whether a manifest on disk is signed by a key that may, and is not stale. It is no step to using
//! it: whether it is older than the one in use does not matter here.

use std::path::Path;

use serde_json::{Value, json};

use crate::app::Session;
use crate::digest::Digest;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::moment::Moment;
use crate::release::keyring;
use crate::release::keyring::signature_file;
use crate::release::store;
use crate::release::{KEYS, Keyring, MANIFEST, Release, ReleaseError, authentic};
use crate::report::{Label, Report};
use crate::system::Look;
use crate::trust::Verified;
use crate::trust::keys;
use crate::trust::minisign::PublicKey;

/// Verifies and says by whom it is signed.
pub fn verify(session: &Session, named: &Path) -> Result<Report, Failure> {
    let file = session.typed(named);
    let bytes = match session.look.read(&file) {
        Fact::Here(bytes) => bytes,
        Fact::Absent => return Err(unread(named, text!("manifest-no-such-file"))),
        Fact::Unknown(why) => return Err(unread(named, text!("manifest-why", why = why))),
    };
    if file.file_name().is_some_and(|it| it == KEYS) {
        return keys_alone(session, named, &file, &bytes);
    }
    let keyring = keyring(session, &file)?;
    let mut beside = file.clone().into_os_string();
    beside.push(".minisig");
    let signature = session.look.read(Path::new(&beside)).into_here().unwrap_or_default();
    let release = authentic(&bytes, &signature, &keyring)?;
    let (it, now) = (release.get(), Moment(session.look.now()));
    if it.expires <= now {
        return Err(ReleaseError::Expired { file: MANIFEST.into(), at: it.expires }.into());
    }
    let mut report = verified(session, named, (it.version, it.expires, it.digest), &it.key.to_string());
    report.more.insert("signed".into(), described(it));
    report.more.insert("keys".into(), json!({ "version": keyring.get().version }));
    Ok(report)
}

/// A list of keys itself: which root keys signed it.
fn keys_alone(session: &Session, named: &Path, file: &Path, bytes: &[u8]) -> Result<Report, Failure> {
    let dir = file.parent().unwrap_or(Path::new("/"));
    let keyring = keyring::authentic(bytes, &beside(session.look, dir), &keys::roots())?;
    let it = keyring.get();
    if it.expires <= Moment(session.look.now()) {
        return Err(ReleaseError::Expired { file: KEYS.into(), at: it.expires }.into());
    }
    let roots: Vec<String> = it.roots.iter().map(ToString::to_string).collect();
    let mut report = verified(session, named, (it.version, it.expires, it.digest), &roots.join(", "));
    let Keyring { version, issued, expires, digest, .. } = it;
    let signed =
        json!({ "version": version, "issued": issued, "expires": expires, "sha256": digest, "keys": roots });
    report.more.insert("signed".into(), signed);
    Ok(report)
}

/// What both kinds of file are told by, and whose signature they have.
fn verified(session: &Session, file: &Path, of: (u64, Moment, Digest), key: &str) -> Report {
    let (version, expires, digest) = of;
    let say = text!(
        "release-verified",
        file = file,
        version = version.to_string(),
        expires = expires.to_string(),
        key = key,
        digest = digest.to_string()
    );
    let mut report = Report::new("manifest verify");
    report.page.hanging(Vec::new(), Label::Good, &session.words.say(&say));
    report.more.insert("test_keys".into(), json!(keys::FOR_TESTS));
    report
}

/// The signatures of root keys in a directory.
fn beside(look: &dyn Look, dir: &Path) -> Vec<Vec<u8>> {
    let read = |it: &PublicKey| look.read(&dir.join(signature_file(it.id()))).into_here();
    keys::roots().iter().filter_map(read).collect()
}

/// A manifest as documents show it.
pub fn described(release: &Release) -> Value {
    let Release { version, issued, expires, digest, key, .. } = release;
    json!({ "version": version, "issued": issued, "expires": expires, "sha256": digest, "key": key })
}

/// The keys beside the file where they are, else the kept ones; never older ones than were seen.
pub fn keyring(session: &Session, file: &Path) -> Result<Verified<Keyring>, Failure> {
    let (look, roots) = (session.look, keys::roots());
    if roots.is_empty() {
        return Err(ReleaseError::NoRoots.into());
    }
    let kept = store::kept(look, session.places()?);
    let dir = file.parent().unwrap_or(Path::new("/"));
    let Fact::Here(bytes) = look.read(&dir.join(KEYS)) else {
        return Ok(kept.keyring.ok_or(ReleaseError::NoKeys)?);
    };
    let beside = keyring::authentic(&bytes, &beside(look, dir), &roots)?;
    let newer = kept.keyring.filter(|it| it.get().version > beside.get().version);
    Ok(newer.unwrap_or(beside))
}

fn unread(file: &Path, why: crate::text::Text) -> Failure {
    let message = text!("manifest-unread-file", file = file, why = why);
    Failure::new(Code::ManifestUnread, message).at(file, None)
}
