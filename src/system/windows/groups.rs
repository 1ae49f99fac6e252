//! Programs that we ask end with us: each stands in a job of ours that Windows ends with its last handle, and our handles
//! end with us, however we do. So there is nothing to note down here, and nothing to end.

/// Those that are at work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Groups(());

/// The place of a program among them.
pub struct Place(());

impl Place {
    /// The program has begun.
    pub(in crate::system) fn begun() -> Self {
        Self(())
    }

    /// The program has ended.
    pub fn leave(self) {}
}
