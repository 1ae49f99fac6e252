//! What the environment says, and which file says it. Files are read, never run.

use crate::facts::{Host, Settings};
use crate::system::Look;

/// The environment of this process, with origins.
pub fn probe(_look: &dyn Look, _host: &Host) -> Settings {
    Settings::default()
}

/// What a fresh login shell of this user gets: the one place where profiles are run, by their own shell, and only after
/// an edit (stdin closed, 10 s limit, output between markers).
pub fn next_login(_look: &dyn Look, _host: &Host) -> Option<Settings> {
    None
}
