//! What is made gets the rights that it was made for, whatever the umask says of its owner: with `umask 0777` a directory
//! would be closed to us too. Rights of others follow the umask. They are set on the open file, never on a path.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is behind the door: it makes for it"
)]

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use super::kernel;
use super::regular::{self, Links};

/// The bits of a file's owner.
const OWNER: u32 = 0o700;

/// Takes from nobody what is made for all to read.
pub(in crate::system) fn readable_by_all() {
    rustix::process::umask(kernel::rights(0o022));
}

/// Makes a directory that is not there yet.
pub(in crate::system) fn dir(path: &Path, mode: u32) -> io::Result<()> {
    DirBuilder::new().mode(mode).create(path)?;
    opened(&named(path)?, mode)
}

/// Opens a file of ours to append to it, and makes it where it is not there: then the second is true. A link, and what is no
/// file, is refused.
pub(in crate::system) fn append(path: &Path, mode: u32) -> io::Result<(File, bool)> {
    let new = fs::symlink_metadata(path).is_err();
    let mut options = OpenOptions::new();
    let it = regular::open(path, Links::Refused, options.append(true).create(true).mode(mode))?;
    Ok((if new { file(it, mode)? } else { it }, new))
}

/// A file that was just made.
pub(in crate::system) fn file(file: File, mode: u32) -> io::Result<File> {
    let now = file.metadata()?.permissions().mode();
    if mode & OWNER & !now != 0 {
        file.set_permissions(Permissions::from_mode((now | mode & OWNER) & 0o7777))?;
    }
    Ok(file)
}

fn opened(file: &OwnedFd, mode: u32) -> io::Result<()> {
    let now = kernel::mode(&rustix::fs::fstat(file)?) & 0o7777;
    if mode & OWNER & !now == 0 { Ok(()) } else { set(file, now | mode & OWNER) }
}

/// Sets the mode of an open file, or of one that is only named.
pub(in crate::system) fn set(file: &OwnedFd, mode: u32) -> io::Result<()> {
    match rustix::fs::fchmod(file, kernel::rights(mode)) {
        // A file that is only named, not opened.
        Err(rustix::io::Errno::BADF) => kernel::set_rights_of_named(file, mode),
        other => other.map_err(io::Error::from),
    }
}

/// The file itself, whatever its rights are; never what a link leads to.
pub(in crate::system) fn named(path: &Path) -> io::Result<OwnedFd> {
    // Only a file that is open for reading has its mode changed without its name.
    let flags = OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY;
    rustix::fs::open(path, flags, Mode::empty()).or_else(|_| kernel::unreadable(path))
}
