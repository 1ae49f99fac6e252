//! `Fact`: what is known of one thing, and whether it could be looked at. A value without parts.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{Arg, Text};

/// What is known of one thing. "Permission denied" is not "missing". It has no default: what nobody looked at is not absent
/// (see [`Fact::unlooked`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact<T> {
    /// It is there.
    Here(T),
    /// It is not there.
    Absent,
    /// We could not look: why.
    Unknown(Why),
}

/// Why something is not known, or was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Why {
    /// The system's words, or a program's: shown as they are. A plain string in recordings.
    System(String),
    /// Ours, in the reader's language.
    Text(Text),
}

impl From<Text> for Why {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<&Why> for Arg {
    fn from(why: &Why) -> Self {
        match why {
            Why::System(words) => words.into(),
            Why::Text(text) => text.into(),
        }
    }
}

impl From<Why> for Arg {
    fn from(why: Why) -> Self {
        Self::from(&why)
    }
}

/// For logs and test failures only, as that of [`Text`].
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(words) => f.write_str(words),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl<T> Fact<T> {
    /// What nobody looked at.
    pub fn unlooked() -> Self {
        Self::Unknown(text!("why-not-looked").into())
    }

    /// The value, if it is there.
    pub const fn here(&self) -> Option<&T> {
        match self {
            Self::Here(it) => Some(it),
            _ => None,
        }
    }

    /// The value, if it is there, taken out.
    pub fn into_here(self) -> Option<T> {
        match self {
            Self::Here(it) => Some(it),
            _ => None,
        }
    }

    /// Whether it is there.
    pub const fn is_here(&self) -> bool {
        matches!(self, Self::Here(_))
    }

    /// Whether we looked and it is not there.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The same knowledge about something derived from it.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::Here(it) => Fact::Here(f(it)),
            Self::Absent => Fact::Absent,
            Self::Unknown(why) => Fact::Unknown(why),
        }
    }

    /// Borrowed.
    pub fn as_ref(&self) -> Fact<&T> {
        match self {
            Self::Here(it) => Fact::Here(it),
            Self::Absent => Fact::Absent,
            Self::Unknown(why) => Fact::Unknown(why.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_string_where_the_system_said_it_and_a_text_where_we_did() {
        let rows = [
            (r#"{"unknown":"permission denied"}"#, Why::System("permission denied".into())),
            (r#"{"unknown":{"key":"why-link","args":[]}}"#, text!("why-link").into()),
            (
                r#"{"unknown":{"key":"why-unreadable","args":[["path","/a"]]}}"#,
                text!("why-unreadable", path = "/a").into(),
            ),
        ];
        for (json, why) in rows {
            let fact: Fact<u8> = Fact::Unknown(why);
            assert_eq!(serde_json::from_str::<Fact<u8>>(json).expect(json), fact);
            assert_eq!(serde_json::to_string(&fact).expect("plain data"), json);
        }
    }
}
