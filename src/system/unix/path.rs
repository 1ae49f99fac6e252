//! Paths on their way to Linux.

use std::io;
use std::path::Path;

/// A path as the system takes it.
#[expect(clippy::unnecessary_wraps, reason = "on Windows not every path is one")]
pub(in crate::system) fn native(path: &Path) -> io::Result<&Path> {
    Ok(path)
}
