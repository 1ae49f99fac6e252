//! Windows, machine by machine, on any system: what is documented of one stands in `tests/recordings/windows/NAME/machine.toml`,
//! is made into a recording and replayed; what `check` says of its compilers and packages, and the plan of `install`, stand
//! beside it. `BLESS=1 cargo test --test windows` writes them again;
//! `RECORDINGS=DIR` keeps the recordings there, for `check --replay DIR/NAME`.
//!
//! To add one: a directory with a `machine.toml` that says where each part of it is from.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fyne_setup::action::{Action, Plan, Scope};
use fyne_setup::checks::{self, Finding};
use fyne_setup::fact::Fact;
use fyne_setup::facts::Facts;
use fyne_setup::manifest::{Constraints, Knowledge, resolve};
use fyne_setup::path_style::PathStyle;
use fyne_setup::places::Places;
use fyne_setup::recording::replay::Replay;
use fyne_setup::recording::{Recorder, Recording};
use fyne_setup::report::Report;
use fyne_setup::report::model::Machine;
use fyne_setup::report::text::{self, Detail};
use fyne_setup::report::words::{Lang, Words};
use fyne_setup::system::Look;
use fyne_setup::want::Want;
use fyne_setup::{plan, probe, report};

#[path = "windows/world.rs"]
mod world;

use world::{Row, World};

/// What these recordings are about: compilers, packages, and which Windows it is.
const ABOUT: [&str; 7] = [
    "system.os",
    "system.packages",
    "cgo.compiler",
    "cgo.pkg-config",
    "cgo.headers",
    "cgo.libraries",
    "native.msvc",
];

#[test]
fn every_windows_is_judged_and_planned_for_as_is_kept_beside_it() {
    let mut wrong = Vec::new();
    for (name, row) in rows() {
        let seen = Seen::of(&name, &row);
        for (file, now) in [("check.txt", seen.check(Lang::En)), ("plan.txt", seen.plan())] {
            let kept = dir(&name).join(file);
            if std::env::var_os("BLESS").is_some() {
                fs::write(&kept, &now).expect("it is ours to write");
            }
            let then = fs::read_to_string(&kept).unwrap_or_default();
            if then != now {
                wrong.push(format!("{name}/{file} was\n{then}\nand is\n{now}"));
            }
        }
    }
    let hint = "If that is meant, run `BLESS=1 cargo test --test windows` and read the diff.";
    assert!(wrong.is_empty(), "{}\n{hint}", wrong.join("\n"));
}

#[test]
fn each_windows_says_where_it_is_from() {
    let rows = rows();
    assert!(rows.len() >= 12, "{}", rows.len());
    for (name, row) in &rows {
        assert!(
            row.name.len() > 3 && !row.from.is_empty() && row.from.iter().all(|it| it.len() > 10),
            "{name}"
        );
    }
}

#[test]
fn every_windows_gets_one_summary_valid_json_and_words_in_every_language() {
    for (name, row) in rows() {
        let seen = Seen::of(&name, &row);
        let report = Report::checked(&seen.facts, &seen.want, &seen.known, seen.findings.clone());
        let text = report::json::document(&report, &Words::of(Lang::En));
        let again: serde_json::Value = serde_json::from_str(&text).expect("valid");
        assert_eq!(again["machine"]["os"], "windows", "{name}");
        for lang in Lang::ALL {
            let page = seen.check(lang);
            assert!(!page.contains("native-msvc") && !page.contains("cgo-compiler"), "{name}: {page}");
            assert!(!page.contains('\u{2068}'), "{name}: {page}");
        }
    }
}

#[test]
fn no_plan_for_windows_restarts_it_or_runs_what_only_linux_has() {
    for (name, row) in rows() {
        let seen = Seen::of(&name, &row);
        for step in &seen.planned.steps {
            let words = match &step.action {
                Action::InstallPackages { manager, names } => {
                    assert_eq!((manager.as_str(), names.len()), ("winget", 1), "{name}");
                    fyne_setup::packages::by_name(manager).expect("known").install(names)
                }
                Action::ModifyVisualStudio { setup, install, add } => {
                    fyne_setup::action::installer::modify(setup, install, add)
                }
                _ => continue,
            };
            let line = words.join(" ");
            assert!(!line.contains("sudo") && !line.contains("/usr"), "{name}: {line}");
            let msvc = line.contains("Visual");
            assert!(!msvc || line.contains("--norestart"), "{name}: {line}");
            assert!(row.msvc || !msvc, "{name}: nobody asked for Microsoft's compiler");
        }
    }
}

#[test]
fn several_gos_are_told_apart_by_what_brought_them() {
    let (name, row) = rows().into_iter().find(|it| it.0 == "two-gos").expect("kept");
    let seen = Seen::of(&name, &row);
    let all = checks::judge(&seen.facts, &seen.want, &seen.known, &["go.several".to_owned()]);
    let said = all[0].verdict.evidence.join("\n");
    assert!(said.contains("go1.22.5 (Scoop)") && said.contains("go1.27.4 (MSI)"), "{said}");
}

/// What came of a machine.
struct Seen {
    known: Knowledge,
    facts: Facts,
    want: Want,
    findings: Vec<Finding>,
    planned: Plan,
}

impl Seen {
    fn of(name: &str, row: &Row) -> Self {
        let known = Knowledge::embedded();
        let world = World::of(row);
        let recorder = Recorder::new(&world);
        looked(&recorder, &known, row.msvc);
        let files: BTreeMap<String, Vec<u8>> = recorder.finish().files().into_iter().collect();
        if let Some(dir) = std::env::var_os("RECORDINGS") {
            keep(&Path::new(&dir).join(name), &files);
        }
        let read = |name: &str| files.get(name).map_or(Fact::Absent, |it| Fact::Here(it.clone()));
        let replay = Replay::new(Recording::load(read).expect("it reads"));
        let (facts, want) = looked(&replay, &known, row.msvc);
        let findings = checks::judge(&facts, &want, &known, &ABOUT.map(str::to_owned));
        let planned = plan::make(&findings, &facts, &want, &known, Scope::Repair);
        Self { known, facts, want, findings, planned }
    }

    fn check(&self, lang: Lang) -> String {
        let checked = Report::checked(&self.facts, &self.want, &self.known, self.findings.clone());
        text::page(&checked, &Words::of(lang), Detail { verbose: true, ..Detail::default() }).plain()
    }

    fn plan(&self) -> String {
        report::plan::page(&self.planned, &Words::of(Lang::En), false).plain()
    }
}

/// For `check --replay DIR/NAME`.
fn keep(dir: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in files {
        let file = dir.join(name);
        fs::create_dir_all(file.parent().expect("a directory")).expect("writable");
        fs::write(file, bytes).expect("writable");
    }
}

/// What `check` and `install` ask.
fn looked(look: &dyn Look, known: &Knowledge, msvc: bool) -> (Facts, Want) {
    let dir = |name: &str| PathStyle::Windows.path(&look.env()[name]);
    let places = Places::windows(&dir("LOCALAPPDATA"), &dir("APPDATA"));
    let mut facts = probe::facts(look, &places, None, &known.packages);
    let arch = if facts.host.identity.arch == "aarch64" { "arm64" } else { "amd64" };
    let wish = Constraints {
        os: "windows".into(),
        platform: format!("windows/{arch}"),
        distro: Machine::of(&facts).distro,
        ..Constraints::default()
    };
    let want = Want { msvc, ..Want::of(resolve(&known.manifest, &wish).expect("versions").target) };
    probe::for_target(look, &mut facts, &want.target, &known.packages);
    if msvc {
        probe::native::windows::msvc::build(look, &mut facts);
    }
    (facts, want)
}

fn dir(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings/windows").join(name)
}

/// Every Windows, by name.
fn rows() -> Vec<(String, Row)> {
    let entries = fs::read_dir(dir("")).expect("the directory");
    let dirs = entries.map(|it| it.expect("an entry").path()).filter(|it| it.is_dir());
    let mut names: Vec<String> =
        dirs.map(|it| it.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    names.sort();
    let read = |name: &String| {
        let file = dir(name).join("machine.toml");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    names.into_iter().map(|name| (name.clone(), read(&name))).collect()
}
