//! `accepted.toml`: the findings that a person lives with, each with a reason. `accept` writes it, in one order; whoever
//! edits it by hand is read as strictly as everybody else.

use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use toml::{Spanned, Value};

use crate::data;
use crate::failure::{Code, Failure};
use crate::gather::Order as _;
use crate::moment::Moment;
use crate::text::Text;
use crate::want::Accepted;

/// The name of the file.
pub const NAME: &str = "accepted.toml";

/// What stands on top.
const HEAD: &str = "\
# accepted.toml: findings that somebody lives with. `fyne-setup check` lists them and does not fail for them.
# `fyne-setup accept` writes this file; `fyne-setup accept --remove ID` takes one out.
";

/// The most that a file may have, in bytes.
const LIMIT: usize = 256 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    accepted: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: Spanned<String>,
    reason: String,
    until: Option<Spanned<String>>,
}

/// The last second of a day that is written `2027-01-31`, in UTC. Nothing where it is no day.
pub fn end_of(day: &str) -> Option<Moment> {
    format!("{day}T23:59:59Z").parse().ok()
}

/// Reads one; `file` is for messages, `now` for what is over.
///
/// # Errors
/// [`Code::AcceptUnread`], with the line.
pub fn read(bytes: &[u8], file: &Path, now: Moment) -> Result<Vec<Accepted>, Failure> {
    let text = std::str::from_utf8(bytes).ok().filter(|it| it.len() <= LIMIT && !it.contains('\0'));
    let text = text.ok_or_else(|| unread(file, None, &text!("config-no-text")))?;
    let line = |offset| data::line_at(text, offset);
    let written: Written = data::toml(text).map_err(|error| {
        let why = error.message().lines().next().unwrap_or_default();
        unread(file, error.span().map(|it| line(it.start)), &text!("lockfile-toml", why = why))
    })?;
    let mut all: Vec<Accepted> = Vec::new();
    for Row { id, reason, until } in written.accepted {
        let end = until.as_ref().map(|it| (it, end_of(it.get_ref())));
        if let Some((day, None)) = end {
            let why = text!("accept-no-day", day = day.get_ref());
            return Err(unread(file, Some(line(day.span().start)), &why));
        }
        let ended = end.and_then(|it| it.1).is_some_and(|it| now > it);
        let at = line(id.span().start);
        let (id, until) = (id.into_inner(), until.map(Spanned::into_inner));
        // Which of the two would count is nobody's to guess.
        if all.iter().any(|it| it.id == id) {
            return Err(unread(file, Some(at), &text!("accept-twice", id = &id)));
        }
        all.push(Accepted { id, reason, until, ended });
    }
    Ok(all)
}

/// A file that cannot be read.
pub fn unread(file: &Path, line: Option<u32>, why: &Text) -> Failure {
    let message = text!("config-unread", file = NAME, why = why);
    Failure::new(Code::AcceptUnread, message).hint(text!("accept-unread-hint")).at(file, line)
}

/// As it is written, in the order of the checks' names.
pub fn print(all: &[Accepted]) -> String {
    let mut sorted: Vec<&Accepted> = all.iter().collect();
    sorted.order_by(|a, b| a.id.cmp(&b.id));
    let word = |it: &str| Value::from(it).to_string();
    let mut out = HEAD.to_owned();
    for it in sorted {
        let _ = write!(out, "\n[[accepted]]\nid = {}\nreason = {}\n", word(&it.id), word(&it.reason));
        if let Some(day) = &it.until {
            let _ = writeln!(out, "until = {}", word(day));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: &str, reason: &str, until: Option<&str>) -> Accepted {
        Accepted { id: id.into(), reason: reason.into(), until: until.map(str::to_owned), ended: false }
    }

    fn said(text: &str, now: u64) -> Result<Vec<Accepted>, Failure> {
        read(text.as_bytes(), Path::new("/c/accepted.toml"), Moment(now))
    }

    #[test]
    fn what_is_written_is_read_again_whatever_the_reason_says() {
        let all = [
            one("cgo.enabled", "it's \"fine\" \\ here\n[[accepted]]\u{7}", Some("2099-12-31")),
            one("go.sumdb", "学校的代理", None),
        ];
        let reversed: Vec<_> = all.iter().rev().cloned().collect();
        assert_eq!(said(&print(&reversed), 0).expect("our own text"), all);
        assert_eq!(said(&print(&[]), 0).expect("our own text"), []);
    }

    #[test]
    fn it_holds_through_its_last_day_and_not_a_second_longer() {
        let text = print(&[one("a.b", "r", Some("2026-11-30"))]);
        let last = end_of("2026-11-30").expect("a day").0;
        for (now, ended) in [(0, false), (last, false), (last + 1, true)] {
            assert_eq!(said(&text, now).expect("our own text")[0].ended, ended, "{now}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, line) in [
            ("[[accepted]]\nid = \"a.b\"\nreason = \"r\"\nuntil = \"soon\"", Some(4)),
            ("[[accepted]]\nid = \"a.b\"\nreason = \"r\"\nuntil = \"2026-02-30\"", Some(4)),
            ("[[accepted]]\nid = \"a.b\"", Some(1)),
            ("[[accepted]]\nid = \"a.b\"\nreason = \"r\"\nwhy = 1", Some(4)),
            (
                "[[accepted]]\nid = \"a.b\"\nreason = \"r\"\n[[accepted]]\nid = \"a.b\"\nreason = \"s\"",
                Some(5),
            ),
            ("[[accepted]", Some(1)),
        ] {
            let failure = said(text, 0).expect_err(text);
            assert_eq!((failure.code, failure.line), (Code::AcceptUnread, line), "{text}");
        }
        assert!(read(b"\xff", Path::new("/c"), Moment(0)).is_err());
    }
}
