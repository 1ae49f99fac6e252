//! What a Windows machine says of itself, asked on any system: paths, programs and Go's own places.

use std::path::{Path, PathBuf};

use super::{facts, programs, settings};
use crate::facts::Facts;
use crate::packages::Table;
use crate::places::Places;
use crate::system::fake::Machine;

fn ann() -> Machine {
    Machine::windows()
        .file("C:/Users/Ann/AppData/Roaming/go/env", "GOFLAGS=-mod=mod\n")
        .file("C:/Program Files/Go/VERSION", "go1.27.4\n")
        .file("C:/Program Files/Go/go.env", "GOPROXY=https://goproxy.example,direct\n")
        .answer("C:/Program Files/Go/bin/go.exe", "version", 0, "go version go1.27.4 windows/amd64\n", "")
        .program("C:/Program Files/Go/bin/gofmt.exe")
        .program("C:/Users/Ann/go/bin/fyne.exe")
        .program("C:/mingw/bin/gcc.exe")
        .file("C:/Windows/System32/x.dll", "")
        .var(
            "PATH",
            r#"C:\Windows\system32;;"C:\Program Files\Go\bin";relative;C:\mingw\bin;C:\Users\Ann\go\bin"#,
        )
}

fn probed(machine: &Machine) -> Facts {
    let local = Path::new("C:/Users/Ann/AppData/Local");
    let places = Places::windows(local, Path::new("C:/Users/Ann/AppData/Roaming"));
    facts(machine, &places, None, &Table::embedded())
}

#[test]
fn a_list_of_windows_is_split_at_its_own_marks() {
    let here = probed(&ann()).here;
    let dirs: Vec<_> = here.path.iter().map(|it| it.dir.to_str().expect("text")).collect();
    let expected =
        ["C:/Windows/system32", "C:/Program Files/Go/bin", "relative", "C:/mingw/bin", "C:/Users/Ann/go/bin"];
    assert_eq!(dirs, expected);
    assert!(here.on_path(Path::new(r"c:\program files\go\BIN")));
}

#[test]
fn a_go_is_found_by_its_ending_and_has_the_programs_of_windows() {
    let facts = probed(&ann());
    let tree = facts.go.in_use().expect("a Go on PATH");
    assert_eq!(tree.root, Path::new("C:/Program Files/Go"));
    assert_eq!(tree.go(), Path::new("C:/Program Files/Go/bin/go.exe"));
    assert!(tree.go_stat.is_here() && facts.go.answers);
    let missing: Vec<_> =
        tree.missing.iter().filter(|it| it.starts_with("bin") || it.contains("link")).collect();
    assert_eq!(missing, ["pkg/tool/windows_amd64/link.exe"]);
    let fyne: Vec<_> = facts.cli.programs.iter().map(|it| it.path.clone()).collect();
    assert_eq!(fyne, [PathBuf::from("C:/Users/Ann/go/bin/fyne.exe")]);
    let find = |name: &str| programs::find(&ann(), &facts.here, name).into_here();
    assert_eq!(find("gcc"), Some("C:/mingw/bin/gcc.exe".into()));
    assert_eq!(find("gcc.exe"), Some("C:/mingw/bin/gcc.exe".into()));
    assert_eq!(find(r"C:\mingw\bin\gcc"), Some("C:/mingw/bin/gcc.exe".into()));
    assert_eq!(find("clang"), None);
}

#[test]
fn go_keeps_its_own_where_windows_has_it() {
    let facts = probed(&ann());
    let (here, home) = (&facts.here, facts.host.home());
    assert_eq!(here.go_env_file.as_deref(), Some(Path::new("C:/Users/Ann/AppData/Roaming/go/env")));
    assert_eq!(here.value("GOFLAGS"), Some("-mod=mod"));
    assert_eq!(here.value("GOPROXY"), Some("https://goproxy.example,direct"));
    assert_eq!(here.gopath(&home), Path::new("C:/Users/Ann/go"));
    assert_eq!(here.go_bin(&home), Path::new("C:/Users/Ann/go/bin"));
    assert_eq!(here.build_cache(&home).as_deref(), Some(Path::new("C:/Users/Ann/AppData/Local/go-build")));
    let told =
        ann().var("GOPATH", r"D:\one;D:\two").var("GOCACHE", r"E:\cache").var("XDG_CONFIG_HOME", "C:/x");
    let here = settings::probe(&told, &facts.host);
    assert_eq!(here.gopath(&home), Path::new("D:/one"));
    assert_eq!(here.mod_cache(&home), Path::new("D:/one/pkg/mod"));
    assert_eq!(here.build_cache(&home).as_deref(), Some(Path::new("E:/cache")));
    assert!(here.go_env_file.expect("one").starts_with("C:/Users/Ann/AppData"), "XDG is nothing to Go there");
}

#[test]
fn the_host_is_asked_nothing_that_only_other_systems_have() {
    let machine = ann()
        .file("/etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=Debian\n")
        .file("/etc/passwd", "root:x:0:0::/root:/bin/sh\n")
        .file("/.dockerenv", "")
        .var("SHELL", "/usr/bin/bash")
        .var("SUDO_USER", "bob")
        .var("TMPDIR", "/tmp")
        .var("TMP", r"C:\Temp");
    let host = probed(&machine).host;
    assert!(host.distro.is_absent() && host.shell.is_absent() && !host.container, "{host:?}");
    assert_eq!((host.user.as_str(), host.sudo_user, host.account_home), ("Ann", None, None));
    assert_eq!(host.rights, crate::facts::host::Rights::None);
    assert_eq!(host.tmp.0, Path::new("C:/Temp"));
}

#[test]
fn what_go_is_asked_leaves_nothing_where_windows_keeps_settings() {
    let ask = super::go::ask(Path::new("C:/Go/bin/go.exe"), &["version"], &probed(&ann()).here);
    for name in ["APPDATA", "TMP", "TEMP"] {
        assert!(ask.env.get(name).is_some_and(|it| it.starts_with("{scratch}")), "{name}");
    }
    assert_eq!(ask.env.get("GOENV").map(String::as_str), Some("C:/Users/Ann/AppData/Roaming/go/env"));
}
