//! The failures of a run: which of them stand, which count, and which is told at its end. Pure.

use super::use_of::{step, subject};
use super::{Failed, State, asked};
use crate::action::Action;
use crate::action::ran::Ran;
use crate::apply::converge::Round;
use crate::failure::{Code, Exit, Failure};
use crate::gather::Order as _;
use crate::need::Need;

impl State<'_> {
    pub(super) fn note_failures(&mut self, round: &Round) {
        let mut ended: Vec<&Ran> = round.ran.iter().filter(|it| it.began.is_some()).collect();
        ended.order_by_key(|it| it.ended);
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
        let concerned = |it: &&mut Failed| it.stands && action.may_unblock(it.failure.code);
        for it in self.failed.iter_mut().filter(concerned) {
            it.stands = false;
            // It is tried for its needs once more, and no more than once.
            if self.excused.insert(format!("again {}", subject(&it.action))) {
                it.needs.iter().for_each(|need| self.tried.allow(&it.action, need));
            }
        }
    }

    pub(super) fn refused(&self) -> Option<&Failed> {
        self.failed.iter().find(|it| it.failure.exit == Exit::Refused)
    }

    /// The window at the end is about to be tried. What failed of it before no longer counts.
    pub fn proof_begins(&mut self) {
        self.proof_tried = true;
        self.failed.retain(|it| !it.is_proofs());
    }

    /// What ended the run before its end: an interruption, a refusal, else the first failure of something that is still
    /// wanted. Where another remedy did it, the failure is of no interest; that Windows waits for a restart is, whatever works
    /// before it.
    pub fn failure(&self) -> Option<Failure> {
        if self.interrupted {
            let failure = Failure::new(Code::Interrupted, text!("apply-interrupted"));
            return Some(failure.hint(text!("apply-goes-on")));
        }
        let restart = || self.failed.iter().find(|it| it.failure.exit == Exit::Restart);
        self.refused().or_else(|| self.counting().next()).or_else(restart).map(|it| it.failure.clone())
    }

    /// Whether a failure says that no window can be expected. That of an earlier window says nothing where its reason may be
    /// gone: a first build fails where only an installed package shows which setting it needs.
    pub(super) fn is_blocked(&self) -> bool {
        let mut counting = self.counting();
        self.interrupted || self.refused().is_some() || counting.any(|it| it.stands || !it.is_proofs())
    }

    /// The failures of what is still wanted.
    fn counting(&self) -> impl Iterator<Item = &Failed> {
        let asked = asked(&self.findings);
        let counts = move |needs: &[Need]| needs.is_empty() || needs.iter().any(|it| asked.contains(&it));
        self.failed.iter().filter(move |it| counts(&it.needs))
    }
}
