//! Causes that only show once others are fixed: the report names them with those of the first plan.

use super::State;
use crate::action::Plan;
use crate::checks::Finding;

impl State<'_> {
    /// Notes what was wrong and asked for a step of this plan, each check once; not of the first one, which was shown.
    pub(super) fn note_causes(&mut self, plan: &Plan) {
        if self.first.is_some() {
            return;
        }
        let acted = |it: &Finding| plan.steps.iter().any(|step| step.because.contains(&it.id));
        let known = |it: &Finding| self.later.iter().any(|at| at.id == it.id);
        let new = |it: &&Finding| it.verdict.is_bad() && acted(it) && !known(it);
        let new: Vec<Finding> = self.findings.iter().filter(new).cloned().collect();
        self.later.extend(new);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Course;
    use super::super::State;
    use crate::action::{Action, Scope, Step};
    use crate::apply::converge::Round;
    use crate::checks::{Finding, Group, Verdict, fixture};
    use crate::plan::make;

    #[test]
    fn a_cause_that_shows_in_a_later_round_is_noted_once_and_one_of_the_first_plan_is_not() {
        let (facts, known) = (fixture::healthy(), fixture::known());
        let finding = |id: &str| {
            let verdict = Verdict::fail(text!("apply-interrupted"));
            Finding { id: id.into(), group: Group::Go, verdict, blocked_by: vec![], needed: true }
        };
        let plan = |because: &[&str]| {
            let action = Action::FixLineEnds { file: "/x".into() };
            let because = because.iter().map(|it| (*it).to_owned()).collect();
            let (after, meets, premises) = <_>::default();
            let step = Step { id: 1, action, after, because, meets, premises, needs_root: false };
            let plan = make(&[], &facts, &fixture::want(), known, Scope::Repair);
            crate::action::Plan { steps: vec![step], ..plan }
        };
        let course = Course::Heal { scope: Scope::Repair, only: vec![] };
        let mut state = State::new(facts.clone(), known, plan(&["go.flags"]), course);
        let mut round = |because: &[&str], then: Vec<Finding>| {
            let round = Round { plan: plan(because), ran: vec![] };
            state.carried_out(round, (facts.clone(), then), false);
            state.later.iter().map(|it| it.id.clone()).collect::<Vec<_>>()
        };
        assert!(round(&["go.flags"], vec![finding("cgo.headers"), finding("go.proxy")]).is_empty());
        assert_eq!(round(&["cgo.headers"], vec![finding("cgo.headers")]), ["cgo.headers"]);
        assert_eq!(round(&["cgo.headers"], vec![]), ["cgo.headers"], "once");
    }
}
