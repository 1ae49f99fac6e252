//! `run`: the command's own output and code, what is said below it where it fails, and the display of its own.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::program::Program;

const HEADER: &str = "x11_platform.h:33:10: fatal error: X11/Xlib.h: No such file or directory";

fn script(program: &Program, name: &str, text: &str) {
    let path = program.home().join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("ours");
}

#[test]
fn a_command_keeps_its_output_and_its_code_and_a_failure_is_explained_below() {
    let program = Program::new();
    script(&program, "build", &format!("echo out; echo '{HEADER}' >&2; exit 7"));
    let said = program.run(&["run", "--", "./build"]);
    assert_eq!((said.code, said.out.as_str()), (7, "out\n"), "{said:?}");
    let below = said.err.strip_prefix(&format!("{HEADER}\n\n")).expect("its own words come first");
    assert!(below.starts_with("fyne-setup: ") && below.contains("missing-header:X11/Xlib.h"), "{said:?}");
    let quiet = program.run(&["run", "--quiet", "--", "./build"]);
    assert_eq!((quiet.code, quiet.err), (7, format!("{HEADER}\n")));
}

#[test]
fn a_command_that_ends_well_or_shows_nothing_is_passed_through_alone() {
    let program = Program::new();
    for (text, code) in
        [(format!("echo '{HEADER}' >&2"), 0), ("printf 'no\\tidea \\033[1m\\r\\n' >&2; exit 3".to_owned(), 3)]
    {
        script(&program, "build", &text);
        let alone = Command::new(program.home().join("build")).output().expect("it starts");
        let said = program.run(&["run", "--", "./build"]);
        assert_eq!((said.code, said.err.as_bytes()), (code, &alone.stderr[..]), "{text}");
    }
}

#[test]
fn an_older_terminal_that_does_not_find_our_go_is_told_what_to_type() {
    let program = Program::new().env("PATH", "/nowhere");
    let said = program.run(&["run", "--", "go", "version"]);
    assert!(said.code == 3 && !said.err.contains("older"), "none is ours: {said:?}");
    std::fs::create_dir_all(program.home().join(".local/share/fyne-setup/current")).expect("ours");
    let said = program.run(&["run", "--", "go", "version"]);
    assert!(said.code == 3 && said.err.contains(".config/fyne-setup/env'"), "{said:?}");
    let said = program.run(&["run", "--", "goo"]);
    assert!(said.code == 3 && !said.err.contains("older"), "nothing of ours: {said:?}");
}

#[test]
fn a_mistake_of_the_program_itself_is_said_to_be_one() {
    let program = Program::new();
    script(&program, "build", "echo './main.go:3:1: undefined: x' >&2; exit 1");
    let said = program.run(&["run", "--", "./build"]);
    assert!(said.code == 1 && said.err.contains("a mistake in the program itself"), "{said:?}");
}

#[test]
fn what_is_left_behind_does_not_hold_the_end_up_and_much_output_arrives_whole() {
    let program = Program::new();
    script(&program, "build", "sleep 60 & head -c 3000000 /dev/zero | tr '\\0' 'x' >&2; exit 4");
    let mut child = program.command(&["run", "--", "./build"]);
    // The sleeper has our pipe of its standard output: files do not wait for it.
    let file = |name: &str| std::fs::File::create(program.home().join(name)).expect("ours");
    let status = child.stdout(file("out")).stderr(file("err")).status().expect("it starts");
    assert_eq!(status.code(), Some(4));
    assert_eq!(std::fs::metadata(program.home().join("err")).expect("written").len(), 3_000_000);
}

#[test]
fn a_command_on_a_terminal_sees_one_and_what_it_writes_comes_through_unchanged() {
    let program = Program::new();
    script(
        &program,
        "build",
        "test -t 0 && test -t 1 && test -t 2 && echo all >&2; stty size <&2 >&2; exit 6",
    );
    let line =
        format!("stty cols 91 rows 33; {} run -- ./build; echo code $?", env!("CARGO_BIN_EXE_fyne-setup"));
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).env_clear().current_dir(program.home());
    let run = command.env("HOME", program.home()).env("PATH", "/usr/bin:/bin").output().expect("util-linux");
    assert_eq!(String::from_utf8_lossy(&run.stdout), "all\r\n33 91\r\ncode 6\r\n");
}

#[test]
fn a_command_gets_a_display_of_its_own_that_ends_with_it() {
    let program = Program::new();
    script(&program, "Xvfb", "echo $$ > \"$HOME/server\"; echo 77; exec sleep 60");
    script(
        &program,
        "app",
        "echo \"$DISPLAY $FYNE_PLATFORM $WAYLAND_DISPLAY\"; test -s \"$XAUTHORITY\" && exit 5",
    );
    let path = format!("{}:/usr/bin:/bin", program.home().display());
    let program = program.env("PATH", &path).env("DISPLAY", ":5").env("WAYLAND_DISPLAY", "wayland-0");
    let said = program.run(&["run", "--virtual-display", "--", "./app"]);
    assert_eq!((said.code, said.out.as_str()), (5, ":77 x11 \n"), "{said:?}");
    let server = std::fs::read_to_string(program.home().join("server")).expect("it ran");
    assert!(!std::path::Path::new("/proc").join(server.trim()).exists(), "the server lives on");
    let left = std::fs::read_dir(program.home().join(".cache/fyne-setup/displays")).expect("ours").count();
    assert_eq!(left, 0);
}

#[test]
fn a_display_of_its_own_needs_the_server() {
    let program = Program::new().env("PATH", "/nowhere");
    let said = program.run(&["run", "--virtual-display", "--", "/bin/true"]);
    assert!(said.code == 3 && said.err.contains("Xvfb"), "{said:?}");
}
