//! What clap made of a wrong command line, as a failure of ours: what is wrong, where, and what to type instead.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use super::usage::UNBROKEN;
use crate::app::{self, check::families};
use crate::discreet;
use crate::failure::{Code, Failure};
use crate::report::Words;
use crate::text::Text;

/// A command line that was misread: clap's error, and where it happened.
struct Misread<'a> {
    error: &'a clap::Error,
    /// The command that the words led to, built.
    command: Command,
    /// What was typed.
    argv: &'a [String],
}

/// What is wrong, as a failure.
pub fn failure(error: &clap::Error, argv: &[String], words: &Words) -> Failure {
    let it = Misread { error, command: reached(super::usage::command(words, UNBROKEN), argv), argv };
    let (code, message) = it.message();
    Failure::new(code, message).hint(it.hint())
}

/// `help` and `version` are words of other programs, and people type them: the same command line with the option instead.
pub fn reworded(error: &clap::Error, argv: &[String], words: &Words) -> Option<Vec<String>> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let top = || reached(super::usage::command(words, UNBROKEN), argv).get_name() == "fyne-setup";
    let option = match word.as_str() {
        "help" => "--help",
        "version" if top() => "--version",
        _ => return None,
    };
    let at = argv.iter().skip(1).position(|it| it == word)? + 1;
    let mut argv = argv.to_vec();
    argv.remove(at);
    argv.push(option.to_owned());
    Some(argv)
}

/// The command that the words lead to, as deep as they name one.
fn reached(mut root: Command, argv: &[String]) -> Command {
    root.build();
    let mut command = &root;
    let mut words = argv.iter().skip(1).take_while(|it| *it != "--");
    while let Some(word) = words.next() {
        if takes_next(command, word) {
            words.next();
        } else if let Some(below) = command.find_subcommand(word) {
            command = below;
        } else if !word.starts_with('-') {
            break;
        }
    }
    command.clone()
}

/// Whether a word is an option that has its value in the next word.
fn takes_next(command: &Command, word: &str) -> bool {
    let named = |it: &&Arg| {
        it.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long))
            || it.get_short().is_some_and(|short| word == format!("-{short}"))
    };
    command.get_arguments().find(named).is_some_and(|it| it.get_action().takes_values())
}

impl Misread<'_> {
    fn word(&self, kind: ContextKind) -> String {
        match self.error.get(kind) {
            Some(ContextValue::String(it)) => it.clone(),
            Some(ContextValue::Strings(all)) => all.join(", "),
            _ => String::new(),
        }
    }

    /// `--goal <GOAL>`: the name is enough.
    fn argument(&self) -> String {
        let argument = self.word(ContextKind::InvalidArg);
        let option = argument.starts_with("--");
        if option { argument.split([' ', '=']).next().unwrap_or_default().to_owned() } else { argument }
    }

    /// The variable that a value comes from, where nobody typed the option.
    fn whose(&self, option: &str) -> String {
        let typed = |it: &String| it.split('=').next() == Some(option);
        let named = |it: &&Arg| it.get_long().is_some_and(|long| option.strip_prefix("--") == Some(long));
        let variable = self.command.get_arguments().find(named).and_then(Arg::get_env);
        match variable {
            Some(it) if !self.argv.iter().any(typed) => it.to_string_lossy().into_owned(),
            _ => option.to_owned(),
        }
    }

    fn message(&self) -> (Code, Text) {
        let (argument, value) = (self.argument(), self.word(ContextKind::InvalidValue));
        match self.error.kind() {
            ErrorKind::UnknownArgument if !argument.starts_with('-') => {
                let command = self.command.get_bin_name().unwrap_or("fyne-setup");
                let word = discreet::shown(&argument);
                (Code::UsageUnknownOption, text!("usage-unexpected", word = word, command = command))
            }
            ErrorKind::UnknownArgument => {
                (Code::UsageUnknownOption, text!("usage-unknown-option", option = argument))
            }
            ErrorKind::InvalidSubcommand => (
                Code::UsageUnknownCommand,
                text!("usage-unknown-command", command = self.word(ContextKind::InvalidSubcommand)),
            ),
            ErrorKind::InvalidValue if value.is_empty() => {
                (Code::UsageValueMissing, text!("usage-value-missing", option = self.whose(&argument)))
            }
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => (
                Code::UsageBadValue,
                text!("usage-bad-value", value = discreet::shown(&value), option = self.whose(&argument)),
            ),
            ErrorKind::TooManyValues => (Code::Usage, text!("usage-no-value", option = argument)),
            ErrorKind::MissingRequiredArgument => {
                let by = self.word(ContextKind::PriorArg);
                let message = if by.is_empty() {
                    text!("usage-missing", option = argument)
                } else {
                    text!("usage-needs", option = by, other = argument)
                };
                (Code::UsageMissing, message)
            }
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                let command = self.command.get_bin_name().unwrap_or("fyne-setup");
                (Code::UsageMissing, text!("usage-command-missing", command = command))
            }
            ErrorKind::ArgumentConflict => {
                if self.is_repeated() {
                    return (Code::UsageConflict, text!("usage-repeated", option = argument));
                }
                let other = self.word(ContextKind::PriorArg);
                let other = other.split([' ', '=']).next().unwrap_or_default().to_owned();
                (Code::UsageConflict, text!("usage-conflict", option = argument, other = other))
            }
            _ => (Code::Usage, text!("usage-other", why = first_line(self.error))),
        }
    }

    /// What to type instead.
    fn hint(&self) -> Text {
        let kind = self.error.kind();
        let word = self.word(ContextKind::InvalidSubcommand);
        let top = self.command.get_name() == "fyne-setup";
        if let Some(line) = super::meant::command(&word).filter(|_| top) {
            return text!("usage-did-you-mean", near = format!("fyne-setup {line}"));
        }
        if let Some(near) = self.near() {
            // Of few values all are shown: the nearest need not be the one that was meant.
            return match self.values() {
                Some(values) if kind == ErrorKind::InvalidValue => {
                    text!("usage-did-you-mean-of", near = near, values = values)
                }
                _ => text!("usage-did-you-mean", near = near),
            };
        }
        match kind {
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => self.of_value(),
            ErrorKind::UnknownArgument => self.of_word(),
            ErrorKind::MissingRequiredArgument => self.of_missing(),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                let below = self.command.get_subcommands().filter(|it| !it.is_hide_set());
                let all: Vec<_> = below.map(|it| it.get_bin_name().unwrap_or_default().to_owned()).collect();
                text!("usage-type-one", lines = all.join(", "))
            }
            ErrorKind::ArgumentConflict if self.is_repeated() => text!("usage-repeated-hint"),
            ErrorKind::TooManyValues => text!("usage-no-value-hint", option = self.argument()),
            _ => text!("usage-see-help"),
        }
    }

    fn is_repeated(&self) -> bool {
        self.word(ContextKind::PriorArg) == self.word(ContextKind::InvalidArg)
    }

    /// What clap thinks was meant, where it is near enough for us. Of several it puts the nearest last.
    fn near(&self) -> Option<String> {
        let typed = self.word(ContextKind::InvalidSubcommand);
        let near = self.suggested()?;
        let far = !typed.is_empty() && app::near(&typed, std::iter::once(near.as_str())).is_empty();
        (!far).then_some(near)
    }

    fn suggested(&self) -> Option<String> {
        let kinds =
            [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
        kinds.into_iter().find_map(|kind| match self.error.get(kind) {
            Some(ContextValue::String(it)) => Some(it.clone()),
            Some(ContextValue::Strings(all)) => all.last().cloned(),
            _ => None,
        })
    }

    fn values(&self) -> Option<String> {
        match self.error.get(ContextKind::ValidValue) {
            Some(ContextValue::Strings(all)) if !all.is_empty() => Some(all.join(", ")),
            _ => None,
        }
    }

    /// What may stand behind an option.
    fn of_value(&self) -> Text {
        if let Some(values) = self.values() {
            return text!("usage-valid", values = values);
        }
        match self.argument().as_str() {
            "--go" => text!("usage-version-hint", example = "1.27.4"),
            "--fyne" => text!("usage-version-parts-hint", example = "2.8.1"),
            "--go-mirror" => text!("usage-url-hint"),
            "--goproxy" => text!("usage-goproxy-hint"),
            "--prefix" | "--project" | "--record" | "--replay" => text!("usage-dir-hint"),
            "--timeout" => text!("usage-seconds-hint"),
            "--until" => text!("usage-day-hint"),
            "--reason" => text!("usage-reason-hint"),
            _ => match std::error::Error::source(self.error) {
                Some(source) => text!("usage-valid", values = source.to_string()),
                None => self.line(),
            },
        }
    }

    /// A word that nothing takes: perhaps the value of an option that was left out.
    fn of_word(&self) -> Text {
        let word = self.argument();
        let takes = |it: &&Arg| {
            let values = it.get_possible_values();
            it.get_long().is_some() && values.iter().any(|it| it.matches(&word, true))
        };
        let command = &self.command;
        match command.get_arguments().filter(|it| !it.is_hide_set()).find(takes) {
            Some(option) if !word.starts_with('-') => {
                let near = format!("--{} {word}", option.get_long().unwrap_or_default());
                text!("usage-did-you-mean", near = near)
            }
            _ => self.line(),
        }
    }

    /// What has to be there: its values, where they are few, else how the command is written.
    fn of_missing(&self) -> Text {
        let missing = self.argument();
        let required = self.command.get_arguments().find(|it| it.to_string() == missing);
        let values = required.map(Arg::get_possible_values).unwrap_or_default();
        let names: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
        if !names.is_empty() {
            return text!("usage-valid", values = names.join(", "));
        }
        if missing == "<ID>" && self.command.get_name() == "accept" {
            return text!("usage-type-accept");
        }
        if missing == "<ID>" {
            return text!("usage-type-check", ids = families().join(", "));
        }
        self.line()
    }

    /// How the command is written.
    fn line(&self) -> Text {
        let mut command = self.command.clone();
        let usage = command.render_usage().to_string();
        let line = usage.split_once(": ").map_or(usage.as_str(), |it| it.1).trim();
        text!(
            "usage-type",
            line = line,
            help = format!("{} --help", command.get_bin_name().unwrap_or("fyne-setup"))
        )
    }
}

fn first_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::usage::command;
    use crate::failure::Exit;
    use crate::report::Lang;

    #[test]
    fn a_wrong_command_line_says_what_to_type() {
        let rows: [(&[&str], Code, &str); 31] = [
            (&["check", "--jsn"], Code::UsageUnknownOption, "usage-did-you-mean near=--json"),
            (&["chekc"], Code::UsageUnknownCommand, "usage-did-you-mean near=check"),
            (&["check", "--goal", "fly"], Code::UsageBadValue, "usage-valid values=build, desktop"),
            (&["check", "--goal"], Code::UsageValueMissing, "usage-valid values=build, desktop"),
            (&["--lang", "fr"], Code::UsageBadValue, "usage-valid values=en, zh-CN"),
            (&["explain"], Code::UsageMissing, "usage-type-check ids=system, "),
            (&["verify", "--json"], Code::UsageMissing, "usage-type line=fyne-setup verify"),
            (
                &["manifest"],
                Code::UsageMissing,
                "usage-type-one lines=fyne-setup manifest show, fyne-setup manifest resolve",
            ),
            (
                &["--lang", "en", "self"],
                Code::UsageMissing,
                "usage-type-one lines=fyne-setup self update, fyne-setup self keys",
            ),
            (&["completions"], Code::UsageMissing, "usage-valid values=bash, zsh, fish, nu, pwsh, elvish"),
            (
                &["completions", "csh"],
                Code::UsageBadValue,
                "usage-did-you-mean-of near=zsh values=bash, zsh, fish",
            ),
            (&["env", "fish"], Code::UsageUnknownOption, "usage-did-you-mean near=--shell fish"),
            (&["env", "csh"], Code::UsageUnknownOption, "usage-type line=fyne-setup env"),
            (
                &["manifest", "show", "x"],
                Code::UsageUnknownOption,
                "usage-type line=fyne-setup manifest show",
            ),
            (&["-y", "-y", "check"], Code::UsageConflict, "usage-repeated-hint"),
            (&["check", "--goal", "build", "--goal", "desktop"], Code::UsageConflict, "usage-repeated-hint"),
            (&["check", "--json=1"], Code::Usage, "usage-no-value-hint option=--json"),
            (&["frobnicate"], Code::UsageUnknownCommand, "usage-see-help"),
            (&["--lang"], Code::UsageValueMissing, "usage-valid values=en, zh-CN"),
            (&["install", "--go"], Code::UsageValueMissing, "usage-version-hint example=1.27.4"),
            (&["--timeout", "0"], Code::UsageBadValue, "usage-seconds-hint"),
            (&["install", "--go", "foo"], Code::UsageBadValue, "usage-version-hint example=1.27.4"),
            (&["plan", "--go-mirror", "foo"], Code::UsageBadValue, "usage-url-hint"),
            (&["apply", "--go-mirror", "ftp://host.test", "x"], Code::UsageBadValue, "usage-url-hint"),
            (&["install", "--goproxy", "ftp://host.test"], Code::UsageBadValue, "usage-goproxy-hint"),
            (&["install", "--goproxy", "https://host.test,drect"], Code::UsageBadValue, "usage-goproxy-hint"),
            (&["plan", "--goproxy", ""], Code::UsageBadValue, "usage-goproxy-hint"),
            (&["apply", "--goproxy", "https//host.test", "x"], Code::UsageBadValue, "usage-goproxy-hint"),
            (&["install", "--prefix", "https://host.test/go"], Code::UsageBadValue, "usage-dir-hint"),
            (&["--project", "https://host.test/go"], Code::UsageBadValue, "usage-dir-hint"),
            (&["check", "--record", "file:///tmp/x"], Code::UsageBadValue, "usage-dir-hint"),
        ];
        let words = Words::of(Lang::En);
        for (argv, code, hint) in rows {
            let argv = [&["fyne-setup"], argv].concat();
            let error =
                command(&words, 80).try_get_matches_from(argv.clone()).expect_err("a wrong command line");
            let argv: Vec<_> = argv.iter().map(|it| (*it).to_owned()).collect();
            let failure = failure(&error, &argv, &words);
            assert_eq!((failure.code, failure.exit), (code, Exit::Usage), "{argv:?}");
            let said = failure.hint.expect("always").to_string();
            assert!(said.starts_with(hint), "{argv:?}: {said}");
        }
    }

    #[test]
    fn help_and_version_as_words_are_the_options() {
        let words = Words::of(Lang::En);
        let rows: [(&[&str], Option<&[&str]>); 8] = [
            (&["help"], Some(&["--help"])),
            (&["--lang", "zh-CN", "help", "check"], Some(&["--lang", "zh-CN", "check", "--help"])),
            (&["manifest", "help"], Some(&["manifest", "--help"])),
            (&["help", "manifest", "show"], Some(&["manifest", "show", "--help"])),
            (&["version"], Some(&["--version"])),
            (&["manifest", "version"], None),
            (&["hlep"], None),
            (&["check", "--halp"], None),
        ];
        for (argv, want) in rows {
            let whole = |argv: &[&str]| -> Vec<String> {
                [&["fyne-setup"], argv].concat().iter().map(|it| (*it).to_owned()).collect()
            };
            let argv = whole(argv);
            let error = command(&words, 80).try_get_matches_from(&argv).expect_err("a wrong command line");
            assert_eq!(reworded(&error, &argv, &words), want.map(whole), "{argv:?}");
        }
    }
}
