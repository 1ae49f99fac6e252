//! `Journal`: append-only JSON lines, intent and undo (synced) before the act, then what came of it. It is the receipt;
//! `history`, `undo` and `resume` are folds over it. These are wire types: they only grow, and carry a schema number.

use serde::{Deserialize, Serialize};

use super::undo::Undo;
use crate::plan::Action;

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
        /// `install`, `repair`, `undo`, …
        command: String,
        /// The version of this program.
        program: String,
    },
    /// A step is about to be done, and how it is taken back.
    Intent {
        /// Its number in the plan.
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
    },
    /// A step failed; what it began was taken back or is in the undo.
    Failed {
        /// Its number.
        step: u32,
        /// The failure's code.
        code: String,
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
