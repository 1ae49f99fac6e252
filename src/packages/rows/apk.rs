//! apk, of Alpine. It was not run: the row follows its documentation and sources, and so do the answers that tests read.

use std::collections::BTreeMap;

use super::super::commands::{Commands, Fate, Listing, Owners, Preview, Steps, Verified};
use super::super::{Holds, HoldsBy, Installed, Laid, Outcome, Simulation};
use crate::gather::Gather as _;

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
    owners: Owners::Files(&["/sbin/apk", "info", "--who-owns"], owner_of_apk),
    depend: &["/bin/cat", "/lib/apk/db/installed"],
    dependencies: record_of_apk,
    verify: &["/sbin/apk", "audit", "--system"],
    verifies_all: true,
    verified: line_of_audit,
    locks: &["/lib/apk/db/lock", "/usr/lib/apk/db/lock"],
    holds: &[Holds {
        by: HoldsBy::File("/etc/apk/world"),
        read: pinned,
        release: Some("apk add"),
        by_name: true,
    }],
    unknown: &[(" ", " (no such package):")],
    record: Some("/lib/apk/db"),
    ..Commands::EMPTY
};

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
        let (name, version) = parted(line.split_whitespace().next()?)?;
        Some((name.to_owned(), Installed { version: version.to_owned(), ..Installed::default() }))
    };
    output.lines().filter_map(line).into_map()
}

/// `gcc-13.2.1_git-r0`: the last two dashes end the name.
fn parted(package: &str) -> Option<(&str, &str)> {
    let release = package.rfind('-')?;
    let name = package[..release].rfind('-')?;
    Some((&package[..name], &package[name + 1..]))
}

/// `/usr/bin/gcc is owned by gcc-13.2.1-r0`, and `/a symlink target is owned by …`.
fn owner_of_apk(line: &str) -> Option<&str> {
    Some(parted(line.rsplit_once(" is owned by ")?.1.trim())?.0)
}

/// The record of apk: `P:` names a package, `D:` what it depends on, `p:` what it provides, an empty line ends it. A `!`
/// stands before what must not be there, a version may follow a name.
fn record_of_apk(output: &str) -> BTreeMap<String, Vec<String>> {
    let bare = |it: &str| it.split(['<', '>', '=', '~']).next().unwrap_or_default().to_owned();
    let mut providers: BTreeMap<String, String> = BTreeMap::new();
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut name = String::new();
    for line in output.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let words = value.split(' ').filter(|it| !it.is_empty() && !it.starts_with('!')).map(bare);
        match key {
            "P" => {
                value.clone_into(&mut name);
                providers.insert(name.clone(), name.clone());
                needs.entry(name.clone()).or_default();
            }
            "D" => needs.entry(name.clone()).or_default().extend(words),
            "p" => words.for_each(|it| {
                providers.insert(it, name.clone());
            }),
            _ => {}
        }
    }
    for needed in needs.values_mut() {
        *needed = needed.iter().filter_map(|it| providers.get(it).cloned()).collect();
    }
    needs
}

/// `U usr/lib/x`: changed, and `X`: gone. What was added, and other rights, are no damage.
fn line_of_audit(line: &str) -> Verified<'_> {
    match line.split_once(' ') {
        Some(("U" | "X", path)) if !path.starts_with("etc/") => Verified::File(format!("/{path}")),
        _ => Verified::Nothing,
    }
}

/// Lines of what was asked for, with a version or with what must not be there.
fn pinned(text: &str) -> Vec<String> {
    let of = |word: &str| {
        let name = word.trim_start_matches('!').split(['<', '>', '=', '~', '@']).next()?;
        (name != word).then(|| name.to_owned())
    };
    text.split_whitespace().filter_map(of).collect()
}
