//! What every working command does with its plan: ask, carry out, report. The commands differ in what they want and how
//! far they go.

use std::collections::BTreeSet;
use std::path::Path;

use self::report::report;
use super::mirrors::source::ModuleSource;
use super::{Declined, Session, resume, survey};
use crate::action::{Plan, Scope, Step, sentence_of};
use crate::apply::converge::{Run, RunInput};
use crate::apply::heal::{self, Course};
use crate::apply::remaining::Expected;
use crate::apply::{ahead, stale};
use crate::checks::{self, Finding};
use crate::facts::Facts;
use crate::facts::host::Rights;
use crate::failure::Failure;
use crate::journal;
use crate::manifest::Knowledge;
use crate::packages::Table;
use crate::plan::cost::Costs;
use crate::report::model::{Found, Machine, Next, Outcome, Typed};
use crate::report::text::outcome;
use crate::report::{Page, Report, timings};
use crate::want::{Allowed, Want};

mod administrator;
mod report;
mod rests;

/// A machine that was looked at and judged for a working command.
pub struct Seen {
    /// The machine, as it would be after typing what an older terminal lacks.
    pub facts: Facts,
    /// What is wanted.
    pub want: Want,
    /// What is known of the world.
    pub known: Knowledge,
    /// What the checks say.
    pub findings: Vec<Finding>,
    /// Whether somebody said where modules come from.
    pub source: ModuleSource,
}

/// Shows the plan and asks once. Where nobody can be asked, the plan is the document and the flag to add is said.
fn consent(
    session: &Session,
    plan: &Plan,
    seen: &Seen,
    course: &Course,
    command: &str,
) -> Result<(), Box<Report>> {
    session.consent(|| whole(session, plan, seen, course)).map_err(|Declined { failure, shown }| {
        let report = planned(session, command, plan, &seen.facts, &seen.known);
        let plan = report.plan.clone().filter(|_| !shown);
        Box::new(Report { exit: failure.exit, failure: Some(failure), plan, ..report })
    })
}

/// What was said Yes to: later rounds do beyond this system what was named, or stood in the plan that was shown, and no more.
fn consented(plan: &Plan, named: &BTreeSet<Allowed>) -> Plan {
    let allow = named.union(&plan.beyond()).copied().collect();
    Plan { want: Want { allow, ..plan.want.clone() }, ..plan.clone() }
}

/// The machine and the versions, above what is done.
pub fn title(session: &Session, plan: &Plan, seen: &Seen) -> Page {
    let target = Some(&plan.want.target);
    let mut page = crate::report::text::title(&Machine::of(&seen.facts), target, session.words);
    page.gap();
    page
}

/// All that is shown before the question whether a plan is carried out.
pub fn whole(session: &Session, plan: &Plan, seen: &Seen, course: &Course) -> Page {
    let mut page = title(session, plan, seen);
    page.append(would(session, plan, seen, course));
    page
}

/// What a plan would do, for people.
pub fn would(session: &Session, plan: &Plan, seen: &Seen, course: &Course) -> Page {
    let mut page = Page::default();
    if matches!(course, Course::Heal { scope: Scope::Repair, .. }) {
        outcome::found(&mut page, &Found::of(&seen.findings), session.words);
    }
    page.append(steps(session, plan, seen));
    page
}

/// The steps of a plan and what they cost, for people.
pub fn steps(session: &Session, plan: &Plan, seen: &Seen) -> Page {
    let administrator = self::administrator(session, &seen.facts, &seen.known.packages, plan);
    let sudo = seen.facts.host.rights != Rights::Root;
    let costs = costs(session, plan, &seen.facts);
    let typed = Typed { sudo, bundle: session.doors.system.net.bundle() };
    crate::report::plan::page(plan, session.words, typed, administrator.as_ref(), &costs)
}

/// The picture of the window that the last proof saw.
pub fn picture(session: &Session) -> Option<Vec<u8>> {
    let file = session.places().ok()?.cache.join("proofs/proof.png");
    session.look.read(&file).into_here()
}

/// What a plan costs here. A journal that cannot be read tells nothing of earlier runs.
pub fn costs(session: &Session, plan: &Plan, facts: &Facts) -> Costs {
    let costs = Costs::of(plan, &survey::platform(facts), session.runs().unwrap_or_default());
    if session.doors.system.net.bundle().is_some() { costs.without_network() } else { costs }
}

/// A report that shows a plan.
pub fn planned(session: &Session, command: &str, plan: &Plan, facts: &Facts, known: &Knowledge) -> Report {
    let administrator = self::administrator(session, facts, &known.packages, plan);
    let costs = costs(session, plan, facts);
    let bundle = session.doors.system.net.bundle().map(Path::to_path_buf);
    Report { plan: Some(plan.clone()), costs, bundle, administrator, ..titled(command, plan, facts) }
}

/// What an administrator types before or while a plan is carried out, where nobody here has the rights.
fn administrator(session: &Session, facts: &Facts, packages: &Table, plan: &Plan) -> Option<Next> {
    administrator::before(facts, packages, plan, session.options.bundle.as_ref())
}

/// The same where nothing is going to be done: with what `of` would finish or take back before it. `command` is what was typed.
pub fn dry(
    session: &Session,
    (command, of): (&str, &str),
    plan: &Plan,
    facts: &Facts,
    known: &Knowledge,
) -> Result<Report, Failure> {
    let (before, earlier) = resume::shown(session, of)?;
    Ok(Report { before, earlier, ..planned(session, command, plan, facts, known) })
}

fn titled(command: &str, plan: &Plan, facts: &Facts) -> Report {
    Report {
        machine: Some(Machine::of(facts)),
        target: Some(plan.want.target.clone()),
        ..Report::new(command)
    }
}

/// Carries a plan out and reports; with an empty plan nothing is written.
pub fn work(
    session: &Session,
    command: &str,
    seen: &Seen,
    plan: &Plan,
    course: &Course,
    timings: bool,
) -> Result<Report, Failure> {
    // Then even an empty plan is carried out, for its end.
    let waits = session.cut_short().is_ok_and(|cut| cut.iter().any(|it| it.command == command));
    if plan.is_empty() && !waits {
        return Ok(report(command, &seen.facts, &seen.known, &seen.findings, plan, None, session));
    }
    stale::refuse_plan(session.look, &seen.facts, plan)?;
    if !plan.is_empty()
        && let Err(report) = consent(session, plan, seen, course, command)
    {
        return Ok(*report);
    }
    let plan = &consented(plan, &session.options.allow);
    if let Course::Heal { scope: Scope::Install, .. } = course
        && let Err(failure) =
            ahead::refuse(session.doors.system, &seen.facts, &seen.known, &seen.findings, plan)
    {
        let outcome = Some(Outcome::default());
        return Ok(Report {
            exit: failure.exit,
            failure: Some(failure),
            outcome,
            ..titled(command, plan, &seen.facts)
        });
    }
    if session.options.yes {
        session.audience.show(&title(session, plan, seen));
    }
    carry_out(session, command, seen, plan, course, timings)
}

/// Carries a plan out without asking.
pub fn carry_out(
    session: &Session,
    command: &str,
    seen: &Seen,
    plan: &Plan,
    course: &Course,
    timings: bool,
) -> Result<Report, Failure> {
    let doors = session.doors;
    doors.interrupt.watch();
    let events = session.audience.events();
    let bundled = doors.system.net.bundle().is_some();
    events.planned(&expected(plan, bundled, &costs(session, plan, &seen.facts)));
    let input = RunInput {
        system: doors.system,
        facts: &seen.facts,
        known: &seen.known,
        events: events.as_ref(),
        cancelled: doors.interrupt.flag(),
        stop: doors.stop,
        end_asked: &|| doors.interrupt.end_asked(),
        asked: asked(command, plan, course),
    };
    let mut run = Run::open(&input)?;
    session.log.open(run.id());
    let mut done = heal::heal(&mut run, &input, plan.clone(), course)?;
    done.failure = done.failure.map(|it| session.by_signal(it));
    if matches!(command, "pin" | "new") {
        done.findings.clear(); // it is about a project, and says nothing of the machine
    }
    if let Course::Heal { only, .. } = course {
        done.findings.retain(|it| checks::among(only, &it.id));
    }
    let mut report =
        report(command, &done.facts, &seen.known, &done.findings, &done.plan, Some(&done), session);
    if let (Course::Heal { scope: Scope::Repair, .. }, Some(outcome)) = (course, &mut report.outcome) {
        let new =
            |it: &&checks::Finding| !seen.findings.iter().any(|at| at.id == it.id && at.verdict.is_bad());
        let later = done.later.iter().filter(new).cloned();
        outcome.found = Found::of(&seen.findings.iter().cloned().chain(later).collect::<Vec<_>>());
        let still = |id: &str| done.findings.iter().any(|it| it.id == id && it.verdict.is_bad());
        outcome.found.iter_mut().for_each(|it| it.fixed = !still(&it.id));
    }
    if timings {
        report.page.append(timings::page(&done.plan, &done.ran, session.words));
    }
    run.close(report.exit)?;
    Ok(report)
}

/// What the steps of a plan are expected to take.
fn expected(plan: &Plan, bundled: bool, costs: &Costs) -> Vec<Expected> {
    let one = |it: &Step| Expected {
        step: it.id,
        after: it.after.clone(),
        what: sentence_of(&it.action, bundled),
        seconds: costs.step(it.id).and_then(|it| it.seconds),
    };
    plan.steps.iter().map(one).collect()
}

/// What the journal says was asked for.
fn asked(command: &str, plan: &Plan, course: &Course) -> journal::Request {
    let want = Some(Box::new(plan.want.clone()));
    let (scope, only) = match course {
        Course::Once => (None, Vec::new()),
        Course::Heal { scope, only } => (Some(*scope), only.clone()),
    };
    journal::Request { want, scope, only, ..journal::Request::of(command) }
}

#[cfg(test)]
pub mod tests {
    //! A plan with and without what goes beyond this system.
    use super::*;
    use crate::action::{Action, Step};
    use crate::checks::fixture;
    use crate::plan::make;

    /// As it is made on a terminal, where the answer may allow everything.
    pub fn planned(rule: bool) -> Plan {
        let allow = Allowed::ALL.into_iter().map(|it| it.1).collect();
        let want = Want { allow, ..fixture::want() };
        let (powershell, from) = ("/mnt/c/powershell.exe".into(), "172.30.96.0/20".to_owned());
        let action = Action::AllowThroughFirewall { powershell, port: 6000, from };
        let (after, because, meets, premises) = <_>::default();
        let step = Step { id: 1, needs_root: false, action, after, because, meets, premises };
        let steps = if rule { vec![step] } else { vec![] };
        Plan { steps, ..make(&[], &fixture::healthy(), &want, fixture::known(), Scope::Repair) }
    }

    #[test]
    fn a_yes_allows_what_was_shown_and_what_was_named_and_nothing_later() {
        let (none, named) = (BTreeSet::new(), BTreeSet::from([Allowed::WindowsFirewall]));
        for (rule, flags, allowed) in
            [(false, &none, &none), (true, &none, &named), (false, &named, &named), (true, &named, &named)]
        {
            let plan = consented(&planned(rule), flags);
            assert_eq!((&plan.want.allow, plan.steps), (allowed, planned(rule).steps));
        }
    }
}
