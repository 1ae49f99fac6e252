//! Where documents go: standard output takes one, and so does each file. Two for one place is a mistake of the command line, which
//! is said before anything is done.

use std::path::Path;

use super::args::{Cli, Command};
use super::fleet::What;
use crate::app::written::is_output;
use crate::failure::{Code, Failure};

/// The two that cannot both be had.
pub fn conflict(cli: &Cli) -> Option<Failure> {
    let mut named = cli.command.as_ref().map(files).unwrap_or_default();
    named.extend(cli.global.log_json.as_deref().map(|it| ("--log-json", it)));
    for (at, (option, path)) in named.iter().enumerate() {
        let Some((other, _)) = named[..at].iter().find(|it| it.1 == *path) else { continue };
        let message = if is_output(path) {
            text!("usage-one-output", option = *other, other = *option)
        } else {
            text!("usage-one-file", option = *other, other = *option, path = *path)
        };
        return Some(Failure::new(Code::UsageConflict, message).hint(text!("usage-one-file-hint")));
    }
    let (option, _) = named.iter().find(|it| is_output(it.1))?;
    let other = if cli.global.json {
        "--json".to_owned()
    } else {
        // Events between the lines of what is for other programs would be read by none.
        let prints = cli.command.as_ref().filter(|it| *option == "--log-json" && prints(it))?;
        format!("fyne-setup {}", prints.name())
    };
    let message = text!("usage-one-output", option = *option, other = other);
    Some(Failure::new(Code::UsageConflict, message).hint(text!("usage-one-output-hint", option = *option)))
}

/// The files beside its report that a command writes, by option.
fn files(command: &Command) -> Vec<(&'static str, &Path)> {
    let options = match command {
        Command::Check(it) => {
            vec![("--html", &it.html), ("--junit", &it.junit), ("--markdown", &it.markdown)]
        }
        Command::Fleet(it) => match &it.what {
            What::Report(it) => vec![("--html", &it.html)],
        },
        _ => Vec::new(),
    };
    options.into_iter().filter_map(|(option, path)| Some((option, path.as_deref()?))).collect()
}

/// Whether what a command prints is no page for people.
fn prints(command: &Command) -> bool {
    match command {
        Command::Completions(_)
        | Command::Env(_)
        | Command::Man(_)
        | Command::Run(_)
        | Command::Schema(_) => true,
        Command::History(it) => it.ids,
        Command::Provision(it) => is_output(&it.to),
        Command::Report(it) => it.out.as_deref().is_some_and(is_output),
        _ => false,
    }
}
