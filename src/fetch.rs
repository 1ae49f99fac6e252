//! Where bytes come from: sources in their order, one download that resumes, the strict archive layers, and Go as a
//! staged tree. What arrives here is believed only when its hash is the checksum database's (`trust`); until then it
//! lies in a private staging directory and nothing of it is executable.
//!
//! It resolves no versions, judges no machine and puts nothing in its final place: that is `apply`.
//!
//! - [`sources`]: who may have a Go, in which order. Pure.
//! - [`download`]: a body that goes on after a cut, and after a killed run; [`partial`] is what it keeps on disk.
//! - [`zip`], [`tar`]: which archives are accepted at all; [`name`] which names. Pure.
//! - [`tree`]: inflates, hashes and writes files on all cores while later bytes still arrive.
//! - [`small`]: a file that is read whole, in memory.
//! - [`channel`]: where manifests are published.
//! - [`go`]: the whole of it: a proven Go in staging.
//!
//! To add another thing that is fetched whole: [`download::Stream`] with its own size limit, and a proof in `trust`.

pub mod download;
pub mod error;
pub mod go;
pub mod name;
pub mod partial;
pub mod progress;
pub mod small;
pub mod sources;
#[cfg(test)]
pub(crate) mod stage;
pub mod sumdb;
pub mod tar;
pub mod tree;
pub mod zip;

pub use error::FetchError;
pub use go::{StagedGo, unpack};
pub use progress::{Progress, Quiet};
pub use sources::{Source, sources};
