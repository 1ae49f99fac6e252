//! The modules of projects that a bundle was made for: all of them go into the module cache, so that the projects build
//! where there is no network. Zips by `go` itself, which asks the checksum database in the bundle; a `go.mod` that stands
//! without a zip, because it only decides versions, by its hash in that database.

use std::io::Write as _;
use std::path::Path;

use crate::apply::steps::StepContext;
use crate::bundle::list::Listed;
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::failure::Failure;
use crate::fetch::sources::BUNDLE_PROXY;
use crate::fetch::sumdb::Client;
use crate::system::{Disk, Look};
use crate::trust::dirhash::H1;

/// Has `go` download these modules (`path@version`).
pub(in crate::apply::steps) type Download<'a> = dyn Fn(&[String]) -> Result<(), Failure> + 'a;

/// Fills the module cache with what the bundle has for projects.
pub(in crate::apply::steps) fn modules(
    site: &StepContext<'_>,
    cache: &Path,
    download: &Download<'_>,
) -> Result<(), Failure> {
    let Some(dir) = site.system.net.bundle() else { return Ok(()) };
    let Some(list) = super::list(site.system.look, dir).filter(|it| it.projects) else { return Ok(()) };
    let modules = list.modules();
    let whole: Vec<String> =
        modules.iter().filter(|it| it.has_zip).map(|it| format!("{}@{}", it.path, it.version)).collect();
    download(&whole)?;
    let bare: Vec<&Listed> = modules.iter().filter(|it| !it.has_zip).collect();
    let pairs: Vec<_> = bare.iter().map(|it| (it.path.clone(), it.version.clone())).collect();
    let client = Client::for_proxies(site.system, &site.places.sumdb(), "");
    let sums = client.lookup_all(&pairs)?;
    let (look, disk) = (site.system.look, site.system.disk);
    for (module, sum) in bare.into_iter().zip(sums) {
        let bytes = look.read(&dir.join(BUNDLE_PROXY).join(&module.go_mod)).into_here().unwrap_or_default();
        // What differs is not laid: `go` asks for it when it needs it, and says why it cannot have it.
        if sum.get().go_mod == Some(H1::of_go_mod(&bytes)) {
            lay(look, disk, &cache.join("cache/download").join(&module.go_mod), &bytes)?;
        }
    }
    Ok(())
}

/// One file of the downloads, where it is not there yet.
fn lay(look: &dyn Look, disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    if !matches!(look.stat(path), Fact::Absent) {
        return Ok(());
    }
    if let Some(dir) = path.parent() {
        disk.make_dir(dir, 0o755)?;
    }
    disk.create(path, 0o644)?.write_all(bytes).map_err(|it| DiskError::new(path, &it))
}
