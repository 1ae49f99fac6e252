//! What taking back is given, and what it came to.

use std::path::{Path, PathBuf};

use crate::system::{Disk, Look};

/// What taking one act back came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reverted {
    /// It is as it was (or was never changed).
    Yes,
    /// Somebody else changed the file too: our lines are out, theirs stay.
    Merged(PathBuf),
    /// Somebody else changed it since: left alone.
    ChangedByOthers(PathBuf),
    /// Somebody else had changed it since; a copy of that is kept here.
    Copied(PathBuf, PathBuf),
    /// What stood there before, and would come back, is nothing that we write.
    NotWritten(PathBuf),
    /// The directory that it lay in is gone: nothing comes back, and nothing is left of it.
    Gone(PathBuf),
    /// Nothing exact exists.
    Left(String),
}

/// What taking back may use.
#[derive(Clone, Copy)]
pub struct UndoContext<'a> {
    /// To look.
    pub look: &'a dyn Look,
    /// To act.
    pub disk: &'a dyn Disk,
    /// The kept bytes.
    pub backups: &'a Path,
    /// With `--force`, where copies of what others changed go.
    pub copies: Option<&'a Path>,
}
