//! `Page`: lines of labelled words. Renderers say what a word *is* (good, a command, …); only `cli::ui` knows colours,
//! so plain, coloured and tested output come from one code path. How wide it is and which signs it has is decided when it
//! is laid out (`layout`), for whoever reads it. Also the measuring: wide characters as two.

use std::borrow::Cow;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthStr;

mod breaks;
pub mod layout;
pub mod signs;

use layout::{Line, Style};

/// Columns that a page is made for where nobody says how wide the reader's screen is.
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

/// Labelled lines, not laid out yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    lines: Vec<Line>,
}

impl Page {
    /// Plain text, line by line.
    pub fn of_text(text: &str) -> Self {
        let line = |it: &str| Line::Spans(vec![(Label::Plain, it.to_owned())]);
        Self { lines: text.lines().map(line).collect() }
    }

    /// One more line of one label.
    pub fn line(&mut self, label: Label, text: impl Into<String>) {
        self.spans([(label, text.into())]);
    }

    /// One more line, as it is: it is never broken.
    pub fn spans(&mut self, spans: impl IntoIterator<Item = Span>) {
        self.lines.push(Line::Spans(spans.into_iter().collect()));
    }

    /// One more line of parts that stay whole each; what is too long goes on in the next line.
    pub fn flow(&mut self, parts: impl IntoIterator<Item = Span>) {
        self.lines.push(Line::Flow(parts.into_iter().collect()));
    }

    /// An empty line, unless there is one already or nothing stands above.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|it| *it != Line::GAP) {
            self.lines.push(Line::GAP);
        }
    }

    /// `head`, then `text` wrapped so that its further lines stand under its first.
    pub fn hanging(&mut self, head: Vec<Span>, label: Label, text: &str) {
        self.lines.push(Line::Hanging { head, label, text: text.to_owned() });
    }

    /// A command to copy. A long one goes on in the next line as a shell takes it, so that it can be pasted.
    pub fn command(&mut self, indent: usize, command: &str) {
        self.lines.push(Line::Command { indent, command: super::words::safe(command).into_owned() });
    }

    /// Everything of another page below this one.
    pub fn append(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    /// The lines, as somebody reads them.
    pub fn laid(&self, style: &Style) -> Vec<Vec<Span>> {
        self.lines.iter().flat_map(|it| it.laid(style)).collect()
    }

    /// Whether nothing stands here.
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Without labels; no space at the ends of lines.
    pub fn plain(&self) -> String {
        self.text(&Style::default())
    }

    /// The same for another reader.
    pub fn text(&self, style: &Style) -> String {
        let mut out = String::new();
        for line in self.laid(style) {
            out.extend(line.iter().map(|(_, it)| super::words::safe(it)));
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
        }
        out
    }
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
