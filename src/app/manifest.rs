//! The commands about the manifest: what it says, what follows from it here, a newer one, whose signature it has.

mod resolve;
mod show;
mod update;
mod verify;

pub use resolve::resolved;
pub use show::show;
pub use update::{RELEASES, signed_text, sound, update};
pub use verify::{keyring, verify};
