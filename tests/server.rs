//! The test server itself, judged by somebody else: the real `go` downloads from it and believes its log.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr
)]

use std::process::Command;

#[path = "testlog/testlog.rs"]
mod testlog;

use testlog::{KEY, SEED, Server, World, verifier_key};

#[test]
fn the_key_is_that_of_the_seed() {
    assert_eq!(verifier_key("sum.golang.org", SEED), KEY);
}

#[test]
fn go_downloads_a_module_and_finds_it_in_the_log() {
    let server = Server::start(World::new());
    let sums = server.change(|world| {
        world.add_module("example.org/My/Mod", "v1.2.3", &[("a.go", b"package a\n"), ("LICENSE", b"none\n")])
    });
    let home = tempfile::tempdir().expect("a temporary directory");
    let go = |args: &[&str]| {
        Command::new("go")
            .args(args)
            .current_dir(&home)
            .env("GOENV", "off")
            .env("GOFLAGS", "-mod=mod -modcacherw")
            .env("GOTOOLCHAIN", "local")
            .env("GOPATH", home.path().join("gopath"))
            .env("GOCACHE", home.path().join("cache"))
            .env("GOPROXY", server.url())
            .env("GOSUMDB", format!("{KEY} {}/sumdb/sum.golang.org", server.url()))
            .env("GONOSUMDB", "")
            .env("GOPRIVATE", "")
            .output()
    };
    if go(&["version"]).is_err() {
        eprintln!("SKIPPED: there is no `go` on PATH to judge the test server");
        return;
    }
    for module in
        ["example.org/My/Mod@v1.2.3".to_owned(), "golang.org/toolchain@v0.0.1-go1.27.4.linux-amd64".into()]
    {
        let out = go(&["mod", "download", "-json", &module]).expect("go was there before");
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(out.status.success(), "{text}{}", String::from_utf8_lossy(&out.stderr));
        let toolchain = server.change(|world| world.go("1.27.4", "linux-amd64").h1());
        let want = if module.contains("toolchain") { &toolchain } else { &sums.zip };
        assert!(text.contains(want), "{text}");
    }
    let asked = server.requests();
    assert!(asked.iter().any(|it| it.path.starts_with("/sumdb/sum.golang.org/tile/8/0/")), "{asked:?}");
    assert!(asked.iter().any(|it| it.path.contains("/lookup/example.org/!my/!mod@v1.2.3")), "{asked:?}");
}
