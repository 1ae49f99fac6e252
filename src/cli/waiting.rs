//! What people wait for: said where nothing was said for two seconds, once each. What is due is decided by [`Patience`] on
//! times that it is given; a thread looks whether something is, as long as somebody waits.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Milliseconds of silence after which it is said what one waits for.
const SILENCE: u64 = 2000;
/// How often it is looked whether something is due.
const OFTEN: Duration = Duration::from_millis(250);

/// What goes on, and since when nothing was said.
#[derive(Debug, Default)]
struct Patience {
    /// Each with its number, what it is, and whether it was said.
    going_on: Vec<(u32, String, bool)>,
    /// When something was said last.
    last: u64,
}

impl Patience {
    fn begins(&mut self, id: u32, what: &str, now: u64) {
        // Before it nothing was waited for.
        if self.going_on.is_empty() {
            self.last = now;
        }
        self.going_on.push((id, what.to_owned(), false));
    }

    fn ends(&mut self, id: u32) -> Option<String> {
        let at = self.going_on.iter().position(|it| it.0 == id)?;
        Some(self.going_on.remove(at).1)
    }

    /// What is to be said now.
    fn due(&mut self, now: u64) -> Vec<String> {
        if now.saturating_sub(self.last) < SILENCE {
            return Vec::new();
        }
        let open = self.going_on.iter_mut().filter(|it| !it.2);
        let due: Vec<String> = open
            .map(|it| {
                it.2 = true;
                it.1.clone()
            })
            .collect();
        if !due.is_empty() {
            self.last = now;
        }
        due
    }
}

/// Says what is waited for; nothing when it is over.
type Say = Box<dyn Fn(Option<&str>) + Send + Sync>;

struct Shared {
    patience: Mutex<(Patience, bool)>,
    wake: Condvar,
    clock: Box<dyn Fn() -> u64 + Send + Sync>,
    say: Say,
}

impl Shared {
    fn patience(&self) -> MutexGuard<'_, (Patience, bool)> {
        self.patience.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says what is due until it is told to end.
    fn watch(&self) {
        let mut held = self.patience();
        while !held.1 {
            for what in held.0.due((self.clock)()) {
                (self.say)(Some(&what));
            }
            held = self.wake.wait_timeout(held, OFTEN).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// Somebody who waits.
pub struct Waiting {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Waiting {
    /// `clock`: milliseconds that never go back. `say`: where it is said what one waits for, and with nothing that one does no
    /// more or that something else is about to be said.
    pub fn new(
        clock: impl Fn() -> u64 + Send + Sync + 'static,
        say: impl Fn(Option<&str>) + Send + Sync + 'static,
    ) -> Self {
        let (patience, wake) = <_>::default();
        let (clock, say) = (Box::new(clock), Box::new(say));
        Self { shared: Arc::new(Shared { patience, wake, clock, say }), thread: Mutex::default() }
    }

    /// Something begins that may take long. Numbers tell what goes on at once apart.
    pub fn begins(&self, id: u32, what: &str) {
        self.shared.patience().0.begins(id, what, (self.shared.clock)());
        let shared = Arc::clone(&self.shared);
        let start = || thread::Builder::new().spawn(move || shared.watch()).ok();
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        // Without a thread nobody is told, and the work goes on.
        *thread = thread.take().or_else(start);
    }

    /// It ended. Gives what it was.
    pub fn ends(&self, id: u32) -> Option<String> {
        let mut held = self.shared.patience();
        (self.shared.say)(None);
        held.0.ends(id)
    }

    /// Something is said.
    pub fn spoke(&self) {
        let mut held = self.shared.patience();
        (self.shared.say)(None);
        held.0.last = (self.shared.clock)();
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.shared.patience().1 = true;
        self.shared.wake.notify_all();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // One that panicked has said nothing; the work is none of its business.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_two_seconds_of_silence_what_one_waits_for_is_said_once() {
        let mut patience = Patience::default();
        assert!(patience.due(9000).is_empty(), "nothing goes on");
        patience.begins(1, "Download Go", 9000);
        assert!(patience.due(10_999).is_empty());
        assert_eq!(patience.due(11_000), ["Download Go"]);
        assert!(patience.due(99_000).is_empty(), "it was said");
        patience.begins(2, "Build", 99_500);
        patience.begins(3, "Edit", 99_600);
        assert_eq!(patience.ends(3).as_deref(), Some("Edit"));
        assert_eq!(patience.due(101_500), ["Build"], "nothing is said of what was short");
        assert_eq!((patience.ends(2).as_deref(), patience.ends(2)), (Some("Build"), None));
    }

    #[test]
    fn whoever_just_heard_something_is_told_nothing() {
        let mut patience = Patience::default();
        patience.begins(0, "Look", 0);
        patience.last = 1900;
        assert!(patience.due(3800).is_empty());
        assert_eq!(patience.due(3900), ["Look"]);
    }

    #[test]
    fn the_thread_ends_with_who_waits() {
        let said = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&said);
        let now = std::sync::atomic::AtomicU64::new(0);
        // A clock on which two seconds pass at each look.
        let clock = move || now.fetch_add(SILENCE, std::sync::atomic::Ordering::SeqCst);
        let waiting = Waiting::new(clock, move |it| {
            into.lock().unwrap_or_else(PoisonError::into_inner).extend(it.map(str::to_owned));
        });
        waiting.begins(1, "Look");
        while said.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            thread::yield_now();
        }
        drop(waiting);
        assert_eq!(*said.lock().unwrap_or_else(PoisonError::into_inner), ["Look"]);
    }
}
