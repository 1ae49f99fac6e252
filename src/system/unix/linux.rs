//! What Linux has and other Unixes have not, or have in another shape. `apple` has the same names.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::Path;

use rustix::fs::{AtFlags, Gid, Mode, OFlags, Stat, StatVfs, StatVfsMountFlags, Uid};
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType};
use rustix::process::Signal;
use rustix::pty::OpenptFlags;

/// Who shows the windows of others here is the display server, and nobody is asked for a right.
pub(in crate::system) mod windows {
    use std::io;

    pub(in crate::system) const fn may_record() -> bool {
        false
    }

    #[expect(clippy::unnecessary_wraps, reason = "on a Mac it can fail")]
    pub(in crate::system) fn window_of(_: &str, _: u32) -> io::Result<Option<u32>> {
        Ok(None)
    }
}

/// The processor as Go and the manifest call it on this system (`x86_64`, `aarch64`).
pub(in crate::system) fn processor(machine: &str) -> &str {
    machine
}

/// The calling process is killed when the thread that started it ends. Async-signal-safe: it is one call.
pub(in crate::system) fn die_with_parent() -> io::Result<()> {
    Ok(rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?)
}

/// Whether `/proc` has a directory for each process.
pub(in crate::system) const PROC: bool = true;

/// Whether a process of this number is there.
#[expect(clippy::disallowed_methods, reason = "this is behind the door: it looks for it")]
pub(in crate::system) fn is_alive(pid: u32) -> bool {
    std::fs::symlink_metadata(format!("/proc/{pid}")).is_ok()
}

/// The signals that this process was started to ignore (`nohup`, `&` in a script), a bit each. Where nobody can tell, none.
#[expect(clippy::disallowed_methods, reason = "this is a door: everything else asks it")]
pub(in crate::system) fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|it| it.strip_prefix("SigIgn:"));
    mask.and_then(|it| u64::from_str_radix(it.trim(), 16).ok()).unwrap_or(0)
}

/// Kind and rights of an open file.
pub(in crate::system) fn mode(of: &Stat) -> u32 {
    of.st_mode
}

/// Rights as the system takes them.
pub(in crate::system) fn rights(mode: u32) -> Mode {
    Mode::from_raw_mode(mode)
}

/// Whether a device with this number is `/dev/null`.
pub(in crate::system) fn is_null(device: u64) -> bool {
    (rustix::fs::major(device), rustix::fs::minor(device)) == (1, 3)
}

/// A file that cannot be opened for reading, named without being opened.
pub(in crate::system) fn unreadable(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::PATH;
    Ok(rustix::fs::open(path, flags, Mode::empty())?)
}

/// Sets the rights of a file that is only named: by its name in /proc.
#[expect(clippy::disallowed_methods, reason = "this is behind the door: it changes for it")]
pub(in crate::system) fn set_rights_of_named(file: &OwnedFd, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let rights = std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(format!("/proc/self/fd/{}", file.as_raw_fd()), rights)
}

/// Gives a file that is open, or only named, to somebody.
pub(in crate::system) fn give(file: &OwnedFd, uid: Uid, gid: Gid) -> io::Result<()> {
    Ok(rustix::fs::chownat(file, "", Some(uid), Some(gid), AtFlags::EMPTY_PATH)?)
}

/// Whether nothing that lies at this place may be run.
pub(in crate::system) fn is_noexec(of: &StatVfs, _: &Path) -> bool {
    of.f_flag.contains(StatVfsMountFlags::NOEXEC)
}

/// All that was written below this directory is on the disk: one call for the file system instead of one for each of
/// 11,000 files.
#[expect(clippy::disallowed_types, reason = "this is behind the door: it opens for it")]
pub(in crate::system) fn sync_tree(dir: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(dir)?)?)
}

/// The address of a socket with a name that is in no file system.
pub(in crate::system) fn nameless(name: &str) -> io::Result<SocketAddrUnix> {
    Ok(SocketAddrUnix::new_abstract_name(name.as_bytes())?)
}

/// A socket of this machine that waits for nobody and that no child inherits.
pub(in crate::system) fn socket() -> io::Result<OwnedFd> {
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    Ok(rustix::net::socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None)?)
}

/// Our end of a new pseudo terminal, which no child inherits.
pub(in crate::system) fn terminal() -> rustix::io::Result<OwnedFd> {
    rustix::pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)
}
