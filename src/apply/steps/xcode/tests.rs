//! The Command Line Tools on a Mac in memory: installed, not offered, not there afterwards; the placeholder goes each time.

use std::sync::atomic::Ordering;

use super::*;
use crate::action::Action;
use crate::apply::revert::StepUndone;
use crate::apply::stand::Stand;
use crate::journal::State;
use crate::system::fake::{Machine, Scripted};

const LABEL: &str = "Command Line Tools for Xcode-16.4";
const CLANG: &str = "/Library/Developer/CommandLineTools/usr/bin/clang";
const INSTALL: &str =
    "/usr/bin/sudo -n -- /usr/sbin/softwareupdate --install Command Line Tools for Xcode-16.4 --verbose";

fn stand(list: &str) -> Stand {
    let machine = Machine::linux().file("/private/tmp/x", "");
    let machine = machine.answer("/usr/sbin/softwareupdate", "--list", 0, list, "");
    let mut stand = Stand::new(machine);
    stand.facts.host.rights = Rights::SudoWithoutPassword;
    stand
}

fn offer() -> String {
    format!("Software Update found the following new or updated software:\n* Label: {LABEL}\n\tTitle: x\n")
}

fn there(stand: &Stand) -> bool {
    stand.living.now_is().files.contains_key(Path::new(PLACEHOLDER))
}

#[test]
fn the_newest_tools_are_installed_with_rights_of_one_command_that_is_shown_before() {
    let stand = stand(&offer());
    let children = Scripted::on(&stand.living).acting(INSTALL, 0, "Downloading: 57.00%\n", |it| {
        assert!(
            it.now_is().files.contains_key(Path::new(PLACEHOLDER)),
            "they are offered only while it is there"
        );
        it.change(|it| it.files.insert(CLANG.into(), (vec![], 0o755)));
    });
    assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Ok(()));
    assert_eq!((stand.states(), there(&stand)), (vec![State::Done], false));
    let shown = stand.commands.lock().expect("no panic").clone();
    assert_eq!(shown, [format!("sudo /usr/sbin/softwareupdate --install '{LABEL}' --verbose")]);
    assert_eq!(stand.progressed.lock().expect("no panic").first(), Some(&(57, Some(100))));
    let spawned = &children.spawned()[0];
    assert!(spawned.survives && !spawned.terminal, "an installer is never killed");
    // They stay, and the step is whole: there is nothing left of it.
    assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    assert!(stand.living.now_is().files.contains_key(Path::new(CLANG)));
}

#[test]
fn what_is_not_offered_or_cannot_be_asked_for_leads_to_the_dialogue_and_leaves_nothing() {
    for (list, code) in [
        ("No new software available.\n", Code::XcodeNotOffered),
        ("* Label: macOS Tahoe 26.1-25B78\n", Code::XcodeNotOffered),
        ("Can't connect to the Apple Software Update server.\n", Code::PackagesNetwork),
    ] {
        let stand = stand(list);
        let children = Scripted::on(&stand.living);
        assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Err(code), "{list}");
        assert_eq!((stand.states(), there(&stand)), (vec![State::Failed], false), "{list}");
        assert!(children.lines().is_empty(), "nothing was run with rights");
    }
}

#[test]
fn an_installation_that_fails_or_does_nothing_is_a_failure_and_the_placeholder_goes() {
    for (ends, prints, code) in [
        (1, "sudo: a password is required\n", Code::PackagesRights),
        (1, "Installation failed.\n", Code::PackagesFailed),
        (
            0,
            "Command Line Tools for Xcode-16.4: No such update\nNo updates are available.\n",
            Code::PackagesFailed,
        ),
    ] {
        let stand = stand(&offer());
        let children = Scripted::on(&stand.living).part(INSTALL, ends, prints);
        assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Err(code), "{prints}");
        assert!(!there(&stand), "{prints}");
    }
}

#[test]
fn a_placeholder_of_somebody_else_stays() {
    let stand = stand(&offer());
    stand.living.change(|it| it.files.insert(PLACEHOLDER.into(), (b"theirs".to_vec(), 0o644)));
    let children = Scripted::on(&stand.living).acting(INSTALL, 0, "", |it| {
        it.change(|it| it.files.insert(CLANG.into(), (vec![], 0o755)));
    });
    assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Ok(()));
    assert_eq!(stand.living.text(PLACEHOLDER).as_deref(), Some("theirs"));
    let undo = &stand.runs()[0].steps[0].undo;
    assert!(undo.iter().all(|it| matches!(it, Undo::Leave { .. })), "{undo:?}");
}

#[test]
fn a_run_that_was_killed_leaves_a_placeholder_that_undo_takes_away() {
    let stand = stand(&offer());
    // Killed: neither the step's end nor what it drops comes to pass.
    let children = Scripted::on(&stand.living).acting(INSTALL, 0, "", |it| {
        it.change(|it| it.files.insert(CLANG.into(), (vec![], 0o755)));
    });
    assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Ok(()));
    stand.living.change(|it| it.files.insert(PLACEHOLDER.into(), (vec![], 0o644)));
    assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    assert!(!there(&stand));
}

#[test]
fn an_interruption_comes_before_the_installer_and_not_in_it() {
    let stand = stand(&offer());
    stand.cancelled.store(true, Ordering::SeqCst);
    let children = Scripted::on(&stand.living);
    assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Err(Code::Interrupted));
    assert!(children.lines().is_empty() && !there(&stand));
}

#[test]
fn a_developer_directory_is_chosen_or_its_choice_taken_back_by_one_command() {
    for (dir, line) in [
        (
            Some("/Applications/Xcode 2.app"),
            "/usr/bin/sudo -- /usr/bin/xcode-select --switch /Applications/Xcode 2.app",
        ),
        (None, "/usr/bin/sudo -- /usr/bin/xcode-select --reset"),
    ] {
        let mut stand = stand("");
        stand.facts.host.rights = Rights::SudoAsks;
        let children = Scripted::on(&stand.living).part(line, 0, "");
        let action = Action::SelectDeveloperDir { dir: dir.map(PathBuf::from) };
        assert_eq!(stand.perform(&children, action), Ok(()));
        assert!(children.spawned()[0].terminal, "sudo asks there");
    }
}
