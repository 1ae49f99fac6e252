//! The managers that share one shape, a row each. Which of them were run, and which only read about, the head of each file
//! says.

mod apk;
mod dnf;
mod ostree;
mod pacman;
mod rpm;
mod winget;
mod xbps;
mod zypper;

pub use apk::APK;
pub use dnf::{DNF, MICRODNF, YUM};
pub use ostree::RPM_OSTREE;
pub use pacman::PACMAN;
pub use winget::{Winget, installer_outcome};
pub use xbps::XBPS;
pub use zypper::ZYPPER;
