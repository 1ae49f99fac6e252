//! The road that every working command takes: look, judge, plan, ask, converge, report. The commands differ in what they
//! want and how far they walk it.

use self::told::report;
use super::args::work;
use super::survey::{self, Asked, Survey, survey};
use super::{Context, ask, progress, resume};
use crate::action::{Plan, Scope};
use crate::apply::converge::{Ground, Run};
use crate::apply::heal::{self, Course};
use crate::apply::stale;
use crate::checks::{self, Finding};
use crate::facts::Facts;
use crate::facts::host::Rights;
use crate::failure::{Exit, Failure};
use crate::journal;
use crate::plan;
use crate::report::model::{Found, Machine};
use crate::report::text::outcome;
use crate::report::{Label, Page, Report, timings};
use crate::text::Text;
use crate::want::Want;

mod told;

/// A machine that was looked at and judged for a working command.
pub struct Seen {
    /// The machine, as it would be after typing what an older terminal lacks.
    pub facts: Facts,
    /// What is wanted.
    pub want: Want,
    /// What the checks say.
    pub findings: Vec<Finding>,
}

/// Looks and judges for `install` and for plans of it.
pub fn see(context: &Context, args: &work::Install) -> Result<Seen, Failure> {
    let asked = Asked {
        goal: args.goal,
        go: args.versions.go,
        fyne: args.versions.fyne.clone(),
        force: args.versions.force,
    };
    let Survey { facts, want, .. } = survey(context, context.look, &asked)?;
    supported(&facts)?;
    let want = Want {
        upgrade: args.upgrade,
        prefix: args.prefix.as_ref().map(|it| context.look.identity().cwd.join(it)),
        proof: !args.no_proof,
        warm: !args.no_warm,
        modify_path: !args.no_modify_path,
        goproxy: args.goproxy.clone(),
        go_mirrors: args.go_mirror.clone(),
        ..want
    };
    let findings = checks::judge(&facts, &want, &[]);
    Ok(Seen { facts, want, findings })
}

/// A newcomer's `sudo fyne-setup install` would equip root: it stops unless that is meant.
pub fn not_under_sudo(facts: &Facts, for_root: bool, command: &str) -> Result<(), Failure> {
    match &facts.host.sudo_user {
        Some(user) if !for_root && facts.host.identity.uid == 0 => {
            Err(Failure::new("usage.sudo", Exit::Usage, text!("work-under-sudo", user = user))
                .hint(text!("work-under-sudo-hint", command = command)))
        }
        _ => Ok(()),
    }
}

/// Says something while it goes on, on standard error.
pub fn say(context: &Context, text: &Text) {
    let mut page = Page::default();
    page.line(Label::Plain, context.words.say(text));
    context.ui.note(&page);
}

/// An interruption by TERM has an exit code of its own.
pub fn terminated(context: &Context, mut failure: Failure) -> Failure {
    if context.doors.interrupt.terminated() {
        failure.exit = Exit::Terminated;
    }
    failure
}

fn supported(facts: &Facts) -> Result<(), Failure> {
    let identity = &facts.host.identity;
    let known = identity.os == "linux" && matches!(identity.arch.as_str(), "x86_64" | "aarch64");
    if known {
        return Ok(());
    }
    let message = text!("work-unsupported", os = &identity.os, arch = &identity.arch);
    Err(Failure::new("platform.unsupported", Exit::Failed, message).hint(text!("work-unsupported-hint")))
}

/// Shows the plan and asks once. Where nobody can be asked, the plan is the document and the flag to add is said.
fn consent(
    context: &Context,
    plan: &Plan,
    seen: &Seen,
    course: &Course,
    command: &str,
) -> Result<(), Box<Report>> {
    let facts = &seen.facts;
    if context.global.yes {
        return Ok(());
    }
    let shown = context.ui.can_ask && !context.ui.json;
    if shown {
        let mut page = Page::default();
        if matches!(course, Course::Heal { scope: Scope::Repair, .. }) {
            outcome::found(&mut page, &Found::of(&seen.findings), context.words);
        }
        page.append(crate::report::plan::page(plan, context.words, facts.host.rights != Rights::Root));
        context.ui.complain(&page);
    }
    ask::consent(context, &text!("work-question")).map_err(|failure| {
        let report = planned(command, plan, facts);
        let plan = report.plan.clone().filter(|_| !shown);
        Box::new(Report { exit: failure.exit, failure: Some(failure), plan, ..report })
    })
}

/// A report that shows a plan.
pub fn planned(command: &str, plan: &Plan, facts: &Facts) -> Report {
    Report {
        machine: Some(Machine::of(facts)),
        target: Some(plan.want.target.clone()),
        plan: Some(plan.clone()),
        ..Report::new(command)
    }
}

/// Carries a plan out and reports; with an empty plan nothing is written.
pub fn work(
    context: &Context,
    command: &str,
    seen: &Seen,
    plan: &Plan,
    course: &Course,
    timings: bool,
) -> Result<Report, Failure> {
    let waits = resume::waits(context, command);
    if plan.is_empty() && !waits {
        return Ok(report(command, &seen.facts, &seen.findings, plan, None, context));
    }
    stale::refuse_plan(context.look, &seen.facts, plan)?;
    if !plan.is_empty()
        && let Err(report) = consent(context, plan, seen, course, command)
    {
        return Ok(*report);
    }
    carry_out(context, command, seen, plan, course, timings)
}

/// Carries a plan out without asking.
pub fn carry_out(
    context: &Context,
    command: &str,
    seen: &Seen,
    plan: &Plan,
    course: &Course,
    timings: bool,
) -> Result<Report, Failure> {
    let doors = context.doors;
    doors.interrupt.watch()?;
    let events = progress::display(context.ui, context.words);
    let ground = Ground {
        system: doors.system,
        facts: &seen.facts,
        events: events.as_ref(),
        cancelled: doors.interrupt.flag(),
        stop: doors.stop,
        asked: asked(command, plan, course),
    };
    let mut run = Run::open(&ground)?;
    let mut done = heal::heal(&mut run, &ground, plan.clone(), course)?;
    done.failure = done.failure.map(|it| terminated(context, it));
    if let Course::Heal { only, .. } = course {
        done.findings.retain(|it| only.is_empty() || only.iter().any(|name| checks::names(name, &it.id)));
    }
    let mut report = report(command, &done.facts, &done.findings, &done.plan, Some(&done), context);
    if let (Course::Heal { scope: Scope::Repair, .. }, Some(outcome)) = (course, &mut report.outcome) {
        outcome.found = Found::of(&seen.findings);
    }
    if timings {
        report.page.append(timings::page(&done.plan, &done.ran, context.words));
    }
    run.close(report.exit)?;
    Ok(report)
}

/// What the journal says was asked for.
fn asked(command: &str, plan: &Plan, course: &Course) -> journal::Asked {
    let want = Some(Box::new(plan.want.clone()));
    let (scope, only) = match course {
        Course::Once => (None, Vec::new()),
        Course::Heal { scope, only } => (Some(*scope), only.clone()),
    };
    journal::Asked { want, scope, only, ..journal::Asked::of(command) }
}

/// The plan of `install` for what was seen.
pub fn plan_install(seen: &Seen) -> Plan {
    plan::make(&seen.findings, &seen.facts, &seen.want, Scope::Install)
}

/// The project's directory, for commands that run in it.
pub fn project(context: &Context) -> Result<Option<std::path::PathBuf>, Failure> {
    survey::project(context.look, context.global.project.as_deref())
}
