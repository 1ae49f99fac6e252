//! Secrets that a sentence tells: "the password is X", `密码：X`, `login me password X`.

use super::mark::is_mark;

/// What a sentence calls a secret.
const NOUNS: &[&str] =
    &["password", "passwd", "passphrase", "passcode", "token", "secret", "api key", "apikey"];

/// The same in Chinese, and what stands between it and the secret.
const CHINESE: &[&str] = &["密码", "口令", "令牌", "密钥", "密匙"];

/// What follows "the password is" and is none.
const WORDS: &[&str] = &[
    "a",
    "about",
    "accepted",
    "again",
    "allowed",
    "already",
    "also",
    "always",
    "an",
    "and",
    "as",
    "asked",
    "at",
    "bad",
    "being",
    "blank",
    "by",
    "case",
    "checked",
    "correct",
    "denied",
    "different",
    "disabled",
    "empty",
    "enabled",
    "encrypted",
    "expected",
    "expired",
    "for",
    "found",
    "from",
    "given",
    "good",
    "gone",
    "hashed",
    "hidden",
    "ignored",
    "in",
    "incorrect",
    "invalid",
    "it",
    "its",
    "kept",
    "known",
    "longer",
    "made",
    "malformed",
    "missing",
    "needed",
    "neither",
    "never",
    "new",
    "no",
    "none",
    "not",
    "nothing",
    "now",
    "of",
    "often",
    "old",
    "on",
    "only",
    "optional",
    "or",
    "out",
    "passed",
    "printed",
    "prompted",
    "protected",
    "public",
    "read",
    "recommended",
    "refused",
    "rejected",
    "required",
    "reset",
    "revoked",
    "right",
    "safe",
    "said",
    "saved",
    "sent",
    "set",
    "short",
    "shown",
    "still",
    "stored",
    "supplied",
    "supported",
    "taken",
    "that",
    "the",
    "there",
    "this",
    "to",
    "told",
    "too",
    "typed",
    "undefined",
    "unknown",
    "unset",
    "used",
    "valid",
    "what",
    "wrong",
    "written",
    "your",
];

/// A text without them.
pub(super) fn without_told(text: &str, mark: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let english = NOUNS.iter().any(|it| lower.contains(it));
    if !english && !CHINESE.iter().any(|it| text.contains(it)) {
        return text.to_owned();
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for noun in NOUNS.iter().filter(|_| english) {
        found.extend(lower.match_indices(noun).filter_map(|(at, _)| told(text, &lower, at, at + noun.len())));
    }
    for noun in CHINESE {
        found.extend(text.match_indices(noun).filter_map(|(at, _)| said(text, at + noun.len())));
    }
    found.sort_unstable();
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (start, end) in found {
        if start >= done && !is_mark(&text[start..end]) {
            out.push_str(&text[done..start]);
            out.push_str(mark);
            done = end;
        }
    }
    out + &text[done..]
}

/// Where the secret stands that is told behind this noun; nothing where none is.
fn told(text: &str, lower: &str, at: usize, end: usize) -> Option<(usize, usize)> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let line = text[end..].find('\n').map_or(text.len(), |it| end + it);
    if lower[..at].ends_with(word) || lower[end..line].starts_with(word) {
        return None;
    }
    // `machine h login me password X`, as .netrc has it.
    let mut before = lower[..at].rsplit(char::is_whitespace).filter(|it| !it.is_empty());
    if before.next().is_some() && before.next() == Some("login") {
        return secret(text, end, line)
            .filter(|it| !WORDS.contains(&lower[it.0..it.1].trim_end_matches('.')));
    }
    // "the password of this machine is X": no more than four words between.
    let mut from = end;
    for _ in 0..5 {
        let (start, stop) = secret(text, from, line)?;
        if matches!(lower[start..stop].trim_end_matches(':'), "is" | "was" | "are" | "=") {
            let found = secret(text, stop, line)?;
            let bare = lower[found.0..found.1].trim_matches(|c: char| !c.is_ascii_alphanumeric());
            return (!WORDS.contains(&bare) && !bare.is_empty()).then_some(found);
        }
        // A new sentence, or another half of this one.
        if lower[start..stop].ends_with(['.', ',', ';', ':', '!', '?', ')']) {
            return None;
        }
        from = stop;
    }
    None
}

/// `密码：X`, `密码是X`: behind a colon anything, behind a word what is not Chinese.
fn said(text: &str, end: usize) -> Option<(usize, usize)> {
    let rest = text[end..].trim_start_matches(' ');
    let (rest, colon) = match rest.strip_prefix(['：', ':', '=', '＝']) {
        Some(rest) => (rest, true),
        None => (rest.strip_prefix('是').or_else(|| rest.strip_prefix('为'))?, false),
    };
    let rest = rest.trim_start_matches([' ', '"', '\'', '“', '‘', '「']);
    let start = text.len() - rest.len();
    let len =
        rest.find(|c: char| c.is_whitespace() || "，。；、！？”’」）\"'".contains(c)).unwrap_or(rest.len());
    let plain = rest.starts_with(|c: char| c.is_ascii_graphic() || c == '…');
    (len > 0 && (plain || (colon && !rest.starts_with(['{', '（'])))).then_some((start, start + len))
}

/// The next word, without the quotes around it and the marks behind it.
fn secret(text: &str, from: usize, line: usize) -> Option<(usize, usize)> {
    let rest = &text[from..line];
    let open = rest.len() - rest.trim_start_matches([' ', '\t', '"', '\'', '`', ':']).len();
    let word = &rest[open..];
    let len = word.find(|c: char| c.is_whitespace() || matches!(c, '"' | '`')).unwrap_or(word.len());
    let word = word[..len].trim_end_matches(['\'', '.', ',', ';']);
    let word = if word.is_empty() { &rest[open..open + len] } else { word };
    (!word.is_empty()).then(|| (from + open, from + open + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sentence_tells_is_hidden_and_what_it_only_says_of_a_secret_stays() {
        for (text, want) in [
            ("the password is hunter2", "the password is redacted"),
            ("The password for bob is hunter2, and more", "The password for bob is redacted, and more"),
            ("its passphrase was \"a-b.c\".", "its passphrase was \"redacted\"."),
            ("your token is: abc123", "your token is: redacted"),
            ("machine h login me password hunter2", "machine h login me password redacted"),
            ("密码：abc123，端口", "密码：redacted，端口"),
            ("密码：hunter2", "密码：redacted"),
            ("密码是hunter2。", "密码是redacted。"),
            ("登录口令: hunter2", "登录口令: redacted"),
            ("令牌为 abc", "令牌为 redacted"),
            ("the password is wrong", "the password is wrong"),
            ("a password is required for bob", "a password is required for bob"),
            ("the password was not accepted.", "the password was not accepted."),
            ("no password here. it is late", "no password here. it is late"),
            ("the token of the proxy, which is old", "the token of the proxy, which is old"),
            ("syntax error: unexpected token", "syntax error: unexpected token"),
            ("密码是错误的", "密码是错误的"),
            ("密码", "密码"),
            ("tokenizer is fast", "tokenizer is fast"),
        ] {
            assert_eq!(without_told(text, "redacted"), want);
            assert_eq!(without_told(want, "redacted"), want, "twice is once");
        }
    }
}
