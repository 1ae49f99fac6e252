//! What reads changes nothing: neither a file of the user's nor its times, with a real `go` there to be asked. Our own
//! cache is all that may differ; not even Go's counters move.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::program::Program;

/// Below home: ours.
const MAY_DIFFER: &str = ".cache/fyne-setup";

#[test]
fn commands_that_read_leave_home_as_it_was() {
    let path = std::env::var("PATH").unwrap_or_default() + ":/usr/local/go/bin";
    let tools: Vec<_> = std::env::split_paths(&path).collect();
    if !tools.iter().any(|it| it.join("go").is_file()) {
        eprintln!("SKIP commands_that_read_leave_home_as_it_was: no go on PATH");
        return;
    }
    let program = Program::new().env("PATH", &path);
    let home = program.home();
    let files = [
        (".profile", "export GOFLAGS=-mod=mod\n"),
        (".bashrc", "# mine\n"),
        (".config/go/env", "GOPROXY=https://goproxy.example\nGOSUMDB=off\n"),
        ("app/go.mod", "module app\n\ngo 1.24\n\nrequire fyne.io/fyne/v2 v2.8.1\n"),
        ("app/go.sum", ""),
        ("app/main.go", "package main\n\nimport _ \"fyne.io/fyne/v2\"\n\nfunc main() {}\n"),
    ];
    for (name, text) in files {
        let file = home.join(name);
        fs::create_dir_all(file.parent().expect("a directory")).expect("made");
        fs::write(file, text).expect("written");
    }
    fs::create_dir_all(home.join(MAY_DIFFER)).expect("made"); // so that its parent need not change
    let app = home.join("app").display().to_string();
    let before = listing(home);
    assert!(before.len() > 8, "{before:?}");
    let commands: [&[&str]; 21] = [
        &["config", "path"],
        &["config", "show"],
        &["accept", "--list"],
        &["config", "init", "--dry-run"],
        &["check"],
        &["check", "--json", "--project", &app],
        &["check", "--goal", "build", "--project", &app],
        &["plan", "--project", &app],
        &["pin", "--check", "--project", &app],
        &["pin", "--dry-run", "--offline", "--project", &app],
        &["install", "--dry-run", "--json"],
        &["explain", "go.present"],
        &["env", "--shell", "fish"],
        &["history"],
        &["env", "--cache-key", "--project", &app],
        &["provision", "nix", "--to", "-"],
        &["provision", "list"],
        &["report", "--dry-run", "--project", &app],
        &["completions", "zsh"],
        &["man", "check"],
        &["verify", "app/go.mod", ".profile"],
    ];
    for command in commands {
        let said = program.run(command);
        assert!(said.code <= 1 && said.code >= 0, "{command:?}: {said:?}");
        if command.contains(&"--json") && command[0] == "check" {
            let report: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
            let go = report["checks"].as_array().into_iter().flatten().find(|it| it["id"] == "go.version");
            assert!(go.is_some_and(|it| it["status"] != "waiting"), "no go was asked: {}", said.out);
        }
        let after = listing(home);
        let differs: Vec<_> =
            before.keys().chain(after.keys()).filter(|it| before.get(*it) != after.get(*it)).collect();
        assert!(differs.is_empty(), "{command:?} touched {differs:?}");
    }
}

/// Everything below `home` that may not differ: rights, owner, size, and the times of content and of inode.
fn listing(home: &Path) -> BTreeMap<PathBuf, (u32, u32, u64, [i64; 4])> {
    let mut found = BTreeMap::new();
    let mut open = vec![home.to_owned()];
    while let Some(path) = open.pop() {
        if path == home.join(MAY_DIFFER) {
            continue;
        }
        let it = fs::symlink_metadata(&path).expect("what was listed");
        if it.is_dir() {
            open.extend(fs::read_dir(&path).expect("a directory").map(|it| it.expect("an entry").path()));
        }
        let times = [it.mtime(), it.mtime_nsec(), it.ctime(), it.ctime_nsec()];
        found.insert(path, (it.mode(), it.uid(), it.size(), times));
    }
    found
}
