//! pacman, of Arch. It was run: what it prints is in `tests/data/packages`.

use std::collections::BTreeMap;

mod bundling;

use super::super::commands::{Commands, Fate, Listing, Owners, Preview, Steps, Verified, plain_name};
use super::super::{Holds, HoldsBy, Laid, LastingLock, Names, Outcome, Simulation};

/// What an installation would do, by lists of today that are thrown away: were the system's own brought up to date for the
/// question alone, its next `pacman -S` would be a partial upgrade. Without a network the system's own lists answer.
const FORESEEN: &str = r#"set -e
lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT
own=$(pacman-conf DBPath)
ln -s "${own%/}/local" "$lists/local"
chmod 755 "$lists"
if pacman -Sy --dbpath "$lists" --logfile /dev/null >"$lists/said" 2>&1; then own=$lists; fi
pacman -Su --needed --print --print-format %n --dbpath "$own" "$@"
"#;

/// It is there as long as pacman, or whatever else uses its library, is at work.
const LOCK: LastingLock = LastingLock {
    path: "/var/lib/pacman/db.lck",
    users: &[
        "pacman",
        "pamac",
        "pamac-daemon",
        "pamac-manager",
        "packagekitd",
        "yay",
        "paru",
        "octopi",
        "octopi-helper",
    ],
};

/// Arch and what is built on it. Fresh lists above old packages are a partial upgrade, which Arch does not support: whatever
/// brings the lists up to date upgrades everything in the same command, and the person is shown that it does.
pub const PACMAN: Commands = Commands {
    name: "pacman",
    program: "/usr/bin/pacman",
    own: None,
    install: &["/usr/bin/pacman", "-Syu", "--needed", "--noconfirm"],
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
        // Of somebody's own, or of a transaction that was cut off: nobody but a person can tell.
        ("exists in filesystem", Outcome::Conflict),
        ("HoldPkg was found in target list", Outcome::Conflict),
    ],
    progress: Steps::Begins(&["installing ", "upgrading ", "downgrading ", "reinstalling "]),
    telling: &[
        ":: HoldPkg",
        "exists in filesystem",
        ":: unable to satisfy",
        ":: removing",
        "are in conflict",
        "error: ",
    ],
    reinstall: &["/usr/bin/pacman", "-Syu", "--noconfirm"],
    remove: &["/usr/bin/pacman", "-Rnc", "--noconfirm"],
    simulate: &["/bin/sh", "-c", FORESEEN, "pacman"],
    simulate_removal: &["/usr/bin/pacman", "-Rc", "--print", "--print-format", "-%n"],
    refresh: &["/usr/bin/pacman", "-Syu", "--noconfirm"],
    renew: &[&["/usr/bin/pacman", "-Syyu", "--noconfirm"]],
    installs_fresh: true,
    configure: &["/usr/bin/rm", "-f", LOCK.path],
    typed_configure: Some("rm /var/lib/pacman/db.lck"),
    lasting_lock: Some(&LOCK),
    owners: Owners::Files(&["/usr/bin/pacman", "-Qoq"], plain_name),
    depend: &["/usr/bin/pacman", "-Qi"],
    dependencies,
    verify: &["/usr/bin/pacman", "-Qkk"],
    verified,
    lists: Some(Names {
        dir: "/var/lib/pacman/sync",
        says: |names| names.iter().any(|it| it.strip_suffix(".db").is_some()),
    }),
    holds: &[Holds { by: HoldsBy::File("/etc/pacman.conf"), read: ignored, release: None, by_name: false }],
    unknown: &[("target not found: ", "")],
    record: Some("/var/lib/pacman"),
    bundling: Some(&bundling::Repository),
    ..Commands::EMPTY
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

/// The blocks of `pacman -Qi`; `None` stands where there is nothing, and a version may follow a name.
fn dependencies(output: &str) -> BTreeMap<String, Vec<String>> {
    let mut providers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut name = String::new();
    for line in output.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let bare = |it: &str| it.split(['<', '>', '=']).next().unwrap_or_default().to_owned();
        let words: Vec<String> = value.split_whitespace().filter(|it| *it != "None").map(bare).collect();
        match key.trim() {
            "Name" => {
                name = words.concat();
                providers.entry(name.clone()).or_default().push(name.clone());
                needs.entry(name.clone()).or_default();
            }
            "Provides" => {
                for it in words {
                    providers.entry(it).or_default().push(name.clone());
                }
            }
            "Depends On" => needs.entry(name.clone()).or_default().extend(words),
            _ => {}
        }
    }
    for needed in needs.values_mut() {
        *needed = needed.iter().filter_map(|it| providers.get(it)).flatten().cloned().collect();
    }
    needs
}

/// `warning: cpp: /usr/lib/x (Size mismatch)`. Times and rights are not damage; what people may change is told as a `backup
/// file`.
fn verified(line: &str) -> Verified<'_> {
    const DAMAGE: [&str; 5] = [
        "No such file or directory",
        "Size mismatch",
        "checksum mismatch",
        "File type mismatch",
        "Symlink path mismatch",
    ];
    let said = line.strip_prefix("warning: ").and_then(|it| it.split_once(": /"));
    match said {
        Some((name, rest)) if DAMAGE.iter().any(|it| rest.contains(it)) && !name.contains(' ') => {
            Verified::Package(name)
        }
        _ => Verified::Nothing,
    }
}

/// `IgnorePkg = gcc glibc`.
fn ignored(text: &str) -> Vec<String> {
    let of = |line: &'_ str| {
        line.split_once('=').filter(|it| it.0.trim() == "IgnorePkg").map(|it| it.1.to_owned())
    };
    text.lines()
        .filter_map(of)
        .flat_map(|it| it.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}
