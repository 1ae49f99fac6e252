//! The list of a repository as dnf reads it: what the packages are, need and bring, and a page that says where that stands.
//! createrepo, which usually writes both, is seldom there.

use std::fmt::Write as _;

use crate::digest::Digest;
use crate::packages::PackageList;
use crate::packages::commands::command;

/// Writes it.
pub(super) struct Repodata;

const PRIMARY: &str = "repodata/primary.xml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const COMMON: &str = "http://linux.duke.edu/metadata/common";
const RPM: &str = "http://linux.duke.edu/metadata/rpm";
const REPO: &str = "http://linux.duke.edu/metadata/repo";

/// What a package is asked: lines of cells between tabs, the first of which says what the others are.
const ASKED: &str = "package\\t%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}\\t%{RELEASE}\\t%{ARCH}\\n\
     about\\t%{LONGSIZE}\\t%{BUILDTIME}\\t%{VENDOR}\\n\
     summary\\t%{SUMMARY}\\n\
     [provides\\t%{PROVIDENAME}\\t%{PROVIDEFLAGS}\\t%{PROVIDEVERSION}\\n]\
     [requires\\t%{REQUIRENAME}\\t%{REQUIREFLAGS}\\t%{REQUIREVERSION}\\n]\
     [conflicts\\t%{CONFLICTNAME}\\t%{CONFLICTFLAGS}\\t%{CONFLICTVERSION}\\n]\
     [obsoletes\\t%{OBSOLETENAME}\\t%{OBSOLETEFLAGS}\\t%{OBSOLETEVERSION}\\n]\
     [file\\t%{FILENAMES}\\n]";
/// What rpm says instead of nothing; in the place of a whole row it has no end of line.
const NONE: &str = "(none)";

impl PackageList for Repodata {
    fn describe(&self, file: &str) -> Vec<String> {
        command(&["/usr/bin/rpm", "-qp", "--nosignature", "--qf", ASKED, file], &[])
    }

    fn listed(&self, said: &str, file: &str, size: u64, sha256: &str) -> Option<String> {
        let rows: Vec<Vec<&str>> = said
            .lines()
            .map(|it| {
                it.trim_start_matches(NONE).split('\t').map(|it| if it == NONE { "" } else { it }).collect()
            })
            .collect();
        let of =
            |kind: &str| rows.iter().filter(move |it| it[0] == kind).map(|it| &it[1..]).collect::<Vec<_>>();
        let [name, epoch, version, release, arch] = **of("package").first()? else { return None };
        let [installed, built, vendor] = **of("about").first()? else { return None };
        let [summary] = **of("summary").first()? else { return None };
        let mut text = format!(
            "<package type=\"rpm\"><name>{}</name><arch>{}</arch><version epoch=\"{}\" ver=\"{}\" rel=\"{}\"/>\n\
             <checksum type=\"sha256\" pkgid=\"YES\">{sha256}</checksum><summary>{}</summary>\n\
             <time file=\"0\" build=\"{}\"/><size package=\"{size}\" installed=\"{}\" archive=\"0\"/>\
             <location href=\"{}\"/>\n<format><rpm:vendor>{}</rpm:vendor>\n",
            plain(name),
            plain(arch),
            plain(epoch),
            plain(version),
            plain(release),
            plain(summary),
            plain(built),
            plain(installed),
            plain(file),
            plain(vendor)
        );
        for kind in ["provides", "requires", "conflicts", "obsoletes"] {
            let entries: String = of(kind).into_iter().filter_map(relation).collect();
            if !entries.is_empty() {
                let _ = writeln!(text, "<rpm:{kind}>{entries}</rpm:{kind}>");
            }
        }
        // All of them: a package may need any file of another one.
        for file in of("file").into_iter().flatten().filter(|it| it.starts_with('/')) {
            let _ = writeln!(text, "<file>{}</file>", plain(file));
        }
        text.push_str("</format></package>\n");
        Some(text)
    }

    fn files(&self, parts: &[String]) -> Vec<(&'static str, String)> {
        let mut primary =
            format!("{HEAD}<metadata xmlns=\"{COMMON}\" xmlns:rpm=\"{RPM}\" packages=\"{}\">\n", parts.len());
        primary.extend(parts.iter().map(String::as_str));
        primary.push_str("</metadata>\n");
        let (digest, size) = (Digest::of(primary.as_bytes()), primary.len());
        let page = format!(
            "{HEAD}<repomd xmlns=\"{REPO}\" xmlns:rpm=\"{RPM}\"><revision>0</revision>\n\
             <data type=\"primary\"><checksum type=\"sha256\">{digest}</checksum>\
             <location href=\"{PRIMARY}\"/><timestamp>0</timestamp><size>{size}</size></data></repomd>\n"
        );
        vec![(PRIMARY, primary), ("repodata/repomd.xml", page)]
    }
}

/// What stands in XML for this.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|it| !it.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `libc.so.6`, `glibc >= 2.38-1`: name, rpm's flags, version. What rpm itself has to be able to do is no package's.
fn relation(cells: &[&str]) -> Option<String> {
    let &[name, flags, version] = cells else { return None };
    if name.starts_with("rpmlib(") || name.is_empty() {
        return None;
    }
    let words = match flags.parse::<u64>().unwrap_or_default() & 0b1110 {
        2 => "LT",
        4 => "GT",
        8 => "EQ",
        10 => "LE",
        12 => "GE",
        _ => return Some(format!("<rpm:entry name=\"{}\"/>", plain(name))),
    };
    let (epoch, version) = version.split_once(':').unwrap_or(("0", version));
    let (version, release) = version.rsplit_once('-').map_or((version, None), |it| (it.0, Some(it.1)));
    let release = release.map(|it| format!(" rel=\"{}\"", plain(it))).unwrap_or_default();
    let (name, epoch, version) = (plain(name), plain(epoch), plain(version));
    Some(format!(
        "<rpm:entry name=\"{name}\" flags=\"{words}\" epoch=\"{epoch}\" ver=\"{version}\"{release}/>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "package\ta\t1\t2.0\t3.fc43\tx86_64\nabout\t100\t1700000000\t(none)\nsummary\tA & <b>\n\
        provides\ta\t8\t1:2.0-3.fc43\nprovides\tpkgconfig(a)\t8\t2.0\nrequires\trpmlib(X)\t16777226\t4-1\n\
        requires\t/bin/sh\t0\t\nrequires\tc\t12\t4\n(none)(none)file\t/usr/bin/a\n";

    #[test]
    fn a_package_is_listed_as_dnf_reads_lists() {
        let part = Repodata.listed(SAID, "a-2.0-3.fc43.x86_64.rpm", 7, "00").expect("it says what it is");
        let lines = [
            "<package type=\"rpm\"><name>a</name><arch>x86_64</arch><version epoch=\"1\" ver=\"2.0\" rel=\"3.fc43\"/>",
            "<checksum type=\"sha256\" pkgid=\"YES\">00</checksum><summary>A &amp; &lt;b&gt;</summary>",
            "<time file=\"0\" build=\"1700000000\"/><size package=\"7\" installed=\"100\" archive=\"0\"/>\
             <location href=\"a-2.0-3.fc43.x86_64.rpm\"/>",
            "<format><rpm:vendor></rpm:vendor>",
            "<rpm:provides><rpm:entry name=\"a\" flags=\"EQ\" epoch=\"1\" ver=\"2.0\" rel=\"3.fc43\"/>\
             <rpm:entry name=\"pkgconfig(a)\" flags=\"EQ\" epoch=\"0\" ver=\"2.0\"/></rpm:provides>",
            "<rpm:requires><rpm:entry name=\"/bin/sh\"/>\
             <rpm:entry name=\"c\" flags=\"GE\" epoch=\"0\" ver=\"4\"/></rpm:requires>",
            "<file>/usr/bin/a</file>",
            "</format></package>",
        ];
        assert_eq!(part.lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn what_does_not_say_which_package_it_is_is_not_listed() {
        assert_eq!(Repodata.listed("error: not an rpm package\n", "a.rpm", 7, "00"), None);
        assert_eq!(Repodata.listed("package\ta\t1\n", "a.rpm", 7, "00"), None);
    }

    #[test]
    fn the_page_says_where_the_list_stands_and_what_its_digest_is() {
        let files = Repodata.files(&["<package/>\n".to_owned()]);
        let [(list, text), (page, said)] = &files[..] else { panic!("two files") };
        assert_eq!((*list, *page), ("repodata/primary.xml", "repodata/repomd.xml"));
        assert!(text.contains(" packages=\"1\">\n<package/>\n</metadata>\n"), "{text}");
        let digest = Digest::of(text.as_bytes());
        assert!(
            said.contains(&format!(
                "<checksum type=\"sha256\">{digest}</checksum><location href=\"{list}\"/>"
            ))
        );
    }
}
