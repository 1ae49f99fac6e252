//! What `undo` and `uninstall` have in common: show what would be taken back, ask once, take back under the lock, report.
//! The journal says what to do, so that what the program itself knows of versions and packages is enough.

use serde_json::json;

use self::conclusion::{Gone, Runs};
use self::report::{acted, left, notes, once, strangers, unread};
use super::history::{self, tell_unread};
use super::survey::{self, VersionArgs};
use super::{Declined, Session, rightful};
use crate::action::Plan;
use crate::apply::events::Silence;
use crate::apply::revert::{self, StepUndone, UndoPlan, backups, believed};
use crate::apply::steps::StepContext;
use crate::facts::Facts;
use crate::failure::{Code, Exit, Failure};
use crate::journal::{Event, Journal, Request, Run, lock, roots};
use crate::manifest::{Knowledge, resolve};
use crate::path_style::PathStyle;
use crate::places::Places;
use crate::probe;
use crate::report::model::{Machine, Outcome};
use crate::report::text::Detail;
use crate::report::{Label, Page, Report};

mod caches;
mod choose;
mod conclusion;
mod report;

pub use choose::undo;

/// What is to be taken back.
pub struct UndoRequest {
    /// As the journal has it: `undo` with its runs, or `uninstall`.
    pub asked: Request,
    /// `--for-root`.
    pub for_root: bool,
}

impl UndoRequest {
    fn everything(&self) -> bool {
        self.asked.command == "uninstall"
    }

    fn undo_plan(&self, runs: &[Run]) -> UndoPlan {
        UndoPlan::of(&runs.iter().filter(|it| self.is_about(it)).collect::<Vec<_>>())
    }

    fn is_about(&self, run: &Run) -> bool {
        self.everything() || self.asked.of.contains(&run.id)
    }
}

/// A run that we can take back: nothing of it was written by a newer version.
pub fn readable(run: &Run) -> Result<&Run, Failure> {
    if !run.newer {
        return Ok(run);
    }
    let message = text!("undo-newer", run = &run.id);
    Err(Failure::new(Code::JournalNewer, message).hint(text!("undo-newer-hint")))
}

/// There is nothing to take back.
pub fn nothing(command: &str, session: &Session) -> Report {
    let mut page = Page::default();
    page.line(Label::Good, session.words.say(&text!("undo-nothing")));
    untouched(command, session, page)
}

/// Nothing was done, and the page says why.
fn untouched(command: &str, session: &Session, page: Page) -> Report {
    let mut report = Report { page, ..Report::new(command) };
    for (name, value) in [("changed", json!(false)), ("actions", json!([])), ("left", json!([]))] {
        report.more.insert(name.into(), value);
    }
    tell_unread(&mut report, session, &session.journal().map(|it| it.1.clone()).unwrap_or_default());
    report
}

/// Shows, asks, takes back.
pub fn go(session: &Session, request: &UndoRequest) -> Result<Report, Failure> {
    let places = session.places()?;
    let command = &request.asked.command;
    rightful(session, request.for_root, command)?;
    let undo_plan = request.undo_plan(session.runs()?);
    believed::plan(session.look, places, &undo_plan)?;
    let known = Knowledge::embedded();
    let facts = probe::facts(session.look, places, None, &known.packages);
    let mut would = shown(request, &undo_plan, session.runs()?, &facts, session);
    let damaged = &session.journal()?.1;
    tell_unread(&mut would, session, damaged);
    if session.options.dry_run {
        return Ok(Report { exit: Exit::Done, ..would });
    }
    if let Some(cut) = session.cut_short()?.last().filter(|it| it.command == *command) {
        session.audience.say(&text!("work-going-on", command = command, run = &cut.id));
    }
    let page = || crate::report::text::page(&would, session.words, Detail::default());
    // What an unfinished run says is shown also where `--yes` is the answer: nobody typed it here.
    let unfinished = session.cut_short()?.iter().any(|it| it.asked == request.asked);
    let answer = if unfinished { session.consent_or_show(page) } else { session.consent(page) };
    if let Err(Declined { failure, shown }) = answer {
        let report = if shown { Report::new(command) } else { would };
        return Ok(Report { exit: failure.exit, failure: Some(failure), ..report });
    }
    let mut report = carry_out(session, request, places, &facts, &known)?;
    tell_unread(&mut report, session, damaged);
    Ok(report)
}

/// What would be taken back.
fn shown(
    request: &UndoRequest,
    undo_plan: &UndoPlan,
    runs: &[Run],
    facts: &Facts,
    session: &Session,
) -> Report {
    let mut report = Report::new(&request.asked.command);
    report.machine = Some(Machine::of(facts));
    report.page.append(about_runs(request, runs, session));
    if request.everything() {
        report.page.append(about_directories(&facts.ours.places, session));
    }
    let actions = acted(undo_plan, &[], &[]);
    report.outcome = (!actions.is_empty()).then(|| Outcome { actions, ..Outcome::default() });
    report
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
    let there = dirs.into_iter().filter(|it| session.look.stat(it).is_here());
    let names: Vec<String> = there.map(|it| PathStyle::of_path(it).shown(it)).collect();
    let mut page = Page::default();
    if !names.is_empty() {
        let say = text!("undo-directories", paths = names.join(", "));
        page.hanging(Vec::new(), Label::Plain, &session.words.say(&say));
    }
    page
}

fn carry_out(
    session: &Session,
    request: &UndoRequest,
    places: &Places,
    facts: &Facts,
    known: &Knowledge,
) -> Result<Report, Failure> {
    let doors = session.doors;
    let (look, disk) = (doors.system.look, doors.system.disk);
    if request.everything() && look.stat(&places.data).is_absent() {
        // Nothing but caches or settings of ours, or the rest of an `uninstall` that was cut off.
        let foreign = roots::leave(doors.system, places, false)?;
        let mut report = Report::new(&request.asked.command);
        report.outcome = Some(Outcome { changed: true, left: strangers(&foreign), ..Outcome::default() });
        let mut report = settled(report, session, request, &UndoPlan::default(), &[]);
        let gone = Gone { everything: true, every_run: true };
        let nothing = (&UndoPlan::default(), &[][..]);
        report.page.append(conclusion::page(nothing, gone, &Runs::default(), facts, session));
        return Ok(report);
    }
    doors.interrupt.watch();
    let events = session.audience.events();
    let held = lock::enter(doors.system, places)?;
    let undo_plan = request.undo_plan(&held.runs);
    let lost = unread(&held.runs, |it| request.is_about(it), &places.journal());
    let told = Runs::of(&held.runs, |it| request.is_about(it));
    let cut: Vec<String> = held.runs.iter().filter(|it| it.cut_short()).map(|it| it.id.clone()).collect();
    let journal = Journal::open(held, look, disk, places, request.asked.clone());
    session.log.open(journal.run());
    let plan = empty_plan(session, facts, known)?;
    let site = StepContext {
        system: doors.system,
        places,
        plan: &plan,
        facts,
        known,
        settings: &facts.here,
        events: events.as_ref(),
        journal: &journal,
        cancelled: doors.interrupt.flag(),
    };
    let taken = revert::take_back(&site, &undo_plan, request.asked.force)?;
    let (taken, times): (Vec<StepUndone>, Vec<u64>) = taken.into_iter().unzip();
    drop(events);
    let failure = revert::failure(&taken).map(|it| session.by_signal(it));
    let whole = taken.iter().all(StepUndone::whole) && lost.is_empty();
    if failure.is_none() {
        let ended =
            |it: &&String| **it != journal.run() && (request.everything() || request.asked.of.contains(it));
        cut.iter().filter(ended).try_for_each(|it| journal.end_other(look.now(), it, Exit::Interrupted))?;
    }
    let mut report = Report::new(&request.asked.command);
    let mut left = left(&undo_plan, &taken, request.everything(), facts, &known.packages);
    left.extend(once(lost));
    let removes = request.everything() && failure.is_none();
    if failure.is_none() && !removes {
        backups::clear(look, disk, places)?;
    }
    if removes {
        left.extend(strangers(&roots::leave(doors.system, places, !whole)?));
    }
    let nothing_left = left.is_empty();
    report.outcome = Some(Outcome {
        run: Some(journal.run().to_owned()),
        changed: !taken.is_empty() || removes,
        actions: acted(&undo_plan, &taken, &times),
        left,
        ..Outcome::default()
    });
    report.failure = failure.or_else(|| revert::awaited(&taken).filter(|_| nothing_left));
    let mut report = settled(report, session, request, &undo_plan, &taken);
    if report.failure.as_ref().is_none_or(|it| it.exit == Exit::Restart) {
        let gone = Gone { everything: request.everything(), every_run: whole && told.remain.is_empty() };
        report.page.append(conclusion::page((&undo_plan, &taken), gone, &told, facts, session));
    }
    if !removes || !whole {
        journal.write(look.now(), Event::End { exit: report.exit as u8 })?;
    }
    Ok(report)
}

/// What an `undo` or `uninstall` that was cut short still takes back.
pub fn about(session: &Session, run: &Run) -> Result<Page, Failure> {
    let request = UndoRequest { asked: run.asked.clone(), for_root: false };
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
    let actions = acted(undo_plan, &[], &[]);
    if actions.is_empty() {
        return page;
    }
    let report = Report { outcome: Some(Outcome { actions, ..Outcome::default() }), ..Report::new("undo") };
    page.append(crate::report::text::page(&report, session.words, Detail::default()));
    page
}

/// Takes back the edits of a run that was cut short, so that it goes on from a known state.
pub fn rewind(session: &Session, run: &Run) -> Result<(), Failure> {
    let doors = session.doors;
    let places = session.places()?;
    if revert::edits(run).steps.is_empty() {
        return Ok(());
    }
    let known = Knowledge::embedded();
    let facts = probe::facts(session.look, places, None, &known.packages);
    let held = lock::enter(doors.system, places)?;
    let Some(undo_plan) = held.runs.iter().find(|it| it.id == run.id && it.cut_short()).map(revert::edits)
    else {
        return Ok(());
    };
    let journal = Journal::open(held, doors.system.look, doors.system.disk, places, run.asked.clone());
    session.log.open(journal.run());
    let plan = empty_plan(session, &facts, &known)?;
    let site = StepContext {
        system: doors.system,
        places,
        plan: &plan,
        facts: &facts,
        known: &known,
        settings: &facts.here,
        events: &Silence,
        journal: &journal,
        cancelled: doors.interrupt.flag(),
    };
    let taken: Vec<StepUndone> =
        revert::take_back(&site, &undo_plan, false)?.into_iter().map(|it| it.0).collect();
    revert::failure(&taken).map_or(Ok(()), Err)
}

/// The exit that follows, and what is said below the list.
fn settled(
    mut report: Report,
    session: &Session,
    request: &UndoRequest,
    undo_plan: &UndoPlan,
    taken: &[StepUndone],
) -> Report {
    let is_left = report.outcome.as_ref().is_some_and(|it| !it.left.is_empty());
    report.exit = match &report.failure {
        Some(failure) => failure.exit,
        None if is_left => Exit::Problems,
        None => Exit::Done,
    };
    report.page.append(notes(undo_plan, taken, session));
    if report.outcome.as_ref().is_some_and(|it| it.actions.is_empty() && it.left.is_empty()) {
        // The list would say that there was nothing to do.
        let outcome = report.outcome.take().unwrap_or_default();
        let list = [("changed", json!(outcome.changed)), ("actions", json!([])), ("left", json!([]))];
        report.more.extend(list.map(|(name, value)| (name.to_owned(), value)));
        if request.everything() {
            report.page.line(Label::Good, session.words.say(&text!("undo-gone")));
        }
    }
    report
}

/// A plan without steps, for the machinery of steps.
fn empty_plan(session: &Session, facts: &Facts, known: &Knowledge) -> Result<Plan, Failure> {
    let target = resolve(&known.manifest, &survey::constraints(facts, &VersionArgs::default()))?.target;
    let want = survey::want(session, &VersionArgs::default(), target, None);
    let (steps, unmet, unknown) = <_>::default();
    Ok(Plan { want, go_root: "/".into(), bin: "/".into(), steps, unmet, unknown })
}
