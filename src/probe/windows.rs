//! What a Windows machine says of itself, asked on any system: paths, programs and Go's own places.

use std::path::{Path, PathBuf};

use super::{facts, programs, settings};
use crate::facts::Facts;
use crate::facts::settings::Origin;
use crate::packages::Table;
use crate::places::Places;
use crate::registry::RegistryValue;
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
    let file = ask.env.get("GOENV").map(Path::new);
    assert_eq!(file, Some(Path::new("C:/Users/Ann/AppData/Roaming/go/env")));
}

fn settled() -> Machine {
    let value = RegistryValue::sz;
    ann()
        .in_registry(
            MACHINE,
            "Path",
            RegistryValue::expand_sz(r#"%SystemRoot%\System32;"C:\Program Files\Go\bin";C:\mingw\bin"#),
        )
        .in_registry(MACHINE, "CGO_ENABLED", value("0"))
        .in_registry(MACHINE, "GOFLAGS", value("-mod=vendor"))
        .in_registry(USER, "PATH", RegistryValue::expand_sz(r"%USERPROFILE%\go\bin"))
        .in_registry(USER, "GoFlags", value("-x"))
        .in_registry(CMD, "AutoRun", value(r#"@set "GOSUMDB=off""#))
        .in_registry(FOLDERS, "Personal", RegistryValue::expand_sz(r"%USERPROFILE%\OneDrive\文档"))
        .in_registry(r"HKLM\Software\GitForWindows", "InstallPath", value(r"C:\Program Files\Git"))
        .in_registry(UNINSTALL, "DisplayName", value("MSYS2"))
        .in_registry(UNINSTALL, "InstallLocation", value(r"D:\msys"))
        .file("C:/Users/Ann/OneDrive/文档/PowerShell/profile.ps1", "\u{feff}# mine\r\n$env:CC = 'clang'\r\n")
        .file("C:/Users/Ann/OneDrive/文档/WindowsPowerShell/profile.ps1", utf16("$env:CXX = 'old++'\r\n"))
        .file("C:/Program Files/Git/etc/profile", "export AR=git-ar\n")
        .file("D:/msys/home/Ann/.bashrc", "export PKG_CONFIG=pkgconf\n")
        .file("C:/Users/Ann/.bash_profile", "export GOINSECURE=x\n. ~/.extra\n")
        .file("C:/Users/Ann/.extra", "export GOWORK=off\n")
        .var("CGO_ENABLED", "0")
        .var("GOFLAGS", "-x")
        .var("GOSUMDB", "off")
        .var("CC", "clang")
        .var("CXX", "old++")
        .var("AR", "git-ar")
        .var("PKG_CONFIG", "pkgconf")
        .var("GOINSECURE", "x")
        .var("GOWORK", "off")
        .var("GOARCH", "386")
}

const MACHINE: &str = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment";
const USER: &str = r"HKCU\Environment";
const CMD: &str = r"HKCU\Software\Microsoft\Command Processor";
const FOLDERS: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";
const UNINSTALL: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{1}";

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

fn place(origin: &Origin) -> String {
    match (origin.registry(), origin.place()) {
        (Some((key, name)), _) => format!("{key}, {name}"),
        // A Windows joins with its own mark.
        (_, Some((file, line))) => format!("{}:{line}", file.display().to_string().replace('\\', "/")),
        (None, None) => "terminal".into(),
    }
}

#[test]
fn every_value_of_windows_knows_who_set_it() {
    let here = probed(&settled()).here;
    for (name, origin) in [
        ("CGO_ENABLED", format!("{MACHINE}, CGO_ENABLED")),
        ("GOFLAGS", format!("{USER}, GoFlags")),
        ("GOSUMDB", format!("{CMD}, AutoRun")),
        ("CC", "C:/Users/Ann/OneDrive/文档/PowerShell/profile.ps1:2".into()),
        ("CXX", "C:/Users/Ann/OneDrive/文档/WindowsPowerShell/profile.ps1:1".into()),
        ("AR", "C:/Program Files/Git/etc/profile:1".into()),
        ("PKG_CONFIG", "D:/msys/home/Ann/.bashrc:1".into()),
        ("GOINSECURE", "C:/Users/Ann/.bash_profile:1".into()),
        ("GOWORK", "C:/Users/Ann/.extra:1".into()),
        ("GOARCH", "terminal".into()),
    ] {
        assert_eq!(here.get(name).map(|it| place(&it.origin)), Some(origin), "{name}");
    }
    let origins: Vec<_> = here.path.iter().map(|it| place(&it.origin)).collect();
    let (machine, user) = (format!("{MACHINE}, Path"), format!("{USER}, PATH"));
    assert_eq!(origins, [&machine, &machine, "terminal", &machine, &user]);
    assert!(here.path_lost.is_empty() && here.path_unreached.is_empty(), "{here:?}");
    let hidden = here.elsewhere.iter().find(|it| it.0 == "GOFLAGS").expect("the machine's own");
    assert_eq!(
        (hidden.1.value.as_str(), place(&hidden.1.origin)),
        ("-mod=vendor", format!("{MACHINE}, GOFLAGS"))
    );
    assert_eq!(here.environment().get("GOFLAGS").map(String::as_str), Some("-x"));
}

#[test]
fn the_next_login_comes_of_both_hives() {
    let facts = probed(&settled());
    let mut later = settled().in_registry(USER, "Path", RegistryValue::expand_sz(r"%LOCALAPPDATA%\x"));
    later.registry.get_mut(&USER.parse().expect("a key")).expect("there").remove("GoFlags");
    let login = settings::next_login(&later, &facts.host, &facts.here).expect("a login");
    let path = r#"C:\Windows\System32;"C:\Program Files\Go\bin";C:\mingw\bin;C:\Users\Ann\AppData\Local\x"#;
    assert_eq!(login.value("PATH"), Some(path));
    assert_eq!(login.value("GOFLAGS"), Some("-mod=vendor"), "the user's is gone, the machine's shows");
    assert_eq!(login.value("GOARCH"), Some("386"), "what was typed stays");
    assert_eq!(login.value("CC"), None, "a profile is no part of it");
    later.denied.push(MACHINE.into());
    assert_eq!(settings::next_login(&later, &facts.host, &facts.here), None);
}

#[test]
fn a_terminal_that_is_older_than_our_edit_is_judged_by_the_next_login() {
    let older = settled().var("PATH", r"C:\Windows\system32;C:\Program Files\Go\bin");
    let facts = probed(&older);
    assert!(facts.ours.older_terminal && facts.here.on_path(Path::new("C:/Users/Ann/go/bin")));
    assert!(!probed(&settled()).ours.older_terminal);
    let typed = ann().var("PATH", r"C:\Windows\system32");
    assert!(!probed(&typed).ours.older_terminal, "no registry has it either");
}
