//! Secrets that are told by their form alone: tokens with the beginning that their makers gave them, JSON web tokens, private
//! keys in PEM, and what follows `Basic` where it is a login. To add a token: a row in `TOKENS`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use super::mark::is_mark;

/// A kind of token.
struct Token {
    /// What it begins with.
    begins: &'static str,
    /// How many characters follow at least.
    least: usize,
    /// Whether this beginning also stands in words that are no token, so that nothing may stand before it.
    apart: bool,
}

const fn token(begins: &'static str, least: usize) -> Token {
    Token { begins, least, apart: false }
}

const fn apart(begins: &'static str, least: usize) -> Token {
    Token { begins, least, apart: true }
}

/// Beginnings of tokens. What follows is letters, digits, `_`, `-` and `.`.
const TOKENS: &[Token] = &[
    token("ghp_", 16),
    token("gho_", 16),
    token("ghu_", 16),
    token("ghs_", 16),
    token("ghr_", 16),
    token("github_pat_", 16),
    token("glpat-", 12),
    token("gldt-", 12),
    token("glrt-", 12),
    token("glptt-", 12),
    token("glcbt-", 12),
    token("xoxa-", 10),
    token("xoxb-", 10),
    token("xoxe-", 10),
    token("xoxe.", 10),
    token("xoxo-", 10),
    token("xoxp-", 10),
    token("xoxr-", 10),
    token("xoxs-", 10),
    token("xapp-", 10),
    token("dckr_pat_", 16),
    token("pypi-AgE", 16),
    token("sk_live_", 12),
    token("sk_test_", 12),
    token("rk_live_", 12),
    token("sk-ant-", 16),
    token("sk-proj-", 16),
    token("shpat_", 16),
    token("dop_v1_", 16),
    token("AGE-SECRET-KEY-1", 16),
    apart("npm_", 30),
    apart("hf_", 30),
    apart("sk-", 32),
    apart("ya29.", 20),
    apart("hvs.", 20),
    apart("AIza", 30),
    apart("AKIA", 16),
    apart("ASIA", 16),
];

/// A text without them.
pub(super) fn without_forms(text: &str, mark: &str) -> String {
    let text = without_tokens(text, mark);
    let text = without_web_tokens(&text, mark);
    without_basic(&without_keys(&text, mark), mark)
}

fn without_tokens(text: &str, mark: &str) -> String {
    let found = TOKENS.iter().flat_map(|it| text.match_indices(it.begins).map(move |at| (at.0, it)));
    let mut found: Vec<(usize, usize)> = found
        .filter(|(at, it)| !it.apart || begins(text, *at))
        .filter_map(|(at, it)| {
            let rest = &text[at + it.begins.len()..];
            let len = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
            let inside = rest[..len].trim_end_matches(['.', '-']);
            let plain = !it.apart || inside.chars().filter(|c| c.is_ascii_alphanumeric()).count() >= it.least;
            let upper = !matches!(it.begins, "AKIA" | "ASIA")
                || inside.chars().take(16).all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
            (inside.len() >= it.least && plain && upper).then(|| (at, at + it.begins.len() + inside.len()))
        })
        .collect();
    found.sort_unstable();
    replaced(text, &found, mark)
}

/// `eyJ…` three times, with dots between them: a header that begins with `{"`, what it says, and its signature.
fn without_web_tokens(text: &str, mark: &str) -> String {
    let found = text.match_indices("eyJ").filter(|it| begins(text, it.0)).filter_map(|(at, _)| {
        let len = text[at..].find(|c: char| !is_part(c)).unwrap_or(text.len() - at);
        let word = text[at..at + len].trim_end_matches('.');
        let mut parts = word.split('.');
        let (head, body) = (parts.next()?, parts.next()?);
        (head.len() >= 10 && body.len() >= 4).then(|| (at, at + word.len()))
    });
    replaced(text, &found.collect::<Vec<_>>(), mark)
}

/// What stands between the lines of a private key in PEM, line by line, also where these are written as `\n`; and behind its
/// beginning to the end, where its end is missing.
fn without_keys(text: &str, mark: &str) -> String {
    const DASHES: &str = "-----";
    if !text.contains("PRIVATE KEY") {
        return text.to_owned();
    }
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("-----BEGIN ") {
        let named = at + "-----BEGIN ".len();
        let Some(close) = rest[named..].find(DASHES).map(|it| named + it) else { break };
        let head = close + DASHES.len();
        if !rest[named..close].contains("PRIVATE KEY") || rest[named..close].contains('\n') {
            out.push_str(&rest[..head]);
            rest = &rest[head..];
            continue;
        }
        out.push_str(&rest[..head]);
        let end = rest[head..].find("-----END ").map_or(rest.len(), |it| head + it);
        out.push_str(&body(&rest[head..end], mark));
        rest = &rest[end..];
        // The line that ends it is no secret, and nothing is looked for in it.
        let tail = rest.strip_prefix("-----END ").and_then(|it| it.find(DASHES));
        let tail = tail.map_or(0, |it| "-----END ".len() + it + DASHES.len());
        out.push_str(&rest[..tail]);
        rest = &rest[tail..];
    }
    // The end of one whose beginning somebody cut off.
    match rest.find("-----END ").filter(|at| rest[*at..].contains("PRIVATE KEY")) {
        Some(at) if out.is_empty() => out + &body(&rest[..at], mark) + &rest[at..],
        _ => out + rest,
    }
}

/// The lines of a key, each of them hidden.
fn body(text: &str, mark: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let sign = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
        let len = rest.find(|c: char| !sign(c)).unwrap_or(rest.len());
        // The `n` of `\n` belongs to no line; nor is a short word one, in the lines before a key that was cut.
        let escape = usize::from(out.ends_with('\\') && len > 0);
        out.push_str(&rest[..escape]);
        let line = &rest[escape..len];
        out.push_str(if line.is_empty() || is_mark(line) || line.len() < 12 { line } else { mark });
        let next = rest[len..].chars().next().map_or(0, char::len_utf8);
        out.push_str(&rest[len..len + next]);
        rest = &rest[len + next..];
    }
    out
}

/// `Basic bmFtZTpwYXNzd29yZA==`: what follows is a login where it says one.
fn without_basic(text: &str, mark: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let found = lower.match_indices("basic ").filter_map(|(at, word)| {
        let start = at + word.len();
        let sign = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
        let len = text[start..].find(|c: char| !sign(c)).unwrap_or(text.len() - start);
        let said = &text[start..start + len];
        let login = STANDARD.decode(said).or_else(|_| STANDARD_NO_PAD.decode(said)).ok()?;
        let login = String::from_utf8(login).ok().filter(|it| it.contains(':'))?;
        (!login.chars().any(char::is_control)).then(|| (start, start + len))
    });
    replaced(text, &found.collect::<Vec<_>>(), mark)
}

/// With the mark in the place of each of these, which stand in order.
fn replaced(text: &str, found: &[(usize, usize)], mark: &str) -> String {
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (start, end) in found {
        if *start >= done {
            out.push_str(&text[done..*start]);
            out.push_str(mark);
            done = *end;
        }
    }
    out + &text[done..]
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-.".contains(c)
}

/// Whether a word begins here: also behind `\n` and `%3D`, as they are written in a text for programs.
fn begins(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[..at];
    let escaped = match before {
        [.., b'\\', b'n' | b't' | b'r'] => true,
        [.., b'%', a, b] => a.is_ascii_hexdigit() && b.is_ascii_hexdigit(),
        _ => false,
    };
    escaped || !before.last().is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether what stands in a path is no word of anybody's: letters of both cases with digits, or long and hexadecimal.
pub(super) fn is_random(word: &str) -> bool {
    let has = |is: fn(&char) -> bool| word.chars().any(|it| is(&it));
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "_-=".contains(c));
    let mixed = has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase) && has(char::is_ascii_digit);
    let hexadecimal = word.len() >= 32 && word.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    word.len() >= 16 && plain && (mixed || hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_hidden_wherever_it_stands_and_whatever_it_is_called() {
        let long = "aB3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z7A0b";
        let upper = "ABCDEFGHIJ234567";
        let tokens = [
            format!("ghp_{long}"),
            format!("gho_{long}"),
            format!("ghs_{long}"),
            format!("github_pat_{long}"),
            format!("glpat-{long}"),
            format!("xoxb-12345678901-{long}"),
            format!("xoxp-12345678901-{long}"),
            format!("AKIA{upper}"),
            format!("ASIA{upper}"),
            format!("AIza{long}"),
            format!("npm_{long}"),
            format!("hf_{long}"),
            format!("sk-ant-api03-{long}"),
            format!("sk-{long}"),
            format!("dckr_pat_{long}"),
            format!("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.{long}"),
        ];
        for token in tokens {
            for text in [
                token.clone(),
                format!("remote: bad credentials {token}, try again"),
                format!("https://host.test/{token}/list"),
                format!("\"{token}\""),
                format!("a\\n{token}\\nb"),
                format!("x%3D{token}"),
                format!("用{token}。"),
            ] {
                let said = super::super::hidden(&text, "redacted");
                assert!(!said.contains(&token[8..]) && said.contains("redacted"), "{text} -> {said}");
                assert_eq!(super::super::hidden(&said, "redacted"), said, "twice is once");
            }
        }
    }

    #[test]
    fn a_private_key_is_hidden_line_by_line_and_a_certificate_is_not() {
        let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
        let key =
            |kind: &str| format!("a\n-----BEGIN {kind}-----\n{line}\n{line}==\n-----END {kind}-----\nb");
        for kind in ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"] {
            let want = format!("a\n-----BEGIN {kind}-----\nredacted\nredacted\n-----END {kind}-----\nb");
            assert_eq!(without_forms(&key(kind), "redacted"), want);
            assert_eq!(without_forms(&want, "redacted"), want, "twice is once");
            let escaped = key(kind).replace('\n', "\\n");
            assert_eq!(without_forms(&escaped, "redacted"), want.replace('\n', "\\n"));
            let cut = key(kind).replace("-----END", "").replace(&format!("{kind}-----\nb"), "");
            assert!(!without_forms(&cut, "redacted").contains("MIIE"), "{cut}");
            let behind = key(kind).split_once(&format!("BEGIN {kind}-----\n")).expect("there").1.to_owned();
            assert!(!without_forms(&behind, "redacted").contains("MIIE"), "{behind}");
        }
        for text in [key("CERTIFICATE"), key("PUBLIC KEY")] {
            assert_eq!(without_forms(&text, "redacted"), text);
        }
    }

    #[test]
    fn what_only_looks_a_little_like_a_token_stays() {
        for text in [
            "task-force-of-people-that-work-for-a-long-time-1234567890",
            "github.com/hf_/x",
            "sk-",
            "AKIA is how they begin",
            "eyJ",
            "h1:xAIzaxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=",
            "npm_config_registry",
            "basic usage of the program",
            "a basic idea",
            "v0.0.0-20240506104042-037f3cc74f2a",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ] {
            assert_eq!(without_forms(text, "redacted"), text);
        }
        assert_eq!(without_forms("with Basic Ym9iOnB3 now", "redacted"), "with Basic redacted now");
        assert_eq!(without_forms("with Basic Ym9iOnB3OQ== now", "redacted"), "with Basic redacted now");
    }
}
