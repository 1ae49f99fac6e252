//! What `undo` and `uninstall` have in common: show what would be taken back, ask once, take back under the lock, report.
//! The journal says what to do, so that what the program itself knows of versions and packages is enough.

use std::path::PathBuf;
use std::sync::Mutex;

use serde_json::json;

use self::conclusion::{Gone, Runs};
use self::report::{acted, left, notes, once, strangers, unread};
use super::history::tell_unread;
use super::survey::{self, VersionArgs};
use super::{Declined, Session, rightful};
use crate::action::Plan;
use crate::apply::events::Silence;
use crate::apply::revert::{self, StepUndone, UndoPlan, backups, believed};
use crate::apply::steps::StepContext;
use crate::facts::Facts;
use crate::failure::{Code, Exit, Failure};
use crate::journal::{Event, Journal, Run, lock, roots};
use crate::manifest::{Knowledge, resolve};
use crate::places::Places;
use crate::probe;
use crate::report::model::Outcome;
use crate::report::text::Detail;
use crate::report::{Label, Page, Report};

mod caches;
mod choose;
mod conclusion;
mod report;
mod request;
mod shown;

pub use choose::undo;
pub use request::UndoRequest;
pub use shown::{about, about_edits};

/// A run that we can take back: nothing of it was written by a newer version.
pub fn readable(run: &Run) -> Result<&Run, Failure> {
    if !run.newer {
        return Ok(run);
    }
    let message = text!("undo-newer", run = &run.id);
    Err(Failure::new(Code::JournalNewer, message).hint(text!("undo-newer-hint")))
}

/// There is nothing to take back. What a person set stays, also where `uninstall` has nothing to do.
pub fn nothing(command: &str, session: &Session) -> Report {
    let mut page = Page::default();
    let all = command == "uninstall";
    let say = if all { text!("undo-nothing-to-remove") } else { text!("undo-nothing") };
    page.line(Label::Good, session.words.say(&say));
    if let Some(places) = session.places().ok().filter(|_| all) {
        page.append(conclusion::settings(session, places));
    }
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
    let ours = roots::anything(session.look, places);
    session.audience.waits(Some(&text!("work-looking")));
    let facts = probe::facts(session.look, places, None, &known.packages);
    let purge = if request.purge { caches::of(&facts, session.look).whole } else { Vec::new() };
    session.audience.waits(None);
    if request.everything() && purge.is_empty() && !ours {
        return Ok(nothing(command, session));
    }
    let mut would = shown::shown(request, &undo_plan, session.runs()?, (&facts, &purge), session);
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
    let mut report = carry_out(session, request, places, (&facts, &purge), &known)?;
    tell_unread(&mut report, session, damaged);
    Ok(report)
}

fn carry_out(
    session: &Session,
    request: &UndoRequest,
    places: &Places,
    (facts, purge): (&Facts, &[PathBuf]),
    known: &Knowledge,
) -> Result<Report, Failure> {
    let doors = session.doors;
    let (look, disk) = (doors.system.look, doors.system.disk);
    let (there, recorded) = (roots::besides_journal(look, places), look.stat(&places.journal()).is_here());
    if request.everything() && look.stat(&places.data).is_absent() {
        return without_journal(session, request, places, facts, purge);
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
        cache_laid: &Mutex::default(),
    };
    let taken = revert::take_back(&site, &undo_plan, request.asked.force)?;
    let mut changed = taken.iter().any(|it| it.changed);
    let times: Vec<u64> = taken.iter().map(|it| it.millis).collect();
    let taken: Vec<StepUndone> = taken.into_iter().map(|it| it.undone).collect();
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
        changed |= there || (whole && recorded);
        caches::purged(&mut report, purge, facts, session)?;
    }
    let nothing_left = left.is_empty();
    report.outcome = Some(Outcome {
        run: Some(journal.run().to_owned()),
        changed: changed || report.more.contains_key("purged"),
        actions: acted(look, &undo_plan, &taken, &times),
        left,
        ..Outcome::default()
    });
    report.failure = failure.or_else(|| revert::awaited(&taken).filter(|_| nothing_left));
    let brought = there || !session.runs()?.is_empty();
    let mut report = settled(report, session, (request, brought), &undo_plan, &taken);
    if report.failure.as_ref().is_none_or(|it| it.exit == Exit::Restart) {
        let gone = Gone { everything: request.everything(), every_run: whole && told.remain.is_empty() };
        report.page.append(conclusion::page((&undo_plan, &taken), gone, &told, facts, session));
    }
    if !removes || !whole {
        journal.write(look.now(), Event::End { exit: report.exit as u8 })?;
    }
    Ok(report)
}

/// Nothing is there but caches or settings of ours, the rest of an `uninstall` that was cut off, or caches of Go to be removed.
fn without_journal(
    session: &Session,
    request: &UndoRequest,
    places: &Places,
    facts: &Facts,
    purge: &[PathBuf],
) -> Result<Report, Failure> {
    let system = session.doors.system;
    let changed = roots::anything(system.look, places) || !purge.is_empty();
    let brought = roots::besides_journal(system.look, places);
    let foreign = roots::leave(system, places, false)?;
    let mut report = Report::new(&request.asked.command);
    report.outcome = Some(Outcome { changed, left: strangers(&foreign), ..Outcome::default() });
    caches::purged(&mut report, purge, facts, session)?;
    let mut report = settled(report, session, (request, brought), &UndoPlan::default(), &[]);
    let gone = Gone { everything: true, every_run: true };
    let nothing = (&UndoPlan::default(), &[][..]);
    report.page.append(conclusion::page(nothing, gone, &Runs::default(), facts, session));
    Ok(report)
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
        cache_laid: &Mutex::default(),
    };
    let taken: Vec<StepUndone> =
        revert::take_back(&site, &undo_plan, false)?.into_iter().map(|it| it.undone).collect();
    revert::failure(&taken).map_or(Ok(()), Err)
}

/// The exit that follows, and what is said below the list. `brought`: something of ours was here besides what a look leaves.
fn settled(
    mut report: Report,
    session: &Session,
    (request, brought): (&UndoRequest, bool),
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
            let say = if brought { text!("undo-gone") } else { text!("undo-gone-caches") };
            report.page.hanging(Vec::new(), Label::Good, &session.words.say(&say));
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
