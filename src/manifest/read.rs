//! From bytes to a manifest, with every fault named. Pure and total: whatever the bytes, there is a manifest that keeps
//! the rules, or a failure with its line. Not here: signatures (`trust`), and which manifest is in use (`cli::survey`).
//!
//! A file of the user's is read strictly: a key that nobody knows is a typing error, and a fault ends the command as a
//! bad value does. In a signed one, keys of newer programs are passed over; a fault in it is a broken release, refused as
//! one that is too old or signed by nobody is ([`Exit::Refused`]): it was not accepted, and what is in use stays in use.

mod decode;
mod keys;
mod rules;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::knowledge::Knowledge;
use super::model::Manifest;
use crate::advisory::Advisory;
use crate::data::{self, DataError};
use crate::embedded::{COMPAT, PROVEN};
use crate::failure::{Code, Exit, Failure};
use crate::fetch::sources::Mirrors;
use crate::gather::Gather as _;
use crate::packages::table::Table;
use crate::text::Text;
use crate::version::GoVersion;

/// The only schema that this program reads.
pub const SCHEMA: u32 = 1;

/// Faults that are told besides the first.
const MORE: usize = 9;

impl Manifest {
    /// The manifest of this program.
    pub fn embedded() -> Self {
        let whole = COMPAT.text() + &PROVEN.text();
        data::toml(&whole).expect("the embedded manifest is read by a test")
    }

    /// A folded manifest whose signature was verified. No floor falls below that of this program.
    ///
    /// # Errors
    /// A code of `docs/manifest-format.md`; the exit is that of what is refused.
    pub fn from_signed(bytes: impl AsRef<[u8]>) -> Result<Knowledge, Failure> {
        let source = Source { name: "manifest.toml", exit: Exit::Refused, strict: false };
        let text = decode::text(bytes.as_ref()).map_err(|it| source.failure("", vec![it]))?;
        let (manifest, rest) = source.signed(text).map_err(|it| source.failure(text, it))?;
        Ok(Knowledge { manifest, packages: rest.packages, mirrors: rest.mirrors })
    }

    /// A manifest of the user's. It chooses versions only: CLI modules are those that we know, and no floor falls below
    /// ours. `name` is the file's, for messages.
    ///
    /// # Errors
    /// A code of `docs/manifest-format.md`; the exit is that of a bad value.
    pub fn from_user(bytes: impl AsRef<[u8]>, name: &str) -> Result<Self, Failure> {
        let source = Source { name, exit: Exit::Usage, strict: true };
        let text = decode::text(bytes.as_ref()).map_err(|it| source.failure("", vec![it]))?;
        source.users(text).map_err(|it| source.failure(text, it))
    }
}

/// A part of a folded manifest, a file of ours: parsed to its table. The failure names the place.
pub(super) fn part(text: &str, name: &str) -> Result<toml::Table, Failure> {
    let source = Source { name, exit: Exit::Usage, strict: true };
    text.parse().map_err(|error| source.failure(text, vec![syntax(&error)]))
}

/// What a folded manifest has besides.
#[derive(Deserialize)]
struct Rest {
    packages: Table,
    mirrors: Mirrors,
}

/// A fault, and where in the text it is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    code: Code,
    /// In bytes; nothing where it is the file as a whole.
    offset: Option<usize>,
    message: Text,
    hint: Option<Text>,
}

impl Fault {
    fn new(code: Code, offset: Option<usize>, message: Text) -> Self {
        Self { code, offset, message, hint: None }
    }

    fn hint(self, hint: Text) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// Where a text is from, and what follows from that.
#[derive(Clone, Copy)]
struct Source<'a> {
    name: &'a str,
    exit: Exit,
    /// Keys that nobody knows are faults.
    strict: bool,
}

impl Source<'_> {
    fn signed(&self, text: &str) -> Result<(Manifest, Rest), Vec<Fault>> {
        let tree = self.tree(text)?;
        let rest: Rest = typed(&tree)?;
        let manifest = self.manifest(&tree, &rest.packages)?;
        for (part, schema) in [("packages", rest.packages.schema), ("mirrors", rest.mirrors.schema)] {
            if schema != SCHEMA {
                let offset = offset(tree.get_ref(), &format!("{part}.schema"));
                return Err(vec![self.schema(offset, &schema.to_string())]);
            }
        }
        if let Some(name) = rest.packages.unplain_name() {
            let message = text!("manifest-package-name", name = name);
            return Err(vec![Fault::new(Code::ManifestPackage, offset(tree.get_ref(), "packages"), message)]);
        }
        Ok((guarded(&tree, manifest)?, rest))
    }

    fn users(&self, text: &str) -> Result<Manifest, Vec<Fault>> {
        let tree = self.tree(text)?;
        let manifest = self.manifest(&tree, &Table::embedded())?;
        let ours = Manifest::embedded();
        let known: Vec<_> = ours.fyne.iter().flat_map(|it| &it.cli).map(|it| it.module.as_str()).collect();
        let all = manifest.fyne.iter().enumerate();
        let mut all = all.flat_map(|(row, it)| it.cli.iter().enumerate().map(move |(at, it)| (row, at, it)));
        if let Some((row, at, cli)) = all.find(|it| !known.contains(&it.2.module.as_str())) {
            let offset = offset(tree.get_ref(), &format!("fyne.{row}.cli.{at}.module"));
            let message = text!("manifest-foreign-module", file = self.name, module = &cli.module);
            let fault = Fault::new(Code::ManifestForeign, offset, message);
            return Err(vec![fault.hint(text!("manifest-versions-only"))]);
        }
        guarded(&tree, manifest)
    }

    /// The text as TOML, of the schema that we read.
    fn tree<'t>(&self, text: &'t str) -> Result<Spanned<DeTable<'t>>, Vec<Fault>> {
        let tree = DeTable::parse(text).map_err(|error| vec![syntax(&error)])?;
        let Some(value) = tree.get_ref().get("schema") else {
            let message = text!("manifest-missing-key", key = "schema");
            let fault = Fault::new(Code::ManifestSchema, None, message);
            return Err(vec![fault.hint(text!("manifest-schema-hint", known = SCHEMA))]);
        };
        let found = text.get(value.span()).unwrap_or_default();
        match value.get_ref() {
            DeValue::Integer(it) if it.as_str() == SCHEMA.to_string() => Ok(tree),
            _ => Err(vec![self.schema(Some(value.span().start), found)]),
        }
    }

    fn schema(&self, offset: Option<usize>, found: &str) -> Fault {
        let message = text!("manifest-schema", file = self.name, schema = found, known = SCHEMA);
        Fault::new(Code::ManifestSchema, offset, message).hint(text!("manifest-schema-hint", known = SCHEMA))
    }

    /// The manifest in it, by the rules.
    fn manifest(&self, tree: &Spanned<DeTable<'_>>, packages: &Table) -> Result<Manifest, Vec<Fault>> {
        let manifest: Manifest = typed(tree)?;
        let unknown = if self.strict { keys::unknown(tree.get_ref(), &manifest) } else { Vec::new() };
        let wrong = located(tree, rules::faults(&manifest, packages));
        let all: Vec<_> = unknown.into_iter().chain(wrong).collect();
        if all.is_empty() { Ok(manifest) } else { Err(all) }
    }

    /// The first fault is the failure; the others follow it.
    fn failure(&self, text: &str, faults: Vec<Fault>) -> Failure {
        let count = faults.len();
        let mut faults = faults.into_iter();
        let first = faults.next().expect("who fails has a fault");
        let quote = first.offset.map(|it| decode::quote(text, it));
        let mut failure = Failure::new(first.code, first.message)
            .exiting(self.exit)
            .at(self.name, quote.as_ref().map(|it| it.line));
        failure.hint = first.hint;
        failure.quote = quote.map(Box::new);
        failure.also = faults.by_ref().take(MORE).map(|it| it.beside(text)).collect();
        if let Some(rest) = count.checked_sub(MORE + 1).filter(|it| *it > 0) {
            failure.also.push(text!("manifest-more", count = rest));
        }
        failure
    }
}

impl Fault {
    fn beside(self, text: &str) -> Text {
        match self.offset {
            Some(offset) => {
                text!("manifest-also", line = decode::quote(text, offset).line, fault = self.message)
            }
            None => self.message,
        }
    }
}

/// A value of this type. The tree stays, for the lines of faults that are found later.
fn typed<T: DeserializeOwned>(tree: &Spanned<DeTable<'_>>) -> Result<T, Vec<Fault>> {
    data::of_tree(tree).map_err(|error| vec![shape(tree.get_ref(), &error)])
}

fn syntax(error: &Error) -> Fault {
    Fault::new(Code::ManifestSyntax, error.span().map(|it| it.start), words::why(error.message()))
}

/// A key that is missing, or has a value of another kind.
fn shape(tree: &DeTable<'_>, error: &DataError) -> Fault {
    let offset = error.span().map(|it| it.start);
    let fault = Fault::new(Code::ManifestShape, offset, words::why(error.message()));
    let missing = words::missing(error.message());
    match missing.and_then(|it| keys::misspelt(tree, offset.unwrap_or_default(), it)) {
        Some(near) => fault.hint(text!("manifest-misspelt", key = missing.unwrap_or_default(), near = near)),
        None => fault,
    }
}

/// What no manifest can take back: the floors and the advisories of this program.
fn guarded(tree: &Spanned<DeTable<'_>>, mut manifest: Manifest) -> Result<Manifest, Vec<Fault>> {
    let ours = Manifest::embedded().go;
    manifest.go.floor = raised(&manifest.go.floor, &ours.floor);
    let lacking = |it: &Advisory| manifest.go.advisory.iter().all(|theirs| theirs.id != it.id);
    let lost: Vec<_> = ours.advisory.into_iter().filter(lacking).collect();
    manifest.go.advisory.extend(lost);
    // One from before they were known.
    if manifest.go.newest.is_empty() && manifest.go.oldest.is_empty() {
        (manifest.go.newest, manifest.go.oldest) = (ours.newest, ours.oldest);
    }
    let mut faults = rules::Faults::default();
    rules::recommended(&manifest, &mut faults);
    if faults.0.is_empty() { Ok(manifest) } else { Err(located(tree, faults.0)) }
}

/// The higher floor of each line.
fn raised(theirs: &[GoVersion], ours: &[GoVersion]) -> Vec<GoVersion> {
    let mut floor: BTreeMap<_, GoVersion> = ours.iter().map(|it| (it.line(), *it)).into_map();
    for version in theirs {
        let slot = floor.entry(version.line()).or_insert(*version);
        *slot = (*slot).max(*version);
    }
    floor.into_values().collect()
}

fn located(tree: &Spanned<DeTable<'_>>, wrong: Vec<rules::Wrong>) -> Vec<Fault> {
    wrong.into_iter().map(|it| Fault::new(it.code, offset(tree.get_ref(), &it.entry), it.message)).collect()
}

/// Where an entry is, by keys and positions from the top (`fyne.3.go`): it, or the nearest thing around it.
fn offset(tree: &DeTable<'_>, entry: &str) -> Option<usize> {
    let mut steps = entry.split('.');
    let mut here = tree.get(steps.next()?)?;
    for step in steps {
        let next = match here.get_ref() {
            DeValue::Table(table) => table.get(step),
            DeValue::Array(array) => step.parse().ok().and_then(|at: usize| array.get(at)),
            _ => None,
        };
        let Some(next) = next else { break };
        here = next;
    }
    Some(here.span().start)
}
