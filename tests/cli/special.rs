//! What is no file where a file belongs: a pipe, a socket, a device, a circle of links, five gigabytes of nothing, a
//! directory. Each stands once in the place of each file that a command reads or locks, and the command still ends: by
//! itself, with an exit code of the contract, and without a panic.
//!
//! A run that does not end is killed by `timeout`; that is what a failure looks like, no measure of speed.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::program::Program;

/// Longer than any command needs on a machine that is under load.
const KILLED_AFTER: &str = "60";

/// What stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Odd {
    Pipe,
    LinkToPipe,
    Socket,
    Zero,
    Terminal,
    Circle,
    Sparse,
    Dir,
}

const ODD: [Odd; 8] =
    [Odd::Pipe, Odd::LinkToPipe, Odd::Socket, Odd::Zero, Odd::Terminal, Odd::Circle, Odd::Sparse, Odd::Dir];

impl Odd {
    fn lay(self, at: &Path) {
        std::fs::create_dir_all(at.parent().expect("a parent")).expect("made");
        let _ = std::fs::remove_file(at);
        match self {
            Self::Pipe => pipe(at),
            Self::LinkToPipe => {
                let pipe_at = at.with_file_name("the-pipe");
                pipe(&pipe_at);
                symlink(pipe_at, at).expect("linked");
            }
            Self::Socket => drop(std::os::unix::net::UnixListener::bind(at).expect("bound")),
            Self::Zero => symlink("/dev/zero", at).expect("linked"),
            Self::Terminal => symlink("/dev/ptmx", at).expect("linked"),
            Self::Circle => symlink(at, at).expect("linked"),
            Self::Sparse => {
                let file = std::fs::File::create(at).expect("made");
                file.set_len(5 << 30).expect("a sparse file");
            }
            Self::Dir => std::fs::create_dir(at).expect("made"),
        }
    }
}

fn pipe(at: &Path) {
    let made = Command::new("mkfifo").arg(at).status().expect("mkfifo starts");
    assert!(made.success());
}

/// Runs to the end, or for too long.
fn ended(program: &Program, cwd: &Path, args: &[&str], what: &str) -> (i32, String, String) {
    let run = program.command(args);
    let mut command = Command::new("timeout");
    command.args(["-s", "KILL", KILLED_AFTER]).arg(run.get_program()).args(run.get_args()).env_clear();
    command.envs(run.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let out = command.stdin(std::process::Stdio::null()).current_dir(cwd).output().expect("timeout starts");
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    let (code, said, error) = (out.status.code().unwrap_or(137), text(&out.stdout), text(&out.stderr));
    assert!(code != 137, "{what}: {args:?} did not end");
    assert!((0..=5).contains(&code), "{what}: {args:?} exit {code}\n{said}{error}");
    for word in ["panicked", "a mistake in fyne-setup"] {
        assert!(!said.contains(word) && !error.contains(word), "{what}: {args:?}\n{said}{error}");
    }
    (code, said, error)
}

/// A home and a project that are in order.
fn laid() -> Program {
    let program =
        Program::new().env("SHELL", "/bin/bash").env("DISPLAY", ":77").env("XDG_RUNTIME_DIR", "/nonexistent");
    let home = program.home();
    for (name, text) in [
        ("p/go.mod", "module x\n\ngo 1.22.0\n\nrequire fyne.io/fyne/v2 v2.8.1\n"),
        ("p/go.sum", ""),
        ("p/main.go", "package main\n\nfunc main() {}\n"),
        (".bashrc", "export A=b\n"),
        (".config/go/env", "GOFLAGS=-mod vendor\n"),
    ] {
        let path = home.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    program
}

/// Each odd thing in the place of each path, below a home of its own, and what is run then in its project.
fn each(paths: &[&str], commands: &[&[&str]]) {
    let cells: Vec<(&str, Odd)> = paths.iter().flat_map(|path| ODD.map(|odd| (*path, odd))).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while let Some((path, odd)) = cells.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let program = laid();
                    odd.lay(&program.home().join(path));
                    for args in commands {
                        let cwd = program.home().join("p");
                        ended(&program, &cwd, args, &format!("{odd:?} at {path}"));
                    }
                }
            });
        }
    });
    assert!(next.load(Ordering::Relaxed) >= cells.len());
}

/// Files of the user's, of Go's and of the project's.
const READ: [&str; 22] = [
    "p/go.mod",
    "p/go.sum",
    "p/go.work",
    "p/go.work.sum",
    "p/vendor/modules.txt",
    "p/FyneApp.toml",
    ".bashrc",
    ".bash_profile",
    ".profile",
    ".zshrc",
    ".zshenv",
    ".config/fish/config.fish",
    ".config/go/env",
    ".config/environment.d/a.conf",
    ".config/fyne/settings.json",
    ".pam_environment",
    ".Xauthority",
    ".netrc",
    ".config/fyne-setup/env",
    ".config/fyne-setup/config.toml",
    "go/bin/fyne",
    "go/bin/go",
];

#[test]
fn a_check_ends_whatever_stands_where_it_reads() {
    each(&READ, &[&["check", "--json"]]);
}

/// Files of ours.
const OURS: [&str; 12] = [
    ".local/share/fyne-setup/journal.jsonl",
    ".local/share/fyne-setup/lock",
    ".local/share/fyne-setup/made",
    ".local/share/fyne-setup/proofs",
    ".local/share/fyne-setup/current",
    ".local/share/fyne-setup/backups",
    ".local/share/fyne-setup/staging",
    ".local/share/fyne-setup/manifest",
    ".local/share/fyne-setup/manifest/latest",
    ".local/share/fyne-setup/manifest/seen.json",
    ".local/share/fyne-setup/sumdb/latest",
    ".cache/fyne-setup",
];

#[test]
fn every_command_ends_whatever_stands_where_ours_keeps_its_own() {
    each(&OURS, &[&["check", "--json"], &["undo", "--yes"], &["repair", "go.flags", "--yes"]]);
}

/// Files that are named on the command line.
#[test]
fn a_file_that_was_named_and_is_none_is_an_error_with_its_path() {
    let commands: [&[&str]; 5] = [
        &["plan", "--manifest", "odd"],
        &["manifest", "verify", "odd"],
        &["manifest", "show", "--manifest", "odd"],
        &["apply", "odd", "--yes"],
        &["check", "--replay", "recording"],
    ];
    for odd in ODD {
        let program = laid();
        for path in ["odd", "recording/recording.json"] {
            odd.lay(&program.home().join(path));
        }
        for args in commands {
            let (code, said, error) = ended(&program, program.home(), args, &format!("{odd:?}"));
            let named = args[args.len() - if args[0] == "apply" { 2 } else { 1 }];
            assert!(code == 2 || code == 3, "{odd:?}: {args:?} exit {code}\n{said}{error}");
            assert!(error.contains(named), "{odd:?}: {args:?}\n{error}");
        }
    }
}

#[test]
fn a_project_file_that_is_none_is_unknown_and_says_why() {
    for (odd, why) in [
        (Odd::Pipe, "a named pipe"),
        (Odd::LinkToPipe, "a named pipe"),
        (Odd::Socket, "a socket"),
        (Odd::Zero, "a device"),
        (Odd::Sparse, "larger than 16 MiB"),
        (Odd::Dir, "is a directory"),
        (Odd::Circle, "symbolic links"),
    ] {
        let program = laid();
        odd.lay(&program.home().join("p/go.mod"));
        let (_, said, _) = ended(&program, &program.home().join("p"), &["check", "--json"], "go.mod");
        let document: serde_json::Value = serde_json::from_str(&said).expect("one document");
        let all = document["checks"].as_array().expect("checks");
        let one = all.iter().find(|it| it["id"] == "project.gomod").expect("the check of go.mod");
        assert!(one.to_string().contains(why), "{odd:?}: {one}");
        assert!(["unknown", "fail"].contains(&one["status"].as_str().unwrap_or_default()), "{odd:?}: {one}");
    }
}

#[test]
fn a_lock_that_is_a_link_is_refused_and_what_it_leads_to_stays_as_it_is() {
    let program = laid();
    let (data, target) = (program.home().join(".local/share/fyne-setup"), program.home().join("precious"));
    std::fs::create_dir_all(&data).expect("made");
    std::fs::write(&target, "precious\n").expect("written");
    symlink(&target, data.join("lock")).expect("linked");
    let (code, _, error) = ended(&program, program.home(), &["repair", "go.flags", "--yes"], "a linked lock");
    assert_eq!(std::fs::read_to_string(&target).expect("there"), "precious\n");
    assert!(code == 3 && error.contains("/lock"), "exit {code}: {error}");
}
