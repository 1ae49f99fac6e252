//! `scripts/install.sh` from outside: a channel on loopback with throw-away keys, the shells and tools that are here, and
//! what an attacker would serve. What fails must leave the home byte for byte as it was. No root, no network.

#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr
)]

#[path = "install_sh/attacks.rs"]
mod attacks;
#[path = "install_sh/bench.rs"]
mod bench;
#[path = "install_sh/places.rs"]
mod places;
#[path = "install_sh/versions.rs"]
mod versions;

#[path = "testlog/testlog.rs"]
mod testlog;

use bench::{Bench, SHELLS, found};
use testlog::Fault;

/// Every way to fetch and to verify that is here.
fn tool_sets() -> Vec<Vec<&'static str>> {
    let mut sets = Vec::new();
    for fetcher in ["curl", "wget", "busybox-wget"] {
        for verifier in ["minisign", "openssl"] {
            let here = |name: &str| found(name.strip_suffix("-wget").unwrap_or(name)).is_some();
            if here(fetcher) && here(verifier) {
                sets.push(vec![fetcher, verifier]);
            } else {
                eprintln!("SKIP {fetcher} with {verifier}: not both are here");
            }
        }
    }
    sets
}

#[test]
fn each_shell_with_each_tool_installs_and_says_what_to_type() {
    for shell in SHELLS {
        if found(shell).is_none() {
            eprintln!("SKIP {shell}: not here");
            continue;
        }
        for tools in tool_sets() {
            let bench = Bench::new();
            let said = bench.with(shell, &tools).run(&[]);
            assert_eq!(said.code, 0, "{shell} {tools:?}: {said:?}");
            assert!(said.err.contains("fyne-setup 1.2.0 is in "), "{said:?}");
            assert!(said.err.contains("export PATH=\"") && said.err.contains("Next: "), "{said:?}");
            assert_eq!(said.out, "", "a pipe's output is the user's");
            assert_eq!(bench.installed().as_deref(), Some("1.2.0"), "{shell} {tools:?}");
            assert_eq!(bench.listing().len(), 3, "nothing else: {:?}", bench.listing());
            // Once more: nothing changes.
            let before = bench.listing();
            let said = bench.with(shell, &tools).run(&[]);
            assert_eq!((said.code, bench.listing()), (0, before), "{shell} {tools:?}: {said:?}");
            assert!(said.err.contains("as it was"), "{said:?}");
        }
    }
}

#[test]
fn each_shell_refuses_what_is_not_signed_or_was_altered() {
    for shell in SHELLS.iter().filter(|it| found(it).is_some()) {
        for tools in tool_sets() {
            let bench = Bench::new();
            let before = bench.listing();
            bench.sign_list_as("stranger");
            let said = bench.with(shell, &tools).run(&[]);
            assert_eq!((said.code, bench.listing()), (4, before.clone()), "{shell} {tools:?}: {said:?}");
            assert!(
                said.err.starts_with("error: refused: SHA256SUMS is not signed by a release key\n"),
                "{said:?}"
            );
            let bench = Bench::new();
            bench.flip(&bench.archive_name(), 100);
            let said = bench.with(shell, &tools).run(&[]);
            assert_eq!((said.code, bench.listing()), (4, before), "{shell} {tools:?}: {said:?}");
        }
    }
}

#[test]
fn a_script_that_was_cut_off_anywhere_does_nothing() {
    for shell in ["dash", "bash", "busybox"].iter().filter(|it| found(it).is_some()) {
        let bench = Bench::new();
        let (before, whole) = (bench.listing(), bench.pinned());
        let end = whole.trim_end().len();
        let last = whole[..end].rfind('\n').expect("lines") + 1;
        // At the end of each tenth line, and after each byte of the last one.
        let lines = whole.match_indices('\n').map(|it| it.0 + 1).step_by(10).filter(|it| *it <= last);
        for cut in lines.chain(last..end) {
            let said = bench.with(shell, &["curl", "openssl"]).run_text(&whole[..cut], &[]);
            assert_eq!(bench.listing(), before, "{shell}, cut at {cut}: {said:?}");
        }
        assert_eq!(bench.server.requests().len(), 0, "{shell}: nothing was asked for");
        let said = bench.with(shell, &["curl", "openssl"]).run_text(&whole[..end], &[]);
        assert_eq!(said.code, 0, "{shell}: only the line end is missing: {said:?}");
    }
}

#[test]
fn what_is_missing_stops_it_before_anything_is_fetched() {
    let rows: [(&[&str], &str); 4] = [
        (&["openssl", "minisign"], "curl or wget is needed"),
        (&["curl"], "neither minisign nor OpenSSL 3 is there"),
        (&["wget"], "neither minisign nor OpenSSL 3 is there"),
        (&["curl", "old-openssl"], "neither minisign nor OpenSSL 3 is there"),
    ];
    for (tools, why) in rows {
        let bench = Bench::new();
        let before = bench.listing();
        let said = bench.with("dash", tools).run(&[]);
        assert_eq!((said.code, bench.listing()), (3, before), "{tools:?}: {said:?}");
        assert!(said.err.contains(why) && said.err.contains("\nhint: "), "{tools:?}: {said:?}");
        assert!(bench.server.requests().is_empty(), "{tools:?}");
    }
}

#[test]
fn a_network_that_fails_leaves_nothing_behind() {
    for tools in tool_sets() {
        for part in ["SHA256SUMS", "SHA256SUMS.minisig", ".tar.gz"] {
            for fault in [Fault::Hangup, Fault::CutAfter(40), Fault::Status(500), Fault::Status(404)] {
                let bench = Bench::new();
                let before = bench.listing();
                bench.server.fault(part, fault.clone());
                let said = bench.with("sh", &tools).run(&[]);
                assert_eq!((said.code, bench.listing()), (3, before), "{tools:?} {part} {fault:?}: {said:?}");
                assert!(said.err.starts_with("error: cannot fetch http://127.0.0.1"), "{said:?}");
            }
        }
    }
}

#[test]
fn a_channel_is_https_or_this_machine() {
    let bench = Bench::new();
    for channel in [
        "http://channel.example",
        "http://127.0.0.1.channel.example",
        "http://127.0.0.1@channel.example",
        "http://localhost.example:80/",
        "ftp://channel.example",
        "file:///tmp",
        "channel.example",
        "https://",
        "https://user:secret@channel.example",
        "https://channel.example/$(touch x)",
    ] {
        let said = bench.with("dash", &["curl", "openssl"]).env("FYNE_SETUP_RELEASES", channel).run(&[]);
        assert_eq!(said.code, 2, "{channel}: {said:?}");
        assert!(said.err.contains("not a channel"), "{channel}: {said:?}");
    }
    assert!(bench.server.requests().is_empty());
}

#[test]
fn another_channel_may_serve_only_what_the_same_keys_signed() {
    let (bench, other) = (Bench::new(), Bench::new());
    let elsewhere = other.base();
    let said = bench.with("dash", &["curl", "openssl"]).env("FYNE_SETUP_RELEASES", &elsewhere).run(&[]);
    assert_eq!((said.code, bench.server.requests().len()), (0, 0), "{said:?}");
    assert!(!other.server.requests().is_empty());
    other.sign_list_as("stranger");
    let said = bench.with("dash", &["curl", "openssl"]).env("FYNE_SETUP_RELEASES", &elsewhere).run(&[]);
    assert_eq!(said.code, 4, "{said:?}");
}

#[test]
fn the_copy_in_the_repository_has_no_channel_and_says_so() {
    let bench = Bench::new();
    let text = bench::source();
    let said = bench.with("dash", &["curl", "openssl"]).run_text(&text, &[]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("no channel"), "{said:?}");
}
