//! What each package manager really printed (`tests/data/packages`, by `scripts/managers`), and what we make of it.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fyne_setup::packages::{self, Outcome, PackageManager, Progress, Simulation};

/// One answer: how the command ended, and both streams.
struct Kept {
    code: Option<i32>,
    output: String,
}

/// Every kept answer of a manager, by the name of its case.
fn kept(manager: &str) -> BTreeMap<String, Kept> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/packages").join(manager);
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.expect("listed").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        let (asked, rest) = text.split_once('\n').expect("a first line");
        assert!(asked.starts_with("$ "), "{}", path.display());
        let (output, code) = rest.trim_end().rsplit_once("[exit ").expect("a last line");
        let code = code.trim_end_matches(']').parse().ok();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, Kept { code, output: output.to_owned() })
    };
    std::fs::read_dir(&dir).expect("answers").map(read).collect()
}

/// The answer of one case.
fn answer<'a>(kept: &'a BTreeMap<String, Kept>, manager: &str, case: &str) -> &'a Kept {
    kept.get(case)
        .unwrap_or_else(|| panic!("tests/data/packages/{manager} lacks {case}.txt: run scripts/managers"))
}

fn manager(name: &str) -> &'static dyn PackageManager {
    packages::by_name(name).expect("known")
}

/// The managers whose answers are kept, each with what the end of its commands means.
const RUN: [(&str, &[Row]); 4] = [("apt", APT), ("dnf", DNF), ("zypper", ZYPPER), ("pacman", PACMAN)];

/// A case, the outcome of its command where it failed, and part of the line that tells why.
type Row = (&'static str, Outcome, &'static str);

const APT: &[Row] = &[
    ("broken", Outcome::Broken, "E: Unmet dependencies."),
    ("conflict", Outcome::Conflict, "E: Unable to correct problems"),
    ("full", Outcome::Full, "dpkg: error processing archive"),
    ("interrupted", Outcome::Interrupted, "E: dpkg was interrupted"),
    ("locked", Outcome::Locked, "It is held by process"),
    ("network", Outcome::Network, "fake-cpp_2.deb  Could not connect to 127.0.0.1"),
    ("no-lists", Outcome::Stale, "fake-gcc"),
    ("stale", Outcome::Stale, "404  Not Found"),
    ("unknown", Outcome::Stale, "E: Unable to locate package libnothing"),
    ("user", Outcome::Rights, "13: Permission denied"),
    // A source of the user's that cannot be reached is no failure.
    ("refresh-network", Outcome::Done, ""),
];

const DNF: &[Row] = &[
    ("broken", Outcome::Interrupted, "database disk image is malformed"),
    ("query-broken", Outcome::Interrupted, "database disk image is malformed"),
    ("rebuild", Outcome::Interrupted, "database disk image is malformed"),
    ("held", Outcome::Conflict, "Problem: package gcc-2-1.fc43.x86_64 requires libgcc >= 2"),
    ("conflict", Outcome::Conflict, "- nothing provides nothing-has-this needed by odd"),
    ("full", Outcome::Full, "gcc-2-1.fc43.x86_64 needs 4KB more space on the /opt filesystem"),
    ("locked", Outcome::Locked, "can't create transaction lock on /var/lib/rpm/.rpm.lock"),
    ("network", Outcome::Network, "Curl error (7): Couldn't connect to server for http://127.0.0.1:9"),
    ("stale", Outcome::Stale, "gone-1-1.fc43.x86_64.rpm: Status code: 404 for http"),
    ("unknown", Outcome::Stale, "Error: Unable to find a match: libnothing"),
    ("user", Outcome::Rights, "Error: This command has to be run with superuser privileges"),
];

const ZYPPER: &[Row] = &[
    ("held", Outcome::Conflict, "Problem: gcc-2-1.fc43.x86_64 requires libgcc >= 2"),
    ("conflict", Outcome::Conflict, "Problem: nothing provides nothing-has-this needed by odd"),
    ("full", Outcome::Full, "needs 4KB more space on the /opt filesystem"),
    ("locked", Outcome::Locked, "System management is locked by the application with pid"),
    ("network", Outcome::Network, "Error message: Failed to connect to 127.0.0.1 port 9"),
    ("refresh-network", Outcome::Network, "Error message: Failed to connect to 127.0.0.1 port 9"),
    ("stale", Outcome::Stale, "gone-1-1.fc43.x86_64.rpm' not found on medium"),
    ("unknown", Outcome::Stale, "No provider of 'libnothing' found."),
    ("user", Outcome::Rights, "Root privileges are required to run this command."),
];

const PACMAN: &[Row] = &[
    ("held", Outcome::Conflict, ":: unable to satisfy dependency 'libgcc>=2' required by gcc"),
    ("remove-hold", Outcome::Conflict, ":: HoldPkg was found in target list."),
    ("conflict", Outcome::Conflict, ":: unable to satisfy dependency 'nothing-has-this' required by odd"),
    ("full", Outcome::Full, "error: Partition /opt too full"),
    ("locked", Outcome::Locked, "(unable to lock database)"),
    ("network", Outcome::Network, "Failed to connect to 127.0.0.1 port 9"),
    ("no-lists", Outcome::Stale, "error: target not found: gcc"),
    ("remove-needed", Outcome::Conflict, ":: removing cpp breaks dependency 'cpp' required by gcc"),
    (
        "stale",
        Outcome::Stale,
        "gone-1-1-x86_64.pkg.tar.gz' from 127.0.0.1:8080 : The requested URL returned error: 404",
    ),
    ("unknown", Outcome::Stale, "error: target not found: libnothing"),
    ("user", Outcome::Rights, "error: you cannot perform this operation unless you are root."),
];

#[test]
fn the_end_of_every_command_is_understood_and_its_most_telling_line_found() {
    for (name, rows) in RUN {
        let (manager, kept) = (manager(name), kept(name));
        for (case, outcome, told) in rows {
            let it = answer(&kept, name, case);
            assert_eq!(manager.outcome(&it.output, it.code), *outcome, "{name}/{case}");
            let line = manager.telling_line(&it.output).unwrap_or_default();
            assert!(told.is_empty() || line.contains(told), "{name}/{case}: {line}");
            assert_eq!(line, line.trim(), "{name}/{case}");
        }
        for case in ["refresh", "install", "nothing", "reinstall", "remove"] {
            let it = answer(&kept, name, case);
            assert_eq!(manager.outcome(&it.output, it.code), Outcome::Done, "{name}/{case}");
        }
        // What is kept and not read would prove nothing.
        let read: BTreeSet<&str> = rows.iter().map(|it| it.0).collect();
        for case in kept.keys().filter(|it| !it.starts_with("simulate")) {
            let elsewhere = [
                "query",
                "owners",
                "owners-gone",
                "locks",
                "release",
                "versionlock",
                "depend",
                "verify",
                "refresh",
                "nothing",
                "install",
                "reinstall",
                "remove",
            ];
            assert!(read.contains(&**case) || elsewhere.contains(&&**case), "no row reads {name}/{case}");
        }
    }
}

/// New, upgraded and removed, in the order of the alphabet.
fn named(simulation: Simulation) -> [String; 3] {
    [simulation.new, simulation.upgraded, simulation.removed].map(|mut it| {
        it.sort();
        it.join(" ")
    })
}

#[test]
fn a_simulation_tells_what_would_be_done_or_why_nobody_knows() {
    let prefixed = ["fake-cpp fake-gcc fake-libgl-devel", "fake-libgcc", ""];
    let plain = ["cpp gcc libGL-devel", "libgcc", ""];
    // pacman does not say what is there in another version.
    let all_new = ["cpp gcc libGL-devel libgcc", "", ""];
    let gone = ["", "", "cpp gcc theirs"];
    for (name, case, want) in [
        ("apt", "simulate", Ok(prefixed)),
        ("apt", "simulate-user", Ok(["fake-cpp fake-gcc", "fake-libgcc", ""])),
        ("apt", "simulate-nothing", Ok([""; 3])),
        ("apt", "simulate-unknown", Err(Outcome::Stale)),
        ("apt", "simulate-conflict", Err(Outcome::Conflict)),
        ("apt", "simulate-broken", Err(Outcome::Broken)),
        ("apt", "simulate-removal", Ok(["", "", "fake-cpp fake-gcc fake-theirs"])),
        // It was told not to go on, and ends with 1.
        ("dnf", "simulate", Ok(plain)),
        ("dnf", "simulate-capability", Ok(["libGL-devel", "", ""])),
        ("dnf", "simulate-unknown-two", Err(Outcome::Stale)),
        ("zypper", "simulate-capability", Ok(["libGL-devel", "", ""])),
        ("zypper", "simulate-unknown-two", Err(Outcome::Stale)),
        ("pacman", "simulate-unknown-two", Err(Outcome::Stale)),
        ("pacman", "simulate-removal-cascade", Ok(gone)),
        ("pacman", "simulate-removal-hold", Err(Outcome::Conflict)),
        ("dnf", "simulate-user", Err(Outcome::Rights)),
        ("dnf", "simulate-nothing", Ok([""; 3])),
        ("dnf", "simulate-unknown", Err(Outcome::Stale)),
        ("dnf", "simulate-conflict", Err(Outcome::Conflict)),
        ("dnf", "simulate-removal", Ok(gone)),
        ("dnf", "simulate-removal-unknown", Ok([""; 3])),
        ("zypper", "simulate", Ok(plain)),
        ("zypper", "simulate-user", Err(Outcome::Rights)),
        ("zypper", "simulate-nothing", Ok([""; 3])),
        ("zypper", "simulate-unknown", Err(Outcome::Stale)),
        ("zypper", "simulate-conflict", Err(Outcome::Conflict)),
        ("zypper", "simulate-removal", Ok(gone)),
        ("zypper", "simulate-removal-unknown", Err(Outcome::Stale)),
        ("pacman", "simulate", Ok(all_new)),
        ("pacman", "simulate-user", Ok(["cpp gcc libgcc", "", ""])),
        ("pacman", "simulate-nothing", Ok([""; 3])),
        ("pacman", "simulate-unknown", Err(Outcome::Stale)),
        ("pacman", "simulate-conflict", Err(Outcome::Conflict)),
        ("pacman", "simulate-removal", Ok(["", "", "gcc theirs"])),
        ("pacman", "simulate-removal-needed", Err(Outcome::Conflict)),
        ("pacman", "simulate-removal-unknown", Err(Outcome::Stale)),
    ] {
        let kept = kept(name);
        let it = answer(&kept, name, case);
        let seen = manager(name).simulated(it.code, &it.output).map(named);
        assert_eq!(seen, want.map(|it| it.map(str::to_owned)), "{name}/{case}");
    }
}

#[test]
fn what_is_there_is_not_new_whatever_the_simulation_says() {
    let (pacman, kept) = (manager("pacman"), kept("pacman"));
    let it = &kept["simulate"];
    let mut simulation = pacman.simulated(it.code, &it.output).expect("it ended well");
    simulation.correct(&pacman.installed("libgcc 1-1\nbash 5-1\n"));
    assert_eq!(named(simulation), ["cpp gcc libGL-devel", "libgcc", ""].map(str::to_owned));
}

#[test]
fn every_line_of_a_transaction_that_means_progress_is_counted() {
    use Progress::{Half, Of, Whole};
    let of = |all: &[(u64, u64)]| all.iter().map(|&(done, total)| Of { done, total }).collect::<Vec<_>>();
    for (name, case, want) in [
        ("apt", "install", vec![Half; 8]),
        ("apt", "reinstall", vec![Half; 2]),
        ("dnf", "install", of(&[(1, 5), (2, 5), (3, 5), (4, 5)])),
        ("dnf", "reinstall", of(&[(1, 2)])),
        ("zypper", "install", of(&[(1, 4), (2, 4), (3, 4), (4, 4)])),
        ("zypper", "reinstall", of(&[(1, 1)])),
        ("pacman", "install", vec![Whole; 4]),
        ("pacman", "reinstall", vec![Whole]),
    ] {
        let kept = kept(name);
        let output = &answer(&kept, name, case).output;
        let seen: Vec<_> = output.lines().filter_map(|it| manager(name).progress(it)).collect();
        assert_eq!(seen, want, "{name}/{case}");
    }
    for (name, _) in RUN {
        let kept = kept(name);
        for case in ["nothing", "simulate", "unknown", "locked"] {
            let output = &answer(&kept, name, case).output;
            assert_eq!(output.lines().find(|it| manager(name).progress(it).is_some()), None, "{name}/{case}");
        }
    }
}

#[test]
fn what_is_installed_and_whose_a_file_is_are_read() {
    for (name, prefix, version) in
        [("apt", "fake-", "2"), ("dnf", "", "2-1.fc43"), ("zypper", "", "2-1.fc43"), ("pacman", "", "2-1")]
    {
        let (manager, kept) = (manager(name), kept(name));
        let seen = manager.installed(&kept["query"].output);
        for package in ["gcc", "cpp", "libgcc"] {
            let it = seen.get(&format!("{prefix}{package}")).unwrap_or_else(|| panic!("{name}: {package}"));
            assert_eq!((&*it.version, it.held, it.half_done), (version, false, false), "{name}: {package}");
        }
        assert!(seen.contains_key(&format!("{prefix}theirs")), "{name}");
        let owners = manager.parse_owners(&kept["owners"].output);
        assert_eq!(owners, [format!("{prefix}cpp"), format!("{prefix}gcc")], "{name}");
    }
    let (apt, kept) = (manager("apt"), kept("apt"));
    assert_eq!(apt.parse_verified(&kept["verify"].output).files, ["/opt/gcc", "/opt/cpp"]);
    assert_eq!(apt.dependencies(&kept["depend"].output)["fake-gcc"], ["fake-cpp", "fake-libgcc"]);
}

#[test]
fn what_an_installation_brought_is_read_from_what_each_manager_printed() {
    for (name, brought) in [
        ("apt", &["fake-cpp", "fake-gcc", "fake-libgl-devel"][..]),
        ("dnf", &["cpp", "gcc", "libGL-devel"]),
        // It calls what grows newer an installation, too; who asks knows what was there.
        ("zypper", &["cpp", "libGL-devel", "libgcc", "gcc"]),
        ("pacman", &["cpp", "gcc", "libGL-devel"]),
    ] {
        let kept = kept(name);
        let said = |case: &str| manager(name).brings(&answer(&kept, name, case).output);
        assert_eq!(said("install"), brought, "{name}");
        for case in ["nothing", "remove", "refresh", "locked"] {
            assert_eq!(said(case), <[&str; 0]>::default(), "{name} {case}");
        }
    }
}

#[test]
fn what_was_damaged_is_named_and_what_it_rests_on() {
    let names = ["gcc", "cpp"].map(str::to_owned);
    for name in ["dnf", "zypper", "pacman"] {
        let (manager, kept) = (manager(name), kept(name));
        let said = manager.parse_verified(&kept["verify"].output);
        let (files, packages): (&[&str], &[&str]) =
            if name == "pacman" { (&[], &["gcc", "cpp"]) } else { (&["/opt/gcc", "/opt/cpp"], &[]) };
        assert_eq!((said.files, said.packages), (texts(files), texts(packages)), "{name}");
        // A file that is gone has an owner still.
        assert_eq!(manager.parse_owners(&kept["owners-gone"].output), texts(&["cpp", "gcc"]), "{name}");
        let asked = manager.verify(&names).expect("it can be asked");
        assert!(asked.ends_with(&names) && asked[0].starts_with('/'), "{asked:?}");
        let needs = manager.dependencies(&kept["depend"].output);
        let mut of_gcc = needs["gcc"].clone();
        of_gcc.sort();
        assert_eq!((of_gcc, &needs["theirs"]), (texts(&["cpp", "libgcc"]), &texts(&["gcc"])), "{name}");
        assert!(needs["cpp"].is_empty(), "{name}");
    }
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|&it| it.to_owned()).collect()
}

#[test]
fn what_is_on_hold_is_read_and_released_in_the_managers_own_words() {
    let body = |name: &str, case: &str| kept(name)[case].output.clone();
    let conf = "[options]\nHoldPkg = glibc\n#IgnorePkg = no\nIgnorePkg   = libgcc gcc*\n".to_owned();
    for (name, by, text, names, release) in [
        (
            "dnf",
            "/etc/dnf/plugins/versionlock.list",
            body("dnf", "versionlock"),
            &["libgcc"][..],
            Some("dnf versionlock delete libgcc"),
        ),
        ("zypper", "/etc/zypp/locks", body("zypper", "locks"), &["libgcc"], Some("zypper removelock libgcc")),
        ("pacman", "/etc/pacman.conf", conf, &["libgcc", "gcc*"], None),
    ] {
        let manager = manager(name);
        let holds = manager.holds().iter().find(|it| it.by.name() == by).expect("it is read");
        let seen = (holds.read)(&text);
        assert_eq!(seen, texts(names), "{name}");
        assert_eq!(manager.typed_release(by, &seen).as_deref(), release, "{name}");
    }
    // What was really typed, and worked.
    for (name, command) in
        [("dnf", "dnf versionlock delete libgcc"), ("zypper", "zypper --non-interactive removelock libgcc")]
    {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/packages").join(name).join("release.txt");
        let text = std::fs::read_to_string(path).expect("kept");
        assert!(text.starts_with(&format!("$ {command}\n")) && text.ends_with("[exit 0]\n"), "{text}");
    }
}

#[test]
fn the_names_that_a_manager_does_not_know_are_told_from_the_others() {
    let asked = texts(&["libnothing", "gcc", "libnone-devel", "libnone", "none"]);
    for (name, unknown) in [
        ("dnf", &["libnothing", "libnone-devel"][..]),
        ("zypper", &["libnothing", "libnone-devel"]),
        ("pacman", &["libnothing", "libnone"]),
    ] {
        let output = &kept(name)["simulate-unknown-two"].output;
        assert_eq!(manager(name).unknown_names(output, &asked), texts(unknown), "{name}");
    }
    assert_eq!(manager("dnf").bringing("gl").as_deref(), Some("pkgconfig(gl)"));
    assert_eq!(manager("pacman").bringing("gl"), None);
}

#[test]
fn pacman_brings_no_lists_up_to_date_without_upgrading_everything() {
    let pacman = manager("pacman");
    let names = texts(&["gcc"]);
    let all = [pacman.refresh(), pacman.install(&names), pacman.reinstall(&names)]
        .into_iter()
        .chain(pacman.renew());
    for command in all {
        let options: Vec<&String> = command.iter().filter(|it| it.starts_with("-S")).collect();
        assert!(
            !options.is_empty() && options.iter().all(|it| it.contains('y') && it.contains('u')),
            "{command:?}"
        );
    }
    assert!(pacman.installs_fresh());
    // The question has lists of its own.
    let asked = pacman.simulate(&names).join(" ");
    let own = asked.lines().filter(|it| it.contains("-Sy")).all(|it| it.contains("--dbpath \"$lists\""));
    assert!(own && asked.contains("mktemp"), "{asked}");
}
