//! A command of the package manager, as it is shown before it is run.

use crate::discreet;
use crate::facts::host::Rights;
use crate::quoting::quoted;

/// A command as a person would type it.
pub(in crate::apply::steps) fn typed(rights: Rights, command: &[String]) -> String {
    let words = discreet::arguments(command, discreet::MARK);
    let line = words.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(" ");
    if rights == Rights::Root { line } else { format!("sudo {line}") }
}
