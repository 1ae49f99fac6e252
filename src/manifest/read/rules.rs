//! What a manifest that reads may still get wrong, each fault with its code and its entry. Pure. To add a rule: a line
//! in one of the files below, its message in both languages, its case in `read/tests.rs` and its line in
//! `docs/manifest-format.md`.

mod go;
mod replaced;
mod rows;
mod trials;

use toml::value::{Datetime, Offset};

use super::super::model::Manifest;
use crate::failure::Code;
use crate::packages::table::Table;
use crate::text::Text;

pub use go::recommended;

/// A fault and the entry that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Of what kind it is.
    pub code: Code,
    /// Keys and positions from the top: `fyne.3.go`. It is cut short where the file does not go as deep.
    pub entry: String,
    /// What is wrong.
    pub message: Text,
}

/// The faults that were found.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<Wrong>);

impl Faults {
    fn add(&mut self, code: Code, entry: impl Into<String>, message: Text) {
        self.0.push(Wrong { code, entry: entry.into(), message });
    }
}

/// Everything that is wrong, in the order of the file's parts.
pub fn faults(manifest: &Manifest, packages: &Table) -> Vec<Wrong> {
    let mut faults = Faults::default();
    if manifest.fyne.iter().all(|it| it.versions.is_empty()) {
        faults.add(Code::ManifestEmpty, "fyne", text!("manifest-names-nothing"));
        return faults.0;
    }
    dates(manifest, &mut faults);
    go::judge(manifest, &mut faults);
    rows::judge(manifest, packages, &mut faults);
    replaced::judge(manifest, &mut faults);
    trials::judge(manifest, &mut faults);
    faults.0
}

fn dates(manifest: &Manifest, faults: &mut Faults) {
    let utc = |it: &Datetime| {
        it.date.is_some()
            && it.time.is_some()
            && matches!(it.offset, Some(Offset::Z | Offset::Custom { minutes: 0 }))
    };
    for (key, date) in [("issued", &manifest.issued), ("expires", &manifest.expires)] {
        if !utc(date) {
            faults.add(
                Code::ManifestDates,
                key,
                text!("manifest-no-moment", key = key, date = date.to_string()),
            );
        }
    }
    let moment = |it: &Datetime| (it.date, it.time);
    if moment(&manifest.issued) >= moment(&manifest.expires) {
        let message = text!(
            "manifest-expires-first",
            issued = manifest.issued.to_string(),
            expires = manifest.expires.to_string()
        );
        faults.add(Code::ManifestDates, "expires", message);
    }
}
