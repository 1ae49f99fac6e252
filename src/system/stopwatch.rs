//! A stopwatch, for what may outlive every `Look`: the body of an answer, a program that lives on. It tells how long
//! something took and never what time it is.

#![expect(clippy::disallowed_types, reason = "this is the door: everything else asks it")]

use std::time::Instant;

/// Runs since it was made.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Milliseconds since then.
    pub fn ms(self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
