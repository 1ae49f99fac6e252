//! `Undo`: how one act is taken back, as data made *before* the act. A closed list of primitives with one interpreter.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::trust::digest::Digest;

/// One primitive way back. Safe to repeat, and safe when the act never ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "undo", rename_all = "kebab-case")]
pub enum Undo {
    /// Put back a file's bytes, mode and owner (kept in the backups by digest), if it still has what we wrote.
    Restore {
        /// The file (a link's target).
        path: PathBuf,
        /// What it held; the backup has this name.
        was: Digest,
        /// Its permission bits.
        mode: u32,
        /// Its owner.
        uid: u32,
        /// Its group.
        gid: u32,
        /// What we wrote.
        wrote: Digest,
    },
    /// Remove a file that was absent, if it still has what we wrote.
    RemoveFile {
        /// The file.
        path: PathBuf,
        /// What we wrote; `None` where it cannot be known before (a program that is built).
        wrote: Option<Digest>,
    },
    /// Remove a directory of ours with everything in it.
    RemoveTree {
        /// The directory.
        path: PathBuf,
    },
    /// Remove a directory that we made, if it is empty.
    RemoveDir {
        /// The directory.
        path: PathBuf,
    },
    /// Point a link where it pointed, or remove it.
    Relink {
        /// The link.
        path: PathBuf,
        /// Where it pointed.
        was: Option<PathBuf>,
    },
    /// Remove packages that were absent before.
    RemovePackages {
        /// The package manager.
        manager: String,
        /// Names that a simulation said would be newly installed.
        names: Vec<String>,
    },
    /// Nothing exact exists: caches, lists.
    Leave {
        /// What stays, as a message key.
        why: String,
    },
}
