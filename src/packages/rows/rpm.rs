//! What the managers above rpm share.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::Laid;
use super::super::commands::{Commands, Listing, Owners, Verified, plain_name};

/// The name in a bundle of a file that was gathered, where it is a package.
pub(super) fn package(file: &str) -> Option<String> {
    Path::new(file).extension().is_some_and(|it| it == "rpm").then(|| file.to_owned())
}

/// What is rpm's in all of them.
pub(super) const RPM: Commands = Commands {
    configure: &["/usr/bin/rpm", "--rebuilddb"],
    typed_configure: Some("rpm --rebuilddb"),
    owners: Owners::Files(&["/usr/bin/rpm", "-qf", "--qf", "%{NAME}\\n"], plain_name),
    depend: &[
        "/usr/bin/rpm",
        "-qa",
        "--qf",
        "[%{=NAME}\\tprovides\\t%{PROVIDENAME}\\n][%{=NAME}\\trequires\\t%{REQUIRENAME}\\n]",
    ],
    dependencies,
    verify: &["/usr/bin/rpm", "-V"],
    verified,
    query: &["/usr/bin/rpm", "-qa", "--qf", "%{NAME}\\t%{VERSION}-%{RELEASE}\\n"],
    records: &["/usr/lib/sysimage/rpm", "/var/lib/rpm"],
    laid: Laid::Asked(&["/usr/bin/rpm", "-qa", "--qf", "%{NAME}\\t%{INSTALLTIME}\\n"]),
    listing: Listing::Between('\t'),
    locks: &["/usr/lib/sysimage/rpm/.rpm.lock", "/var/lib/rpm/.rpm.lock"],
    record: Some("/var/lib/rpm"),
    ..Commands::EMPTY
};

/// `gcc`, a tab, `requires`, a tab, `libc.so.6()(64bit)`: what a package provides has many names, and so has what it requires.
fn dependencies(output: &str) -> BTreeMap<String, Vec<String>> {
    let mut providers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for [name, verb, what] in output.lines().filter_map(cells) {
        if verb == "provides" {
            providers.entry(what).or_default().push(name);
        }
    }
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for [name, verb, what] in output.lines().filter_map(cells) {
        let needed = all.entry(name.to_owned()).or_default();
        let by = providers.get(what).filter(|_| verb == "requires").into_iter().flatten();
        for other in by.filter(|it| **it != name) {
            if !needed.iter().any(|it| it == other) {
                needed.push((*other).to_owned());
            }
        }
    }
    all
}

fn cells(line: &str) -> Option<[&str; 3]> {
    line.split('\t').collect::<Vec<_>>().try_into().ok()
}

/// `S.5....T.  c /etc/x` and `missing     /usr/bin/x`; the letter is a `c` where people may change the file. Times and
/// rights are not damage, and what is said in brackets is why nobody could look.
fn verified(line: &str) -> Verified<'_> {
    let Some((flags, rest)) = line.split_once(' ') else { return Verified::Nothing };
    let rest = rest.trim_start();
    let path = rest.strip_prefix("d ").or_else(|| rest.strip_prefix("l ")).unwrap_or(rest);
    let gone = flags == "missing";
    let changed = flags.len() == 9 && flags.contains(['S', '5', 'L', 'D']);
    if (gone || changed) && path.starts_with('/') && !path.ends_with(')') {
        return Verified::File(path.to_owned());
    }
    Verified::Nothing
}

/// The name of `gcc-0:14.2.1-3.fc43.x86_64`: what stands before the last two dashes, whatever the rest looks like.
pub(super) fn nevra(pattern: &str) -> &str {
    let mut parts = pattern.rsplitn(3, '-');
    let (release, version, name) = (parts.next(), parts.next(), parts.next());
    match (release, version, name) {
        (Some(_), Some(version), Some(name))
            if version.starts_with(|it: char| it.is_ascii_digit() || it == '*') =>
        {
            name
        }
        _ => pattern,
    }
}
