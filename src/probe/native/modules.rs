//! pkg-config, asked as cgo asks it, and why it does not know a module: hidden by a variable, damaged, or not there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Build, found, try_each};
use crate::fact::Fact;
use crate::facts::Settings;
use crate::facts::native::{Part, Probed};
use crate::packages::table::Capability;
use crate::probe::programs;
use crate::system::{Answer, Environment, parallel};

/// The variables that change where it looks.
const VARIABLES: [&str; 3] = ["PKG_CONFIG_LIBDIR", "PKG_CONFIG_PATH", "PKG_CONFIG_SYSROOT_DIR"];

type Found = BTreeMap<String, Probed>;

pub(super) fn probe(build: &Build, here: &Settings) -> (Fact<(PathBuf, String)>, Found) {
    let asking: Vec<_> = build.capabilities.iter().copied().filter(|it| !it.modules.is_empty()).collect();
    let program = match programs::find_own(build.look, here, here.set("PKG_CONFIG").unwrap_or("pkg-config")) {
        Fact::Here(program) => program,
        Fact::Absent => return (Fact::Absent, by_files(build, &asking)),
        Fact::Unknown(why) => return (Fact::Unknown(why), Found::new()),
    };
    let modules: Vec<&str> = asking.iter().flat_map(|it| &it.modules).map(String::as_str).collect();
    let all = [&["--cflags", "--libs", "--"][..], &modules].concat();
    let (version, together) = std::thread::scope(|scope| {
        let version = scope.spawn(|| run(build, &program, &["--version"], &build.env));
        let version = parallel::joined(version).unwrap_or_else(|why| Fact::Unknown(why.into()));
        (version, run(build, &program, &all, &build.env))
    });
    let version = version.into_here().and_then(|it| programs::first_line(&it.out())).unwrap_or_default();
    let good = together.here().is_some_and(Answer::ok);
    let found =
        try_each(build.cpus, &asking, |it| if good { found(tried(it)) } else { alone(build, &program, it) });
    (Fact::Here((program, version)), found)
}

fn run(build: &Build, program: &Path, args: &[&str], env: &BTreeMap<String, String>) -> Fact<Answer> {
    build.look.run(&programs::ask(program, args, Environment::of_user(env)))
}

fn tried(capability: &Capability) -> String {
    format!("pkg-config --cflags --libs {}", capability.modules.join(" "))
}

/// One capability by itself, and why it is not found.
fn alone(build: &Build, program: &Path, capability: &Capability) -> Probed {
    let modules: Vec<&str> = capability.modules.iter().map(String::as_str).collect();
    let args = [&["--print-errors", "--cflags", "--libs", "--"][..], &modules].concat();
    let answer = match run(build, program, &args, &build.env) {
        Fact::Here(answer) if answer.ok() => return found(tried(capability)),
        Fact::Here(answer) => answer,
        Fact::Absent => Answer::default(),
        Fact::Unknown(why) => {
            return Probed { tried: tried(capability), found: Fact::Unknown(why), ..Probed::default() };
        }
    };
    let hidden_by =
        build.culprit(&VARIABLES, |env| run(build, program, &args, env).here().is_some_and(Answer::ok));
    let damaged = if hidden_by.is_some() { None } else { file(build, &dirs(build, program), capability) };
    Probed {
        tried: tried(capability),
        found: Fact::Absent,
        said: programs::first_line(&answer.err()),
        damaged,
        part: Some(Part::Module),
        hidden_by,
    }
}

/// Where it looks: what the user adds, then its own list.
fn dirs(build: &Build, program: &Path) -> Vec<PathBuf> {
    let own = run(build, program, &["--variable", "pc_path", "pkg-config"], &build.env);
    let own = own.into_here().map(|it| it.out()).unwrap_or_default();
    let added = build.env.get("PKG_CONFIG_PATH").cloned().unwrap_or_default();
    let told = added.split(':').chain(own.trim().split(':')).filter(|it| !it.is_empty());
    told.map(PathBuf::from).collect()
}

/// The file of the first of its modules that has one.
fn file(build: &Build, dirs: &[PathBuf], capability: &Capability) -> Option<PathBuf> {
    let files =
        capability.modules.iter().flat_map(|it| dirs.iter().map(move |dir| dir.join(format!("{it}.pc"))));
    files.into_iter().find(|it| build.look.stat(it).is_here())
}

/// Without pkg-config: a module whose file stands nowhere is not installed; whether one that is there is good, nobody
/// can say.
fn by_files(build: &Build, asking: &[&Capability]) -> Found {
    let mut dirs: Vec<_> = build.library_dirs().iter().map(|it| it.join("pkgconfig")).collect();
    dirs.extend(["/usr/share/pkgconfig", "/usr/local/share/pkgconfig"].map(PathBuf::from));
    let probed = |it: &&Capability| {
        let there = file(build, &dirs, it).is_some();
        let found = if there { Fact::Unknown(text!("why-no-pkg-config").into()) } else { Fact::Absent };
        let tried = format!("{}.pc", it.modules.join(".pc, "));
        (it.name.clone(), Probed { tried, found, part: Some(Part::Module), ..Probed::default() })
    };
    asking.iter().map(probed).collect()
}
