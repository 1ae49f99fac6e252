//! URLs whose slashes are written as `\\/`, as some programs write JSON.

use super::without_plain_logins;

/// Any text without the logins and queries of such URLs.
pub(super) fn without_logins(text: &str, mark: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(sign) = rest.find(r":\/\/") {
        let scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let start = rest[..sign].trim_end_matches(scheme).len();
        let ends = |c: char| c.is_whitespace() || c.is_control() || "\"'".contains(c);
        let end = sign + rest[sign..].find(ends).unwrap_or(rest.len() - sign);
        let url = &rest[start..end];
        let plain = url.replace(r"\/", "/");
        let shown = without_plain_logins(&plain, mark);
        out.push_str(&rest[..start]);
        out.push_str(&if shown == plain { url.to_owned() } else { shown.replace('/', r"\/") });
        rest = &rest[end..];
    }
    out + rest
}
