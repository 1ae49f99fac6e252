//! Macs, machine by machine, on any system: what is documented or was told of one stands in
//! `tests/recordings/macos/NAME/machine.toml`, is made into a recording and replayed; what `check` says of what the row is
//! about, and the plan of `repair` for it, stand beside it. `BLESS=1 cargo test --test macos` writes them again;
//! `RECORDINGS=DIR` keeps the recordings there, for `check --replay DIR/NAME`.
//!
//! To add one: a directory with a `machine.toml` that says where each part of it is from. No Mac has run any of this.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fyne_setup::action::{Plan, Scope};
use fyne_setup::app::survey::{VersionArgs, constraints};
use fyne_setup::checks::{self, Finding, Status};
use fyne_setup::facts::Facts;
use fyne_setup::manifest::{Knowledge, resolve_to_report};
use fyne_setup::places::Places;
use fyne_setup::plan::cost::Costs;
use fyne_setup::recording::{Recorder, Recording};
use fyne_setup::report::Report;
use fyne_setup::report::model::Typed;
use fyne_setup::report::text::{self, Detail};
use fyne_setup::report::words::{Lang, Words};
use fyne_setup::system::Look;
use fyne_setup::want::Want;
use fyne_setup::{plan, probe, report};

#[path = "macos/canned.rs"]
mod canned;
#[path = "macos/done.rs"]
mod done;
#[path = "testlog/program.rs"]
#[allow(dead_code)]
mod program;
#[path = "macos/row.rs"]
mod row;
#[path = "rows/rows.rs"]
mod rows;
#[cfg(unix)]
#[path = "macos/stand_ins.rs"]
mod stand_ins;
#[path = "macos/world.rs"]
mod world;

use row::Row;
use rows::Rows;
use world::{HOME, World};

const ROWS: Rows = Rows("macos");

#[test]
fn every_mac_is_judged_and_planned_for_as_is_kept_beside_it() {
    ROWS.are_as_kept(
        "macos",
        rows().into_iter().map(|(name, row)| {
            let seen = Seen::of(&name, &row);
            (name, seen.check(Lang::En), seen.plan())
        }),
    );
}

#[test]
fn each_mac_says_where_it_is_from() {
    for (name, row) in rows() {
        rows::is_sourced(&name, &row.name, &row.from);
        assert!(!row.about.is_empty(), "{name}");
    }
}

#[test]
fn a_healthy_mac_has_no_finding_and_an_empty_plan() {
    let mut healthy = 0;
    for (name, row) in rows().into_iter().filter(|it| it.1.healthy) {
        let seen = Seen::of(&name, &row);
        for finding in &seen.findings {
            assert!(!finding.verdict.is_bad(), "{name}: {} {}", finding.id, finding.verdict.summary);
        }
        assert!(seen.planned.steps.is_empty(), "{name}: {}", seen.plan());
        healthy += 1;
    }
    assert!(healthy >= 1, "{healthy}");
}

#[test]
fn a_mac_with_all_that_fyne_needs_has_no_finding_beyond_notes_by_every_check() {
    let (name, row) = rows().into_iter().find(|it| it.0 == "os-whole-15").expect("the row is kept");
    let seen = Seen::of(&name, &row);
    let all = checks::judge(&seen.facts, &seen.want, &seen.known, &[]);
    let fine = [Status::Ok, Status::Info, Status::Skipped];
    let bad = all.iter().filter(|it| !fine.contains(&it.verdict.status));
    let bad: Vec<String> = bad.map(|it| format!("{} {}", it.id, it.verdict.summary)).collect();
    assert!(bad.is_empty(), "{bad:#?}");
    let plan = plan::make(&all, &seen.facts, &seen.want, &seen.known, Scope::Repair);
    assert!(
        plan.steps.is_empty(),
        "{}",
        report::plan::page(
            &plan,
            &Words::of(Lang::En),
            Typed { sudo: true, bundle: None },
            None,
            &Costs::of(&plan, "darwin/arm64", &[])
        )
        .plain()
    );
}

#[test]
fn every_mac_gets_one_summary_valid_json_and_words_in_every_language() {
    for (name, row) in rows() {
        let seen = Seen::of(&name, &row);
        let all = checks::judge(&seen.facts, &seen.want, &seen.known, &[]);
        let report = Report::checked(&seen.facts, &seen.want, &seen.known, all);
        let text = report::json::document(&report, &Words::of(Lang::En));
        let again: serde_json::Value = serde_json::from_str(&text).expect("valid");
        assert_eq!(again["machine"]["os"], "macos", "{name}");
        assert_eq!(again["machine"]["arch"], row.arch, "{name}");
        for lang in Lang::ALL {
            let page = seen.check(lang);
            let keys = ["system-os-", "system-xcode-", "go-path-", "cgo-compiler-", "cgo-flags-"];
            assert!(!keys.iter().any(|it| page.contains(it)), "{name}: {page}");
            assert!(!page.contains('\u{2068}'), "{name}: {page}");
        }
    }
}

/// What only another system has.
const OF_OTHERS: [&str; 20] = [
    "apt-get",
    "apt ",
    "dnf",
    "winget",
    "PowerShell",
    "$env:",
    "C:\\",
    "Xvfb",
    "libGL",
    "/home/",
    "os-release",
    "ldconfig",
    "systemd",
    "environment.d",
    "glibc",
    "/root",
    "registry",
    "chcp",
    "sed -i '1",
    "%PATH%",
];

#[test]
fn no_report_of_a_mac_speaks_of_what_only_others_have() {
    for (name, row) in rows() {
        let seen = Seen::of(&name, &row);
        for text in Lang::ALL.map(|lang| seen.check(lang)).into_iter().chain([seen.plan()]) {
            let said: Vec<_> = OF_OTHERS.into_iter().filter(|it| text.contains(it)).collect();
            assert!(said.is_empty(), "{name} speaks of {said:?}:\n{text}");
        }
    }
}

#[test]
fn the_program_itself_replays_each_and_writes_nothing() {
    let scratch = tempfile::tempdir().expect("a temporary directory");
    for (name, row) in rows() {
        let dir = scratch.path().join(&name);
        rows::write(&Seen::recorded(&row), &dir);
        let home = tempfile::tempdir().expect("a temporary directory");
        let mut command = Command::new(env!("CARGO_BIN_EXE_fyne-setup"));
        command.args(["check", "--lang", "en", "--replay"]).arg(&dir).args(&row.about);
        command.env_clear().env("HOME", home.path()).current_dir(home.path()).stdin(Stdio::null());
        let output = command.output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let code = output.status.code();
        let expected = if row.healthy { code == Some(0) } else { matches!(code, Some(0 | 1)) };
        assert!(expected, "{name}: {code:?} {said}");
        assert_eq!(fs::read_dir(home.path()).expect("there").count(), 0, "{name} wrote into the home");
    }
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
        let recording = Self::recorded(row);
        if let Some(dir) = std::env::var_os("RECORDINGS") {
            rows::write(&recording, &Path::new(&dir).join(name));
        }
        let (facts, want) = looked(&rows::replay(&recording), &known, row);
        let findings = checks::judge(&facts, &want, &known, &row.about);
        let planned = plan::make(&findings, &facts, &want, &known, Scope::Repair);
        Self { known, facts, want, findings, planned }
    }

    fn recorded(row: &Row) -> Recording {
        let world = World::of(row);
        let recorder = Recorder::new(&world);
        looked(&recorder, &Knowledge::embedded(), row);
        let dialogues = world.dialogues.lock().expect("nobody panics with it");
        assert!(dialogues.is_empty(), "{}: {dialogues:?} open a dialogue on the screen", row.name);
        recorder.finish()
    }

    fn check(&self, lang: Lang) -> String {
        let checked = Report::checked(&self.facts, &self.want, &self.known, self.findings.clone());
        text::page(&checked, &Words::of(lang), Detail { verbose: true, ..Detail::default() }).plain()
    }

    fn plan(&self) -> String {
        report::plan::page(
            &self.planned,
            &Words::of(Lang::En),
            Typed { sudo: true, bundle: None },
            None,
            &Costs::of(&self.planned, "darwin/arm64", &[]),
        )
        .plain()
    }
}

/// What `check` and `repair` ask.
fn looked(look: &dyn Look, known: &Knowledge, row: &Row) -> (Facts, Want) {
    // A recording has another word for it.
    let home = PathBuf::from(look.env().get("HOME").map_or(HOME, String::as_str));
    let places = Places::macos(&home);
    let project = row.project.as_ref().map(|it| home.join(it));
    let mut facts = probe::facts(look, &places, project.as_deref(), &known.packages);
    let wish = constraints(&facts, &VersionArgs::default());
    let want =
        Want { project, ..Want::of(resolve_to_report(&known.manifest, &wish).expect("versions").target) };
    probe::for_target(look, &mut facts, &want.target, &known.packages);
    (facts, want)
}

/// Every Mac, by name.
fn rows() -> Vec<(String, Row)> {
    ROWS.all()
}
