//! Which Fyne: the one asked for, else the project's, else the newest that is not replaced. Pure.

use super::replaced;
use super::rules::Speaks::{Against, For};
use super::rules::{Constraints, Rule, say};
use crate::failure::{Code, Failure};
use crate::gather::Order as _;
use crate::manifest::model::{Manifest, Row};
use crate::text::Text;
use crate::version::Version;

/// How many releases are named where one was asked for that the manifest does not have.
const NEWEST: usize = 3;

/// A Fyne that is decided.
pub(super) struct Decided<'m> {
    pub row: &'m Row,
    pub fyne: Version,
    pub rules: Vec<Rule>,
}

/// The Fyne that `--fyne`, the lock or the project names.
pub(super) fn pinned<'m>(manifest: &'m Manifest, constraints: &Constraints) -> Result<Decided<'m>, Failure> {
    let named = (&constraints.fyne, constraints.locked_fyne(), &constraints.project_fyne);
    let (wanted, rule, key) = match named {
        (Some(asked), ..) => (asked, "fyne-asked", "resolve-fyne-asked"),
        (None, Some(locked), _) => (locked, "fyne-locked", "resolve-fyne-locked"),
        (None, None, Some(project)) => (project, "fyne-project", "resolve-fyne-project"),
        (None, None, None) => return Err(none()),
    };
    let listed = manifest.fyne.iter().find(|row| row.versions.contains(wanted));
    // A project may be on a patch, a pre-release or a line that is newer than this manifest: the nearest line serves.
    let may_guess = constraints.fyne.is_none() || constraints.force;
    let Some(row) = listed.or_else(|| may_guess.then(|| line_for(manifest, wanted)).flatten()) else {
        let mut newest: Vec<String> = offers(manifest).take(NEWEST).map(|it| it.fyne.to_string()).collect();
        newest.dedup();
        let message = text!("resolve-no-such-fyne", fyne = wanted, newest = newest.join(", "));
        return Err(Failure::new(Code::ManifestNoSuchFyne, message));
    };
    let mut rules = Vec::new();
    say(&mut rules, For, rule, text!(key, fyne = wanted, line = &row.line));
    if listed.is_none() {
        let text = text!("resolve-fyne-unlisted", fyne = wanted, line = &row.line);
        say(&mut rules, Against, "fyne-unlisted", text);
    }
    if let Some(project) = constraints.project_fyne.as_ref().filter(|it| *it != wanted) {
        say(&mut rules, Against, "fyne-not-the-projects", text!("resolve-fyne-other", project = project));
    }
    if let Some(text) = replacement(manifest, wanted, "resolve-replaced") {
        say(&mut rules, Against, "fyne-replaced", text);
    }
    Ok(Decided { row, fyne: wanted.clone(), rules })
}

/// What may be taken unasked: releases that are not replaced, newest first.
pub(super) fn offers(manifest: &Manifest) -> impl Iterator<Item = Decided<'_>> {
    let mut all: Vec<_> = manifest
        .fyne
        .iter()
        .flat_map(|row| row.versions.iter().filter(|it| it.is_release()).map(move |it| (row, it)))
        .collect();
    all.order_by(|a, b| b.1.cmp(a.1));
    let mut passed: Vec<Rule> = Vec::new();
    all.into_iter().filter_map(move |(row, version)| {
        if let Some(text) = replacement(manifest, version, "resolve-passed-over") {
            say(&mut passed, Against, "fyne-passed-over", text);
            return None;
        }
        let mut rules = Vec::new();
        say(&mut rules, For, "fyne-newest", text!("resolve-fyne-newest", fyne = version));
        rules.extend(passed.iter().cloned());
        Some(Decided { row, fyne: version.clone(), rules })
    })
}

/// No Fyne at all.
pub(super) fn none() -> Failure {
    Failure::new(Code::ManifestEmpty, text!("manifest-empty", file = "compat.toml"))
}

/// The newest line that is not newer than a version.
fn line_for<'m>(manifest: &'m Manifest, wanted: &Version) -> Option<&'m Row> {
    let line = |row: &Row| row.versions.iter().map(Version::line).max();
    let older = manifest.fyne.iter().filter(|row| line(row).is_some_and(|it| it <= wanted.line()));
    older.max_by_key(|row| line(row))
}

fn replacement(manifest: &Manifest, version: &Version, key: &'static str) -> Option<Text> {
    let replaced = replaced::of(manifest, replaced::FYNE, version)?;
    let text = text!(key, what = format!("Fyne {version}"), by = replaced::last(manifest, replaced));
    Some(text.with("why", &replaced.why))
}
