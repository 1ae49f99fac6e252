//! The forms of what package managers print, as far as more than one of them shares one.

use std::collections::BTreeMap;

use crate::gather::Gather as _;
use crate::packages::{Installed, Outcome, Progress, Simulation};

/// How it is asked whose files are.
pub enum Owners {
    /// Files follow; what a line of the answer names.
    Files(&'static [&'static str], fn(&str) -> Option<&str>),
    /// One regular expression for all of them follows.
    Pattern(&'static [&'static str], fn(&str) -> Option<&str>),
}

/// What a line of a comparison says.
pub enum Verified<'a> {
    /// A file is not as it was.
    File(String),
    /// One of this package's is not.
    Package(&'a str),
    /// Nothing of that.
    Nothing,
}

/// A line that is a name; a sentence is none.
pub fn plain_name(line: &str) -> Option<&str> {
    let line = line.trim();
    (!line.is_empty() && !line.contains(char::is_whitespace)).then_some(line)
}

/// The form of a list of packages with versions.
pub enum Listing {
    /// `name`, this, `version`.
    Between(char),
    /// Another one.
    Read(fn(&str) -> BTreeMap<String, Installed>),
}

/// The form of what a transaction would do.
pub enum Preview {
    /// Lines that begin with a blank, below a line that holds a heading.
    Headed {
        /// Part of the heading, and what happens to what stands below it.
        headings: &'static [(&'static str, Fate)],
        /// Whether every word is a name; else the first word of a row of a table is.
        all_words: bool,
    },
    /// Another one.
    Read(fn(&str) -> Simulation),
}

/// What happens to a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    New,
    Upgraded,
    Removed,
}

/// How a line tells of progress.
pub enum Steps {
    /// It begins with one of these, after a count (`(2/5)`) where there is one: a package is done.
    Begins(&'static [&'static str]),
    /// The same, and without a count it says something else.
    Counted(&'static [&'static str]),
    /// It holds one of these: half of a package is done.
    Halves(&'static [&'static str]),
}

impl Simulation {
    /// Notes what happens to a package.
    pub fn add(&mut self, fate: Fate, name: &str) {
        let list = match fate {
            Fate::New => &mut self.new,
            Fate::Upgraded => &mut self.upgraded,
            Fate::Removed => &mut self.removed,
        };
        list.push(name.to_owned());
    }

    /// What is there by the manager's record is not new.
    pub fn correct(&mut self, there: &BTreeMap<String, Installed>) {
        let (known, new) = std::mem::take(&mut self.new).into_iter().partition(|it| there.contains_key(it));
        self.new = new;
        self.upgraded.extend::<Vec<String>>(known);
    }
}

/// An argument vector from a fixed part and names.
pub fn command(fixed: &[&str], names: &[String]) -> Vec<String> {
    fixed.iter().map(|&it| it.to_owned()).chain(names.iter().cloned()).collect()
}

/// The outcome by what the output says; the first that fits.
pub fn by_words(output: &str, code: Option<i32>, words: &[(&str, Outcome)]) -> Outcome {
    if code == Some(0) {
        return Outcome::Done;
    }
    words.iter().find(|(word, _)| output.contains(word)).map_or(Outcome::Failed, |(_, it)| *it)
}

/// The line that holds the first of these words that any line holds; else the last line that says something.
pub fn telling<'a>(output: &'a str, words: &[&str]) -> Option<&'a str> {
    let holds = |word: &&str| output.lines().find(|it| it.contains(word));
    let last = || output.lines().rfind(|it| !it.trim().is_empty());
    words.iter().find_map(holds).or_else(last).map(str::trim)
}

impl Listing {
    pub fn read(&self, output: &str) -> BTreeMap<String, Installed> {
        let between = match self {
            Self::Between(between) => *between,
            Self::Read(read) => return read(output),
        };
        let line = |line: &str| {
            let (name, version) = line.split_once(between)?;
            let version = version.trim().to_owned();
            Some((name.to_owned(), Installed { version, ..Installed::default() }))
        };
        output.lines().filter_map(line).into_map()
    }
}

impl Preview {
    pub fn read(&self, output: &str) -> Simulation {
        let (headings, all_words) = match self {
            Self::Headed { headings, all_words } => (*headings, *all_words),
            Self::Read(read) => return read(output),
        };
        let mut seen = Simulation::default();
        let mut below = None;
        for line in output.lines() {
            if !line.starts_with(' ') {
                below = headings.iter().find(|(part, _)| line.contains(part)).map(|(_, fate)| *fate);
                continue;
            }
            let (Some(fate), words) = (below, line.split_whitespace().collect::<Vec<_>>()) else { continue };
            // Name, architecture, version, repository, size, unit. A name that is too long has a line of its own. What
            // is replaced stands below what replaces it.
            let row = (words.len() == 1 || words.len() >= 4) && words[0] != "replacing";
            let names = if all_words { words.len() } else { usize::from(row) };
            words.iter().take(names).for_each(|it| seen.add(fate, it));
        }
        seen
    }
}

impl Steps {
    pub fn read(&self, line: &str) -> Option<Progress> {
        let words = match self {
            Self::Halves(words) => return words.iter().any(|it| line.contains(it)).then_some(Progress::Half),
            Self::Begins(words) | Self::Counted(words) => words,
        };
        let line = line.trim_start();
        let rest = line.strip_prefix(['(', '[']).and_then(|it| it.split_once([')', ']']));
        let rest = rest.map_or(line, |(_, it)| it.trim_start());
        if !words.iter().any(|it| rest.starts_with(it)) {
            return None;
        }
        let alone = matches!(self, Self::Begins(_)).then_some(Progress::Whole);
        count(line).or(alone)
    }
}

/// `2/5`, the first of its kind in a line.
fn count(line: &str) -> Option<Progress> {
    let word = |word: &str| {
        let (done, total) = word.split_once('/')?;
        Some(Progress::Of { done: done.parse().ok()?, total: total.parse().ok().filter(|it| *it > 0)? })
    };
    line.split([' ', '(', ')', '[', ']']).find_map(word)
}
