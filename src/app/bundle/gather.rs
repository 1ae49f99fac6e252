//! What a bundle holds for `go`: modules as a module proxy serves them, Go itself among them, and the proofs of the checksum
//! database. `go` fetches the modules with the very commands that an installation gives it, so that none is missing.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::making::Making;
use crate::app::survey::BUNDLE_MANIFEST;
use crate::apply::steps::build::module_source;
use crate::bundle::BundleNet;
use crate::bundle::list::plain;
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::fetch::download::{Limits, Stream};
use crate::fetch::error::of_sources;
use crate::fetch::go::unpack;
use crate::fetch::sources::{ArchiveKind, BUNDLE_PROXY, Build, Source, TOOLCHAIN, sources};
use crate::fetch::sumdb::Client;
use crate::fetch::sumdb::bundled::BELOW_PROXY;
use crate::fetch::{Quiet, zip};
use crate::gather::Order as _;
use crate::prove::build::GoBuild;
use crate::system::{Kind, Look, System};

/// How long a source of Go has to say its first byte.
const FIRST_BYTE: std::time::Duration = std::time::Duration::from_secs(10);

/// The modules of the fyne command, of fyne/v2 and of these projects.
pub(super) fn modules(making: &Making<'_>, projects: &[PathBuf]) -> Result<(), Failure> {
    making.say(&text!("bundle-making-modules"));
    let (cache, builds) = (making.work.join("mod"), making.work.join("go-build"));
    making.with_go(&cache, &builds, |go| {
        go.download_modules()?;
        go.confirm_modules()?;
        let staged = go.install_cli(&making.want.target.cli, false)?;
        go.discard(&staged);
        projects.iter().enumerate().try_for_each(|(number, dir)| project(making, go, number, dir))
    })?;
    let (downloads, proxy) = (cache.join("cache/download"), making.tree.join(BUNDLE_PROXY));
    let disk = making.system.disk;
    // What `go` keeps of the database there is of this hour; what goes into the bundle is made below.
    disk.remove_tree(&downloads.join("sumdb"))?;
    disk.make_dir(&making.tree, 0o700)?;
    Ok(disk.rename(&downloads, &proxy)?)
}

/// The modules of a project, by a go.mod and go.sum of ours in the place of its own.
fn project(making: &Making<'_>, go: &GoBuild<'_>, number: usize, dir: &Path) -> Result<(), Failure> {
    let (look, disk) = (making.system.look, making.system.disk);
    let ours = making.work.join(format!("project-{number}"));
    disk.make_dir(&ours, 0o700)?;
    let no_project = || {
        let failure = Failure::new(Code::UsageNoProject, text!("usage-no-project", dir = dir));
        failure.hint(text!("usage-no-project-hint"))
    };
    let text = look.read_text(&dir.join("go.mod")).into_here().ok_or_else(no_project)?;
    let mod_file = ours.join("go.mod");
    disk.write(&mod_file, &text, Some(0o600))?;
    if let Fact::Here(sums) = look.read_text(&dir.join("go.sum")) {
        disk.write(&ours.join("go.sum"), &sums, Some(0o600))?;
    }
    go.list_project(dir, &mod_file, "")
}

/// Go for each platform, as the zip of its module.
pub(super) fn gos(making: &Making<'_>, builds: &[Build]) -> Result<(), Failure> {
    let goproxy = module_source(making.system.look, Some(making.want), &making.facts.here, Some(making.go));
    for build in builds {
        let target = format!("{}-{}", build.os, build.arch);
        making.say(&text!("bundle-making-go", version = build.version, target = &target));
        let all = sources(&[], &goproxy, &making.known.mirrors, &build.os);
        let mut tried = Vec::new();
        for source in all.iter().filter(|it| it.kind == ArchiveKind::Module) {
            match zip_of(making, source, build)? {
                None => break,
                Some(error) => tried.push((source.name(), error)),
            }
        }
        let what = format!("Go {} {target}", build.version);
        let there = making.system.look.stat(&zip_path(making, build)).is_here();
        if !there {
            let none = || Failure::new(Code::BundleMake, text!("bundle-no-source", what = what.clone()));
            let told = |why| text!("fetch-no-source", what = what.clone(), tried = why);
            return Err(of_sources(told, tried).unwrap_or_else(none));
        }
    }
    Ok(())
}

/// Where the zip of a Go lies in the bundle.
fn zip_path(making: &Making<'_>, build: &Build) -> PathBuf {
    making.tree.join(BUNDLE_PROXY).join(TOOLCHAIN).join("@v").join(format!("{}.zip", build.module_version()))
}

/// Fetches a zip from one source; why not, where it does not have it. It is verified later, with its proof.
fn zip_of(
    making: &Making<'_>,
    source: &Source,
    build: &Build,
) -> Result<Option<crate::fetch::FetchError>, Failure> {
    let limits = Limits { size: zip::LARGEST, first_byte: FIRST_BYTE };
    let downloads = making.places.cache.join("downloads");
    let stream = Stream::open(making.system, &downloads, &source.url(build), limits, &Quiet);
    let (kept, mut bytes) = match stream.and_then(Stream::into_parts) {
        Ok(it) => it,
        Err(error) if error.is_ours() => return Err(error.into()),
        Err(error) => return Ok(Some(error)),
    };
    let path = zip_path(making, build);
    let disk = making.system.disk;
    disk.make_dir(path.parent().unwrap_or(&making.tree), 0o700)?;
    copy(&mut bytes, &mut disk.create(&path, 0o600)?, &path)?;
    let _ = kept.remove();
    Ok(None)
}

/// Copies to a file of ours.
pub(super) fn copy(from: &mut dyn Read, to: &mut dyn Write, path: &Path) -> Result<u64, DiskError> {
    let copied = io::copy(from, to).and_then(|it| to.flush().map(|()| it));
    copied.map_err(|it| DiskError::new(path, &it))
}

/// The proofs of all modules, and a trial of each Go with what is in the bundle alone.
pub(super) fn proofs(making: &Making<'_>, builds: &[Build]) -> Result<(), Failure> {
    making.say(&text!("bundle-making-proofs"));
    let proxy = making.tree.join(BUNDLE_PROXY);
    let mut modules = Vec::new();
    named(making.system.look, &proxy, "", &mut modules);
    modules.extend(builds.iter().map(|it| (TOOLCHAIN.to_owned(), it.module_version())));
    modules.order_by(Ord::cmp);
    modules.dedup();
    let goproxy = module_source(making.system.look, Some(making.want), &making.facts.here, Some(making.go));
    let client = Client::for_proxies(making.system, &making.places.sumdb(), &goproxy);
    let disk = making.system.disk;
    for (name, bytes) in client.served(&modules)? {
        let path = proxy.join(BELOW_PROXY).join(name);
        disk.make_dir(path.parent().unwrap_or(&proxy), 0o700)?;
        copy(&mut bytes.as_slice(), &mut disk.create(&path, 0o600)?, &path)?;
    }
    builds.iter().try_for_each(|it| tried(making, it))
}

/// Unpacks a Go as an installation from the bundle would, and throws it away: then it and its proof are whole.
fn tried(making: &Making<'_>, build: &Build) -> Result<(), Failure> {
    let System { look, disk, .. } = making.system;
    let net = BundleNet::new(look, disk, &making.tree);
    let system = System { net: &net, ..making.system };
    let client = Client::for_proxies(system, &making.work.join("sumdb"), "");
    let sums = |path: &str, version: &str| client.lookup(path, version).map_err(Failure::from);
    let staged = unpack(system, making.places, &[Source::bundle()], build, &sums, &Quiet, "bundle")?;
    Ok(disk.remove_tree(staged.root())?)
}

/// The modules of a proxy's folder, by the `go.mod` of each.
fn named(look: &dyn Look, proxy: &Path, below: &str, into: &mut Vec<(String, String)>) {
    let dir = proxy.join(below);
    for name in look.list(&dir).into_here().unwrap_or_default() {
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let is_dir = look.stat(&dir.join(&name)).into_here().is_some_and(|it| it.kind == Kind::Dir);
        match (below.strip_suffix("/@v"), name.strip_suffix(".mod")) {
            (Some(module), Some(version)) => into.push((plain(module), plain(version))),
            _ if is_dir => named(look, proxy, &path, into),
            _ => {}
        }
    }
}

/// The manifest in use, where it was fetched: with its signatures, and the list of keys that they rest on.
pub(super) fn manifest(making: &Making<'_>) -> Result<(), Failure> {
    let (look, disk, kept) = (making.system.look, making.system.disk, making.places.manifest());
    let files = ["keys.json", "manifest.json"].map(|it| Some((it, look.read(&kept.join(it)).into_here()?)));
    let [Some(keys), Some(manifest)] = files else { return Ok(()) };
    let dir = making.tree.join(BUNDLE_MANIFEST);
    disk.make_dir(&dir, 0o700)?;
    for (name, bytes) in [keys, manifest] {
        disk.write(&dir.join(name), &bytes, Some(0o600))?;
    }
    Ok(())
}

/// fyne-setup itself.
pub(super) fn program(making: &Making<'_>) -> Result<(), Failure> {
    let disk = making.system.disk;
    let identity = making.system.look.identity();
    let name = if identity.os == "windows" { "fyne-setup.exe" } else { "fyne-setup" };
    let path = making.tree.join("program").join(name);
    disk.make_dir(&making.tree.join("program"), 0o700)?;
    copy(&mut disk.open(&identity.executable)?, &mut disk.create(&path, 0o600)?, &path)?;
    Ok(())
}
