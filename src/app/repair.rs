//! `repair`: fixes what is wrong by the least change, looks again, until nothing fixable is left; then a real window.

use super::mirrors::{self, source::ModuleSource};
use super::run::{self, Seen};
use super::survey::{Survey, VersionArgs, survey};
use super::{Session, check, deeper, resume, rightful};
use crate::action::{Plan, Scope};
use crate::apply::heal::Course;
use crate::checks::{self, Finding};
use crate::discreet::Discreet;
use crate::failure::{Exit, Failure};
use crate::report::Report;
use crate::text::Text;
use crate::want::Goal;

/// What was asked of `repair`.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Checks or families; all where there are none.
    pub ids: Vec<String>,
    /// `--goal`.
    pub goal: Goal,
    /// `--deep`.
    pub deep: bool,
    /// `--for-root`.
    pub for_root: bool,
    /// `--goproxy`.
    pub goproxy: Option<Discreet>,
    /// `--goproxy default`, as for `install`.
    pub as_set: bool,
}

/// Looks, judges, plans, asks, heals.
pub fn repair(session: &Session, wishes: Wishes) -> Result<Report, Failure> {
    let Wishes { ids, goal, deep, for_root, goproxy, as_set } = wishes;
    check::known(&ids)?;
    rightful(session, for_root, "repair")?;
    if let Some(report) = resume::first(session, "repair", for_root)? {
        return Ok(report);
    }
    let asked = VersionArgs { goal, ..VersionArgs::default() };
    let Survey { mut facts, mut want, known, .. } = survey(session, session.look, &asked)?;
    want.allow = session.allowed();
    let source = ModuleSource::of(goproxy.as_ref(), as_set);
    want.goproxy = goproxy;
    // A Go whose tools were touched may have damage that no list of names shows.
    let sign = facts.go.in_use().is_some_and(|it| it.touched && it.complete() && !it.packaged());
    if deep || sign {
        check::look_deep(session, &mut facts, &want, &known);
        facts.deep = facts.deep.take().map(|it| if deep { it } else { it.unasked() });
    }
    // What came of the last build is no reason not to build again.
    facts.ours.last_build = None;
    let mut findings = checks::judge(&facts, &want, &known, &ids);
    // An older terminal is not left over from anything: nothing on disk is at fault.
    let left_over = |it: &Finding| it.id != "system.terminal";
    findings.retain(left_over);
    let mut seen = Seen { facts, want, known, findings, source };
    let mut plan = mirrors::plan(session, &mut seen, Scope::Repair);
    if session.options.dry_run {
        let dry = run::dry(session, ("repair", "repair"), &plan, &seen.facts, &seen.known)?;
        return Ok(seen.source.told_in(dry));
    }
    let clean = |seen: &Seen, plan: &Plan| plan.is_empty() && checks::healthy(&seen.findings);
    let mut window = Ok(None);
    // Who types this has a reason: a quick look that finds nothing is not believed.
    if ids.is_empty() && clean(&seen, &plan) {
        seen = deeper::look(session, seen)?;
        seen.findings.retain(left_over);
        plan = mirrors::plan(session, &mut seen, Scope::Repair);
        if clean(&seen, &plan) {
            window = deeper::window(session, &seen);
        }
    }
    let course = Course::Heal { scope: Scope::Repair, only: ids };
    let report = run::work(session, "repair", &seen, &plan, &course, false)?;
    Ok(with_window(seen.source.told_in(report), window))
}

/// The report with what came of the window that was opened for it.
fn with_window(mut report: Report, window: Result<Option<Text>, Failure>) -> Report {
    match window {
        Ok(seen) => {
            if let (Some(outcome), Exit::Done) = (&mut report.outcome, report.exit) {
                outcome.rests_on.extend(seen);
            }
        }
        Err(failure) => {
            report.exit = failure.exit;
            report.failure = Some(failure);
        }
    }
    report
}
