//! The road that every working command takes: look, judge, plan, ask, converge, report. The commands differ in what they
//! want and how far they walk it.

use super::args::work;
use super::survey::{self, Asked, Survey, survey};
use super::{Context, ask, progress};
use crate::apply::converge::{self, Converged, Ground};
use crate::checks::{self, Finding, Group, Status};
use crate::facts::Facts;
use crate::facts::host::{Distro, Rights};
use crate::failure::{Exit, Failure};
use crate::need::Need;
use crate::packages;
use crate::plan::{self, Plan, Scope};
use crate::report::model::{Acted, Left, Machine, Next, Outcome, State};
use crate::report::{Report, remedy, timings};
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
fn consent(context: &Context, plan: &Plan, facts: &Facts, command: &str) -> Result<(), Box<Report>> {
    if context.global.yes {
        return Ok(());
    }
    let shown = context.ui.can_ask && !context.ui.json;
    if shown {
        context.ui.complain(&crate::report::plan::page(
            plan,
            context.words,
            facts.host.rights != Rights::Root,
        ));
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
    timings: bool,
) -> Result<Report, Failure> {
    if plan.is_empty() {
        return Ok(report(command, &seen.facts, &seen.findings, plan, None, context));
    }
    if let Err(report) = consent(context, plan, &seen.facts, command) {
        return Ok(*report);
    }
    carry_out(context, command, seen, plan, timings)
}

/// Carries a plan out without asking.
pub fn carry_out(
    context: &Context,
    command: &str,
    seen: &Seen,
    plan: &Plan,
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
        command,
    };
    let (mut done, journal) = converge::converge(&ground, plan)?;
    if let Some(failure) = &mut done.failure
        && doors.interrupt.terminated()
    {
        failure.exit = Exit::Terminated;
    }
    let mut report = report(command, &done.facts, &done.findings, plan, Some(&done), context);
    if timings {
        report.page.append(timings::page(plan, &done.ran, context.words));
    }
    converge::close(&journal, context.look, report.exit)?;
    Ok(report)
}

fn report(
    command: &str,
    facts: &Facts,
    findings: &[Finding],
    plan: &Plan,
    done: Option<&Converged>,
    context: &Context,
) -> Report {
    let failure = done.and_then(|it| it.failure.clone()).or_else(|| verdict(findings, facts, plan, command));
    let exit = failure.as_ref().map_or_else(|| left_over(findings, command), |it| it.exit);
    let actions = plan.steps.iter().map(|step| acted(step, done)).collect::<Vec<_>>();
    let outcome = Outcome {
        run: done.map(|it| it.run.clone()),
        changed: actions.iter().any(|it| it.state != State::Pending && it.state != State::Cancelled),
        actions,
        left: left(findings),
    };
    Report {
        exit,
        failure,
        machine: Some(Machine::of(facts)),
        target: Some(plan.want.target.clone()),
        next: next(facts, plan, exit, context),
        outcome: Some(outcome),
        ..Report::new(command)
    }
}

fn acted(step: &plan::Step, done: Option<&Converged>) -> Acted {
    let ran = done.and_then(|it| it.ran.iter().find(|it| it.step == step.id));
    let state = match ran {
        None => State::Pending,
        Some(it) if it.done() => State::Done,
        Some(it) if it.failure.as_ref().is_some_and(|it| it.exit != Exit::Interrupted) => State::Failed,
        Some(_) => State::Cancelled,
    };
    Acted {
        id: step.id,
        kind: step.action.kind(),
        what: crate::report::plan::sentence(&step.action),
        because: step.because.clone(),
        state,
        before: None,
        after: None,
        duration_ms: ran.map_or(0, |it| it.ended.saturating_sub(it.began.unwrap_or(it.ended))),
    }
}

fn left(findings: &[Finding]) -> Vec<Left> {
    let bad = findings.iter().filter(|it| it.verdict.is_bad());
    bad.map(|it| Left {
        id: it.id.clone(),
        summary: it.verdict.summary.clone(),
        decision: it.verdict.decision.clone(),
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
    let fails = |it: &&Finding| {
        it.verdict.status == Status::Fail || (it.needed && it.verdict.status == Status::Waiting)
    };
    match command {
        "install" if findings.iter().filter(fails).all(|it| it.group == Group::Project) => {
            if findings.iter().any(|it| fails(&it)) { Exit::Problems } else { Exit::Done }
        }
        "install" => Exit::Failed,
        _ if checks::healthy(findings) => Exit::Done,
        _ => Exit::Problems,
    }
}

/// The one line to type next: what an administrator has to do, or what this terminal lacks.
fn next(facts: &Facts, plan: &Plan, exit: Exit, context: &Context) -> Option<Next> {
    let capabilities = missing(plan);
    if exit == Exit::Failed && !capabilities.is_empty() {
        let distro = facts.host.distro.here()?;
        let names = packages::transactions(&capabilities, distro, &plan.want.target.fyne).concat();
        let command = packages::manager_for(&facts.host)?.paste(&names, facts.host.rights);
        return Some(Next { text: text!("work-paste"), command });
    }
    let dirs = [facts.ours.places.current().join("bin")];
    let path = context.look.env().get("PATH").cloned().unwrap_or_default();
    let lacks = facts.ours.current.is_here()
        && dirs.iter().any(|dir| !path.split(':').any(|it| dir.as_os_str() == it));
    let bin = facts.go.bin.as_ref().is_some_and(|dir| !path.split(':').any(|it| dir.as_os_str() == it));
    if exit == Exit::Done && (lacks || bin) && facts.ours.env_file.is_here() {
        let env = facts.ours.places.config.join("env");
        let command = format!(". {}", remedy::quoted(&env.to_string_lossy()));
        return Some(Next { text: text!("work-type-this"), command });
    }
    None
}

/// The plan of `install` for what was seen.
pub fn plan_install(seen: &Seen) -> Plan {
    plan::make(&seen.findings, &seen.facts, &seen.want, Scope::Install)
}

/// The project's directory, for commands that run in it.
pub fn project(context: &Context) -> Result<Option<std::path::PathBuf>, Failure> {
    survey::project(context.look, context.global.project.as_deref())
}
