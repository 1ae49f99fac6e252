//! The log of a run: there when something was written or failed, named where it failed, without secrets.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::Program;
use crate::schema::fits;

fn logs(program: &Program) -> Vec<PathBuf> {
    let entries = fs::read_dir(program.home().join(".cache/fyne-setup/logs"));
    entries.into_iter().flatten().map(|it| it.expect("an entry").path()).collect()
}

/// A home in which no run can take its lock: a directory stands there.
fn without_lock(program: Program) -> Program {
    fs::create_dir_all(program.home().join(".local/share/fyne-setup/lock/in-the-way")).expect("made");
    program
}

#[test]
fn a_failing_run_names_its_log_and_the_log_the_door_that_failed() {
    let program = without_lock(Program::new());
    let file = program.home().join(".config/go/env");
    fs::create_dir_all(file.parent().expect("a parent")).expect("made");
    fs::write(&file, "GOFLAGS=-mod vendor\n").expect("written");
    let run = ["repair", "go.flags", "--yes"];
    let said = program.run(&[&run[..], &["--json"]].concat());
    assert_eq!(said.code, 3, "{said:?}");
    let document = fits(&said.out);
    let log = PathBuf::from(document["log"].as_str().expect("a path"));
    assert_eq!(logs(&program), std::slice::from_ref(&log));
    let text = fs::read_to_string(&log).expect("it is there");
    let door = |it: &&str| it.contains("WARN  disk     lock ") && it.contains("error=");
    assert!(text.lines().any(|it| door(&it)), "{text}");
    assert!(text.contains("$ fyne-setup repair go.flags --yes --json\n"), "{text}");
    assert!(text.lines().last().is_some_and(|it| it.contains("run      exit 3: disk.")), "{text}");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(&log), mode(log.parent().expect("a directory"))), (0o600, 0o700));

    let said = program.run(&run);
    let line = said.err.lines().last().and_then(|it| it.strip_prefix("log: ")).map(PathBuf::from);
    assert!(line.as_ref().is_some_and(|it| *it != log && logs(&program).contains(it)), "{said:?}");
    let said = program.run(&[&run[..], &["--lang", "zh-CN"]].concat());
    assert!(said.err.lines().last().is_some_and(|it| it.starts_with("日志：/")), "{said:?}");
}

#[test]
fn a_run_leaves_a_log_and_one_with_nothing_to_do_leaves_none() {
    let program = Program::new();
    let file = program.home().join(".config/go/env");
    fs::create_dir_all(file.parent().expect("a parent")).expect("made");
    fs::write(&file, "GOFLAGS=-mod vendor\n").expect("written");
    let repair = || -> Value {
        let said = program.run(&["repair", "go.flags", "--yes", "--json"]);
        assert_eq!(said.code, 0, "{said:?}");
        fits(&said.out)
    };
    assert!(program.run(&["check"]).code <= 1 && program.run(&["chekc"]).code == 2);
    assert_eq!(program.run(&["repair", "go.flags"]).code, 2, "nobody said yes");
    assert_eq!(logs(&program), Vec::<PathBuf>::new());
    let document = repair();
    let log = document["log"].as_str().expect("a path");
    let name = format!("-{}.log", document["run"].as_str().expect("an ID"));
    assert!(log.ends_with(&name), "{log} ends with {name}");
    let text = fs::read_to_string(log).expect("there");
    let wrote = |it: &str| it.contains("disk     write") && it.contains("/.config/go/env");
    assert!(text.lines().any(wrote) && text.contains("run      exit 0"), "{text}");
    assert_eq!(repair()["log"], Value::Null);
    assert_eq!(logs(&program), [PathBuf::from(log)]);
    let said = program.run(&["uninstall", "--yes"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!program.home().join(".cache/fyne-setup").exists(), "uninstall takes its own log away");
}

#[test]
fn all_that_goes_through_the_doors_is_shown_live_and_no_secret_is() {
    let canaries = ["canary-1", "canary-2", "canary-3"];
    let program = without_lock(Program::new())
        .env("http_proxy", "http://me:canary-1@127.0.0.1:9")
        .env("GOPROXY", "https://me:canary-2@127.0.0.1:9/go,direct")
        .env("MY_TOKEN", "canary-3");
    fs::write(program.home().join(".netrc"), "machine 127.0.0.1 login me password canary-4\n")
        .expect("written");
    let args = ["install", "--yes", "--no-proof", "--goproxy", "https://me:canary-5@127.0.0.1:9"];
    let said = program.run(&[&args[..], &["-vv"]].concat());
    assert_eq!(said.code, 3, "{said:?}");
    let shown = said.err.lines().filter(|it| it.contains(" programs ran ")).count();
    assert!(shown > 3 && !said.err.contains(" look "), "{said:?}");
    let log = logs(&program).pop().expect("a log");
    let log = fs::read_to_string(log).expect("there");
    for word in canaries.iter().chain(&["canary-4", "canary-5"]) {
        assert!(!log.contains(word), "{word} is in {log}");
        assert!(!said.err.contains(word), "{word} is in {}", said.err);
    }
    assert!(log.contains("--goproxy https://redacted@127.0.0.1:9"), "{log}");
}

#[test]
fn how_much_is_shown_is_a_number_and_what_was_yes_or_no_still_is() {
    let shown = |value: &str| {
        let said = Program::new().env("FYNE_SETUP_VERBOSE", value).run(&["check", "system"]);
        (said.code <= 1, said.err.contains(" programs "), said.err.contains(" look "))
    };
    for value in ["", "0", "false", "1", "true", "yes"] {
        assert_eq!(shown(value), (true, false, false), "{value}");
    }
    assert_eq!(shown("2"), (true, true, false));
    assert_eq!(shown("3"), (true, true, true));
    let flag = |flags: &[&str]| Program::new().run(&[&["check", "system"], flags].concat()).err;
    assert!(!flag(&["-v"]).contains(" programs ") && flag(&["-v", "-v"]).contains(" programs "));
    assert!(!flag(&["-vv", "-q"]).contains(" programs "), "quiet is quiet");
}

#[test]
fn a_cache_that_cannot_be_written_changes_nothing_but_the_log() {
    let program = without_lock(Program::new());
    fs::write(program.home().join(".cache"), "").expect("written");
    let said = program.run(&["install", "--yes", "--no-proof", "--json"]);
    let document = fits(&said.out);
    assert_eq!((said.code, &document["log"]), (3, &Value::Null), "{said:?}");
}

/// Both streams in one file, as in the log of a CI job.
#[test]
fn a_step_says_how_it_ended_and_nothing_says_it_again() {
    let program = Program::new();
    let settings = program.home().join(".config/go/env");
    fs::create_dir_all(settings.parent().expect("a parent")).expect("made");
    fs::write(&settings, "GOFLAGS=-mod vendor\n").expect("written");
    let log = program.home().join("job.log");
    let file = fs::File::create(&log).expect("made");
    let mut command = program.command(&["repair", "--yes", "--offline", "go.flags"]);
    command.stdout(file.try_clone().expect("a handle")).stderr(file);
    assert!(command.status().expect("it starts").success());
    let text = fs::read_to_string(&log).expect("there");
    assert_eq!(text.matches("Remove GOFLAGS").count(), 1, "{text}");
    assert!(text.contains("  ✓ Remove GOFLAGS"), "{text}");
    assert!(text.contains("1 step done") && text.contains("fyne-setup undo"), "{text}");
}
