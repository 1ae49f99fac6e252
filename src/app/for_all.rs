//! `--system`: the installation that is for all users of a machine. What a command then looks at is not the account of who
//! runs it: it is a new one, and our directories are those for all (`probe::for_all`, `places`). Everything else goes the
//! same road.

use std::collections::BTreeMap;

use super::Session;
use crate::failure::{Code, Failure};
use crate::places::FOR_ALL;
use crate::probe::for_all;
use crate::quoting::quoted;
use crate::system::{Identity, Look, readable_by_all};

/// Commands that take `--system`: for these alone the variable counts.
const COMMANDS: [&str; 11] = [
    "accept",
    "apply",
    "check",
    "config",
    "doctor",
    "history",
    "install",
    "plan",
    "repair",
    "undo",
    "uninstall",
];

/// What a command of this machine looks at: the environment of this process, or, for all users, that of a new account. It is
/// decided before the doors are built, since they depend on it; what is typed is judged later, by [`allowed`].
pub fn environment(look: &dyn Look, argv: &[String]) -> BTreeMap<String, String> {
    let all = asked(look.env(), argv) && look.identity().os != "windows" && look.identity().uid == 0;
    if !all {
        let mut own = look.env().clone();
        own.remove(FOR_ALL);
        return own;
    }
    readable_by_all();
    for_all::environment(look)
}

fn asked(env: &BTreeMap<String, String>, argv: &[String]) -> bool {
    let words = || argv.iter().skip(1).take_while(|it| *it != "--");
    // As clap reads it.
    let no = |it: &str| ["", "n", "no", "f", "false", "off", "0"].contains(&it.to_ascii_lowercase().as_str());
    let set = env.get(FOR_ALL).is_some_and(|it| !no(it)) && words().any(|it| COMMANDS.contains(&it.as_str()));
    set || words().any(|it| it == "--system")
}

/// Stops a command with `--system` that is nobody's to give, or that this system does not know.
pub fn allowed(session: &Session) -> Result<(), Failure> {
    refusal(&session.look.identity(), &session.options.argv).map_or(Ok(()), Err)
}

fn refusal(identity: &Identity, argv: &[String]) -> Option<Failure> {
    if identity.os == "windows" {
        let message = text!("for-all-windows");
        return Some(Failure::new(Code::PlatformUnsupported, message).hint(text!("for-all-windows-hint")));
    }
    if identity.uid == 0 {
        return None;
    }
    let words = argv.iter().skip(1).map(|it| quoted(it));
    let line: Vec<String> = ["sudo", "fyne-setup"].map(str::to_owned).into_iter().chain(words).collect();
    let hint = text!("for-all-root-hint", line = line.join(" "));
    Some(Failure::new(Code::RightsMissing, text!("for-all-root")).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Exit;
    use crate::system::fake::Machine;

    fn argv(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn it_is_asked_for_by_the_option_or_by_the_variable_of_a_command_that_takes_it() {
        for (line, variable, want) in [
            ("fyne-setup install --system", "", true),
            ("fyne-setup install --yes", "", false),
            ("fyne-setup install --yes", "1", true),
            ("fyne-setup install --yes", "off", false),
            ("fyne-setup env", "1", false),
            ("fyne-setup run -- make --system", "", false),
            ("fyne-setup run -- make install", "1", false),
        ] {
            let env = BTreeMap::from([(FOR_ALL.to_owned(), variable.to_owned())]);
            assert_eq!(asked(&env, &argv(line)), want, "{line} {variable}");
        }
    }

    #[test]
    fn who_is_not_root_and_windows_keep_their_own_environment() {
        let line = argv("fyne-setup check --system");
        let mut ann = Machine::linux().var("HOME", "/home/ann").var(FOR_ALL, "1");
        ann.identity.uid = 1000;
        let mut windows = Machine::windows().var(FOR_ALL, "1");
        windows.identity.uid = 0;
        for machine in [ann, windows] {
            let own = environment(&machine, &line);
            assert_eq!((own.get(FOR_ALL), own.get("HOME")), (None, machine.env.get("HOME")));
        }
        let root = Machine::linux().var("HOME", "/root");
        assert_eq!(environment(&root, &line)["HOME"], "/var/cache/fyne-setup/home");
    }

    #[test]
    fn who_is_not_root_is_told_the_line_to_type_and_windows_that_it_is_not_there_yet() {
        let line = argv("./fyne-setup install --system --go-mirror https://host/a&b");
        let ann = Identity { uid: 1000, ..Machine::linux().identity };
        let said = refusal(&ann, &line).expect("not root");
        assert_eq!((said.code, said.exit), (Code::RightsMissing, Exit::Failed));
        let hint = said.hint.expect("a line").to_string();
        assert!(hint.contains("sudo fyne-setup install --system --go-mirror 'https://host/a&b'"), "{hint}");
        let windows = refusal(&Machine::windows().identity, &line).expect("not yet");
        assert_eq!((windows.code, windows.exit), (Code::PlatformUnsupported, Exit::Failed));
        assert_eq!(refusal(&Machine::linux().identity, &line), None);
    }
}
