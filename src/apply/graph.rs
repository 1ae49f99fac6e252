//! The graph: every step that can run beside another does. Knows nothing of what steps do.
//!
//! A step begins when everything in its `after` is done. Where one failed, what depends on it is cancelled and the rest
//! drains. An interruption cancels everything that has not begun. A step that panics is one that failed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::action::Step;
use crate::action::ran::Ran;
use crate::failure::Failure;
use crate::system::parallel;

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
                            let result = parallel::caught(|| act(step)).unwrap_or_else(|it| Err(it.into()));
                            let failure = result.err();
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;
    use std::sync::{Barrier, Mutex};

    use super::*;
    use crate::action::ran::tests::step;
    use crate::failure::Code;

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
            1 => Err(Failure::new(Code::DiskFull, text!("apply-interrupted"))),
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
    fn a_step_that_panics_fails_and_the_rest_drains() {
        let act = |it: &Step| if it.id == 1 { panic!("index out of bounds") } else { Ok(()) };
        let ran = go(&[step(1, &[]), step(2, &[1]), step(3, &[])], &act, &AtomicBool::new(false));
        let codes: Vec<_> = ran.iter().map(|it| (it.done(), it.failure.as_ref().map(|it| it.code))).collect();
        assert_eq!(codes, [(false, Some(Code::InternalPanic)), (false, None), (true, None)]);
    }
}
