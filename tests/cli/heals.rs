//! `repair` on files of a private home: what is named is fixed, nothing else; a second run changes nothing.

use serde_json::Value;

use crate::program::Program;

fn home_with(go_env: &str) -> Program {
    let program = Program::new();
    let file = program.home().join(".config/go/env");
    std::fs::create_dir_all(file.parent().expect("a parent")).expect("made");
    std::fs::write(file, go_env).expect("written");
    program
}

fn repair(program: &Program, ids: &[&str]) -> (i32, Value) {
    let said = program.run(&[&["repair", "--yes", "--json"], ids].concat());
    (said.code, serde_json::from_str(&said.out).expect("a document"))
}

#[test]
fn only_what_is_named_is_fixed_and_only_once() {
    let program = home_with("CGO_ENABLED=0\nGOFLAGS=-mod vendor\nGOPRIVATE=git.example/*\n");
    let file = program.home().join(".config/go/env");
    let (code, document) = repair(&program, &["go.flags"]);
    assert_eq!((code, &document["changed"]), (0, &Value::Bool(true)), "{document}");
    assert_eq!(document["actions"][0]["kind"], "set-go-env");
    let text = || std::fs::read_to_string(&file).expect("there");
    assert_eq!(text(), "CGO_ENABLED=0\nGOPRIVATE=git.example/*\n");
    let (code, document) = repair(&program, &["go.flags"]);
    assert_eq!((code, &document["changed"]), (0, &Value::Bool(false)), "{document}");
    let history = program.run(&["history", "--json"]);
    let history: Value = serde_json::from_str(&history.out).expect("a document");
    assert_eq!(history["runs"].as_array().map(Vec::len), Some(1), "{history}");
    assert_eq!((&history["runs"][0]["command"], &history["runs"][0]["exit"]), (&"repair".into(), &0.into()));
}

#[test]
fn without_a_terminal_and_without_yes_the_plan_is_shown_and_nothing_changes() {
    let program = home_with("GOFLAGS=-mod vendor\n");
    let said = program.run(&["repair", "go.flags"]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("--yes"), "{}", said.err);
    let file = program.home().join(".config/go/env");
    assert_eq!(std::fs::read_to_string(file).expect("there"), "GOFLAGS=-mod vendor\n");
}

#[test]
fn a_plan_holds_only_for_the_files_that_it_was_made_for() {
    let program = home_with("GOFLAGS=-mod vendor\n");
    let printed = program.run(&["plan", "repair", "--json"]);
    assert!(printed.out.contains("set-go-env"), "{}", printed.out);
    let plan = program.home().join("plan.json");
    std::fs::write(&plan, &printed.out).expect("written");
    let file = program.home().join(".config/go/env");
    let theirs = "GOFLAGS=-mod vendor\nGOPRIVATE=git.example/*\n";
    std::fs::write(&file, theirs).expect("written");
    let said = program.run(&["apply", &plan.to_string_lossy(), "--yes", "--json"]);
    assert_eq!(said.code, 3, "{}", said.out);
    assert!(said.out.contains("plan.differs"), "{}", said.out);
    assert_eq!(std::fs::read_to_string(&file).expect("there"), theirs);
}
