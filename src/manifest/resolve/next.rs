//! The next best answer, and what would have to change for it. Pure.

use super::answer::{Answer, answer};
use super::rules::Constraints;
use super::{go, replaced};
use crate::gather::Order as _;
use crate::manifest::model::Manifest;
use crate::text::Text;
use crate::version::{GoVersion, ModuleVersion, Version};

/// The answer that would come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextBest {
    /// Its Go.
    pub go: GoVersion,
    /// Its Fyne.
    pub fyne: Version,
    /// Its CLI.
    pub cli: ModuleVersion,
    /// What to do for it.
    pub change: Text,
}

/// Constraints that differ in one thing, and what to do for that.
type Candidate = (Constraints, Text);

/// The first other answer of these: the release that stands in for a replaced one, the constraints without `--go`, the
/// same Fyne with another safe Go, the constraints without `--fyne`, the best release of the next line.
pub(super) fn best(manifest: &Manifest, constraints: &Constraints, found: &Answer<'_>) -> Option<NextBest> {
    // Force was for what was asked; nothing is worth proposing that needs it.
    let constraints = &Constraints { force: false, ..constraints.clone() };
    let mut candidates = instead(manifest, constraints, found)
        .into_iter()
        .chain(without_go(constraints))
        .chain(other_go(manifest, constraints))
        .chain(without_fyne(constraints))
        .chain(other_line(manifest, constraints));
    candidates.find_map(|(changed, change)| {
        let other = answer(manifest, &changed).ok().filter(|it| it.versions() != found.versions())?;
        Some(NextBest { go: other.go, cli: other.cli.at_version(), fyne: other.fyne, change })
    })
}

fn instead(manifest: &Manifest, constraints: &Constraints, found: &Answer<'_>) -> Option<Candidate> {
    let replaced = replaced::of(manifest, replaced::FYNE, &found.fyne)?;
    let by = replaced::last(manifest, replaced);
    Some(if constraints.fyne.is_some() {
        with_fyne(constraints, by)
    } else {
        let command = format!("go get {}@v{by}", replaced::FYNE);
        let changed = Constraints { project_fyne: Some(by.clone()), ..constraints.clone() };
        (changed, text!("resolve-in-project", command = command))
    })
}

fn without_go(constraints: &Constraints) -> Option<Candidate> {
    constraints.go.map(|_| (Constraints { go: None, ..constraints.clone() }, text!("resolve-without-go")))
}

fn without_fyne(constraints: &Constraints) -> Option<Candidate> {
    constraints
        .fyne
        .as_ref()
        .map(|_| (Constraints { fyne: None, ..constraints.clone() }, text!("resolve-without-fyne")))
}

fn other_go(manifest: &Manifest, constraints: &Constraints) -> impl Iterator<Item = Candidate> {
    let mut all: Vec<_> = manifest.go.floor.iter().copied().chain([manifest.go.recommended]).collect();
    all.retain(|it| go::is_safe(&manifest.go, *it));
    all.order_by(|a, b| b.cmp(a));
    all.into_iter().map(|it| {
        let changed = Constraints { go: Some(it), ..constraints.clone() };
        (changed, text!("resolve-with", change = format!("--go {it}")))
    })
}

/// The newest release of each line that is not replaced, newest first. What a project requires is not changed by an
/// option, so nothing is said of other lines there.
fn other_line(manifest: &Manifest, constraints: &Constraints) -> impl Iterator<Item = Candidate> {
    let fit = |it: &&Version| it.is_release() && replaced::of(manifest, replaced::FYNE, it).is_none();
    let rows = manifest.fyne.iter().filter(|_| constraints.project_fyne.is_none());
    let mut all: Vec<_> = rows.filter_map(|row| row.versions.iter().filter(fit).max()).collect();
    all.order_by(|a, b| b.cmp(a));
    all.into_iter().map(|it| with_fyne(constraints, it))
}

fn with_fyne(constraints: &Constraints, fyne: &Version) -> Candidate {
    let changed = Constraints { fyne: Some(fyne.clone()), ..constraints.clone() };
    (changed, text!("resolve-with", change = format!("--fyne {fyne}")))
}
