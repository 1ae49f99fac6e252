//! What some actions are told, where it is one of a few.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::lockfile::Edits;
use crate::version::Version;

/// Go's caches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cache {
    /// GOCACHE: what was compiled.
    Builds,
    /// GOMODCACHE: what was downloaded.
    Modules,
}

/// Parts of the first build, by what they need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The standard library, as far as it needs no C compiler.
    Standard,
    /// Pure Go modules: needs the modules.
    Pure,
    /// The OpenGL bindings: need the modules, a C compiler and libgl's headers.
    Gl,
}

/// What becomes of a variable in the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VariableChange {
    /// It goes.
    Remove,
    /// A list gets these directories in front; every other entry stays as it is written.
    Front {
        /// The directories.
        dirs: Vec<PathBuf>,
    },
}

/// A first program of a user's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstProgram {
    /// Its directory, which has none of its files yet.
    pub dir: PathBuf,
    /// The name of its module.
    pub module: String,
    /// fyne/v2's version.
    pub fyne: Version,
}

/// What a project is pinned to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The project.
    pub dir: PathBuf,
    /// What its go.mod gets.
    pub edits: Edits,
    /// Whether Go completes go.sum.
    pub sums: bool,
    /// The lock file.
    pub lock: String,
}
