//! Macs whose programs are really started: `softwareupdate`, `xcode-select`, `xcrun`, `xattr`, `codesign` and the others are
//! scripts, started through the real doors by the code that starts Apple's. Each is looked at, planned for, worked on and
//! looked at again. What only Apple's own programs can tell is not seen here.

#[path = "stand_ins/mac.rs"]
mod mac;
#[path = "stand_ins/scripts.rs"]
mod scripts;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use fyne_setup::action::{Action, Plan, Scope};
use fyne_setup::apply::converge::{Run, RunInput};
use fyne_setup::apply::heal::{self, Course, Healed};
use fyne_setup::apply::steps::{StepContext, apple};
use fyne_setup::checks::{self, Finding, Status};
use fyne_setup::facts::xcode::PLACEHOLDER;
use fyne_setup::failure::Code;
use fyne_setup::journal::{Journal, Request};
use fyne_setup::manifest::Knowledge;
use fyne_setup::plan;
use fyne_setup::system::{Look, System};
use fyne_setup::want::Want;

use self::mac::{Mac, NoNet};
use crate::row::Row;
use crate::{ROWS, looked};

fn row(name: &str) -> Row {
    ROWS.one(name)
}

fn system(mac: &Mac) -> System<'_> {
    System { look: mac, disk: mac, net: &NoNet, children: mac }
}

/// What `check` says of these.
fn judged(mac: &Mac, row: &Row, only: &[String]) -> Vec<Finding> {
    let known = Knowledge::embedded();
    let (facts, want) = looked(mac, &known, row);
    checks::judge(&facts, &want, &known, only)
}

fn one(mac: &Mac, row: &Row, id: &str) -> Finding {
    judged(mac, row, &[id.to_owned()]).pop().expect("it is judged")
}

/// `repair ID`: looks, plans, works, looks again.
fn repaired(mac: &Mac, row: &Row, id: &str) -> (Plan, Healed) {
    let (known, only) = (Knowledge::embedded(), vec![id.to_owned()]);
    let (facts, want) = looked(mac, &known, row);
    let want = Want { proof: false, ..want };
    let findings = checks::judge(&facts, &want, &known, &only);
    let plan = plan::make(&findings, &facts, &want, &known, Scope::Repair);
    let input = RunInput {
        system: system(mac),
        facts: &facts,
        known: &known,
        events: &mac.told,
        cancelled: &AtomicBool::new(false),
        stop: &|| (),
        end_asked: &|| (),
        asked: Request::of("repair"),
    };
    let mut run = Run::open(&input).expect("nobody else is at work");
    let course = Course::Heal { scope: Scope::Repair, only };
    let healed = heal::heal(&mut run, &input, plan.clone(), &course).expect("it comes to an end");
    (plan, healed)
}

fn commands(mac: &Mac) -> Vec<String> {
    mac.told.commands.lock().expect("nobody panics with it").clone()
}

#[test]
fn a_bare_mac_gets_the_command_line_tools_by_their_label_and_is_told_how_far_it_is() {
    let (row, id) = (row("os-bare-15"), "system.xcode");
    let mac = Mac::of(&row);
    assert_eq!(one(&mac, &row, id).verdict.status, Status::Fail);
    let (plan, healed) = repaired(&mac, &row, id);
    let actions: Vec<&Action> = plan.steps.iter().map(|it| &it.action).collect();
    assert_eq!(actions, [&Action::InstallCommandLineTools]);
    assert!(healed.failure.is_none(), "{:?}", healed.failure);
    assert_eq!(
        commands(&mac),
        ["sudo /usr/sbin/softwareupdate --install 'Command Line Tools for Xcode-16.4' --verbose"]
    );
    assert!(mac.told.progress.lock().expect("nobody panics").contains(&41), "it was waited for in silence");
    assert!(mac.stat(Path::new(PLACEHOLDER)).is_absent(), "what asks for the offer stays behind");
    let after = one(&mac, &row, id);
    assert_eq!(after.verdict.status, Status::Ok, "{}", after.verdict.summary);
    assert_eq!(mac.dialogues(), [""; 0], "stubs were started before their tools were there");
}

#[test]
fn a_mac_that_is_offered_nothing_is_told_which_dialogue_to_open() {
    let (row, id) = (row("os-bare-15"), "system.xcode");
    let mac = Mac::of(&row);
    mac.lay("offers-nothing");
    let (_, healed) = repaired(&mac, &row, id);
    let failure = healed.failure.expect("nothing came");
    assert_eq!(failure.code, Code::XcodeNotOffered);
    assert_eq!(failure.hint.expect("what a person does").key, "apply-command-line-tools-dialogue");
    assert!(!mac.ran().iter().any(|it| it.contains("--install")), "{:?}", mac.ran());
    assert!(mac.stat(Path::new(PLACEHOLDER)).is_absent());
    assert_eq!(mac.dialogues(), [""; 0], "nobody but the person opens it");
}

#[test]
fn a_choice_that_names_a_deleted_xcode_is_taken_back() {
    let (row, id) = (row("clt-xcode-deleted"), "system.xcode");
    let mac = Mac::of(&row);
    assert_eq!(one(&mac, &row, id).verdict.status, Status::Fail);
    let (_, healed) = repaired(&mac, &row, id);
    assert!(healed.failure.is_none(), "{:?}", healed.failure);
    assert_eq!(commands(&mac), ["sudo /usr/bin/xcode-select --reset"]);
    let after = one(&mac, &row, id);
    assert_eq!(after.verdict.status, Status::Ok, "{}", after.verdict.summary);
}

/// Does what the last step of a build or a download does with a program that it has proven.
fn with_site<T>(mac: &Mac, row: &Row, act: impl FnOnce(&StepContext<'_>) -> T) -> T {
    let known = Knowledge::embedded();
    let (facts, want) = looked(mac, &known, row);
    let plan = plan::make(&[], &facts, &want, &known, Scope::Repair);
    let journal = Journal::new(mac, facts.ours.places.journal(), "run-1".into(), Request::of("repair"));
    act(&StepContext {
        system: system(mac),
        places: &facts.ours.places,
        plan: &plan,
        facts: &facts,
        known: &known,
        settings: &facts.here,
        events: &mac.told,
        journal: &journal,
        cancelled: &AtomicBool::new(false),
        cache_laid: &std::sync::Mutex::default(),
    })
}

/// A Mac with all that is needed, and the plan for what keeps its `fyne` from starting.
fn with_cli(mark: Option<&str>) -> (Row, Mac, &'static Path) {
    let cli = Path::new("/Users/ann/go/bin/fyne");
    let mut row = row("os-whole-15");
    // What is asked of Apple's programs is asked of the scripts.
    row.answers.retain(|it| !it.program.ends_with("codesign"));
    row.quarantine.extend(mark.map(|it| (cli.to_path_buf(), it.to_owned())));
    let mac = Mac::of(&row);
    if mark.is_none() {
        mac.lay(&format!("broken{}", cli.display()));
    }
    let known = Knowledge::embedded();
    let (facts, want) = looked(&mac, &known, &row);
    let findings = checks::judge(&facts, &want, &known, &["go.signature".to_owned()]);
    assert_eq!(findings[0].verdict.status, Status::Fail, "{}", findings[0].verdict.summary);
    let plan = plan::make(&findings, &facts, &want, &known, Scope::Repair);
    let built = |it: &Action| matches!(it, Action::InstallCli { .. });
    assert!(plan.steps.iter().any(|it| built(&it.action)), "what lies there is not blessed: {plan:?}");
    (row, mac, cli)
}

#[test]
fn the_mark_of_a_download_is_taken_off_what_a_run_has_verified() {
    let (row, mac, cli) = with_cli(Some("0081;65a1b2c3;Terminal;1F2E3D4C"));
    with_site(&mac, &row, |site| apple::unmark(site, cli, cli)).expect("it is taken off");
    assert_eq!(mac.ran().iter().filter(|it| it.contains("xattr -d")).count(), 1);
    assert_eq!(*mac.told.notes.lock().expect("nobody panics"), ["apply-mac-unmarked"]);
    assert_eq!(one(&mac, &row, "go.signature").verdict.status, Status::Ok);
    with_site(&mac, &row, |site| apple::unmark(site, cli, cli)).expect("nothing is left");
    assert_eq!(
        mac.ran().iter().filter(|it| it.contains("xattr -d")).count(),
        1,
        "what has none is left alone"
    );
}

#[test]
fn what_was_built_is_signed_for_this_mac_where_its_signature_does_not_hold() {
    let (row, mac, cli) = with_cli(None);
    assert!(with_site(&mac, &row, |site| apple::sign(site, cli)).expect("it is signed"));
    let signed = format!("/usr/bin/codesign --force --sign - {}", cli.display());
    assert_eq!(mac.ran().iter().filter(|it| **it == signed).count(), 1, "{:?}", mac.ran());
    assert_eq!(one(&mac, &row, "go.signature").verdict.status, Status::Ok);
    assert!(!with_site(&mac, &row, |site| apple::sign(site, cli)).expect("it holds"), "it is left alone");
}

#[test]
fn a_mac_without_apples_tools_signs_nothing_for_codesign_would_ask_the_person() {
    let mut row = row("os-bare-15");
    row.cli = vec!["/Users/ann/go/bin".into()];
    let mac = Mac::of(&row);
    let cli = Path::new("/Users/ann/go/bin/fyne");
    mac.lay(&format!("broken{}", cli.display()));
    assert!(!with_site(&mac, &row, |site| apple::sign(site, cli)).expect("nothing is done"));
    assert!(!mac.ran().iter().any(|it| it.contains("--sign")), "{:?}", mac.ran());
}

#[test]
fn no_homebrew_is_ever_run_whosever_it_is() {
    for name in ["brew-as-root", "brew-of-another-user", "brew-intel-on-silicon", "brew-rosetta-terminal"] {
        let mut row = row(name);
        if row.uid == 0 {
            // Root's own directories are root's.
            row.owners.insert("/Users/ann".into(), 0);
        }
        let mac = Mac::of(&row);
        let found = one(&mac, &row, "system.packages");
        assert_eq!(found.verdict.status, Status::Info, "{name}: {}", found.verdict.summary);
        let (plan, healed) = repaired(&mac, &row, "system");
        assert!(healed.failure.is_none(), "{name}: {:?}", healed.failure);
        assert!(!plan.steps.is_empty() && !healed.ran.is_empty(), "{name} was not worked on");
        let ran = mac.ran();
        assert!(!ran.iter().any(|it| it.contains("brew")), "{name}: {ran:?}");
        let root = row.uid == 0;
        assert_eq!(ran.iter().any(|it| it.starts_with("/usr/bin/sudo")), !root, "{name}: {ran:?}");
    }
}
