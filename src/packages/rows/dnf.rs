//! dnf, yum and microdnf. dnf 4 was run: what it prints is in `tests/data/packages`. dnf5, yum 3 and microdnf were not: their
//! rows follow their documentation and sources.

mod bundling;
mod repodata;

use super::super::commands::{Commands, Fate, Preview, Steps};
use super::super::own::{OwnFiles, Watched};
use super::super::{Holds, HoldsBy, Outcome, Simulation};
use super::rpm::{RPM, nevra};
use crate::facts::supply::SettingKind;
use crate::shell::Dialect;

/// Fedora, and RHEL with what is built on it; dnf5 goes by the same name. Its lists refresh by themselves as they grow
/// old; `makecache` alone would leave those that are young and wrong.
pub const DNF: Commands = Commands {
    name: "dnf",
    program: "/usr/bin/dnf",
    refresh: &["/usr/bin/dnf", "makecache", "--refresh"],
    renew: &[&["/usr/bin/dnf", "clean", "metadata"], &["/usr/bin/dnf", "makecache", "--refresh"]],
    own: Some(&DNF_FILES),
    install: &["/usr/bin/dnf", "install", "-y", "--setopt=install_weak_deps=False"],
    reinstall: &["/usr/bin/dnf", "reinstall", "-y"],
    remove: &["/usr/bin/dnf", "remove", "-y", "--noautoremove"],
    simulate: &["/usr/bin/dnf", "install", "--assumeno", "--setopt=install_weak_deps=False"],
    simulate_removal: &["/usr/bin/dnf", "remove", "--assumeno", "--noautoremove"],
    typed: "dnf install -y",
    preview: Preview::Headed {
        headings: &[
            ("Installing", Fate::New),
            ("Upgrading", Fate::Upgraded),
            ("Downgrading", Fate::Upgraded),
            ("Removing", Fate::Removed),
        ],
        all_words: false,
    },
    answered_no: Some("Operation aborted"),
    done: &[],
    outcomes: &[
        ("rpmdb open failed", Outcome::Interrupted),
        ("cannot open Packages", Outcome::Interrupted),
        ("Failed to obtain rpm transaction lock", Outcome::Locked),
        ("Waiting for process with pid", Outcome::Locked),
        ("Another app is currently holding", Outcome::Locked),
        ("can't create transaction lock", Outcome::Locked),
        ("superuser privileges", Outcome::Rights),
        ("needs to be root", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("more space needed on", Outcome::Full),
        ("filtered out by exclude filtering", Outcome::Conflict),
        ("No match for argument", Outcome::Stale),
        ("Unable to find a match", Outcome::Stale),
        ("Status code: 404", Outcome::Stale),
        ("Could not resolve host", Outcome::Network),
        ("Failed to download metadata", Outcome::Network),
        ("Cannot download", Outcome::Network),
        ("conflicting requests", Outcome::Conflict),
    ],
    progress: Steps::Counted(&["Installing ", "Upgrading ", "Downgrading ", "Reinstalling "]),
    // `Error:` often stands alone above what is wrong.
    telling: &[
        "malformed",
        "nothing provides",
        "Problem:",
        "more space on",
        "transaction lock",
        "Curl error",
        "Status code:",
        "Error: ",
    ],
    instead: &["microdnf", "yum"],
    pids: &[
        "/var/cache/dnf/metadata_lock.pid",
        "/var/cache/dnf/download_lock.pid",
        "/var/lib/dnf/rpmdb_lock.pid",
    ],
    holds: &[
        Holds {
            by: HoldsBy::File("/etc/dnf/plugins/versionlock.list"),
            read: versionlock,
            release: Some("dnf versionlock delete"),
            by_name: true,
        },
        Holds {
            by: HoldsBy::File("/etc/dnf/versionlock.toml"),
            read: versionlock_of_dnf5,
            release: Some("dnf versionlock delete"),
            by_name: true,
        },
        Holds { by: HoldsBy::File("/etc/dnf/dnf.conf"), read: excluded, release: None, by_name: true },
    ],
    unknown: &[("No match for argument: ", "")],
    resolves: true,
    bundling: Some(&bundling::Repository),
    ..RPM
};

/// A proxy may stand in the settings of all, or of one repository.
const DNF_FILES: OwnFiles = OwnFiles {
    settings: &[
        (Watched::file("/etc/dnf/dnf.conf"), Dialect::Ini),
        (Watched::dir("/etc/yum.repos.d", &["repo"]), Dialect::Ini),
    ],
    about: |key| (key == "proxy").then_some(SettingKind::Proxy),
    sources: &[],
    releases: &[],
    owners: None,
};

/// The yum of before dnf: RHEL 7 and Amazon Linux 2. Where `yum` is another name of dnf, dnf is there, too.
pub const YUM: Commands = Commands {
    name: "yum",
    program: "/usr/bin/yum",
    refresh: &["/usr/bin/yum", "makecache"],
    renew: &[&["/usr/bin/yum", "clean", "metadata"], &["/usr/bin/yum", "makecache"]],
    own: Some(&YUM_FILES),
    install: &["/usr/bin/yum", "install", "-y"],
    reinstall: &["/usr/bin/yum", "reinstall", "-y"],
    remove: &["/usr/bin/yum", "remove", "-y", "--setopt=clean_requirements_on_remove=0"],
    simulate: &["/usr/bin/yum", "install", "--assumeno"],
    simulate_removal: &["/usr/bin/yum", "remove", "--assumeno", "--setopt=clean_requirements_on_remove=0"],
    typed: "yum install -y",
    preview: Preview::Headed {
        headings: &[
            ("Installing", Fate::New),
            ("Updating", Fate::Upgraded),
            ("Upgrading", Fate::Upgraded),
            ("Downgrading", Fate::Upgraded),
            ("Removing", Fate::Removed),
        ],
        all_words: false,
    },
    answered_no: Some("Exiting on user"),
    outcomes: &[
        ("rpmdb open failed", Outcome::Interrupted),
        ("cannot open Packages", Outcome::Interrupted),
        ("Another app is currently holding", Outcome::Locked),
        ("can't create transaction lock", Outcome::Locked),
        ("You need to be root", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("more space needed on", Outcome::Full),
        ("No package ", Outcome::Stale),
        ("HTTP Error 404", Outcome::Stale),
        ("Could not resolve host", Outcome::Network),
        ("Cannot find a valid baseurl", Outcome::Network),
        ("Error downloading packages", Outcome::Network),
        ("Requires: ", Outcome::Conflict),
    ],
    telling: &["Requires: ", "No package ", "HTTP Error", "Error: "],
    pids: &["/run/yum.pid", "/var/run/yum.pid"],
    holds: &[
        Holds {
            by: HoldsBy::File("/etc/yum/pluginconf.d/versionlock.list"),
            read: versionlock,
            release: Some("yum versionlock delete"),
            by_name: true,
        },
        Holds { by: HoldsBy::File("/etc/yum.conf"), read: excluded, release: None, by_name: true },
    ],
    unknown: &[("No package ", " available.")],
    bundling: None,
    ..DNF
};

const YUM_FILES: OwnFiles = OwnFiles {
    settings: &[
        (Watched::file("/etc/yum.conf"), Dialect::Ini),
        (Watched::dir("/etc/yum.repos.d", &["repo"]), Dialect::Ini),
    ],
    ..DNF_FILES
};

/// The small one of container images. It cannot say what it would do with an answer of no, only with `--test`.
pub const MICRODNF: Commands = Commands {
    name: "microdnf",
    program: "/usr/bin/microdnf",
    refresh: &["/usr/bin/microdnf", "makecache"],
    renew: &[&["/usr/bin/microdnf", "clean", "all"], &["/usr/bin/microdnf", "makecache"]],
    install: &["/usr/bin/microdnf", "install", "-y", "--setopt=install_weak_deps=0"],
    reinstall: &["/usr/bin/microdnf", "reinstall", "-y"],
    remove: &["/usr/bin/microdnf", "remove", "-y", "--noautoremove"],
    simulate: &["/usr/bin/microdnf", "install", "--assumeno", "--setopt=install_weak_deps=0"],
    simulate_removal: &["/usr/bin/microdnf", "remove", "--assumeno", "--noautoremove"],
    typed: "microdnf install -y",
    preview: Preview::Read(table_of_microdnf),
    unknown: &[("No package matches '", "'")],
    bundling: None,
    outcomes: &[
        ("rpmdb open failed", Outcome::Interrupted),
        ("cannot open Packages", Outcome::Interrupted),
        ("transaction lock", Outcome::Locked),
        ("Failed to obtain the transaction lock", Outcome::Locked),
        ("requires being root", Outcome::Rights),
        ("Permission denied", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("more space needed on", Outcome::Full),
        ("No package matches", Outcome::Stale),
        ("Status code: 404", Outcome::Stale),
        ("Could not resolve host", Outcome::Network),
        ("cannot download", Outcome::Network),
        ("Cannot download", Outcome::Network),
        ("Could not depsolve", Outcome::Conflict),
    ],
    telling: &["nothing provides", "No package matches", "Curl error", "Status code:", "error: "],
    ..DNF
};

/// `gcc-0:14.2.1-3.fc43.*`, one a line; one that begins with `!` keeps a version away, and others may come.
fn versionlock(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|it| !it.starts_with(['#', '!']) && !it.is_empty());
    lines.map(|it| nevra(it).to_owned()).collect()
}

/// dnf5: `name = "gcc"` below `[[packages]]`.
fn versionlock_of_dnf5(text: &str) -> Vec<String> {
    let table: toml::Table = text.parse().unwrap_or_default();
    let packages = table.get("packages").and_then(toml::Value::as_array).into_iter().flatten();
    packages.filter_map(|it| Some(it.get("name")?.as_str()?.to_owned())).collect()
}

/// `excludepkgs=gcc, cpp*` of dnf's own settings, and its older names.
fn excluded(text: &str) -> Vec<String> {
    let of = |line: &str| {
        let (key, value) = line.split_once('=')?;
        let key = ["exclude", "excludepkgs"].contains(&key.trim());
        key.then(|| {
            value.split([',', ' ']).filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        })
    };
    text.lines().filter_map(of).flatten().collect()
}

/// Rows of ` gcc-11.4.1-3.el9.x86_64  appstream  32.5 MB` below `Installing:` and its like.
fn table_of_microdnf(output: &str) -> Simulation {
    let mut seen = Simulation::default();
    let mut below = None;
    for line in output.lines() {
        if !line.starts_with(' ') {
            below = match line.trim() {
                "Installing:" => Some(Fate::New),
                "Upgrading:" | "Downgrading:" | "Reinstalling:" => Some(Fate::Upgraded),
                "Removing:" => Some(Fate::Removed),
                _ => None,
            };
            continue;
        }
        let first = line.split_whitespace().next().filter(|it| *it != "replacing");
        let (Some(fate), Some(package)) = (below, first) else { continue };
        seen.add(fate, nevra(package));
    }
    seen
}
