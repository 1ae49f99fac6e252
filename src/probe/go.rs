//! Go trees and the fyne CLI.

use crate::facts::{Cli, Go, Host, Settings};
use crate::places::Places;
use crate::system::Look;

/// Every Go and every `fyne` that we can see.
pub fn probe(_look: &dyn Look, _places: &Places, _host: &Host, _here: &Settings) -> (Go, Cli) {
    (Go::default(), Cli::default())
}
