//! Reads a build or run log and names the cause that is to be fixed first. Pure: bytes in, causes out; nothing of the
//! machine is asked, and no more is kept than a few lines. What the tools print and what it means is data:
//! `manifests/symptoms.toml`.
//!
//! `lines` makes text of bytes, `rules` are the data, `order` decides what comes first. Not here: whether this machine has
//! the cause (`checks::logged`), and how it is shown (`app::diagnose`).

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

mod lines;
mod order;
mod rules;
#[cfg(test)]
mod tests;

use crate::text::Text;
use lines::Lines;
use rules::CauseRow;
pub use rules::{Needs, Symptoms};

/// What a sign can capture of a line, by the names that the texts of a cause have for it.
pub const SAID: [&str; 22] = [
    "host",
    "url",
    "path",
    "program",
    "package",
    "module",
    "version",
    "have",
    "want",
    "now",
    "limit",
    "flag",
    "right",
    "wrong",
    "display",
    "framework",
    "library",
    "header",
    "platform",
    "pid",
    "place",
    "variable",
];

/// How many lines are kept of a cause.
const EVIDENCE: usize = 3;

/// How many different things a log can name in all, before the rest is left out.
const MOST: usize = 200;

/// And of one cause: nobody installs more headers than that one by one.
const NAMES: usize = 16;

/// How many bytes of a line are kept, and of what a sign captured.
const KEPT: usize = 400;

/// What a log says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// What is at fault, the first to fix first.
    pub causes: Vec<Cause>,
    /// A mistake in the program that was built, or in how it was asked for; only told where no setup is at fault.
    pub own: Option<Cause>,
    /// The system that the log is of, where it shows: `linux`, `macos`, `windows`, `freebsd`.
    pub os: Option<&'static str>,
    /// How many lines it has.
    pub lines: u64,
}

/// A cause, with the lines that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its id: `missing-lib:GL`.
    pub id: String,
    /// The key of its texts: that of the rule, mostly the part before the colon.
    pub text: String,
    /// The part behind it.
    pub name: Option<String>,
    /// What the signs captured, by the names of the arguments.
    pub said: BTreeMap<String, String>,
    /// The first lines of it.
    pub evidence: Vec<Line>,
    /// Checks that tell whether a machine has it.
    pub checks: Vec<String>,
    /// Whether a check that passes says that a machine does not have it.
    pub refutes: bool,
    /// How its packages are found.
    pub needs: Needs,
    /// The variables that a check has to blame to confirm it; empty where any will do.
    pub variables: Vec<String>,
    /// The keys of what a check has to say to confirm it; empty where any failure of it does.
    pub verdicts: Vec<String>,
    /// Of a mistake in the program: whether it says exactly what is wrong and what to type.
    pub exact: bool,
}

impl Cause {
    /// A row of the rules, with what a log says of it.
    fn of(row: &CauseRow, name: Option<String>, said: BTreeMap<String, String>, evidence: Vec<Line>) -> Self {
        Self {
            id: name.as_ref().map_or_else(|| row.id.clone(), |name| format!("{}:{name}", row.id)),
            text: row.text.clone().unwrap_or_else(|| row.id.clone()),
            name,
            said,
            evidence,
            checks: row.checks.clone(),
            refutes: row.refutes,
            needs: row.needs.clone(),
            variables: row.variables.clone(),
            verdicts: row.verdicts.clone(),
            exact: row.exact,
        }
    }

    /// What it is, for people.
    pub fn what(&self) -> Text {
        self.told("what")
    }

    /// What fixes it. `packages` bring what is missing on a machine; `os` is what the log is of.
    pub fn fix(&self, packages: &[String], os: Option<&str>) -> Text {
        let packages = if packages.is_empty() { "none".to_owned() } else { packages.join(" ") };
        self.told("fix").with("packages", packages).with("os", os.unwrap_or("none"))
    }

    /// A text of it. Every argument that one may have is there: `none` where the log does not say it.
    fn told(&self, part: &str) -> Text {
        let said = |name: &str| {
            self.said.get(name).map(String::as_str).filter(|it| !it.is_empty()).unwrap_or("none")
        };
        let text = Text::new(format!("diagnose-{}.{part}", self.text))
            .with("name", self.name.as_deref().unwrap_or("none"));
        SAID.iter().fold(text, |text, name| text.with(*name, said(name)))
    }
}

/// A line of a log, without the codes of a terminal. Neither redacted nor made safe yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// Its text, at most some hundred bytes of it.
    pub text: String,
}

/// A cause while the log is read: which rule, which name, where.
#[derive(Clone, Debug)]
struct Seen {
    /// The row of the cause.
    row: usize,
    name: Option<String>,
    said: BTreeMap<String, String>,
    evidence: Vec<Line>,
    /// The build that showed it last.
    build: u32,
}

/// A log, read piece by piece.
pub struct Reader<'a> {
    lines: Lines,
    state: State<'a>,
}

struct State<'a> {
    symptoms: &'a Symptoms,
    seen: Vec<Seen>,
    /// How many names each row of causes has already.
    names: Vec<usize>,
    contexts: Vec<bool>,
    /// Commands that were typed in this build.
    typed: Vec<u64>,
    build: u32,
    /// Whether something was typed after the command that began this build: then it ended.
    went_on: bool,
    /// What became of lines that were met before, by their hash: logs repeat themselves.
    known: Box<[(u64, Option<usize>)]>,
    hits: Vec<usize>,
}

impl<'a> Reader<'a> {
    /// Before the first byte.
    pub fn new(symptoms: &'a Symptoms) -> Self {
        let state = State {
            symptoms,
            seen: Vec::new(),
            names: vec![0; symptoms.causes.len()],
            contexts: vec![false; symptoms.contexts.len()],
            typed: Vec::new(),
            build: 0,
            went_on: false,
            known: vec![(0, None); 1024].into_boxed_slice(),
            hits: Vec::new(),
        };
        Self { lines: Lines::default(), state }
    }

    /// Some more bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        let state = &mut self.state;
        self.lines.feed(bytes, &mut |number, line| state.line(number, line));
    }

    /// The end of the log.
    pub fn finish(mut self) -> Diagnosis {
        let state = &mut self.state;
        let lines = self.lines.finish(&mut |number, line| state.line(number, line));
        Diagnosis { lines, ..order::order(self.state) }
    }
}

/// A whole log at once.
pub fn diagnose(symptoms: &Symptoms, log: &[u8]) -> Diagnosis {
    let mut reader = Reader::new(symptoms);
    reader.feed(log);
    reader.finish()
}

/// What a log shows to be fixed first: for who keeps the output of a build of ours and has to say why it failed.
pub fn first(log: &[u8]) -> Option<Cause> {
    diagnose(&Symptoms::embedded(), log).causes.into_iter().next()
}

impl State<'_> {
    fn line(&mut self, number: u64, line: &[u8]) {
        let symptoms = self.symptoms;
        symptoms.candidates(line, &mut self.hits);
        if self.hits.is_empty() {
            return;
        }
        let hits = std::mem::take(&mut self.hits);
        let (contexts, signs) = hits.split_at(hits.partition_point(|it| *it < symptoms.contexts.len()));
        let commands = contexts.iter().filter(|it| symptoms.contexts[**it].is_command);
        for command in commands.filter_map(|it| symptoms.contexts[*it].rule.command(line)) {
            self.typed(&command);
        }
        let key = hash(line);
        let slot = usize::try_from(key % self.known.len() as u64).unwrap_or(0);
        if self.known[slot].0 == key {
            if let Some(index) = self.known[slot].1 {
                self.seen[index].build = self.build;
            }
        } else {
            self.contexts(contexts, line);
            self.known[slot] = (key, self.sign(signs, number, line));
        }
        self.hits = hits;
    }

    fn contexts(&mut self, hits: &[usize], line: &[u8]) {
        for index in hits {
            let context = &self.symptoms.contexts[*index];
            if !context.is_command && !self.contexts[*index] {
                self.contexts[*index] = context.rule.fits(line);
            }
        }
    }

    /// The same command once more begins a build anew: what it shows counts before what an earlier one showed.
    fn typed(&mut self, command: &[u8]) {
        let key = hash(command);
        if self.typed.contains(&key) {
            self.build = self.build.saturating_add(1);
            self.typed.clear();
            self.went_on = false;
        } else if !self.typed.is_empty() {
            self.went_on = true;
        }
        if self.typed.len() < NAMES {
            self.typed.push(key);
        }
    }

    fn sign(&mut self, hits: &[usize], number: u64, line: &[u8]) -> Option<usize> {
        let offset = self.symptoms.contexts.len();
        let signs = hits.iter().map(|it| &self.symptoms.signs[*it - offset]);
        let mut open = signs.filter(|it| self.names[it.cause] < NAMES);
        let (cause, said) = open.find_map(|it| Some((it.cause, it.rule.captures(line)?)))?;
        self.add(cause, said, number, line)
    }

    /// Notes that a cause was seen. `None` where there are too many already.
    fn add(&mut self, row: usize, said: BTreeMap<String, String>, number: u64, line: &[u8]) -> Option<usize> {
        let cause = &self.symptoms.causes[row];
        let name = cause.names.as_ref().and_then(|it| said.get(it)).map(|it| cause.alias(it));
        let found = self.seen.iter().position(|it| it.row == row && it.name == name);
        let index = match found {
            Some(index) => index,
            None if self.seen.len() >= MOST => return None,
            None => {
                self.names[row] += 1;
                let said = BTreeMap::new();
                self.seen.push(Seen { row, name, said, evidence: Vec::new(), build: self.build });
                self.seen.len() - 1
            }
        };
        let seen = &mut self.seen[index];
        if seen.build != self.build {
            seen.evidence.clear();
            seen.said.clear();
            seen.build = self.build;
        }
        for (key, value) in said {
            seen.said.entry(key).or_insert(value);
        }
        if seen.evidence.len() < EVIDENCE {
            seen.evidence.push(Line { number, text: kept(line) });
        }
        Some(index)
    }
}

/// The beginning of some bytes, as text.
fn kept(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(KEPT)]).trim().to_owned()
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
