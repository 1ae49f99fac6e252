//! Files that belong together, as those of a program: one of them that somebody changed keeps them all.

use std::path::{Path, PathBuf};

use super::reverted::{Reverted, UndoContext};
use super::{Now, now};
use crate::digest::Digest;
use crate::disk_error::DiskError;

/// Where they are.
pub(super) fn paths<'a>(dir: &'a Path, files: &'a [(String, Digest)]) -> impl Iterator<Item = PathBuf> + 'a {
    files.iter().map(|it| dir.join(&it.0))
}

/// Removes them where each has what we wrote or is gone. With `copies`, each that was changed is copied there first.
pub(super) fn revert(
    context: &UndoContext<'_>,
    dir: &Path,
    files: &[(String, Digest)],
) -> Result<Reverted, DiskError> {
    let mut changed = Vec::new();
    for (name, wrote) in files {
        let path = dir.join(name);
        match now(context.look, &path)? {
            Now::Gone => {}
            Now::Bytes(it) if Digest::of(&it) == *wrote => {}
            Now::Bytes(it) if context.copies.is_some() => changed.push((path, it)),
            Now::Bytes(_) | Now::Other => return Ok(Reverted::ChangedByOthers(path)),
        }
    }
    let mut said = Reverted::Yes;
    for (path, bytes) in &changed {
        said = super::others::changed(context, path, bytes, None, &|| Ok(()))?;
    }
    for path in paths(dir, files) {
        if !matches!(now(context.look, &path)?, Now::Gone) {
            context.disk.remove(&path)?;
        }
    }
    Ok(said)
}
