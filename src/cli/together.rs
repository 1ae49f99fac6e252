//! Options that go together with one another or not at all. clap's own `requires` and `conflicts_with` count every variable,
//! also one that says no: what is set once for many machines would be an error of commands that it is not meant for. Here a
//! variable is an error only where two things cannot both be done.
//!
//! To add a rule: a row in [`RULES`]. It holds for every command that has both options.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Error};

/// What holds between two options.
enum Rule {
    /// Who types the first means the second, which may be a variable's.
    Needs,
    /// Nobody types both. A variable gives way to what is typed.
    NotTyped,
    /// Both cannot be done, whoever asks for it.
    Never,
}

/// By the options' ids.
const RULES: &[(&str, Rule, &str)] = &[
    ("key", Rule::Needs, "bundle"),
    ("unsigned", Rule::Needs, "bundle"),
    ("unsigned", Rule::NotTyped, "key"),
    ("go_mirror", Rule::NotTyped, "bundle"),
    ("system", Rule::Never, "prefix"),
    ("purge", Rule::Never, "system"),
];

/// The same matches, where every rule holds.
///
/// # Errors
/// A usage error that names both options.
pub fn checked(matches: ArgMatches) -> Result<ArgMatches, Error> {
    let mut command = &matches;
    while let Some((_, below)) = command.subcommand() {
        command = below;
    }
    match RULES.iter().find(|it| broken(command, it)) {
        None => Ok(matches),
        Some((option, rule, other)) => Err(error(option, rule, other)),
    }
}

fn broken(command: &ArgMatches, (option, rule, other): &(&str, Rule, &str)) -> bool {
    let knows = |id: &str| command.try_contains_id(id).is_ok();
    if !knows(option) || !knows(other) {
        return false;
    }
    let (said, other) = (source(command, option), source(command, other));
    let typed = |it: Option<ValueSource>| it == Some(ValueSource::CommandLine);
    match rule {
        Rule::Needs => typed(said) && other.is_none(),
        Rule::NotTyped => typed(said) && typed(other),
        Rule::Never => said.is_some() && other.is_some(),
    }
}

/// Who says this option, where somebody does. A flag whose variable says no is not said, nor is what a file of settings sets.
fn source(command: &ArgMatches, id: &str) -> Option<ValueSource> {
    let no = command.try_get_one::<bool>(id).is_ok_and(|it| it == Some(&false));
    command.value_source(id).filter(|it| !no && *it != ValueSource::DefaultValue)
}

fn error(option: &str, rule: &Rule, other: &str) -> Error {
    let named = |id: &str| ContextValue::String(format!("--{}", id.replace('_', "-")));
    let (kind, wrong, prior) = match rule {
        // What is missing, and who misses it.
        Rule::Needs => (ErrorKind::MissingRequiredArgument, other, option),
        Rule::NotTyped | Rule::Never => (ErrorKind::ArgumentConflict, option, other),
    };
    let mut error = Error::new(kind);
    error.insert(ContextKind::InvalidArg, named(wrong));
    error.insert(ContextKind::PriorArg, named(prior));
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::misread;
    use crate::cli::usage::{UNBROKEN, command};
    use crate::failure::Code;
    use crate::report::{Lang, Words};

    fn judged(line: &str) -> Result<(), (Code, String)> {
        let words = Words::of(Lang::En);
        let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let matches = command(&words, UNBROKEN).try_get_matches_from(&argv).expect("clap takes it");
        checked(matches).map(drop).map_err(|it| {
            let failure = misread::failure(&it, &argv, &words);
            (failure.code, failure.message.to_string())
        })
    }

    #[test]
    fn an_option_that_would_be_ignored_is_an_error_that_names_both() {
        let needs =
            |option: &str| Err((Code::UsageMissing, format!("usage-needs option=--{option} other=--bundle")));
        let conflict = |option: &str, other: &str| {
            Err((Code::UsageConflict, format!("usage-conflict option=--{option} other=--{other}")))
        };
        for (line, want) in [
            ("fyne-setup install --key k.pub", needs("key")),
            ("fyne-setup install --unsigned", needs("unsigned")),
            ("fyne-setup install --bundle b --key k.pub --unsigned", conflict("unsigned", "key")),
            ("fyne-setup install --bundle b --go-mirror https://a.example/", conflict("go-mirror", "bundle")),
            ("fyne-setup install --system --prefix /opt/go", conflict("system", "prefix")),
            ("fyne-setup plan --system --prefix /opt/go", conflict("system", "prefix")),
            ("fyne-setup uninstall --system --purge", conflict("purge", "system")),
            ("fyne-setup install --bundle b --key k.pub", Ok(())),
            ("fyne-setup install --bundle b --unsigned", Ok(())),
            ("fyne-setup install --system", Ok(())),
            ("fyne-setup install", Ok(())),
            ("fyne-setup bundle verify b --key k.pub", Ok(())),
            ("fyne-setup bundle create b --key k", Ok(())),
            ("fyne-setup verify f --key k.pub", Ok(())),
            ("fyne-setup uninstall --system", Ok(())),
        ] {
            assert_eq!(judged(line), want, "{line}");
        }
    }
}
