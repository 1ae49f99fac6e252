//! The compatibility manifest: which Go, fyne/v2 and fyne CLI go together. The embedded one is part of the program; a
//! file given by the user chooses versions only. Pure: text in, data out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::failure::{Exit, Failure};
use crate::version::{GoVersion, Version};

pub mod resolve;

pub use resolve::{Reason, Resolved, Wish, resolve};

/// The manifest that this program was built with.
pub const EMBEDDED: &str = include_str!("../manifests/compat.toml");

/// The only schema that this program reads.
const SCHEMA: u32 = 1;

/// The manifest, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Of the file's form.
    pub schema: u32,
    /// Only grows.
    pub version: u64,
    /// After this, a fetched copy is stale.
    pub expires: toml::value::Datetime,
    /// What holds for Go in general.
    pub go: GoRules,
    /// A row for each Fyne line, newest first.
    pub fyne: Vec<Row>,
}

/// What holds for Go in general.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoRules {
    /// What is installed where nothing is asked for.
    pub recommended: GoVersion,
    /// Oldest release of each line without a known hole.
    pub floor: Vec<GoVersion>,
}

/// A Fyne line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
}

/// A range of Go releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
pub struct CliRow {
    /// Package path.
    pub module: String,
    /// Its version.
    pub version: Version,
    /// The Go that builds it.
    pub go: GoRange,
}

impl GoRange {
    /// Whether this Go is known to work.
    pub fn holds(&self, go: GoVersion) -> bool {
        go >= self.min && go.line() <= self.max.line() && !self.except.contains(&go)
    }
}

impl CliRow {
    /// `module@vX.Y.Z`, as `go install` takes it.
    pub fn at_version(&self) -> String {
        format!("{}@v{}", self.module, self.version)
    }
}

impl Manifest {
    /// The manifest of this program.
    pub fn embedded() -> Self {
        toml::from_str(EMBEDDED).expect("the embedded manifest is read by a test")
    }

    /// A manifest of the user's. It chooses versions only: CLI modules are those that we know, and no floor falls below
    /// ours. `name` is the file's, for messages.
    pub fn from_user(text: &str, name: &str) -> Result<Self, Failure> {
        let mut manifest: Self = toml::from_str(text).map_err(|error| unreadable(text, name, &error))?;
        let ours = Self::embedded();
        if manifest.schema != SCHEMA {
            let message = text!("manifest-schema", file = name, schema = manifest.schema, known = SCHEMA);
            return Err(Failure::new("manifest.schema", Exit::Usage, message).at(name, None));
        }
        if manifest.fyne.iter().all(|row| row.versions.is_empty()) {
            return Err(Failure::new("manifest.empty", Exit::Usage, text!("manifest-empty", file = name))
                .at(name, None));
        }
        let known: Vec<_> = ours.fyne.iter().flat_map(|it| &it.cli).map(|it| it.module.as_str()).collect();
        let foreign =
            manifest.fyne.iter().flat_map(|it| &it.cli).find(|it| !known.contains(&it.module.as_str()));
        if let Some(cli) = foreign {
            let message = text!("manifest-foreign-module", file = name, module = &cli.module);
            return Err(Failure::new("manifest.foreign", Exit::Usage, message)
                .hint(text!("manifest-versions-only"))
                .at(name, None));
        }
        manifest.go.floor = raised(&manifest.go.floor, &ours.go.floor);
        Ok(manifest)
    }
}

/// The higher floor of each line.
fn raised(theirs: &[GoVersion], ours: &[GoVersion]) -> Vec<GoVersion> {
    let mut floor: BTreeMap<_, GoVersion> = ours.iter().map(|it| (it.line(), *it)).collect();
    for version in theirs {
        let slot = floor.entry(version.line()).or_insert(*version);
        *slot = (*slot).max(*version);
    }
    floor.into_values().collect()
}

fn unreadable(text: &str, name: &str, error: &toml::de::Error) -> Failure {
    let before = error.span().and_then(|it| text.get(..it.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let why = error.message().to_owned();
    let message = text!("manifest-unreadable", file = name, line = line, column = column, why = why);
    Failure::new("manifest.unreadable", Exit::Usage, message).at(name, u32::try_from(line).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_manifest_reads_and_makes_sense() {
        let manifest = Manifest::embedded();
        assert_eq!(manifest.schema, SCHEMA);
        for row in &manifest.fyne {
            assert!(row.versions.is_sorted_by(|a, b| a > b), "{} is newest first", row.line);
            for version in &row.versions {
                assert!(
                    version.to_string().starts_with(&format!("{}.", row.line)),
                    "{version} in {}",
                    row.line
                );
            }
            assert!(row.cli.iter().any(|it| it.go.holds(manifest.go.recommended)), "{} has a CLI", row.line);
        }
        assert!(manifest.go.floor.contains(&manifest.go.recommended));
    }

    #[test]
    fn what_does_not_read_is_named_with_line_and_column() {
        let broken = EMBEDDED.replace("version = 1\n", "version = one\n");
        let failure = Manifest::from_user(&broken, "mine.toml").expect_err("broken");
        let line = EMBEDDED.lines().position(|it| it == "version = 1").expect("there") + 1;
        assert_eq!((failure.code, failure.line), ("manifest.unreadable", u32::try_from(line).ok()));
        assert!(failure.message.to_string().contains("column=11"), "{}", failure.message);
    }

    #[test]
    fn a_users_manifest_cannot_bring_modules_or_lower_the_floor() {
        let evil = EMBEDDED.replace("fyne.io/tools/cmd/fyne", "evil.example/fyne");
        assert_eq!(Manifest::from_user(&evil, "x").expect_err("foreign").code, "manifest.foreign");
        let low = EMBEDDED.replace(r#"floor = ["1.26.11", "1.27.4"]"#, r#"floor = ["1.26.1", "1.25.9"]"#);
        let floor: Vec<_> = Manifest::from_user(&low, "x").expect("reads").go.floor;
        assert_eq!(
            floor.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["1.25.9", "1.26.11", "1.27.4"]
        );
    }
}
