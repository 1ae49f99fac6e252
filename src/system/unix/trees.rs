//! Trees that go. On some disks each file that goes waits for the disk by itself, 16,000 of a Go half a minute: many wait at
//! the same time, and a Go goes in a few seconds. Nothing is synced for each: who removes a tree has put it aside before.

use std::ffi::CString;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};

use super::kernel;
use crate::system::parallel;

/// A directory itself, not what a link leads to.
const DIRECTORY: OFlags =
    OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);
/// How many files go at the same time.
const AT_ONCE: usize = 8;
/// How deep directories are shared out: Go's own have a few hundred there.
const DEPTH: usize = 3;

/// Empties a tree, whatever its directories allow: Go makes those of its module cache read-only. What cannot go stays, and the
/// removal of the tree itself will say so.
pub(super) fn emptied(top: &Path) {
    let Ok(top) = rustix::fs::open(top, DIRECTORY, Mode::empty()) else { return };
    let mut levels: Vec<Vec<Vec<CString>>> = vec![vec![vec![]]];
    for _ in 0..DEPTH {
        let above = levels.last().into_iter().flatten();
        let below = above.flat_map(|at| {
            let names = open(&top, at).map(|it| directories(&it)).unwrap_or_default();
            names.into_iter().map(move |it| at.iter().cloned().chain([it]).collect())
        });
        let below = below.collect();
        levels.push(below);
    }
    // The deepest first, so that what stands above them is small.
    while let Some(level) = levels.pop() {
        parallel::each(AT_ONCE, &level, |at| {
            let _ = open(&top, at).map(|it| clear(&it));
        });
    }
}

/// A directory below `top`, through no link.
fn open(top: &OwnedFd, names: &[CString]) -> rustix::io::Result<OwnedFd> {
    let mut at = top.try_clone().map_err(|_| rustix::io::Errno::MFILE)?;
    for name in names {
        at = rustix::fs::openat(&at, name, DIRECTORY, Mode::empty())?;
    }
    Ok(at)
}

/// The directories in a directory, which may be changed from now on.
fn directories(dir: &OwnedFd) -> Vec<CString> {
    let mode = rustix::fs::fstat(dir).map_or(0o755, |it| kernel::mode(&it) & 0o7777);
    if mode & 0o200 == 0 {
        let _ = rustix::fs::fchmod(dir, kernel::rights(mode | 0o700));
    }
    names(dir).into_iter().filter_map(|(name, is_dir)| is_dir.then_some(name)).collect()
}

fn names(dir: &OwnedFd) -> Vec<(CString, bool)> {
    let Ok(entries) = Dir::read_from(dir) else { return Vec::new() };
    let named = entries.flatten().map(|it| {
        (it.file_name().to_owned(), matches!(it.file_type(), FileType::Directory | FileType::Unknown))
    });
    named.filter(|it| it.0.as_c_str() != c"." && it.0.as_c_str() != c"..").collect()
}

fn clear(dir: &OwnedFd) {
    for name in directories(dir) {
        if let Ok(inner) = rustix::fs::openat(dir, &name, DIRECTORY, Mode::empty()) {
            clear(&inner);
        }
        let _ = rustix::fs::unlinkat(dir, &name, AtFlags::REMOVEDIR);
    }
    for (name, _) in names(dir) {
        let _ = rustix::fs::unlinkat(dir, &name, AtFlags::empty());
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tree is laid and looked at from outside")]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_tree_is_emptied_at_every_depth_and_what_links_lead_to_stays() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let (tree, theirs) = (dir.path().join("tree"), dir.path().join("theirs"));
        fs::create_dir_all(&theirs).expect("made");
        fs::write(theirs.join("x"), "kept").expect("written");
        let mut at = tree.clone();
        for depth in 0..7 {
            for side in ["a", "b"] {
                let inner = at.join(format!("{side}{depth}"));
                fs::create_dir_all(&inner).expect("made");
                fs::write(inner.join("file"), "x").expect("written");
                symlink(&theirs, inner.join("link")).expect("linked");
                fs::set_permissions(inner.join("file"), fs::Permissions::from_mode(0o444)).expect("a mode");
            }
            at = at.join(format!("a{depth}"));
        }
        fs::set_permissions(tree.join("b0"), fs::Permissions::from_mode(0o555)).expect("a mode");
        fs::set_permissions(&at, fs::Permissions::from_mode(0o555)).expect("a mode");
        emptied(&tree);
        assert_eq!(fs::read_dir(&tree).expect("there").count(), 0);
        assert_eq!(fs::read_to_string(theirs.join("x")).expect("there"), "kept");
    }
}
