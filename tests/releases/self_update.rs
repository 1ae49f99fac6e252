//! Only forward, only what is signed for it, and back where the new one does not work; killed at any moment.

use std::fs;
use std::process::Stdio;

use crate::bench::{Bench, NEW, VERSION, archive, archive_name, code, comment};
use crate::testlog::Fault;
use crate::testlog::minisign::Signer;

fn is_new(bench: &Bench) -> bool {
    fs::metadata(bench.program()).is_ok_and(|it| it.len() == NEW.len() as u64)
}

#[test]
fn a_newer_program_takes_the_place_of_this_one_which_is_kept() {
    let bench = Bench::new();
    let before = bench.bin();
    let check = ["self", "update", "--check", &bench.base()];
    let (exit, document) = bench.run(&check);
    assert_eq!((exit, document["changed"].as_bool()), (0, Some(false)), "{document}");
    assert_eq!((&document["offered"]["version"], bench.bin()), (&VERSION.into(), before.clone()));
    assert!(!bench.home.path().join(".local").exists(), "looking keeps nothing");
    let (exit, document) = bench.update();
    assert_eq!((exit, document["changed"].as_bool()), (0, Some(true)), "{document}");
    assert_eq!(document["offered"]["key"], Signer::new("release").id());
    let after = bench.bin();
    assert_eq!(after["fyne-setup"], (NEW.len() as u64, before["fyne-setup"].1));
    assert_eq!(after["fyne-setup.previous"], before["fyne-setup"]);
    assert_eq!(after.len(), 2, "{after:?}");
    let said = bench.command(&bench.program(), &["--version"]).output().expect("it starts");
    assert_eq!(String::from_utf8_lossy(&said.stdout), format!("fyne-setup {VERSION}\n"));
}

#[test]
fn what_is_not_newer_is_left() {
    let bench = Bench::new();
    let before = bench.bin();
    for version in ["0.0.1", env!("CARGO_PKG_VERSION")] {
        bench.serve(version, NEW);
        let (exit, document) = bench.update();
        assert_eq!((exit, document["changed"].as_bool()), (0, Some(false)), "{document}");
        assert_eq!(bench.bin(), before);
    }
    // An older one than was seen, though newer than this one: somebody plays an old channel.
    bench.serve("9.9.0", "#!/bin/sh\nexit 1\n");
    assert_eq!(bench.update().0, 3);
    bench.serve(VERSION, NEW);
    let (exit, document) = bench.update();
    assert_eq!((exit, code(&document), bench.bin()), (4, "update.rollback", before), "{document}");
}

#[test]
fn whatever_the_channel_is_made_to_say_the_program_stays() {
    let bench = Bench::new();
    let before = bench.bin();
    let name = archive_name(VERSION);
    let signature = format!("{name}.minisig");
    let release = || Signer::new("release");
    let list = || bench.get("SHA256SUMS");
    let said = |of: &str| comment(of, VERSION, &list());
    let flipped = |name: &str, at: usize| {
        let mut bytes = bench.get(name);
        bytes[at] ^= 1;
        bench.put(name, bytes);
    };
    let other = |files: &[(&str, &str)]| {
        bench.put(&name, archive(VERSION, files));
        bench.sign(&name, VERSION, &release());
        bench.list(VERSION);
    };
    let by = |of: &str, who: &str| bench.sign(of, VERSION, &Signer::new(who));
    let cases: Vec<(&str, i32, &str, Box<dyn Fn() + '_>)> = vec![
        ("no list", 3, "update.no-program", Box::new(|| bench.remove("SHA256SUMS"))),
        ("no signature of the list", 3, "update.no-program", Box::new(|| bench.remove("SHA256SUMS.minisig"))),
        ("a list by a stranger", 4, "update.refused", Box::new(|| by("SHA256SUMS", "stranger"))),
        ("a list by the key of manifests", 4, "update.refused", Box::new(|| by("SHA256SUMS", "manifest"))),
        (
            "a list in the legacy form",
            4,
            "update.refused",
            Box::new(|| {
                bench.put("SHA256SUMS.minisig", release().legacy().sign(&list(), &said("SHA256SUMS")));
            }),
        ),
        (
            "a list signed as another file",
            4,
            "update.refused",
            Box::new(|| {
                bench.put("SHA256SUMS.minisig", release().sign(&list(), &said("manifest.toml")));
            }),
        ),
        (
            "a list signed as nothing",
            4,
            "update.refused",
            Box::new(|| {
                bench.put("SHA256SUMS.minisig", release().sign(&list(), "timestamp:1"));
            }),
        ),
        ("a list with another digit", 4, "update.refused", Box::new(|| flipped("SHA256SUMS", 3))),
        ("a page", 4, "update.refused", Box::new(|| bench.put("SHA256SUMS", "<html>log in</html>\n"))),
        ("another archive", 4, "update.refused", Box::new(|| flipped(&name, 100))),
        ("an archive by a stranger", 4, "update.refused", Box::new(|| by(&name, "stranger"))),
        ("an archive without signature", 3, "update.no-program", Box::new(|| bench.remove(&signature))),
        (
            "an old archive under a new name",
            4,
            "update.refused",
            Box::new(|| {
                bench.put(&name, archive("1.0.0", &[("fyne-setup", NEW)]));
                let bytes = bench.get(&name);
                let its = comment(&archive_name("1.0.0"), "1.0.0", &bytes);
                bench.put(&signature, release().sign(&bytes, &its));
                bench.list(VERSION);
            }),
        ),
        (
            "another version in the archive's signature",
            4,
            "update.refused",
            Box::new(|| {
                let bytes = bench.get(&name);
                bench.put(&signature, release().sign(&bytes, &comment(&name, "9.1.0", &bytes)));
            }),
        ),
        ("an archive without program", 4, "update.refused", Box::new(|| other(&[("LICENSE-MIT", "x")]))),
        (
            "an archive with a name that is two",
            4,
            "update.refused",
            Box::new(|| other(&[("C:/fyne-setup", NEW)])),
        ),
        (
            "an archive that is none",
            4,
            "update.refused",
            Box::new(|| {
                bench.put(&name, "not an archive");
                bench.sign(&name, VERSION, &release());
                bench.list(VERSION);
            }),
        ),
        (
            "no archive for this machine",
            3,
            "update.no-program",
            Box::new(|| {
                bench.put("SHA256SUMS", "");
                bench.sign("SHA256SUMS", VERSION, &release());
            }),
        ),
        (
            "a revoked key",
            4,
            "update.refused",
            Box::new(|| bench.serve_keys(&["root-1", "root-2"], &["release"])),
        ),
        (
            "one root key",
            4,
            "manifest.root-signatures",
            Box::new(|| {
                bench.remove(&format!("keys.toml.{}.minisig", Signer::new("root-3").id()));
            }),
        ),
        (
            "a program that fails",
            3,
            "update.self-test",
            Box::new(|| other(&[("fyne-setup", "#!/bin/sh\nexit 7\n")])),
        ),
        (
            "a program of another version",
            3,
            "update.self-test",
            Box::new(|| {
                other(&[("fyne-setup", "#!/bin/sh\necho fyne-setup 9.1.0\n")]);
            }),
        ),
        ("what is no program", 3, "update.self-test", Box::new(|| other(&[("fyne-setup", "\u{7f}ELF")]))),
        ("a server that fails", 3, "net.status", Box::new(|| bench.server.fault(&name, Fault::Status(500)))),
        ("half an archive", 3, "net.cut", Box::new(|| bench.server.fault(&name, Fault::CutAfter(40)))),
    ];
    for (attack, exit, error, change) in cases {
        bench.lay();
        bench.server.heal();
        bench.serve_keys(&["root-1", "root-3"], &[]);
        bench.serve(VERSION, NEW);
        change();
        let (is, document) = bench.update();
        assert_eq!((is, code(&document)), (exit, error), "{attack}: {document}");
        assert_eq!(bench.bin(), before, "{attack}");
    }
}

#[test]
fn a_program_that_fails_in_its_place_is_taken_back() {
    let bench = Bench::new();
    let before = bench.bin();
    let fails = "#!/bin/sh\ncase $0 in */fyne-setup) exit 9 ;; esac\necho fyne-setup 9.2.0\n";
    bench.serve(VERSION, fails);
    let (exit, document) = bench.update();
    assert_eq!((exit, code(&document)), (3, "update.self-test"), "{document}");
    assert_eq!(bench.bin()["fyne-setup"], before["fyne-setup"]);
    assert_eq!(bench.run(&["self", "test"]).0, 0, "and it works");
}

#[test]
fn the_program_of_another_user_is_left_alone() {
    let bench = Bench::new();
    fs::remove_file(bench.program()).expect("there");
    bench.copy();
    if std::os::unix::fs::chown(bench.program(), Some(65534), None).is_err() {
        eprintln!("SKIP the_program_of_another_user_is_left_alone: only root gives files away");
        return;
    }
    let before = bench.bin();
    let (exit, document) = bench.update();
    assert_eq!((exit, code(&document), bench.bin()), (3, "update.foreign", before), "{document}");
}

#[test]
fn killed_at_any_write_a_program_that_works_stands_there_and_the_next_run_goes_on() {
    let bench = Bench::new();
    let old = bench.bin()["fyne-setup"];
    let mut wrong = Vec::new();
    let mut rows = 0;
    for at in 1.. {
        assert!(at < 100, "it ends at some time");
        bench.lay();
        let mut command = bench.command(&bench.program(), &["self", "update", &bench.base()]);
        command
            .env("FYNE_SETUP_TEST_FAULT", format!("any:{at}:kill"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if command.status().expect("it starts").code().is_some() {
            break; // nothing was left to be killed at
        }
        rows += 1;
        let works = bench.command(&bench.program(), &["self", "test"]).output();
        if !works.is_ok_and(|it| it.status.success()) {
            wrong.push(format!("{at}: no program that works"));
        }
        if !is_new(&bench) {
            let (exit, document) = bench.update();
            if exit != 0 {
                wrong.push(format!("{at}: the next run ends with {exit}: {document}"));
            }
        }
        let after = bench.bin();
        if !is_new(&bench) || after.get("fyne-setup.previous") != Some(&old) || after.len() != 2 {
            wrong.push(format!("{at}: {after:?}"));
        }
    }
    assert!(rows >= 5, "only {rows} writes");
    assert_eq!(wrong, Vec::<String>::new());
}
