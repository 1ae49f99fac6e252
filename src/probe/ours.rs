//! What our own records say.

use crate::facts::{Host, Ours, Settings};
use crate::places::Places;
use crate::system::Look;

/// Our `current`, env files, profile blocks, last proof, unfinished runs.
pub fn probe(_look: &dyn Look, places: &Places, _host: &Host, _here: &Settings) -> Ours {
    Ours { places: places.clone(), ..Ours::default() }
}
