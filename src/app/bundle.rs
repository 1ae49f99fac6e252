//! Bundles: `bundle create` makes one from what this machine can reach, `bundle verify` says what one holds and who vouches
//! for it, `install --bundle` installs from one and asks nobody else.

mod cache;
pub mod create;
mod gather;
pub mod install;
mod making;
mod opened;
mod packages;
mod verify;
mod write;

pub use create::create;
pub use install::install;
pub use verify::verify;
