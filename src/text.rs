//! `Text`: a message key with its arguments. Whoever decides says *which* message; only the renderer
//! (`report::words`) turns it into English or 简体中文. A new message is a line in both `locales/` trees.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::path_style::PathStyle;

/// A message of the catalogue with its arguments. `key` is a Fluent id, or `id.attribute`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The id in `locales/*/*.ftl`, such as `go-too-old` or `cgo-headers.title`.
    pub key: Cow<'static, str>,
    /// The arguments, by the names that the message uses.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

/// An argument of a [`Text`]. Numbers stay numbers, so that a language can choose a plural form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A count.
    Number(i64),
    /// Anything else, as it is shown.
    Word(String),
    /// A message inside the message.
    Text(Box<Text>),
    /// Words that come from a manifest in several languages, by their tag; English stands in for one that lacks.
    Said(BTreeMap<String, String>),
}

impl Text {
    /// A message without arguments yet.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// The same message with one more argument.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Arg>) -> Self {
        self.args.push((name.into(), value.into()));
        self
    }
}

/// For logs and test failures only: people see what the renderer makes of it.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key)?;
        for (name, value) in &self.args {
            match value {
                Arg::Number(n) => write!(f, " {name}={n}")?,
                Arg::Word(w) => write!(f, " {name}={w}")?,
                Arg::Text(t) => write!(f, " {name}=({t})")?,
                Arg::Said(all) => write!(f, " {name}={}", all.get("en").map_or("", String::as_str))?,
            }
        }
        Ok(())
    }
}

/// `text!("key", name = value, …)` makes a [`Text`].
#[macro_export]
macro_rules! text {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Text::new($key)$(.with(stringify!($name), $value))*
    };
}

macro_rules! words {
    ($($from:ty => |$it:ident| $to:expr),* $(,)?) => {
        $(impl From<$from> for Arg { fn from($it: $from) -> Self { $to } })*
    };
}
words! {
    &str => |it| Arg::Word(it.to_owned()),
    String => |it| Arg::Word(it),
    &String => |it| Arg::Word(it.clone()),
    &Path => |it| Arg::Word(PathStyle::of_path(it).shown(it)),
    PathBuf => |it| it.as_path().into(),
    &PathBuf => |it| it.as_path().into(),
    i64 => |it| Arg::Number(it),
    i32 => |it| Arg::Number(it.into()),
    u32 => |it| Arg::Number(it.into()),
    u16 => |it| Arg::Number(it.into()),
    usize => |it| Arg::Number(i64::try_from(it).unwrap_or(i64::MAX)),
    u64 => |it| Arg::Number(i64::try_from(it).unwrap_or(i64::MAX)),
    Text => |it| Arg::Text(Box::new(it)),
    &BTreeMap<String, String> => |it| Arg::Said(it.clone()),
    &Text => |it| Arg::Text(Box::new(it.clone())),
    &crate::discreet::Discreet => |it| Arg::Word(it.to_string()),
    &crate::version::GoVersion => |it| Arg::Word(it.to_string()),
    crate::version::GoVersion => |it| Arg::Word(it.to_string()),
    &crate::version::Version => |it| Arg::Word(it.to_string()),
    crate::version::Version => |it| Arg::Word(it.to_string()),
    &crate::version::ModuleVersion => |it| Arg::Word(it.to_string()),
    crate::version::ModuleVersion => |it| Arg::Word(it.to_string()),
}
