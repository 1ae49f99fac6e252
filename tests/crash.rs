//! Killed at any moment, the next run ends as if never killed, and `undo` gives back what was there (law 4). The real program
//! on a home of its own, with a fake Go behind a server on loopback; it is killed at the calls of its disk, in the middle of
//! journal lines, and by strace at system calls; and its disk fails it.
//!
//! Needs `--features test-keys`. `scripts/crash` runs it; `CRASH=sample` takes few of the cases, so that it is over soon;
//! `CRASH=traced` those of strace alone.

#![cfg(all(unix, feature = "test-keys"))]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr
)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[path = "crash/pin.rs"]
mod pin;
#[path = "testlog/testlog.rs"]
mod testlog;

use testlog::{Server, World};

/// What lies at a path: kind and mode, then contents or target.
type Tree = BTreeMap<PathBuf, (String, Vec<u8>)>;

/// A machine: one home at one path, laid afresh for each case, since files name it.
struct Machine {
    dir: tempfile::TempDir,
    server: Server,
    /// It is about all users: the home stands for the machine, with its `opt`, `cache` and `etc`.
    all: bool,
}

/// Puts them in their places, for one run alone.
const MOUNTS: &str =
    "mount --bind $0/opt /opt; mount --bind $0/cache /var/cache; mount --bind $0/etc /etc; exec \"$@\"";

/// How a run ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    text: String,
}

impl Machine {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        Self { dir, server: Server::start(World::new()), all: false }
    }

    /// Our data directory, below the home.
    fn data(&self) -> &'static str {
        if self.all { "opt/fyne-setup" } else { ".local/share/fyne-setup" }
    }

    fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    /// Keeps the home as it is now.
    fn keep(&self, name: &str) {
        Self::copy(&self.home(), &self.dir.path().join(name));
    }

    /// Puts a kept home in place.
    fn lay(&self, name: &str) {
        Self::copy(&self.dir.path().join(name), &self.home());
    }

    fn copy(from: &Path, to: &Path) {
        let _ = fs::remove_dir_all(to);
        let done = Command::new("cp").arg("-a").arg(from).arg(to).status().expect("cp is there");
        assert!(done.success());
    }

    fn command(&self, front: &[&str], args: &[&str], fault: &str) -> Command {
        let home = self.home().display().to_string();
        let mounts = ["unshare", "--mount", "--propagation", "private", "sh", "-ec", MOUNTS, &home];
        let mounts = mounts.iter().filter(|_| self.all).chain(front).copied();
        let words: Vec<&str> = mounts.chain([env!("CARGO_BIN_EXE_fyne-setup")]).collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(args).env_clear().stdin(Stdio::null()).current_dir(self.home());
        command.env("HOME", self.home()).env("PATH", "/usr/bin:/bin").env("SHELL", "/bin/bash");
        command.env("FYNE_SETUP_GOPROXY", self.server.url());
        if self.all {
            command.env("FYNE_SETUP_SYSTEM", "1");
        }
        if !fault.is_empty() {
            command.env("FYNE_SETUP_TEST_FAULT", fault);
        }
        command
    }

    fn run(&self, args: &[&str], fault: &str) -> Ended {
        self.run_under(&[], args, fault)
    }

    fn run_under(&self, front: &[&str], args: &[&str], fault: &str) -> Ended {
        let out = self.command(front, args, fault).output().expect("the program starts");
        let text =
            format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        Ended { code: out.status.code(), text }
    }

    /// What was installed lies there for a while, as on a real machine: what is written later shows by its time.
    fn age(&self) {
        let tree = self.home().join(self.data()).join("go");
        let mut find = Command::new("find");
        find.arg(tree).args(["-exec", "touch", "-h", "-d", "2 hours ago", "{}", "+"]);
        assert!(find.status().expect("find is there").success());
    }

    /// Everything below home but caches and Go's counters, and what only names a process or a time.
    fn tree(&self) -> Tree {
        let mut found = Tree::new();
        let mut open = vec![self.home()];
        while let Some(path) = open.pop() {
            let name = path.strip_prefix(self.home()).expect("below home").to_path_buf();
            let text = name.to_string_lossy().into_owned();
            let passed = [".cache", "go/pkg", ".config/go/telemetry"].contains(&text.as_str());
            let passed = passed || self.all && text == "cache";
            let ours = text.strip_prefix(self.data()).and_then(|it| it.strip_prefix('/')).unwrap_or_default();
            let telling =
                matches!(ours, "lock" | "journal.jsonl" | "sumdb/lock") || ours.starts_with("backups");
            if passed || telling {
                continue;
            }
            let stat = fs::symlink_metadata(&path).expect("listed");
            let (kind, bytes) = if stat.is_symlink() {
                ("link", fs::read_link(&path).expect("a link").into_os_string().into_encoded_bytes())
            } else if stat.is_dir() {
                open.extend(fs::read_dir(&path).expect("a directory").map(|it| it.expect("an entry").path()));
                ("dir", Vec::new())
            } else {
                ("file", fs::read(&path).expect("readable"))
            };
            found.insert(name, (format!("{kind} {:o}", stat.permissions().mode() & 0o7777), bytes));
        }
        found
    }

    fn runs(&self) -> Vec<serde_json::Value> {
        let history: serde_json::Value =
            serde_json::from_str(&self.run(&["history", "--json"], "").text).expect("JSON");
        history["runs"].as_array().cloned().unwrap_or_default()
    }

    /// Runs without an end.
    fn unfinished(&self) -> Vec<String> {
        self.runs().iter().filter(|it| it["exit"].is_null()).map(|it| it["id"].to_string()).collect()
    }

    /// The IDs of the last runs, the newest first.
    fn last(&self, count: usize) -> Vec<String> {
        self.runs().iter().rev().take(count).filter_map(|it| it["id"].as_str().map(str::to_owned)).collect()
    }

    fn journal(&self) -> String {
        let path = self.home().join(self.data()).join("journal.jsonl");
        String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned()
    }
}

/// What differs between two trees, for people. `undone`: our own data directory, which `undo` leaves, is passed over.
fn differences(want: &Tree, seen: &Tree, undone: bool) -> Vec<String> {
    let ours = |it: &Path| [".local", "opt"].iter().any(|ours| it.starts_with(ours));
    let names = want.keys().chain(seen.keys()).filter(|it| !(undone && ours(it)));
    let mut all: Vec<String> = names
        .filter(|it| want.get(*it) != seen.get(*it))
        // Directories that only hold what is passed over.
        .filter(|it| {
            !(want.get(*it).is_none() && matches!(it.to_str(), Some("go" | ".config" | ".config/go")))
        })
        .map(|it| format!("{}: {:?} is {:?}", it.display(), short(want.get(it)), short(seen.get(it))))
        .collect();
    all.dedup();
    all
}

fn short(entry: Option<&(String, Vec<u8>)>) -> Option<String> {
    entry.map(|(kind, bytes)| format!("{kind} {}", String::from_utf8_lossy(&bytes[..bytes.len().min(300)])))
}

const INSTALL: &[&str] = &["install", "--yes", "--no-proof", "--no-warm", "--no-sudo", "--go", "1.27.4"];
const REPAIR: &[&str] = &["repair", "--yes", "--no-sudo"];
const UNDO: &[&str] = &["undo", "--yes"];
const UNINSTALL: &[&str] = &["uninstall", "--yes"];

/// A newcomer's home, with a broken line or two.
fn newcomer(machine: &Machine) {
    let home = machine.home();
    for (name, text, mode) in [
        (".bashrc", "# mine", 0o600),
        (".profile", "export EDITOR=vi\r\nexport LANG=C\r\n", 0o640),
        (".config/go/env", "GOTELEMETRY=off\nGOFLAGS=-mod=mod\n", 0o644),
        ("hello/main.go", "package main\n", 0o444),
    ] {
        let file = home.join(name);
        fs::create_dir_all(file.parent().expect("a parent")).expect("made");
        fs::write(&file, text).expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("ours");
    }
}

/// One kind of case: a command on a kept home, with what it ends in when nothing happens to it.
struct Case<'m> {
    machine: &'m Machine,
    from: &'static str,
    args: &'static [&'static str],
    /// The home before everything, for `undo`.
    before: Tree,
    golden: Tree,
    code: Option<i32>,
}

impl<'m> Case<'m> {
    fn new(machine: &'m Machine, from: &'static str, args: &'static [&'static str]) -> Self {
        machine.lay(from);
        let before = machine.tree();
        let ended = machine.run(args, "");
        assert!(ended.code.is_some_and(|it| it < 4), "{args:?}: {ended:?}");
        if std::env::var("CRASH_SHOW").is_ok() {
            eprintln!("{args:?}: {:?}\n{}", ended.code, ended.text);
        }
        Self { machine, from, args, before, golden: machine.tree(), code: ended.code }
    }

    fn takes_back(&self) -> bool {
        matches!(self.args[0], "undo" | "uninstall")
    }

    /// What was killed or failed is run again, and compared; then taken back, and compared. Gives what is wrong.
    fn judge(&self, failed: bool) -> Vec<String> {
        let machine = self.machine;
        let again = machine.run(self.args, "");
        let mut wrong = Vec::new();
        if again.code != self.code {
            wrong.push(format!("ends {:?} instead of {:?}: {}", again.code, self.code, again.text));
        }
        wrong.extend(differences(&self.golden, &machine.tree(), self.args[0] == "undo"));
        wrong.extend(machine.unfinished().into_iter().map(|it| format!("still cut short: {it}")));
        if !self.takes_back() {
            // A run that was killed went on under its own ID; one that failed has ended, and another followed it.
            for run in machine.last(if failed { 2 } else { 1 }) {
                let undo = machine.run(&["undo", &run, "--yes"], "");
                if undo.code != Some(0) {
                    wrong.push(format!("undo ends {:?}: {}", undo.code, undo.text));
                }
            }
            wrong.extend(
                differences(&self.before, &machine.tree(), true)
                    .into_iter()
                    .map(|it| format!("undone, {it}")),
            );
        }
        wrong
    }

    /// Every n-th call of a kind, until the run comes to its end. Prints a row, and gives what is wrong.
    fn sweep(&self, kind: &str, what: &str, step: usize) -> Vec<String> {
        let is_error = matches!(what, "full" | "broken");
        let (mut cases, mut wrong) = (0, Vec::new());
        for at in (1..).step_by(step) {
            self.machine.lay(self.from);
            let fault = format!("{kind}:{at}:{what}");
            let ended = self.machine.run(self.args, &fault);
            // The text is wrapped to lines.
            let words = ended.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let told = words.contains(WORDS[usize::from(what == "broken")]);
            if ended.code.is_some() && !(is_error && told) {
                // Where the fault was not met, the run was over before; one that is met and does not matter is passed.
                if !is_error || at > 40 {
                    break;
                }
                continue;
            }
            cases += 1;
            if ended.code.is_some_and(|it| it != 3) {
                wrong.push(format!("{fault}: ends {:?}: {}", ended.code, ended.text));
            }
            wrong.extend(self.judge(is_error).into_iter().map(|it| format!("{fault}: {it}")));
        }
        // Every run writes its journal: where no fault came, the program was built without them.
        if cases == 0 && kind == "append" {
            wrong.push(format!("{} {kind} {what}: no fault came", self.args[0]));
        }
        self.row(&format!("{kind}, {what}, every {step}"), cases, &wrong);
        wrong
    }

    /// Killed by strace at every n-th system call that touches files.
    fn traced(&self, step: usize) -> Vec<String> {
        let (mut cases, mut wrong) = (0, Vec::new());
        for at in (1..).step_by(step) {
            self.machine.lay(self.from);
            let calls =
                "write,fsync,fdatasync,/^rename,/^mkdir,/^unlink,/^symlink,/^open,/^chmod,fchmod,ftruncate";
            let inject = format!("inject={calls}:signal=KILL:when={at}");
            let trace = format!("trace={calls}");
            let ended = self.machine.run_under(
                &["strace", "-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject],
                self.args,
                "",
            );
            if ended.code.is_some() && at > 1 && ended.code == self.code {
                break;
            }
            cases += 1;
            wrong.extend(self.judge(false).into_iter().map(|it| format!("system call {at}: {it}")));
            if at > 4000 {
                break;
            }
        }
        self.row(&format!("strace, every {step}"), cases, &wrong);
        wrong
    }

    fn row(&self, what: &str, cases: usize, wrong: &[String]) {
        eprintln!("| {:9} | {what:28} | {cases:5} | {:5} |", self.args[0], wrong.len());
        wrong.iter().take(3).for_each(|it| eprintln!("  {it:.900}"));
    }
}

/// What the two kinds of faults say of themselves.
const WORDS: [&str; 2] = ["no storage space", "Input/output error"];

fn sample() -> bool {
    asked("sample")
}

fn asked(what: &str) -> bool {
    std::env::var("CRASH").is_ok_and(|it| it == what)
}

#[test]
fn whatever_kills_a_run_the_next_one_ends_as_if_it_had_not() {
    let machine = Machine::new();
    newcomer(&machine);
    machine.keep("newcomer");
    let install = Case::new(&machine, "newcomer", INSTALL);
    machine.age();
    machine.keep("installed");
    // Somebody breaks what was installed.
    let profile = machine.home().join(".profile");
    let text = fs::read_to_string(&profile).expect("there") + "export GOFLAGS=-mod=vendor\n";
    fs::write(&profile, text).expect("written");
    fs::remove_file(machine.home().join(".local/share/fyne-setup/go/1.27.4/bin/gofmt")).expect("there");
    let settings = format!("GOSUMDB=off\nGOTELEMETRY=off\nGOPROXY={}\n", machine.server.url());
    fs::write(machine.home().join(".config/go/env"), settings).expect("written");
    machine.keep("broken");
    eprintln!("| command   | killed or failed at          | cases | wrong |\n|---|---|---|---|");
    let mut wrong = Vec::new();
    let (each, tenth) = if sample() { (7, 41) } else { (1, 10) };
    let repair = Case::new(&machine, "broken", REPAIR);
    let mut undo = Case::new(&machine, "installed", UNDO);
    let mut uninstall = Case::new(&machine, "installed", UNINSTALL);
    // Taking back ends where everything began.
    for (case, undone) in [(&mut undo, true), (&mut uninstall, false)] {
        wrong.extend(
            differences(&install.before, &case.golden, undone)
                .into_iter()
                .map(|it| format!("{}: {it}", case.args[0])),
        );
        case.golden.clone_from(&install.before);
    }
    if !asked("traced") {
        for case in [&install, &repair, &undo, &uninstall] {
            wrong.extend(case.sweep("append", "kill", each));
            wrong.extend(case.sweep("append", "half", each));
            wrong.extend(case.sweep("any", "kill", if sample() { 29 } else { 1 }));
        }
        for case in [&install, &undo] {
            for (kind, what) in
                [("append", "full"), ("append", "broken"), ("rename", "full"), ("write", "broken")]
            {
                wrong.extend(case.sweep(kind, what, each));
            }
        }
    }
    if Command::new("strace").arg("-V").output().is_ok() {
        for case in [&install, &repair, &undo, &uninstall] {
            wrong.extend(case.traced(tenth));
        }
    } else {
        eprintln!("SKIPPED: strace is not here, so nothing was killed at system calls");
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}\n{}",
        wrong.len(),
        wrong[..wrong.len().min(12)].join("\n"),
        machine.journal()
    );
}

/// The same for what is there for all users: `/opt`, `/etc` and the cache are those of a machine of its own.
#[test]
fn whatever_kills_a_run_for_all_users_the_next_one_ends_as_if_it_had_not() {
    let may = Command::new("unshare").args(["--mount", "true"]).output().is_ok_and(|it| it.status.success());
    if !may || asked("traced") {
        eprintln!("SKIPPED: nothing was mounted, so nothing for all users was killed");
        return;
    }
    let machine = Machine { all: true, ..Machine::new() };
    for name in ["opt", "cache"] {
        fs::create_dir_all(machine.home().join(name)).expect("made");
    }
    Machine::copy(Path::new("/etc"), &machine.home().join("etc"));
    machine.keep("bare");
    let install = Case::new(&machine, "bare", INSTALL);
    machine.age();
    machine.keep("installed");
    let mut uninstall = Case::new(&machine, "installed", UNINSTALL);
    let mut wrong = differences(&install.before, &uninstall.golden, false);
    uninstall.golden.clone_from(&install.before);
    for case in [&install, &uninstall] {
        wrong.extend(case.sweep("append", "kill", if sample() { 7 } else { 1 }));
        wrong.extend(case.sweep("any", "kill", if sample() { 61 } else { 5 }));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}
