//! What came of the last build of the project, remembered until something that it rests on is different: a quick look builds
//! nothing, and must not call a machine healthy on which a build fails.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::data;
use crate::digest::Digest;
use crate::facts::Facts;
use crate::facts::built::Built;
use crate::packages::Table;
use crate::system::{Kind, Look, Stat, links};

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The directory of the project.
    pub project: PathBuf,
    /// What the build rests on, as a digest.
    pub rests_on: String,
    /// What came of it.
    pub build: Built,
}

/// Where people install by hand what a build finds.
const BY_HAND: [&str; 3] = ["/usr/include", "/usr/local/include", "/usr/local/lib"];

/// Variables that are not named after Go, and that a build goes by all the same.
const VARIABLES: [&str; 15] = [
    "CC",
    "CXX",
    "AR",
    "CPATH",
    "C_INCLUDE_PATH",
    "LIBRARY_PATH",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "PKG_CONFIG",
    "PKG_CONFIG_PATH",
    "PKG_CONFIG_LIBDIR",
    "PKG_CONFIG_SYSROOT_DIR",
    "TMPDIR",
    "HTTPS_PROXY",
    "https_proxy",
];

/// The last build of this project, where nothing is different since.
pub fn last(look: &dyn Look, facts: &Facts, packages: &Table) -> Option<Built> {
    let dir = &facts.project.here()?.dir;
    let all = lines(look, facts);
    let it = all.into_iter().find(|it| it.project == *dir)?;
    (it.rests_on == rests_on(look, facts, packages)).then_some(it.build)
}

/// Everything that is remembered, as far as it reads.
pub fn lines(look: &dyn Look, facts: &Facts) -> Vec<Remembered> {
    let text = look.read(&facts.ours.places.builds()).into_here().unwrap_or_default();
    String::from_utf8_lossy(&text).lines().filter_map(|it| data::json(it).ok()).collect()
}

/// What a build of the project rests on: its files, Go, the settings, the compiler, and what is installed.
pub fn rests_on(look: &dyn Look, facts: &Facts, packages: &Table) -> String {
    let project = facts.project.here();
    let dir = project.map(|it| it.dir.clone()).unwrap_or_default();
    let own = sources(look, &dir);
    let work = project.and_then(|it| it.work.here()).map(|it| it.file.clone());
    let records = packages.manager_for(&facts.host).map_or(&[][..], |it| it.records());
    let installed = records.iter().chain(&BY_HAND).map(PathBuf::from);
    // PATH counts by what it leads to: a login and the terminal before it differ in its order.
    let compiler = facts.native.compiler.path.here().cloned();
    let tools = compiler.into_iter().chain(facts.native.pkg_config.here().map(|it| it.0.clone()));
    let others = work.into_iter().chain([dir.join("vendor/modules.txt")]).chain(installed).chain(tools);
    let others = others.map(|it| (links::resolve(look, &it).into_here().map(|it| seen(&it.1)), it));
    // The project's own are many, and were just looked at: only a link is followed.
    let own = own.into_iter().map(|(path, stat)| match stat {
        Some(it) if it.kind != Kind::Link => (Some(seen(&it)), path),
        _ => (links::resolve(look, &path).into_here().map(|it| seen(&it.1)), path),
    });
    let files: Vec<_> = own.chain(others).collect();
    let go = facts.go.in_use().map(|it| (&it.root, &it.version_text, &it.go_stat));
    let counts = |name: &str| name.starts_with("GO") || name.starts_with("CGO_") || VARIABLES.contains(&name);
    let settings = facts.here.variables.iter().filter(|(name, _)| counts(name));
    let settings: Vec<_> = settings.map(|(name, it)| (name, &it.value)).collect();
    let caches = (&facts.modules.dir, &facts.modules.build_cache);
    let all = serde_json::to_vec(&(files, go, settings, caches)).expect("facts are plain data");
    Digest::of(&all).to_string()
}

/// More files than that nobody waits for: a project that has more is known by those.
const MOST: usize = 4000;

/// What a build of the project may read: all files in it, but for hidden ones, and modules of their own.
pub fn sources(look: &dyn Look, top: &Path) -> Vec<(PathBuf, Option<Stat>)> {
    let (mut all, mut open) = (Vec::new(), vec![top.to_path_buf()]);
    while let Some(dir) = open.pop().filter(|_| all.len() < MOST) {
        let mut names = look.list(&dir).into_here().unwrap_or_default();
        if dir != top && names.iter().any(|it| it == "go.mod") {
            continue;
        }
        names.sort();
        for path in names.iter().filter(|it| !it.starts_with('.')).map(|it| dir.join(it)) {
            let stat = look.stat(&path).into_here();
            if stat.as_ref().is_some_and(|it| it.kind == Kind::Dir) {
                open.push(path.clone());
            }
            all.push((path, stat));
        }
    }
    all
}

fn seen(stat: &Stat) -> (u64, i64, u64) {
    (stat.size, stat.modified, stat.inode)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    const RECORDS: &str = "/usr/local/lib";

    fn table() -> &'static Table {
        &fixture::known().packages
    }

    fn machine() -> Machine {
        Machine::linux().file("/root/hello/go.mod", "module hello").file(RECORDS, "gcc")
    }

    fn with_line(machine: Machine, facts: &Facts, project: &str) -> Machine {
        let (project, build) = (project.into(), Built::default());
        let line = Remembered { project, rests_on: rests_on(&machine, facts, table()), build };
        let text = format!("garbage\n{}\n", serde_json::to_string(&line).expect("plain data"));
        machine.file(&facts.ours.places.builds().to_string_lossy(), text)
    }

    #[test]
    fn a_build_is_remembered_until_something_that_it_rests_on_changes() {
        let facts = fixture::with_project("2.8.1");
        let machine = with_line(machine(), &facts, "/root/hello");
        assert!(last(&machine, &facts, table()).is_some());
        let installed = machine.clone().file(RECORDS, "gcc libgl-dev");
        assert_eq!(last(&installed, &facts, table()), None, "something was installed");
        let edited = machine.clone().file("/root/hello/go.mod", "module hello\n");
        assert_eq!(last(&edited, &facts, table()), None, "the project was edited");
        let below = machine.clone().file("/root/hello/ui/deep/x.go", "package deep");
        assert_eq!(last(&below, &facts, table()), None, "far below its top, too");
        let mut other = facts.clone();
        fixture::set(&mut other, "CGO_CFLAGS", "-O1", fixture::profile());
        assert_eq!(last(&machine, &other, table()), None, "a setting changed");
        let mut login = facts.clone();
        fixture::set(&mut login, "PATH", "/opt/other:/usr/bin", fixture::profile());
        assert!(last(&machine, &login, table()).is_some(), "the same tools by another PATH");
        let elsewhere = with_line(self::machine(), &facts, "/root/other");
        assert_eq!(last(&elsewhere, &facts, table()), None, "another project");
    }
}
