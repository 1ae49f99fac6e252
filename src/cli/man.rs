//! `man`: our manual pages as roff, one a command, made from the same texts as the help. It prints and writes nothing:
//! `fyne-setup man | man -l -` shows one, a package keeps them as files.

use clap::Command;
use clap_mangen::Man;
use serde_json::json;

use super::context::Context;
use crate::app;
use crate::failure::{Code, Failure};
use crate::report::{Report, Words};

/// Which version a page is of: what stands at its foot. There is no date, so that the same version has the same pages.
const SOURCE: &str = concat!("fyne-setup ", env!("CARGO_PKG_VERSION"));
/// What stands at its head.
const MANUAL: &str = "fyne-setup";

/// `man [COMMAND…]`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command, such as `check` or `manifest show`; without it, the page of the program.
    #[arg(value_name = "COMMAND")]
    pub of: Vec<String>,
}

/// Prints one page of this command line.
pub fn run(args: &Args, line: Command, context: &Context) -> Result<Report, Failure> {
    let (name, text) = page(&args.of, line, context.session.words)?;
    let mut report = Report::new("man");
    report.more.insert("page".into(), json!(format!("{name}.1")));
    report.more.insert("text".into(), json!(text));
    report.raw = (!context.ui.json).then_some(text);
    Ok(report)
}

/// The page of a command, and its name.
fn page(of: &[String], line: Command, words: &Words) -> Result<(String, String), Failure> {
    let mut root = line.about(words.key("help-fyne-setup"));
    root.build();
    let mut command = &root;
    for word in of {
        command = command.find_subcommand(word).ok_or_else(|| unknown(word, command))?;
    }
    let name = command.get_display_name().unwrap_or("fyne-setup").to_owned();
    let mut roff = Vec::new();
    // A vector takes every byte.
    let _ = Man::new(command.clone()).title(&name).source(SOURCE).manual(MANUAL).render(&mut roff);
    Ok((name, String::from_utf8_lossy(&roff).into_owned()))
}

fn unknown(word: &str, above: &Command) -> Failure {
    let names = above.get_subcommands().map(Command::get_name);
    let hint = match app::near(word, names).first() {
        Some(near) => text!("usage-did-you-mean", near = *near),
        None => text!("usage-see-help"),
    };
    Failure::new(Code::UsageUnknownCommand, text!("usage-unknown-command", command = word)).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::usage;
    use crate::report::Lang;

    fn page_of(of: &[&str]) -> Result<(String, String), Failure> {
        let words = Words::of(Lang::En);
        let of: Vec<_> = of.iter().map(|it| (*it).to_owned()).collect();
        page(&of, usage::command(&words, usage::UNBROKEN), &words)
    }

    #[test]
    fn each_command_has_a_page_with_its_options() {
        let words = Words::of(Lang::En);
        let (name, text) = page_of(&[]).expect("the page of the program");
        assert_eq!(name, "fyne-setup");
        let below = usage::command(&words, usage::UNBROKEN);
        for command in below.get_subcommands() {
            let (own, page) = page_of(&[command.get_name()]).expect("a page");
            assert_eq!(own, format!("fyne-setup-{}", command.get_name()));
            assert!(text.contains(&own.replace('-', "\\-")), "the page of the program names {own}");
            for option in command.get_arguments().filter_map(|it| it.get_long()) {
                assert!(page.contains(&format!("\\-\\-{}", option.replace('-', "\\-"))), "{own}: --{option}");
            }
        }
        let header = format!("\"fyne-setup {}\" fyne-setup\n", env!("CARGO_PKG_VERSION"));
        for of in [&[][..], &["check"], &["manifest", "show"]] {
            let (own, page) = page_of(of).expect("a page");
            let head = page.lines().find(|it| it.starts_with(".TH")).unwrap_or_default();
            assert_eq!(format!("{head}\n"), format!(".TH {own} 1  {header}"), "no date, the version");
        }
        let (own, _) = page_of(&["manifest", "show"]).expect("a page");
        assert_eq!(own, "fyne-setup-manifest-show");
    }

    #[test]
    fn a_page_that_does_not_exist_names_the_nearest() {
        let failure = page_of(&["chekc"]).expect_err("no such command");
        assert_eq!(failure.code, Code::UsageUnknownCommand);
        assert_eq!(failure.hint.expect("always").to_string(), "usage-did-you-mean near=check");
    }
}
