//! What Go would wait for ever for, a pipe or a device among what it reads: it is not started there, and the path is named.
//! And no program that we asked outlives us.

use std::fs;
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::program::Program;
use crate::schema::fits;

/// A `go` that keeps what it was asked, reads its settings as Go does, and finds nothing missing.
const GO: &str = "#!/bin/sh\n\
    echo \"$1 GOENV=$GOENV\" >>\"$HOME/asked\"\n\
    [ \"$GOENV\" = off ] || [ ! -e \"$GOENV\" ] || cat \"$GOENV\" >/dev/null\n\
    case $1 in\n\
    version) echo 'go version go1.27.4 linux/amd64' ;;\n\
    list) [ ! -x \"$HOME/listing\" ] || \"$HOME/listing\" ;;\n\
    esac\n";

/// What was published.
const SUMS: &str = "fyne.io/fyne/v2 v2.8.1 h1:EztGuE2W3Qhd0cWVmU+h5rkzNezUD1To6UqsoLQYUIM=\n\
    fyne.io/fyne/v2 v2.8.1/go.mod h1:kpeuFrClm0fiAgJYr2soTfwKMT5rzNcSKzmgGjxvHOY=\n";

/// A home with such a Go, and a project that is in order.
fn laid() -> Program {
    let program = Program::new();
    let path = format!("{}:/usr/bin:/bin", program.home().join("go-tree/bin").display());
    let program = program.env("PATH", &path);
    for (name, text) in [
        ("go-tree/VERSION", "go1.27.4\n"),
        ("p/go.mod", "module x\n\ngo 1.22.0\n\nrequire fyne.io/fyne/v2 v2.8.1\n\nreplace a.b/c => ../c\n"),
        ("p/go.sum", SUMS),
        ("p/main.go", "package main\n\nfunc main() {}\n"),
        ("c/go.mod", "module a.b/c\n"),
    ] {
        write(&program.home().join(name), text);
    }
    script(&program.home().join("go-tree/bin/go"), GO);
    program
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    fs::write(path, text).expect("written");
}

fn script(path: &Path, text: &str) {
    write(path, text);
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a mode");
}

fn pipe(at: &Path) {
    fs::create_dir_all(at.parent().expect("a parent")).expect("made");
    assert!(Command::new("mkfifo").arg(at).status().expect("mkfifo starts").success());
}

/// A deep look at the project, started by another program.
fn under(wrapper: &[&str], program: &Program, more: &[&str]) -> Command {
    let run = program.command(&["check", "--deep", "--offline", "--project", "p"]);
    let mut command = Command::new(wrapper[0]);
    command.args(&wrapper[1..]).arg(run.get_program()).args(run.get_args()).args(more).env_clear();
    command.envs(run.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.stdin(Stdio::null()).current_dir(program.home());
    command
}

/// What a deep look found: its document, and what Go was asked. A run that waits is killed, which is how a failure looks.
fn looked(program: &Program) -> (Value, String) {
    let out = under(&["timeout", "-s", "KILL", "60"], program, &["--json"]).output().expect("it starts");
    let asked = fs::read_to_string(program.home().join("asked")).unwrap_or_default();
    (fits(&String::from_utf8_lossy(&out.stdout)), asked)
}

fn check<'d>(document: &'d Value, id: &str) -> &'d Value {
    let all = document["checks"].as_array().expect("checks");
    all.iter().find(|it| it["id"] == id).expect("the check")
}

#[test]
fn go_is_not_started_in_a_project_where_it_would_wait() {
    let (document, asked) = looked(&laid());
    assert!(asked.contains("list "), "a sound project is listed: {asked}");
    assert_eq!(check(&document, "project.sum")["status"], "ok", "{document}");
    let places = ["p/x.go", "p/x_test.go", "p/deep/er/x.go", "p/x.c", "p/x.s", "c/x.go", "go-tree/go.env"];
    for place in places {
        for device in [false, true] {
            let program = laid();
            let at = program.home().join(place);
            if device {
                fs::create_dir_all(at.parent().expect("a parent")).expect("made");
                symlink("/dev/zero", &at).expect("linked");
            } else {
                pipe(&at);
            }
            let (document, asked) = looked(&program);
            assert!(!asked.contains("list "), "{place}: {asked}");
            let one = check(&document, "project.sum");
            let name = at.file_name().expect("a name").to_string_lossy().into_owned();
            assert_eq!(one["status"], "unknown", "{place}: {one}");
            assert!(one["summary"].as_str().is_some_and(|it| it.contains(&name)), "{place}: {one}");
        }
    }
    eprintln!("cases: {}", places.len() * 2);
}

#[test]
fn settings_that_go_would_wait_for_are_named_and_go_is_asked_without_them() {
    let program = laid();
    let file = program.home().join(".config/go/env");
    pipe(&file);
    let (document, asked) = looked(&program);
    assert!(asked.contains("version GOENV=off") && !asked.contains("list "), "{asked}");
    let one = check(&document, "go.env-file");
    assert_eq!(one["status"], "unknown", "{one}");
    let says = |it: &Value, word: &str| it["summary"].as_str().is_some_and(|it| it.contains(word));
    assert!(says(one, "named pipe") && says(one, "/.config/go/env"), "{one}");
    let go = check(&document, "go.complete");
    assert!(!says(go, "does not run"), "a Go that runs is not said to be silent: {go}");
    let sum = check(&document, "project.sum");
    assert!(sum["status"] == "unknown" && says(sum, "/.config/go/env"), "{sum}");
}

/// A program that a child of ours started, and that says when it has outlived us.
fn outlives(signal: Signal) -> String {
    let program = laid();
    let (begun, end): (PathBuf, PathBuf) = (program.home().join("begun"), program.home().join("end"));
    pipe(&begun);
    pipe(&end);
    // Whoever holds `end` open is alive; nobody speaks who was ended with us.
    let (b, e) = (begun.display(), end.display());
    let speaks = format!("#!/bin/sh\nexec 9>'{e}'\n(sleep 20; echo alive >&9) & echo x >'{b}'\nwait\n");
    script(&program.home().join("listing"), &speaks);
    // Whoever runs the tests may ignore a signal (`nohup`, `&` in a script), and a program keeps that from its parent.
    let mut command = under(&["env", "--default-signal"], &program, &[]);
    let mut run = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let said = std::thread::spawn(move || {
        let mut text = String::new();
        let mut file = fs::File::open(end).expect("a pipe");
        file.read_to_string(&mut text).expect("its end");
        text
    });
    // As many as were started before it was read.
    assert!(fs::read_to_string(begun).expect("a pipe").starts_with("x\n"));
    kill_process(Pid::from_child(&run), signal).expect("it lives");
    run.wait().expect("it ends");
    said.join().expect("read")
}

#[test]
fn what_was_asked_of_go_ends_with_us() {
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        assert_eq!(outlives(signal), "", "{signal:?}: it lived on");
    }
}

/// Whether a signal was sent to a process and has not arrived.
fn pending(pid: u32, signal: Signal) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let mask = status.lines().find_map(|it| it.strip_prefix("ShdPnd:"));
    let mask = mask.and_then(|it| u64::from_str_radix(it.trim(), 16).ok());
    mask.is_some_and(|it| it & (1 << (signal.as_raw() - 1)) != 0)
}

/// A run whose last look waits for the login shell, and that is told to end then: its exit code, and the last line of its
/// journal.
fn ended_in_a_look(signals: &[Signal]) -> (Option<i32>, String) {
    let program = Program::new();
    let (settings, begun) = (program.home().join(".config/go/env"), program.home().join("begun"));
    write(&settings, "GOFLAGS=-mod vendor\n");
    pipe(&begun);
    // Nobody writes to `never`.
    pipe(&program.home().join("never"));
    let waits =
        "grep -q vendor \"$HOME/.config/go/env\" || { echo x >\"$HOME/begun\"; cat \"$HOME/never\"; }";
    write(&program.home().join(".profile"), waits);
    let mut repair = program.command(&["repair", "--yes", "--offline", "go.flags"]);
    let mut run = repair.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    // As many as were started before it was read.
    assert!(fs::read_to_string(begun).expect("a pipe").starts_with("x\n"));
    for signal in signals {
        kill_process(Pid::from_child(&run), *signal).expect("it lives");
        // One that is still to be delivered takes the next of its kind in: they are two only where each arrives.
        while pending(run.id(), *signal) {
            std::thread::yield_now();
        }
    }
    let code = run.wait().expect("it ends").code();
    let journal = program.home().join(".local/share/fyne-setup/journal.jsonl");
    let journal = fs::read_to_string(journal).expect("a journal");
    (code, journal.lines().last().unwrap_or_default().to_owned())
}

#[test]
fn a_run_that_is_told_to_end_says_so_in_its_journal_whoever_tells_it() {
    // A terminal that closes sends HUP twice: its shell does, and the kernel.
    for (signals, code) in [
        (&[Signal::TERM][..], 143),
        (&[Signal::INT], 130),
        (&[Signal::HUP], 143),
        (&[Signal::HUP, Signal::HUP], 143),
    ] {
        let (ended, last) = ended_in_a_look(signals);
        assert_eq!(ended, Some(code), "{signals:?}");
        assert!(last.contains("\"event\":\"end\"") && last.contains(&format!("\"exit\":{code}")), "{last}");
    }
}

/// The C compiler is silent in the last look, and the run is told to end then.
#[test]
fn a_program_that_was_ended_with_the_look_is_not_said_to_be_at_fault() {
    let program = laid();
    let begun = program.home().join("begun");
    write(&program.home().join(".config/go/env"), "GOFLAGS=-mod vendor\n");
    write(&program.home().join(".profile"), "PATH=\"$HOME/go-tree/bin:$PATH\"\n");
    pipe(&begun);
    pipe(&program.home().join("never"));
    let waits = "#!/bin/sh\n\
        grep -q vendor \"$HOME/.config/go/env\" || { echo x >\"$HOME/begun\"; cat \"$HOME/never\"; }\n\
        [ \"$1\" = -dumpmachine ] && echo \"$(uname -m)-linux-gnu\" || echo 'gcc 12.2.0'\n";
    script(&program.home().join("go-tree/bin/gcc"), waits);
    let mut repair = program.command(&["repair", "--yes", "--offline", "--json", "go.flags", "cgo.compiler"]);
    let run = repair.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    // As many as were started before it was read.
    assert!(fs::read_to_string(begun).expect("a pipe").starts_with("x\n"));
    kill_process(Pid::from_child(&run), Signal::INT).expect("it lives");
    let out = run.wait_with_output().expect("it ends");
    let document = fits(&String::from_utf8_lossy(&out.stdout));
    assert_eq!(out.status.code(), Some(130), "{document}");
    assert_eq!(document["actions"][0]["state"], "done", "{document}");
    assert_eq!(document["left"], Value::Array(vec![]), "neither the compiler nor what was done: {document}");
}
