//! What the lock file of a project has to say in a run.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Want;
use crate::text::Text;
use crate::version::{GoVersion, ModuleVersion, Version};

/// What the lock file of a project names, without what a flag beats. A project is a stranger's: of the modules only those
/// count that the manifest names too, and a hash only ever refuses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// The file.
    pub file: PathBuf,
    /// Its Go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub go: Option<GoVersion>,
    /// Its fyne/v2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fyne: Option<Version>,
    /// Its CLI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cli: Option<ModuleVersion>,
    /// The hash of each module that it knows, by `path@version`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hashes: BTreeMap<String, String>,
}

/// The lock file that lies beside the project's go.mod, for who judges it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockSeen {
    /// The file.
    pub file: PathBuf,
    /// The hash of each module that it names, by `path@version`.
    pub hashes: BTreeMap<String, String>,
    /// Why it cannot be used, where it cannot.
    pub fault: Option<LockFault>,
}

/// Why a lock file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockFault {
    /// Its line at fault, where there is one.
    pub line: Option<u32>,
    /// What is wrong.
    pub why: Text,
    /// What a person can do.
    pub hint: Option<Text>,
}

impl Want {
    /// The Go that is wanted and no other: the user's word, else that of the project's lock.
    pub fn exact_go(&self) -> Option<GoVersion> {
        self.go.or_else(|| self.locked.as_ref()?.go)
    }

    /// Whether the CLI has to be the one of the lock and no newer one.
    pub fn is_cli_locked(&self) -> bool {
        self.locked.as_ref().is_some_and(|it| it.cli.is_some())
    }
}
