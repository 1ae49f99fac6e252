//! Small manifests and constraints for properties: valid ones, as `read` takes them, but with narrow ranges, so that few
//! constraints come to anything easily.

use std::collections::BTreeMap;

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::advisory::Advisory;
use crate::manifest::resolve::Constraints;
use crate::manifest::{Broken, CliRow, GoRange, GoRules, Manifest, NewestGo, Part, Replaced, Row, Trial};
use crate::version::{GoVersion, SystemVersion, Version};

const MODULES: [&str; 2] = ["fyne.io/tools/cmd/fyne", "fyne.io/fyne/v2/cmd/fyne"];
const PLATFORMS: [&str; 2] = ["linux/amd64", "darwin/arm64"];

fn version(line: usize, patch: usize) -> Version {
    format!("2.{line}.{patch}").parse().expect("three numbers")
}

fn release() -> impl Strategy<Value = GoVersion> {
    (20u16..28, 0u16..4).prop_map(|(minor, patch)| GoVersion::release(1, minor, patch))
}

/// A range that holds something.
fn range() -> impl Strategy<Value = GoRange> {
    (release(), 0u16..6, vec(release(), 0..3)).prop_map(|(min, wide, except)| {
        let max = GoVersion::release(1, min.line().1 + wide, 0).to_string();
        let max: GoVersion = max.trim_end_matches(".0").parse().expect("a line");
        let within = |it: &GoVersion| *it > min && it.line() <= max.line();
        GoRange { min, max, except: except.into_iter().filter(within).collect() }
    })
}

fn row(line: usize) -> impl Strategy<Value = Row> {
    let cli = (0usize..2, 0usize..4, range()).prop_map(move |(module, patch, go)| CliRow {
        module: MODULES[module].into(),
        version: version(line, patch),
        go,
    });
    (btree_set(0usize..4, 1..4), range(), vec(cli, 1..4)).prop_map(move |(patches, go, cli)| Row {
        tags: BTreeMap::new(),
        line: format!("2.{line}"),
        versions: patches.into_iter().rev().map(|it| version(line, it)).collect(),
        go,
        cli,
        needs: BTreeMap::from([("linux".into(), vec![format!("need-of-{line}")])]),
    })
}

fn rules() -> impl Strategy<Value = GoRules> {
    let newest = option::weighted(0.5, release());
    let parts = (btree_set(release(), 1..4), any::<Index>(), vec(release(), 0..2), newest);
    parts.prop_map(|(floor, pick, fixed, newest)| {
        let by_line: BTreeMap<_, _> = floor.into_iter().map(|it| (it.line(), it)).collect();
        let floor: Vec<_> = by_line.into_values().collect();
        let advisory = Advisory { id: "CVE".into(), fixed, since: Some(date(1)), what: BTreeMap::new() };
        GoRules {
            recommended: *pick.get(&floor),
            floor,
            advisory: vec![advisory],
            newest: newest
                .map(|go| NewestGo { os: "linux".into(), before: system(13), go })
                .into_iter()
                .collect(),
            oldest: vec![],
        }
    })
}

fn system(major: u16) -> SystemVersion {
    major.to_string().parse().expect("a version")
}

fn date(day: u8) -> toml::value::Datetime {
    format!("2026-11-{day:02}").parse().expect("a date")
}

/// What a trial is made of: which row, which of its releases and CLIs, which Go, where, when.
type Picks = (Index, Index, Index, GoVersion, usize, u8);

fn picks() -> impl Strategy<Value = Picks> {
    (any::<Index>(), any::<Index>(), any::<Index>(), release(), 0usize..2, 1u8..29)
}

fn trial(rows: &[Row], (row, fyne, cli, go, platform, day): &Picks) -> Trial {
    let row = row.get(rows);
    Trial {
        fyne: fyne.get(&row.versions).clone(),
        // A Go at the edge is what constraints meet most.
        go: if day % 2 == 0 { row.go.min } else { *go },
        cli: cli.get(&row.cli).at_version(),
        platform: PLATFORMS[*platform].into(),
        distro: format!("debian {day}"),
        compiler: "gcc 12.2.0".into(),
        date: date(*day),
        go_from: "module".into(),
        seconds: 60,
    }
}

/// Replacements go upwards, so that no chain comes back to where it began; some go to what no row has yet.
fn replaced(rows: &[Row], picks: &[(Index, Index, bool)]) -> Vec<Replaced> {
    let mut all: BTreeMap<(String, String), Replaced> = BTreeMap::new();
    for (a, b, of_cli) in picks {
        let (row, other) = (a.get(rows), b.get(rows));
        let (module, from, by) = if *of_cli {
            ("fyne.io/tools", a.get(&row.cli).version.clone(), b.get(&other.cli).version.clone())
        } else {
            ("fyne.io/fyne/v2", a.get(&row.versions).clone(), b.get(&other.versions).clone())
        };
        let by = if from == by { version(8, 9) } else { by };
        if from < by {
            let key = (module.to_owned(), from.to_string());
            let why = BTreeMap::from([("en".to_owned(), "a reason".to_owned())]);
            all.entry(key).or_insert(Replaced { module: module.into(), version: from, by, why });
        }
    }
    all.into_values().collect()
}

/// A manifest of one to four rows.
pub fn manifest() -> impl Strategy<Value = Manifest> {
    let rows = btree_set(0usize..8, 1..5)
        .prop_flat_map(|lines| lines.into_iter().rev().map(row).collect::<Vec<_>>());
    let trials = (vec(picks(), 0..4), vec((picks(), 0usize..3), 0..6));
    (rows, rules(), vec((any::<Index>(), any::<Index>(), any::<bool>()), 0..5), trials).prop_map(
        |(fyne, go, swaps, (proven, broken))| {
            let part = |it: usize| [Part::Cli, Part::Fyne, Part::Window][it];
            let failed = |(it, of): &(Picks, usize)| Broken {
                trial: trial(&fyne, it),
                part: part(*of),
                error: "an error".into(),
            };
            Manifest {
                schema: 1,
                version: 1,
                issued: date(1),
                expires: date(28),
                replaced: replaced(&fyne, &swaps),
                proven: proven.iter().map(|it| trial(&fyne, it)).collect(),
                broken: broken.iter().map(failed).collect(),
                ..base(go, fyne)
            }
        },
    )
}

/// Without what a test does not look at, whatever fields the model grows.
fn base(go: GoRules, fyne: Vec<Row>) -> Manifest {
    Manifest { go, fyne, ..Manifest::embedded() }
}

/// A row that is newer than all of a manifest's.
pub fn newer_row() -> impl Strategy<Value = Row> {
    row(9)
}

/// What people ask for: often something, at times what does not exist, seldom by force.
pub fn constraints() -> impl Strategy<Value = Constraints> {
    let go = prop_oneof![
        release(),
        (19u16..30).prop_map(|minor| format!("1.{minor}").parse().expect("a line")),
        (19u16..30, 0u16..9).prop_map(|(minor, patch)| GoVersion::release(1, minor, patch)),
    ];
    let fyne = || (0usize..10, 0usize..5).prop_map(|(line, patch)| version(line, patch));
    let bound = || option::weighted(0.3, release());
    let project = (option::weighted(0.3, fyne()), bound(), bound());
    let wanted = (option::of(go), option::of(fyne()), proptest::bool::weighted(0.1), 0usize..2);
    let older = option::weighted(0.3, 12u16..14);
    (wanted, project, older).prop_map(
        |((go, fyne, force, platform), (project_fyne, go_line, toolchain), older)| Constraints {
            go,
            fyne,
            project_fyne,
            project_go: go_line,
            project_toolchain: toolchain,
            locked: None,
            force,
            os: "linux".into(),
            system: older.map(system),
            platform: PLATFORMS[platform].into(),
            distro: "debian 12".into(),
        },
    )
}

/// The same values in another order.
fn shuffled<T>(mut all: Vec<T>, mut seed: u64) -> Vec<T> {
    for at in (1..all.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let with = usize::try_from(seed >> 33).unwrap_or(0) % (at + 1);
        all.swap(at, with);
    }
    all
}

/// The same manifest, written in another order. That of `cli` is a preference and stays.
pub fn rewritten(manifest: &Manifest, seed: u64) -> Manifest {
    let mut other = manifest.clone();
    for row in &mut other.fyne {
        row.versions = shuffled(std::mem::take(&mut row.versions), seed);
        row.go.except = shuffled(std::mem::take(&mut row.go.except), seed);
    }
    other.fyne = shuffled(other.fyne, seed);
    other.replaced = shuffled(other.replaced, seed);
    other.proven = shuffled(other.proven, seed);
    other.broken = shuffled(other.broken, seed);
    other.go.floor = shuffled(other.go.floor, seed);
    other.go.advisory = shuffled(other.go.advisory, seed);
    other
}
