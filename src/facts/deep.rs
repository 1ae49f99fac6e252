//! What only a long look shows: contents against hashes. `check --deep` fills it, and `repair` where a build fails that
//! nothing else explains.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::built::Built;
use super::go::Spoiled;
use crate::digest::Digest;
use crate::fact::{Fact, Why};

/// A long look. `Unknown` says why nobody could look; `Absent` that there is nothing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deep {
    /// The Go in use against what was published of its version: files of it that are missing or differ, relative to its
    /// root. None where somebody merely added some.
    pub go: Fact<Vec<String>>,
    /// Files that it has and that were not published with it, where they keep a package of it from being compiled.
    #[serde(default)]
    pub extra: Vec<String>,
    /// How many unpacked modules were hashed.
    pub modules: Fact<usize>,
    /// Those of them that are not what was published.
    pub spoiled: Vec<Spoiled>,
    /// Entries of the build cache, relative to it, whose contents are not what their names say.
    pub builds: Fact<Vec<PathBuf>>,
    /// What the loader does not find, or cannot take, of what the last proof program is linked with, in its own words.
    #[serde(default = "Fact::unlooked")]
    pub loader: Fact<Vec<String>>,
    /// Go's own words where it lacks lines of the project's go.sum; `Here(None)` where it lacks none.
    pub sums: Fact<Option<String>>,
    /// The fyne CLI that is run; `Absent` where there is none.
    #[serde(default = "untold")]
    pub cli: Fact<CliSeen>,
    /// What Windows sends its programs through, where Windows could be asked from WSL; `Here(None)` for nothing.
    #[serde(default = "unproxied", skip_serializing_if = "Fact::is_absent")]
    pub windows_proxy: Fact<Option<String>>,
    /// The user's project, built as its user would; `Absent` where that was not tried.
    #[serde(default = "untried")]
    pub project: Fact<Built>,
}

/// A fyne CLI against what we built and what was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CliSeen {
    /// Where it is.
    pub path: PathBuf,
    /// What speaks against it.
    pub flaws: Vec<CliFlaw>,
    /// Why it was not judged, or not all of it.
    pub open: Option<Why>,
}

/// What speaks against a fyne CLI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CliFlaw {
    /// We put other bytes there, and these are not a build of somebody else's.
    Changed {
        /// Of what we built.
        wrote: Digest,
        /// Of what is there.
        found: Digest,
        /// Whether Go's build info can still be read.
        build_info: bool,
    },
    /// It names a module with another hash than was published.
    Module {
        /// `path@version`
        module: String,
        /// What it names.
        built: String,
        /// What was published.
        published: String,
    },
}

const fn untold() -> Fact<CliSeen> {
    Fact::Absent
}

const fn unproxied() -> Fact<Option<String>> {
    Fact::Absent
}

const fn untried() -> Fact<Built> {
    Fact::Absent
}

impl Default for Deep {
    /// Nothing was looked at.
    fn default() -> Self {
        let (extra, spoiled) = <_>::default();
        Self {
            go: Fact::unlooked(),
            extra,
            modules: Fact::unlooked(),
            spoiled,
            builds: Fact::unlooked(),
            loader: Fact::unlooked(),
            sums: Fact::unlooked(),
            cli: Fact::unlooked(),
            windows_proxy: unproxied(),
            project: untried(),
        }
    }
}

impl Deep {
    /// Where nothing was looked at but whether the project builds.
    pub fn of_build(project: Fact<Built>) -> Self {
        let (go, modules, spoiled) = (Fact::Absent, Fact::Absent, vec![]);
        let (builds, loader, sums) = (Fact::Absent, Fact::Absent, Fact::Absent);
        let (extra, cli, windows_proxy) = (vec![], Fact::Absent, unproxied());
        Self { go, extra, modules, spoiled, builds, loader, sums, cli, windows_proxy, project }
    }

    /// Whether nothing was looked at but that.
    pub fn only_built(&self) -> bool {
        *self == Self::of_build(self.project.clone())
    }

    /// The same where nobody asked for it: that we could not look is then no news.
    #[must_use]
    pub fn unasked(self) -> Self {
        Self {
            go: known(self.go),
            modules: known(self.modules),
            builds: known(self.builds),
            loader: known(self.loader),
            sums: known(self.sums),
            cli: known(self.cli),
            ..self
        }
    }
}

fn known<T>(fact: Fact<T>) -> Fact<T> {
    if matches!(fact, Fact::Unknown(_)) { Fact::Absent } else { fact }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_asked_for_is_no_news_where_it_is_unknown() {
        let (go, modules) = (Fact::Unknown(Why::System("offline".into())), Fact::Here(3));
        let deep = Deep { go, modules, ..Deep::default() }.unasked();
        assert_eq!((deep.go, deep.modules), (Fact::Absent, Fact::Here(3)));
    }
}
