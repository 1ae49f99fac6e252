//! `manifests/symptoms.toml`, read and made ready: which words lead to which patterns, which patterns to which causes. The
//! file's own comments say what its words mean. A pattern is compiled when its words are met for the first time.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::Input;
use aho_corasick::automaton::{Automaton as _, OverlappingState};
use aho_corasick::dfa::DFA;
use regex_lite::Regex;
use serde::Deserialize;

use super::kept;
use crate::data;
use crate::embedded::SYMPTOMS;
use crate::gather::Gather as _;

mod bytes;
mod told;

/// What the tools print, and what it means.
pub struct Symptoms {
    pub(super) contexts: Vec<Context>,
    pub(super) causes: Vec<CauseRow>,
    pub(super) signs: Vec<Sign>,
    /// What a program imports of Fyne.
    packages: Vec<String>,
    words: DFA,
    /// Word → the contexts and signs that it leads to; signs are counted behind the contexts.
    leads: Vec<Vec<usize>>,
}

/// What a line says of the log as a whole.
pub(super) struct Context {
    pub(super) name: String,
    pub(super) is_command: bool,
    pub(super) rule: Rule,
}

/// What a line says of a cause.
pub(super) struct Sign {
    pub(super) cause: usize,
    pub(super) rule: Rule,
}

/// How the packages are found that a cause is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Needs {
    /// By no package.
    #[default]
    Nothing,
    /// Whatever brings the header that was named.
    Header,
    /// Whatever brings the library that was named.
    Library,
    /// Whatever brings the pkg-config module that was named.
    Module,
    /// By none: the package manager has to finish what was interrupted.
    Configured,
    /// A capability.
    Capability(String),
}

impl From<String> for Needs {
    fn from(word: String) -> Self {
        match word.as_str() {
            "" => Self::Nothing,
            "header" => Self::Header,
            "library" => Self::Library,
            "module" => Self::Module,
            "configured" => Self::Configured,
            _ => Self::Capability(word),
        }
    }
}

/// A row of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CauseRow {
    pub(super) id: String,
    pub(super) text: Option<String>,
    pub(super) names: Option<String>,
    pub(super) checks: Vec<String>,
    #[serde(default = "yes")]
    pub(super) refutes: bool,
    #[serde(default)]
    pub(super) needs: Needs,
    #[serde(default)]
    pub(super) variables: Vec<String>,
    #[serde(default)]
    pub(super) verdicts: Vec<String>,
    #[serde(default)]
    pub(super) first: bool,
    #[serde(default)]
    pub(super) weak: bool,
    #[serde(default)]
    pub(super) after: Vec<String>,
    #[serde(default)]
    pub(super) turns: Vec<Turn>,
    pub(super) instead: Option<String>,
    /// What it is where a package that it captured is misspelt.
    pub(super) misspelt: Option<String>,
    /// Whether it says exactly what is wrong in a program and what to type.
    #[serde(default)]
    pub(super) exact: bool,
    #[serde(default)]
    alias: BTreeMap<String, String>,
}

const fn yes() -> bool {
    true
}

/// What a cause becomes in a context; in every one where it is empty.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Turn {
    #[serde(rename = "in")]
    pub(super) context: String,
    pub(super) into: String,
}

impl CauseRow {
    /// The name that stands for this one.
    pub(super) fn alias(&self, name: &str) -> String {
        self.alias.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// Whether it is a mistake in the program.
    pub(super) fn own(&self) -> bool {
        self.id.starts_with("own-")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    #[serde(default)]
    packages: Vec<String>,
    word: BTreeMap<String, String>,
    context: Vec<ContextRow>,
    cause: Vec<CauseRow>,
    sign: Vec<SignRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextRow {
    name: String,
    has: Vec<String>,
    line: String,
    unless: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignRow {
    cause: String,
    has: Vec<String>,
    line: String,
    also: Option<String>,
    unless: Option<String>,
}

impl Symptoms {
    /// Those that this program was built with.
    pub fn embedded() -> Self {
        Self::read(&SYMPTOMS.text()).expect("the embedded symptoms.toml reads: a test does it")
    }

    /// Reads the file; else what is wrong with it.
    ///
    /// # Errors
    /// What does not parse, and names that are not there.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = data::toml(text).map_err(|it| it.to_string())?;
        if file.schema != 1 {
            return Err(format!("schema {}", file.schema));
        }
        let whole = |pattern: String| {
            file.word.iter().fold(pattern, |it, (name, word)| it.replace(&format!("<{name}>"), word))
        };
        let rule = |line: String, also: Option<String>, unless: Option<String>| Rule {
            line: Pattern::new(whole(line)),
            also: also.map(|it| Pattern::new(whole(it))),
            unless: unless.map(|it| Pattern::new(whole(it))),
        };
        let row =
            |id: &str| file.cause.iter().position(|it| it.id == id).ok_or_else(|| format!("no cause {id}"));
        for other in file.cause.iter().filter_map(|it| it.misspelt.as_ref()) {
            row(other)?;
        }
        for turn in file.cause.iter().flat_map(|it| &it.turns) {
            row(&turn.into)?;
            let there = turn.context.is_empty() || file.context.iter().any(|it| it.name == turn.context);
            there.then_some(()).ok_or_else(|| format!("no context {}", turn.context))?;
        }
        let mut words: Vec<String> = Vec::new();
        let mut leads: Vec<Vec<usize>> = Vec::new();
        let has = file.context.iter().map(|it| &it.has).chain(file.sign.iter().map(|it| &it.has));
        for (index, has) in has.enumerate() {
            for word in has {
                let at = words.iter().position(|it| it == word).unwrap_or(words.len());
                if at == words.len() {
                    words.push(word.clone());
                    leads.push(Vec::new());
                }
                leads[at].push(index);
            }
        }
        let words = DFA::builder().ascii_case_insensitive(true).prefilter(false).build(&words);
        let signs =
            file.sign.iter().map(|it| Ok((row(&it.cause)?, it))).collect::<Result<Vec<_>, String>>()?;
        let signs = signs.into_iter().map(|(cause, it)| Sign {
            cause,
            rule: rule(it.line.clone(), it.also.clone(), it.unless.clone()),
        });
        let contexts = file.context.iter().map(|it| Context {
            name: it.name.clone(),
            is_command: it.name == "typed",
            rule: rule(it.line.clone(), None, it.unless.clone()),
        });
        let (signs, contexts) = (signs.collect(), contexts.collect());
        let (words, packages) = (words.map_err(|it| it.to_string())?, file.packages);
        Ok(Self { contexts, signs, packages, words, leads, causes: file.cause })
    }

    /// Which contexts and signs a line may have, in their order.
    pub(super) fn candidates(&self, line: &[u8], into: &mut Vec<usize>) {
        into.clear();
        let (line, mut found) = (Input::new(line), OverlappingState::start());
        while self.words.try_find_overlapping(&line, &mut found).is_ok() {
            let Some(word) = found.get_match() else { break };
            into.extend_from_slice(&self.leads[word.pattern().as_usize()]);
        }
        if into.len() > 1 {
            into.sort_unstable();
            into.dedup();
        }
    }
}

/// When a line fits.
pub(super) struct Rule {
    line: Pattern,
    also: Option<Pattern>,
    unless: Option<Pattern>,
}

impl Rule {
    pub(super) fn fits(&self, line: &[u8]) -> bool {
        let line = &bytes::read(line);
        self.line.regex().is_some_and(|it| it.is_match(line)) && self.agrees(line)
    }

    fn agrees(&self, line: &str) -> bool {
        let is = |it: &Pattern| it.regex().is_some_and(|it| it.is_match(line));
        self.also.as_ref().is_none_or(is) && !self.unless.as_ref().is_some_and(is)
    }

    /// What a line that fits says, by the names of the captures; numbers at their ends are other ways to say it.
    pub(super) fn captures(&self, line: &[u8]) -> Option<BTreeMap<String, String>> {
        let (regex, line) = (self.line.regex()?, &bytes::read(line));
        let captures = regex.captures(line)?;
        if !self.agrees(line) {
            return None;
        }
        let named = regex.capture_names().flatten();
        let said = named.filter_map(|name| {
            let value = kept(&bytes::written(captures.name(name)?.as_str()));
            Some((name.trim_end_matches(|it: char| it.is_ascii_digit()).to_owned(), value))
        });
        Some(said.into_map())
    }

    /// The command that was typed.
    pub(super) fn command(&self, line: &[u8]) -> Option<Vec<u8>> {
        let line = &bytes::read(line);
        let captures = self.line.regex()?.captures(line)?;
        Some(bytes::written(captures.name("command")?.as_str().trim_ascii()))
    }
}

/// A regular expression over bytes, compiled when it is needed.
struct Pattern {
    text: String,
    made: OnceLock<Option<Regex>>,
}

impl Pattern {
    const fn new(text: String) -> Self {
        Self { text, made: OnceLock::new() }
    }

    fn compile(&self) -> Result<Regex, String> {
        Regex::new(&bytes::pattern(&self.text)).map_err(|it| it.to_string())
    }

    /// `None` where it does not compile; a test compiles all.
    fn regex(&self) -> Option<&Regex> {
        self.made.get_or_init(|| self.compile().ok()).as_ref()
    }
}
