//! The real program, as people and scripts run it: exit codes, the two streams, languages, JSON against its own schema.
//! Each run has a home of its own and no environment of ours. To add one: a file in `tests/cli/`, or a test in one.
#![cfg(unix)]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr
)]

#[path = "cli/accept.rs"]
mod accept;
#[path = "cli/bundle.rs"]
mod bundle;
#[path = "cli/completions.rs"]
mod completions;
#[path = "cli/config.rs"]
mod config;
#[path = "cli/diagnose.rs"]
mod diagnose;
#[path = "cli/documents.rs"]
mod documents;
#[path = "cli/fleet.rs"]
mod fleet;
#[path = "cli/floor.rs"]
mod floor;
#[path = "cli/forged.rs"]
mod forged;
#[path = "cli/heals.rs"]
mod heals;
#[path = "cli/home.rs"]
mod home;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/leaves.rs"]
mod leaves;
#[path = "cli/logs.rs"]
mod logs;
#[path = "cli/manifests.rs"]
mod manifests;
#[path = "testlog/minisign.rs"]
#[allow(dead_code, clippy::pedantic)]
mod minisign;
#[path = "cli/mirrors.rs"]
mod mirrors;
#[path = "cli/new.rs"]
mod new;
#[path = "cli/owned.rs"]
mod owned;
#[path = "cli/pin.rs"]
mod pin;
#[path = "cli/plans.rs"]
mod plans;
#[path = "cli/poisoned.rs"]
mod poisoned;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/provision.rs"]
mod provision;
#[path = "cli/resolves.rs"]
mod resolves;
#[path = "cli/run.rs"]
mod run;
#[path = "cli/schema.rs"]
mod schema;
#[path = "cli/screens.rs"]
mod screens;
#[path = "cli/secrets.rs"]
mod secrets;
#[path = "cli/self_update.rs"]
mod self_update;
#[path = "cli/special.rs"]
mod special;
#[path = "cli/undo.rs"]
mod undo;
#[path = "cli/undone.rs"]
mod undone;
#[path = "cli/unseen.rs"]
mod unseen;
#[path = "cli/usage.rs"]
mod usage;
#[path = "cli/verify.rs"]
mod verify;
#[path = "cli/waits.rs"]
mod waits;
