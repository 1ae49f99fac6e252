//! From bytes to a lock file, strictly: what this program would not write is refused, with its line and what to do.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::model::{LockFile, NAME, PLATFORMS, SCHEMA};
use crate::data::{self, DataError};
use crate::failure::{Code, Failure};
use crate::gather::Gather as _;
use crate::text::Text;
use crate::trust::dirhash::H1;
use crate::version::{GoVersion, ModuleVersion, Version};

/// The most that one may have, in bytes. Ours have some 3000.
const LIMIT: usize = 64 * 1024;

/// How git marks what it could not merge.
const CONFLICT: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// As it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "schema")]
    _schema: u32,
    manifest: u64,
    go: Go,
    cli: Cli,
    fyne: Library,
    #[serde(default)]
    needs: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Go {
    version: Spanned<String>,
    #[serde(default)]
    hashes: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cli {
    package: Spanned<String>,
    version: Spanned<String>,
    hash: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Library {
    version: Spanned<String>,
    hash: Option<Spanned<String>>,
}

/// Of a file of any schema.
#[derive(Deserialize)]
struct Schema {
    schema: Option<Spanned<i64>>,
}

impl LockFile {
    /// Reads one; `file` is for messages.
    ///
    /// # Errors
    /// A code of the family `lockfile`, with the line.
    pub fn parse(bytes: &[u8], file: &Path) -> Result<Self, Failure> {
        let source = Source { text: source(bytes, file)?, file };
        source.unmerged()?;
        source.schema()?;
        let written: Written = data::toml(source.text).map_err(|it| source.bad(&it))?;
        source.locked(&written)
    }
}

/// Bytes that are a text and no larger than a lock file is.
fn source<'t>(bytes: &'t [u8], file: &Path) -> Result<&'t str, Failure> {
    let text = std::str::from_utf8(bytes).ok().filter(|it| it.len() <= LIMIT && !it.contains('\0'));
    text.ok_or_else(|| unreadable(file, None, &text!("lockfile-no-text")))
}

fn unreadable(file: &Path, line: Option<u32>, why: &Text) -> Failure {
    let message = text!("lockfile-unreadable", file = NAME, why = why);
    Failure::new(Code::LockfileUnreadable, message)
        .hint(text!("lockfile-unreadable-hint", file = NAME))
        .at(file, line)
}

struct Source<'t> {
    text: &'t str,
    file: &'t Path,
}

impl Source<'_> {
    fn line(&self, offset: usize) -> u32 {
        data::line_at(self.text, offset)
    }

    /// No marks of a merge that nobody finished.
    fn unmerged(&self) -> Result<(), Failure> {
        let is_mark = |line: &str| CONFLICT.iter().any(|it| line.starts_with(it));
        let Some((line, _)) = (1..).zip(self.text.lines()).find(|it| is_mark(it.1)) else { return Ok(()) };
        let message = text!("lockfile-conflict", file = NAME);
        Err(Failure::new(Code::LockfileConflict, message)
            .hint(text!("lockfile-conflict-hint", file = NAME))
            .at(self.file, Some(line)))
    }

    /// A newer program may have written what this one cannot understand.
    fn schema(&self) -> Result<(), Failure> {
        let read: Schema = data::toml(self.text).map_err(|it| self.bad(&it))?;
        let Some(schema) = read.schema else {
            return Err(unreadable(self.file, None, &text!("lockfile-no-schema")));
        };
        let (line, schema) = (self.line(schema.span().start), schema.into_inner());
        if schema == i64::from(SCHEMA) {
            return Ok(());
        }
        let message = text!("lockfile-schema", file = NAME, schema = schema, known = SCHEMA);
        Err(Failure::new(Code::LockfileSchema, message)
            .hint(text!("lockfile-schema-hint", file = NAME))
            .at(self.file, Some(line)))
    }

    fn bad(&self, error: &DataError) -> Failure {
        let line = error.span().map(|it| self.line(it.start));
        let why = error.message().lines().next().unwrap_or_default();
        unreadable(self.file, line, &text!("lockfile-toml", why = why))
    }

    fn locked(&self, it: &Written) -> Result<LockFile, Failure> {
        let fyne = self.release(&it.fyne.version)?;
        let cli = self.release(&it.cli.version)?;
        let package = &it.cli.package;
        if !is_package(package.get_ref()) {
            return Err(self.value(package));
        }
        let mut go_hashes = BTreeMap::new();
        for (platform, hash) in &it.go.hashes {
            if !PLATFORMS.iter().any(|(os, arch)| *platform.get_ref() == format!("{os}-{arch}")) {
                return Err(self.value(platform));
            }
            go_hashes.insert(platform.get_ref().clone(), self.hash(hash)?);
        }
        let names = it.needs.iter().flat_map(|(os, needs)| std::iter::once(os).chain(needs));
        if let Some(odd) = names.into_iter().find(|it| !is_name(it.get_ref())) {
            return Err(self.value(odd));
        }
        let plain = |needs: &Vec<Spanned<String>>| needs.iter().map(|it| it.get_ref().clone()).collect();
        Ok(LockFile {
            manifest: it.manifest,
            go: self.go(&it.go.version)?,
            go_hashes,
            cli: ModuleVersion::of(package.get_ref(), &cli),
            cli_hash: it.cli.hash.as_ref().map(|it| self.hash(it)).transpose()?,
            fyne,
            fyne_hash: it.fyne.hash.as_ref().map(|it| self.hash(it)).transpose()?,
            needs: it.needs.iter().map(|(os, needs)| (os.get_ref().clone(), plain(needs))).into_map(),
        })
    }

    /// A version of Go as we write it: a whole release, in three numbers.
    fn go(&self, written: &Spanned<String>) -> Result<GoVersion, Failure> {
        let read = written.get_ref().parse::<GoVersion>().ok();
        let exact = read.filter(|it| it.is_release() && it.to_string() == *written.get_ref());
        exact.ok_or_else(|| self.value(written))
    }

    /// A version as Go's modules have it.
    fn release(&self, written: &Spanned<String>) -> Result<Version, Failure> {
        let read = written.get_ref().parse::<Version>().ok();
        let exact = read.filter(|it| format!("v{it}") == *written.get_ref());
        exact.ok_or_else(|| self.value(written))
    }

    fn hash(&self, written: &Spanned<String>) -> Result<H1, Failure> {
        let read = written.get_ref().parse::<H1>().ok();
        read.filter(|it| it.to_string() == *written.get_ref()).ok_or_else(|| {
            let why = text!("lockfile-no-hash", value = written.get_ref());
            unreadable(self.file, Some(self.line(written.span().start)), &why)
        })
    }

    fn value(&self, at: &Spanned<String>) -> Failure {
        let why = text!("lockfile-value", value = at.get_ref());
        unreadable(self.file, Some(self.line(at.span().start)), &why)
    }
}

/// The path of a package, and nothing that a URL or a file could be.
fn is_package(text: &str) -> bool {
    let part = |it: &str| {
        !it.is_empty()
            && !it.starts_with('.')
            && it.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
    };
    text.len() < 200 && text.contains('/') && text.split('/').all(part)
}

/// The name of a need or of a system.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() < 64
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.+".contains(&b))
}
