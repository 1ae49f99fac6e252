//! What a project's lock file has the hash of is what the checksum database has under that name, or it is not installed. All
//! that a step downloads is held against that database, so this holds the lock against what came.

use super::{StepContext, build};
use crate::action::Action;
use crate::failure::Failure;
use crate::fetch::sources::Build;
use crate::fetch::sumdb::Client;
use crate::lockfile::{self, FYNE, TOOLCHAIN};
use crate::probe::go::processor;
use crate::probe::modules::whole;
use crate::version::ModuleVersion;

/// Refuses what has another hash than the lock names for it, before anything of it is downloaded.
pub(super) fn refuse(site: &StepContext<'_>, action: &Action) -> Result<(), Failure> {
    let Some(locked) = &site.plan.want.locked else { return Ok(()) };
    let Some(module) = module(site, action) else { return Ok(()) };
    let Some(should) = locked.hashes.get(module.as_str()) else { return Ok(()) };
    let found = published(site, action, &module)?;
    if found == *should {
        return Ok(());
    }
    Err(lockfile::wrong_hash(module.as_str(), should, &found, &locked.file, None))
}

/// The module that an action brings.
fn module(site: &StepContext<'_>, action: &Action) -> Option<ModuleVersion> {
    match action {
        Action::InstallGo { version, .. } | Action::RestoreGo { version, .. } => {
            let look = site.system.look;
            let build = Build::of(*version, &look.identity().os, &processor(look));
            format!("{TOOLCHAIN}@{}", build.module_version()).parse().ok()
        }
        Action::InstallCli { module, .. } => Some(lockfile::cli_module(module)),
        Action::DownloadModules { fyne } => Some(ModuleVersion::of(FYNE, fyne)),
        _ => None,
    }
}

/// Its hash. A library that lies in the module cache was held against the checksum database when it came there, by Go, which
/// wrote down what it found.
fn published(site: &StepContext<'_>, action: &Action, module: &ModuleVersion) -> Result<String, Failure> {
    let (path, version) = (module.path(), module.version());
    if matches!(action, Action::DownloadModules { .. }) {
        let kept = whole::download(&build::module_cache(site), path, version, "ziphash");
        if let Some(hash) = site.system.look.read_text(&kept).into_here() {
            return Ok(String::from_utf8_lossy(&hash).trim().to_owned());
        }
    }
    let client = Client::for_proxies(site.system, &site.places.sumdb(), &build::goproxy(site));
    let sum = client.offline(site.plan.want.offline).lookup(path, version)?;
    Ok(sum.get().zip.to_string())
}
