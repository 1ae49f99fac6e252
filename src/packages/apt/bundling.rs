//! apt and packages in a bundle: a repository that is one directory with its list. Whoever has them installed has proven
//! their digests before; apt holds each to the list once more.

use std::fmt::Write as _;
use std::path::Path;

use super::{APT, Apt, command};
use crate::packages::bundling::{in_url, with_options};
use crate::packages::{Bundling, PackageList, PackageManager as _};

/// A directory of packages with their list, as apt calls it.
pub(super) struct FlatRepository;

/// The file that names the repository.
const SOURCES: &str = "sources.list";
/// What apt takes for the packages that are installed when it gathers: none, so that everything comes that any machine of
/// this release may miss.
const NOTHING: &str = "/dev/null";

fn options(all: &[&str]) -> Vec<String> {
    all.iter().flat_map(|it| ["-o".to_owned(), (*it).to_owned()]).collect()
}

impl Bundling for FlatRepository {
    fn folder(&self) -> &'static str {
        "apt"
    }

    fn places(&self) -> &'static [&'static str] {
        &["partial"]
    }

    fn gather(&self, names: &[String], dir: &str) -> Vec<String> {
        let status = format!("Dir::State::status={NOTHING}");
        let archives = format!("Dir::Cache::archives={dir}");
        let told = options(&[&status, &archives, "Debug::NoLocking=1", "APT::Sandbox::User=root"]);
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let verb = ["install", "-y", "-q", "--download-only", "--no-install-recommends"];
        command(&[&[APT][..], &told, &verb].concat(), names)
    }

    fn package(&self, file: &str) -> Option<String> {
        // `1%3a2.3`: an epoch, which a file of a list may not be written with.
        Path::new(file).extension().is_some_and(|it| it == "deb").then(|| file.replace("%3a", "_"))
    }

    fn list(&self) -> Option<&'static dyn PackageList> {
        Some(&Self)
    }

    fn only_from(&self, command: Vec<String>, _dir: &str, state: &str) -> Vec<String> {
        let sources = format!("Dir::Etc::sourcelist={state}/{SOURCES}");
        let (lists, cache) =
            (format!("Dir::State::lists={state}/lists"), format!("Dir::Cache={state}/cache"));
        // A release that somebody prefers is not in these sources, which apt would refuse to go on with.
        let all = [
            &sources,
            "Dir::Etc::sourceparts=-",
            &lists,
            &cache,
            "APT::Default-Release=",
            "APT::Sandbox::User=root",
        ];
        with_options(command, APT, options(&all))
    }

    fn told(&self, dir: &str) -> (&'static [&'static str], Vec<(&'static str, String)>) {
        let sources = format!("deb [trusted=yes] file:{} ./\n", in_url(dir));
        (&["lists/partial", "cache/archives/partial"], vec![(SOURCES, sources)])
    }

    fn read(&self, dir: &str, state: &str) -> Option<Vec<String>> {
        Some(self.only_from(Apt.refresh(), dir, state))
    }
}

impl PackageList for FlatRepository {
    fn describe(&self, file: &str) -> Vec<String> {
        command(&["/usr/bin/dpkg-deb", "-f", file], &[])
    }

    fn listed(&self, said: &str, file: &str, size: u64, sha256: &str) -> Option<String> {
        let mut text = said.trim_end().to_owned();
        let _ = write!(text, "\nFilename: {file}\nSize: {size}\nSHA256: {sha256}\n\n");
        Some(text)
    }

    fn files(&self, parts: &[String]) -> Vec<(&'static str, String)> {
        vec![("Packages", parts.concat())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apt_is_told_of_one_directory_and_of_nothing_else() {
        let said = FlatRepository.read("/b/apt", "/b/state").expect("it reads lists").join(" ");
        for option in
            ["sourcelist=/b/state/sources.list", "sourceparts=-", "lists=/b/state/lists", "Default-Release= "]
        {
            assert!(said.contains(option), "{said}");
        }
        let (_, told) = FlatRepository.told("/home/a b/apt");
        assert_eq!(told, [("sources.list", "deb [trusted=yes] file:/home/a%20b/apt ./\n".to_owned())]);
    }

    #[test]
    fn what_is_gathered_is_everything_that_any_machine_may_miss() {
        let line = FlatRepository.gather(&["gcc".into()], "/b/apt").join(" ");
        assert!(line.contains("status=/dev/null") && line.contains("--download-only"), "{line}");
        assert!(line.ends_with(" gcc") && line.starts_with("/usr/bin/apt-get "), "{line}");
    }

    #[test]
    fn a_package_is_listed_as_apt_reads_lists() {
        let name = FlatRepository.package("zlib1g_1%3a1.2.13_amd64.deb");
        assert_eq!(name.as_deref(), Some("zlib1g_1_1.2.13_amd64.deb"));
        assert_eq!(FlatRepository.package("lock"), None);
        let listed = FlatRepository.listed("Package: a\nVersion: 1\n", "a_1_all.deb", 7, "00");
        assert_eq!(
            listed.as_deref(),
            Some("Package: a\nVersion: 1\nFilename: a_1_all.deb\nSize: 7\nSHA256: 00\n\n")
        );
    }
}
