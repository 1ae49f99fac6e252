//! Files that go together: those of a program that this very action made, and no others.

use std::path::Path;

use super::Judge;
use crate::action::Action;
use crate::digest::Digest;
use crate::prove::program::NAMES;
use crate::text::Text;

impl Judge<'_> {
    pub(super) fn together(&self, dir: &Path, wrote: &[(String, Digest)]) -> Result<(), Text> {
        self.sound(dir)?;
        let own = matches!(self.action, Action::CreateProgram(it) if it.dir == dir);
        if !own || !wrote.iter().all(|it| NAMES.contains(&it.0.as_str())) {
            return Err(self.not_its_own(dir));
        }
        wrote.iter().try_for_each(|it| self.no_foreign_link(&dir.join(&it.0)))
    }
}
