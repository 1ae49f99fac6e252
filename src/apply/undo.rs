//! `Undo`: how one act is taken back, as data made *before* the act. A closed list of primitives with one interpreter.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::facts::Fact;
use crate::system::{Disk, Kind, Look};
use crate::trust::digest::Digest;

/// One primitive way back. Safe to repeat, and safe when the act never ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "undo", rename_all = "kebab-case")]
pub enum Undo {
    /// Put back a file's bytes, mode and owner (kept in the backups by digest), if it still has what we wrote.
    Restore {
        /// The file (a link's target).
        path: PathBuf,
        /// What it held; the backup has this name.
        was: Digest,
        /// Its permission bits.
        mode: u32,
        /// Its owner.
        uid: u32,
        /// Its group.
        gid: u32,
        /// What we wrote.
        wrote: Digest,
    },
    /// Remove a file that was absent, if it still has what we wrote.
    RemoveFile {
        /// The file.
        path: PathBuf,
        /// What we wrote; `None` where it cannot be known before (a program that is built).
        wrote: Option<Digest>,
    },
    /// Remove a directory of ours with everything in it.
    RemoveTree {
        /// The directory.
        path: PathBuf,
    },
    /// Remove a directory that we made, if it is empty.
    RemoveDir {
        /// The directory.
        path: PathBuf,
    },
    /// Point a link where it pointed, or remove it.
    Relink {
        /// The link.
        path: PathBuf,
        /// Where it pointed.
        was: Option<PathBuf>,
    },
    /// Remove packages that were absent before.
    RemovePackages {
        /// The package manager.
        manager: String,
        /// Names that a simulation said would be newly installed.
        names: Vec<String>,
    },
    /// Nothing exact exists: caches, lists.
    Leave {
        /// What stays, as a message key.
        why: String,
    },
}

/// What is there before a file is written: its undo, with its bytes put into the backups. `path` is no link.
pub fn before_write(
    look: &dyn Look,
    disk: &dyn Disk,
    backups: &Path,
    path: &Path,
    wrote: Digest,
) -> io::Result<Vec<Undo>> {
    match look.stat(path) {
        Fact::Unknown(why) => Err(io::Error::other(format!("{}: {why}", path.display()))),
        Fact::Absent => {
            let missing = path.ancestors().skip(1).take_while(|it| look.stat(it).is_absent());
            let dirs = missing.map(|it| Undo::RemoveDir { path: it.to_owned() });
            Ok([Undo::RemoveFile { path: path.to_owned(), wrote: Some(wrote) }]
                .into_iter()
                .chain(dirs)
                .collect())
        }
        Fact::Here(stat) => {
            let bytes = match look.read(path) {
                Fact::Here(bytes) => bytes,
                Fact::Absent => return Err(io::Error::other(format!("{}: went away", path.display()))),
                Fact::Unknown(why) => return Err(io::Error::other(format!("{}: {why}", path.display()))),
            };
            let was = Digest::of(&bytes);
            if was == wrote {
                return Ok(Vec::new()); // found as it should be: not ours to take away
            }
            keep(look, disk, backups, was, &bytes)?;
            let (mode, uid, gid) = (stat.mode, stat.uid, stat.gid);
            Ok(vec![Undo::Restore { path: path.to_owned(), was, mode, uid, gid, wrote }])
        }
    }
}

/// Keeps bytes under their digest.
fn keep(look: &dyn Look, disk: &dyn Disk, backups: &Path, digest: Digest, bytes: &[u8]) -> io::Result<()> {
    let path = backups.join(digest.to_string());
    if look.stat(&path).is_here() {
        return Ok(());
    }
    disk.make_dir(backups, 0o700)?;
    disk.write(&path, bytes, Some(0o600))
}

/// What taking one act back came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reverted {
    /// It is as it was (or was never changed).
    Yes,
    /// Somebody else changed it since: left alone.
    ChangedByOthers(PathBuf),
    /// Nothing exact exists.
    Left(String),
}

impl Undo {
    /// Takes the act back. Safe to repeat. Packages are the business of their own step.
    pub fn revert(&self, look: &dyn Look, disk: &dyn Disk, backups: &Path) -> io::Result<Reverted> {
        let now = |path: &Path| look.read(path).into_here().map(|it| Digest::of(&it));
        match self {
            Self::Restore { path, was, mode, uid, gid, wrote } => match now(path) {
                Some(it) if it == *was => Ok(Reverted::Yes),
                Some(it) if it != *wrote => Ok(Reverted::ChangedByOthers(path.clone())),
                _ => {
                    let kept = backups.join(was.to_string());
                    let bytes = look.read(&kept).into_here().filter(|it| Digest::of(it) == *was);
                    let bytes = bytes.ok_or_else(|| {
                        io::Error::other(format!("{}: the backup is damaged", kept.display()))
                    })?;
                    within(look, disk, path, || {
                        disk.write(path, &bytes, Some(*mode))?;
                        disk.set_owner(path, *uid, *gid)?;
                        disk.set_mode(path, *mode)
                    })?;
                    Ok(Reverted::Yes)
                }
            },
            Self::RemoveFile { path, wrote } => match (now(path), wrote) {
                (Some(it), Some(wrote)) if it != *wrote => Ok(Reverted::ChangedByOthers(path.clone())),
                _ => within(look, disk, path, || disk.remove(path)).map(|()| Reverted::Yes),
            },
            Self::RemoveTree { path } => disk.remove_tree(path).map(|()| Reverted::Yes),
            Self::RemoveDir { path } => match look.list(path) {
                Fact::Here(names) if names.is_empty() => disk.remove(path).map(|()| Reverted::Yes),
                Fact::Absent => Ok(Reverted::Yes),
                _ => Ok(Reverted::ChangedByOthers(path.clone())),
            },
            Self::Relink { path, was } => match (look.stat(path), was) {
                (Fact::Here(stat), _) if stat.kind != Kind::Link => {
                    Ok(Reverted::ChangedByOthers(path.clone()))
                }
                (_, Some(target)) => disk.link(target, path).map(|()| Reverted::Yes),
                (_, None) => disk.remove(path).map(|()| Reverted::Yes),
            },
            Self::RemovePackages { names, .. } => Ok(Reverted::Left(names.join(" "))),
            Self::Leave { why } => Ok(Reverted::Left(why.clone())),
        }
    }
}

/// Does something to a file in a directory that may be write-protected, as those of the module cache are.
fn within(
    look: &dyn Look,
    disk: &dyn Disk,
    path: &Path,
    act: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the disk from outside")]
mod tests {
    use super::*;
    use crate::system::disk::RealDisk;
    use crate::system::real::RealLook;

    struct Ground {
        dir: tempfile::TempDir,
        look: RealLook,
    }

    impl Ground {
        fn new() -> Self {
            let dir = tempfile::tempdir().expect("a temporary directory");
            let look = RealLook::new(std::collections::BTreeMap::new(), dir.path().join("scratch"));
            Self { dir, look }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.dir.path().join(name)
        }

        fn write(&self, name: &str, text: &str) -> Vec<Undo> {
            let path = self.path(name);
            let undo = before_write(
                &self.look,
                &RealDisk,
                &self.path("backups"),
                &path,
                Digest::of(text.as_bytes()),
            );
            RealDisk.make_dir(path.parent().expect("a parent"), 0o755).expect("made");
            RealDisk.write(&path, text.as_bytes(), None).expect("written");
            undo.expect("readable")
        }

        fn revert(&self, undo: &[Undo]) -> Vec<Reverted> {
            let revert =
                |it: &Undo| it.revert(&self.look, &RealDisk, &self.path("backups")).expect("no error");
            undo.iter().map(revert).collect()
        }
    }

    #[test]
    fn a_changed_file_comes_back_and_a_new_one_goes_with_its_directories() {
        let ground = Ground::new();
        std::fs::write(ground.path("old"), "before").expect("writable");
        let (changed, made) = (ground.write("old", "after"), ground.write("a/b/new", "text"));
        for _ in 0..2 {
            assert!(
                ground.revert(&changed).iter().chain(&ground.revert(&made)).all(|it| *it == Reverted::Yes)
            );
        }
        assert_eq!(std::fs::read(ground.path("old")).expect("there"), b"before");
        assert!(std::fs::metadata(ground.path("a")).is_err());
    }

    #[test]
    fn what_somebody_else_changed_since_is_left_alone() {
        let ground = Ground::new();
        std::fs::write(ground.path("old"), "before").expect("writable");
        let (changed, made) = (ground.write("old", "after"), ground.write("new", "text"));
        std::fs::write(ground.path("old"), "theirs").expect("writable");
        std::fs::write(ground.path("new"), "theirs").expect("writable");
        assert_eq!(ground.revert(&changed), [Reverted::ChangedByOthers(ground.path("old"))]);
        assert_eq!(ground.revert(&made), [Reverted::ChangedByOthers(ground.path("new"))]);
    }

    #[test]
    fn what_was_found_as_it_should_be_is_not_ours_to_take_away() {
        let ground = Ground::new();
        std::fs::write(ground.path("same"), "text").expect("writable");
        assert_eq!(ground.write("same", "text"), []);
    }
}
