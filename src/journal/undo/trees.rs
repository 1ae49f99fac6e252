//! Trees that go, and files in directories that nobody may write.

use std::path::Path;

use crate::disk_error::DiskError;
use crate::system::{Disk, Kind, Look};

/// A tree goes out of its place in one step: half of it, after a kill, would be taken for nothing that we brought.
pub fn removed(look: &dyn Look, disk: &dyn Disk, path: &Path) -> Result<(), DiskError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = path.with_file_name(format!(".{name}.fyne-setup-removed"));
    disk.remove_tree(&aside)?;
    let is_dir = look.stat(path).into_here().is_some_and(|it| it.kind == Kind::Dir);
    // One that is mounted there cannot be moved.
    if is_dir && disk.rename(path, &aside).is_ok() {
        return disk.remove_tree(&aside);
    }
    disk.remove_tree(path)
}

/// Does something to a file in a directory that may be write-protected, as those of the module cache are.
pub(super) fn within(
    look: &dyn Look,
    disk: &dyn Disk,
    path: &Path,
    act: impl FnOnce() -> Result<(), DiskError>,
) -> Result<(), DiskError> {
    let Some(dir) = path.parent() else { return act() };
    match look.stat(dir).into_here().filter(|it| it.kind == Kind::Dir && it.mode & 0o200 == 0) {
        None => act(),
        Some(stat) => {
            disk.set_mode(dir, stat.mode | 0o200)?;
            let acted = act();
            disk.set_mode(dir, stat.mode)?;
            acted
        }
    }
}
