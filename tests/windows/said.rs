//! What is said on a Windows, in either language: nothing of it is for a Linux. And the program itself, replaying each of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fyne_setup::checks::{self, CHECKS};
use fyne_setup::diagnose::Symptoms;
use fyne_setup::report::Report;
use fyne_setup::report::text::{self, Detail, check_part};
use fyne_setup::report::words::{Lang, Words};

use crate::{Seen, rows};

/// What only another system has.
const OF_LINUX: [&str; 28] = [
    "apt-get",
    "apt ",
    "dnf",
    "sudo",
    "bashrc",
    "~/",
    "DISPLAY",
    "Xvfb",
    "xvfb",
    "chmod",
    "chown",
    "/etc/",
    "/usr/",
    "/tmp",
    "unset http",
    "export PATH",
    "noexec",
    "libGL",
    "libgl",
    "X11",
    "Wayland",
    "login shell",
    "mkdir -p",
    "df -h",
    "HOME=",
    "glibc",
    "&& ",
    " TMPDIR",
];

fn of_linux(text: &str) -> Vec<&'static str> {
    OF_LINUX.into_iter().filter(|it| text.contains(it)).collect()
}

#[test]
fn no_report_of_a_windows_speaks_of_what_only_linux_has() {
    let mut wrong = Vec::new();
    for (name, row) in rows() {
        let mut seen = Seen::of(&name, &row);
        seen.findings = checks::judge(&seen.facts, &seen.want, &seen.known, &[]);
        for lang in Lang::ALL {
            let words = Words::of(lang);
            let report = Report::checked(&seen.facts, &seen.want, &seen.known, seen.findings.clone());
            let detail = Detail { verbose: true, ..Detail::default() };
            let page = text::page(&report, &words, detail).plain() + &seen.plan_in(lang);
            wrong.extend(
                page.lines().filter(|it| !of_linux(it).is_empty()).map(|it| format!("{name} {lang:?}: {it}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_explanation_for_windows_speaks_of_what_only_linux_has() {
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let mut look = |id: &str, said: String| {
            let found = of_linux(&said);
            if !found.is_empty() {
                wrong.push(format!("{lang:?} {id} {found:?}: {said}"));
            }
        };
        // Two are asked in WSL alone, which is a Linux, and one on a Mac.
        let elsewhere = ["system.wsl", "system.xcode", "project.drive"];
        for check in CHECKS.iter().filter(|it| !elsewhere.contains(&it.id)) {
            for part in ["looks", "why", "by-hand", "by-us", "unseen"] {
                let said = words.say(&check_part(&words, check.id, part, "windows"));
                look(&format!("{}.{part}", check.id), said);
            }
        }
        let symptoms = Symptoms::embedded();
        for id in symptoms.ids().filter(|it| !ELSEWHERE.contains(it)) {
            let cause = symptoms.cause(id).expect("it is one");
            look(id, words.say(&cause.fix(&[], Some("windows"))));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Causes that a log of a Windows never has.
const ELSEWHERE: [&str; 13] = [
    "apt-lock",
    "dpkg-interrupted",
    "unmet-dependencies",
    "package-sources-broken",
    "package-not-found",
    "xcode-licence",
    "xcode-clt-missing",
    "macos-arch-mismatch",
    "macos-sdk-headers",
    "missing-libc-headers",
    "broken-runtime-lib",
    "wayland-no-connection",
    "wsl-no-display",
];

#[test]
fn the_program_replays_each_of_them_and_writes_nothing() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let rows = rows();
    for (name, row) in &rows {
        crate::rows::write(&Seen::recorded(row), &dir.path().join(name));
    }
    for (name, row) in &rows {
        let home = tempfile::tempdir().expect("a temporary directory");
        let mut command = Command::new(env!("CARGO_BIN_EXE_fyne-setup"));
        command.args(["check", "--json", "--replay"]).arg(dir.path().join(name)).env_clear();
        command.env("HOME", home.path()).current_dir(home.path()).stdin(Stdio::null());
        let output = command.output().expect("the program starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}", output.status);
        let document: serde_json::Value =
            serde_json::from_str(&said).unwrap_or_else(|it| panic!("{name}: {it}: {said}"));
        assert_eq!(document["machine"]["arch"], row.arch.as_str(), "{name}");
        assert_eq!(below(home.path()), Vec::<PathBuf>::new(), "{name}");
        let panicked = String::from_utf8_lossy(&output.stderr).contains("panicked");
        assert!(!panicked, "{name}");
    }
}

fn below(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).expect("a directory").map(|it| it.expect("an entry").path()).collect()
}
