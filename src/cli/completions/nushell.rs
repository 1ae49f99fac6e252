//! What nushell has to know to complete our command line: a module of `extern`s, one a command, from what clap knows. clap's
//! own crate for it knows no runs; this is shorter than what would be changed in its text. Pure.

use std::fmt::Write as _;

use clap::builder::PossibleValue;
use clap::{Arg, Command};

/// What asks for the runs when they are wanted.
const RUNS: &str = "  def \"fyne-setup runs\" [] { ^fyne-setup history --ids | lines }\n";

/// The whole module, and its use.
pub fn script(line: &mut Command) -> String {
    line.build();
    let mut body = String::new();
    commands(line, "fyne-setup", &mut body);
    format!("module completions {{\n{RUNS}{body}}}\nexport use completions *\n")
}

/// A command and all below it.
fn commands(command: &Command, name: &str, body: &mut String) {
    let mut arguments = String::new();
    for arg in command.get_arguments().filter(|it| !it.is_hide_set()) {
        let values: Vec<PossibleValue> = arg.get_possible_values();
        let of_runs = arg.get_id() == "run" && ["fyne-setup undo", "fyne-setup history"].contains(&name);
        let list = format!("{name} {}", arg.get_id());
        let kind = if !arg.get_action().takes_values() {
            String::new()
        } else if of_runs {
            ": string@\"fyne-setup runs\"".to_owned()
        } else if values.is_empty() {
            ": string".to_owned()
        } else {
            let words: Vec<String> = values.iter().map(|it| format!("\"{}\"", it.get_name())).collect();
            let _ = writeln!(body, "  def \"{list}\" [] {{ [ {} ] }}", words.join(" "));
            format!(": string@\"{list}\"")
        };
        let help = arg.get_help().map(|it| on_a_line(&it.to_string())).unwrap_or_default();
        let _ = writeln!(arguments, "    {}{kind} # {help}", shape(arg));
    }
    let about = command.get_about().map(|it| on_a_line(&it.to_string())).unwrap_or_default();
    let _ = writeln!(body, "  # {about}\n  export extern \"{name}\" [\n{arguments}  ]");
    for below in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        commands(below, &format!("{name} {}", below.get_name()), body);
    }
}

/// `--goal`, `--quiet(-q)`, `id?`, `...ids`
fn shape(arg: &Arg) -> String {
    if arg.is_positional() {
        let id = arg.get_id().as_str();
        let many = arg.get_num_args().is_some_and(|it| it.max_values() > 1)
            || matches!(arg.get_action(), clap::ArgAction::Append);
        return match (many, arg.is_required_set()) {
            (true, _) => format!("...{id}"),
            (false, true) => id.to_owned(),
            (false, false) => format!("{id}?"),
        };
    }
    match (arg.get_long(), arg.get_short()) {
        (Some(long), Some(short)) => format!("--{long}(-{short})"),
        (Some(long), None) => format!("--{long}"),
        (None, short) => format!("-{}", short.unwrap_or_default()),
    }
}

fn on_a_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
