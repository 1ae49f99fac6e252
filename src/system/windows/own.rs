//! Whether a file is ours alone, by its owner and its access list. Each directory from the root down is opened without
//! following links, and none can be renamed while the next is opened, so that nothing can change between the look and the
//! use.

#![expect(clippy::disallowed_types, reason = "this is behind the door: it looks for it")]

use std::fs::File;
use std::io;
use std::os::windows::fs::MetadataExt;
use std::path::{Component, Path};

use windows_sys::Win32::Storage::FileSystem::{FILE_ATTRIBUTE_READONLY, FILE_GENERIC_READ, READ_CONTROL};

use super::regular::Links;
use super::{file, path as paths, security};
use crate::disk_error::DiskError;
use crate::system::Kind;
use crate::system::acl::{self, Seen};
use crate::system::own::fault;
use crate::system::windows_path::is_program;

/// Who runs this is "ours" here ([`acl`]).
pub(in crate::system) fn me() -> u32 {
    0
}

/// What stands at a path, whose it is, and its mode; links are followed if they may be.
pub(in crate::system) fn whose(path: &Path, links: Links) -> io::Result<(Kind, u32, u32)> {
    seen(path, &file::named(path, links == Links::Followed, READ_CONTROL, false)?)
}

/// The same of an open file (`READ_CONTROL`).
pub(in crate::system) fn seen(path: &Path, file: &File) -> io::Result<(Kind, u32, u32)> {
    let about = file.metadata()?;
    let kind = paths::kind(&about);
    let (owner, list) = security::owner_and_list(file)?;
    let (owner, mode) = acl::owner_and_mode(&Seen {
        owner: &owner,
        list: list.as_deref(),
        me: &security::user()?.sid,
        dir: kind == Kind::Dir,
        read_only: about.file_attributes() & FILE_ATTRIBUTE_READONLY != 0,
        program: path.file_name().is_some_and(|it| is_program(&it.to_string_lossy())),
    });
    Ok((kind, owner, mode))
}

/// Opens what lies at `path` below `root`, both of them and all between ours alone.
pub(in crate::system) fn open(root: &Path, path: &Path) -> io::Result<File> {
    let below = path.strip_prefix(root).map_err(io::Error::other)?;
    let parts: Vec<Component> = below.components().collect();
    let mut at = root.to_path_buf();
    let mut held = Vec::new();
    // Below a directory that nobody else can enter, what Go makes is as private as the rest.
    let mut closed = false;
    for depth in 0..=parts.len() {
        if let Some(part) = depth.checked_sub(1).map(|it| parts[it]) {
            let Component::Normal(name) = part else { return Err(io::ErrorKind::NotFound.into()) };
            at.push(name);
        }
        let last = depth == parts.len();
        let file = file::named(&at, false, READ_CONTROL | FILE_GENERIC_READ, !last)?;
        let mode = judged(&at, closed && depth > 1, &file)?;
        closed |= super::made::is_private(mode);
        held.push(file);
    }
    held.pop().ok_or_else(|| io::ErrorKind::NotFound.into())
}

fn judged(at: &Path, closed: bool, file: &File) -> io::Result<u32> {
    let (kind, owner, mode) = seen(at, file)?;
    match fault(kind, owner, if closed { 0 } else { mode }, me()) {
        Some(why) => Err(DiskError::because(at, why).into()),
        None => Ok(mode),
    }
}

/// Whether an open file is a regular one or a directory, ours, and written by nobody else.
pub(in crate::system) fn private(at: &Path, file: &File) -> io::Result<()> {
    judged(at, false, file).map(drop)
}
