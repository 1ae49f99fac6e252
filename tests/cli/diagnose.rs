//! `diagnose`: its exit codes, its document, and what it refuses to read.

use std::io::Write;
use std::process::Stdio;

use crate::program::Program;
use crate::schema::fits;

const HEADER: &str = "# github.com/go-gl/glfw/v3.3/glfw\n./glfw/src/x11_platform.h:33:10: fatal error: X11/Xlib.h: No such file\n";

fn with(log: &str) -> Program {
    let program = Program::new();
    std::fs::write(program.home().join("build.log"), log).expect("written");
    program
}

#[test]
fn a_cause_is_exit_1_and_a_document_of_the_contract() {
    let said = with(HEADER).run(&["diagnose", "--json", "build.log"]);
    let document = fits(&said.out);
    assert_eq!((said.code, said.err.as_str()), (1, ""), "{said:?}");
    let cause = &document["causes"][0];
    assert_eq!(cause["id"], "missing-header:X11/Xlib.h");
    assert_eq!(cause["evidence"][0]["line"], 2);
    assert_eq!(cause["check"], "cgo.headers");
    assert!(cause["remedy"]["text"].as_str().is_some_and(|it| !it.is_empty()), "{document}");
}

#[test]
fn a_log_without_a_fault_of_the_setup_is_exit_0_and_a_mistake_of_the_program_is_told() {
    for (log, word) in
        [("go: downloading x v1\n", "no fault"), ("./main.go:3:1: undefined: x\n", "main.go:3:1")]
    {
        let said = with(log).run(&["diagnose", "build.log"]);
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.out.contains(word), "{said:?}");
    }
    let document = fits(&with("./main.go:3:1: undefined: x\n").run(&["diagnose", "--json", "build.log"]).out);
    assert_eq!(document["causes"].as_array().map(Vec::len), Some(0));
    assert_eq!(document["own"]["evidence"][0]["line"], 1);
}

#[test]
fn an_empty_log_is_said_to_be_empty_and_is_no_error() {
    for (args, word) in
        [(&["diagnose", "-"][..], "The log is empty"), (&["diagnose", "--lang", "zh-CN"], "日志为空")]
    {
        let said = Program::new().run(args);
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.out.contains(word) && said.out.contains("2>&1 | fyne-setup diagnose -"), "{said:?}");
    }
}

#[test]
fn a_mistake_that_is_known_exactly_is_told_with_what_to_type() {
    let missing =
        "main.go:5:2: no required module provides package fyne.io/fyne/v2/widgt; to add it:\n\tgo get x\n";
    let revision = "go: fyne.io/fyne/v2@v2.99.0: invalid version: unknown revision v2.99.0\n";
    for (log, what, fix) in [
        ("no Go files in /home/ann/app\n", "no Go files in /home/ann/app", "go run ./cmd/hello"),
        ("package app/lib is not a main package\n", "app/lib is not a program", "go run ./cmd/hello"),
        (missing, "main.go:5:2", "fyne.io/fyne/v2/widget"),
        (revision, "no version v2.99.0", "go get fyne.io/fyne/v2@v2."),
    ] {
        let program = with(log);
        std::fs::create_dir_all(program.home().join("cmd/hello")).expect("made");
        std::fs::write(program.home().join("cmd/hello/main.go"), "package main\n\nfunc main() {}\n")
            .expect("written");
        let said = program.run(&["diagnose", "build.log"]);
        let text = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(said.code, 0, "{said:?}");
        assert!(text.contains(what) && text.contains(fix), "{said:?}");
        let document = fits(&program.run(&["diagnose", "--json", "build.log"]).out);
        assert!(document["own"]["fix"].as_str().is_some_and(|it| it.contains(fix)), "{document}");
    }
    let other = with("main.go:5:2: no required module provides package fyne.io/x/fyne/widget; to add it:\n");
    let said = other.run(&["diagnose", "build.log"]);
    assert!(said.code == 1 && said.out.contains("missing-require"), "{said:?}");
}

#[test]
fn what_is_no_log_is_a_usage_error() {
    let program = Program::new();
    for name in ["nowhere", "/", "/dev/zero"] {
        let said = program.run(&["diagnose", name]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
        assert!(said.err.contains("diagnose -"), "{said:?}");
    }
}

#[test]
fn a_log_is_read_from_standard_input_and_shown_without_its_secrets_and_codes() {
    let program = Program::new().env("MY_API_TOKEN", "s3cr3t-word");
    for args in [&["diagnose", "-"][..], &["diagnose"]] {
        let mut command = program.command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let log = "go: x@v1: Get \"https://me:s3cr3t-word@goproxy.example/x/@v/v1.info\": \x1b[31mdial tcp: lookup goproxy.example: no such host\n";
        child.stdin.take().expect("piped").write_all(log.as_bytes()).expect("read");
        let said = child.wait_with_output().expect("it ends");
        let out = String::from_utf8(said.stdout).expect("UTF-8");
        assert_eq!(said.status.code(), Some(1), "{out}");
        assert!(out.contains("proxy-dns") && !out.contains("s3cr3t") && !out.contains('\x1b'), "{out}");
    }
}

const FLAGS: &str = "go: parsing $GOFLAGS: non-flag \"vendor\"\n";

fn with_flags(log: &str) -> Program {
    let program = with(log);
    let dir = program.home().join(".config/go");
    std::fs::create_dir_all(&dir).expect("made");
    std::fs::write(dir.join("env"), "GOFLAGS=-mod vendor\nGOPRIVATE=git.example\n").expect("written");
    program
}

fn go_env(program: &Program) -> String {
    std::fs::read_to_string(program.home().join(".config/go/env")).expect("there")
}

#[test]
fn apply_shows_its_plan_and_changes_nothing_where_nobody_can_be_asked() {
    let program = with_flags(FLAGS);
    let said = program.run(&["diagnose", "--apply", "build.log"]);
    assert!(said.code == 2 && said.err.contains("--yes"), "{said:?}");
    let dry = program.run(&["diagnose", "--apply", "--dry-run", "--json", "build.log"]);
    let document = fits(&dry.out);
    assert_eq!((dry.code, document["command"].as_str()), (0, Some("diagnose")), "{dry:?}");
    assert_eq!(document["causes"][0]["check"], "go.flags");
    assert!(dry.out.contains("set-go-env"), "{dry:?}");
    assert!(go_env(&program).contains("GOFLAGS"));
}

#[test]
fn apply_has_repair_fix_what_a_check_confirms_and_leaves_the_rest_with_what_to_type() {
    let program = with_flags(FLAGS);
    let said = program.run(&["diagnose", "--apply", "--yes", "--json", "build.log"]);
    let document = fits(&said.out);
    assert_eq!((said.code, &document["changed"]), (0, &true.into()), "{said:?}");
    let cause = &document["causes"][0];
    assert_eq!((&cause["id"], &cause["confirmed"]), (&"bad-go-setting:GOFLAGS".into(), &true.into()));
    assert_eq!(go_env(&program), "GOPRIVATE=git.example\n");
    let history = program.run(&["history", "--json"]);
    assert!(history.out.contains("\"repair\""), "{history:?}");
    // What is fixed is not there any more; the log still shows it.
    let again = program.run(&["diagnose", "--apply", "--yes", "--json", "build.log"]);
    let document = fits(&again.out);
    assert_eq!((again.code, &document["changed"]), (1, &serde_json::Value::Null), "{again:?}");
    assert_ne!(document["causes"][0]["confirmed"], true);

    let program = with_flags(&format!("{FLAGS}x: compile: signal: killed\n"));
    let said = program.run(&["diagnose", "--apply", "--yes", "build.log"]);
    assert!(said.code == 1 && said.out.contains("memory-exhausted"), "{said:?}");
    assert!(!said.out.contains("bad-go-setting") && said.err.contains("bad-go-setting"), "{said:?}");
    assert_eq!(go_env(&program), "GOPRIVATE=git.example\n");
}

#[test]
fn apply_writes_nothing_where_no_check_confirms() {
    let program = with("x: compile: signal: killed\n");
    let said = program.run(&["diagnose", "--apply", "build.log"]);
    assert!(said.code == 1 && said.err.is_empty(), "{said:?}");
    assert!(!program.home().join(".local/share/fyne-setup").exists());
}
