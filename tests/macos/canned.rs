//! Answers of programs that a row of a Mac has: by program, the beginning of the arguments, and variables where they matter.

use std::collections::BTreeMap;
use std::path::PathBuf;

use fyne_setup::system::Ask;
use serde::Deserialize;

/// What a program answers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canned {
    pub program: PathBuf,
    /// How the arguments begin.
    #[serde(default)]
    pub args: String,
    /// Only where the environment of the question has these.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    #[serde(default)]
    pub code: i32,
    #[serde(default)]
    pub out: String,
    #[serde(default)]
    pub err: String,
}

impl Canned {
    /// The one that fits best; of two that fit equally well the row's own comes first.
    pub fn of<'a>(all: &'a [Self], ask: &Ask) -> Option<&'a Self> {
        let args = ask.args.join(" ");
        let fits = all.iter().filter(|it| it.program == ask.program && args.starts_with(&it.args));
        let is_set = |it: &&Self| it.set.iter().all(|(name, value)| ask.env.get(name) == Some(value));
        fits.filter(is_set).rev().max_by_key(|it| it.args.len())
    }
}
