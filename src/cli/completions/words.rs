//! Words for the scripts of elvish and PowerShell, in which clap writes commands and options alone: checks, kinds, runs
//! behind a command, and the values of an option. Text in, text out.

use std::collections::BTreeMap;

use clap::{Arg, Command};

/// The commands that take runs of the journal.
pub const OF_RUNS: [&str; 2] = ["undo", "history"];

/// What a shell can offer beside commands and options.
pub struct Known {
    /// Commands with the words that stand behind them.
    pub behind: Vec<(String, Vec<String>)>,
    /// `--goal` and its values.
    options: BTreeMap<String, Vec<String>>,
}

impl Known {
    /// What the command line says of itself.
    pub fn of(line: &Command) -> Self {
        let behind = |command: &Command| {
            (command.get_name().to_owned(), command.get_positionals().flat_map(values).collect::<Vec<_>>())
        };
        let mut options = BTreeMap::new();
        gather(line, &mut options);
        Self { behind: line.get_subcommands().map(behind).filter(|it| !it.1.is_empty()).collect(), options }
    }
}

fn values(arg: &Arg) -> Vec<String> {
    arg.get_possible_values().iter().map(|it| it.get_name().to_owned()).collect()
}

/// The options of a command and of all below it. An option has the same values wherever it stands.
fn gather(command: &Command, into: &mut BTreeMap<String, Vec<String>>) {
    for arg in command.get_arguments().filter(|it| it.get_action().takes_values()) {
        let (Some(long), values) = (arg.get_long(), values(arg)) else { continue };
        if !values.is_empty() {
            into.insert(format!("--{long}"), values);
        }
    }
    command.get_subcommands().for_each(|it| gather(it, into));
}

fn quoted(words: &[String], between: &str) -> String {
    words.iter().map(|it| format!("'{it}'")).collect::<Vec<_>>().join(between)
}

/// The script with rows behind the line with which each command begins that takes words or runs.
fn filled(
    script: &str,
    known: &Known,
    begin: impl Fn(&str) -> String,
    words: impl Fn(&[String]) -> String,
    runs: &str,
) -> String {
    let rows = known.behind.iter().map(|(command, all)| (command.as_str(), words(all)));
    let rows = rows.chain(OF_RUNS.map(|it| (it, runs.to_owned())));
    rows.fold(script.to_owned(), |script, (command, rows)| {
        let begin = begin(command);
        script.replacen(&begin, &format!("{begin}{rows}"), 1)
    })
}

/// The script of elvish with the words.
pub fn elvish(script: &str, known: &Known) -> String {
    let script = filled(
        script,
        known,
        |command| format!("&'fyne-setup;{command}'= {{\n"),
        |words| format!("            for it [{}] {{ edit:complex-candidate $it }}\n", quoted(words, " ")),
        "            for it [(e:fyne-setup history --ids)] { edit:complex-candidate $it }\n",
    );
    let row = |(option, values): (&String, &Vec<String>)| format!(" &'{option}'=[{}]", quoted(values, " "));
    let options: String = known.options.iter().map(row).collect();
    let last = "    $completions[$command]\n";
    let choice = format!(
        "    var values = [{options} ]\n    if (has-key $values $words[-2]) {{\n        \
         for it $values[$words[-2]] {{ edit:complex-candidate $it }}\n    }} else {{\n    {last}    }}\n"
    );
    script.replacen(last, &choice, 1)
}

/// The script of PowerShell, 5.1 and 7, with the words.
pub fn powershell(script: &str, known: &Known) -> String {
    const MADE: &str =
        "ForEach-Object { [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_) }\n";
    let script = filled(
        script,
        known,
        |command| format!("'fyne-setup;{command}' {{\n"),
        |words| format!("            {} | {MADE}", quoted(words, ", ")),
        &format!("            & 'fyne-setup' history --ids 2>$null | {MADE}"),
    );
    let row = |(option, values): (&String, &Vec<String>)| {
        format!("        '{option}' {{ {} }}\n", quoted(values, ", "))
    };
    let options: String = known.options.iter().map(row).collect();
    let first = "    $commandElements = $commandAst.CommandElements\n";
    let choice = format!(
        "{first}    $before = $commandElements | Where-Object {{ $_.Extent.EndOffset -lt $cursorPosition }} | \
         Select-Object -Last 1\n    $values = switch (\"$before\") {{\n{options}    }}\n    if ($values) {{\n        \
         $values | Where-Object {{ $_ -like \"$wordToComplete*\" }} |\n            {MADE}        return\n    }}\n\n"
    );
    script.replacen(first, &choice, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::completions::{known, script};
    use crate::cli::usage;
    use crate::report::{Lang, Words};

    #[test]
    fn elvish_and_powershell_know_checks_kinds_runs_and_values() {
        let line = usage::command(&Words::of(Lang::En), usage::UNBROKEN);
        let known = Known::of(&known(line.clone()));
        assert!(known.behind.iter().any(|it| it.0 == "explain" && it.1.contains(&"go.version".into())));
        for shell in ["elvish", "pwsh"] {
            let script = script(shell, line.clone());
            for what in
                ["'go.version'", "'ansible'", "history --ids", "'--goal'", "'desktop'", "'zh-CN'", "'2.8.1'"]
            {
                assert!(script.contains(what), "{shell}: {what}");
            }
            let each = script.lines().filter(|it| it.contains("'go.version'")).count();
            assert_eq!(each, 4, "{shell}: accept, check, explain, repair");
            assert_eq!(script.matches("history --ids").count(), 2, "{shell}");
        }
    }
}
