//! Text with something taken out of it. Pure; lines stay where they are.

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

/// Where `what` begins in `bytes`.
pub(super) fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len().max(1)).position(|it| it == what)
}
