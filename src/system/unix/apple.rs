//! What macOS has in the place of what only Linux has. `linux` has the same names. It compiles for both kinds of Mac; none has
//! run it yet.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Gid, Mode, OFlags, RawMode, Stat, StatVfs, Uid};
use rustix::net::{AddressFamily, SocketAddrUnix, SocketType};
use rustix::process::Pid;
use rustix::pty::OpenptFlags;

pub(in crate::system) mod windows;

/// The processor as Go and the manifest call it on this system (`x86_64`, `aarch64`).
pub(in crate::system) fn processor(machine: &str) -> &str {
    if machine == "arm64" { "aarch64" } else { machine }
}

/// macOS has no signal for the death of a parent. What we started ends when a signal ends us (`groups`), and outlives us where
/// we are killed outright.
#[expect(clippy::unnecessary_wraps, reason = "on Linux it can fail")]
pub(in crate::system) fn die_with_parent() -> io::Result<()> {
    Ok(())
}

/// Whether `/proc` has a directory for each process.
pub(in crate::system) const PROC: bool = false;

/// Whether a process of this number is there: somebody else's says that it may not be asked.
pub(in crate::system) fn is_alive(pid: u32) -> bool {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    pid.is_some_and(|it| {
        !matches!(
            rustix::process::test_kill_process(it),
            Err(rustix::io::Errno::SRCH | rustix::io::Errno::INVAL)
        )
    })
}

/// The signals that this process was started to ignore (`nohup`, `&` in a script), a bit each, of those that we watch.
pub(in crate::system) fn ignored_signals() -> u64 {
    [libc::SIGHUP, libc::SIGINT, libc::SIGTERM]
        .iter()
        .filter(|it| is_ignored(**it))
        .map(|it| 1 << (it - 1))
        .sum()
}

fn is_ignored(signal: libc::c_int) -> bool {
    // SAFETY: zeros are a valid `sigaction`; without a new action the call only fills the old one in.
    #[expect(unsafe_code, reason = "what a process inherited is told by this call alone")]
    unsafe {
        let mut old: libc::sigaction = std::mem::zeroed();
        libc::sigaction(signal, std::ptr::null(), &raw mut old) == 0 && old.sa_sigaction == libc::SIG_IGN
    }
}

/// Kind and rights of an open file.
pub(in crate::system) fn mode(of: &Stat) -> u32 {
    of.st_mode.into()
}

/// Rights as the system takes them.
pub(in crate::system) fn rights(mode: u32) -> Mode {
    // A mode has 16 bits here, and rights 12.
    Mode::from_raw_mode((mode & 0o7777) as RawMode)
}

/// Whether a device with this number is `/dev/null`: major 3, minor 2 (xnu, `bsd/dev/memdev.c`), as `makedev` packs them.
pub(in crate::system) fn is_null(device: u64) -> bool {
    device == 3 << 24 | 2
}

/// A file that cannot be opened for reading. There is no way to name it without opening it here, so its owner is let in first.
pub(in crate::system) fn unreadable(path: &Path) -> io::Result<OwnedFd> {
    rustix::fs::chmodat(CWD, path, Mode::RUSR | Mode::XUSR, AtFlags::SYMLINK_NOFOLLOW)?;
    let flags = OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    Ok(rustix::fs::open(path, flags, Mode::empty())?)
}

/// No file is only named here.
pub(in crate::system) fn set_rights_of_named(_: &OwnedFd, _: u32) -> io::Result<()> {
    Err(rustix::io::Errno::BADF.into())
}

/// Gives an open file to somebody.
pub(in crate::system) fn give(file: &OwnedFd, uid: Uid, gid: Gid) -> io::Result<()> {
    Ok(rustix::fs::fchown(file, Some(uid), Some(gid))?)
}

/// Whether nothing that lies at this place may be run (`MNT_NOEXEC`, `sys/mount.h`); statvfs does not tell it here.
pub(in crate::system) fn is_noexec(_: &StatVfs, at: &Path) -> bool {
    rustix::fs::statfs(at).is_ok_and(|it| it.f_flags & 4 != 0)
}

/// All that was written below this directory is on the disk. `fsync` hands a file to the drive and does not wait for its
/// cache, so that many cost little; what waits for the whole cache is asked once, at the end (as `git` does it with
/// `core.fsyncMethod=batch`).
#[expect(clippy::disallowed_types, reason = "this is behind the door: it opens for it")]
pub(in crate::system) fn sync_tree(dir: &Path) -> io::Result<()> {
    handed_over(dir)?;
    Ok(rustix::fs::fcntl_fullfsync(std::fs::File::open(dir)?)?)
}

#[expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is behind the door: it opens for it"
)]
fn handed_over(dir: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            handed_over(&entry.path())?;
        } else if kind.is_file() {
            rustix::fs::fsync(std::fs::File::open(entry.path())?)?;
        }
    }
    Ok(rustix::fs::fsync(std::fs::File::open(dir)?)?)
}

/// Every socket has its name in a file system here.
pub(in crate::system) fn nameless(_: &str) -> io::Result<SocketAddrUnix> {
    Err(io::ErrorKind::NotFound.into())
}

/// A socket of this machine that waits for nobody and that no child inherits.
pub(in crate::system) fn socket() -> io::Result<OwnedFd> {
    let socket = rustix::net::socket(AddressFamily::UNIX, SocketType::STREAM, None)?;
    rustix::io::ioctl_fioclex(&socket)?;
    rustix::io::ioctl_fionbio(&socket, true)?;
    Ok(socket)
}

/// Our end of a new pseudo terminal, which no child inherits.
pub(in crate::system) fn terminal() -> rustix::io::Result<OwnedFd> {
    let ours = rustix::pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    rustix::io::ioctl_fioclex(&ours)?;
    Ok(ours)
}
