//! Which CLI: the first of the row that the Go builds and that nothing speaks against. Pure.

use super::rules::Speaks::{Against, For};
use super::rules::{Pair, Rule, say};
use super::{replaced, trials};
use crate::failure::{Code, Failure};
use crate::manifest::model::CliRow;
use crate::text::Text;
use crate::version::{GoVersion, ModuleVersion};

/// The CLI for a Go that is decided.
pub(super) fn choose<'m>(
    pair: &Pair<'_, 'm>,
    go: GoVersion,
    rules: &mut Vec<Rule>,
) -> Result<&'m CliRow, Failure> {
    if let Some(locked) = pair.constraints.locked_cli() {
        return of_lock(pair, locked, go, rules);
    }
    // Force takes a CLI that may not build, never one that was withdrawn.
    let standing = |it: &&CliRow| replaced::of(pair.manifest, &it.module, &it.version).is_none();
    let forced = || pair.row.cli.iter().filter(|_| pair.constraints.force).find(standing);
    let chosen = fitting(pair, go).or_else(forced);
    let Some(cli) = chosen else {
        let message = text!("resolve-no-cli", go = go, line = &pair.row.line);
        return Err(Failure::new(Code::ManifestNoCli, message));
    };
    say(rules, For, "cli", text!("resolve-cli", cli = cli.at_version(), go = go));
    let before = pair.row.cli.iter().take_while(|it| *it != cli);
    let passed = before.filter_map(|it| against(pair, it, go));
    rules.extend(passed.map(|(rule, text)| Rule { rule, speaks: Against, text }));
    match against(pair, cli, go) {
        Some((rule, text)) => say(rules, Against, rule, text),
        None => {
            let text =
                text!("resolve-cli-within", cli = cli.at_version(), min = cli.go.min, max = cli.go.max);
            say(rules, For, "cli-limits", text);
        }
    }
    Ok(cli)
}

/// The CLI that a lock names: only one that the manifest names too, for nobody else's word makes us build a module.
fn of_lock<'m>(
    pair: &Pair<'_, 'm>,
    locked: &ModuleVersion,
    go: GoVersion,
    rules: &mut Vec<Rule>,
) -> Result<&'m CliRow, Failure> {
    let Some(cli) = pair.row.cli.iter().find(|it| it.at_version() == *locked) else {
        let message = text!("resolve-cli-not-listed", cli = locked, line = &pair.row.line);
        return Err(Failure::new(Code::ManifestNoCli, message));
    };
    match against(pair, cli, go) {
        Some((rule, text)) if pair.constraints.force && rule != "cli-replaced" => {
            say(rules, Against, rule, text);
        }
        Some((_, text)) => return Err(Failure::new(Code::ManifestNoCli, text)),
        None => {}
    }
    say(rules, For, "cli-locked", text!("resolve-cli-locked", cli = locked));
    Ok(cli)
}

/// The first of the row's CLIs that nothing speaks against.
pub(super) fn fitting<'m>(pair: &Pair<'_, 'm>, go: GoVersion) -> Option<&'m CliRow> {
    pair.row.cli.iter().find(|it| against(pair, it, go).is_none())
}

/// What speaks against a CLI with this Go.
fn against(pair: &Pair<'_, '_>, cli: &CliRow, go: GoVersion) -> Option<(&'static str, Text)> {
    let manifest = pair.manifest;
    if let Some(replaced) = replaced::of(manifest, &cli.module, &cli.version) {
        let by = replaced::last(manifest, replaced);
        let text = text!("resolve-passed-over", what = cli.at_version(), by = by, why = &replaced.why);
        return Some(("cli-replaced", text));
    }
    if !cli.go.holds(go) {
        let (min, max) = (cli.go.min, cli.go.max);
        let text = text!("resolve-cli-outside", cli = cli.at_version(), go = go, min = min, max = max);
        return Some(("cli-limits", text));
    }
    let broken = trials::broken_cli(manifest, cli, go)?;
    let text = broken
        .trial
        .told("resolve-cli-broken")
        .with("cli", cli.at_version())
        .with("go", go)
        .with("error", &broken.error);
    Some(("cli-broken", text))
}
