//! The real `Disk`: every change of a file goes through here. What is written whole is written in one step: a
//! temporary file beside it, sync, rename, sync of the directory.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the door: everything else asks it"
)]

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::fs::{Gid, Uid};

use super::regular::{self, Links};
use super::{kernel, made, own, trees};
use crate::disk_error::DiskError;
use crate::system::own::unguessable;
use crate::system::{Disk, ReadSeek};

/// The disk that we run on.
pub struct RealDisk;

/// How often a lock that was opened may turn out to be removed by then. Nobody removes and makes it as often in a row.
const LOCK_ROUNDS: usize = 100;

/// Makes names of temporary files unique within this process.
static SERIAL: AtomicU32 = AtomicU32::new(0);

impl Disk for RealDisk {
    fn make_dir(&self, path: &Path, mode: u32) -> Result<Option<PathBuf>, DiskError> {
        let top =
            path.ancestors().take_while(|it| fs::symlink_metadata(it).is_err()).last().map(Path::to_path_buf);
        crate::system::made::dirs(path, mode).map_err(|it| DiskError::new(path, &it))?;
        Ok(top)
    }

    fn write(&self, path: &Path, bytes: &[u8], mode: Option<u32>) -> Result<(), DiskError> {
        let before = fs::metadata(path).ok();
        let mode = mode.or_else(|| before.as_ref().map(|it| it.mode() & 0o7777)).unwrap_or(0o644);
        written(path, bytes, mode, before.map(|it| (it.uid(), it.gid())))
    }

    fn write_as(&self, path: &Path, bytes: &[u8], mode: u32, owner: (u32, u32)) -> Result<(), DiskError> {
        written(path, bytes, mode, Some(owner))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let append = || {
            let (mut file, new) = made::append(path, 0o600)?;
            own::private(path, &file)?;
            file.write_all(bytes)?;
            file.sync_data()?;
            Ok(new)
        };
        let new = append().map_err(|it: io::Error| DiskError::new(path, &it))?;
        if new { sync_parent(path) } else { Ok(()) }
    }

    fn create(&self, path: &Path, mode: u32) -> Result<Box<dyn Write + Send>, DiskError> {
        let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
        let file = file.and_then(|it| made::file(it, mode));
        Ok(Box::new(file.map_err(|it| DiskError::new(path, &it))?))
    }

    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, DiskError> {
        Ok(Box::new(regular::read(path, Links::Refused).map_err(|it| DiskError::new(path, &it))?))
    }

    fn link(&self, target: &Path, at: &Path) -> Result<(), DiskError> {
        let temporary = beside(at);
        std::os::unix::fs::symlink(target, &temporary).map_err(|it| DiskError::new(at, &it))?;
        fs::rename(&temporary, at)
            .inspect_err(|_| drop(fs::remove_file(&temporary)))
            .map_err(|it| DiskError::new(at, &it))?;
        sync_parent(at)
    }

    fn copy(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let copy = || {
            let mut from = regular::read(from, Links::Refused)?;
            let mode = from.metadata()?.mode() & 0o777;
            let mut to = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
            io::copy(&mut from, &mut to)?;
            to.set_permissions(Permissions::from_mode(mode))
        };
        copy().map_err(|it| DiskError::new(to, &it))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        fs::rename(from, to).map_err(|it| DiskError::new(to, &it))?;
        sync_parent(to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> Result<bool, DiskError> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Ok(()) => sync_parent(one).and_then(|()| sync_parent(other)).map(|()| true),
            Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) => Ok(false),
            Err(error) => Err(DiskError::new(other, &error.into())),
        }
    }

    fn remove(&self, path: &Path) -> Result<(), DiskError> {
        let removed = match fs::symlink_metadata(path) {
            Ok(it) if it.is_dir() => fs::remove_dir(path),
            Ok(_) => fs::remove_file(path),
            Err(error) => Err(error),
        };
        absent_is_fine(removed, path)
    }

    fn remove_tree(&self, path: &Path) -> Result<(), DiskError> {
        match fs::symlink_metadata(path) {
            Ok(it) if it.is_dir() => {
                trees::emptied(path);
                absent_is_fine(fs::remove_dir_all(path), path)
            }
            Ok(_) => Err(DiskError {
                path: path.into(),
                kind: io::ErrorKind::NotADirectory,
                why: text!("disk-not-a-directory").into(),
            }),
            Err(error) => absent_is_fine(Err(error), path),
        }
    }

    fn set_mode(&self, path: &Path, mode: u32) -> Result<(), DiskError> {
        made::named(path).and_then(|it| made::set(&it, mode)).map_err(|it| DiskError::new(path, &it))
    }

    fn set_owner(&self, path: &Path, uid: u32, gid: u32) -> Result<(), DiskError> {
        let set = || kernel::give(&made::named(path)?, Uid::from_raw(uid), Gid::from_raw(gid));
        set().map_err(|it| DiskError::new(path, &it))
    }

    fn sync_tree(&self, path: &Path) -> Result<(), DiskError> {
        kernel::sync_tree(path).map_err(|it| DiskError::new(path, &it))
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Send + Sync>>, DiskError> {
        for _ in 0..LOCK_ROUNDS {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false).mode(0o600);
            let new = fs::symlink_metadata(path).is_err();
            let file = regular::open(path, Links::Refused, &mut options)
                .and_then(|it| if new { made::file(it, 0o600) } else { Ok(it) })
                .and_then(|it| own::private(path, &it).map(|()| it));
            let mut file = file.map_err(|it| DiskError::new(path, &it))?;
            match file.try_lock() {
                // Its holder may have removed the file while we opened it: then it is nobody's lock any more.
                Ok(()) if !same_file(&file, path) => {}
                Ok(()) => {
                    let mut note = || {
                        file.set_len(0)?;
                        writeln!(file, "{}", std::process::id())
                    };
                    note().map_err(|it| DiskError::new(path, &it))?;
                    return Ok(Some(Box::new(file)));
                }
                Err(fs::TryLockError::WouldBlock) => return Ok(None),
                Err(fs::TryLockError::Error(error)) => return Err(DiskError::new(path, &error)),
            }
        }
        Err(DiskError::because(path, text!("disk-lock-changes")))
    }
}

/// A whole file in one step: mode and owner are set on the open file, before it has its name.
fn written(path: &Path, bytes: &[u8], mode: u32, owner: Option<(u32, u32)>) -> Result<(), DiskError> {
    let temporary = beside(path);
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary)?;
        file.write_all(bytes)?;
        if let Some(owner) = owner {
            give(&file, owner)?;
        }
        // After the owner, whose change clears some of the bits.
        file.set_permissions(Permissions::from_mode(mode))?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    write().inspect_err(|_| drop(fs::remove_file(&temporary))).map_err(|it| DiskError::new(path, &it))?;
    sync_parent(path)
}

fn same_file(file: &File, path: &Path) -> bool {
    let id = |it: fs::Metadata| (it.dev(), it.ino());
    file.metadata().map(id).ok().is_some_and(|it| fs::symlink_metadata(path).map(id).ok() == Some(it))
}

/// A name in the same directory, so that a rename stays within the file system.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    let secret = unguessable();
    path.with_file_name(format!(".{name}.fyne-setup-{}-{serial}-{secret}", std::process::id()))
}

fn give(file: &File, (uid, gid): (u32, u32)) -> io::Result<()> {
    let now = file.metadata()?;
    if (now.uid(), now.gid()) == (uid, gid) {
        return Ok(());
    }
    std::os::unix::fs::fchown(file, Some(uid), Some(gid))
}

fn sync_parent(path: &Path) -> Result<(), DiskError> {
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent).and_then(|it| it.sync_all()).map_err(|it| DiskError::new(parent, &it))
}

fn absent_is_fine(result: io::Result<()>, path: &Path) -> Result<(), DiskError> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(|it| DiskError::new(path, &it)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_file_keeps_its_mode_and_leaves_nothing_beside_it() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let path = dir.path().join("profile");
        fs::write(&path, "old").expect("writable");
        fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("ours");
        RealDisk.write(&path, b"new", None).expect("written");
        assert_eq!(fs::read(&path).expect("there"), b"new");
        assert_eq!(fs::metadata(&path).expect("there").mode() & 0o7777, 0o640);
        assert_eq!(fs::read_dir(dir.path()).expect("there").count(), 1);
    }

    #[test]
    fn no_link_is_followed_where_a_file_is_changed() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let (kept, link) = (dir.path().join("kept"), dir.path().join("link"));
        fs::write(&kept, "theirs").expect("writable");
        fs::set_permissions(&kept, Permissions::from_mode(0o640)).expect("ours");
        RealDisk.link(&kept, &link).expect("linked");
        assert!(RealDisk.append(&link, b"more").is_err());
        assert!(RealDisk.lock(&link).is_err(), "and it ends");
        assert!(RealDisk.set_mode(&link, 0o777).is_err());
        assert!(RealDisk.copy(&link, &dir.path().join("copy")).is_err(), "from a link");
        assert!(RealDisk.copy(&kept, &link).is_err(), "onto a link");
        assert!(RealDisk.copy(&kept, &kept).is_err(), "onto a file");
        let stat = fs::metadata(&kept).expect("there");
        assert_eq!((stat.mode() & 0o777, fs::read(&kept).expect("there")), (0o640, b"theirs".to_vec()));
        RealDisk.copy(&kept, &dir.path().join("copy")).expect("to where nothing is");
        RealDisk.write_as(&link, b"ours", 0o600, (stat.uid(), stat.gid())).expect("in the place of the link");
        assert_eq!(fs::read(&kept).expect("there"), b"theirs");
    }

    #[test]
    fn a_temporary_name_cannot_be_guessed_and_tells_whose_it_is() {
        let names: std::collections::BTreeSet<PathBuf> =
            (0..100).map(|_| beside(Path::new("/a/f"))).collect();
        let words = names.iter().filter_map(|it| it.to_str()?.rsplit_once('-').map(|it| it.1.to_owned()));
        let words: std::collections::BTreeSet<String> = words.collect();
        assert_eq!((names.len(), words.len()), (100, 100), "{words:?}");
        let front = format!("/a/.f.fyne-setup-{}-", std::process::id());
        assert!(names.iter().all(|it| it.to_string_lossy().starts_with(&front)));
    }

    #[test]
    fn two_trees_change_places_in_one_step() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let at = |name: &str| dir.path().join(name);
        for name in ["old", "new"] {
            fs::create_dir(at(name)).and_then(|()| fs::write(at(name).join("which"), name)).expect("made");
        }
        let which = |name: &str| fs::read_to_string(at(name).join("which")).expect("there");
        assert_eq!(RealDisk.exchange(&at("new"), &at("old")), Ok(true));
        assert_eq!((which("old").as_str(), which("new").as_str()), ("new", "old"));
        assert!(RealDisk.exchange(&at("new"), &at("none")).is_err());
        assert_eq!(which("new"), "old", "nothing was done");
    }

    #[test]
    fn an_error_names_the_path() {
        let error =
            RealDisk.write(Path::new("/nonexistent/dir/file"), b"", None).expect_err("no such directory");
        assert!(error.to_string().starts_with("/nonexistent/dir/file: "), "{error}");
    }

    #[test]
    fn removing_what_is_not_there_is_fine_and_never_follows_a_link() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let (kept, link) = (dir.path().join("kept"), dir.path().join("link"));
        fs::create_dir(&kept).expect("writable");
        RealDisk.link(&kept, &link).expect("linked");
        RealDisk.remove_tree(&dir.path().join("none")).expect("fine");
        assert!(RealDisk.remove_tree(&link).is_err(), "a link is not a tree");
        RealDisk.remove(&link).expect("a link is removed as such");
        assert!(fs::metadata(&kept).is_ok());
    }

    #[test]
    fn the_lock_is_held_until_dropped() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let path = dir.path().join("lock");
        let held = RealDisk.lock(&path).expect("no error").expect("free");
        assert!(RealDisk.lock(&path).expect("no error").is_none());
        drop(held);
        // A child that another test is just starting has a copy of every open file until it becomes its program.
        let free = |_| {
            std::thread::yield_now();
            RealDisk.lock(&path).expect("no error").is_some()
        };
        assert!((0..100_000).any(free));
    }

    #[test]
    fn a_child_that_outlives_us_does_not_hold_the_lock() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let path = dir.path().join("lock");
        let held = RealDisk.lock(&path).expect("no error").expect("free");
        let spawn = crate::system::Spawn {
            program: "/bin/sleep".into(),
            args: vec!["60".into()],
            dir: "/".into(),
            survives: true,
            ..crate::system::Spawn::default()
        };
        let children = crate::system::children::RealChildren::default();
        let child = crate::system::Children::start(&children, &spawn).expect("started");
        drop(held);
        let open = fs::read_dir(format!("/proc/{}/fd", child.id())).map_or(0, |all| {
            let targets = all.flatten().filter_map(|it| fs::read_link(it.path()).ok());
            targets.filter(|it| *it == path).count()
        });
        let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).expect("a pid")).expect("a pid");
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("ours");
        assert_eq!(open, 0);
    }

    #[test]
    fn a_made_directory_says_where_it_began() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let made = RealDisk.make_dir(&dir.path().join("a/b/c"), 0o755).expect("made");
        assert_eq!(made, Some(dir.path().join("a")));
        assert_eq!(RealDisk.make_dir(&dir.path().join("a/b"), 0o755).expect("there"), None);
    }
}
