//! The project: `go.mod`, `go.sum`, `go.work`, `vendor`, read by us and never by running anything in it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::version::GoVersion;

/// The project that this run is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// The directory of its `go.mod`.
    pub dir: PathBuf,
    /// Its module path.
    pub module: String,
    /// What does not parse: (line, text).
    pub errors: Vec<(u32, String)>,
    /// The `go` line as text, and its line.
    pub go_line: Option<(String, u32)>,
    /// The `go` line, where it is a version.
    pub go: Option<GoVersion>,
    /// The `toolchain` line.
    pub toolchain: Option<(String, u32)>,
    /// Requirements.
    pub requires: Vec<Require>,
    /// Where a source of it imports fyne/v2, looked for only where it is not required.
    #[serde(default)]
    pub imports_fyne: Option<(PathBuf, u32)>,
    /// What a window of the required fyne/v2 is built of and go.sum has no line for, looked for only where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsummed: Option<Unsummed>,
    /// Replacements.
    pub replaces: Vec<Replace>,
    /// `go.sum`: `Absent`, or its entries.
    pub sums: Fact<Vec<Sum>>,
    /// A `go.work` that is in effect (above the project, or GOWORK), with the directories that it uses and lacks.
    pub work: Fact<Work>,
    /// `vendor/modules.txt`, where a vendor directory is in effect: the modules that it lists.
    pub vendor: Fact<Vec<(String, String)>>,
    /// The git repository that it lies in, where git is there to be asked.
    #[serde(default)]
    pub repository: Option<Repository>,
}

/// A module that a program of the project is built of, and that go.sum does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsummed {
    /// Its path.
    pub module: String,
    /// The source that asks for it, by the Fyne package that it imports.
    pub source: PathBuf,
    /// Its line.
    pub line: u32,
}

/// A git repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    /// Its directory.
    pub root: PathBuf,
    /// Whose it is: this user's, or of directory and `.git` the one that is not.
    pub owner: u32,
    /// Whether git speaks of it to this user: it is his, or he said that he trusts it.
    pub trusted: bool,
}

impl Default for Project {
    /// Nothing was looked at.
    fn default() -> Self {
        let (dir, module, errors, go_line, go, toolchain, requires) = <_>::default();
        let (imports_fyne, unsummed, replaces) = <_>::default();
        Self {
            dir,
            module,
            errors,
            go_line,
            go,
            toolchain,
            requires,
            imports_fyne,
            unsummed,
            replaces,
            sums: Fact::unlooked(),
            work: Fact::unlooked(),
            vendor: Fact::unlooked(),
            repository: None,
        }
    }
}

/// A `require` line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Require {
    /// Module path.
    pub path: String,
    /// Version, `v2.8.1`.
    pub version: String,
    /// `// indirect`.
    pub indirect: bool,
    /// Its line.
    pub line: u32,
}

/// A `replace` line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replace {
    /// What is replaced.
    pub path: String,
    /// By what: a path or a module.
    pub with: String,
    /// For a replacement by a directory: whether a `go.mod` is there.
    pub exists: Option<bool>,
    /// Its line.
    pub line: u32,
}

/// A `go.sum` line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Module path.
    pub path: String,
    /// Version, with `/go.mod` where it is of the go.mod alone.
    pub version: String,
    /// `h1:…`.
    pub hash: String,
    /// Its line.
    pub line: u32,
}

/// A `go.work` in effect.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The file.
    pub file: PathBuf,
    /// Whether it uses this project.
    pub includes: bool,
    /// The directories that it uses and that have no `go.mod`: (as written, line).
    pub gone: Vec<(String, u32)>,
    /// What does not parse.
    pub errors: Vec<(u32, String)>,
    /// GOWORK names it, and it is not there.
    #[serde(default)]
    pub absent: bool,
}

impl Project {
    /// The fyne/v2 that it requires.
    pub fn fyne(&self) -> Option<&Require> {
        self.requires.iter().find(|it| it.path == "fyne.io/fyne/v2")
    }
}
