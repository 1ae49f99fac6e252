//! What a run knows of the world besides the machine: which versions go together, how packages are called, who has
//! archives. A value that goes down with `Facts` and `Want`, so that a judgement depends on its arguments alone.

use super::model::Manifest;
use crate::fetch::sources::Mirrors;
use crate::packages::Table;

/// A manifest with its packages and mirrors: all of it comes into use together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knowledge {
    /// Which versions go together.
    pub manifest: Manifest,
    /// Capabilities and the packages that bring them.
    pub packages: Table,
    /// Who has archives of Go.
    pub mirrors: Mirrors,
}

impl Knowledge {
    /// What this program was built with.
    pub fn embedded() -> Self {
        Self { manifest: Manifest::embedded(), packages: Table::embedded(), mirrors: Mirrors::embedded() }
    }
}
