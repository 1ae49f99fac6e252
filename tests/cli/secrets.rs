//! Canaries: a secret in every place where people have one, each with a number of its own, and every command over them. No
//! canary is in anything that leaves the terminal: neither stream, document, journal, log nor recording, nor the arguments
//! of a program that we start. To add a place: a row in `places`.
//!
//! Where one may be: in the environment of `go`, which needs it to fetch; in the arguments of a C compiler, which are what
//! CC and the CGO_ flags say, for us as for `go build`; in those of the command that `run` is given; in the files that it stands in, and in the backup
//! of such a file (0600 in 0700), which `undo` puts back byte for byte; in the 0600 file that apt is told of a proxy by
//! (`apply::steps::packages` has its tests); and in the picture of a proof nothing but pixels can be (`picture`).

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::program::{Program, Said};

#[path = "secrets/places.rs"]
mod places;

use places::{COMMANDS, ENVIRONMENT, FILES, HERE, JOURNAL};

/// What was asked of the programs on PATH.
const ARGUMENTS: &str = "the arguments of a child";

/// A home with a canary in every place, and what became of each.
struct World {
    program: Program,
    /// Where each canary was put, by its number.
    places: Vec<String>,
    /// What was looked through, and what was found in it.
    found: Vec<String>,
}

impl World {
    /// The words of a place with canaries of their own in it.
    fn with(&mut self, place: &str, words: &str) -> String {
        let mut out = String::new();
        for (index, part) in words.split(HERE).enumerate() {
            if index > 0 {
                let _ = write!(out, "CANARY{:03}y", self.places.len());
                // The line that it stands on says enough.
                let line = out.rsplit('\n').next().unwrap_or_default();
                let rest = part.split('\n').next().unwrap_or_default();
                self.places.push(format!("{place}: {line}{rest}"));
            }
            out.push_str(part);
        }
        out
    }

    fn new(environment: &[(&str, &str)]) -> Self {
        let mut world = Self { program: Program::new(), places: Vec::new(), found: Vec::new() };
        for (name, words) in environment {
            let value = world.with(name, words);
            world.program = std::mem::replace(&mut world.program, Program::new()).env(name, &value);
        }
        for (name, words) in FILES {
            let text = world.with(name, words);
            world.lay(name, &text);
        }
        let journal = world.with("journal", JOURNAL);
        world.lay(".local/share/fyne-setup/journal.jsonl", &journal);
        for dir in [".local/share/fyne-setup", ".local/share", ".local"] {
            fs::set_permissions(world.home().join(dir), fs::Permissions::from_mode(0o700)).expect("a mode");
        }
        world.programs();
        world
    }

    fn home(&self) -> &Path {
        self.program.home()
    }

    fn lay(&self, name: &str, text: &str) {
        let file = self.home().join(name);
        fs::create_dir_all(file.parent().expect("a directory")).expect("made");
        fs::write(&file, text).expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a mode");
    }

    /// Programs on PATH that tell their arguments and then do their work.
    fn programs(&mut self) {
        let trace = self.home().join("argv");
        for name in
            ["go", "gcc", "g++", "cc", "pkg-config", "fyne", "git", "Xvfb", "bash", "sh", "env", "uname"]
        {
            let real = ["/usr/local/go/bin", "/usr/bin", "/bin"].map(|it| PathBuf::from(it).join(name));
            let real =
                real.iter().find(|it| it.is_file()).map_or("false".to_owned(), |it| it.display().to_string());
            let text = format!(
                "#!/bin/sh\nprintf '%s ' '{name}' \"$@\" >>'{}'\nexec {real} \"$@\"\n",
                trace.display()
            );
            self.lay(&format!("bin/{name}"), &text);
            let file = self.home().join("bin").join(name);
            fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("a mode");
        }
        let path = format!("{}:/usr/bin:/bin", self.home().join("bin").display());
        self.program = std::mem::replace(&mut self.program, Program::new()).env("PATH", &path);
    }

    /// Runs a command with canaries of its own and looks through both streams.
    fn run(&mut self, args: &[&str], lang: &str) -> Said {
        let typed: Vec<String> = args.iter().map(|it| self.with(&args.join(" "), it)).collect();
        let typed: Vec<&str> = typed.iter().map(String::as_str).chain(["--lang", lang]).collect();
        // What follows `--` is not ours.
        let typed = [&typed[typed.len() - 2..], &typed[..typed.len() - 2]].concat();
        let said = self.program.run(&typed);
        self.look(&format!("stdout of {}", args.join(" ")), &said.out);
        self.look(&format!("stderr of {}", args.join(" ")), &said.err);
        said
    }

    /// Has the archive for a bug made, in both ways that there are, and looks through every member.
    fn reports(&mut self) {
        for lang in ["en", "zh-CN"] {
            let file = self.home().join(format!("{lang}.tar.gz"));
            let said = self.run(&["report", "--project", "app", "--out", &file.display().to_string()], lang);
            assert_eq!(said.code, 0, "{said:?}");
            let mode = fs::metadata(&file).expect("written").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{mode:o}");
            let unpacked = flate2::read::GzDecoder::new(fs::File::open(&file).expect("there"));
            let mut count = 0;
            for entry in tar::Archive::new(unpacked).entries().expect("a tar") {
                let mut entry = entry.expect("an entry");
                let name = entry.path().expect("a name").display().to_string();
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes).expect("read");
                self.look(&name, &name);
                self.look(&name, &String::from_utf8_lossy(&bytes));
                count += 1;
            }
            assert!(count > 8, "{count} members");
            fs::remove_file(&file).expect("removed");
        }
    }

    /// Looks for every canary in a text.
    fn look(&mut self, place: &str, text: &str) {
        for piece in text.split("CANARY").skip(1) {
            let number: Option<usize> = piece.get(..3).and_then(|it| it.parse().ok());
            let Some(from) = number.and_then(|it| self.places.get(it)) else { continue };
            if place == ARGUMENTS
                && ["CC: ", "CXX: ", "CGO_", "PKG_CONFIG: ", ".config/go/env: CGO_", "run "]
                    .iter()
                    .any(|it| from.starts_with(it))
            {
                continue;
            }
            // As a name of a directory on PATH it stands in the open, for a check to say it.
            if !piece[3..].starts_with("yx/bin") {
                self.found.push(format!("{place}: {:.300} <- {from:?}", context(text, piece)));
            }
        }
    }

    /// Looks through a file, or through all below a directory; none of them may be for others.
    fn look_below(&mut self, path: &Path) -> usize {
        let mut count = 0;
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            let path = entry.path();
            let mode = entry.metadata().expect("there").permissions().mode() & 0o777;
            let others = mode & 0o077;
            if path.is_dir() {
                assert!(others == 0 || !private(&path), "{} is {mode:o}", path.display());
                count += self.look_below(&path);
            } else if !path.components().any(|it| it.as_os_str() == "backups")
                && !path.ends_with("journal.jsonl")
            {
                let text = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
                self.look(&path.display().to_string(), &text);
                assert!(others == 0 || !private(&path), "{} is {mode:o}", path.display());
                count += 1;
            }
        }
        count
    }
}

/// Whether nobody else may read it: what is written to be read by people, and what they may send.
fn private(path: &Path) -> bool {
    path.components().any(|it| ["rec", "logs"].iter().any(|name| it.as_os_str() == *name))
}

/// The line around what was found.
fn context<'a>(text: &'a str, piece: &str) -> &'a str {
    let at = piece.as_ptr() as usize - text.as_ptr() as usize;
    let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
    let start = text[..at].char_indices().rev().nth(150).map_or(start, |it| it.0.max(start));
    text[start..].lines().next().unwrap_or_default()
}

/// Every command over every place, in both languages.
fn nothing_leaves(environment: &[(&str, &str)]) -> usize {
    let mut world = World::new(environment);
    for (index, command) in COMMANDS.iter().enumerate() {
        let lang = if index % 2 == 0 { "zh-CN" } else { "en" };
        let said = world.run(command, lang);
        assert!(!said.err.contains("panicked"), "{command:?}: {}", said.err);
        if command.contains(&"--json") || command.contains(&"-v") {
            let other = if lang == "en" { "zh-CN" } else { "en" };
            world.run(command, other);
        }
    }
    let recorded = world.look_below(&world.home().join("rec").clone());
    assert!(recorded > 0, "there is a recording");
    // A replay says what was said, and no more.
    world.run(&["check", "--replay", "rec", "-v"], "en");

    // A run that writes: what it is told of the setting, its journal and its log.
    let before = fs::read(world.home().join(".config/go/env")).expect("there");
    let journal = world.home().join(".local/share/fyne-setup/journal.jsonl");
    let old = fs::read_to_string(&journal).expect("there").len();
    world.run(&["repair", "go.env-file", "--yes", "-vvv"], "en");
    let lines = fs::read_to_string(&journal).expect("there");
    if lines.len() > old {
        world.look("the journal", &lines[old..]);
    }
    world.run(&["history", "--json"], "en");
    world.run(&["undo", "--yes", "-v"], "zh-CN");
    assert_eq!(fs::read(world.home().join(".config/go/env")).expect("there"), before, "byte for byte");
    let logs = world.look_below(&world.home().join(".cache/fyne-setup").clone());
    world.look_below(&world.home().join(".local/share/fyne-setup").clone());
    assert!(logs > 0, "there is a log");
    world.reports();
    let argv = fs::read_to_string(world.home().join("argv")).unwrap_or_default();
    assert!(argv.contains("go env"), "no program was asked: {argv}");
    world.look(ARGUMENTS, &argv);
    eprintln!("cases: {}", world.places.len());
    assert!(world.found.is_empty(), "{} leaks:\n{}", world.found.len(), world.found.join("\n"));
    world.places.len()
}

#[test]
fn no_secret_leaves_the_terminal() {
    let places = nothing_leaves(ENVIRONMENT[0]);
    assert!(places >= 80, "{places} canaries");
}

#[test]
fn no_secret_leaves_the_terminal_where_passwords_hold_what_ends_a_url() {
    let places = nothing_leaves(ENVIRONMENT[1]);
    assert!(places >= 80, "{places} canaries");
}

#[test]
fn whoever_holds_the_lock_is_named_without_the_secrets_of_its_command_line() {
    let program = Program::new();
    let data = program.home().join(".local/share/fyne-setup");
    fs::create_dir_all(&data).expect("made");
    for dir in [&data, &program.home().join(".local/share"), &program.home().join(".local")] {
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).expect("a mode");
    }
    let args = [
        "-c",
        "read x",
        "install",
        "--goproxy",
        "https://bob:a,CANARY@host.test/x,direct",
        "--token",
        "CANARY",
    ];
    let holder = Command::new("/bin/sh").args(args).stdin(Stdio::piped()).spawn();
    let mut holder = holder.expect("it starts");
    fs::write(data.join("lock"), format!("{}\n", holder.id())).expect("written");
    fs::set_permissions(data.join("lock"), fs::Permissions::from_mode(0o600)).expect("a mode");
    let lock = fs::File::open(data.join("lock")).expect("there");
    lock.lock().expect("it is free");
    let file = program.home().join(".config/go/env");
    fs::create_dir_all(file.parent().expect("a parent")).expect("made");
    fs::write(&file, "GOFLAGS=-mod vendor\n").expect("written");
    let said = program.run(&["repair", "go.flags", "--yes"]);
    drop(holder.stdin.take());
    holder.wait().expect("it ends");
    assert_eq!(said.code, 5, "{said:?}");
    let words = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("install --goproxy https://…@host.test/x,direct --token …"), "{said:?}");
    assert!(!said.err.contains("CANARY"), "{said:?}");
}

#[test]
fn a_stored_plan_holds_no_login_and_takes_it_again_from_who_applies_it() {
    let program = Program::new();
    let list = "https://bob:CANARY@127.0.0.1:9,off";
    let said = program.run(&["plan", "install", "--no-proof", "--json", "--goproxy", list]);
    assert!(said.out.contains("https://…@127.0.0.1:9,off") && !said.out.contains("CANARY"), "{said:?}");
    fs::write(program.home().join("plan.json"), &said.out).expect("written");
    let apply = |more: &[&str]| program.run(&[&["apply", "plan.json", "--dry-run", "--json"], more].concat());
    for more in
        [&[][..], &["--goproxy", "https://bob:CANARY@else.test"], &["--goproxy", "https://…@127.0.0.1:9,off"]]
    {
        let said = apply(more);
        assert!(said.code == 3 && said.out.contains("plan.secret"), "{more:?}: {said:?}");
        assert!(!said.out.contains("CANARY") && !said.err.contains("CANARY"), "{said:?}");
    }
    assert_eq!(program.run(&["apply", "plan.json", "--yes"]).code, 3);
    assert!(!program.home().join(".local").exists(), "nothing was changed");
    let said = apply(&["--goproxy", list]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!said.out.contains("CANARY"), "{said:?}");
    // One that was stored before is as good as it was.
    let old =
        fs::read_to_string(program.home().join("plan.json")).expect("there").replace("…@", "bob:CANARY@");
    fs::write(program.home().join("plan.json"), old).expect("written");
    assert_eq!(apply(&[]).code, 0);
}

#[test]
fn a_run_that_was_cut_short_and_needs_a_login_is_reported_by_who_only_looks() {
    let program = Program::new();
    let begin = include_str!("../journals/1.jsonl").lines().find(|it| !it.is_empty()).expect("a line");
    let begin = begin.replace(r#""go_mirrors":[]"#, r#""go_mirrors":["https://…@host.test/go"]"#);
    assert!(begin.contains("host.test"), "{begin}");
    let data = program.home().join(".local/share/fyne-setup");
    fs::create_dir_all(&data).expect("made");
    fs::write(data.join("journal.jsonl"), format!("{begin}\n")).expect("written");
    for line in [&["plan", "repair", "--offline"][..], &["repair", "--dry-run", "--offline"]] {
        let said = program.run(line);
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.out.contains("First finishing install 1795523438-604"), "{said:?}");
        assert!(said.out.contains("https://…@host.test/go"), "{said:?}");
    }
    let said = program.run(&["plan", "repair", "--offline", "--json", "--detailed-exitcode"]);
    let document = crate::schema::fits(&said.out);
    let earlier = &document["earlier"][0];
    assert_eq!(
        (said.code, &earlier["run"], &earlier["becomes"], &earlier["error"]["code"]),
        (1, &"1795523438-604".into(), &"finished".into(), &"plan.secret".into()),
        "{document}"
    );
    // Who would write says it as an error.
    assert_eq!(program.run(&["repair", "--yes", "--offline"]).code, 3);
}
