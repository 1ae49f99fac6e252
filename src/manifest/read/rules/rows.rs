//! Rows that contradict themselves or each other. Pure.

use std::collections::BTreeSet;

use super::super::super::model::{GoRange, Manifest, Row};
use super::Faults;
use crate::failure::Code;
use crate::gather::Gather as _;
use crate::packages::table::Table;
use crate::text::Text;
use crate::version::Version;

pub fn judge(manifest: &Manifest, packages: &Table, faults: &mut Faults) {
    let known: BTreeSet<&str> = packages.capabilities.iter().map(|it| it.name.as_str()).into_set();
    let (mut lines, mut versions) = (BTreeSet::new(), BTreeSet::new());
    for (index, row) in manifest.fyne.iter().enumerate() {
        let entry = format!("fyne.{index}");
        if !lines.insert(row.line.as_str()) {
            let message = text!("manifest-line-twice", line = &row.line);
            faults.add(Code::ManifestDuplicate, format!("{entry}.line"), message);
        }
        of_line(row, &entry, &mut versions, faults);
        let whose = text!("manifest-whose-fyne", line = &row.line);
        range(&row.go, &whose, &format!("{entry}.go"), faults);
        clis(row, &entry, faults);
        for (os, needs) in &row.needs {
            for (at, need) in needs.iter().enumerate().filter(|it| !known.contains(it.1.as_str())) {
                let message = text!("manifest-unknown-need", line = &row.line, need = need);
                faults.add(Code::ManifestNeed, format!("{entry}.needs.{os}.{at}"), message);
            }
        }
        for (tag, needs) in &row.tags {
            for (at, need) in needs.iter().enumerate().filter(|it| !known.contains(it.1.as_str())) {
                let message = text!("manifest-unknown-need", line = &row.line, need = need);
                faults.add(Code::ManifestNeed, format!("{entry}.tags.{tag}.{at}"), message);
            }
        }
    }
}

fn of_line<'m>(row: &'m Row, entry: &str, seen: &mut BTreeSet<&'m Version>, faults: &mut Faults) {
    let Ok(line) = format!("{}.0", row.line).parse::<Version>() else {
        let message = text!("manifest-no-line", line = &row.line);
        return faults.add(Code::ManifestLine, format!("{entry}.line"), message);
    };
    if row.versions.is_empty() {
        let message = text!("manifest-row-empty", line = &row.line);
        faults.add(Code::ManifestNoVersions, format!("{entry}.versions"), message);
    }
    for (at, version) in row.versions.iter().enumerate() {
        let entry = format!("{entry}.versions.{at}");
        if version.line() != line.line() {
            let message = text!("manifest-other-line", version = version, line = &row.line);
            faults.add(Code::ManifestLine, &entry, message);
        }
        if !seen.insert(version) {
            faults.add(Code::ManifestDuplicate, &entry, text!("manifest-version-twice", version = version));
        }
    }
}

/// `whose` is the row or the CLI that has the range.
fn range(go: &GoRange, whose: &Text, entry: &str, faults: &mut Faults) {
    if go.min.line() > go.max.line() {
        let message = text!("manifest-range-empty", whose = whose.clone(), min = go.min, max = go.max);
        faults.add(Code::ManifestRange, entry, message);
        return;
    }
    for (at, except) in go.except.iter().enumerate() {
        if *except < go.min || except.line() > go.max.line() {
            let message = text!(
                "manifest-except-outside",
                whose = whose.clone(),
                except = *except,
                min = go.min,
                max = go.max
            );
            faults.add(Code::ManifestExcept, format!("{entry}.except.{at}"), message);
        }
    }
}

fn clis(row: &Row, entry: &str, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (at, cli) in row.cli.iter().enumerate() {
        let (name, entry) = (cli.at_version(), format!("{entry}.cli.{at}"));
        range(&cli.go, &text!("manifest-whose-cli", cli = &name), &format!("{entry}.go"), faults);
        if !seen.insert((&cli.module, &cli.version)) {
            let message = text!("manifest-cli-twice", cli = name, line = &row.line);
            faults.add(Code::ManifestDuplicate, entry, message);
        }
    }
    let meets = |it: &GoRange| it.min.max(row.go.min).line() <= it.max.line().min(row.go.max.line());
    if row.go.min.line() <= row.go.max.line() && !row.cli.iter().any(|it| meets(&it.go)) {
        let message = text!("manifest-no-cli-fits", line = &row.line, min = row.go.min, max = row.go.max);
        faults.add(Code::ManifestNoCli, format!("{entry}.cli"), message);
    }
}
