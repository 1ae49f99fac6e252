//! What would be taken back, before anything is: the runs, the steps, our directories, and with `--purge` the caches of Go.

use std::path::PathBuf;

use super::request::UndoRequest;
use super::{caches, conclusion, report};
use crate::app::{Session, history};
use crate::apply::revert::{self, UndoPlan};
use crate::facts::Facts;
use crate::failure::Failure;
use crate::journal::{Run, roots};
use crate::path_style::PathStyle;
use crate::places::Places;
use crate::report::model::{Machine, Outcome};
use crate::report::text::Detail;
use crate::report::{Label, Page, Report};

/// What would be taken back.
pub(super) fn shown(
    request: &UndoRequest,
    undo_plan: &UndoPlan,
    runs: &[Run],
    (facts, purge): (&Facts, &[PathBuf]),
    session: &Session,
) -> Report {
    let mut would = Report::new(&request.asked.command);
    would.machine = Some(Machine::of(facts));
    would.page.append(about_runs(request, runs, session));
    if request.everything() {
        would.page.append(about_directories(&facts.ours.places, session));
    }
    if !purge.is_empty() {
        let paths = caches::named(&caches::sized(purge, session), session.words);
        let say = session.words.say(&text!("undo-purge", paths = paths));
        would.page.hanging(Vec::new(), Label::Caution, &say);
    }
    let actions = report::acted(session.look, undo_plan, &[], &[]);
    would.outcome = (!actions.is_empty()).then(|| Outcome { actions, ..Outcome::default() });
    would
}

/// The runs, the newest first. One that is named is said also where nothing of it is left to take back.
fn about_runs(request: &UndoRequest, runs: &[Run], session: &Session) -> Page {
    let counts = |it: &&Run| request.is_about(it) && (!request.everything() || !it.open().is_empty());
    let named = |it: &Run| session.words.say(&history::named(it));
    let runs: Vec<String> = runs.iter().rev().filter(counts).map(named).collect();
    let mut page = Page::default();
    if !runs.is_empty() {
        let say = text!("undo-runs", count = runs.len(), runs = runs.join(", "));
        page.line(Label::Plain, session.words.say(&say));
    }
    page
}

fn about_directories(places: &Places, session: &Session) -> Page {
    let dirs = [&places.data, &places.config, &places.cache];
    let goes = |it: &&PathBuf| *it != &places.config || roots::said(session.look, places).is_empty();
    let there = dirs.into_iter().filter(|it| session.look.stat(it).is_here()).filter(goes);
    let names: Vec<String> = there.map(|it| PathStyle::of_path(it).shown(it)).collect();
    let mut page = Page::default();
    if !names.is_empty() {
        let say = text!("undo-directories", paths = names.join(", "));
        page.hanging(Vec::new(), Label::Plain, &session.words.say(&say));
    }
    page.append(conclusion::settings(session, places));
    page
}

/// What an `undo` or `uninstall` that was cut short still takes back.
pub fn about(session: &Session, run: &Run) -> Result<Page, Failure> {
    let request = UndoRequest::of(run.asked.clone(), false);
    let undo_plan = request.undo_plan(session.runs()?);
    let mut page = about_runs(&request, session.runs()?, session);
    page.append(listed(session, &undo_plan));
    Ok(page)
}

/// The edits of a run that was cut short, which are taken back before it goes on: what people are asked about.
pub fn about_edits(session: &Session, run: &Run) -> Page {
    let mut page = Page::default();
    page.line(Label::Plain, session.words.say(&text!("undo-first", run = &run.id)));
    page.append(listed(session, &revert::edits(run)));
    page
}

fn listed(session: &Session, undo_plan: &UndoPlan) -> Page {
    let mut page = Page::default();
    let actions = report::acted(session.look, undo_plan, &[], &[]);
    if actions.is_empty() {
        return page;
    }
    let report = Report { outcome: Some(Outcome { actions, ..Outcome::default() }), ..Report::new("undo") };
    page.append(crate::report::text::page(&report, session.words, Detail::default()));
    page
}
