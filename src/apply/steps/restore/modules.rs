//! Spoiled modules of the module cache. Each is fetched into staging by the Go of this run, from the cache's own download
//! if that is good, else as the user's GOPROXY says; its hash is confirmed by us; then only the files that differ are
//! laid. Other modules are not touched, and what was edited is kept under its own name: people edit caches while they
//! look for a fault.

use std::path::{Path, PathBuf};

use super::{Pair, Prepared, StepContext, Tree, Wrong};
use crate::apply::steps::build;
use crate::digest::Digest;
use crate::failure::{Code, Failure};
use crate::fetch::sumdb::{Client, SumdbError};
use crate::journal::undo::{Undo, before_write};
use crate::probe::modules::whole::{self, Known};
use crate::system::Kind;
use crate::version::ModuleVersion;

/// The files of a download that have to go together.
const DOWNLOADS: [&str; 4] = ["info", "mod", "zip", "ziphash"];

/// A module whose proven copy lies in staging.
struct Fetched {
    module: ModuleVersion,
    /// The proven copy of the unpacked files.
    proven: PathBuf,
    /// Where they belong, if they are unpacked there.
    root: PathBuf,
    wrong: Vec<Wrong>,
    /// Downloads that are missing or differ: where they belong, and what they should be.
    downloads: Vec<(PathBuf, Vec<u8>)>,
}

/// Restores modules.
pub fn modules<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    modules: &'s [ModuleVersion],
) -> Result<Prepared<'s>, Failure> {
    let look = site.system.look;
    let staging = site.places.staging().join(format!("modules-{}", look.monotonic_ms()));
    let (mut fetched, mut undo) = (Vec::new(), Vec::new());
    for module in modules {
        let one = fetch(id, site, &staging, module)?;
        undo.extend(one.undo(site)?);
        fetched.push(one);
    }
    Ok(Prepared::new(undo, move || fetched.iter().try_for_each(|it| it.place(site))))
}

fn fetch(
    id: u32,
    site: &StepContext<'_>,
    staging: &Path,
    module: &ModuleVersion,
) -> Result<Fetched, Failure> {
    let look = site.system.look;
    let cache = build::module_cache(site);
    let (path, version) = (module.path(), module.version());
    // What is in the cache may be good enough; where it is not, it is asked for again.
    let tried = build::fetch_module(id, site, &staging.join("near"), module, Some(&cache));
    let (from, got) = match tried {
        Ok(()) => (staging.join("near"), Ok(())),
        Err(_) => (staging.join("far"), build::fetch_module(id, site, &staging.join("far"), module, None)),
    };
    got?;
    let proven = whole::directory(&from, path, version);
    confirm(site, module, &proven)?;
    let root = whole::directory(&cache, path, version);
    let wrong = if look.stat(&root).is_absent() {
        Vec::new()
    } else {
        Pair { tree: Tree::Module, system: site.system, proven: &proven, root: &root, extra: &[] }
            .compare()?
            .wrong
    };
    let differing = |kind: &&str| {
        let (good, at) =
            (whole::download(&from, path, version, kind), whole::download(&cache, path, version, kind));
        let good = look.read(&good).into_here()?;
        (look.read(&at).into_here().as_ref() != Some(&good)).then_some((at, good))
    };
    let mut downloads: Vec<_> = DOWNLOADS.iter().filter_map(differing).collect();
    // `info` says where a version came from, in the words of whoever was asked: another one is no fault.
    downloads.retain(|(at, _)| at.extension().is_none_or(|it| it != "info") || look.stat(at).is_absent());
    Ok(Fetched { module: module.clone(), proven, root, wrong, downloads })
}

/// Whether what was fetched is what was published: by the checksum database, or, where that cannot be asked now, by the
/// hash that our own or the project's go.sum has.
fn confirm(site: &StepContext<'_>, module: &ModuleVersion, proven: &Path) -> Result<(), Failure> {
    let (path, version) = (module.path(), module.version());
    let found = whole::tree_hash(site.system.look, proven, module.as_str()).unwrap_or_default();
    let client = Client::for_proxies(site.system, &site.places.sumdb(), &build::goproxy(site));
    let should = match client.offline(site.plan.want.offline).lookup(path, version) {
        Ok(sum) => sum.get().zip.to_string(),
        Err(why @ (SumdbError::Offline { .. } | SumdbError::Fetch(_))) => {
            let known = Known::of(site.facts).sum(path, version).map(str::to_owned);
            known.ok_or_else(|| Failure::from(why))?
        }
        Err(why) => return Err(why.into()),
    };
    if found == should {
        return Ok(());
    }
    let message = text!("apply-module-differs", module = module, found = found, should = should);
    Err(Failure::new(Code::TrustChecksum, message).hint(text!("build-checksum.hint")))
}

impl Fetched {
    fn pair<'a>(&'a self, site: &'a StepContext<'a>) -> Pair<'a> {
        Pair { tree: Tree::Module, system: site.system, proven: &self.proven, root: &self.root, extra: &[] }
    }

    /// Where what was edited is kept, under its own name.
    fn kept(&self, site: &StepContext<'_>) -> PathBuf {
        site.places.backups().join("modules").join(self.module.as_str())
    }

    fn undo(&self, site: &StepContext<'_>) -> Result<Vec<Undo>, Failure> {
        let (look, disk, backups) = (site.system.look, site.system.disk, site.places.backups());
        let mut undo = self.pair(site).undo(&backups, &self.wrong)?;
        for it in self.wrong.iter().filter(|it| it.was == Some(Kind::File)) {
            let Some(bytes) = look.read(&self.root.join(&it.name)).into_here() else { continue };
            let at = self.kept(site).join(&it.name);
            disk.make_dir(at.parent().unwrap_or(&backups), 0o700)?;
            disk.write(&at, &bytes, Some(0o600))?;
        }
        for (at, bytes) in &self.downloads {
            // A download is a cache's: what was bad of it is not worth keeping, but what is absent stays told apart.
            let made = before_write(look, disk, &backups, at, Digest::of(bytes))?;
            undo.extend(made.into_iter().filter(|it| !matches!(it, Undo::RemoveDir { .. })));
        }
        Ok(undo)
    }

    fn place(&self, site: &StepContext<'_>) -> Result<(), Failure> {
        let disk = site.system.disk;
        for (at, bytes) in &self.downloads {
            disk.make_dir(at.parent().unwrap_or(at), 0o755)?;
            disk.write(at, bytes, Some(0o644))?;
        }
        self.pair(site).place(&self.wrong)?;
        if self.wrong.iter().any(|it| it.was.is_some()) {
            site.events.note(&text!("apply-module-kept", module = &self.module, dir = self.kept(site)));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Scope;
    use crate::apply::stand::Stand;
    use crate::checks::fixture;
    use crate::system::fake::{Machine, Scripted};

    #[test]
    fn of_a_module_that_is_not_unpacked_only_the_downloads_are_laid() {
        let stand = Stand::new(Machine::linux().file("/p/x.go", "published"));
        let zip = PathBuf::from("/root/go/pkg/mod/cache/download/x/@v/v1.zip");
        let fetched = Fetched {
            module: "golang.org/x/image@v0.24.0".parse().expect("a module"),
            proven: "/p".into(),
            root: "/root/go/pkg/mod/x@v1".into(),
            wrong: vec![],
            downloads: vec![(zip.clone(), b"good".to_vec())],
        };
        let plan = crate::plan::make(&[], &stand.facts, &stand.want, fixture::known(), Scope::Repair);
        let children = Scripted::on(&stand.living);
        stand.with(&children, &plan, |site| fetched.place(site)).expect("there is nothing else to lay");
        assert_eq!(stand.living.text(&zip).as_deref(), Some("good"));
    }

    #[test]
    fn of_a_module_what_a_person_edited_is_kept_under_its_name_and_nothing_else() {
        let machine = Machine::linux()
            .file("/p/edited.go", "published")
            .file("/p/linked.go", "published too")
            .file("/p/missing.go", "published as well")
            .file("/m/edited.go", "edited")
            .file("/m/mine/added.go", "added")
            .file("/elsewhere.go", "somebody's")
            .link("/m/linked.go", "/elsewhere.go");
        let stand = Stand::new(machine);
        let wrong = |name: &str, was, extra| Wrong { name: name.into(), was, extra };
        let fetched = Fetched {
            module: "golang.org/x/image@v0.24.0".parse().expect("a module"),
            proven: "/p".into(),
            root: "/m".into(),
            wrong: vec![
                wrong("edited.go", Some(Kind::File), false),
                wrong("linked.go", Some(Kind::Link), false),
                wrong("mine/added.go", Some(Kind::File), true),
                wrong("missing.go", None, false),
            ],
            downloads: vec![],
        };
        let plan = crate::plan::make(&[], &stand.facts, &stand.want, fixture::known(), Scope::Repair);
        let children = Scripted::on(&stand.living);
        let kept = stand.with(&children, &plan, |site| {
            fetched.undo(site).expect("the disk is writable");
            fetched.kept(site)
        });
        assert!(kept.ends_with("backups/modules/golang.org/x/image@v0.24.0"), "{kept:?}");
        let text = |name: &str| stand.living.text(kept.join(name));
        assert_eq!(stand.living.below(&kept), ["edited.go", "mine/", "mine/added.go"]);
        assert_eq!((text("edited.go"), text("mine/added.go")), (Some("edited".into()), Some("added".into())));
    }
}
