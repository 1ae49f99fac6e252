//! Who is at work with a package manager: who holds a lock of one, whose number one wrote down, and whether anybody uses the
//! file that is a lock by being there.

use std::path::{Path, PathBuf};

use super::programs;
use crate::facts::locks;
use crate::packages::{self, LastingLock, PackageManager};
use crate::system::Look;

/// The process that is at work, if any: `dnf (pid 812)`.
pub fn packages(look: &dyn Look) -> Option<String> {
    let pid = by_lock(look).or_else(|| by_number(look)).or_else(|| by_file(look))?;
    Some(match comm(look, pid) {
        Some(name) => format!("{name} (pid {pid})"),
        None => format!("pid {pid}"),
    })
}

fn by_lock(look: &dyn Look) -> Option<u32> {
    let held = text(look, "/proc/locks")?;
    let files = packages::ALL.iter().flat_map(|it| it.locks());
    let inodes = files.filter_map(|it| look.stat(Path::new(it)).into_here()).map(|it| it.inode);
    inodes.filter(|it| *it != 0).find_map(|inode| locks::holder(&held, inode))
}

/// A number that nobody has any more was left behind, and means nothing.
fn by_number(look: &dyn Look) -> Option<u32> {
    let files = packages::ALL.iter().flat_map(|it| it.pids());
    let pid = |it: &&str| text(look, it)?.trim().parse::<u32>().ok().filter(|pid| comm(look, *pid).is_some());
    files.into_iter().find_map(pid)
}

fn by_file(look: &dyn Look) -> Option<u32> {
    packages::ALL.iter().filter_map(|it| it.lasting_lock()).find_map(|it| user(look, it).ok().flatten())
}

/// The lock of a manager that is there although nothing uses it. Where that cannot be told there is none.
pub fn left_lock(look: &dyn Look, manager: &dyn PackageManager) -> Option<PathBuf> {
    let lock = manager.lasting_lock()?;
    let left = look.stat(Path::new(lock.path)).is_here() && user(look, lock) == Ok(None);
    left.then(|| lock.path.into())
}

/// Nobody can say whether a lock is used.
#[derive(Debug, PartialEq, Eq)]
struct Unseen;

/// The process that uses a lock: one of the programs that take it, or one that has it open. Only root sees what is open, so
/// that for others a lock is unused only where it is older than the running system.
fn user(look: &dyn Look, lock: &LastingLock) -> Result<Option<u32>, Unseen> {
    let Some(stat) = look.stat(Path::new(lock.path)).into_here() else { return Ok(None) };
    let pids: Vec<u32> = look
        .list(Path::new("/proc"))
        .into_here()
        .ok_or(Unseen)?
        .iter()
        .filter_map(|it| it.parse().ok())
        .collect();
    let takes = |pid: &u32| comm(look, *pid).is_some_and(|it| lock.users.contains(&it.as_str()));
    if let Some(pid) = pids.iter().copied().find(takes) {
        return Ok(Some(pid));
    }
    if look.identity().uid != 0 {
        return if booted(look).is_some_and(|it| stat.modified < it) { Ok(None) } else { Err(Unseen) };
    }
    let open = |pid: &u32| {
        let dir = PathBuf::from(format!("/proc/{pid}/fd"));
        let files = look.list(&dir).into_here().unwrap_or_default();
        let target = |it: &String| look.stat(&dir.join(it)).into_here().and_then(|it| it.target);
        files.iter().filter_map(target).any(|it| it == Path::new(lock.path))
    };
    Ok(pids.into_iter().find(open))
}

/// When this system was started, in seconds.
fn booted(look: &dyn Look) -> Option<i64> {
    text(look, "/proc/stat")?.lines().find_map(|it| it.strip_prefix("btime "))?.trim().parse().ok()
}

fn comm(look: &dyn Look, pid: u32) -> Option<String> {
    text(look, &format!("/proc/{pid}/comm")).and_then(|it| programs::first_line(&it))
}

fn text(look: &dyn Look, path: &str) -> Option<String> {
    look.read_text(Path::new(path)).into_here().map(|it| String::from_utf8_lossy(&it).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    #[test]
    fn who_holds_a_lock_of_a_manager_is_named() {
        for manager in packages::ALL.iter().filter(|it| !it.locks().is_empty()) {
            let lock = manager.locks()[0];
            let mut machine = Machine::linux()
                .file("/proc/locks", "1: POSIX  ADVISORY  WRITE 812 08:01:131 0 EOF\n")
                .file("/proc/812/comm", "unattended-upgr\n")
                .file(lock, "");
            assert_eq!(packages(&machine), None);
            machine.inodes.insert(lock.into(), 131);
            assert_eq!(packages(&machine).as_deref(), Some("unattended-upgr (pid 812)"), "{lock}");
        }
    }

    #[test]
    fn whose_number_is_written_down_is_named_while_it_lives() {
        let machine = Machine::linux().file("/run/zypp.pid", "77\n");
        assert_eq!(packages(&machine), None, "it is gone");
        let machine = machine.file("/proc/77/comm", "packagekitd\n");
        assert_eq!(packages(&machine).as_deref(), Some("packagekitd (pid 77)"));
    }

    #[test]
    fn a_lock_that_nothing_uses_was_left_behind() {
        let pacman = packages::by_name("pacman").expect("known");
        let path = pacman.lasting_lock().expect("it has one").path;
        let left = |it: &Machine| left_lock(it, pacman);
        let machine =
            Machine::linux().file("/proc/5/comm", "bash\n").file("/proc/stat", "cpu 1 2\nbtime 1000\n");
        assert_eq!((left(&machine), packages(&machine)), (None, None), "there is none");
        let machine = machine.file(path, "");
        assert_eq!((left(&machine), packages(&machine)), (Some(path.into()), None));
        let at_work = machine.clone().file("/proc/6/comm", "pamac-daemon\n");
        assert_eq!((left(&at_work), packages(&at_work).as_deref()), (None, Some("pamac-daemon (pid 6)")));
        let open = machine.clone().link("/proc/5/fd/3", path);
        assert_eq!((left(&open), packages(&open).as_deref()), (None, Some("bash (pid 5)")));
        let mut user = machine;
        user.identity.uid = 1000;
        user.times.insert(path.into(), 2000);
        assert_eq!(left(&user), None, "what root's processes have open is not to be seen");
        user.times.insert(path.into(), 999);
        assert_eq!(left(&user), Some(path.into()), "it is older than the running system");
    }
}
