//! What is made gets the access list that it was made for, from its first moment: where Linux would close it to everybody
//! else (0700, 0600) it is for the user, SYSTEM and Administrators; else it inherits what lies above, as Windows does it.

#![expect(clippy::disallowed_types, reason = "this is behind the door: it makes for it")]

use std::fs::File;
use std::io;
use std::path::Path;

use super::file::{self, New};
use super::regular;

/// Makes a directory that is not there yet.
pub(in crate::system) fn dir(path: &Path, mode: u32) -> io::Result<()> {
    file::new_dir(path, is_private(mode))
}

/// Opens a file of ours to append to it, and makes it where it is not there: then the second is true. A link, and what is no
/// file, is refused.
pub(in crate::system) fn append(path: &Path, mode: u32) -> io::Result<(File, bool)> {
    let (file, new) = file::new(path, New::Append, is_private(mode))?;
    regular::check(path, &file)?;
    Ok((file, new))
}

/// Whether nobody else is to have any right.
pub(in crate::system) fn is_private(mode: u32) -> bool {
    mode.trailing_zeros() >= 6
}

/// There is no umask: who may read follows from the directory above.
pub(in crate::system) fn readable_by_all() {}
