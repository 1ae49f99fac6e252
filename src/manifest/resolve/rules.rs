//! What every rule is given and what it writes down: the constraints, the pair that is judged, the rules that spoke.
//! Pure.

use serde::Serialize;

use crate::manifest::model::{Manifest, Row};
use crate::text::Text;
use crate::version::{GoVersion, ModuleVersion, SystemVersion, Version};
use crate::want::Locked;

/// What decides the versions.
#[derive(Clone, Debug, Default)]
pub struct Constraints {
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
    /// What the project's lock file names: it counts before the rest of the project, and behind what was typed.
    pub locked: Option<Locked>,
    /// Take a pair that is known not to work.
    pub force: bool,
    /// Operating system, as `Identity::os` has it.
    pub os: String,
    /// Its version, where that decides which Go runs.
    pub system: Option<SystemVersion>,
    /// `linux/amd64`, as Go has it. Trials of another one prove nothing here.
    pub platform: String,
    /// `debian 12`.
    pub distro: String,
}

impl Constraints {
    /// The Go of the lock.
    pub(super) fn locked_go(&self) -> Option<GoVersion> {
        self.locked.as_ref()?.go
    }

    /// Its fyne/v2.
    pub(super) fn locked_fyne(&self) -> Option<&Version> {
        self.locked.as_ref()?.fyne.as_ref()
    }

    /// Its CLI.
    pub(super) fn locked_cli(&self) -> Option<&ModuleVersion> {
        self.locked.as_ref()?.cli.as_ref()
    }
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

/// A Fyne that is decided, and what a Go for it has to be held against.
pub(super) struct Pair<'a, 'm> {
    pub manifest: &'m Manifest,
    pub constraints: &'a Constraints,
    pub row: &'m Row,
    pub fyne: &'a Version,
}

/// Writes down what a rule said.
pub(super) fn say(rules: &mut Vec<Rule>, speaks: Speaks, rule: &'static str, text: Text) {
    rules.push(Rule { rule, speaks, text });
}
