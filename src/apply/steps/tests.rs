//! Each kind of step on a machine in memory: done, failed, and interrupted where that is another thing; and taken back, where
//! it changes what is a person's.

use super::*;
use crate::action::{Cache, Stage};
use crate::apply::{revert::StepUndone, stand::Stand};
use crate::facts::settings::Origin;
use crate::failure::Code;
use crate::journal::State;
use crate::packages::played;
use crate::shell::{Dialect, edit::Fault};
use crate::system::Disk;
use crate::system::fake::{Machine, Scripted};

mod for_all;
mod pin;
mod settings;
mod sums;

const GO: &str = "/usr/local/go/bin/go";
fn machine() -> Machine {
    Machine::linux()
        .file("/root/.profile", "export A=1\nexport CC=/gone\n")
        .file("/root/.config/go/env", "GOFLAGS=-mod=vendor\nGOPROXY=direct\n")
        .file("/usr/local/go/VERSION", "go1.27.4\n")
        .program(GO)
}

fn stand() -> Stand {
    let mut stand = Stand::new(machine());
    for (file, dialect) in [("/root/.profile", Dialect::Sh), ("/root/.config/go/env", Dialect::GoEnv)] {
        let bytes = stand.living.text(file).expect("there").into_bytes();
        let digest = Digest::of(&bytes).to_string();
        let seen =
            crate::facts::settings::FileSeen { dialect, digest, real: file.into(), writable: true, bytes };
        stand.facts.here.files.insert(file.into(), seen);
    }
    stand
}

/// Done, and then taken back to the byte, once and again.
fn there_and_back(stand: &Stand, action: &Action, changed: &str) {
    let children = Scripted::on(&stand.living);
    let before = stand.theirs();
    assert_eq!(stand.perform(&children, action.clone()), Ok(()), "{action:?}");
    assert_eq!(stand.states(), [State::Done], "{action:?}");
    assert_ne!(stand.theirs(), before, "{action:?}");
    let text = stand.living.text(changed).unwrap_or_default();
    // What a line assigned wrongly is not there a second time.
    let again = if matches!(action, Action::FixLines { .. }) { Err(Code::PremiseChanged) } else { Ok(()) };
    assert_eq!(stand.perform(&children, action.clone()), again, "a second time: {action:?}");
    assert_eq!(stand.living.text(changed).unwrap_or_default(), text, "{action:?}");
    assert!(stand.take_back(&children).iter().all(StepUndone::whole), "{action:?}");
    assert_eq!(stand.theirs(), before, "{action:?}");
}

/// The disk is full where the step writes: it fails, says so in the journal, and nothing of a person's is changed.
fn on_a_full_disk(stand: &Stand, action: &Action, at: &str) {
    let children = Scripted::on(&stand.living);
    let before = stand.theirs();
    stand.living.fail_on(at, std::io::ErrorKind::StorageFull);
    assert_eq!(stand.perform(&children, action.clone()), Err(Code::DiskFull), "{action:?}");
    assert_eq!(stand.states(), [State::Failed], "{action:?}");
    assert_eq!(stand.theirs(), before, "{action:?}");
}

fn fix() -> Action {
    let lines = vec![Fault { line: 2, variable: "CC".into() }];
    Action::FixLines { file: "/root/.profile".into(), lines }
}

fn go_env() -> Action {
    Action::SetGoEnv { file: "/root/.config/go/env".into(), key: "GOFLAGS".into(), value: None }
}

fn put_last(stand: &mut Stand) -> Action {
    let text = "PATH=/opt/odd:$PATH\n";
    let file = std::path::PathBuf::from("/root/.profile");
    stand.living.change(|it| it.files.insert(file.clone(), (text.into(), 0o600)));
    let seen = stand.facts.here.files.get_mut(&file).expect("seen");
    (seen.bytes, seen.digest) = (text.into(), Digest::of(text.as_bytes()).to_string());
    Action::PutLast { file, line: 1, dir: "/opt/odd".into() }
}

fn env_files() -> Action {
    Action::WriteEnvFiles { path: vec!["/root/go/bin".into()], variables: vec![], desktop: true }
}

#[test]
fn edits_of_a_persons_files_are_done_and_taken_back_to_the_byte() {
    let profile = || Action::EditProfile { file: "/root/.profile".into() };
    there_and_back(&stand(), &fix(), "/root/.profile");
    there_and_back(&stand(), &go_env(), "/root/.config/go/env");
    there_and_back(&stand(), &profile(), "/root/.profile");
    there_and_back(&stand(), &env_files(), "/root/.config/fyne-setup/env");
    let mut stand = stand();
    let action = put_last(&mut stand);
    let children = Scripted::on(&stand.living);
    let before = stand.theirs();
    assert_eq!(stand.perform(&children, action), Ok(()));
    assert_eq!(stand.living.text("/root/.profile").as_deref(), Some("PATH=$PATH:/opt/odd\n"));
    assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    assert_eq!(stand.theirs(), before);
}

#[test]
fn edits_fail_on_a_full_disk_and_change_nothing() {
    on_a_full_disk(&stand(), &fix(), "/root/.profile");
    on_a_full_disk(&stand(), &go_env(), "/root/.config/go/env");
    on_a_full_disk(&stand(), &Action::EditProfile { file: "/root/.profile".into() }, "/root/.profile");
    on_a_full_disk(&stand(), &env_files(), "/root/.config/fyne-setup/env");
    let mut stand = stand();
    let action = put_last(&mut stand);
    on_a_full_disk(&stand, &action, "/root/.profile");
}

#[test]
fn a_file_that_is_as_it_should_be_is_not_written_again() {
    let profile = Action::EditProfile { file: "/root/.profile".into() };
    for (action, at) in [
        (go_env(), "/root/.config/go/env"),
        (profile, "/root/.profile"),
        (env_files(), "/root/.config/fyne-setup/env"),
    ] {
        let stand = stand();
        let children = Scripted::on(&stand.living);
        assert_eq!(stand.perform(&children, action.clone()), Ok(()), "{action:?}");
        stand.living.fail_on(at, std::io::ErrorKind::StorageFull);
        assert_eq!(
            stand.perform(&children, action.clone()),
            Ok(()),
            "{action:?} writes where nothing is to do"
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_or_was_not_seen_is_not_edited() {
    let stand = stand();
    stand.living.change(|it| it.denied.push("/root/.config/go/env".into()));
    let children = Scripted::on(&stand.living);
    assert_eq!(stand.perform(&children, go_env()), Err(Code::DiskDenied));
    let other = Action::FixLines {
        file: "/root/.bashrc".into(),
        lines: vec![Fault { line: 1, variable: "CC".into() }],
    };
    assert_eq!(stand.perform(&children, other), Err(Code::PremiseChanged));
    let premise = Premise::File { path: "/root/.profile".into(), digest: Some("00".into()) };
    let failure = stand.perform_if(&children, fix(), vec![premise]).expect_err("the file is another one");
    assert_eq!(failure.code, Code::PremiseChanged);
    assert!(stand.nothing_began());
}

#[test]
fn current_points_at_another_go_and_back() {
    let stand = stand();
    let (data, link) = (stand.places().data.clone(), stand.places().current());
    stand.living.change(|it| it.links.insert(link.clone(), "go/1.26.11".into()));
    let switch = Action::SwitchGo { root: data.join("go/1.27.4"), link: link.clone() };
    let points = || stand.living.now_is().links.get(&link).cloned();
    let children = Scripted::on(&stand.living);
    assert_eq!(stand.perform(&children, switch.clone()), Ok(()));
    assert_eq!(points(), Some("go/1.27.4".into()));
    assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    assert_eq!(points(), Some("go/1.26.11".into()));
    stand.living.fail_on(&link, std::io::ErrorKind::ReadOnlyFilesystem);
    assert_eq!(stand.perform(&children, switch), Err(Code::DiskReadOnly));
    assert_eq!(points(), Some("go/1.26.11".into()));
}

#[test]
fn a_go_that_cannot_be_had_changes_nothing_and_nobodys_directory_is_taken() {
    let stand = stand();
    let (children, version) = (Scripted::on(&stand.living), stand.want.target.go);
    let before = stand.theirs();
    let root = stand.places().go_root("1.27.4");
    let install = |root: &std::path::Path| Action::InstallGo { version, root: root.into() };
    assert_eq!(stand.perform(&children, install(&root)), Err(Code::NetUnreachable));
    assert_eq!(stand.perform(&children, install("/root/.config".as_ref())), Err(Code::GoPrefixTaken));
    stand.living.change(|it| it.dirs.insert("/opt/empty".into(), 0o755));
    for free in ["/opt/empty", "/opt/none"] {
        assert_eq!(stand.perform(&children, install(free.as_ref())), Err(Code::NetUnreachable), "{free}");
    }
    let restore = Action::RestoreGo { root: "/usr/local/go".into(), version, extra: vec![] };
    assert_eq!(stand.perform(&children, restore.clone()), Err(Code::NetUnreachable));
    assert!(stand.theirs() == before && stand.nothing_began() && stand.runs().len() == 5);
    stand.interrupt();
    assert_eq!(stand.perform(&children, restore), Err(Code::Interrupted));
}

#[test]
fn a_go_in_place_is_put_back_where_the_new_one_cannot_come() {
    let stand = stand();
    let (staged, root) = (stand.places().staging().join("new"), stand.places().go_root("1.27.4"));
    stand.living.change(|it| {
        it.dirs.insert(staged.clone(), 0o755);
        it.files.insert(staged.join("VERSION"), (b"new".to_vec(), 0o644));
        it.files.insert(root.join("VERSION"), (b"old".to_vec(), 0o644));
        it.dirs.insert(root.clone(), 0o755);
        it.dirs.insert(root.parent().expect("ours").into(), 0o755);
    });
    let children = Scripted::on(&stand.living);
    let plan = {
        let known = crate::checks::fixture::known();
        crate::plan::make(&[], &stand.facts, &stand.want, known, crate::action::Scope::Repair)
    };
    stand.with(&children, &plan, |context| super::go::place(context, &staged, &root)).expect("placed");
    assert_eq!(stand.living.text(root.join("VERSION")).as_deref(), Some("new"));
    assert_eq!(stand.living.below(stand.places().staging()), Vec::<String>::new());
}

#[test]
fn a_cache_is_put_aside_with_what_can_be_read_and_comes_back() {
    let stand = stand();
    stand.living.change(|it| {
        it.dirs.insert("/root/.cache/go-build".into(), 0o755);
        it.dirs.insert("/root/.cache/go-build/ff".into(), 0o755);
        it.files.insert("/root/.cache/go-build/ff/x-d".into(), (b"entry".to_vec(), 0o600));
    });
    let replace = || Action::ReplaceCache { dir: "/root/.cache/go-build".into(), cache: Cache::Builds };
    let children = Scripted::on(&stand.living);
    let cache = |stand: &Stand| stand.living.below("/root/.cache/go-build");
    assert_eq!(stand.perform(&children, replace()), Ok(()));
    assert_eq!(cache(&stand), ["ff/", "ff/x-d"]);
    assert_eq!(stand.living.below("/root/.cache/go-build.fyne-setup-1790000000"), ["ff/", "ff/x-d"]);
    stand.living.change(|it| it.files.insert("/root/.cache/go-build/later".into(), (vec![], 0o644)));
    assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    assert_eq!(cache(&stand), ["ff/", "ff/x-d"]);
    stand.living.fail_on("/root/.cache/go-build", std::io::ErrorKind::PermissionDenied);
    assert_eq!(stand.perform(&children, replace()), Err(Code::DiskDenied));
    assert_eq!(cache(&stand), ["ff/", "ff/x-d"]);
}

#[test]
fn only_entries_that_are_not_what_their_names_say_are_dropped() {
    let stand = stand();
    let good = Digest::of(b"good").to_string();
    let (good, bad) = (format!("ff/{good}-d"), format!("ff/{}-d", "0".repeat(64)));
    stand.living.change(|it| {
        it.dirs.insert("/c/ff".into(), 0o755);
        it.files.insert(format!("/c/{good}").into(), (b"good".to_vec(), 0o644));
        it.files.insert(format!("/c/{bad}").into(), (b"bad".to_vec(), 0o644));
    });
    let drop =
        || Action::DropBuilds { dir: "/c".into(), entries: vec![good.clone().into(), bad.clone().into()] };
    let children = Scripted::on(&stand.living);
    stand.living.fail_at(2, std::io::ErrorKind::PermissionDenied);
    let failed = stand.perform(&children, drop());
    assert_eq!((failed, stand.living.text(format!("/c/{bad}")).is_some()), (Err(Code::DiskDenied), true));
    assert_eq!(stand.perform(&children, drop()), Ok(()));
    assert!(stand.living.text(format!("/c/{good}")).is_some());
    assert!(stand.living.text(format!("/c/{bad}")).is_none());
}

/// Steps that are Go's work, with how their first command begins.
fn of_go() -> Vec<(Action, String)> {
    let fyne = || "2.8.1".parse().expect("a version");
    let go = |args: &str| format!("{GO} {args}");
    vec![
        (Action::DownloadModules { fyne: fyne() }, go("mod download")),
        (Action::BuildProgram { fyne: fyne() }, go("build")),
        (
            Action::InstallCli {
                module: "fyne.io/tools/cmd/fyne@v1.7.4".into(),
                bin: "/root/go/bin".into(),
                cgo: false,
            },
            go("install"),
        ),
        (
            Action::RestoreModules { modules: vec!["golang.org/x/image@v0.24.0".parse().expect("a module")] },
            go("mod download"),
        ),
    ]
}

#[test]
fn what_go_cannot_do_fails_in_gos_words_and_an_interruption_is_none_of_them() {
    for (action, line) in of_go() {
        let stand = stand();
        let said = "main.go:3: something odd\n";
        let twice = matches!(action, Action::RestoreModules { .. });
        let mut children = Scripted::on(&stand.living).part(&line, 1, said);
        if twice {
            children = children.part(&line, 1, said);
        }
        assert_eq!(stand.perform(&children, action.clone()), Err(Code::BuildFailed), "{action:?}");
        assert_eq!(children.left(), Vec::<String>::new());
        let stand = self::stand();
        let children = Scripted::on(&stand.living).acting(&line, 1, "", |_| stand.interrupt());
        assert_eq!(stand.perform(&children, action.clone()), Err(Code::Interrupted), "{action:?}");
        let stand = self::stand();
        let tampered = "verifying golang.org/x/image@v0.24.0: checksum mismatch\nSECURITY ERROR\n";
        let mut children = Scripted::on(&stand.living).part(&line, 1, tampered);
        if twice {
            children = children.part(&line, 1, tampered);
        }
        assert_eq!(stand.perform(&children, action.clone()), Err(Code::TrustChecksum), "{action:?}");
    }
}

#[test]
fn modules_and_the_program_are_done_when_go_is() {
    for (action, line) in of_go().into_iter().take(2) {
        let stand = stand();
        let children = Scripted::on(&stand.living).part(&line, 0, "fyne.io/fyne/v2/app\n");
        assert_eq!(stand.perform(&children, action.clone()), Ok(()), "{action:?}");
        assert_eq!(stand.states(), [State::Done]);
        assert!(!stand.runs()[0].steps[0].undo[0].acts(), "caches stay");
    }
}

#[test]
fn what_cannot_be_compiled_early_is_left_to_the_program() {
    for stage in [Stage::Standard, Stage::Pure, Stage::Gl] {
        let warm = || Action::WarmLibraries { fyne: "2.8.1".into(), stage };
        let stand = stand();
        stand.living.change(|it| {
            *it = it.clone().answer(GO, "list", 0, "", "");
        });
        let children = Scripted::on(&stand.living);
        assert_eq!(stand.perform(&children, warm()), Ok(()), "nothing to do: {stage:?}");
        stand.living.change(|it| it.answers.clear());
        stand.living.change(|it| *it = it.clone().answer(GO, "list", 1, "", "no such package\n"));
        assert_eq!(stand.perform(&Scripted::on(&stand.living), warm()), Ok(()), "{stage:?}");
        let stand = self::stand();
        stand.living.fail_on("/root/.cache", std::io::ErrorKind::StorageFull);
        assert_eq!(stand.perform(&Scripted::on(&stand.living), warm()), Err(Code::DiskFull), "{stage:?}");
    }
}

#[test]
fn a_cli_that_is_lost_or_not_what_was_asked_for_is_never_placed() {
    let (cli, line) = of_go().remove(2);
    let stand = stand();
    let children = Scripted::on(&stand.living).part(&line, 0, "");
    assert_eq!(stand.perform(&children, cli.clone()), Err(Code::CliLost));
    let staging = stand.places().staging();
    let children = Scripted::on(&stand.living).acting(&line, 0, "", |it| {
        let dir = it.now_is().dirs.into_keys().rfind(|it| it.starts_with(&staging));
        let program = dir.expect("a directory for it").join("fyne");
        it.change(|it| it.files.insert(program, (b"\x7fELF".to_vec(), 0o755)));
    });
    assert_eq!(stand.perform(&children, cli), Err(Code::TrustCli));
    assert!(stand.living.text("/root/go/bin/fyne").is_none());
    assert!(stand.nothing_began());
}

#[test]
fn the_cache_of_fyne_build_is_warm_when_fyne_is_and_other_sums_are_refused() {
    let warm = || Action::WarmFyneBuild { fyne: "2.8.1".into() };
    let stand = stand();
    let children = Scripted::on(&stand.living).part(&format!("{GO} get"), 1, "offline\n");
    let children = children.part("/root/go/bin/fyne build", 0, "");
    assert_eq!(stand.perform(&children, warm()), Ok(()), "what cannot be asked now is asked later");
    let children = Scripted::on(&stand.living).part(&format!("{GO} get"), 1, "");
    let children = children.part("/root/go/bin/fyne build", 1, "no\n");
    assert_eq!(stand.perform(&children, warm()), Err(Code::BuildFailed));
    let sums = "SECURITY ERROR\n";
    let children = Scripted::on(&stand.living).part(&format!("{GO} get"), 1, sums);
    assert_eq!(stand.perform(&children, warm()), Err(Code::TrustChecksum));
}

#[test]
fn a_window_without_a_program_does_not_come() {
    let mut stand = stand();
    stand.facts.display = crate::facts::Display::default();
    let children = Scripted::on(&stand.living);
    let premises = vec![];
    let failure = stand.perform_if(&children, Action::Prove { fyne: "2.8.1".into() }, premises);
    let failure = failure.expect_err("there is nothing to start");
    assert_eq!((failure.exit, stand.states()), (Exit::Failed, vec![State::Failed]), "{failure:?}");
}

#[test]
fn what_the_manager_does_is_done_when_it_says_so() {
    let names = vec!["libgl-dev".to_owned()];
    let manager = || "apt".to_owned();
    for (action, line) in [
        (Action::RefreshPackageLists { manager: manager() }, played::UPDATE),
        (Action::InstallPackages { manager: manager(), names: names.clone() }, "/usr/bin/apt-get install"),
        (Action::ReinstallPackages { manager: manager(), names }, "/usr/bin/apt-get install"),
        (Action::ConfigurePackages { manager: manager() }, played::CONFIGURE),
    ] {
        let stand = stand();
        let children = Scripted::on(&stand.living).part(line, 0, "");
        assert_eq!(stand.perform(&children, action.clone()), Ok(()), "{action:?}");
        let children = Scripted::on(&stand.living).part(line, 100, "E: something odd\n");
        assert_eq!(stand.perform(&children, action.clone()), Err(Code::PackagesFailed), "{action:?}");
        assert_eq!(stand.states(), [State::Done, State::Failed]);
        let children = Scripted::on(&stand.living).acting(line, 100, "E: odd\n", |_| stand.interrupt());
        assert_eq!(stand.perform(&children, action.clone()), Err(Code::Interrupted), "{action:?}");
        let stand = self::stand();
        let failed = stand.perform(&Scripted::on(&stand.living), action.clone());
        assert!(failed.is_err(), "no such program: {action:?}");
        let other = Action::RefreshPackageLists { manager: "nix".into() };
        assert_eq!(stand.perform(&Scripted::on(&stand.living), other), Err(Code::PackagesUnknown));
    }
}

#[test]
fn who_listens_hears_whether_a_step_was_done_failed_or_was_interrupted() {
    let stand = stand();
    let refresh = || Action::RefreshPackageLists { manager: "apt".into() };
    let children =
        Scripted::on(&stand.living).part(played::UPDATE, 0, "").part(played::UPDATE, 100, "E: odd\n");
    assert_eq!(stand.perform(&children, refresh()), Ok(()));
    let failure = stand.perform_if(&children, refresh(), vec![]).expect_err("the manager says so");
    let children = Scripted::on(&stand.living).acting(played::UPDATE, 100, "", |_| stand.interrupt());
    assert_eq!(stand.perform(&children, refresh()), Err(Code::Interrupted));
    let ended = stand.ended.lock().expect("no panic");
    assert_eq!(*ended, [Outcome::Done, Outcome::Failed(failure.message), Outcome::Cancelled]);
}

#[test]
fn packages_that_came_go_again_as_far_as_nobody_else_needs_them() {
    let machine = machine()
        .answer("/usr/bin/apt-get", "install -s", 0, "Inst libgl-dev (1 Debian)\n", "")
        .answer("/usr/bin/apt-get", "purge -s", 0, "Purg libgl-dev [1]\n", "")
        .answer(played::QUERY, "-W", 0, "", "");
    let install = Action::InstallPackages { manager: "apt".into(), names: vec!["libgl-dev".into()] };
    for (code, whole) in [(0, true), (100, false)] {
        let stand = Stand::new(machine.clone());
        let children = Scripted::on(&stand.living).part(played::INSTALL, 0, "Unpacking libgl-dev (1)\n");
        assert_eq!(stand.perform(&children, install.clone()), Ok(()));
        let children = Scripted::on(&stand.living).part("/usr/bin/apt-get purge", code, "E: odd\n");
        stand.living.change(|it| {
            it.answers.retain(|it| it.1 != "-W");
            let there = "libgl-dev\t1\tinstall ok installed\n";
            *it = it.clone().answer(played::QUERY, "-W", 0, there, "");
        });
        let taken = stand.take_back(&children);
        assert_eq!(taken.iter().all(StepUndone::whole), whole, "{taken:?}");
    }
}

#[test]
fn a_step_that_panics_has_failed_and_says_so_in_the_journal() {
    let stand = stand();
    let children = Scripted::on(&stand.living);
    stand.living.change(|it| it.panics.push("/root/.config/go/env".into()));
    assert_eq!(stand.perform(&children, go_env()), Err(Code::InternalPanic), "while it is prepared");
    stand.living.change(|it| it.panics.clear());
    let children =
        Scripted::on(&stand.living).acting("/usr/bin/apt-get update", 0, "", |_| panic!("a mistake"));
    let refresh = Action::RefreshPackageLists { manager: "apt".into() };
    assert_eq!(stand.perform(&children, refresh), Err(Code::InternalPanic), "while it acts");
    assert_eq!(stand.states(), [State::Failed]);
}
