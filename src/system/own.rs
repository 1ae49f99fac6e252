//! What is ours alone: below our directories nothing is believed that somebody else owns, may write, or put a link in the way
//! of. What stands above our roots is people's. How it is looked at is the system's (`os::own`).

use super::{Kind, Stat};
use crate::text::Text;

/// Why something of ours is not ours alone; nothing where it is.
pub fn fault(kind: Kind, owner: u32, mode: u32, me: u32) -> Option<Text> {
    match kind {
        Kind::Link => Some(text!("own-link")),
        Kind::Other => Some(text!("own-kind")),
        _ if owner != me => Some(text!("own-owner", owner = i64::from(owner))),
        _ if mode & 0o022 != 0 => Some(text!("own-writable", mode = format!("{:04o}", mode & 0o7777))),
        _ => None,
    }
}

/// The same for what was looked at.
pub fn stat_fault(stat: &Stat, me: u32) -> Option<Text> {
    fault(stat.kind, stat.uid, stat.mode, me)
}

/// Whether nobody but its owner, root and the owner's own group can rename what lies in a directory.
pub fn keeps(owner: u32, mode: u32, me: u32) -> bool {
    (owner == me || owner == 0) && (mode & 0o002 == 0 || mode & 0o1000 != 0)
}

/// A word that nobody can guess, for names of files that are made.
pub fn unguessable() -> String {
    use std::hash::{BuildHasher, Hasher, RandomState};
    // The keys come from the operating system; two states, for they are counted on within a thread.
    let word = |salt: u64| {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u64(salt);
        hasher.finish()
    };
    format!("{:016x}", word(u64::from(std::process::id())) ^ word(1).rotate_left(32))
}
