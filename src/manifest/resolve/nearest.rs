//! The smallest change of constraints that can be had. Pure: a search over what the manifest names, never a table, and
//! every change that is proposed was resolved before.
//!
//! Smallest: the fewest options changed; of a Go, a newer one before an older one, for Go builds what older ones did; then
//! the nearest line, the newer of two that are as near, and of a line the newest release.

use std::cmp::Reverse;

use super::answer::answer;
use super::rules::Constraints;
use super::{go, replaced};
use crate::failure::Failure;
use crate::gather::Order as _;
use crate::manifest::model::Manifest;
use crate::version::{GoVersion, Version};

/// What would be typed instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Another `--go`.
    pub go: Option<GoVersion>,
    /// Another `--fyne`.
    pub fyne: Option<Version>,
}

impl Change {
    /// The constraints with this change.
    pub fn of(&self, constraints: &Constraints) -> Constraints {
        Constraints {
            go: self.go.or(constraints.go),
            fyne: self.fyne.clone().or_else(|| constraints.fyne.clone()),
            ..constraints.clone()
        }
    }

    /// As it is typed.
    pub fn typed(&self) -> String {
        let go = self.go.map(|it| format!("--go {it}"));
        let fyne = self.fyne.as_ref().map(|it| format!("--fyne {it}"));
        go.into_iter().chain(fyne).collect::<Vec<_>>().join(" ")
    }
}

/// A failure with what to type instead.
pub(super) fn hinted(failure: Failure, manifest: &Manifest, constraints: &Constraints) -> Failure {
    let changes = changes(manifest, constraints);
    let hint = match changes.as_slice() {
        [] => return failure,
        [one] => text!("resolve-try", change = one.typed()),
        [one, other, ..] => text!("resolve-try-either", change = one.typed(), other = other.typed()),
    };
    let hint = if forced(manifest, constraints) { text!("resolve-try-or-force", try = hint) } else { hint };
    failure.hint(hint)
}

/// The smallest changes: one of each option where one is enough, else one of both; empty where nothing helps.
pub(super) fn changes(manifest: &Manifest, constraints: &Constraints) -> Vec<Change> {
    let helps = |change: &Change| answer(manifest, &change.of(constraints)).is_ok();
    let (gos, fynes) = (gos(manifest, constraints), fynes(manifest, constraints));
    let go = gos.iter().map(|it| Change { go: Some(*it), fyne: None }).find(helps);
    // What a project requires is not the user's to type: another Fyne is proposed only where no other Go helps.
    let may_fyne = constraints.fyne.is_some() || constraints.project_fyne.is_none() || go.is_none();
    let fyne = || fynes.iter().map(|it| Change { go: None, fyne: Some((*it).clone()) }).find(helps);
    let one: Vec<_> = go.into_iter().chain(may_fyne.then(fyne).flatten()).collect();
    if !one.is_empty() {
        return one;
    }
    let pairs = fynes.iter().flat_map(|fyne| gos.iter().map(move |go| (*go, (*fyne).clone())));
    pairs.map(|(go, fyne)| Change { go: Some(go), fyne: Some(fyne) }).find(helps).into_iter().collect()
}

/// Every Go that could be asked for, the nearest of the newer ones first.
fn gos(manifest: &Manifest, constraints: &Constraints) -> Vec<GoVersion> {
    let wanted = constraints.go.unwrap_or(manifest.go.recommended);
    let bounds = [constraints.project_go, constraints.project_toolchain]
        .into_iter()
        .flatten()
        .map(GoVersion::as_release);
    let mut all: Vec<_> =
        go::named(manifest, constraints).chain(bounds).filter(|it| Some(*it) != constraints.go).collect();
    all.order_by_key(|it| {
        let (a, b) = (it.line(), wanted.line());
        (*it < wanted, apart((a.0.into(), a.1.into()), (b.0.into(), b.1.into())), Reverse(*it))
    });
    all.dedup();
    all
}

/// Every Fyne that may be proposed, nearest first.
fn fynes<'m>(manifest: &'m Manifest, constraints: &Constraints) -> Vec<&'m Version> {
    let fit = |it: &&Version| it.is_release() && replaced::of(manifest, replaced::FYNE, it).is_none();
    let mut all: Vec<_> = manifest.fyne.iter().flat_map(|row| &row.versions).filter(fit).collect();
    let Some(newest) = all.iter().max().copied() else { return Vec::new() };
    let wanted = constraints.fyne.as_ref().or(constraints.project_fyne.as_ref()).unwrap_or(newest);
    all.order_by_key(|it| (apart(it.line(), wanted.line()), *it < wanted, Reverse(*it)));
    all.dedup();
    all
}

/// How far two release lines are from each other.
fn apart(a: (u64, u64), b: (u64, u64)) -> (u64, u64) {
    if a.0 == b.0 { (0, a.1.abs_diff(b.1)) } else { (a.0.abs_diff(b.0), 0) }
}

/// Whether `--force` would take what was asked for.
fn forced(manifest: &Manifest, constraints: &Constraints) -> bool {
    // A Fyne that is not in the manifest most likely does not exist at all.
    let named = |it: &Version| manifest.fyne.iter().any(|row| row.versions.contains(it));
    let known = constraints.fyne.as_ref().is_none_or(named);
    known && answer(manifest, &Constraints { force: true, ..constraints.clone() }).is_ok()
}
