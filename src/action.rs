//! `Plan`: the fewest actions that meet the needs, in a dependency graph, as data. Pure: made from findings, facts and
//! the wish; printable; `apply FILE` makes it again from the file's `Want` and goes on only if it is the same.
//!
//! An action is a word here, its act is in `apply::steps`, one file a kind.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::discreet::Discreet;
use crate::failure::Code;
use crate::need::Need;
use crate::packages::repository::EnabledBy;
use crate::registry::RegistryKey;
use crate::shell::edit::Fault;
use crate::version::{GoVersion, ModuleVersion, Version};
use crate::want::Want;

pub mod firewall;
pub mod installer;
mod kind;
mod numbering;
mod parts;
mod premise;
pub mod ran;
mod rights;
mod sentence;
pub mod tried;
pub mod wsl;

pub use kind::ActionKind;
pub use parts::{Cache, FirstProgram, Pin, Stage, VariableChange};
pub use premise::Premise;
pub use sentence::{sentence, sentence_of};

/// What we do to a machine. Closed: what is not here is never done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Action {
    /// `apt-get update` or its like.
    RefreshPackageLists {
        /// The package manager.
        manager: String,
    },
    /// One transaction of the package manager.
    InstallPackages {
        /// The package manager.
        manager: String,
        /// Package names.
        names: Vec<String>,
    },
    /// Lays the files of packages that are there once more: some are damaged.
    ReinstallPackages {
        /// The package manager.
        manager: String,
        /// Package names.
        names: Vec<String>,
    },
    /// Finishes what the package manager was cut off in.
    ConfigurePackages {
        /// The package manager.
        manager: String,
    },
    /// Enables a repository that the distribution has and does not enable.
    EnableRepository {
        /// The package manager.
        manager: String,
        /// The repository, by the manager's name for it.
        repository: String,
        /// What enables it.
        by: EnabledBy,
    },
    /// Visual Studio's own installer adds components to an installation.
    ModifyVisualStudio {
        /// The installer's program.
        setup: PathBuf,
        /// The installation.
        install: PathBuf,
        /// Ids of components.
        add: Vec<String>,
    },
    /// Apple's Command Line Tools, by `softwareupdate`.
    InstallCommandLineTools,
    /// `xcode-select`: another developer directory is the one in effect.
    SelectDeveloperDir {
        /// `None` takes the choice back, so that the first of the usual places is.
        dir: Option<PathBuf>,
    },
    /// WSLg's sockets, which something covers, where programs look for a display.
    ShowWslgSockets {
        /// Where WSLg keeps its files.
        dir: PathBuf,
        /// Also at each start, by a file for systemd-tmpfiles.
        each_start: bool,
    },
    /// A rule of the firewall of Windows, for which Windows asks an administrator.
    AllowThroughFirewall {
        /// Windows' own PowerShell.
        powershell: PathBuf,
        /// The port.
        port: u16,
        /// The addresses that may reach it.
        from: String,
    },
    /// A Go of ours, verified, beside the others.
    InstallGo {
        /// Its version.
        version: GoVersion,
        /// Where it goes.
        root: PathBuf,
    },
    /// The files that a Go lacks or has otherwise, from the verified archive of its own version. What is good stays.
    RestoreGo {
        /// Its GOROOT.
        root: PathBuf,
        /// Its version.
        version: GoVersion,
        /// Files that go, relative to the root, where the archive does not have them either.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        extra: Vec<String>,
    },
    /// `current` points at it.
    SwitchGo {
        /// Its GOROOT.
        root: PathBuf,
        /// The link.
        link: PathBuf,
    },
    /// `go env -w KEY=VALUE` or `go env -u KEY`, written by us into Go's own file.
    SetGoEnv {
        /// The file.
        file: PathBuf,
        /// The variable.
        key: String,
        /// `None` removes it.
        value: Option<Discreet>,
    },
    /// One of the user's own variables in Windows' registry.
    SetVariable {
        /// The key.
        key: RegistryKey,
        /// The variable.
        name: String,
        /// What becomes of it.
        change: VariableChange,
    },
    /// Our env files, for every shell.
    WriteEnvFiles {
        /// Directories that go in front on PATH.
        path: Vec<PathBuf>,
        /// Variables that they set.
        variables: Vec<(String, Discreet)>,
        /// Whether programs that are started from a desktop are told as well.
        #[serde(default = "yes")]
        desktop: bool,
    },
    /// Variables that lines of a file assign wrongly: commented out, or taken out of the line, where they stand.
    #[serde(rename = "mend-lines")] // as plans and journals have it
    FixLines {
        /// The file.
        file: PathBuf,
        /// What is wrong in it, in the order of lines.
        lines: Vec<Fault>,
    },
    /// The carriage returns at the ends of a file's lines go: its shell cannot read them.
    FixLineEnds {
        /// The file.
        file: PathBuf,
    },
    /// A directory that a line puts in front on PATH goes last there: it hides nothing any more.
    PutLast {
        /// The file.
        file: PathBuf,
        /// Its line, from 1.
        line: u32,
        /// The directory.
        dir: PathBuf,
    },
    /// The marked block that sources our env file.
    EditProfile {
        /// The profile.
        file: PathBuf,
    },
    /// fyne/v2 and what it needs, verified, into the module cache.
    DownloadModules {
        /// fyne/v2's version.
        fyne: Version,
    },
    /// Modules of the module cache as they were published; what was changed in them is kept.
    RestoreModules {
        /// Paths and versions.
        #[serde(with = "crate::version::pairs")]
        modules: Vec<ModuleVersion>,
    },
    /// A cache of Go's that this user cannot use is moved aside, and what can be read of it is copied into a fresh one.
    ReplaceCache {
        /// Its directory.
        dir: PathBuf,
        /// Which cache.
        cache: Cache,
    },
    /// Entries of the build cache that are not what their names say go; Go makes them again.
    DropBuilds {
        /// The build cache.
        dir: PathBuf,
        /// The entries, relative to it.
        entries: Vec<PathBuf>,
    },
    /// The lines that a project's go.sum lacks, from the checksum database; every other line stays.
    CompleteSums {
        /// The project.
        dir: PathBuf,
    },
    /// A project says which versions it is built with: go.mod, go.sum and its lock file.
    PinProject(Pin),
    /// A first program of the user's, at the version that is prepared here.
    CreateProgram(FirstProgram),
    /// A part of the first build that can begin before every package is there.
    WarmLibraries {
        /// fyne/v2's version.
        fyne: Version,
        /// Which part.
        stage: Stage,
    },
    /// The proof program.
    BuildProgram {
        /// fyne/v2's version.
        fyne: Version,
    },
    /// The fyne CLI.
    InstallCli {
        /// Its package, and the version.
        module: ModuleVersion,
        /// The directory that it goes to.
        bin: PathBuf,
        /// With cgo, after the first program: a third of the work then; without, where no C compiler will come.
        cgo: bool,
    },
    /// The window, seen from outside.
    Prove {
        /// fyne/v2's version.
        fyne: Version,
    },
    /// The cache for `fyne build`.
    WarmFyneBuild {
        /// fyne/v2's version.
        fyne: Version,
    },
}

/// What plans of an older version meant.
const fn yes() -> bool {
    true
}

/// An action in the graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its number in the plan, from 1.
    pub id: u32,
    /// What is done.
    pub action: Action,
    /// The steps that must be done before it.
    pub after: Vec<u32>,
    /// The findings that ask for it.
    pub because: Vec<String>,
    /// The needs that it is meant to meet: one that is still asked for afterwards shows that it did not help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meets: Vec<Need>,
    /// What must still hold just before.
    pub premises: Vec<Premise>,
    /// Whether it needs root.
    pub needs_root: bool,
}

/// Everything that will be done, and what will not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What was asked for.
    pub want: Want,
    /// GOROOT of the Go that builds in this run: the one that is there and good, else the one that is installed.
    pub go_root: PathBuf,
    /// Where the fyne CLI is, or will be.
    pub bin: PathBuf,
    /// The steps, in an order that respects `after`.
    pub steps: Vec<Step>,
    /// Needs that no step meets: (finding, need).
    pub unmet: Vec<(String, Need)>,
    /// Checks that the goal needs and that could not look: where there are some, a plan without steps calls nothing ready.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
}

/// How far a plan goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Everything up to the proof.
    Install,
    /// Only what is wrong.
    Repair,
}

impl Action {
    /// The file of a person's that it edits.
    pub fn edits(&self) -> Option<&Path> {
        match self {
            Self::FixLines { file, .. }
            | Self::FixLineEnds { file }
            | Self::PutLast { file, .. }
            | Self::SetGoEnv { file, .. }
            | Self::EditProfile { file } => Some(file),
            _ => None,
        }
    }

    /// Whether it is an edit of small files or links, done again in no time.
    pub fn is_edit(&self) -> bool {
        matches!(
            self,
            Self::SwitchGo { .. }
                | Self::SetGoEnv { .. }
                | Self::SetVariable { .. }
                | Self::WriteEnvFiles { .. }
                | Self::FixLines { .. }
                | Self::FixLineEnds { .. }
                | Self::PutLast { .. }
                | Self::EditProfile { .. }
                | Self::PinProject(_)
        )
    }

    /// Whether it may take away the reason why another one failed: it changes settings that children are told, or packages.
    /// Packages bring programs and certificates, but neither room nor a way to a host.
    pub fn may_unblock(&self, failed: Code) -> bool {
        use Code::{DiskFull, DiskReadOnly, NetOffline, NetProxy, NetTimeout, NetUnreachable};
        let beyond =
            matches!(failed, DiskFull | DiskReadOnly | NetOffline | NetProxy | NetTimeout | NetUnreachable);
        let tools = matches!(self, Self::InstallCommandLineTools | Self::SelectDeveloperDir { .. });
        ((self.manager().is_some() || tools) && !beyond)
            || matches!(
                self,
                Self::SetGoEnv { .. }
                    | Self::SetVariable { .. }
                    | Self::FixLines { .. }
                    | Self::FixLineEnds { .. }
                    | Self::PutLast { .. }
            )
    }
}
