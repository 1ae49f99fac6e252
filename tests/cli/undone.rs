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
