//! What stands in front on PATH and does not serve, where what stands behind it does: another prefix's compiler, linker or
//! pkg-config. Asked only where something failed; what merely lies there harms nobody.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Build;
use crate::facts::native::Detour;
use crate::probe::programs;
use crate::system::links;

/// What a C compiler takes from PATH, and the compilers.
const TOOLS: [&str; 10] =
    ["gcc", "cc", "clang", "ld", "ld.bfd", "ld.gold", "ld.lld", "as", "collect2", "pkg-config"];

/// Where packages of the system put programs.
const SYSTEM: [&str; 4] = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/// Another way to run a program: with another PATH, or another program of its name.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// The directory that is passed over.
    pub dir: PathBuf,
    /// The program.
    pub program: PathBuf,
    /// The environment.
    pub env: BTreeMap<String, String>,
    /// The program, where PATH stays as it is.
    pub instead: Option<PathBuf>,
}

impl Way {
    /// What is in the way, where this one is good.
    pub(super) fn detour(&self, dead: bool) -> Detour {
        Detour { dir: self.dir.clone(), instead: self.instead.clone(), dead }
    }
}

/// The ways past what is in front: the next program of this name, PATH without one directory that holds tools, PATH
/// without all of them. `name` may be a path, which stays.
pub(super) fn ways(build: &Build, name: &str, found: &Path) -> Vec<Way> {
    let fixed = name.contains('/');
    let mut ways: Vec<Way> = Vec::new();
    if let Some(dir) = found.parent().filter(|_| !fixed) {
        let next = next(build, name, found);
        ways.extend(next.map(|it| Way {
            dir: dir.to_path_buf(),
            program: it.clone(),
            env: build.env.clone(),
            instead: Some(it),
        }));
    }
    let suspects = suspects(build);
    let all: &[PathBuf] = if suspects.len() > 1 { &suspects } else { &[] };
    for without in suspects.chunks(1).chain([all]) {
        let Some(dir) = without.first() else { continue };
        let left: Vec<&PathBuf> = build.path.iter().filter(|it| !without.contains(it)).collect();
        let program = if fixed {
            Some(found.to_path_buf())
        } else {
            programs::first(build.look, left.iter().map(|it| it.join(name))).into_here()
        };
        let mut env = build.env.clone();
        env.insert("PATH".into(), build.style().join_list(&left));
        ways.extend(program.map(|program| Way { dir: dir.clone(), program, env, instead: None }));
    }
    ways
}

/// The first program of this name behind the one that is found, and another than it.
pub(super) fn next(build: &Build, name: &str, found: &Path) -> Option<PathBuf> {
    let real = |it: &Path| links::resolve(build.look, it).into_here().map(|it| it.0);
    let first = real(found);
    let behind = build.path.iter().map(|it| it.join(name)).skip_while(|it| it != found).skip(1);
    let others: Vec<PathBuf> = behind.filter(|it| real(it).is_some_and(|it| Some(it) != first)).collect();
    programs::first(build.look, others).into_here()
}

fn suspects(build: &Build) -> Vec<PathBuf> {
    let foreign = build.path.iter().filter(|it| !SYSTEM.iter().any(|dir| it.as_path() == Path::new(dir)));
    let mut suspects: Vec<PathBuf> = Vec::new();
    for dir in foreign {
        let holds = || TOOLS.iter().any(|it| !links::resolve(build.look, &dir.join(it)).is_absent());
        if !suspects.contains(dir) && holds() {
            suspects.push(dir.clone());
        }
    }
    suspects
}
