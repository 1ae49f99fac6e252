//! zypper. It was run: what it prints is in `tests/data/packages`.

use super::super::commands::{Commands, Fate, Preview, Steps};
use super::super::{Holds, HoldsBy, Outcome};
use super::rpm::RPM;

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
    typed: "zypper --non-interactive install --no-recommends",
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
        ("rpmdb open failed", Outcome::Interrupted),
        ("cannot open Packages", Outcome::Interrupted),
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
        ("Problem: ", Outcome::Conflict),
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
    pids: &["/run/zypp.pid", "/var/run/zypp.pid"],
    holds: &[Holds {
        by: HoldsBy::File("/etc/zypp/locks"),
        read: locks_of_zypp,
        release: Some("zypper removelock"),
        by_name: true,
    }],
    unknown: &[("No provider of '", "' found.")],
    resolves: true,
    ..RPM
};

/// `solvable_name: gcc` in a block of lines; one may stand for a repository alone.
fn locks_of_zypp(text: &str) -> Vec<String> {
    text.lines().filter_map(|it| it.strip_prefix("solvable_name:")).map(|it| it.trim().to_owned()).collect()
}
