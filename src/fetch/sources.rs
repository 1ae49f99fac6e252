//! Who may have a Go, in which order: what the user named, the module proxy in effect, Go's own download site, regional
//! mirrors. Pure. To add a mirror: a line in `manifests/mirrors.toml`. A newer, signed manifest brings its own.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::data;
use crate::version::{GoVersion, Version};

/// The mirrors that this program was built with.
pub const EMBEDDED: &str = include_str!("../../manifests/mirrors.toml");

/// The module that Go itself is.
pub const TOOLCHAIN: &str = "golang.org/toolchain";

/// Under which address the files of a bundle are asked for, where one stands in the place of the network. Nobody can have
/// this name.
pub const BUNDLE: &str = "https://bundle.invalid";

/// The folder of a bundle that is a module proxy, and a server of the checksum database.
pub const BUNDLE_PROXY: &str = "proxy";

/// Mirrors that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mirrors {
    /// Of the file's form.
    pub schema: u32,
    /// Archives of Go.
    pub archives: Vec<Mirror>,
    /// Module proxies.
    pub proxies: Vec<Mirror>,
}

/// A mirror.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mirror {
    /// Where.
    #[serde(deserialize_with = "url", serialize_with = "shown")]
    pub url: Url,
    /// For whom; nothing is for everybody.
    pub region: Option<String>,
}

fn url<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Url, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map_err(|it| serde::de::Error::custom(format!("{text}: {it}")))
}

fn shown<S: serde::Serializer>(url: &Url, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(url.as_str())
}

impl Mirrors {
    /// The embedded ones.
    pub fn embedded() -> Self {
        data::toml(EMBEDDED).expect("tests read the embedded file")
    }
}

/// In which form a source has Go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveKind {
    /// A module proxy: the zip of the module `golang.org/toolchain`.
    Module,
    /// A directory of official archives: a tarball.
    Tarball,
}

/// A place that may have Go.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// In which form.
    pub kind: ArchiveKind,
    /// Without the file's name. It may carry a password: it is shown by [`Source::name`] only.
    base: Url,
}

/// Which Go: version and platform, as Go names them (`linux`, `amd64`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// Such as 1.27.4.
    pub version: GoVersion,
    /// `linux`, `darwin`, `windows`.
    pub os: String,
    /// `amd64`, `arm64`.
    pub arch: String,
}

impl Build {
    /// For this machine, from what the kernel says (`x86_64`, `aarch64`).
    pub fn of(version: GoVersion, os: &str, arch: &str) -> Self {
        let os = if os == "macos" { "darwin" } else { os };
        let arch = match arch {
            "x86_64" => "amd64",
            "aarch64" => "arm64",
            "i386" | "i586" | "i686" | "x86" => "386",
            "armv6l" | "armv7l" => "arm",
            "loongarch64" => "loong64",
            "powerpc64le" => "ppc64le",
            other => other,
        };
        Self { version, os: os.to_owned(), arch: arch.to_owned() }
    }

    /// `v0.0.1-go1.27.4.linux-amd64`
    pub fn module_version(&self) -> String {
        format!("v0.0.1-{}.{}-{}", self.version.toolchain(), self.os, self.arch)
    }

    /// `golang.org/toolchain@v0.0.1-go1.27.4.linux-amd64/`, in front of every name in the zip.
    pub fn prefix(&self) -> String {
        format!("{TOOLCHAIN}@{}/", self.module_version())
    }
}

impl Source {
    /// A module proxy.
    pub fn proxy(base: Url) -> Self {
        Self { kind: ArchiveKind::Module, base }
    }

    /// The bundle that stands in the place of the network.
    pub fn bundle() -> Self {
        Self::proxy(bundle_proxy())
    }

    /// A directory of official archives.
    pub fn archive(base: Url) -> Self {
        Self { kind: ArchiveKind::Tarball, base }
    }

    /// Where the file is.
    pub fn url(&self, build: &Build) -> Url {
        let file = match self.kind {
            ArchiveKind::Module => format!("{TOOLCHAIN}/@v/{}.zip", build.module_version()),
            ArchiveKind::Tarball => {
                format!("{}.{}-{}.tar.gz", build.version.toolchain(), build.os, build.arch)
            }
        };
        let mut url = self.base.clone();
        url.set_path(&format!("{}/{file}", self.base.path().trim_end_matches('/')));
        url
    }

    /// As it may be shown: host and path, no password.
    pub fn name(&self) -> String {
        let host = self.base.host_str().unwrap_or_default();
        let port = self.base.port().map(|it| format!(":{it}")).unwrap_or_default();
        format!("{host}{port}{}", self.base.path().trim_end_matches('/'))
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.kind, self.name())
    }
}

/// Where the module proxy of a bundle is asked.
pub fn bundle_proxy() -> Url {
    format!("{BUNDLE}/{BUNDLE_PROXY}").parse().expect("a test asks for it")
}

/// Where a proxy tells of a release of fyne/v2: a line or two, which every proxy has at hand.
pub fn info(proxy: &Url, fyne: &Version) -> Option<Url> {
    format!("{}/fyne.io/fyne/v2/@v/v{fyne}.info", proxy.as_str().trim_end_matches('/')).parse().ok()
}

/// All sources in their order, each once. `wanted` is `--go-mirror`; `goproxy` the list in effect (`--goproxy`, the
/// environment, or the default that a Go on this machine knows), empty when nobody knows one.
pub fn sources(wanted: &[Url], goproxy: &str, mirrors: &Mirrors, os: &str) -> Vec<Source> {
    let named = wanted.iter().cloned().map(Source::archive);
    let proxies = proxies(goproxy).into_iter().map(Source::proxy);
    let archives = mirrors.archives.iter().map(|it| Source::archive(it.url.clone()));
    let regional = mirrors.proxies.iter().map(|it| Source::proxy(it.url.clone()));
    let mut all: Vec<Source> = Vec::new();
    for source in named.chain(proxies).chain(archives).chain(regional) {
        // For Windows the official archives are zips in another layout; there, modules alone are used.
        let served = source.kind == ArchiveKind::Module || os != "windows";
        if served && !all.iter().any(|it| it.kind == source.kind && it.name() == source.name()) {
            all.push(source);
        }
    }
    all
}

/// The proxies of a GOPROXY list. `direct` has no archives, `off` ends the list, a directory proves nothing more than
/// any other source but is left to `go`.
pub fn proxies(list: &str) -> Vec<Url> {
    let entries = list.split([',', '|']).map(str::trim).filter(|it| !it.is_empty());
    let entries = entries.take_while(|it| *it != "off").filter(|it| *it != "direct" && *it != "noproxy");
    let with_scheme = |it: &str| if it.contains("://") { it.to_owned() } else { format!("https://{it}") };
    let urls = entries.filter_map(|it| Url::parse(&with_scheme(it)).ok());
    urls.filter(|it| matches!(it.scheme(), "https" | "http") && it.host_str().is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_for_windows_has_a_source_on_both_processors() {
        let version = "1.27.4".parse().expect("a version");
        let all = sources(&[], "https://proxy.test", &Mirrors::default(), "windows");
        for (arch, name) in [("x86_64", "windows-amd64"), ("aarch64", "windows-arm64")] {
            let build = Build::of(version, "windows", arch);
            let urls: Vec<String> = all.iter().map(|it| it.url(&build).to_string()).collect();
            let want = format!("https://proxy.test/golang.org/toolchain/@v/v0.0.1-go1.27.4.{name}.zip");
            assert_eq!(urls, [want], "modules alone: the official archives are laid out otherwise");
        }
    }

    fn build() -> Build {
        Build::of(GoVersion::release(1, 27, 4), "linux", "x86_64")
    }

    #[test]
    fn what_the_user_names_comes_first_and_nothing_twice() {
        let wanted = ["https://mirror.example/golang/".parse().expect("a URL")];
        let all = sources(
            &wanted,
            "https://goproxy.cn|https://goproxy.example,direct",
            &Mirrors::embedded(),
            "linux",
        );
        let names: Vec<_> = all.iter().map(Source::name).collect();
        assert_eq!(
            names,
            [
                "mirror.example/golang",
                "goproxy.cn",
                "goproxy.example",
                "go.dev/dl",
                "golang.google.cn/dl",
                "mirrors.aliyun.com/golang",
                "mirrors.aliyun.com/goproxy",
            ]
        );
    }

    #[test]
    fn every_word_of_the_embedded_mirrors_is_known() {
        let written: toml::Table = toml::from_str(EMBEDDED).expect("it parses");
        let known = Mirrors::embedded();
        assert_eq!(toml::Table::try_from(&known).expect("it is written as it is read").len(), written.len());
        for (list, read) in [("archives", &known.archives), ("proxies", &known.proxies)] {
            let rows = written[list].as_array().expect("a list of tables");
            let words = rows.iter().filter_map(toml::Value::as_table).map(toml::Table::len);
            let read = read.iter().map(|it| 1 + usize::from(it.region.is_some()));
            assert!(words.eq(read), "{list}");
        }
    }

    #[test]
    fn files_are_where_go_has_them() {
        let at = |source: Source| source.url(&build()).to_string();
        let url = |it: &str| it.parse::<Url>().expect("a URL");
        assert_eq!(
            at(Source::proxy(url("https://goproxy.example/sub/"))),
            "https://goproxy.example/sub/golang.org/toolchain/@v/v0.0.1-go1.27.4.linux-amd64.zip"
        );
        assert_eq!(
            at(Source::archive(url("https://go.dev/dl/"))),
            "https://go.dev/dl/go1.27.4.linux-amd64.tar.gz"
        );
    }

    #[test]
    fn goproxy_lists_are_read_as_go_reads_them() {
        let table: &[(&str, &[&str])] = &[
            ("", &[]),
            ("off", &[]),
            ("direct", &[]),
            ("https://a.example,direct", &["https://a.example/"]),
            (
                "https://a.example|https://b.example,off,https://c.example",
                &["https://a.example/", "https://b.example/"],
            ),
            ("a.example", &["https://a.example/"]),
            ("file:///srv/proxy,https://a.example", &["https://a.example/"]),
        ];
        for (list, expected) in table {
            let found: Vec<_> = proxies(list).iter().map(ToString::to_string).collect();
            assert_eq!(found, *expected, "{list}");
        }
    }

    #[test]
    fn a_password_in_a_proxy_is_never_shown() {
        let source = Source::proxy("https://ann:CANARY@goproxy.example/x?y=CANARY".parse().expect("a URL"));
        assert_eq!(format!("{source:?}"), "Module goproxy.example/x");
    }

    #[test]
    fn machines_are_named_as_go_names_them() {
        let table = [
            ("linux", "aarch64", "linux-arm64"),
            ("macos", "x86_64", "darwin-amd64"),
            ("linux", "riscv64", "linux-riscv64"),
        ];
        for (os, arch, expected) in table {
            let name = Build::of(GoVersion::release(1, 27, 4), os, arch).module_version();
            assert_eq!(name, format!("v0.0.1-go1.27.4.{expected}"));
        }
    }
}
