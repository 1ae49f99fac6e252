//! `completions`: what a shell has to know to complete our command line. Prints one script and writes nothing; where
//! it belongs is for the user or the package to say. To add a shell: its name in `SHELLS` and its writer in `script`.

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command};
use clap_complete::aot::{Shell, generate};
use serde_json::json;

use super::context::Context;
use crate::app::check::families;
use crate::checks::CHECKS;
use crate::manifest::Manifest;
use crate::report::Report;

mod nushell;
mod words;

use words::{Known, OF_RUNS};

/// Shells that can be named; `env` has the same names.
pub const SHELLS: [&str; 6] = ["bash", "zsh", "fish", "nu", "pwsh", "elvish"];

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
fn script(shell: &str, line: Command) -> String {
    let mut line = known(line);
    let known = Known::of(&line);
    let shell = match shell {
        "nu" => return nushell::script(&mut line),
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        "pwsh" => Shell::PowerShell,
        "elvish" => Shell::Elvish,
        _ => Shell::Bash,
    };
    let mut script = Vec::new();
    generate(shell, &mut line, "fyne-setup", &mut script);
    // For bash, clap_complete 4.6 writes a name with a hyphen in two ways, and then finds no command's options.
    let script = String::from_utf8_lossy(&script).replace("fyne__subcmd__setup", "fyne__setup");
    match shell {
        Shell::Bash => script + BASH_RUNS,
        Shell::Zsh => zsh(&script),
        Shell::Fish => script + &fish(&known.behind),
        Shell::Elvish => words::elvish(&script, &known),
        Shell::PowerShell => words::powershell(&script, &known),
        _ => script,
    }
}

/// Words that the command line takes as they come, and that a shell can offer: checks, commands, versions.
fn known(line: Command) -> Command {
    let line = versions(line, &Versions::of(&Manifest::embedded()));
    let families = families().into_iter().chain(CHECKS.iter().map(|it| it.id));
    let checks: Vec<&'static str> = families.collect();
    let commands: Vec<String> = line.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let ids = |command: Command, arg: &'static str| {
        let checks = PossibleValuesParser::new(checks.clone());
        command.mut_arg(arg, |it| it.value_parser(checks))
    };
    line.mut_subcommand("explain", |it| ids(it, "id"))
        .mut_subcommand("accept", |it| {
            it.mut_arg("id", |it| it.value_parser(CHECKS.iter().map(|it| it.id).collect::<Vec<_>>()))
        })
        .mut_subcommand("check", |it| ids(it, "ids"))
        .mut_subcommand("repair", |it| ids(it, "ids"))
        .mut_subcommand("man", |it| {
            it.mut_arg("of", |it| it.value_parser(PossibleValuesParser::new(commands)))
        })
}

/// The versions that the manifest names, newest first, for the options that take one.
struct Versions {
    go: Vec<String>,
    fyne: Vec<String>,
}

impl Versions {
    fn of(manifest: &Manifest) -> Self {
        let best = manifest.go.recommended;
        let floors = manifest.go.floor.iter().rev().filter(|it| **it != best);
        let go = std::iter::once(&best).chain(floors).map(ToString::to_string).collect();
        let fyne = manifest.fyne.iter().flat_map(|it| &it.versions).map(ToString::to_string).collect();
        Self { go, fyne }
    }
}

/// `--go` and `--fyne` of a command and of all below it, with the versions.
fn versions(mut command: Command, known: &Versions) -> Command {
    for (id, versions) in [("go", &known.go), ("fyne", &known.fyne)] {
        let is = |it: &Arg| it.get_id() == id && it.get_value_names().is_some_and(|it| it[0] == "VERSION");
        if command.get_arguments().any(is) {
            command = command.mut_arg(id, |it| it.value_parser(PossibleValuesParser::new(versions.clone())));
        }
    }
    let below: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    below.into_iter().fold(command, |it, name| it.mut_subcommand(name, |it| versions(it, known)))
}

/// Asks for the runs when they are needed. What stands for a word in the usage is no word.
const BASH_RUNS: &str = r#"
_fyne_setup_with_runs() {
    _fyne__setup "$@"
    local word cur=${COMP_WORDS[COMP_CWORD]} kept=()
    for word in "${COMPREPLY[@]}"; do
        case $word in "<"* | "["*) ;; *) kept+=("$word") ;; esac
    done
    COMPREPLY=("${kept[@]}")
    case " ${COMP_WORDS[*]:1:COMP_CWORD-1} " in
    *" undo "* | *" history "*)
        [[ $cur == -* ]] || COMPREPLY+=($(compgen -W "$("$1" history --ids 2>/dev/null)" -- "$cur")) ;;
    esac
}
complete -F _fyne_setup_with_runs -o bashdefault -o default fyne-setup
"#;

/// The same for zsh, which may read the script as the body of a function.
fn zsh(script: &str) -> String {
    const RUNS: &str = "_fyne-setup_runs() {\n    local -a runs\n    \
        runs=(${(f)\"$(_call_program runs fyne-setup history --ids 2>/dev/null)\"})\n    compadd -a runs\n}\n";
    let of_runs = |line: &str| {
        let names = if line.contains("'::run -- ") { ":_fyne-setup_runs'" } else { ":_default'" };
        line.replace(":_default'", names) + "\n"
    };
    let script: String = script.lines().map(of_runs).collect();
    script.replacen("#compdef fyne-setup\n", &format!("#compdef fyne-setup\n\n{RUNS}"), 1)
}

/// clap writes no words for fish that stand by themselves.
fn fish(values: &[(String, Vec<String>)]) -> String {
    let row = |command: &str, words: &str| {
        format!(
            "complete -c fyne-setup -n \"__fish_fyne_setup_using_subcommand {command}\" -f -a \"{words}\"\n"
        )
    };
    let known = values.iter().map(|(command, words)| row(command, &words.join(" ")));
    known.chain(OF_RUNS.map(|it| row(it, "(fyne-setup history --ids 2>/dev/null)"))).collect()
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
