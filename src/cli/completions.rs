//! `completions`: what a shell has to know to complete our command line. Prints one script and writes nothing; where
//! it belongs is for the user or the package to say. To add a shell: its name in `SHELLS` and its writer in `script`.

use clap::Command;
use clap_complete::aot::{Shell, generate};
use serde_json::json;

use super::context::Context;
use crate::report::Report;

/// Shells that can be named; `env` has the same names.
pub const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "pwsh", "elvish"];

/// `completions SHELL`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell.
    #[arg(value_name = "SHELL", required = true, value_parser = SHELLS)]
    pub shell: String,
}

/// Prints the script of one shell for this command line.
pub fn run(args: &Args, line: Command, context: &Context) -> Report {
    let text = script(&args.shell, line);
    let mut report = Report::new("completions");
    report.more.insert("shell".into(), json!(args.shell));
    report.more.insert("text".into(), json!(text));
    report.raw = (!context.ui.json).then_some(text);
    report
}

/// The script, with what each option is for as the command line says it.
fn script(shell: &str, mut line: Command) -> String {
    let shell = match shell {
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        "pwsh" => Shell::PowerShell,
        "elvish" => Shell::Elvish,
        _ => Shell::Bash,
    };
    let mut script = Vec::new();
    generate(shell, &mut line, "fyne-setup", &mut script);
    // For bash, clap_complete 4.6 writes a name with a hyphen in two ways, and then finds no command's options.
    String::from_utf8_lossy(&script).replace("fyne__subcmd__setup", "fyne__setup")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::usage;
    use crate::report::{Lang, Words};

    #[test]
    fn each_shell_gets_a_script_that_knows_every_command() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            let line = usage::command(&words, usage::UNBROKEN);
            let names: Vec<_> = line.get_subcommands().map(|it| it.get_name().to_owned()).collect();
            for shell in SHELLS {
                let script = script(shell, line.clone());
                let unknown: Vec<_> = names.iter().filter(|it| !script.contains(it.as_str())).collect();
                assert!(unknown.is_empty(), "{shell}: {unknown:?}");
                assert!(script.contains("fyne-setup"), "{shell}");
            }
        }
    }
}
