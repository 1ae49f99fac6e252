//! Work on several threads, in one way for everybody: results keep the order of the items, the first error counts by that
//! order, and a panic is told instead of taking the run down or passing for "nothing there".

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use crate::fact::Why;

/// Work of ours that panicked: always our own mistake, never the machine's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is a mistake in fyne-setup: {said}")]
pub struct Panicked {
    /// What it said.
    pub said: String,
}

impl Panicked {
    fn of(payload: &(dyn Any + Send)) -> Self {
        let said = payload.downcast_ref::<&str>().map(|it| (*it).to_owned());
        let said = said.or_else(|| payload.downcast_ref::<String>().cloned());
        Self { said: said.unwrap_or_else(|| "it said nothing".into()) }
    }
}

impl From<Panicked> for Why {
    fn from(it: Panicked) -> Self {
        text!("why-own-fault", said = it.said).into()
    }
}

/// Does something, and tells a panic.
pub fn caught<R>(work: impl FnOnce() -> R) -> Result<R, Panicked> {
    // What the work had in hand is dropped with it; what it shares lies behind locks whose poison is looked through.
    catch_unwind(AssertUnwindSafe(work)).map_err(|it| Panicked::of(it.as_ref()))
}

/// What a thread of a scope came to.
pub fn joined<R>(thread: ScopedJoinHandle<'_, R>) -> Result<R, Panicked> {
    thread.join().map_err(|it| Panicked::of(it.as_ref()))
}

/// Each item by itself, `at_once` at a time, in the order of the items.
pub fn each<T: Sync, R: Send>(
    at_once: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<Result<R, Panicked>> {
    let fine = |item: &T| Ok::<_, Panicked>(caught(|| work(item)));
    spread(at_once, items, fine).into_iter().flatten().flatten().collect()
}

/// All items, or the first error in their order. After an error no further item is begun.
pub fn all<T: Sync, R: Send, E: Send + From<Panicked>>(
    at_once: usize,
    items: &[T],
    work: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let told = |item: &T| caught(|| work(item)).unwrap_or_else(|it| Err(it.into()));
    spread(at_once, items, told).into_iter().flatten().collect()
}

/// `None` for what was not begun: only what stands behind an error. Items are begun in their order, so that the first
/// error by that order is always among what was.
fn spread<T: Sync, R: Send, E: Send>(
    at_once: usize,
    items: &[T],
    work: impl Fn(&T) -> Result<R, E> + Sync,
) -> Vec<Option<Result<R, E>>> {
    let results: Vec<Mutex<Option<Result<R, E>>>> = items.iter().map(|_| Mutex::default()).collect();
    on_threads(at_once, items.len(), &|at| {
        let Some((item, slot)) = items.get(at).zip(results.get(at)) else { return true };
        let result = work(item);
        let fine = result.is_ok();
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        fine
    });
    results.into_iter().map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

/// Does what has these numbers, in their order, until one says that it failed. Compiled once, not for each kind of work.
fn on_threads(at_once: usize, count: usize, work: &(dyn Fn(usize) -> bool + Sync)) {
    let next = AtomicUsize::new(0);
    let run = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return;
            }
            if !work(at) {
                next.store(count, Ordering::Relaxed);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..at_once.min(count) {
            scope.spawn(run);
        }
        run();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for at_once in [0, 1, 3, 200] {
            let doubled = all(at_once, &items, |it| Ok::<_, Panicked>(it * 2));
            assert_eq!(doubled, Ok(items.iter().map(|it| it * 2).collect()), "{at_once}");
        }
        assert_eq!(all(4, &[], |_: &usize| Ok::<(), Panicked>(())), Ok(vec![]));
    }

    #[test]
    fn the_first_error_counts_by_the_order_of_the_items() {
        for at_once in [1, 4] {
            let work = |it: &usize| if *it > 10 { Err(Panicked { said: format!("{it}") }) } else { Ok(*it) };
            let items: Vec<usize> = (0..100).collect();
            assert_eq!(all(at_once, &items, work), Err(Panicked { said: "11".into() }));
        }
    }

    #[test]
    fn a_panic_is_told_and_the_others_are_done() {
        let work = |it: &usize| if *it == 2 { panic!("item {it}") } else { *it };
        for at_once in [1, 3] {
            let done = each(at_once, &[1, 2, 3], work);
            assert_eq!(done, [Ok(1), Err(Panicked { said: "item 2".into() }), Ok(3)]);
        }
        let failed = all(2, &[1, 2, 3], |it| Ok::<_, Panicked>(work(it)));
        assert_eq!(failed, Err(Panicked { said: "item 2".into() }));
        let joined: Result<(), _> = thread::scope(|scope| joined(scope.spawn(|| panic!("static"))));
        assert_eq!(joined, Err(Panicked { said: "static".into() }));
    }
}
