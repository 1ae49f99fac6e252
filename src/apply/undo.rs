//! `Undo`: how one act is taken back, as data made *before* the act. A closed list of primitives with one interpreter.
//! Packages are the business of `steps::packages`. To add a primitive: a variant here, its arm in [`Undo::revert`].

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::merge;
use crate::facts::Fact;

use crate::system::{Disk, Kind, Look};
use crate::trust::digest::Digest;

mod before;

use before::kept;
pub use before::{before_edit, before_write, missing_dirs};

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
    /// Put back what was moved aside. The cache that stands in its place by then goes: it is ours, and only a cache.
    MoveBack {
        /// Where it stood.
        path: PathBuf,
        /// Where it is now.
        aside: PathBuf,
    },
    /// Point a link where it pointed, or remove it.
    Relink {
        /// The link.
        path: PathBuf,
        /// Where it pointed.
        was: Option<PathBuf>,
        /// Where we pointed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wrote: Option<PathBuf>,
    },
    /// Remove packages that were absent before.
    RemovePackages {
        /// The package manager.
        manager: String,
        /// Names that a simulation said would be newly installed.
        names: Vec<String>,
    },
    /// Packages that had to become newer. They stay; named, so that people know.
    Upgraded {
        /// The package manager.
        manager: String,
        /// Their names.
        names: Vec<String>,
    },
    /// Nothing exact exists: caches, lists.
    Leave {
        /// What stays, as a message key.
        why: String,
    },
}

/// What taking one act back came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reverted {
    /// It is as it was (or was never changed).
    Yes,
    /// Somebody else changed the file too: our lines are out, theirs stay.
    Merged(PathBuf),
    /// Somebody else changed it since: left alone.
    ChangedByOthers(PathBuf),
    /// Somebody else had changed it since; a copy of that is kept here.
    Copied(PathBuf, PathBuf),
    /// Nothing exact exists.
    Left(String),
}

/// What taking back may use.
#[derive(Clone, Copy)]
pub struct Hands<'a> {
    /// To look.
    pub look: &'a dyn Look,
    /// To act.
    pub disk: &'a dyn Disk,
    /// The kept bytes.
    pub backups: &'a Path,
    /// With `--force`, where copies of what others changed go.
    pub copies: Option<&'a Path>,
}

/// A file as it is now.
enum Now {
    Gone,
    Bytes(Vec<u8>),
    /// A directory, a link to nowhere, a device.
    Other,
}

impl Undo {
    /// Whether there is anything to do to take the act back.
    pub fn acts(&self) -> bool {
        !matches!(self, Self::Leave { .. } | Self::Upgraded { .. })
    }

    /// The path that it is about, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Restore { path, .. }
            | Self::RemoveFile { path, .. }
            | Self::RemoveTree { path }
            | Self::RemoveDir { path }
            | Self::MoveBack { path, .. }
            | Self::Relink { path, .. } => Some(path),
            Self::RemovePackages { .. } | Self::Upgraded { .. } | Self::Leave { .. } => None,
        }
    }

    /// Takes the act back. Safe to repeat. Packages are the business of their own step.
    pub fn revert(&self, hands: &Hands<'_>) -> io::Result<Reverted> {
        let Hands { look, disk, .. } = *hands;
        match self {
            Self::Restore { .. } => self.restore(hands),
            Self::RemoveFile { path, wrote } => match (now(look, path)?, wrote) {
                (Now::Bytes(it), wrote) if wrote.is_none_or(|wrote| Digest::of(&it) == wrote) => {
                    within(look, disk, path, || disk.remove(path)).map(|()| Reverted::Yes)
                }
                (Now::Gone, _) | (Now::Bytes(_), None) => Ok(Reverted::Yes),
                (Now::Bytes(it), Some(wrote)) => {
                    let merged =
                        kept(look, hands.backups, *wrote).and_then(|ours| merge::without(b"", &ours, &it));
                    changed(hands, path, &it, merged, &|| disk.remove(path))
                }
                (Now::Other, _) => Ok(Reverted::ChangedByOthers(path.clone())),
            },
            Self::RemoveTree { path } => disk.remove_tree(path).map(|()| Reverted::Yes),
            Self::MoveBack { path, aside } => {
                if !look.stat(aside).is_absent() {
                    disk.remove_tree(path)?;
                    disk.rename(aside, path)?;
                }
                Ok(Reverted::Yes)
            }
            // A directory that holds something by now is in use, and nobody's loss.
            Self::RemoveDir { path } => match (look.stat(path), look.list(path)) {
                (Fact::Here(stat), Fact::Here(names)) if stat.kind == Kind::Dir && names.is_empty() => {
                    disk.remove(path).map(|()| Reverted::Yes)
                }
                _ => Ok(Reverted::Yes),
            },
            Self::Relink { path, was, wrote } => {
                let there = match look.stat(path) {
                    Fact::Here(stat) if stat.kind != Kind::Link => {
                        return Ok(Reverted::ChangedByOthers(path.clone()));
                    }
                    stat => stat.into_here().and_then(|it| it.target),
                };
                match (there, was) {
                    (there, was) if there == *was => Ok(Reverted::Yes),
                    (Some(it), _) if wrote.as_ref().is_some_and(|wrote| *wrote != it) => {
                        Ok(Reverted::ChangedByOthers(path.clone()))
                    }
                    (_, Some(target)) => disk.link(target, path).map(|()| Reverted::Yes),
                    (_, None) => disk.remove(path).map(|()| Reverted::Yes),
                }
            }
            Self::RemovePackages { names, .. } => Ok(Reverted::Left(names.join(" "))),
            Self::Upgraded { .. } => Ok(Reverted::Left("undo-upgraded-stay".into())),
            Self::Leave { why } => Ok(Reverted::Left(why.clone())),
        }
    }

    fn restore(&self, hands: &Hands<'_>) -> io::Result<Reverted> {
        let Self::Restore { path, was, mode, uid, gid, wrote } = self else { return Ok(Reverted::Yes) };
        let Hands { look, disk, backups, .. } = *hands;
        // Who made a link of the file since keeps the link: it is the file behind it that comes back.
        let path = &super::steps::resolved(look, path);
        let old = || {
            let at = backups.join(was.to_string());
            let damaged = || io::Error::other(format!("{}: the backup is gone or damaged", at.display()));
            kept(look, backups, *was).ok_or_else(damaged)
        };
        let put_back = || {
            if let Some(parent) = path.parent() {
                disk.make_dir(parent, 0o755)?;
            }
            let old = old()?;
            within(look, disk, path, || {
                disk.write(path, &old, Some(*mode))?;
                disk.set_owner(path, *uid, *gid)?;
                // A change of owner clears the set-uid bits.
                disk.set_mode(path, *mode)
            })
        };
        match now(look, path)? {
            Now::Gone => put_back().map(|()| Reverted::Yes),
            Now::Other => Ok(Reverted::ChangedByOthers(path.clone())),
            Now::Bytes(it) if Digest::of(&it) == *was => {
                // Cut short between the bytes and the owner.
                let stat = look.stat(path).into_here();
                if stat.is_some_and(|it| (it.uid, it.gid, it.mode) != (*uid, *gid, *mode)) {
                    disk.set_owner(path, *uid, *gid)?;
                    disk.set_mode(path, *mode)?;
                }
                Ok(Reverted::Yes)
            }
            Now::Bytes(it) if Digest::of(&it) == *wrote => put_back().map(|()| Reverted::Yes),
            Now::Bytes(it) => {
                let ours = kept(look, backups, *wrote);
                let merged = ours
                    .zip(kept(look, backups, *was))
                    .and_then(|(ours, was)| merge::without(&was, &ours, &it));
                changed(hands, path, &it, merged, &put_back)
            }
        }
    }
}

/// A file that somebody else changed too: our lines go where they can be told from theirs; else it is left alone, or,
/// where that is meant, taken back after a copy was made.
fn changed(
    hands: &Hands<'_>,
    path: &Path,
    bytes: &[u8],
    merged: Option<Vec<u8>>,
    take_back: &dyn Fn() -> io::Result<()>,
) -> io::Result<Reverted> {
    if let Some(merged) = merged {
        if merged != bytes {
            hands.disk.write(path, &merged, None)?;
        }
        return Ok(Reverted::Merged(path.to_owned()));
    }
    let Some(copies) = hands.copies else { return Ok(Reverted::ChangedByOthers(path.to_owned())) };
    let digest = Digest::of(bytes).to_string();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let copy = copies.join(format!("{}-{}", &digest[..12], name.trim_start_matches('.')));
    hands.disk.make_dir(copies, 0o700)?;
    hands.disk.write(&copy, bytes, Some(0o600))?;
    take_back()?;
    Ok(Reverted::Copied(path.to_owned(), copy))
}

fn now(look: &dyn Look, path: &Path) -> io::Result<Now> {
    match look.stat(path) {
        Fact::Absent => return Ok(Now::Gone),
        Fact::Unknown(why) => return Err(io::Error::other(format!("{}: {why}", path.display()))),
        Fact::Here(stat) if stat.kind != Kind::File => return Ok(Now::Other),
        Fact::Here(_) => {}
    }
    match look.read(path) {
        Fact::Here(bytes) => Ok(Now::Bytes(bytes)),
        Fact::Absent => Ok(Now::Gone),
        Fact::Unknown(why) => Err(io::Error::other(format!("{}: {why}", path.display()))),
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

        fn edit(&self, name: &str, text: &str) -> Vec<Undo> {
            let (path, backups) = (self.path(name), self.path("backups"));
            let undo =
                before_edit(&self.look, &RealDisk, &backups, &path, text.as_bytes()).expect("readable");
            RealDisk.write(&path, text.as_bytes(), None).expect("written");
            undo
        }

        fn text(&self, name: &str) -> String {
            std::fs::read_to_string(self.path(name)).expect("there")
        }

        fn revert(&self, undo: &[Undo]) -> Vec<Reverted> {
            self.revert_into(undo, None)
        }

        fn revert_into(&self, undo: &[Undo], copies: Option<&Path>) -> Vec<Reverted> {
            let backups = self.path("backups");
            let hands = Hands { look: &self.look, disk: &RealDisk, backups: &backups, copies };
            undo.iter().map(|it| it.revert(&hands).expect("no error")).collect()
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

    #[test]
    fn our_lines_leave_a_file_that_others_changed_too() {
        let ground = Ground::new();
        std::fs::write(ground.path("profile"), "before\n").expect("writable");
        let (changed, made) = (ground.edit("profile", "before\nours\n"), ground.edit("new", "ours\n"));
        for name in ["profile", "new"] {
            std::fs::write(ground.path(name), ground.text(name) + "theirs\n").expect("writable");
        }
        for _ in 0..2 {
            assert_eq!(ground.revert(&changed), [Reverted::Merged(ground.path("profile"))]);
        }
        assert_eq!(ground.revert(&made), [Reverted::Merged(ground.path("new"))]);
        assert_eq!(
            (ground.text("profile"), ground.text("new")),
            ("before\ntheirs\n".into(), "theirs\n".into())
        );
    }

    #[test]
    fn by_force_a_copy_is_kept_first() {
        let ground = Ground::new();
        std::fs::write(ground.path("old"), "before").expect("writable");
        let changed = ground.edit("old", "after");
        std::fs::write(ground.path("old"), "theirs").expect("writable");
        let [Reverted::Copied(_, copy)] = &ground.revert_into(&changed, Some(&ground.path("copies")))[..]
        else {
            panic!("a copy")
        };
        assert_eq!(std::fs::read(copy).expect("there"), b"theirs");
        assert_eq!(ground.text("old"), "before");
    }

    #[test]
    fn a_file_comes_back_though_its_directory_went_away_and_through_a_link_that_was_made_since() {
        let ground = Ground::new();
        for name in ["gone/old", "linked/old"] {
            RealDisk.make_dir(ground.path(name).parent().expect("a parent"), 0o755).expect("made");
            std::fs::write(ground.path(name), "before").expect("writable");
        }
        let (gone, linked) = (ground.edit("gone/old", "after"), ground.edit("linked/old", "after"));
        std::fs::remove_dir_all(ground.path("gone")).expect("removable");
        RealDisk.rename(&ground.path("linked/old"), &ground.path("dotfile")).expect("renamed");
        RealDisk.link(&ground.path("dotfile"), &ground.path("linked/old")).expect("linked");
        assert_eq!([ground.revert(&gone), ground.revert(&linked)].concat(), [Reverted::Yes, Reverted::Yes]);
        assert_eq!((ground.text("gone/old"), ground.text("dotfile")), ("before".into(), "before".into()));
        assert!(std::fs::symlink_metadata(ground.path("linked/old")).expect("there").is_symlink());
    }

    #[test]
    fn a_link_that_somebody_else_moved_is_left_alone() {
        let ground = Ground::new();
        let (link, wrote) = (ground.path("current"), Some(PathBuf::from("go/2")));
        let undo = [Undo::Relink { path: link.clone(), was: Some("go/1".into()), wrote }];
        for (now, want) in [
            ("go/2", Reverted::Yes),
            ("go/1", Reverted::Yes),
            ("go/3", Reverted::ChangedByOthers(link.clone())),
        ] {
            RealDisk.link(Path::new(now), &link).expect("linked");
            assert_eq!(ground.revert(&undo), [want]);
        }
    }

    #[test]
    fn a_directory_of_ours_that_is_in_use_stays() {
        let ground = Ground::new();
        let made = ground.write("a/new", "text");
        std::fs::write(ground.path("a/theirs"), "theirs").expect("writable");
        assert!(ground.revert(&made).iter().all(|it| *it == Reverted::Yes));
        assert_eq!(ground.text("a/theirs"), "theirs");
    }
}
