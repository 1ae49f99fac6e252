//! A hostile project directory: whatever lies in it, `check` runs none of it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::program::Program;

/// Writes a program that leaves a trace when it is run.
fn trap(dir: &Path, name: &str, trace: &Path) {
    let path = dir.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    std::fs::write(&path, format!("#!/bin/sh\necho {name} >>'{}'\nexit 0\n", trace.display()))
        .expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("a mode");
}

fn laid(program: &Program) -> (std::path::PathBuf, std::path::PathBuf) {
    let (project, trace) = (program.home().join("project"), program.home().join("trace"));
    let programs =
        ["go", "gcc", "cc", "pkg-config", "fyne", "git", "Xvfb", "uname", "dpkg-query", "bash", "env"];
    for name in programs.iter().chain(&["bin/go", "vendor/go", "go.exe", ".git/hooks/post-checkout"]) {
        trap(&project, name, &trace);
    }
    for (name, text) in [
        ("go.mod", "module x\n\ngo 1.99.0\n\ntoolchain go1.99.0-evil\n\nrequire fyne.io/fyne/v2 v2.8.1\n"),
        ("go.env", "GOFLAGS=-toolexec=./go\nGOPROXY=file://./\n"),
        (".envrc", "./go\n"),
        ("go.work", "go 1.22.0\nuse ./gone\n"),
        (".git/config", "[core]\n\tfsmonitor = ./git\n"),
        ("main.go", "package main\n\n//go:generate ./go\nfunc main() {}\n"),
    ] {
        std::fs::write(project.join(name), text).expect("written");
    }
    (project, trace)
}

#[test]
fn nothing_in_a_project_is_run_by_a_check() {
    for path in ["/usr/local/bin:/usr/bin:/bin", ".:/usr/bin:/bin", ":/usr/bin:/bin", "bin:./:/usr/bin:/bin"]
    {
        let program = Program::new();
        let (project, trace) = laid(&program);
        let mut command = program.command(&["check", "--json"]);
        let said = command.current_dir(&project).env("PATH", path).output().expect("the program starts");
        assert_eq!(said.status.code(), Some(1), "{}", String::from_utf8_lossy(&said.stderr));
        let run = std::fs::read_to_string(&trace).unwrap_or_default();
        assert_eq!(run, "", "PATH={path}");
    }
}
