//! From a wish to a `Target`, with every rule that spoke for or against it, and what would come next. Pure: the same
//! manifest and wish always give the same answer, and the order of the file does not matter save that of `cli`.
//!
//! The Fyne is decided first, then the Go, then the CLI: `fyne`, `go` and `cli` choose, `replaced` and `trials` say
//! what is known of a release and of a pair, `nearest` finds the smallest change of a wish that cannot be had, `next`
//! the next best answer. A new rule is a [`Rule`] that one of the three writes down, and its message in both languages.

mod cli;
mod fyne;
mod go;
mod nearest;
mod next;
mod replaced;
mod trials;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{CliRow, Manifest, Row};
use crate::failure::Failure;
use crate::text::Text;
use crate::version::{GoVersion, ModuleVersion, Version};
use crate::want::Target;

pub use nearest::Change;
pub use next::NextBest;
pub use trials::Proof;

/// What decides the versions.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// `--go`.
    pub go: Option<GoVersion>,
    /// `--fyne`.
    pub fyne: Option<Version>,
    /// fyne/v2 as the project requires it.
    pub project_fyne: Option<Version>,
    /// The project's `go` line: a lower bound.
    pub project_go: Option<GoVersion>,
    /// The project's `toolchain` line: a lower bound too, for Go would fetch that one.
    pub project_toolchain: Option<GoVersion>,
    /// Take a pair that is known not to work.
    pub force: bool,
    /// Operating system, as `Identity::os` has it.
    pub os: String,
    /// `linux/amd64`, as Go has it. Trials of another one prove nothing here.
    pub platform: String,
    /// `debian 12`.
    pub distro: String,
}

/// A reason for a version that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason(pub Text);

/// A rule that spoke, and what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, for scripts: `go-asked`.
    pub rule: &'static str,
    /// On which side.
    pub speaks: Speaks,
    /// What it said.
    pub text: Text,
}

/// The side of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaks {
    /// For the answer.
    For,
    /// Against it: what it costs, or what it leaves open.
    Against,
}

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
    "fyne-project",
    "fyne-newest",
    "go-asked",
    "go-recommended",
    "go-project",
    "go-toolchain",
    "go-maintained",
    "go-below-floor",
    "go-no-floor",
    "cli",
];

/// Resolves a wish. A pair that is known not to work is refused with the reason and what would work.
pub fn resolve(manifest: &Manifest, wish: &Wish) -> Result<Resolved, Failure> {
    let found = answer(manifest, wish).map_err(|failure| nearest::hinted(failure, manifest, wish))?;
    let next = next::best(manifest, wish, &found);
    let target = found.target(manifest, wish);
    let chosen = found.rules.iter().filter(|it| CHOICES.contains(&it.rule));
    let reasons = chosen.map(|it| Reason(it.text.clone())).collect();
    Ok(Resolved { target, reasons, row: found.row.clone(), proof: found.proof, rules: found.rules, next })
}

/// What fits a wish.
struct Answer<'m> {
    row: &'m Row,
    fyne: Version,
    go: GoVersion,
    cli: &'m CliRow,
    proof: Proof,
    rules: Vec<Rule>,
}

impl Answer<'_> {
    fn target(&self, manifest: &Manifest, wish: &Wish) -> Target {
        let mut advisories = manifest.go.advisory.clone();
        advisories.sort_by(|a, b| (b.fixed.iter().max(), &a.id).cmp(&(a.fixed.iter().max(), &b.id)));
        Target {
            go: self.go,
            // Of the Fyne and of the CLI: a Go that is already there has to build both.
            go_min: self.row.go.min.max(self.cli.go.min),
            library_min: Some(self.row.go.min).filter(|it| *it < self.cli.go.min),
            go_max: self.row.go.max.line().min(self.cli.go.max.line()),
            fyne: self.fyne.clone(),
            cli: self.cli.at_version(),
            needs: self.row.needs.get(&wish.os).cloned().unwrap_or_default(),
            floor: manifest.go.floor.clone(),
            advisories,
        }
    }

    /// The three that are chosen, to compare.
    fn versions(&self) -> (GoVersion, &Version, ModuleVersion) {
        (self.go, &self.fyne, self.cli.at_version())
    }
}

/// A wish's answer, or why there is none, without a hint yet.
fn answer<'m>(manifest: &'m Manifest, wish: &Wish) -> Result<Answer<'m>, Failure> {
    if wish.fyne.is_some() || wish.project_fyne.is_some() {
        return with_fyne(manifest, wish, fyne::pinned(manifest, wish)?);
    }
    let offers = fyne::offers(manifest);
    let mut first = None;
    for offer in offers {
        // A Go that was asked for does not choose the Fyne: an old one would lead to a Fyne of years ago unasked.
        match with_fyne(manifest, wish, offer) {
            Err(failure) if wish.go.is_none() => first = first.or(Some(failure)),
            answer => return answer,
        }
    }
    Err(first.unwrap_or_else(fyne::none))
}

/// The Go and the CLI for a Fyne that is decided.
fn with_fyne<'m>(
    manifest: &'m Manifest,
    wish: &Wish,
    decided: fyne::Decided<'m>,
) -> Result<Answer<'m>, Failure> {
    let fyne::Decided { row, fyne, mut rules } = decided;
    let pair = Pair { manifest, wish, row, fyne: &fyne };
    let go = go::choose(&pair, &mut rules)?;
    let cli = cli::choose(&pair, go, &mut rules)?;
    let proof = trials::proof(&pair, go, &cli.at_version(), &mut rules);
    Ok(Answer { row, fyne, go, cli, proof, rules })
}

/// A Fyne that is decided, and what a Go for it has to be held against.
struct Pair<'a, 'm> {
    manifest: &'m Manifest,
    wish: &'a Wish,
    row: &'m Row,
    fyne: &'a Version,
}

/// Writes down what a rule said.
fn say(rules: &mut Vec<Rule>, speaks: Speaks, rule: &'static str, text: Text) {
    rules.push(Rule { rule, speaks, text });
}
