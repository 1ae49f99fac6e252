//! The signs of a page, and what stands in their place where a screen has none of them or somebody listens to it. Pure.

use crate::report::words::Words;

/// A sign by itself, in ASCII, and the key of its word.
const SIGNS: [(&str, &str, &str); 8] = [
    ("✓", "+", "report-sign-ok"),
    ("✗", "x", "report-sign-failed"),
    ("!", "!", "report-sign-warning"),
    ("?", "?", "report-sign-unknown"),
    ("·", "-", "report-sign-note"),
    ("…", "~", "report-sign-waiting"),
    ("-", ".", "report-sign-skipped"),
    ("↺", "<", "report-sign-undone"),
];

/// Signs inside a text.
const INSIDE: [(char, &str); 13] = [
    ('✓', "+"),
    ('✗', "x"),
    ('·', "-"),
    ('…', "..."),
    ('↺', "<"),
    ('→', "->"),
    ('—', "--"),
    ('–', "-"),
    ('×', "x"),
    ('“', "\""),
    ('”', "\""),
    ('‘', "'"),
    ('’', "'"),
];

/// Which signs a reader has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// All of them.
    #[default]
    Unicode,
    /// Those of ASCII.
    Ascii,
    /// None: a word each, in the order of the signs.
    Words(Vec<String>),
}

impl Signs {
    /// A word for each sign.
    pub fn words(words: &Words) -> Self {
        Self::Words(SIGNS.iter().map(|it| words.say(&crate::text::Text::new(it.2))).collect())
    }

    /// Whether there are none.
    pub const fn are_words(&self) -> bool {
        matches!(self, Self::Words(_))
    }

    /// A piece of a line: one that is a sign and nothing else keeps its width in ASCII.
    pub fn piece(&self, text: &str) -> String {
        let sign = SIGNS.iter().position(|it| it.0 == text.trim());
        match (self, sign) {
            (Self::Ascii, Some(it)) => text.replace(SIGNS[it].0, SIGNS[it].1),
            (Self::Words(all), Some(it)) => all.get(it).cloned().unwrap_or_default(),
            _ => self.text(text),
        }
    }

    /// A text with signs inside.
    pub fn text(&self, text: &str) -> String {
        match self {
            Self::Unicode => text.to_owned(),
            Self::Words(_) => text.replace(" · ", ", "),
            Self::Ascii => text.chars().map(ascii).collect(),
        }
    }
}

fn ascii(c: char) -> String {
    INSIDE.iter().find(|it| it.0 == c).map_or_else(|| c.to_string(), |it| it.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lang;

    #[test]
    fn every_sign_has_one_of_ascii_as_wide_and_a_word_in_both_languages() {
        let ascii: Vec<String> = SIGNS.iter().map(|it| Signs::Ascii.piece(it.0)).collect();
        assert!(ascii.iter().all(|it| it.is_ascii() && it.len() == 1), "{ascii:?}");
        let once: std::collections::BTreeSet<_> = ascii.iter().collect();
        assert_eq!(once.len(), SIGNS.len(), "{ascii:?}");
        for lang in Lang::ALL {
            let words = Signs::words(&Words::of(lang));
            for sign in SIGNS {
                let word = words.piece(sign.0);
                assert!(word.chars().all(char::is_alphanumeric) && word.chars().count() > 1, "{word}");
            }
        }
    }

    #[test]
    fn a_sign_inside_a_text_is_spelt_where_it_has_no_column() {
        assert_eq!(Signs::Ascii.text("a · b… “c” → d"), "a - b... \"c\" -> d");
        assert_eq!(Signs::Ascii.piece("  … "), "  ~ ", "it stands in a column");
        assert_eq!(Signs::Words(vec![]).text("1 · 2"), "1, 2");
        assert_eq!(Signs::Ascii.text("编译器"), "编译器", "no word is lost");
    }
}
