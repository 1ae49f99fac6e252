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
use crate::failure::Failure;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::plan;

mod failures;
mod later;
mod use_of;

use use_of::{exclude, step};

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

impl Failed {
    /// A failure of what nobody's need asks for: the program that is built and the window that it opens.
    fn is_proofs(&self) -> bool {
        self.needs.is_empty() && ["build", "prove"].contains(&self.failure.code.family())
    }
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
    if state.looked < Some(Depth::Everything) && state.failed.iter().any(Failed::is_proofs) {
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
    pub fn looked_deeper(&mut self, depth: Depth, seen: (Facts, Vec<Finding>)) {
        (self.facts, self.findings) = seen;
        self.looked = Some(depth);
        if !asked(&self.findings).is_empty() {
            self.failed.retain(|it| !it.is_proofs());
            (self.rounds, self.proof_tried) = (1, false);
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
