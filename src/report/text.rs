//! A `Report` for people: calm, one line for all that is well in a group; only what is bad is told at length. It ends with
//! the one command to type next.

use std::path::Path;

use super::accepted;
use super::model::{Checked, Machine, Report};
use super::page::{Label, Page};
use super::plan;
use super::words::{Words, safe};
use crate::failure::{Code, Failure};
use crate::path_style::PathStyle;
use crate::text::Text;
use crate::want::Target;

pub(super) mod checks;
pub mod outcome;
mod quote;

/// How much is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detail {
    /// Only what is bad.
    pub quiet: bool,
    /// All evidence, also of what is good.
    pub verbose: bool,
    /// The page goes to the same screen as the progress, which began with the machine and showed what failed.
    pub told: bool,
    /// Only checks that were named are listed: each of them, however it is.
    pub named: bool,
}

/// The page that goes to standard output. A failure is not on it: see [`failure`].
pub fn page(report: &Report, words: &Words, detail: Detail) -> Page {
    let mut page = Page::default();
    // A run on the same screen began with it.
    let begun = detail.told && report.outcome.as_ref().is_some_and(|it| it.run.is_some());
    if let (false, false, Some(machine)) = (detail.quiet, begun, &report.machine) {
        page.append(title(machine, report.target.as_ref(), words));
        page.gap();
    }
    page.append(report.before.clone());
    if let Some(checks) = &report.checks {
        let named = report.only_named;
        checks::list(&mut page, checks, words, Detail { named, ..detail });
    }
    if let Some(plan) = &report.plan {
        page.append(plan::page(plan, words, report.typed(), report.administrator.as_ref(), &report.costs));
    }
    if let Some(outcome) = report.outcome.as_ref().filter(|it| !it.is_silent) {
        let counts = !matches!(report.command.as_str(), "undo" | "uninstall");
        let ending = outcome::Ending { fine: report.ok(), failure: report.failure.as_ref(), counts };
        outcome::page(&mut page, outcome, ending, words, detail);
    }
    if !report.page.is_empty() {
        page.gap();
        page.append(report.page.clone());
    }
    if !detail.quiet || report.exit != crate::failure::Exit::Done {
        tail(&mut page, report, words, detail);
    }
    page
}

/// The machine and the versions that a command is about.
pub fn title(machine: &Machine, target: Option<&Target>, words: &Words) -> Page {
    let mut page = Page::default();
    let version = env!("CARGO_PKG_VERSION");
    let line = text!("report-machine", version = version, name = &machine.name, arch = &machine.arch);
    page.hanging(vec![], Label::Heading, &words.say(&line));
    if let Some(target) = target {
        let text = text!("report-target", fyne = &target.fyne, go = target.go, cli = &target.cli);
        page.hanging(vec![], Label::Faint, &words.say(&text));
    }
    page
}

/// The key of a check's text: `cgo.headers`, `title` → `cgo-headers.title`.
pub fn check_key(id: &str, part: &str) -> Text {
    Text::new(format!("{}.{part}", id.replace('.', "-")))
}

/// The same for a part that says how it is on a person's system: `by-hand-windows` where a check says that for Windows apart.
pub fn check_part(words: &Words, id: &str, part: &str, os: &str) -> Text {
    let own = check_key(id, &format!("{part}-{os}"));
    if words.has(&own.key) { own } else { check_key(id, part) }
}

/// `0.3 s`, `12 s`, `4 min 52 s`. The same in both languages.
pub fn duration(ms: u64) -> String {
    match ms {
        0..10_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        10_000..60_000 => format!("{} s", ms / 1000),
        _ => format!("{} min {:02} s", ms / 60_000, ms % 60_000 / 1000),
    }
}

/// Bytes as downloads count them: 1 MB is a million.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes / 1000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}

fn tail(page: &mut Page, report: &Report, words: &Words, detail: Detail) {
    if report.checks.is_some() && report.ok() {
        let (label, word) = accepted::last_word(report, words);
        page.hanging(vec![], label, &word);
        let untried = |it: &Checked| it.finding.verdict.summary.key == "project-build-untried";
        if report.checks.iter().flatten().any(untried) {
            page.hanging(vec![], Label::Faint, &words.key("report-not-built"));
        }
    }
    if let Some(undo) = report.undo.as_ref().filter(|_| !detail.quiet) {
        page.gap();
        page.hanging(vec![], Label::Faint, &words.say(&undo.text));
        page.command(2, &undo.command);
    }
    if let Some(next) = &report.next {
        page.gap();
        page.hanging(vec![], Label::Plain, &words.say(&next.text));
        page.command(2, &next.command);
    }
}

/// Where the log of a command that failed lies. Never broken into lines: it is there to be copied.
pub fn log(path: &Path, words: &Words) -> Page {
    let mut page = Page::default();
    page.spans([
        (Label::Faint, words.key("report-log")),
        (Label::Plain, PathStyle::of_path(path).shown(path)),
    ]);
    page
}

/// What tells more about a failure, for a person at a terminal. Of a wrong word on the command line the hint says all, and of
/// a person's own word there is nothing to say.
pub fn more(failure: &Failure, words: &Words) -> Page {
    let mut page = Page::default();
    if !matches!(failure.code.family(), "usage" | "confirm" | "interrupted") {
        let line = format!("fyne-setup explain {}", failure.code);
        page.spans([(Label::Faint, words.key("report-failure-more")), (Label::Command, line)]);
    }
    page
}

/// `error: …`, `at: …` with the line at fault, what else is wrong, `hint: …`, for standard error.
pub fn failure(failure: &Failure, words: &Words) -> Page {
    let mut page = Page::default();
    let head = |key: &'static str, label: Label| vec![(label, words.key(key))];
    // A person's own word is no error.
    let own = matches!(failure.code, Code::ConfirmDeclined | Code::Interrupted);
    let error = if own { vec![] } else { head("report-error", Label::Bad) };
    page.hanging(error, Label::Plain, &words.say(&failure.message));
    if let Some(file) = &failure.file {
        let place = failure.line.into_iter().map(|it| it.to_string());
        let place = place.chain(failure.quote.iter().map(|it| it.column.to_string()));
        let place: String = place.map(|it| format!(":{it}")).collect();
        let text = format!("{}{place}", safe(&PathStyle::of_path(file).shown(file)));
        page.hanging(head("report-at", Label::Faint), Label::Plain, &text);
    }
    if let Some(it) = &failure.quote {
        quote::show(&mut page, it);
    }
    for also in &failure.also {
        page.hanging(head("report-also", Label::Bad), Label::Plain, &words.say(also));
    }
    if let Some(hint) = &failure.hint {
        page.hanging(head("report-hint", Label::Good), Label::Plain, &words.say(hint));
    }
    page
}
