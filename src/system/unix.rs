//! What the doors ask of Linux and its kin. `windows` has modules of the same names: what stands in both is what the
//! doors are made of, and `os` is the one that this program was built for.

pub mod disk;
pub mod groups;
pub mod loading;
pub(in crate::system) mod look;
pub(in crate::system) mod made;
pub(in crate::system) mod own;
pub(in crate::system) mod path;
pub(in crate::system) mod process;
pub(in crate::system) mod registry;
pub(in crate::system) mod regular;
pub mod screen;
pub(in crate::system) mod signals;
pub(in crate::system) mod socket;
pub(in crate::system) mod stream;
mod trees;
