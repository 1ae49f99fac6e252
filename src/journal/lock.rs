//! The one writer: the lock, who holds it, and what a dead run left that the next one clears.

use std::path::{Path, PathBuf};

use super::fold::{self, Run, RunStep, State};
use super::own;
use super::roots::{self, LITTER};
use super::undo::Undo;
use crate::discreet;
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::facts::locks;
use crate::facts::xcode::PLACEHOLDER;
use crate::failure::{Code, Failure};
use crate::path_style::PathStyle;
use crate::places::Places;
use crate::system::{Disk, Kind, Look, Stat, System};

/// How the files end, among the logs, that a package manager is told of a proxy's password by.
pub const TOLD: &str = ".conf";

/// The one writer's lock, on a data directory that is ready for a run. Held until dropped.
pub struct Lock {
    /// What the journal says, oldest first.
    pub runs: Vec<Run>,
    _lock: Box<dyn Send + Sync>,
}

/// Makes the data directory if need be, takes the lock, reads the journal, and clears what a dead run left: staging, and
/// temporary files beside what it wrote. Whoever has the lock is named.
pub fn enter(system: System<'_>, places: &Places) -> Result<Lock, Failure> {
    let System { look, disk, .. } = system;
    if look.stat(&places.data).is_absent() {
        roots::make(look, disk, places)?;
    }
    own::guard(look, places)?;
    let Some(lock) = disk.lock(&places.lock())? else { return Err(locked(look, places)) };
    disk.remove_tree(&places.staging())?;
    disk.make_dir(&places.staging(), 0o700)?;
    if places.are_for_all() {
        disk.make_dir(&places.home_of_nobody(), 0o700)?;
    }
    told(look, disk, &places.logs())?;
    let (runs, _) = fold::load(look, places)?;
    for dir in [&places.data, &places.sumdb(), &places.manifest(), &places.backups(), &places.config] {
        litter(look, disk, dir)?;
    }
    for step in runs.iter().filter(|it| it.cut_short()).flat_map(|it| &it.steps) {
        placeholder(look, disk, step)?;
        step.undo.iter().filter_map(|it| it.path()).try_for_each(|it| sweep(look, disk, it))?;
    }
    Ok(Lock { runs, _lock: lock })
}

/// Removes temporary files that a killed run left beside a file that it wrote. One that a process is writing now stays, and
/// so does a directory: a tree that is going is finished by whoever began it.
pub fn sweep(look: &dyn Look, disk: &dyn Disk, file: &Path) -> Result<(), DiskError> {
    let (Some(dir), Some(name)) = (file.parent(), file.file_name()) else { return Ok(()) };
    let litter = format!(".{}{LITTER}", name.to_string_lossy());
    let is_dir = |it: &str| look.stat(&dir.join(it)).into_here().is_some_and(|it| it.kind == Kind::Dir);
    let dead = |it: &str| writer(it).is_none_or(|it| !is_alive(look, it));
    let left = |it: &&String| it.starts_with(&litter) && dead(it) && !is_dir(it);
    for name in look.list(dir).into_here().unwrap_or_default().iter().filter(left) {
        disk.remove(&dir.join(name))?;
    }
    Ok(())
}

/// Removes what a run that was killed had told `softwareupdate` to offer the Command Line Tools by: else the next one takes it
/// for somebody else's, and it stays.
fn placeholder(look: &dyn Look, disk: &dyn Disk, step: &RunStep) -> Result<(), DiskError> {
    let path = Path::new(PLACEHOLDER);
    let laid = |it: &Undo| matches!(it, Undo::RemoveFile { path: it, .. } if it == path);
    let us = look.identity().uid;
    let there = |it: &Stat| it.kind == Kind::File && it.size == 0 && it.uid == us;
    let ours = step.state == State::Begun && step.action.kind().lays_for_a_while();
    if ours && step.undo.iter().any(laid) && look.stat(path).here().is_some_and(there) {
        disk.remove(path)?;
    }
    Ok(())
}

/// Removes temporary files of processes that are dead from a directory of ours.
fn litter(look: &dyn Look, disk: &dyn Disk, dir: &Path) -> Result<(), DiskError> {
    for name in look.list(dir).into_here().unwrap_or_default().iter().filter(|it| it.starts_with('.')) {
        if writer(name).is_some_and(|it| !is_alive(look, it)) {
            disk.remove(&dir.join(name))?;
        }
    }
    Ok(())
}

/// Removes what a killed run left of the passwords that it had told a package manager. The lock is held: nobody is at work.
fn told(look: &dyn Look, disk: &dyn Disk, logs: &Path) -> Result<(), DiskError> {
    let names = look.list(logs).into_here().unwrap_or_default();
    names.iter().filter(|it| it.ends_with(TOLD)).try_for_each(|it| disk.remove(&logs.join(it)))
}

/// The process that a temporary file is of, by its name.
fn writer(name: &str) -> Option<u32> {
    let (_, number) = name.rsplit_once(LITTER)?;
    number.split('-').next()?.parse().ok()
}

/// What cannot be looked at may live.
fn is_alive(look: &dyn Look, pid: u32) -> bool {
    !look.process(pid).is_absent()
}

/// Whether a run is at work now. Reading commands ask this; they never take the lock.
pub fn at_work(look: &dyn Look, places: &Places) -> bool {
    let Fact::Here(stat) = look.stat(&places.lock()) else { return false };
    let identity = look.identity();
    let style = PathStyle::of(&identity.os);
    if style == PathStyle::Windows {
        // Nobody tells who holds the lock of a file there: whoever wrote its number into it does, if it is a run of ours.
        let name = |it: &Path| it.file_name().map(PathBuf::from);
        let program = written(look, places).and_then(|it| look.process(it).into_here()?.into_iter().next());
        let program = program.and_then(|it| name(Path::new(&it)));
        return program.zip(name(&identity.executable)).is_some_and(|(one, ours)| style.same(one, ours));
    }
    let held = look.read(Path::new("/proc/locks")).into_here().unwrap_or_default();
    locks::holder(&String::from_utf8_lossy(&held), stat.inode).is_some()
}

/// The process whose number stands in the lock: who has it, or had it last.
fn written(look: &dyn Look, places: &Places) -> Option<u32> {
    let text = look.read(&places.lock()).into_here().unwrap_or_default();
    String::from_utf8_lossy(&text).lines().next()?.trim().parse().ok()
}

fn locked(look: &dyn Look, places: &Places) -> Failure {
    let hint = text!("apply-locked-hint");
    let seen = written(look, places).map(|pid| (pid, look.process(pid)));
    // Who has it may not have written its number yet, or is in another container: then the one that stands there is of the past.
    let Some((pid, words)) = seen.filter(|it| !it.1.is_absent()) else {
        return Failure::new(Code::Locked, text!("apply-locked-gone")).hint(hint);
    };
    // Whoever holds it was told secrets that are not ours to print.
    let words = words.into_here().unwrap_or_default();
    let command = discreet::arguments(&words, discreet::MARK).join(" ").trim().to_owned();
    let message = text!("apply-locked", pid = pid.to_string(), command = command);
    Failure::new(Code::Locked, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Action;
    use crate::failure::Exit;
    use crate::system::fake::{FakeNet, Living, Machine, Scripted};

    fn places() -> Places {
        Places::linux(Path::new("/root"), |_| None)
    }

    fn entered(living: &Living) -> Result<Lock, Failure> {
        let (net, children) = (FakeNet::down(), Scripted::on(living));
        enter(System { look: living, disk: living, net: &net, children: &children }, &places())
    }

    fn data(name: &str) -> String {
        places().data.join(name).display().to_string()
    }

    /// A machine on which process 812 is alive and 999 is not, and both have left temporary files.
    fn littered() -> Machine {
        let names = [".env.fyne-setup-812-0", ".env.fyne-setup-999-0", ".env.fyne-setup-odd", "env"];
        let mut machine = Machine::linux().file("/proc/812/stat", "");
        for dir in [places().data, places().backups(), places().sumdb(), places().manifest(), places().config]
        {
            machine = names.iter().fold(machine, |it, name| it.file(&dir.join(name).to_string_lossy(), "x"));
        }
        machine
    }

    #[test]
    fn the_first_run_makes_the_data_directory_and_holds_the_lock() {
        let living = Living::new(Machine::linux().file("/root/.profile", ""));
        let held = entered(&living).expect("nobody is here");
        assert_eq!(held.runs, []);
        assert_eq!(living.below(&places().data), ["lock", "made", "staging/"]);
        let mode = living.stat(&places().staging()).into_here().map(|it| it.mode);
        assert_eq!(mode, Some(0o700));
        assert_eq!(entered(&living).err().map(|it| it.code), Some(Code::Locked), "while it lives");
        drop(held);
        assert!(entered(&living).is_ok(), "and free afterwards");
    }

    #[test]
    fn whoever_holds_the_lock_is_named() {
        let machine =
            Machine::linux().file(&data("lock"), "812\n").file("/proc/812/cmdline", "fyne-setup\0install\0");
        let living = Living::new(machine);
        living.lock_by_another(places().lock());
        let failure = entered(&living).err().expect("somebody holds it");
        assert_eq!((failure.code, failure.exit), (Code::Locked, Exit::Locked));
        let words = failure.message.to_string();
        assert!(words.contains("812") && words.contains("fyne-setup install"), "{words}");
        assert_eq!(living.text(data("lock")).as_deref(), Some("812\n"));
    }

    #[test]
    fn a_process_that_is_gone_is_not_named_as_the_holder() {
        for text in ["999\n", "", "odd\n"] {
            let look = Machine::linux().file(&data("lock"), text).file("/proc/812/stat", "");
            let failure = locked(&look, &places());
            assert_eq!((failure.exit, failure.message.to_string().contains("999")), (Exit::Locked, false));
            assert!(failure.message.to_string().contains("apply-locked-gone"), "{}", failure.message);
        }
    }

    #[test]
    fn a_dead_runs_temporary_files_go_and_a_living_ones_stay() {
        let living = Living::new(littered());
        let _held = entered(&living).expect("nobody is here");
        for dir in [places().data, places().backups(), places().sumdb(), places().manifest(), places().config]
        {
            let left: Vec<String> = living.below(&dir).into_iter().filter(|it| it.contains("env")).collect();
            let ours: Vec<&String> = left.iter().filter(|it| !it.contains('/')).collect();
            assert_eq!(ours, [".env.fyne-setup-812-0", ".env.fyne-setup-odd", "env"], "{}", dir.display());
        }
    }

    #[test]
    fn the_passwords_that_a_killed_run_told_a_manager_go() {
        let logs = places().logs();
        let at = |name: &str| logs.join(name).display().to_string();
        let living =
            Living::new(Machine::linux().file(&at("apt-4.conf"), "secret").file(&at("apt-4.log"), ""));
        let _held = entered(&living).expect("nobody is here");
        assert_eq!(living.below(&logs), ["apt-4.log"]);
    }

    #[test]
    fn beside_what_a_dead_run_wrote_its_litter_goes_and_no_one_elses() {
        let undo = r#"[{"undo":"remove-file","path":"/root/.profile","wrote":null}]"#;
        let line = |event: &str| format!(r#"{{"schema":1,"run":"r","time":1,"event":{event}}}"#);
        let action = r#"{"kind":"edit-profile","file":"/root/.profile"}"#;
        let text = [
            line(r#""begin","command":"install","program":"0""#),
            line(&format!(r#""intent","step":1,"action":{action},"because":[],"undo":{undo}"#)),
        ];
        let machine = Machine::linux()
            .file("/proc/812/stat", "")
            .file(&data("journal.jsonl"), text.join("\n"))
            .file("/root/..profile.fyne-setup-812-0", "of one that lives")
            .file("/root/..profile.fyne-setup-999-3", "of one that is dead")
            .file("/root/..bashrc.fyne-setup-999-3", "beside another file")
            .file("/root/..profile.fyne-setup-removed/x", "of a tree that is going")
            .file("/root/.profile", "theirs");
        let living = Living::new(machine);
        let held = entered(&living).expect("nobody is here");
        assert!(held.runs[0].cut_short());
        let left: Vec<String> = living.below("/root").into_iter().filter(|it| !it.contains('/')).collect();
        assert_eq!(left, ["..bashrc.fyne-setup-999-3", "..profile.fyne-setup-812-0", ".profile"]);
    }

    #[test]
    fn on_windows_who_holds_the_lock_is_named_and_what_it_writes_now_stays() {
        let places = Places::windows(Path::new("C:/L"), Path::new("C:/R"));
        let program = |it: &str| vec![format!("C:/p/{it}.exe")];
        let file = |name: &str| places.data.join(name).display().to_string();
        let mut machine = Machine::windows()
            .file(&file("lock"), "812\n")
            .file(&file(".journal.jsonl.fyne-setup-812-0-x"), "")
            .file(&file(".journal.jsonl.fyne-setup-999-0-x"), "");
        machine.identity.executable = "C:/q/fyne-setup.exe".into();
        assert!(!at_work(&machine, &places), "it has ended");
        machine.processes.insert(812, program("other"));
        assert!(!at_work(&machine, &places), "its number is another's by now");
        machine.processes.insert(812, program("Fyne-Setup"));
        assert!(at_work(&machine, &places));
        let said = locked(&machine, &places).message.to_string();
        assert!(said.contains("812") && said.contains("Fyne-Setup.exe"), "{said}");
        let living = Living::new(machine);
        litter(&living, &living, &places.data).expect("removed");
        assert_eq!(living.below(&places.data), [".journal.jsonl.fyne-setup-812-0-x", "lock"]);
    }

    #[test]
    fn what_is_not_ours_alone_is_entered_by_nobody() {
        for path in [places().data, places().journal(), places().staging(), places().cache, places().config] {
            let mut machine = Machine::linux()
                .file(&data("journal.jsonl"), "")
                .file(&data("staging/x"), "")
                .file("/root/.cache/fyne-setup/logs/x", "")
                .file("/root/.config/fyne-setup/env", "");
            machine.owners.insert(path.clone(), 12_345);
            let living = Living::new(machine);
            let failure = entered(&living).err().expect("refused");
            assert_eq!((failure.code, failure.file.as_ref()), (Code::DiskNotOurs, Some(&path)));
            assert_eq!(living.calls(), Vec::<String>::new(), "{}", path.display());
        }
    }

    #[test]
    fn a_journal_that_cannot_be_read_is_not_taken_for_an_empty_one() {
        let mut machine = Machine::linux().file(&data("journal.jsonl"), "");
        machine.denied.push(places().journal());
        let living = Living::new(machine);
        assert_eq!(entered(&living).err().map(|it| it.code), Some(Code::JournalUnreadable));
    }

    #[test]
    fn a_placeholder_of_a_run_that_was_killed_in_its_step_goes_before_the_next_one_looks() {
        let theirs = 501;
        for (text, ends, uid, stays) in
            [("", false, 0, false), ("x", false, 0, true), ("", true, 0, true), ("", false, theirs, true)]
        {
            let mut machine = Machine::linux().file("/root/.profile", "").file(PLACEHOLDER, text);
            machine.owners.insert(PLACEHOLDER.into(), uid);
            let living = Living::new(machine);
            drop(entered(&living).expect("nobody is here"));
            let (id, asked) = ("run-1".to_owned(), crate::journal::Request::of("repair"));
            let journal = crate::journal::Journal::new(&living, places().journal(), id, asked);
            let wrote = Some(crate::digest::Digest::of(b""));
            let undo = vec![Undo::RemoveFile { path: PLACEHOLDER.into(), wrote }];
            let (step, action, because) = (1, Action::InstallCommandLineTools, vec![]);
            let done = crate::journal::Event::Done { step, brought: None };
            let intent = crate::journal::Event::Intent { step, action, because, undo };
            let events = if ends { vec![intent, done] } else { vec![intent] };
            for event in events {
                journal.write(1, event).expect("written");
            }
            assert!(entered(&living).is_ok());
            assert_eq!(living.text(PLACEHOLDER).is_some(), stays, "{text:?} {ends} {uid}");
        }
    }
}
