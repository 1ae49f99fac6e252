//! What has to be known to cover the sockets of WSLg again.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How it was before they were shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SocketsUndo {
    /// Where WSLg keeps its files.
    pub dir: PathBuf,
    /// Whether the file for systemd-tmpfiles was absent, and is ours.
    pub file: bool,
    /// Which start of the kernel it was: a mount does not outlive it.
    pub boot: String,
    /// How many mounts were there. One that is there now and was not then is ours; WSL's own, made anew by a start of the
    /// distribution alone, is none too many.
    pub mounts: usize,
    /// Whether there was no directory to mount on.
    pub made: bool,
}
