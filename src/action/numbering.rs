//! Whether a plan has steps, and which numbers they have.

use super::Plan;

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The same plan with other numbers: the first step gets this one.
    #[must_use]
    pub fn numbered_from(mut self, first: u32) -> Self {
        let by = first - 1;
        for step in &mut self.steps {
            step.id += by;
            step.after.iter_mut().for_each(|it| *it += by);
        }
        self
    }
}
