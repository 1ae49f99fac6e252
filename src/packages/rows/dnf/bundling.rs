//! dnf and packages in a bundle: a repository that is one directory with its list. dnf 4 was run; dnf5 follows its documentation.

use super::DNF;
use super::repodata::Repodata;
use crate::packages::bundling::{REPOSITORY, as_root, in_url, with_options};
use crate::packages::commands::command;
use crate::packages::{Bundling, PackageList};

/// A directory of packages with their list, as dnf calls it.
pub(super) struct Repository;

/// In a root of its own nothing is installed, so that everything comes that any machine of this release may miss; release,
/// repositories and the keys that packages are verified by are the system's. dnf5 has another option for that, and keeps
/// what it fetched in its root.
const GATHER: &str = r#"dir=$1; shift
case $(dnf --version 2>/dev/null) in dnf5*) set -- --use-host-config "$@" ;; *) set -- --releasever=/ --destdir "$dir/packages" "$@" ;; esac
exec dnf install -y --downloadonly --installroot "$dir/root" --setopt=install_weak_deps=False "$@"
"#;

impl Bundling for Repository {
    fn folder(&self) -> &'static str {
        "dnf"
    }

    fn places(&self) -> &'static [&'static str] {
        &["root", "packages"]
    }

    fn gather(&self, names: &[String], dir: &str) -> Vec<String> {
        as_root("dnf", command(&["/bin/sh", "-c", GATHER, "dnf", dir], names))
    }

    fn package(&self, file: &str) -> Option<String> {
        super::super::rpm::package(file)
    }

    fn list(&self) -> Option<&'static dyn PackageList> {
        Some(&Repodata)
    }

    fn only_from(&self, asked: Vec<String>, dir: &str, state: &str) -> Vec<String> {
        // Whoever has these installed has proven their digests before. A package that is in no module is hidden by none.
        let options = [
            format!("--repofrompath={REPOSITORY},file://{}", in_url(dir)),
            format!("--repo={REPOSITORY}"),
            format!("--setopt={REPOSITORY}.gpgcheck=0"),
            format!("--setopt={REPOSITORY}.repo_gpgcheck=0"),
            format!("--setopt={REPOSITORY}.module_hotfixes=1"),
            format!("--setopt=cachedir={state}/cache"),
        ];
        with_options(asked, DNF.program, options.to_vec())
    }

    fn told(&self, _dir: &str) -> (&'static [&'static str], Vec<(&'static str, String)>) {
        (&["cache"], Vec::new())
    }

    fn read(&self, dir: &str, state: &str) -> Option<Vec<String>> {
        Some(self.only_from(command(DNF.refresh, &[]), dir, state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::PackageManager as _;

    #[test]
    fn dnf_is_told_of_one_directory_and_of_nothing_else() {
        let line = Repository.only_from(DNF.install(&["gcc".into()]), "/a b/dnf", "/a b/state").join(" ");
        let front =
            "/usr/bin/dnf --repofrompath=fyne-setup-bundle,file:///a%20b/dnf --repo=fyne-setup-bundle ";
        assert!(line.starts_with(front) && line.ends_with(" gcc"), "{line}");
        assert!(line.contains(" --setopt=cachedir=/a b/state/cache install "), "{line}");
        assert_eq!(Repository.only_from(DNF.query(), "/b/dnf", "/b/state"), DNF.query());
        assert_eq!(Repository.told("/b/dnf"), (&["cache"][..], vec![]));
        let read = Repository.read("/b/dnf", "/b/state").expect("there is a list to read").join(" ");
        assert!(read.ends_with(" makecache --refresh") && read.contains(",file:///b/dnf "), "{read}");
    }

    #[test]
    fn what_is_gathered_is_everything_that_any_machine_may_miss() {
        let line = Repository.gather(&["gcc".into()], "/b").join(" ");
        assert!(line.contains("--installroot \"$dir/root\"") && line.contains("--downloadonly"), "{line}");
        assert!(line.contains("unshare --map-root-user") && line.ends_with(" dnf /b gcc"), "{line}");
        assert_eq!(Repository.package("gcc-13-1.x86_64.rpm").as_deref(), Some("gcc-13-1.x86_64.rpm"));
        assert_eq!(Repository.package("rpmdb.sqlite"), None);
    }
}
