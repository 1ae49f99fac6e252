//! What a working command tells of its end: what was done, what is left and for whom, what to type, and the exit number that
//! follows. Pure but for the environment of this terminal.

use std::path::Path;

use super::administrator::{after, missing, nobody_may};
use super::rests::rests_on;
use crate::action::{Plan, Step, sentence_of};
use crate::app::Session;
use crate::apply::heal::{self, Healed};
use crate::checks::{self, Decision, Finding, Group, Status};
use crate::fact::Fact;
use crate::facts::host::Distro;
use crate::facts::{Facts, Host};
use crate::failure::{Code, Exit, Failure};
use crate::manifest::Knowledge;
use crate::packages::Table;
use crate::path_style::PathStyle;
use crate::report::model::{Acted, Left, Machine, Next, Outcome, State};
use crate::report::{Report, remedy};
use crate::shells;
use crate::system::Look;
use crate::want::Want;

/// The report of a run, or of one that had nothing to do.
pub(super) fn report(
    command: &str,
    facts: &Facts,
    known: &Knowledge,
    findings: &[Finding],
    plan: &Plan,
    done: Option<&Healed>,
    session: &Session,
) -> Report {
    let packages = &known.packages;
    let mut failure =
        done.and_then(|it| it.failure.clone()).or_else(|| verdict(findings, facts, packages, plan, command));
    // `repair` that ends without a window has a problem left; `install` has not done its work.
    if let Some(it) = failure.as_mut().filter(|it| command == "repair" && it.code.family() == "prove") {
        it.exit = Exit::Problems;
    }
    // A window that was seen says more than a look that could not be had.
    let seen = !plan.steps.is_empty();
    let exit = failure.as_ref().map_or_else(|| left_over(findings, seen, command), |it| it.exit);
    let before = done.map_or(facts, |it| &it.before);
    let failure_code = failure.as_ref().map(|it| it.code);
    let not_yet = not_yet(findings, facts, packages, plan, exit);
    let bundled = session.options.bundle.is_some();
    let actions = plan.steps.iter().map(|step| acted(step, before, done, bundled)).collect::<Vec<_>>();
    let undo = actions.iter().any(|it| it.state == State::Done && it.kind.has_way_back());
    let undo = undo
        .then(|| Next { text: text!("report-to-undo"), command: facts.ours.places.typed("fyne-setup undo") });
    let unsaid = !seen || exit != Exit::Done;
    let unsure = |it: &Finding| Left {
        id: it.id.clone(),
        summary: it.verdict.summary.clone(),
        decision: it.verdict.decision.clone(),
    };
    let outcome = Outcome {
        run: done.map(|it| it.run.clone()),
        changed: actions.iter().any(|it| it.state != State::Pending && it.state != State::Cancelled),
        found: Vec::new(),
        actions,
        left: left(findings, facts, packages, &plan.want),
        not_yet,
        unknown: checks::unknown(findings).filter(|_| unsaid).map(unsure).collect(),
        accepted: findings.iter().filter(|it| it.verdict.accepted().is_some()).cloned().collect(),
        rests_on: if exit == Exit::Done { rests_on(facts) } else { Vec::new() },
        is_silent: false,
    };
    Report {
        exit,
        failure,
        machine: Some(Machine::of(facts)),
        target: Some(plan.want.target.clone()),
        next: after(facts, packages, plan, (exit, failure_code), (command, session.options.bundle.as_ref()))
            .or_else(|| terminal(session.look, before, facts)),
        outcome: Some(outcome),
        undo,
        ..Report::new(command)
    }
}

fn acted(step: &Step, facts: &Facts, done: Option<&Healed>, bundled: bool) -> Acted {
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
        what: sentence_of(&step.action, bundled),
        because: step.because.clone(),
        state,
        before,
        after: after.filter(|_| state == State::Done),
        duration_ms: ran.map_or(0, |it| it.ended.saturating_sub(it.began.unwrap_or(it.ended))),
        failure: ran.and_then(|it| it.failure.clone()).filter(|_| state == State::Failed),
        paths: Vec::new(),
        packages: Vec::new(),
    }
}

/// What is not fixed, each with what a person can do about it.
fn left(findings: &[Finding], facts: &Facts, packages: &Table, want: &Want) -> Vec<Left> {
    let bad = findings.iter().filter(|it| it.verdict.is_bad());
    bad.map(|it| {
        let (id, summary) = (it.id.clone(), it.verdict.summary.clone());
        let by_hand = || {
            let remedy = remedy::remedy(it, facts, &want.target.fyne, packages)?;
            Some(Decision { text: remedy.texts.first()?.clone(), command: remedy.command })
        };
        Left { id, summary, decision: it.verdict.decision.clone().or_else(by_hand) }
    })
    .collect()
}

/// What we could not do, for want of rights or of a manager that we drive (the command is printed), or on a system whose
/// packages we do not know (their names on Debian are, as a guide). Everything else is done.
fn verdict(
    findings: &[Finding],
    facts: &Facts,
    table: &Table,
    plan: &Plan,
    command: &str,
) -> Option<Failure> {
    let packages = missing(plan);
    if command != "install" {
        return None;
    }
    let left = findings.iter().find(|it| it.verdict.status == Status::Fail && it.group != Group::Project)?;
    if packages.is_empty() {
        return Some(not_ready(left));
    }
    if plan.want.offline {
        let message = text!("work-offline", count = packages.len());
        return Some(Failure::new(Code::NetOffline, message).hint(text!("work-offline-hint")));
    }
    if facts.host.image.is_some() {
        let names = table.transactions(&packages, &facts.host, &plan.want.target.fyne).concat();
        let failure = Failure::new(Code::PackagesByHand, text!("work-image", count = packages.len()));
        let hint = match table.layered(&facts.host, &names) {
            Some(line) if table.layering(&facts.host).is_some() => {
                text!("work-image-layered-hint", line = line)
            }
            Some(line) => text!("work-image-layer-hint", line = line),
            None => text!("work-image-hint"),
        };
        return Some(failure.hint(hint));
    }
    if let Some(manager) = table.by_hand(&facts.host) {
        let message = text!("work-by-hand", manager = manager, count = packages.len());
        return Some(Failure::new(Code::PackagesByHand, message));
    }
    if table.manager_for(&facts.host).is_none() {
        let on_debian = table.transactions(&packages, &debian(), &plan.want.target.fyne).concat();
        let message = text!("work-no-manager", count = packages.len());
        let hint = text!("work-no-manager-hint", names = on_debian.join(" "));
        return Some(Failure::new(Code::PackagesUnknown, message).hint(hint));
    }
    if facts.native.manager.is_absent()
        && let Some(manager) = table.manager_for(&facts.host)
    {
        let message = text!("work-manager-missing", program = manager.program());
        let failure = Failure::new(Code::PackagesUnknown, message);
        return Some(match manager.typed_get() {
            Some(_) => failure.hint(text!("system-packages-app-installer-decide")),
            None => failure,
        });
    }
    if !nobody_may(facts, table, plan) {
        return Some(not_ready(left));
    }
    Some(Failure::new(Code::RightsMissing, text!("work-no-rights", count = packages.len())))
}

fn not_ready(left: &Finding) -> Failure {
    let message = text!("work-not-ready", id = &left.id, summary = left.verdict.summary.clone());
    Failure::new(Code::InstallLeft, message).hint(text!("work-not-ready-hint", id = &left.id))
}

/// Whose package names are a guide elsewhere.
fn debian() -> Host {
    Host { distro: Fact::Here(Distro { id: "debian".into(), ..Distro::default() }), ..Host::default() }
}

/// What a machine with these findings means for the exit: `install` is content with a machine that is ready, though its
/// project needs a decision, and with warnings. Where it had nothing to do, nothing that the goal needs may be unknown.
fn left_over(findings: &[Finding], seen: bool, command: &str) -> Exit {
    match command {
        "install" if heal::ready(findings) => {
            let unsure = !seen && checks::unknown(findings).next().is_some();
            if unsure || findings.iter().any(heal::fails) { Exit::Problems } else { Exit::Done }
        }
        "install" => Exit::Failed,
        _ if checks::healthy(findings) => Exit::Done,
        _ => Exit::Problems,
    }
}

/// What this terminal still has, or lacks, though the next one will not: the line to type here. Also where there was nothing
/// to do: the terminal may be older than the run that did it.
fn terminal(look: &dyn Look, before: &Facts, facts: &Facts) -> Option<Next> {
    let there = |it: &Path| look.stat(it).is_here();
    let command = match facts.here.style {
        PathStyle::Unix => shells::catch_up(look.env(), &before.here, &facts.here, &facts.ours, &there)?,
        PathStyle::Windows => facts.ours.older_terminal.then(|| checks::terminal::typed(facts))?,
    };
    Some(Next { text: text!("work-type-this"), command })
}

/// What is left and is nobody's decision: a run that was stopped, failed or had no network did not come to it.
fn not_yet(findings: &[Finding], facts: &Facts, packages: &Table, plan: &Plan, exit: Exit) -> Vec<String> {
    let unfinished = plan.want.offline || !matches!(exit, Exit::Done | Exit::Problems);
    let auto = |it: &&Finding| {
        let remedy = remedy::remedy(it, facts, &plan.want.target.fyne, packages);
        it.verdict.is_bad() && it.verdict.decision.is_none() && remedy.is_none_or(|it| it.auto)
    };
    if !unfinished {
        return Vec::new();
    }
    findings.iter().filter(auto).map(|it| it.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Scope;
    use crate::checks::fixture;
    use crate::facts::host::Rights;
    use crate::plan::make;
    use crate::system::fake::Machine;

    #[test]
    fn what_the_packages_wait_for_is_said_and_an_interruption_is_nobodys_fault() {
        let mut facts = fixture::bare();
        facts.host.rights = Rights::None;
        let known = fixture::known();
        let said = |want: &Want, facts: &Facts| {
            let findings = checks::judge(facts, want, known, &[]);
            let plan = make(&findings, facts, want, known, Scope::Install);
            let failure = verdict(&findings, facts, &known.packages, &plan, "install");
            let code = failure.map(|it| it.code);
            let typed =
                |exit| after(facts, &known.packages, &plan, (exit, code), ("install", None)).is_some();
            (code, typed(Exit::Failed), typed(Exit::Interrupted))
        };
        let (want, offline) = (fixture::want(), Want { offline: true, ..fixture::want() });
        assert_eq!(said(&want, &facts), (Some(Code::RightsMissing), true, false));
        assert_eq!(said(&offline, &facts), (Some(Code::NetOffline), false, false));
        facts.host.rights = Rights::Root;
        assert_eq!(said(&want, &facts), (Some(Code::InstallLeft), false, false), "root is no rights short");
        facts.native.manager = Fact::Absent;
        assert_eq!(said(&want, &facts).0, Some(Code::PackagesUnknown));
    }

    #[test]
    fn a_terminal_that_lacks_what_is_ours_is_told_the_line_also_where_nothing_was_to_do() {
        let mut facts = fixture::healthy();
        facts.ours.env_file = Fact::Here(true);
        facts.ours.env_path = vec!["/ours/bin".into()];
        let told = |path: &str, facts: &Facts| {
            let machine = Machine::linux().file("/ours/bin/go", "").var("PATH", path);
            terminal(&machine, facts, facts).map(|it| it.command)
        };
        assert_eq!(told("/usr/bin", &facts).as_deref(), Some(". /dev/null/.config/fyne-setup/env"));
        assert_eq!(told("/venv/bin:/ours/bin:/usr/bin", &facts), None);
        facts.here.style = PathStyle::Windows;
        assert_eq!(told("/usr/bin", &facts), None);
        facts.ours.older_terminal = true;
        assert!(told("/usr/bin", &facts).is_some_and(|it| it.starts_with("$env:Path = ")));
    }

    #[test]
    fn what_a_run_did_not_come_to_is_nobodys_decision() {
        let (known, mut facts) = (fixture::known(), fixture::bare());
        facts.host.rights = Rights::Root;
        let open = |want: &Want, exit| {
            let findings = checks::judge(&facts, want, known, &[]);
            let plan = make(&findings, &facts, want, known, Scope::Install);
            not_yet(&findings, &facts, &known.packages, &plan, exit)
        };
        let (want, offline) = (fixture::want(), Want { offline: true, ..fixture::want() });
        for (want, exit, named) in [
            (&want, Exit::Interrupted, true),
            (&want, Exit::Failed, true),
            (&offline, Exit::Problems, true),
            (&want, Exit::Problems, false),
        ] {
            assert_eq!(open(want, exit).contains(&"cgo.headers".to_owned()), named, "{exit:?}");
        }
    }

    #[test]
    fn nothing_is_ready_beside_what_could_not_be_looked_at_unless_a_window_was_seen() {
        let mut findings = checks::judge(&fixture::healthy(), &fixture::want(), fixture::known(), &[]);
        for command in ["install", "repair"] {
            assert_eq!(left_over(&findings, false, command), Exit::Done, "{command}");
        }
        let needed = findings.iter_mut().find(|it| it.needed).expect("the goal needs something");
        needed.verdict = checks::Verdict::unknown(text!("go-complete-ok"));
        assert_eq!(left_over(&findings, false, "install"), Exit::Problems);
        assert_eq!(left_over(&findings, true, "install"), Exit::Done);
        assert_eq!(left_over(&findings, true, "repair"), Exit::Problems);
    }
}
