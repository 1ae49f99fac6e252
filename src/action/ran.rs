//! What became of the steps of a plan, and what the run waited for. Values; `apply::graph` makes them.

use serde::Serialize;

use super::Step;
use crate::failure::Failure;

/// What became of a step, and when (milliseconds on `Look::monotonic_ms`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// Its number.
    pub step: u32,
    /// When it began; `None` for one that was cancelled.
    pub began: Option<u64>,
    /// When it ended.
    pub ended: u64,
    /// Why it failed.
    pub failure: Option<Failure>,
}

impl Ran {
    /// Done, and well.
    pub const fn done(&self) -> bool {
        self.began.is_some() && self.failure.is_none()
    }
}

/// The steps that a run waited for, first to last: from the one that ended last, back through whichever predecessor
/// ended last.
pub fn critical_path(steps: &[Step], ran: &[Ran]) -> Vec<u32> {
    let of = |id: u32| ran.iter().find(|it| it.step == id && it.began.is_some());
    let mut path = Vec::new();
    let mut at = ran.iter().filter(|it| it.began.is_some()).max_by_key(|it| it.ended);
    while let Some(one) = at {
        path.push(one.step);
        let after = steps.iter().find(|it| it.id == one.step).map_or(&[][..], |it| &it.after);
        at = after
            .iter()
            .filter_map(|it| of(*it))
            .max_by_key(|it| it.ended)
            .filter(|it| !path.contains(&it.step));
    }
    path.reverse();
    path
}

#[cfg(test)]
pub mod tests {
    //! A step for tests of plans.
    use super::*;
    use crate::action::Action;

    /// A step that waits for these.
    pub fn step(id: u32, after: &[u32]) -> Step {
        let action = Action::RefreshPackageLists { manager: "apt".into() };
        let (because, meets, premises) = <_>::default();
        Step { id, action, after: after.to_vec(), because, meets, premises, needs_root: false }
    }

    #[test]
    fn the_critical_path_goes_back_through_whoever_ended_last() {
        let steps = [step(1, &[]), step(2, &[]), step(3, &[1, 2]), step(4, &[])];
        let ran = [(1, 0, 5), (2, 0, 9), (3, 9, 20), (4, 0, 3)];
        let ran = ran.map(|(step, began, ended)| Ran { step, began: Some(began), ended, failure: None });
        assert_eq!(critical_path(&steps, &ran), [2, 3]);
    }
}
