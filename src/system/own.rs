//! What is ours alone: below our directories nothing is believed that somebody else owns, may write, or put a link in the way
//! of. Each directory from the root down is opened without following links and looked at by the open file, so that
//! nothing can change between the look and the use. What stands above our roots is people's.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Component, Path};

use rustix::fs::{Mode, OFlags, RawMode};

use super::{Kind, Stat};
use crate::disk_error::DiskError;
use crate::text::Text;

/// Why something of ours is not ours alone; nothing where it is.
pub fn fault(kind: Kind, owner: u32, mode: u32, me: u32) -> Option<Text> {
    match kind {
        Kind::Link => Some(text!("own-link")),
        Kind::Other => Some(text!("own-kind")),
        _ if owner != me => Some(text!("own-owner", owner = i64::from(owner))),
        _ if mode & 0o022 != 0 => Some(text!("own-writable", mode = format!("{:04o}", mode & 0o7777))),
        _ => None,
    }
}

/// The same for what was looked at.
pub fn stat_fault(stat: &Stat, me: u32) -> Option<Text> {
    fault(stat.kind, stat.uid, stat.mode, me)
}

/// Whether nobody but its owner, root and the owner's own group can rename what lies in a directory.
pub fn keeps(owner: u32, mode: u32, me: u32) -> bool {
    (owner == me || owner == 0) && (mode & 0o002 == 0 || mode & 0o1000 != 0)
}

/// Opens what lies at `path` below `root`, both of them and all between ours alone.
pub(super) fn open(root: &Path, path: &Path) -> io::Result<OwnedFd> {
    let below = path.strip_prefix(root).map_err(io::Error::other)?;
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let mut fd = judged(root, false, rustix::fs::open(root, flags, Mode::empty()))?;
    let mut at = root.to_path_buf();
    // Below a directory that nobody else can enter, what Go makes with its user's umask is as private as the rest.
    let mut closed = false;
    for (depth, part) in below.components().enumerate() {
        let Component::Normal(name) = part else { return Err(io::ErrorKind::NotFound.into()) };
        closed |= rustix::fs::fstat(&fd)?.st_mode.trailing_zeros() >= 6;
        at.push(name);
        fd = judged(&at, closed && depth > 1, rustix::fs::openat(&fd, name, flags, Mode::empty()))?;
    }
    Ok(fd)
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

/// Whether an open file is a regular one or a directory, ours, and written by nobody else.
pub(super) fn private(at: &Path, fd: impl AsFd) -> io::Result<()> {
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
    let mode = if closed { 0 } else { stat.st_mode };
    match fault(kind, stat.st_uid, mode, me) {
        Some(why) => Err(DiskError::because(at, why).into()),
        None => Ok(()),
    }
}

/// A word that nobody can guess, for names of files that are made.
pub fn unguessable() -> String {
    use std::hash::{BuildHasher, Hasher, RandomState};
    // The keys come from the operating system; two states, for they are counted on within a thread.
    let word = |salt: u64| {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u64(salt);
        hasher.finish()
    };
    format!("{:016x}", word(u64::from(std::process::id())) ^ word(1).rotate_left(32))
}
