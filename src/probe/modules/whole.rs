//! Whether the modules of a run are what was published. The signs are cheap (modes and times: Go unpacks a module in one go
//! and write-protects it); only a module that shows one is hashed, and only a hash calls it spoiled. A module that was
//! merely touched is whole.

use std::path::{Path, PathBuf};

use super::escaped;
use crate::digest::Digest;
use crate::fact::Fact;
use crate::facts::go::{Flaw, Spoiled};
use crate::facts::project::Sum;
use crate::facts::{Facts, globs};
use crate::prove::program;
use crate::system::parallel::{self, Panicked};
use crate::system::{Kind, Look, TreeSummary};
use crate::trust::dirhash::H1;
use crate::trust::dirhash::Listing;
use crate::version::ModuleVersion;

/// How long Go may take to unpack one module, in seconds. What was written later, or is older, was not part of it.
const AT_ONCE: i64 = 120;
/// The end of a zip without a comment, as Go's are: this record and nothing else.
const END: u64 = 22;

/// What is known of the hashes of modules.
pub struct Known<'a> {
    sums: &'a [Sum],
    private: String,
}

impl<'a> Known<'a> {
    /// From the project's `go.sum` and from our own.
    pub fn of(facts: &'a Facts) -> Self {
        let project = facts.project.here();
        let sums = project.and_then(|it| it.sums.here()).map(Vec::as_slice).unwrap_or_default();
        let set = |name: &str| facts.here.set(name).unwrap_or_default().to_owned();
        Self { sums, private: format!("{},{}", set("GOPRIVATE"), set("GONOSUMDB")) }
    }

    /// The hash that a module, or its `go.mod`, should have. Ours is the published one; a project's is its own word.
    pub fn sum(&self, path: &str, version: &str) -> Option<&str> {
        program::sum_of(path, version).or_else(|| {
            let its = self.sums.iter().find(|it| it.path == path && it.version == version);
            its.map(|it| it.hash.as_str()).filter(|it| it.starts_with("h1:"))
        })
    }

    /// Whether nobody but its owner is to be asked about a module.
    pub fn private(&self, path: &str) -> bool {
        globs::matches(&self.private, path)
    }
}

/// Each wanted module: whether it is unpacked, and what is wrong with it. Several at a time.
pub fn look_at(
    look: &dyn Look,
    facts: &Facts,
    cache: &Path,
    wanted: &[ModuleVersion],
) -> Vec<Result<(bool, Option<Spoiled>), Panicked>> {
    let known = Known::of(facts);
    parallel::each(at_once(look), wanted, |module| one(look, &known, cache, module))
}

/// How many files or modules are looked at at once.
pub fn at_once(look: &dyn Look) -> usize {
    look.identity().cpus.clamp(1, 8)
}

fn one(look: &dyn Look, known: &Known, cache: &Path, module: &ModuleVersion) -> (bool, Option<Spoiled>) {
    let (path, version) = (module.path(), module.version());
    let spoiled = |file: PathBuf, flaw| {
        Some(Spoiled { module: module.clone(), file, flaw, private: known.private(path) })
    };
    let dir = directory(cache, path, version);
    let partial = download(cache, path, version, "partial");
    if look.stat(&partial).is_here() || look.stat(&dir).is_absent() {
        let zip = download(cache, path, version, "zip");
        let flaw = if is_zip(look, &zip) { None } else { spoiled(zip, Flaw::NotAZip) };
        return (false, flaw);
    }
    let ziphash = download(cache, path, version, "ziphash");
    let noted = look.read(&ziphash).into_here().map(|it| String::from_utf8_lossy(&it).trim().to_owned());
    let sum = known.sum(path, version);
    let other = matches!((&noted, sum), (Some(noted), Some(sum)) if noted != sum);
    let sign = look.tree_summary(&dir).into_here().and_then(|it| sign(&it));
    if sign.is_none() && !other {
        return (true, None);
    }
    let Some(hash) = tree_hash(look, &dir, module.as_str()) else { return (true, None) };
    let is = |it: Option<&str>| it == Some(hash.as_str());
    let flaw = if is(sum) {
        if other { spoiled(ziphash, Flaw::OtherHash) } else { None }
    } else if is(noted.as_deref()) || (sum.is_none() && noted.is_none()) {
        None // go.sum says otherwise, and that is for another check
    } else {
        spoiled(sign.map_or_else(|| dir.clone(), |it| dir.join(it)), Flaw::Edited)
    };
    (true, flaw)
}

/// What in a tree was not laid together with the rest, or may be written where the rest may not.
fn sign(signs: &TreeSummary) -> Option<PathBuf> {
    // With `-modcacherw` all may be written, and that is no sign.
    let few = signs.writable > 0 && signs.writable * 2 < signs.entries;
    let late = signs.newest - signs.oldest > AT_ONCE;
    match (few, late) {
        (true, _) => Some(signs.one_writable.clone()),
        (_, true) => Some(signs.newest_one.clone()),
        _ => None,
    }
}

/// The h1 of an unpacked module: that of its zip, if nobody changed it. `None` where something cannot be read.
pub fn tree_hash(look: &dyn Look, dir: &Path, module: &str) -> Option<String> {
    let mut listing = Listing::new();
    add(look, dir, module, &mut listing)?;
    Some(listing.finish().to_string())
}

fn add(look: &dyn Look, dir: &Path, front: &str, listing: &mut Listing) -> Option<()> {
    for name in look.list(dir).into_here()? {
        let (path, shown) = (dir.join(&name), format!("{front}/{name}"));
        match look.stat(&path).into_here()?.kind {
            Kind::Dir => add(look, &path, &shown, listing)?,
            _ => listing.add(shown, Digest::of(&look.read(&path).into_here()?)).ok()?,
        }
    }
    Some(())
}

/// Downloaded `go.mod` files that differ from what `go.sum` says of them, and from the one that was unpacked with the
/// rest.
pub fn other_mods(look: &dyn Look, facts: &Facts, cache: &Path) -> Vec<Spoiled> {
    let known = Known::of(facts);
    let of_mod = |sum: &Sum| {
        let version = sum.version.strip_suffix("/go.mod")?;
        let file = download(cache, &sum.path, version, "mod");
        let bytes = look.read(&file).into_here()?;
        let should = known.sum(&sum.path, &sum.version)?;
        let other = H1::of_go_mod(&bytes).to_string() != should
            && look.read(&directory(cache, &sum.path, version).join("go.mod")) != Fact::Here(bytes);
        let module = format!("{}@{version}", sum.path).parse().ok()?;
        let private = known.private(&sum.path);
        other.then_some(Spoiled { module, file, flaw: Flaw::OtherMod, private })
    };
    known.sums.iter().filter_map(of_mod).collect()
}

/// The directory of an unpacked module.
pub fn directory(cache: &Path, path: &str, version: &str) -> PathBuf {
    cache.join(format!("{}@{}", escaped(path), escaped(version)))
}

/// A file of what was downloaded of a module: its `zip`, `ziphash`, `mod` or `info`.
pub fn download(cache: &Path, path: &str, version: &str, kind: &str) -> PathBuf {
    let name = format!("{}.{kind}", escaped(version));
    cache.join("cache/download").join(escaped(path)).join("@v").join(name)
}

/// Whether a file begins and ends as a zip does. What is not there is no bad one.
fn is_zip(look: &dyn Look, zip: &Path) -> bool {
    let Fact::Here(stat) = look.stat(zip) else { return true };
    let (begins, ends) = (look.read_at(zip, 0, 4), look.read_at(zip, stat.size.saturating_sub(END), 4));
    match (begins, ends) {
        (Fact::Here(begins), Fact::Here(ends)) => begins == b"PK\x03\x04" && ends == b"PK\x05\x06",
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    /// No version that our own go.sum knows.
    const MODULE: &str = "github.com/BurntSushi/toml@v1.5.0";
    const DIR: &str = "/root/go/pkg/mod/github.com/!burnt!sushi/toml@v1.5.0";
    const DOWNLOADS: &str = "/root/go/pkg/mod/cache/download/github.com/!burnt!sushi/toml/@v/v1.5.0";

    fn cache() -> &'static Path {
        Path::new("/root/go/pkg/mod")
    }

    /// A module of five protected files, of which the first has this text and mode.
    fn unpacked(text: &str, mode: u32) -> Machine {
        let mut machine = Machine::linux();
        for (name, text) in
            [("a.go", text), ("b/c.go", "package c"), ("b/d.go", "package c"), ("e", "e"), ("f", "f")]
        {
            machine = machine.file(&format!("{DIR}/{name}"), text);
            let mode = if name == "a.go" { mode } else { 0o444 };
            machine.files.get_mut(Path::new(&format!("{DIR}/{name}"))).expect("laid").1 = mode;
        }
        machine
    }

    fn hash(machine: &Machine) -> String {
        tree_hash(machine, Path::new(DIR), MODULE).expect("readable")
    }

    fn facts(sum: &str) -> Facts {
        let mut facts = fixture::with_project("2.8.1");
        let line = format!("github.com/BurntSushi/toml v1.5.0 {sum}\n");
        fixture::project(&mut facts).sums = Fact::Here(crate::facts::gosum::parse(&line));
        facts
    }

    fn flaw(machine: &Machine, facts: &Facts) -> Option<Flaw> {
        one(machine, &Known::of(facts), cache(), &MODULE.into()).1.map(|it| it.flaw)
    }

    #[test]
    fn only_a_hash_calls_a_touched_module_edited() {
        let good = hash(&unpacked("package a", 0o444));
        assert_eq!(flaw(&unpacked("package a", 0o644), &facts(&good)), None, "touched");
        assert_eq!(flaw(&unpacked("package a // x", 0o644), &facts(&good)), Some(Flaw::Edited));
        let noted = unpacked("package a // x", 0o644).file(&format!("{DOWNLOADS}.ziphash"), good.as_str());
        assert_eq!(flaw(&noted, &facts("h1:unknown=")), Some(Flaw::Edited));
    }

    #[test]
    fn a_minority_that_may_be_written_and_what_came_later_are_signs() {
        let signs = |entries, writable, newest| {
            let (one_writable, newest_one) = ("w".into(), "n".into());
            sign(&TreeSummary {
                entries,
                writable,
                one_writable,
                oldest: 1000,
                newest,
                newest_one,
                ..TreeSummary::default()
            })
        };
        assert_eq!(signs(9, 0, 1010), None);
        assert_eq!(signs(9, 9, 1010), None, "-modcacherw");
        assert_eq!(signs(9, 1, 1010), Some("w".into()));
        assert_eq!(signs(9, 9, 2000), Some("n".into()));
    }

    #[test]
    fn a_note_that_differs_from_files_that_are_right_is_the_fault() {
        let machine = unpacked("package a", 0o444);
        let facts = facts(&hash(&machine));
        let noted = machine.file(&format!("{DOWNLOADS}.ziphash"), "h1:other=");
        assert_eq!(flaw(&noted, &facts), Some(Flaw::OtherHash));
    }

    #[test]
    fn a_tampered_go_sum_is_not_the_caches_fault() {
        let machine = unpacked("package a", 0o644);
        let noted = hash(&machine);
        let machine = machine.file(&format!("{DOWNLOADS}.ziphash"), noted.as_str());
        assert_eq!(flaw(&machine, &facts("h1:tampered=")), None);
    }

    #[test]
    fn a_zip_that_is_cut_is_told_where_it_has_to_be_unpacked() {
        let zip = format!("{DOWNLOADS}.zip");
        let whole = [&b"PK\x03\x04rest PK\x05\x06"[..], &[0; 18]].concat();
        for (bytes, want) in [
            (whole.clone(), None),
            (whole[..20].to_vec(), Some(Flaw::NotAZip)),
            (b"this is not a zip".to_vec(), Some(Flaw::NotAZip)),
            (Vec::new(), Some(Flaw::NotAZip)),
        ] {
            let machine = Machine::linux().file(&zip, bytes);
            assert_eq!(flaw(&machine, &facts("h1:x=")), want);
        }
        assert_eq!(flaw(&Machine::linux(), &facts("h1:x=")), None, "not downloaded yet");
    }

    #[test]
    fn a_go_mod_that_was_cut_is_told_and_a_tampered_sum_is_not() {
        let text = "module github.com/BurntSushi/toml\n\ngo 1.18\n";
        let sum = format!("github.com/BurntSushi/toml v1.5.0/go.mod {}\n", H1::of_go_mod(text.as_bytes()));
        let (mut facts, file) = (facts(""), format!("{DOWNLOADS}.mod"));
        fixture::project(&mut facts).sums = Fact::Here(crate::facts::gosum::parse(&sum));
        let seen = |machine: &Machine| other_mods(machine, &facts, cache()).len();
        assert_eq!(seen(&Machine::linux().file(&file, text)), 0);
        assert_eq!(seen(&Machine::linux().file(&file, "module")), 1);
        let both = Machine::linux().file(&file, "other").file(&format!("{DIR}/go.mod"), "other");
        assert_eq!(seen(&both), 0, "go.sum says another hash than all that was downloaded");
    }
}
