//! The doors of Windows, on a Windows or under Wine (`scripts/wine`). What Wine has not is asserted to be said.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "these are the tests of the doors, and programs for them"
)]

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::disk::RealDisk;
use super::process;
use crate::fact::Fact;
use crate::registry::{RegistryKey, RegistryKind, RegistryValue};
use crate::system::children::RealChildren;
use crate::system::interrupt::Interrupt;
use crate::system::real::RealLook;
use crate::system::{Ask, Children, Disk, Kind, Look, Spawn};

fn temp() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let path = super::path::written(dir.path());
    (dir, path)
}

fn look(dir: &Path) -> RealLook {
    RealLook::new(BTreeMap::new(), dir.join("scratch"))
}

/// This program again, to do what an ignored test says.
fn ourselves(what: &str) -> (PathBuf, Vec<String>) {
    let args = ["--exact", "--ignored", "--nocapture"].map(str::to_owned);
    let name = format!("system::windows::tests::{what}");
    (RealLook::new(BTreeMap::new(), "C:/".into()).identity().executable, [&[name][..], &args].concat())
}

fn ask(what: &str) -> Ask {
    let (program, args) = ourselves(what);
    Ask { program, args, limit_ms: 60_000, ..Ask::default() }
}

fn spawn(what: &str) -> Spawn {
    let (program, args) = ourselves(what);
    Spawn { program, args, dir: "C:/".into(), ..Spawn::default() }
}

#[test]
#[ignore = "a program for the tests"]
fn program_that_says_what_it_was_given() {
    for (name, value) in std::env::vars() {
        println!("{name}={value}");
    }
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).expect("a text");
    println!("input={input}");
    println!("here={}", std::env::current_dir().expect("a directory").display());
    eprintln!("to error");
    std::process::exit(3);
}

#[test]
#[ignore = "a program for the tests"]
fn program_that_waits() {
    println!("waits {}", std::process::id());
    std::io::stdout().flush().expect("written");
    loop {
        std::thread::park();
    }
}

#[test]
#[ignore = "a program for the tests"]
fn program_that_starts_one_that_waits() {
    let (program, args) = ourselves("program_that_waits");
    let mut child = std::process::Command::new(program).args(args).spawn().expect("started");
    let _ = child.wait();
}

/// The number that the waiting program says, whoever started it.
fn waiting(line: &str) -> Option<u32> {
    line.split_once("waits ")?.1.trim().parse().ok()
}

fn ends(pid: u32) -> bool {
    (0..1_000_000).any(|_| {
        std::thread::yield_now();
        !process::is_alive(pid)
    })
}

#[test]
fn what_is_made_for_us_alone_has_our_list_and_no_other() {
    let (_keep, dir) = temp();
    RealDisk.make_dir(&dir.join("ours/below"), 0o700).expect("made");
    RealDisk.append(&dir.join("ours/journal"), b"one\n").expect("appended");
    RealDisk.append(&dir.join("ours/journal"), b"two\n").expect("appended");
    RealDisk.write(&dir.join("ours/file"), b"x", Some(0o600)).expect("written");
    let look = look(&dir).guarding([dir.join("ours")]);
    for (name, mode) in
        [("ours", 0o700), ("ours/below", 0o700), ("ours/journal", 0o600), ("ours/file", 0o600)]
    {
        let stat = look.stat(&dir.join(name)).into_here().expect(name);
        assert_eq!((stat.uid, format!("{:o}", stat.mode)), (0, format!("{mode:o}")), "{name}");
        assert!(stat.writable, "{name}");
    }
    assert_eq!(look.read(&dir.join("ours/journal")), Fact::Here(b"one\ntwo\n".to_vec()));
    assert_eq!(look.list(&dir.join("ours/below")), Fact::Here(vec![]));
    assert_eq!(look.read(&dir.join("ours/none")), Fact::Absent);
}

#[test]
fn a_file_is_replaced_and_keeps_what_it_was() {
    let (_keep, dir) = temp();
    let path = dir.join("with space 李/config 文件.txt");
    RealDisk.make_dir(path.parent().expect("one"), 0o755).expect("made");
    fs::write(&path, "old").expect("writable");
    RealDisk.set_mode(&path, 0o444).expect("set");
    assert_eq!(look(&dir).stat(&path).map(|it| it.mode & 0o200), Fact::Here(0));
    RealDisk.write(&path, b"new", None).expect("written");
    assert_eq!(fs::read(&path).expect("there"), b"new");
    assert!(fs::metadata(&path).expect("there").permissions().readonly());
    RealDisk.write(&path, b"newer", Some(0o644)).expect("written");
    assert!(!fs::metadata(&path).expect("there").permissions().readonly());
    assert_eq!(fs::read_dir(path.parent().expect("one")).expect("there").count(), 1, "nothing beside it");
    RealDisk.remove_tree(path.parent().expect("one")).expect("removed");
    assert_eq!(look(&dir).stat(path.parent().expect("one")), Fact::Absent);
}

#[test]
fn a_file_that_a_program_uses_is_named_and_left() {
    let (_keep, dir) = temp();
    let path = dir.join("used");
    fs::write(&path, "old").expect("writable");
    let open = OpenOptions::new().read(true).share_mode(0).open(&path).expect("open for us alone");
    let error = RealDisk.write(&path, b"new", None).expect_err("it is in use");
    assert!(error.to_string().contains("used: disk-in-use"), "{error}");
    assert_eq!(fs::read_dir(&dir).expect("there").count(), 1, "nothing beside it");
    drop(open);
    assert_eq!(fs::read(&path).expect("there"), b"old");
}

#[test]
fn a_tree_with_files_that_are_read_only_is_removed() {
    let (_keep, dir) = temp();
    let top = RealDisk.make_dir(&dir.join("a/b/c"), 0o755).expect("made");
    assert_eq!(top, Some(dir.join("a")));
    for name in ["a/b/c/file", "a/go.mod"] {
        drop(RealDisk.create(&dir.join(name), 0o644).expect("made"));
        RealDisk.set_mode(&dir.join(name), 0o444).expect("set");
    }
    RealDisk.sync_tree(&dir.join("a")).expect("synced");
    RealDisk.remove_tree(&dir.join("a")).expect("removed");
    RealDisk.remove_tree(&dir.join("a")).expect("nothing there is fine");
    assert_eq!(look(&dir).list(&dir), Fact::Here(vec![]));
}

#[test]
fn a_lock_is_held_until_dropped_and_says_by_whom() {
    let (_keep, dir) = temp();
    let path = dir.join("lock");
    let held = RealDisk.lock(&path).expect("no error").expect("free");
    assert!(RealDisk.lock(&path).expect("no error").is_none());
    let pid = format!("{}\n", std::process::id());
    assert_eq!(look(&dir).read(&path), Fact::Here(pid.into_bytes()), "readable while it is held");
    drop(held);
    assert!(RealDisk.lock(&path).expect("no error").is_some());
}

#[test]
fn what_we_have_open_ourselves_is_removed_with_its_directory() {
    let (_keep, dir) = temp();
    for name in ["tree", "one"] {
        RealDisk.make_dir(&dir.join(name), 0o700).expect("made");
    }
    let (log, lock) = (dir.join("tree/run.log"), dir.join("one/lock"));
    let open = RealDisk.create(&log, 0o600).expect("made");
    let held = RealDisk.lock(&lock).expect("no error").expect("nobody has it");
    RealDisk.remove_tree(&dir.join("tree")).expect("removed");
    RealDisk.remove(&lock).expect("removed");
    RealDisk.remove(&dir.join("one")).expect("it is empty");
    assert_eq!(look(&dir).list(&dir), Fact::Here(Vec::new()));
    drop((open, held));
}

#[test]
fn a_module_as_go_lays_it_shows_no_hand() {
    let (_keep, dir) = temp();
    RealDisk.make_dir(&dir.join("a/b/c"), 0o755).expect("made");
    let file = dir.join("a/b/x.go");
    fs::write(&file, "").expect("written");
    RealDisk.set_mode(&file, 0o444).expect("protected");
    let summary = || look(&dir).tree_summary(&dir.join("a")).into_here().expect("there");
    assert_eq!((summary().entries, summary().writable), (4, 0));
    RealDisk.set_mode(&file, 0o644).expect("open");
    assert_eq!(summary().one_writable, Path::new("b").join("x.go"));
}

#[test]
fn a_link_leads_to_its_directory_and_is_switched_in_its_place() {
    let (_keep, dir) = temp();
    for name in ["one", "two"] {
        RealDisk.make_dir(&dir.join(name), 0o755).expect("made");
        fs::write(dir.join(name).join("which"), name).expect("written");
    }
    let at = dir.join("current");
    // Wine 8 has no junctions: there a file says where it leads, and only this program follows it.
    let followed = look(&dir).space(&dir).into_here().is_some_and(|it| !it.no_links);
    let leads = |to: &str| {
        if followed {
            assert_eq!(fs::read_to_string(at.join("which")).expect("there"), to);
        }
        let stat = look(&dir).stat(&at).into_here().expect("there");
        let target = stat.target.map(|it| dir.join(it));
        assert_eq!((stat.kind, target), (Kind::Link, Some(dir.join(to))));
    };
    RealDisk.link(&dir.join("one"), &at).expect("made");
    leads("one");
    RealDisk.link(Path::new("two"), &at).expect("switched");
    leads("two");
    assert_eq!(look(&dir).list(&dir), Fact::Here(["current", "one", "two"].map(String::from).to_vec()));
    RealDisk.remove(&at).expect("removed as such");
    assert!(dir.join("two/which").is_file());
    fs::write(&at, "!<fyne-setup link>\nC:/Windows\n").expect("written");
    assert_eq!(
        look(&dir).stat(&at).into_here().map(|it| it.kind),
        Some(Kind::File),
        "no mark of the system's"
    );
    assert!(RealDisk.link(Path::new("two"), &at).is_err(), "nobody's file is replaced");
}

#[test]
fn a_device_is_no_file_and_what_the_current_drive_decides_is_not_there() {
    let (_keep, dir) = temp();
    let look = look(&dir);
    assert_eq!(look.read(&dir.join("nul")), Fact::Here(vec![]));
    for path in [dir.join("CON"), dir.join("com1.txt"), "//./pipe/fyne".into(), "CONIN$".into()] {
        assert!(matches!(look.read(&path), Fact::Unknown(_)), "{}", path.display());
        assert_eq!(look.stat(&path).map(|it| it.kind), Fact::Here(Kind::Other), "{}", path.display());
    }
    assert!(look.stat(Path::new("C:/windows")).is_here());
    for path in ["/windows", "/windows/system32/kernel32.dll", "/dev/null", "C:windows"] {
        let path = Path::new(path);
        assert_eq!(
            (look.stat(path), look.read(path), look.list(path)),
            (Fact::Absent, Fact::Absent, Fact::Absent)
        );
        assert!(RealDisk.make_dir(path, 0o755).is_err() && RealDisk.write(path, b"", None).is_err());
    }
    assert!(matches!(look.read(&dir), Fact::Unknown(_)), "a directory");
    assert_eq!(look.stat(&dir.join("what?*")), Fact::Absent, "a name that no file can have");
}

#[test]
fn windows_says_who_we_are() {
    let (_keep, dir) = temp();
    let look = look(&dir);
    let identity = look.identity();
    assert_eq!((identity.os.as_str(), identity.arch.as_str(), identity.uid), ("windows", "x86_64", 0));
    assert!(identity.kernel.starts_with("10.0."), "{}", identity.kernel);
    for path in [identity.cwd, identity.executable] {
        let text = path.to_string_lossy().into_owned();
        assert!(text.contains(":/") && !text.contains('\\'), "{text}");
    }
    let space = look.space(&dir.join("none/below")).into_here().expect("room");
    assert!(space.free > 0 && space.files.is_none());
    let env = RealLook::environment();
    for name in ["LOCALAPPDATA", "APPDATA", "USERPROFILE", "SYSTEMROOT", "PATH"] {
        assert!(env.get(name).is_some_and(|it| it.contains(":\\")), "{name}");
    }
    assert!(env.keys().all(|it| !it.starts_with('=') && *it == it.to_uppercase()));
}

#[test]
fn a_program_gets_what_it_is_given_and_what_windows_needs() {
    let (_keep, dir) = temp();
    let mut ask = ask("program_that_says_what_it_was_given");
    ask.env = [("ONLY".to_owned(), "{scratch}".to_owned())].into();
    ask.input = b"words".to_vec();
    let answer = look(&dir).run(&ask).into_here().expect("an answer");
    let out = answer.out();
    assert_eq!(answer.code, Some(3), "{out} {}", answer.err());
    assert!(answer.err().contains("to error"), "{}", answer.err());
    let scratch = super::path::written(&dir.join("scratch")).to_string_lossy().into_owned();
    assert!(out.contains("input=words") && out.contains(&format!("ONLY={scratch}/")), "{out}");
    assert!(out.to_uppercase().contains("SYSTEMROOT=") && out.contains(&format!("TEMP={scratch}/")), "{out}");
    assert!(!out.contains("USERPROFILE=") && !out.to_uppercase().contains("\nPATH="), "{out}");
    assert_eq!(look(&dir).list(&dir.join("scratch")), Fact::Here(vec![]), "scratch is gone");
    ask.program = dir.join("none.exe");
    assert_eq!(look(&dir).run(&ask), Fact::Absent);
    ask.program = "cmd.exe".into();
    assert_eq!(look(&dir).run(&ask), Fact::Absent, "no PATH is searched");
}

#[test]
fn a_program_that_hangs_is_ended_with_what_it_started() {
    let (_keep, dir) = temp();
    let ask = Ask { limit_ms: 4_000, ..ask("program_that_starts_one_that_waits") };
    let answer = look(&dir).run(&ask).into_here().expect("an answer");
    assert!(answer.timed_out && answer.code.is_none(), "{answer:?}");
    let pid = answer.out().lines().find_map(waiting).expect("the one that waits has said so");
    assert!(ends(pid), "it lives on");
}

#[test]
fn a_child_that_is_stopped_takes_its_children_with_it() {
    let children = RealChildren::default();
    let mut child = children.start(&spawn("program_that_starts_one_that_waits")).expect("started");
    let pid = std::iter::from_fn(|| child.line()).find_map(|it| waiting(&it.text)).expect("it waits");
    assert!(process::is_alive(pid));
    child.stop();
    assert!(child.wait().expect("waited").signal.is_some());
    assert!(ends(pid), "the grandchild lives on");
    children.stop_all();
    assert!(children.start(&spawn("program_that_waits")).is_err(), "nothing starts after a stop");
}

#[test]
fn a_value_of_the_registry_keeps_its_type_and_its_bytes() {
    let (_keep, dir) = temp();
    let key = RegistryKey::current_user(r"Software\fyne-setup-test");
    let values = [
        ("a", RegistryValue::expand_sz(r"%USERPROFILE%\go;李")),
        ("", RegistryValue::sz(&"long;".repeat(4_000))),
        ("n", RegistryValue::dword(7)),
        ("raw", RegistryValue { kind: RegistryKind::Other(3), data: vec![0, 1, 2] }),
    ];
    for (name, value) in &values {
        RealDisk.set_registry(&key, name, Some(value)).expect("set");
    }
    let seen = look(&dir).registry(&key).into_here().expect("there");
    for (name, value) in &values {
        assert_eq!(seen.values.get(*name), Some(value), "{name}");
    }
    for (name, _) in &values {
        RealDisk.set_registry(&key, name, None).expect("taken away");
        RealDisk.set_registry(&key, name, None).expect("not there is fine");
    }
    assert!(look(&dir).registry(&key).into_here().expect("there").values.is_empty());
    assert_eq!(look(&dir).registry(&RegistryKey::current_user(r"Software\none at all")), Fact::Absent);
    let above = look(&dir).registry(&RegistryKey::current_user("Software")).into_here().expect("there");
    assert!(above.keys.contains(&"fyne-setup-test".to_owned()));
}

#[test]
fn a_question_that_nobody_waits_for_any_more_ends_with_what_it_started_and_we_go_on() {
    let (_keep, dir) = temp();
    let (look, before) = (look(&dir), look(&dir));
    let interrupt = Interrupt::default();
    interrupt.ends(look.groups());
    interrupt.end_asked();
    let ended = std::thread::scope(|scope| {
        let asked = scope.spawn(|| look.run(&ask("program_that_starts_one_that_waits")));
        while !asked.is_finished() {
            interrupt.end_asked();
            std::thread::yield_now();
        }
        asked.join().expect("no panic").into_here().expect("it began")
    });
    assert!(ended.code.is_none() && !ended.timed_out, "{ended:?}");
    // The next one is asked as ever, and so is what another look asks.
    for look in [look, before] {
        let said = look.run(&ask("program_that_says_what_it_was_given")).into_here().expect("it began");
        assert_eq!(said.code, Some(3));
    }
}

#[test]
fn the_first_key_ends_nothing() {
    use windows_sys::Win32::System::Console::CTRL_BREAK_EVENT;
    let interrupt = Interrupt::default();
    interrupt.watch();
    assert_eq!(super::signals::told(&interrupt, CTRL_BREAK_EVENT), super::signals::Then::GoOn);
    assert!(interrupt.flag().load(Ordering::SeqCst) && !interrupt.terminated());
    assert_eq!(super::signals::told(&interrupt, CTRL_BREAK_EVENT), super::signals::Then::End(130));
    let other = Interrupt::default();
    assert_eq!(super::signals::told(&other, CTRL_BREAK_EVENT), super::signals::Then::End(130));
}
