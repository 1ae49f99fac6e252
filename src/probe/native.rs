//! C compiler, pkg-config, headers, libraries, package manager. On a healthy machine one compilation and one question
//! to pkg-config say that everything is there; only where those fail is each capability tried by itself, so that a
//! fault has a name. Nothing is ever linked outside the scratch directory: `ld -o /dev/null` by root replaces the device.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;

use crate::fact::{Fact, Why};
use crate::facts::native::{Compiler, Probed};
use crate::facts::{Host, Native, Settings, words};
use crate::gather::Gather as _;
use crate::packages::Table;
use crate::packages::table::Capability;
use crate::path_style::PathStyle;
use crate::probe::programs;
use crate::system::links;
use crate::system::parallel::{self, Panicked};
use crate::system::{Look, Space, Stat};
use sample::Sample;

mod compile;
pub mod damage;
pub mod declared;
mod detour;
mod files;
pub mod macos;
pub mod manager;
mod modules;
mod repositories;
mod sample;
pub mod supply;
pub mod windows;

/// Asks for all of it, in parallel.
pub fn probe(look: &dyn Look, host: &Host, here: &Settings, packages: &Table) -> Native {
    if host.identity.os == "windows" {
        return on_windows(look, host, here, packages);
    }
    if host.is_mac() {
        return macos::probe(look, host, here, packages);
    }
    let build = Build::new(look, host, here, packages);
    thread::scope(|scope| {
        let manager = scope.spawn(|| manager::probe(look, host, packages));
        let modules = scope.spawn(|| modules::probe(&build, here));
        let (compiler, mut capabilities) = compile::probe(&build, here);
        let unseen = |why: Panicked| (Fact::Unknown(why.into()), BTreeMap::new(), None);
        let (pkg_config, found, pkg_config_detour) = parallel::joined(modules).unwrap_or_else(unseen);
        for (name, probed) in found {
            let before = capabilities.entry(name).or_insert_with(|| probed.clone());
            // What the compiler misses is the deeper fault; a module that is missing alone is told here. That nobody
            // could be asked about it says nothing of the headers.
            if !before.found.is_absent() && probed.found.is_absent() {
                *before = probed;
            }
        }
        let headers = declared::behind(&build, &compiler, &capabilities);
        declared::put(&mut capabilities, headers);
        let off_path = off_path(look, here, &compiler.command[0]);
        Native {
            compiler,
            pkg_config,
            pkg_config_detour,
            off_path,
            capabilities,
            msvc: Fact::Absent,
            xcode: Fact::Absent,
            manager: parallel::joined(manager).unwrap_or_else(|why| Fact::Unknown(why.into())),
            damaged: BTreeMap::new(),
            forbidden: None,
            go_tmp: go_tmp(look, here),
            supply: Fact::unlooked(),
        }
    })
}

/// Windows brings the headers and libraries of its windows with every compiler for it, and nobody asks pkg-config.
fn on_windows(look: &dyn Look, host: &Host, here: &Settings, packages: &Table) -> Native {
    let forbidden = manager::forbidden(look);
    Native {
        compiler: windows::probe(look, host, here),
        msvc: windows::msvc::probe(look, here),
        forbidden: forbidden.clone(),
        // What is forbidden is as good as missing.
        manager: if forbidden.is_some() { Fact::Absent } else { manager::probe(look, host, packages) },
        go_tmp: go_tmp(look, here),
        ..Native::default()
    }
}

/// The C compiler that cgo calls, with its arguments: CC's, else the one of this name.
fn command(here: &Settings, usual: &str) -> Vec<String> {
    let command = Some(words::split(here.set("CC").unwrap_or_default())).filter(|it| !it.is_empty());
    command.unwrap_or_else(|| vec![usual.to_owned()])
}

/// The directory that GOTMPDIR names, what stands there, and the room in it.
fn go_tmp(look: &dyn Look, here: &Settings) -> Option<(PathBuf, Fact<Stat>, Fact<Space>)> {
    let dir = PathBuf::from(here.set("GOTMPDIR")?);
    let (stat, space) = (links::resolve(look, &dir).map(|it| it.1), look.space(&dir));
    Some((dir, stat, space))
}

/// The programs of a build and of a proof that PATH does not lead to, and that stand where packages put programs.
fn off_path(look: &dyn Look, here: &Settings, compiler: &str) -> BTreeMap<String, PathBuf> {
    let dirs = programs::USUAL.map(Path::new);
    let aside: Vec<&Path> = dirs.into_iter().filter(|it| !here.on_path(it)).collect();
    let names = [compiler, here.set("PKG_CONFIG").unwrap_or("pkg-config"), "Xvfb"];
    let lost = |name: &&str| !name.contains('/') && programs::find(look, here, name).is_absent();
    let aside = |name: &str| programs::first(look, aside.iter().map(|it| it.join(name))).into_here();
    names.into_iter().filter(lost).filter_map(|name| Some((name.to_owned(), aside(name)?))).into_map()
}

/// What every probe here works with.
struct Build<'a> {
    look: &'a dyn Look,
    /// The user's environment.
    env: BTreeMap<String, String>,
    /// Its PATH, as far as Go follows it.
    path: Vec<PathBuf>,
    /// Rust's name of the processor.
    arch: String,
    /// How many questions are asked at once.
    cpus: usize,
    /// Everything that a compilation or pkg-config can prove.
    capabilities: Vec<&'a Capability>,
    /// What a compiler is tried with before.
    sample: &'static Sample,
}

impl<'a> Build<'a> {
    fn new(look: &'a dyn Look, host: &Host, here: &Settings, packages: &'a Table) -> Self {
        let proven =
            |it: &&Capability| !(it.headers.is_empty() && it.libraries.is_empty() && it.modules.is_empty());
        let capabilities = packages.capabilities.iter().filter(proven).collect();
        Self::of(look, host, here, capabilities, &sample::UNIX)
    }

    /// What there is to prove on a Mac: an SDK brings all of it or nothing.
    fn mac(look: &'a dyn Look, host: &Host, here: &Settings) -> Self {
        Self::of(look, host, here, Vec::new(), &sample::MAC)
    }

    fn of(
        look: &'a dyn Look,
        host: &Host,
        here: &Settings,
        capabilities: Vec<&'a Capability>,
        sample: &'static Sample,
    ) -> Self {
        Self {
            look,
            env: environment(look, here),
            path: dirs(here),
            arch: host.identity.arch.clone(),
            cpus: host.identity.cpus.max(1),
            capabilities,
            sample,
        }
    }

    /// How paths are written here.
    fn style(&self) -> PathStyle {
        PathStyle::of(&self.look.identity().os)
    }

    /// Directories in which a compiler and the loader look without being told.
    fn library_dirs(&self) -> Vec<PathBuf> {
        crate::facts::ldso::standard_dirs(&self.arch)
    }

    /// Which of these variables is to blame: the question is answered well once it is gone. `None` when leaving all of
    /// them out does not help.
    fn culprit(
        &self,
        variables: &[&str],
        good: impl Fn(&BTreeMap<String, String>) -> bool,
    ) -> Option<String> {
        self.culprit_of(&self.env, variables, good)
    }

    /// The same in another environment than the user's. Of several that are all to blame, the first: what does no harm by
    /// itself once the others are gone is innocent.
    fn culprit_of(
        &self,
        env: &BTreeMap<String, String>,
        variables: &[&str],
        good: impl Fn(&BTreeMap<String, String>) -> bool,
    ) -> Option<String> {
        let set: Vec<&str> = variables.iter().copied().filter(|it| self.is_set(it)).collect();
        let without = |names: &[&str]| {
            let mut env = env.clone();
            for name in names {
                env.remove(*name);
            }
            env
        };
        if set.is_empty() || !good(&without(&set)) {
            return None;
        }
        if let Some(alone) = set.iter().find(|it| good(&without(&[it]))) {
            return Some((*alone).to_owned());
        }
        let mut guilty = set.clone();
        for name in &set {
            let others: Vec<&str> = guilty.iter().copied().filter(|it| it != name).collect();
            if !others.is_empty() && good(&without(&others)) {
                guilty = others;
            }
        }
        guilty.first().map(|it| (*it).to_owned())
    }

    fn is_set(&self, name: &str) -> bool {
        self.env.get(name).is_some_and(|it| !it.is_empty())
    }
}

/// The directories of PATH in which Go looks.
fn dirs(here: &Settings) -> Vec<PathBuf> {
    here.path.iter().map(|it| it.dir.clone()).filter(|it| here.style.is_absolute(it)).collect()
}

/// The environment that a build of the user's gets, Go's own settings included.
fn environment(look: &dyn Look, here: &Settings) -> BTreeMap<String, String> {
    let mut env: BTreeMap<String, String> = if here.variables.is_empty() {
        look.env().clone()
    } else {
        here.variables.iter().map(|(name, it)| (name.clone(), it.value.clone())).into_map()
    };
    let path: Vec<_> = here.path.iter().map(|it| it.dir.as_path()).collect();
    if !path.is_empty() {
        env.insert("PATH".into(), here.style.join_list(&path));
    }
    // A compiler cache would write into the user's home.
    env.insert("CCACHE_DISABLE".into(), "1".into());
    env
}

/// Words of a variable, as cgo splits them.
fn flags(env: &BTreeMap<String, String>, name: &str) -> Vec<String> {
    env.get(name).map(|it| words::split(it)).unwrap_or_default()
}

/// Tries capabilities, as many at once as there are processors.
fn try_each(
    many: usize,
    items: &[&Capability],
    probe: impl Fn(&Capability) -> Probed + Sync,
) -> BTreeMap<String, Probed> {
    let tried = parallel::each(many, items, |it| probe(it));
    let known = |(it, probed): (&&Capability, Result<Probed, Panicked>)| {
        (it.name.clone(), probed.unwrap_or_else(|why| unseen(&why)))
    };
    items.iter().zip(tried).map(known).into_map()
}

/// Nobody could say whether it is there.
fn unseen(why: &Panicked) -> Probed {
    Probed { found: Fact::Unknown(why.clone().into()), ..Probed::default() }
}

/// The part of the snapshot of a probe that failed: nothing of it is known.
pub fn unknown(packages: &Table, why: &Panicked) -> Native {
    let said = || Why::from(why.clone());
    let compiler =
        Compiler { path: Fact::Unknown(said()), works: Fact::Unknown(said()), ..Compiler::default() };
    let capabilities = packages.capabilities.iter().map(|it| (it.name.clone(), unseen(why)));
    Native {
        compiler,
        pkg_config: Fact::Unknown(said()),
        xcode: Fact::Unknown(said()),
        capabilities: capabilities.into_map(),
        manager: Fact::Unknown(said()),
        ..Native::default()
    }
}

/// What was tried, found.
fn found(tried: String) -> Probed {
    Probed { tried, found: Fact::Here(()), ..Probed::default() }
}

#[cfg(test)]
mod tests;
