//! The help in the user's language: clap reads the command line, the catalogue speaks. What is wrong with a command line says
//! `misread`.

use clap::{Command, CommandFactory};

use super::args::Cli;
use super::examples::{EXAMPLES, GROUPS};
use crate::report::Words;
use crate::report::page::{width, wrap};
use crate::text::Text;

/// Columns that a help text has at least, however narrow the terminal is.
const NARROWEST: usize = 20;

/// Columns for texts that no terminal breaks: each stays in one line.
pub const UNBROKEN: usize = 10_000;

/// The command line with its help from the catalogue, for lines of at most so many columns. clap breaks lines at spaces
/// alone and counts a wide character as one column, so the texts come to it wrapped.
pub fn command(words: &Words, columns: usize) -> Command {
    localised(Cli::command(), "help-fyne-setup", words, columns)
}

fn localised(command: Command, key: &str, words: &Words, columns: usize) -> Command {
    let say = |key: String, indent: usize| {
        wrap(&words.say(&Text::new(key)), columns.saturating_sub(indent).max(NARROWEST)).join("\n")
    };
    let first = if key == "help-fyne-setup" {
        format!("\n\n{}", say("usage-first".into(), 0))
    } else {
        String::new()
    };
    let below: Vec<_> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let arguments_of = if key == "help-fyne-setup" {
        format!("{}{}\n{{options}}", grouped(&below, words, columns), heading(words, "usage-global"))
    } else {
        "{all-args}".to_owned()
    };
    let template = format!(
        "{}\n\n{}{{usage}}\n\n{arguments_of}{{after-help}}",
        say(key.to_owned(), 0) + &first,
        words.key("usage-usage")
    );
    let column = below.iter().map(|it| width(it)).max().unwrap_or(0) + 4;
    let mut command = command.help_template(template).term_width(0);
    command = command.subcommand_help_heading(words.key("usage-commands"));
    if key == "help-fyne-setup" {
        command = command.after_help(say("usage-more".into(), 0)).version(env!("CARGO_PKG_VERSION"));
    }
    if let Some((_, rows)) = EXAMPLES.iter().find(|it| key.strip_prefix("help-") == Some(it.0)) {
        let told = |it: &(&str, &'static str)| {
            let what = say(it.1.into(), 6).replace('\n', "\n      ");
            format!("\n  {}\n      {what}", it.0)
        };
        let all: String = rows.iter().map(told).collect();
        command = command.after_help(heading(words, "usage-examples") + &all);
    }
    for (name, heading, indent) in arguments(&command) {
        let help = say(format!("{key}.{}", name.replace('_', "-")), indent);
        command = command.mut_arg(&name, |arg| {
            let arg = arg.help(help).help_heading(words.key(heading));
            let valued = arg.get_action().takes_values();
            arg.hide_env(true).hide_default_value(valued).hide_possible_values(valued)
        });
    }
    for name in below {
        let key = if key == "help-fyne-setup" { format!("help-{name}") } else { format!("{key}-{name}") };
        let about = say(key.clone(), column);
        command = command.mut_subcommand(&name, |it| localised(it, &key, words, columns).about(about));
    }
    command
}

/// A heading as clap writes its own.
fn heading(words: &Words, key: &'static str) -> String {
    let style = clap::builder::Styles::styled();
    let style = style.get_header();
    format!("{style}{}:{style:#}", words.key(key))
}

/// The commands below one heading for each thing that one wants; what stands in no group is below the last one.
fn grouped(commands: &[String], words: &Words, columns: usize) -> String {
    let column = commands.iter().map(|it| width(it)).max().unwrap_or(0) + 4;
    let has = |group: &[&str], name: &str| group.contains(&name);
    let placed = |name: &str| GROUPS.iter().any(|it| has(it.1, name));
    let mut text = String::new();
    for (at, (key, group)) in GROUPS.iter().enumerate() {
        let others = commands.iter().filter(|it| at + 1 == GROUPS.len() && !placed(it));
        let names = group.iter().copied().chain(others.map(String::as_str));
        text += &heading(words, key);
        for name in names {
            let about = words.say(&Text::new(format!("help-{name}")));
            let about = wrap(&about, columns.saturating_sub(column).max(NARROWEST));
            let blank = " ".repeat(column - 2 - width(name));
            text.extend(["\n  ", name, &blank, &about.join(&format!("\n{}", " ".repeat(column)))]);
        }
        text += "\n\n";
    }
    text
}

/// Every argument with the heading that it stands under and the column at which its help begins: behind the longest
/// under that heading, with two blanks before and after, and room for `-x, ` in front of a long name.
fn arguments(command: &Command) -> Vec<(String, &'static str, usize)> {
    let mut built = command.clone();
    built.build();
    // Building adds clap's own `help`, which ours replaces.
    let own = |it: &clap::Id| command.get_arguments().any(|own| own.get_id() == it);
    let all = built.get_arguments().filter(|it| own(it.get_id())).map(|it| {
        let heading = match (it.is_positional(), it.is_global_set()) {
            (true, _) => "usage-arguments",
            (false, true) => "usage-global",
            _ if it.get_id() == "version" => "usage-global",
            (false, false) => "usage-options",
        };
        let short = if it.get_long().is_some() { 4 } else { 0 };
        (it.get_id().to_string(), heading, width(&it.to_string()) + short + 4)
    });
    let all: Vec<_> = all.collect();
    let longest = |heading| all.iter().filter(|it| it.1 == heading).map(|it| it.2).max().unwrap_or(0);
    all.iter().map(|it| (it.0.clone(), it.1, longest(it.1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lang;

    /// Every help text of a command that the catalogue lacks.
    fn missing(command: &Command, key: &str, words: &Words, lacking: &mut Vec<String>) {
        let parts =
            command.get_arguments().map(|it| format!("{key}.{}", it.get_id().as_str().replace('_', "-")));
        lacking.extend(parts.chain([key.to_owned()]).filter(|it| !words.has(it)));
        for below in command.get_subcommands() {
            let key = if key == "help-fyne-setup" {
                format!("help-{}", below.get_name())
            } else {
                format!("{key}-{}", below.get_name())
            };
            missing(below, &key, words, lacking);
        }
    }

    #[test]
    fn every_command_and_option_has_its_help() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            let mut lacking = Vec::new();
            missing(&Cli::command(), "help-fyne-setup", &words, &mut lacking);
            assert!(lacking.is_empty(), "locales/en/usage.ftl lacks {lacking:#?}");
            command(&words, 80).debug_assert();
        }
    }

    #[test]
    fn help_fits_its_columns_and_breaks_no_word() {
        /// The help of the program and of each of its commands.
        fn pages(words: &Words, columns: usize) -> Vec<String> {
            let mut whole = command(words, columns);
            whole.build();
            let below: Vec<_> = whole.get_subcommands().cloned().collect();
            [vec![whole], below].concat().iter_mut().map(|it| it.render_help().to_string()).collect()
        }
        fn text(page: &str) -> Vec<&str> {
            page.split_whitespace().collect()
        }
        for (lang, columns) in [(Lang::En, 60), (Lang::En, 80), (Lang::En, 100), (Lang::ZhCn, 60)] {
            let words = Words::of(lang);
            for (page, whole) in pages(&words, columns).iter().zip(pages(&words, 10_000)) {
                let long = page.lines().find(|it| width(it) > columns);
                assert_eq!(long, None, "{lang:?} in {columns} columns:\n{page}");
                assert!(lang == Lang::ZhCn || text(page) == text(&whole), "a word is broken:\n{page}");
            }
        }
    }
}
