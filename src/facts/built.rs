//! What came of building the user's project, as `repair` tries it before it says that there is nothing to do. Plain values:
//! whoever reads the log of the build says what its causes are.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// A build of the project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    /// The programs that were built, by their import paths; none where the project is a library.
    pub programs: Vec<String>,
    /// How many packages it has; without any there was nothing to build.
    pub packages: usize,
    /// Why it did not build.
    pub failed: Option<FailedBuild>,
}

/// Why a project does not build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedBuild {
    /// What its log shows to be at fault in the setup, the first to fix first.
    pub causes: Vec<SeenCause>,
    /// Whether the log shows a mistake in the project itself, and none of the setup.
    pub own: bool,
    /// The lines of the log that tell the most, without secrets.
    pub said: Vec<String>,
    /// What is wrong in the project and what to type, where that can be said exactly.
    #[serde(default)]
    pub mistake: Option<Mistake>,
}

/// A mistake in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mistake {
    /// What it is.
    pub what: Text,
    /// What corrects it.
    pub fix: Text,
}

/// A cause that a log shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenCause {
    /// Its id: `missing-header:X11/Xlib.h`.
    pub id: String,
    /// What it is.
    pub what: Text,
    /// What fixes it.
    pub fix: Text,
    /// What the system's packages have to bring: a key of `packages.toml`.
    pub capability: Option<String>,
    /// Whether the package manager has to finish what was interrupted.
    pub unconfigured: bool,
    /// The first line that shows it.
    pub line: String,
}
