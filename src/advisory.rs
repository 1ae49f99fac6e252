//! `Advisory`: a known vulnerability of Go, as the manifest lists it. Pure data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use crate::version::GoVersion;

/// A vulnerability of Go that concerns who builds Fyne programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advisory {
    /// `CVE-2026-97033`.
    pub id: String,
    /// The first release without it, of each line that has it and is fixed.
    pub fixed: Vec<GoVersion>,
    /// When those came out, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Datetime>,
    /// What it lets an attacker do, by language (`en`, `zh-CN`).
    pub what: BTreeMap<String, String>,
}

impl Advisory {
    /// The release that fixes it for this Go, of its own line; nothing where that line never got the fix.
    pub fn fix(&self, go: GoVersion) -> Option<GoVersion> {
        self.fixed.iter().copied().find(|it| it.line() == go.line())
    }

    /// Whether this Go has the vulnerability. A line that came after all that were fixed never had it.
    pub fn concerns(&self, go: GoVersion) -> bool {
        match self.fix(go) {
            Some(fix) => go < fix,
            None => self.fixed.iter().any(|it| go < *it),
        }
    }
}
