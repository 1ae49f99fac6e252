//! Paths on their way to Linux.

use std::io;
use std::path::{Path, PathBuf};

/// A path as the system takes it.
#[expect(clippy::unnecessary_wraps, reason = "on Windows not every path is one")]
pub(in crate::system) fn native(path: &Path) -> io::Result<&Path> {
    Ok(path)
}

/// A path as this program writes it.
pub(in crate::system) fn written(path: &Path) -> PathBuf {
    path.to_path_buf()
}
