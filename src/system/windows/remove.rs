//! What goes. A file that somebody has open, we ourselves for one, keeps its name until it is closed, on a disk or a Windows
//! without the newer way to delete (before 10, 1809); its directory would stay. So it is put aside first.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is behind the door: it removes for it"
)]

use std::fs::{self, OpenOptions};
use std::io;
use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::thread;
use std::time::Duration;

use windows_sys::Win32::Foundation::{ERROR_LOCK_VIOLATION, ERROR_SHARING_VIOLATION, ERROR_USER_MAPPED_FILE};
use windows_sys::Win32::Storage::FileSystem::FILE_ATTRIBUTE_DIRECTORY;

use crate::system::own::unguessable;

/// How often a file is tried that a program has open: one that looks at every new file for viruses lets go in a moment.
const BUSY_ROUNDS: u32 = 25;

/// How long is waited in between.
const BUSY_WAIT: Duration = Duration::from_millis(20);

/// One file, link, or empty directory.
pub(in crate::system) fn one(path: &Path, there: &fs::Metadata) -> io::Result<()> {
    if there.permissions().readonly() && there.is_file() {
        writable(path, there)?;
    }
    // A junction is a directory to Windows, and removed as an empty one.
    if there.file_attributes() & FILE_ATTRIBUTE_DIRECTORY != 0 {
        return while_busy(|| fs::remove_dir(path));
    }
    if is_open(path) && put_aside(path).is_ok() {
        return Ok(());
    }
    while_busy(|| fs::remove_file(path))
}

/// A tree with all that is "read only" in it, as Go's module cache is; never what a link in it leads to.
pub(in crate::system) fn tree(dir: &Path) -> io::Result<()> {
    for_each_file(dir, &mut |path, there| {
        if there.permissions().readonly() { writable(path, there) } else { Ok(()) }
    })?;
    let Err(error) = while_busy(|| fs::remove_dir_all(dir)) else { return Ok(()) };
    if error.kind() == io::ErrorKind::NotFound {
        return Err(error);
    }
    // What was closed meanwhile is gone by itself.
    for_each_file(dir, &mut |path, _| if is_open(path) { put_aside(path) } else { Ok(()) })?;
    fs::remove_dir_all(dir)
}

fn writable(path: &Path, there: &fs::Metadata) -> io::Result<()> {
    let mut permissions = there.permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "it is the attribute of Windows")]
    permissions.set_readonly(false);
    fs::set_permissions(path, permissions)
}

/// Whether anybody has a file open.
fn is_open(path: &Path) -> bool {
    OpenOptions::new().read(true).share_mode(0).open(path).is_err_and(|it| is_busy(&it))
}

/// Moves a file that is open to where temporary files are, and deletes it there: it is gone once it is closed.
fn put_aside(path: &Path) -> io::Result<()> {
    let aside = std::env::temp_dir().join(format!(".fyne-setup-removed-{}", unguessable()));
    fs::rename(path, &aside)?;
    fs::remove_file(&aside)
}

/// Does something with each file of a tree.
pub(in crate::system) fn for_each_file(
    dir: &Path,
    act: &mut dyn FnMut(&Path, &fs::Metadata) -> io::Result<()>,
) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let (path, there) = (entry.path(), entry.metadata()?);
        if there.is_dir() {
            for_each_file(&path, act)?;
        } else if there.is_file() {
            act(&path, &there)?;
        }
    }
    Ok(())
}

/// Tries again where a program has it open, for half a second.
pub(in crate::system) fn while_busy<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 0..BUSY_ROUNDS {
        match act() {
            Err(error) if is_busy(&error) => thread::sleep(BUSY_WAIT),
            other => return other,
        }
    }
    act()
}

/// Whether an error says so.
pub(in crate::system) fn is_busy(error: &io::Error) -> bool {
    let busy = [ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_USER_MAPPED_FILE];
    error.raw_os_error().is_some_and(|it| busy.contains(&it.cast_unsigned()))
}
