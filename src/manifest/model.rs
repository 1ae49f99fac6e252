//! What a manifest says, as types. Pure. The comments of `manifests/compat.toml` say what the words mean to its author.
//!
//! A field that is added here needs a default: older manifests are read by newer programs. Newer ones are read by older
//! programs too, so a new field may only refine what the old ones say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use crate::advisory::Advisory;
use crate::version::{GoVersion, ModuleVersion, SystemVersion, Version};

/// The manifest, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Of the file's form.
    pub schema: u32,
    /// Only grows.
    pub version: u64,
    /// When it was made, UTC. A clock that is behind this is wrong.
    pub issued: Datetime,
    /// After this, a fetched copy is stale.
    pub expires: Datetime,
    /// What holds for Go in general.
    pub go: GoRules,
    /// A row for each Fyne line, newest first.
    pub fyne: Vec<Row>,
    /// Releases that nobody should begin with, and what stands in for each.
    #[serde(default)]
    pub replaced: Vec<Replaced>,
    /// What was built, and its window seen.
    #[serde(default)]
    pub proven: Vec<Trial>,
    /// What was tried and failed.
    #[serde(default)]
    pub broken: Vec<Broken>,
    /// What was to be tried and could not be had where the trials ran. It may well exist.
    #[serde(default)]
    pub absent: Vec<Absent>,
}

/// What holds for Go in general.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoRules {
    /// What is installed where nothing is asked for.
    pub recommended: GoVersion,
    /// Oldest release of each line without a known vulnerability.
    pub floor: Vec<GoVersion>,
    /// The vulnerabilities that the floor is above.
    #[serde(default)]
    pub advisory: Vec<Advisory>,
    /// The newest Go of older systems.
    #[serde(default)]
    pub newest: Vec<NewestGo>,
    /// The oldest Go of newer systems.
    #[serde(default)]
    pub oldest: Vec<OldestGo>,
}

/// Systems that newer Go no longer runs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewestGo {
    /// Which system, as `needs` names it.
    pub os: String,
    /// Those older than this version of it.
    pub before: SystemVersion,
    /// The newest release line that runs there, or the last release of it.
    pub go: GoVersion,
}

/// Systems that older Go does not run on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldestGo {
    /// Which system, as `needs` names it.
    pub os: String,
    /// This version of it and newer ones.
    pub from: SystemVersion,
    /// The oldest release line whose programs run there.
    pub go: GoVersion,
}

/// A Fyne line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// `2.8`.
    pub line: String,
    /// Its releases, newest first.
    pub versions: Vec<Version>,
    /// The Go that builds it.
    pub go: GoRange,
    /// CLIs, best first.
    pub cli: Vec<CliRow>,
    /// Capabilities by operating system.
    pub needs: BTreeMap<String, Vec<String>>,
    /// Build tags, each with the needs that a build with it does not have.
    #[serde(default)]
    pub tags: BTreeMap<String, Vec<String>>,
}

/// A range of Go releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoRange {
    /// The lowest.
    pub min: GoVersion,
    /// The newest line, `1.27`.
    pub max: GoVersion,
    /// Releases in between that do not work.
    #[serde(default)]
    pub except: Vec<GoVersion>,
}

/// A fyne CLI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CliRow {
    /// Package path.
    pub module: String,
    /// Its version.
    pub version: Version,
    /// The Go that builds it.
    pub go: GoRange,
}

/// A release that was withdrawn or that a later one fixes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Module path: `fyne.io/fyne/v2`, `fyne.io/tools`; or a package of one, where only that is at fault.
    pub module: String,
    /// The release.
    pub version: Version,
    /// What to take instead; it may be replaced itself.
    pub by: Version,
    /// Why, by language (`en`, `zh-CN`).
    pub why: BTreeMap<String, String>,
}

/// Three versions that were tried together, and where. Written by `scripts/prove-manifest` alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// The library.
    pub fyne: Version,
    /// The Go.
    pub go: GoVersion,
    /// The CLI as `go install` takes it.
    pub cli: ModuleVersion,
    /// `linux/amd64`.
    pub platform: String,
    /// `debian 12`.
    pub distro: String,
    /// `gcc 12.2.0`.
    pub compiler: String,
    /// Where this Go came from: a module of the checksum database, or a package of the distribution.
    pub go_from: String,
    /// The day, UTC.
    pub date: Datetime,
    /// How long it took from empty caches, in seconds; 0 where nobody measured.
    #[serde(default)]
    pub seconds: u64,
}

/// A trial that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// What was tried.
    #[serde(flatten)]
    pub trial: Trial,
    /// What failed.
    pub part: Part,
    /// The first line of the error.
    pub error: String,
}

/// A Go that a trial wanted and that could not be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// The Go.
    pub go: GoVersion,
    /// What it was wanted for: `lowest Go of Fyne 2.7`.
    pub wanted: String,
    /// What the sources answered.
    pub why: String,
    /// The day, UTC.
    pub date: Datetime,
}

/// A part of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The CLI did not build.
    Cli,
    /// The library, that is a program with it, did not build.
    Fyne,
    /// The program was built, and its window was not seen.
    Window,
}

impl Manifest {
    /// The newest release of Fyne that it lists.
    pub fn newest_fyne(&self) -> Option<&Version> {
        self.fyne.iter().flat_map(|it| &it.versions).filter(|it| it.is_release()).max()
    }
}

impl GoRange {
    /// Whether this Go is known to work.
    pub fn holds(&self, go: GoVersion) -> bool {
        go >= self.min && go.line() <= self.max.line() && !self.except.contains(&go)
    }
}

impl CliRow {
    /// `module@vX.Y.Z`, as `go install` takes it.
    pub fn at_version(&self) -> ModuleVersion {
        ModuleVersion::of(&self.module, &self.version)
    }
}
