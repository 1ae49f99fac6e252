//! What goes or comes as a whole: a Go that we brought, a cache that was moved aside, the link to the Go in use.

use std::path::Path;

use super::Judge;
use super::names::{in_module, is_of_cache};
use crate::action::Action;
use crate::fact::Fact;
use crate::probe::programs::others::in_other_hands;
use crate::system::Kind;
use crate::text::Text;

impl Judge<'_> {
    /// A tree that goes: a Go that we brought.
    pub(super) fn tree(&self, path: &Path) -> Result<(), Text> {
        self.sound(path)?;
        let Action::InstallGo { root, version } = self.action else { return Err(self.not_its_own(path)) };
        if root != path {
            return Err(self.not_its_own(path));
        }
        if path.parent() == Some(&self.places.data.join("go")) {
            return Ok(());
        }
        // Where `--prefix` put it: then that was asked for, and it must be what we put there.
        if self.prefix != Some(path) {
            return Err(self.not_its_own(path));
        }
        match self.look.stat(path) {
            Fact::Absent => Ok(()),
            Fact::Here(it) if it.kind == Kind::Dir && self.ours(&it) && self.is_go(path, *version) => Ok(()),
            _ => Err(text!("journal-why-no-go", path = path, version = version)),
        }
    }

    /// A cache that was moved aside.
    pub(super) fn cache(&self, path: &Path, aside: &Path) -> Result<(), Text> {
        self.sound(path)?;
        self.sound(aside)?;
        let Action::ReplaceCache { dir, cache } = self.action else { return Err(self.not_its_own(path)) };
        let name = dir.file_name().unwrap_or_default().to_string_lossy();
        let number = aside.file_name().and_then(|it| it.to_str()).and_then(|it| {
            let rest = it.strip_prefix(&*name)?.strip_prefix(".fyne-setup-")?;
            (!rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit())).then_some(())
        });
        let beside = aside.parent() == dir.parent() && number.is_some();
        if dir != path || !beside {
            return Err(self.not_its_own(if dir == path { aside } else { path }));
        }
        // What would go to make room for it must be the cache that we made.
        match self.look.list(path).into_here().unwrap_or_default() {
            names if names.is_empty() || names.iter().any(|it| is_of_cache(*cache, it)) => Ok(()),
            _ => Err(text!("journal-why-no-cache", path = path)),
        }
    }

    pub(super) fn link(&self, path: &Path, was: Option<&Path>) -> Result<(), Text> {
        self.sound(path)?;
        match self.action {
            // What stood there as a link in a damaged tree.
            Action::RestoreGo { root, .. } => self.in_go(root, path),
            Action::RestoreModules { modules } if modules.iter().any(|it| in_module(it, path)) => Ok(()),
            Action::SwitchGo { link, .. } if link == path && *path == self.places.current() => {
                let Some(was) = was else { return Ok(()) };
                let at = self.places.data.join(was);
                self.sound(&at)?;
                // One of ours, or one that `--prefix` put elsewhere: a Go, and in nobody else's hands.
                let inside = at.parent() == Some(&self.places.data.join("go"));
                let is_go = || {
                    self.look.read(&at.join("VERSION")).into_here().is_some_and(|it| it.starts_with(b"go"))
                        && self.look.stat(&at.join("bin/go")).is_here()
                };
                let known = inside || is_go();
                let open = in_other_hands(self.look, &at.join("bin/go")).is_some();
                if open || !known { Err(text!("journal-why-target", path = at)) } else { Ok(()) }
            }
            _ => Err(self.not_its_own(path)),
        }
    }
}
