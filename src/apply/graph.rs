//! The graph: every step that can run beside another does. Knows nothing of what steps do.
//!
//! A step begins when everything in its `after` is done. Where one failed, what depends on it is cancelled and the rest
//! drains. An interruption cancels everything that has not begun.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::Serialize;

use crate::action::Step;
use crate::failure::Failure;

/// What became of a step, and when (milliseconds on `Look::ticks`).
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

/// Runs the steps. `act` does one; `cancelled` is watched, and `stop` is called once when it is set.
pub fn run(
    steps: &[Step],
    cancelled: &AtomicBool,
    ticks: &(dyn Fn() -> u64 + Sync),
    act: &(dyn Fn(&Step) -> Result<(), Failure> + Sync),
    stop: &dyn Fn(),
) -> Vec<Ran> {
    let mut ran: BTreeMap<u32, Ran> = BTreeMap::new();
    let mut running = 0_usize;
    let mut begun: Vec<u32> = Vec::new();
    let mut stopped = false;
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel::<Ran>();
        loop {
            let interrupted = cancelled.load(Ordering::SeqCst);
            if interrupted && !stopped {
                stopped = true;
                stop();
            }
            for step in steps
                .iter()
                .filter(|it| !ran.contains_key(&it.id))
                .map(|it| (it, fate(it, &ran, interrupted)))
            {
                match step {
                    (step, Fate::Cancel) if !begun.contains(&step.id) => {
                        cancel(step.id, ticks(), &mut begun, &sender)
                    }
                    (step, Fate::Begin) if !begun.contains(&step.id) => {
                        begun.push(step.id);
                        let sender = sender.clone();
                        scope.spawn(move || {
                            let began = Some(ticks());
                            let failure = act(step).err();
                            // Only a graph that is gone does not listen.
                            let _ = sender.send(Ran { step: step.id, began, ended: ticks(), failure });
                        });
                    }
                    _ => continue,
                }
                running += 1;
            }
            if running == 0 {
                break;
            }
            if let Ok(one) = receiver.recv_timeout(Duration::from_millis(100)) {
                running -= 1;
                ran.insert(one.step, one);
            }
        }
    });
    ran.into_values().collect()
}

enum Fate {
    Begin,
    Wait,
    Cancel,
}

fn fate(step: &Step, ran: &BTreeMap<u32, Ran>, interrupted: bool) -> Fate {
    let before: Vec<_> = step.after.iter().map(|it| ran.get(it)).collect();
    if interrupted || before.iter().flatten().any(|it| !it.done()) {
        Fate::Cancel
    } else if before.iter().all(Option::is_some) {
        Fate::Begin
    } else {
        Fate::Wait
    }
}

fn cancel(step: u32, now: u64, begun: &mut Vec<u32>, sender: &mpsc::Sender<Ran>) {
    begun.push(step);
    let _ = sender.send(Ran { step, began: None, ended: now, failure: None });
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
mod tests {
    use std::sync::atomic::AtomicU64;
    use std::sync::{Barrier, Mutex};

    use super::*;
    use crate::action::Action;
    use crate::failure::Exit;

    fn step(id: u32, after: &[u32]) -> Step {
        let action = Action::RefreshPackageLists { manager: "apt".into() };
        let (because, meets, premises) = <_>::default();
        Step { id, action, after: after.to_vec(), because, meets, premises, needs_root: false }
    }

    fn go(
        steps: &[Step],
        act: &(dyn Fn(&Step) -> Result<(), Failure> + Sync),
        cancelled: &AtomicBool,
    ) -> Vec<Ran> {
        let clock = AtomicU64::new(0);
        run(steps, cancelled, &|| clock.fetch_add(1, Ordering::SeqCst), act, &|| ())
    }

    #[test]
    fn what_can_run_together_does_and_order_is_kept() {
        let both = Barrier::new(2); // would hang if 1 and 2 did not run at the same time
        let order = Mutex::new(Vec::new());
        let act = |it: &Step| {
            if it.id < 3 {
                both.wait();
            }
            order.lock().expect("no panic").push(it.id);
            Ok(())
        };
        let ran = go(&[step(1, &[]), step(2, &[]), step(3, &[1, 2])], &act, &AtomicBool::new(false));
        assert!(ran.iter().all(Ran::done));
        assert_eq!(order.into_inner().expect("no panic").last(), Some(&3));
    }

    #[test]
    fn a_failure_cancels_what_depends_on_it_and_the_rest_drains() {
        let act = |it: &Step| match it.id {
            1 => Err(Failure::new("disk.full", Exit::Failed, text!("apply-interrupted"))),
            _ => Ok(()),
        };
        let ran =
            go(&[step(1, &[]), step(2, &[1]), step(3, &[]), step(4, &[2])], &act, &AtomicBool::new(false));
        let state: Vec<_> =
            ran.iter().map(|it| (it.step, it.began.is_some(), it.failure.is_some())).collect();
        assert_eq!(state, [(1, true, true), (2, false, false), (3, true, false), (4, false, false)]);
    }

    #[test]
    fn an_interruption_begins_nothing_more() {
        let cancelled = AtomicBool::new(false);
        let act = |_: &Step| {
            cancelled.store(true, Ordering::SeqCst);
            Ok(())
        };
        let ran = go(&[step(1, &[]), step(2, &[1])], &act, &cancelled);
        assert_eq!(ran.iter().map(Ran::done).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn the_critical_path_goes_back_through_whoever_ended_last() {
        let steps = [step(1, &[]), step(2, &[]), step(3, &[1, 2]), step(4, &[])];
        let ran = [(1, 0, 5), (2, 0, 9), (3, 9, 20), (4, 0, 3)];
        let ran = ran.map(|(step, began, ended)| Ran { step, began: Some(began), ended, failure: None });
        assert_eq!(critical_path(&steps, &ran), [2, 3]);
    }
}
