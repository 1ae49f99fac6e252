//! What trials say: which pairs and CLIs were seen to work or to fail, and where. Pure.

use super::rules::Speaks::{Against, For};
use super::rules::{Pair, Rule, say};
use crate::manifest::model::{Broken, CliRow, Manifest, Part, Trial};
use crate::text::Text;
use crate::version::{GoVersion, ModuleVersion};

/// Whether the three versions were seen to work together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// On this distribution and platform.
    Here(Trial),
    /// On another.
    Elsewhere(Trial),
    /// Nowhere.
    Untried,
}

/// The trial on this platform in which this Fyne with this Go failed, if none succeeded: a window that was seen
/// outweighs one that was not.
pub(super) fn broken_pair<'m>(pair: &Pair<'_, 'm>, go: GoVersion) -> Option<&'m Broken> {
    let same = |it: &Trial| it.fyne == *pair.fyne && it.go == go && it.platform == pair.constraints.platform;
    if pair.manifest.proven.iter().any(same) {
        return None;
    }
    let failed = pair.manifest.broken.iter().filter(|it| it.part != Part::Cli && same(&it.trial));
    failed.max_by_key(|it| rank(&it.trial, pair))
}

/// The trial in which this CLI was not built by this Go. Its platform does not matter: a CLI is Go alone.
pub(super) fn broken_cli<'m>(manifest: &'m Manifest, cli: &CliRow, go: GoVersion) -> Option<&'m Broken> {
    let name = cli.at_version();
    let same = |it: &Trial| it.cli == name && it.go == go;
    if manifest.proven.iter().any(same) {
        return None;
    }
    let failed = manifest.broken.iter().filter(|it| it.part == Part::Cli && same(&it.trial));
    failed.max_by_key(|it| (it.trial.date.to_string(), it.trial.platform.clone(), it.error.clone()))
}

/// Where the three were seen to work, as near to here as there is; says so.
pub(super) fn proof(pair: &Pair<'_, '_>, go: GoVersion, cli: &ModuleVersion, rules: &mut Vec<Rule>) -> Proof {
    let same = |it: &&Trial| it.fyne == *pair.fyne && it.go == go && it.cli == *cli;
    let best = pair.manifest.proven.iter().filter(same).max_by_key(|it| rank(it, pair));
    let Some(trial) = best else {
        say(rules, Against, "untried", text!("resolve-untried"));
        return Proof::Untried;
    };
    if trial.platform == pair.constraints.platform && trial.distro == pair.constraints.distro {
        say(rules, For, "proven", trial.told("resolve-proven"));
        return Proof::Here(trial.clone());
    }
    say(rules, For, "proven-elsewhere", trial.told("resolve-proven"));
    say(rules, Against, "untried", text!("resolve-untried"));
    Proof::Elsewhere(trial.clone())
}

impl Trial {
    /// A message about it, with `distro`, `platform` and `date`.
    pub fn told(&self, key: &'static str) -> Text {
        text!(key, distro = &self.distro, platform = &self.platform, date = self.date.to_string())
    }
}

/// How much a trial says about this machine; then the latest.
fn rank(trial: &Trial, pair: &Pair<'_, '_>) -> (bool, bool, String, String) {
    let constraints = pair.constraints;
    let (platform, distro) = (trial.platform == constraints.platform, trial.distro == constraints.distro);
    (platform, platform && distro, trial.date.to_string(), format!("{} {}", trial.platform, trial.distro))
}
