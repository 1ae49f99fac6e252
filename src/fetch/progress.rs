//! Who is told how far a download is, and may end it.

use crate::text::Text;

/// Somebody who watches a download. Called from one thread at a time.
pub trait Progress: Sync {
    /// A download begins, or begins anew from another source; what was counted before is void.
    fn started(&self, what: &Text, total: Option<u64>);
    /// So many bytes more.
    fn advanced(&self, bytes: u64);
    /// All bytes are here.
    fn finished(&self);
    /// Whether to give up: asked between chunks, for Ctrl-C.
    fn stopped(&self) -> bool {
        false
    }
}

/// Nobody watches.
pub struct Quiet;

impl Progress for Quiet {
    fn started(&self, _what: &Text, _total: Option<u64>) {}
    fn advanced(&self, _bytes: u64) {}
    fn finished(&self) {}
}
