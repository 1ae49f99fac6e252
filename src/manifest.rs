//! The compatibility manifest: which Go, fyne/v2 and fyne CLI go together. Pure: text in, data out.
//!
//! Three may be in use: the one that is part of the program; a newer one that was fetched, signed (`trust`); a file of
//! the user's (`--manifest`), which chooses versions only. Not here: signatures, freshness, files, the network.

pub mod cells;
pub mod fold;
mod knowledge;
pub mod matrix;
mod model;
mod read;
pub mod resolve;
pub mod trials;

pub use knowledge::Knowledge;
pub use model::{
    Absent, Broken, CliRow, GoRange, GoRules, Manifest, NewestGo, OldestGo, Part, Replaced, Row, Trial,
};
pub use read::SCHEMA;
pub use resolve::{Constraints, Reason, Resolved, resolve, resolve_to_report};
