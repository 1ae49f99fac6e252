//! A bundle: one file with everything that an installation without network needs. It is a plain tar whose every byte
//! follows from what is in it, so that the same things give the same file, and whose reader takes nothing else.
//!
//! - [`list`]: what is in it: versions, platforms, each file with its size and digest. Its rules are all in one place.
//! - [`archive`]: the form of the file.
//! - [`sealed`]: from the first byte to the last: the owner's signature, the list, every file. - [`net`]: a `Net` that
//!   answers from an unpacked bundle, and asks nobody.
//!
//! It knows nothing of what the files are for: `app::bundle` makes bundles, `apply` uses what they hold. What has a proof of
//! its own (Go, modules) is proven by that proof again when it is used.

pub mod archive;
pub mod list;
pub mod net;
pub mod sealed;

pub use list::{BuildCache, Kind, List, ListedFile, OsPackages};
pub use net::BundleNet;
