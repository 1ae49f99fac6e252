//! dnf: Fedora, and RHEL with what is built on it. Its lists refresh by themselves. From its documentation; not run by us.

use std::collections::BTreeMap;

use super::{
    Handover, Installed, Outcome, PackageManager, Proxies, Simulation, by_words, command, names_alone,
    proxy_variables, tabbed,
};

/// dnf, and dnf5 under the same name.
pub struct Dnf;

const PROGRAM: &str = "/usr/bin/dnf";

impl PackageManager for Dnf {
    fn name(&self) -> &'static str {
        "dnf"
    }

    fn program(&self) -> &'static str {
        PROGRAM
    }

    fn refresh(&self) -> Vec<String> {
        command(&[PROGRAM, "makecache"], &[])
    }

    fn install(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "install", "-y", "--setopt=install_weak_deps=False"], names)
    }

    fn reinstall(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "reinstall", "-y"], names)
    }

    fn simulate(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "install", "--assumeno", "--setopt=install_weak_deps=False"], names)
    }

    fn simulate_removal(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "remove", "--assumeno", "--noautoremove"], names)
    }

    fn parse_simulation(&self, output: &str) -> Simulation {
        let mut seen = Simulation::default();
        let mut list: Option<u8> = None;
        for line in output.lines() {
            let head = line.trim_end();
            if !head.starts_with(' ') {
                list = match head.trim_end_matches(':') {
                    "Installing" | "Installing dependencies" | "Installing weak dependencies" => Some(0),
                    "Upgrading" | "Downgrading" => Some(1),
                    "Removing" | "Removing dependent packages" => Some(2),
                    _ => None,
                };
                continue;
            }
            let words: Vec<&str> = head.split_whitespace().collect();
            // Name, architecture, version, repository, size, unit. A name that is too long has a line of its own.
            let [name, rest @ ..] = &words[..] else { continue };
            if rest.is_empty() || rest.len() >= 4 {
                match list {
                    Some(0) => seen.new.push((*name).to_owned()),
                    Some(1) => seen.upgraded.push((*name).to_owned()),
                    Some(2) => seen.removed.push((*name).to_owned()),
                    _ => {}
                }
            }
        }
        seen
    }

    fn remove(&self, names: &[String]) -> Vec<String> {
        command(&[PROGRAM, "remove", "-y", "--noautoremove"], names)
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
                ("Waiting for process with pid", Outcome::Locked),
                ("Another app is currently holding", Outcome::Locked),
                ("can't create transaction lock", Outcome::Locked),
                ("superuser privileges", Outcome::Rights),
                ("needs to be root", Outcome::Rights),
                ("No space left on device", Outcome::Full),
                ("At least", Outcome::Full),
                ("No match for argument", Outcome::Stale),
                ("Unable to find a match", Outcome::Stale),
                ("Could not resolve host", Outcome::Network),
                ("Failed to download metadata", Outcome::Network),
                ("Cannot download", Outcome::Network),
                ("conflicting requests", Outcome::Conflict),
            ],
        )
    }

    fn typed(&self, names: &[String]) -> String {
        format!("dnf install -y {}", names.join(" "))
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
        let text = "Dependencies resolved.\n==========\n Package  Architecture  Version  Repository  Size\n==========\n\
            Installing:\n gcc  x86_64  14.2.1-3.fc41  updates  37 M\n\
            Installing dependencies:\n cpp  x86_64  14.2.1-3.fc41  updates  12 M\n\
            Upgrading:\n libgcc  x86_64  14.2.1-3.fc41  updates  133 k\n\
            Removing:\n old  x86_64  1-1  @System  1 k\n\nTransaction Summary\n Install  2 Packages\n";
        let seen = Dnf.parse_simulation(text);
        assert_eq!(
            (seen.new, seen.upgraded, seen.removed),
            (words(&["gcc", "cpp"]), words(&["libgcc"]), words(&["old"]))
        );
    }
}
