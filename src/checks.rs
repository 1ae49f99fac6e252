//! Questions that we ask of a machine: from `Facts` and `Want`, purely, to a `Verdict` that names a `Need`.

use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::facts::settings::Origin;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::text::Text;
use crate::want::{Goal, Want};

pub mod blame;
mod cgo_enabled;
mod cgo_flags;
mod cli_present;
mod cli_shadowed;
mod cli_version;
mod cli_whole;
mod compiler;
mod disk;
mod display;
mod fyne_settings;
mod gl;
mod go_bin;
mod go_complete;
mod go_env_file;
mod go_flags;
mod go_path;
mod go_present;
pub mod go_proxy;
mod go_root;
mod go_several;
mod go_signature;
mod go_sumdb;
mod go_target;
mod go_toolchain;
mod go_variables;
mod go_version;
mod group;
mod headers;
mod home;
mod http_proxy;
mod judge;
mod libraries;
pub mod logged;
mod modules_build_cache;
mod modules_cache;
mod modules_certificates;
mod modules_present;
mod msvc;
mod off_path;
mod os;
mod package_proxy;
mod package_sources;
mod packages;
mod pkg_config;
mod project_build;
mod project_drive;
mod project_fyne;
mod project_go_line;
mod project_gomod;
mod project_lock;
mod project_replace;
mod project_repository;
mod project_sum;
mod project_vendor;
mod project_work;
mod setting;
pub mod terminal;
mod tmp;
mod unfinished;
mod wsl;
mod xcode;

#[cfg(test)]
pub mod fixture;

pub use group::Group;
pub use judge::{among, healthy, judge, names, unknown};

/// Every check, in the order in which people read them. What a check builds on stands before it.
#[rustfmt::skip]
pub const CHECKS: &[Check] = &[
    os::CHECK,
    wsl::CHECK,
    xcode::CHECK,
    disk::CHECK,
    tmp::CHECK,
    home::CHECK,
    packages::CHECK,
    package_sources::CHECK,
    package_proxy::CHECK,
    terminal::CHECK,
    unfinished::CHECK,
    go_present::CHECK,
    go_several::CHECK,
    go_version::CHECK,
    go_root::CHECK,
    go_env_file::CHECK,
    go_flags::CHECK,
    go_variables::CHECK,
    go_bin::CHECK,
    go_signature::CHECK,
    go_complete::CHECK,
    go_toolchain::CHECK,
    go_target::CHECK,
    go_path::CHECK,
    go_proxy::CHECK,
    http_proxy::CHECK,
    modules_certificates::CHECK,
    go_sumdb::CHECK,
    modules_cache::CHECK,
    modules_build_cache::CHECK,
    modules_present::CHECK,
    cgo_enabled::CHECK,
    compiler::CHECK,
    cgo_flags::CHECK,
    pkg_config::CHECK,
    headers::CHECK,
    libraries::CHECK,
    msvc::CHECK,
    display::CHECK,
    gl::CHECK,
    fyne_settings::CHECK,
    cli_present::CHECK,
    cli_whole::CHECK,
    cli_shadowed::CHECK,
    cli_version::CHECK,
    project_gomod::CHECK,
    project_drive::CHECK,
    project_go_line::CHECK,
    project_fyne::CHECK,
    project_replace::CHECK,
    project_repository::CHECK,
    project_work::CHECK,
    project_sum::CHECK,
    project_vendor::CHECK,
    project_lock::CHECK,
    project_build::CHECK,
];

/// A check.
#[derive(Clone, Copy)]
pub struct Check {
    /// Stable, dotted: `go.version`.
    pub id: &'static str,
    /// The family that it is shown under.
    pub group: Group,
    /// Ids of the checks that must be good before this one means anything.
    pub after: &'static [&'static str],
    /// The smallest goal that needs it; `Goal::Build` is needed by both.
    pub goal: Goal,
    /// The judgement.
    pub judge: fn(&Facts, &Want, &Knowledge) -> Verdict,
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Good.
    Ok,
    /// Worth knowing; never makes a machine unhealthy.
    Info,
    /// It works, and something will bite.
    Warn,
    /// Fyne does not build, run or stay trustworthy here.
    Fail,
    /// We could not look.
    Unknown,
    /// It waits for the root cause in `blocked_by`.
    Waiting,
    /// It does not apply here.
    Skipped,
}

/// A person's word on a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Why, in that person's words.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<String>,
    /// That day is over: the finding counts again.
    pub ended: bool,
    /// What the check found.
    pub was: Status,
}

/// The answer of a check: one sentence, its cause, its evidence, and what is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Good, bad, or in between.
    pub status: Status,
    /// One line: what is.
    pub summary: Text,
    /// The thing itself: the variable and where it is set, the package, the path, the version.
    pub cause: Option<Text>,
    /// Raw lines that show it. Never translated.
    pub evidence: Vec<String>,
    /// Where the fault stands.
    pub place: Place,
    /// What has to become true.
    pub needs: Vec<Need>,
    /// What a person must decide or type, where no need can be met by us alone: the exact command or edit.
    pub decision: Option<Decision>,
    /// It stands by itself: it would be there even if what its check builds on were good.
    #[serde(skip)]
    pub own: bool,
    /// A person accepted it, or did so until a day that is over.
    #[serde(skip)]
    pub acceptance: Option<Acceptance>,
}

/// What only a person may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What it is about.
    pub text: Text,
    /// The exact command, where there is one.
    pub command: Option<String>,
}

/// Where a fault stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: Option<String>,
    /// Its line, from 1.
    pub line: Option<u32>,
    /// The variable.
    pub variable: Option<String>,
}

impl Verdict {
    fn new(status: Status, summary: Text) -> Self {
        let (cause, evidence, place, needs, decision, own) = <_>::default();
        Self { status, summary, cause, evidence, place, needs, decision, own, acceptance: None }
    }

    /// Good; `summary` says what was seen.
    pub fn ok(summary: Text) -> Self {
        Self::new(Status::Ok, summary)
    }

    /// Worth knowing.
    pub fn info(summary: Text) -> Self {
        Self::new(Status::Info, summary)
    }

    /// Will bite.
    pub fn warn(summary: Text) -> Self {
        Self::new(Status::Warn, summary)
    }

    /// Broken.
    pub fn fail(summary: Text) -> Self {
        Self::new(Status::Fail, summary)
    }

    /// Could not look; nothing is fixed on it.
    pub fn unknown(summary: Text) -> Self {
        Self::new(Status::Unknown, summary)
    }

    /// Does not apply here: why.
    pub fn skipped(summary: Text) -> Self {
        Self::new(Status::Skipped, summary)
    }

    /// With the thing itself.
    #[must_use]
    pub fn cause(mut self, cause: Text) -> Self {
        self.cause = Some(cause);
        self
    }

    /// With a raw line that shows it.
    #[must_use]
    pub fn evidence(mut self, line: impl Into<String>) -> Self {
        self.evidence.push(line.into());
        self
    }

    /// With the variable at fault and the place that sets it.
    #[must_use]
    pub fn variable(mut self, name: &str, origin: &Origin) -> Self {
        self.place.variable = Some(name.to_owned());
        if let Some((file, line)) = origin.place() {
            self.place.file = Some(file.display().to_string());
            self.place.line = Some(line);
        }
        self.place.file = origin.registry().map(|it| it.0.to_string()).or(self.place.file);
        self
    }

    /// With the file (and line) at fault.
    #[must_use]
    pub fn file(mut self, file: impl AsRef<std::path::Path>, line: Option<u32>) -> Self {
        self.place.file = Some(crate::path_style::shown(file));
        self.place.line = line;
        self
    }

    /// With something that has to become true.
    #[must_use]
    pub fn need(mut self, need: Need) -> Self {
        self.needs.push(need);
        self
    }

    /// With what only a person may do.
    #[must_use]
    pub fn decide(mut self, text: Text, command: Option<String>) -> Self {
        if !self.needs.contains(&Need::Decision) {
            self.needs.push(Need::Decision);
        }
        self.decision = Some(Decision { text, command });
        self
    }

    /// A cause of its own, whatever became of the checks that its check builds on.
    #[must_use]
    pub const fn on_its_own(mut self) -> Self {
        self.own = true;
        self
    }

    /// Whether the machine is not as it should be.
    pub const fn is_bad(&self) -> bool {
        matches!(self.status, Status::Fail | Status::Warn)
    }
}

/// A verdict with the check that gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check's id.
    pub id: String,
    /// Its family.
    pub group: Group,
    /// What was found.
    pub verdict: Verdict,
    /// Root causes that this one waits for.
    pub blocked_by: Vec<String>,
    /// Whether the goal of this run needs it.
    pub needed: bool,
}
