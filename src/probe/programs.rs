//! Finding programs: on a PATH, at fixed places, and behind links. Shared by the probes; asks, never judges.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::Settings;
use crate::system::environment::Whose;
use crate::system::links;
use crate::system::{Ask, Environment, Kind, Look};

pub mod others;

/// Where packages put the programs that people start by name.
pub const USUAL: [&str; 3] = ["/usr/local/bin", "/usr/bin", "/bin"];

/// What the kernel of a Mac says of these names, a line each. Where one is unknown it ends with 1, and has said what it knows.
pub fn sysctl(look: &dyn Look, names: &[&str]) -> String {
    let ask = ask(Path::new("/usr/sbin/sysctl"), names, Environment::of_system());
    look.run(&ask).into_here().map(|it| it.out()).unwrap_or_default()
}

/// What of them says whether the processor is Apple's. It says so under Rosetta too; `uname` does not.
pub const ARM64: &str = "hw.optional.arm64";

/// A program as a shell would find it: by its path when it has a slash, else on this PATH. Relative directories are
/// passed over, as Go does.
pub fn find(look: &dyn Look, here: &Settings, name: &str) -> Fact<PathBuf> {
    if here.style.path(name).components().count() > 1 || name.contains('/') {
        let path = here.style.path(name);
        let (dir, name) = (path.parent().unwrap_or(Path::new("")), path.file_name().unwrap_or_default());
        return first(look, files(here, dir, &name.to_string_lossy()));
    }
    let dirs = here.path.iter().map(|it| it.dir.as_path()).filter(|it| here.style.is_absolute(it));
    first(look, dirs.flat_map(|it| files(here, it, name)))
}

/// What a program of this name may be called in a directory: `go`, on Windows `go.com`, `go.exe`, … as PATHEXT has them.
pub fn files(here: &Settings, dir: &Path, name: &str) -> Vec<PathBuf> {
    here.style.programs(name, here.set("PATHEXT")).iter().map(|it| dir.join(it)).collect()
}

/// The same, unless it is in other people's hands: such a program is not asked.
pub fn find_own(look: &dyn Look, here: &Settings, name: &str) -> Fact<PathBuf> {
    match find(look, here, name) {
        Fact::Here(path) => match others::in_other_hands(look, &path) {
            Some(at) => Fact::Unknown(text!("why-other-hands", program = path, path = at).into()),
            None => Fact::Here(path),
        },
        other => other,
    }
}

/// The first of these that can be run.
pub fn first(look: &dyn Look, candidates: impl IntoIterator<Item = PathBuf>) -> Fact<PathBuf> {
    let mut unsure = None;
    for path in candidates {
        match runnable(look, &path) {
            Fact::Here(path) => return Fact::Here(path),
            Fact::Unknown(why) => {
                unsure = unsure.or(Some(text!("disk-error", path = path, why = why).into()))
            }
            Fact::Absent => {}
        }
    }
    unsure.map_or(Fact::Absent, Fact::Unknown)
}

fn runnable(look: &dyn Look, path: &Path) -> Fact<PathBuf> {
    match links::resolve(look, path) {
        Fact::Here((_, stat)) if stat.kind == Kind::File && stat.executable => Fact::Here(path.to_path_buf()),
        Fact::Here(_) | Fact::Absent => Fact::Absent,
        Fact::Unknown(why) => Fact::Unknown(why),
    }
}

/// A question to a program. It speaks English, also in the user's environment, and its temporary files lie in the scratch
/// directory.
pub fn ask(program: &Path, args: &[&str], mut env: Environment) -> Ask {
    if env.whose() == Whose::Users {
        env.set("LC_ALL", "C");
        env.remove("LANGUAGE");
    }
    env.set("TMPDIR", "{scratch}");
    Ask {
        program: program.to_path_buf(),
        args: args.iter().map(|&it| it.to_owned()).collect(),
        env,
        limit_ms: 10_000,
        ..Ask::default()
    }
}

/// The first line that says something.
pub fn first_line(text: &str) -> Option<String> {
    text.lines().map(str::trim).find(|it| !it.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::settings::{Origin, PathEntry};
    use crate::system::fake::Machine;

    #[test]
    fn a_program_is_found_where_a_shell_would_find_it() {
        let machine = Machine::linux()
            .program("/opt/b/tool")
            .file("/opt/a/tool", "not executable")
            .link("/opt/l/tool", "../b/tool")
            .link("/opt/d/tool", "/nowhere");
        let path = |dirs: &[&str]| Settings {
            path: dirs
                .iter()
                .map(|it| PathEntry { dir: it.into(), exists: true, origin: Origin::Terminal })
                .collect(),
            ..Settings::default()
        };
        let rows: &[(&[&str], &str, Option<&str>)] = &[
            (&["/opt/a", "/opt/d", "/opt/b"], "tool", Some("/opt/b/tool")),
            (&[".", "/opt/l"], "tool", Some("/opt/l/tool")),
            (&["/opt/a", "/opt/d"], "tool", None),
            (&[], "/opt/b/tool", Some("/opt/b/tool")),
            (&["/opt/b"], "/opt/d/tool", None),
        ];
        for (dirs, name, want) in rows {
            assert_eq!(
                find(&machine, &path(dirs), name).into_here(),
                want.map(PathBuf::from),
                "{dirs:?} {name}"
            );
        }
        assert_eq!(
            links::resolve(&machine, Path::new("/opt/l/tool")).into_here().map(|it| it.0),
            Some("/opt/b/tool".into())
        );
    }
}
