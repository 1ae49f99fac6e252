//! The healing loop: carry a plan out, look again, strike off what did not help and take it back, plan the rest, until
//! nothing mendable is left; then the proof. Decides by values alone: what is done is `converge`'s, what is planned `plan`'s.
//!
//! It ends: each kind of action is tried once for a need, and a round that strikes nothing off turned a need away.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use super::converge::{self, Round, Run, RunInput};
use super::deep;
use crate::action::ran::Ran;
use crate::action::{Action, Plan, Scope, Step, TriedRemedies};
use crate::checks::{self, Finding, Group, Status, names};
use crate::facts::{Deep, Facts};
use crate::failure::{Exit, Failure};
use crate::need::Need;
use crate::plan;
use crate::plan::make_without;

/// More rounds than any machine needs: a guard against our own mistakes.
const ROUNDS: usize = 10;

/// How far a plan is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Course {
    /// This plan and nothing else.
    Once,
    /// And then whatever is still to be mended.
    Heal {
        /// What the first plan was made for.
        scope: Scope,
        /// Checks or families that may be mended; all where there are none.
        only: Vec<String>,
    },
}

/// What came of a run.
pub struct Healed {
    /// The run's ID.
    pub run: String,
    /// The steps of all rounds in one plan; what is unmet at the end.
    pub plan: Plan,
    /// What came of each.
    pub ran: Vec<Ran>,
    /// Steps that did not help and were taken back.
    pub taken_back: Vec<u32>,
    /// The machine before the run.
    pub before: Facts,
    /// The machine afterwards, as the next login sees it.
    pub facts: Facts,
    /// What the checks say of it.
    pub findings: Vec<Finding>,
    /// Why the run did not come to its end.
    pub failure: Option<Failure>,
}

/// Carries `first` out and goes on from there. The exit number is written into the journal by `Run::close`.
pub fn heal(
    run: &mut Run<'_>,
    input: &RunInput<'_>,
    first: Plan,
    course: &Course,
) -> Result<Healed, Failure> {
    let mut healing = Healing {
        all: Plan { steps: vec![], ..first.clone() },
        facts: input.facts.clone(),
        findings: vec![],
        ran: vec![],
        taken_back: vec![],
        tried: TriedRemedies::default(),
        excused: BTreeSet::new(),
        failed: vec![],
        input,
    };
    healing.round(run, first, matches!(course, Course::Heal { scope: Scope::Repair, .. }))?;
    if let Course::Heal { only, .. } = course {
        healing.rounds(run, only)?;
        healing.prove(run)?;
        // Everything seems well and the window did not come: what a short look cannot see is looked for.
        if healing.unproven() && healing.facts.deep.is_none() && healing.look_deep() {
            healing.failed.retain(|it| !is_proofs(it));
            healing.rounds(run, only)?;
            healing.prove(run)?;
        }
    }
    if healing.proven() {
        run.remember_proof(&healing.facts, &healing.all.want)?;
    }
    Ok(healing.healed(run.id()))
}

struct Healing<'a> {
    input: &'a RunInput<'a>,
    /// Every step so far.
    all: Plan,
    ran: Vec<Ran>,
    taken_back: Vec<u32>,
    facts: Facts,
    findings: Vec<Finding>,
    tried: TriedRemedies,
    /// Steps whose premise did not hold once: they are planned anew once, on what is there now.
    excused: BTreeSet<String>,
    /// Each failure with the needs that its step was for, in the order of time.
    failed: Vec<(Vec<Need>, Failure)>,
}

impl Healing<'_> {
    fn plan(&self, only: &[String]) -> Plan {
        let may = |it: &&Finding| only.is_empty() || only.iter().any(|name| names(name, &it.id));
        let findings: Vec<Finding> = self.findings.iter().filter(may).cloned().collect();
        make_without(&self.tried, &findings, &self.facts, &self.all.want, self.input.known, Scope::Repair)
    }

    /// Mends until nothing mendable is left.
    fn rounds(&mut self, run: &mut Run<'_>, only: &[String]) -> Result<(), Failure> {
        for _ in 1..ROUNDS {
            let plan = self.plan(only);
            self.all.unmet.clone_from(&plan.unmet);
            if plan.is_empty() || self.must_stop() {
                break;
            }
            self.round(run, plan, true)?;
        }
        Ok(())
    }

    /// One plan: done, looked at, and what did not help is excluded; `back` says whether it is taken back as well.
    fn round(&mut self, run: &mut Run<'_>, plan: Plan, back: bool) -> Result<(), Failure> {
        let round = run.round(plan, &self.facts)?;
        self.note_failures(&round);
        self.look()?;
        let useless = strike(&mut self.tried, &round, &asked(&self.findings));
        if back && !self.must_stop() {
            for number in useless.iter().rev() {
                match run.take_back(*number) {
                    Ok(()) => self.taken_back.push(*number),
                    // It stays in the journal, for `undo`.
                    Err(failure) => {
                        let needs = step(&round.plan, *number).map(|it| it.meets.clone());
                        self.failed.push((needs.unwrap_or_default(), failure));
                    }
                }
            }
            if !useless.is_empty() {
                self.look()?;
            }
        }
        self.all.go_root.clone_from(&round.plan.go_root);
        self.all.steps.extend(round.plan.steps);
        self.ran.extend(round.ran);
        Ok(())
    }

    fn look(&mut self) -> Result<(), Failure> {
        // What this terminal alone had before any edit belongs to every look: the first facts know it.
        let look = self.input.system.look;
        let deeply = self.facts.deep.is_some();
        (self.facts, self.findings) =
            converge::look_again(look, self.input.facts, &self.all.want, self.input.known)?;
        // What only a long look shows only a long look finds mended.
        if deeply {
            self.look_deep();
        }
        Ok(())
    }

    /// Looks as long as it takes; gives whether anything is wrong.
    fn look_deep(&mut self) -> bool {
        let store = self.input.facts.ours.places.sumdb();
        let told = deep::progress(self.input.events);
        deep::look(
            self.input.system,
            &store,
            &mut self.facts,
            &self.all.want,
            &self.input.known.mirrors,
            &told,
        );
        self.facts.deep = self.facts.deep.take().map(Deep::unasked);
        self.findings = checks::judge(&self.facts, &self.all.want, self.input.known, &[]);
        !asked(&self.findings).is_empty()
    }

    fn note_failures(&mut self, round: &Round) {
        let mut ended: Vec<&Ran> = round.ran.iter().filter(|it| it.failure.is_some()).collect();
        ended.sort_by_key(|it| it.ended);
        for ran in ended {
            let (Some(step), Some(failure)) = (step(&round.plan, ran.step), ran.failure.clone()) else {
                continue;
            };
            let excused = failure.code == "premise.changed" && self.excused.insert(subject(&step.action));
            if !excused {
                for need in &step.meets {
                    self.tried.exclude(&step.action, need);
                }
            }
            self.failed.push((step.meets.clone(), failure));
        }
    }

    /// An interruption ends everything at once, and so does something that was refused.
    fn must_stop(&self) -> bool {
        let refused = self.failed.iter().any(|(_, it)| it.exit == Exit::Refused);
        self.input.cancelled.load(Ordering::SeqCst) || refused
    }

    /// The window at the end, where a round did something and the machine is ready for it.
    fn prove(&mut self, run: &mut Run<'_>) -> Result<(), Failure> {
        let done = self.ran.iter().any(Ran::done);
        let wanted = self.all.want.proof && done && !self.proven() && self.failure().is_none();
        if !wanted || !ready(&self.findings) {
            return Ok(());
        }
        match plan::proof(&self.facts, &self.all.want, self.input.known) {
            Some(plan) => self.round(run, plan, false),
            None => Ok(()),
        }
    }

    /// Whether the proof was tried and did not come off.
    fn unproven(&self) -> bool {
        !self.must_stop() && self.failed.iter().any(is_proofs)
    }

    fn proven(&self) -> bool {
        let done = |it: &Step| self.ran.iter().any(|ran| ran.step == it.id && ran.done());
        let last = |it: &&Step| {
            if self.all.want.proof {
                matches!(it.action, Action::Prove { .. } | Action::WarmFyneBuild { .. })
            } else {
                matches!(it.action, Action::BuildProgram { .. })
            }
        };
        // The last one counts: an earlier one may have failed on what was mended since.
        self.all.steps.iter().rfind(last).is_some_and(done)
    }

    /// What ended the run before its end: an interruption, a refusal, else the first failure of something that is still
    /// wanted. Where another remedy did it, the failure is of no interest.
    fn failure(&self) -> Option<Failure> {
        if self.input.cancelled.load(Ordering::SeqCst) {
            let failure = Failure::new("interrupted", Exit::Interrupted, text!("apply-interrupted"));
            return Some(failure.hint(text!("apply-goes-on")));
        }
        let asked = asked(&self.findings);
        let counts = |needs: &[Need]| needs.is_empty() || needs.iter().any(|it| asked.contains(&it));
        let refused = self.failed.iter().find(|(_, it)| it.exit == Exit::Refused);
        refused.or_else(|| self.failed.iter().find(|it| counts(&it.0))).map(|it| it.1.clone())
    }

    fn healed(self, run: &str) -> Healed {
        let failure = self.failure();
        let before = self.input.facts.clone();
        let Self { all, ran, taken_back, facts, findings, .. } = self;
        Healed { run: run.to_owned(), plan: all, ran, taken_back, before, facts, findings, failure }
    }
}

/// Strikes off what was done and is still asked for; gives the steps that were of no use at all.
fn strike(tried: &mut TriedRemedies, round: &Round, asked: &[&Need]) -> Vec<u32> {
    let mut useless = Vec::new();
    for ran in round.ran.iter().filter(|it| it.done()) {
        let Some(step) = step(&round.plan, ran.step) else { continue };
        let left: Vec<&Need> = step.meets.iter().filter(|it| asked.contains(it)).collect();
        for need in &left {
            tried.exclude(&step.action, need);
        }
        if !left.is_empty() && left.len() == step.meets.len() {
            useless.push(step.id);
        }
    }
    useless
}

/// A failure of what nobody's need asks for: the program that is built and the window that it opens.
fn is_proofs((needs, failure): &(Vec<Need>, Failure)) -> bool {
    needs.is_empty() && ["build.", "prove."].iter().any(|it| failure.code.starts_with(it))
}

/// Whether a window can be expected: only the project may still be at fault.
pub fn ready(findings: &[Finding]) -> bool {
    findings.iter().filter(|it| fails(it)).all(|it| it.group == Group::Project)
}

/// Whether something is in the way of the goal.
pub fn fails(finding: &Finding) -> bool {
    let status = finding.verdict.status;
    status == Status::Fail || (finding.needed && status == Status::Waiting)
}

fn asked(findings: &[Finding]) -> Vec<&Need> {
    findings.iter().filter(|it| it.verdict.is_bad()).flat_map(|it| &it.verdict.needs).collect()
}

fn step(plan: &Plan, number: u32) -> Option<&Step> {
    plan.steps.iter().find(|it| it.id == number)
}

/// What an action is about, whatever its details.
fn subject(action: &Action) -> String {
    let file = match action.edits() {
        Some(file) => file.display().to_string(),
        None => String::new(),
    };
    format!("{} {file}", action.kind())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::plan::make;

    fn setting(key: &str) -> Need {
        Need::GoSetting { key: key.into(), value: None }
    }

    fn step(id: u32, keys: &[&str]) -> Step {
        let action =
            Action::SetGoEnv { file: "/root/.config/go/env".into(), key: keys.concat(), value: None };
        let (after, because, premises) = <_>::default();
        let meets = keys.iter().map(|it| setting(it)).collect();
        Step { id, action, after, because, meets, premises, needs_root: false }
    }

    #[test]
    fn what_is_still_asked_for_is_struck_off_and_only_what_did_nothing_is_taken_back() {
        let steps =
            vec![step(1, &["A"]), step(2, &["B", "C"]), step(3, &["D"]), step(4, &["E"]), step(5, &[])];
        let ran = |step: u32| Ran { step, began: Some(1), ended: 2, failure: None };
        let cancelled = Ran { began: None, ..ran(4) };
        let ran = vec![ran(1), ran(2), ran(3), cancelled, ran(5)];
        let plan = make(&[], &fixture::healthy(), &fixture::want(), fixture::known(), Scope::Repair);
        let round = Round { plan: Plan { steps: steps.clone(), ..plan }, ran };
        let asked = ["A", "B", "E"].map(setting);
        let mut tried = TriedRemedies::default();
        assert_eq!(strike(&mut tried, &round, &asked.iter().collect::<Vec<_>>()), [1]);
        let seen: Vec<bool> =
            ["A", "B", "C", "D", "E"].map(|it| tried.excludes("set-go-env", &setting(it))).into();
        assert_eq!(seen, [true, true, false, false, false]);
    }

    /// Every kind of need that a remedy exists for, and some that have none.
    fn needs() -> Vec<Need> {
        let file = |line| Need::FileSetting { file: "/root/.profile".into(), line, variable: "CC".into() };
        vec![
            setting("GOFLAGS"),
            setting("GOPROXY"),
            file(3),
            file(7),
            Need::Go(fixture::version("1.27.4")),
            Need::Cli("fyne.io/tools/cmd/fyne@v1.7.4".into()),
            Need::Capability("xrandr".into()),
            Need::Damaged("gl".into()),
            Need::OnPath("/root/go/bin".into()),
            Need::Modules("2.8.1".into()),
            Need::PackagesConfigured,
            Need::WholeModule("golang.org/x/image@v0.24.0".into()),
            Need::Cache("/root/.cache/go-build".into()),
            Need::WholeBuilds("/root/.cache/go-build".into()),
            Need::SumLines("/root/hello".into()),
            Need::Decision,
        ]
    }

    proptest::proptest! {
        /// Whatever helps and whatever does not: no remedy is tried twice for one need, and it ends.
        #[test]
        fn healing_ends(here in 0_u32..65536, stubborn in proptest::collection::vec(0_u8..8, 16)) {
            let (facts, want) = (fixture::bare(), fixture::want());
            let mut open: Vec<Need> =
                needs().into_iter().enumerate().filter(|(i, _)| here >> i & 1 == 1).map(|it| it.1).collect();
            let mut tried = TriedRemedies::default();
            for round in 0.. {
                proptest::prop_assert!(round < ROUNDS);
                let findings: Vec<Finding> = open.iter().map(|need| finding(need.clone())).collect();
                let plan = make_without(&tried, &findings, &facts, &want, fixture::known(), Scope::Repair);
                if plan.is_empty() {
                    let left: Vec<&Need> = plan.unmet.iter().map(|it| &it.1).collect();
                    proptest::prop_assert!(open.iter().all(|it| left.contains(&it)));
                    break;
                }
                for (step, need) in plan.steps.iter().flat_map(|it| it.meets.iter().map(move |need| (it, need))) {
                    proptest::prop_assert!(round == 0 || !tried.excludes(&step.action.kind(), need));
                }
                let helps = |need: &Need| {
                    let at = needs().iter().position(|it| it == need).unwrap_or(0);
                    usize::from(stubborn[at]) <= round
                };
                for step in &plan.steps {
                    for need in step.meets.iter().filter(|it| !helps(it)) {
                        tried.exclude(&step.action, need);
                    }
                }
                let planned: Vec<Need> = plan.steps.iter().flat_map(|it| it.meets.clone()).collect();
                open.retain(|it| !(planned.contains(it) && helps(it)));
            }
        }
    }

    fn finding(need: Need) -> Finding {
        let verdict = crate::checks::Verdict::fail(text!("apply-interrupted")).need(need);
        Finding { id: "go.flags".into(), group: Group::Go, verdict, blocked_by: vec![], needed: true }
    }
}
