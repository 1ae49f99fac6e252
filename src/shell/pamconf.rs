//! `/etc/security/pam_env.conf`: `NAME DEFAULT=… OVERRIDE=…`, values with `${VAR}` of the session and `@{ITEM}` of PAM, quotes,
//! backslashes at line ends. Read as `pam_env` does. Where two values stand, which one counts is known once it is worked out
//! ([`Entry::value`]); for a reader of lines it is the one that is likely.

use std::collections::BTreeMap;

use super::{Piece, Step, is_name, plain, push_text};
use crate::gather::Order as _;

/// A variable of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    default: Option<Vec<Piece>>,
    over: Option<Vec<Piece>>,
    line: u32,
}

impl Entry {
    /// What it comes to in a session with these variables; `None` where it comes to nothing and stays unset.
    pub fn value(&self, env: &BTreeMap<String, String>) -> Option<String> {
        let piece = |it: &Piece| match it {
            Piece::Text(text) => text.clone(),
            Piece::Var(name) => env.get(name).cloned().unwrap_or_default(),
            Piece::Any => String::new(),
        };
        let of = |it: &Option<Vec<Piece>>| Some(it.as_ref()?.iter().map(piece).collect::<String>());
        of(&self.over).filter(|it| !it.is_empty()).or_else(|| of(&self.default)).filter(|it| !it.is_empty())
    }
}

/// Every variable, in order.
pub fn entries(text: &str) -> Vec<Entry> {
    let mut all = Vec::new();
    let mut lines = (1..).zip(text.split('\n'));
    while let Some((line, first)) = lines.next() {
        let mut whole = first.trim_end_matches('\r').to_owned();
        while let Some(front) = whole.strip_suffix('\\') {
            let next = lines.next().map_or("", |it| it.1.trim());
            whole = format!("{front}{next}");
            if next.is_empty() {
                break;
            }
        }
        all.extend(entry(whole.trim(), line));
    }
    all
}

fn entry(text: &str, line: u32) -> Option<Entry> {
    let (name, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    let mut entry = Entry { name: name.to_owned(), default: None, over: None, line };
    let mut rest = rest.trim_start();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=')?;
        let (value, after) = value(after);
        match key {
            "DEFAULT" => entry.default = Some(pieces(value)),
            "OVERRIDE" => entry.over = Some(pieces(value)),
            _ => return None,
        }
        rest = after.trim_start();
    }
    is_name(name).then_some(entry)
}

/// A value and what follows: up to a blank, or in quotes.
fn value(text: &str) -> (&str, &str) {
    if let Some((inner, after)) = text.strip_prefix('"').and_then(|it| it.split_once('"')) {
        return (inner, after);
    }
    text.split_once([' ', '\t']).unwrap_or((text, ""))
}

fn pieces(mut text: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    while let Some(at) = text.find(['$', '@', '\\']) {
        push_text(&mut all, &text[..at]);
        let (mark, rest) = text[at..].split_at(1);
        let inside = rest.strip_prefix('{').and_then(|it| it.split_once('}'));
        match inside {
            Some((name, after)) if mark != "\\" && is_name(name) => {
                all.push(if mark == "@" { item(name) } else { Piece::Var(name.to_owned()) });
                text = after;
            }
            _ => {
                let escaped = rest.chars().next().filter(|it| mark == "\\" && "$@".contains(*it));
                push_text(&mut all, escaped.map_or(mark, |_| &rest[..1]));
                text = if escaped.is_some() { &rest[1..] } else { rest };
            }
        }
    }
    push_text(&mut all, text);
    all
}

/// What PAM knows of the session, by the variable that says the same.
fn item(name: &str) -> Piece {
    match name {
        "HOME" | "SHELL" => Piece::Var(name.to_owned()),
        "PAM_USER" => Piece::Var("USER".to_owned()),
        _ => Piece::Any,
    }
}

pub(super) fn parse(text: &str) -> Vec<Step> {
    // `~/.pam_environment` may say `NAME=value` as well.
    let mut steps: Vec<Step> = plain::pam(text).into_iter().filter(|it| !is_part(it)).collect();
    steps.extend(entries(text).into_iter().filter_map(step));
    steps.order_by_key(|it| match it {
        Step::Set { line, .. } | Step::Mark { line, .. } | Step::Read { line, .. } => *line,
    });
    steps
}

/// The second line of an entry.
fn is_part(step: &Step) -> bool {
    matches!(step, Step::Set { name, .. } if ["DEFAULT", "OVERRIDE"].contains(&name.as_str()))
}

fn step(entry: Entry) -> Option<Step> {
    let Entry { name, default, over, line } = entry;
    let sure = over.as_ref().is_some_and(|it| matches!(it.as_slice(), [Piece::Text(_)]));
    let value = if sure { over } else { default.or(over) }?;
    Some(Step::Set { name, value, exported: true, line })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_worked_out_as_pam_does_it() {
        let env = [("REMOTEHOST", "far"), ("HOME", "/root"), ("DISPLAY", "")];
        let env: BTreeMap<String, String> = env.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        let rows = [
            ("DISPLAY DEFAULT=${REMOTEHOST}:0.0 OVERRIDE=${DISPLAY}", Some("far:0.0")),
            ("A DEFAULT=a OVERRIDE=${REMOTEHOST}", Some("far")),
            ("A DEFAULT=@{HOME}/x", Some("/root/x")),
            ("A DEFAULT=\"a b\"", Some("a b")),
            ("A DEFAULT=${NONE}", None),
            ("A DEFAULT=\\$x\\y", Some("$x\\y")),
        ];
        for (text, want) in rows {
            assert_eq!(entries(text)[0].value(&env).as_deref(), want, "{text}");
        }
        for garbage in ["", "# A DEFAULT=b", "A DEFAULT=b c", "A b=c", "=x"] {
            assert_eq!(entries(garbage), [], "{garbage}");
        }
    }
}
