//! A damaged Go, from the archive of its own version.

use std::path::Path;

use super::{Pair, Prepared, StepContext, Tree};
use crate::apply::steps::go::staged;
use crate::failure::{Code, Failure};
use crate::version::GoVersion;

/// A tree of which more than one file in so many has other contents was not made from this archive.
const MOST: usize = 4;

/// Restores a Go.
pub fn go<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    version: GoVersion,
    root: &'s Path,
    extra: &'s [String],
) -> Result<Prepared<'s>, Failure> {
    let staged = staged(id, site, version)?;
    let compared = pair(site, staged.root(), root, extra).compare()?;
    let (changed, count) = (compared.changed(), compared.wrong.len());
    if changed * MOST > compared.files {
        let message = text!("apply-go-of-another-make", root = root, version = version);
        return Err(Failure::new(Code::GoAnotherMake, message));
    }
    let backups = site.places.backups();
    let undo = pair(site, staged.root(), root, extra).undo(&backups, &compared.wrong)?;
    Ok(Prepared::new(undo, move || {
        pair(site, staged.root(), root, extra).place(&compared.wrong)?;
        site.events.note(&match changed {
            0 => text!("apply-go-restored", root = root, count = count),
            _ => text!("apply-go-restored-kept", root = root, count = count, backups = backups),
        });
        Ok(())
    }))
}

const fn pair<'a>(
    site: &'a StepContext<'_>,
    proven: &'a Path,
    root: &'a Path,
    extra: &'a [String],
) -> Pair<'a> {
    Pair { tree: Tree::Go, system: site.system, proven, root, extra }
}
