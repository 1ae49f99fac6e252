//! Whether a file is ours alone, by its owner and its mode. Each directory from the root down is opened without following
//! links and looked at by the open file, so that nothing can change between the look and the use.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is behind the door: it looks for it"
)]

use std::fs::{self, File};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path};

use rustix::fs::{Mode, OFlags, RawMode};

use super::kernel;
use super::regular::Links;
use crate::disk_error::DiskError;
use crate::system::Kind;
use crate::system::own::fault;

/// Opens what lies at `path` below `root`, both of them and all between ours alone.
pub(in crate::system) fn open(root: &Path, path: &Path) -> io::Result<File> {
    let below = path.strip_prefix(root).map_err(io::Error::other)?;
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let mut fd = judged(root, false, rustix::fs::open(root, flags, Mode::empty()))?;
    let mut at = root.to_path_buf();
    // Below a directory that nobody else can enter, what Go makes with its user's umask is as private as the rest.
    let mut closed = false;
    for (depth, part) in below.components().enumerate() {
        let Component::Normal(name) = part else { return Err(io::ErrorKind::NotFound.into()) };
        closed |= kernel::mode(&rustix::fs::fstat(&fd)?).trailing_zeros() >= 6;
        at.push(name);
        fd = judged(&at, closed && depth > 1, rustix::fs::openat(&fd, name, flags, Mode::empty()))?;
    }
    Ok(fd.into())
}

fn judged(at: &Path, closed: bool, opened: rustix::io::Result<OwnedFd>) -> io::Result<OwnedFd> {
    let fd = opened.map_err(|error| match error {
        // That is how a link answers to NOFOLLOW.
        rustix::io::Errno::LOOP => DiskError::because(at, text!("own-link")).into(),
        other => io::Error::from(other),
    })?;
    seen(at, closed, &fd)?;
    Ok(fd)
}

/// What stands at a path, whose it is, and its mode; links are followed if they may be.
pub(in crate::system) fn whose(path: &Path, links: Links) -> io::Result<(Kind, u32, u32)> {
    let it = match links {
        Links::Followed => fs::metadata(path),
        Links::Refused => fs::symlink_metadata(path),
    }?;
    Ok((if it.is_dir() { Kind::Dir } else { Kind::Link }, it.uid(), it.mode()))
}

/// The number of who runs this.
pub(in crate::system) fn me() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Whether an open file is a regular one or a directory, ours, and written by nobody else.
pub(in crate::system) fn private(at: &Path, fd: impl AsFd) -> io::Result<()> {
    seen(at, false, fd)
}

fn seen(at: &Path, closed: bool, fd: impl AsFd) -> io::Result<()> {
    let stat = rustix::fs::fstat(&fd)?;
    let kind = match rustix::fs::FileType::from_raw_mode(stat.st_mode as RawMode) {
        rustix::fs::FileType::RegularFile => Kind::File,
        rustix::fs::FileType::Directory => Kind::Dir,
        _ => Kind::Other,
    };
    let me = rustix::process::geteuid().as_raw();
    let mode = if closed { 0 } else { kernel::mode(&stat) };
    match fault(kind, stat.st_uid, mode, me) {
        Some(why) => Err(DiskError::because(at, why).into()),
        None => Ok(()),
    }
}
