//! What is said of Go in general: the recommended release, the floor, the advisories. Pure.

use std::collections::BTreeSet;

use super::super::super::model::Manifest;
use super::Faults;
use crate::failure::Code;

pub fn judge(manifest: &Manifest, faults: &mut Faults) {
    let mut lines = BTreeSet::new();
    for (at, floor) in manifest.go.floor.iter().enumerate() {
        let entry = format!("go.floor.{at}");
        if !floor.is_release() {
            faults.add(Code::ManifestFloor, &entry, text!("manifest-floor-no-release", go = *floor));
        }
        if !lines.insert(floor.line()) {
            faults.add(Code::ManifestFloor, &entry, text!("manifest-floor-twice", go = *floor));
        }
    }
    recommended(manifest, faults);
    advisories(manifest, faults);
}

/// The recommended Go serves a row and is not below the floor.
pub fn recommended(manifest: &Manifest, faults: &mut Faults) {
    let go = manifest.go.recommended;
    if !go.is_release() || !manifest.fyne.iter().any(|row| row.go.holds(go)) {
        let message = text!("manifest-recommended-outside", go = go);
        faults.add(Code::ManifestRecommended, "go.recommended", message);
    }
    // The nearest floor at or above its line: a line without one that is older than one with gets no security fixes.
    let floor = manifest.go.floor.iter().filter(|it| it.line() >= go.line()).min();
    if let Some(floor) = floor.filter(|it| go < **it) {
        let message = text!("manifest-recommended-below", go = go, floor = *floor);
        faults.add(Code::ManifestRecommended, "go.recommended", message);
    }
}

fn advisories(manifest: &Manifest, faults: &mut Faults) {
    let mut ids = BTreeSet::new();
    for (at, advisory) in manifest.go.advisory.iter().enumerate() {
        let (id, entry) = (&advisory.id, format!("go.advisory.{at}"));
        if !ids.insert(id) {
            faults.add(
                Code::ManifestDuplicate,
                format!("{entry}.id"),
                text!("manifest-advisory-twice", id = id),
            );
        }
        if advisory.fixed.is_empty() || !advisory.what.contains_key("en") {
            faults.add(Code::ManifestAdvisory, &entry, text!("manifest-advisory-bare", id = id));
        }
        let mut lines = BTreeSet::new();
        for (at, fixed) in advisory.fixed.iter().enumerate() {
            let entry = format!("{entry}.fixed.{at}");
            if !lines.insert(fixed.line()) {
                let message = text!("manifest-fixed-twice", id = id, go = *fixed);
                faults.add(Code::ManifestAdvisory, &entry, message);
            }
            let floor = manifest.go.floor.iter().find(|it| it.line() == fixed.line());
            if let Some(floor) = floor.filter(|it| *it < fixed) {
                let message = text!("manifest-fixed-above", id = id, go = *fixed, floor = *floor);
                faults.add(Code::ManifestAdvisory, &entry, message);
            }
        }
    }
}
