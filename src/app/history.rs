//! `history`: what we changed and when, from the journal.

use serde_json::json;

use super::Session;
use crate::failure::{Code, Failure};
use crate::journal::lock;
use crate::journal::undo::Undo;
use crate::journal::{Run, RunStep, State};
use crate::moment::Moment;
use crate::report::{Label, Page, Report};
use crate::text::Text;

/// Lists the runs, or one of them in full.
pub fn history(session: &Session, named: Option<&str>) -> Result<Report, Failure> {
    let (mut runs, unread) = session.journal()?.clone();
    let at_work = lock::at_work(session.look, session.places()?);
    if let Some(id) = named {
        if !runs.iter().any(|it| it.id == id) {
            return Err(no_such_run(id, &runs));
        }
        runs.retain(|it| it.id == id);
    }
    let mut report = Report::new("history");
    if runs.is_empty() {
        report.page.line(Label::Plain, session.words.say(&text!("history-empty")));
    }
    for run in &runs {
        report.page.append(page(run, at_work, session));
    }
    for run in runs.iter().filter(|it| it.newer) {
        let say = text!("history-newer", run = &run.id);
        report.page.hanging(Vec::new(), Label::Caution, &session.words.say(&say));
    }
    tell_unread(&mut report, session, &unread);
    report.more.insert("runs".into(), json!(runs));
    Ok(report)
}

/// No run is called so: the nearest, or where all of them are listed.
pub(super) fn no_such_run(id: &str, runs: &[Run]) -> Failure {
    let near = super::near(id, runs.iter().map(|it| it.id.as_str()));
    let hint = match near.first() {
        Some(near) => text!("usage-did-you-mean", near = *near),
        None => text!("history-no-such-run-hint"),
    };
    Failure::new(Code::UsageNoSuchRun, text!("history-no-such-run", run = id)).hint(hint)
}

/// The IDs of the runs, the last one first: for shells that complete them.
pub fn ids(session: &Session) -> Result<Report, Failure> {
    let ids: Vec<&str> = session.runs()?.iter().rev().map(|it| it.id.as_str()).collect();
    let mut report = Report::new("history");
    report.raw = Some(ids.iter().map(|it| format!("{it}\n")).collect());
    report.more.insert("ids".into(), json!(ids));
    Ok(report)
}

/// How many lines of a journal are named.
const NAMED: usize = 20;

/// The lines of the journal that cannot be read, for people and programs.
pub(super) fn tell_unread(report: &mut Report, session: &Session, lines: &[usize]) {
    report.more.insert("unread".into(), json!(lines.len()));
    report.more.insert("unread_lines".into(), json!(lines));
    if lines.is_empty() {
        return;
    }
    let mut named: Vec<String> = lines.iter().take(NAMED).map(usize::to_string).collect();
    named.extend((lines.len() > NAMED).then(|| "…".to_owned()));
    let say = text!("journal-unread", count = lines.len(), lines = named.join(", "));
    report.page.hanging(Vec::new(), Label::Caution, &session.words.say(&say));
}

/// A run as people are told of it: its ID, what it was, and when it began.
pub(super) fn named(run: &Run) -> Text {
    text!("undo-run", run = &run.id, command = &run.command, date = date(run.began))
}

fn page(run: &Run, at_work: bool, session: &Session) -> Page {
    let words = session.words;
    let mut page = Page::default();
    let undone = !run.steps.is_empty() && run.steps.iter().all(|it| it.state == State::Undone || !acts(it));
    let exit = match run.exit {
        _ if undone && run.steps.iter().any(acts) => words.key("history-taken-back"),
        Some(exit) => words.say(&text!("history-exit", exit = i32::from(exit))),
        None if at_work => words.key("history-at-work"),
        None if run.newer => words.key("history-end-unknown"),
        None => words.key("history-cut-short"),
    };
    let (id, command, date) = (&run.id, &run.command, date(run.began));
    let head = text!("history-run", run = id, command = command, date = date, exit = exit);
    page.line(Label::Heading, words.say(&head));
    if !run.asked.of.is_empty() {
        page.line(
            Label::Plain,
            format!("  {}", words.say(&text!("history-took-back", runs = run.asked.of.join(", ")))),
        );
    }
    for step in &run.steps {
        let what = words.say(&crate::action::sentence(&step.action));
        let (mark, label, what) = match step.state {
            State::Done => ("✓", Label::Good, what),
            State::Failed => ("✗", Label::Bad, words.say(&text!("history-step-failed", what = what))),
            State::Begun => ("…", Label::Caution, words.say(&text!("history-step-cut", what = what))),
            State::Undone => ("↺", Label::Faint, words.say(&text!("history-step-back", what = what))),
        };
        page.hanging(vec![(label, format!("  {mark} "))], Label::Plain, &what);
    }
    page
}

/// Whether a step changed anything but caches.
fn acts(step: &RunStep) -> bool {
    step.undo.iter().any(Undo::acts)
}

/// `2026-11-24 09:31 UTC` of seconds since 1970.
fn date(seconds: u64) -> String {
    let moment = Moment(seconds).to_string();
    format!("{} UTC", moment[..16].replace('T', " "))
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, want) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_795_513_558, "2026-11-24 09:45 UTC"),
        ] {
            assert_eq!(date(seconds), want);
        }
    }
}
