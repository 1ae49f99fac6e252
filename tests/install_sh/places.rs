//! Where it puts the program, and where it cannot.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::bench::{Bench, found};
use crate::testlog::minisign::blake2b;

const TOOLS: [&str; 2] = ["curl", "openssl"];

#[test]
fn a_directory_of_the_users_choice_is_made_and_named() {
    let bench = Bench::new();
    let said = bench.with("dash", &TOOLS).run(&["--to", "home/a dir/b"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(bench.home().join("a dir/b/fyne-setup").is_file());
    assert!(said.err.contains("a dir/b:$PATH\"") && said.err.contains("/fyne-setup\" install"), "{said:?}");
    let on_path = format!("{}:/usr/bin:/bin", bench.home().join("bin").display());
    fs::create_dir(bench.home().join("bin")).expect("made");
    let said = bench.with("dash", &TOOLS).env("PATH", &on_path).run(&["--to=home/bin"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        !said.err.contains("export PATH") && said.err.ends_with("Next: fyne-setup install\n"),
        "{said:?}"
    );
}

#[test]
fn another_program_that_says_the_same_version_is_replaced_and_that_is_said() {
    let bench = Bench::new();
    bench.older_one("1.2.0");
    let more = fs::read_to_string(bench.program()).expect("there") + "# and more\n";
    fs::write(bench.program(), more).expect("written");
    let before = bench.listing();
    let said = bench.with("dash", &TOOLS).run(&[]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("it was replaced") && bench.listing() != before, "{said:?}");
}

#[test]
fn wrong_words_are_usage_errors() {
    let bench = Bench::new();
    // What a shell lost on its way, and what the line to type would make of such a name.
    let places = ["a:b", "a\nb", "", "-q", "~/bin", "a$x", "a`b", "a\"b", "a\\b"];
    let named = places.iter().map(|it| vec!["--to", it]);
    for args in [vec!["--too", "x"], vec!["--to"], vec!["x"], vec!["--to="]].into_iter().chain(named) {
        let said = bench.with("dash", &TOOLS).run(&args);
        assert_eq!((said.code, bench.listing().len()), (2, 0), "{args:?}: {said:?}");
    }
    let said = bench.with("dash", &TOOLS).env("HOME", "/nowhere/at/all").run(&[]);
    assert_eq!(said.code, 2, "{said:?}");
    assert_eq!(bench.with("dash", &TOOLS).run(&["--help"]).code, 0);
}

#[test]
fn sudo_from_a_users_account_has_to_name_a_directory() {
    if !fs::metadata("/root").is_ok_and(|_| fs::read_dir("/root").is_ok()) {
        eprintln!("SKIP sudo_from_a_users_account_has_to_name_a_directory: not root");
        return;
    }
    let bench = Bench::new();
    let said = bench.with("dash", &TOOLS).env("SUDO_USER", "ann").run(&[]);
    assert_eq!((said.code, bench.listing().len()), (2, 0), "{said:?}");
    assert!(said.err.contains("without sudo"), "{said:?}");
    assert_eq!(bench.with("dash", &TOOLS).env("SUDO_USER", "ann").run(&["--to", "home/bin"]).code, 0);
}

#[test]
fn what_is_in_the_way_is_left_as_it_is() {
    for what in ["link", "directory", "file"] {
        let bench = Bench::new();
        let at = bench.program();
        fs::create_dir_all(at.parent().expect("a directory")).expect("made");
        match what {
            "link" => symlink("/bin/true", &at).expect("linked"),
            "directory" => fs::create_dir(&at).expect("made"),
            _ => {
                fs::remove_dir(bench.home().join(".local/bin")).expect("removed");
                fs::write(bench.home().join(".local/bin"), "mine").expect("written");
            }
        }
        let before = bench.listing();
        let said = bench.with("dash", &TOOLS).run(&[]);
        assert_eq!((said.code, bench.listing()), (3, before), "{what}: {said:?}");
    }
}

/// A file system of its own in the place of the home, for this one run.
#[test]
fn a_full_disk_and_one_without_programs_stop_it_and_nothing_is_left() {
    let allowed = found("unshare").is_some_and(|it| {
        let mounts = Command::new(it).args(["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).output();
        mounts.is_ok_and(|it| it.status.success())
    });
    if !allowed {
        eprintln!("SKIP a_full_disk_and_one_without_programs: no mount namespaces here");
        return;
    }
    let rows = [
        ("noexec", "noexec"),
        ("size=8k", "disk full"),
        ("size=80k", "disk full"),
        ("size=96k", "disk full"),
        ("ro", "cannot create"),
    ];
    for (option, why) in rows {
        let bench = Bench::new();
        // 80 KB that do not get smaller.
        let noise: Vec<u8> = (0u32..1250).flat_map(|it| blake2b(&it.to_le_bytes())).collect();
        let mut members = bench.members();
        members.push(bench.raw("TOP/noise", &noise));
        bench.serve(&Bench::archive(&members));
        let mount = format!("mount -t tmpfs -o {option} tmpfs \"$HOME\" || exit 99");
        let said = bench.with("dash", &TOOLS).after(&mount).run(&[]);
        assert_eq!((said.code, said.out.as_str()), (3, ""), "{option}: {said:?}");
        assert!(said.err.contains(why), "{option}: {said:?}");
        assert_eq!(said.err.lines().count(), 2, "an error and a hint: {said:?}");
    }
}

#[test]
fn a_program_of_a_package_is_left_to_the_package_manager() {
    for (asks, code) in [("dpkg-query", 3), ("rpm", 3), ("none", 0)] {
        let bench = Bench::new();
        bench.older_one("1.0.0");
        let before = bench.listing();
        let run = bench.with("dash", &TOOLS);
        if asks != "none" {
            run.stub(asks, "exit 0");
        }
        let said = run.run(&[]);
        assert_eq!(said.code, code, "{asks}: {said:?}");
        assert!(code == 0 || said.err.contains("belongs to a package"), "{said:?}");
        assert_eq!(bench.listing() == before, code != 0, "{asks}");
        // One that knows of no such file is no reason to stop; nor is one asked where nothing is there yet.
        let fresh = Bench::new();
        let run = fresh.with("dash", &TOOLS);
        run.stub("rpm", "mkdir \"$HOME/.rpmdb\"; exit 1");
        assert_eq!(run.run(&[]).code, 0);
        assert!(!fresh.home().join(".rpmdb").exists());
    }
}

#[test]
fn a_path_that_leads_to_nothing_is_said_and_not_a_platform_without_a_name() {
    let bench = Bench::new();
    for args in [&[][..], &["--to", "home/bin"]] {
        let said = bench.with("dash", &TOOLS).env("PATH", "/nope").run(args);
        assert_eq!((said.code, bench.listing().len()), (3, 0), "{said:?}");
        assert!(said.err.contains("PATH=/nope") && !said.err.contains("not found"), "{said:?}");
    }
}
