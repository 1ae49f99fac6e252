//! `verify` by the keys that the root keys name, and by the checksum database.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::bench::{Bench, code, comment};
use crate::testlog::minisign::Signer;
use crate::testlog::program;

impl Bench {
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    /// Exit code, the state of a layer of the first file, and the document.
    fn layer(&self, layer: &str, args: &[&str], env: &[(&str, &str)]) -> (i32, String, Value) {
        let args = [&["verify", "--json"], args].concat();
        let mut command = self.command(Path::new(env!("CARGO_BIN_EXE_fyne-setup")), &args);
        command.env("GOPROXY", self.server.url()).envs(env.iter().copied());
        let output = command.output().expect("the program starts");
        let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let layers = document["files"][0]["layers"].as_array().cloned().unwrap_or_default();
        let state = layers.iter().find(|it| it["layer"] == layer).map(|it| it["state"].to_string());
        (output.status.code().unwrap_or(-1), state.unwrap_or_default().replace('"', ""), document)
    }
}

#[test]
fn ours_are_proven_by_the_keys_that_the_roots_name() {
    let bench = Bench::new();
    let signed = |signer: &Signer, name: &str| {
        bench.file("tool", "a tool");
        bench.file("tool.minisig", signer.sign(b"a tool", &comment(name, "1.0.0", b"a tool")));
    };
    let judged = || {
        let (exit, state, _) = bench.layer("minisign", &["tool"], &[]);
        (exit, state)
    };
    let is = |exit, state: &str| (exit, state.to_owned());
    signed(&Signer::new("release"), "tool");
    assert_eq!(judged(), is(0, "proven"), "a build knows the key that signs its releases");
    for (name, text) in bench.keys(&["root-1", "root-2"], &[]) {
        bench.file(&name, text);
    }
    assert_eq!(judged(), is(0, "proven"));
    for (who, name, want) in [
        ("release", "other", is(4, "bad")),
        ("manifest", "tool", is(1, "not-judged")),
        ("stranger", "tool", is(1, "not-judged")),
    ] {
        signed(&Signer::new(who), name);
        assert_eq!(judged(), want, "{who} {name}");
    }
    bench.file("tool.minisig", Signer::new("release").sign(b"a tool", "timestamp:1"));
    assert_eq!(judged(), is(4, "bad"), "ours say what they are for");
    signed(&Signer::new("release").legacy(), "tool");
    assert_eq!(judged(), is(4, "bad"), "ours are never of the legacy form");
    signed(&Signer::new("release"), "tool");
    for (name, text) in bench.keys(&["root-1", "root-2"], &["release"]) {
        bench.file(&name, text);
    }
    assert_eq!(judged(), is(4, "bad"), "revoked");
}

/// A program of two published modules, as its build info has them.
fn program_of(bench: &Bench) -> String {
    let mut lines = String::new();
    bench.server.change(|world| {
        let a = world.add_module("example.org/a", "v1.0.0", &[("a.go", b"package main\n")]);
        let b = world.add_module("example.org/b", "v1.2.0", &[("b.go", b"package b\n")]);
        lines = format!(
            "path\texample.org/a\nmod\texample.org/a\tv1.0.0\t{}\ndep\texample.org/b\tv1.2.0\t{}\n",
            a.zip, b.zip
        );
    });
    lines
}

#[test]
fn the_modules_of_a_program_are_held_against_the_checksum_database() {
    let bench = Bench::new();
    let lines = program_of(&bench);
    let judged = |lines: &str, env: &[(&str, &str)], more: &[&str]| {
        bench.file("program", program::of_go(lines));
        let (exit, state, document) = bench.layer("go-modules", &[&["program"], more].concat(), env);
        (exit, state, document)
    };
    let (exit, state, document) = judged(&lines, &[], &[]);
    // What a program says of itself is no proof, and nothing speaks against it.
    assert_eq!((exit, state.as_str()), (1, "as-published"), "{document}");
    let layers = document["files"][0]["layers"].as_array().expect("layers");
    let modules = layers.iter().find(|it| it["layer"] == "go-modules").expect("there")["modules"].clone();
    assert_eq!(modules.as_array().map(Vec::len), Some(2), "{modules}");
    for (change, with, state) in [
        ("\nmod\texample.org/a\tv1.0.0\th1:", "\nmod\texample.org/a\t(devel)\t", "not-judged"),
        ("\tv1.2.0\th1:", "\tv1.2.0+dirty\th1:", "not-judged"),
        ("example.org/b", "example.org/unknown", "not-judged"),
        ("dep\texample.org/b", "dep\texample.org/c\tv1.0.0\n=>\texample.org/b", "not-judged"),
    ] {
        assert!(lines.contains(change), "{change}");
        let (exit, is, document) = judged(&lines.replace(change, with), &[], &[]);
        assert_eq!((exit, is.as_str()), (1, state), "{with}: {document}");
    }
    let first = lines.find("h1:").expect("a hash") + 3;
    for at in first..first + 16 {
        let mut bad = lines.clone().into_bytes();
        bad[at] ^= 1;
        let bad = String::from_utf8(bad).expect("ASCII");
        let (exit, state, document) = judged(&bad, &[], &[]);
        assert_eq!((exit, state.as_str(), code(&document)), (4, "bad", "verify.bad"), "{at}: {document}");
    }
}

#[test]
fn a_private_module_is_asked_of_nobody_and_offline_nobody_is_asked() {
    let bench = Bench::new();
    bench.file("program", program::of_go(&program_of(&bench)));
    let asked = || bench.server.requests().iter().filter(|it| it.path.contains("example.org")).count();
    let (exit, state, _) = bench.layer("go-modules", &["program", "--offline"], &[]);
    assert_eq!((exit, state.as_str(), asked()), (1, "not-judged", 0));
    let (exit, state, _) = bench.layer("go-modules", &["program"], &[("GOPRIVATE", "example.org")]);
    assert_eq!((exit, state.as_str(), asked()), (1, "not-judged", 0));
    assert_eq!(bench.layer("go-modules", &["program"], &[]).1, "as-published");
    assert!(asked() > 0);
    let (exit, state, _) = bench.layer("go-modules", &["program", "--offline"], &[]);
    assert_eq!((exit, state.as_str()), (1, "as-published"), "what was proven once needs no network");
}

#[test]
fn a_whole_go_is_held_against_its_module() {
    let bench = Bench::new();
    let mut files = Vec::new();
    bench.server.change(|world| files = world.go("1.27.4", "linux-amd64").files.clone());
    let lay = || {
        let _ = fs::remove_dir_all(bench.home.path().join("go"));
        files.iter().for_each(|it| bench.file(&format!("go/{}", it.name), &it.bytes));
    };
    lay();
    let judged = || bench.layer("go-tree", &["--go", "go"], &[]);
    let (exit, state, document) = judged();
    assert_eq!((exit, state.as_str()), (0, "proven"), "{document}");
    let left_out = |name: &str| ["api/", "doc/", "misc/", "test/"].iter().any(|it| name.starts_with(it));
    let inside: Vec<_> = files.iter().filter(|it| !left_out(&it.name) && !it.bytes.is_empty()).collect();
    for file in inside.iter().step_by(inside.len().div_ceil(16)) {
        let mut bad = file.bytes.clone();
        let at = bad.len() / 2;
        bad[at] ^= 1;
        bench.file(&format!("go/{}", file.name), bad);
        let (exit, state, document) = judged();
        assert_eq!((exit, state.as_str()), (4, "bad"), "{}: {document}", file.name);
        bench.file(&format!("go/{}", file.name), &file.bytes);
    }
    bench.file("go/src/fmt/more.go", "package fmt\n");
    assert_eq!(judged().0, 4, "a file that was not published");
    lay();
    fs::remove_file(bench.home.path().join("go/LICENSE")).expect("there");
    assert_eq!(judged().0, 4, "a file is missing");
    lay();
    bench.file("go/VERSION", "go1.27.9\n");
    assert_eq!(judged().1, "not-judged", "the log does not know such a Go");
}
