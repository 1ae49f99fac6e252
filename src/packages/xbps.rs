//! xbps: Void. From its documentation; not run by us.

use std::collections::BTreeMap;

use super::{
    Handover, Installed, Outcome, PackageManager, Proxies, Simulation, by_words, command, proxy_variables,
};

/// xbps-install and its kin.
pub struct Xbps;

const PROGRAM: &str = "/usr/bin/xbps-install";

impl PackageManager for Xbps {
    fn name(&self) -> &'static str {
        "xbps"
    }

    fn program(&self) -> &'static str {
        PROGRAM
    }

    fn refresh(&self) -> Vec<String> {
        command(&[PROGRAM, "-S"], &[])
    }

    fn install(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "-Sy"], names)
    }

    fn reinstall(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "-Syf"], names)
    }

    fn simulate(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "-n"], names)
    }

    fn simulate_removal(&self, names: &[String]) -> Vec<String> {
        command(&["/usr/bin/xbps-remove", "-n"], names)
    }

    fn parse_simulation(&self, output: &str) -> Simulation {
        let mut seen = Simulation::default();
        for line in output.lines() {
            // gcc-13.2.0_2 install x86_64 https://… 1234 567
            let mut words = line.split_whitespace();
            let (Some(package), Some(verb)) = (words.next(), words.next()) else { continue };
            let Some((name, _)) = package.rsplit_once('-') else { continue };
            match verb {
                "install" => seen.new.push(name.to_owned()),
                "update" => seen.upgraded.push(name.to_owned()),
                "remove" => seen.removed.push(name.to_owned()),
                _ => {}
            }
        }
        seen
    }

    fn remove(&self, names: &[String]) -> Vec<String> {
        command(&["/usr/bin/xbps-remove", "-y"], names)
    }

    fn query(&self) -> Vec<String> {
        command(&["/usr/bin/xbps-query", "-l"], &[])
    }

    fn installed(&self, output: &str) -> BTreeMap<String, Installed> {
        output
            .lines()
            .filter_map(|line| {
                let mut words = line.split_whitespace();
                let (state, package) = (words.next()?, words.next()?);
                let (name, version) = package.rsplit_once('-')?;
                let half_done = state != "ii";
                Some((
                    name.to_owned(),
                    Installed { version: version.to_owned(), half_done, ..Installed::default() },
                ))
            })
            .collect()
    }

    fn proxy(&self, proxies: &Proxies, _file: &str) -> Handover {
        proxy_variables(proxies)
    }

    fn outcome(&self, output: &str, code: Option<i32>) -> Outcome {
        by_words(
            output,
            code,
            &[
                ("Resource temporarily unavailable", Outcome::Locked),
                ("Permission denied", Outcome::Rights),
                ("Operation not permitted", Outcome::Rights),
                ("No space left on device", Outcome::Full),
                ("not found in repository pool", Outcome::Stale),
                ("Transient resolver failure", Outcome::Network),
                ("Connection refused", Outcome::Network),
                ("conflicts with", Outcome::Conflict),
            ],
        )
    }

    fn typed(&self, names: &[String]) -> String {
        format!("xbps-install -Sy {}", names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(names: &[&str]) -> Vec<String> {
        names.iter().map(|&it| it.to_owned()).collect()
    }

    #[test]
    fn reads_what_it_prints() {
        let text = "gcc-13.2.0_2 install x86_64 repo 1 2\nlibX11-devel-1.8_1 update x86_64 repo 1 2\nold-1_1 remove x86_64\n";
        let seen = Xbps.parse_simulation(text);
        assert_eq!(
            (seen.new, seen.upgraded, seen.removed),
            (words(&["gcc"]), words(&["libX11-devel"]), words(&["old"]))
        );
        assert_eq!(Xbps.installed("ii gcc-13.2.0_2   The GNU Compiler\n")["gcc"].version, "13.2.0_2");
    }
}
