//! Tests of the build: words and paths of Go, told apart.

use super::*;
use crate::places::Places;
use crate::system::System;
use crate::system::fake::{FakeNet, Living, Machine, Scripted};

#[test]
fn paths_of_packages_are_told_from_words() {
    for path in ["errors", "github.com/go-gl/gl/v2.1/gl", "golang.org/x/net/html"] {
        assert!(is_import_path(path), "{path}");
    }
    for other in ["", "# github.com/go-gl/gl", "go: downloading x", "\tx", "x.go:1:2: no"] {
        assert!(!is_import_path(other), "{other}");
    }
}

/// Go at work for a user with this environment and these GOFLAGS.
pub(super) fn with<T>(
    living: &Living,
    children: &Scripted<'_>,
    user: &environment::Variables,
    goflags: &str,
    work: impl FnOnce(&GoBuild<'_>) -> T,
) -> T {
    let net = FakeNet::down();
    let system = System { look: living, disk: living, net: &net, children };
    let (places, fyne) = (Places::linux(Path::new("/root"), |_| None), "2.8.1".parse().expect("a version"));
    let root = Path::new("/root");
    work(&GoBuild {
        system,
        places: &places,
        go: Path::new("/opt/go"),
        user,
        goflags,
        home: root,
        gopath: root,
        modules: root,
        builds: root,
        goproxy: "off",
        fyne: &fyne,
        front: None,
        told: &|_| (),
    })
}

#[test]
fn the_proof_program_is_built_of_nothing_but_what_we_laid() {
    let dir = "/root/.cache/fyne-setup/proof-program/2.8.1";
    let file = |name: &str| format!("{dir}/{name}");
    let machine = Machine::linux()
        .file(&file("main.go"), "package other")
        .file(&file("zz.go"), "package main; func init() {}")
        .file(&file("vendor/modules.txt"), "")
        .file(&file(".zz.go.fyne-setup-812-0-ab"), "")
        .file(&file(".main.go.fyne-setup-812-0-ab"), "another step is at it")
        .link(&file("x.c"), "/etc/passwd")
        .file(&file("proof"), "old");
    let living = Living::new(machine);
    let children = Scripted::on(&living);
    let laid = with(&living, &children, &<_>::default(), "", |build| build.lay());
    assert_eq!(laid.expect("writable"), Path::new(dir));
    assert_eq!(living.below(dir), [".main.go.fyne-setup-812-0-ab", "go.mod", "go.sum", "main.go", "proof"]);
    assert_ne!(living.text(file("main.go")).as_deref(), Some("package other"));
    let mode = crate::system::Look::stat(&living, Path::new(dir)).into_here().map(|it| it.mode);
    assert_eq!(mode, Some(0o700));
}
