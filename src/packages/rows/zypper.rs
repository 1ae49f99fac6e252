//! zypper. It was run: what it prints is in `tests/data/packages`.

use super::super::bundling::{as_root, in_url, with_options};
use super::super::commands::{Commands, Fate, Preview, Steps, command};
use super::super::{Bundling, Holds, HoldsBy, Outcome, PackageList};
use super::rpm::RPM;

/// openSUSE and SLES.
pub const ZYPPER: Commands = Commands {
    name: "zypper",
    program: "/usr/bin/zypper",
    refresh: &["/usr/bin/zypper", "--non-interactive", "refresh"],
    renew: &[&["/usr/bin/zypper", "--non-interactive", "refresh", "--force"]],
    own: None,
    install: &["/usr/bin/zypper", "--non-interactive", "install", "--no-recommends"],
    reinstall: &["/usr/bin/zypper", "--non-interactive", "install", "--no-recommends", "--force"],
    remove: &["/usr/bin/zypper", "--non-interactive", "remove"],
    simulate: &["/usr/bin/zypper", "--non-interactive", "install", "--no-recommends", "--dry-run"],
    simulate_removal: &["/usr/bin/zypper", "--non-interactive", "remove", "--dry-run"],
    typed: "zypper --non-interactive install --no-recommends",
    preview: Preview::Headed {
        headings: &[
            (" NEW ", Fate::New),
            ("to be upgraded", Fate::Upgraded),
            ("to be downgraded", Fate::Upgraded),
            ("to be REMOVED", Fate::Removed),
        ],
        all_words: true,
    },
    answered_no: None,
    // A reboot or a restart of zypper is advised; a repository was passed over; a script of a package failed.
    done: &[102, 103, 106, 107],
    outcomes: &[
        ("rpmdb open failed", Outcome::Interrupted),
        ("cannot open Packages", Outcome::Interrupted),
        ("System management is locked", Outcome::Locked),
        ("Root privileges are required", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("more space on", Outcome::Full),
        // Where the lists cannot be had, no name is found in them.
        ("Could not resolve host", Outcome::Network),
        ("Download (curl) error", Outcome::Network),
        ("not found on medium", Outcome::Stale),
        ("No provider of", Outcome::Stale),
        ("not found in package names", Outcome::Stale),
        ("Problem retrieving", Outcome::Network),
        ("nothing provides", Outcome::Conflict),
        ("Problem: ", Outcome::Conflict),
    ],
    progress: Steps::Counted(&["Installing: "]),
    telling: &[
        "System management is locked",
        "more space on",
        "Problem: ",
        "not found on medium",
        "Error message: ",
        "No provider of",
    ],
    pids: &["/run/zypp.pid", "/var/run/zypp.pid"],
    holds: &[Holds {
        by: HoldsBy::File("/etc/zypp/locks"),
        read: locks_of_zypp,
        release: Some("zypper removelock"),
        by_name: true,
    }],
    unknown: &[("No provider of '", "' found.")],
    resolves: true,
    bundling: Some(&PlainDirectory),
    ..RPM
};

/// A directory of packages without a list: zypper reads the packages themselves.
struct PlainDirectory;

/// Where the repository is described.
const REPOSITORY: &str = "repos.d/bundle.repo";

impl Bundling for PlainDirectory {
    fn folder(&self) -> &'static str {
        "zypper"
    }

    /// In a root of its own nothing is installed, so that everything comes that any machine of this release may miss. What it
    /// knows of the repositories is what the system's own zypper fetched and verified.
    fn gather(&self, names: &[String], dir: &str) -> Vec<String> {
        let (root, cache) = (format!("{dir}/root"), format!("{dir}/cache"));
        let front = ["/usr/bin/zypper", "--non-interactive", "--no-refresh", "--installroot", &root];
        let verb = ["--pkg-cache-dir", &cache, "install", "--no-recommends", "--download-only"];
        as_root("zypper", command(&[&front[..], &verb].concat(), names))
    }

    fn package(&self, file: &str) -> Option<String> {
        super::rpm::package(file)
    }

    fn list(&self) -> Option<&'static dyn PackageList> {
        None
    }

    fn only_from(&self, command: Vec<String>, _dir: &str, state: &str) -> Vec<String> {
        // Whoever has these installed has proven their digests before.
        let (repositories, cache) = (format!("{state}/repos.d"), format!("{state}/cache"));
        let all = ["--reposd-dir", &repositories, "--cache-dir", &cache, "--no-gpg-checks"];
        with_options(command, ZYPPER.program, all.map(str::to_owned).to_vec())
    }

    fn told(&self, dir: &str) -> (&'static [&'static str], Vec<(&'static str, String)>) {
        let dir = in_url(dir);
        let text = format!(
            "[bundle]\nname=bundle\nbaseurl=dir:{dir}\ntype=plaindir\nenabled=1\nautorefresh=1\ngpgcheck=0\nkeeppackages=0\n"
        );
        (&["repos.d", "cache"], vec![(REPOSITORY, text)])
    }

    fn read(&self, _dir: &str, _state: &str) -> Option<Vec<String>> {
        None
    }
}

/// `solvable_name: gcc` in a block of lines; one may stand for a repository alone.
fn locks_of_zypp(text: &str) -> Vec<String> {
    text.lines().filter_map(|it| it.strip_prefix("solvable_name:")).map(|it| it.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zypper_is_told_of_one_directory_and_of_nothing_else() {
        let said = PlainDirectory.only_from(command(ZYPPER.install, &[]), "/b/zypper", "/b/state").join(" ");
        assert!(said.starts_with("/usr/bin/zypper --reposd-dir "), "{said}");
        assert!(said.contains("--reposd-dir /b/state/repos.d --cache-dir /b/state/cache"), "{said}");
        let (places, files) = PlainDirectory.told("/home/a b/zypper");
        let (name, text) = &files[0];
        assert!(text.contains("\nbaseurl=dir:/home/a%20b/zypper\ntype=plaindir\n"), "{text}");
        assert!(places.iter().any(|it| name.starts_with(it)), "its directory is made");
    }

    #[test]
    fn what_is_gathered_is_everything_that_any_machine_may_miss() {
        let line = PlainDirectory.gather(&["gcc".into()], "/b").join(" ");
        assert!(line.contains("--installroot /b/root") && line.contains("--download-only"), "{line}");
        assert!(line.ends_with(" gcc") && line.contains(" zypper /usr/bin/zypper "), "{line}");
        assert_eq!(PlainDirectory.package("gcc-13-1.x86_64.rpm").as_deref(), Some("gcc-13-1.x86_64.rpm"));
        assert_eq!(PlainDirectory.package("cookie"), None);
    }
}
