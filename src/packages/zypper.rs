//! zypper: openSUSE and SLES. From its documentation; not run by us.

use std::collections::BTreeMap;

use super::{
    Handover, Installed, Outcome, PackageManager, Proxies, Simulation, by_words, command, names_alone,
    proxy_variables, tabbed,
};

/// zypper.
pub struct Zypper;

const PROGRAM: &str = "/usr/bin/zypper";

impl PackageManager for Zypper {
    fn name(&self) -> &'static str {
        "zypper"
    }

    fn program(&self) -> &'static str {
        PROGRAM
    }

    fn refresh(&self) -> Vec<String> {
        command(&[PROGRAM, "--non-interactive", "refresh"], &[])
    }

    fn install(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "--non-interactive", "install", "--no-recommends"], names)
    }

    fn reinstall(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "--non-interactive", "install", "--no-recommends", "--force"], names)
    }

    fn simulate(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "--non-interactive", "install", "--no-recommends", "--dry-run"], names)
    }

    fn simulate_removal(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "--non-interactive", "remove", "--dry-run"], names)
    }

    fn parse_simulation(&self, output: &str) -> Simulation {
        let mut seen = Simulation::default();
        let mut list: Option<u8> = None;
        for line in output.lines() {
            if line.starts_with("The following ") {
                let has = |word: &str| line.contains(word);
                list = if has(" NEW ") {
                    Some(0)
                } else if has("to be upgraded") || has("to be downgraded") {
                    Some(1)
                } else if has("to be REMOVED") {
                    Some(2)
                } else {
                    None
                };
                continue;
            }
            if !line.starts_with("  ") {
                list = None;
            }
            let names = line.split_whitespace().map(str::to_owned);
            match list {
                Some(0) => seen.new.extend(names),
                Some(1) => seen.upgraded.extend(names),
                Some(2) => seen.removed.extend(names),
                _ => {}
            }
        }
        seen
    }

    fn remove(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "--non-interactive", "remove"], names)
    }

    fn owners(&self, files: &[String]) -> Option<Vec<String>> {
        Some(command(&["/usr/bin/rpm", "-qf", "--qf", "%{NAME}\\n"], files))
    }

    fn parse_owners(&self, output: &str) -> Vec<String> {
        names_alone(output)
    }

    fn query(&self) -> Vec<String> {
        command(&["/usr/bin/rpm", "-qa", "--qf", "%{NAME}\\t%{VERSION}-%{RELEASE}\\n"], &[])
    }

    fn installed(&self, output: &str) -> BTreeMap<String, Installed> {
        tabbed(output)
    }

    fn proxy(&self, proxies: &Proxies, _file: &str) -> Handover {
        proxy_variables(proxies)
    }

    fn outcome(&self, output: &str, code: Option<i32>) -> Outcome {
        by_words(
            output,
            code,
            &[
                ("System management is locked", Outcome::Locked),
                ("Root privileges are required", Outcome::Rights),
                ("No space left on device", Outcome::Full),
                ("No provider of", Outcome::Stale),
                ("not found in package names", Outcome::Stale),
                ("Could not resolve host", Outcome::Network),
                ("Download (curl) error", Outcome::Network),
                ("Problem retrieving", Outcome::Network),
                ("nothing provides", Outcome::Conflict),
            ],
        )
    }

    fn typed(&self, names: &[String]) -> String {
        format!("zypper --non-interactive install --no-recommends {}", names.join(" "))
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
        let text = "Resolving package dependencies...\n\nThe following 3 NEW packages are going to be installed:\n  gcc\n  gcc13 cpp13\n\n\
            The following package is going to be upgraded:\n  libgcc_s1\n\n3 new packages to install.\n";
        let seen = Zypper.parse_simulation(text);
        assert_eq!((seen.new, seen.upgraded), (words(&["gcc", "gcc13", "cpp13"]), words(&["libgcc_s1"])));
    }
}
