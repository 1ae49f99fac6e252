//! Which Go: the one asked for where it can serve, else the best that is known to be safe. Pure.

use super::rules::Speaks::{Against, For};
use super::rules::{Constraints, Pair, Rule, say};
use super::{cli, system, trials};
use crate::failure::{Code, Failure};
use crate::gather::Order as _;
use crate::manifest::model::{GoRules, Manifest};
use crate::text::Text;
use crate::version::GoVersion;
use crate::want::{below_floor, vulnerabilities};

/// The Go for a Fyne that is decided.
pub(super) fn choose(pair: &Pair<'_, '_>, rules: &mut Vec<Rule>) -> Result<GoVersion, Failure> {
    let go = match (pair.constraints.go, pair.constraints.locked_go()) {
        (Some(asked), _) => asked_for(pair, asked, ("go-asked", "resolve-go-asked"), rules)?,
        (None, Some(locked)) => asked_for(pair, locked, ("go-locked", "resolve-go-locked"), rules)?,
        (None, None) => unasked(pair, rules)?,
    };
    limits(pair, go, rules);
    project(pair, go, rules);
    floor(&pair.manifest.go, go, rules);
    Ok(go)
}

fn asked_for(
    pair: &Pair<'_, '_>,
    asked: GoVersion,
    (rule, key): (&'static str, &'static str),
    rules: &mut Vec<Rule>,
) -> Result<GoVersion, Failure> {
    let go = release_of(pair, asked);
    if !pair.constraints.force {
        refuse(pair, go)?;
    }
    say(rules, For, rule, text!(key, go = go));
    let recommended = pair.manifest.go.recommended;
    let here = system::runs(&pair.manifest.go, pair.constraints, recommended);
    if go != recommended && here && pair.row.go.holds(recommended) {
        say(rules, Against, "go-not-recommended", text!("resolve-go-not-recommended", go = recommended));
    }
    if let Some(broken) = trials::broken_pair(pair, go) {
        let text = broken.trial.told("resolve-broken").with("error", &broken.error);
        say(rules, Against, "broken", text);
    }
    Ok(go)
}

/// Why a Go that was asked for cannot serve.
fn refuse(pair: &Pair<'_, '_>, go: GoVersion) -> Result<(), Failure> {
    let fault = |code, message: Text| Err(Failure::new(code, message));
    let Pair { row, fyne, constraints, .. } = pair;
    for (bound, word) in [(constraints.project_go, "go"), (constraints.project_toolchain, "toolchain")] {
        if let Some(bound) = bound.filter(|it| go < it.as_release()) {
            let text = text!("resolve-go-below-project", go = go, project = bound, word = word);
            return fault(Code::ManifestProjectGo, text);
        }
    }
    if let Some(bounds) = system::bounds(&pair.manifest.go, constraints).filter(|it| !it.allow(go)) {
        return fault(Code::ManifestGoNotOnSystem, bounds.refusal(go));
    }
    let not_with = Code::ManifestGoNotWithFyne;
    if go < row.go.min {
        return fault(not_with, text!("resolve-go-too-old", go = go, fyne = *fyne, min = row.go.min));
    }
    if row.go.except.contains(&go) {
        return fault(not_with, text!("resolve-go-broken", go = go, fyne = *fyne));
    }
    if !row.go.holds(go) {
        return fault(not_with, text!("resolve-go-too-new", go = go, fyne = *fyne, max = row.go.max));
    }
    // A manifest cannot lower the floor, and neither can a project's lines: they are bounds from below.
    let rules_of_go = &pair.manifest.go;
    if let Some(floor) = floor_of(rules_of_go, go).filter(|floor| go < *floor) {
        let list = vulnerabilities(&rules_of_go.advisory, go);
        return fault(Code::ManifestGoBelowFloor, below_floor(go, floor, list));
    }
    if let Some(broken) = trials::broken_pair(pair, go) {
        let text = broken
            .trial
            .told("resolve-pair-broken")
            .with("go", go)
            .with("fyne", *fyne)
            .with("error", &broken.error);
        return fault(Code::ManifestBrokenPair, text);
    }
    Ok(())
}

/// The Go where none is asked for: never one with a known vulnerability, whatever a project says.
fn unasked(pair: &Pair<'_, '_>, rules: &mut Vec<Rule>) -> Result<GoVersion, Failure> {
    let Pair { manifest, row, fyne, constraints, .. } = pair;
    let rules_of_go = &manifest.go;
    let bound = bound(pair);
    let mut all: Vec<_> = rules_of_go.floor.clone();
    all.order_by(|a, b| b.cmp(a));
    all.insert(0, rules_of_go.recommended);
    all.extend(bound);
    all.dedup();
    let serves = |go: &GoVersion| {
        row.go.holds(*go)
            && system::runs(rules_of_go, constraints, *go)
            && is_safe(rules_of_go, *go)
            && trials::broken_pair(pair, *go).is_none()
            && cli::fitting(pair, *go).is_some()
    };
    let enough = |go: &GoVersion| bound.is_none_or(|it| *go >= it);
    // A project may ask for a Go that does not exist or that this Fyne is not known to build with. That is for the
    // project's own check to say; the best Go that there is serves until it is fixed.
    let found = all.iter().find(|it| serves(it) && enough(it)).or_else(|| all.iter().find(|it| serves(it)));
    let forced = || constraints.force.then_some(&rules_of_go.recommended);
    let Some(go) = found.or_else(forced).copied() else { return Err(none(pair)) };
    if go == rules_of_go.recommended {
        say(rules, For, "go-recommended", text!("resolve-go-recommended", go = go, fyne = *fyne));
        return Ok(go);
    }
    let is = |it: Option<GoVersion>| it.is_some_and(|it| it.as_release() == go);
    let (rule, key) = if is(constraints.project_go) {
        ("go-project", "resolve-go-project")
    } else if is(constraints.project_toolchain) {
        ("go-toolchain", "resolve-go-toolchain")
    } else {
        ("go-maintained", "resolve-go-maintained")
    };
    say(rules, For, rule, text!(key, go = go, fyne = *fyne));
    passed_over(pair, rules_of_go.recommended, rules);
    Ok(go)
}

/// No Go that is safe can serve.
fn none(pair: &Pair<'_, '_>) -> Failure {
    let range = &pair.row.go;
    let bounds = system::bounds(&pair.manifest.go, pair.constraints).filter(|it| it.newest.is_some());
    let message = match bounds {
        Some(bounds) => {
            text!("resolve-no-go-on-system", fyne = pair.fyne, system = bounds.system.to_string())
        }
        None => text!("resolve-no-go", fyne = pair.fyne, min = range.min, max = range.max),
    };
    Failure::new(Code::ManifestNoGo, message)
}

/// Why the recommended Go was not taken.
fn passed_over(pair: &Pair<'_, '_>, go: GoVersion, rules: &mut Vec<Rule>) {
    let bounds = system::bounds(&pair.manifest.go, pair.constraints).filter(|it| !it.allow(go));
    let text = if let Some(bounds) = bounds {
        bounds.refusal(go)
    } else if !pair.row.go.holds(go) {
        text!("resolve-recommended-not-held", go = go, fyne = pair.fyne)
    } else if let Some(broken) = trials::broken_pair(pair, go) {
        broken.trial.told("resolve-recommended-broken").with("go", go).with("error", &broken.error)
    } else if bound(pair).is_some_and(|it| go < it) {
        text!("resolve-recommended-old", go = go)
    } else {
        text!("resolve-recommended-no-cli", go = go)
    };
    say(rules, Against, "go-recommended-passed-over", text);
}

/// The least Go that the project lets itself be built with.
pub(super) fn bound(pair: &Pair<'_, '_>) -> Option<GoVersion> {
    let constraints = pair.constraints;
    constraints.project_go.max(constraints.project_toolchain).map(GoVersion::as_release)
}

/// `--go 1.27` means the newest release of that line that serves, of those that the manifest names for this row. Other
/// rows have no say: a newer one must not change what an older pin comes to.
fn release_of(pair: &Pair<'_, '_>, asked: GoVersion) -> GoVersion {
    if asked.as_release() == asked {
        return asked;
    }
    let row = pair.row;
    let seen = pair.manifest.proven.iter().filter(|it| row.versions.contains(&it.fyne)).map(|it| it.go);
    let mins = row.cli.iter().map(|it| it.go.min).chain([row.go.min]);
    let known = of_manifest(&pair.manifest.go, pair.constraints).chain(seen).chain(mins).chain(bound(pair));
    let floor = floor_of(&pair.manifest.go, asked);
    // Who names a line has not asked for a release of it with known vulnerabilities: the first fixes of older ones are below.
    let safe = |it: &GoVersion| floor.is_none_or(|floor| *it >= floor);
    let of_line: Vec<_> =
        known.filter(|it| it.is_release() && it.line() == asked.line() && safe(it)).collect();
    let serving = of_line.iter().filter(|it| refuse(pair, **it).is_ok()).max();
    serving.or(of_line.iter().max()).copied().unwrap_or_else(|| asked.as_release())
}

/// The releases that the rules for Go name.
fn of_manifest(rules: &GoRules, constraints: &Constraints) -> impl Iterator<Item = GoVersion> {
    let fixed = rules.advisory.iter().flat_map(|it| it.fixed.iter().copied());
    let last = rules.newest.iter().filter(|it| it.os == constraints.os).map(|it| it.go);
    rules.floor.iter().copied().chain([rules.recommended]).chain(fixed).chain(last)
}

/// Every release that the manifest names anywhere: what a change of constraints may come to.
pub(super) fn named(manifest: &Manifest, constraints: &Constraints) -> impl Iterator<Item = GoVersion> {
    let ranges = manifest.fyne.iter().flat_map(|row| row.cli.iter().map(|it| &it.go).chain([&row.go]));
    let ends = ranges.flat_map(|it| [it.min, it.max.as_release()]);
    let seen = manifest.proven.iter().map(|it| it.go);
    of_manifest(&manifest.go, constraints).chain(ends).chain(seen).filter(|it| it.is_release())
}

/// Whether a Go has no known vulnerability: it is at or above the floor of its line, or its line is newer than any with one.
pub(super) fn is_safe(rules: &GoRules, go: GoVersion) -> bool {
    match floor_of(rules, go) {
        Some(floor) => go >= floor,
        None => rules.floor.iter().all(|it| go.line() > it.line()),
    }
}

fn floor_of(rules: &GoRules, go: GoVersion) -> Option<GoVersion> {
    rules.floor.iter().copied().filter(|it| it.line() == go.line()).max()
}

fn limits(pair: &Pair<'_, '_>, go: GoVersion, rules: &mut Vec<Rule>) {
    let range = &pair.row.go;
    let line = pair.row.line.as_str();
    if range.except.contains(&go) {
        say(rules, Against, "go-except", text!("resolve-go-broken", go = go, fyne = pair.fyne));
        return;
    }
    let (speaks, key) =
        if range.holds(go) { (For, "resolve-go-within") } else { (Against, "resolve-go-outside") };
    say(rules, speaks, "go-limits", text!(key, go = go, line = line, min = range.min, max = range.max));
}

fn project(pair: &Pair<'_, '_>, go: GoVersion, rules: &mut Vec<Rule>) {
    let constraints = pair.constraints;
    let lines = [
        (constraints.project_go, "project-go-line", "go"),
        (constraints.project_toolchain, "project-toolchain-line", "toolchain"),
    ];
    for (bound, rule, word) in lines {
        let Some(bound) = bound else { continue };
        let (speaks, key) = if go >= bound.as_release() {
            (For, "resolve-project-line")
        } else {
            (Against, "resolve-project-line-above")
        };
        say(rules, speaks, rule, text!(key, go = go, word = word, bound = bound, line = &pair.row.line));
    }
}

fn floor(rules_of_go: &GoRules, go: GoVersion, rules: &mut Vec<Rule>) {
    match floor_of(rules_of_go, go) {
        Some(floor) if go < floor => {
            say(rules, Against, "go-below-floor", text!("resolve-below-floor", go = go, floor = floor));
        }
        Some(floor) => say(rules, For, "go-floor", text!("resolve-floor", go = go, floor = floor)),
        None if is_safe(rules_of_go, go) => {}
        None => say(rules, Against, "go-no-floor", text!("resolve-no-floor", go = go)),
    }
}
