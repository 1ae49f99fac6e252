//! What an attacker would serve. Each ends with 4 or 3, and the home is as it was.

use fyne_setup::digest::Digest;
use tar::EntryType;

use crate::bench::{Bench, Member};
use crate::testlog::Fault;
use crate::testlog::minisign::Signer;
use crate::tool_sets;

type Attack = (&'static str, i32, fn(&Bench));

fn archive_with(bench: &Bench, more: Member) {
    let mut members = bench.members();
    members.push(more);
    bench.serve(&Bench::archive(&members));
}

fn release() -> Signer {
    Signer::new("release")
}

/// On the signature of the list.
const SIGNATURE: [Attack; 14] = [
    ("a list without a signature", 3, |it| it.remove("SHA256SUMS.minisig")),
    ("a signature that is empty", 4, |it| it.put("SHA256SUMS.minisig", "")),
    ("a signature by a key that nobody knows", 4, |it| it.sign_list_as("stranger")),
    ("a stranger under the number of our key", 4, |it| {
        it.sign_list(&Signer::new("stranger").under_the_number_of(&release()), &it.comment());
    }),
    ("our key under the number of another", 4, |it| {
        it.sign_list(&release().under_the_number_of(&Signer::new("stranger")), &it.comment());
    }),
    ("a signature of the old kind", 4, |it| it.sign_list(&release().legacy(), &it.comment())),
    ("a comment that was altered", 4, |it| {
        let text = String::from_utf8(it.get("SHA256SUMS.minisig")).expect("text");
        it.put("SHA256SUMS.minisig", text.replace("version:1.2.0", "version:1.3.0"));
    }),
    ("a comment for another file", 4, |it| {
        it.sign_list(&release(), &it.comment().replace("SHA256SUMS", "manifest.toml"));
    }),
    ("a comment with another digest", 4, |it| {
        let (comment, other) = (it.comment(), Digest::of(b"another list"));
        it.sign_list(&release(), &format!("{}sha256:{other}", comment.split("sha256:").next().expect("one")));
    }),
    ("a comment with more after it", 4, |it| it.sign_list(&release(), &format!("{} x:y", it.comment()))),
    ("a version that is a path", 4, |it| {
        it.sign_list(&release(), &it.comment().replace("1.2.0", "../1.2.0"));
    }),
    ("a right comment on a signature of other bytes", 4, |it| {
        it.put("SHA256SUMS.minisig", release().sign(b"other bytes", &it.comment()));
    }),
    ("five lines", 4, |it| {
        let text = String::from_utf8(it.get("SHA256SUMS.minisig")).expect("text");
        it.put("SHA256SUMS.minisig", text + "more\n");
    }),
    ("an endless signature", 4, |it| it.server.fault("SHA256SUMS.minisig", Fault::Endless)),
];

/// On the list.
const LIST: [Attack; 6] = [
    ("a list that was altered", 4, |it| it.flip("SHA256SUMS", 3)),
    ("an endless list", 4, |it| it.server.fault_times("SHA256SUMS", Fault::Endless, 1)),
    ("a list that does not name our archive", 3, |it| it.serve_list("")),
    ("a list that names it twice", 4, |it| {
        let list = String::from_utf8(it.get("SHA256SUMS")).expect("text");
        it.serve_list(&format!("{list}{list}"));
    }),
    ("a list whose digest is none", 4, |it| {
        it.serve_list(&format!("{}  {}\n", "x".repeat(64), it.archive_name()))
    }),
    ("a list that leads elsewhere", 4, |it| {
        // What a client that follows gets is not signed by us; one that does not follow ends with 3.
        it.put("elsewhere", "0\n");
        let there = format!("{}/elsewhere", it.base());
        it.server.fault_times("SHA256SUMS", Fault::Redirect(there), 1);
    }),
];

/// On the archive.
const ARCHIVE: [Attack; 13] = [
    ("an archive that was altered", 4, |it| it.flip(&it.archive_name(), 40)),
    ("a good archive with a program that nobody signed", 4, |it| {
        let evil = b"#!/bin/sh\n# evil\necho fyne-setup 1.2.0\n";
        it.put(&it.archive_name(), Bench::archive(&[it.raw("TOP/fyne-setup", evil)]));
    }),
    ("an archive that is shorter", 4, |it| {
        let bytes = it.get(&it.archive_name());
        it.put(&it.archive_name(), &bytes[..bytes.len() / 2]);
    }),
    ("the archive of another version under our name", 4, |it| {
        let other = Bench::of("1.1.0");
        it.put(&it.archive_name(), other.get(&other.archive_name()));
    }),
    ("an endless archive", 4, |it| it.server.fault(".tar.gz", Fault::Endless)),
    ("no archive at all", 4, |it| it.serve(b"not an archive")),
    ("a way out of the directory", 4, |it| archive_with(it, it.raw("TOP/../../../.profile", b"evil\n"))),
    ("an absolute path", 4, |it| archive_with(it, it.raw("/tmp/evil", b"evil\n"))),
    ("a file beside the directory", 4, |it| archive_with(it, it.raw(".profile", b"evil\n"))),
    ("a symlink", 4, |it| {
        let link = Some((EntryType::Symlink, "/etc/passwd"));
        archive_with(it, Member { link, ..it.raw("TOP/readme", b"") });
    }),
    ("a hard link", 4, |it| {
        let link = Some((EntryType::Link, "TOP/fyne-setup"));
        archive_with(it, Member { link, ..it.raw("TOP/readme", b"") });
    }),
    ("two programs", 4, |it| archive_with(it, it.raw("TOP/fyne-setup", b"#!/bin/sh\necho evil\n"))),
    ("a program of another version", 4, |it| {
        let members = [it.raw("TOP/fyne-setup", b"#!/bin/sh\necho fyne-setup 1.1.0\n")];
        it.serve(&Bench::archive(&members));
    }),
];

fn try_all(attacks: &[Attack]) {
    for tools in tool_sets() {
        for (name, code, attack) in attacks {
            let bench = Bench::new();
            bench.older_one("1.0.0");
            let before = bench.listing();
            attack(&bench);
            let said = bench.with("sh", &tools).run(&[]);
            let expected = if said.err.contains("redirect") { 3 } else { *code };
            assert_eq!(said.code, expected, "{name} with {tools:?}: {said:?}");
            assert_eq!(bench.listing(), before, "{name} with {tools:?} changed something: {said:?}");
            assert!(said.err.starts_with("error: "), "{name}: {said:?}");
            assert_eq!(
                said.err.lines().count(),
                said.err.matches("hint: ").count() + 1,
                "one sentence: {said:?}"
            );
        }
    }
}

#[test]
fn a_forged_signature_changes_nothing() {
    try_all(&SIGNATURE);
}

#[test]
fn a_forged_list_changes_nothing() {
    try_all(&LIST);
}

#[test]
fn a_forged_archive_changes_nothing() {
    try_all(&ARCHIVE);
}

#[test]
fn no_bit_of_a_signature_can_be_flipped() {
    for verifier in ["minisign", "openssl"] {
        let bench = Bench::new();
        let before = bench.listing();
        let good = bench.get("SHA256SUMS.minisig");
        // All but the first line, which nobody signs; every seventh byte, a different bit each time.
        let first = good.iter().position(|it| *it == b'\n').expect("lines") + 1;
        for at in (first..good.len() - 1).step_by(7) {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 7);
            bench.put("SHA256SUMS.minisig", &bad);
            let said = bench.with("sh", &["curl", verifier]).run(&[]);
            assert_eq!((said.code, bench.listing()), (4, before.clone()), "{verifier}, byte {at}: {said:?}");
        }
    }
}
