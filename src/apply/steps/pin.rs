//! A project says which versions it is built with. What its go.mod and go.sum become Go says, in a copy of ours; every new
//! line of go.sum is what the checksum database has; then go.mod, go.sum and the lock file are written, each with its undo.

use std::path::{Path, PathBuf};

use super::sums::{added, confirm, inside, unread, with_missing};
use super::{Prepared, StepContext, build, files};
use crate::action::{Pin, Plan};
use crate::fact::Fact;
use crate::facts::{gomod, gosum};
use crate::failure::{Code, Failure};
use crate::lockfile::{FYNE, NAME};
use crate::path_style::PathStyle;
use crate::probe::waits;
use crate::system::Look;

/// Pins a project.
pub fn pin<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    Pin { dir, edits, sums, lock }: &Pin,
) -> Result<Prepared<'s>, Failure> {
    let look = site.system.look;
    let (mod_file, lock_file) = (inside(look, dir, "go.mod")?, inside(look, dir, NAME)?);
    let sum_file = inside(look, dir, "go.sum")?;
    let before = text(site, &mod_file)?.ok_or_else(|| unread(&mod_file, text!("why-absent").into()))?;
    let edited = edits.apply(&before);
    let mut writes = Vec::new();
    if *sums {
        let old = text(site, &sum_file)?.unwrap_or_default();
        let (after, wanted) = by_go(id, site, dir, &edited, &old)?;
        keeps(&mod_file, &edited, &after)?;
        let new = added(old.as_bytes(), wanted.as_bytes()).concat();
        confirm(site, &gosum::parse(&String::from_utf8_lossy(&new)))?;
        writes.push((mod_file, after.into_bytes()));
        writes.push((sum_file, with_missing(old.as_bytes(), wanted.as_bytes())));
    } else {
        writes.push((mod_file, edited.into_bytes()));
    }
    writes.push((lock_file, lock.as_bytes().to_vec()));
    files::write(site, writes)
}

fn text(site: &StepContext<'_>, file: &Path) -> Result<Option<String>, Failure> {
    match site.system.look.read_text(file) {
        Fact::Here(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(unread(file, text!("lockfile-no-text").into())),
        },
        Fact::Absent => Ok(None),
        Fact::Unknown(why) => Err(unread(file, why)),
    }
}

/// Whether there is the Go that completes go.sum.
pub fn has_go(look: &dyn Look, plan: &Plan, style: PathStyle) -> bool {
    !look.stat(&plan.go_root.join("bin").join(style.executable("go"))).is_absent()
}

/// There is none.
pub fn no_go() -> Failure {
    Failure::new(Code::PinNoGo, text!("pin-no-go")).hint(text!("pin-no-go-hint"))
}

/// The go.mod and go.sum that Go makes of these, in a copy. Nothing of the project is run.
fn by_go(
    id: u32,
    site: &StepContext<'_>,
    dir: &Path,
    go_mod: &str,
    go_sum: &str,
) -> Result<(String, String), Failure> {
    let (look, disk) = (site.system.look, site.system.disk);
    if !has_go(look, site.plan, site.facts.host.style()) {
        return Err(no_go());
    }
    let replaces = gomod::parse(go_mod).replaces;
    if let Some(why) = waits::of_sources(look, dir, &replaces) {
        let message = text!("apply-sums-waits", why = why);
        return Err(Failure::new(Code::DiskDenied, message).at(dir.to_path_buf(), None));
    }
    let copy = site.places.staging().join(format!("pin-{}", look.monotonic_ms()));
    disk.make_dir(&copy, 0o700)?;
    let (mod_file, sum_file): (PathBuf, PathBuf) = (copy.join("go.mod"), copy.join("go.sum"));
    disk.write(&mod_file, go_mod.as_bytes(), Some(0o600))?;
    disk.write(&sum_file, go_sum.as_bytes(), Some(0o600))?;
    build::list_project(id, site, dir, &mod_file)?;
    let after = text(site, &mod_file)?.unwrap_or_default();
    // Go writes line feeds alone; the file keeps the ends that it has.
    let after =
        if go_mod.contains("\r\n") && !after.contains("\r\n") { after.replace('\n', "\r\n") } else { after };
    Ok((after, text(site, &sum_file)?.unwrap_or_default()))
}

/// Go may add what the new versions need. Where it takes another fyne/v2 or Go, somebody has to decide.
fn keeps(file: &Path, edited: &str, after: &str) -> Result<(), Failure> {
    let (is, was) = (gomod::parse(after), gomod::parse(edited));
    let fyne =
        |it: &gomod::ModFile| it.requires.iter().find(|it| it.path == FYNE).map(|it| it.version.clone());
    let pins = |it: &gomod::ModFile| (fyne(it), it.toolchain.as_ref().map(|it| it.0.clone()));
    if pins(&is) == pins(&was) {
        return Ok(());
    }
    let (fyne, toolchain) = pins(&is);
    let found = [fyne.map(|it| format!("{FYNE} {it}")), toolchain].into_iter().flatten();
    let message = text!("pin-mod-changes", file = file, found = found.collect::<Vec<_>>().join(", "));
    Err(Failure::new(Code::ProjectModChanges, message).hint(text!("pin-mod-changes-hint")).at(file, None))
}
