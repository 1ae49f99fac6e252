//! Replacements: each leads to a release that is known, and none in a circle. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::model::{Manifest, Replaced};
use super::Faults;
use crate::failure::Code;
use crate::version::Version;

/// The library's module.
const FYNE: &str = "fyne.io/fyne/v2";

type By<'m> = BTreeMap<(&'m str, &'m Version), &'m Version>;

pub fn judge(manifest: &Manifest, faults: &mut Faults) {
    let mut by = By::new();
    for (at, it) in manifest.replaced.iter().enumerate() {
        if by.insert((&it.module, &it.version), &it.by).is_some() {
            let message = text!("manifest-replaced-twice", module = &it.module, version = &it.version);
            faults.add(Code::ManifestDuplicate, format!("replaced.{at}"), message);
        }
    }
    let mut told = BTreeSet::new();
    for (at, it) in manifest.replaced.iter().enumerate() {
        if !by.contains_key(&(&it.module, &it.by)) && !is_known(manifest, &it.module, &it.by) {
            let message =
                text!("manifest-replaced-unknown", module = &it.module, version = &it.version, by = &it.by);
            faults.add(Code::ManifestReplaced, format!("replaced.{at}.by"), message);
        }
        let circle = circle(it, &by);
        if !circle.is_empty() && circle.iter().all(|it| !told.contains(it)) {
            let versions: Vec<_> = circle.iter().chain(circle.first()).map(|it| it.1.to_string()).collect();
            let message = text!("manifest-cycle", module = &it.module, circle = versions.join(" → "));
            faults.add(Code::ManifestCycle, format!("replaced.{at}"), message);
            told.extend(circle);
        }
    }
}

/// Whether a release exists, as far as the rows tell: they name all of the library, with which its packages come, and
/// of a CLI the newest that is known.
fn is_known(manifest: &Manifest, module: &str, version: &Version) -> bool {
    let within = |package: &str, module: &str| {
        package.strip_prefix(module).is_some_and(|it| it.is_empty() || it.starts_with('/'))
    };
    if within(module, FYNE) {
        return manifest.fyne.iter().any(|row| row.versions.contains(version));
    }
    let clis = manifest.fyne.iter().flat_map(|it| &it.cli).filter(|it| within(&it.module, module));
    clis.map(|it| &it.version).max().is_some_and(|newest| version <= newest)
}

/// The releases that one leads to and that lead back to it; none where they do not.
fn circle<'m>(from: &'m Replaced, by: &By<'m>) -> Vec<(&'m str, &'m Version)> {
    let start = (from.module.as_str(), &from.version);
    let mut way = vec![start];
    let mut seen = BTreeSet::from([start]);
    while let Some(next) = way.last().and_then(|it| by.get(it)) {
        let next = (start.0, *next);
        if next == start {
            return way;
        }
        // A circle further on, which its own entries tell of.
        if !seen.insert(next) {
            break;
        }
        way.push(next);
    }
    Vec::new()
}
