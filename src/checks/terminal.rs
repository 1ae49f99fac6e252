//! Whether this terminal knows what our last edit changed. An older one is no fault of the machine's, but the next
//! command typed here would not find Go.

use super::{Check, Group, Verdict};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::path_style::PathStyle;
use crate::places::Places;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.terminal", group: Group::System, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    if !facts.ours.older_terminal {
        return Verdict::ok(text!("system-terminal-ok"));
    }
    Verdict::info(text!("system-terminal-older", command = typed(facts)))
}

/// What is typed in an older terminal.
pub fn typed(facts: &Facts) -> String {
    line(facts.here.style, &facts.ours.places)
}

/// The same, where nobody looked at the machine.
pub fn line(style: PathStyle, places: &Places) -> String {
    match style {
        PathStyle::Unix => {
            let env = places.config.join("env");
            format!(". {}", crate::quoting::single(&env.to_string_lossy()))
        }
        // As a new terminal would have it.
        PathStyle::Windows => {
            let of = |whose: &str| format!("[Environment]::GetEnvironmentVariable('Path', '{whose}')");
            format!("$env:Path = {} + ';' + {}", of("Machine"), of("User"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn an_older_terminal_is_told_what_to_type() {
        let mut facts = fixture::healthy();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        facts.ours.older_terminal = true;
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Info, "the machine is right");
        facts.here.style = PathStyle::Windows;
        let windows = fixture::judged(&CHECK, &facts).summary.to_string();
        assert!(windows.contains("$env:Path = [Environment]::"), "{windows}");
        assert!(verdict.summary.to_string().contains(". '/dev/null/.config/fyne-setup/env'"), "{verdict:?}");
    }
}
