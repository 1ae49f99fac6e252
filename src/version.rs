//! Versions as Go and Fyne write them. Pure; parsing never panics, and what does not parse is an error with a reason.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A Go version: `1.27.4`, `1.27`, `1.27rc2`, with or without the `go` in front. Its order is Go's own
/// (`1.21rc1 < 1.21.0`; a bare `1.21` is the language version and sorts before its candidates).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GoVersion {
    major: u16,
    minor: u16,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Stage {
    Language,
    Beta(u16),
    Candidate(u16),
    Release(u16),
}

/// The version of a system, as far as it decides what runs there: 10.15 of macOS 10.15.7, 13.0 of 13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SystemVersion {
    major: u16,
    minor: u16,
}

impl SystemVersion {
    /// Of its two first numbers.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }
}

impl FromStr for SystemVersion {
    type Err = BadVersion;
    fn from_str(text: &str) -> Result<Self, BadVersion> {
        let bad = || BadVersion(text.to_owned());
        let mut parts = text.split('.').map(|it| it.parse().map_err(|_| bad()));
        let major = parts.next().ok_or_else(bad)??;
        let minor = parts.next().transpose()?.unwrap_or(0);
        // What comes behind is no matter, but has to be a number.
        parts.try_for_each(|it| it.map(|_: u16| ()))?;
        Ok(Self { major, minor })
    }
}

impl TryFrom<String> for SystemVersion {
    type Error = BadVersion;
    fn try_from(text: String) -> Result<Self, BadVersion> {
        text.parse()
    }
}

impl From<SystemVersion> for String {
    fn from(version: SystemVersion) -> Self {
        version.to_string()
    }
}

impl fmt::Display for SystemVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minor {
            0 => write!(f, "{}", self.major),
            minor => write!(f, "{}.{minor}", self.major),
        }
    }
}

/// Why a version could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a version")]
pub struct BadVersion(pub String);

impl GoVersion {
    /// A released Go, such as 1.27.4.
    pub const fn release(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, stage: Stage::Release(patch) }
    }

    /// The line it belongs to: (1, 27) of 1.27.4.
    pub const fn line(self) -> (u16, u16) {
        (self.major, self.minor)
    }

    /// Whether it names a whole release (1.27.4, 1.20), not a candidate nor a language line.
    pub const fn is_release(self) -> bool {
        matches!(self.stage, Stage::Release(_))
    }

    /// The least released version that satisfies a `go` line: 1.22 becomes 1.22.0.
    #[must_use]
    pub const fn as_release(self) -> Self {
        match self.stage {
            Stage::Language => Self::release(self.major, self.minor, 0),
            _ => self,
        }
    }

    /// How the toolchain of that version is called: `go1.27.4`; before 1.21 the first of a line is `go1.20`.
    pub fn toolchain(self) -> String {
        match self.stage {
            Stage::Release(0) if self.minor < 21 => format!("go{}.{}", self.major, self.minor),
            _ => format!("go{self}"),
        }
    }
}

impl FromStr for GoVersion {
    type Err = BadVersion;

    fn from_str(text: &str) -> Result<Self, BadVersion> {
        let bad = || BadVersion(text.to_owned());
        let rest = text.strip_prefix("go").unwrap_or(text);
        let number = |s: &str| -> Option<u16> {
            (!s.is_empty() && (s == "0" || !s.starts_with('0')) && s.bytes().all(|b| b.is_ascii_digit()))
                .then(|| s.parse().ok())
                .flatten()
        };
        let (major, rest) = rest.split_once('.').ok_or_else(bad)?;
        let major = number(major).ok_or_else(bad)?;
        let end = rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
        let (minor, tail) = rest.split_at(end);
        let minor = number(minor).ok_or_else(bad)?;
        let stage = if tail.is_empty() {
            Some(Stage::Language)
        } else if let Some(n) = tail.strip_prefix('.') {
            number(n).map(Stage::Release)
        } else if let Some(n) = tail.strip_prefix("rc") {
            number(n).map(Stage::Candidate)
        } else if let Some(n) = tail.strip_prefix("beta") {
            number(n).map(Stage::Beta)
        } else {
            None
        };
        let stage = stage.ok_or_else(bad)?;
        Ok(Self { major, minor, stage })
    }
}

impl fmt::Display for GoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        match self.stage {
            Stage::Language => Ok(()),
            Stage::Beta(n) => write!(f, "beta{n}"),
            Stage::Candidate(n) => write!(f, "rc{n}"),
            Stage::Release(n) => write!(f, ".{n}"),
        }
    }
}

/// A version of Fyne or of its CLI, in three numbers and perhaps a pre-release: `2.8.1`, `v1.7.4`, `2.9.0-rc1`. Its order
/// is that of semantic versions, which is Go's for modules too. What is behind a `+` is not kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version(semver::Version);

impl Version {
    /// The release line it belongs to: (2, 8) of 2.8.1.
    pub const fn line(&self) -> (u64, u64) {
        (self.0.major, self.0.minor)
    }

    /// Whether it carries a pre-release mark.
    pub fn is_release(&self) -> bool {
        self.0.pre.is_empty()
    }
}

impl FromStr for Version {
    type Err = BadVersion;

    fn from_str(text: &str) -> Result<Self, BadVersion> {
        let rest = text.strip_prefix('v').unwrap_or(text);
        let rest = rest.split_once('+').map_or(rest, |(front, _)| front);
        semver::Version::parse(rest).map(Self).map_err(|_| BadVersion(text.to_owned()))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A module, or a package of one, at a version, as `go` takes it: `fyne.io/tools/cmd/fyne@v1.7.4`. The version is Go's
/// word: a pseudo-version, or one with `+incompatible`, is one too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ModuleVersion {
    text: String,
    /// Where the `@` stands.
    at: usize,
}

impl ModuleVersion {
    /// A path at a release.
    pub fn of(path: &str, version: &Version) -> Self {
        Self { text: format!("{path}@v{version}"), at: path.len() }
    }

    /// The path: `fyne.io/tools/cmd/fyne`.
    pub fn path(&self) -> &str {
        &self.text[..self.at]
    }

    /// The version with its `v`.
    pub fn version(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// Both, as `go` takes them.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for ModuleVersion {
    type Err = BadVersion;

    fn from_str(text: &str) -> Result<Self, BadVersion> {
        let at = text.find('@').filter(|at| *at > 0 && at + 1 < text.len());
        at.map(|at| Self { text: text.to_owned(), at }).ok_or_else(|| BadVersion(text.to_owned()))
    }
}

impl fmt::Display for ModuleVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq<str> for ModuleVersion {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for ModuleVersion {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

/// Modules as pairs of path and version: how plans and journals have them.
pub mod pairs {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::ModuleVersion;

    /// Writes them.
    pub fn serialize<S: Serializer>(modules: &[ModuleVersion], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(modules.iter().map(|it| (it.path(), it.version())))
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ModuleVersion>, D::Error> {
        let pairs = Vec::<(String, String)>::deserialize(from)?;
        let one = |(path, version): (String, String)| format!("{path}@{version}").parse();
        pairs.into_iter().map(one).collect::<Result<_, _>>().map_err(D::Error::custom)
    }
}

macro_rules! through_strings {
    ($($type:ty),*) => {$(
        impl TryFrom<String> for $type {
            type Error = BadVersion;
            fn try_from(text: String) -> Result<Self, BadVersion> { text.parse() }
        }
        impl From<$type> for String {
            fn from(version: $type) -> String { version.to_string() }
        }
    )*};
}
through_strings!(GoVersion, Version, ModuleVersion);

#[cfg(test)]
mod in_tests {
    //! Tests write versions as they are.
    use super::{ModuleVersion, Version};

    impl From<&str> for ModuleVersion {
        fn from(text: &str) -> Self {
            text.parse().expect("a module and its version")
        }
    }

    impl From<&str> for Version {
        fn from(text: &str) -> Self {
            text.parse().expect("a version")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_versions_sort_as_go_sorts_them() {
        let sorted =
            ["1.9.7", "1.20", "1.20.1", "1.21", "1.21beta1", "1.21rc1", "1.21rc2", "1.21.0", "1.27.4"];
        for pair in sorted.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|it| it.parse::<GoVersion>().expect("a version"));
            assert!(a < b, "{a} < {b}");
        }
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in ["", "1", "go", "1.", "1.2.", "1.2.3.4", "1.02", "1.27.x", "1.99999999", "local", "1.2 "]
        {
            assert!(text.parse::<GoVersion>().is_err(), "{text:?}");
        }
        for text in ["", "2", "2.8", "2.8.1.1", "2.8.x", "a.b.c", "2..1", "2.8.01", "2.8.1-", "2.8.1-rc.01"] {
            assert!(text.parse::<Version>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_pre_release_comes_before_its_release() {
        let [a, b, c] = ["2.8.0-rc1", "v2.8.0", "2.8.1"].map(|it| it.parse::<Version>().expect("a version"));
        assert!(a < b && b < c);
        assert_eq!(a.to_string(), "2.8.0-rc1");
    }

    #[test]
    fn the_numbers_of_a_pre_release_count_as_numbers() {
        let sorted =
            ["2.8.0-alpha", "2.8.0-rc.2", "2.8.0-rc.10", "2.8.0", "2.8.1-0.20260102030405-0123456789ab"];
        for pair in sorted.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|it| it.parse::<Version>().expect("a version"));
            assert!(a < b, "{a} < {b}");
        }
        let built = "v2.8.1+dirty".parse::<Version>().expect("a version");
        assert_eq!((built.to_string().as_str(), built), ("2.8.1", "2.8.1".into()));
    }

    #[test]
    fn a_module_at_a_version_is_read_once_and_written_as_it_was() {
        for (text, path, version) in [
            ("fyne.io/tools/cmd/fyne@v1.7.4", "fyne.io/tools/cmd/fyne", "v1.7.4"),
            ("a.b/c@v0.0.0-20260102030405-0123456789ab", "a.b/c", "v0.0.0-20260102030405-0123456789ab"),
            ("a.b/c@v2.0.0+incompatible", "a.b/c", "v2.0.0+incompatible"),
        ] {
            let module: ModuleVersion = text.parse().expect("both are there");
            assert_eq!((module.path(), module.version()), (path, version));
            let json = serde_json::to_string(&module).expect("plain data");
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<ModuleVersion>(&json).expect("reads back"), module);
        }
        for text in ["", "@", "fyne.io/tools", "fyne.io/tools@", "@v1.7.4"] {
            assert_eq!(text.parse::<ModuleVersion>(), Err(BadVersion(text.to_owned())));
        }
    }

    #[test]
    fn toolchains_are_named_as_go_names_them() {
        for (version, name) in
            [("1.27.4", "go1.27.4"), ("1.21.0", "go1.21.0"), ("1.20.0", "go1.20"), ("1.22rc1", "go1.22rc1")]
        {
            assert_eq!(version.parse::<GoVersion>().expect("a version").toolchain(), name);
        }
    }

    #[test]
    fn systems_are_compared_by_their_two_first_numbers() {
        let of = |text: &str| text.parse::<SystemVersion>().expect("a version");
        assert!(of("10.15.7") < of("11") && of("11.7.10") < of("12") && of("9") < of("10.15"));
        assert_eq!(of("13.0.1"), of("13"));
        assert_eq!((of("10.15.7").to_string(), of("26.0").to_string()), ("10.15".into(), "26".into()));
        for bad in ["", "x", "13.", "13.x", "-1", "13.1.beta"] {
            assert!(bad.parse::<SystemVersion>().is_err(), "{bad}");
        }
    }
}
