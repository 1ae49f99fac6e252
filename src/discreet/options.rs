//! Options whose value is a secret: `--token X` and `-p X`, as words of an argument list and in the midst of a text; and
//! `-pX`, where it can be told from the options of compilers. `--token=X` is an assignment as any other.

use std::ops::Range;
use std::path::Path;

use super::assigned::{line_before, open_quote, quoted_end, secret, word_end};
use super::names::is_secret;

/// What begins with `-p` and is no password: of compilers and linkers, of Go and of what is called beside them.
const KNOWN: &[&str] = &[
    "param",
    "pass-exit-codes",
    "path",
    "pedantic",
    "pedantic-errors",
    "perm",
    "pg",
    "pgo",
    "pie",
    "pipe",
    "pkgdir",
    "plugin",
    "plugin-opt",
    "port",
    "prefix",
    "preload",
    "prerelease",
    "print",
    "products",
    "profile",
    "project",
    "proxy",
    "prune",
    "pthread",
    "pthreads",
];

/// Programs whose `-p` is no password.
const OTHERS: &[&str] = &["mkdir", "install", "cp", "ssh", "rsync", "tar", "ps", "go", "xattr"];

/// A text without the values of options that mean a secret.
pub(super) fn without_values(text: &str, mark: &str, joined: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for set in values(text, joined) {
        out.push_str(&text[done..set.start]);
        out.push_str(&secret(&text[set.clone()], mark));
        done = set.end;
    }
    out + &text[done..]
}

/// Where these values stand, in order. `joined` says whether the text is what a program is called with, so that `-pX`
/// may be a password too.
pub(super) fn values(text: &str, joined: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('-') {
        let begins = |c: char| c.is_whitespace() || "\"'=([{,;|&`".contains(c);
        let free = text[..at].chars().next_back().is_none_or(begins);
        if !free || found.last().is_some_and(|it| at < it.end) {
            continue;
        }
        let line = line_before(text, at);
        let end = at + text[at..].find(|c: char| !is_plain(c)).unwrap_or(text.len() - at);
        let option = &text[at..end];
        if let Some(value) = attached(text, at, line).filter(|_| joined) {
            found.push(value);
        } else if let Some(value) = following(text, end, line) {
            let bare = text[value.clone()].trim_matches(['"', '\'']);
            if takes(option, bare) && !(option == "-p" && is_other(line)) {
                found.push(value);
            }
        }
    }
    found
}

/// Whether what follows this option is a secret.
pub(super) fn takes(option: &str, value: &str) -> bool {
    if !option.starts_with('-') || option.contains('=') || value.is_empty() || value.starts_with("--") {
        return false;
    }
    if option == "--key" && is_public(value) {
        return false;
    }
    let user = matches!(option, "-u" | "-U" | "--user" | "--proxy-user") && value.contains(':');
    let short = option == "-p" && !value.starts_with('-') && !is_small(value);
    user || short || means_secret(option)
}

/// What follows `-p` in one word, where it may be a password.
pub(super) fn behind_p(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("-p").filter(|it| !it.is_empty())?;
    let name = &word[1..word.find(['=', ',', ':']).unwrap_or(word.len())];
    let known = KNOWN.contains(&name) || name.starts_with("print-") || means_secret(name);
    (!known && !is_small(rest.trim_start_matches('='))).then_some(rest)
}

/// Whether an option or a header means a secret. What follows a macro or a library is none.
pub(super) fn means_secret(name: &str) -> bool {
    let other = ["-D", "-U", "-l"].iter().any(|it| name.starts_with(it));
    !other && name.chars().all(is_plain) && is_secret(name)
}

/// Whether a key is one that its owner hands out: a file that is named so, or a public key of minisign. A line to type is of
/// no use without it.
fn is_public(key: &str) -> bool {
    let base64 = |c: char| c.is_ascii_alphanumeric() || "+/".contains(c);
    let named = Path::new(key).extension().is_some_and(|it| it == "pub");
    named || (key.len() == 56 && key.starts_with("RW") && key.chars().all(base64))
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}

/// A number of jobs, or of a month: no password is that short.
fn is_small(value: &str) -> bool {
    value.len() < 4 && value.chars().all(|c| c.is_ascii_digit())
}

/// Whether the `-p` of a program is known to be no password, by its name or path.
pub(super) fn has_other_p(program: &str) -> bool {
    OTHERS.contains(&program.rsplit('/').next().unwrap_or(program))
}

/// Whether the program that stands before, on this line, has another `-p`.
fn is_other(line: &str) -> bool {
    let ends = [';', '|', '&', '(', '`', '"', '\'', '=', '：', '，', '；', '。', '（'];
    let command = line.rsplit(ends).next().unwrap_or_default();
    let mut words = command.split_whitespace().filter(|it| !it.starts_with('-'));
    words.any(has_other_p)
}

/// What stands behind `-p` in the same word.
fn attached(text: &str, at: usize, line: &str) -> Option<Range<usize>> {
    let end = at + word_end(&text[at..], open_quote(line));
    let rest = behind_p(&text[at..end])?;
    // An option with a name of its own that is no password, as `-p` alone with a quote behind it, is for others.
    (!rest.starts_with(['"', '\'']) || rest.len() > 1).then(|| end - rest.len()..end)
}

/// The next word on the line, with its quotes; the option itself may end with the quote that it began with.
fn following(text: &str, end: usize, line: &str) -> Option<Range<usize>> {
    let around = open_quote(line);
    let rest = &text[end..];
    // `'--token' 'X'`: the quote is of the option alone.
    let closed = around.filter(|it| rest.starts_with(*it));
    let from = end + usize::from(closed.is_some());
    let blanks = text[from..].len() - text[from..].trim_start_matches([' ', '\t', ',']).len();
    let start = from + blanks;
    let quoted = text[start..].starts_with(['"', '\'']) && (closed.is_some() || around.is_none());
    let len = if quoted {
        quoted_end(&text[start..])
    } else {
        word_end(&text[start..], around.filter(|_| closed.is_none()))
    };
    (blanks > 0 && len > 0).then(|| start..start + len)
}

/// The values of such options among a program's arguments, and in their midst: what may turn up again in what it says.
pub fn of_arguments<'a>(program: &str, args: &'a [String]) -> impl Iterator<Item = &'a str> {
    let other_p = has_other_p(program);
    let pairs = args.iter().zip(args.iter().skip(1));
    let pairs = pairs.filter(move |it| takes(it.0, it.1) && !(other_p && it.0 == "-p"));
    pairs.map(|it| it.1.as_str()).chain(args.iter().filter_map(|it| behind_p(it)))
}

/// The same of what a variable is set to.
pub fn of_value(value: &str) -> impl Iterator<Item = &str> {
    values(value, true).into_iter().map(|it| value[it].trim_matches(['"', '\'']))
}
