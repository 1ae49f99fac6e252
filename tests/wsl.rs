//! Windows Subsystem for Linux, machine by machine, on any system: what is documented or was told of one stands in
//! `tests/recordings/wsl/NAME/machine.toml`, is laid over the recording of a healthy Debian and replayed; what `check` says
//! of WSL and of the display, and the plan of `repair`, stand beside it. `BLESS=1 cargo test --test wsl` writes them again;
//! `RECORDINGS=DIR` keeps the recordings there, for `check --replay DIR/NAME`.
//!
//! To add one: a directory with a `machine.toml` that says where each part of it is from.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fyne_setup::action::{Action, Plan, Scope};
use fyne_setup::checks::{self, Finding};
use fyne_setup::fact::Fact;
use fyne_setup::facts::Facts;
use fyne_setup::manifest::{Constraints, Knowledge, resolve};
use fyne_setup::places::Places;
use fyne_setup::plan::cost::Costs;
use fyne_setup::recording::replay::Replay;
use fyne_setup::recording::{Recorder, Recording};
use fyne_setup::report::Report;
use fyne_setup::report::model::{Machine, Typed};
use fyne_setup::report::text::{self, Detail};
use fyne_setup::report::words::{Lang, Words};
use fyne_setup::system::Look;
use fyne_setup::want::{Allowed, Want};
use fyne_setup::{plan, probe, report};

#[path = "rows/rows.rs"]
mod rows;
#[path = "wsl/world.rs"]
mod world;

use rows::Rows;
use world::{Row, World};

const ROWS: Rows = Rows("wsl");

/// What these recordings are about.
const ABOUT: [&str; 4] = ["system.os", "system.wsl", "display.reachable", "project.drive"];

#[test]
fn every_wsl_is_judged_and_planned_for_as_is_kept_beside_it() {
    ROWS.are_as_kept(
        "wsl",
        rows().into_iter().map(|(name, row)| {
            let seen = Seen::of(&name, row);
            (name, seen.check(Lang::En), seen.plan())
        }),
    );
}

#[test]
fn each_wsl_says_where_it_is_from() {
    let rows = rows();
    assert!(rows.len() >= 16, "{}", rows.len());
    for (name, row) in &rows {
        rows::is_sourced(name, &row.name, &row.from);
    }
}

#[test]
fn a_healthy_wsl_has_no_finding_and_an_empty_plan() {
    let mut healthy = 0;
    for (name, row) in rows().into_iter().filter(|it| it.1.healthy) {
        let seen = Seen::of(&name, row);
        for finding in &seen.all {
            assert!(!finding.verdict.is_bad(), "{name}: {} {}", finding.id, finding.verdict.summary);
        }
        assert!(seen.planned.steps.is_empty(), "{name}: {}", seen.plan());
        healthy += 1;
    }
    assert!(healthy >= 4, "{healthy}");
}

#[test]
fn no_fault_of_wslg_is_answered_by_taking_its_variables_away() {
    for (name, row) in rows() {
        let theirs = row.env.get("DISPLAY").is_some_and(|it| it == ":0");
        let seen = Seen::of(&name, row);
        for line in seen.check(Lang::En).lines().chain(seen.plan().lines()) {
            assert!(!line.contains("unset "), "{name}: {line}");
        }
        if theirs {
            for step in &seen.planned.steps {
                let about = step.because.iter().any(|it| it == "display.reachable");
                let shown = matches!(step.action, Action::ShowWslgSockets { .. });
                assert!(!about || shown, "{name} plans for WSLg's own variable: {}", seen.plan());
            }
        }
    }
}

#[test]
fn every_wsl_gets_one_summary_valid_json_and_words_in_every_language() {
    for (name, row) in rows() {
        let contained = row.files.contains_key(Path::new("/.dockerenv"));
        let version = if row.kernel.ends_with("-Microsoft") { 1 } else { 2 };
        let seen = Seen::of(&name, row);
        let report = Report::checked(&seen.facts, &seen.want, &seen.known, seen.all.clone());
        let text = report::json::document(&report, &Words::of(Lang::En));
        let again: serde_json::Value = serde_json::from_str(&text).expect("valid");
        let told = again["machine"]["wsl"].as_u64();
        assert_eq!(told, (!contained).then_some(version), "{name}");
        for lang in Lang::ALL {
            let page = seen.check(lang);
            assert!(!page.contains("display-wsl") && !page.contains("system-wsl"), "{name}: {page}");
            assert!(!page.contains('\u{2068}'), "{name}: {page}");
        }
    }
}

#[test]
fn the_program_itself_replays_each_and_writes_nothing() {
    let scratch = tempfile::tempdir().expect("a temporary directory");
    for (name, row) in rows() {
        let healthy = row.healthy;
        let dir = scratch.path().join(&name);
        rows::write(&Seen::of(&name, row).recording, &dir);
        let home = tempfile::tempdir().expect("a temporary directory");
        let mut command = Command::new(env!("CARGO_BIN_EXE_fyne-setup"));
        command.args(["check", "--lang", "en", "--replay"]).arg(&dir).args(ABOUT);
        command.env_clear().env("HOME", home.path()).current_dir(home.path()).stdin(Stdio::null());
        let output = command.output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let code = output.status.code();
        assert!(
            if healthy { code == Some(0) } else { matches!(code, Some(0 | 1)) },
            "{name}: {code:?} {said}"
        );
        assert_eq!(fs::read_dir(home.path()).expect("there").count(), 0, "{name} wrote into the home");
    }
}

/// What came of a machine.
struct Seen {
    known: Knowledge,
    recording: Recording,
    facts: Facts,
    want: Want,
    all: Vec<Finding>,
    planned: Plan,
}

impl Seen {
    fn of(name: &str, row: Row) -> Self {
        let known = Knowledge::embedded();
        let (project, allow) = (row.project.clone(), row.allow);
        let world = World::of(base(), row);
        let recorder = Recorder::new(&world);
        looked(&recorder, &known, project.as_deref(), allow);
        let recording = recorder.finish();
        if let Some(dir) = std::env::var_os("RECORDINGS") {
            rows::write(&recording, &Path::new(&dir).join(name));
        }
        let (facts, want) = looked(&rows::replay(&recording), &known, project.as_deref(), allow);
        let all = checks::judge(&facts, &want, &known, &[]);
        let planned = plan::make(&all, &facts, &want, &known, Scope::Repair);
        Self { known, recording, facts, want, all, planned }
    }

    fn check(&self, lang: Lang) -> String {
        let about = self.all.iter().filter(|it| ABOUT.contains(&it.id.as_str())).cloned().collect();
        let checked = Report::checked(&self.facts, &self.want, &self.known, about);
        text::page(&checked, &Words::of(lang), Detail { verbose: true, ..Detail::default() }).plain()
    }

    fn plan(&self) -> String {
        report::plan::page(
            &self.planned,
            &Words::of(Lang::En),
            Typed { sudo: true, bundle: None },
            None,
            &Costs::of(&self.planned, "linux/amd64", &[]),
        )
        .plain()
    }
}

/// The healthy Debian.
fn base() -> Replay {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings/debian-12-healthy");
    let read = |name: &str| fs::read(dir.join(name)).map_or(Fact::Absent, Fact::Here);
    Replay::new(Recording::load(read).expect("it reads"))
}

/// What `check` and `repair` ask.
fn looked(look: &dyn Look, known: &Knowledge, project: Option<&Path>, allow: bool) -> (Facts, Want) {
    let home = PathBuf::from(&look.env()["HOME"]);
    let places = Places::linux(&home, |_| None);
    let mut facts = probe::facts(look, &places, project, &known.packages);
    let wish = Constraints {
        os: "linux".into(),
        platform: "linux/amd64".into(),
        distro: Machine::of(&facts).distro,
        ..Constraints::default()
    };
    let mut want = Want::of(resolve(&known.manifest, &wish).expect("versions").target);
    want.allow = allow.then_some(Allowed::WindowsFirewall).into_iter().collect();
    probe::for_target(look, &mut facts, &want.target, &known.packages);
    (facts, want)
}

/// Every WSL, by name.
fn rows() -> Vec<(String, Row)> {
    ROWS.all()
}
