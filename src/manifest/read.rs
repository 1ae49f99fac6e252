//! From text to a manifest, with every fault named. Pure.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Manifest;
use super::fold::Folded;
use crate::failure::{Exit, Failure};
use crate::fetch::sources::Mirrors;
use crate::packages::table as packages;
use crate::version::GoVersion;

/// Which Go, Fyne and CLI go together: written by people.
pub(super) const COMPAT: &str = include_str!("../../manifests/compat.toml");

/// What was tried: written by `scripts/prove-manifest`.
pub(super) const TRIALS: &str = include_str!("../../manifests/proven.toml");

/// The only schema that this program reads.
pub const SCHEMA: u32 = 1;

/// What a folded manifest has besides.
#[derive(Deserialize)]
struct Rest {
    packages: packages::Table,
    mirrors: Mirrors,
}

impl Manifest {
    /// The manifest of this program.
    pub fn embedded() -> Self {
        toml::from_str(&[COMPAT, TRIALS].concat()).expect("the embedded manifest is read by a test")
    }

    /// A folded manifest whose signature was verified. Fields that a newer program added are passed over.
    pub fn from_signed(text: &str) -> Result<Folded, Failure> {
        let bad = |error: &toml::de::Error| unreadable(text, "manifest.toml", error);
        let rest: Rest = toml::from_str(text).map_err(|it| bad(&it))?;
        let manifest = toml::from_str(text).map_err(|it| bad(&it))?;
        Ok(Folded { manifest, packages: rest.packages, mirrors: rest.mirrors })
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

pub(super) fn unreadable(text: &str, name: &str, error: &toml::de::Error) -> Failure {
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
        let broken = COMPAT.replace("version = 1\n", "version = one\n");
        let failure = Manifest::from_user(&broken, "mine.toml").expect_err("broken");
        let line = COMPAT.lines().position(|it| it == "version = 1").expect("there") + 1;
        assert_eq!((failure.code, failure.line), ("manifest.unreadable", u32::try_from(line).ok()));
        assert!(failure.message.to_string().contains("column=11"), "{}", failure.message);
    }

    #[test]
    fn a_users_manifest_cannot_bring_modules_or_lower_the_floor() {
        let evil = COMPAT.replace("fyne.io/tools/cmd/fyne", "evil.example/fyne");
        assert_eq!(Manifest::from_user(&evil, "x").expect_err("foreign").code, "manifest.foreign");
        let low = COMPAT.replace(r#"floor = ["1.26.11", "1.27.4"]"#, r#"floor = ["1.26.1", "1.25.9"]"#);
        let floor: Vec<_> = Manifest::from_user(&low, "x").expect("reads").go.floor;
        assert_eq!(
            floor.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["1.25.9", "1.26.11", "1.27.4"]
        );
    }
}
