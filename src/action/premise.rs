//! What must still be as it was when a plan was made.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Read again just before the act; where it no longer holds, the act and what depends on it are cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Premise {
    /// The file still has these bytes (sha256, hex), or is still absent.
    File {
        /// The file.
        path: PathBuf,
        /// Its digest.
        digest: Option<String>,
    },
    /// Nothing stands there.
    Free {
        /// The path.
        path: PathBuf,
    },
}
