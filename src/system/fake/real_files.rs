//! Files of the real disk as tests prepare them and look at them, in the same words on every system.

use std::path::Path;

use crate::system::disk::RealDisk;
use crate::system::{Disk, os};

/// The permission bits of what stands at a path.
pub fn mode(path: impl AsRef<Path>) -> u32 {
    os::look::stat(path.as_ref()).expect("it is there").mode
}

/// Sets them.
pub fn set_mode(path: impl AsRef<Path>, mode: u32) {
    RealDisk.set_mode(path.as_ref(), mode).expect("ours");
}

/// Makes a link.
pub fn symlink(target: impl AsRef<Path>, at: impl AsRef<Path>) {
    RealDisk.link(target.as_ref(), at.as_ref()).expect("linked");
}
