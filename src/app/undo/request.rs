//! What is to be taken back: as it was asked for.

use crate::apply::revert::UndoPlan;
use crate::journal::{Request, Run};

/// What is to be taken back.
pub struct UndoRequest {
    /// As the journal has it: `undo` with its runs, or `uninstall`.
    pub asked: Request,
    /// `--for-root`.
    pub for_root: bool,
    /// `--purge`: also the caches of Go.
    pub purge: bool,
}

impl UndoRequest {
    /// Without the caches of Go.
    pub const fn of(asked: Request, for_root: bool) -> Self {
        Self { asked, for_root, purge: false }
    }

    pub(super) fn everything(&self) -> bool {
        self.asked.command == "uninstall"
    }

    pub(super) fn undo_plan(&self, runs: &[Run]) -> UndoPlan {
        UndoPlan::of(&runs.iter().filter(|it| self.is_about(it)).collect::<Vec<_>>())
    }

    pub(super) fn is_about(&self, run: &Run) -> bool {
        self.everything() || self.asked.of.contains(&run.id)
    }
}
