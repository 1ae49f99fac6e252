//! Our own client of Go's checksum database: a public, append-only log that has the hash of every Go module, Go's own
//! toolchains among them. Nothing that `go` says is believed here, since `go` itself had holes in this very check.
//!
//! - [`note`]: signed texts. - [`tlog`]: the Merkle tree, its tiles and proofs. - [`record`]: what a lookup answers.
//! - [`dirhash`]: the `h1:` of a zip or a tree. - [`name`]: module paths and versions, and how URLs write them.
//! - [`proof`]: a lookup with its proof in one small file, which needs no network to be believed again.
//!
//! Those are pure; [`bundled`] is the log in a bundle. [`client`] asks servers through the doors and says which bytes belong to which question;
//! servers are never trusted, so any of them will do.

pub mod bundled;
pub mod client;
mod confirm;
pub mod error;
mod servers;
mod store;

pub use crate::fetch::sumdb::client::Client;
pub use crate::fetch::sumdb::confirm::Standing;
pub use crate::fetch::sumdb::error::SumdbError;
pub use crate::trust::dirhash::H1;
pub use crate::trust::record::ModuleSum;

#[cfg(test)]
mod tests;
