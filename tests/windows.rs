//! Windows, machine by machine, on any system: what is documented of one stands in `tests/recordings/windows/NAME/machine.toml`,
//! is made into a recording and replayed; what `check` says of its compilers and packages, and the plan of `install`, stand
//! beside it. `BLESS=1 cargo test --test windows` writes them again;
//! `RECORDINGS=DIR` keeps the recordings there, for `check --replay DIR/NAME`.
//!
//! To add one: a directory with a `machine.toml` that says where each part of it is from.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, missing_docs)]

use std::path::Path;

use fyne_setup::action::{Action, Plan, Scope};
use fyne_setup::checks::{self, Finding};
use fyne_setup::facts::Facts;
use fyne_setup::manifest::{Constraints, Knowledge, resolve};
use fyne_setup::path_style::PathStyle;
use fyne_setup::places::Places;
use fyne_setup::plan::cost::Costs;
use fyne_setup::recording::{Recorder, Recording};
use fyne_setup::report::Report;
use fyne_setup::report::model::{Machine, Typed};
use fyne_setup::report::text::{self, Detail};
use fyne_setup::report::words::{Lang, Words};
use fyne_setup::system::Look;
use fyne_setup::want::Want;
use fyne_setup::{plan, probe, report};

#[path = "windows/done.rs"]
mod done;
#[path = "windows/left.rs"]
mod left;
#[path = "testlog/program.rs"]
#[allow(dead_code)]
mod program;
#[path = "rows/rows.rs"]
mod rows;
#[path = "windows/said.rs"]
mod said;
#[path = "windows/world.rs"]
mod world;

use rows::Rows;
use world::{Row, World};

const ROWS: Rows = Rows("windows");

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

/// And where a row says what its desktop is, that.
fn about(row: &Row) -> impl Iterator<Item = &'static str> {
    let display = row.desktop.is_some().then_some(["display.reachable", "display.gl"]);
    ABOUT.into_iter().chain(display.into_iter().flatten())
}

#[test]
fn every_windows_is_judged_and_planned_for_as_is_kept_beside_it() {
    ROWS.are_as_kept(
        "windows",
        rows().into_iter().map(|(name, row)| {
            let seen = Seen::of(&name, &row);
            (name, seen.check(Lang::En), seen.plan())
        }),
    );
}

#[test]
fn each_windows_says_where_it_is_from() {
    let rows = rows();
    assert!(rows.len() >= 12, "{}", rows.len());
    for (name, row) in &rows {
        rows::is_sourced(name, &row.name, &row.from);
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
    let seen = Seen::of("two-gos", &ROWS.one("two-gos"));
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
        let about: Vec<String> = about(row).map(str::to_owned).collect();
        let recording = Self::recorded(row);
        if let Some(dir) = std::env::var_os("RECORDINGS") {
            rows::write(&recording, &Path::new(&dir).join(name));
        }
        let (facts, want) = looked(&rows::replay(&recording), &known, row);
        let findings = checks::judge(&facts, &want, &known, &about);
        let planned = plan::make(&findings, &facts, &want, &known, Scope::Repair);
        Self { known, facts, want, findings, planned }
    }

    fn recorded(row: &Row) -> Recording {
        let world = World::of(row);
        let recorder = Recorder::new(&world);
        looked(&recorder, &Knowledge::embedded(), row);
        recorder.finish()
    }

    fn check(&self, lang: Lang) -> String {
        let checked = Report::checked(&self.facts, &self.want, &self.known, self.findings.clone());
        text::page(&checked, &Words::of(lang), Detail { verbose: true, ..Detail::default() }).plain()
    }

    fn plan(&self) -> String {
        self.plan_in(Lang::En)
    }

    fn plan_in(&self, lang: Lang) -> String {
        report::plan::page(
            &self.planned,
            &Words::of(lang),
            Typed::default(),
            None,
            &Costs::of(&self.planned, "windows/amd64", &[]),
        )
        .plain()
    }
}

/// What `check` and `install` ask.
fn looked(look: &dyn Look, known: &Knowledge, row: &Row) -> (Facts, Want) {
    let dir = |name: &str| PathStyle::Windows.path(&look.env()[name]);
    let places = Places::windows(&dir("LOCALAPPDATA"), &dir("APPDATA"));
    let project = row.project.as_ref().map(|it| dir("USERPROFILE").join(it));
    let mut facts = probe::facts(look, &places, project.as_deref(), &known.packages);
    let arch = if facts.host.identity.arch == "aarch64" { "arm64" } else { "amd64" };
    let wish = Constraints {
        os: "windows".into(),
        platform: format!("windows/{arch}"),
        distro: Machine::of(&facts).distro,
        ..Constraints::default()
    };
    let msvc = row.msvc;
    let want = Want { msvc, project, ..Want::of(resolve(&known.manifest, &wish).expect("versions").target) };
    probe::for_target(look, &mut facts, &want.target, &known.packages);
    if row.msvc {
        probe::native::windows::msvc::build(look, &mut facts);
    }
    (facts, want)
}

/// Every Windows, by name.
fn rows() -> Vec<(String, Row)> {
    ROWS.all()
}
