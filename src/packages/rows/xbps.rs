//! xbps, of Void. It was not run: the row follows its documentation and sources, and so do the answers that tests read.

use std::collections::BTreeMap;

use super::super::commands::{Commands, Fate, Listing, Owners, Preview, Steps, Verified};
use super::super::{Holds, HoldsBy, Installed, Laid, Names, Outcome, Simulation};
use crate::gather::Gather as _;

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
    owners: Owners::Pattern(&["/usr/bin/xbps-query", "--regex", "-o"], owner_of_xbps),
    configure: &["/usr/bin/xbps-reconfigure", "-a"],
    typed_configure: Some("xbps-reconfigure -a"),
    verify: &["/usr/bin/xbps-pkgdb"],
    verified: line_of_pkgdb,
    locks: &["/var/db/xbps/lock", "/var/db/xbps/pkgdb-0.38.plist"],
    lists: Some(Names { dir: "/var/db/xbps", says: |names| names.iter().any(|it| it.starts_with("http")) }),
    holds: &[Holds {
        by: HoldsBy::Answer(&["/usr/bin/xbps-query", "-H"]),
        read: held_by_xbps,
        release: Some("xbps-pkgdb -m unhold"),
        by_name: true,
    }],
    unknown: &[("Package '", "' not found in repository pool.")],
    record: Some("/var/db/xbps"),
    ..Commands::EMPTY
};

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
    output.lines().filter_map(line).into_map()
}

/// `gcc-13.2.0_2: /usr/bin/gcc (regular file)`
fn owner_of_xbps(line: &str) -> Option<&str> {
    Some(line.split_once(": /")?.0.rsplit_once('-')?.0)
}

/// `ERROR: gcc: hash mismatch for /usr/bin/gcc.` and `ERROR: gcc: unexistent file /usr/lib/x.`
fn line_of_pkgdb(line: &str) -> Verified<'_> {
    let said = line.strip_prefix("ERROR: ").and_then(|it| it.split_once(": "));
    match said {
        Some((name, what)) if what.starts_with("hash mismatch") || what.starts_with("unexistent file") => {
            Verified::Package(name)
        }
        _ => Verified::Nothing,
    }
}

/// `gcc-13.2.0_2`, one a line.
fn held_by_xbps(output: &str) -> Vec<String> {
    output.lines().filter_map(|it| Some(it.trim().rsplit_once('-')?.0.to_owned())).collect()
}
