//! The directories of ours: the data directory that a run begins with, and at the end of `uninstall` all of them gone. Which
//! directories above it were not there before is remembered beside the journal, in the same step that makes them, so
//! that no kill can forget it.

use std::path::{Path, PathBuf};

use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::failure::Failure;
use crate::places::Places;
use crate::system::{Disk, Kind, Look, System, own};

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
    sweep(look, disk, top)?;
    let draft = beside(top, &own::unguessable());
    let data = places.data.strip_prefix(top).map_or_else(|_| draft.clone(), |it| draft.join(it));
    disk.make_dir(&data, places.mode())?;
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

/// Where a directory is made ready that nobody else can have made before.
fn beside(top: &Path, word: &str) -> PathBuf {
    let name = top.file_name().unwrap_or_default().to_string_lossy();
    top.with_file_name(format!(".{}.fyne-setup-new{word}", name.trim_start_matches('.')))
}

/// Removes what a killed run of ours made ready.
fn sweep(look: &dyn Look, disk: &dyn Disk, top: &Path) -> Result<(), DiskError> {
    let front = beside(top, "").file_name().unwrap_or_default().to_string_lossy().into_owned();
    let dir = top.parent().unwrap_or(Path::new("/"));
    let me = look.identity().uid;
    for name in look.list(dir).into_here().unwrap_or_default().iter().filter(|it| it.starts_with(&front)) {
        let stat = look.stat(&dir.join(name)).into_here();
        if stat.is_some_and(|it| it.kind == Kind::Dir && it.uid == me) {
            disk.remove_tree(&dir.join(name))?;
        }
    }
    Ok(())
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
    let dirs = [&places.data, &places.cache];
    dirs.iter().any(|it| look.stat(it).is_here()) || config(look, places) || note(look, places).is_some()
}

/// What a person said, in the directory of settings: nothing that we brought, so it stays.
const SAID: [&str; 2] = ["config.toml", "accepted.toml"];

/// Whether the directory of settings is there for anything else than what a person said.
fn config(look: &dyn Look, places: &Places) -> bool {
    let names = look.list(&places.config).into_here();
    look.stat(&places.config).is_here()
        && names.is_none_or(|it| it.is_empty() || it.iter().any(|name| !SAID.contains(&name.as_str())))
}

/// What of that is there; the directory stays with it.
pub fn said(look: &dyn Look, places: &Places) -> Vec<PathBuf> {
    SAID.iter().map(|it| places.config.join(it)).filter(|it| look.stat(it).is_here()).collect()
}

/// Whether anything of ours is on this machine besides the record of what was changed, and what a look leaves.
pub fn besides_journal(look: &dyn Look, places: &Places) -> bool {
    let below = ["go", "staging", "sumdb", "manifest"].iter().map(|it| places.data.join(it));
    let kept = CACHE
        .iter()
        .filter(|it| !["scratch", "logs", "bundles"].contains(it))
        .map(|it| places.cache.join(it));
    below.chain(kept).any(|it| look.stat(&it).is_here()) || config(look, places)
}

/// What `uninstall` found in our directories that is not ours, and left.
pub type Foreign = Vec<PathBuf>;

/// What is ours in the cache directory. What else lies there is somebody's.
const CACHE: &[&str] = &[
    "downloads",
    "scratch",
    "logs",
    "proof-program",
    "proofs",
    "sumdb",
    "builds",
    "bundles",
    "displays",
    "home",
];

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
        let said = SAID.map(|it| places.config.join(it));
        foreign.retain(|it| !said.contains(it));
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

fn remove_if_empty(look: &dyn Look, disk: &dyn Disk, dir: &Path) -> Result<(), DiskError> {
    let is_dir = look.stat(dir).into_here().is_some_and(|it| it.kind == Kind::Dir);
    match look.list(dir) {
        Fact::Here(names) if is_dir && names.is_empty() => disk.remove(dir),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::{FakeNet, Living, Machine, Scripted};

    fn places() -> Places {
        Places::linux(Path::new("/root"), |_| None)
    }

    fn left(living: &Living, keep: bool) -> Result<Foreign, Failure> {
        let (net, children) = (FakeNet::down(), Scripted::on(living));
        leave(System { look: living, disk: living, net: &net, children: &children }, &places(), keep)
    }

    /// A home with nothing of ours in it.
    fn home() -> Living {
        Living::new(Machine::linux().file("/root/.profile", "").file("/root/.config/other/x", ""))
    }

    fn made(living: &Living) {
        make(living, living, &places()).expect("made");
    }

    #[test]
    fn what_was_made_above_ours_goes_with_it_and_nothing_else() {
        let living = home();
        let before = living.now_is();
        made(&living);
        assert_eq!(
            living.text(places().data.join("made")).as_deref(),
            Some("/root/.local/share\n/root/.local\n")
        );
        for (name, text) in [("journal.jsonl", "x"), ("lock", "1"), ("proofs", "p")] {
            living.write(&places().data.join(name), text.as_bytes(), None).expect("ours");
        }
        living.make_dir(&places().backups(), 0o700).expect("ours");
        for name in ["logs", "bundles"] {
            living.make_dir(&places().cache.join(name), 0o700).expect("ours");
        }
        assert_eq!(left(&living, false).expect("removed"), Foreign::new());
        assert_eq!(living.now_is(), before);
        assert!(!anything(&living, &places()));
    }

    #[test]
    fn what_was_for_all_users_goes_with_what_was_built_for_nobody() {
        let living = Living::new(Machine::linux().file("/opt/other/x", "").file("/var/cache/apt/x", ""));
        let (before, all) = (living.now_is(), Places::system("linux"));
        let (net, children) = (FakeNet::down(), Scripted::on(&living));
        let system = System { look: &living, disk: &living, net: &net, children: &children };
        drop(super::super::lock::enter(system, &all).expect("nobody is here"));
        let home = all.home_of_nobody();
        assert_eq!(living.stat(&home).into_here().map(|it| it.mode & 0o777), Some(0o700));
        living.write(&home.join("module.go"), b"", None).expect("ours");
        assert_eq!(leave(system, &all, false).expect("removed"), Foreign::new());
        assert_eq!(living.now_is(), before);
    }

    #[test]
    fn what_is_not_ours_is_told_and_stays() {
        let living = home();
        made(&living);
        let theirs = [places().data.join("notes.txt"), places().cache.join("photo.png")];
        for path in &theirs {
            living.make_dir(path.parent().expect("a directory"), 0o755).expect("writable");
            living.write(path, b"mine", None).expect("writable");
        }
        let mut foreign = left(&living, false).expect("removed");
        foreign.sort();
        assert_eq!(foreign, [places().cache.join("photo.png"), places().data.join("notes.txt")]);
        assert!(theirs.iter().all(|it| living.text(it).is_some()));
    }

    #[test]
    fn what_is_needed_to_take_back_the_rest_is_kept_where_that_is_wanted() {
        let living = home();
        made(&living);
        living.write(&places().journal(), b"lines", None).expect("ours");
        living.make_dir(&places().staging(), 0o700).expect("ours");
        assert_eq!(left(&living, true).expect("removed"), Foreign::new());
        assert_eq!(living.below(places().data), ["journal.jsonl", "made"]);
    }

    #[test]
    fn wherever_it_is_cut_off_the_next_try_ends_the_same() {
        let living = home();
        let before = living.now_is();
        made(&living);
        living.write(&places().journal(), b"lines", None).expect("ours");
        let calls = living.calls().len();
        let whole = Living::new(living.now_is());
        left(&whole, false).expect("removed");
        for at in 0..whole.calls().len() {
            let cut = Living::new(living.now_is());
            cut.fail_at(at, std::io::ErrorKind::Other);
            assert!(left(&cut, false).is_err(), "call {at} of {calls}: {:?}", whole.calls()[at]);
            let again = Living::new(cut.now_is());
            assert_eq!(left(&again, false).expect("removed"), Foreign::new());
            assert_eq!(again.now_is(), before, "cut off at {:?}", whole.calls()[at]);
            // A run in between has its directory, and what is above it is still known for ours.
            let between = Living::new(cut.now_is());
            make(&between, &between, &places()).expect("made");
            left(&between, false).expect("removed");
            assert_eq!(between.now_is(), before, "cut off at {:?}, with a run after it", whole.calls()[at]);
        }
    }
}
