//! apt: Debian, Ubuntu and what is built on them.

use std::collections::BTreeMap;

use super::commands::{Fate, by_words, command, telling};
use super::own::{OwnFiles, Unusable};
use super::{
    Changed, Handover, Installed, Laid, Names, Outcome, PackageManager, Progress, Proxies, Simulation,
};
use crate::quoting::quoted;

mod brought;
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
        output.lines().filter_map(line).collect()
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
            .collect()
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
mod tests {
    use super::*;

    #[test]
    fn reads_a_simulation() {
        let text = "NOTE: This is only a simulation!\n\
            Reading package lists...\n\
            The following NEW packages will be installed:\n  libxrandr-dev\n\
            Remv gcc-11 [11.3.0-1]\nPurg libold [1]\n\
            Inst libc6 [2.36-9+deb12u13] (2.36-9+deb12u14 Debian:12.12/stable [amd64]) []\n\
            Inst libxrandr-dev (2:1.5.2-2+b1 Debian:12.12/stable [amd64])\n\
            Inst libc6:i386 (2.36-9+deb12u14 Debian:12.12/stable [i386])\n\
            Conf libxrandr-dev (2:1.5.2-2+b1 Debian:12.12/stable [amd64])\nInst\nInst odd\n";
        let seen = simulation(text);
        assert_eq!(seen.new, ["libxrandr-dev", "libc6:i386"]);
        assert_eq!(seen.upgraded, ["libc6"]);
        assert_eq!(seen.removed, ["gcc-11", "libold"]);
    }

    #[test]
    fn dpkg_says_whose_a_file_is_and_what_was_changed() {
        let said = "libgl-dev:amd64, libold: /usr/lib/x86_64-linux-gnu/libGL.so\n\
            diversion by dash from: /bin/sh\ndpkg-query: no path found matching pattern /lib/x\n\
            libgl-dev:amd64: /usr/lib/x86_64-linux-gnu/pkgconfig/gl.pc\n";
        assert_eq!(Apt.parse_owners(said), ["libgl-dev", "libold"]);
        let files = ["/usr/lib/a".to_owned(), "/lib/b".to_owned()];
        let asked = Apt.owners(&files).expect("apt can be asked");
        assert_eq!(asked[2..], ["/usr/lib/a", "/lib/a", "/lib/b", "/usr/lib/b"]);
        let said = "??5??????   /usr/lib/gl.pc\nmissing     /usr/bin/x\n??5?????? c /etc/x\n\
            missing     /var/polkit (Permission denied)\nnothing\n";
        assert_eq!(Apt.parse_verified(said).files, ["/usr/lib/gl.pc", "/usr/bin/x"]);
        let said = "gcc\tcpp (= 4:12), gcc-12 (>= 12) | gcc-11:any, \nlibc6\t, \n";
        let depend = Apt.dependencies(said);
        assert_eq!(depend["gcc"], ["cpp", "gcc-12", "gcc-11"]);
        assert!(depend["libc6"].is_empty());
    }

    #[test]
    fn the_end_of_a_command_is_understood() {
        let rows = [
            (
                "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 812 (apt-get)\n\
                 E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?",
                100,
                Outcome::Locked,
            ),
            ("E: Unable to lock directory /var/lib/apt/lists/", 100, Outcome::Locked),
            ("dpkg: error: dpkg frontend lock is locked by another process with pid 812", 2, Outcome::Locked),
            (
                "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n\
                 E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?",
                100,
                Outcome::Rights,
            ),
            (
                "E: dpkg was interrupted, you must manually run 'dpkg --configure -a'",
                100,
                Outcome::Interrupted,
            ),
            ("E: Unable to locate package libxinerama-dev", 100, Outcome::Stale),
            ("E: You don't have enough free space in /var/cache/apt/archives/.", 100, Outcome::Full),
            ("Could not connect to 127.0.0.1:9 (127.0.0.1).\nE: Failed to fetch", 100, Outcome::Network),
            (
                "The following packages have unmet dependencies:\n libglx-mesa0 : Depends: libgl1-mesa-dri but it is not \
                 installed\nE: Unmet dependencies. Try 'apt --fix-broken install' with no packages (or specify a solution).",
                100,
                Outcome::Broken,
            ),
            (
                "Reinstallation of libgl-dev is not possible, it cannot be downloaded.\n0 upgraded",
                0,
                Outcome::Stale,
            ),
            (
                "E: The package xvfb needs to be reinstalled, but I can't find an archive for it.",
                100,
                Outcome::Stale,
            ),
            (
                "dpkg: unrecoverable fatal error, aborting:\n unknown system group 'ssl' in statoverride file; the system \
                 group got removed\nbefore the override\nE: Sub-process /usr/bin/dpkg returned an error code (2)",
                100,
                Outcome::Orphaned,
            ),
            ("E: Something else", 100, Outcome::Failed),
        ];
        for (output, code, want) in rows {
            assert_eq!(Apt.outcome(output, Some(code)), want, "{output}");
        }
    }

    #[test]
    fn a_proxy_with_a_password_goes_into_a_file() {
        let plain = Proxies { http: Some("http://proxy:3128".into()), https: None };
        let handover = Apt.proxy(&plain, "/f");
        assert_eq!(handover.args, ["-o", "Acquire::http::Proxy=http://proxy:3128"]);
        assert_eq!(handover.file, None);

        let secret = Proxies { https: Some("http://u:p\"w@proxy:1".into()), ..plain };
        let handover = Apt.proxy(&secret, "/f");
        assert_eq!(handover.args, ["-c", "/f"]);
        assert_eq!(
            handover.file.as_deref(),
            Some(
                "Acquire::http::Proxy \"http://proxy:3128\";\nAcquire::https::Proxy \"http://u:p%22w@proxy:1\";\n"
            )
        );
    }

    #[test]
    fn only_what_is_really_there_counts_as_installed() {
        let text = "gcc\t4:12\tinstall ok installed\nxvfb\t\tdeinstall ok config-files\nbad\t1\thold ok half-configured\n";
        let seen = Apt.installed(text);
        assert_eq!(seen.keys().collect::<Vec<_>>(), ["bad", "gcc"]);
        assert!(seen["bad"].held && seen["bad"].half_done && !seen["gcc"].half_done);
    }
}
