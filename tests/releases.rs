//! `self update`, and `verify` by keys that the root keys name and by the checksum database: from outside, with a channel and
//! a log on loopback. Needs `--features test-keys`, since nobody else can sign for the real keys.

#![cfg(all(unix, feature = "test-keys"))]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr
)]

#[path = "testlog/testlog.rs"]
mod testlog;

#[path = "releases/bench.rs"]
mod bench;
#[path = "releases/self_update.rs"]
mod self_update;
#[path = "releases/verify.rs"]
mod verify;
