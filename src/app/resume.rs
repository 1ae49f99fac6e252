//! What was cut short is finished first: by the next command that writes, at once. The same command goes on with it by
//! itself, under the same ID; reading commands only report it.

use std::path::PathBuf;

use super::mirrors::source::ModuleSource;
use super::pinning::{self, Pinned, Reach};
use super::run::{self, Seen};
use super::survey::{self, VersionArgs};
use super::undo::{self, UndoRequest};
use super::{Declined, Session};
use crate::action::{Plan, Scope};
use crate::apply::heal::Course;
use crate::apply::revert::{self, believed};
use crate::checks;
use crate::facts::Facts;
use crate::failure::{Exit, Failure};
use crate::journal::Run;
use crate::manifest::{Constraints, Knowledge, resolve};
use crate::plan::make;
use crate::probe;
use crate::release::in_use::InUse;
use crate::report::model::Earlier;
use crate::report::{Label, Page, Report, text};
use crate::want::{Locked, Target, Want};

/// Finishes what other commands were cut short in, by their own wish. Gives the report that ends this command, where that
/// did not come to its end.
pub fn first(session: &Session, command: &str, for_root: bool) -> Result<Option<Report>, Failure> {
    if session.options.dry_run {
        return Ok(None); // the plan shows it
    }
    let cut = session.cut_short()?;
    for run in cut.iter().filter(|it| it.command != command) {
        session.audience.say(&text!("work-finishing", command = &run.command, run = &run.id));
        let report = finish(session, run, for_root)?;
        if !matches!(report.exit, Exit::Done | Exit::Problems) {
            return Ok(Some(Report { command: command.to_owned(), ..report }));
        }
        session.doors.interrupt.rests();
    }
    if let Some(run) = cut.iter().rev().find(|it| it.command == command) {
        session.audience.say(&text!("work-going-on", command = command, run = &run.id));
        rewind(session, run)?;
    }
    Ok(None)
}

/// What a command would finish or take back before its own work: for people, and each run for programs. It only reports:
/// where a run cannot be gone on with, that is what is said of it.
pub fn shown(session: &Session, command: &str) -> Result<(Page, Vec<Earlier>), Failure> {
    let (mut page, mut earlier) = <(Page, Vec<Earlier>)>::default();
    let cut = session.cut_short()?;
    let own = cut.iter().rev().find(|it| it.command == command).map(|it| &it.id);
    for run in cut.iter().filter(|it| it.command != command || own == Some(&it.id)) {
        let own = run.command == command;
        let say = if own {
            text!("work-going-on", command = command, run = &run.id)
        } else {
            text!("work-finishing", command = &run.command, run = &run.id)
        };
        page.hanging(vec![], Label::Heading, &session.words.say(&say));
        let failure = about(session, run, own, &mut page).err();
        if let Some(failure) = &failure {
            page.append(text::failure(failure, session.words));
        }
        page.gap();
        let (id, command) = (run.id.clone(), run.command.clone());
        earlier.push(Earlier { run: id, command, taken_back: takes_back(run), failure });
    }
    if !page.is_empty() {
        page.hanging(vec![], Label::Plain, &session.words.key("plan-anew"));
        page.gap();
    }
    Ok((page, earlier))
}

/// What is done about one of them. `own`: what is left of it is in the command's own plan.
fn about(session: &Session, run: &Run, own: bool, page: &mut Page) -> Result<(), Failure> {
    if takes_back(run) {
        page.append(undo::about(session, run)?);
        return Ok(());
    }
    if !revert::edits(run).steps.is_empty() {
        page.append(undo::about_edits(session, run));
    }
    if !own {
        let (mut seen, plan, course) = unfinished(session, run)?;
        seen.findings.retain(|it| checks::among(&run.asked.only, &it.id));
        if !plan.is_empty() {
            page.append(run::would(session, &plan, &seen, &course));
        }
    }
    Ok(())
}

fn takes_back(run: &Run) -> bool {
    matches!(run.command.as_str(), "undo" | "uninstall")
}

/// A half-edited machine is planned for as neither was: one profile of two may be enough for this login, and which remedy
/// helped is not known any more. So a run that was cut short begins again with its edits.
fn rewind(session: &Session, run: &Run) -> Result<(), Failure> {
    if revert::edits(run).steps.is_empty() {
        return Ok(());
    }
    let places = session.places()?;
    believed::plan(session.look, places, &revert::edits(run))?;
    session
        .consent_or_show(|| undo::about_edits(session, run))
        .map_err(|Declined { failure, .. }| failure)?;
    undo::rewind(session, run)
}

/// The wish of a run with the secrets that the journal does not hold: from the environment, else from what is set.
fn filled(session: &Session, run: &Run, want: Want, set: Option<&str>) -> Result<Want, Failure> {
    let env = session.look.env();
    let said = |name: &str| env.get(name).map(String::as_str);
    let lists: Vec<&str> = said("FYNE_SETUP_GOPROXY").into_iter().chain(set).collect();
    let mirrors: Vec<&str> = said("FYNE_SETUP_GO_MIRROR").into_iter().flat_map(|it| it.split(',')).collect();
    let hint = text!("work-resume-secret-hint", command = &run.command);
    survey::with_secrets(want, &lists, &mirrors, hint)
}

fn finish(session: &Session, run: &Run, for_root: bool) -> Result<Report, Failure> {
    if takes_back(run) {
        return undo::go(session, &UndoRequest::of(run.asked.clone(), for_root));
    }
    rewind(session, run)?;
    let (seen, plan, course) = unfinished(session, run)?;
    if session.options.yes && !plan.is_empty() {
        session.audience.show(&run::would(session, &plan, &seen, &course));
    }
    run::work(session, &run.command, &seen, &plan, &course, false)
}

/// What a run that was cut short still has to do, by its own wish.
fn unfinished(session: &Session, run: &Run) -> Result<(Seen, Plan, Course), Failure> {
    if let Some((want, dir)) = pinning(run) {
        let (go, fyne) = (want.go, want.fyne.clone());
        let asked = VersionArgs { goal: want.goal, go, fyne, ..VersionArgs::default() };
        let reach = Reach::Here; // what it asked for is proven, and kept
        let Pinned { facts, want, known, plan, .. } =
            pinning::plan(session, (&asked, want.upgrade), dir.clone(), reach)?;
        return Ok((
            Seen { facts, want, known, findings: Vec::new(), source: ModuleSource::AsSet },
            plan,
            Course::Once,
        ));
    }
    let seen = match &run.asked.want {
        Some(want) => {
            let InUse { known, held, .. } = survey::in_use(session, session.look)?;
            let (places, packages) = (session.places()?, &known.packages);
            let mut facts = probe::facts(session.look, places, want.project.as_deref(), packages);
            let target = target(&known, &facts, want)?;
            probe::for_target(session.look, &mut facts, &target, packages);
            let want = filled(session, run, (**want).clone(), facts.here.value("GOPROXY"))?;
            // What goes beyond this system is allowed anew in each run.
            let accepted = session.accepted()?.to_vec();
            let want = Want { target, held, allow: session.allowed(), accepted, ..want };
            let findings = checks::judge(&facts, &want, &known, &[]);
            Seen { facts, want, known, findings, source: ModuleSource::AsSet }
        }
        // Written by an older version: what it wished is not known, so the usual is.
        None => {
            let seen = survey::survey(session, session.look, &VersionArgs::default())?;
            let findings = checks::judge(&seen.facts, &seen.want, &seen.known, &[]);
            Seen {
                facts: seen.facts,
                want: seen.want,
                known: seen.known,
                findings,
                source: ModuleSource::AsSet,
            }
        }
    };
    let usual = if run.command == "repair" { Scope::Repair } else { Scope::Install };
    let scope = run.asked.scope.unwrap_or(usual);
    let only = run.asked.only.clone();
    let mut findings = seen.findings.clone();
    findings.retain(|it| checks::among(&only, &it.id));
    let plan = make(&findings, &seen.facts, &seen.want, &seen.known, scope);
    let course = Course::Heal { scope, only };
    Ok((seen, plan, course))
}

/// What a `pin` that was cut short was to pin.
fn pinning(run: &Run) -> Option<(&Want, &PathBuf)> {
    let want = run.asked.want.as_deref().filter(|_| run.command == "pin")?;
    Some((want, want.project.as_ref()?))
}

/// What the wish of a run that was cut short means now. The versions follow from the manifest in use: a journal, like a
/// file with a plan, names no modules to us. Where the wish cannot be met any more, it is the usual one.
fn target(known: &Knowledge, facts: &Facts, want: &Want) -> Result<Target, Failure> {
    let (go, fyne, msvc) = (want.go, want.fyne.clone(), want.msvc);
    let asked = VersionArgs { goal: want.goal, go, fyne, msvc, ..VersionArgs::default() };
    let of = |asked: &VersionArgs, locked: Option<&Locked>| {
        let constraints = Constraints { locked: locked.cloned(), ..survey::constraints(facts, asked) };
        resolve(&known.manifest, &constraints)
    };
    let usual = || of(&VersionArgs { goal: want.goal, ..VersionArgs::default() }, None);
    let resolved = of(&asked, want.locked.as_ref()).or_else(|_| usual());
    Ok(resolved?.target)
}
