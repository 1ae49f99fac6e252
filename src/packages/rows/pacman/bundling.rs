//! pacman and packages in a bundle: a repository that is one directory with its list, a tar of texts. pacman takes its lock and
//! its record from where it keeps its lists, so that an installation has the list of the bundle beside the system's own for as
//! long as it takes; questions have a place of their own, with a link to the record.

use std::fmt::Write as _;
use std::path::Path;

use super::{FORESEEN, PACMAN};
use crate::packages::bundling::{REPOSITORY, as_root, in_url};
use crate::packages::commands::command;
use crate::packages::{Bundling, PackageList};

/// A directory of packages with their list, as pacman calls it.
pub(super) struct Repository;

/// The list. pacman finds it by the name of its repository.
const LIST: &str = "fyne-setup-bundle.db";
/// What is told of the repository, and the settings that it ends up in.
const TOLD: &str = "repository.conf";
const SETTINGS: &str = "pacman.conf";
/// What ends a tar, and of which one is made.
const BLOCK: usize = 512;

/// Fetches by lists of today and into a record of its own, in which nothing is installed. What this machine keeps back is no
/// matter of others, and no user of pacman's own could write into our directory.
const GATHER: &str = r#"set -e
dir=$1; shift
pacman-conf | sed -E '/^(DBPath|CacheDir|IgnorePkg|IgnoreGroup|DownloadUser) /d' >"$dir/pacman.conf"
exec pacman -Syw --noconfirm --config "$dir/pacman.conf" --dbpath "$dir/db" --cachedir "$dir/cache" --logfile /dev/null "$@"
"#;

/// The system's settings without its repositories, places and ways to fetch, and behind them the repository of the bundle; the
/// list of that beside a link to the system's record.
const READ: &str = r#"set -e
own=$(pacman-conf DBPath)
ln -s "${own%/}/local" "$2/db/local"
cp "$1/fyne-setup-bundle.db" "$2/db/sync/"
pacman-conf | sed -E '2,${/^\[/,$d;}; /^(DBPath|CacheDir|DownloadUser|XferCommand) /d' >"$2/pacman.conf"
cat "$2/repository.conf" >>"$2/pacman.conf"
"#;

/// An installation by the system's record and lock. The packages are found where pacman keeps those that it fetched, so that
/// nothing is copied; the list goes again, and one that stayed after somebody pulled the plug is not taken for ours.
const INSTALL: &str = r#"own=$(pacman-conf DBPath); list=${own%/}/sync/fyne-setup-bundle.db; rm -f "$list"; trap 'rm -f "$list"' EXIT; settings=$1 dir=$2; shift 2; pacman --config "$settings" --cachedir "$dir" "$@""#;

fn script(text: &str, arguments: &[&str], more: &[String]) -> Vec<String> {
    command(&[&["/bin/sh", "-c", text, "pacman"], arguments].concat(), more)
}

impl Bundling for Repository {
    fn folder(&self) -> &'static str {
        "pacman"
    }

    fn places(&self) -> &'static [&'static str] {
        &["db", "cache"]
    }

    fn gather(&self, names: &[String], dir: &str) -> Vec<String> {
        as_root("pacman", script(GATHER, &[dir], names))
    }

    fn package(&self, file: &str) -> Option<String> {
        let (_, kind) = file.rsplit_once(".pkg.tar")?;
        let other = [".sig", ".part"].iter().any(|it| kind.ends_with(it));
        // `1:2.3`: an epoch, which a file of a list may not be written with.
        (!other).then(|| file.replace(':', "_"))
    }

    fn list(&self) -> Option<&'static dyn PackageList> {
        Some(&Self)
    }

    fn only_from(&self, asked: Vec<String>, dir: &str, state: &str) -> Vec<String> {
        let settings = format!("{state}/{SETTINGS}");
        match &asked[..] {
            [_, _, text, _, names @ ..] if text == FORESEEN => {
                let own = format!("{state}/db");
                let front = [PACMAN.program, "--config", &settings, "--dbpath", &own, "--cachedir", dir];
                let verb = ["-Su", "--needed", "--print", "--print-format", "%n"];
                command(&[&front[..], &verb].concat(), names)
            }
            [program, verb, ..] if program == PACMAN.program && verb.starts_with("-S") => {
                script(INSTALL, &[&settings, dir], &asked[1..])
            }
            _ => asked,
        }
    }

    fn told(&self, dir: &str) -> (&'static [&'static str], Vec<(&'static str, String)>) {
        // Whoever has these installed has proven their digests before; pacman holds each to the list once more.
        let text = format!("[{REPOSITORY}]\nSigLevel = Never\nServer = file://{}\n", in_url(dir));
        (&["db/sync"], vec![(TOLD, text)])
    }

    fn read(&self, dir: &str, state: &str) -> Option<Vec<String>> {
        Some(script(READ, &[dir, state], &[]))
    }
}

/// What a package says of itself, and what the list calls it.
const FIELDS: [(&str, &str); 16] = [
    ("pkgname", "NAME"),
    ("pkgbase", "BASE"),
    ("pkgver", "VERSION"),
    ("pkgdesc", "DESC"),
    ("group", "GROUPS"),
    ("size", "ISIZE"),
    ("url", "URL"),
    ("license", "LICENSE"),
    ("arch", "ARCH"),
    ("builddate", "BUILDDATE"),
    ("packager", "PACKAGER"),
    ("replaces", "REPLACES"),
    ("conflict", "CONFLICTS"),
    ("provides", "PROVIDES"),
    ("depend", "DEPENDS"),
    ("optdepend", "OPTDEPENDS"),
];

impl PackageList for Repository {
    fn describe(&self, file: &str) -> Vec<String> {
        command(&["/usr/bin/bsdtar", "-xOqf", file, ".PKGINFO"], &[])
    }

    fn listed(&self, said: &str, file: &str, size: u64, sha256: &str) -> Option<String> {
        let of = |key: &str| {
            let lines = said.lines().filter_map(|it| it.split_once('='));
            lines.filter(|it| it.0.trim() == key).map(|it| it.1.trim()).collect::<Vec<_>>()
        };
        let (name, version) = (*of("pkgname").first()?, *of("pkgver").first()?);
        let mut text = format!("%FILENAME%\n{file}\n\n%CSIZE%\n{size}\n\n%SHA256SUM%\n{sha256}\n\n");
        for (key, heading) in FIELDS {
            let values = of(key);
            if !values.is_empty() {
                let _ = write!(text, "%{heading}%\n{}\n\n", values.join("\n"));
            }
        }
        entry(&format!("{name}-{version}/desc"), &text)
    }

    fn files(&self, parts: &[String]) -> Vec<(&'static str, String)> {
        vec![(LIST, parts.concat() + &"\0".repeat(2 * BLOCK))]
    }
}

/// A text in a tar, without an owner or a time. `None` for a name that no tar holds.
fn entry(name: &str, text: &str) -> Option<String> {
    let mut header = tar::Header::new_ustar();
    header.set_path(Path::new(name)).ok()?;
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_size(text.len() as u64);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    let header = String::from_utf8(header.as_bytes().to_vec()).ok()?;
    let padding = "\0".repeat(text.len().next_multiple_of(BLOCK) - text.len());
    Some([&header, text, &padding].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::PackageManager as _;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&it| it.to_owned()).collect()
    }

    #[test]
    fn an_installation_has_the_record_and_the_lock_of_the_system() {
        let said = Repository.only_from(PACMAN.install(&names(&["gcc"])), "/b/pacman", "/b/state");
        assert_eq!(said[..2], ["/bin/sh", "-c"]);
        assert!(said[2].contains(&format!("sync/{LIST}")) && !said[2].contains("--dbpath"), "{said:?}");
        assert!(said[2].contains("trap 'rm -f \"$list\"' EXIT"), "the list goes again");
        let words = ["pacman", "/b/state/pacman.conf", "/b/pacman", "-Syu", "--needed", "--noconfirm", "gcc"];
        assert_eq!(said[3..], words);
    }

    #[test]
    fn a_question_is_answered_by_the_list_of_the_bundle_alone() {
        let said = Repository.only_from(PACMAN.simulate(&names(&["gcc", "go"])), "/b/pacman", "/b/state");
        let line = said.join(" ");
        assert!(
            line.starts_with("/usr/bin/pacman --config /b/state/pacman.conf --dbpath /b/state/db "),
            "{line}"
        );
        assert!(
            line.ends_with(" --cachedir /b/pacman -Su --needed --print --print-format %n gcc go"),
            "{line}"
        );
        for same in
            [PACMAN.query(), PACMAN.remove(&names(&["gcc"])), PACMAN.simulate_removal(&names(&["gcc"]))]
        {
            assert_eq!(Repository.only_from(same.clone(), "/b/pacman", "/b/state"), same);
        }
    }

    #[test]
    fn the_settings_of_the_system_stay_and_its_repositories_do_not() {
        let (places, files) = Repository.told("/home/a b/pacman");
        assert_eq!(places, ["db/sync"]);
        let text = "[fyne-setup-bundle]\nSigLevel = Never\nServer = file:///home/a%20b/pacman\n";
        assert_eq!(files, [("repository.conf", text.to_owned())]);
        let read = Repository.read("/b/pacman", "/b/state").expect("there is a list to read");
        assert!(read[2].contains(LIST) && read[2].contains(TOLD) && read[2].contains(SETTINGS));
        assert_eq!(read[3..], ["pacman", "/b/pacman", "/b/state"]);
    }

    #[test]
    fn what_is_gathered_is_everything_that_any_machine_may_miss() {
        let line = Repository.gather(&names(&["gcc"]), "/b").join(" ");
        assert!(line.contains("unshare --map-root-user") && line.ends_with(" pacman /b gcc"), "{line}");
        assert!(line.contains("--dbpath \"$dir/db\""), "{line}");
        for (file, is) in [
            ("gcc-14.2.1-1-x86_64.pkg.tar.zst", Some("gcc-14.2.1-1-x86_64.pkg.tar.zst")),
            ("libxi-1:1.8-1-x86_64.pkg.tar", Some("libxi-1_1.8-1-x86_64.pkg.tar")),
            ("gcc-14.2.1-1-x86_64.pkg.tar.zst.sig", None),
            ("gcc-14.2.1-1-x86_64.pkg.tar.zst.part", None),
            ("gcc-14.2.1-1-x86_64.pkg.tar.sig", None),
            ("core.db", None),
        ] {
            assert_eq!(Repository.package(file).as_deref(), is);
        }
    }

    #[test]
    fn a_package_is_listed_as_pacman_reads_lists() {
        let said =
            "# made\npkgname = a\npkgver = 1:2-1\npkgdesc = x = y\ndepend = b>=2\ndepend = c\nxdata = n\n";
        let part = Repository.listed(said, "a-1_2-1-any.pkg.tar.zst", 7, "00").expect("it says what it is");
        let text = "%FILENAME%\na-1_2-1-any.pkg.tar.zst\n\n%CSIZE%\n7\n\n%SHA256SUM%\n00\n\n%NAME%\na\n\n\
                    %VERSION%\n1:2-1\n\n%DESC%\nx = y\n\n%DEPENDS%\nb>=2\nc\n\n";
        let list = Repository.files(&[part.clone(), part]);
        assert_eq!(list[0].0, LIST);
        let mut seen = Vec::new();
        for entry in tar::Archive::new(list[0].1.as_bytes()).entries().expect("a tar") {
            let mut entry = entry.expect("an entry");
            let mut inside = String::new();
            std::io::Read::read_to_string(&mut entry, &mut inside).expect("text");
            seen.push((entry.path().expect("a name").display().to_string(), inside));
        }
        let one = ("a-1:2-1/desc".to_owned(), text.to_owned());
        assert_eq!(seen, [one.clone(), one]);
        assert_eq!(Repository.listed("pkgname = a\n", "a", 7, "00"), None);
    }
}
