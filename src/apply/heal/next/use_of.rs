//! Of what use the steps of a round were. Pure.

use crate::action::tried::TriedRemedies;
use crate::action::{Action, Plan, Step};
use crate::apply::converge::Round;
use crate::need::Need;

/// Excludes what was done and is still asked for; gives the steps that were of no use at all.
pub(super) fn exclude(tried: &mut TriedRemedies, round: &Round, asked: &[&Need]) -> Vec<u32> {
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

pub(super) fn step(plan: &Plan, number: u32) -> Option<&Step> {
    plan.steps.iter().find(|it| it.id == number)
}

/// What an action is about, whatever its details.
pub(super) fn subject(action: &Action) -> String {
    let file = match action.edits() {
        Some(file) => file.display().to_string(),
        None => String::new(),
    };
    format!("{} {file}", action.kind())
}
