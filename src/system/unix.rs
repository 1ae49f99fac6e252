//! What the doors ask of Linux and its kin. `windows` has modules of the same names: what stands in both is what the
//! doors are made of, and `os` is the one that this program was built for.

#[cfg(target_vendor = "apple")]
use apple as kernel;
#[cfg(not(target_vendor = "apple"))]
use linux as kernel;

#[cfg(target_vendor = "apple")]
mod apple;
pub mod disk;
pub mod groups;
#[cfg(not(target_vendor = "apple"))]
mod linux;
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
