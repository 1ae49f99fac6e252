//! apk: Alpine. From its documentation; not run by us.

use std::collections::BTreeMap;

use super::{
    Handover, Installed, Outcome, PackageManager, Proxies, Simulation, by_words, command, proxy_variables,
};

/// apk.
pub struct Apk;

const PROGRAM: &str = "/sbin/apk";

impl PackageManager for Apk {
    fn name(&self) -> &'static str {
        "apk"
    }

    fn program(&self) -> &'static str {
        PROGRAM
    }

    fn refresh(&self) -> Vec<String> {
        command(&[PROGRAM, "update"], &[])
    }

    fn install(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "add"], names)
    }

    fn reinstall(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "fix", "--reinstall"], names)
    }

    fn simulate(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "add", "--simulate"], names)
    }

    fn simulate_removal(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "del", "--simulate"], names)
    }

    fn parse_simulation(&self, output: &str) -> Simulation {
        let mut seen = Simulation::default();
        for line in output.lines() {
            // (1/5) Installing musl-dev (1.2.5-r0)
            let mut words = line.split_whitespace().skip_while(|it| !it.ends_with(')'));
            let (Some(_), Some(verb), Some(name)) = (words.next(), words.next(), words.next()) else {
                continue;
            };
            match verb {
                "Installing" => seen.new.push(name.to_owned()),
                "Upgrading" | "Downgrading" | "Replacing" => seen.upgraded.push(name.to_owned()),
                "Purging" => seen.removed.push(name.to_owned()),
                _ => {}
            }
        }
        seen
    }

    fn remove(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "del"], names)
    }

    fn query(&self) -> Vec<String> {
        command(&["/sbin/apk", "list", "--installed"], &[])
    }

    fn installed(&self, output: &str) -> BTreeMap<String, Installed> {
        output
            .lines()
            .filter_map(|line| {
                // gcc-13.2.1-r0 x86_64 {gcc} (license) [installed]: the last two dashes end the name.
                let mut parts = line.split_whitespace().next()?.rsplitn(3, '-');
                let (release, version, name) = (parts.next()?, parts.next()?, parts.next()?);
                Some((
                    name.to_owned(),
                    Installed { version: format!("{version}-{release}"), ..Installed::default() },
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
        )
    }

    fn typed(&self, names: &[String]) -> String {
        format!("apk add {}", names.join(" "))
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
        let text = "(1/3) Installing musl-dev (1.2.5-r0)\n(2/3) Upgrading zlib (1.3-r0 -> 1.3.1-r0)\n(3/3) Purging old (1-r0)\nOK: 9 MiB in 20 packages\n";
        let seen = Apk.parse_simulation(text);
        assert_eq!(
            (seen.new, seen.upgraded, seen.removed),
            (words(&["musl-dev"]), words(&["zlib"]), words(&["old"]))
        );
        assert_eq!(
            Apk.installed("gcc-13.2.1_git-r0 x86_64 {gcc} (GPL) [installed]\n")["gcc"].version,
            "13.2.1_git-r0"
        );
    }
}
