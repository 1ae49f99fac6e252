//! A `Report` for people: calm, in 80 columns, one line a check; only what is bad is told at length. It ends with the
//! one command to type next.

use std::path::Path;

use super::model::{Checked, Machine, Report};
use super::page::{Label, Page, pad, width};
use super::plan;
use super::words::{Words, safe};
use crate::checks::{Group, Place, Status};
use crate::failure::{Code, Failure};
use crate::path_style::PathStyle;
use crate::text::Text;
use crate::want::Target;

pub mod outcome;
mod quote;

/// How much is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detail {
    /// Only what is bad.
    pub quiet: bool,
    /// All evidence, also of what is good.
    pub verbose: bool,
    /// The page goes to the same screen as the progress, which showed already what was done.
    pub told: bool,
}

/// Evidence lines that are shown without `-v`.
const EVIDENCE: usize = 3;

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
        list(&mut page, checks, words, detail);
    }
    if let Some(plan) = &report.plan {
        let sudo = report.machine.as_ref().is_some_and(|it| !it.root);
        page.append(plan::page(plan, words, sudo, report.administrator.as_ref()));
    }
    if let Some(outcome) = report.outcome.as_ref().filter(|it| !it.is_silent) {
        outcome::page(&mut page, outcome, report.ok(), words, detail);
    }
    if !report.page.is_empty() {
        page.gap();
        page.append(report.page.clone());
    }
    if !detail.quiet || report.exit != crate::failure::Exit::Done {
        tail(&mut page, report, words);
    }
    page
}

/// The machine and the versions that a command is about.
pub fn title(machine: &Machine, target: Option<&Target>, words: &Words) -> Page {
    let mut page = Page::default();
    let version = env!("CARGO_PKG_VERSION");
    let line = text!("report-machine", version = version, name = &machine.name, arch = &machine.arch);
    page.line(Label::Heading, words.say(&line));
    if let Some(target) = target {
        let text = text!("report-target", fyne = &target.fyne, go = target.go, cli = &target.cli);
        page.line(Label::Faint, words.say(&text));
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

fn list(page: &mut Page, checks: &[Checked], words: &Words, detail: Detail) {
    let titles: Vec<_> = checks.iter().map(|it| words.say(&check_key(&it.finding.id, "title"))).collect();
    let column = titles.iter().map(|it| width(it)).max().unwrap_or(0).min(28) + 2;
    let mut group: Option<Group> = None;
    for (checked, title) in checks.iter().zip(&titles) {
        let verdict = &checked.finding.verdict;
        // What does not apply here is counted below; only a whole family that does not apply says so, in one line.
        let idle = verdict.status == Status::Skipped && !detail.verbose;
        let first =
            group != Some(checked.finding.group) && whole_family_skipped(checks, checked.finding.group);
        if (detail.quiet && !verdict.is_bad()) || (idle && !first) {
            continue;
        }
        if group != Some(checked.finding.group) {
            group = Some(checked.finding.group);
            page.line(Label::Heading, words.say(&Text::new(group_key(checked.finding.group))));
        }
        if idle {
            let head = vec![(Label::Plain, "  ".to_owned()), (Label::Faint, "- ".to_owned())];
            page.hanging(head, Label::Faint, &words.say(&verdict.summary));
        } else {
            one(page, checked, &pad(title, column), words, detail);
        }
    }
    if !detail.quiet || group.is_some() {
        page.gap();
        page.spans(sum(checks, words));
    }
}

fn whole_family_skipped(checks: &[Checked], group: Group) -> bool {
    let mut family = checks.iter().map(|it| &it.finding).filter(|it| it.group == group);
    family.all(|it| it.verdict.status == Status::Skipped)
}

/// The key of a family's name.
pub(super) const fn group_key(group: Group) -> &'static str {
    match group {
        Group::System => "report-group-system",
        Group::Go => "report-group-go",
        Group::Modules => "report-group-modules",
        Group::Cgo => "report-group-cgo",
        Group::Display => "report-group-display",
        Group::Cli => "report-group-cli",
        Group::Project => "report-group-project",
    }
}

/// The mark in front, one column wide, and what it is.
pub(super) const fn mark(status: Status) -> (&'static str, Label) {
    match status {
        Status::Ok => ("✓", Label::Good),
        Status::Info => ("·", Label::Plain),
        Status::Warn => ("!", Label::Caution),
        Status::Fail => ("✗", Label::Bad),
        Status::Unknown => ("?", Label::Caution),
        Status::Waiting => ("…", Label::Faint),
        Status::Skipped => ("-", Label::Faint),
    }
}

fn one(page: &mut Page, checked: &Checked, title: &str, words: &Words, detail: Detail) {
    let verdict = &checked.finding.verdict;
    let (sign, label) = mark(verdict.status);
    let summary = summary(checked, words);
    let head =
        vec![(Label::Plain, "  ".to_owned()), (label, sign.to_owned()), (Label::Plain, format!(" {title}"))];
    let body = if verdict.status == Status::Skipped { Label::Faint } else { Label::Plain };
    page.hanging(head, body, &summary);
    if checked.is_told_at_length() {
        whole(page, checked, words, detail);
    } else if detail.verbose {
        // What is good has no cause, but may say what was not judged.
        if let Some(cause) = verdict.cause.as_ref().filter(|_| verdict.status == Status::Ok) {
            page.hanging(lead(words)("report-cause"), Label::Plain, &words.say(cause));
        }
        evidence(page, &verdict.evidence, words, usize::MAX, &lead(words));
    }
}

/// What was found, in a line.
pub(super) fn summary(checked: &Checked, words: &Words) -> String {
    match checked.finding.verdict.status {
        Status::Waiting => {
            words.say(&text!("report-waits", roots = roots(&checked.finding.blocked_by, words)))
        }
        _ => words.say(&checked.finding.verdict.summary),
    }
}

fn roots(ids: &[String], words: &Words) -> String {
    let titles: Vec<_> = ids.iter().map(|it| words.say(&check_key(it, "title"))).collect();
    titles.join(&words.key("report-join"))
}

/// The small words in front of the lines below a bad check, as wide as the widest of them.
fn lead(words: &Words) -> impl Fn(&'static str) -> Vec<(Label, String)> {
    let keys = ["report-cause", "report-seen", "report-where", "report-remedy", "report-details"];
    let all = keys.map(|it| (it, words.key(it)));
    let column = all.iter().map(|(_, it)| width(it)).max().unwrap_or(0) + 2;
    move |key| {
        let word = all.iter().find(|it| it.0 == key).map_or("", |it| it.1.as_str());
        vec![(Label::Plain, "      ".to_owned()), (Label::Faint, pad(word, column))]
    }
}

fn whole(page: &mut Page, checked: &Checked, words: &Words, detail: Detail) {
    let verdict = &checked.finding.verdict;
    let lead = lead(words);
    if let Some(cause) = &verdict.cause {
        page.hanging(lead("report-cause"), Label::Plain, &words.say(cause));
    }
    let most = if detail.verbose { usize::MAX } else { EVIDENCE };
    evidence(page, &verdict.evidence, words, most, &lead);
    if let Some(place) = place(&verdict.place, words) {
        page.hanging(lead("report-where"), Label::Plain, &place);
    }
    if let Some(remedy) = &checked.remedy {
        if !remedy.texts.is_empty() {
            page.hanging(lead("report-remedy"), Label::Plain, &words.joined(&remedy.texts));
        }
        if let Some(command) = &remedy.command {
            let indent = lead("").iter().map(|(_, it)| width(it)).sum();
            page.command(indent, command);
        }
    }
    let mut more = lead("report-details");
    more.push((Label::Faint, format!("fyne-setup explain {}", checked.finding.id)));
    page.spans(more);
}

/// A line that shows it. What a program or a file said stays as it is; what we say of one is said in the reader's language.
pub(super) fn seen(line: &str, words: &Words) -> String {
    let ours = [
        (": not on PATH", "report-seen-off-path"),
        (": not set", "report-seen-unset"),
        (": 0 bytes", "report-seen-empty"),
    ];
    let said = ours.iter().find_map(|(end, key)| Some((line.strip_suffix(end)?, *key)));
    let said = said.map(|(what, key)| words.say(&Text::new(key).with("what", what)));
    safe(said.as_deref().unwrap_or(line)).into_owned()
}

fn evidence(
    page: &mut Page,
    lines: &[String],
    words: &Words,
    most: usize,
    lead: &impl Fn(&'static str) -> Vec<(Label, String)>,
) {
    for (index, line) in lines.iter().take(most).enumerate() {
        page.hanging(lead(if index == 0 { "report-seen" } else { "" }), Label::Faint, &seen(line, words));
    }
    if lines.len() > most {
        let more = words.say(&text!("report-more", count = lines.len() - most));
        page.hanging(lead(""), Label::Faint, &more);
    }
}

/// `GOPROXY, /root/.profile:3`.
pub(super) fn place(place: &Place, words: &Words) -> Option<String> {
    let file = place.file.as_ref().map(|file| match place.line {
        Some(line) => format!("{}:{line}", safe(file)),
        None => safe(file).into_owned(),
    });
    match (&place.variable, file) {
        (Some(variable), Some(file)) => {
            Some(words.say(&text!("report-variable-in", variable = variable, file = file)))
        }
        (Some(variable), None) => Some(words.say(&text!("report-variable-here", variable = variable))),
        (None, file) => file,
    }
}

/// How many checks there are of each status.
pub(super) fn sum(checks: &[Checked], words: &Words) -> Vec<(Label, String)> {
    let count = |status: Status| checks.iter().filter(|it| it.finding.verdict.status == status).count();
    let parts = [
        (Status::Fail, "report-count-fail", Label::Bad),
        (Status::Warn, "report-count-warn", Label::Caution),
        (Status::Unknown, "report-count-unknown", Label::Caution),
        (Status::Waiting, "report-count-waiting", Label::Faint),
        (Status::Ok, "report-count-ok", Label::Good),
        (Status::Info, "report-count-info", Label::Plain),
        (Status::Skipped, "report-count-skipped", Label::Faint),
    ];
    let mut spans = Vec::new();
    for (status, key, label) in parts {
        let n = count(status);
        if n > 0 {
            if !spans.is_empty() {
                spans.push((Label::Plain, " · ".to_owned()));
            }
            spans.push((label, words.say(&Text::new(key).with("count", n))));
        }
    }
    spans
}

/// `0.3 s`, `12 s`, `4 min 52 s`. The same in both languages.
pub fn duration(ms: u64) -> String {
    match ms {
        0..10_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        10_000..60_000 => format!("{} s", ms / 1000),
        _ => format!("{} min {:02} s", ms / 60_000, ms % 60_000 / 1000),
    }
}

fn tail(page: &mut Page, report: &Report, words: &Words) {
    if report.checks.is_some() && report.ok() {
        let key = if report.only_named { "report-named-fine" } else { "report-healthy" };
        page.line(Label::Good, words.key(key));
        let untried = |it: &Checked| it.finding.verdict.summary.key == "project-build-untried";
        if report.checks.iter().flatten().any(untried) {
            page.hanging(vec![], Label::Faint, &words.key("report-not-built"));
        }
    }
    if let Some(next) = &report.next {
        page.gap();
        page.line(Label::Plain, words.say(&next.text));
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
