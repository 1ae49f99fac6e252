//! Where a line may be broken: at spaces and between wide characters, and never inside something to type, which has to be
//! whole to be copied. Pure.

use std::ops::Range;

use textwrap::WordSeparator;
use textwrap::core::Word;
use unicode_width::UnicodeWidthChar;

/// A longer quotation is prose, and may be broken.
const QUOTATION: usize = 60;

/// Programs whose name begins something to type, with the words that follow; none where anything may follow.
const COMMANDS: &[(&str, &[&str])] = &[
    (
        "fyne-setup",
        &[
            "apply",
            "check",
            "diagnose",
            "env",
            "explain",
            "history",
            "install",
            "manifest",
            "plan",
            "prove",
            "repair",
            "run",
            "schema",
            "self",
            "undo",
            "uninstall",
            "verify",
        ],
    ),
    (
        "go",
        &[
            "build", "clean", "env", "get", "install", "list", "mod", "run", "test", "tool", "version",
            "vet", "work",
        ],
    ),
    ("git", &["clone", "config"]),
    ("apt-get", &["--fix-broken", "--reinstall", "install", "update"]),
    ("sudo", &[]),
    ("export", &[]),
    ("unset", &[]),
];

/// The words between which a line may be broken.
pub(super) fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let whole = whole(line);
    let (mut parts, mut start, mut end) = (Vec::new(), 0, 0);
    for spaced in WordSeparator::AsciiSpace.find_words(line) {
        end += spaced.word.len();
        let space = end..end + spaced.whitespace.len();
        end = space.end;
        if end < line.len() && whole.iter().any(|it| it.start < space.start && space.end < it.end) {
            continue;
        }
        parts.push(Word::from(&line[start..end]));
        start = end;
    }
    Box::new(parts.into_iter().flat_map(wide))
}

/// A word in the pieces that stand beside wide characters. Unicode alone would tear a path apart behind each `/`, and tie it to
/// the word before it.
fn wide(spaced: Word<'_>) -> Vec<Word<'_>> {
    let (text, mut words, mut start, mut end) = (spaced.word, Vec::new(), 0, 0);
    for part in WordSeparator::UnicodeBreakProperties.find_words(text) {
        end += part.word.len() + part.whitespace.len();
        let (before, after) = (text[..end].chars().next_back(), text[end..].chars().next());
        if is_wide(before) || is_wide(after) || after.is_none() {
            words.push(Word::from(&text[start..end]));
            start = end;
        }
    }
    match words.last_mut() {
        Some(last) => last.whitespace = spaced.whitespace,
        None => words.push(spaced),
    }
    words
}

fn is_wide(c: Option<char>) -> bool {
    c.is_some_and(|it| it.width() == Some(2))
}

/// What stays whole: quotations, and commands with their arguments.
fn whole(line: &str) -> Vec<Range<usize>> {
    let quoted = quotations(line);
    let typed = commands(line, &quoted);
    quoted.into_iter().chain(typed).collect()
}

fn quotations(line: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in line.char_indices().filter(|it| matches!(it.1, '"' | '\'' | '`')) {
        let inside = found.last().is_some_and(|it| at < it.end);
        if inside || line[..at].ends_with(char::is_alphanumeric) {
            continue;
        }
        let rest = &line[at + 1..];
        let closes = |it: &(usize, &str)| {
            let (before, after) = (&rest[..it.0], &rest[it.0 + 1..]);
            !before.ends_with(' ') && !after.starts_with(|c: char| c.is_ascii_alphanumeric())
        };
        if let Some((len, _)) = rest.match_indices(c).find(closes).filter(|it| it.0 <= QUOTATION) {
            found.push(at..at + len + 2);
        }
    }
    found
}

fn commands(line: &str, quoted: &[Range<usize>]) -> Vec<Range<usize>> {
    let words: Vec<(usize, &str)> =
        line.split(' ').map(|it| (it.as_ptr() as usize - line.as_ptr() as usize, it)).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let last = arguments(&words[at..], quoted);
        if last > 0 {
            let end = words[at + last].0 + words[at + last].1.len();
            found.push(words[at].0..end);
        }
        at += last + 1;
    }
    found
}

/// How many of the words behind the first belong to the command that it begins; none where it begins none.
fn arguments(words: &[(usize, &str)], quoted: &[Range<usize>]) -> usize {
    let bare =
        |it: &str| it.trim_matches(|c: char| !c.is_ascii_alphanumeric() && !"-/.".contains(c)).to_owned();
    let name = bare(words[0].1);
    let (Some((_, follow)), Some(next)) = (COMMANDS.iter().find(|it| it.0 == name), words.get(1)) else {
        return 0;
    };
    let begins = match name.as_str() {
        "export" | "unset" => is_argument(next.1),
        _ => follow.is_empty() || follow.contains(&bare(next.1).as_str()),
    };
    if ends(words[0].1) || !begins {
        return 0;
    }
    let inside =
        |(at, word): &(usize, &str)| quoted.iter().any(|it| it.start < at + word.len() && *at < it.end);
    let mut last = 1;
    while let Some(word) = words.get(last + 1) {
        if ends(words[last].1) && !inside(&words[last]) {
            break;
        }
        let two = matches!(bare(words[last].1).as_str(), "mod" | "work" | "manifest" | "config" | "apt-get")
            || (name != "fyne-setup" && name != "go" && words[last].1 == "install");
        if !two && !inside(word) && !is_argument(word.1) {
            break;
        }
        last += 1;
    }
    last
}

/// Whether a sentence goes on behind this word, and not the command.
fn ends(word: &str) -> bool {
    word.ends_with([',', ';', ':', '.', ')', '?', '!']) && !word.ends_with("...")
}

/// Whether it looks like an argument, and not like a word of a sentence.
fn is_argument(word: &str) -> bool {
    let sign = |c: char| "-/@=$\"'_+&|".contains(c) || c.is_ascii_digit();
    let name = word.trim_end_matches([',', ';', ':', '.', ')']);
    let upper = name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase());
    word.is_ascii() && (word.contains(sign) || upper || word.trim_end_matches(',').contains('.'))
}

#[cfg(test)]
mod tests {
    use super::super::wrap;
    use crate::report::words::Lang;

    #[test]
    fn something_to_type_is_never_broken() {
        for (text, typed) in [
            (
                "Give it back (sudo chown -R \"$(id -un)\" \"$(go env GOCACHE)\"), or set it",
                "sudo chown -R \"$(id -un)\" \"$(go env GOCACHE)\"",
            ),
            (
                "then add it: export PATH=\"/usr/local/go/bin:$PATH\" in a file",
                "export PATH=\"/usr/local/go/bin:$PATH\"",
            ),
            (
                "what to type then is go get fyne.io/fyne/v2@v2.8.1, and build",
                "go get fyne.io/fyne/v2@v2.8.1",
            ),
            ("or run go mod tidy and see", "go mod tidy"),
            (
                "check cgo.headers fails. fyne-setup repair cgo.headers fixes it",
                "fyne-setup repair cgo.headers",
            ),
            (
                "without a screen: fyne-setup run --virtual-display -- CMD, or so",
                "fyne-setup run --virtual-display -- CMD",
            ),
            ("运行 fyne-setup repair go.flags 即可解决", "fyne-setup repair go.flags"),
            ("set it to 'a b c' or to `d e f`", "'a b c'"),
            ("set it to 'a b c' or to `d e f`", "`d e f`"),
        ] {
            for columns in 10..60 {
                let lines = wrap(text, columns);
                assert!(lines.iter().any(|it| it.contains(typed)), "{columns}: {lines:#?}");
            }
        }
        assert_eq!(
            wrap("a user's word and the user's other", 12),
            ["a user's", "word and the", "user's other"]
        );
        assert_eq!(wrap("go and see what is there", 10), ["go and see", "what is", "there"]);
    }

    #[test]
    fn no_text_of_ours_breaks_a_command_in_two() {
        for lang in Lang::ALL {
            let sources = lang.sources().concat();
            for line in sources.lines().filter(|it| it.contains(" fyne-setup ")) {
                let text = line.split_once(" = ").map_or(line, |it| it.1);
                for typed in
                    ["fyne-setup check", "fyne-setup repair", "fyne-setup install", "fyne-setup explain"]
                {
                    if text.contains(&format!("{typed} ")) {
                        let whole = wrap(text, 30).iter().any(|it| it.contains(typed));
                        assert!(whole, "{typed}: {text}");
                    }
                }
            }
        }
    }
}
