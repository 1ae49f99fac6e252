//! What a cgo build takes from the system: compiler, pkg-config, headers, libraries; and the package manager.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::mingw;
use super::msvc::Msvc;
use super::supply::Supply;
use super::xcode::Xcode;
use crate::fact::Fact;
use crate::system::{Space, Stat};

/// C compiler, pkg-config, headers, libraries, package manager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Native {
    /// The compiler that cgo would call.
    pub compiler: Compiler,
    /// `pkg-config` on PATH (or PKG_CONFIG), and what it says of its version.
    pub pkg_config: Fact<(PathBuf, String)>,
    /// The directory on PATH whose pkg-config does not know what one behind it knows.
    #[serde(default)]
    pub pkg_config_detour: Option<Detour>,
    /// By name, programs that PATH does not lead to and that stand whole where packages put programs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub off_path: BTreeMap<String, PathBuf>,
    /// By capability of the target (`xrandr`, `gl`, …): whether a build would find it.
    pub capabilities: BTreeMap<String, Probed>,
    /// Microsoft's compiler, on Windows.
    #[serde(default = "no_msvc", skip_serializing_if = "Fact::is_absent")]
    pub msvc: Fact<Msvc>,
    /// Apple's developer tools, on a Mac.
    #[serde(default = "no_xcode", skip_serializing_if = "Fact::is_absent")]
    pub xcode: Fact<Xcode>,
    /// The package manager of this system.
    pub manager: Fact<Manager>,
    /// What forbids the package manager here, as its place in the registry and its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forbidden: Option<String>,
    /// By capability that is not as its packages installed it: those of the packages whose files are not; none where no
    /// package has the damaged file. Looked for only where something is amiss; without an entry nobody could tell.
    #[serde(default)]
    pub damaged: BTreeMap<String, Vec<String>>,
    /// GOTMPDIR, where it is set: Go builds there instead of in the directory for temporary files.
    #[serde(default)]
    pub go_tmp: Option<(PathBuf, Fact<Stat>, Fact<Space>)>,
    /// Where the package manager gets its packages from; absent where none is needed, so that nobody looked.
    #[serde(default = "Fact::unlooked")]
    pub supply: Fact<Supply>,
}

impl Default for Native {
    /// Nothing was looked at.
    fn default() -> Self {
        let (compiler, pkg_config_detour, off_path, capabilities) = <_>::default();
        let (damaged, go_tmp, forbidden) = <_>::default();
        Self {
            compiler,
            pkg_config: Fact::unlooked(),
            pkg_config_detour,
            off_path,
            capabilities,
            msvc: Fact::Absent,
            xcode: Fact::Absent,
            manager: Fact::unlooked(),
            damaged,
            forbidden,
            go_tmp,
            supply: Fact::unlooked(),
        }
    }
}

const fn no_msvc() -> Fact<Msvc> {
    Fact::Absent
}

const fn no_xcode() -> Fact<Xcode> {
    Fact::Absent
}

/// The compiler that cgo would call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compiler {
    /// CC in effect: the words of the command (`gcc` when nothing is said).
    pub command: Vec<String>,
    /// Where its first word is found.
    pub path: Fact<PathBuf>,
    /// First line of `--version`.
    pub version: Option<String>,
    /// `-dumpmachine`.
    pub machine: Option<String>,
    /// gcc or clang.
    pub is_gcc: bool,
    /// Whether a ten-line program compiles and links with it: the compiler's words when it does not.
    pub works: Fact<Result<(), String>>,
    /// The variable without which it would work.
    #[serde(default)]
    pub spoiled_by: Option<String>,
    /// The directory on PATH without which a compiler would do.
    #[serde(default)]
    pub detour: Option<Detour>,
    /// What is asked besides on Windows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub windows: Option<mingw::Windows>,
}

/// A directory in front on PATH with a program that does not serve, where what stands behind it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detour {
    /// The directory, as PATH has it.
    pub dir: PathBuf,
    /// The program behind that would do by itself, the directory still in front.
    pub instead: Option<PathBuf>,
    /// The one in front does not even tell its version.
    pub dead: bool,
}

impl Default for Compiler {
    /// Nothing was looked at.
    fn default() -> Self {
        let (command, version, machine, is_gcc, spoiled_by, detour, windows) = <_>::default();
        Self {
            command,
            path: Fact::unlooked(),
            version,
            machine,
            is_gcc,
            works: Fact::unlooked(),
            spoiled_by,
            detour,
            windows,
        }
    }
}

/// What a probe of one capability gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probed {
    /// What was tried, in one line (`#include <X11/extensions/Xrandr.h>`, `pkg-config --cflags gl`, `-lGL`).
    pub tried: String,
    /// `Here(())` when it is found; `Absent` when it is not; `Unknown` when the compiler itself is at fault.
    pub found: Fact<()>,
    /// The tool's words when it is not, the first telling line.
    pub said: Option<String>,
    /// A file of it that is there but damaged, or in the way.
    pub damaged: Option<PathBuf>,
    /// Which part of it is not found.
    #[serde(default)]
    pub part: Option<Part>,
    /// The variable without which it would be found; `PATH` where a program in front there is at fault (`detour`).
    #[serde(default)]
    pub hidden_by: Option<String>,
    /// What pkg-config says a compiler has to be told to find it, where nobody tells it: its headers have a directory of
    /// their own.
    #[serde(default)]
    pub told_by_module: Option<String>,
}

impl Default for Probed {
    /// Nothing was looked at.
    fn default() -> Self {
        let (tried, said, damaged, part, hidden_by, told_by_module) = <_>::default();
        Self { tried, found: Fact::unlooked(), said, damaged, part, hidden_by, told_by_module }
    }
}

/// Parts of a capability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A header file.
    Header,
    /// A library to link with.
    Library,
    /// A pkg-config module.
    Module,
    /// A program.
    Program,
    /// All of it is there, and older than what is needed.
    Age,
}

/// The package manager of this system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manager {
    /// `apt`, `dnf`, …
    pub name: String,
    /// Its program.
    pub program: PathBuf,
    /// Packages of ours-to-want that are installed: name → version.
    pub installed: BTreeMap<String, String>,
    /// Whether its lists are there (a cleaned-out apt has none).
    pub lists: bool,
    /// An interrupted transaction waits to be finished.
    pub interrupted: bool,
    /// Packages of ours-to-want that are on hold.
    pub held: Vec<String>,
    /// Everything that is on hold, as far as it is written in files of the manager's.
    #[serde(default)]
    pub holds: Vec<Hold>,
    /// The lock that a process which was cut off left behind: nothing uses it.
    #[serde(default)]
    pub left_lock: Option<PathBuf>,
    /// What it says where it cannot read its own record.
    #[serde(default)]
    pub unreadable: Option<String>,
}

/// A package that must not change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its name, or a pattern of names with `*` and `?`.
    pub name: String,
    /// What says so, as a person knows it: a file, or a command.
    pub by: String,
}

impl Hold {
    /// Whether it is about this package.
    pub fn covers(&self, package: &str) -> bool {
        let pattern = regex_lite::escape(&self.name).replace(r"\*", ".*").replace(r"\?", ".");
        regex_lite::Regex::new(&format!("^{pattern}$")).is_ok_and(|it| it.is_match(package))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_covers_the_names_of_its_pattern() {
        for (name, package, covers) in [
            ("gcc", "gcc", true),
            ("gcc", "gcc-c++", false),
            ("gcc*", "gcc-c++", true),
            ("*-devel", "libX11-devel", true),
            ("lib?11", "libX11", true),
            ("", "gcc", false),
        ] {
            assert_eq!(
                Hold { name: name.into(), by: String::new() }.covers(package),
                covers,
                "{name} {package}"
            );
        }
    }
}
