//! apt: Debian, Ubuntu and what is built on them.

use std::collections::BTreeMap;

use super::commands::{Fate, by_words, command, telling};
use super::own::{OwnFiles, Unusable};
use super::{
    Bundling, Changed, Handover, Installed, Laid, Names, Outcome, PackageManager, Progress, Proxies,
    Simulation,
};
use crate::gather::Gather as _;
use crate::quoting::quoted;

mod brought;
mod bundling;
mod files;
#[cfg(test)]
pub mod played;
mod status;
mod unusable;

/// apt-get with dpkg below it.
pub struct Apt;

const APT: &str = "/usr/bin/apt-get";

/// No terminal tricks, no questions; a configuration file that the user changed stays as it is.
const QUIET: &[&str] = &[
    "-y",
    "-o",
    "Dpkg::Use-Pty=0",
    "-o",
    "Dpkg::Options::=--force-confdef",
    "-o",
    "Dpkg::Options::=--force-confold",
];

fn apt(verb: &[&str], names: &[String]) -> Vec<String> {
    let fixed: Vec<&str> = [APT].iter().chain(&verb[..1]).chain(QUIET).chain(&verb[1..]).copied().collect();
    command(&fixed, names)
}

fn simulation(output: &str) -> Simulation {
    let mut seen = Simulation::default();
    for line in output.lines() {
        let mut words = line.split_whitespace();
        let (Some(verb), Some(name)) = (words.next(), words.next()) else { continue };
        match (verb, words.next()) {
            // A bracket directly after the name is the version that is there now.
            ("Inst", Some(next)) if next.starts_with('[') => seen.add(Fate::Upgraded, name),
            ("Inst", Some(next)) if next.starts_with('(') => seen.add(Fate::New, name),
            ("Remv" | "Purg", _) => seen.add(Fate::Removed, name),
            _ => {}
        }
    }
    seen
}

impl PackageManager for Apt {
    fn name(&self) -> &'static str {
        "apt"
    }

    fn program(&self) -> &'static str {
        APT
    }

    fn refresh(&self) -> Vec<String> {
        // A repository of the user's that cannot be reached is a warning and the exit code 0: what we want may well
        // come from the others.
        command(&[APT, "update"], &[])
    }

    fn install(&self, names: &[String]) -> Vec<String> {
        apt(&["install", "--no-install-recommends"], names)
    }

    fn reinstall(&self, names: &[String]) -> Vec<String> {
        apt(&["install", "--no-install-recommends", "--reinstall"], names)
    }

    fn simulate(&self, names: &[String]) -> Vec<String> {
        command(&[APT, "install", "-s", "-q", "--no-install-recommends"], names)
    }

    fn simulate_removal(&self, names: &[String]) -> Vec<String> {
        command(&[APT, "purge", "-s", "-q", "--no-auto-remove"], names)
    }

    fn simulated(&self, code: Option<i32>, output: &str) -> Result<Simulation, Outcome> {
        match self.outcome(output, code) {
            Outcome::Done => Ok(simulation(output)),
            other => Err(other),
        }
    }

    fn bundling(&self) -> Option<&'static dyn Bundling> {
        Some(&bundling::FlatRepository)
    }

    fn brings(&self, output: &str) -> Vec<String> {
        brought::unpacked(output)
    }

    fn laid(&self) -> Laid {
        // Where two architectures have it, each has its own list of files.
        let is = |entry: &str, name: &str, _: &str| {
            let rest = entry.strip_prefix(name).and_then(|it| it.strip_suffix(".list"));
            rest.is_some_and(|it| it.is_empty() || it.starts_with(':'))
        };
        Laid::Entries("/var/lib/dpkg/info", is)
    }

    fn chosen(&self) -> Option<Vec<String>> {
        Some(command(&["/usr/bin/apt-mark", "showmanual"], &[]))
    }

    fn history(&self) -> &'static [&'static str] {
        &["/var/log/dpkg.log.1", "/var/log/dpkg.log"]
    }

    fn removed_since(&self, history: &str, name: &str, version: &str) -> bool {
        brought::removed_since(history, name, version)
    }

    fn remove(&self, names: &[String]) -> Vec<String> {
        apt(&["purge", "--no-auto-remove"], names)
    }

    fn configure(&self) -> Option<Vec<String>> {
        Some(command(&["/usr/bin/dpkg", "--force-confdef", "--force-confold", "--configure", "-a"], &[]))
    }

    fn fix(&self) -> Option<Vec<String>> {
        Some(apt(&["install", "--no-install-recommends", "--no-remove", "--fix-broken"], &[]))
    }

    fn owners(&self, files: &[String]) -> Option<Vec<String>> {
        // One directory has two names on a system with merged /usr, and dpkg knows the one of the package.
        let other = |it: &String| it.strip_prefix("/usr").map_or_else(|| format!("/usr{it}"), str::to_owned);
        let both: Vec<String> = files.iter().flat_map(|it| [it.clone(), other(it)]).collect();
        Some(command(&["/usr/bin/dpkg-query", "-S"], &both))
    }

    fn parse_owners(&self, output: &str) -> Vec<String> {
        // `libgl-dev:amd64, other: /usr/lib/…/libGL.so`
        let lines = output.lines().filter(|it| !it.starts_with("diversion by "));
        let names = lines.filter_map(|it| it.split_once(": /")).flat_map(|it| it.0.split(", "));
        let mut all: Vec<String> = names.filter_map(|it| it.split(':').next()).map(str::to_owned).collect();
        all.sort();
        all.dedup();
        all
    }

    fn depend(&self) -> Option<Vec<String>> {
        Some(command(&["/usr/bin/dpkg-query", "-W", "-f", "${Package}\\t${Depends}, ${Pre-Depends}\\n"], &[]))
    }

    fn dependencies(&self, output: &str) -> BTreeMap<String, Vec<String>> {
        let line = |line: &str| {
            let (name, rest) = line.split_once('\t')?;
            let each = rest.split([',', '|']).filter_map(|it| it.split_whitespace().next());
            let names = each.filter_map(|it| it.split(':').next()).map(str::to_owned).collect();
            Some((name.to_owned(), names))
        };
        output.lines().filter_map(line).into_map()
    }

    fn verify(&self, names: &[String]) -> Option<Vec<String>> {
        Some(command(&["/usr/bin/dpkg", "--verify"], names))
    }

    fn parse_verified(&self, output: &str) -> Changed {
        // `??5??????   /usr/…` and `missing     /usr/…`; a `c` before the path is a configuration file, and what is said
        // in brackets after it is why nobody could look.
        let line = |line: &str| {
            let rest = line.get(9..)?.trim_start();
            let plain = rest.starts_with('/') && !rest.ends_with(')');
            plain.then(|| rest.to_owned())
        };
        Changed { files: output.lines().filter_map(line).collect(), ..Changed::default() }
    }

    fn query(&self) -> Vec<String> {
        command(&["/usr/bin/dpkg-query", "-W", "-f", "${Package}\\t${Version}\\t${Status}\\n"], &[])
    }

    fn records(&self) -> &'static [&'static str] {
        &["/var/lib/dpkg/status"]
    }

    fn installed(&self, output: &str) -> BTreeMap<String, Installed> {
        let there = status::packages(output).into_iter().filter(|it| it.installed() || it.half_done());
        there
            .map(|it| {
                let (held, half_done) = (it.held(), it.half_done());
                (it.name, Installed { version: it.version, held, half_done })
            })
            .into_map()
    }

    fn variables(&self) -> &'static [(&'static str, &'static str)] {
        // needrestart would restart services of the user's in the middle of the work.
        &[
            ("DEBIAN_FRONTEND", "noninteractive"),
            ("APT_LISTCHANGES_FRONTEND", "none"),
            ("NEEDRESTART_SUSPEND", "1"),
        ]
    }

    fn proxy(&self, proxies: &Proxies, file: &str) -> Handover {
        let pairs = [("Acquire::http::Proxy", &proxies.http), ("Acquire::https::Proxy", &proxies.https)];
        let set: Vec<_> = pairs.into_iter().filter_map(|(key, it)| Some((key, it.as_ref()?))).collect();
        if proxies.secret() {
            // A quote would end the string, and apt has no way to write one.
            let lines = set.iter().map(|(key, it)| format!("{key} \"{}\";\n", it.replace('"', "%22")));
            let args = vec!["-c".to_owned(), file.to_owned()];
            return Handover { args, file: Some(lines.collect()), ..Handover::default() };
        }
        let args = set.iter().flat_map(|(key, it)| ["-o".to_owned(), format!("{key}={it}")]);
        Handover { args: args.collect(), ..Handover::default() }
    }

    fn outcome(&self, output: &str, code: Option<i32>) -> Outcome {
        // It says so and calls that a success: nothing was done.
        if output.contains("is not possible, it cannot be downloaded") {
            return Outcome::Stale;
        }
        by_words(
            output,
            code,
            &[
                ("Could not get lock", Outcome::Locked),
                ("Unable to lock", Outcome::Locked),
                ("is locked by another process", Outcome::Locked),
                ("are you root?", Outcome::Rights),
                ("in statoverride file", Outcome::Orphaned),
                ("dpkg was interrupted", Outcome::Interrupted),
                ("No space left on device", Outcome::Full),
                ("You don't have enough free space", Outcome::Full),
                ("apt --fix-broken install", Outcome::Broken),
                ("apt-get -f install", Outcome::Broken),
                ("Unable to locate package", Outcome::Stale),
                ("has no installation candidate", Outcome::Stale),
                ("I can't find an archive for it", Outcome::Stale),
                ("404  Not Found", Outcome::Stale),
                ("Hash Sum mismatch", Outcome::Stale),
                ("File has unexpected size", Outcome::Stale),
                ("Could not resolve", Outcome::Network),
                ("Temporary failure resolving", Outcome::Network),
                ("Could not connect", Outcome::Network),
                ("Unable to connect", Outcome::Network),
                ("Connection failed", Outcome::Network),
                ("Failed to fetch", Outcome::Network),
                ("Held packages were changed", Outcome::Conflict),
                ("you have held broken packages", Outcome::Conflict),
                ("have unmet dependencies", Outcome::Conflict),
            ],
        )
    }

    fn typed(&self, names: &[String]) -> String {
        format!("apt-get update && apt-get install -y --no-install-recommends {}", names.join(" "))
    }

    fn typed_again(&self, names: &[String]) -> String {
        format!("apt-get install -y --reinstall {}", names.join(" "))
    }

    fn typed_configure(&self) -> Option<&'static str> {
        Some("dpkg --configure -a")
    }

    fn typed_disown(&self, path: &str) -> Option<String> {
        Some(format!("dpkg-statoverride --remove {}", quoted(path)))
    }

    fn held_by(&self) -> &'static str {
        "apt-mark hold"
    }

    fn typed_release(&self, _by: &str, names: &[String]) -> Option<String> {
        Some(format!("apt-mark unhold {}", names.join(" ")))
    }

    fn progress(&self, line: &str) -> Option<Progress> {
        // Each is unpacked once and set up once.
        let half = line.starts_with("Unpacking ") || line.starts_with("Setting up ");
        half.then_some(Progress::Half)
    }

    fn telling_line<'a>(&self, output: &'a str) -> Option<&'a str> {
        let own = |it: &&str| it.starts_with("E:") || it.starts_with("dpkg: error") || it.contains("rror:");
        output.lines().find(own).map(str::trim).or_else(|| telling(output, &[]))
    }

    fn locks(&self) -> &'static [&'static str] {
        &[
            "/var/lib/dpkg/lock-frontend",
            "/var/lib/dpkg/lock",
            "/var/lib/apt/lists/lock",
            "/var/cache/apt/archives/lock",
        ]
    }

    fn lists(&self) -> Option<Names> {
        let says = |names: &[String]| names.iter().any(|it| it.contains("_Packages"));
        Some(Names { dir: "/var/lib/apt/lists", says })
    }

    fn interrupted(&self) -> Option<Names> {
        Some(Names { dir: "/var/lib/dpkg/updates", says: status::interrupted })
    }

    fn record(&self) -> Option<&'static str> {
        Some("/var/lib/dpkg")
    }

    fn own_files(&self) -> Option<&'static OwnFiles> {
        Some(&files::FILES)
    }

    fn renew(&self) -> Vec<Vec<String>> {
        // What an archive says it has not changed, `update` does not fetch, however wrong the list is that is here.
        let lists = ["/var/lib/apt/lists", "-maxdepth", "1", "-type", "f", "-name", "*_*", "-delete"];
        let forget = ["/usr/bin/find"].into_iter().chain(lists).map(str::to_owned).collect();
        vec![forget, self.refresh()]
    }

    fn reached(&self, output: &str, _code: Option<i32>) -> bool {
        // What it cannot reach it merely warns of.
        output.lines().any(|it| it.starts_with("Hit:") || it.starts_with("Get:"))
    }

    fn unusable(&self, output: &str) -> Vec<Unusable> {
        unusable::read(output)
    }

    fn disown(&self, output: &str, record: &str) -> Vec<Vec<String>> {
        unusable::disown(output, record)
    }
}

#[cfg(test)]
mod tests;
