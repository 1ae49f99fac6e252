//! Releases that nobody should begin with, and what stands in for each. Pure.

use crate::manifest::model::{Manifest, Replaced};
use crate::version::Version;

/// The module of the library.
pub(super) const FYNE: &str = "fyne.io/fyne/v2";

/// What is said of a release, if it is replaced. `package` is the module or a package in it.
pub(super) fn of<'m>(manifest: &'m Manifest, package: &str, version: &Version) -> Option<&'m Replaced> {
    let within = |module: &str| {
        package.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    manifest.replaced.iter().find(|it| it.version == *version && within(&it.module))
}

/// The release at the end of the chain of replacements.
pub(super) fn last<'m>(manifest: &'m Manifest, first: &'m Replaced) -> &'m Version {
    let mut by = &first.by;
    // No chain is longer than the list; a cycle is refused when a manifest is read, and must not hang us here.
    for _ in &manifest.replaced {
        match of(manifest, &first.module, by) {
            Some(next) => by = &next.by,
            None => break,
        }
    }
    by
}
