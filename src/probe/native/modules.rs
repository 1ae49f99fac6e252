//! pkg-config, asked as cgo asks it, and why it does not know a module: hidden by a variable, damaged, or not there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Build, detour, found, try_each};
use crate::fact::Fact;
use crate::facts::Settings;
use crate::facts::native::{Detour, Part, Probed};
use crate::gather::Gather as _;
use crate::packages::table::Capability;
use crate::path_style::PathStyle;
use crate::probe::programs;
use crate::system::{Answer, Environment, parallel};

/// The variables that change where it looks.
const VARIABLES: [&str; 3] = ["PKG_CONFIG_LIBDIR", "PKG_CONFIG_PATH", "PKG_CONFIG_SYSROOT_DIR"];

type Found = BTreeMap<String, Probed>;

pub(super) fn probe(build: &Build, here: &Settings) -> (Fact<(PathBuf, String)>, Found, Option<Detour>) {
    let asking: Vec<_> = build.capabilities.iter().copied().filter(|it| !it.modules.is_empty()).collect();
    let program = match programs::find_own(build.look, here, here.set("PKG_CONFIG").unwrap_or("pkg-config")) {
        Fact::Here(program) => program,
        Fact::Absent => return (Fact::Absent, by_files(build, &asking), None),
        Fact::Unknown(why) => return (Fact::Unknown(why), Found::new(), None),
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
    if good {
        let found = asking.iter().map(|it| (it.name.clone(), found(tried(it)))).into_map();
        return (Fact::Here((program, version)), found, None);
    }
    let other = Other::of(build, here, &program);
    let found = try_each(build.cpus, &asking, |it| alone(build, &program, other.as_ref(), it));
    let behind = found.values().any(|it| it.hidden_by.as_deref() == Some("PATH"));
    let detour = other.filter(|_| behind).and_then(|it| {
        let dir = program.parent()?.to_path_buf();
        Some(Detour { dir, instead: Some(it.program), dead: version.is_empty() })
    });
    (Fact::Here((program, version)), found, detour)
}

/// The pkg-config that would be asked if what leads to this one were not.
struct Other {
    program: PathBuf,
    /// What leads to this one: PKG_CONFIG, or what is in front on PATH.
    by: &'static str,
}

impl Other {
    fn of(build: &Build, here: &Settings, program: &Path) -> Option<Self> {
        let name = "pkg-config";
        if here.set("PKG_CONFIG").is_some() {
            let usual = programs::find(build.look, here, name).into_here().filter(|it| it != program)?;
            return Some(Self { program: usual, by: "PKG_CONFIG" });
        }
        detour::next(build, name, program).map(|it| Self { program: it, by: "PATH" })
    }
}

fn run(build: &Build, program: &Path, args: &[&str], env: &BTreeMap<String, String>) -> Fact<Answer> {
    build.look.run(&programs::ask(program, args, Environment::of_user(env)))
}

fn tried(capability: &Capability) -> String {
    format!("pkg-config --cflags --libs {}", capability.modules.join(" "))
}

/// One capability by itself, and why it is not found.
fn alone(build: &Build, program: &Path, other: Option<&Other>, capability: &Capability) -> Probed {
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
    let knows = |program: &Path, env: &Env| run(build, program, &args, env).here().is_some_and(Answer::ok);
    let hidden_by = build.culprit(&VARIABLES, |env| knows(program, env));
    let hidden_by =
        hidden_by.or_else(|| other.filter(|it| knows(&it.program, &build.env)).map(|it| it.by.to_owned()));
    // Either hides the other: the variable is named, and what leads to this program shows once it is gone.
    let both = |it: &Other| build.culprit(&VARIABLES, |env| knows(&it.program, env));
    let hidden_by = hidden_by.or_else(|| other.and_then(both));
    let (hidden_by, damaged) = match hidden_by {
        Some(it) => (Some(it), None),
        None => twice(build, program, capability, &answer.err(), |env| run(build, program, &args, env)),
    };
    Probed {
        tried: tried(capability),
        found: Fact::Absent,
        said: programs::first_line(&answer.err()),
        damaged,
        part: Some(Part::Module),
        hidden_by,
        told_by_module: None,
    }
}

/// The damaged file that it reads. Where a variable leads to this file, and without it another one is read and something
/// else is wrong, both are at fault: the variable, and the file behind.
fn twice(
    build: &Build,
    program: &Path,
    capability: &Capability,
    said: &str,
    ask: impl Fn(&Env) -> Fact<Answer>,
) -> (Option<String>, Option<PathBuf>) {
    let own = run(build, program, &["--variable", "pc_path", "pkg-config"], &build.env);
    let own = own.into_here().map(|it| it.out()).unwrap_or_default();
    let first = |env: &Env| file(build, &dirs(build.style(), env, own.trim()), capability);
    let here = first(&build.env);
    for name in VARIABLES.iter().filter(|it| build.is_set(it)) {
        let mut env = build.env.clone();
        env.remove(*name);
        let behind = first(&env);
        let other = || ask(&env).here().is_some_and(|it| it.err() != said);
        if behind.is_some() && behind != here && other() {
            return (Some((*name).to_owned()), behind);
        }
    }
    (None, here)
}

type Env = BTreeMap<String, String>;

/// Where it looks: what the user adds, then the list that the user puts in place of its own.
fn dirs(style: PathStyle, env: &Env, own: &str) -> Vec<PathBuf> {
    let of = |name: &str| env.get(name).cloned().filter(|it| !it.is_empty());
    let added = of("PKG_CONFIG_PATH").unwrap_or_default();
    let own = of("PKG_CONFIG_LIBDIR").unwrap_or_else(|| own.to_owned());
    [style.list(&added), style.list(&own)].concat()
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
    asking.iter().map(probed).into_map()
}
