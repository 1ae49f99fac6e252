//! The Command Line Tools on a Mac in memory: installed, not offered, not there afterwards; the placeholder goes each time.

use std::sync::atomic::Ordering;

use super::*;
use crate::action::{Action, Scope};
use crate::apply::revert::StepUndone;
use crate::apply::revert::believed;
use crate::apply::stand::Stand;
use crate::checks::fixture;
use crate::fact::Fact;
use crate::facts::xcode::{Active, ChosenBy, Refused, Sdk};
use crate::journal::{Event, RunStep, State};
use crate::system::fake::{Living, Machine, Scripted};

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

/// The tools as Apple's package lays them.
fn whole(living: &Living) {
    living.change(|it| {
        for file in ["usr/bin/clang", LIBXCRUN, "SDKs/MacOSX15.5.sdk/SDKSettings.json"] {
            it.files
                .insert(Path::new(COMMAND_LINE_TOOLS).join(file), (br#"{"Version":"15.5"}"#.to_vec(), 0o755));
        }
    });
}

/// What was seen of tools that are there.
fn broken(stand: &mut Stand, change: impl FnOnce(&mut Tools), refused: Option<Refused>) {
    let sdk = Sdk { name: "MacOSX15.5.sdk".into(), version: Some("15.5".into()) };
    let (dir, receipt) = (PathBuf::from(COMMAND_LINE_TOOLS), Some("16.3.0.0.1.1".to_owned()));
    let mut tools =
        Tools { dir: dir.clone(), clang: true, xcrun: true, sdks: vec![sdk], receipt, ..Tools::default() };
    change(&mut tools);
    let active = Fact::Here(Active { dir, by: ChosenBy::Default });
    let sdk = Fact::Here(refused.map_or_else(|| Ok("/sdk".into()), Err));
    stand.facts.native.xcode = Fact::Here(Xcode { active, tools: vec![tools], sdk, metal: None });
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
        whole(it);
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
fn a_label_is_taken_from_the_answer_alone_and_not_from_what_is_said_besides() {
    let stand = stand("");
    stand.living.change(|it| {
        it.answers.clear();
        *it = it.clone().answer("/usr/sbin/softwareupdate", "--list", 0, "", &offer());
    });
    let children = Scripted::on(&stand.living);
    assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Err(Code::XcodeNotOffered));
    assert!(children.lines().is_empty());
}

#[test]
fn an_installation_that_fails_or_does_nothing_is_a_failure_and_the_placeholder_goes() {
    for (ends, prints, code) in [
        (1, "sudo: a password is required\n", Code::PackagesRights),
        (
            1,
            "ann is not in the sudoers file.\nThis incident has been reported to the administrator.\n",
            Code::PackagesRights,
        ),
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
        whole(it);
    });
    assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Ok(()));
    assert_eq!(stand.living.text(PLACEHOLDER).as_deref(), Some("theirs"));
    let undo = &stand.runs()[0].steps[0].undo;
    assert!(undo.iter().all(|it| matches!(it, Undo::Leave { .. })), "{undo:?}");
}

#[test]
fn tools_that_are_as_broken_as_before_are_a_failure_that_says_how_to_remove_them() {
    type Change = fn(&mut Tools);
    let dead = || Some(Refused::Dead("xcrun: error".into()));
    let rows: [(&str, Change, Option<Refused>, bool); 4] = [
        ("libxcrun is missing", |it| it.xcrun = false, None, false),
        ("there is no SDK", |it| it.sdks.clear(), None, false),
        ("xcrun is dead", |_| (), dead(), true),
        ("the compiler is damaged", |_| (), None, true),
    ];
    for (what, change, refused, all) in rows {
        let mut stand = stand(&offer());
        broken(&mut stand, change, refused);
        stand.living.change(|it| it.files.insert(CLANG.into(), (vec![], 0o755)));
        let children = Scripted::on(&stand.living).acting(INSTALL, 0, "", |it| {
            if all {
                whole(it)
            }
        });
        let failure = stand.perform_if(&children, Action::InstallCommandLineTools, vec![]).expect_err(what);
        assert_eq!(
            (failure.code, &*failure.message.key),
            (Code::PackagesFailed, "apply-command-line-tools-unchanged")
        );
        let hint = failure.hint.expect("what to do").to_string();
        assert!(hint.starts_with("apply-command-line-tools-again sudo=sudo"), "{what}: {hint}");
        // What no dialogue offers either leads to the same line.
        let mut stand = self::stand("No new software available.\n");
        broken(&mut stand, change, None);
        stand.living.change(|it| it.files.insert(CLANG.into(), (vec![], 0o755)));
        let children = Scripted::on(&stand.living);
        let failure = stand.perform_if(&children, Action::InstallCommandLineTools, vec![]).expect_err(what);
        assert_eq!(failure.hint.map(|it| it.key), Some("apply-command-line-tools-again".into()));
    }
}

#[test]
fn other_tools_than_those_that_were_broken_are_a_success() {
    let mut stand = stand(&offer());
    broken(&mut stand, |_| (), None);
    let children = Scripted::on(&stand.living).acting(INSTALL, 0, "", |it| {
        whole(it);
        let new = "version: 16.4.0.0.1.1747106510\n";
        it.change(|it| *it = it.clone().answer("/usr/sbin/pkgutil", "--pkg-info", 0, new, ""));
    });
    assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Ok(()));
}

#[test]
fn a_placeholder_that_is_there_after_the_step_is_of_somebodys_dialogue_and_no_undo_takes_it() {
    let stand = stand(&offer());
    let children = Scripted::on(&stand.living).acting(INSTALL, 0, "", whole);
    assert_eq!(stand.perform(&children, Action::InstallCommandLineTools), Ok(()));
    stand.living.change(|it| it.files.insert(PLACEHOLDER.into(), (vec![], 0o644)));
    assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    assert!(there(&stand));
}

fn placeholder_goes() -> Undo {
    Undo::RemoveFile { path: PLACEHOLDER.into(), wrote: Some(Digest::of(b"")) }
}

#[test]
fn a_run_that_was_killed_in_the_step_leaves_a_placeholder_that_undo_takes_away() {
    let stand = stand(&offer());
    let children = Scripted::on(&stand.living);
    let plan = crate::plan::make(&[], &stand.facts, &stand.want, fixture::known(), Scope::Repair);
    let (action, because) = (Action::InstallCommandLineTools, vec![]);
    let intent = Event::Intent { step: 1, action, because, undo: vec![placeholder_goes()] };
    stand.with(&children, &plan, |site| site.journal.write(1, intent).expect("written"));
    stand.living.change(|it| it.files.insert(PLACEHOLDER.into(), (vec![], 0o644)));
    assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    assert!(!there(&stand));
}

#[test]
fn a_journal_takes_the_empty_placeholder_away_and_puts_nothing_in_its_place() {
    let stand = stand("");
    let (path, digest) = (PathBuf::from(PLACEHOLDER), Digest::of(b"x"));
    let restore = Undo::Restore {
        path: path.clone(),
        was: digest,
        mode: 0o644,
        uid: 0,
        gid: 0,
        wrote: Digest::of(b""),
    };
    let other = Undo::RemoveFile { path: "/private/tmp/x".into(), wrote: Some(Digest::of(b"")) };
    for (undo, believed) in [
        (placeholder_goes(), true),
        (restore, false),
        (Undo::RemoveFile { path: path.clone(), wrote: Some(digest) }, false),
        (Undo::RemoveFile { path, wrote: None }, false),
        (other, false),
    ] {
        assert_eq!(is_believed(&stand, Action::InstallCommandLineTools, &undo), believed, "{undo:?}");
    }
}

fn is_believed(stand: &Stand, action: Action, undo: &Undo) -> bool {
    let (step, because, state, at, line, began) = (1, vec![], State::Begun, 1, 1, 1);
    let (ended, brought, prefix, undo) = (None, None, None, vec![undo.clone()]);
    let step = RunStep { step, action, because, undo, state, at, line, began, ended, brought, prefix };
    believed::step(&stand.living, stand.places(), &step).is_ok()
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

const OLD: &str = "/Applications/Xcode_15.4.app/Contents/Developer";
const NEW: &str = "/Applications/Xcode.app/Contents/Developer";

fn links_to(living: &Living, dir: Option<&str>) {
    living.change(|it| match dir {
        Some(dir) => drop(it.links.insert(LINKS[1].into(), dir.into())),
        None => drop(it.links.remove(Path::new(LINKS[1]))),
    });
}

/// Chooses another directory than the old one, or none.
fn chosen_anew(wrote: Option<&str>) -> Stand {
    let stand = stand("");
    stand.living.change(|it| it.files.insert(Path::new(OLD).join("x"), (vec![], 0o644)));
    links_to(&stand.living, Some(OLD));
    let children =
        Scripted::on(&stand.living).acting("/usr/bin/sudo -n -- /usr/bin/xcode-select", 0, "", |it| {
            links_to(it, wrote);
        });
    let action = Action::SelectDeveloperDir { dir: wrote.map(PathBuf::from) };
    assert_eq!(stand.perform(&children, action), Ok(()));
    drop(children);
    stand
}

#[test]
fn an_undo_chooses_the_developer_directory_again_that_was_chosen_before() {
    for wrote in [None, Some(NEW)] {
        let stand = chosen_anew(wrote);
        let line = format!("/usr/bin/sudo -n -- /usr/bin/xcode-select --switch {OLD}");
        let children = Scripted::on(&stand.living).acting(&line, 0, "", |it| links_to(it, Some(OLD)));
        assert!(stand.take_back(&children).iter().all(StepUndone::whole));
        assert_eq!((children.lines(), stand.states()), (vec![line], vec![State::Undone]));
    }
}

#[test]
fn an_undo_leaves_what_somebody_chose_since_and_never_chooses_what_is_not_there() {
    let stand = chosen_anew(None);
    links_to(&stand.living, Some("/Applications/Xcode_16.app/Contents/Developer"));
    let children = Scripted::on(&stand.living);
    assert!(!stand.take_back(&children).iter().all(StepUndone::whole), "it stays open");
    let stand = chosen_anew(Some(NEW));
    stand.living.change(|it| it.files.remove(&Path::new(OLD).join("x")));
    let gone = Scripted::on(&stand.living);
    assert!(stand.take_back(&gone).iter().all(StepUndone::whole));
    let mut stand = chosen_anew(Some(NEW));
    stand.facts.host.rights = Rights::None;
    let none = Scripted::on(&stand.living);
    let taken = stand.take_back(&none);
    assert!(matches!(&taken[..], [StepUndone::Failed(it)] if it.code == Code::PackagesRights), "{taken:?}");
    assert!([children.lines(), gone.lines(), none.lines()].iter().all(Vec::is_empty));
}

#[test]
fn a_journal_chooses_only_what_its_own_step_led_away_from() {
    let stand = stand("");
    let select = |dir: Option<&str>| Action::SelectDeveloperDir { dir: dir.map(PathBuf::from) };
    let undo = |was: &str, wrote: Option<&str>| Undo::DeveloperDir {
        was: Some(was.into()),
        wrote: wrote.map(PathBuf::from),
    };
    for (action, undo, believed) in [
        (select(None), undo(OLD, None), true),
        (select(Some(NEW)), undo(OLD, Some(NEW)), true),
        (select(Some(NEW)), undo(OLD, None), false),
        (select(None), undo("/Applications/../tmp/x", None), false),
        (select(None), undo("tmp/x", None), false),
        (Action::InstallCommandLineTools, undo(OLD, None), false),
    ] {
        assert_eq!(is_believed(&stand, action.clone(), &undo), believed, "{action:?} {undo:?}");
    }
}

#[test]
fn a_directory_that_somebody_else_may_write_is_not_chosen_by_root() {
    for (at, dir) in
        [(NEW, Some(NEW)), ("/Applications/Xcode.app", Some(NEW)), ("/Applications/Xcode.app", None)]
    {
        let stand = stand("");
        stand.living.change(|it| {
            it.files.insert(Path::new(NEW).join(LIBXCRUN), (vec![], 0o755));
            it.owners.insert(at.into(), 4711);
        });
        let children = Scripted::on(&stand.living);
        let action = Action::SelectDeveloperDir { dir: dir.map(PathBuf::from) };
        assert_eq!(stand.perform(&children, action), Err(Code::PremiseChanged), "{at} {dir:?}");
        assert!(children.lines().is_empty());
    }
}
