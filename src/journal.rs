//! `Journal`: append-only JSON lines, the intent and undo of each act (synced) before the act, then what came of it. It is
//! the receipt; `history`, `undo` and `resume` are folds over it.
//!
//! - [`entry`]: the lines, as they are written. - [`fold`]: the runs that they tell of. - [`writer`]: who writes them.
//! - [`built`]: the programs that we built.
//! - [`undo`]: how an act is taken back; [`merge`]: our lines out of a file that others changed since.
//! - [`own`]: whether our directories are ours alone. - [`lock`]: the one writer. - [`roots`]: the directories of ours that a run begins with and `uninstall` ends with.

pub mod built;
pub mod entry;
pub mod fold;
pub mod lock;
pub mod merge;
pub mod own;
pub mod roots;
pub mod told;
pub mod undo;
pub mod writer;

pub use entry::{Entry, Event, Request, SCHEMA};
pub use fold::{Run, RunStep, State, load, runs};
pub use lock::Lock;
pub use undo::Undo;
pub use writer::Journal;
