//! The checks as Markdown, for the summary of a CI job, an issue or a merge request: what is bad at length, the rest in a
//! table that is folded.

use super::accepted;
use super::junit::lines;
use super::model::{Checked, Report};
use super::text::check_key;
use super::text::checks::{mark, sum, summary};
use super::words::{Words, safe};

/// The whole text.
pub fn text(report: &Report, words: &Words) -> String {
    let checks = report.checks.as_deref().unwrap_or_default();
    let name = report.machine.as_ref().map_or("", |it| it.name.as_str());
    let mut out = format!("## {}\n\n", inline(&words.say(&text!("html-title", name = name))));
    let word = accepted::last_word(report, words).1;
    let counts: String = sum(checks, words).into_iter().map(|it| it.1).collect();
    out.extend([&*format!("**{}** {}\n", inline(&word), inline(&counts))]);
    if let Some(it) = &report.target {
        let line = text!("html-versions", fyne = &it.fyne, go = it.go, cli = &it.cli);
        out.extend(["\n", &*inline(&words.say(&line)), "\n"]);
    }
    for it in checks.iter().filter(|it| it.is_told_at_length()) {
        let (sign, title) = (mark(it.finding.verdict.status).0, title(it, words));
        out.extend(["\n### ", sign, " ", &*title, " (`", &*it.finding.id, "`)\n\n"]);
        out.extend([&*inline(&summary(it, words)), "\n\n"]);
        out.push_str(&fenced(&lines(it, words).join("\n")));
    }
    out.extend(["\n<details><summary>", &*inline(&words.key("html-checks")), "</summary>\n\n"]);
    let heads = ["html-status", "html-check", "html-found"].map(|it| inline(&words.key(it)));
    out.extend(["| ", &*heads.join(" | "), " |\n| --- | --- | --- |\n"]);
    for it in checks {
        let status = words.key(super::html::check::status_key(it));
        let said = accepted::of(&it.finding.verdict).map(|it| format!(" ({})", words.say(&it)));
        let found = summary(it, words) + &said.unwrap_or_default();
        let row = [inline(&status), title(it, words), inline(&found)];
        out.extend(["| ", &*row.join(" | "), " |\n"]);
    }
    out + "\n</details>\n"
}

fn title(it: &Checked, words: &Words) -> String {
    inline(&words.say(&check_key(&it.finding.id, "title")))
}

/// Words in a line, with nothing in them that Markdown or HTML would read.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe(text).chars() {
        if "\\`*_{}[]<>()#+!|~&@".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Lines as they are, in a fence that is longer than any in them.
fn fenced(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}\n")
}
