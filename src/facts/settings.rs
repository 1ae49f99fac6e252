//! What the environment says, and where each value comes from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::fact::{Fact, Why};
use crate::gather::Gather as _;
use crate::path_style::PathStyle;
use crate::registry::RegistryKey;
use crate::shell::edit;
use crate::shell::edit::{Fault, Unsafe};
use crate::shell::{Dialect, Piece, Step};

/// Variables with their origins. A value of a process environment that no file explains is `Terminal`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// How paths and lists of them are written in values.
    #[serde(default)]
    pub style: PathStyle,
    /// Whether they are a Mac's: Go keeps its own in the Library there, whatever XDG's variables say.
    #[serde(default)]
    pub mac: bool,
    /// By name. Go's own variables carry their *effective* value: environment, else GOENV file, else `$GOROOT/go.env`.
    pub variables: BTreeMap<String, Setting>,
    /// PATH, split, in order; empty entries are kept as `.`.
    pub path: Vec<PathEntry>,
    /// The file that `go env -w` writes, from GOENV or the default; `None` for `GOENV=off`.
    pub go_env_file: Option<PathBuf>,
    /// Why that file cannot be read, where Go would wait for it: it is a pipe, a socket or a device.
    #[serde(default)]
    pub go_env_unread: Option<Why>,
    /// Lines of that file that Go does not accept, as (line, text).
    pub go_env_garbage: Vec<(u32, String)>,
    /// The files that a login reads and Go's own, as they were read.
    pub files: BTreeMap<PathBuf, FileSeen>,
    /// Assignments in files that are not in effect here (shadowed, or newer than this terminal).
    pub elsewhere: Vec<(String, Setting)>,
    /// What the next login sets otherwise than it is here: lines of profiles that this terminal has not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<(String, Setting)>,
    /// Entries that one line of a profile put on PATH and a later one threw away.
    pub path_lost: Vec<LostEntry>,
    /// Entries that a line of a profile would put on PATH and that are not there, though nobody threw them away: the login
    /// shell does not get to that line.
    #[serde(default)]
    pub path_unreached: Vec<(PathBuf, Origin)>,
    /// Profiles with such lines that their own shell cannot read: the file, and the shell's words.
    #[serde(default)]
    pub unreadable: Vec<(PathBuf, String)>,
    /// Where a block of ours has to stand so that a login with this user's shell comes by it; empty where the names of the
    /// files say it.
    #[serde(default)]
    pub blocks: Vec<PathBuf>,
    /// Shell files of this login whose lines end as on Windows.
    #[serde(default)]
    pub returns: Vec<PathBuf>,
    /// Variables that name a server on this very machine (`http_proxy`, `GOPROXY`): whether something answers there.
    pub servers: Vec<LocalServer>,
    /// Directories that the CGO_ flags name, other than the system's own.
    pub flag_dirs: Vec<FlagDir>,
    /// Files that flags in GOFLAGS name by an absolute path.
    #[serde(default)]
    pub flag_files: Vec<FlagFile>,
}

/// A file that a flag in GOFLAGS names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagFile {
    /// `toolexec`, `overlay`, …
    pub flag: String,
    /// The file.
    pub path: PathBuf,
    /// Whether it is there.
    pub exists: bool,
}

/// A file of settings, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSeen {
    /// Its language.
    pub dialect: Dialect,
    /// sha256 of its bytes, hex.
    pub digest: String,
    /// Where it lies, links followed.
    pub real: PathBuf,
    /// Whether we may put another in its place: it and its directory are ours to write.
    pub writable: bool,
    /// What it holds. Not kept with the facts.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl FileSeen {
    /// Whether lines of it end as on Windows.
    pub fn has_returns(&self) -> bool {
        edit::line_ends::without_returns(&self.bytes).is_some()
    }

    /// The file without these assignments, and the line to type that makes it so, where one can say it.
    ///
    /// # Errors
    /// Where no edit takes them away and nothing else.
    pub fn fixed(&self, faults: &[Fault]) -> Result<(Vec<u8>, Option<String>), Unsafe> {
        let first = edit::forms(&self.bytes, self.dialect, faults)?.swap_remove(0);
        let command = edit::hand::sed(&self.real, &self.bytes, &first);
        Ok((first, command))
    }
}

/// A server on this machine that a variable names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalServer {
    /// The variable.
    pub variable: String,
    /// `127.0.0.1:9`.
    pub address: String,
    /// `Absent` when nothing listens there.
    pub answers: Fact<()>,
}

/// A directory that a CGO_ flag names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagDir {
    /// `CGO_CPPFLAGS`, …
    pub variable: String,
    /// `-I/opt/sdk/include`.
    pub flag: String,
    /// The directory.
    pub dir: PathBuf,
    /// Whether it is there.
    pub exists: bool,
    /// Files in it that a Fyne build would take from there instead of from the system (`X11/Xlib.h`, `libGL.so`).
    pub holds: Vec<String>,
}

/// An entry of PATH that a later line threw away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostEntry {
    /// The directory.
    pub dir: PathBuf,
    /// The line that put it there.
    pub added: Origin,
    /// The line that sets PATH anew.
    pub by: Origin,
}

/// One value and its origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// As it stands in the environment or file, unquoted.
    pub value: String,
    /// Where it is set.
    pub origin: Origin,
}

/// Where a value is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Only in this terminal: no file that a login reads sets it.
    Terminal,
    /// A shell profile, `/etc/environment`, `environment.d`.
    File {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: u32,
    },
    /// A value of Windows' registry.
    Registry {
        /// The key.
        key: RegistryKey,
        /// The value's name, in its own letters.
        name: String,
    },
    /// The file that `go env -w` writes.
    GoEnv {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: u32,
    },
    /// `$GOROOT/go.env`.
    GoRoot {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: u32,
    },
}

/// An entry of PATH.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathEntry {
    /// The directory.
    pub dir: PathBuf,
    /// Whether it is there.
    pub exists: bool,
    /// The file and line that put it there, where one can be found.
    pub origin: Origin,
}

impl Settings {
    /// The effective value of a variable.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|it| it.value.as_str())
    }

    /// The effective value when it is not empty.
    pub fn set(&self, name: &str) -> Option<&str> {
        self.value(name).filter(|it| !it.is_empty())
    }

    /// A variable that names a path, when it is not empty.
    pub fn dir(&self, name: &str) -> Option<PathBuf> {
        self.set(name).map(|it| self.style.path(it))
    }

    /// The variable with its origin.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.variables.get(name)
    }

    /// The assignment that brought a directory into a variable that is a list of them: the one in effect, unless an earlier
    /// line names the directory and that one does not.
    pub fn brought(&self, name: &str, dir: &Path) -> Option<&Setting> {
        let last = self.get(name)?;
        let earlier = self.elsewhere.iter().rev().filter(|it| it.0 == name).map(|it| &it.1);
        let mut all = std::iter::once(last).chain(earlier);
        all.find(|it| self.names(name, &it.origin, dir)).or(Some(last))
    }

    /// Whether the line that sets a list names this directory itself.
    fn names(&self, name: &str, origin: &Origin, dir: &Path) -> bool {
        let Some((path, at)) = origin.place() else { return false };
        let Some(seen) = self.files.get(path) else { return false };
        let steps = crate::shell::parse(&String::from_utf8_lossy(&seen.bytes), seen.dialect);
        steps.iter().any(|step| match step {
            Step::Set { name: it, value, line, .. } if it == name && *line == at => {
                let text: String = value.iter().map(|it| self.known(it, name)).collect();
                self.style.list(&text).iter().any(|it| self.style.same(it, dir))
            }
            _ => false,
        })
    }

    /// A piece of a value as it comes out here; nothing of what only a shell knows, and of the list itself.
    fn known<'a>(&'a self, piece: &'a Piece, itself: &str) -> &'a str {
        match piece {
            Piece::Text(text) => text,
            Piece::Var(name) if name != itself => self.value(name).unwrap_or_default(),
            Piece::Var(_) | Piece::Any => "",
        }
    }

    /// The environment of a process with these settings: what Go takes from its own files is left to it.
    pub fn environment(&self) -> BTreeMap<String, String> {
        let of_process = |it: &Setting| {
            matches!(it.origin, Origin::Terminal | Origin::File { .. } | Origin::Registry { .. })
        };
        let pairs = self.variables.iter().filter(|(_, it)| of_process(it));
        pairs.map(|(name, it)| (name.clone(), it.value.clone())).into_map()
    }

    /// Whether one of Go's own files has set this variable already.
    pub fn go_has(&self, name: &str) -> bool {
        let origin = self.get(name).map(|it| &it.origin);
        matches!(origin, Some(Origin::GoEnv { .. } | Origin::GoRoot { .. }))
    }

    /// Whether a directory is on PATH. The file systems of a Mac tell no case apart, but for those that somebody has made so:
    /// what is there by either name is taken for one.
    pub fn on_path(&self, dir: &Path) -> bool {
        let folded = |it: &Path| it.to_string_lossy().to_lowercase();
        let one = |it: &PathEntry| self.mac && it.exists && folded(&it.dir) == folded(dir);
        self.path.iter().any(|it| self.style.same(&it.dir, dir) || one(it))
    }
}

impl Origin {
    /// The key and name, where it is a value of the registry.
    pub fn registry(&self) -> Option<(&RegistryKey, &str)> {
        if let Self::Registry { key, name } = self { Some((key, name)) } else { None }
    }

    /// The file and line, where it has one.
    pub fn place(&self) -> Option<(&Path, u32)> {
        match self {
            Self::Terminal | Self::Registry { .. } => None,
            Self::File { path, line } | Self::GoEnv { path, line } | Self::GoRoot { path, line } => {
                Some((path, *line))
            }
        }
    }
}

mod dirs;

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str, value: &str) -> Setting {
        Setting { value: value.into(), origin: Origin::File { path: path.into(), line: 1 } }
    }

    fn seen(path: &str, text: &str, dialect: Dialect) -> (PathBuf, FileSeen) {
        let bytes = text.as_bytes().to_vec();
        (path.into(), FileSeen { dialect, digest: String::new(), real: path.into(), writable: true, bytes })
    }

    #[test]
    fn on_a_mac_the_case_of_a_directory_that_is_there_is_nothing() {
        let entry = |dir: &str, exists| PathEntry { dir: dir.into(), exists, origin: Origin::Terminal };
        let path = vec![entry("/Users/ann/Go/bin", true), entry("/Users/ann/Gone", false)];
        let mut settings = Settings { mac: true, path, ..Settings::default() };
        let on = |settings: &Settings, dir: &str| settings.on_path(Path::new(dir));
        assert!(on(&settings, "/Users/ann/go/bin") && !on(&settings, "/Users/ann/gone"));
        settings.mac = false;
        assert!(!on(&settings, "/Users/ann/go/bin"));
    }

    #[test]
    fn a_directory_of_a_list_is_traced_to_the_line_that_names_it() {
        let name = "LD_LIBRARY_PATH";
        let mut settings = Settings::default();
        settings.variables.insert("HOME".into(), at("/etc/passwd", "/root"));
        settings.variables.insert(name.into(), at("/root/.profile", "/root/mine:/opt/kiosk"));
        settings.elsewhere = vec![(name.into(), at("/etc/environment", "/opt/kiosk"))];
        settings.files = [
            seen("/etc/environment", "LD_LIBRARY_PATH=/opt/kiosk\n", Dialect::Pam),
            seen("/root/.profile", "export LD_LIBRARY_PATH=$HOME/mine:$LD_LIBRARY_PATH\n", Dialect::Sh),
        ]
        .into();
        let of = |dir: &str| {
            let origin = settings.brought(name, Path::new(dir)).map(|it| it.origin.clone());
            origin.and_then(|it| Some(it.place()?.0.to_path_buf()))
        };
        assert_eq!(of("/opt/kiosk"), Some("/etc/environment".into()));
        assert_eq!(of("/root/mine"), Some("/root/.profile".into()));
        assert_eq!(of("/opt/nobody"), Some("/root/.profile".into()), "the one in effect");
        assert_eq!(settings.brought("LD_PRELOAD", Path::new("/opt/kiosk")), None);
    }
}
