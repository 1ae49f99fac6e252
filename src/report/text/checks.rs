//! What the checks found, for people: one line for all that is well in a group, then what is not, causes first.

use super::{Detail, check_key};
use crate::checks::{Group, Place, Status};
use crate::gather::Order as _;
use crate::report::accepted;
use crate::report::model::Checked;
use crate::report::page::{Label, Page, pad, width};
use crate::report::words::{Words, safe};
use crate::text::Text;

/// Evidence lines that are shown without `-v`.
const EVIDENCE: usize = 3;

pub(super) fn list(page: &mut Page, checks: &[Checked], words: &Words, detail: Detail) {
    if detail.verbose || detail.named {
        opened(page, checks, words, detail);
    } else {
        folded(page, checks, words, detail);
    }
    if !detail.quiet || checks.iter().any(|it| it.finding.verdict.is_bad()) {
        page.gap();
        page.flow(sum(checks, words));
    }
}

fn title_of(checked: &Checked, words: &Words) -> String {
    words.say(&check_key(&checked.finding.id, "title"))
}

fn column(titles: impl Iterator<Item = usize>) -> usize {
    titles.max().unwrap_or(0).min(28) + 2
}

/// One line a check, in its group.
fn opened(page: &mut Page, checks: &[Checked], words: &Words, detail: Detail) {
    let column = column(checks.iter().map(|it| width(&title_of(it, words))));
    let mut group: Option<Group> = None;
    for checked in checks.iter().filter(|it| !detail.quiet || it.finding.verdict.is_bad()) {
        if group != Some(checked.finding.group) {
            group = Some(checked.finding.group);
            page.line(Label::Heading, words.say(&Text::new(group_key(checked.finding.group))));
        }
        one(page, checked, &pad(&title_of(checked, words), column), words, detail);
    }
}

/// One line a group for all that is well in it, then what is not: causes, then what waits for them.
fn folded(page: &mut Page, checks: &[Checked], words: &Words, detail: Detail) {
    let mut groups: Vec<Group> = Vec::new();
    for checked in checks {
        if !groups.contains(&checked.finding.group) {
            groups.push(checked.finding.group);
        }
    }
    let mut grave: Vec<&Checked> = checks.iter().filter(|it| weight(it).is_some()).collect();
    grave.order_by_key(|it| weight(it));
    let notes = |it: &&Checked| {
        matches!(it.finding.verdict.status, Status::Info | Status::Unknown) && weight(it).is_none()
    };
    let shown = grave.iter().copied().chain(checks.iter().filter(notes));
    let names = groups.iter().map(|it| words.say(&Text::new(group_key(*it))));
    let column = column(shown.map(|it| title_of(it, words)).chain(names).map(|it| width(&it)));
    for group in groups.into_iter().filter(|_| !detail.quiet) {
        let of = || checks.iter().filter(|it| it.finding.group == group);
        let head = |(sign, label): (&str, Label)| {
            let name = pad(&words.say(&Text::new(group_key(group))), column);
            vec![
                (Label::Plain, "  ".to_owned()),
                (label, sign.to_owned()),
                (Label::Plain, format!(" {name}")),
            ]
        };
        let fine = of().filter(|it| it.finding.verdict.status == Status::Ok).count();
        let bad = of().filter(|it| weight(it).is_some()).count();
        if fine > 0 && bad > 0 {
            // A group is not well because some of it is: what is not stands below, with its own sign.
            let say = words.say(&text!("report-group-part", count = fine, bad = bad));
            page.hanging(head(mark(Status::Info)), Label::Plain, &say);
        } else if fine > 0 {
            let say = words.say(&text!("report-group-ok", count = fine));
            page.hanging(head(mark(Status::Ok)), Label::Plain, &say);
        } else if let Some(first) =
            of().next().filter(|_| of().all(|it| it.finding.verdict.status == Status::Skipped))
        {
            page.hanging(
                head(mark(Status::Skipped)),
                Label::Faint,
                &words.say(&first.finding.verdict.summary),
            );
        }
        for checked in of().filter(notes) {
            one(page, checked, &pad(&title_of(checked, words), column), words, detail);
        }
    }
    // What waits is told in lines that stand together.
    let mut waiting = false;
    for checked in grave.into_iter().filter(|it| !detail.quiet || it.finding.verdict.is_bad()) {
        let waits = checked.finding.verdict.status == Status::Waiting;
        if !(waits && waiting) {
            page.gap();
        }
        waiting = waits;
        one(page, checked, &pad(&title_of(checked, words), column), words, detail);
    }
}

/// How early something that is not well is told; none for what is.
fn weight(checked: &Checked) -> Option<u8> {
    match checked.finding.verdict.status {
        Status::Fail => Some(0),
        Status::Warn => Some(1),
        Status::Unknown if checked.finding.needed => Some(2),
        Status::Waiting => Some(3),
        _ => None,
    }
}

/// The key of a family's name.
pub(crate) const fn group_key(group: Group) -> &'static str {
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
pub(crate) const fn mark(status: Status) -> (&'static str, Label) {
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
    if let Some(text) = accepted::of(verdict) {
        page.hanging(vec![(Label::Plain, "      ".to_owned())], Label::Plain, &words.say(&text));
    }
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
pub(crate) fn summary(checked: &Checked, words: &Words) -> String {
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
    let more = format!("fyne-setup explain {}", checked.finding.id);
    page.hanging(lead("report-details"), Label::Faint, &more);
}

/// A line that shows it. What a program or a file said stays as it is; what we say of one is said in the reader's language.
pub(crate) fn seen(line: &str, words: &Words) -> String {
    let ours = [
        (": not on PATH", "report-seen-off-path"),
        (": not set", "report-seen-unset"),
        (": not found", "report-seen-not-found"),
        (": 0 bytes", "report-seen-empty"),
    ];
    let said = ours.iter().find_map(|(end, key)| Some((line.strip_suffix(end)?, *key)));
    // A shell's own words end so too: `sh: 1: gcc: not found`.
    let said = said.filter(|it| !it.0.contains(": "));
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
pub(crate) fn place(place: &Place, words: &Words) -> Option<String> {
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
pub(crate) fn sum(checks: &[Checked], words: &Words) -> Vec<(Label, String)> {
    let accepted = checks.iter().filter(|it| it.is_accepted()).count();
    let count = |status: Status| {
        let of = checks.iter().filter(|it| it.finding.verdict.status == status && !it.is_accepted());
        of.count()
    };
    let parts = [
        (count(Status::Fail), "report-count-fail", Label::Bad),
        (count(Status::Warn), "report-count-warn", Label::Caution),
        (count(Status::Unknown), "report-count-unknown", Label::Caution),
        (count(Status::Waiting), "report-count-waiting", Label::Faint),
        (accepted, "report-count-accepted", Label::Caution),
        (count(Status::Ok), "report-count-ok", Label::Good),
        (count(Status::Info), "report-count-info", Label::Plain),
        (count(Status::Skipped), "report-count-skipped", Label::Faint),
    ];
    let mut spans = Vec::new();
    for (n, key, label) in parts {
        if n > 0 {
            spans.push((label, words.say(&Text::new(key).with("count", n))));
            spans.push((Label::Plain, " · ".to_owned()));
        }
    }
    spans.pop();
    spans
}
