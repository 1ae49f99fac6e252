//! What a command is given.

use super::ui::Ui;
use crate::app::Session;

/// What a command is given.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The road that it takes.
    pub session: &'a Session<'a>,
    /// The only printing.
    pub ui: &'a Ui,
}
