//! What is made gets the rights that it was made for, whatever the umask says of its owner: with `umask 0777` a directory
//! would be closed to us too. Rights of others follow the umask. They are set on the open file, never on a path.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is behind the door: it makes for it"
)]

use std::fs::{self, DirBuilder, File, Permissions};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

/// The bits of a file's owner.
const OWNER: u32 = 0o700;

/// Makes a directory, and those above it that are missing.
pub(super) fn dirs(path: &Path, mode: u32) -> io::Result<()> {
    let mut missing: Vec<&Path> = path.ancestors().take_while(|it| fs::metadata(it).is_err()).collect();
    missing.retain(|it| !it.as_os_str().is_empty());
    for at in missing.into_iter().rev() {
        match dir(at, mode) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && at.is_dir() => {}
            Err(error) => return Err(error),
        }
    }
    if path.is_dir() { Ok(()) } else { Err(io::ErrorKind::NotADirectory.into()) }
}

/// Makes a directory that is not there yet.
pub(super) fn dir(path: &Path, mode: u32) -> io::Result<()> {
    DirBuilder::new().mode(mode).create(path)?;
    opened(&named(path)?, mode)
}

/// A file that was just made.
pub(super) fn file(file: File, mode: u32) -> io::Result<File> {
    let now = file.metadata()?.permissions().mode();
    if mode & OWNER & !now != 0 {
        file.set_permissions(Permissions::from_mode((now | mode & OWNER) & 0o7777))?;
    }
    Ok(file)
}

fn opened(file: &OwnedFd, mode: u32) -> io::Result<()> {
    let now = rustix::fs::fstat(file)?.st_mode & 0o7777;
    if mode & OWNER & !now == 0 { Ok(()) } else { set(file, now | mode & OWNER) }
}

/// Sets the mode of an open file, or of one that is only named.
pub(super) fn set(file: &OwnedFd, mode: u32) -> io::Result<()> {
    match rustix::fs::fchmod(file, Mode::from_raw_mode(mode)) {
        // A file that is only named, not opened, is changed by its name in /proc.
        Err(rustix::io::Errno::BADF) => {
            fs::set_permissions(format!("/proc/self/fd/{}", file.as_raw_fd()), Permissions::from_mode(mode))
        }
        other => other.map_err(io::Error::from),
    }
}

/// The file itself, whatever its rights are; never what a link leads to.
pub(super) fn named(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let open = |more| rustix::fs::open(path, flags | more, Mode::empty());
    // Only a file that is open for reading has its mode changed without /proc.
    let file = open(OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY);
    Ok(file.or_else(|_| open(OFlags::PATH))?)
}
