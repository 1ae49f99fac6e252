//! Words of a command as Go splits CC, CGO_CFLAGS and the like: blanks part, single or double quotes hold together at
//! the *start* of a word, and nothing is an escape (`cmd/internal/quoted`).

/// The words. A quote that never ends is an error in Go; here the rest becomes one word.
pub fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches(BLANKS);
    while let Some(first) = rest.chars().next() {
        let (word, after) = if first == '"' || first == '\'' {
            let inner = &rest[1..];
            inner.split_once(first).unwrap_or((inner, ""))
        } else {
            rest.split_at(rest.find(BLANKS).unwrap_or(rest.len()))
        };
        words.push(word.to_owned());
        rest = after.trim_start_matches(BLANKS);
    }
    words
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_as_go_splits_them() {
        let rows: &[(&str, &[&str])] = &[
            ("", &[]),
            ("  ", &[]),
            ("gcc", &["gcc"]),
            ("ccache gcc -m64", &["ccache", "gcc", "-m64"]),
            ("\"C:\\Program Files\\gcc.exe\" -g", &["C:\\Program Files\\gcc.exe", "-g"]),
            ("'a b'\t\"\" c", &["a b", "", "c"]),
            ("-DX=\"a b\"", &["-DX=\"a", "b\""]),
            ("'never ends", &["never ends"]),
        ];
        for (text, words) in rows {
            assert_eq!(split(text), *words, "{text:?}");
        }
    }
}
