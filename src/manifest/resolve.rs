//! From constraints to a `Target`, with every rule that spoke for or against it, and what would come next. Pure: the
//! same manifest and constraints always give the same answer; no order of the file matters save that of `cli`.
//!
//! The Fyne is decided first, then the Go, then the CLI: `fyne`, `go` and `cli` choose, `replaced` and `trials` say
//! what is known of a release and of a pair, `nearest` finds the smallest change of constraints that cannot be met,
//! `next` the next best answer. A new rule is a [`Rule`] that one of the three writes down, and its message in both languages.

mod answer;
mod cli;
mod fyne;
mod go;
mod nearest;
mod next;
mod replaced;
mod rules;
mod system;
mod trials;

#[cfg(test)]
mod tests;

use super::model::{Manifest, Row};
use crate::failure::{Code, Failure};
use crate::want::Target;

pub use nearest::Change;
pub use next::NextBest;
pub use rules::{Constraints, Reason, Rule, Speaks};
pub use trials::Proof;

/// The versions and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The versions.
    pub target: Target,
    /// Why each of them was chosen.
    pub reasons: Vec<Reason>,
    /// Every rule that spoke, those of Fyne first, then those of Go, of the CLI, of trials.
    pub rules: Vec<Rule>,
    /// The row that they are from.
    pub row: Row,
    /// Whether the three were seen to work together, and where.
    pub proof: Proof,
    /// What would come next; `None` where nothing else can be had.
    pub next: Option<NextBest>,
}

/// The rules that say why a version was chosen, as opposed to what holds for it.
const CHOICES: &[&str] = &[
    "fyne-asked",
    "fyne-locked",
    "fyne-project",
    "fyne-newest",
    "go-asked",
    "go-locked",
    "go-recommended",
    "go-project",
    "go-toolchain",
    "go-maintained",
    "go-below-floor",
    "go-no-floor",
    "cli",
    "cli-locked",
];

/// Finds what fits. A pair that is known not to work is refused with the reason and what would work.
pub fn resolve(manifest: &Manifest, constraints: &Constraints) -> Result<Resolved, Failure> {
    let found = answer::answer(manifest, constraints)
        .map_err(|failure| nearest::hinted(failure, manifest, constraints))?;
    let next = next::best(manifest, constraints, &found);
    let target = found.target(manifest, constraints);
    let chosen = found.rules.iter().filter(|it| CHOICES.contains(&it.rule));
    let reasons = chosen.map(|it| Reason(it.text.clone())).collect();
    Ok(Resolved { target, reasons, row: found.row.clone(), proof: found.proof, rules: found.rules, next })
}

/// The same for who only reports. Where no safe Go runs on this system, they are the versions of a newer one of its kind, and
/// `bounds` of the target tell that they do not run here.
pub fn resolve_to_report(manifest: &Manifest, constraints: &Constraints) -> Result<Resolved, Failure> {
    match resolve(manifest, constraints) {
        Err(failure) if failure.code == Code::ManifestNoGo && constraints.system.is_some() => {
            let newer = Constraints { system: None, ..constraints.clone() };
            let mut resolved = resolve(manifest, &newer)?;
            resolved.target.bounds = system::bounds(&manifest.go, constraints);
            Ok(resolved)
        }
        other => other,
    }
}
