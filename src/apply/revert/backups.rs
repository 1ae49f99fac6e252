//! What is kept of files that were changed goes once nothing needs it: a backup holds what the file held, a password too.

use std::collections::BTreeSet;

use crate::digest::Digest;
use crate::failure::Failure;
use crate::gather::Gather as _;
use crate::journal::undo::Undo;
use crate::journal::{self, Run, State};
use crate::places::Places;
use crate::system::{Disk, Look};

/// Removes the backups that no step has to be taken back with. Where a line of the journal cannot be read, nobody knows which
/// those are, and all stay.
pub fn clear(look: &dyn Look, disk: &dyn Disk, places: &Places) -> Result<(), Failure> {
    let (runs, unread) = journal::load(look, places)?;
    if !unread.is_empty() {
        return Ok(());
    }
    let needed = needed(&runs);
    let dir = places.backups();
    for name in look.list(&dir).into_here().unwrap_or_default() {
        if name.parse::<Digest>().is_ok_and(|it| !needed.contains(&it)) {
            disk.remove(&dir.join(name))?;
        }
    }
    Ok(())
}

fn needed(runs: &[Run]) -> BTreeSet<Digest> {
    let open = runs.iter().flat_map(|it| &it.steps).filter(|it| it.state != State::Undone);
    let digests = |undo: &Undo| match undo {
        Undo::Restore { was, wrote, .. } => vec![*was, *wrote],
        Undo::RemoveFile { wrote, .. } => wrote.iter().copied().collect(),
        _ => Vec::new(),
    };
    open.flat_map(|it| it.undo.iter().flat_map(digests)).into_set()
}
