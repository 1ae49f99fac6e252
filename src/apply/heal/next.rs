//! What a run does next, decided by values alone: [`next`] takes a [`State`] and names one thing, [`super::heal`] does it and
//! says what came of it. What is planned is `plan`'s, what is wrong the checks'.
//!
//! It ends: each kind of action is tried once for a need, what failed is not begun again for the same reason, and a round
//! that excludes nothing met a need.

use std::collections::BTreeSet;

use super::Course;
use crate::action::ran::Ran;
use crate::action::tried::TriedRemedies;
use crate::action::{Action, Plan, Scope, Step};
use crate::apply::converge::Round;
use crate::checks::{Finding, Group, Status, among};
use crate::facts::{Deep, Facts};
use crate::failure::{Code, Exit, Failure};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::plan;

mod later;
mod use_of;

use use_of::{exclude, step, subject};

/// More rounds than any machine needs: a guard against our own mistakes.
pub(super) const ROUNDS: usize = 10;

/// What is done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Carry this out and look again.
    Round(Plan),
    /// Take this step back: it did not help.
    TakeBack(u32),
    /// Look for what a short look cannot see.
    LookDeeper(Depth),
    /// Build the program and open its window, by this plan.
    Prove(Plan),
    /// Nothing more.
    End(Why),
}

/// How deep a look goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The project is built.
    Build,
    /// Contents are compared with what was published, and the project is built.
    Everything,
}

/// Why a run is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Ctrl-C or TERM.
    Interrupted,
    /// Something that was downloaded fails its proof.
    Refused,
    /// The one plan is done, and no more was asked for.
    Once,
    /// There is no remedy left for anything that is still wrong, or nothing is.
    NothingLeft,
    /// More rounds than any machine needs.
    TooManyRounds,
}

/// A failure, with the action that met it and the needs that it was for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// What was tried.
    pub action: Action,
    /// What it was to meet.
    pub needs: Vec<Need>,
    /// Why it failed.
    pub failure: Failure,
    /// Nothing was done since that could have changed the reason.
    pub stands: bool,
}

/// A run so far.
#[derive(Clone, Debug, PartialEq)]
pub struct State<'k> {
    /// What is known of the world.
    pub known: &'k Knowledge,
    /// How far it goes.
    pub course: Course,
    /// The plan that was shown, until it is carried out.
    pub first: Option<Plan>,
    /// The machine as it is now.
    pub facts: Facts,
    /// What the checks say of it.
    pub findings: Vec<Finding>,
    /// Every step so far in one plan; what is unmet at the end.
    pub all: Plan,
    /// What came of each step.
    pub ran: Vec<Ran>,
    /// What was wrong and asked for a step in a round after the first, each check once: the first plan's causes were shown.
    pub later: Vec<Finding>,
    /// Plans carried out since the last long look that found something.
    pub rounds: usize,
    /// Steps that did not help and are still to be taken back, the next one last.
    pub useless: Vec<u32>,
    /// Steps that were taken back.
    pub taken_back: Vec<u32>,
    /// What was tried and did not help.
    pub tried: TriedRemedies,
    /// Steps whose premise did not hold once, or that failed for a reason that may be gone: they are planned anew once, on
    /// what is there now.
    pub excused: BTreeSet<String>,
    /// Each failure, in the order of time.
    pub failed: Vec<Failed>,
    /// How deep was looked already.
    pub looked: Option<Depth>,
    /// The window was tried after the rounds.
    pub proof_tried: bool,
    /// Ctrl-C or TERM came.
    pub interrupted: bool,
}

/// What is done next.
pub fn next(state: &State<'_>) -> Next {
    if let Some(first) = &state.first {
        return Next::Round(first.clone());
    }
    if state.interrupted {
        return Next::End(Why::Interrupted);
    }
    if state.refused().is_some() {
        return Next::End(Why::Refused);
    }
    if let Some(step) = state.useless.last() {
        return Next::TakeBack(*step);
    }
    let Course::Heal { only, .. } = &state.course else { return Next::End(Why::Once) };
    let plan = state.plan(only);
    let more = !state.proof_tried && !plan.is_empty();
    if more && state.rounds < ROUNDS {
        return Next::Round(plan);
    }
    if let Some(depth) = state.due_look() {
        return Next::LookDeeper(depth);
    }
    if let Some(plan) = state.due_proof() {
        return Next::Prove(plan);
    }
    // Everything seems well and the window did not come: what a short look cannot see is looked for.
    if state.looked < Some(Depth::Everything) && state.failed.iter().any(is_proofs) {
        return Next::LookDeeper(Depth::Everything);
    }
    Next::End(if more { Why::TooManyRounds } else { Why::NothingLeft })
}

impl<'k> State<'k> {
    /// Before anything is done.
    pub fn new(facts: Facts, known: &'k Knowledge, first: Plan, course: Course) -> Self {
        let depth = |it: &Deep| if it.only_built() { Depth::Build } else { Depth::Everything };
        let looked = facts.deep.as_ref().map(depth);
        Self {
            known,
            course,
            facts,
            all: Plan { steps: vec![], ..first.clone() },
            first: Some(first),
            findings: vec![],
            later: vec![],
            ran: vec![],
            rounds: 0,
            useless: vec![],
            taken_back: vec![],
            tried: TriedRemedies::default(),
            excused: BTreeSet::new(),
            failed: vec![],
            looked,
            proof_tried: false,
            interrupted: false,
        }
    }

    /// Whether what did not help in the plan that is next is taken back: not what a user asked `install` for.
    pub fn takes_back(&self) -> bool {
        self.first.is_none() || matches!(self.course, Course::Heal { scope: Scope::Repair, .. })
    }

    /// A plan was carried out and the machine looked at. What did not help is excluded, and taken back where `back` says so.
    pub fn carried_out(&mut self, round: Round, seen: (Facts, Vec<Finding>), back: bool) {
        self.note_causes(&round.plan);
        self.first = None;
        self.rounds += 1;
        (self.facts, self.findings) = seen;
        self.note_failures(&round);
        let useless = exclude(&mut self.tried, &round, &asked(&self.findings));
        if back {
            self.useless = useless;
        }
        self.all.go_root.clone_from(&round.plan.go_root);
        self.all.steps.extend(round.plan.steps);
        self.ran.extend(round.ran);
    }

    /// A step was to be taken back. One that cannot be stays in the journal, for `undo`.
    pub fn took_back(&mut self, number: u32, result: Result<(), Failure>) {
        self.useless.retain(|it| *it != number);
        match (result, step(&self.all, number)) {
            (Ok(()), _) => self.taken_back.push(number),
            (Err(failure), Some(step)) => {
                let (action, needs) = (step.action.clone(), step.meets.clone());
                self.failed.push(Failed { action, needs, failure, stands: false });
            }
            (Err(_), None) => {}
        }
    }

    /// A long look is over. Where it found something the rounds begin anew, and the window is due again.
    pub fn looked_deeper(&mut self, depth: Depth, facts: Facts, findings: Vec<Finding>) {
        (self.facts, self.findings) = (facts, findings);
        self.looked = Some(depth);
        if !asked(&self.findings).is_empty() {
            self.failed.retain(|it| !is_proofs(it));
            (self.rounds, self.proof_tried) = (1, false);
        }
    }

    /// The window at the end is about to be tried. What failed of it before no longer counts.
    pub fn proof_begins(&mut self) {
        self.proof_tried = true;
        self.failed.retain(|it| !is_proofs(it));
    }

    fn note_failures(&mut self, round: &Round) {
        let mut ended: Vec<&Ran> = round.ran.iter().filter(|it| it.began.is_some()).collect();
        ended.sort_by_key(|it| it.ended);
        for ran in ended {
            let Some(step) = step(&round.plan, ran.step) else { continue };
            let Some(failure) = ran.failure.clone() else {
                self.done(&step.action);
                continue;
            };
            let excused = failure.code == Code::PremiseChanged && self.excused.insert(subject(&step.action));
            if !excused {
                for need in &step.meets {
                    self.tried.exclude(&step.action, need);
                }
            }
            let (action, needs) = (step.action.clone(), step.meets.clone());
            self.failed.push(Failed { action, needs, failure, stands: !excused });
        }
    }

    /// What failed before and is done now has not failed; and where settings or packages changed, other reasons may be gone.
    fn done(&mut self, action: &Action) {
        self.failed.retain(|it| it.action != *action);
        if !action.may_unblock() {
            return;
        }
        for it in self.failed.iter_mut().filter(|it| it.stands) {
            it.stands = false;
            // It is tried for its needs once more, and no more than once.
            if self.excused.insert(format!("again {}", subject(&it.action))) {
                it.needs.iter().for_each(|need| self.tried.allow(&it.action, need));
            }
        }
    }

    /// What is still to be done, without what would fail again for the reason that it failed for before.
    pub(super) fn plan(&self, only: &[String]) -> Plan {
        let may = |it: &&Finding| among(only, &it.id);
        let findings: Vec<Finding> = self.findings.iter().filter(may).cloned().collect();
        let plan = plan::make_without(
            &self.tried,
            &findings,
            &self.facts,
            &self.all.want,
            self.known,
            Scope::Repair,
        );
        let stands: Vec<&Action> = self.failed.iter().filter(|it| it.stands).map(|it| &it.action).collect();
        plan.without(&stands)
    }

    fn refused(&self) -> Option<&Failed> {
        self.failed.iter().find(|it| it.failure.exit == Exit::Refused)
    }

    /// Whoever asks for a repair has a reason: all seems well, and only a build shows whether it is. `install` builds the
    /// project too, so that its user's first build is short.
    fn due_look(&self) -> Option<Depth> {
        let Course::Heal { scope, only } = &self.course else { return None };
        let due = only.is_empty() && self.looked.is_none() && !self.is_blocked() && ready(&self.findings);
        let depth = match scope {
            Scope::Repair => Depth::Everything,
            Scope::Install => Depth::Build,
        };
        let builds = self.all.want.proof && self.facts.project.is_here();
        due.then_some(depth).filter(|it| *it == Depth::Everything || builds)
    }

    /// The window at the end, where a round did something and the machine is ready for it.
    fn due_proof(&self) -> Option<Plan> {
        let done = self.ran.iter().any(Ran::done);
        let wanted = self.all.want.proof && done && !self.proven() && !self.is_blocked();
        let due = wanted && !self.proof_tried && ready(&self.findings);
        due.then(|| plan::proof(&self.facts, &self.all.want, self.known)).flatten()
    }

    /// Whether the window was seen, or all was built that was wanted.
    pub fn proven(&self) -> bool {
        let done = |it: &Step| self.ran.iter().any(|ran| ran.step == it.id && ran.done());
        let last = |it: &&Step| {
            if self.all.want.proof {
                matches!(it.action, Action::Prove { .. } | Action::WarmFyneBuild { .. })
            } else {
                matches!(it.action, Action::BuildProgram { .. })
            }
        };
        // The last one counts: an earlier one may have failed on what was fixed since.
        self.all.steps.iter().rfind(last).is_some_and(done)
    }

    /// What ended the run before its end: an interruption, a refusal, else the first failure of something that is still
    /// wanted. Where another remedy did it, the failure is of no interest.
    pub fn failure(&self) -> Option<Failure> {
        if self.interrupted {
            let failure = Failure::new(Code::Interrupted, text!("apply-interrupted"));
            return Some(failure.hint(text!("apply-goes-on")));
        }
        self.refused().or_else(|| self.counting().next()).map(|it| it.failure.clone())
    }

    /// Whether a failure says that no window can be expected. That of an earlier window says nothing where its reason may be
    /// gone: a first build fails where only an installed package shows which setting it needs.
    fn is_blocked(&self) -> bool {
        let mut counting = self.counting();
        self.interrupted || self.refused().is_some() || counting.any(|it| it.stands || !is_proofs(it))
    }

    /// The failures of what is still wanted.
    fn counting(&self) -> impl Iterator<Item = &Failed> {
        let asked = asked(&self.findings);
        let counts = move |needs: &[Need]| needs.is_empty() || needs.iter().any(|it| asked.contains(&it));
        self.failed.iter().filter(move |it| counts(&it.needs))
    }
}

/// A failure of what nobody's need asks for: the program that is built and the window that it opens.
fn is_proofs(it: &Failed) -> bool {
    it.needs.is_empty() && ["build", "prove"].contains(&it.failure.code.family())
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

#[cfg(test)]
mod tests;
