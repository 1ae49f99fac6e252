//! What Linux tells of a path, of room, and of who we are.

#![expect(clippy::disallowed_methods, reason = "this is behind the door: it looks for it")]

use std::fs::{self, Metadata};
use std::io::{self, IsTerminal};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::kernel;
use crate::system::{Identity, Kind, Space, Stat};

/// The environment of this process. Values that are not UTF-8 are read as well as can be.
pub(in crate::system) fn environment() -> impl Iterator<Item = (String, String)> {
    let lossy = |it: std::ffi::OsString| it.to_string_lossy().into_owned();
    std::env::vars_os().map(move |(name, value)| (lossy(name), lossy(value)))
}

/// Where a scratch directory may lie if not in our cache.
pub(in crate::system) fn temporary() -> Vec<PathBuf> {
    vec![std::env::temp_dir(), "/tmp".into()]
}

pub(in crate::system) fn stat(path: &Path) -> io::Result<Stat> {
    fs::symlink_metadata(path).map(|it| {
        let kind = if it.is_symlink() {
            Kind::Link
        } else if it.is_dir() {
            Kind::Dir
        } else if it.is_file() {
            Kind::File
        } else {
            Kind::Other
        };
        let may = |access| rustix::fs::access(path, access).is_ok();
        Stat {
            kind,
            mode: it.mode() & 0o7777,
            uid: it.uid(),
            gid: it.gid(),
            size: it.len(),
            modified: it.mtime(),
            inode: it.ino(),
            target: (kind == Kind::Link).then(|| fs::read_link(path).ok()).flatten(),
            writable: may(rustix::fs::Access::WRITE_OK),
            executable: may(rustix::fs::Access::EXEC_OK),
        }
    })
}

/// Mode and time of modification, for a summary of a tree.
pub(in crate::system) fn mode_and_time(of: &Metadata) -> (u32, i64) {
    (of.mode(), of.mtime())
}

pub(in crate::system) fn space(path: &Path) -> io::Result<Space> {
    let near = path.ancestors().find(|it| fs::symlink_metadata(it).is_ok()).unwrap_or(Path::new("/"));
    rustix::fs::statvfs(near).map_err(io::Error::from).map(|it| Space {
        files: (it.f_files > 0).then_some(it.f_favail),
        free: it.f_bavail.saturating_mul(it.f_frsize),
        read_only: it.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY),
        noexec: kernel::is_noexec(&it, near),
        no_links: false,
    })
}

pub(in crate::system) fn identity() -> Identity {
    let uname = rustix::system::uname();
    let text = |it: &std::ffi::CStr| it.to_string_lossy().into_owned();
    Identity {
        os: std::env::consts::OS.to_owned(),
        arch: kernel::processor(&text(uname.machine())).to_owned(),
        kernel: text(uname.release()),
        uid: rustix::process::geteuid().as_raw(),
        gid: rustix::process::getegid().as_raw(),
        groups: rustix::process::getgroups().unwrap_or_default().iter().map(|it| it.as_raw()).collect(),
        cwd: std::env::current_dir().unwrap_or_default(),
        executable: std::env::current_exe().unwrap_or_default(),
        cpus: std::thread::available_parallelism().map_or(1, usize::from),
        terminal: [io::stdin().is_terminal(), io::stdout().is_terminal(), io::stderr().is_terminal()],
        columns: [rustix::termios::tcgetwinsize(io::stdout()), rustix::termios::tcgetwinsize(io::stderr())]
            .into_iter()
            .find_map(|it| it.ok().map(|it| it.ws_col).filter(|it| *it > 0)),
        one_stream: one_stream(),
    }
}

/// Terminals are told apart by themselves.
fn one_stream() -> bool {
    let file = |it: rustix::io::Result<rustix::fs::Stat>| it.ok().map(|it| (it.st_dev, it.st_ino));
    let (out, err) = (rustix::fs::fstat(io::stdout()), rustix::fs::fstat(io::stderr()));
    let (out, err) = (file(out), file(err));
    out.is_some() && out == err && !io::stderr().is_terminal()
}

/// Whether an error says that nothing is there.
pub(in crate::system) fn is_absence(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionRefused, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | ConnectionRefused)
}
