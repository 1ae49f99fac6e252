//! pacman: Arch and what is built on it. Refreshing the lists without upgrading everything is a partial upgrade, which
//! Arch does not support: `refresh` is left to `install`'s own `-Syu`, and the person is shown that it upgrades.
//! From its documentation; not run by us.

use std::collections::BTreeMap;

use super::{
    Handover, Installed, Outcome, PackageManager, Proxies, Simulation, by_words, command, names_alone,
    proxy_variables, spaced,
};

/// pacman.
pub struct Pacman;

const PROGRAM: &str = "/usr/bin/pacman";

impl PackageManager for Pacman {
    fn name(&self) -> &'static str {
        "pacman"
    }

    fn program(&self) -> &'static str {
        PROGRAM
    }

    fn refresh(&self) -> Vec<String> {
        command(&[PROGRAM, "-Sy", "--noconfirm"], &[])
    }

    fn install(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "-Syu", "--needed", "--noconfirm"], names)
    }

    fn reinstall(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "-S", "--noconfirm"], names)
    }

    fn simulate(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "-S", "--needed", "--print", "--print-format", "%n"], names)
    }

    fn simulate_removal(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "-R", "--print", "--print-format", "-%n"], names)
    }

    fn parse_simulation(&self, output: &str) -> Simulation {
        let mut seen = Simulation::default();
        for name in output.lines().map(str::trim).filter(|it| !it.is_empty() && it.chars().all(plain)) {
            match name.strip_prefix('-') {
                Some(gone) => seen.removed.push(gone.to_owned()),
                None => seen.new.push(name.to_owned()),
            }
        }
        seen
    }

    fn remove(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "-Rn", "--noconfirm"], names)
    }

    fn owners(&self, files: &[String]) -> Option<Vec<String>> {
        Some(command(&["/usr/bin/pacman", "-Qoq"], files))
    }

    fn parse_owners(&self, output: &str) -> Vec<String> {
        names_alone(output)
    }

    fn query(&self) -> Vec<String> {
        command(&["/usr/bin/pacman", "-Q"], &[])
    }

    fn installed(&self, output: &str) -> BTreeMap<String, Installed> {
        spaced(output)
    }

    fn proxy(&self, proxies: &Proxies, _file: &str) -> Handover {
        proxy_variables(proxies)
    }

    fn outcome(&self, output: &str, code: Option<i32>) -> Outcome {
        by_words(
            output,
            code,
            &[
                ("unable to lock database", Outcome::Locked),
                ("you cannot perform this operation unless you are root", Outcome::Rights),
                ("No space left on device", Outcome::Full),
                ("not enough free disk space", Outcome::Full),
                ("target not found", Outcome::Stale),
                ("The requested URL returned error: 404", Outcome::Stale),
                ("Could not resolve host", Outcome::Network),
                ("failed to retrieve some files", Outcome::Network),
                ("conflicting", Outcome::Conflict),
            ],
        )
    }

    fn typed(&self, names: &[String]) -> String {
        format!("pacman -Syu --needed --noconfirm {}", names.join(" "))
    }
}

/// What may stand in a name of Arch's; a line with anything else is a message.
const fn plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '+' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(names: &[&str]) -> Vec<String> {
        names.iter().map(|&it| it.to_owned()).collect()
    }

    #[test]
    fn reads_what_it_prints() {
        let seen = Pacman.parse_simulation("resolving dependencies...\nwarning: x\ngcc\nlibx11\n-old\n");
        assert_eq!((seen.new, seen.removed), (words(&["gcc", "libx11"]), words(&["old"])));
    }
}
