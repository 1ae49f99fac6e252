//! What the doors ask of Windows. `unix` has modules of the same names: what stands in both is what the doors are made of,
//! and `os` is the one that this program was built for.
//!
//! What decides (whose a file is by its access list, what a path means) is in `acl` and `windows_path`, pure and tested on
//! every system. The rules are [decision 16](../../docs/decisions/0016-windows-doors.md).

pub mod desktop;
pub mod disk;
pub(in crate::system) mod file;
pub(in crate::system) mod folders;
pub mod groups;
pub(in crate::system) mod job;
pub(in crate::system) mod junction;
mod late;
pub mod loading;
pub(in crate::system) mod look;
pub(in crate::system) mod made;
pub(in crate::system) mod own;
pub(in crate::system) mod path;
pub(in crate::system) mod pointer;
pub(in crate::system) mod process;
pub(in crate::system) mod registry;
pub(in crate::system) mod regular;
pub(in crate::system) mod remove;
pub mod screen;
pub(in crate::system) mod security;
pub(in crate::system) mod signals;
pub(in crate::system) mod socket;
pub(in crate::system) mod stream;

#[cfg(test)]
mod tests;
