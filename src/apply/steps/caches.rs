//! A cache of Go's that this user cannot use: moved aside, never emptied, and a fresh one in its place with what can be read
//! of the old one. Entries are named by what they are made of, so that hard work is kept.

use std::path::{Path, PathBuf};

use super::{Prepared, StepContext};
use crate::action::Cache;
use crate::fact::Fact;
use crate::failure::Failure;
use crate::journal::undo::Undo;
use crate::probe::deep::garbled;
use crate::system::{Kind, System};

/// Beyond what is copied, this much stays free.
const SPARE: u64 = 1 << 30;

/// Replaces a cache.
pub fn replace<'s>(site: &'s StepContext<'s>, dir: &'s Path, cache: Cache) -> Result<Prepared<'s>, Failure> {
    let system = site.system;
    let fresh = beside(dir, "new");
    // What an earlier run left.
    system.disk.remove_tree(&fresh)?;
    system.disk.make_dir(&fresh, 0o755)?;
    // Of modules only what was downloaded: Go unpacks it again.
    let part = match cache {
        Cache::Builds => PathBuf::new(),
        Cache::Modules => PathBuf::from("cache/download"),
    };
    let old = Tree { system, top: dir.join(&part) };
    let room = system.look.space(&fresh).into_here().map_or(0, |it| it.free);
    if old.size() + SPARE < room {
        old.copy(&old.top, &fresh.join(&part));
    }
    // By the clock, so that no two runs mean the same one.
    let aside = beside(dir, &system.look.now().to_string());
    let undo = vec![Undo::MoveBack { path: dir.to_path_buf(), aside: aside.clone() }];
    Ok(Prepared::new(undo, move || {
        system.disk.rename(dir, &aside)?;
        system.disk.rename(&fresh, dir)?;
        site.events.note(&text!("apply-cache-aside", dir = dir, aside = aside));
        Ok(())
    }))
}

/// Takes entries away that are still not what their names say.
pub fn drop_builds<'s>(site: &'s StepContext<'s>, dir: &'s Path, entries: &'s [PathBuf]) -> Prepared<'s> {
    let (look, disk) = (site.system.look, site.system.disk);
    Prepared::cache(move || {
        let mut wrong = entries.iter().filter(|it| garbled(look, dir, it));
        wrong.try_for_each(|it| disk.remove(&dir.join(it))).map_err(Failure::from)
    })
}

/// `go-build.fyne-setup-1`
fn beside(dir: &Path, word: &str) -> PathBuf {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    dir.with_file_name(format!("{name}.fyne-setup-{word}"))
}

struct Tree<'a> {
    system: System<'a>,
    top: PathBuf,
}

impl Tree<'_> {
    /// Bytes of the files that can be seen.
    fn size(&self) -> u64 {
        fn of(look: &dyn crate::system::Look, dir: &Path) -> u64 {
            let names = look.list(dir).into_here().unwrap_or_default();
            let each = names.iter().map(|name| match look.stat(&dir.join(name)) {
                Fact::Here(it) if it.kind == Kind::Dir => of(look, &dir.join(name)),
                Fact::Here(it) => it.size,
                _ => 0,
            });
            each.sum()
        }
        of(self.system.look, &self.top)
    }

    /// Copies what can be read; what cannot is made again when it is needed.
    fn copy(&self, from: &Path, to: &Path) {
        let System { look, disk, .. } = self.system;
        let Fact::Here(names) = look.list(from) else { return };
        if disk.make_dir(to, 0o755).is_err() {
            return;
        }
        for name in names {
            let (from, to) = (from.join(&name), to.join(&name));
            match look.stat(&from).into_here().map(|it| it.kind) {
                Some(Kind::Dir) => self.copy(&from, &to),
                Some(Kind::File) => {
                    let copied = disk.copy(&from, &to).and_then(|()| disk.set_mode(&to, 0o644));
                    if copied.is_err() {
                        // Half an entry is worse than none; where not even that can be removed, Go will say so.
                        let _ = disk.remove(&to);
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the disk from outside")]
mod tests {
    use std::fs;

    use super::*;
    use crate::fetch::stage::Stage;
    use crate::journal::undo::UndoContext;

    #[test]
    fn what_can_be_read_is_copied_and_the_old_one_comes_back() {
        let stage = Stage::new();
        let (dir, aside) = (stage.path("go-build"), stage.path("go-build.fyne-setup-1"));
        fs::create_dir_all(dir.join("ff")).expect("made");
        fs::write(dir.join("ff/x-d"), "entry").expect("written");
        fs::write(dir.join("README"), "text").expect("written");
        let tree = Tree { system: stage.system(), top: dir.clone() };
        assert_eq!(tree.size(), 9);
        let fresh = beside(&dir, "new");
        tree.copy(&dir, &fresh);
        assert_eq!(stage.files("go-build.fyne-setup-new"), ["README", "ff/x-d"]);
        let undo = Undo::MoveBack { path: dir.clone(), aside: aside.clone() };
        let (system, backups) = (stage.system(), stage.path("backups"));
        let undoing = UndoContext { look: system.look, disk: system.disk, backups: &backups, copies: None };
        let revert = || undo.revert(&undoing).expect("done");
        revert();
        assert_eq!(stage.files("go-build"), ["README", "ff/x-d"], "it never ran");
        fs::rename(&dir, &aside).expect("moved");
        revert();
        assert_eq!(stage.files("go-build"), ["README", "ff/x-d"], "it ran half");
        fs::rename(&dir, &aside).expect("moved");
        fs::rename(&fresh, &dir).expect("moved");
        fs::write(dir.join("later"), "").expect("written");
        for _ in 0..2 {
            revert();
            assert_eq!(stage.files("go-build"), ["README", "ff/x-d"]);
        }
    }
}
