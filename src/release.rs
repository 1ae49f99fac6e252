//! The rules by which a fetched manifest, and the list of keys that may sign it, are accepted: TUF's in small. Pure:
//! bytes, keys, what was seen before and one fixed moment in; a [`Verified`] value or the one rule that is broken out.
//!
//! Two steps for each of the two files. *Authentic*: the signature, and the trusted comment, which repeats file,
//! version, expiry and digest. *Fresh*: never back, never another one under the same version, never far ahead, neither
//! expired nor about to be. What is fetched needs both; what is stored was fresh once, so it needs the first alone.
//!
//! `rules` holds for both files, `accept` has the manifest, [`keyring`] the list of keys, [`seen`] what is
//! remembered, [`store`] where it lies. To add a rule: a variant of [`ReleaseError`] with its words, a line in `rules`,
//! a row in the tests.

mod accept;
pub mod channel;
pub mod error;
pub mod given;
pub mod in_use;
pub mod keyring;
mod rules;
pub mod seen;
pub mod store;
#[cfg(test)]
pub mod tests;

pub use accept::{Release, accept, authentic};
pub use error::ReleaseError;
pub use keyring::Keyring;
pub use rules::{AcceptRules, KEYS, LARGEST_KEYS, LARGEST_MANIFEST, MANIFEST, NOTICE, SLACK, STRIDE};
pub use seen::Seen;
