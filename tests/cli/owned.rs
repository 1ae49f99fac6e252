//! What is not ours alone is not believed, whoever says it; what stands above our directories is people's. To be somebody
//! else, files are given to a user who is nobody here: that needs root.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fyne_setup::digest::Digest;
use serde_json::json;

use crate::program::{Program, Said};
use crate::schema::fits;

const STRANGER: u32 = 12345;

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("ours");
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

/// Whether this test can be somebody else.
fn can_give(test: &str) -> bool {
    if !is_root() {
        eprintln!("SKIP {test}: only root gives files away");
    }
    is_root()
}

/// A home with a run in its journal, and everything else that is believed.
struct Home(Program);

impl Home {
    fn new() -> Self {
        let it = Self(Program::new());
        for dir in ["backups", "staging", "sumdb", "manifest", "go/1.27.4", "kept"] {
            fs::create_dir_all(it.data().join(dir)).expect("made");
        }
        for dir in ["proof-program/2.8.1", "sumdb", "logs", "downloads", "scratch"] {
            fs::create_dir_all(it.cache().join(dir)).expect("made");
        }
        fs::create_dir_all(it.config()).expect("made");
        fs::write(it.config().join("env"), "").expect("written");
        for name in ["made", "lock", "proofs", "sumdb/latest", "manifest/seen.json"] {
            fs::write(it.data().join(name), "").expect("written");
        }
        fs::write(it.victim(), "victim").expect("written");
        let wrote = Digest::of(b"victim");
        let undo = json!([{"undo": "remove-file", "path": it.victim(), "wrote": wrote}]);
        let action = json!({"kind": "write-env-files", "path": [], "variables": []});
        let lines = [
            json!({"schema": 1, "run": "7-1", "time": 7, "event": "begin", "command": "install", "program": "0"}),
            json!({"schema": 1, "run": "7-1", "time": 7, "event": "intent", "step": 1, "action": action, "because": [], "undo": undo}),
            json!({"schema": 1, "run": "7-1", "time": 7, "event": "end", "exit": 0}),
        ];
        let text: String = lines.iter().map(|it| format!("{it}\n")).collect();
        fs::write(it.data().join("journal.jsonl"), text).expect("written");
        it
    }

    /// What the journal would have removed.
    fn victim(&self) -> PathBuf {
        self.config().join("env.fish")
    }

    fn data(&self) -> PathBuf {
        self.0.home().join(".local/share/fyne-setup")
    }

    fn cache(&self) -> PathBuf {
        self.0.home().join(".cache/fyne-setup")
    }

    fn config(&self) -> PathBuf {
        self.0.home().join(".config/fyne-setup")
    }

    /// Everything that is believed.
    fn believed(&self) -> Vec<PathBuf> {
        let data = [
            "",
            "journal.jsonl",
            "backups",
            "made",
            "lock",
            "staging",
            "sumdb",
            "sumdb/latest",
            "manifest",
            "manifest/seen.json",
            "proofs",
            "kept",
            "go",
            "go/1.27.4",
        ];
        let cache = ["", "proof-program", "proof-program/2.8.1", "sumdb", "logs", "downloads", "scratch"];
        let data = data.map(|it| if it.is_empty() { self.data() } else { self.data().join(it) });
        let cache = cache.map(|it| if it.is_empty() { self.cache() } else { self.cache().join(it) });
        data.into_iter().chain(cache).chain([self.config(), self.config().join("env")]).collect()
    }

    /// Refused, with the path in what is said, and nothing done.
    fn refused(&self, said: &Said, path: &Path, what: &str) {
        assert_eq!(said.code, 3, "{what} {}: {said:?}", path.display());
        let error = fits(&said.out)["error"].clone();
        assert_eq!(error["code"], "disk.not-ours", "{what} {}: {error}", path.display());
        let told = error["message"].as_str().unwrap_or_default().to_owned();
        assert!(told.contains(&path.display().to_string()), "{what} {}: {error}", path.display());
        assert!(error["hint"].as_str().is_some_and(|it| !it.is_empty()), "{error}");
        assert_eq!(fs::read_to_string(self.victim()).expect("there"), "victim", "{what}");
    }
}

#[test]
fn what_others_may_write_is_refused_and_named() {
    let home = Home::new();
    for path in home.believed() {
        let was = fs::metadata(&path).expect("there").mode() & 0o7777;
        for more in [0o020, 0o002] {
            mode(&path, was | more);
            home.refused(&home.0.run(&["undo", "--yes", "--json"]), &path, "others may write");
            mode(&path, was);
        }
    }
    assert_eq!(home.0.run(&["undo", "--dry-run"]).code, 0, "it is the mode that was refused");
}

#[test]
fn what_belongs_to_somebody_else_is_refused_by_every_command_that_would_believe_it() {
    if !can_give("what_belongs_to_somebody_else_is_refused_by_every_command_that_would_believe_it") {
        return;
    }
    let home = Home::new();
    for path in home.believed() {
        chown(&path, Some(STRANGER), None).expect("root");
        home.refused(&home.0.run(&["undo", "--yes", "--json", "--for-root"]), &path, "of somebody else");
        chown(&path, Some(0), None).expect("root");
    }
    let journal = home.data().join("journal.jsonl");
    chown(&journal, Some(STRANGER), None).expect("root");
    for command in [
        &["undo", "--yes", "--json"][..],
        &["uninstall", "--yes", "--json"],
        &["repair", "system.os", "--yes", "--offline", "--json"],
        &["install", "--yes", "--offline", "--json"],
        &["prove", "--json"],
        &["history", "--json"],
        &["install", "--dry-run", "--json"],
    ] {
        home.refused(&home.0.run(command), &journal, "the journal");
    }
    let check = home.0.run(&["check"]);
    assert!(check.code <= 1 && check.err.contains("journal.jsonl"), "{check:?}");
    let (current, bin) = (home.data().join("current"), home.data().join("current/bin").display().to_string());
    symlink("go/1.27.4", current).expect("linked");
    assert!(!home.0.run(&["env"]).out.contains(&bin), "whose Go that is nobody knows");
    chown(&journal, Some(0), None).expect("root");
    assert!(home.0.run(&["env"]).out.contains(&bin));
}

#[test]
fn a_link_or_a_pipe_in_the_place_of_ours_is_refused() {
    for name in ["journal.jsonl", "lock", "made", "backups", "staging", "sumdb", "manifest", "proofs", "go"] {
        let home = Home::new();
        let (path, away) = (home.data().join(name), home.0.home().join("away"));
        fs::rename(&path, &away).expect("moved");
        symlink(&away, &path).expect("linked");
        home.refused(&home.0.run(&["undo", "--yes", "--json"]), &path, "a link");
        assert!(fs::symlink_metadata(&path).expect("there").is_symlink());
        fs::remove_file(&path).expect("ours");
        assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
        home.refused(&home.0.run(&["undo", "--yes", "--json"]), &path, "a pipe");
    }
    let home = Home::new();
    let away = home.0.home().join("away");
    fs::rename(home.data(), &away).expect("moved");
    symlink(&away, home.data()).expect("linked");
    home.refused(&home.0.run(&["undo", "--yes", "--json"]), &home.data(), "the whole directory a link");
}

#[test]
fn a_directory_above_ours_in_which_anybody_can_rename_is_refused_and_a_sticky_one_is_not() {
    let home = Home::new();
    let above = home.0.home().join(".local/share");
    mode(&above, 0o777);
    home.refused(&home.0.run(&["undo", "--yes", "--json"]), &above, "above");
    for fine in [0o1777, 0o775, 0o755, 0o700] {
        mode(&above, fine);
        mode(home.0.home(), fine);
        assert_eq!(home.0.run(&["undo", "--dry-run"]).code, 0, "{fine:o}");
    }
    assert_eq!(home.0.run(&["undo", "--yes"]).code, 0);
    assert!(!home.victim().exists(), "a journal of ours is obeyed");
}

#[test]
fn root_in_somebody_elses_home_stops_with_the_line_to_type() {
    if !can_give("root_in_somebody_elses_home_stops_with_the_line_to_type") {
        return;
    }
    let home = Home::new();
    chown(home.0.home(), Some(STRANGER), None).expect("root");
    for command in ["install", "repair", "undo", "uninstall"] {
        let said = home.0.run(&[command, "--yes", "--json"]);
        assert_eq!(said.code, 2, "{command}: {said:?}");
        let error = fits(&said.out)["error"].clone();
        assert_eq!(error["code"], "usage.home", "{error}");
        let line = format!("HOME=/root fyne-setup {command}");
        assert!(error["hint"].as_str().is_some_and(|it| it.contains(&line)), "{error}");
        assert!(home.victim().exists());
    }
    assert!(home.0.run(&["check"]).code <= 1);
    assert_eq!(home.0.run(&["history"]).code, 0);
    chown(home.data().join("journal.jsonl"), Some(STRANGER), None).expect("root");
    let said = home.0.run(&["undo", "--yes", "--json", "--for-root"]);
    home.refused(&said, &home.data().join("journal.jsonl"), "by one who means it");
    chown(home.data().join("journal.jsonl"), Some(0), None).expect("root");
    assert_eq!(home.0.run(&["undo", "--yes", "--for-root"]).code, 0, "ours, and meant");
}

#[test]
fn whoever_became_root_by_another_program_is_asked_as_under_sudo() {
    if !can_give("whoever_became_root_by_another_program_is_asked_as_under_sudo") {
        return;
    }
    for (name, value) in
        [("SUDO_USER", "ann"), ("DOAS_USER", "ann"), ("SUDO_UID", "1000"), ("PKEXEC_UID", "1000")]
    {
        let program = Program::new().env(name, value);
        for command in ["install", "repair", "undo", "uninstall"] {
            let said = program.run(&[command, "--yes", "--json"]);
            assert_eq!(said.code, 2, "{name} {command}: {said:?}");
            assert_eq!(fits(&said.out)["error"]["code"], "usage.sudo", "{name} {command}");
        }
        assert_eq!(program.run(&["undo", "--yes", "--for-root"]).code, 0, "{name}");
    }
    for (name, value) in [("SUDO_USER", "root"), ("DOAS_USER", "root"), ("SUDO_UID", "0"), ("PKEXEC_UID", "")]
    {
        assert_eq!(Program::new().env(name, value).run(&["undo", "--yes"]).code, 0, "{name}={value}");
    }
}

#[test]
fn our_directories_are_closed_to_others_whatever_the_umask() {
    for umask in ["000", "002", "022", "077", "0377", "0777"] {
        let program = Program::new();
        let script = format!("umask {umask}; exec \"$@\"");
        let run = |args: &[&str]| {
            let typed = program.command(args);
            let mut shell = Command::new("/bin/sh");
            shell.args(["-c", &script, "sh"]).arg(typed.get_program()).args(typed.get_args());
            shell.env_clear().envs(typed.get_envs().filter_map(|(name, value)| Some((name, value?))));
            shell.current_dir(program.home()).stdin(Stdio::null()).output().expect("it starts")
        };
        run(&["check", "system.os"]);
        // It ends at the network; the directories are made by then.
        let writes = ["000", "0777"].contains(&umask);
        if writes {
            run(&["install", "--yes", "--offline", "--no-sudo", "--no-proof", "--no-warm"]);
        }
        let mut seen = 0;
        for root in [
            ".cache/fyne-setup",
            ".cache/fyne-setup/scratch",
            ".local/share/fyne-setup",
            ".config/fyne-setup",
        ] {
            let Ok(stat) = fs::metadata(program.home().join(root)) else { continue };
            assert_eq!(stat.mode() & 0o7777, 0o700, "{umask} {root}");
            seen += 1;
        }
        assert!(seen >= if writes { 3 } else { 2 }, "{umask}: {seen}");
        let mut open =
            vec![program.home().join(".cache/fyne-setup"), program.home().join(".local/share/fyne-setup")];
        while let Some(dir) = open.pop() {
            for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
                let stat = entry.metadata().expect("there");
                let owner = if stat.is_dir() { 0o700 } else { 0o400 };
                assert_eq!(stat.mode() & owner, owner, "{umask}: {}", entry.path().display());
                open.extend(stat.is_dir().then(|| entry.path()));
            }
        }
    }
}

#[test]
fn a_lock_that_leads_elsewhere_ends_at_once_and_touches_nothing() {
    let home = Home::new();
    let (lock, other) = (home.data().join("lock"), home.0.home().join("other"));
    fs::write(&other, "theirs").expect("written");
    fs::remove_file(&lock).expect("ours");
    symlink(&other, &lock).expect("linked");
    home.refused(&home.0.run(&["undo", "--yes", "--json"]), &lock, "the lock");
    assert_eq!(fs::read_to_string(&other).expect("there"), "theirs");
}
