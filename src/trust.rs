//! What makes bytes trustworthy. Pure, but for `sumdb::client`, which asks servers through the doors, and
//! `release::store`, which keeps what was accepted.
//!
//! A check that succeeds returns a [`Verified`] value, which nothing else can make, and the next step demands it: a
//! forgotten check does not compile.

pub mod digest;
pub mod keys;
pub mod minisign;
pub mod release;
pub mod sumdb;

/// Bytes, or a name with its hash, whose origin was proven against a key that is part of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// Only this module's children vouch.
    fn vouch(value: T) -> Self {
        Self(value)
    }

    /// The value.
    pub const fn get(&self) -> &T {
        &self.0
    }

    /// The value, taken out.
    pub fn into_inner(self) -> T {
        self.0
    }
}
