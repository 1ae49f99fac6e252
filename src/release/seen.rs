//! What a machine remembers of the manifests that it accepted. It only grows. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::moment::Moment;
use crate::version::{GoVersion, Version};

/// The highest of everything that was ever accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// Version of the manifest.
    pub version: u64,
    /// Digest of the manifest with that version.
    pub sha256: Option<Digest>,
    /// Version of the list of keys.
    pub keys: u64,
    /// Digest of the list with that version.
    pub keys_sha256: Option<Digest>,
    /// The newest time at which something was signed.
    pub signed: Moment,
    /// The highest floor of each Go line.
    pub floor: Vec<GoVersion>,
    /// The highest version of fyne-setup itself that was offered and signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<Version>,
}

/// The higher floor of each line.
pub fn highest(one: &[GoVersion], other: &[GoVersion]) -> Vec<GoVersion> {
    let mut floor: BTreeMap<_, GoVersion> = BTreeMap::new();
    for version in one.iter().chain(other) {
        let slot = floor.entry(version.line()).or_insert(*version);
        *slot = (*slot).max(*version);
    }
    floor.into_values().collect()
}
