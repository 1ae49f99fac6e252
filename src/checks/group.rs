//! The families that checks are shown under.

use serde::{Deserialize, Serialize};

/// Families of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Operating system, disks, temporary files.
    System,
    /// Go itself.
    Go,
    /// Modules: proxy, checksum database, caches.
    Modules,
    /// Compiler, pkg-config, headers.
    Cgo,
    /// Display and OpenGL.
    Display,
    /// The fyne CLI.
    Cli,
    /// The project.
    Project,
}
