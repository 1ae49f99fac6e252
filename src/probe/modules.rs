//! Go's module cache and build cache. Names, sizes and times are looked at; contents are read only where those show that
//! something was touched (`whole`).

use std::path::{Path, PathBuf};

use crate::fact::{Fact, Why};
use crate::facts::go::{Damage, Flaw, Spoiled};
use crate::facts::project::Sum;
use crate::facts::{Facts, Modules};
use crate::probe::programs;
use crate::prove::program;
use crate::system::links;
use crate::system::parallel::Panicked;
use crate::system::{Kind, Look, Stat};
use crate::version::ModuleVersion;
use crate::want::Target;

mod roots;
pub mod whole;

/// Module paths that a Fyne program on Linux is compiled from, over all versions from 2.0 on. A `go.sum` names more:
/// those of tests and of other platforms, which nobody downloads for a build.
const BUILT: &[&str] = &[
    "fyne.io/fyne/v2",
    "fyne.io/systray",
    "github.com/BurntSushi/toml",
    "github.com/anthonynsimon/bild",
    "github.com/fsnotify/fsnotify",
    "github.com/fyne-io/image",
    "github.com/fyne-io/oksvg",
    "github.com/go-gl/gl",
    "github.com/go-gl/glfw/v3.3/glfw",
    "github.com/go-gl/glfw/v3.4/glfw",
    "github.com/go-text/render",
    "github.com/go-text/typesetting",
    "github.com/godbus/dbus/v5",
    "github.com/jeandeaual/go-locale",
    "github.com/jsummers/gobmp",
    "github.com/nfnt/resize",
    "github.com/nicksnyder/go-i18n/v2",
    "github.com/rymdport/portal",
    "github.com/srwiley/oksvg",
    "github.com/srwiley/rasterx",
    "github.com/yuin/goldmark",
    "golang.org/x/image",
    "golang.org/x/net",
    "golang.org/x/sys",
    "golang.org/x/text",
];

/// A go.mod directly in a directory of GOPATH.
fn gopath_mod(look: &dyn Look, facts: &Facts, home: &Path) -> Option<PathBuf> {
    let set = facts.here.set("GOPATH").map(str::to_owned);
    let style = facts.here.style;
    let list = set.map_or_else(|| vec![home.join("go")], |it| style.list(&it));
    let files = list.into_iter().map(|it| it.join("go.mod"));
    files.filter(|it| style.is_absolute(it)).find(|it| look.stat(it).is_here())
}

/// Which modules of the run are unpacked in the module cache, and what is wrong with the caches.
pub fn probe(look: &dyn Look, facts: &Facts, target: &Target) -> Modules {
    let Fact::Here(home) = &facts.host.home else { return Modules::default() };
    let dir = facts.here.mod_cache(home);
    let build_cache = facts.here.build_cache(home);
    let wanted = wanted(facts, target);
    let looked = whole::look_at(look, facts, &dir, &wanted);
    let unseen = looked.iter().find_map(|it| it.as_ref().err().cloned().map(Why::from));
    let absent = |(_, it): &(&ModuleVersion, &Result<(bool, Option<Spoiled>), Panicked>)| {
        it.as_ref().is_ok_and(|it| !it.0)
    };
    let missing = wanted.iter().zip(&looked).filter(absent).map(|it| it.0.clone()).collect();
    let mut spoiled: Vec<Spoiled> = looked.into_iter().filter_map(|it| it.ok()?.1).collect();
    spoiled.extend(whole::other_mods(look, facts, &dir));
    let mut damaged = Vec::new();
    let build_cache_stat = build_cache.as_deref().map_or(Fact::Absent, |it| stat(look, it));
    match (&build_cache, &build_cache_stat) {
        (Some(cache), Fact::Here(stat)) => damaged.extend(gap(look, cache, stat)),
        (Some(cache), _) if facts.here.style.is_absolute(cache) => damaged.extend(blocked(look, cache)),
        _ => {}
    }
    let there = unseen.map_or_else(|| stat(look, &dir), Fact::Unknown);
    let (roots, roots_hidden_by) = roots::probe(look, &facts.here);
    Modules {
        roots,
        roots_hidden_by,
        gopath_mod: gopath_mod(look, facts, home),
        blocked: if there.is_here() { None } else { blocked(look, &dir) },
        stat: there,
        build_cache,
        build_cache_stat,
        missing,
        wanted: wanted.len(),
        damaged,
        mismatched: mismatched(look, &dir, facts, &spoiled),
        unpublished: unpublished(facts),
        spoiled,
        git: facts
            .here
            .set("GOPROXY")
            .filter(|it| it.trim().starts_with("direct"))
            .map(|_| !programs::find(look, &facts.here, "git").is_absent()),
        dir: Some(dir),
    }
}

fn stat(look: &dyn Look, path: &Path) -> Fact<Stat> {
    links::resolve(look, path).map(|it| it.1)
}

/// What a build takes: from the project's `go.sum`, else from that of the proof program.
fn wanted(facts: &Facts, target: &Target) -> Vec<ModuleVersion> {
    let project = facts.project.here();
    let sums = project.and_then(|it| it.sums.here());
    if let (Some(project), Some(sums)) = (project.filter(|it| it.fyne().is_some()), sums) {
        // A replaced or vendored module is not taken from the cache.
        if project.vendor.is_here() {
            return Vec::new();
        }
        let whole =
            sums.iter().filter(|it| !it.version.ends_with("/go.mod") && BUILT.contains(&it.path.as_str()));
        let own = whole.filter(|it| !project.replaces.iter().any(|replace| replace.path == it.path));
        // A `go.sum` may keep lines of older versions: those that go.mod names count, where it names any.
        let current = own.filter(|sum| {
            let mut named = project.requires.iter().filter(|it| it.path == sum.path).peekable();
            named.peek().is_none() || named.any(|it| it.version == sum.version)
        });
        return current.filter_map(|it| format!("{}@{}", it.path, it.version).parse().ok()).collect();
    }
    if target.fyne.to_string() == program::EMBEDDED {
        let ours = program::modules().into_iter().filter_map(|it| it.parse::<ModuleVersion>().ok());
        return ours.filter(|it| BUILT.contains(&it.path())).collect();
    }
    vec![ModuleVersion::of("fyne.io/fyne/v2", &target.fyne)]
}

/// The project's modules whose zip has another hash than go.sum says, as Go itself noted it when it downloaded them.
/// Where the note is at fault, nothing is wrong with go.sum.
fn mismatched(
    look: &dyn Look,
    cache: &Path,
    facts: &Facts,
    spoiled: &[Spoiled],
) -> Vec<(ModuleVersion, u32, String)> {
    let project = facts.project.here();
    let sums = project.and_then(|it| it.sums.here()).map(Vec::as_slice).unwrap_or_default();
    let whole = sums.iter().filter(|it| !it.version.ends_with("/go.mod") && it.hash.starts_with("h1:"));
    let built = whole.filter(|it| BUILT.contains(&it.path.as_str()));
    let other = |sum: &Sum| {
        let downloads = cache.join("cache/download").join(escaped(&sum.path)).join("@v");
        let noted = look.read(&downloads.join(format!("{}.ziphash", escaped(&sum.version)))).into_here()?;
        let noted = String::from_utf8_lossy(&noted).trim().to_owned();
        let module = format!("{}@{}", sum.path, sum.version).parse().ok()?;
        let wrong_note = spoiled.iter().any(|it| it.flaw == Flaw::OtherHash && it.module == module);
        let differs = noted.starts_with("h1:") && noted != sum.hash && !wrong_note;
        differs.then_some((module, sum.line, noted))
    };
    built.filter_map(other).collect()
}

/// The project's lines of go.sum that disagree with what we know to be published. No module has to be in the cache for it.
fn unpublished(facts: &Facts) -> Vec<(String, u32, String)> {
    let project = facts.project.here();
    let sums = project.and_then(|it| it.sums.here()).map(Vec::as_slice).unwrap_or_default();
    let other = |sum: &Sum| {
        let published = program::sum_of(&sum.path, &sum.version).filter(|it| *it != sum.hash)?;
        sum.hash
            .starts_with("h1:")
            .then(|| (format!("{}@{}", sum.path, sum.version), sum.line, published.to_owned()))
    };
    sums.iter().filter_map(other).collect()
}

/// A name as it stands in the cache: Go writes capitals as `!` and a small letter, for file systems that do not tell them apart.
pub fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii_uppercase() {
            text.push('!');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

/// What keeps a directory that is not there from being made: the nearest one above it that is no directory, or may not
/// be written.
fn blocked(look: &dyn Look, dir: &Path) -> Option<(PathBuf, Damage)> {
    let mut above = dir.ancestors().skip(1).filter(|it| it.is_absolute());
    let (at, stat) = above.find_map(|it| Some((it, stat(look, it).into_here()?)))?;
    match stat {
        it if it.kind != Kind::Dir => Some((at.to_path_buf(), Damage::NoDirectory)),
        it if !it.writable => Some((at.to_path_buf(), Damage::Closed { uid: it.uid })),
        _ => None,
    }
}

/// A build cache has 256 directories. Go makes those that are missing; where it may not, nothing builds. Entries that
/// it may not write, on the other hand, it does without.
fn gap(look: &dyn Look, cache: &Path, stat: &Stat) -> Option<(PathBuf, Damage)> {
    if stat.kind != Kind::Dir {
        return Some((cache.to_path_buf(), Damage::NoDirectory));
    }
    if stat.writable {
        return None;
    }
    let Fact::Here(names) = look.list(cache) else {
        return Some((cache.to_path_buf(), Damage::Foreign { uid: stat.uid }));
    };
    let lacking = (0..=255).map(|it| format!("{it:02x}")).find(|it| !names.contains(it))?;
    Some((cache.join(lacking), Damage::Gap { uid: stat.uid }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    fn seen(machine: &Machine, facts: &Facts) -> Modules {
        probe(machine, facts, &fixture::want().target)
    }

    fn with_modules() -> Machine {
        let facts = fixture::healthy();
        let wanted = wanted(&facts, &fixture::want().target);
        wanted.iter().fold(Machine::linux(), |machine, module| {
            let (path, version) = (module.path(), module.version());
            machine
                .file(&format!("/root/go/pkg/mod/{}@{}/x.go", escaped(path), escaped(version)), "package x")
        })
    }

    #[test]
    fn modules_are_looked_for_under_their_escaped_names() {
        let machine = with_modules();
        assert!(
            machine.files.keys().any(|it| it.to_string_lossy().contains("github.com/!burnt!sushi/toml@v"))
        );
        let modules = seen(&machine, &fixture::healthy());
        assert_eq!((modules.missing.len(), modules.spoiled.len()), (0, 0), "{:?}", modules.spoiled);
        assert!(modules.wanted > 20);
        assert_eq!(seen(&Machine::linux(), &fixture::healthy()).missing.len(), modules.wanted);
    }

    #[test]
    fn a_project_wants_what_its_go_mod_names() {
        let mut facts = fixture::with_project("2.6.3");
        let sums = crate::facts::gosum::parse(
            "fyne.io/fyne/v2 v2.6.3 h1:x=\nfyne.io/fyne/v2 v2.5.0 h1:x=\nfyne.io/fyne/v2 v2.6.3/go.mod h1:x=\n\
            github.com/stretchr/testify v1.0.0 h1:x=\n",
        );
        fixture::project(&mut facts).sums = Fact::Here(sums);
        assert_eq!(seen(&Machine::linux(), &facts).missing, ["fyne.io/fyne/v2@v2.6.3"]);
    }

    #[test]
    fn a_hash_that_differs_from_the_download_is_known() {
        let ziphash = "/root/go/pkg/mod/cache/download/fyne.io/fyne/v2/@v/v2.8.1.ziphash";
        let facts = fixture::with_project("2.8.1");
        let same = fixture::project(&mut facts.clone()).sums.here().expect("sums")[0].hash.clone();
        assert_eq!(seen(&Machine::linux().file(ziphash, &same), &facts).mismatched, []);
        let other = seen(&Machine::linux().file(ziphash, "h1:other="), &facts).mismatched;
        assert_eq!(other, [("fyne.io/fyne/v2@v2.8.1".into(), 1, "h1:other=".into())]);
    }

    #[test]
    fn a_line_of_go_sum_that_was_never_published_is_known_without_a_download() {
        let mut facts = fixture::with_project("2.8.1");
        let right = program::sum_of("fyne.io/fyne/v2", "v2.8.1").expect("the embedded Fyne");
        let lines = |hash: &str| {
            let text = format!("fyne.io/fyne/v2 v2.8.1 {hash}\na.b/unknown v1.0.0 h1:x=\n");
            Fact::Here(crate::facts::gosum::parse(&text))
        };
        fixture::project(&mut facts).sums = lines(right);
        assert_eq!(seen(&Machine::linux(), &facts).unpublished, []);
        fixture::project(&mut facts).sums = lines("h1:EVIL=");
        let told = [("fyne.io/fyne/v2@v2.8.1".to_owned(), 1, right.to_owned())];
        assert_eq!(seen(&Machine::linux(), &facts).unpublished, told);
    }

    #[test]
    fn a_zip_that_is_none_is_named_when_it_would_be_unpacked() {
        let mut machine = with_modules();
        let image = "golang.org/x/image@v0.24.0";
        let zip = "/root/go/pkg/mod/cache/download/golang.org/x/image/@v/v0.24.0.zip";
        machine = machine.file(zip, "this is not a zip");
        assert_eq!(seen(&machine, &fixture::healthy()).spoiled, [], "nobody needs it");
        machine.files.retain(|it, _| !it.to_string_lossy().contains("/x/image@"));
        let modules = seen(&machine, &fixture::healthy());
        assert_eq!(modules.missing, [image]);
        let spoiled: Vec<_> = modules.spoiled.iter().map(|it| (it.file.as_path(), it.flaw)).collect();
        assert_eq!(spoiled, [(Path::new(zip), Flaw::NotAZip)]);
    }

    #[test]
    fn what_stands_where_a_directory_has_to_be_made_is_named() {
        let cache = Path::new("/home/dev/.cache/go-build");
        let machine = Machine::linux().file("/home/dev/.cache", "notes");
        assert_eq!(blocked(&machine, cache), Some(("/home/dev/.cache".into(), Damage::NoDirectory)));
        let machine = Machine::linux().file("/home/dev/.cache/other/x", "");
        assert_eq!(blocked(&machine, cache), None);
    }

    #[test]
    fn a_build_cache_of_somebody_else_is_fatal_only_where_it_has_a_gap() {
        let stat = Stat { writable: false, uid: 0, ..fixture::stat(Kind::Dir, 0o755) };
        let cache = Path::new("/root/.cache/go-build");
        let mut machine = Machine::linux();
        for it in 0..=255 {
            machine = machine.file(&format!("/root/.cache/go-build/{it:02x}/x"), "");
        }
        assert_eq!(gap(&machine, cache, &stat), None);
        machine.files.remove(Path::new("/root/.cache/go-build/ff/x"));
        assert_eq!(gap(&machine, cache, &stat), Some((cache.join("ff"), Damage::Gap { uid: 0 })));
        assert_eq!(gap(&machine, cache, &fixture::stat(Kind::Dir, 0o755)), None, "Go makes it");
    }
}
