//! `--system`: the installation that is for all users of a machine. What a command then looks at is not the account of who
//! runs it: it is a new one, and our directories are those for all (`probe::for_all`, `places`). Everything else goes the
//! same road.

use std::collections::BTreeMap;

use super::Session;
use crate::failure::{Code, Failure};
use crate::places::FOR_ALL;
use crate::probe::{for_all, host};
use crate::quoting::quoted;
use crate::system::{Look, readable_by_all};

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

/// Options with a file of a bundle, which whoever types a line elsewhere finds by its whole path alone; their variables.
const FILES: [(&str, &str); 2] = [("--bundle", "FYNE_SETUP_BUNDLE"), ("--key", "FYNE_SETUP_KEY")];

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
    refusal(session.look, &session.options.argv).map_or(Ok(()), Err)
}

fn refusal(look: &dyn Look, argv: &[String]) -> Option<Failure> {
    let identity = look.identity();
    if identity.os == "windows" {
        let message = text!("for-all-windows");
        return Some(Failure::new(Code::PlatformUnsupported, message).hint(text!("for-all-windows-hint")));
    }
    if identity.uid == 0 {
        return None;
    }
    let line = as_root(look, argv);
    let hint = match host::sudo_if_any(look) {
        "" => text!("for-all-as-root-hint", line = line),
        sudo => text!("for-all-root-hint", line = format!("{sudo}{line}")),
    };
    Some(Failure::new(Code::RightsMissing, text!("for-all-root")).hint(hint))
}

/// The same command for root to type, who may stand elsewhere and has none of these variables.
fn as_root(look: &dyn Look, argv: &[String]) -> String {
    let mut words: Vec<String> = vec!["fyne-setup".into()];
    let mut typed = argv.iter().skip(1);
    while let Some(word) = typed.next() {
        let (option, joined) = word.split_once('=').map_or((word.as_str(), None), |it| (it.0, Some(it.1)));
        if FILES.iter().any(|it| it.0 == option) {
            let file = joined.or_else(|| typed.next().map(String::as_str));
            words.push(option.to_owned());
            words.extend(file.map(|it| whole(look, it)));
        } else {
            words.push(word.clone());
        }
    }
    let said = |words: &[String], option: &str| words.iter().any(|it| it == option);
    if !said(&words, "--system") {
        words.push("--system".into());
    }
    // A key is of a bundle alone.
    for (option, variable) in FILES {
        let taken = said(&words, "install") && (option == FILES[0].0 || said(&words, FILES[0].0));
        let set = look.env().get(variable).filter(|it| taken && !it.is_empty() && !said(&words, option));
        words.extend(set.into_iter().flat_map(|it| [option.to_owned(), whole(look, it)]));
    }
    let words: Vec<String> = words.iter().map(|it| quoted(it)).collect();
    words.join(" ")
}

/// A file by its whole path. What is no file here, such as a key that is typed itself, stays as it is.
pub fn whole(look: &dyn Look, word: &str) -> String {
    let path = look.identity().cwd.join(word);
    if look.stat(&path).is_here() { path.to_string_lossy().into_owned() } else { word.to_owned() }
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
        let ann = || {
            let mut machine = Machine::linux();
            machine.identity.uid = 1000;
            machine
        };
        let said = refusal(&ann().program("/usr/bin/sudo"), &line).expect("not root");
        assert_eq!((said.code, said.exit), (Code::RightsMissing, Exit::Failed));
        let typed = "fyne-setup install --system --go-mirror 'https://host/a&b'";
        assert_eq!(said.hint, Some(text!("for-all-root-hint", line = format!("sudo {typed}"))));
        let said = refusal(&ann(), &line).expect("not root");
        assert_eq!(said.hint, Some(text!("for-all-as-root-hint", line = typed)), "there is no sudo");
        let windows = refusal(&Machine::windows(), &line).expect("not yet");
        assert_eq!((windows.code, windows.exit), (Code::PlatformUnsupported, Exit::Failed));
        assert_eq!(refusal(&Machine::linux(), &line), None);
    }

    #[test]
    fn root_finds_the_files_of_a_bundle_wherever_they_were_named() {
        let mut machine = Machine::linux().file("/home/ann/b.tar", "").file("/home/ann/k.pub", "");
        machine.identity.cwd = "/home/ann".into();
        let whole = "--bundle /home/ann/b.tar --key /home/ann/k.pub";
        for (line, want) in [
            ("f install --system --bundle b.tar --key=k.pub", format!("install --system {whole}")),
            (
                "f install --bundle=b.tar --key RWkey",
                "install --bundle /home/ann/b.tar --key RWkey --system".into(),
            ),
            ("f install --system --bundle", "install --system --bundle".into()),
            ("f check --system", "check --system".into()),
        ] {
            assert_eq!(as_root(&machine, &argv(line)), format!("fyne-setup {want}"));
        }
        let set = machine.var("FYNE_SETUP_BUNDLE", "b.tar").var("FYNE_SETUP_KEY", "k.pub").var(FOR_ALL, "1");
        let said = as_root(&set, &argv("f install --yes"));
        assert_eq!(
            said,
            format!("fyne-setup install --yes --system {whole}"),
            "root has none of the variables"
        );
        assert_eq!(as_root(&set, &argv("f undo --system")), "fyne-setup undo --system");
    }
}
