//! What becomes of a file that somebody else changed since.

use std::path::Path;

use super::reverted::{Reverted, UndoContext};
use crate::digest::Digest;
use crate::disk_error::DiskError;

/// A file that somebody else changed too: our lines go where they can be told from theirs; else it is left alone, or,
/// where that is meant, taken back after a copy was made.
pub(super) fn changed(
    context: &UndoContext<'_>,
    path: &Path,
    bytes: &[u8],
    merged: Option<Vec<u8>>,
    take_back: &dyn Fn() -> Result<(), DiskError>,
) -> Result<Reverted, DiskError> {
    if let Some(merged) = merged {
        if merged != bytes {
            context.disk.write(path, &merged, None)?;
        }
        return Ok(Reverted::Merged(path.to_owned()));
    }
    let Some(copies) = context.copies else { return Ok(Reverted::ChangedByOthers(path.to_owned())) };
    let digest = Digest::of(bytes).to_string();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let copy = copies.join(format!("{}-{}", &digest[..12], name.trim_start_matches('.')));
    context.disk.make_dir(copies, 0o700)?;
    context.disk.write(&copy, bytes, Some(0o600))?;
    take_back()?;
    Ok(Reverted::Copied(path.to_owned(), copy))
}
