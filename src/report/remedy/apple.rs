//! What Apple's developer tools take: a dialogue that a person clicks, or a line for an administrator.

use std::path::Path;

use super::Remedy;
use crate::action::installer;
use crate::facts::Facts;
use crate::facts::host::Rights;
use crate::facts::xcode::COMMAND_LINE_TOOLS;
use crate::quoting::quoted;

/// The Command Line Tools. By hand they come by a dialogue: `softwareupdate` lists them only to whoever knows how to ask.
/// The dialogue offers them to nobody who has them, however broken they are: those go first.
pub(super) fn command_line_tools(facts: &Facts) -> Remedy {
    let (mut text, mut command) = (text!("remedy-command-line-tools"), "xcode-select --install".to_owned());
    if facts.native.xcode.here().is_some_and(|it| it.command_line_tools().is_some()) {
        text = text!("remedy-command-line-tools-again");
        command = format!("{}rm -rf {COMMAND_LINE_TOOLS} && {command}", facts.host.sudo());
    }
    Remedy { texts: vec![text], command: Some(command), auto: may(facts), needs_root: true }
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
    use crate::fact::Fact;
    use crate::facts::xcode::{Tools, Xcode};

    #[test]
    fn the_tools_come_by_us_where_somebody_may_and_by_a_dialogue_where_nobody_may() {
        for (rights, auto) in [(Rights::SudoAsks, true), (Rights::None, false)] {
            let mut facts = fixture::healthy();
            facts.host.rights = rights;
            let told = command_line_tools(&facts);
            assert_eq!((told.command.as_deref(), told.auto), (Some("xcode-select --install"), auto));
            let broken = Tools { dir: COMMAND_LINE_TOOLS.into(), clang: true, ..Tools::default() };
            let (active, tools, sdk, metal) = (Fact::Absent, vec![broken], Fact::Absent, None);
            facts.native.xcode = Fact::Here(Xcode { active, tools, sdk, metal });
            let again = command_line_tools(&facts).command;
            let line = "sudo rm -rf /Library/Developer/CommandLineTools && xcode-select --install";
            assert_eq!(again.as_deref(), Some(line), "the dialogue offers nothing to whoever has them");
            let select = |dir: Option<&str>| developer_dir(&facts, dir.map(Path::new)).command;
            assert_eq!(select(None).as_deref(), Some("sudo xcode-select --reset"));
            let dir = "/Applications/Xcode 2.app/Contents/Developer";
            let line = format!("sudo xcode-select --switch '{dir}'");
            assert_eq!(select(Some(dir)), Some(line), "a blank in it is quoted");
        }
    }
}
