//! How a page stands on somebody's screen: how wide, with which signs. Pure.

use super::signs::Signs;
use super::{COLUMNS, Label, Span, width, wrap};

/// The least room that a text gets beside its head; with less, it begins below it.
const ROOM: usize = 24;
/// How far a text stands in that begins below its head.
const BELOW: usize = 6;

/// Who reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the screen.
    pub columns: usize,
    /// The signs.
    pub signs: Signs,
}

impl Default for Style {
    fn default() -> Self {
        Self { columns: COLUMNS, signs: Signs::Unicode }
    }
}

/// A line of a page before it is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// As it is.
    Spans(Vec<Span>),
    /// Parts that stay whole.
    Flow(Vec<Span>),
    /// A head, and a text beside it.
    Hanging { head: Vec<Span>, label: Label, text: String },
    /// Something to type.
    Command { indent: usize, command: String },
}

impl Line {
    /// An empty line.
    pub const GAP: Self = Self::Spans(Vec::new());

    /// The lines that become of it.
    pub fn laid(&self, style: &Style) -> Vec<Vec<Span>> {
        let signs = &style.signs;
        if signs.are_words() {
            return vec![self.in_words(signs)];
        }
        let of = |(label, text): &Span| (*label, signs.piece(text));
        match self {
            Self::Spans(spans) => vec![spans.iter().map(of).collect()],
            // What stands between two parts is no sign, alone as it is.
            Self::Flow(parts) => flow(parts.iter().map(|it| (it.0, signs.text(&it.1))), style.columns),
            Self::Hanging { head, label, text } => {
                let head = head.iter().map(of).collect();
                hanging(head, *label, &signs.text(text), style.columns)
            }
            Self::Command { indent, command } => typed(*indent, command, style.columns),
        }
    }

    /// One line without a drawing: a sign is its word, and what stands in columns has colons between.
    fn in_words(&self, signs: &Signs) -> Vec<Span> {
        match self {
            Self::Spans(parts) => {
                // A line that stands in is no different to who listens.
                let blank = parts.first().is_some_and(|it| it.1.trim().is_empty()) && parts.len() > 1;
                parts.iter().skip(blank.into()).map(|(label, text)| (*label, signs.piece(text))).collect()
            }
            Self::Flow(parts) => parts.iter().map(|(label, text)| (*label, signs.text(text))).collect(),
            Self::Hanging { head, label, text } => {
                let mut all = String::new();
                let head = head.iter().map(|it| signs.piece(it.1.trim()));
                for part in head.chain([signs.text(text.trim())]).filter(|it| !it.is_empty()) {
                    if !all.is_empty() {
                        all.push_str(if all.ends_with([':', '：']) { " " } else { ": " });
                    }
                    all.push_str(&part);
                }
                vec![(*label, all.replace('\n', " "))]
            }
            Self::Command { command, .. } => vec![(Label::Command, command.clone())],
        }
    }
}

fn flow(parts: impl Iterator<Item = Span>, columns: usize) -> Vec<Vec<Span>> {
    let (mut lines, mut used) = (vec![Vec::new()], 0);
    for (label, part) in parts {
        let long = width(part.trim_end());
        if used > 0 && used + long > columns {
            lines.push(Vec::new());
            used = 0;
        }
        used += width(&part);
        if let Some(line) = lines.last_mut() {
            line.push((label, part));
        }
    }
    lines
}

fn hanging(head: Vec<Span>, label: Label, text: &str, columns: usize) -> Vec<Vec<Span>> {
    let mut indent: usize = head.iter().map(|(_, it)| width(it)).sum();
    let mut lines = Vec::new();
    let mut head = Some(head);
    if indent > BELOW && indent + ROOM > columns {
        lines.extend(head.take().filter(|it| it.iter().any(|(_, part)| !part.trim().is_empty())));
        indent = BELOW.min(columns / 4);
    }
    for piece in wrap(text, columns.saturating_sub(indent).max(ROOM / 3)) {
        let mut line = head.take().unwrap_or_else(|| vec![(Label::Plain, " ".repeat(indent))]);
        line.push((label, piece));
        lines.push(line);
    }
    lines
}

fn typed(indent: usize, command: &str, columns: usize) -> Vec<Vec<Span>> {
    let mut before = indent;
    let mut lines: Vec<String> = Vec::new();
    for word in shell_words(command) {
        match lines.last_mut() {
            Some(line) if before + width(line) + width(word) + 3 <= columns => {
                *line = format!("{line} {word}");
            }
            _ => {
                before = if lines.is_empty() { indent } else { indent + 2 };
                lines.push(word.to_owned());
            }
        }
    }
    let (last, on) = (lines.len().saturating_sub(1), if is_cmdlet(command) { " `" } else { " \\" });
    let line = |(index, line): (usize, String)| {
        let space = " ".repeat(if index == 0 { indent } else { indent + 2 });
        let go_on = if index == last { "" } else { on };
        vec![(Label::Plain, space), (Label::Command, line + go_on)]
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// Splits a command where a shell would let it go on in the next line: at spaces outside quotes.
fn shell_words(command: &str) -> Vec<&str> {
    let (mut words, mut start, mut quote) = (Vec::new(), 0, None);
    for (at, c) in command.char_indices() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ' ') => {
                words.push(&command[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&command[start..]);
    words.retain(|it| !it.is_empty());
    words
}

/// Whether a line is one for PowerShell: `New-NetFirewallRule`, …
fn is_cmdlet(command: &str) -> bool {
    let name = command.split(' ').next().unwrap_or_default();
    let capital = |it: &str| it.starts_with(|c: char| c.is_ascii_uppercase());
    name.split_once('-').is_some_and(|(verb, noun)| capital(verb) && capital(noun))
}

#[cfg(test)]
mod tests {
    use super::super::Page;
    use super::*;

    fn page() -> Page {
        let head = |title: &str| {
            vec![(Label::Plain, "  ".into()), (Label::Bad, "✗".into()), (Label::Plain, format!(" {title}  "))]
        };
        let mut page = Page::default();
        page.hanging(
            head("C headers of the window"),
            Label::Plain,
            "X11/extensions/Xrandr.h is not there, 没有找到头文件",
        );
        page.hanging(vec![(Label::Bad, "error: ".into())], Label::Plain, "it is\nso");
        page.flow(["1 problem · ", "2 warnings · ", "3 ok"].map(|it| (Label::Plain, it.to_owned())));
        page.gap();
        page.command(2, "sudo apt-get install one two three");
        page
    }

    fn shown(columns: usize, signs: Signs) -> String {
        page().text(&Style { columns, signs })
    }

    #[test]
    fn a_page_is_as_wide_as_the_screen_down_to_twenty_columns() {
        for columns in [20, 40, 60, 80, 100] {
            let text = shown(columns, Signs::Unicode);
            // A word is never torn apart.
            let most = columns.max(width("X11/extensions/Xrandr.h") + BELOW);
            assert!(text.lines().all(|it| width(it) <= most), "{columns}\n{text}");
        }
        assert_eq!(
            shown(40, Signs::Unicode),
            "  ✗ C headers of the window\n      X11/extensions/Xrandr.h is not\n      there, 没有找到头文件\nerror: it is\n       so\n1 problem · 2 warnings · 3 ok\n\n  sudo apt-get install one two three\n"
        );
        assert!(shown(20, Signs::Unicode).contains("1 problem ·\n2 warnings · 3 ok\n"));
    }

    #[test]
    fn what_stands_between_two_parts_is_no_sign() {
        let mut page = Page::default();
        page.flow(["2 ok", " · ", "1 note"].map(|it| (Label::Plain, it.to_owned())));
        let shown = |signs| page.text(&Style { columns: 80, signs });
        let words = Signs::words(&crate::report::Words::of(crate::report::Lang::En));
        assert_eq!((&*shown(words), &*shown(Signs::Ascii)), ("2 ok, 1 note\n", "2 ok - 1 note\n"));
    }

    #[test]
    fn in_words_a_fact_is_one_line_without_a_sign() {
        let words = Signs::words(&crate::report::Words::of(crate::report::Lang::En));
        assert_eq!(
            shown(20, words),
            "failed: C headers of the window: X11/extensions/Xrandr.h is not there, 没有找到头文件\nerror: it is so\n1 problem, 2 warnings, 3 ok\n\nsudo apt-get install one two three\n"
        );
    }

    #[test]
    fn in_ascii_nothing_moves_and_every_sign_is_another() {
        let (ascii, all) = (shown(80, Signs::Ascii), shown(80, Signs::Unicode));
        assert!(ascii.starts_with("  x C headers"), "{ascii}");
        assert_eq!(ascii.lines().map(width).collect::<Vec<_>>(), all.lines().map(width).collect::<Vec<_>>());
    }
}
