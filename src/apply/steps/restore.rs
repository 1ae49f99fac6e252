//! Trees that are damaged, fixed where they stand: a proven copy lies in staging, both are compared file by file, and only
//! what is missing or differs is laid. What stood there is kept in the backups.
//!
//! Here is the engine; what is a hole in which kind of tree is told in [`Tree`], and each kind has its file beside.

use std::path::{Component, Path, PathBuf};

use super::{Prepared, StepContext};
use crate::digest::Digest;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::gather::{Gather as _, Order as _};
use crate::journal::undo::{Undo, before_write};
use crate::probe::deep::SETTINGS;
use crate::probe::modules::whole::at_once;
use crate::system::links;
use crate::system::{Kind, Look, System, parallel};

pub mod go;
pub mod modules;

/// The kinds of trees that are restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tree {
    /// A Go. What somebody added to it stays, but for what is named.
    Go,
    /// An unpacked module: write-protected, and nothing is in it but what was published.
    Module,
}

/// A proven tree, and the damaged one.
#[derive(Clone, Copy)]
struct Pair<'a> {
    tree: Tree,
    system: System<'a>,
    proven: &'a Path,
    root: &'a Path,
    /// What nothing but a Go of another version would have, relative to the root.
    extra: &'a [String],
}

/// A file that is not as it should be, relative to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    name: String,
    /// What stands there now.
    was: Option<Kind>,
    /// Nothing should stand there.
    extra: bool,
}

struct Compared {
    /// How many files the proven tree has.
    files: usize,
    wrong: Vec<Wrong>,
}

impl Compared {
    /// How many files stood there and were other ones.
    fn changed(&self) -> usize {
        self.wrong.iter().filter(|it| it.was.is_some()).count()
    }
}

impl Pair<'_> {
    /// Compares the trees, several files at a time.
    fn compare(&self) -> Result<Compared, Failure> {
        let look = self.system.look;
        let names = files(look, self.proven);
        let judged = parallel::all(at_once(look), &names, |name| self.judge(name))?;
        let mut wrong: Vec<Wrong> = judged.into_iter().flatten().collect();
        let known = names.iter().into_set();
        let kind = |name: &String| look.stat(&self.root.join(name)).into_here().map(|it| it.kind);
        let extra = match self.tree {
            Tree::Module => files(look, self.root),
            Tree::Go => self
                .extra
                .iter()
                .filter(|it| is_source(it) && kind(it) == Some(Kind::File))
                .cloned()
                .collect(),
        };
        let extra = extra.into_iter().filter(|it| !known.contains(it));
        wrong.extend(extra.map(|name| Wrong { was: kind(&name), name, extra: true }));
        // What can be run comes last, `bin/go` at the very end: until then nobody takes a Go for a whole one.
        wrong.order_by_key(|it: &Wrong| (runs(&it.name), it.name.clone()));
        Ok(Compared { files: names.len(), wrong })
    }

    fn judge(&self, name: &str) -> Result<Option<Wrong>, Failure> {
        let look = self.system.look;
        let (good, at) = (self.proven.join(name), self.root.join(name));
        let wrong = |was| Ok(Some(Wrong { name: name.to_owned(), was, extra: false }));
        match (&look.stat(&at), &links::resolve(look, &at)) {
            (_, Fact::Here((_, stat))) if self.is_settings(name) && stat.kind == Kind::File => Ok(None),
            (Fact::Absent, _) if self.never_had(name) => Ok(None),
            (Fact::Absent, _) => wrong(None),
            (Fact::Here(it), Fact::Absent) => wrong(Some(it.kind)),
            (Fact::Here(it), Fact::Here((_, stat))) => {
                let should = look.stat(&good).into_here();
                let runs =
                    |mode: u32| self.tree == Tree::Module || mode & 0o100 == 0 || stat.mode & 0o100 != 0;
                let alike = should.is_some_and(|it| it.size == stat.size && runs(it.mode));
                let same = stat.kind == Kind::File && alike && look.read(&good) == look.read(&at);
                if same { Ok(None) } else { wrong(Some(it.kind)) }
            }
            (Fact::Unknown(why), _) | (_, Fact::Unknown(why)) => {
                let message = text!("apply-tree-unseen", path = at, why = why);
                Err(Failure::new(Code::DiskDenied, message))
            }
        }
    }

    /// What administrators write into `go.env` is their word and no damage.
    fn is_settings(&self, name: &str) -> bool {
        self.tree == Tree::Go && name == SETTINGS
    }

    /// The archive of the module calls every `go.mod` of a Go otherwise; a tree has one of the two, or both.
    fn never_had(&self, name: &str) -> bool {
        let twin = || {
            let dir = name.strip_suffix("go.mod").filter(|it| it.is_empty() || it.ends_with('/'));
            dir.is_some_and(|it| !self.system.look.stat(&self.root.join(format!("{it}_go.mod"))).is_absent())
        };
        self.tree == Tree::Go && (name.ends_with("_go.mod") || twin())
    }

    /// How it is taken back, with what stands there put into the backups.
    fn undo(&self, backups: &Path, wrong: &[Wrong]) -> Result<Vec<Undo>, Failure> {
        let System { look, disk, .. } = self.system;
        let (mut undo, mut dirs) = (Vec::new(), Vec::new());
        for it in wrong {
            let path = self.root.join(&it.name);
            let wrote = if it.extra { Digest::of(b"") } else { self.digest(it)? };
            if it.was == Some(Kind::Link) {
                let was = look.stat(&path).into_here().and_then(|it| it.target);
                undo.push(Undo::RemoveFile { path: path.clone(), wrote: Some(wrote) });
                undo.push(Undo::Relink { path, was, wrote: None });
                continue;
            }
            for one in before_write(look, disk, backups, &path, wrote)? {
                let into = if matches!(one, Undo::RemoveDir { .. }) { &mut dirs } else { &mut undo };
                if !into.contains(&one) {
                    into.push(one);
                }
            }
        }
        // The deepest first, once all files are gone.
        dirs.order_by_key(|it| match it {
            Undo::RemoveDir { path } => std::cmp::Reverse(path.components().count()),
            _ => std::cmp::Reverse(0),
        });
        Ok(undo.into_iter().chain(dirs).collect())
    }

    fn digest(&self, it: &Wrong) -> Result<Digest, Failure> {
        let path = self.proven.join(&it.name);
        let bytes = self.system.look.read(&path).into_here();
        let lost = || Failure::new(Code::RestoreLost, text!("apply-cli-lost", path = &path));
        bytes.map(|it| Digest::of(&it)).ok_or_else(lost)
    }

    /// Copies beside, syncs once, then renames each into place.
    fn place(&self, wrong: &[Wrong]) -> Result<(), Failure> {
        let (root, disk) = (self.root, self.system.disk);
        // A module that is not unpacked has nothing wrong in it, and no directory to sync.
        if wrong.is_empty() {
            return Ok(());
        }
        let closed = self.open_dirs(wrong)?;
        for it in wrong.iter().filter(|it| !it.extra) {
            self.lay(it)?;
        }
        disk.sync_tree(root)?;
        for it in wrong {
            let path = root.join(&it.name);
            if it.extra || it.was == Some(Kind::Dir) {
                // Of directories only an empty one: what somebody put there is theirs.
                disk.remove(&path)?;
            }
            if !it.extra {
                disk.rename(&beside(&path), &path)?;
            }
        }
        for (dir, mode) in closed {
            disk.set_mode(&dir, mode)?;
        }
        Ok(())
    }

    /// Makes the directories writable that are not, and gives them with their modes.
    fn open_dirs(&self, wrong: &[Wrong]) -> Result<Vec<(PathBuf, u32)>, Failure> {
        let mut closed: Vec<(PathBuf, u32)> = Vec::new();
        for it in wrong {
            let path = self.root.join(&it.name);
            for dir in path.ancestors().skip(1).take_while(|it| it.starts_with(self.root)) {
                let mode = self.system.look.stat(dir).into_here().map(|it| it.mode);
                if let Some(mode) = mode.filter(|it| it & 0o200 == 0) {
                    self.system.disk.set_mode(dir, mode | 0o200)?;
                    closed.push((dir.to_path_buf(), mode));
                }
            }
        }
        Ok(closed)
    }

    /// Copies one file beside its place.
    fn lay(&self, it: &Wrong) -> Result<(), Failure> {
        let System { look, disk, .. } = self.system;
        let (good, path) = (self.proven.join(&it.name), self.root.join(&it.name));
        let new = beside(&path);
        if let Some(dir) = path.parent() {
            disk.make_dir(dir, 0o755)?;
        }
        disk.remove(&new)?;
        disk.copy(&good, &new)?;
        let runs = look.stat(&good).here().is_some_and(|it| it.mode & 0o100 != 0);
        let mode = match self.tree {
            Tree::Go if runs => 0o755,
            Tree::Go => 0o644,
            Tree::Module => 0o444,
        };
        disk.set_mode(&new, mode)?;
        // What root fixes for somebody stays theirs.
        if let Some(owner) = look.stat(self.root).here().filter(|it| it.uid != 0 && look.identity().uid == 0)
        {
            disk.set_owner(&new, owner.uid, owner.gid)?;
        }
        Ok(())
    }
}

/// Whether a name, which may be somebody's, is one of a file below the sources.
fn is_source(name: &str) -> bool {
    let plain = |it: Component<'_>| matches!(it, Component::Normal(_));
    name.starts_with("src/") && Path::new(name).components().all(plain)
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!(".{name}.fyne-setup-restored"))
}

/// Programs of a Go after everything else, and `go` after them.
fn runs(name: &str) -> u8 {
    match name.strip_suffix(".exe").unwrap_or(name) {
        "bin/go" => 2,
        _ if name.starts_with("bin/") || name.starts_with("pkg/tool/") => 1,
        _ => 0,
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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the disk from outside")]
mod tests {
    use std::fs;

    use super::*;
    use crate::fetch::stage::Stage;
    use crate::journal::undo::UndoContext;
    use crate::system::fake::real_files::{self, mode, set_mode, symlink};

    const FILES: [&str; 8] = [
        "VERSION",
        "bin/go",
        "go.env",
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
            set_mode(&path, mode);
        }
        root
    }

    fn wrong(stage: &Stage) -> Vec<Wrong> {
        compared(stage, Tree::Go)
    }

    fn compared(stage: &Stage, tree: Tree) -> Vec<Wrong> {
        let (proven, root) = (stage.path("proven"), stage.path("go"));
        let pair = Pair { tree, system: stage.system(), proven: &proven, root: &root, extra: &[] };
        pair.compare().expect("readable").wrong
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
        fs::write(go.join("go.env"), "GOPROXY=https://goproxy.example").expect("written");
        fs::remove_file(go.join("src/_go.mod")).expect("there");
        assert_eq!(names(&stage), Vec::<String>::new(), "a tree of the official archive");
        fs::rename(go.join("src/go.mod"), go.join("src/_go.mod")).expect("there");
        assert_eq!(names(&stage), Vec::<String>::new(), "a tree made by hand of the module's");
        fs::remove_file(go.join("src/_go.mod")).expect("there");
        fs::write(go.join("bin/go"), "bad! bin/go").expect("written");
        set_mode(go.join("pkg/tool/linux_amd64/compile"), 0o644);
        fs::remove_dir_all(go.join("src/net")).expect("there");
        assert_eq!(
            names(&stage),
            ["src/go.mod", "src/net/http/client.go", "pkg/tool/linux_amd64/compile", "bin/go"]
        );
        let pair = Pair {
            tree: Tree::Go,
            system: stage.system(),
            proven: &stage.path("proven"),
            root: &go,
            extra: &[],
        };
        let compared = pair.compare().expect("readable");
        assert_eq!((compared.changed(), compared.files), (2, 8), "what is missing was not changed");
    }

    #[test]
    fn only_what_is_wrong_is_laid_and_all_of_it_comes_back() {
        let stage = Stage::new();
        let (proven, go) = (tree(&stage, "proven"), tree(&stage, "go"));
        fs::write(go.join("bin/go"), "cut").expect("written");
        fs::remove_dir_all(go.join("src/net")).expect("there");
        fs::remove_file(go.join("src/fmt/print.go")).expect("there");
        symlink("/nowhere", go.join("src/fmt/print.go"));
        fs::write(go.join("src/mine.go"), "added").expect("written");
        let (system, backups, wrong) = (stage.system(), stage.path("backups"), wrong(&stage));
        let pair = Pair { tree: Tree::Go, system, proven: &proven, root: &go, extra: &[] };
        let undo = pair.undo(&backups, &wrong).expect("readable");
        pair.place(&wrong).expect("writable");
        assert_eq!(names(&stage), Vec::<String>::new());
        assert_eq!(mode(go.join("bin/go")) & 0o777, 0o755);
        assert_eq!(fs::read_to_string(go.join("src/mine.go")).expect("there"), "added");
        let undoing = UndoContext { look: system.look, disk: system.disk, backups: &backups, copies: None };
        for it in &undo {
            it.revert(&undoing).expect("reverted");
        }
        assert_eq!(fs::read_to_string(go.join("bin/go")).expect("there"), "cut");
        assert!(!go.join("src/net").exists());
        assert_eq!(fs::read_link(go.join("src/fmt/print.go")).expect("a link"), Path::new("/nowhere"));
    }

    #[test]
    fn of_what_was_added_to_a_go_only_what_is_named_goes_and_it_comes_back() {
        let stage = Stage::new();
        let (proven, go) = (tree(&stage, "proven"), tree(&stage, "go"));
        for name in ["src/fmt/old.go", "src/fmt/mine.go", "bin/mine"] {
            fs::write(go.join(name), "added").expect("written");
        }
        fs::write(stage.path("out.go"), "outside").expect("written");
        let extra = ["src/fmt/old.go", "src/fmt/print.go", "src/../../out.go", "bin/mine", "src/fmt/gone.go"];
        let extra = extra.map(str::to_owned);
        let (system, backups) = (stage.system(), stage.path("backups"));
        let pair = Pair { tree: Tree::Go, system, proven: &proven, root: &go, extra: &extra };
        let wrong = pair.compare().expect("readable").wrong;
        assert_eq!(wrong.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["src/fmt/old.go"]);
        let undo = pair.undo(&backups, &wrong).expect("readable");
        pair.place(&wrong).expect("writable");
        assert!(!go.join("src/fmt/old.go").exists() && go.join("src/fmt/mine.go").exists());
        let undoing = UndoContext { look: system.look, disk: system.disk, backups: &backups, copies: None };
        for it in &undo {
            it.revert(&undoing).expect("reverted");
        }
        assert_eq!(fs::read_to_string(go.join("src/fmt/old.go")).expect("there"), "added");
    }

    #[test]
    fn a_module_gets_back_what_was_published_and_stays_protected() {
        let stage = Stage::new();
        let (proven, root) = (tree(&stage, "proven"), tree(&stage, "go"));
        fs::write(root.join("src/fmt/print.go"), "edited").expect("written");
        fs::write(root.join("src/fmt/mine.go"), "added").expect("written");
        let closed = |mode| {
            for dir in ["src/fmt", "src", ""] {
                set_mode(root.join(dir), mode);
            }
        };
        closed(0o555);
        let (system, backups, wrong) =
            (stage.system(), stage.path("backups"), compared(&stage, Tree::Module));
        let named: Vec<_> = wrong.iter().map(|it| (it.name.as_str(), it.extra)).collect();
        assert_eq!(named, [("src/fmt/mine.go", true), ("src/fmt/print.go", false)]);
        let pair = Pair { tree: Tree::Module, system, proven: &proven, root: &root, extra: &[] };
        let undo = pair.undo(&backups, &wrong).expect("readable");
        pair.place(&wrong).expect("writable");
        assert_eq!(compared(&stage, Tree::Module), []);
        let mode = |name: &str| real_files::mode(root.join(name)) & 0o777;
        assert_eq!((mode("src/fmt/print.go"), mode("src/fmt"), mode("")), (0o444, 0o555, 0o555));
        let undoing = UndoContext { look: system.look, disk: system.disk, backups: &backups, copies: None };
        for it in &undo {
            it.revert(&undoing).expect("reverted");
        }
        assert_eq!(fs::read_to_string(root.join("src/fmt/print.go")).expect("there"), "edited");
        assert_eq!(fs::read_to_string(root.join("src/fmt/mine.go")).expect("there"), "added");
        assert_eq!(mode("src/fmt"), 0o555);
        closed(0o755);
    }
}
