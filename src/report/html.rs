//! Pages for a browser: one file each, nothing fetched, no script. Everything that is not ours goes through [`Html::text`],
//! which leaves nothing of it to be markup. To add a page: a file here that writes its sections into an [`Html`].

use super::page::layout::Style;
use super::page::{Label, Page};
use super::words::{Words, safe};

pub mod check;
pub mod fleet;

/// How all pages look: light and dark, narrow and wide, on paper.
const STYLE: &str = include_str!("html/page.css");

/// A page as it is written.
#[derive(Debug, Default)]
pub struct Html {
    out: String,
}

impl Html {
    /// The frame of a page up to its contents. `sections`: the ids and names of what can be jumped to.
    pub fn begin(words: &Words, title: &str, sections: &[(&'static str, String)]) -> Self {
        let mut html = Self::default();
        html.raw("<!doctype html>\n<html lang=\"").raw(words.lang().tag());
        html.raw(
            "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src \
             data:\">\n<title>",
        );
        html.text(title).raw("</title>\n<style>\n").raw(STYLE).raw("</style>\n</head>\n<body>\n");
        html.raw("<a class=\"skip\" href=\"#main\">")
            .text(&words.key("html-skip"))
            .raw("</a>\n<header>\n<h1>");
        html.text(title).raw("</h1>\n");
        if !sections.is_empty() {
            html.raw("<nav aria-label=\"").text(&words.key("html-contents")).raw("\"><ul>\n");
            for (id, name) in sections {
                html.raw("<li><a href=\"#").raw(id).raw("\">").text(name).raw("</a></li>\n");
            }
            html.raw("</ul></nav>\n");
        }
        html.raw("</header>\n<main id=\"main\">\n");
        html
    }

    /// The end of the frame, and the whole page.
    pub fn end(mut self, words: &Words) -> String {
        let by = text!("html-by", version = env!("CARGO_PKG_VERSION"));
        self.raw("</main>\n<footer><p>").text(&words.say(&by)).raw("</p></footer>\n</body>\n</html>\n");
        self.out
    }

    /// Our own markup.
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Words of anybody: shown as they are, what is secret hidden, what would not be seen spelled out.
    pub fn text(&mut self, words: &str) -> &mut Self {
        let words = safe(words);
        let mut rest = words.as_ref();
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            self.out.push_str(&rest[..at]);
            self.out.push_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            });
            rest = &rest[at + 1..];
        }
        self.out.push_str(rest);
        self
    }

    /// Lines of anybody, one below the other.
    pub fn lines<'a>(&mut self, lines: impl IntoIterator<Item = &'a str>) -> &mut Self {
        for (index, line) in lines.into_iter().enumerate() {
            self.raw(if index > 0 { "\n" } else { "" }).text(line);
        }
        self
    }

    /// The words in an element without attributes.
    pub fn element(&mut self, name: &'static str, words: &str) -> &mut Self {
        self.raw("<").raw(name).raw(">").text(words).raw("</").raw(name).raw(">")
    }

    /// A section with its heading, to be ended by [`Html::close`].
    pub fn section(&mut self, id: &'static str, heading: &str) -> &mut Self {
        self.raw("<section aria-labelledby=\"").raw(id).raw("\">\n<h2 id=\"").raw(id).raw("\">");
        self.text(heading).raw("</h2>\n")
    }

    /// The end of a section.
    pub fn close(&mut self) -> &mut Self {
        self.raw("</section>\n")
    }

    /// A pair of a list of terms.
    pub fn pair(&mut self, term: &str, words: &str) -> &mut Self {
        self.element("dt", term).element("dd", words).raw("\n")
    }

    /// The heads of the columns of a table, up to its rows.
    pub fn heads(&mut self, heads: impl IntoIterator<Item = String>) -> &mut Self {
        self.raw("<thead><tr>");
        for head in heads {
            self.raw("<th scope=\"col\">").text(&head).raw("</th>");
        }
        self.raw("</tr></thead>\n<tbody>\n")
    }

    /// Words that are shown after a click on a line.
    pub fn folded(&mut self, line: &str, words: &str) -> &mut Self {
        self.raw("<details>").element("summary", line).element("p", words).raw("</details>\n")
    }

    /// A line to type.
    pub fn command(&mut self, line: &str) -> &mut Self {
        self.raw("<pre><code>").text(line).raw("</code></pre>\n")
    }

    /// A page of a terminal, with what its words are.
    pub fn page(&mut self, page: &Page) -> &mut Self {
        self.raw("<pre>");
        for line in page.laid(&Style::default()) {
            for (label, words) in &line {
                match class(*label) {
                    Some(class) => {
                        self.raw("<span class=\"").raw(class).raw("\">").text(words).raw("</span>")
                    }
                    None => self.text(words),
                };
            }
            self.raw("\n");
        }
        self.raw("</pre>\n")
    }
}

/// What a label is called in the style.
pub const fn class(label: Label) -> Option<&'static str> {
    match label {
        Label::Plain => None,
        Label::Heading => Some("heading"),
        Label::Good => Some("good"),
        Label::Bad => Some("bad"),
        Label::Caution => Some("caution"),
        Label::Faint => Some("faint"),
        Label::Command => Some("command"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_from_outside_becomes_markup_or_hides() {
        let mut html = Html::default();
        html.text("<script>alert('1')</script> & \"x\" \u{202e}\u{1b}[2J");
        assert_eq!(
            html.out,
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot; \\u{202e}\\u{1b}[2J"
        );
    }

    proptest! {
        #[test]
        fn no_text_opens_an_element(text in "\\PC*") {
            let mut html = Html::default();
            html.text(&text);
            prop_assert!(!html.out.contains(['<', '>', '"', '\'']));
        }
    }
}
