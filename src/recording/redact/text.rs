//! Text with something taken out of it. Pure; lines stay where they are.

use super::names::is_secret;

/// `from` by `to`, where what stands on both sides does not belong to it.
pub(super) fn replaced(text: &str, from: &str, to: &str, outside: &dyn Fn(char) -> bool) -> String {
    if !text.contains(from) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let before = rest[..at].chars().next_back().or_else(|| out.chars().next_back());
        let after = rest[at + from.len()..].chars().next();
        // A path begins with its own slash; what stands before it is of no matter.
        let free = (from.starts_with('/') || before.is_none_or(outside)) && after.is_none_or(outside);
        out.push_str(&rest[..at]);
        out.push_str(if free { to } else { from });
        rest = &rest[at + from.len()..];
    }
    out.push_str(rest);
    out
}

/// `https://name:password@host` → `https://redacted@host`.
pub(super) fn without_logins(text: &str) -> String {
    let mut parts = text.split("://");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("://");
        let end = part.find(|c: char| c.is_whitespace() || "/,|\"'<>".contains(c)).unwrap_or(part.len());
        match part[..end].rfind('@') {
            Some(at) => {
                out.push_str("redacted");
                out.push_str(&part[at..]);
            }
            None => out.push_str(part),
        }
    }
    out
}

/// `export API_TOKEN=abc` → `export API_TOKEN=redacted`. Lines stay where they are.
pub(super) fn without_secrets(text: &str) -> String {
    if !text.contains('=') || !is_secret(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('=') {
        let name: String = {
            let tail = rest[..at].chars().rev().take_while(|c| c.is_ascii_alphanumeric() || *c == '_');
            tail.collect::<Vec<_>>().into_iter().rev().collect()
        };
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if is_secret(&name) {
            let end = value_end(rest);
            out.push_str(if end == 0 { "" } else { "redacted" });
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

/// Where the value that `text` begins with ends: behind its closing quote, else at a space.
fn value_end(text: &str) -> usize {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            text[1..].find([quote, '\n']).map_or(text.len(), |it| it + 2).min(text.len())
        }
        _ => text.find(|c: char| c.is_whitespace() || c == ';').unwrap_or(text.len()),
    }
}

/// Where `what` begins in `bytes`.
pub(super) fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len().max(1)).position(|it| it == what)
}
