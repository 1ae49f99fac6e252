//! Go's build cache of a bundle: built here from nothing, for the module cache at one path, so that whoever has the same Go,
//! compiler, Fyne and path compiles nothing. The times in it are taken out: what is compiled the same is the same.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::making::Making;
use crate::apply::steps::bundle::CACHE;
use crate::bundle::BuildCache;
use crate::bundle::archive::Writer;
use crate::disk_error::DiskError;
use crate::failure::{Code, Failure};
use crate::fetch::sources::Build;
use crate::gather::Gather as _;
use crate::prove::build::GoBuild;
use crate::system::{Kind, Look};

/// The bytes of an index entry's time, which ends it: `v1 ACTION OUTPUT SIZE TIME`.
const TIME: usize = 21;

/// Builds it for the module cache at `modules`, and packs it.
pub(super) fn built(making: &Making<'_>, modules: &Path) -> Result<BuildCache, Failure> {
    making.say(&text!("bundle-making-cache", modules = modules));
    let compiler = making.facts.native.compiler.version.clone().ok_or_else(|| {
        Failure::new(Code::BundleMake, text!("bundle-no-compiler")).hint(text!("bundle-not-ready-hint"))
    })?;
    let builds = making.work.join("warm");
    making.with_go(modules, &builds, |go| warm(making, go))?;
    pack(making, &builds)?;
    let identity = making.system.look.identity();
    let build = Build::of(making.want.target.go, &identity.os, making.facts.host.processor());
    Ok(BuildCache {
        modules: modules.to_string_lossy().into_owned(),
        compiler: compiler.lines().next().unwrap_or_default().to_owned(),
        target: format!("{}-{}", build.os, build.arch),
    })
}

/// What an installation compiles, in its own environment.
fn warm(making: &Making<'_>, go: &GoBuild<'_>) -> Result<(), Failure> {
    go.download_modules()?;
    go.program()?;
    let staged = go.install_cli(&making.want.target.cli, true)?;
    let warmed = go.warm_fyne_build(&staged.program);
    go.discard(&staged);
    warmed
}

/// Packs the entries of a build cache, sorted, without times.
fn pack(making: &Making<'_>, builds: &Path) -> Result<(), Failure> {
    let (look, disk) = (making.system.look, making.system.disk);
    let path = making.tree.join(CACHE.0);
    disk.make_dir(path.parent().unwrap_or(&making.tree), 0o700)?;
    let failed = |it: io::Error| DiskError::new(&path, &it);
    let file = disk.create(&path, 0o600)?;
    let mut to = Writer::new(GzEncoder::new(file, Compression::default()));
    let (ours, all) = (making.places.cache.to_string_lossy().into_owned(), entries(look, builds));
    let read = |name: &str| look.read(&builds.join(name)).into_here().unwrap_or_default();
    let of_ours = |it: &&String| it.ends_with("-d") && is_index_of(&ours, &read(it));
    let left_out: BTreeSet<String> = all.iter().filter(of_ours).filter_map(|it| output(it)).into_set();
    for name in all {
        let from = builds.join(&name);
        let entry = if name.ends_with("-a") { index_output(&read(&name)) } else { output(&name) };
        if entry.is_some_and(|it| left_out.contains(&it)) {
            continue;
        }
        let in_archive = format!("{}{name}", CACHE.1);
        if name.ends_with("-a") {
            let bytes = timeless(read(&name));
            to.file(&in_archive, bytes.len() as u64, &mut bytes.as_slice()).map_err(failed)?;
        } else {
            let size = look.stat(&from).into_here().map_or(0, |it| it.size);
            let mut bytes: Box<dyn Read> = Box::new(disk.open(&from)?);
            to.file(&in_archive, size, &mut bytes).map_err(failed)?;
        }
    }
    to.end().and_then(GzEncoder::finish).and_then(|mut it| it.flush()).map_err(failed)?;
    Ok(())
}

/// The entries of a build cache, sorted: `0f/0f…-a` and `0f/0f…-d`. What else is there is Go's housekeeping.
fn entries(look: &dyn Look, builds: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for dir in look.list(builds).into_here().unwrap_or_default() {
        let is_dir = look.stat(&builds.join(&dir)).into_here().is_some_and(|it| it.kind == Kind::Dir);
        if !is_dir || dir.len() != 2 {
            continue;
        }
        let names = look.list(&builds.join(&dir)).into_here().unwrap_or_default();
        all.extend(
            names
                .iter()
                .filter(|it| it.ends_with("-a") || it.ends_with("-d"))
                .map(|it| format!("{dir}/{it}")),
        );
    }
    all.sort();
    all
}

/// Whether an output is Go's index of a package in a directory of ours: the proof program's. Its name follows from the times of
/// its files, so it is of use to nobody and would be another one each time.
fn is_index_of(ours: &str, output: &[u8]) -> bool {
    output.starts_with(b"go index ") && memchr::memmem::find(output, ours.as_bytes()).is_some()
}

/// The output that a file of the cache is: `0f…` of `0f/0f…-d`.
fn output(name: &str) -> Option<String> {
    Some(name.rsplit('/').next()?.strip_suffix("-d")?.to_owned())
}

/// The output that an index entry names.
fn index_output(entry: &[u8]) -> Option<String> {
    str::from_utf8(entry).ok()?.split(' ').nth(2).map(str::to_owned)
}

/// An index entry with another time: the first that Go takes for one.
fn timeless(mut entry: Vec<u8>) -> Vec<u8> {
    let length = entry.len();
    if entry.starts_with(b"v1 ") && length > TIME && entry.ends_with(b"\n") {
        let time = format!("{:>20}\n", 1);
        entry[length - TIME..].copy_from_slice(time.as_bytes());
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_of_our_own_package_is_told_from_all_else() {
        let ours = "/root/.cache/fyne-setup";
        assert!(is_index_of(ours, b"go index v2\n\0/root/.cache/fyne-setup/proof-program/2.8.1/main.go"));
        assert!(!is_index_of(ours, b"go index v2\n\0/root/go/pkg/mod/fyne.io/fyne/v2@v2.8.1/app.go"));
        assert!(!is_index_of(ours, b"an object that names /root/.cache/fyne-setup"));
        assert_eq!(output("0f/0fab-d").as_deref(), Some("0fab"));
        assert_eq!(index_output(b"v1 aa bb 12 1\n").as_deref(), Some("bb"));
    }

    #[test]
    fn an_index_entry_loses_its_time_and_nothing_else() {
        let entry = |time: &str| {
            format!("v1 {} {} {:>20} {time:>20}\n", "a".repeat(64), "b".repeat(64), 1234).into_bytes()
        };
        assert_eq!(timeless(entry("1790000000123456789")), entry("1"));
        assert_eq!(timeless(b"v2 something".to_vec()), b"v2 something");
        assert_eq!(timeless(Vec::new()), b"");
    }
}
