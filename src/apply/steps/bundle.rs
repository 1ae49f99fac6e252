//! What steps do otherwise while a bundle stands in the place of the network: `go` is told of the bundle's modules alone,
//! the package manager of its packages alone, and the build cache that may be in it is laid where Go looks for its own.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use url::Url;

use super::StepContext;
use super::build::Dirs;
use crate::action::{Action, Plan};
use crate::bundle::list::NAME;
use crate::bundle::{BuildCache, List};
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::fetch::name::SafeName;
use crate::fetch::sources::{BUNDLE_PROXY, Build};
use crate::fetch::tar::{self, TarError};
use crate::packages::{self, PackageManager, STATE};
use crate::probe::go::processor;
use crate::system::{Ask, Disk, Environment, Look, System};
use crate::text::Text;

pub(super) mod fill;

/// The build cache in a bundle, and the folder that everything in it stands below.
pub const CACHE: (&str, &str) = ("cache/go-build.tar.gz", "go-build/");
/// How long the manager may take to read the list.
const LISTS_MS: u64 = 120_000;

/// GOPROXY for children: the bundle's modules. `None` for a path that no URL names.
pub fn goproxy(dir: &Path) -> Option<String> {
    Url::from_file_path(dir.join(BUNDLE_PROXY)).ok().map(|it| it.to_string())
}

/// The bundle, where it has packages for this machine and the manager can take them out of it.
fn with_packages(system: System<'_>, manager: &dyn PackageManager) -> Option<PathBuf> {
    let dir = system.net.bundle().filter(|_| manager.bundling().is_some())?;
    system.look.stat(&dir.join(STATE)).is_here().then(|| dir.to_path_buf())
}

/// A command of the manager's as it is while a bundle is used: it sees the bundle's packages alone.
pub(in crate::apply) fn only_from(
    system: System<'_>,
    manager: &dyn PackageManager,
    command: Vec<String>,
) -> Vec<String> {
    match with_packages(system, manager) {
        Some(dir) => packages::only_from(manager, &dir, command),
        None => command,
    }
}

/// Has the manager read the list of the bundle's packages, before anything is planned by it. Needs no rights: what it reads
/// and writes is ours.
pub fn read_packages(system: System<'_>, dir: &Path, manager: &dyn PackageManager) -> Result<(), Failure> {
    let Some(how) = manager.bundling() else { return Ok(()) };
    let (packages, state) = (dir.join(how.folder()), dir.join(STATE));
    let (places, files) = how.told(&packages.to_string_lossy());
    for below in places {
        system.disk.make_dir(&state.join(below), 0o755)?;
    }
    for (name, text) in files {
        system.disk.write(&state.join(name), text.as_bytes(), Some(0o644))?;
    }
    let Some(command) = how.read(&packages.to_string_lossy(), &state.to_string_lossy()) else {
        return Ok(());
    };
    let ask = Ask {
        program: command[0].clone().into(),
        args: command[1..].to_vec(),
        env: Environment::fixed(&manager.environment()),
        dir: "/".into(),
        limit_ms: LISTS_MS,
        ..Ask::default()
    };
    let failed = |said: String| {
        let message = text!("bundle-packages-unread", manager = manager.name(), said = said.trim());
        Failure::new(Code::BundleUnfit, message)
    };
    match system.look.run(&ask) {
        Fact::Here(answer) if answer.ok() => Ok(()),
        Fact::Here(answer) => Err(failed(answer.err())),
        Fact::Absent => Err(failed(ask.program.display().to_string())),
        Fact::Unknown(why) => Err(failed(why.to_string())),
    }
}

/// Refuses a plan that needs packages where the bundle has none for this machine: nobody else is asked.
pub fn has_what(system: System<'_>, plan: &Plan) -> Result<(), Failure> {
    plan.steps.iter().try_for_each(|step| match &step.action {
        Action::InstallPackages { manager, names } | Action::ReinstallPackages { manager, names } => {
            allowed(system, packages::by_name(manager), &names.join(" "))
        }
        // Microsoft and Apple hand these out themselves.
        Action::ModifyVisualStudio { .. } => allowed(system, None, "Visual Studio"),
        Action::InstallCommandLineTools => allowed(system, None, "Command Line Tools"),
        _ => Ok(()),
    })
}

/// The same before a step that would have the manager fetch something.
pub(super) fn allowed(
    system: System<'_>,
    manager: Option<&'static dyn PackageManager>,
    names: &str,
) -> Result<(), Failure> {
    if system.net.bundle().is_none() || manager.is_some_and(|it| with_packages(system, it).is_some()) {
        return Ok(());
    }
    let message = text!("bundle-no-packages", names = names);
    Err(Failure::new(Code::BundleUnfit, message).hint(text!("bundle-no-packages-hint")))
}

/// The list of the bundle that lies here.
fn list(look: &dyn Look, dir: &Path) -> Option<List> {
    look.read(&dir.join(NAME)).into_here().and_then(|it| List::read(&it).ok())
}

/// Why the build cache of a bundle is of no use here.
fn unfit(cache: &BuildCache, list: &List, here: &Here<'_>) -> Option<Text> {
    let differs = |what: &'static str, has: &str, is: &str| {
        (has != is).then(|| text!("bundle-cache-differs", what = what, has = has, here = is))
    };
    differs("GOMODCACHE", &cache.modules, here.modules)
        .or_else(|| differs("GOOS-GOARCH", &cache.target, here.target))
        .or_else(|| differs("Go", &list.go.to_string(), here.go))
        .or_else(|| differs("fyne/v2", &list.fyne.to_string(), here.fyne))
}

/// What decides whether Go would find anything in a cache.
struct Here<'a> {
    modules: &'a str,
    target: &'a str,
    go: &'a str,
    fyne: &'a str,
}

/// Lays the build cache of the bundle, where one is in it, so that Go's first build finds everything compiled. Where Go
/// would not find it, that is said, and everything is compiled as ever. The first step that asks does it, and others wait.
pub(super) fn lay_cache(site: &StepContext<'_>, dirs: &Dirs) -> Result<(), Failure> {
    let Some(dir) = site.system.net.bundle() else { return Ok(()) };
    let mut laid = site.cache_laid.lock().unwrap_or_else(PoisonError::into_inner);
    if !*laid {
        lay_cache_of(dir, site, dirs)?;
        *laid = true;
    }
    Ok(())
}

fn lay_cache_of(dir: &Path, site: &StepContext<'_>, dirs: &Dirs) -> Result<(), Failure> {
    let list = list(site.system.look, dir);
    let Some((list, cache)) = list.and_then(|it| Some((it.clone(), it.cache?))) else { return Ok(()) };
    let identity = site.system.look.identity();
    let target = &site.plan.want.target;
    let build = Build::of(target.go, &identity.os, &processor(site.system.look));
    let here = Here {
        modules: &dirs.modules.to_string_lossy(),
        target: &format!("{}-{}", build.os, build.arch),
        go: &target.go.to_string(),
        fyne: &target.fyne.to_string(),
    };
    if let Some(why) = unfit(&cache, &list, &here) {
        site.events.note(&text!("bundle-cache-skipped", why = why));
        return Ok(());
    }
    let file = site.system.disk.open(&dir.join(CACHE.0))?;
    let laid = tar::read(file, CACHE.1, |name, _, from| lay(site.system.disk, &dirs.builds, &name, from));
    laid.map_err(|error| match error {
        TarError::Taker(error) => error.into(),
        TarError::Archive(why) => crate::bundle::list::refused(why.text()),
        TarError::Read(error) => DiskError::new(dir.join(CACHE.0), &error).into(),
    })
}

/// One entry of the cache. What is there already is Go's own.
fn lay(disk: &dyn Disk, builds: &Path, name: &SafeName, from: &mut dyn Read) -> Result<(), DiskError> {
    let path = builds.join(name.as_str());
    if let Some(dir) = path.parent() {
        disk.make_dir(dir, 0o755)?;
    }
    match disk.create(&path, 0o644) {
        Ok(mut file) => io::copy(from, &mut file).map(drop).map_err(|it| DiskError::new(&path, &it)),
        Err(_) => io::copy(from, &mut io::sink()).map(drop).map_err(|it| DiskError::new(&path, &it)),
    }
}

#[cfg(test)]
mod tests;
