//! Programs that we ask end with us: each stands in a job of ours that Windows ends with its last handle, and our handles
//! end with us, however we do. They are noted down for the question that nobody waits for any more, while we go on.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::job::Group;

/// Those that are at work. Windows tells of Ctrl-C in a thread of its own, which may wait for a lock.
#[derive(Clone, Copy, Debug)]
pub struct Groups(&'static Mutex<Vec<Group>>);

impl Default for Groups {
    fn default() -> Self {
        Self(Box::leak(Box::default()))
    }
}

impl Groups {
    /// The place of a program that has begun, until what is given is dropped.
    pub(in crate::system) fn place(self, group: Group) -> Place {
        self.all().push(group.clone());
        Place { of: self, group }
    }

    /// Ends them all, with what they started. What is asked only looks, so that nothing of it has to be ended well; and a
    /// program that does not know Ctrl-Break would go on.
    pub fn end(self) {
        for group in self.all().iter() {
            group.kill();
        }
    }

    fn all(self) -> MutexGuard<'static, Vec<Group>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of a program among those at work.
pub struct Place {
    of: Groups,
    group: Group,
}

impl Place {
    /// The program has ended.
    pub fn leave(self) {}
}

impl Drop for Place {
    fn drop(&mut self) {
        self.of.all().retain(|it| *it != self.group);
    }
}
