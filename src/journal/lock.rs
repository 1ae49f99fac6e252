//! The one writer: the lock, who holds it, and what a dead run left that the next one clears.

use std::path::Path;

use super::fold::{self, Run};
use super::roots::{self, LITTER};
use crate::fact::Fact;
use crate::facts::locks;
use crate::failure::{Exit, Failure};
use crate::places::Places;
use crate::system::{Disk, Look, System};

/// The one writer's lock, on a data directory that is ready for a run. Held until dropped.
pub struct Lock {
    /// What the journal says, oldest first.
    pub runs: Vec<Run>,
    _lock: Box<dyn Send + Sync>,
}

/// Makes the data directory if need be, takes the lock, reads the journal, and clears what a dead run left: staging, and
/// temporary files beside what it wrote. Whoever has the lock is named.
pub fn enter(system: System<'_>, places: &Places) -> Result<Lock, Failure> {
    let System { look, disk, .. } = system;
    if look.stat(&places.data).is_absent() {
        roots::make(look, disk, places)?;
    }
    let Some(lock) = disk.lock(&places.lock())? else { return Err(locked(look, places)) };
    disk.remove_tree(&places.staging())?;
    disk.make_dir(&places.staging(), 0o700)?;
    let (runs, _) = fold::load(look, places)?;
    for dir in [&places.data, &places.sumdb(), &places.manifest(), &places.backups(), &places.config] {
        litter(look, disk, dir)?;
    }
    for step in runs.iter().filter(|it| it.cut_short()).flat_map(|it| &it.steps) {
        step.undo.iter().filter_map(|it| it.path()).try_for_each(|it| sweep(look, disk, it))?;
    }
    Ok(Lock { runs, _lock: lock })
}

/// Removes temporary files that a killed run left beside a file that it wrote.
pub fn sweep(look: &dyn Look, disk: &dyn Disk, file: &Path) -> std::io::Result<()> {
    let (Some(dir), Some(name)) = (file.parent(), file.file_name()) else { return Ok(()) };
    let litter = format!(".{}{LITTER}", name.to_string_lossy());
    for name in look.list(dir).into_here().unwrap_or_default().iter().filter(|it| it.starts_with(&litter)) {
        disk.remove(&dir.join(name))?;
    }
    Ok(())
}

/// Removes temporary files of processes that are dead from a directory of ours.
fn litter(look: &dyn Look, disk: &dyn Disk, dir: &Path) -> std::io::Result<()> {
    for name in look.list(dir).into_here().unwrap_or_default().iter().filter(|it| it.starts_with('.')) {
        let Some((_, number)) = name.rsplit_once(LITTER) else { continue };
        let pid = number.split('-').next().unwrap_or_default();
        if pid.parse::<u32>().is_ok() && look.stat(&Path::new("/proc").join(pid)).is_absent() {
            disk.remove(&dir.join(name))?;
        }
    }
    Ok(())
}

/// Whether a run is at work now. Reading commands ask this; they never take the lock.
pub fn at_work(look: &dyn Look, places: &Places) -> bool {
    let Fact::Here(stat) = look.stat(&places.lock()) else { return false };
    let held = look.read(Path::new("/proc/locks")).into_here().unwrap_or_default();
    locks::holder(&String::from_utf8_lossy(&held), stat.inode).is_some()
}

fn locked(look: &dyn Look, places: &Places) -> Failure {
    let text = look.read(&places.lock()).into_here().unwrap_or_default();
    let pid = String::from_utf8_lossy(&text).lines().next().unwrap_or("?").trim().to_owned();
    let line = look.read(Path::new(&format!("/proc/{pid}/cmdline"))).into_here().unwrap_or_default();
    let command = String::from_utf8_lossy(&line).replace('\0', " ").trim().to_owned();
    let message = text!("apply-locked", pid = pid, command = command);
    Failure::new("locked", Exit::Locked, message).hint(text!("apply-locked-hint"))
}
