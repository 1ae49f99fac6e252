//! Whose a package is when a run is taken back, with apt in a play.

use super::*;
use crate::apply::revert::StepUndone;
use crate::apply::stand::Stand;
use crate::apply::steps::removal::Kept;
use crate::fact::Fact;
use crate::journal::Event;
use crate::packages::played::{APT, HISTORY, LAID, QUERY};
use crate::plan::make;
use crate::system::fake::{Machine, Scripted};
use crate::system::{Disk, Look};

/// When the run was at work, as the clock of a machine in memory has it.
const THEN: u64 = 1_790_000_000;

/// `a`, which is named, and `b`, which comes with it, in these versions.
fn machine(there: &[(&str, &str)]) -> Machine {
    let line = |it: &(&str, &str)| format!("{}\t{}\tinstall ok installed\n", it.0, it.1);
    let there: String = there.iter().map(line).collect();
    Machine::linux().answer(QUERY, "-W", 0, &there, "").answer(APT, "purge -s", 0, "", "")
}

fn both() -> Machine {
    machine(&[("a", "1"), ("b", "1")])
}

fn chosen(machine: Machine, names: &str) -> Machine {
    machine.answer("/usr/bin/apt-mark", "showmanual", 0, names, "")
}

fn log(machine: Machine, text: &str) -> Machine {
    machine.file("/root/.cache/fyne-setup/logs/apt-run-1-1-17.log", text)
}

fn later(mut machine: Machine) -> Machine {
    machine = machine.file(LAID, "");
    machine.times.insert(LAID.into(), i64::try_from(THEN + 60).expect("not yet"));
    machine
}

fn brought(version: &str) -> Vec<Brought> {
    let one = |name: &str, chosen| Brought { name: name.into(), version: Some(version.into()), chosen };
    vec![one("a", true), one("b", false)]
}

/// A run that was about to install both, and how that ended.
fn ran(machine: Machine, end: Option<Event>) -> Stand {
    let stand = Stand::new(machine);
    ran_at(&stand, THEN, end);
    stand
}

/// The same at a moment, on a machine that is there.
fn ran_at(stand: &Stand, at: u64, end: Option<Event>) {
    let plan =
        make(&[], &stand.facts, &stand.want, crate::checks::fixture::known(), crate::action::Scope::Repair);
    stand.with(&Scripted::on(&stand.living), &plan, |site| {
        let action = Action::InstallPackages { manager: "apt".into(), names: vec!["a".into()] };
        let undo = vec![Undo::RemovePackages { manager: "apt".into(), names: vec!["a".into(), "b".into()] }];
        let intent = Event::Intent { step: 1, action, because: vec![], undo };
        for event in [intent].into_iter().chain(end) {
            site.journal.write(at, event).expect("writable");
        }
    });
}

/// The names that went, those that nobody can tell of, those that are somebody's by now.
fn taken(stand: &Stand) -> (String, String, String) {
    let children = Scripted::on(&stand.living).part("/usr/bin/apt-get purge", 0, "");
    let taken = stand.take_back(&children);
    let StepUndone::Back(_, Kept { unproven, theirs, .. }) = &taken[0] else { panic!("{taken:?}") };
    let lines = children.lines();
    let went = lines.first().map_or("", |it| it.split("--no-auto-remove ").nth(1).unwrap_or_default());
    (went.to_owned(), unproven.join(" "), theirs.join(" "))
}

#[test]
fn what_a_later_step_brought_is_no_question_to_one_that_failed_before() {
    let stand = ran(both(), Some(Event::Failed { step: 1, code: "packages.failed".into(), brought: None }));
    ran_at(&stand, THEN + 9, Some(Event::Done { step: 1, brought: Some(brought("1")) }));
    let children = Scripted::on(&stand.living).part("/usr/bin/apt-get purge", 0, "");
    for taken in stand.take_back(&children) {
        let StepUndone::Back(_, Kept { unproven, .. }) = taken else { panic!("{taken:?}") };
        assert_eq!(unproven, Vec::<String>::new());
    }
    assert_eq!(children.lines().len(), 1);
}

#[test]
fn only_what_our_transaction_brought_goes_and_what_nobody_can_tell_of_stays() {
    let done = |brought| Some(Event::Done { step: 1, brought });
    let failed = |brought| Some(Event::Failed { step: 1, code: "packages.failed".into(), brought });
    let unpacked = "Unpacking a:amd64 (1) ...\n";
    for (what, machine, end, went, unproven, theirs) in [
        ("cut short, and the user typed it himself", both(), None, "", "a b", ""),
        ("cut short after one", log(both(), unpacked), None, "a", "b", ""),
        (
            "cut short, and newer already",
            log(both(), "Unpacking a:amd64 (1) over (0) ...\n"),
            None,
            "",
            "a b",
            "",
        ),
        ("cut short, the user's since", later(log(both(), unpacked)), None, "", "b", "a"),
        ("done", both(), done(Some(brought("1"))), "a b", "", ""),
        ("done, one went since", machine(&[("b", "1")]), done(Some(brought("1"))), "b", "", ""),
        ("done without bringing any", both(), done(Some(vec![])), "", "a b", ""),
        ("failed half-way", both(), failed(Some(vec![brought("1")[0].clone()])), "a", "b", ""),
        ("failed, as an older version wrote it", both(), failed(None), "", "a b", ""),
        ("laid anew since", later(both()), done(Some(brought("1"))), "b", "", "a"),
        ("grown newer since", later(both()), done(Some(brought("0"))), "a b", "", ""),
        ("asked for by name since", chosen(both(), "a\nb\n"), done(Some(brought("1"))), "a", "", "b"),
        ("not asked for by name", chosen(both(), "a\n"), done(Some(brought("1"))), "a b", "", ""),
        ("done, as an older version wrote it", both(), done(None), "a b", "", ""),
        ("the same, laid anew since", later(both()), done(None), "b", "", "a"),
    ] {
        let came = taken(&ran(machine, end));
        assert_eq!(came, (went.into(), unproven.into(), theirs.into()), "{what}");
    }
}

#[test]
fn what_went_and_was_installed_again_is_somebody_elses() {
    let log = "2026-11-28 12:00:00 install a:amd64 <none> 1\n\
        2026-11-28 12:10:00 remove a:amd64 1 <none>\n\
        2026-11-28 12:20:00 install a:amd64 <none> 2\n";
    let machine = machine(&[("a", "2")]).file(HISTORY, log);
    let stand = ran(machine, Some(Event::Done { step: 1, brought: Some(brought("1")) }));
    assert_eq!(taken(&stand), (String::new(), String::new(), "a".into()));
}

#[test]
fn what_another_step_of_ours_named_or_laid_again_is_still_ours() {
    let stand =
        ran(later(chosen(both(), "a\nb\n")), Some(Event::Done { step: 1, brought: Some(brought("1")) }));
    let line = |event: &str| format!(r#"{{"schema":1,"run":"run-2","time":{},"event":{event}}}"#, THEN + 60);
    let action = r#"{"kind":"reinstall-packages","manager":"apt","names":["a","b"]}"#;
    let intent = line(&format!(r#""intent","step":1,"action":{action},"because":[],"undo":[]"#));
    let text = format!("{intent}\n{}\n", line(r#""done","step":1"#));
    stand.living.append(&stand.places().journal(), text.as_bytes()).expect("writable");
    assert_eq!(taken(&stand), ("a b".into(), String::new(), String::new()));
}

#[test]
fn what_may_be_the_users_does_not_go_with_what_it_needs() {
    let machine = log(both(), "Unpacking b (1) ...\n");
    let stand = ran(machine.answer(APT, "purge -s", 0, "Purg b [1]\nPurg a [1]\n", ""), None);
    stand.living.change(|it| it.answers.retain(|it| it.1 != "purge -s" || !it.2.stdout.is_empty()));
    let taken = stand.take_back(&Scripted::on(&stand.living));
    let StepUndone::Back(_, kept) = &taken[0] else { panic!("{taken:?}") };
    assert_eq!((kept.names.join(" "), kept.needed_by.join(" ")), ("b".into(), "a".into()));
}

#[test]
fn a_step_says_in_its_last_line_what_it_brought_and_its_log_lies_where_its_run_says() {
    let prints =
        "Unpacking a:amd64 (1) ...\nUnpacking libc6:amd64 (2) over (1) ...\nSetting up a:amd64 (1) ...\n";
    let machine =
        chosen(both(), "a\n").answer(APT, "install -s", 0, "Inst a (1 Debian)\nInst b (1 Debian)\n", "");
    let stand = Stand::new(machine);
    let children = Scripted::on(&stand.living).acting("/usr/bin/apt-get install", 0, prints, |_| ());
    stand.living.change(|it| it.answers.retain(|it| it.0 != Path::new(QUERY)));
    let install = Action::InstallPackages { manager: "apt".into(), names: vec!["a".into()] };
    assert_eq!(stand.perform(&children, install), Ok(()));
    let step = stand.runs()[0].steps[0].clone();
    let came = Brought { name: "a".into(), version: None, chosen: true };
    assert_eq!(step.brought, Some(vec![came]));
    assert_eq!(step.ended, Some(stand.living.now()));
    let logs = stand.living.list(&stand.places().logs());
    assert!(
        matches!(&logs, Fact::Here(it) if it.iter().any(|it| it.starts_with("apt-run-1-1-"))),
        "{logs:?}"
    );
}
