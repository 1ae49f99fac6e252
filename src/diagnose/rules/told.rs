//! What the rules tell without any log: their causes, by id and for pages, what is misspelt, and whether all of them compile.

use super::{CauseRow, Symptoms};
use crate::diagnose::Cause;
use crate::gather::Gather as _;

/// How many letters of an import path may be wrong for it to be a misspelt one.
const MISSPELT: usize = 2;

impl Symptoms {
    /// The package of Fyne's that an import path means which is nearly one.
    pub(in crate::diagnose) fn meant(&self, path: &str) -> Option<&str> {
        let far = |it: &&String| strsim::damerau_levenshtein(path, it);
        let nearest = self.packages.iter().min_by_key(far)?;
        (1..=MISSPELT).contains(&far(&nearest)).then_some(nearest)
    }

    /// The ids of all causes that a log can have, without names.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.causes.iter().map(|it| it.id.as_str()).filter(|it| !it.starts_with('-'))
    }

    /// A cause by its id, with or without the name that a log gave it: what is known of it without any log.
    pub fn cause(&self, id: &str) -> Option<Cause> {
        let (word, name) = id.split_once(':').map_or((id, None), |(word, name)| (word, Some(name)));
        let is = |it: &&CauseRow| it.id.eq_ignore_ascii_case(word) && !it.id.starts_with('-');
        let row = self.causes.iter().find(is)?;
        let name = name.filter(|it| !it.is_empty() && row.names.is_some()).map(|it| row.alias(it));
        let said = row.names.iter().zip(&name).map(|(key, name)| (key.clone(), name.clone())).into_map();
        Some(Cause::of(row, name, said, Vec::new()))
    }

    /// What a page tells: id, key of its texts, checks.
    pub fn pages(&self) -> impl Iterator<Item = (String, &str, &[String])> {
        let all = self.causes.iter().filter(|it| !it.id.starts_with('-') && !it.own());
        all.map(|it| {
            let id = it.names.as_ref().map_or_else(|| it.id.clone(), |_| format!("{}:…", it.id));
            (id, it.text.as_deref().unwrap_or(&it.id), it.checks.as_slice())
        })
    }

    /// The keys of their texts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let all = self.causes.iter().filter(|it| !it.id.starts_with('-'));
        all.map(|it| it.text.as_deref().unwrap_or(&it.id))
    }

    /// The checks that are named, each with the cause that names it.
    pub fn checks(&self) -> impl Iterator<Item = (&str, &str)> {
        self.causes.iter().flat_map(|it| it.checks.iter().map(|check| (it.id.as_str(), check.as_str())))
    }

    /// The keys of verdicts that are named, each with the cause that names it.
    pub fn verdicts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.causes.iter().flat_map(|it| it.verdicts.iter().map(|key| (it.id.as_str(), key.as_str())))
    }

    /// Compiles every pattern; else which do not.
    ///
    /// # Errors
    /// Those that do not, and why.
    pub fn compiled(&self) -> Result<(), String> {
        let rules = self.contexts.iter().map(|it| &it.rule).chain(self.signs.iter().map(|it| &it.rule));
        let patterns = rules.flat_map(|it| [Some(&it.line), it.also.as_ref(), it.unless.as_ref()]).flatten();
        let faults: Vec<String> = patterns.filter_map(|it| it.compile().err()).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
    }
}
