//! `Page`: lines of labelled words. Renderers say what a word *is* (good, a command, …); only `cli::ui` knows colours,
//! so plain, coloured and tested output come from one code path. Also the measuring: 80 columns, wide characters as two.

use std::borrow::Cow;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthStr;

mod breaks;

/// Columns that a page is made for.
pub const COLUMNS: usize = 80;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Label {
    /// Running text.
    #[default]
    Plain,
    /// A heading.
    Heading,
    /// Good.
    Good,
    /// Broken.
    Bad,
    /// Will bite, or could not be seen.
    Caution,
    /// Of little weight.
    Faint,
    /// Something to type.
    Command,
}

/// A piece of a line.
pub type Span = (Label, String);

/// Labelled lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    lines: Vec<Vec<Span>>,
}

impl Page {
    /// Plain text, line by line.
    pub fn of_text(text: &str) -> Self {
        Self { lines: text.lines().map(|it| vec![(Label::Plain, it.to_owned())]).collect() }
    }

    /// One more line of one label.
    pub fn line(&mut self, label: Label, text: impl Into<String>) {
        self.lines.push(vec![(label, text.into())]);
    }

    /// One more line.
    pub fn spans(&mut self, spans: impl IntoIterator<Item = Span>) {
        self.lines.push(spans.into_iter().collect());
    }

    /// An empty line, unless there is one already or nothing stands above.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|it| !it.is_empty()) {
            self.lines.push(Vec::new());
        }
    }

    /// `head`, then `text` wrapped so that its further lines stand under its first.
    pub fn hanging(&mut self, head: Vec<Span>, label: Label, text: &str) {
        let indent: usize = head.iter().map(|(_, it)| width(it)).sum();
        let mut head = Some(head);
        for piece in wrap(text, COLUMNS.saturating_sub(indent)) {
            let mut line = head.take().unwrap_or_else(|| vec![(Label::Plain, " ".repeat(indent))]);
            line.push((label, piece));
            self.lines.push(line);
        }
    }

    /// A command to copy. A long one goes on in the next line as a shell takes it, so that it can be pasted.
    pub fn command(&mut self, indent: usize, command: &str) {
        let (safe, mut before) = (super::words::safe(command).into_owned(), indent);
        let mut lines: Vec<String> = Vec::new();
        for word in shell_words(&safe) {
            match lines.last_mut() {
                Some(line) if before + width(line) + width(word) + 3 <= COLUMNS => {
                    *line = format!("{line} {word}");
                }
                _ => {
                    before = if lines.is_empty() { indent } else { indent + 2 };
                    lines.push(word.to_owned());
                }
            }
        }
        let (last, on) = (lines.len().saturating_sub(1), if is_cmdlet(command) { " `" } else { " \\" });
        for (index, line) in lines.into_iter().enumerate() {
            let space = " ".repeat(if index == 0 { indent } else { indent + 2 });
            let go_on = if index == last { "" } else { on };
            self.spans([(Label::Plain, space), (Label::Command, line + go_on)]);
        }
    }

    /// Everything of another page below this one.
    pub fn append(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    /// The lines.
    pub fn lines(&self) -> &[Vec<Span>] {
        &self.lines
    }

    /// Whether nothing stands here.
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Without labels; no space at the ends of lines.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            out.extend(line.iter().map(|(_, it)| super::words::safe(it)));
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
        }
        out
    }
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

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text with spaces up to `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Breaks a text into lines of at most `columns` where Unicode allows it: no line begins with a closing mark nor ends
/// with an opening one. A word that is too long stays whole, as does what is there to be typed, so that it can be copied.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let options = Options::new(columns)
        .word_separator(WordSeparator::Custom(breaks::words))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false);
    let lines = text.lines().flat_map(|it| textwrap::wrap(it, &options));
    let mut lines: Vec<String> = lines.map(Cow::into_owned).collect();
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Whether a line is one for PowerShell: `New-NetFirewallRule`, …
fn is_cmdlet(command: &str) -> bool {
    let name = command.split(' ').next().unwrap_or_default();
    let capital = |it: &str| it.starts_with(|c: char| c.is_ascii_uppercase());
    name.split_once('-').is_some_and(|(verb, noun)| capital(verb) && capital(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_between_wide_characters() {
        let table: [(&str, usize, &[&str]); 11] = [
            ("", 10, &[""]),
            ("one two three", 7, &["one two", "three"]),
            ("/a/very/long/path is kept", 8, &["/a/very/long/path", "is kept"]),
            ("缺少头文件，请安装", 10, &["缺少头文", "件，请安装"]),
            ("安装 libxrandr-dev 后再试。", 14, &["安装", "libxrandr-dev", "后再试。"]),
            ("two\nparagraphs", 40, &["two", "paragraphs"]),
            ("编译器……没有找到", 7, &["编译", "器……没", "有找到"]),
            ("覆盖率为百分之五十％。", 20, &["覆盖率为百分之五", "十％。"]),
            ("设置［代理］后再试", 6, &["设置", "［代", "理］后", "再试"]),
            ("it stands in /usr/lib/x! ", 14, &["it stands in", "/usr/lib/x!"]),
            ("文件在 /usr/lib/x，删除它", 12, &["文件在", "/usr/lib/x，", "删除它"]),
        ];
        for (text, columns, want) in table {
            assert_eq!(wrap(text, columns), want, "{text}");
        }
    }

    #[test]
    fn a_long_command_can_be_pasted() {
        let mut page = Page::default();
        page.command(4, "apt-get install -o 'a b' one-long-package two-long-package three-long-package four");
        assert_eq!(
            page.plain(),
            "    apt-get install -o 'a b' one-long-package two-long-package \\\n      three-long-package four\n"
        );
        let mut page = Page::default();
        page.command(
            4,
            &format!("New-NetFirewallRule -DisplayName 'X server' {}", "-Protocol TCP ".repeat(4)),
        );
        let first = page.plain().lines().next().map(str::to_owned);
        assert!(first.is_some_and(|it| it.ends_with(" `")), "PowerShell goes on in its own way");
    }

    #[test]
    fn columns_are_measured_with_wide_characters() {
        assert_eq!(pad("编译器", 8), "编译器  ");
        let mut page = Page::default();
        page.hanging(vec![(Label::Plain, "  编译器  ".into())], Label::Plain, &"字".repeat(40));
        assert!(page.plain().lines().all(|it| width(it) <= COLUMNS), "{}", page.plain());
        assert!(page.plain().lines().nth(1).is_some_and(|it| it.starts_with("          字")));
    }
}
