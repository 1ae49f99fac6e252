//! `fyne-setup.lock`: the versions that a project is built with, and their hashes. Pure: text in, data out, and back.
//!
//! It is a stranger's file, as all of a project is: versions are read strictly, it names no URL, and which modules may come of
//! it is for the manifest to say. Not here: finding and reading the file (`app::lockfile`), choosing versions
//! (`manifest::resolve`).

pub mod differ;
pub mod edit;
mod model;
mod print;
mod read;

pub use differ::{Difference, wrong_hash};
pub use edit::Edits;
pub use model::{FYNE, LockFile, NAME, PLATFORMS, SCHEMA, TOOLCHAIN, cli_module, toolchain};

#[cfg(test)]
pub mod tests;
