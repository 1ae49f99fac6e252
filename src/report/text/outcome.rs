//! What a writing command did, for people.

use super::{Detail, check_key, duration};
use crate::checks::Finding;
use crate::failure::Failure;
use crate::path_style::PathStyle;
use crate::report::accepted;
use crate::report::model::{Acted, Found, Left, Outcome, State};
use crate::report::page::{Label, Page};
use crate::report::words::{Words, safe};
use crate::text::Text;

/// How a command ends, as far as its steps are told by it.
#[derive(Clone, Copy)]
pub(super) struct Ending<'a> {
    /// With 0.
    pub fine: bool,
    /// What ended it before; it is said by itself.
    pub failure: Option<&'a Failure>,
    /// The steps that were done are counted: nothing else says what they came to.
    pub counts: bool,
}

/// The steps that were not done, and how many were; then what is left for people.
pub(super) fn page(page: &mut Page, outcome: &Outcome, ending: Ending<'_>, words: &Words, detail: Detail) {
    let fine = ending.fine;
    if outcome.actions.is_empty() && !detail.quiet {
        if outcome.left.is_empty() && !outcome.unknown.is_empty() {
            page.line(Label::Plain, words.key("report-nothing-unknown"));
        } else if outcome.left.is_empty() && fine {
            if outcome.accepted.iter().any(Finding::is_grave_and_accepted) {
                page.line(Label::Caution, words.key("report-nothing-but"));
            } else {
                page.line(Label::Good, words.key("report-nothing-to-do"));
            }
            rests_on(page, outcome, words);
        } else if outcome.left.iter().all(|it| outcome.not_yet.contains(&it.id)) {
            page.line(Label::Plain, words.key("report-nothing-changed"));
        } else {
            page.line(Label::Plain, words.key("report-nothing-fixed"));
        }
    }
    if !detail.quiet {
        found(page, &outcome.found, words);
    }
    // Where nothing failed, the run was interrupted.
    let failed = outcome.actions.iter().any(|it| it.state == State::Failed);
    let cancelled = if failed { "report-cancelled" } else { "report-not-done" };
    // What was done was said when it was; so was what failed, and why that ends the command is said below.
    let same = |it: &Failure| ending.failure.is_some_and(|said| said.message == it.message);
    for acted in &outcome.actions {
        let other = acted.failure.as_ref().filter(|it| !same(it));
        let told = detail.told && !detail.quiet && acted.state == State::Failed && other.is_none();
        if acted.state != State::Done && !told {
            act(page, acted, cancelled, other, words);
        }
    }
    let done = outcome.actions.iter().filter(|it| it.state == State::Done).count();
    if ending.counts && !detail.quiet && done > 0 {
        page.hanging(sign("✓", Label::Good), Label::Plain, &words.say(&text!("report-done", count = done)));
    }
    if !outcome.actions.is_empty() && !outcome.rests_on.is_empty() && !detail.quiet {
        page.gap();
        page.line(Label::Heading, words.key("report-rests"));
        rests_on(page, outcome, words);
    }
    let (open, decisions): (Vec<_>, Vec<_>) =
        outcome.left.iter().partition(|it| outcome.not_yet.contains(&it.id));
    if !open.is_empty() {
        page.gap();
        page.line(Label::Heading, words.key("report-not-yet"));
    }
    for left in open {
        page.hanging(sign("·", Label::Plain), Label::Plain, &headed(&left.id, &left.summary, words));
    }
    for (heading, all) in [("report-left", decisions), ("report-unknown", outcome.unknown.iter().collect())] {
        if !all.is_empty() {
            page.gap();
            page.line(Label::Heading, words.key(heading));
        }
        for it in all {
            still(page, it, words);
        }
    }
    if !outcome.accepted.is_empty() && !detail.quiet {
        page.gap();
        page.line(Label::Heading, words.key("report-accepted"));
    }
    for it in outcome.accepted.iter().filter(|_| !detail.quiet) {
        left_alone(page, it, words);
    }
}

/// What was accepted, with the reason.
pub fn left_alone(page: &mut Page, it: &Finding, words: &Words) {
    page.hanging(sign("·", Label::Plain), Label::Plain, &headed(&it.id, &it.verdict.summary, words));
    if let Some(said) = accepted::of(&it.verdict) {
        page.hanging(vec![(Label::Plain, "    ".to_owned())], Label::Faint, &words.say(&said));
    }
}

fn rests_on(page: &mut Page, outcome: &Outcome, words: &Words) {
    for text in &outcome.rests_on {
        page.hanging(sign("✓", Label::Good), Label::Plain, &words.say(text));
    }
}

/// What was wrong, with its cause and one line that shows it.
pub fn found(page: &mut Page, all: &[Found], words: &Words) {
    let indent = || vec![(Label::Plain, "    ".to_owned())];
    for it in all {
        let what = headed(&it.id, &it.summary, words);
        if it.fixed {
            let say = text!("report-fixed", what = what);
            page.hanging(sign("✓", Label::Good), Label::Plain, &words.say(&say));
            continue;
        }
        page.hanging(sign("✗", Label::Bad), Label::Plain, &what);
        if let Some(cause) = &it.cause {
            page.hanging(indent(), Label::Plain, &words.say(cause));
        }
        if let Some(line) = it.evidence.first() {
            page.hanging(indent(), Label::Faint, &safe(line));
        }
    }
    if !all.is_empty() {
        page.gap();
    }
}

/// What is wrong, in one line.
pub fn line(page: &mut Page, id: &str, summary: &Text, words: &Words) {
    page.hanging(sign("✗", Label::Bad), Label::Plain, &headed(id, summary, words));
}

fn act(page: &mut Page, acted: &Acted, cancelled: &'static str, why: Option<&Failure>, words: &Words) {
    let head = match acted.state {
        State::Done => sign("✓", Label::Good),
        State::Failed => sign("✗", Label::Bad),
        State::Pending => sign("·", Label::Plain),
        State::Cancelled => sign("-", Label::Faint),
        State::Undone => sign("↺", Label::Caution),
    };
    let what = words.say(&acted.what);
    let line = match acted.state {
        State::Done => words.say(&text!("report-acted", what = what, time = duration(acted.duration_ms))),
        State::Cancelled => words.say(&text!(cancelled, what = what)),
        State::Undone => words.say(&text!("report-undone", what = what)),
        State::Failed => match why {
            Some(why) => words.say(&text!("report-left-line", title = what, summary = &why.message)),
            None => what,
        },
        State::Pending => what,
    };
    page.hanging(head, Label::Plain, &line);
    if acted.state == State::Pending {
        let paths = acted.paths.iter().map(|it| PathStyle::of_path(it).shown(it));
        changes(page, &paths.chain(acted.packages.iter().cloned()).collect::<Vec<_>>(), words);
    }
}

/// How many paths are shown of one step.
const SHOWN: usize = 20;

/// What will be changed, a line each.
fn changes(page: &mut Page, all: &[String], words: &Words) {
    let indent = || vec![(Label::Plain, "      ".to_owned())];
    for it in all.iter().take(SHOWN) {
        page.hanging(indent(), Label::Faint, it);
    }
    if all.len() > SHOWN {
        let more = text!("undo-paths-more", count = all.len() - SHOWN);
        page.hanging(indent(), Label::Faint, &words.say(&more));
    }
}

fn still(page: &mut Page, left: &Left, words: &Words) {
    page.hanging(sign("!", Label::Caution), Label::Plain, &headed(&left.id, &left.summary, words));
    if let Some(decision) = &left.decision {
        page.hanging(vec![(Label::Plain, "    ".to_owned())], Label::Plain, &words.say(&decision.text));
        if let Some(command) = &decision.command {
            page.command(4, command);
        }
    }
}

/// The sign in front of a line.
fn sign(sign: &str, label: Label) -> Vec<(Label, String)> {
    vec![(Label::Plain, "  ".to_owned()), (label, sign.to_owned()), (Label::Plain, " ".to_owned())]
}

/// A check's title with what it found.
fn headed(id: &str, summary: &Text, words: &Words) -> String {
    let title = words.say(&check_key(id, "title"));
    words.say(&text!("report-left-line", title = title, summary = summary))
}
