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

/// A home whose profile reads our settings, and a Go of ours that only they put on PATH.
fn home_that_is_set_up() -> Program {
    let program = Program::new();
    let (bin, env) = (program.home().join("ours/bin"), program.home().join(".config/fyne-setup/env"));
    for dir in [&bin, env.parent().expect("a parent")] {
        std::fs::create_dir_all(dir).expect("made");
    }
    std::fs::write(bin.join("fyne"), "").expect("written");
    let path = bin.display();
    let text = format!(
        "case \"$PATH\" in\n    '{path}' | '{path}':*) ;;\n    *) export PATH='{path}':\"$PATH\" ;;\nesac\n"
    );
    std::fs::write(&env, text).expect("written");
    let block = format!("# >>> fyne-setup >>>\n. \"{}\"\n# <<< fyne-setup <<<\n", env.display());
    std::fs::write(program.home().join(".profile"), block).expect("written");
    program
}

#[test]
fn a_terminal_without_our_path_is_told_the_line_where_nothing_was_to_do_and_no_other_is() {
    let older = home_that_is_set_up();
    let line = format!("In this terminal, type:\n  . {}/.config/fyne-setup/env\n", older.home().display());
    let said = older.run(&["repair", "go.flags", "--yes"]);
    assert!(said.code == 0 && said.out.contains("Nothing to do") && said.out.ends_with(&line), "{said:?}");
    let check = older.run(&["check", "go.flags"]);
    let last = format!("\n  . '{}/.config/fyne-setup/env'\n", older.home().display());
    assert!(check.code == 0 && check.out.ends_with(&last), "{check:?}");
    let bin = older.home().join("ours/bin");
    for front in ["", "/venv/bin:"] {
        let path = format!("{front}{}:/usr/bin:/bin", bin.display());
        let output = older.command(&["repair", "go.flags", "--yes"]).env("PATH", path).output();
        let out = String::from_utf8(output.expect("it starts").stdout).expect("UTF-8");
        assert!(out.contains("Nothing to do") && !out.contains("In this terminal"), "{front} {out}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn ctrl_c_at_the_question_gives_the_cursor_back_and_says_that_nothing_was_changed() {
    use std::io::{Read, Write};
    use std::process::{Command, Stdio};

    let program = home_with("GOFLAGS=-mod vendor\n");
    let line = format!("{} repair go.flags", env!("CARGO_BIN_EXE_fyne-setup"));
    let mut terminal = Command::new("script");
    terminal.args(["-qec", &line, "/dev/null"]).env_clear().current_dir(program.home());
    terminal.env("HOME", program.home()).env("PATH", "/usr/bin:/bin").env("TERM", "xterm");
    let Ok(mut child) = terminal.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
        eprintln!("skipped: no `script` on this machine");
        return;
    };
    let (mut keys, mut screen) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
    let (mut said, mut part, mut asked) = (String::new(), [0; 4096], false);
    while let Ok(length @ 1..) = screen.read(&mut part) {
        said += &String::from_utf8_lossy(&part[..length]);
        if said.contains("[Y/n]") && !std::mem::replace(&mut asked, true) {
            keys.write_all(b"\x03").expect("it waits for an answer");
        }
    }
    let code = child.wait().expect("ours").code();
    assert_eq!((asked, code), (true, Some(130)), "{said:?}");
    assert!(said.rfind("\u{1b}[?25h") > said.rfind("\u{1b}[?25l"), "{said:?}");
    assert!(said.contains("\nInterrupted. Nothing was changed."), "{said:?}");
}
