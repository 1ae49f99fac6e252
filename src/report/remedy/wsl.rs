//! What Windows Subsystem for Linux takes, and the line that does it.

use std::path::Path;

use super::Remedy;
use crate::action::wsl;
use crate::facts::Facts;
use crate::facts::host::Rights;

/// WSLg's sockets where programs look. By hand only until the next start, as WSL itself does it.
pub(super) fn sockets(facts: &Facts, dir: &Path, each_start: bool) -> Remedy {
    let text = if each_start {
        text!("remedy-wslg-sockets-each-start", file = wsl::DROP_IN)
    } else {
        text!("remedy-wslg-sockets")
    };
    let command = Some(format!("{}{}", facts.host.sudo(), wsl::show_typed(dir)));
    Remedy { texts: vec![text], command, auto: facts.host.rights != Rights::None, needs_root: true }
}
