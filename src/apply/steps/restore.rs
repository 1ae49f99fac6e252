//! A damaged Go, mended where it stands: the archive of its own version is proven in staging, both trees are compared file
//! by file, and only what is missing or differs is laid. What stood there is kept in the backups; what somebody added
//! stays, and so does what a tree that was made another way never had.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Prepared, Site, go};
use crate::apply::undo::{Undo, before_write};
use crate::facts::Fact;
use crate::failure::{Exit, Failure};
use crate::probe::programs;
use crate::system::{Kind, Look, System};
use crate::trust::digest::Digest;
use crate::version::GoVersion;

/// A tree of which more than one file in so many has other contents was not made from this archive.
const MOST: usize = 4;

/// Restores a Go.
pub fn go<'s>(
    id: u32,
    site: &'s Site<'s>,
    version: GoVersion,
    root: &'s Path,
) -> Result<Prepared<'s>, Failure> {
    let staged = go::staged(id, site, version)?;
    let system = site.system;
    let compared = compare(system.look, staged.root(), root)?;
    let changed = compared.wrong.iter().filter(|it| it.was.is_some()).count();
    if changed * MOST > compared.files {
        let message = text!("apply-go-of-another-make", root = root, version = version);
        return Err(Failure::new("go.another-make", Exit::Failed, message));
    }
    let undo = undo(system, &site.places.backups(), staged.root(), root, &compared.wrong)?;
    let backups = site.places.backups();
    Ok(Prepared::new(undo, move || {
        place(system, staged.root(), root, &compared.wrong)?;
        let count = compared.wrong.len();
        site.events.note(&match changed {
            0 => text!("apply-go-restored", root = root, count = count),
            _ => text!("apply-go-restored-kept", root = root, count = count, backups = backups),
        });
        Ok(())
    }))
}

/// A file that is not as it should be, relative to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    name: String,
    /// What stands there now.
    was: Option<Kind>,
}

struct Compared {
    /// How many files both have, or should have.
    files: usize,
    wrong: Vec<Wrong>,
}

/// Compares a tree with the proven one, several files at a time.
fn compare(look: &dyn Look, proven: &Path, root: &Path) -> Result<Compared, Failure> {
    let names = files(look, proven);
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let failed: Mutex<Option<Failure>> = Mutex::new(None);
    let work = || {
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            match judge(look, proven, root, name) {
                Ok(None) => {}
                Ok(Some(it)) => wrong.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(it),
                Err(why) => *failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(why),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..look.identity().cpus.clamp(1, 8) {
            scope.spawn(work);
        }
        work();
    });
    if let Some(failure) = failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        return Err(failure);
    }
    let mut wrong = wrong.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    // What can be run comes last, `bin/go` at the very end: until then nobody takes the tree for a whole one.
    wrong.sort_by_key(|it: &Wrong| (runs(&it.name), it.name.clone()));
    Ok(Compared { files: names.len(), wrong })
}

/// Programs after everything else, and `go` after them.
fn runs(name: &str) -> u8 {
    match name {
        "bin/go" => 2,
        _ if name.starts_with("bin/") || name.starts_with("pkg/tool/") => 1,
        _ => 0,
    }
}

fn judge(look: &dyn Look, proven: &Path, root: &Path, name: &str) -> Result<Option<Wrong>, Failure> {
    // The archive of the module calls every `go.mod` otherwise; a tree has one of the two, or both.
    let twin = |from: &str, to: &str| {
        let twin = name.strip_suffix(from).filter(|it| it.is_empty() || it.ends_with('/'));
        twin.is_some_and(|dir| !look.stat(&root.join(format!("{dir}{to}"))).is_absent())
    };
    let (good, at) = (proven.join(name), root.join(name));
    let wrong = |was| Ok(Some(Wrong { name: name.to_owned(), was }));
    let standing = look.stat(&at);
    match (&standing, &programs::resolve(look, &at)) {
        (Fact::Absent, _) if name.ends_with("_go.mod") || twin("go.mod", "_go.mod") => Ok(None),
        (Fact::Absent, _) => wrong(None),
        (Fact::Here(it), Fact::Absent) => wrong(Some(it.kind)),
        (Fact::Here(it), Fact::Here((_, stat))) => {
            let should = look.stat(&good).into_here();
            let same = stat.kind == Kind::File
                && should.is_some_and(|it| {
                    it.size == stat.size && (it.mode & 0o100 == 0 || stat.mode & 0o100 != 0)
                })
                && look.read(&good) == look.read(&at);
            if same { Ok(None) } else { wrong(Some(it.kind)) }
        }
        (Fact::Unknown(why), _) | (_, Fact::Unknown(why)) => {
            let message = text!("apply-go-unseen", path = at, why = why);
            Err(Failure::new("disk.denied", Exit::Failed, message))
        }
    }
}

/// Every file below a directory, relative to it.
fn files(look: &dyn Look, dir: &Path) -> Vec<String> {
    fn walk(look: &dyn Look, dir: &Path, front: &str, into: &mut Vec<String>) {
        for name in look.list(dir).into_here().unwrap_or_default() {
            let (path, shown) = (dir.join(&name), format!("{front}{name}"));
            match look.stat(&path).into_here().map(|it| it.kind) {
                Some(Kind::Dir) => walk(look, &path, &format!("{shown}/"), into),
                _ => into.push(shown),
            }
        }
    }
    let mut all = Vec::new();
    walk(look, dir, "", &mut all);
    all
}

fn undo(
    system: System<'_>,
    backups: &Path,
    proven: &Path,
    root: &Path,
    wrong: &[Wrong],
) -> Result<Vec<Undo>, Failure> {
    let (mut undo, mut dirs) = (Vec::new(), Vec::new());
    for it in wrong {
        let path = root.join(&it.name);
        let Fact::Here(bytes) = system.look.read(&proven.join(&it.name)) else {
            return Err(lost(proven, it));
        };
        let wrote = Digest::of(&bytes);
        if it.was == Some(Kind::Link) {
            let was = system.look.stat(&path).into_here().and_then(|it| it.target);
            undo.push(Undo::RemoveFile { path: path.clone(), wrote: Some(wrote) });
            undo.push(Undo::Relink { path, was });
            continue;
        }
        for one in before_write(system.look, system.disk, backups, &path, wrote)? {
            let into = if matches!(one, Undo::RemoveDir { .. }) { &mut dirs } else { &mut undo };
            if !into.contains(&one) {
                into.push(one);
            }
        }
    }
    // The deepest first, once all files are gone.
    dirs.sort_by_key(|it| match it {
        Undo::RemoveDir { path } => std::cmp::Reverse(path.components().count()),
        _ => std::cmp::Reverse(0),
    });
    Ok(undo.into_iter().chain(dirs).collect())
}

fn lost(proven: &Path, it: &Wrong) -> Failure {
    Failure::new("go.lost", Exit::Failed, text!("apply-cli-lost", path = proven.join(&it.name)))
}

/// Copies beside, syncs once, then renames each into place.
fn place(system: System<'_>, proven: &Path, root: &Path, wrong: &[Wrong]) -> Result<(), Failure> {
    let System { look, disk, .. } = system;
    let beside = |it: &Wrong| {
        let path = root.join(&it.name);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        path.with_file_name(format!(".{name}.fyne-setup-restored"))
    };
    let owner = look.stat(root).into_here();
    let me = look.identity().uid;
    for it in wrong {
        let (path, new) = (root.join(&it.name), beside(it));
        if let Some(dir) = path.parent() {
            disk.make_dir(dir, 0o755)?;
        }
        disk.remove(&new)?;
        disk.copy(&proven.join(&it.name), &new)?;
        let runs = runs(&it.name) > 0
            && look.stat(&proven.join(&it.name)).here().is_some_and(|it| it.mode & 0o100 != 0);
        disk.set_mode(&new, if runs { 0o755 } else { 0o644 })?;
        if let Some(owner) = owner.as_ref().filter(|it| me == 0 && it.uid != 0) {
            disk.set_owner(&new, owner.uid, owner.gid)?;
        }
    }
    disk.sync_tree(root)?;
    for it in wrong {
        let path: PathBuf = root.join(&it.name);
        if it.was == Some(Kind::Dir) {
            // Only an empty one: what somebody put there is theirs.
            disk.remove(&path)?;
        }
        disk.rename(&beside(it), &path)?;
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the disk from outside")]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;
    use crate::fetch::stage::Stage;

    const FILES: [&str; 7] = [
        "VERSION",
        "bin/go",
        "pkg/tool/linux_amd64/compile",
        "src/_go.mod",
        "src/go.mod",
        "src/fmt/print.go",
        "src/net/http/client.go",
    ];

    fn tree(stage: &Stage, name: &str) -> PathBuf {
        let root = stage.path(name);
        for file in FILES {
            let path = root.join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(&path, format!("good {}", file.replace("_go", "go"))).expect("written");
            let mode = if runs(file) > 0 { 0o755 } else { 0o644 };
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
        }
        root
    }

    fn wrong(stage: &Stage) -> Vec<Wrong> {
        compare(stage.system().look, &stage.path("proven"), &stage.path("go")).expect("readable").wrong
    }

    fn names(stage: &Stage) -> Vec<String> {
        wrong(stage).into_iter().map(|it| it.name).collect()
    }

    #[test]
    fn holes_and_changes_are_found_and_what_was_never_there_is_none() {
        let stage = Stage::new();
        tree(&stage, "proven");
        let go = tree(&stage, "go");
        fs::write(go.join("src/mine.go"), "added").expect("written");
        fs::remove_file(go.join("src/_go.mod")).expect("there");
        assert_eq!(names(&stage), Vec::<String>::new(), "a tree of the official archive");
        fs::rename(go.join("src/go.mod"), go.join("src/_go.mod")).expect("there");
        assert_eq!(names(&stage), Vec::<String>::new(), "a tree made by hand of the module's");
        fs::remove_file(go.join("src/_go.mod")).expect("there");
        fs::write(go.join("bin/go"), "bad! bin/go").expect("written");
        fs::set_permissions(go.join("pkg/tool/linux_amd64/compile"), fs::Permissions::from_mode(0o644))
            .expect("set");
        fs::remove_dir_all(go.join("src/net")).expect("there");
        assert_eq!(
            names(&stage),
            ["src/go.mod", "src/net/http/client.go", "pkg/tool/linux_amd64/compile", "bin/go"]
        );
    }

    #[test]
    fn only_what_is_wrong_is_laid_and_all_of_it_comes_back() {
        let stage = Stage::new();
        let (proven, go) = (tree(&stage, "proven"), tree(&stage, "go"));
        fs::write(go.join("bin/go"), "cut").expect("written");
        fs::remove_dir_all(go.join("src/net")).expect("there");
        fs::remove_file(go.join("src/fmt/print.go")).expect("there");
        symlink("/nowhere", go.join("src/fmt/print.go")).expect("made");
        fs::write(go.join("src/mine.go"), "added").expect("written");
        let (system, backups, wrong) = (stage.system(), stage.path("backups"), wrong(&stage));
        let undo = undo(system, &backups, &proven, &go, &wrong).expect("readable");
        place(system, &proven, &go, &wrong).expect("writable");
        assert_eq!(names(&stage), Vec::<String>::new());
        assert_eq!(fs::metadata(go.join("bin/go")).expect("there").permissions().mode() & 0o777, 0o755);
        assert_eq!(fs::read_to_string(go.join("src/mine.go")).expect("there"), "added");
        for it in &undo {
            it.revert(system.look, system.disk, &backups).expect("reverted");
        }
        assert_eq!(fs::read_to_string(go.join("bin/go")).expect("there"), "cut");
        assert!(!go.join("src/net").exists());
        assert_eq!(fs::read_link(go.join("src/fmt/print.go")).expect("a link"), Path::new("/nowhere"));
    }
}
