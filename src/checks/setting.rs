//! What several checks say in the same way: where a variable is set, and what it holds. Not a check; what has to become of
//! one that is wrong says `blame`.

use crate::facts::settings::{Origin, Setting};
use crate::text::Text;

/// Where a value is set, in words: a file and its line, or this terminal alone.
pub(super) fn place(origin: &Origin) -> Text {
    match origin.place() {
        Some((file, line)) => text!("settings-at-file", file = file, line = line),
        None => text!("settings-at-terminal"),
    }
}

/// `NAME=value (file:line)`, without a password that a URL may carry.
pub(super) fn evidence(name: &str, setting: &Setting) -> String {
    let value = without_password(&setting.value);
    match setting.origin.place() {
        Some((file, line)) => format!("{name}={value} ({}:{line})", file.display()),
        None => format!("{name}={value}"),
    }
}

/// `scheme://user:secret@host` becomes `scheme://…@host`.
pub(super) fn without_password(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find("://") {
        let (front, after) = rest.split_at(at + 3);
        out.push_str(front);
        let end = after.find(['/', ',', '|', ' ']).unwrap_or(after.len());
        let host = after[..end].rfind('@').map_or(0, |it| {
            out.push('…');
            it
        });
        out.push_str(&after[host..end]);
        rest = &after[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_left_out() {
        for (value, want) in [
            ("https://u:p@proxy.example:8080/x,direct", "https://…@proxy.example:8080/x,direct"),
            ("https://a.example,https://u@b.example|direct", "https://a.example,https://…@b.example|direct"),
            ("off", "off"),
            ("http://", "http://"),
        ] {
            assert_eq!(without_password(value), want);
        }
    }
}
