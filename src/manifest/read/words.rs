//! What the TOML reader says, in our words. Pure. What is not known here is passed on as it is, in English: to add one,
//! a line in [`SAID`] and its message in both languages.

use crate::text::{Arg, Text};

/// What it says, and the message for it.
const SAID: &[(&str, &str)] = &[
    ("string values must be quoted", "manifest-toml-unquoted"),
    ("duplicate key", "manifest-toml-duplicate"),
    ("key with no value", "manifest-toml-no-assignment"),
    ("missing assignment between key-value pairs", "manifest-toml-no-assignment"),
    ("missing value for key", "manifest-toml-no-value"),
    ("missing value", "manifest-toml-no-value"),
    ("missing comma between array elements", "manifest-toml-no-comma"),
    ("missing comma between key-value pairs", "manifest-toml-no-comma"),
    ("unclosed array", "manifest-toml-unclosed-array"),
    ("unclosed table", "manifest-toml-unclosed-table"),
    ("unclosed array table", "manifest-toml-unclosed-table"),
    ("unclosed inline table", "manifest-toml-unclosed-inline"),
    ("invalid basic string", "manifest-toml-unclosed-string"),
    ("invalid unquoted key", "manifest-toml-bad-key"),
    ("unexpected key or value", "manifest-toml-unexpected"),
    ("unexpected content", "manifest-toml-unexpected"),
    ("newline", "manifest-toml-newline"),
    ("key", "manifest-toml-key"),
    ("value", "manifest-toml-value"),
    ("literal string", "manifest-toml-string"),
    ("basic string", "manifest-toml-string"),
    ("unexpected leading zero", "manifest-toml-zero"),
    ("extra `=`", "manifest-toml-equals"),
];

/// The key that is missing, where that is what it says.
pub fn missing(said: &str) -> Option<&str> {
    said.strip_prefix("missing field `").and_then(|it| it.split('`').next())
}

/// A message of the reader: what is wrong and, where it says so, what was expected.
pub fn why(said: &str) -> Text {
    if let Some(key) = missing(said) {
        return text!("manifest-missing-key", key = key);
    }
    if let Some(value) = said.strip_prefix('`').and_then(|it| it.strip_suffix("` is not a version")) {
        return text!("manifest-no-version", value = value);
    }
    let said = said.strip_suffix(", expected nothing").unwrap_or(said);
    let Some((what, expected)) = said.split_once(", expected ") else {
        return text!("manifest-toml-said", what = word(said));
    };
    if let Some(found) = what.strip_prefix("invalid type: ") {
        return text!("manifest-wrong-type", found = found, expected = expected);
    }
    let all = expected.split(", ").map(word).reduce(|first, second| {
        Arg::Text(Box::new(text!("manifest-toml-or", first = first, second = second)))
    });
    let all = all.unwrap_or_else(|| Arg::Word(expected.to_owned()));
    text!("manifest-toml-expected", what = word(what), expected = all)
}

fn word(said: &str) -> Arg {
    let known = SAID.iter().find(|it| it.0 == said).map(|it| Arg::Text(Box::new(Text::new(it.1))));
    known.unwrap_or_else(|| Arg::Word(said.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Lang, Words};

    #[test]
    fn what_the_reader_says_is_said_in_both_languages() {
        for (text, english, chinese) in [
            (
                "a = one",
                "this is not a valid value, expected a string in quotes",
                "此处不是有效的值（应为：带引号的字符串）",
            ),
            (
                "a = 1 b = 2",
                "nothing more is allowed here, expected the end of the line or `#`",
                "此处不应再有内容（应为：行尾、`#`）",
            ),
            ("a = [1, 2", "the array is not closed, expected `]`", "数组没有结束（应为：`]`）"),
            ("[[a]", "the table header is not closed, expected `]`", "表头没有结束（应为：`]`）"),
            ("a", "the key has no value, expected `=`", "键没有值（应为：`=`）"),
            ("a = 1\na = 2", "the key is defined twice", "键重复出现"),
            ("a = \"x", "the string is not closed, expected `\"`", "字符串没有结束（应为：`\"`）"),
            ("a = {b = 1", "the inline table is not closed, expected `}`", "内联表没有结束（应为：`}`）"),
            ("a == 1", "there is one = too many", "多余的 ="),
            ("a = 01", "a number must not start with 0", "数字不能以 0 开头"),
        ] {
            let error = toml::from_str::<toml::Table>(text).expect_err("broken");
            let said = [Lang::En, Lang::ZhCn].map(|it| Words::of(it).say(&why(error.message())));
            assert_eq!(said, [english, chinese], "{text}");
        }
    }
}
