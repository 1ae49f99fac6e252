//! How the scripts install what they need where there is no apt: with a PATH that has one package manager, which only
//! notes what it was told. Nothing is installed here.

#![cfg(unix)]
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

/// A machine: programs that answer with this script, and the few of ours that the script needs.
struct Machine(tempfile::TempDir);

impl Machine {
    fn new(programs: &[(&str, &str)]) -> Self {
        let machine = Self(tempfile::tempdir().expect("a temporary directory"));
        for name in ["sh", "tr", "sed", "tail"] {
            let path = ["/bin", "/usr/bin"].iter().map(|it| Path::new(it).join(name)).find(|it| it.exists());
            symlink(path.expect("every Unix has it"), machine.0.path().join(name)).expect("linked");
        }
        for (name, script) in programs {
            let path = machine.0.path().join(name);
            fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("set");
        }
        machine
    }

    /// Exit code, and both streams after each other.
    fn run(&self, line: &str) -> (i32, String) {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &format!(". scripts/package-manager; {line}")]);
        command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear().env("PATH", self.0.path());
        let output = command.stdin(std::process::Stdio::null()).output().expect("sh starts");
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.code().unwrap_or(-1), text)
    }
}

const ROOT: (&str, &str) = ("id", "echo 0");
const USER: (&str, &str) = ("id", "echo 1000");
const NAMES: &str = "gcc libc6-dev pkg-config shellcheck xvfb";

#[test]
fn each_manager_is_told_the_names_of_its_own() {
    let rows = [
        ("apt-get", "apt-get install -y gcc libc6-dev pkg-config shellcheck xvfb"),
        ("dnf", "dnf install -y gcc glibc-devel pkgconf-pkg-config ShellCheck xorg-x11-server-Xvfb"),
        (
            "microdnf",
            "microdnf install -y gcc glibc-devel pkgconf-pkg-config ShellCheck xorg-x11-server-Xvfb",
        ),
        ("yum", "yum install -y gcc glibc-devel pkgconf-pkg-config ShellCheck xorg-x11-server-Xvfb"),
        (
            "zypper",
            "zypper --non-interactive install --no-recommends gcc glibc-devel pkgconf-pkg-config ShellCheck \
             xorg-x11-server-Xvfb",
        ),
        ("pacman", "pacman -S --needed --noconfirm gcc pkgconf shellcheck xorg-server-xvfb"),
        ("apk", "apk add gcc musl-dev pkgconf shellcheck xvfb"),
        ("xbps-install", "xbps-install -Sy gcc glibc-devel pkg-config shellcheck xorg-server-xvfb"),
    ];
    for (manager, line) in rows {
        // What asks whether a package is there says no.
        let programs = [ROOT, (manager, "exit 1")];
        let machine = Machine::new(&programs);
        assert_eq!(machine.run(&format!("install_line {NAMES}")), (0, format!("{line}\n")), "{manager}");
        let (_, said) = machine.run(&format!("install_packages {NAMES}"));
        let told = if manager == "apt-get" { "+ apt-get -qq update" } else { line };
        assert!(said.starts_with(&format!("+ {}", told.trim_start_matches("+ "))), "{manager}: {said}");
        let user = Machine::new(&[USER, (manager, "exit 1")]);
        assert_eq!(user.run(&format!("install_line {NAMES}")).1, format!("sudo {line}\n"), "{manager}");
    }
}

#[test]
fn only_what_is_absent_is_installed() {
    let rpm = ("rpm", "[ \"$2\" = gcc ]");
    let machine = Machine::new(&[ROOT, rpm, ("dnf", "echo told: \"$@\" >&2; exit 7")]);
    let (code, said) = machine.run("install_packages gcc libc6-dev");
    assert_eq!((code, said.as_str()), (1, "+ dnf install -y glibc-devel\ntold: install -y glibc-devel\n"));
    assert_eq!(machine.run("install_packages gcc"), (0, String::new()), "all of it is there");
}

#[test]
fn without_rights_or_a_manager_nothing_is_tried() {
    let manager = ("pacman", "[ \"$1\" != -Qq ] || exit 1; echo tried");
    for machine in [
        Machine::new(&[ROOT]),
        Machine::new(&[USER, manager]),
        Machine::new(&[USER, manager, ("sudo", "exit 1")]),
        Machine::new(&[USER, manager, ("doas", "exit 1")]),
    ] {
        let (code, said) = machine.run("install_packages gcc");
        assert_eq!((code, said.as_str()), (1, ""));
    }
    let machine = Machine::new(&[USER, manager, ("doas", "[ \"$1\" = -n ] || \"$@\"")]);
    assert_eq!(
        machine.run("install_packages gcc"),
        (0, "+ doas pacman -S --needed --noconfirm gcc\n".into())
    );
    assert_eq!(Machine::new(&[USER]).run("install_line gcc").1, "install gcc\n");
}

#[test]
fn apt_comes_first_where_there_are_two_managers() {
    let machine = Machine::new(&[ROOT, ("dnf", "exit 1"), ("apt-get", "exit 1")]);
    assert!(machine.run("manager").1.starts_with("apt-get"));
}

/// What the scripts ask for has a name with each manager: none is left with one that only Debian has.
#[test]
fn no_name_of_debian_is_left_for_another_manager() {
    let asked =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/test")).expect("scripts/test");
    let list = asked.split_once("\ninstall_packages ").expect("what it installs").1;
    let list = list.split_once("||").expect("and else").0.replace('\\', " ");
    for manager in ["dnf", "zypper", "pacman", "apk", "xbps-install"] {
        let machine = Machine::new(&[ROOT, (manager, "exit 1")]);
        let line =
            machine.run(&format!("install_line {}", list.split_whitespace().collect::<Vec<_>>().join(" "))).1;
        for name in ["libc6-dev", "libgl1-mesa-dev", "libegl-dev", "xorg-dev", "libwayland-dev", "x11-utils"]
        {
            assert!(!line.split_whitespace().any(|it| it == name), "{manager}: {line}");
        }
    }
}
