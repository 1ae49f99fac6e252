//! Where a window could open.

use crate::facts::{Display, Host, Settings};
use crate::system::Look;

/// Asks the display servers that the environment names, and the loader's directories.
pub fn probe(_look: &dyn Look, _host: &Host, _here: &Settings) -> Display {
    Display::default()
}
