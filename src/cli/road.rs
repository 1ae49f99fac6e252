//! The road that every working command takes: look, judge, plan, ask, converge, report. The commands differ in what they
//! want and how far they walk it.

use super::args::work;
use super::survey::{self, Asked, Survey, survey};
use super::{Context, ask, progress, resume};
use crate::apply::converge::{Ground, Run};
use crate::apply::heal::{self, Course, Healed};
use crate::apply::journal;
use crate::checks::{self, Decision, Finding, Group, Status};
use crate::facts::Facts;
use crate::facts::host::{Distro, Rights};
use crate::failure::{Exit, Failure};
use crate::need::Need;
use crate::packages;
use crate::plan::{self, Plan, Scope};
use crate::report::model::{Acted, Found, Left, Machine, Next, Outcome, State};
use crate::report::text::outcome;
use crate::report::{Label, Page, Report, remedy, timings};
use crate::text::Text;
use crate::want::Want;

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

fn report(
    command: &str,
    facts: &Facts,
    findings: &[Finding],
    plan: &Plan,
    done: Option<&Healed>,
    context: &Context,
) -> Report {
    let mut failure =
        done.and_then(|it| it.failure.clone()).or_else(|| verdict(findings, facts, plan, command));
    // `repair` that ends without a window has a problem left; `install` has not done its work.
    if let Some(it) = failure.as_mut().filter(|it| command == "repair" && it.code.starts_with("prove.")) {
        it.exit = Exit::Problems;
    }
    let exit = failure.as_ref().map_or_else(|| left_over(findings, command), |it| it.exit);
    let before = done.map_or(facts, |it| &it.before);
    let actions = plan.steps.iter().map(|step| acted(step, before, done)).collect::<Vec<_>>();
    let outcome = Outcome {
        run: done.map(|it| it.run.clone()),
        changed: actions.iter().any(|it| it.state != State::Pending && it.state != State::Cancelled),
        found: Vec::new(),
        actions,
        left: left(findings, facts, &plan.want),
    };
    Report {
        exit,
        failure,
        machine: Some(Machine::of(facts)),
        target: Some(plan.want.target.clone()),
        next: next(facts, plan, exit).or_else(|| terminal(facts, done?, context)),
        outcome: Some(outcome),
        ..Report::new(command)
    }
}

fn acted(step: &plan::Step, facts: &Facts, done: Option<&Healed>) -> Acted {
    let ran = done.and_then(|it| it.ran.iter().find(|it| it.step == step.id));
    let state = match ran {
        None => State::Pending,
        Some(it) if it.done() && done.is_some_and(|all| all.taken_back.contains(&it.step)) => State::Undone,
        Some(it) if it.done() => State::Done,
        Some(it) if it.failure.as_ref().is_some_and(|it| it.exit != Exit::Interrupted) => State::Failed,
        Some(_) => State::Cancelled,
    };
    let (before, after) = crate::report::plan::change(&step.action, facts);
    Acted {
        id: step.id,
        kind: step.action.kind(),
        what: crate::report::plan::sentence(&step.action),
        because: step.because.clone(),
        state,
        before,
        after: after.filter(|_| state == State::Done),
        duration_ms: ran.map_or(0, |it| it.ended.saturating_sub(it.began.unwrap_or(it.ended))),
    }
}

/// What is not mended, each with what a person can do about it.
fn left(findings: &[Finding], facts: &Facts, want: &Want) -> Vec<Left> {
    let bad = findings.iter().filter(|it| it.verdict.is_bad());
    bad.map(|it| {
        let (id, summary) = (it.id.clone(), it.verdict.summary.clone());
        let by_hand = || {
            let remedy = remedy::remedy(it, facts, &want.target.fyne)?;
            Some(Decision { text: remedy.texts.first()?.clone(), command: remedy.command })
        };
        Left { id, summary, decision: it.verdict.decision.clone().or_else(by_hand) }
    })
    .collect()
}

/// What we could not do, for want of rights (the command is printed) or on a system whose packages we do not know (their
/// names on Debian are, as a guide). Everything else is done.
fn verdict(findings: &[Finding], facts: &Facts, plan: &Plan, command: &str) -> Option<Failure> {
    let packages = missing(plan);
    if command != "install" {
        return None;
    }
    let left = findings.iter().find(|it| it.verdict.status == Status::Fail && it.group != Group::Project)?;
    if packages.is_empty() {
        let message = text!("work-not-ready", id = &left.id, summary = left.verdict.summary.clone());
        let hint = text!("work-not-ready-hint", id = &left.id);
        return Some(Failure::new("install.left", Exit::Failed, message).hint(hint));
    }
    if packages::manager_for(&facts.host).is_none() {
        let on_debian = packages::transactions(&packages, &debian(), &plan.want.target.fyne).concat();
        let message = text!("work-no-manager", count = packages.len());
        let hint = text!("work-no-manager-hint", names = on_debian.join(" "));
        return Some(Failure::new("packages.unknown", Exit::Failed, message).hint(hint));
    }
    Some(Failure::new("rights.missing", Exit::Failed, text!("work-no-rights", count = packages.len())))
}

/// Whose package names are a guide elsewhere.
fn debian() -> Distro {
    Distro { id: "debian".into(), version: "12".into(), like: Vec::new(), name: String::new() }
}

/// Capabilities that no step brings.
fn missing(plan: &Plan) -> Vec<String> {
    let unmet = plan.unmet.iter().filter_map(|(_, need)| match need {
        Need::Capability(it) => Some(it.clone()),
        _ => None,
    });
    let mut all: Vec<String> = unmet.collect();
    all.sort();
    all.dedup();
    all
}

/// What a machine with these findings means for the exit: `install` is content with a machine that is ready, though its
/// project needs a decision, and with warnings.
fn left_over(findings: &[Finding], command: &str) -> Exit {
    match command {
        "install" if heal::ready(findings) => {
            if findings.iter().any(heal::fails) {
                Exit::Problems
            } else {
                Exit::Done
            }
        }
        "install" => Exit::Failed,
        _ if checks::healthy(findings) => Exit::Done,
        _ => Exit::Problems,
    }
}

/// What an administrator has to type.
fn next(facts: &Facts, plan: &Plan, exit: Exit) -> Option<Next> {
    let capabilities = missing(plan);
    if exit != Exit::Done && !capabilities.is_empty() {
        let distro = facts.host.distro.here()?;
        let names = packages::transactions(&capabilities, distro, &plan.want.target.fyne).concat();
        let command = packages::manager_for(&facts.host)?.paste(&names, facts.host.rights);
        return Some(Next { text: text!("work-paste"), command });
    }
    None
}

/// What this terminal still has, or lacks, though the next one will not: the line to type here.
fn terminal(facts: &Facts, done: &Healed, context: &Context) -> Option<Next> {
    let env = context.look.env();
    let command = crate::shells::catch_up(env, &done.before.here, &facts.here, &facts.ours)?;
    Some(Next { text: text!("work-type-this"), command })
}

/// The plan of `install` for what was seen.
pub fn plan_install(seen: &Seen) -> Plan {
    plan::make(&seen.findings, &seen.facts, &seen.want, Scope::Install)
}

/// The project's directory, for commands that run in it.
pub fn project(context: &Context) -> Result<Option<std::path::PathBuf>, Failure> {
    survey::project(context.look, context.global.project.as_deref())
}
