//! The proof: a real Fyne program, built with this machine's tools, and its window seen from outside.
//!
//! [`program`] is its source. What is not here: whether a proof is wanted, and what is installed before it.

pub mod build;
pub mod environment;
pub mod packages;
pub mod program;
pub mod window;
