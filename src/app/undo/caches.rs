//! Which of Go's caches may go with `--purge`, or by a line that a person pastes. GOCACHE and GOMODCACHE may name any directory,
//! a home too: that is so only of one that holds nothing but what Go lays there, and that nobody stands or lives in.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::app::Session;
use crate::fact::Fact;
use crate::facts::Facts;
use crate::failure::Failure;
use crate::journal::undo;
use crate::path_style::PathStyle;
use crate::report::text::size;
use crate::report::{Label, Report, Words};
use crate::system::{Kind, Look, links};

/// The caches that are there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Caches {
    /// Nothing but Go's.
    pub whole: Vec<PathBuf>,
    /// Something else may be in them.
    pub shared: Vec<PathBuf>,
}

pub(super) fn of(facts: &Facts, look: &dyn Look) -> Caches {
    type Holds = fn(&dyn Look, &Path) -> bool;
    let mut caches = Caches::default();
    let Fact::Here(home) = &facts.host.home else { return caches };
    // By the settings alone: nobody looked for modules in order to take something back.
    let kinds: [(_, Holds); 2] =
        [(Some(facts.here.mod_cache(home)), holds_modules), (facts.here.build_cache(home), holds_builds)];
    for (dir, holds) in kinds {
        let Some(dir) = dir.filter(|it| look.stat(it).is_here()) else { continue };
        let whole = dir.to_str().is_some() && is_apart(facts, look, &dir) && holds(look, &dir);
        let into = if whole { &mut caches.whole } else { &mut caches.shared };
        into.push(dir);
    }
    caches
}

/// What Mesa, Fyne and Go keep in places of their own, and what is there of it. No telling which program it came from.
pub(super) fn of_others(facts: &Facts, look: &dyn Look) -> Vec<PathBuf> {
    let Fact::Here(home) = &facts.host.home else { return Vec::new() };
    let here = &facts.here;
    let names = ["mesa_shader_cache", "mesa_shader_cache_db", "fyne"].map(|it| here.caches(home).join(it));
    let all = names.into_iter().chain([here.fyne_configs(home), here.configs(home).join("go/telemetry")]);
    // A relative place would be another one in each directory.
    all.filter(|it| here.style.is_absolute(it) && is_directory(look, it)).collect()
}

/// Each with the bytes that its files have.
pub(super) fn sized(all: &[PathBuf], session: &Session) -> Vec<(PathBuf, u64)> {
    let bytes = |it: &PathBuf| session.look.tree_summary(it).into_here().map_or(0, |it| it.bytes);
    all.iter().map(|it| (it.clone(), bytes(it))).collect()
}

/// For people: `/home/ann/go/pkg/mod (1.2 GB), …`.
pub(super) fn named(all: &[(PathBuf, u64)], words: &Words) -> String {
    let one =
        |(path, bytes): &(PathBuf, u64)| words.say(&text!("undo-sized", path = path, size = size(*bytes)));
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Removes each, out of its place in one step: half a cache would be taken for a damaged one.
fn removed(all: &[PathBuf], session: &Session, facts: &Facts) -> Result<Vec<(PathBuf, u64)>, Failure> {
    let (look, disk) = (session.doors.system.look, session.doors.system.disk);
    // Judged again: minutes may have passed since it was shown.
    let still = of(facts, look).whole;
    let go: Vec<PathBuf> = all.iter().filter(|it| still.contains(it)).cloned().collect();
    let sized = sized(&go, session);
    for (path, _) in &sized {
        undo::removed(look, disk, path)?;
    }
    Ok(sized)
}

/// Removes the caches of Go that were shown, and says so.
pub(super) fn purged(
    report: &mut Report,
    purge: &[PathBuf],
    facts: &Facts,
    session: &Session,
) -> Result<(), Failure> {
    let gone = removed(purge, session, facts)?;
    if gone.is_empty() {
        return Ok(());
    }
    let said = session.words.say(&text!("undo-purged", paths = named(&gone, session.words)));
    report.page.hanging(Vec::new(), Label::Good, &said);
    let one = |(path, bytes): &(PathBuf, u64)| json!({"path": PathStyle::of_path(path).shown(path), "bytes": bytes});
    report.more.insert("purged".into(), gone.iter().map(one).collect());
    Ok(())
}

/// Whether no place of a person's is it or lies in it.
fn is_apart(facts: &Facts, look: &dyn Look, dir: &Path) -> bool {
    let style = facts.host.style();
    let identity = look.identity();
    let host = &facts.host;
    let homes =
        [host.home.here().cloned(), host.home_variable.clone().map(PathBuf::from), host.account_home.clone()];
    let others = [facts.project.here().map(|it| it.dir.clone()), Some(host.tmp.0.clone())];
    let places: Vec<PathBuf> =
        homes.into_iter().chain(others).flatten().chain([identity.cwd, identity.executable]).collect();
    let real = links::real_path(look, dir);
    let free = |place: &PathBuf| {
        !style.is_below(place, dir) && !style.is_below(links::real_path(look, place), &real)
    };
    style.is_absolute(dir) && dir.parent().is_some() && places.iter().all(free)
}

/// What `go` unpacks: `cache`, and modules below the name of a host, which has a dot.
fn holds_modules(look: &dyn Look, dir: &Path) -> bool {
    let of_go = |name: &str| name == "cache" || name.contains('.') && !name.starts_with('.');
    is_directory(look, &dir.join("cache/download"))
        && each(look, dir, |name| of_go(name) && is_directory(look, &dir.join(name)))
}

/// What `go build` keeps: 256 directories and a few files.
fn holds_builds(look: &dyn Look, dir: &Path) -> bool {
    const FILES: [&str; 4] = ["README", "trim.txt", "testexpire.txt", "log.txt"];
    let hex = |name: &str| name.len() == 2 && name.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    let of_go = |name: &str| match name {
        "fuzz" => is_directory(look, &dir.join(name)),
        _ if hex(name) => is_directory(look, &dir.join(name)),
        _ => FILES.contains(&name),
    };
    let marked = ["README", "trim.txt"].iter().any(|it| look.stat(&dir.join(it)).is_here());
    marked && each(look, dir, of_go)
}

fn each(look: &dyn Look, dir: &Path, of_go: impl Fn(&str) -> bool) -> bool {
    is_directory(look, dir) && look.list(dir).here().is_some_and(|names| names.iter().all(|it| of_go(it)))
}

/// A directory itself, no link to one.
fn is_directory(look: &dyn Look, path: &Path) -> bool {
    look.stat(path).here().is_some_and(|it| it.kind == Kind::Dir)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    const MODULES: &str = "/home/ann/go/pkg/mod";
    const BUILDS: &str = "/home/ann/.cache/go-build";

    fn machine(modules: &str, builds: &str) -> Machine {
        let below = |dir: &str, name: &str| format!("{dir}/{name}");
        let mut machine = Machine::linux();
        for name in
            ["cache/download/fyne.io/x/list", "fyne.io/fyne/v2@v2.8.1/go.mod", "github.com/!a/b@v1/x.go"]
        {
            machine = machine.file(&below(modules, name), "");
        }
        for name in ["README", "trim.txt", "00/00ab-d", "ff/ff01-a"] {
            machine = machine.file(&below(builds, name), "");
        }
        machine
    }

    fn facts(modules: &str, builds: &str) -> Facts {
        let mut facts = fixture::with_project("v2.8.1");
        facts.host.home = Fact::Here("/home/ann".into());
        facts.host.home_variable = Some("/home/ann".into());
        facts.host.tmp.0 = "/tmp".into();
        fixture::project(&mut facts).dir = "/srv/app".into();
        fixture::set_in(&mut facts.here, "GOMODCACHE", modules);
        fixture::set_in(&mut facts.here, "GOCACHE", builds);
        facts
    }

    fn whole(machine: &Machine, modules: &str, builds: &str) -> Vec<PathBuf> {
        of(&facts(modules, builds), machine).whole
    }

    #[test]
    fn a_cache_that_holds_only_what_go_laid_there_may_go() {
        let caches = of(&facts(MODULES, BUILDS), &machine(MODULES, BUILDS));
        let want = Caches { whole: vec![MODULES.into(), BUILDS.into()], shared: vec![] };
        assert_eq!(caches, want);
        assert_eq!(of(&facts(MODULES, BUILDS), &Machine::linux()), Caches::default(), "there is none");
    }

    #[test]
    fn what_others_keep_is_named_where_it_is() {
        let of = |machine: &Machine| of_others(&facts(MODULES, BUILDS), machine);
        assert_eq!(of(&machine(MODULES, BUILDS)), Vec::<PathBuf>::new());
        let there = machine(MODULES, BUILDS)
            .file("/home/ann/.cache/mesa_shader_cache/index", "")
            .file("/home/ann/.config/fyne/io.fyne.hello/preferences.json", "{}")
            .file("/home/ann/.config/go/telemetry/local/weekends", "")
            .file("/home/ann/.cache/fyne", "no directory");
        let want = [".cache/mesa_shader_cache", ".config/fyne", ".config/go/telemetry"];
        assert_eq!(of(&there), want.map(|it| Path::new("/home/ann").join(it)));
    }

    #[test]
    fn no_place_of_a_persons_is_taken_for_a_cache_whatever_go_laid_there() {
        for place in ["/home/ann", "/home", "/tmp", "/srv/app", "/srv", "/"] {
            let dir = place.trim_end_matches('/');
            let machine = machine(dir, dir);
            assert_eq!(whole(&machine, place, "/none"), Vec::<PathBuf>::new(), "GOMODCACHE={place}");
            assert_eq!(whole(&machine, "/none", place), Vec::<PathBuf>::new(), "GOCACHE={place}");
        }
        let linked = machine("/data/mod", "/data/build").link("/home/ann", "/data/mod/ann");
        assert_eq!(
            whole(&linked, "/data/mod", "/data/build"),
            [PathBuf::from("/data/build")],
            "a home by a link"
        );
        let mut there = machine("/data/mod", "/data/build");
        there.identity.cwd = "/data/build/00".into();
        assert_eq!(
            whole(&there, "/data/mod", "/data/build"),
            [PathBuf::from("/data/mod")],
            "one stands in it"
        );
    }

    #[test]
    fn a_cache_with_something_else_in_it_stays() {
        for other in ["thesis.txt", "project/main.go", ".git/config", ".ssh/id"] {
            let both = machine("/data/mod", "/data/build");
            let both = both.file(&format!("/data/mod/{other}"), "").file(&format!("/data/build/{other}"), "");
            let caches = of(&facts("/data/mod", "/data/build"), &both);
            assert_eq!(caches.whole, Vec::<PathBuf>::new(), "{other}");
            assert_eq!(caches.shared, [PathBuf::from("/data/mod"), "/data/build".into()], "{other}");
        }
        let plain = Machine::linux().file("/data/mod/fyne.io/x", "").file("/data/build/00/x", "");
        assert_eq!(
            whole(&plain, "/data/mod", "/data/build"),
            Vec::<PathBuf>::new(),
            "nothing says that it is Go's"
        );
    }
}
