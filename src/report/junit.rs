//! The checks as JUnit's XML, for CI servers that list them as tests: a check that is bad has failed, one that the goal needs
//! and that could not look is an error, what does not apply and what was accepted is skipped.

use std::fmt::Write as _;

use super::accepted;
use super::model::{Checked, Report};
use super::text::check_key;
use super::text::checks::{place, summary};
use super::words::{Words, safe};
use crate::checks::Status;

/// What becomes of a check.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Passed,
    Failed,
    Error,
    Skipped,
}

fn case(it: &Checked) -> Case {
    match it.finding.verdict.status {
        _ if it.is_accepted() => Case::Skipped,
        Status::Ok | Status::Info => Case::Passed,
        Status::Fail | Status::Warn => Case::Failed,
        Status::Unknown if it.finding.needed => Case::Error,
        Status::Unknown | Status::Waiting | Status::Skipped => Case::Skipped,
    }
}

/// The whole file.
pub fn file(report: &Report, words: &Words) -> String {
    let checks = report.checks.as_deref().unwrap_or_default();
    let count = |of: Case| checks.iter().filter(|it| case(it) == of).count();
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"0\"",
        checks.len(),
        count(Case::Failed),
        count(Case::Error),
        count(Case::Skipped)
    );
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n<testsuite name=\"fyne-setup check\" {counts}>\n"
    );
    for it in checks {
        let title = words.say(&check_key(&it.finding.id, "title"));
        // What has no time of its own: a judgement reads a snapshot.
        let (class, name) = (escaped(&it.finding.id), escaped(&title));
        let _ = write!(out, "<testcase classname=\"fyne-setup.{class}\" name=\"{name}\" time=\"0\"");
        let (element, kind) = match case(it) {
            Case::Passed => {
                out.push_str("/>\n");
                continue;
            }
            Case::Skipped => {
                let said = accepted::of(&it.finding.verdict).map(|it| format!(" ({})", words.say(&it)));
                let message = escaped(&(summary(it, words) + &said.unwrap_or_default()));
                let _ = writeln!(out, "><skipped message=\"{message}\"/></testcase>");
                continue;
            }
            Case::Failed if it.finding.verdict.status == Status::Warn => ("failure", "warn"),
            Case::Failed => ("failure", "fail"),
            Case::Error => ("error", "unknown"),
        };
        let message = escaped(&summary(it, words));
        let body = escaped(&lines(it, words).join("\n"));
        let _ =
            writeln!(out, "><{element} type=\"{kind}\" message=\"{message}\">{body}</{element}></testcase>");
    }
    out + "</testsuite>\n</testsuites>\n"
}

/// An acceptance that is over, cause, evidence, place and fix, a line each.
pub(super) fn lines(it: &Checked, words: &Words) -> Vec<String> {
    let verdict = &it.finding.verdict;
    let mut lines: Vec<String> = accepted::of(verdict).iter().map(|it| words.say(it)).collect();
    lines.extend(verdict.cause.iter().map(|it| words.say(it)));
    lines.extend(verdict.evidence.iter().map(|it| safe(it).into_owned()));
    lines.extend(place(&verdict.place, words));
    if let Some(remedy) = &it.remedy {
        lines.extend(remedy.texts.iter().map(|it| words.say(it)));
        lines.extend(remedy.command.iter().map(|it| safe(it).into_owned()));
    }
    lines
}

/// For an attribute or a text of XML. What XML cannot hold was spelled out by `safe`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |it| (it, "\n"));
        for c in safe(line).chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
        out.push_str(end);
    }
    out
}
