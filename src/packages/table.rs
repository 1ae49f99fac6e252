//! The table of capabilities and packages, typed: `manifests/packages.toml`, or that of a newer, signed manifest. Pure;
//! the file's own comments say what its words mean.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::repository::{Repository, is_release};
use crate::data;
use crate::embedded::PACKAGES;
use crate::facts::Host;
use crate::version::Version;

/// Whether a package name is one wherever it ends up: in an argument vector, or in a line that a person pastes.
pub fn name_is_plain(name: &str) -> bool {
    let inside = |it: char| it.is_ascii_alphanumeric() || "+._/-".contains(it);
    name.starts_with(|it: char| it.is_ascii_alphanumeric()) && name.chars().all(inside)
}

/// Whether a line to type is one program with plain words, of which one may be `{names}`.
fn line_is_plain(line: &str) -> bool {
    let word = |it: &str| it == "{names}" || name_is_plain(it.trim_start_matches('-'));
    line.split(' ').all(word)
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Of the format; 1.
    pub schema: u32,
    /// What a build or a window can need.
    #[serde(rename = "capability")]
    pub capabilities: Vec<Capability>,
    /// Distributions that share package names.
    #[serde(rename = "family")]
    pub families: Vec<Family>,
}

/// Something that the operating system's packages bring, and what proves that it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capability {
    /// Its word: `xrandr`.
    pub name: String,
    /// Compiling the OpenGL bindings needs it.
    #[serde(default)]
    pub first: bool,
    /// Header files, as `#include <…>` names them.
    #[serde(default)]
    pub headers: Vec<String>,
    /// Macros that the headers have to define, each with what brought it.
    #[serde(default)]
    pub macros: BTreeMap<String, String>,
    /// Libraries, as `-l` names them.
    #[serde(default)]
    pub libraries: Vec<String>,
    /// pkg-config modules.
    #[serde(default)]
    pub modules: Vec<String>,
    /// The pkg-config module that the package of its headers brings, where nobody asks for it: some managers find the package
    /// by it, whatever its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pc: Option<String>,
    /// Programs.
    #[serde(default)]
    pub programs: Vec<String>,
    /// What a build that needs this needs as well.
    #[serde(default)]
    pub with: Vec<String>,
    /// What a person knows it by, where it has none of the above: a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign: Option<String>,
}

impl Capability {
    /// What a person knows it by where nobody can say which package brings it: a program, a header, a library. Its word is
    /// ours, and no package is called so.
    pub fn sign(&self) -> String {
        let header = self.headers.first().or(self.programs.first()).cloned();
        let library = || self.libraries.first().map(|it| format!("-l{it}"));
        header.or_else(library).or_else(|| self.sign.clone()).unwrap_or_else(|| self.name.clone())
    }
}

/// Distributions that share package names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Its word: `debian`.
    pub name: String,
    /// Its operating system, as Rust names it.
    #[serde(default = "linux")]
    pub os: String,
    /// Its package manager: `apt`. One of `packages::ALL`, unless there is a line to type.
    pub manager: String,
    /// What a person types where we do not drive the manager; `{names}` stands for the packages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<String>,
    /// Whether that takes root.
    #[serde(default)]
    pub as_root: bool,
    /// Packages that another line brings, each with that line.
    #[serde(default)]
    pub typed: BTreeMap<String, String>,
    /// `ID`s of os-release that belong to it.
    pub ids: Vec<String>,
    /// `ID`s that name one of these as what they are like, and have package names of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Releases on which we compiled and linked.
    #[serde(default)]
    pub proven: Vec<String>,
    /// Releases for which the names are taken from `source`.
    #[serde(default)]
    pub documented: Vec<String>,
    /// Where the names are from.
    pub source: String,
    /// Capability → packages.
    pub names: BTreeMap<String, Vec<String>>,
    /// Package → the oldest version of it that serves: one that is there and older does not bring what it is for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub least: BTreeMap<String, String>,
    /// What differs in some releases, or for some versions of Fyne.
    #[serde(default)]
    pub other: Vec<Other>,
    /// Repositories that have to be enabled for some of these packages.
    #[serde(default, rename = "repository", skip_serializing_if = "Vec::is_empty")]
    pub repositories: Vec<Repository>,
}

fn linux() -> String {
    "linux".to_owned()
}

/// Names that differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// `ID VERSION_ID`, where `rocky 9` is `rocky 9.6` too; empty for all.
    #[serde(default)]
    pub releases: Vec<String>,
    /// Only with this C library: `musl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub libc: Option<String>,
    /// Only on this processor, as Rust names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arch: Option<String>,
    /// Only for a Fyne older than this.
    pub fyne_below: Option<Version>,
    /// Capability → packages.
    pub names: BTreeMap<String, Vec<String>>,
}

impl Capability {
    /// The pkg-config module by which its package can be found.
    pub fn pkgconfig(&self) -> Option<&str> {
        self.pc.as_deref().or_else(|| self.modules.first().map(String::as_str))
    }
}

impl Family {
    /// What a person types to install these, without `sudo` in front; `None` where we drive the manager.
    pub fn line(&self, names: &[String]) -> Option<String> {
        let by_hand = self.by_hand.as_deref()?;
        let own = names.iter().filter_map(|it| self.typed.get(it)).cloned();
        let rest: Vec<&str> =
            names.iter().filter(|it| !self.typed.contains_key(*it)).map(String::as_str).collect();
        let together = (!rest.is_empty()).then(|| by_hand.replace("{names}", &rest.join(" ")));
        Some(own.chain(together).collect::<Vec<_>>().join(" && "))
    }
}

impl Table {
    /// The one that this program was built with.
    pub fn embedded() -> Self {
        data::toml(&PACKAGES.text()).expect("the embedded packages.toml parses: a test reads it")
    }

    /// The first package name in it that is none, or line to type that is more than a program with its words.
    pub fn unplain_name(&self) -> Option<&str> {
        let lines = self.families.iter().flat_map(|it| it.by_hand.iter().chain(it.typed.values()));
        let repositories = self.families.iter().flat_map(|it| &it.repositories).map(|it| it.id.as_str());
        self.unplain_package()
            .or_else(|| lines.map(String::as_str).find(|it| !line_is_plain(it)))
            .or_else(|| repositories.into_iter().find(|it| !name_is_plain(&it.replace("{arch}", "x86_64"))))
    }

    fn unplain_package(&self) -> Option<&str> {
        let names =
            self.families.iter().flat_map(|it| it.other.iter().map(|it| &it.names).chain([&it.names]));
        names.flat_map(BTreeMap::values).flatten().map(String::as_str).find(|it| !name_is_plain(it))
    }

    /// A capability by its word.
    pub fn capability(&self, name: &str) -> Option<&Capability> {
        self.capabilities.iter().find(|it| it.name == name)
    }

    /// The family of a machine: by its own ID, else by the nearest that it is like; where it has none, by its system.
    pub fn family(&self, host: &Host) -> Option<&Family> {
        let Some(distro) = host.distro.here() else {
            let os = &host.identity.os;
            let own = self.families.iter().filter(|it| it.os == *os && *os != linux());
            let named = |it: &&Family| host.manager.as_ref().is_none_or(|name| it.manager == *name);
            return own.clone().find(named).or_else(|| own.into_iter().next());
        };
        let own = |it: &&Family| !it.except.contains(&distro.id);
        let of = |id: &str| self.families.iter().filter(own).find(|it| it.ids.iter().any(|of| of == id));
        distro.families().find_map(of)
    }

    /// What a person knows a capability by.
    pub fn sign(&self, capability: &str) -> String {
        self.capability(capability).map_or_else(|| capability.to_owned(), Capability::sign)
    }

    /// The packages that bring a capability; none when we do not know.
    pub fn supplies(&self, capability: &str, host: &Host, fyne: &Version) -> Vec<String> {
        let Some(family) = self.family(host) else { return Vec::new() };
        let libc = host.libc.here().map(String::as_str).unwrap_or_default();
        let fits = |it: &&Other| {
            (it.releases.is_empty() || is_release(&it.releases, host))
                && it.libc.as_ref().is_none_or(|it| libc.split(' ').next() == Some(it))
                && it.arch.as_ref().is_none_or(|it| *it == host.identity.arch)
                && it.fyne_below.as_ref().is_none_or(|below| fyne < below)
        };
        let other = family.other.iter().filter(fits).find_map(|it| it.names.get(capability));
        other.or_else(|| family.names.get(capability)).cloned().unwrap_or_default()
    }

    /// These needs with all that they bring along, each once, in their order.
    pub fn expand(&self, needs: &[String]) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for need in needs {
            let with = self.capability(need).map_or(&[][..], |it| &it.with);
            for name in std::iter::once(need).chain(with) {
                if !all.contains(name) {
                    all.push(name.clone());
                }
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> &'static Table {
        static TABLE: std::sync::LazyLock<Table> = std::sync::LazyLock::new(Table::embedded);
        &TABLE
    }
    use crate::fact::Fact;
    use crate::facts::host::Distro;

    #[test]
    fn the_embedded_table_is_whole() {
        let table = table();
        assert_eq!(table.schema, 1);
        let known: Vec<&str> = table.capabilities.iter().map(|it| it.name.as_str()).collect();
        for need in crate::want::tests::want().target.needs {
            assert!(known.contains(&need.as_str()), "{need}");
        }
        for capability in &table.capabilities {
            assert!(capability.with.iter().all(|it| known.contains(&it.as_str())), "{}", capability.name);
        }
        for family in &table.families {
            let ours = super::super::by_name(&family.manager).is_some();
            assert!(ours || family.by_hand.is_some(), "{}", family.manager);
            assert!(!(family.proven.is_empty() && family.documented.is_empty()), "{}", family.name);
            assert!(!family.source.is_empty(), "{}", family.name);
            let named: Vec<&str> = family.names.keys().map(String::as_str).collect();
            let all = needed(family, &known);
            assert!(all.iter().all(|it| named.contains(it)), "{}: {named:?}", family.name);
            assert!(named.iter().all(|it| known.contains(it)), "{}: {named:?}", family.name);
            let packages: Vec<&String> = family.names.values().flatten().collect();
            assert!(family.typed.keys().all(|it| packages.contains(&it)), "{}", family.name);
            for names in family.other.iter().map(|it| &it.names) {
                assert!(names.keys().all(|it| known.contains(&it.as_str())), "{}", family.name);
            }
        }
    }

    /// What a family has to name: everything on Linux, elsewhere what a build there needs.
    fn needed<'a>(family: &Family, known: &[&'a str]) -> Vec<&'a str> {
        let rows = crate::manifest::Manifest::embedded().fyne;
        let needs: Vec<String> =
            rows.iter().filter_map(|it| it.needs.get(&family.os)).flatten().cloned().collect();
        let needs = table().expand(&needs);
        known
            .iter()
            .copied()
            .filter(|it| (family.os == "linux" && *it != "msvc") || needs.iter().any(|need| need == it))
            .collect()
    }

    #[test]
    fn every_need_of_every_line_is_a_capability_with_something_to_find() {
        for row in crate::manifest::Manifest::embedded().fyne {
            for need in row.needs.values().flatten() {
                let capability = table().capability(need).unwrap_or_else(|| panic!("{}: {need}", row.line));
                let parts =
                    [&capability.headers, &capability.libraries, &capability.modules, &capability.programs];
                assert!(parts.iter().any(|it| !it.is_empty()), "{}: {need}", row.line);
            }
        }
    }

    #[test]
    fn every_word_of_the_embedded_table_is_known() {
        let written: toml::Value = toml::from_str(&PACKAGES.text()).expect("it parses");
        let read = toml::Value::try_from(Table::embedded()).expect("it is written as it is read");
        assert_eq!(lost(&written, &read), None);
    }

    /// A key of the one that the other does not have.
    fn lost(written: &toml::Value, read: &toml::Value) -> Option<String> {
        match (written, read) {
            (toml::Value::Table(one), toml::Value::Table(other)) => one.iter().find_map(|(key, value)| {
                other.get(key).map_or_else(|| Some(key.clone()), |it| lost(value, it))
            }),
            (toml::Value::Array(one), toml::Value::Array(other)) => {
                one.iter().zip(other).find_map(|(one, other)| lost(one, other))
            }
            _ => (written != read).then(|| written.to_string()),
        }
    }

    #[test]
    fn a_package_name_is_no_word_of_a_shell() {
        assert_eq!(table().unplain_name(), None);
        for name in
            ["gcc", "libstdc++6", "media-libs/libglvnd", "xorg.libX11", "mingw-w64-ucrt-x86_64-gcc", "7zip"]
        {
            assert!(name_is_plain(name), "{name}");
        }
        for name in ["", "-y", "a b", "a;b", "$(a)", "a`b", "a\nb", "../a", "a'b", "ä", "a=b", "a*"] {
            assert!(!name_is_plain(name), "{name}");
        }
        let mut table = Table::embedded();
        table.families[0].other[0].names.insert("gl".into(), vec!["libgl-dev".into(), "x&&y".into()]);
        assert_eq!(table.unplain_name(), Some("x&&y"));
        for line in ["emerge {names}; rm x", "a  b", "", "a {name}", "$(a) {names}", "a > b"] {
            let mut table = Table::embedded();
            table.families[0].by_hand = Some(line.into());
            assert_eq!(table.unplain_name(), Some(line));
        }
    }

    fn host(id: &str, version: &str, like: &str) -> Host {
        let like = like.split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect();
        let distro = Distro { id: id.into(), version: version.into(), like, name: id.into() };
        Host { distro: Fact::Here(distro), ..Host::default() }
    }

    #[test]
    fn derivatives_find_the_names_of_what_they_are_like() {
        for (id, like, family) in [
            ("debian", "", "debian"),
            ("raspbian", "debian", "debian"),
            ("ubuntu", "debian", "ubuntu"),
            ("linuxmint", "ubuntu debian", "ubuntu"),
            ("pop", "ubuntu debian", "ubuntu"),
            ("rocky", "rhel centos fedora", "rhel"),
            ("funtoo", "gentoo", "gentoo"),
            ("nixos", "", "nixos"),
            ("freebsd", "", "freebsd"),
            ("ol", "fedora", "rhel"),
            ("nobara", "rhel centos fedora", "fedora"),
            ("amzn", "fedora", "fedora"),
            ("manjaro", "arch", "arch"),
        ] {
            assert_eq!(table().family(&host(id, "", like)).map(|it| &*it.name), Some(family), "{id}");
        }
        for (id, like) in
            [("mageia", "mandriva fedora"), ("openmandriva", "mandriva fedora"), ("chimera", "")]
        {
            assert_eq!(table().family(&host(id, "", like)), None, "{id} has names of its own");
        }
        for (os, family) in [
            ("macos", Some("homebrew")),
            ("windows", Some("windows")),
            ("freebsd", Some("freebsd")),
            ("linux", None),
        ] {
            let mut host = Host::default();
            host.identity.os = os.into();
            assert_eq!(table().family(&host).map(|it| &*it.name), family, "{os}");
        }
    }

    #[test]
    fn what_we_do_not_drive_is_a_line_to_type() {
        for (family, names, line) in [
            ("debian", "gcc", None),
            ("gentoo", "sys-devel/gcc x11-libs/libX11", Some("emerge --ask sys-devel/gcc x11-libs/libX11")),
            ("nixos", "gcc libGL", Some("nix-shell -p gcc libGL")),
            ("freebsd", "gcc", Some("pkg install gcc")),
            ("homebrew", "command-line-tools", Some("xcode-select --install")),
            (
                "homebrew",
                "command-line-tools pkgconf",
                Some("xcode-select --install && brew install pkgconf"),
            ),
            ("msys2", "mingw-w64-ucrt-x86_64-gcc", Some("pacman -S mingw-w64-ucrt-x86_64-gcc")),
        ] {
            let family = table().families.iter().find(|it| it.name == family).expect("known");
            let names: Vec<String> = names.split(' ').map(str::to_owned).collect();
            assert_eq!(family.line(&names).as_deref(), line, "{}", family.name);
        }
    }

    #[test]
    fn older_releases_have_names_of_their_own() {
        let fyne = "2.8.1".parse().expect("a version");
        for (id, version, want) in [
            ("debian", "12", "libgl-dev"),
            ("debian", "10", "libgl1-mesa-dev"),
            ("ubuntu", "24.04", "libgl-dev"),
        ] {
            assert_eq!(table().supplies("gl", &host(id, version, ""), &fyne), [want], "{id} {version}");
        }
        assert!(table().supplies("gl", &Host::default(), &fyne).is_empty());
        // No X server is left in RHEL 10, and a name that does not exist ends a whole transaction.
        assert_eq!(table().supplies("xvfb", &host("rocky", "9.6", "rhel"), &fyne), ["xorg-x11-server-Xvfb"]);
        assert!(table().supplies("xvfb", &host("rocky", "10.1", "rhel"), &fyne).is_empty());
        assert_eq!(table().supplies("xvfb", &host("rocky", "100", "rhel"), &fyne).len(), 1);
        for (libc, want) in [("glibc 2.41", "glibc-devel"), ("musl", "musl-devel")] {
            let host = Host { libc: Fact::Here(libc.into()), ..host("void", "", "") };
            assert_eq!(table().supplies("libc", &host, &fyne), [want], "{libc}");
        }
    }

    #[test]
    fn needs_bring_their_company() {
        let needs = ["libc", "x11", "xext"].map(str::to_owned);
        assert_eq!(table().expand(&needs), ["libc", "kernel-headers", "x11", "xext"]);
    }
}
