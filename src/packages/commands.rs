//! A package manager as a row of data: what is said to it, and which of its words mean what. [`super::rows`] has the rows.
//! A function stands in a row only where an answer really has a form of its own.

use std::collections::BTreeMap;

use super::own::OwnFiles;
use super::{Handover, Installed, Laid, Outcome, PackageManager, Progress, Proxies, Simulation};

/// A row.
pub struct Commands {
    pub name: &'static str,
    /// Its program; every vector below begins with an absolute path of its own.
    pub program: &'static str,
    pub refresh: &'static [&'static str],
    /// Fetches the lists anew, whatever it thinks of those that are there; `refresh` where there is none.
    pub renew: &'static [&'static [&'static str]],
    /// The files that it reads itself, where we know their form.
    pub own: Option<&'static OwnFiles>,
    /// Names follow, here and in all that take names.
    pub install: &'static [&'static str],
    pub reinstall: &'static [&'static str],
    pub remove: &'static [&'static str],
    pub simulate: &'static [&'static str],
    pub simulate_removal: &'static [&'static str],
    /// Files follow. Empty where it cannot be asked.
    pub owners: &'static [&'static str],
    pub query: &'static [&'static str],
    /// Where it keeps what is installed.
    pub records: &'static [&'static str],
    /// Where it keeps when each package was laid.
    pub laid: Laid,
    /// Installing, as a person types it; names follow.
    pub typed: &'static str,
    /// How `query` answers.
    pub listing: Listing,
    /// How a simulation answers.
    pub preview: Preview,
    /// What it says at the end of a simulation that went well and yet does not end with 0.
    pub answered_no: Option<&'static str>,
    /// Codes that mean that all was done, besides 0.
    pub done: &'static [i32],
    /// What its words mean where it failed; the first that it said, in this order.
    pub outcomes: &'static [(&'static str, Outcome)],
    /// What it says of its progress.
    pub progress: Steps,
    /// What stands in lines that tell why it failed, the most telling first.
    pub telling: &'static [&'static str],
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

impl PackageManager for Commands {
    fn name(&self) -> &'static str {
        self.name
    }

    fn program(&self) -> &'static str {
        self.program
    }

    fn refresh(&self) -> Vec<String> {
        command(self.refresh, &[])
    }

    fn renew(&self) -> Vec<Vec<String>> {
        if self.renew.is_empty() {
            return vec![self.refresh()];
        }
        self.renew.iter().map(|it| command(it, &[])).collect()
    }

    fn own_files(&self) -> Option<&'static OwnFiles> {
        self.own
    }

    fn install(&self, names: &[String]) -> Vec<String> {
        command(self.install, names)
    }

    fn reinstall(&self, names: &[String]) -> Vec<String> {
        command(self.reinstall, names)
    }

    fn simulate(&self, names: &[String]) -> Vec<String> {
        command(self.simulate, names)
    }

    fn simulate_removal(&self, names: &[String]) -> Vec<String> {
        command(self.simulate_removal, names)
    }

    fn simulated(&self, code: Option<i32>, output: &str) -> Result<Simulation, Outcome> {
        let answered = self.answered_no.is_some_and(|it| output.contains(it));
        match self.outcome(output, code) {
            Outcome::Done => Ok(self.preview.read(output)),
            _ if answered => Ok(self.preview.read(output)),
            other => Err(other),
        }
    }

    fn remove(&self, names: &[String]) -> Vec<String> {
        command(self.remove, names)
    }

    fn owners(&self, files: &[String]) -> Option<Vec<String>> {
        (!self.owners.is_empty()).then(|| command(self.owners, files))
    }

    fn parse_owners(&self, output: &str) -> Vec<String> {
        // A sentence is no name.
        let lines = output.lines().map(str::trim);
        let names = lines.filter(|it| !it.is_empty() && !it.contains(char::is_whitespace));
        let mut all: Vec<String> = names.map(str::to_owned).collect();
        all.sort();
        all.dedup();
        all
    }

    fn query(&self) -> Vec<String> {
        command(self.query, &[])
    }

    fn records(&self) -> &'static [&'static str] {
        self.records
    }

    fn laid(&self) -> Laid {
        self.laid
    }

    fn installed(&self, output: &str) -> BTreeMap<String, Installed> {
        self.listing.read(output)
    }

    fn proxy(&self, proxies: &Proxies, _file: &str) -> Handover {
        let pairs = [("http_proxy", &proxies.http), ("https_proxy", &proxies.https)];
        let set = pairs.into_iter().filter_map(|(name, it)| Some((name, it.clone()?)));
        Handover { variables: set.collect(), ..Handover::default() }
    }

    fn outcome(&self, output: &str, code: Option<i32>) -> Outcome {
        if code.is_some_and(|it| self.done.contains(&it)) {
            return Outcome::Done;
        }
        by_words(output, code, self.outcomes)
    }

    fn progress(&self, line: &str) -> Option<Progress> {
        self.progress.read(line)
    }

    fn telling_line<'a>(&self, output: &'a str) -> Option<&'a str> {
        telling(output, self.telling)
    }

    fn typed(&self, names: &[String]) -> String {
        format!("{} {}", self.typed, names.join(" "))
    }
}

impl Listing {
    fn read(&self, output: &str) -> BTreeMap<String, Installed> {
        let between = match self {
            Self::Between(between) => *between,
            Self::Read(read) => return read(output),
        };
        let line = |line: &str| {
            let (name, version) = line.split_once(between)?;
            let version = version.trim().to_owned();
            Some((name.to_owned(), Installed { version, ..Installed::default() }))
        };
        output.lines().filter_map(line).collect()
    }
}

impl Preview {
    fn read(&self, output: &str) -> Simulation {
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
    fn read(&self, line: &str) -> Option<Progress> {
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
