//! The lines of the journal. These are wire types: they only grow, and carry a schema number. A new field has a default,
//! so that the lines of before stay readable (`tests/journals`).

use serde::{Deserialize, Deserializer, Serialize};

use super::undo::Undo;
use crate::action::{Action, Scope};
use crate::data::Node;
use crate::packages::Brought;
use crate::want::Want;

/// The schema of the lines that this program writes.
pub const SCHEMA: u32 = 1;

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Schema of this line.
    pub schema: u32,
    /// The run that it belongs to.
    pub run: String,
    /// Seconds since 1970.
    pub time: u64,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A run begins (or goes on, with the same ID).
    Begin {
        /// The version of this program.
        program: String,
        /// What was asked for.
        #[serde(flatten)]
        asked: Request,
    },
    /// A step is about to be done, and how it is taken back.
    Intent {
        /// Its number in the run.
        step: u32,
        /// What will be done.
        action: Action,
        /// The findings that ask for it.
        because: Vec<String>,
        /// How it is taken back, in this order.
        undo: Vec<Undo>,
    },
    /// A step is done.
    Done {
        /// Its number.
        step: u32,
        /// The packages that it brought, where it is one that brings any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        brought: Option<Vec<Brought>>,
    },
    /// A step failed; what it began was taken back or is in the undo.
    Failed {
        /// Its number.
        step: u32,
        /// The failure's code.
        code: String,
        /// The packages that it brought all the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        brought: Option<Vec<Brought>>,
    },
    /// A step was taken back.
    Undone {
        /// The run whose step it was.
        of: String,
        /// Its number.
        step: u32,
    },
    /// A run ended.
    End {
        /// The exit number.
        exit: u8,
    },
}

/// What a run was asked for: all that is needed to finish it when it was cut short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `install`, `repair`, `undo`, …
    pub command: String,
    /// The wish of a run that plans.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "if_it_reads")]
    pub want: Option<Box<Want>>,
    /// How far its plan goes.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "if_it_reads")]
    pub scope: Option<Scope>,
    /// `repair ID…`: nothing but these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// The runs that are taken back, by ID.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
    /// Also what somebody else changed since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub force: bool,
}

impl Request {
    /// For a command that asks for nothing more.
    pub fn of(command: &str) -> Self {
        Self { command: command.to_owned(), ..Self::default() }
    }
}

/// A wish grows with the program. One of another age that does not read is none; the line that it stands in still counts.
fn if_it_reads<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(
    from: D,
) -> Result<Option<T>, D::Error> {
    let node = Node::deserialize(from)?;
    Ok(T::deserialize(node).ok())
}
