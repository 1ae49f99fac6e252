//! How long a plan still takes, and what it waits for. Pure: from what its steps were expected to take, and how those went
//! that are over or under way.

use crate::text::Text;

/// A step before it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Its number.
    pub step: u32,
    /// The steps that are done before it.
    pub after: Vec<u32>,
    /// What it does.
    pub what: Text,
    /// How long it is expected to take, in seconds; `None` where nobody knows.
    pub seconds: Option<u64>,
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It has not begun.
    Waits,
    /// It began so many seconds ago.
    Runs(u64),
    /// It took so many seconds.
    Over(u64),
}

/// The seconds that are left, where they can be said, and the step that the rest waits for.
pub fn remaining(all: &[Expected], stands: impl Fn(u32) -> Stands) -> (Option<u64>, Option<u32>) {
    let slowness = slowness(all, &stands);
    let scaled = |seconds: u64| seconds * slowness / 100;
    // The end of each step from now, and which step before it ends last.
    let mut ends: Vec<(u32, Option<u64>, Option<u32>)> = Vec::new();
    for it in all {
        let own = match stands(it.step) {
            Stands::Over(_) => Some(0),
            Stands::Waits => it.seconds.map(scaled),
            Stands::Runs(since) => it.seconds.map(|it| scaled(it).saturating_sub(since)),
        };
        let open = ends.iter().filter(|end| it.after.contains(&end.0) && !over(&stands, end.0));
        let last = open.max_by_key(|it| it.1.unwrap_or(u64::MAX));
        let begins = last.map_or(Some(0), |it| it.1);
        ends.push((it.step, begins.and_then(|begins| Some(begins + own?)), last.map(|it| it.0)));
    }
    let open = || ends.iter().filter(|it| !over(&stands, it.0));
    let seconds = open().map(|it| it.1).try_fold(0, |most, it| Some(it?.max(most)));
    let mut at = open().max_by_key(|it| it.1.unwrap_or(u64::MAX));
    while let Some(before) = at.and_then(|it| it.2) {
        at = ends.iter().find(|it| it.0 == before);
    }
    let running = at.map(|it| it.0).filter(|it| matches!(stands(*it), Stands::Runs(_)));
    (seconds.filter(|_| open().next().is_some()), running)
}

fn over(stands: &impl Fn(u32) -> Stands, step: u32) -> bool {
    matches!(stands(step), Stands::Over(_))
}

/// How much slower than expected this machine is just now, in percent: from the steps that were expected to take a while.
/// One that still runs only tells where it is late.
fn slowness(all: &[Expected], stands: &impl Fn(u32) -> Stands) -> u64 {
    let (mut expected, mut took) = (0, 0);
    for it in all {
        let Some(seconds) = it.seconds.filter(|it| *it > 1) else { continue };
        match stands(it.step) {
            Stands::Over(real) => (expected, took) = (expected + seconds, took + real),
            Stands::Runs(since) if since > seconds => (expected, took) = (expected + seconds, took + since),
            _ => {}
        }
    }
    (took * 100).checked_div(expected).map_or(100, |it| it.clamp(25, 5000))
}

#[cfg(test)]
mod tests {
    use super::Stands::{Over, Runs, Waits};
    use super::*;

    fn step(step: u32, after: &[u32], seconds: Option<u64>) -> Expected {
        Expected { step, after: after.to_vec(), what: text!("work-question"), seconds }
    }

    #[test]
    fn the_longest_way_is_what_is_left_and_its_running_step_is_waited_for() {
        let all = [step(1, &[], Some(10)), step(2, &[], Some(30)), step(3, &[1, 2], Some(20))];
        let at = |stands: [Stands; 3]| remaining(&all, |it| stands[it as usize - 1]);
        assert_eq!(at([Waits, Waits, Waits]), (Some(50), None));
        assert_eq!(at([Runs(4), Runs(4), Waits]), (Some(46), Some(2)));
        assert_eq!(at([Over(10), Runs(12), Waits]), (Some(38), Some(2)));
        assert_eq!(at([Over(10), Over(30), Runs(5)]), (Some(15), Some(3)));
        assert_eq!(at([Over(10), Over(30), Over(20)]), (None, None), "nothing is left");
    }

    #[test]
    fn a_slow_machine_is_told_by_what_is_over_and_by_what_is_late() {
        let all = [step(1, &[], Some(10)), step(2, &[1], Some(20))];
        let at = |stands: [Stands; 2]| remaining(&all, |it| stands[it as usize - 1]).0;
        assert_eq!(at([Over(40), Waits]), Some(80));
        assert_eq!(at([Runs(30), Waits]), Some(60), "late, and nobody knows how late");
        assert_eq!(at([Runs(5), Waits]), Some(25), "not late yet");
        assert_eq!(at([Over(0), Waits]), Some(5));
    }

    #[test]
    fn what_nobody_measured_has_no_end_and_is_still_waited_for() {
        let all = [step(1, &[], None), step(2, &[], Some(3))];
        assert_eq!(remaining(&all, |_| Stands::Runs(1)), (None, Some(1)));
        assert_eq!(remaining(&[], |_| Stands::Waits), (None, None));
    }
}
