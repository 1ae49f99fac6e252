//! Where children of reading commands get their private directories: made 0700 at once, and only where nobody else could put
//! another one in its place. What a killed command left there goes.

#![expect(clippy::disallowed_methods, reason = "this is the door: everything else asks it")]

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::super::Kind;
use super::super::{made, own};

/// Makes the directory if need be; whether it can be used.
pub(super) fn ready(scratch: &Path) -> bool {
    let made = made::dirs(scratch, 0o700).is_ok();
    let safe = made && ours(scratch) && scratch.parent().is_some_and(ours) && above(scratch);
    if safe {
        sweep(scratch);
    }
    safe
}

/// Our own two: the directory, and our cache above it.
fn ours(dir: &Path) -> bool {
    let me = rustix::process::geteuid().as_raw();
    fs::symlink_metadata(dir).is_ok_and(|it| {
        let kind = if it.is_dir() { Kind::Dir } else { Kind::Link };
        own::fault(kind, it.uid(), it.mode(), me).is_none()
    })
}

/// What is above ours: links there are people's, and followed.
fn above(scratch: &Path) -> bool {
    let me = rustix::process::geteuid().as_raw();
    let keeps = |dir: &Path| fs::metadata(dir).is_ok_and(|it| own::keeps(it.uid(), it.mode(), me));
    scratch.ancestors().skip(2).filter(|it| !it.as_os_str().is_empty()).all(keeps)
}

/// Removes what processes left that are dead by now: a child that outlived its directory, or a command that was killed.
fn sweep(scratch: &Path) {
    let Ok(entries) = fs::read_dir(scratch) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let pid = name.split('-').next().and_then(|it| it.parse::<u32>().ok());
        if pid.is_some_and(|it| fs::symlink_metadata(format!("/proc/{it}")).is_err()) {
            // One that cannot be removed harms nobody: it is private, and below our cache.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
