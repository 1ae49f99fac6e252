//! Go trees, the fyne CLI, and Go's caches, as they lie on this machine.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::apple::Program;
use crate::fact::{Fact, Why};
use crate::facts::goplace;
use crate::path_style::PathStyle;
use crate::system::Stat;
use crate::version::{GoVersion, ModuleVersion};

/// Every Go that we can see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Go {
    /// Every tree: those on PATH in PATH's order, then ours, then well-known places. No tree twice.
    pub trees: Vec<GoTree>,
    /// Index in `trees` of the one that typing `go` runs; `None` when there is none on PATH.
    pub first: Option<usize>,
    /// `go version` of that one, run with the user's environment in an empty directory: its output, or what it said.
    pub answer: Fact<String>,
    /// Whether that run ended well.
    pub answers: bool,
    /// Every `go` on PATH that was not run though no tree is known for it, or though it is the first, and why.
    #[serde(default)]
    pub unasked: Vec<(PathBuf, Why)>,
    /// GOPATH in effect (first entry).
    pub gopath: Option<PathBuf>,
    /// Where `go install` puts programs: GOBIN, else GOPATH/bin.
    pub bin: Option<PathBuf>,
    /// What stands there.
    pub bin_stat: Fact<Stat>,
    /// Nothing can be executed there: its file system is mounted so.
    #[serde(default)]
    pub bin_noexec: bool,
    /// Where programs could go instead, looked for where that one is of no use; the best first.
    #[serde(default)]
    pub bin_places: Vec<PathBuf>,
    /// GOROOT as it is set, links resolved, where a Go lies there.
    pub goroot: Option<PathBuf>,
    /// Toolchains that Go itself has downloaded, `go1.27.4`.
    pub toolchains: Vec<String>,
}

impl Default for Go {
    /// Nothing was looked at.
    fn default() -> Self {
        let (trees, first, answers, unasked, gopath, bin) = <_>::default();
        let (bin_noexec, bin_places, goroot, toolchains) = <_>::default();
        Self {
            trees,
            first,
            answer: Fact::unlooked(),
            answers,
            unasked,
            gopath,
            bin,
            bin_stat: Fact::unlooked(),
            bin_noexec,
            bin_places,
            goroot,
            toolchains,
        }
    }
}

/// One Go tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoTree {
    /// Its GOROOT, links resolved.
    pub root: PathBuf,
    /// How it was found: the `go` on PATH, links not resolved; `None` for one that is not on PATH.
    pub command: Option<PathBuf>,
    /// From its VERSION file.
    pub version: Fact<GoVersion>,
    /// The VERSION file's first line, as it is (a distribution's build may say more).
    pub version_text: String,
    /// Files that every Go of its version has and that are missing here, relative to the root.
    pub missing: Vec<String>,
    /// Files that its version does not have and with which a package of it cannot be compiled, relative to the root: what
    /// is left of an older Go that it was unpacked over.
    #[serde(default)]
    pub extra: Vec<String>,
    /// One of ours.
    pub ours: bool,
    /// Whether we may write into it.
    pub writable: bool,
    /// Its tools are not all of one time: one may have been changed since they were laid.
    #[serde(default)]
    pub touched: bool,
    /// How paths are written where it lies: its programs are `bin/go.exe` on Windows.
    #[serde(default)]
    pub style: PathStyle,
    /// Size and time of `bin/go`, to tell whether it changed since.
    pub go_stat: Fact<Stat>,
    /// What brought it, where its place tells; on a Mac alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought: Option<String>,
    /// `darwin/amd64`: its programs are for another processor than that of this machine. On a Mac alone: there they may run
    /// all the same, translated by Rosetta.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign: Option<String>,
    /// Its `go`, as the system sees it that starts it; on a Mac alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<Box<Program>>,
}

impl GoTree {
    /// Whether macOS stops it as it lies there, or may: it is not run, and builds nothing.
    pub fn is_held(&self) -> bool {
        self.program.as_ref().is_some_and(|it| it.is_held())
    }

    /// Nothing is missing, nothing of another Go is among it, and the version is known.
    pub fn complete(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty() && self.version.is_here()
    }

    /// Whether it asks a version control about the directory of what it builds: since 1.18, and before that it does not know the
    /// flag that forbids it.
    pub fn asks_vcs(&self) -> bool {
        self.version.here().is_none_or(|it| it.line() >= (1, 18))
    }

    /// Whether it lies where the system's packages put theirs: those are built otherwise than what was published.
    pub fn packaged(&self) -> bool {
        // On a Mac alone it is known what brought it, and what a package manager brings there always is.
        goplace::is_packaged(&self.root, self.brought.is_some())
    }

    /// The directory of its programs, for PATH: where it stays, whatever version comes next.
    pub fn bin(&self) -> PathBuf {
        goplace::kept(&self.root, self.brought.as_deref()).unwrap_or_else(|| self.root.clone()).join("bin")
    }

    /// Its `go`.
    pub fn go(&self) -> PathBuf {
        self.root.join("bin").join(self.style.executable("go"))
    }
}

/// Whether what lies there is gone after the next start of the machine, or before.
pub fn is_temporary(path: &Path) -> bool {
    ["/tmp", "/var/tmp", "/dev/shm", "/run"].iter().any(|it| path.starts_with(it))
}

impl Go {
    /// Whether the directory of programs lies among temporary files, and the home that it belongs to does not.
    pub fn bin_is_temporary(&self, home: &Path) -> bool {
        self.bin.as_deref().is_some_and(is_temporary) && !is_temporary(home)
    }

    /// The tree that typing `go` runs.
    pub fn in_use(&self) -> Option<&GoTree> {
        self.first.and_then(|it| self.trees.get(it))
    }
}

/// The fyne CLI.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cli {
    /// Every `fyne` on PATH, in PATH's order; then the one where `go install` would put it, if that is not on PATH.
    pub programs: Vec<CliProgram>,
}

/// A file called `fyne`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CliProgram {
    /// Where it is.
    pub path: PathBuf,
    /// Whether its directory is on PATH.
    pub on_path: bool,
    /// What its build info says; `Absent` for a file that is no Go program; `Unknown` for a damaged one.
    pub build: Fact<BuildInfo>,
    /// Whether its file is as long as its own headers say.
    pub whole: bool,
    /// It starts another `fyne` of this list: a version manager's shim, or somebody's own script.
    pub wraps: bool,
    /// Whether it may be executed.
    #[serde(default = "yes")]
    pub runs: bool,
}

const fn yes() -> bool {
    true
}

/// Go's build info of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildInfo {
    /// The Go that built it, `go1.27.4`.
    pub go: String,
    /// The main package, `fyne.io/tools/cmd/fyne`.
    pub path: String,
    /// The main module, its version and its h1 (empty for a local build).
    pub main: BuildModule,
    /// The modules that it is made of.
    pub deps: Vec<BuildModule>,
    /// Build settings such as (`CGO_ENABLED`, `0`).
    pub settings: Vec<(String, String)>,
}

/// A module in a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildModule {
    /// Module path.
    pub path: String,
    /// Version, `v1.7.4`.
    pub version: String,
    /// `h1:…`, or empty.
    pub sum: String,
    /// `path@version` of the module in whose place it stands, where one was replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
}

/// Module cache and build cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modules {
    /// GOMODCACHE in effect.
    pub dir: Option<PathBuf>,
    /// What stands there.
    pub stat: Fact<Stat>,
    /// GOCACHE in effect.
    pub build_cache: Option<PathBuf>,
    /// What stands there.
    pub build_cache_stat: Fact<Stat>,
    /// Modules that the target or the project needs and that are not unpacked there.
    pub missing: Vec<ModuleVersion>,
    /// How many were looked for.
    pub wanted: usize,
    /// What is wrong with the build cache.
    pub damaged: Vec<(PathBuf, Damage)>,
    /// Wanted modules that are not what was published.
    #[serde(default)]
    pub spoiled: Vec<Spoiled>,
    /// What keeps the module cache, where it is not there yet, from being made.
    #[serde(default)]
    pub blocked: Option<(PathBuf, Damage)>,
    /// Modules whose downloaded zip has another hash than the project's go.sum: (module, line of go.sum, hash of the
    /// zip).
    pub mismatched: Vec<(ModuleVersion, u32, String)>,
    /// Lines of the project's go.sum that have another hash than was published, by the hashes that we ship: (module, or
    /// its go.mod; line; published hash).
    #[serde(default)]
    pub unpublished: Vec<(String, u32, String)>,
    /// Where certificates come from that a download is trusted by: a bundle, or a directory.
    #[serde(default = "Fact::unlooked")]
    pub roots: Fact<PathBuf>,
    /// The variables without which there would be some.
    #[serde(default)]
    pub roots_hidden_by: Vec<String>,
    /// A go.mod directly in a directory of GOPATH, which no module may be.
    #[serde(default)]
    pub gopath_mod: Option<PathBuf>,
    /// Whether git is there, asked where modules come from their repositories (GOPROXY begins with `direct`).
    #[serde(default)]
    pub git: Option<bool>,
}

impl Default for Modules {
    /// Nothing was looked at.
    fn default() -> Self {
        let (dir, build_cache, missing, wanted, damaged, spoiled, blocked, mismatched, roots_hidden_by) =
            <_>::default();
        let (unpublished, gopath_mod, git) = <_>::default();
        Self {
            dir,
            stat: Fact::unlooked(),
            build_cache,
            build_cache_stat: Fact::unlooked(),
            missing,
            wanted,
            damaged,
            spoiled,
            blocked,
            mismatched,
            unpublished,
            roots: Fact::unlooked(),
            roots_hidden_by,
            gopath_mod,
            git,
        }
    }
}

/// A module in the cache that is not what was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoiled {
    /// The module.
    pub module: ModuleVersion,
    /// The file at fault, or the directory of the module.
    pub file: PathBuf,
    /// What is wrong with it.
    pub flaw: Flaw,
    /// GOPRIVATE or GONOSUMDB name it: nobody but its owner can say what it should be.
    pub private: bool,
}

/// What is wrong with a module in the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// Its unpacked files have another hash: one was edited, added or removed.
    Edited,
    /// Its downloaded zip has to be unpacked and is none, or is cut short.
    NotAZip,
    /// The hash that Go noted of its zip is not that of its files.
    OtherHash,
    /// Its downloaded `go.mod` is another one.
    OtherMod,
}

/// What is wrong with the build cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// A directory is missing, and Go may not make it: the cache is this user's.
    Gap {
        /// The owner.
        uid: u32,
    },
    /// The cache is this user's, and we may not even look.
    Foreign {
        /// The owner.
        uid: u32,
    },
    /// Something that is no directory stands in its place.
    NoDirectory,
    /// It is not there, and cannot be made: the directory above it is this user's.
    Closed {
        /// The owner.
        uid: u32,
    },
}

/// How Go calls an architecture.
pub fn go_arch(arch: &str) -> &str {
    match arch {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" | "i586" | "i686" => "386",
        "powerpc64" | "powerpc64le" => "ppc64le",
        "loongarch64" => "loong64",
        it if it.starts_with("arm") => "arm",
        it => it,
    }
}
