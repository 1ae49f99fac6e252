//! The answer to constraints: the Fyne first, then Go and a CLI for it; no hint, and nothing of what would come next.
//! Pure.

use super::rules::{Constraints, Pair, Rule};
use super::trials::Proof;
use super::{cli, fyne, go, system, trials};
use crate::failure::Failure;
use crate::gather::Order as _;
use crate::manifest::model::{CliRow, Manifest, Row};
use crate::version::{GoVersion, ModuleVersion, Version};
use crate::want::Target;

/// What fits the constraints.
pub(super) struct Answer<'m> {
    pub row: &'m Row,
    pub fyne: Version,
    pub go: GoVersion,
    pub cli: &'m CliRow,
    pub proof: Proof,
    pub rules: Vec<Rule>,
}

impl Answer<'_> {
    pub fn target(&self, manifest: &Manifest, constraints: &Constraints) -> Target {
        let mut advisories = manifest.go.advisory.clone();
        advisories.order_by(|a, b| (b.fixed.iter().max(), &a.id).cmp(&(a.fixed.iter().max(), &b.id)));
        Target {
            go: self.go,
            // Of the Fyne and of the CLI: a Go that is already there has to build both.
            go_min: self.row.go.min.max(self.cli.go.min),
            library_min: Some(self.row.go.min).filter(|it| *it < self.cli.go.min),
            go_max: self.row.go.max.line().min(self.cli.go.max.line()),
            fyne: self.fyne.clone(),
            cli: self.cli.at_version(),
            needs: self.row.needs.get(&constraints.os).cloned().unwrap_or_default(),
            tags: self.row.tags.clone(),
            floor: manifest.go.floor.clone(),
            advisories,
            bounds: system::bounds(&manifest.go, constraints),
        }
    }

    /// The three that are chosen, to compare.
    pub fn versions(&self) -> (GoVersion, &Version, ModuleVersion) {
        (self.go, &self.fyne, self.cli.at_version())
    }
}

/// The answer to constraints, or why there is none, without a hint yet.
pub(super) fn answer<'m>(manifest: &'m Manifest, constraints: &Constraints) -> Result<Answer<'m>, Failure> {
    let named = [constraints.fyne.as_ref(), constraints.locked_fyne(), constraints.project_fyne.as_ref()];
    if named.iter().any(Option::is_some) {
        return with_fyne(manifest, constraints, fyne::pinned(manifest, constraints)?);
    }
    let offers = fyne::offers(manifest);
    let mut first = None;
    for offer in offers {
        // A Go that was asked for does not choose the Fyne: an old one would lead to a Fyne of years ago unasked.
        match with_fyne(manifest, constraints, offer) {
            Err(failure) if constraints.go.or(constraints.locked_go()).is_none() => {
                first = first.or(Some(failure))
            }
            answer => return answer,
        }
    }
    Err(first.unwrap_or_else(fyne::none))
}

/// The Go and the CLI for a Fyne that is decided.
fn with_fyne<'m>(
    manifest: &'m Manifest,
    constraints: &Constraints,
    decided: fyne::Decided<'m>,
) -> Result<Answer<'m>, Failure> {
    let fyne::Decided { row, fyne, mut rules } = decided;
    let pair = Pair { manifest, constraints, row, fyne: &fyne };
    let go = go::choose(&pair, &mut rules)?;
    let cli = cli::choose(&pair, go, &mut rules)?;
    let proof = trials::proof(&pair, go, &cli.at_version(), &mut rules);
    Ok(Answer { row, fyne, go, cli, proof, rules })
}
