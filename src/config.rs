//! `config.toml`: what a person sets once, instead of the same flags in each line; and `accepted.toml`, what `accept` wrote
//! down. Pure: text in, data out. Not here: finding the files (`app::config`, `app::accept`), and reading a value as its flag
//! does (`cli::defaults`), since a key is the name of a flag and takes what that takes.
//!
//! To add a key: a row in [`KEYS`], and `config-key-<name>` in both `locales/*/config.ftl`.

pub mod accepted;
mod read;

pub use read::{read, unread};

/// The name of the file.
pub const NAME: &str = "config.toml";

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Flag,
    /// A string.
    Word,
    /// A whole number.
    Number,
    /// A string, or an array of strings.
    List,
}

/// Something that can be set: the name of a flag, without its dashes.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// How its value is written.
    pub kind: Kind,
    /// A value, as TOML.
    pub example: &'static str,
}

impl Key {
    /// The variable that beats it, and that is beaten by the flag.
    pub fn variable(&self) -> String {
        format!("FYNE_SETUP_{}", self.id().to_uppercase())
    }

    /// How the command line calls it.
    pub fn id(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Whether a project says it itself, so that it only holds outside one.
    pub fn is_the_projects(&self) -> bool {
        matches!(self.name, "go" | "fyne")
    }
}

const fn key(name: &'static str, kind: Kind, example: &'static str) -> Key {
    Key { name, kind, example }
}

/// Everything that can be set, in the order in which people read it.
pub const KEYS: &[Key] = &[
    key("lang", Kind::Word, "\"zh-CN\""),
    key("color", Kind::Word, "\"never\""),
    key("plain", Kind::Flag, "true"),
    key("ascii", Kind::Flag, "true"),
    key("offline", Kind::Flag, "true"),
    key("timeout", Kind::Number, "120"),
    key("no-sudo", Kind::Flag, "true"),
    key("manifest", Kind::Word, "\"/srv/fyne/manifest.toml\""),
    key("goal", Kind::Word, "\"build\""),
    key("go", Kind::Word, "\"1.27.4\""),
    key("fyne", Kind::Word, "\"2.8.1\""),
    key("goproxy", Kind::Word, "\"https://goproxy.cn,direct\""),
    key("go-mirror", Kind::List, "[\"https://golang.google.cn/dl/\"]"),
    key("prefix", Kind::Word, "\"/opt/go\""),
    key("no-modify-path", Kind::Flag, "true"),
    key("no-container", Kind::Flag, "true"),
    key("no-warm", Kind::Flag, "true"),
    key("no-proof", Kind::Flag, "true"),
];

/// What a file sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// In the order of the file.
    pub set: Vec<Set>,
}

/// One line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// What.
    pub key: &'static Key,
    /// To what, as a flag takes it; several only in a list.
    pub values: Vec<String>,
    /// Where, from 1.
    pub line: u32,
}

impl Config {
    /// What a key is set to.
    pub fn get(&self, name: &str) -> Option<&Set> {
        self.set.iter().find(|it| it.key.name == name)
    }

    /// What it says in one word.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.get(name)?.values.first().map(String::as_str)
    }

    /// Whether a yes or no is set to yes.
    pub fn says_yes(&self, name: &str) -> bool {
        self.word(name) == Some("true")
    }
}
