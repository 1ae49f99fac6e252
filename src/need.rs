//! `Need`: what a machine lacks, in terms of the machine. A check names needs and never remedies; the planner turns
//! them into the fewest actions.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::discreet::Discreet;
use crate::registry::RegistryKey;
use crate::version::{GoVersion, ModuleVersion, Version};

/// Something that has to become true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Need {
    /// A complete Go of this version, in use.
    Go(GoVersion),
    /// The fyne CLI: `fyne.io/tools/cmd/fyne@v1.7.4`.
    Cli(ModuleVersion),
    /// Something that the operating system's packages bring: a key of `packages.toml` such as `c-compiler`, `xrandr`.
    Capability(String),
    /// A capability whose package is installed but damaged (a cut `.pc` file, a dangling link).
    Damaged(String),
    /// A directory in front on PATH in the next login.
    OnPath(PathBuf),
    /// A Go setting (`go env -w`) with this value, or gone.
    GoSetting {
        /// `CGO_ENABLED`, `GOPROXY`, …
        key: String,
        /// `None` takes it away.
        value: Option<Discreet>,
    },
    /// A variable that a file sets is wrong there: the line is fixed or commented out.
    FileSetting {
        /// The file.
        file: PathBuf,
        /// Its line.
        line: u32,
        /// The variable.
        variable: String,
    },
    /// A variable that the registry sets is wrong there: the value goes.
    RegistrySetting {
        /// The key.
        key: RegistryKey,
        /// The value's name.
        name: String,
    },
    /// Lines of a file that end as on Windows, and its shell takes the carriage return for part of a word.
    LineEnds(PathBuf),
    /// The modules of this fyne/v2, verified, in the user's module cache.
    Modules(Version),
    /// A module in the module cache as it was published.
    WholeModule(ModuleVersion),
    /// A cache of Go's in this directory that this user may use.
    Cache(PathBuf),
    /// A build cache in this directory whose entries are what their names say.
    WholeBuilds(PathBuf),
    /// The lines that Go wants of the go.sum in this directory, as far as they are missing.
    SumLines(PathBuf),
    /// The package manager has to finish what was interrupted.
    PackagesConfigured,
    /// Components that an installation of Visual Studio is to get.
    VisualStudio {
        /// The Visual Studio Installer's program.
        setup: PathBuf,
        /// The installation.
        install: PathBuf,
        /// Ids of components.
        add: Vec<String>,
    },
    /// Apple's Command Line Tools, whole.
    CommandLineTools,
    /// The developer directory in effect on a Mac: this one, or without one the first of the usual places.
    DeveloperDir(Option<PathBuf>),
    /// WSLg's sockets where programs look for a display, in Windows Subsystem for Linux.
    WslgSockets {
        /// Where WSLg keeps its files.
        dir: PathBuf,
        /// Whether systemd covers them with each start.
        each_start: bool,
    },
    /// A rule of the firewall of Windows that lets WSL reach a port of Windows.
    WindowsFirewall {
        /// Windows' own PowerShell.
        powershell: PathBuf,
        /// The port.
        port: u16,
        /// The addresses of WSL, as the rule takes them.
        from: String,
    },
    /// Only a person can decide; the check's texts say what.
    Decision,
}
