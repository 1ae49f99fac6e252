//! The long look: contents against hashes. Everything else that is asked of a machine is asked in `probe`, within the time
//! that a person waits for a prompt; this takes seconds. Several files at a time.
//!
//! It looks through `Look` as every probe does; what was published it is told by its caller, for only that may ask the
//! network.

use std::path::{Path, PathBuf};

mod cli;
mod extra;

use super::modules::whole::{Known, at_once, directory, tree_hash};
use super::{programs, waits};
use crate::digest::Digest;
use crate::fact::{Fact, Why};
use crate::facts::go::{BuildModule, Flaw, Spoiled};
use crate::facts::{Deep, Facts, ldso};
use crate::fetch::sumdb::Standing;
use crate::prove::program;
use crate::system::links;
use crate::system::{Answer, Environment, Kind, Look, parallel};
use crate::text::Text;
use crate::trust::dirhash::Listing;
use crate::version::{GoVersion, ModuleVersion};
use crate::want::Target;

/// How long `go list` may take.
const PATIENCE_MS: u64 = 120_000;
/// What the module of a Go leaves out.
const LEFT_OUT: [&str; 4] = ["api", "doc", "misc", "test"];

/// The one file of a Go that administrators write: what differs there is their word and no damage.
pub const SETTINGS: &str = "go.env";

/// A file of a Go, as the index of its archive has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoFile {
    /// Relative to the root; `go.mod` files are called so.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its checksum.
    pub crc: u32,
}

/// What was published, asked for where it is needed. An error says why nobody can tell.
pub struct Published<'a> {
    /// The hash of a module's files: path, version.
    pub module: &'a (dyn Fn(&str, &str) -> Result<String, Why> + Sync),
    /// What is known of the modules that a program names.
    pub standings: &'a dyn Fn(&[&BuildModule]) -> Vec<Standing>,
    /// The hash of a Go's files, with the path and version of its module.
    pub go: &'a (dyn Fn(GoVersion) -> Result<(String, String), Why> + Sync),
    /// The files of a Go. Not proven: good enough to say where to look.
    pub files: &'a (dyn Fn(GoVersion) -> Result<Vec<GoFile>, Why> + Sync),
    /// Who is told what is looked at.
    pub told: &'a (dyn Fn(&Text) + Sync),
}

/// Looks.
pub fn probe(look: &dyn Look, facts: &Facts, target: &Target, published: &Published) -> Deep {
    (published.told)(&text!("deep-go"));
    let (go, extra) = go(look, facts, published);
    (published.told)(&text!("deep-modules"));
    let (modules, spoiled) = modules(look, facts, target, published);
    (published.told)(&text!("deep-builds"));
    let builds = builds(look, facts);
    let loader = loader(look, facts, target);
    (published.told)(&text!("deep-cli"));
    let (sums, cli) = (sums(look, facts), cli::look_at(look, facts, published));
    let windows_proxy = super::wsl::proxy(look, facts);
    Deep { go, extra, modules, spoiled, builds, loader, sums, cli, windows_proxy, project: Fact::Absent }
}

/// What the last proof program is linked with, as the loader finds it with the user's settings. The program is not run.
fn loader(look: &dyn Look, facts: &Facts, target: &Target) -> Fact<Vec<String>> {
    let proofs = facts.ours.places.cache.join("proof-program");
    let program = proofs.join(target.fyne.to_string()).join("proof");
    let Some(interpreter) = ldso::interpreter(&facts.host.identity.arch) else { return Fact::Absent };
    if !look.stat(&program).is_here() {
        return Fact::Absent;
    }
    let args = ["--list", &*program.to_string_lossy()];
    let ask = programs::ask(Path::new(interpreter), &args, Environment::of_user(&facts.here.environment()));
    look.run(&ask).map(|it| ldso::lost(&it.out(), &it.err()))
}

/// The Go in use: what differs, and what it has too much. One of the system's packages was built otherwise than what was
/// published.
fn go(look: &dyn Look, facts: &Facts, published: &Published) -> (Fact<Vec<String>>, Vec<String>) {
    let none = |it| (it, Vec::new());
    let Some(tree) = facts.go.in_use().filter(|it| !it.packaged()) else { return none(Fact::Absent) };
    let Some(version) = tree.version.here().copied() else { return none(Fact::Absent) };
    let (prefix, hash) = match (published.go)(version) {
        Ok(it) => it,
        Err(why) => return none(Fact::Unknown(why)),
    };
    if go_hash(look, &tree.root, &prefix).is_some_and(|it| it == hash) {
        return none(Fact::Here(Vec::new()));
    }
    let files = match (published.files)(version) {
        Ok(files) => files,
        Err(why) => return none(Fact::Unknown(why)),
    };
    // Settings are there to be set.
    let settings = |file: &GoFile| file.name == SETTINGS && look.stat(&tree.root.join(SETTINGS)).is_here();
    let wrong = parallel::all(at_once(look), &files, |file| {
        Ok((differs(look, &tree.root, file) && !settings(file)).then(|| file.name.clone()))
    });
    let wrong: Fact<Vec<String>> = seen(wrong.map(|it| it.into_iter().flatten().collect()));
    // What is missing or changed keeps packages from being compiled by itself.
    let whole = wrong.here().is_some_and(Vec::is_empty);
    let extra = if whole { extra::extra(look, tree, &files, &facts.here) } else { Vec::new() };
    (wrong, extra)
}

/// The hash of a Go as its module has it; nothing where a file cannot be read.
pub fn go_hash(look: &dyn Look, root: &Path, prefix: &str) -> Option<String> {
    let names = go_files(look, root);
    // A tree has one of the two names, or both.
    let twin = |name: &String| {
        let dir = name.strip_suffix("_go.mod").filter(|it| it.is_empty() || it.ends_with('/'));
        dir.is_some_and(|it| names.binary_search(&format!("{it}go.mod")).is_ok())
    };
    let names: Vec<&String> = names.iter().filter(|it| !twin(it)).collect();
    let digest = |name: &&String| look.read(&root.join(name)).into_here().map(|it| Digest::of(&it));
    let digests = parallel::each(at_once(look), &names, digest);
    let mut listing = Listing::new();
    for (name, digest) in names.into_iter().zip(digests) {
        let dir = name.strip_suffix("go.mod").filter(|it| it.is_empty() || it.ends_with('/'));
        let name = dir.map_or_else(|| name.clone(), |it| format!("{it}_go.mod"));
        listing.add(format!("{prefix}{name}"), digest.ok()??).ok()?;
    }
    Some(listing.finish().to_string())
}

/// The files of a Go that its module has, or would have: sorted.
pub fn go_files(look: &dyn Look, root: &Path) -> Vec<String> {
    let mut names = Vec::new();
    walk(look, root, "", &mut names);
    names.retain(|name| LEFT_OUT.iter().all(|it| name.split('/').next() != Some(it)));
    names.sort();
    names
}

/// Whether a file of a Go is not what was published, or is missing.
pub fn differs(look: &dyn Look, root: &Path, file: &GoFile) -> bool {
    let other = file.name.strip_suffix("go.mod").map(|it| format!("{it}_go.mod"));
    let here = [Some(file.name.clone()), other].into_iter().flatten().find_map(|name| {
        let path = root.join(name);
        links::resolve(look, &path).into_here().map(|it| (path, it.1.size))
    });
    let Some((path, size)) = here else { return true };
    let same = || {
        look.read(&path).into_here().is_none_or(|bytes| {
            let mut crc = flate2::Crc::new();
            crc.update(&bytes);
            crc.sum() == file.crc
        })
    };
    size != file.size || !same()
}

/// Every module of the run that is unpacked, as `go mod verify` does it.
fn modules(
    look: &dyn Look,
    facts: &Facts,
    target: &Target,
    published: &Published,
) -> (Fact<usize>, Vec<Spoiled>) {
    let Some(cache) = facts.modules.dir.as_deref() else { return (Fact::Absent, vec![]) };
    let known = Known::of(facts);
    let there = |it: &ModuleVersion| look.stat(&directory(cache, it.path(), it.version())).is_here();
    let all: Vec<ModuleVersion> = wanted(facts, target).into_iter().filter(there).collect();
    let judged = parallel::each(at_once(look), &all, |module| {
        let (path, version) = (module.path(), module.version());
        let dir = directory(cache, path, version);
        let found = tree_hash(look, &dir, module.as_str());
        let private = known.private(path);
        let should = match known.sum(path, version) {
            Some(sum) => Ok(sum.to_owned()),
            None if private => return None,
            None => (published.module)(path, version),
        };
        Some(match (found, should) {
            (Some(found), Ok(should)) if found != should => {
                let module = module.clone();
                Ok(Some(Spoiled { module, file: dir, flaw: Flaw::Edited, private }))
            }
            (Some(_), Ok(_)) => Ok(None),
            (None, _) => Err(text!("why-unreadable", path = dir).into()),
            (_, Err(why)) => Err(why),
        })
    });
    let judged: Vec<_> =
        judged.into_iter().filter_map(|it| it.unwrap_or_else(|why| Some(Err(why.into())))).collect();
    let unknown = judged.iter().find_map(|it| it.as_ref().err().cloned());
    let count = unknown.map_or(Fact::Here(judged.len()), Fact::Unknown);
    let mut spoiled: Vec<Spoiled> = judged.into_iter().flatten().flatten().collect();
    // That go.sum says otherwise than all that was downloaded is no fault of the cache.
    spoiled.retain(|it| !facts.modules.mismatched.iter().any(|(module, ..)| *module == it.module));
    (count, spoiled)
}

/// Every module that the project's go.sum names, else those of the proof program.
fn wanted(facts: &Facts, target: &Target) -> Vec<ModuleVersion> {
    match facts.project.here().and_then(|it| it.sums.here()) {
        Some(sums) => {
            let whole = sums.iter().filter(|it| !it.version.ends_with("/go.mod"));
            whole.filter_map(|it| format!("{}@{}", it.path, it.version).parse().ok()).collect()
        }
        None if target.fyne.to_string() == program::EMBEDDED => {
            program::modules().into_iter().filter_map(|it| it.parse().ok()).collect()
        }
        None => vec![ModuleVersion::of("fyne.io/fyne/v2", &target.fyne)],
    }
}

/// Entries of the build cache: a file that ends in `-d` is called by the hash of what it holds.
fn builds(look: &dyn Look, facts: &Facts) -> Fact<Vec<PathBuf>> {
    let Some(cache) = &facts.modules.build_cache else { return Fact::Absent };
    let dirs = match look.list(cache) {
        Fact::Here(names) => names,
        Fact::Absent => return Fact::Absent,
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    let dirs: Vec<String> =
        dirs.into_iter().filter(|it| it.len() == 2 && it.bytes().all(|it| it.is_ascii_hexdigit())).collect();
    let wrong = parallel::all(at_once(look), &dirs, |dir| {
        let names = look.list(&cache.join(dir)).into_here().unwrap_or_default();
        let wrong = names.iter().map(|it| Path::new(dir).join(it)).filter(|it| garbled(look, cache, it));
        Ok(wrong.collect::<Vec<_>>())
    });
    seen(wrong.map(|it| it.concat()))
}

/// What was seen, or why not.
fn seen<T>(result: Result<T, Why>) -> Fact<T> {
    result.map_or_else(Fact::Unknown, Fact::Here)
}

/// Whether an entry holds something else than its name says. What cannot be read is not garbled.
pub fn garbled(look: &dyn Look, cache: &Path, entry: &Path) -> bool {
    let name = entry.file_name().unwrap_or_default().to_string_lossy();
    let Some(hash) = name.strip_suffix("-d").filter(|it| it.len() == 64) else { return false };
    let path = cache.join(entry);
    let file = look.stat(&path).here().is_some_and(|it| it.kind == Kind::File);
    file && look.read(&path).here().is_some_and(|it| Digest::of(it).to_string() != hash)
}

/// Whether Go lacks lines of the project's go.sum. It lists what the project is made of, and runs nothing of it.
fn sums(look: &dyn Look, facts: &Facts) -> Fact<Option<String>> {
    let (Some(project), Some(tree)) = (facts.project.here(), facts.go.in_use()) else { return Fact::Absent };
    if project.vendor.is_here() || project.work.is_here() {
        return Fact::Absent;
    }
    if let Some(why) = waits::of_project(look, facts, tree, project) {
        return Fact::Unknown(why);
    }
    let args = ["list", "-mod=readonly", "-deps", "-f", "{{if false}}{{end}}", "./..."];
    let mut ask = super::go::ask_in(&project.dir, tree, &args, &facts.here);
    ask.limit_ms = PATIENCE_MS;
    let answer = look.run(&ask);
    if answer.here().is_some_and(|it| it.timed_out) {
        return Fact::Unknown(
            text!("why-no-answer", program = tree.go(), seconds = PATIENCE_MS / 1000).into(),
        );
    }
    answer.map(|answer: Answer| {
        let said = answer.err();
        let line = said.lines().find(|it| it.contains("missing go.sum entry")).map(|it| it.trim().to_owned());
        line.filter(|_| !answer.ok())
    })
}

fn walk(look: &dyn Look, dir: &Path, front: &str, into: &mut Vec<String>) {
    for name in look.list(dir).into_here().unwrap_or_default() {
        let (path, shown) = (dir.join(&name), format!("{front}{name}"));
        match links::resolve(look, &path).into_here().map(|it| it.1.kind) {
            Some(Kind::Dir) if look.stat(&path).here().is_some_and(|it| it.kind == Kind::Link) => {}
            Some(Kind::Dir) => walk(look, &path, &format!("{shown}/"), into),
            _ => into.push(shown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    fn asked(machine: &Machine, facts: &Facts, hash: &str, files: &Result<Vec<GoFile>, Why>) -> Deep {
        let published = Published {
            module: &|_, _| Err(Why::System("offline".into())),
            standings: &|all| all.iter().map(|_| Standing::Open(text!("trust-offline"))).collect(),
            go: &|_| Ok(("go@1/".to_owned(), hash.to_owned())),
            files: &|_| files.clone(),
            told: &|_| (),
        };
        probe(machine, facts, &fixture::want().target, &published)
    }

    fn crc(text: &str) -> u32 {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        crc.sum()
    }

    fn go(files: &[(&str, &str)]) -> Machine {
        files
            .iter()
            .fold(Machine::linux(), |it, (name, text)| it.file(&format!("/usr/local/go/{name}"), *text))
    }

    fn published() -> (String, Vec<GoFile>) {
        let files = [
            ("VERSION", "go1.27.4"),
            ("bin/go", "program"),
            ("go.env", "GOPROXY=direct"),
            ("src/_go.mod", "module std"),
        ];
        let mut listing = Listing::new();
        for (name, text) in files {
            listing.add(format!("go@1/{name}"), Digest::of(text.as_bytes())).expect("once");
        }
        let file = |(name, text): (&str, &str)| GoFile {
            name: name.replace("_go.mod", "go.mod"),
            size: text.len() as u64,
            crc: crc(text),
        };
        (listing.finish().to_string(), files.into_iter().map(file).collect())
    }

    #[test]
    fn a_go_is_whole_by_its_hash_and_what_differs_is_named() {
        let facts = fixture::healthy();
        let (hash, files) = published();
        let settings = ("go.env", "GOPROXY=direct");
        let whole = [
            ("VERSION", "go1.27.4"),
            ("bin/go", "program"),
            ("src/go.mod", "module std"),
            ("doc/x", ""),
            settings,
        ];
        let seen = |machine: &Machine| asked(machine, &facts, &hash, &Ok(files.clone())).go;
        assert_eq!(seen(&go(&whole)), Fact::Here(vec![]));
        let by_hand =
            [("VERSION", "go1.27.4"), ("bin/go", "program"), ("src/_go.mod", "module std"), settings];
        assert_eq!(seen(&go(&by_hand)), Fact::Here(vec![]));
        let added = [&whole[..], &[("bin/mine", "x")]].concat();
        assert_eq!(seen(&go(&added)), Fact::Here(vec![]), "what somebody added is no damage");
        let set = [&whole[..4], &[("go.env", "GOPROXY=https://goproxy.example")]].concat();
        assert_eq!(seen(&go(&set)), Fact::Here(vec![]), "settings are there to be set");
        let garbled = [("VERSION", "go1.27.4"), ("bin/go", "pr?gram"), settings];
        assert_eq!(seen(&go(&garbled)), Fact::Here(vec!["bin/go".into(), "src/go.mod".into()]));
        let offline = asked(&go(&garbled), &facts, &hash, &Err(Why::System("offline".into()))).go;
        assert_eq!(offline, Fact::Unknown(Why::System("offline".into())));
    }

    #[test]
    fn a_go_of_the_systems_packages_is_not_held_against_what_was_published() {
        let mut facts = fixture::healthy();
        facts.go.trees[0].root = "/usr/lib/go-1.27".into();
        assert_eq!(asked(&Machine::linux(), &facts, "", &Ok(vec![])).go, Fact::Absent);
    }

    #[test]
    fn an_entry_of_the_build_cache_is_what_its_name_says() {
        let mut facts = fixture::healthy();
        facts.modules.build_cache = Some("/root/.cache/go-build".into());
        let name = |text: &str| format!("{}-d", Digest::of(text.as_bytes()));
        let (good, bad) = (name("object"), name("other"));
        let machine = Machine::linux()
            .file(&format!("/root/.cache/go-build/aa/{good}"), "object")
            .file(&format!("/root/.cache/go-build/ab/{bad}"), "")
            .file(&format!("/root/.cache/go-build/ab/{}", bad.replace("-d", "-a")), "index")
            .file("/root/.cache/go-build/README", "x");
        assert_eq!(
            asked(&machine, &facts, "", &Ok(vec![])).builds,
            Fact::Here(vec![Path::new("ab").join(bad)])
        );
    }

    #[test]
    fn a_module_is_hashed_whatever_its_times_say() {
        let mut facts = fixture::with_project("2.8.1");
        let sums = "example.org/a v1.0.0 h1:published=\nexample.org/b v1.0.0 h1:x=\n";
        fixture::project(&mut facts).sums = Fact::Here(crate::facts::gosum::parse(sums));
        let machine = Machine::linux().file("/root/go/pkg/mod/example.org/a@v1.0.0/a.go", "package a");
        let deep = asked(&machine, &facts, "", &Ok(vec![]));
        assert_eq!(deep.modules, Fact::Here(1));
        assert_eq!(
            deep.spoiled.iter().map(|it| it.module.as_str()).collect::<Vec<_>>(),
            ["example.org/a@v1.0.0"]
        );
    }

    #[test]
    fn lines_that_go_lacks_are_told_in_its_words() {
        let facts = fixture::with_project("2.8.1");
        let said = "x.go:1:2: missing go.sum entry for module providing package golang.org/x/image/font\n";
        let go = "/usr/local/go/bin/go";
        let machine = Machine::linux().answer(go, "list -buildvcs=false -mod=readonly", 1, "", said);
        assert_eq!(asked(&machine, &facts, "", &Ok(vec![])).sums, Fact::Here(Some(said.trim().to_owned())));
        let fine = Machine::linux().answer(go, "list -buildvcs=false -mod=readonly", 0, "", "");
        assert_eq!(asked(&fine, &facts, "", &Ok(vec![])).sums, Fact::Here(None));
    }
}
