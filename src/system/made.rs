//! Directories with those above them. How one is made, and with which rights, is the system's (`os::made`).

#![expect(clippy::disallowed_methods, reason = "this is behind the door: it makes for it")]

use std::fs;
use std::io;
use std::path::Path;

use super::os::made::dir;
use super::os::path::native;

/// From now on others may read what is made for them to read, whatever the umask was: with `umask 077` a Go for all users would
/// be root's alone. What is private is made with rights of its own.
pub fn readable_by_all() {
    super::os::made::readable_by_all();
}

/// Makes a directory, and those above it that are missing.
pub(in crate::system) fn dirs(path: &Path, mode: u32) -> io::Result<()> {
    let path = native(path)?;
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
