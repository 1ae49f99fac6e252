//! `Facts`: one serialisable snapshot of a machine. `probe` collects it, pure parsers beside this file read formats,
//! checks and the planner judge it. Nothing here looks at the machine.
//!
//! A format gets one parser in one file of this directory; readers of foreign output never fail, they give less.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub mod apple;
pub mod aptsources;
pub mod buildid;
pub mod buildinfo;
pub mod built;
pub mod codesign;
pub mod deep;
pub mod display;
pub mod gitconfig;
pub mod globs;
pub mod go;
pub mod goflags;
pub mod gomod;
pub mod goplace;
pub mod gosource;
pub mod gosum;
pub mod goversion;
pub mod hives;
pub mod host;
pub mod ldflags;
pub mod ldso;
pub mod loadtrace;
pub mod locks;
pub mod mac;
pub mod macho;
pub mod mingw;
pub mod modulestxt;
pub mod msvc;
pub mod native;
pub mod origins;
pub mod osrelease;
pub mod passwd;
pub mod project;
pub mod sections;
pub mod settings;
pub mod supply;

pub mod words;
pub mod wsl;
pub mod x11;
pub mod xcode;
pub mod yumrepos;

pub use apple::Apple;
pub use deep::Deep;
pub use display::Display;
pub use go::{Cli, Go, GoTree, Modules};
pub use host::Host;
pub use native::Native;
pub use project::Project;
pub use settings::Settings;
pub use wsl::Wsl;

use crate::fact::Fact;
use crate::places::Places;

/// Everything we know of a machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Operating system, user, disks.
    pub host: Host,
    /// What the environment says: the process that we were started from, or a fresh login shell after an edit.
    pub here: Settings,
    /// Every Go on this machine that we can see, and the one in effect.
    pub go: Go,
    /// Every `fyne` on PATH and where `go install` would put one.
    pub cli: Cli,
    /// Module and build caches.
    pub modules: Modules,
    /// C compiler, pkg-config, headers, libraries, package manager.
    pub native: Native,
    /// Where a window could open.
    pub display: Display,
    /// The project, if there is one.
    pub project: Fact<Project>,
    /// What our own records say.
    pub ours: Ours,
    /// What only a long look shows; without it nobody looked.
    #[serde(default)]
    pub deep: Option<Deep>,
    /// What a Mac has besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apple: Option<Apple>,
    /// The same at the next login, where lines of profiles that this terminal has not read set something otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<Box<Self>>,
}

impl Default for Facts {
    /// Nothing was looked at.
    fn default() -> Self {
        let (host, here, go, cli, modules, native, display, ours) = <_>::default();
        let (project, deep, apple, later) = (Fact::unlooked(), None, None, None);
        Self { host, here, go, cli, modules, native, display, project, ours, deep, apple, later }
    }
}

impl Facts {
    /// The Go that typing `go` runs, or would if its `bin/go` were there, where it is damaged and could be fixed in its
    /// place: it is ours to write, and was not built by a distribution. A quarantine is no damage: it would stay.
    pub fn damaged_go(&self) -> Option<&GoTree> {
        let tree = match self.go.in_use() {
            Some(tree) => {
                let garbled = self
                    .deep
                    .as_ref()
                    .is_some_and(|it| !it.extra.is_empty() || it.go.here().is_some_and(|it| !it.is_empty()));
                Some(tree).filter(|it| !it.complete() || !self.go.answers || garbled)
            }
            // Without `bin/go` nothing is found on PATH.
            None => self.go.trees.iter().find(|it| !it.complete() && self.here.on_path(&it.root.join("bin"))),
        };
        let marked = |it: &GoTree| it.program.as_ref().is_some_and(|it| it.is_marked());
        let here = |it: &&GoTree| it.version.is_here() && it.foreign.is_none() && !marked(it);
        tree.filter(|it| it.writable && !it.packaged()).filter(here)
    }
}

impl Facts {
    /// Where the programs of a Go of ours are found: through the link, whatever version it leads to, or in its own directory
    /// where no link leads anywhere.
    pub fn bin_of_ours(&self, root: &Path) -> PathBuf {
        let link = self.ours.places.current();
        if self.host.has_links() { link.join("bin") } else { root.join("bin") }
    }

    /// The files of a tree that do not belong to its version, by the quick look and by the long one.
    pub fn extra_of<'a>(&'a self, tree: &'a GoTree) -> impl Iterator<Item = &'a String> {
        let deep = self.deep.iter().filter(|_| self.go.in_use() == Some(tree)).flat_map(|it| &it.extra);
        tree.extra.iter().chain(deep.filter(|it| !tree.extra.contains(it)))
    }
}

/// What our own records say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ours {
    /// Our directories.
    pub places: Places,
    /// The version that `current` points at.
    pub current: Fact<String>,
    /// Our `env` file is there with the content that we would write now.
    pub env_file: Fact<bool>,
    /// The directories that our `env` file puts on PATH.
    #[serde(default)]
    pub env_path: Vec<std::path::PathBuf>,
    /// The directories that the files of an installation for all users put on PATH of every login with this shell; of a user
    /// of it alone, not of root at work on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub for_all: Vec<std::path::PathBuf>,
    /// Profiles that source our `env` file.
    pub profiles: Vec<std::path::PathBuf>,
    /// Profiles of shells on this machine that should and do not.
    pub profiles_missing: Vec<std::path::PathBuf>,
    /// Fingerprint of the last proof: it holds while Go, compiler, headers, Fyne and display driver are the same.
    pub last_proof: Fact<String>,
    /// Runs that were cut short, each with its command in front of its ID.
    pub unfinished: Vec<String>,
    /// Why the journal could not be read, where it could not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<crate::fact::Why>,
    /// This terminal is older than our edit of its profile; the rest of the facts is as if it were not.
    pub older_terminal: bool,
    /// What came of the last build of the project, where what it rests on is as it was.
    #[serde(default)]
    pub last_build: Option<built::Built>,
}

impl Default for Ours {
    fn default() -> Self {
        let nowhere = std::path::Path::new(crate::places::NOWHERE);
        Self {
            places: Places::linux(nowhere, |_| None),
            current: Fact::unlooked(),
            env_file: Fact::unlooked(),
            env_path: Vec::new(),
            for_all: Vec::new(),
            profiles: Vec::new(),
            profiles_missing: Vec::new(),
            last_proof: Fact::unlooked(),
            unfinished: Vec::new(),
            unread: None,
            older_terminal: false,
            last_build: None,
        }
    }
}
