//! What `config.toml` sets, as the defaults of the flags that are called like its keys: so a flag beats it, a variable beats
//! it, and each value is read by the reader of its flag.

use std::path::Path;

use clap::Command;

use super::{misread, usage};
use crate::config::{Config, Key, Kind};
use crate::failure::{Code, Failure};
use crate::report::Words;

/// The command line with these defaults, in every command that has such a flag.
pub fn with(command: Command, config: &Config, holds: impl Fn(&Key) -> bool + Copy) -> Command {
    let all = config.set.iter().filter(|it| holds(it.key));
    all.fold(command, |it, set| one(it, &set.key.id(), &set.key.variable(), &set.values))
}

fn one(mut command: Command, id: &str, variable: &str, values: &[String]) -> Command {
    // `verify --go` is called the same and means something else: the variable tells.
    let same = |it: &clap::Arg| it.get_id() == id && it.get_env().is_some_and(|it| it == variable);
    if command.get_arguments().any(same) {
        command = command.mut_arg(id, |it| it.default_values(values.to_vec()));
    }
    let below: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    below.into_iter().fold(command, |it, name| it.mut_subcommand(name, |it| one(it, id, variable, values)))
}

/// Whether every value is one that its flag takes.
///
/// # Errors
/// [`Code::ConfigValue`] with file and line, and what the flag says may stand there.
pub fn check(config: &Config, file: &Path, words: &Words) -> Result<(), Failure> {
    let mut valued = config.set.iter().filter(|it| it.key.kind != Kind::Flag).peekable();
    if valued.peek().is_none() {
        return Ok(());
    }
    // What variables say is no matter of the file.
    let line = usage::command(words, usage::UNBROKEN);
    let line = without_variables(line).mut_subcommand("install", without_variables);
    for set in valued {
        let flags = set.values.iter().map(|it| format!("--{}={it}", set.key.name));
        let argv: Vec<String> =
            ["fyne-setup", "install"].into_iter().map(str::to_owned).chain(flags).collect();
        if let Err(error) = line.clone().try_get_matches_from(&argv) {
            let why = misread::failure(&error, &argv, words);
            let (key, value) = (set.key.name, crate::discreet::shown(&set.values.join(", ")));
            let mut failure =
                Failure::new(Code::ConfigValue, text!("config-bad-value", key = key, value = value));
            failure.hint = why.hint;
            return Err(failure.at(file, Some(set.line)));
        }
    }
    Ok(())
}

fn without_variables(mut command: Command) -> Command {
    let ids: Vec<clap::Id> = command.get_arguments().map(|it| it.get_id().clone()).collect();
    for id in ids {
        command = command.mut_arg(id, |it| it.env(None::<&str>));
    }
    command
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches as _;
    use clap::parser::ValueSource;

    use super::*;
    use crate::cli::args::{self, Cli};
    use crate::config::{KEYS, read};
    use crate::report::Lang;

    fn line() -> Command {
        usage::command(&Words::of(Lang::En), usage::UNBROKEN)
    }

    fn config(text: &str) -> Config {
        read(text.as_bytes(), Path::new("c")).expect("a config")
    }

    fn every_key() -> String {
        KEYS.iter().map(|it| format!("{} = {}\n", it.name, it.example)).collect()
    }

    #[test]
    fn every_key_is_a_flag_of_install_and_its_example_is_taken() {
        let words = Words::of(Lang::En);
        let config = config(&every_key());
        check(&config, Path::new("c"), &words).expect("the examples");
        let line = with(line(), &config, |_| true);
        let matches = line.try_get_matches_from(["fyne-setup", "install"]).expect("read");
        let install = matches.subcommand_matches("install").expect("install");
        for set in &config.set {
            let raw: Vec<_> = install.get_raw(&set.key.id()).into_iter().flatten().collect();
            assert_eq!(raw, set.values.iter().map(AsRef::<std::ffi::OsStr>::as_ref).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_flag_beats_the_file_and_the_file_beats_what_is_built_in() {
        let config = config("goal = \"build\"\noffline = true\nlang = \"zh-CN\"\n");
        let read = |argv: &[&str]| {
            let line = with(line(), &config, |_| true);
            line.try_get_matches_from([&["fyne-setup"], argv].concat()).expect("read")
        };
        let matches = read(&["check", "--goal", "desktop"]);
        assert_eq!(
            matches.subcommand_matches("check").and_then(|it| it.value_source("goal")),
            Some(ValueSource::CommandLine)
        );
        let cli = Cli::from_arg_matches(&read(&["check"])).expect("a command");
        assert!(cli.global.offline && cli.global.lang == Some(Lang::ZhCn));
        let Some(args::Command::Check(check)) = cli.command else { panic!("check") };
        assert_eq!(check.goal, crate::want::Goal::Build);
        let none = with(line(), &config, |it| it.name != "goal");
        let cli = Cli::from_arg_matches(&none.try_get_matches_from(["fyne-setup", "check"]).expect("read"));
        let Ok(Cli { command: Some(args::Command::Check(check)), .. }) = cli else { panic!("check") };
        assert_eq!(check.goal, crate::want::Goal::Desktop);
    }

    #[test]
    fn a_value_that_its_flag_would_refuse_is_refused_with_its_line() {
        let words = Words::of(Lang::En);
        for (text, line, hint) in [
            ("\nlang = \"fr\"", 2, "usage-valid values=en, zh-CN"),
            ("go = \"foo\"", 1, "usage-version-hint"),
            ("timeout = 0", 1, "usage-seconds-hint"),
            ("timeout = -5", 1, "usage-seconds-hint"),
            ("go-mirror = [\"https://a.example/\", \"ftp://b.example/\"]", 1, "usage-url-hint"),
            ("goal = \"desktp\"", 1, "usage-did-you-mean-of near=desktop"),
            ("prefix = \"\"", 1, "usage-"),
        ] {
            let failure = check(&config(text), Path::new("c"), &words).expect_err(text);
            assert_eq!((failure.code, failure.line), (Code::ConfigValue, Some(line)), "{text}");
            let said = failure.hint.expect("a hint").to_string();
            assert!(said.contains(hint), "{text}: {said}");
        }
    }
}
