//! The accepted manifest and list of keys on disk, with their signatures, and what was seen. Written through the doors,
//! each file in one step; believed no more than what comes from the network: both are verified at every load.
//!
//! Three files below [`crate::places::Places::manifest`]: `keys.json`, `manifest.json` (texts with their signatures) and
//! `seen.json`. They are written in this order, so that a kill in between leaves what is newer than `seen.json` says,
//! which is fine; what is older was put back by somebody, and is ignored.

use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::accept::{Release, authentic};
use super::error::ReleaseError;
use super::keyring::{self, Keyring};
use super::rules::{KEYS, MANIFEST, in_order};
use super::seen::Seen;
use crate::data;
use crate::digest::Digest;
use crate::disk_error::DiskError;
use crate::fact::{Fact, Why};
use crate::places::Places;
use crate::system::{Disk, Look};
use crate::text::Text;
use crate::trust::minisign::PublicKey;
use crate::trust::{Verified, keys};

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The highest of everything that was accepted.
    pub seen: Seen,
    /// The list of keys.
    pub keyring: Option<Verified<Keyring>>,
    /// The manifest.
    pub release: Option<Verified<Release>>,
    /// Why something of it is ignored.
    pub ignored: Option<Text>,
    /// `seen.json` cannot be read: nothing may be accepted, or it could go back.
    pub damaged: bool,
}

impl Kept {
    /// With the manifest of another store where that is newer. What was seen here still counts.
    #[must_use]
    pub fn or_newer(self, other: Self) -> Self {
        let version = |it: &Self| it.release.as_ref().map(|it| it.get().version);
        if version(&other) <= version(&self).max(Some(self.seen.version)) {
            return self;
        }
        Self { keyring: other.keyring, release: other.release, ..self }
    }
}

/// A text with its signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedText {
    /// As it was signed.
    pub text: String,
    /// The whole signature files.
    pub signatures: Vec<String>,
}

/// What is kept of fetched manifests on this machine, under the root keys of this build.
pub fn kept(look: &dyn Look, places: &Places) -> Kept {
    load(look, &places.manifest(), &keys::roots())
}

/// Loads what is kept. `Unknown` is nothing: a recording of a machine does not hold it.
pub fn load(look: &dyn Look, dir: &Path, roots: &[PublicKey]) -> Kept {
    let mut kept = Kept::default();
    if !look.stat(dir).is_here() {
        return kept;
    }
    match file::<Seen>(look, dir, "seen.json") {
        Ok(seen) => kept.seen = seen.unwrap_or_default(),
        Err(why) => (kept.ignored, kept.damaged) = (Some(why), true),
    }
    if roots.is_empty() {
        return kept; // and what is kept was accepted by another build
    }
    let keyring = trusted(file(look, dir, "keys.json"), |it: &SignedText| {
        let keyring = keyring::authentic(it.text.as_bytes(), &it.signatures, roots)?;
        let (new, seen) = (keyring.get(), &kept.seen);
        not_older(KEYS, (new.version, new.digest), (seen.keys, seen.keys_sha256))?;
        Ok(keyring)
    });
    let keyring = keyring.unwrap_or_else(|why| {
        kept.ignored.get_or_insert(why);
        None
    });
    let Some(keyring) = keyring else { return kept };
    kept.seen.add_keys(keyring.get());
    let release = trusted(file(look, dir, "manifest.json"), |it: &SignedText| {
        let signature = it.signatures.first().map(String::as_str).unwrap_or_default();
        let release = authentic(it.text.as_bytes(), signature.as_bytes(), &keyring)?;
        let (new, seen) = (release.get(), &kept.seen);
        not_older(MANIFEST, (new.version, new.digest), (seen.version, seen.sha256))?;
        Ok(release)
    });
    match release {
        Ok(release) => {
            if let Some(it) = &release {
                kept.seen.add(it.get());
            }
            kept.release = release;
        }
        Err(why) => drop(kept.ignored.get_or_insert(why)),
    }
    kept.keyring = Some(keyring);
    kept
}

/// Keeps a list of keys that was accepted.
pub fn keep_keys(disk: &dyn Disk, dir: &Path, file: &SignedText, seen: &Seen) -> Result<(), DiskError> {
    disk.make_dir(dir, 0o700)?;
    write(disk, dir, "keys.json", file)?;
    write(disk, dir, "seen.json", seen)
}

/// Keeps a manifest that was accepted.
pub fn keep_manifest(disk: &dyn Disk, dir: &Path, file: &SignedText, seen: &Seen) -> Result<(), DiskError> {
    disk.make_dir(dir, 0o700)?;
    write(disk, dir, "manifest.json", file)?;
    write(disk, dir, "seen.json", seen)
}

fn write<T: Serialize>(disk: &dyn Disk, dir: &Path, name: &str, value: &T) -> Result<(), DiskError> {
    let path = dir.join(name);
    let text = serde_json::to_string_pretty(value);
    let mut text = text.map_err(|it| DiskError::because(&path, Why::System(it.to_string())))?;
    text.push('\n');
    disk.write(&path, text.as_bytes(), Some(0o600))
}

fn file<T: DeserializeOwned>(look: &dyn Look, dir: &Path, name: &str) -> Result<Option<T>, Text> {
    let path = dir.join(name);
    let bytes = match look.read(&path) {
        Fact::Here(bytes) => bytes,
        Fact::Absent => return Ok(None),
        Fact::Unknown(why) => return Err(text!("release-store-unreadable", path = path, why = why)),
    };
    let why = |it: serde_json::Error| text!("release-store-unreadable", path = path, why = it.to_string());
    data::json(&bytes).map(Some).map_err(why)
}

fn trusted<T>(
    file: Result<Option<SignedText>, Text>,
    verify: impl FnOnce(&SignedText) -> Result<Verified<T>, ReleaseError>,
) -> Result<Option<Verified<T>>, Text> {
    let Some(file) = file? else { return Ok(None) };
    verify(&file).map(Some).map_err(|error| {
        let failure = crate::failure::Failure::from(error);
        text!("release-store-ignored", why = failure.message)
    })
}

/// What is stored is never older than what was seen, nor another one of its version.
fn not_older(
    file: &str,
    (version, digest): (u64, Digest),
    (seen, sha256): (u64, Option<Digest>),
) -> Result<(), ReleaseError> {
    in_order(file, (version, digest), (seen, seen, sha256)).or_else(|error| match error {
        ReleaseError::Jump { .. } => Ok(()), // it was accepted step by step
        other => Err(other),
    })
}
