//! fyne-setup as a library: look once, decide purely, act with a way back, look again, prove it.
//!
//! The nouns, one idea each:
//! - [`system`]: the four doors to the machine. `Look` may only look; `Disk`, `Net` and `Children` may act.
//! - [`facts`]: [`facts::Facts`], a snapshot of the machine, filled by [`probe`] and read by everything else.
//! - [`want`]: what the user asked for, and the versions that follow from it (`Want`, `Target`).
//! - [`checks`]: pure questions to the facts; each gives a [`checks::Verdict`] that names a cause and a [`need::Need`].
//! - [`action`]: the words of a plan; [`plan`] makes a graph of [`action::Action`]s from needs. Pure.
//! - [`apply`]: carries a plan out; [`journal`] has the intent and the undo of each act before the act.
//! - [`trust`]: what makes bytes [`trust::Verified`]. Pure, no IO.
//! - [`fetch`]: where bytes come from, and the strict archive layers; [`release`]: which manifest is believed.
//! - [`bundle`]: one file with everything for an installation without network.
//! - [`prove`]: a real Fyne window, seen from outside.
//! - [`log`]: what went through the doors, line by line, without secrets.
//! - [`diagnose`]: a build log in, the cause to fix first out. Pure.
//! - [`config`]: what a person set once, and which findings were accepted; read strictly. Pure.
//! - [`fleet`]: the reports of many hosts, folded into one. Pure.
//! - [`report`]: one result, many renderers. [`text::Text`] becomes English or Chinese only there.
//!
//! ARCHITECTURE.md has the map and what is absent from each part.

#[macro_use]
pub mod text;
pub mod action;
pub mod advisory;
pub mod app;
pub mod apply;
pub mod bundle;
pub mod checks;
pub mod cli;
pub mod config;
pub mod data;
pub mod diagnose;
pub mod digest;
pub mod discreet;
pub mod disk_error;
pub mod embedded;
pub mod fact;
pub mod facts;
pub mod failure;
pub mod fetch;
pub mod fleet;
pub mod gather;
pub mod journal;
pub mod lockfile;
pub mod log;
pub mod manifest;
pub mod moment;
pub mod near;
pub mod need;
pub mod packages;
pub mod path_style;
pub mod picture;
pub mod places;
pub mod plan;
pub mod probe;
pub mod prove;
pub mod provision;
pub mod quoting;
pub mod recording;
pub mod registry;
pub mod release;
pub mod report;
pub mod shell;
pub mod shells;
pub mod system;
pub mod toolexec;
pub mod trust;
pub mod typed;
pub mod version;
pub mod want;

/// The module proxy and checksum database of the integration tests, for unit tests.
#[cfg(test)]
#[path = "../tests/testlog/testlog.rs"]
pub mod testlog;
