//! The only printing. Standard output carries one document, everything else goes to standard error. Colours are chosen
//! here and nowhere else; nothing needs them to be understood. A reader that went away (`| head`) is no error.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::options::{Color, Global};
use crate::app::written::is_output;
use crate::report::page::COLUMNS;
use crate::report::page::layout::Style;
use crate::report::page::signs::Signs;
use crate::report::words::{is_utf8, safe};
use crate::report::{Label, Page, Words};
use crate::system::Identity;

/// Columns of a page at most: longer lines are hard to read.
pub const WIDEST: usize = 100;
/// A screen that says that it is narrower does not know.
const NARROWEST: usize = 10;

/// How wide a page is: as COLUMNS says, else as the terminal is.
pub fn columns(env: &BTreeMap<String, String>, terminal: Option<u16>) -> usize {
    let said = env.get("COLUMNS").and_then(|it| it.parse().ok());
    let known = said.filter(|it| *it > 0).or(terminal.map(usize::from));
    known.filter(|it| *it >= NARROWEST).unwrap_or(COLUMNS).min(WIDEST)
}

/// The signs that were asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Colours.
    pub color: Color,
    /// No signs and no drawing: words.
    pub plain: bool,
    /// Signs of ASCII.
    pub ascii: bool,
}

/// Whether a screen has no other signs than those of ASCII: as its locale says, and on Windows where it is neither of the
/// terminals that have more.
fn only_ascii(env: &BTreeMap<String, String>, os: &str) -> bool {
    let newer = ["WT_SESSION", "TERM_PROGRAM", "TERM"];
    !is_utf8(env) || (os == "windows" && !newer.iter().any(|it| env.contains_key(*it)))
}

/// How this run prints.
#[derive(Clone, Debug, Default)]
pub struct Ui {
    /// Colours on standard output and on standard error.
    color: [bool; 2],
    /// Width and signs of standard output and of standard error.
    style: [Style; 2],
    /// Nothing but what is bad.
    pub quiet: bool,
    /// One JSON document.
    pub json: bool,
    /// More of everything.
    pub verbose: bool,
    /// What goes through the doors is shown at once (`-vv`).
    pub traces: bool,
    /// Whether standard input and standard error are terminals: a question can be asked.
    pub can_ask: bool,
    /// Whether standard error is a terminal: somebody reads what went wrong, and may type more.
    pub on_terminal: bool,
    /// Whether standard error is a terminal that can draw over itself.
    pub can_draw: bool,
    /// Whether standard output goes to that terminal too, or both to one file or pipe: what is told while it goes on need not be
    /// told again.
    pub one_screen: bool,
    /// Standard output carries the events of `--log-json -`: pages go to standard error.
    pub events: bool,
}

impl Ui {
    /// From the options, the environment, and what the three streams are.
    pub fn new(global: &Global, env: &BTreeMap<String, String>, identity: &Identity, words: &Words) -> Self {
        let asked = Asked { color: global.color, plain: global.plain, ascii: global.ascii };
        let (verbose, traces) = (global.verbose > 0, global.verbose > 1 && !global.quiet);
        let events = global.log_json.as_deref().is_some_and(is_output);
        Self {
            events,
            quiet: global.quiet,
            json: global.json,
            verbose,
            traces,
            ..Self::of(env, identity, asked, words)
        }
    }

    /// Without the other options: for what is said before they could be read.
    pub fn of(env: &BTreeMap<String, String>, identity: &Identity, asked: Asked, words: &Words) -> Self {
        let terminal = identity.terminal;
        let dumb = env.get("TERM").is_some_and(|it| it == "dumb");
        let color = |on_terminal: bool| !asked.plain && colored(env, asked.color, on_terminal && !dumb);
        let signs = match asked {
            Asked { plain: true, .. } => Signs::words(words),
            Asked { ascii: false, .. } if !only_ascii(env, &identity.os) => Signs::Unicode,
            _ => Signs::Ascii,
        };
        let style = |on_terminal: bool| {
            let wide = identity.columns.filter(|_| on_terminal);
            Style { columns: columns(env, wide), signs: signs.clone() }
        };
        let draws = !dumb && !asked.plain;
        Self {
            color: [color(terminal[1]), color(terminal[2])],
            style: [style(terminal[1]), style(terminal[2])],
            can_ask: terminal[0] && terminal[2],
            on_terminal: terminal[2],
            can_draw: terminal[2] && draws,
            one_screen: terminal[1] && terminal[2] || identity.one_stream,
            ..Self::default()
        }
    }

    /// Whether standard output gets colours.
    pub const fn colored(&self) -> bool {
        self.color[0]
    }

    /// A text of ours that was laid out already, with the signs of this reader.
    pub fn spelt(&self, text: &str) -> String {
        self.style[0].signs.text(text)
    }

    /// The signs of standard error.
    pub const fn signs(&self) -> &Signs {
        &self.style[1].signs
    }

    /// The document of a command, for people.
    pub fn page(&self, page: &Page) -> io::Result<()> {
        if self.events {
            self.complain(page);
            return Ok(());
        }
        self.document(&paint(page, self.color[0], &self.style[0]))
    }

    /// The document of a command, as it is.
    pub fn document(&self, text: &str) -> io::Result<()> {
        self.bytes(text.as_bytes())
    }

    /// The same where it is a file for programs.
    pub fn bytes(&self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        forgiving(out.write_all(bytes).and_then(|()| out.flush()))
    }

    /// Something beside the document: progress, notes. Not with `--quiet`.
    pub fn note(&self, page: &Page) {
        if !self.quiet {
            self.complain(page);
        }
    }

    /// What went wrong. Where standard error is gone too, there is nobody left to tell.
    pub fn complain(&self, page: &Page) {
        let _ = io::stderr().lock().write_all(paint(page, self.color[1], &self.style[1]).as_bytes());
    }

    /// What a terminal draws by itself, as it is.
    pub fn raw(&self, drawn: &str) {
        let _ = io::stderr().lock().write_all(drawn.as_bytes());
    }

    /// A line of the log, as it comes.
    pub fn trace(&self, line: &str) {
        let mut page = Page::default();
        page.line(Label::Faint, line);
        self.complain(&page);
    }

    /// One line for standard error with its colours, for a progress display that draws by itself.
    pub fn drawn(&self, page: &Page) -> String {
        paint(page, self.color[1], &self.style[1]).trim_end().to_owned()
    }
}

fn forgiving(result: io::Result<()>) -> io::Result<()> {
    result.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// Whether there are colours. A flag beats NO_COLOR, that beats CLICOLOR_FORCE, and that beats what the screen is.
fn colored(env: &BTreeMap<String, String>, choice: Color, on_terminal: bool) -> bool {
    let set = |name: &str| env.get(name).filter(|it| !it.is_empty());
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR").is_some() => false,
        Color::Auto if set("CLICOLOR_FORCE").is_some_and(|it| it != "0") => true,
        Color::Auto => on_terminal && set("CLICOLOR").is_none_or(|it| it != "0"),
    }
}

fn paint(page: &Page, color: bool, style: &Style) -> String {
    let mut out = String::new();
    for line in page.laid(style) {
        for (label, text) in &line {
            let text = safe(text);
            match code(*label).filter(|_| color) {
                Some(code) if !text.trim().is_empty() => {
                    out.extend(["\u{1b}[", code, "m", &text, "\u{1b}[0m"])
                }
                _ => out.push_str(&text),
            }
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}

const fn code(label: Label) -> Option<&'static str> {
    match label {
        Label::Plain => None,
        Label::Heading => Some("1"),
        Label::Good => Some("32"),
        Label::Bad => Some("1;31"),
        Label::Caution => Some("33"),
        Label::Faint => Some("2"),
        Label::Command => Some("36"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lang;

    fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn ui(pairs: &[(&str, &str)], asked: Asked, terminal: bool) -> Ui {
        let identity = Identity { terminal: [terminal; 3], columns: Some(60), ..Identity::default() };
        Ui::of(&env(pairs), &identity, asked, &Words::of(Lang::En))
    }

    #[test]
    fn colours_change_no_word() {
        let mut page = Page::default();
        page.spans([(Label::Bad, "✗".to_owned()), (Label::Plain, " title  ".to_owned())]);
        assert_eq!(paint(&page, true, &Style::default()), "\u{1b}[1;31m✗\u{1b}[0m title\n");
        assert_eq!(paint(&page, false, &Style::default()), "✗ title\n");
    }

    #[test]
    fn a_flag_beats_the_variables_and_they_beat_the_screen() {
        use Color::{Always, Auto, Never};
        for (pairs, color, terminal, want) in [
            (&[][..], Auto, true, true),
            (&[], Auto, false, false),
            (&[], Always, false, true),
            (&[], Never, true, false),
            (&[("NO_COLOR", "1")], Auto, true, false),
            (&[("NO_COLOR", "")], Auto, true, true),
            (&[("NO_COLOR", "1")], Always, true, true),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], Auto, true, false),
            (&[("CLICOLOR_FORCE", "1")], Auto, false, true),
            (&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], Auto, true, true),
            (&[("CLICOLOR_FORCE", "0")], Auto, false, false),
            (&[("CLICOLOR_FORCE", "1")], Never, true, false),
            (&[("CLICOLOR", "0")], Auto, true, false),
            (&[("CLICOLOR", "1")], Auto, false, false),
            (&[("TERM", "dumb")], Auto, true, false),
        ] {
            let ui = ui(pairs, Asked { color, ..Asked::default() }, terminal);
            assert_eq!(ui.color, [want; 2], "{pairs:?} {color:?} {terminal}");
        }
    }

    #[test]
    fn plain_has_no_colour_and_draws_nothing_whatever_else_is_said() {
        let asked = Asked { color: Color::Always, plain: true, ascii: true };
        let ui = ui(&[("CLICOLOR_FORCE", "1")], asked, true);
        assert!(ui.color == [false; 2] && !ui.can_draw && ui.signs().are_words(), "{ui:?}");
    }

    #[test]
    fn who_can_show_no_other_signs_gets_those_of_ascii() {
        let asked = |ascii| Asked { ascii, ..Asked::default() };
        for (pairs, flag, want) in [
            (&[][..], false, Signs::Unicode),
            (&[], true, Signs::Ascii),
            (&[("LANG", "C")], false, Signs::Ascii),
            (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "POSIX")], false, Signs::Ascii),
            (&[("LANG", "de_DE.ISO-8859-1")], false, Signs::Ascii),
            (&[("LANG", "C"), ("LC_CTYPE", "C.utf8")], false, Signs::Unicode),
            (&[("LANG", "en_US")], false, Signs::Unicode),
        ] {
            assert_eq!(*ui(pairs, asked(flag), true).signs(), want, "{pairs:?} {flag}");
        }
        assert!(only_ascii(&env(&[]), "windows") && !only_ascii(&env(&[("WT_SESSION", "x")]), "windows"));
    }

    #[test]
    fn a_terminal_that_cannot_draw_gets_lines() {
        let asked = Asked::default();
        assert!(ui(&[], asked, true).can_draw && !ui(&[("TERM", "dumb")], asked, true).can_draw);
    }

    #[test]
    fn a_page_is_as_wide_as_the_screen_and_not_wider_than_people_read() {
        for (variable, terminal, want) in [
            ("", None, 80),
            ("", Some(132), 100),
            ("", Some(64), 64),
            ("", Some(20), 20),
            ("", Some(0), 80),
            ("72", Some(132), 72),
            ("500", None, 100),
            ("0", Some(90), 90),
            ("wide", None, 80),
        ] {
            assert_eq!(columns(&env(&[("COLUMNS", variable)]), terminal), want, "{variable:?} {terminal:?}");
        }
        let columns = |terminal| ui(&[], Asked::default(), terminal).style[0].columns;
        assert_eq!((columns(true), columns(false)), (60, 80), "a file is not as narrow as some screen");
    }

    #[test]
    fn escapes_from_outside_stay_words() {
        let mut page = Page::default();
        page.line(Label::Faint, "\u{1b}[2J");
        assert_eq!(paint(&page, true, &Style::default()), "\u{1b}[2m\\u{1b}[2J\u{1b}[0m\n");
    }
}
