//! Go: downloaded, verified whole and unpacked in staging, then renamed into place; `current` switches in one step.

use std::path::{Path, PathBuf};

use super::{Prepared, Site};
use crate::apply::undo::Undo;
use crate::facts::Fact;
use crate::failure::Failure;
use crate::version::GoVersion;

/// A Go of ours beside the others.
pub fn install<'s>(
    _id: u32,
    _site: &'s Site<'s>,
    _version: GoVersion,
    _root: &Path,
) -> Result<Prepared<'s>, Failure> {
    Err(Failure::new("x", crate::failure::Exit::Failed, text!("apply-interrupted")))
}

/// `current` names another Go.
pub fn switch<'s>(site: &'s Site<'s>, root: &Path, link: &Path) -> Prepared<'s> {
    let was = site.system.look.stat(link).into_here().and_then(|it| it.target);
    let undo = Undo::Relink { path: link.to_owned(), was };
    // Below our own directory the link says only `go/1.27.4`, so that the directory can be moved.
    let target = link.parent().and_then(|it| root.strip_prefix(it).ok()).unwrap_or(root).to_path_buf();
    let link = link.to_path_buf();
    Prepared::new(vec![undo], move || Ok(site.system.disk.link(&target, &link)?))
}

/// Puts a verified tree in its place. What stood there (a damaged one of ours) goes only when the new one is there.
pub fn place(site: &Site<'_>, staged: &Path, root: &Path) -> Result<(), Failure> {
    let (look, disk) = (site.system.look, site.system.disk);
    if let Some(parent) = root.parent() {
        disk.make_dir(parent, 0o755)?;
    }
    let old: Option<PathBuf> = match look.stat(root) {
        Fact::Absent => None,
        _ => Some(site.places.staging().join(format!("old-{}", look.ticks()))),
    };
    if let Some(old) = &old {
        disk.rename(root, old)?;
    }
    disk.rename(staged, root)?;
    if let Some(old) = &old {
        disk.remove_tree(old)?;
    }
    Ok(())
}
