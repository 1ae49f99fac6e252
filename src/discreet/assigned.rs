//! What is assigned in a text to something that is named like a secret or like a proxy, in the ways that shells, files
//! and programs have: `NAME=v`, `set -x NAME v`, `setenv NAME v`, `$env:NAME = 'v'`, `SETUVAR NAME:v`, `"name": "v"`,
//! `--name=v`, `Name: v`, `-DNAME=v`. Lines stay where they are.

use std::ops::Range;

use super::login::without_bare;
use super::mark::is_mark;
use super::names::{is_proxy, is_secret};

/// A text without the values of what is named like a secret, and without the logins of what is named like a proxy.
pub(super) fn without_values(text: &str, mark: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut done, mut at) = (0, 0);
    while let Some(name) = next_name(text, at) {
        at = name.end;
        let Some((set, means)) = assignment(text, &name) else { continue };
        let shown = match means {
            Means::Secret => secret(&text[set.clone()], mark),
            Means::Macro => number_or(&text[set.clone()], mark),
            Means::Proxy => without_bare(&text[set.clone()], mark, true),
        };
        out.push_str(&text[done..set.start]);
        out.push_str(&shown);
        (done, at) = (set.end, set.end);
    }
    out + &text[done..]
}

/// What a name is that something is assigned to.
enum Means {
    Secret,
    Proxy,
    /// Of the C preprocessor: nobody can tell what it is for.
    Macro,
}

/// The next name from here on.
fn next_name(text: &str, from: usize) -> Option<Range<usize>> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let start = from + text[from..].find(part)?;
    let len = text[start..].find(|c: char| !part(c) && c != '-').unwrap_or(text.len() - start);
    Some(start..start + len)
}

/// What is assigned to this name here, and what that means; nothing where it is of no matter.
fn assignment(text: &str, name: &Range<usize>) -> Option<(Range<usize>, Means)> {
    let called = &text[name.clone()];
    let rest = &text[name.end..];
    let macros = text[..name.start].ends_with('-') && called.starts_with('D') && rest.starts_with('=');
    let means = match called {
        it if is_secret(it) => Means::Secret,
        it if is_proxy(it) => Means::Proxy,
        _ if macros => Means::Macro,
        // Almost every name; what stands around it is not looked at.
        _ => return None,
    };
    let front = line_before(text, name.start);
    // `"name": `, `${env:NAME} = `
    let closed = rest.starts_with(['"', '\'', '}']);
    let behind = &rest[usize::from(closed)..];
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let sign = behind[blanks..].chars().next()?;
    let at = name.end + usize::from(closed) + blanks;
    let skipped = |at: usize| at + text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
    let line = |at: usize| at..at + text[at..].find(['\n', '\r', '\0']).unwrap_or(text.len() - at);
    if sign == '=' {
        let from = if blanks > 0 { skipped(at + 1) } else { at + 1 };
        // A line of `env`, or of a file of settings: nobody says where the value ends but the line.
        let whole =
            front.is_empty() && matches!(means, Means::Secret) && !text[from..].starts_with(['"', '\'']);
        let word = |from: usize| from..from + word_end(&text[from..], open_quote(front));
        let set = if whole { line(from) } else { behind_scheme(text, word(from), &means, word) };
        return (!set.is_empty()).then_some((set, means));
    }
    if sign == ':' {
        let universal = front.trim_start().starts_with("SETUVAR");
        let spaced = behind[blanks + 1..].starts_with([' ', '\t']);
        let tells = closed || universal || (spaced && is_telling(called));
        if !tells {
            return None;
        }
        let from = if universal { at + 1 } else { skipped(at + 1) };
        let quoted = text[from..].starts_with(['"', '\'']);
        let set = if quoted { from..from + quoted_end(&text[from..]) } else { line(from) };
        return (!set.is_empty()).then_some((set, means));
    }
    let set = line(at);
    (blanks > 0 && sets(front) && !set.is_empty()).then_some((set, means))
}

/// `Basic X`, `Bearer X`: where a word names how somebody is known, the secret is the word behind it.
fn behind_scheme(
    text: &str,
    set: Range<usize>,
    means: &Means,
    word: impl Fn(usize) -> Range<usize>,
) -> Range<usize> {
    let schemes = ["basic", "bearer", "digest", "negotiate", "ntlm", "token"];
    let said = text[set.clone()].trim_start_matches(['"', '\'']).to_ascii_lowercase();
    if !matches!(means, Means::Secret)
        || !schemes.contains(&said.as_str())
        || !text[set.end..].starts_with(' ')
    {
        return set;
    }
    set.start..word(set.end + 1).end
}

/// What stands on the line before this.
pub(super) fn line_before(text: &str, at: usize) -> &str {
    let front = &text[..at];
    &front[front.rfind(['\n', '\r', '\0']).map_or(0, |it| it + 1)..]
}

/// Whether a name before `: ` is that of a field and no word of a sentence.
fn is_telling(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    name.contains(['-', '_'])
        || name.chars().all(|c| c.is_ascii_uppercase())
        || ["password", "passwd", "token", "secret", "apikey"].iter().any(|it| lower.contains(it))
}

/// Whether a command that sets variables stands directly before, with nothing but its flags.
fn sets(front: &str) -> bool {
    let command = front.rsplit([';', '|', '&', '(']).next().unwrap_or_default();
    let mut words = command.split_whitespace();
    let word = |it: &str| ["set", "setenv", "setx", "set-env", "export-env"].contains(&it);
    let found = words.by_ref().any(word);
    found && words.all(|it| it.starts_with('-')) && command.ends_with([' ', '\t'])
}

/// The quote that is open at the end of a line's front.
pub(super) fn open_quote(front: &str) -> Option<char> {
    let mut open = None;
    for c in front.chars() {
        match open {
            None if c == '"' || c == '\'' => open = Some(c),
            Some(it) if it == c => open = None,
            _ => {}
        }
    }
    open
}

/// Where a word ends: at white space outside its own quotes, or at the quote that is open around it.
pub(super) fn word_end(text: &str, around: Option<char>) -> usize {
    let (mut quote, mut escaped) = (None, false);
    for (at, c) in text.char_indices() {
        let ends = match (around, quote) {
            _ if matches!(c, '\n' | '\r' | '\0') => true,
            _ if escaped => false,
            (Some(it), _) => c == it || c.is_whitespace(),
            (None, None) => c.is_whitespace(),
            (None, Some(_)) => false,
        };
        if ends {
            return at;
        }
        match quote {
            _ if escaped => {}
            None if around.is_none() && (c == '"' || c == '\'') => quote = Some(c),
            Some(it) if it == c => quote = None,
            _ => {}
        }
        escaped = c == '\\' && !escaped && quote != Some('\'');
    }
    text.len()
}

/// Where what begins with a quote ends: behind the same, or at the end of the line.
pub(super) fn quoted_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if matches!(c, '\n' | '\r' | '\0') {
            return at;
        }
        if !escaped && text.starts_with(c) {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// A value of which nothing is left but its quotes.
pub(super) fn secret(value: &str, mark: &str) -> String {
    let inside = ['"', '\'']
        .iter()
        .find_map(|it| value.strip_prefix(*it)?.strip_suffix(*it).map(|inside| (*it, inside)));
    match inside {
        Some((_, inside)) if inside.is_empty() || is_mark(inside) => value.to_owned(),
        Some((quote, _)) => format!("{quote}{mark}{quote}"),
        None if is_mark(value.trim_end_matches([',', ';', ')', '}'])) => value.to_owned(),
        None => mark.to_owned(),
    }
}

/// `2` of `-D_FORTIFY_SOURCE=2` tells nothing.
fn number_or(value: &str, mark: &str) -> String {
    let number = value.len() < 9 && value.chars().all(|c| c.is_ascii_digit() || c == 'L');
    if number { value.to_owned() } else { secret(value, mark) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_what_is_named_like_a_secret_are_gone_in_every_way_to_assign() {
        let rows = [
            ("export API_TOKEN=abc", "export API_TOKEN=redacted"),
            ("export API_TOKEN='a b' X=1", "export API_TOKEN='redacted' X=1"),
            ("API_TOKEN=a b;c\nX=1", "API_TOKEN=redacted\nX=1"),
            ("set -x GITHUB_TOKEN abc def", "set -x GITHUB_TOKEN redacted"),
            ("  set --global --export DB_PASS 'a b'", "  set --global --export DB_PASS 'redacted'"),
            ("setenv NPM_AUTH abc", "setenv NPM_AUTH redacted"),
            ("$env:GH_PAT = 'abc'", "$env:GH_PAT = 'redacted'"),
            ("${env:GH_PAT} = \"abc\"", "${env:GH_PAT} = \"redacted\""),
            ("$env.GH_PAT = 'abc'", "$env.GH_PAT = 'redacted'"),
            ("SETUVAR --export OPENAI_API_KEY:abc\\x20d", "SETUVAR --export OPENAI_API_KEY:redacted"),
            ("{\"GOAUTH\": \"git /x\", \"b\": \"c\"}", "{\"GOAUTH\": \"redacted\", \"b\": \"c\"}"),
            ("X-Auth-Token: abc def", "X-Auth-Token: redacted"),
            ("password: abc", "password: redacted"),
            ("CC=gcc -DTOK=abc -O2", "CC=gcc -DTOK=redacted -O2"),
            ("CC='gcc -DTOK=\"abc\"'", "CC='gcc -DTOK=\"redacted\"'"),
            ("-D_FORTIFY_SOURCE=2", "-D_FORTIFY_SOURCE=2"),
            ("curl --api-key=abc x", "curl --api-key=redacted x"),
            ("https_proxy=bob:a@b:pw@host:1 go", "https_proxy=redacted@host:1 go"),
            ("KEY=", "KEY="),
            ("the public key: none", "the public key: none"),
            ("GOPATH=/home/ann PATH=/bin", "GOPATH=/home/ann PATH=/bin"),
        ];
        for (text, want) in rows {
            assert_eq!(without_values(text, "redacted"), want, "{text}");
            assert_eq!(without_values(want, "redacted"), want, "twice is once: {text}");
        }
    }
}
