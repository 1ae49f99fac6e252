//! The only printing. Standard output carries one document, everything else goes to standard error. Colours are chosen
//! here and nowhere else; nothing needs them to be understood. A reader that went away (`| head`) is no error.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::options::{Color, Global};
use crate::report::words::safe;
use crate::report::{Label, Page};

/// Columns of a help page where nothing says how wide the reader's screen is.
const USUAL: usize = 80;
/// Columns of a help page at most.
pub const WIDEST: usize = 100;

/// How wide a help page is: as COLUMNS says, else as the terminal is.
pub fn columns(env: &BTreeMap<String, String>, terminal: Option<u16>) -> usize {
    let said = env.get("COLUMNS").and_then(|it| it.parse().ok()).filter(|it| *it > 0);
    said.or(terminal.map(usize::from)).unwrap_or(USUAL).min(WIDEST)
}

/// How this run prints.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ui {
    /// Colours on standard output and on standard error.
    color: [bool; 2],
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
    /// Whether standard error is a terminal that can draw over itself.
    pub can_draw: bool,
    /// Whether standard output goes to that terminal too, or both to one file or pipe: what is told while it goes on need not be
    /// told again.
    pub one_screen: bool,
}

impl Ui {
    /// From the options, the environment, and which of the three streams are terminals.
    pub fn new(global: &Global, env: &BTreeMap<String, String>, terminal: [bool; 3]) -> Self {
        let plain = Self::plain(env, terminal, global.color);
        let (verbose, traces) = (global.verbose > 0, global.verbose > 1 && !global.quiet);
        Self { quiet: global.quiet, json: global.json, verbose, traces, ..plain }
    }

    /// The same, where both streams may be one (`2>&1`).
    #[must_use]
    pub const fn in_one(self, stream: bool) -> Self {
        Self { one_screen: self.one_screen || stream, ..self }
    }

    /// Without options: for what is said before they could be read.
    pub fn plain(env: &BTreeMap<String, String>, terminal: [bool; 3], choice: Color) -> Self {
        let set = |name: &str| env.get(name).is_some_and(|it| !it.is_empty());
        let dumb = env.get("TERM").is_some_and(|it| it == "dumb");
        let color = |on_terminal: bool| match choice {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => on_terminal && !set("NO_COLOR") && !dumb,
        };
        Self {
            color: [color(terminal[1]), color(terminal[2])],
            can_ask: terminal[0] && terminal[2],
            can_draw: terminal[2] && !dumb,
            one_screen: terminal[1] && terminal[2] && !dumb,
            ..Self::default()
        }
    }

    /// Whether standard output gets colours.
    pub const fn colored(&self) -> bool {
        self.color[0]
    }

    /// The document of a command, for people.
    pub fn page(&self, page: &Page) -> io::Result<()> {
        self.document(&paint(page, self.color[0]))
    }

    /// The document of a command, as it is.
    pub fn document(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        forgiving(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Something beside the document: progress, notes. Not with `--quiet`.
    pub fn note(&self, page: &Page) {
        if !self.quiet {
            self.complain(page);
        }
    }

    /// What went wrong. Where standard error is gone too, there is nobody left to tell.
    pub fn complain(&self, page: &Page) {
        let _ = io::stderr().lock().write_all(paint(page, self.color[1]).as_bytes());
    }

    /// A line of the log, as it comes.
    pub fn trace(&self, line: &str) {
        let mut page = Page::default();
        page.line(Label::Faint, line);
        self.complain(&page);
    }

    /// One line for standard error with its colours, for a progress display that draws by itself.
    pub fn drawn(&self, page: &Page) -> String {
        paint(page, self.color[1]).trim_end().to_owned()
    }
}

fn forgiving(result: io::Result<()>) -> io::Result<()> {
    result.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

fn paint(page: &Page, color: bool) -> String {
    let mut out = String::new();
    for line in page.lines() {
        for (label, text) in line {
            let text = safe(text);
            match style(*label).filter(|_| color) {
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

const fn style(label: Label) -> Option<&'static str> {
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

    #[test]
    fn colours_change_no_word() {
        let mut page = Page::default();
        page.spans([(Label::Bad, "✗".to_owned()), (Label::Plain, " title  ".to_owned())]);
        assert_eq!(paint(&page, true), "\u{1b}[1;31m✗\u{1b}[0m title\n");
        assert_eq!(paint(&page, false), "✗ title\n");
    }

    #[test]
    fn a_help_page_is_as_wide_as_the_screen_and_not_wider_than_people_read() {
        for (variable, terminal, want) in [
            ("", None, 80),
            ("", Some(132), 100),
            ("", Some(64), 64),
            ("72", Some(132), 72),
            ("500", None, 100),
            ("0", Some(90), 90),
            ("wide", None, 80),
        ] {
            let env = [("COLUMNS".to_owned(), variable.to_owned())].into();
            assert_eq!(columns(&env, terminal), want, "{variable:?} {terminal:?}");
        }
    }

    #[test]
    fn escapes_from_outside_stay_words() {
        let mut page = Page::default();
        page.line(Label::Faint, "\u{1b}[2J");
        assert_eq!(paint(&page, true), "\u{1b}[2m\\u{1b}[2J\u{1b}[0m\n");
    }
}
