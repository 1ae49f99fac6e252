//! The strings of a document that was written: without secrets, and with nothing that a terminal would obey.

use std::fmt::Write;

use serde_json::Value;

use crate::discreet::{MARK, hidden};
use crate::quoting::is_harmful;

/// A document without what is secret in its strings, each for itself.
pub(super) fn discreet(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    let mut rest = document;
    while let Some(start) = rest.find('"') {
        let inside = &rest[start + 1..];
        let mut escaped = false;
        let end = inside.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let (before, literal) = rest.split_at(start);
        let (literal, after) = literal.split_at(end.map_or(literal.len(), |it| it + 2));
        out.push_str(before);
        match serde_json::from_str::<String>(literal).map(|it| (hidden(&it, MARK), it)) {
            Ok((shown, it)) if shown != it => out.push_str(&harmless(&Value::from(shown).to_string())),
            _ => out.push_str(literal),
        }
        rest = after;
    }
    out + rest
}

/// Escapes what could move a cursor, reorder a line or hide, when somebody looks at the document in a terminal. Such
/// characters only stand inside strings, where `\uXXXX` means the same.
pub fn harmless(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    for c in document.chars() {
        if c != '\n' && is_harmful(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}
