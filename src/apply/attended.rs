//! Long work that only looks or tries: who stops the run does not wait for its end.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::system::parallel::{self, Panicked};

/// How often it is asked whether the work is still wanted.
const PACE: Duration = Duration::from_millis(50);

/// Does the work. From the moment that it is not wanted any more, `stop` ends again and again what the work waits for.
pub fn attended<T: Send>(
    unwanted: impl Fn() -> bool,
    stop: impl Fn(),
    work: impl FnOnce() -> T + Send,
) -> Result<T, Panicked> {
    thread::scope(|scope| {
        let (at_work, over) = mpsc::channel::<()>();
        let task = scope.spawn(move || {
            let _at_work = at_work; // dropped at the end, also that of a panic
            work()
        });
        while over.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
            if unwanted() {
                stop();
            }
        }
        parallel::joined(task)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn work_that_waits_is_ended_once_it_is_unwanted() {
        let (unwanted, (end, ended)) = (AtomicBool::new(false), mpsc::channel::<()>());
        let end = Mutex::new(Some(end));
        let stop = || drop(end.lock().expect("no panic").take());
        let begun = &unwanted;
        let work = move || {
            begun.store(true, Ordering::SeqCst);
            ended.recv() // for ever, but for who stops it
        };
        let done = attended(|| unwanted.load(Ordering::SeqCst), stop, work);
        assert_eq!(done.map_err(|it| it.said), Ok(Err(mpsc::RecvError)));
    }

    #[test]
    fn wanted_work_is_left_alone_and_a_panic_of_it_is_told() {
        let stop = || unreachable!("it is wanted");
        assert_eq!(attended(|| false, stop, || 7).map_err(|it| it.said), Ok(7));
        let failed = attended(|| false, stop, || panic!("index out of bounds"));
        assert!(failed.is_err_and(|it: Panicked| it.said.contains("out of bounds")));
    }
}
