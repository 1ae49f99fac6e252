//! What is not tried again: remedies that did not help, and actions that would fail for the reason that they failed for before.

use std::collections::BTreeSet;

use super::{Action, ActionKind, Plan, Step};
use crate::need::Need;

/// Remedies that did not help, each with the need that it was tried for: they are not planned for it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TriedRemedies(BTreeSet<(ActionKind, Need)>);

impl TriedRemedies {
    /// Excludes a remedy for a need.
    pub fn exclude(&mut self, action: &Action, need: &Need) {
        self.0.insert((action.kind(), need.clone()));
    }

    /// Takes that back: it failed for a reason that may be gone.
    pub fn allow(&mut self, action: &Action, need: &Need) {
        self.0.remove(&(action.kind(), need.clone()));
    }

    /// Whether this kind of action was tried for the need, and did not help.
    pub fn excludes(&self, kind: ActionKind, need: &Need) -> bool {
        self.0.contains(&(kind, need.clone()))
    }
}

impl Plan {
    /// The same plan without these actions and without what rests on them: what those were to meet is unmet.
    #[must_use]
    pub fn without(mut self, actions: &[&Action]) -> Self {
        let mut out = BTreeSet::new();
        let goes = |it: &Step, out: &BTreeSet<u32>| {
            actions.contains(&&it.action) || it.after.iter().any(|it| out.contains(it))
        };
        // Steps stand after what they rest on.
        for step in &self.steps {
            if goes(step, &out) {
                out.insert(step.id);
                let pairs = step
                    .because
                    .iter()
                    .flat_map(|id| step.meets.iter().map(move |it| (id.clone(), it.clone())));
                let new: Vec<_> = pairs.filter(|it| !self.unmet.contains(it)).collect();
                self.unmet.extend(new);
            }
        }
        self.steps.retain(|it| !out.contains(&it.id));
        let numbers: Vec<u32> = self.steps.iter().map(|it| it.id).collect();
        let number = |old: u32| (1..).zip(&numbers).find(|it| *it.1 == old).map_or(old, |it| it.0);
        for step in &mut self.steps {
            step.id = number(step.id);
            step.after.iter_mut().for_each(|it| *it = number(*it));
        }
        self
    }
}
