//! What undo and uninstall say of runs: which were taken back, which remain, which have no way back.

use std::fs;

use serde_json::{Value, json};

use crate::schema::fits;
use crate::undo::{Home, OURS, joined};

/// A run of these steps, each done: its command, and the action and way back of each.
fn run_of(run: &str, command: &str, steps: &[(Value, Value)], ended: bool) -> String {
    let line = |mut event: Value| {
        let map = event.as_object_mut().expect("a map");
        map.extend([("schema".into(), json!(1)), ("run".into(), json!(run)), ("time".into(), json!(50_400))]);
        event
    };
    let mut lines = vec![line(json!({"event": "begin", "command": command, "program": "0.1.0"}))];
    for (number, (action, undo)) in (1..).zip(steps) {
        let intent =
            json!({"event": "intent", "step": number, "action": action, "because": [], "undo": [undo]});
        lines.push(line(intent));
        lines.push(line(json!({"event": "done", "step": number})));
    }
    if ended {
        lines.push(line(json!({"event": "end", "exit": 0})));
    }
    joined(&lines)
}

fn left_as_it_is(why: &str) -> Value {
    json!({"undo": "leave", "why": why})
}

#[test]
fn undo_names_the_run_that_it_took_back_and_those_that_remain() {
    let home = Home::new();
    let lists = json!({"kind": "refresh-package-lists", "manager": "apt"});
    let killed = run_of("8-2", "install", &[(lists, left_as_it_is("apply-lists-stay"))], false);
    home.journal(&(joined(&home.lines("7-1")) + &killed));
    let plan = home.program.run(&["undo", "--dry-run"]).out;
    assert!(plan.contains("8-2 (install, 1970-01-01 14:00 UTC)"), "{plan}");
    let said = home.program.run(&["undo", "--yes"]);
    assert_eq!((said.code, home.text(".profile").as_str()), (0, OURS), "{said:?}");
    assert!(!said.out.contains("Everything from fyne-setup has been removed"), "{said:?}");
    for part in [
        "Undone: 8-2 (install, 1970-01-01 14:00 UTC)",
        "7-1 (install, 1970-01-01 00:00 UTC)",
        "fyne-setup undo 7-1",
    ] {
        assert!(said.out.contains(part), "{part}: {said:?}");
    }
    let last = home.program.run(&["undo", "--yes"]).out;
    assert!(last.contains("Undone: 7-1 (install") && !last.contains("undo 7-1"), "{last}");
    assert_eq!(home.text(".profile"), "theirs\n");
}

#[test]
fn undo_stops_at_a_last_run_that_has_no_way_back_and_names_the_one_before() {
    let home = Home::new();
    let again = json!({"kind": "reinstall-packages", "manager": "apt", "names": ["libx11-dev"]});
    let repair = run_of("8-2", "repair", &[(again, left_as_it_is("apply-reinstalled-stays"))], true);
    home.journal(&(joined(&home.lines("7-1")) + &repair));
    for line in [&["undo", "--yes"][..], &["undo", "8-2", "--yes"], &["undo", "--dry-run"]] {
        let said = home.program.run(line);
        assert_eq!((said.code, home.text(".profile").as_str()), (0, OURS), "{said:?}");
        assert!(said.out.contains("8-2 (repair, ") && said.out.contains("fyne-setup undo 7-1"), "{said:?}");
    }
    let said = home.program.run(&["undo", "--yes", "--json"]);
    assert_eq!(fits(&said.out)["changed"], json!(false));
    assert_eq!(home.program.run(&["undo", "7-1", "--yes"]).code, 0);
    assert_eq!(home.text(".profile"), "theirs\n");
}

#[test]
fn undo_passes_over_a_run_that_only_filled_caches() {
    let home = Home::new();
    let build = json!({"kind": "refresh-package-lists", "manager": "apt"});
    let caches = run_of("8-2", "repair", &[(build, left_as_it_is("apply-lists-stay"))], true);
    home.journal(&(joined(&home.lines("7-1")) + &caches));
    assert!(home.program.run(&["undo", "--yes"]).out.contains("Undone: 7-1 (install, "));
    assert_eq!(home.text(".profile"), "theirs\n");
    assert!(home.program.run(&["undo", "--yes"]).out.contains("There is nothing to undo"));
}

#[test]
fn uninstall_without_a_run_says_what_stays_as_it_always_does() {
    let home = Home::new();
    fs::remove_dir_all(home.data()).expect("there");
    fs::create_dir_all(home.path(".cache/fyne-setup/downloads")).expect("made");
    let said = home.program.run(&["uninstall", "--yes"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("Everything from fyne-setup has been removed"), "{said:?}");
    assert!(said.out.contains("This program stays: ") && said.out.contains("\n  rm /"), "{said:?}");
}

/// Caches as Go lays them, below the home.
fn caches(home: &Home) -> [std::path::PathBuf; 2] {
    for file in ["go/pkg/mod/cache/download/x", ".cache/go-build/README", ".cache/go-build/00/00ab-d"] {
        let path = home.path(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, "0123456789").expect("written");
    }
    [home.path("go/pkg/mod"), home.path(".cache/go-build")]
}

#[test]
fn purge_removes_the_caches_of_go_that_were_shown_and_without_it_they_stay() {
    let mut home = Home::new();
    let [modules, builds] = caches(&home);
    for (name, dir) in [("GOMODCACHE", &modules), ("GOCACHE", &builds)] {
        home.program = home.program.env(name, dir.to_str().expect("UTF-8"));
    }
    let stay = home.program.run(&["uninstall", "--yes"]);
    let said = format!("{} (0 kB), {} (0 kB)", modules.display(), builds.display());
    assert!(stay.code == 0 && stay.out.replace('\n', " ").contains(&said), "{stay:?}");
    let asked = home.program.run(&["uninstall", "--purge"]);
    assert!(asked.code == 2 && asked.out.contains("cannot be put back"), "{asked:?}");
    assert!(modules.is_dir() && builds.is_dir(), "nobody said yes");
    let gone = fits(&home.program.run(&["uninstall", "--purge", "--yes", "--json"]).out);
    assert_eq!((&gone["changed"], &gone["exit"]), (&json!(true), &json!(0)), "{gone}");
    assert_eq!(gone["purged"][0], json!({"path": modules.display().to_string(), "bytes": 10}), "{gone}");
    assert!(!modules.exists() && !builds.exists());
    let again = fits(&home.program.run(&["uninstall", "--purge", "--yes", "--json"]).out);
    assert_eq!((&again["changed"], &again["exit"]), (&json!(false), &json!(0)), "{again}");
}

#[test]
fn purge_never_removes_what_may_be_somebodys_whatever_a_variable_names() {
    let mut home = Home::new();
    caches(&home);
    let shared = home.path("work");
    for file in ["README", "00/00ab-d", "thesis.txt"] {
        let path = shared.join(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, "mine").expect("written");
    }
    let all = home.program.home().to_path_buf();
    for (modules, builds) in [(&all, &shared), (&shared, &all)] {
        home.program = home.program.env("GOMODCACHE", modules.to_str().expect("UTF-8"));
        home.program = home.program.env("GOCACHE", builds.to_str().expect("UTF-8"));
        fs::create_dir_all(home.data()).expect("made");
        let said = home.program.run(&["uninstall", "--purge", "--yes", "--json"]);
        assert!(said.code == 0 && fits(&said.out).get("purged").is_none(), "{said:?}");
        assert!(shared.join("thesis.txt").exists() && home.path("go/pkg/mod/cache").exists());
    }
}

#[test]
fn uninstall_announces_only_what_goes_and_names_what_stays() {
    let home = Home::new();
    home.one_run();
    fs::write(home.path(".config/fyne-setup/config.toml"), "lang = \"en\"\n").expect("written");
    let file = home.path(".config/fyne-setup/config.toml").display().to_string();
    for args in [&["uninstall", "--dry-run"][..], &["uninstall", "--yes"], &["uninstall", "--yes"]] {
        let said = home.program.run(args);
        assert_eq!(said.code, 0, "{said:?}");
        let text = said.out.replace('\n', " ");
        let announced = text.split_once("will be removed:").map_or("", |it| it.1);
        let announced = announced.split_once("stays:").map_or(announced, |it| it.0);
        assert!(!announced.contains(".config/fyne-setup"), "{said:?}");
        assert!(text.contains("What you have set yourself stays:"), "{args:?}: {said:?}");
        assert!(said.out.contains(&format!("rm {file}")), "{args:?}: {said:?}");
        assert_eq!(home.text(".config/fyne-setup/config.toml"), "lang = \"en\"\n");
    }
}

#[test]
fn where_nothing_was_there_to_remove_nothing_is_said_to_have_been_removed() {
    let program = crate::program::Program::new();
    let none = program.run(&["uninstall", "--yes"]);
    assert_eq!((none.code, none.out.trim()), (0, "There is nothing to remove"), "{none:?}");
    // A look leaves an empty cache.
    fs::create_dir_all(program.home().join(".cache/fyne-setup/scratch")).expect("made");
    let looked = program.run(&["uninstall", "--yes"]);
    assert!(looked.code == 0 && looked.out.contains("There was nothing to remove but"), "{looked:?}");
    assert!(!looked.out.contains("Everything"), "{looked:?}");
    let home = Home::new();
    home.one_run();
    let said = home.program.run(&["uninstall", "--yes"]);
    assert!(!said.out.contains("nothing to remove"), "{said:?}");
}
