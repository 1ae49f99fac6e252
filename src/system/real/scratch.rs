//! Where children of reading commands get their private directories: made 0700 at once, and only where nobody else could put
//! another one in its place. What a killed command left there goes.

#![expect(clippy::disallowed_methods, reason = "this is the door: everything else asks it")]

use std::fs;
use std::path::Path;

use super::super::os::regular::Links;
use super::super::{made, os, own};

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
    os::own::whose(dir, Links::Refused)
        .is_ok_and(|(kind, owner, mode)| own::fault(kind, owner, mode, os::own::me()).is_none())
}

/// What is above ours: links there are people's, and followed.
fn above(scratch: &Path) -> bool {
    let keeps = |dir: &Path| {
        os::own::whose(dir, Links::Followed)
            .is_ok_and(|(_, owner, mode)| own::keeps(owner, mode, os::own::me()))
    };
    scratch.ancestors().skip(2).filter(|it| !it.as_os_str().is_empty()).all(keeps)
}

/// Removes what processes left that are dead by now: a child that outlived its directory, or a command that was killed.
fn sweep(scratch: &Path) {
    let Ok(entries) = fs::read_dir(scratch) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let pid = name.split('-').next().and_then(|it| it.parse::<u32>().ok());
        if pid.is_some_and(|it| !os::process::is_alive(it)) {
            // One that cannot be removed harms nobody: it is private, and below our cache.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
