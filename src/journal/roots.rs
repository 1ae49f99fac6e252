//! The directories of ours: the data directory that a run begins with, and at the end of `uninstall` all of them gone. Which
//! directories above it were not there before is remembered beside the journal, in the same step that makes them, so
//! that no kill can forget it.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::failure::Failure;
use crate::places::Places;
use crate::system::{Disk, Kind, Look, System};

/// The name of the note that `uninstall` leaves above our directory while it removes it.
const NOTE: &str = ".fyne-setup-uninstall";
/// Stands in the names of the real disk's temporary files: `.profile.fyne-setup-812-0`.
pub(super) const LITTER: &str = ".fyne-setup-";

/// The data directory with all that is missing above it, in one rename.
pub(super) fn make(look: &dyn Look, disk: &dyn Disk, places: &Places) -> Result<(), Failure> {
    let missing: Vec<&Path> = places.data.ancestors().take_while(|it| look.stat(it).is_absent()).collect();
    let Some(top) = missing.last() else { return Ok(()) };
    let mut made: Vec<PathBuf> = missing.iter().skip(1).map(|it| it.to_path_buf()).collect();
    // An `uninstall` that was cut off had some of them still to remove.
    let note = note(look, places);
    made.extend(note.iter().flat_map(|it| &it.1).filter(|it| !missing.contains(&it.as_path())).cloned());
    let draft = beside(top);
    disk.remove_tree(&draft)?;
    let data = places.data.strip_prefix(top).map_or_else(|_| draft.clone(), |it| draft.join(it));
    disk.make_dir(&data, 0o700)?;
    disk.write(&data.join("made"), lines(&made).as_bytes(), Some(0o600))?;
    disk.sync_tree(&draft)?;
    if let Err(error) = disk.rename(&draft, top) {
        // Another run was faster.
        disk.remove_tree(&draft)?;
        if look.stat(&places.data).is_absent() {
            return Err(error.into());
        }
    }
    if let Some((path, _)) = note {
        disk.remove(&path)?;
    }
    Ok(())
}

fn beside(top: &Path) -> PathBuf {
    let name = top.file_name().unwrap_or_default().to_string_lossy();
    top.with_file_name(format!(".{}.fyne-setup-new", name.trim_start_matches('.')))
}

fn lines(paths: &[PathBuf]) -> String {
    paths.iter().map(|it| format!("{}\n", it.display())).collect()
}

/// The directories above ours that we made, the lowest first. Only such as really stand above ours.
fn made(look: &dyn Look, places: &Places, file: &Path) -> Vec<PathBuf> {
    let text = look.read(file).into_here().unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let said: Vec<&Path> = text.lines().map(Path::new).collect();
    places.data.ancestors().skip(1).filter(|it| said.contains(it)).map(Path::to_path_buf).collect()
}

/// The note of an `uninstall` that was cut off, with what it still had to remove.
fn note(look: &dyn Look, places: &Places) -> Option<(PathBuf, Vec<PathBuf>)> {
    let path = places.data.ancestors().skip(1).map(|it| it.join(NOTE)).find(|it| look.stat(it).is_here())?;
    Some((path.clone(), made(look, places, &path)))
}

/// Whether anything of ours is on this machine.
pub fn anything(look: &dyn Look, places: &Places) -> bool {
    let dirs = [&places.data, &places.config, &places.cache];
    dirs.iter().any(|it| look.stat(it).is_here()) || note(look, places).is_some()
}

/// What `uninstall` found in our directories that is not ours, and left.
pub type Foreign = Vec<PathBuf>;

/// What is ours in the cache directory. What else lies there is somebody's.
const CACHE: &[&str] = &["downloads", "scratch", "logs", "proof-program", "proofs"];

/// Removes our directories, the last act of `uninstall`. With `keep`, what is needed to take back the rest later stays:
/// journal and backups. Gives what is not ours and was left.
pub fn leave(system: System<'_>, places: &Places, keep: bool) -> Result<Foreign, Failure> {
    let System { look, disk, .. } = system;
    let mut foreign = Vec::new();
    emptied(look, disk, &places.cache, CACHE, &mut foreign)?;
    if let Some(parent) = places.cache.parent().filter(|it| it.ends_with(".cache")) {
        remove_if_empty(look, disk, parent)?;
    }
    if look.stat(&places.config).is_here() {
        emptied(look, disk, &places.config, &[], &mut foreign)?;
    }
    trees(look, disk, places)?;
    for name in ["staging", "sumdb", "manifest"] {
        disk.remove_tree(&places.data.join(name))?;
    }
    disk.remove(&places.proofs())?;
    if keep {
        return Ok(foreign);
    }
    last(look, disk, places, &mut foreign)?;
    Ok(foreign)
}

/// Trees of Go in our directory that no run speaks of any more.
fn trees(look: &dyn Look, disk: &dyn Disk, places: &Places) -> Result<(), Failure> {
    let dir = places.data.join("go");
    for name in look.list(&dir).into_here().unwrap_or_default() {
        let tree = dir.join(name);
        if look.stat(&tree.join("VERSION")).is_here() {
            disk.remove_tree(&tree)?;
        }
    }
    Ok(remove_if_empty(look, disk, &dir)?)
}

/// Journal, backups, lock, the directory, and the directories above it that we made.
fn last(look: &dyn Look, disk: &dyn Disk, places: &Places, foreign: &mut Foreign) -> Result<(), Failure> {
    let remembered = places.data.join("made");
    let above = match note(look, places) {
        Some((_, above)) => above,
        None => made(look, places, &remembered),
    };
    let note = above.last().and_then(|top| top.parent()).map(|it| it.join(NOTE));
    if let Some(note) = &note {
        disk.write(note, lines(&above).as_bytes(), Some(0o600))?;
    }
    disk.remove_tree(&places.backups())?;
    if look.stat(&places.current()).into_here().is_some_and(|it| it.kind == Kind::Link) {
        disk.remove(&places.current())?;
    }
    for path in [places.journal(), remembered, places.lock()] {
        if look.stat(&path).into_here().is_some_and(|it| it.kind == Kind::File) {
            disk.remove(&path)?;
        }
    }
    emptied(look, disk, &places.data, &[], foreign)?;
    for dir in &above {
        remove_if_empty(look, disk, dir)?;
    }
    if let Some(note) = &note {
        disk.remove(note)?;
    }
    Ok(())
}

/// Removes what is ours in a directory, and the directory when nothing else is in it.
fn emptied(
    look: &dyn Look,
    disk: &dyn Disk,
    dir: &Path,
    ours: &[&str],
    foreign: &mut Foreign,
) -> Result<(), Failure> {
    for name in look.list(dir).into_here().unwrap_or_default() {
        let path = dir.join(&name);
        let is_dir = look.stat(&path).into_here().is_some_and(|it| it.kind == Kind::Dir);
        let litter = name.starts_with('.') && name.contains(LITTER);
        if !ours.contains(&name.as_str()) && !litter {
            foreign.push(path);
        } else if is_dir {
            disk.remove_tree(&path)?;
        } else {
            disk.remove(&path)?;
        }
    }
    Ok(remove_if_empty(look, disk, dir)?)
}

fn remove_if_empty(look: &dyn Look, disk: &dyn Disk, dir: &Path) -> std::io::Result<()> {
    let is_dir = look.stat(dir).into_here().is_some_and(|it| it.kind == Kind::Dir);
    match look.list(dir) {
        Fact::Here(names) if is_dir && names.is_empty() => disk.remove(dir),
        _ => Ok(()),
    }
}
