//! The managers that share one shape. dnf 4, zypper and pacman were run: what they print is in `tests/data/packages`.
//! apk and xbps were not: their rows follow their documentation and sources, and so do the answers that their tests read.

use std::collections::BTreeMap;

use super::commands::{Commands, Fate, Listing, Preview, Steps};
use super::own::{OwnFiles, Watched};
use super::{Installed, Laid, Outcome, Simulation};
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
    owners: &["/usr/bin/rpm", "-qf", "--qf", "%{NAME}\\n"],
    query: &["/usr/bin/rpm", "-qa", "--qf", "%{NAME}\\t%{VERSION}-%{RELEASE}\\n"],
    records: &["/usr/lib/sysimage/rpm", "/var/lib/rpm"],
    laid: Laid::Asked(&["/usr/bin/rpm", "-qa", "--qf", "%{NAME}\\t%{INSTALLTIME}\\n"]),
    typed: "dnf install -y",
    listing: Listing::Between('\t'),
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
        ("Waiting for process with pid", Outcome::Locked),
        ("Another app is currently holding", Outcome::Locked),
        ("can't create transaction lock", Outcome::Locked),
        ("superuser privileges", Outcome::Rights),
        ("needs to be root", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("more space needed on", Outcome::Full),
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
        "nothing provides",
        "Problem:",
        "more space on",
        "transaction lock",
        "Curl error",
        "Status code:",
        "Error: ",
    ],
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

/// openSUSE and SLES.
pub const ZYPPER: Commands = Commands {
    name: "zypper",
    program: "/usr/bin/zypper",
    refresh: &["/usr/bin/zypper", "--non-interactive", "refresh"],
    renew: &[&["/usr/bin/zypper", "--non-interactive", "refresh", "--force"]],
    own: None,
    install: &["/usr/bin/zypper", "--non-interactive", "install", "--no-recommends"],
    reinstall: &["/usr/bin/zypper", "--non-interactive", "install", "--no-recommends", "--force"],
    remove: &["/usr/bin/zypper", "--non-interactive", "remove"],
    simulate: &["/usr/bin/zypper", "--non-interactive", "install", "--no-recommends", "--dry-run"],
    simulate_removal: &["/usr/bin/zypper", "--non-interactive", "remove", "--dry-run"],
    owners: DNF.owners,
    query: DNF.query,
    records: DNF.records,
    laid: DNF.laid,
    typed: "zypper --non-interactive install --no-recommends",
    listing: Listing::Between('\t'),
    preview: Preview::Headed {
        headings: &[
            (" NEW ", Fate::New),
            ("to be upgraded", Fate::Upgraded),
            ("to be downgraded", Fate::Upgraded),
            ("to be REMOVED", Fate::Removed),
        ],
        all_words: true,
    },
    answered_no: None,
    // A reboot or a restart of zypper is advised; a repository was passed over; a script of a package failed.
    done: &[102, 103, 106, 107],
    outcomes: &[
        ("System management is locked", Outcome::Locked),
        ("Root privileges are required", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("more space on", Outcome::Full),
        // Where the lists cannot be had, no name is found in them.
        ("Could not resolve host", Outcome::Network),
        ("Download (curl) error", Outcome::Network),
        ("not found on medium", Outcome::Stale),
        ("No provider of", Outcome::Stale),
        ("not found in package names", Outcome::Stale),
        ("Problem retrieving", Outcome::Network),
        ("nothing provides", Outcome::Conflict),
    ],
    progress: Steps::Counted(&["Installing: "]),
    telling: &[
        "System management is locked",
        "more space on",
        "Problem: ",
        "not found on medium",
        "Error message: ",
        "No provider of",
    ],
};

/// Arch and what is built on it. Refreshing the lists without upgrading everything is a partial upgrade, which Arch does
/// not support: `refresh` is left to `install`'s own `-Syu`, and the person is shown that it upgrades.
pub const PACMAN: Commands = Commands {
    name: "pacman",
    program: "/usr/bin/pacman",
    refresh: &["/usr/bin/pacman", "-Sy", "--noconfirm"],
    renew: &[&["/usr/bin/pacman", "-Syy", "--noconfirm"]],
    own: None,
    install: &["/usr/bin/pacman", "-Syu", "--needed", "--noconfirm"],
    reinstall: &["/usr/bin/pacman", "-S", "--noconfirm"],
    remove: &["/usr/bin/pacman", "-Rn", "--noconfirm"],
    simulate: &["/usr/bin/pacman", "-S", "--needed", "--print", "--print-format", "%n"],
    simulate_removal: &["/usr/bin/pacman", "-R", "--print", "--print-format", "-%n"],
    owners: &["/usr/bin/pacman", "-Qoq"],
    query: &["/usr/bin/pacman", "-Q"],
    records: &["/var/lib/pacman/local"],
    laid: Laid::Entries("/var/lib/pacman/local", |entry, name, version| entry == format!("{name}-{version}")),
    typed: "pacman -Syu --needed --noconfirm",
    listing: Listing::Between(' '),
    preview: Preview::Read(names_of_pacman),
    answered_no: None,
    done: &[],
    outcomes: &[
        ("unable to lock database", Outcome::Locked),
        ("you cannot perform this operation unless you are root", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("not enough free disk space", Outcome::Full),
        ("target not found", Outcome::Stale),
        ("The requested URL returned error: 404", Outcome::Stale),
        ("Could not resolve host", Outcome::Network),
        ("failed retrieving file", Outcome::Network),
        ("failed to retrieve some files", Outcome::Network),
        ("could not satisfy dependencies", Outcome::Conflict),
        ("conflicting dependencies", Outcome::Conflict),
    ],
    progress: Steps::Begins(&["installing ", "upgrading ", "downgrading ", "reinstalling "]),
    telling: &[":: unable to satisfy", ":: removing", "are in conflict", "error: "],
};

/// Alpine.
pub const APK: Commands = Commands {
    name: "apk",
    program: "/sbin/apk",
    refresh: &["/sbin/apk", "update"],
    renew: &[],
    own: None,
    install: &["/sbin/apk", "add"],
    reinstall: &["/sbin/apk", "fix", "--reinstall"],
    remove: &["/sbin/apk", "del"],
    simulate: &["/sbin/apk", "add", "--simulate"],
    simulate_removal: &["/sbin/apk", "del", "--simulate"],
    owners: &[],
    query: &["/sbin/apk", "list", "--installed"],
    records: &["/lib/apk/db/installed"],
    laid: Laid::Nowhere,
    typed: "apk add",
    listing: Listing::Read(list_of_apk),
    preview: Preview::Read(lines_of_apk),
    answered_no: None,
    done: &[],
    outcomes: &[
        ("Unable to lock database: Permission denied", Outcome::Rights),
        ("Unable to lock database", Outcome::Locked),
        ("Permission denied", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("(no such package)", Outcome::Stale),
        ("temporary error", Outcome::Network),
        ("DNS", Outcome::Network),
        ("network error", Outcome::Network),
        ("unable to select packages", Outcome::Conflict),
    ],
    progress: Steps::Counted(&["Installing ", "Upgrading ", "Downgrading ", "Replacing ", "Reinstalling "]),
    telling: &["(no such package)", "breaks: ", "ERROR: ", "WARNING: "],
};

/// Void.
pub const XBPS: Commands = Commands {
    name: "xbps",
    program: "/usr/bin/xbps-install",
    refresh: &["/usr/bin/xbps-install", "-S"],
    renew: &[],
    own: None,
    install: &["/usr/bin/xbps-install", "-Sy"],
    reinstall: &["/usr/bin/xbps-install", "-Syf"],
    remove: &["/usr/bin/xbps-remove", "-y"],
    simulate: &["/usr/bin/xbps-install", "-n"],
    simulate_removal: &["/usr/bin/xbps-remove", "-n"],
    owners: &[],
    query: &["/usr/bin/xbps-query", "-l"],
    records: &["/var/db/xbps"],
    laid: Laid::Nowhere,
    typed: "xbps-install -Sy",
    listing: Listing::Read(list_of_xbps),
    preview: Preview::Read(lines_of_xbps),
    answered_no: None,
    done: &[],
    outcomes: &[
        ("Resource temporarily unavailable", Outcome::Locked),
        ("Permission denied", Outcome::Rights),
        ("Operation not permitted", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("not found in repository pool", Outcome::Stale),
        ("Transient resolver failure", Outcome::Network),
        ("Connection refused", Outcome::Network),
        ("conflicts with", Outcome::Conflict),
    ],
    progress: Steps::Halves(&[": unpacking ...", ": installed successfully"]),
    telling: &["not found in repository pool", "conflicts with", "ERROR"],
};

/// Names, one a line; after a dash what goes. A line with anything else is a message.
fn names_of_pacman(output: &str) -> Simulation {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '+' | '-');
    let mut seen = Simulation::default();
    for name in output.lines().map(str::trim).filter(|it| !it.is_empty() && it.chars().all(plain)) {
        match name.strip_prefix('-') {
            Some(gone) => seen.add(Fate::Removed, gone),
            None => seen.add(Fate::New, name),
        }
    }
    seen
}

/// `(1/5) Installing musl-dev (1.2.5-r0)`
fn lines_of_apk(output: &str) -> Simulation {
    let mut seen = Simulation::default();
    for line in output.lines() {
        let mut words = line.split_whitespace().skip_while(|it| !it.ends_with(')')).skip(1);
        let (Some(verb), Some(name)) = (words.next(), words.next()) else { continue };
        match verb {
            "Installing" => seen.add(Fate::New, name),
            "Upgrading" | "Downgrading" | "Replacing" => seen.add(Fate::Upgraded, name),
            "Purging" => seen.add(Fate::Removed, name),
            _ => {}
        }
    }
    seen
}

/// `gcc-13.2.1-r0 x86_64 {gcc} (license) [installed]`: the last two dashes end the name.
fn list_of_apk(output: &str) -> BTreeMap<String, Installed> {
    let line = |line: &str| {
        let mut parts = line.split_whitespace().next()?.rsplitn(3, '-');
        let (release, version, name) = (parts.next()?, parts.next()?, parts.next()?);
        let version = format!("{version}-{release}");
        Some((name.to_owned(), Installed { version, ..Installed::default() }))
    };
    output.lines().filter_map(line).collect()
}

/// `gcc-13.2.0_2 install x86_64 https://… 1234 567`
fn lines_of_xbps(output: &str) -> Simulation {
    let mut seen = Simulation::default();
    for line in output.lines() {
        let mut words = line.split_whitespace();
        let (Some(package), Some(verb)) = (words.next(), words.next()) else { continue };
        let Some((name, _)) = package.rsplit_once('-') else { continue };
        match verb {
            "install" => seen.add(Fate::New, name),
            "update" => seen.add(Fate::Upgraded, name),
            "remove" => seen.add(Fate::Removed, name),
            _ => {}
        }
    }
    seen
}

/// `ii gcc-13.2.0_2   The GNU Compiler`
fn list_of_xbps(output: &str) -> BTreeMap<String, Installed> {
    let line = |line: &str| {
        let mut words = line.split_whitespace();
        let (state, package) = (words.next()?, words.next()?);
        let (name, version) = package.rsplit_once('-')?;
        let (version, half_done) = (version.to_owned(), state != "ii");
        Some((name.to_owned(), Installed { version, half_done, ..Installed::default() }))
    };
    output.lines().filter_map(line).collect()
}
