//! What a package manager reads itself, as data: where its settings and its sources stand. To add one: its files in a
//! [`OwnFiles`], and their form in `shell` where nobody reads it yet.

use crate::facts::supply::SettingKind;
use crate::shell::Dialect;

/// Files that a manager reads, and the question that shows whether it can.
#[derive(Debug)]
pub struct OwnFiles {
    /// Its settings, in the order in which it reads them.
    pub settings: &'static [(Watched, Dialect)],
    /// What a setting is about, by its key; `None` where it is of no interest.
    pub about: fn(&str) -> Option<SettingKind>,
    /// Its sources.
    pub sources: &'static [Watched],
    /// Asks for the names of the releases that it knows; it fails where its files cannot be read. Needs no root.
    pub releases: &'static [&'static str],
    /// Its record of owners of single files.
    pub owners: Option<&'static str>,
}

/// A file, or those of a directory.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// Its path.
    pub path: &'static str,
    /// Which files of the directory are read, by their extensions, `""` for none; without, it is a file.
    pub extensions: Option<&'static [&'static str]>,
}

impl Watched {
    /// One file.
    pub const fn file(path: &'static str) -> Self {
        Self { path, extensions: None }
    }

    /// The files of a directory that have such an extension.
    pub const fn dir(path: &'static str, extensions: &'static [&'static str]) -> Self {
        Self { path, extensions: Some(extensions) }
    }

    /// The names in the directory that are read; `None` where it is a file.
    pub fn read(&self, mut names: Vec<String>) -> Option<Vec<String>> {
        let extensions = self.extensions?;
        let of = |name: &String| name.rsplit_once('.').map_or("", |it| it.1).to_owned();
        names.retain(|it| extensions.contains(&of(it).as_str()));
        names.sort();
        Some(names)
    }
}

/// A source that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// Its address, or its name where it has one.
    pub uri: String,
    /// Its suite, where it has one.
    pub suite: String,
    /// The manager's words.
    pub words: String,
}
