//! What Apple's developer tools take: a dialogue that a person clicks, or a line for an administrator.

use std::path::Path;

use super::Remedy;
use crate::action::installer;
use crate::facts::Facts;
use crate::facts::host::Rights;
use crate::quoting::quoted;

/// The Command Line Tools. By hand they come by a dialogue: `softwareupdate` lists them only to whoever knows how to ask.
pub(super) fn command_line_tools(facts: &Facts) -> Remedy {
    Remedy {
        texts: vec![text!("remedy-command-line-tools")],
        command: Some("xcode-select --install".to_owned()),
        auto: may(facts),
        needs_root: true,
    }
}

/// Another developer directory.
pub(super) fn developer_dir(facts: &Facts, dir: Option<&Path>) -> Remedy {
    let text = match dir {
        Some(dir) => text!("remedy-developer-dir", dir = dir),
        None => text!("remedy-developer-dir-reset"),
    };
    let words: Vec<String> = installer::select(dir).iter().map(|it| quoted(it)).collect();
    let line = words.join(" ").replacen("/usr/bin/", "", 1);
    let command = Some(format!("{}{line}", facts.host.sudo()));
    Remedy { texts: vec![text], command, auto: may(facts), needs_root: true }
}

/// Whether somebody here has the rights of an administrator.
fn may(facts: &Facts) -> bool {
    facts.host.rights != Rights::None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;

    #[test]
    fn the_tools_come_by_us_where_somebody_may_and_by_a_dialogue_where_nobody_may() {
        for (rights, auto) in [(Rights::SudoAsks, true), (Rights::None, false)] {
            let mut facts = fixture::healthy();
            facts.host.rights = rights;
            let told = command_line_tools(&facts);
            assert_eq!((told.command.as_deref(), told.auto), (Some("xcode-select --install"), auto));
            let select = |dir: Option<&str>| developer_dir(&facts, dir.map(Path::new)).command;
            assert_eq!(select(None).as_deref(), Some("sudo xcode-select --reset"));
            let dir = "/Applications/Xcode 2.app/Contents/Developer";
            let line = format!("sudo xcode-select --switch '{dir}'");
            assert_eq!(select(Some(dir)), Some(line), "a blank in it is quoted");
        }
    }
}
