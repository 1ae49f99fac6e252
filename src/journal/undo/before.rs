//! What is made before an act: its undo, and the bytes that the undo needs, kept in the backups under their digest.

use std::path::Path;

use super::Undo;
use crate::digest::Digest;
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::journal::merge;
use crate::system::{Disk, Look};

/// What is there before a file gets these bytes: its undo, with all that the undo needs put into the backups: the old
/// bytes, and ours, so that they can be told from what others add. `path` is no link.
pub fn before_edit(
    look: &dyn Look,
    disk: &dyn Disk,
    backups: &Path,
    path: &Path,
    bytes: &[u8],
) -> Result<Vec<Undo>, DiskError> {
    let wrote = Digest::of(bytes);
    let undo = before_write(look, disk, backups, path, wrote)?;
    if !undo.is_empty() && bytes.len() <= merge::LARGEST {
        keep(look, disk, backups, wrote, bytes)?;
    }
    Ok(undo)
}

/// What is there before a file is written: its undo, with its bytes put into the backups. `path` is no link. For texts
/// of people's, see [`before_edit`].
pub fn before_write(
    look: &dyn Look,
    disk: &dyn Disk,
    backups: &Path,
    path: &Path,
    wrote: Digest,
) -> Result<Vec<Undo>, DiskError> {
    match look.stat(path) {
        Fact::Unknown(why) => Err(DiskError::because(path, why)),
        Fact::Absent => Ok([Undo::RemoveFile { path: path.to_owned(), wrote: Some(wrote) }]
            .into_iter()
            .chain(missing_dirs(look, path))
            .collect()),
        Fact::Here(stat) => {
            let bytes = match look.read(path) {
                Fact::Here(bytes) => bytes,
                Fact::Absent => return Err(DiskError::because(path, text!("disk-went-away"))),
                Fact::Unknown(why) => return Err(DiskError::because(path, why)),
            };
            let was = Digest::of(&bytes);
            if was == wrote {
                return Ok(Vec::new()); // found as it should be: not ours to take away
            }
            keep(look, disk, backups, was, &bytes)?;
            // What it is worth besides stays with the file: no journal gives it to one.
            let (mode, uid, gid) = (stat.mode & 0o777, stat.uid, stat.gid);
            Ok(vec![Undo::Restore { path: path.to_owned(), was, mode, uid, gid, wrote }])
        }
    }
}

/// The undo of making every directory above `path` that is not there yet, the lowest first.
pub fn missing_dirs(look: &dyn Look, path: &Path) -> Vec<Undo> {
    let missing = path.ancestors().skip(1).take_while(|it| look.stat(it).is_absent());
    missing.map(|it| Undo::RemoveDir { path: it.to_owned() }).collect()
}

/// Keeps bytes under their digest.
fn keep(
    look: &dyn Look,
    disk: &dyn Disk,
    backups: &Path,
    digest: Digest,
    bytes: &[u8],
) -> Result<(), DiskError> {
    if kept(look, backups, digest).is_some() {
        return Ok(());
    }
    disk.make_dir(backups, 0o700)?;
    disk.write(&backups.join(digest.to_string()), bytes, Some(0o600))
}

/// Bytes from the backups, if they are what they were.
pub(super) fn kept(look: &dyn Look, backups: &Path, digest: Digest) -> Option<Vec<u8>> {
    look.read(&backups.join(digest.to_string())).into_here().filter(|it| Digest::of(it) == digest)
}

impl Undo {
    /// What the file held, nothing where it was absent, and what we made of that; where both are still to be had.
    pub fn ends(&self, look: &dyn Look, backups: &Path) -> Option<(Vec<u8>, Vec<u8>)> {
        let (path, old, wrote) = match self {
            Self::Restore { path, was, wrote, .. } => (path, kept(look, backups, *was)?, Some(*wrote)),
            Self::RemoveFile { path, wrote } => (path, Vec::new(), *wrote),
            _ => return None,
        };
        let ours = |it: &Vec<u8>| wrote.is_none_or(|wrote| Digest::of(it) == wrote);
        let now = || look.read(path).into_here().filter(ours);
        Some((old, wrote.and_then(|it| kept(look, backups, it)).or_else(now)?))
    }
}
