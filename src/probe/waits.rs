//! What would make Go wait for ever: a pipe, a socket or a device among what it reads. It opens each file that it meets, so
//! these are looked for before it is started; directories are listed, and no file is opened.

use std::path::{Path, PathBuf};

use crate::fact::{Fact, Why};
use crate::facts::project::Replace;
use crate::facts::{Facts, GoTree, Project, gomod};
use crate::probe::programs::others::in_other_hands;
use crate::probe::project::remembered;
use crate::system::links;
use crate::system::{Kind, Look};

/// The ends of the names that Go opens in a directory of a package.
const SOURCES: &[&str] = &[
    "go", "c", "cc", "cpp", "cxx", "m", "h", "hh", "hpp", "hxx", "f", "F", "for", "f90", "s", "S", "sx",
    "swig", "swigcxx",
];

/// What it opens beside them.
const MODULE: [&str; 4] = ["go.mod", "go.sum", "go.work", "go.work.sum"];

/// Why what stands at a path is no file, where it is something that a reader may wait for. `/dev/null` is an empty file.
pub fn no_file(look: &dyn Look, path: &Path) -> Option<Why> {
    let (_, stat) = links::resolve(look, path).into_here()?;
    if stat.kind != Kind::Other {
        return None;
    }
    match look.read_at(path, 0, 0) {
        Fact::Unknown(why) => Some(text!("disk-error", path = path, why = why).into()),
        _ => None,
    }
}

/// What of its own files this Go would wait for.
pub fn of_tree(look: &dyn Look, root: &Path) -> Option<Why> {
    no_file(look, &root.join("go.env"))
}

/// Why this Go is not started in a project: somebody else may have put another program in its place, or it would wait for
/// something in its settings, in the project, or in what replaces other modules.
pub fn of_project(look: &dyn Look, facts: &Facts, tree: &GoTree, project: &Project) -> Option<Why> {
    let other = in_other_hands(look, &tree.go());
    let other = other.map(|at| text!("why-other-hands", program = tree.go(), path = at).into());
    let held = || tree.is_held().then(|| text!("why-held", program = tree.go()).into());
    other
        .or_else(held)
        .or_else(|| facts.here.go_env_unread.clone())
        .or_else(|| of_tree(look, &tree.root))
        .or_else(|| of_sources(look, &project.dir, &project.replaces))
}

/// What a compiler could be told to read of a project: anything in it that is no file.
pub fn of_files(look: &dyn Look, dir: &Path) -> Option<Why> {
    remembered::sources(look, dir).iter().find_map(|(path, _)| no_file(look, path))
}

/// The same of its sources alone.
pub fn of_sources(look: &dyn Look, dir: &Path, replaces: &[Replace]) -> Option<Why> {
    let replaced =
        replaces.iter().filter(|it| gomod::is_directory(&it.with)).map(|it| links::tidy(&dir.join(&it.with)));
    [dir.to_path_buf()].into_iter().chain(replaced).find_map(|it| below(look, &it))
}

fn below(look: &dyn Look, top: &Path) -> Option<Why> {
    let mut open: Vec<PathBuf> = vec![top.to_path_buf()];
    while let Some(dir) = open.pop() {
        let names = look.list(&dir).into_here().unwrap_or_default();
        // A module of its own is not the project's.
        if dir != top && names.iter().any(|it| it == "go.mod") {
            continue;
        }
        for name in names.iter().filter(|it| !it.starts_with(['.', '_'])) {
            let path = dir.join(name);
            if is_read(name)
                && let Some(why) = no_file(look, &path)
            {
                return Some(why);
            }
            let is_dir = || look.stat(&path).here().is_some_and(|it| it.kind == Kind::Dir);
            if name != "testdata" && is_dir() {
                open.push(path);
            }
        }
    }
    None
}

fn is_read(name: &str) -> bool {
    MODULE.contains(&name) || name.rsplit_once('.').is_some_and(|it| SOURCES.contains(&it.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    #[test]
    fn a_pipe_that_go_would_open_is_found_and_one_that_it_passes_over_is_not() {
        let replaces = vec![Replace { path: "a.b/c".into(), with: "../c".into(), ..Replace::default() }];
        for (path, found) in [
            ("/w/p/x.go", true),
            ("/w/p/x_test.go", true),
            ("/w/p/deep/er/x.h", true),
            ("/w/p/go.sum", true),
            ("/w/c/x.c", true),
            ("/w/p/fifo", false),
            ("/w/p/.x.go", false),
            ("/w/p/_x/x.go", false),
            ("/w/p/testdata/x.go", false),
            ("/w/p/own/x.go", false),
            ("/w/other/x.go", false),
        ] {
            let machine = Machine::linux()
                .file("/w/p/go.mod", "module x\n")
                .file("/w/p/own/go.mod", "module y\n")
                .file("/w/p/deep/er/y.go", "package y\n")
                .pipe(path);
            let said = of_sources(&machine, Path::new("/w/p"), &replaces).map(|it| it.to_string());
            assert_eq!(said.is_some(), found, "{path}: {said:?}");
            assert!(said.is_none_or(|it| it.contains(path.rsplit('/').next().unwrap_or(path))), "{path}");
        }
    }
}
