//! Distributions, each as a bare machine: what is documented or was seen of one stands in
//! `tests/recordings/distros/NAME/machine.toml`, is made into a recording and replayed; `check` and the plan of `install`
//! stand beside it. `BLESS=1 cargo test --test distributions` writes them, and the table of docs/platforms.md, again;
//! `RECORDINGS=DIR` keeps the recordings there, for `check --replay DIR/NAME`.
//!
//! To add one: a directory with a `machine.toml` that says where each fact is from.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, missing_docs)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fyne_setup::action::{Plan, Scope};
use fyne_setup::checks::{self, Finding};
use fyne_setup::facts::Facts;
use fyne_setup::manifest::{Constraints, Knowledge, resolve};
use fyne_setup::places::Places;
use fyne_setup::plan::cost::Costs;
use fyne_setup::recording::{Recorder, Recording};
use fyne_setup::report::Report;
use fyne_setup::report::model::{Machine, Typed};
use fyne_setup::report::text::{self, Detail};
use fyne_setup::report::words::{Lang, Words};
use fyne_setup::system::Look;
use fyne_setup::version::Version;
use fyne_setup::want::Want;
use fyne_setup::{plan, probe, report};

#[path = "rows/rows.rs"]
mod rows;
#[path = "distributions/world.rs"]
mod world;

use rows::Rows;
use world::{Row, World};

const ROWS: Rows = Rows("distros");

#[test]
fn every_distribution_is_judged_and_planned_for_as_is_kept_beside_it() {
    ROWS.are_as_kept(
        "distributions",
        rows().into_iter().map(|(name, row)| {
            let Seen { check, plan, .. } = Seen::of(&name, &row);
            (name, check, plan)
        }),
    );
}

#[test]
fn there_are_recordings_of_at_least_25_distributions_and_each_says_where_it_is_from() {
    let rows = rows();
    assert!(rows.len() >= 25, "{}", rows.len());
    for (name, row) in &rows {
        assert!(["real", "documented"].contains(&row.source.as_str()) && row.from.len() > 10, "{name}");
        assert!(!row.name.is_empty() && !row.kernel.is_empty(), "{name}");
    }
}

#[test]
fn a_word_of_ours_is_never_shown_as_a_package() {
    let known = Knowledge::embedded();
    let words: Vec<&str> = known.packages.capabilities.iter().map(|it| it.name.as_str()).collect();
    let mut said = 0;
    for (name, row) in rows().into_iter().chain(others()) {
        let seen = Seen::of(&name, &row);
        let family = known.packages.family(&seen.facts.host);
        let packages: Vec<&String> = family.iter().flat_map(|it| it.names.values().flatten()).collect();
        let lines = seen.check.lines().chain(seen.plan.lines()).chain(seen.evidence());
        for line in lines.map(str::to_owned).collect::<Vec<_>>() {
            let plain = |c: char| !c.is_ascii_alphanumeric() && !"-._+/".contains(c);
            for word in line.split(plain).map(|it| it.trim_matches(['.', ','])).filter(|it| !it.is_empty()) {
                said += 1;
                // The program is called so too.
                let ours = words.contains(&word) && word != "pkg-config";
                assert!(!ours || packages.iter().any(|it| *it == word), "{name}: {word} in {line}");
            }
        }
    }
    assert!(said > 10_000, "{said}");
}

#[test]
fn every_derivative_finds_its_family_or_is_named_without_one() {
    let known = Knowledge::embedded();
    for (name, row) in others() {
        let facts = Seen::of(&name, &row).facts;
        let family = known.packages.family(&facts.host).map_or("", |it| &it.name);
        assert_eq!(Some(family), row.family.as_deref(), "{name}");
        let manager = known.packages.manager_for(&facts.host).map_or("", |it| it.name());
        assert_eq!(manager, row.manager, "{name}");
    }
}

#[test]
fn a_system_that_takes_no_packages_gets_none() {
    for name in ["fedora-silverblue-43", "opensuse-microos", "steamos-3"] {
        let seen = Seen::of(name, &ROWS.one(name));
        assert!(seen.planned.steps.iter().all(|it| !it.needs_root), "{name}: {}", seen.plan);
        for line in seen.check.lines().chain(seen.plan.lines()) {
            let direct = ["dnf install", "zypper --", "pacman -S"].iter().any(|it| line.contains(it));
            assert!(!direct, "{name}: {line}");
        }
        let container = ["toolbox create", "distrobox create"].iter().any(|it| seen.check.contains(it));
        assert!(container, "{name} is told how to make a container: {}", seen.check);
    }
    let inside = Seen::of("fedora-toolbox-43", &ROWS.one("fedora-toolbox-43"));
    assert!(inside.plan.contains("dnf install -y"), "{}", inside.plan);
}

#[test]
fn packages_go_into_the_next_image_where_somebody_asks_for_that_and_it_can_be_done() {
    let known = Knowledge::embedded();
    for (name, layers) in [("fedora-silverblue-43", true), ("opensuse-microos", false), ("fedora-43", false)]
    {
        let seen = Seen::of(name, &ROWS.one(name));
        assert_eq!(known.packages.layering(&seen.facts.host).is_some(), layers, "{name}");
        if !layers {
            continue;
        }
        let (facts, want) = looked(&rows::replay(&seen.recording), &known);
        let want = Want { layer: true, ..want };
        let planned = plan::make(&seen.findings, &facts, &want, &known, Scope::Install);
        let of_packages: Vec<_> = planned.steps.iter().filter(|it| it.action.manager().is_some()).collect();
        let [step] = &of_packages[..] else { panic!("one image is made: {of_packages:?}") };
        assert!(step.needs_root && step.action.manager() == Some("rpm-ostree"), "{step:?}");
        let page = report::plan::page(
            &planned,
            &Words::of(Lang::En),
            Typed { sudo: !Machine::of(&facts).root, bundle: None },
            None,
            &Costs::of(&planned, "linux/amd64", &[]),
        )
        .plain();
        for word in ["rpm-ostree install --idempotent", "gcc", "libX11-devel"] {
            assert!(page.contains(word), "{word}: {page}");
        }
    }
}

#[test]
fn the_program_itself_replays_a_recording_of_each() {
    let kept = std::env::var_os("RECORDINGS").map(PathBuf::from);
    let scratch = tempfile::tempdir().expect("a temporary directory");
    for (name, row) in rows() {
        let dir = kept.as_deref().unwrap_or(scratch.path()).join(&name);
        rows::write(&Seen::of(&name, &row).recording, &dir);
        let home = tempfile::tempdir().expect("a temporary directory");
        let mut command = Command::new(env!("CARGO_BIN_EXE_fyne-setup"));
        command.args(["check", "--lang", "en", "--replay"]).arg(&dir).env_clear().env("HOME", home.path());
        let output = command.current_dir(home.path()).stdin(Stdio::null()).output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        for line in fs::read_to_string(ROWS.dir(&name).join("check.txt")).expect("kept").lines() {
            assert!(said.contains(line.trim()), "{name} does not say {line:?}:\n{said}");
        }
    }
}

#[test]
fn the_table_of_libraries_is_that_of_the_rows() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/platforms.md");
    let page = fs::read_to_string(&file).expect("the page");
    let (begin, end) = (
        "<!-- distributions: `BLESS=1 cargo test --test distributions` writes this table -->\n",
        "<!-- end of the distributions -->",
    );
    let (before, rest) = page.split_once(begin).expect("its beginning");
    let (_, after) = rest.split_once(end).expect("its end");
    let now = format!("{before}{begin}{}{end}{after}", table());
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &now).expect("it is ours to write");
    }
    assert!(page == now || std::env::var_os("BLESS").is_some(), "docs/platforms.md: run with BLESS=1\n{now}");
}

/// Which Fyne fits where, by the limits of the manifest.
fn table() -> String {
    let known = Knowledge::embedded();
    let wayland = known.packages.capability("wayland").expect("a capability");
    let limit = wayland.macros.values().next().and_then(|it| it.rsplit(' ').next()).expect("a limit");
    let least: Version = format!("{limit}.0").parse().expect("a version");
    let fyne = known.manifest.fyne.first().expect("a release line");
    let newest = resolve(&known.manifest, &constraints("linux/amd64", "")).expect("versions").target.fyne;
    let older = known.manifest.fyne.iter().find(|it| !it.needs["linux"].iter().any(|it| it == "wayland"));
    let older = older.expect("a line without Wayland").line.clone();
    assert!(fyne.needs["linux"].iter().any(|it| it == "wayland"));
    let mut page = String::from(
        "| distribution | recording | packages by | C library | gcc | libwayland | Fyne that builds with all it has |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (name, row) in rows() {
        let seen = Seen::of(&name, &row);
        let host = &seen.facts.host;
        let by = match known.packages.manager_for(host) {
            Some(manager) => manager.name().to_owned(),
            None if host.image.is_some() => "a container".into(),
            None => {
                known.packages.by_hand(host).map_or("a person".into(), |it| format!("a person, with {it}"))
            }
        };
        let version: Version = three(&row.versions.wayland).parse().expect("a version");
        let fits = if !["x86_64", "aarch64"].contains(&row.arch.as_str()) {
            "none: no 64-bit system".to_owned()
        } else if version < least {
            format!("{older}; {newest} with the tag x11, which `install` sets")
        } else {
            newest.to_string()
        };
        let libc = if row.libc.is_empty() { "glibc" } else { &row.libc };
        let (gcc, wayland) = (&row.versions.gcc, &row.versions.wayland);
        writeln!(page, "| {} | {} | {by} | {libc} | {gcc} | {wayland} | {fits} |", row.name, row.source)
            .expect("a text");
    }
    page
}

fn three(version: &str) -> String {
    let dots = version.matches('.').count();
    format!("{version}{}", ".0".repeat(2_usize.saturating_sub(dots)))
}

/// What came of a distribution.
struct Seen {
    recording: Recording,
    facts: Facts,
    findings: Vec<Finding>,
    planned: Plan,
    check: String,
    plan: String,
}

impl Seen {
    fn of(name: &str, row: &Row) -> Self {
        let known = Knowledge::embedded();
        let world = World::of(name, row);
        let recorder = Recorder::new(&world);
        looked(&recorder, &known);
        let recording = recorder.finish();
        let (facts, want) = looked(&rows::replay(&recording), &known);
        let findings = checks::judge(&facts, &want, &known, &[]);
        let planned = plan::make(&findings, &facts, &want, &known, Scope::Install);
        let words = Words::of(Lang::En);
        let checked = Report::checked(&facts, &want, &known, findings.clone());
        let check = text::page(&checked, &words, Detail::default()).plain();
        let page = report::plan::page(
            &planned,
            &words,
            Typed { sudo: !Machine::of(&facts).root, bundle: None },
            None,
            &Costs::of(&planned, "linux/amd64", &[]),
        )
        .plain();
        Self { recording, facts, findings, planned, check, plan: page }
    }

    /// What is only shown with `-v` or in JSON.
    fn evidence(&self) -> impl Iterator<Item = &str> {
        self.findings.iter().flat_map(|it| it.verdict.evidence.iter().map(String::as_str))
    }
}

/// What `check` and `install` ask.
fn looked(look: &dyn Look, known: &Knowledge) -> (Facts, Want) {
    let home = PathBuf::from(&look.env()["HOME"]);
    let places = Places::linux(&home, |_| None);
    let _ = fyne_setup::release::store::kept(look, &places);
    let mut facts = probe::facts(look, &places, None, &known.packages);
    let platform = if facts.host.identity.arch == "aarch64" { "linux/arm64" } else { "linux/amd64" };
    let wish = constraints(platform, &Machine::of(&facts).distro);
    let want = Want::of(resolve(&known.manifest, &wish).expect("versions").target);
    probe::for_target(look, &mut facts, &want.target, &known.packages);
    (facts, want)
}

fn constraints(platform: &str, distro: &str) -> Constraints {
    let (os, platform, distro) = ("linux".into(), platform.into(), distro.into());
    Constraints { os, platform, distro, ..Constraints::default() }
}

/// Every distribution with a recording, by name.
fn rows() -> Vec<(String, Row)> {
    ROWS.all()
}

/// Those of which only the name is of interest, with the family that each belongs to.
fn others() -> Vec<(String, Row)> {
    let text = fs::read_to_string(ROWS.dir("others.toml")).expect("the file");
    let all: BTreeMap<String, Row> = toml::from_str(&text).expect("it reads");
    all.into_iter().collect()
}
