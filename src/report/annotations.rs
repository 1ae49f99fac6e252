//! What is wrong, as GitHub Actions shows it beside a job and in the files of a change: `::error title=…::…`. GitLab has no
//! such lines; there `--junit` says the same.

use std::path::Path;

use super::accepted;
use super::model::{Checked, Left, Report};
use super::text::check_key;
use super::text::checks::summary;
use super::words::{Words, safe};
use crate::checks::Status;

/// The lines, each whole. `workspace`: the checkout; only of files in it a place is named.
pub fn lines(report: &Report, words: &Words, workspace: Option<&Path>) -> Vec<String> {
    let mut lines: Vec<String> =
        report.checks.iter().flatten().filter_map(|it| finding(it, words, workspace)).collect();
    for left in report.outcome.iter().flat_map(|it| &it.left) {
        lines.push(remains(left, report, words));
    }
    if let Some(failure) = &report.failure {
        let mut place = String::new();
        if let Some(file) = failure.file.as_ref().and_then(|it| inside(&it.to_string_lossy(), workspace)) {
            place = at(&file, failure.line);
        }
        let hint = failure.hint.iter().map(|it| format!(" {}", words.say(it))).collect::<String>();
        lines.push(line("error", failure.code.name(), &place, &(words.say(&failure.message) + &hint)));
    }
    lines
}

fn finding(it: &Checked, words: &Words, workspace: Option<&Path>) -> Option<String> {
    let verdict = &it.finding.verdict;
    let level = match verdict.status {
        Status::Fail => "error",
        Status::Warn => "warning",
        Status::Unknown if it.finding.needed => "warning",
        _ if it.is_accepted() => "notice",
        _ => return None,
    };
    let file = verdict.place.file.as_deref().and_then(|it| inside(it, workspace));
    let place = file.map(|it| at(&it, verdict.place.line)).unwrap_or_default();
    let mut text = summary(it, words);
    if let Some(said) = accepted::of(verdict) {
        text = format!("{text}\n{}", words.say(&said));
    }
    if let Some(remedy) = &it.remedy {
        text = format!("{text}\n{}: {}", words.key("report-remedy"), words.joined(&remedy.texts));
    }
    Some(line(level, &words.say(&check_key(&it.finding.id, "title")), &place, &text))
}

fn remains(left: &Left, report: &Report, words: &Words) -> String {
    let mut text = words.say(&left.summary);
    if let Some(decision) = &left.decision {
        text = format!("{text}\n{}", words.say(&decision.text));
    }
    let level = if report.ok() { "warning" } else { "error" };
    line(level, &words.say(&check_key(&left.id, "title")), "", &text)
}

/// The path of a file as seen from the checkout, if it is in it.
fn inside(file: &str, workspace: Option<&Path>) -> Option<String> {
    let below = Path::new(file).strip_prefix(workspace?).ok()?;
    Some(below.to_string_lossy().into_owned()).filter(|it| !it.is_empty())
}

fn at(file: &str, line: Option<u32>) -> String {
    let line = line.map(|it| format!(",line={it}")).unwrap_or_default();
    format!("file={}{line},", escaped(file, true))
}

fn line(level: &str, title: &str, place: &str, text: &str) -> String {
    format!("::{level} {place}title={}::{}", escaped(title, true), escaped(text, false))
}

/// As the runner reads it: `%`, and what ends a line; in a property also what ends that.
fn escaped(text: &str, property: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("%0A");
        }
        for c in safe(part).chars() {
            match c {
                '%' => out.push_str("%25"),
                ':' if property => out.push_str("%3A"),
                ',' if property => out.push_str("%2C"),
                c => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runner_would_read_is_escaped() {
        let rows = [
            ("100% \r\nx", false, "100%25 \\u{d}%0Ax"),
            ("a:b,c%", true, "a%3Ab%2Cc%25"),
            ("a:b,c", false, "a:b,c"),
            ("\u{1b}[1m::error::x", true, "\\u{1b}[1m%3A%3Aerror%3A%3Ax"),
        ];
        for (text, property, want) in rows {
            assert_eq!(escaped(text, property), want);
        }
    }

    #[test]
    fn only_files_of_the_checkout_have_a_place() {
        let workspace = Some(Path::new("/w"));
        assert_eq!(inside("/w/go.mod", workspace).as_deref(), Some("go.mod"));
        for (file, workspace) in [("/x/go.mod", workspace), ("/w/go.mod", None), ("/w", workspace)] {
            assert_eq!(inside(file, workspace), None);
        }
    }
}
