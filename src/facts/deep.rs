//! What only a long look shows: contents against hashes. `check --deep` fills it, and `repair` where a build fails that
//! nothing else explains.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Fact;
use super::go::Spoiled;

/// A long look. `Unknown` says why nobody could look; `Absent` that there is nothing to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deep {
    /// The Go in use against what was published of its version: files of it that are missing or differ, relative to its
    /// root. None where somebody merely added some.
    pub go: Fact<Vec<String>>,
    /// How many unpacked modules were hashed.
    pub modules: Fact<usize>,
    /// Those of them that are not what was published.
    pub spoiled: Vec<Spoiled>,
    /// Entries of the build cache, relative to it, whose contents are not what their names say.
    pub builds: Fact<Vec<PathBuf>>,
    /// Go's own words where it lacks lines of the project's go.sum; `Here(None)` where it lacks none.
    pub sums: Fact<Option<String>>,
}
