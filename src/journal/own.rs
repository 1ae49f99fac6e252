//! Whether our directories are ours alone. Looked at before anything in them is believed: with names of what is wrong and what
//! to do. What is read afterwards is looked at once more, by the open file (`system::own`).

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::places::Places;
use crate::quoting::quoted;
use crate::system::own::{keeps, stat_fault};
use crate::system::{Kind, Look, Stat};

/// What is believed in the data directory.
const DATA: [&str; 10] =
    ["journal.jsonl", "backups", "made", "lock", "staging", "sumdb", "manifest", "proofs", "kept", "go"];
/// And in the cache.
const CACHE: [&str; 8] =
    ["proof-program", "sumdb", "logs", "downloads", "scratch", "proofs", "builds", "displays"];
/// And of the settings.
const CONFIG: [&str; 4] = ["env", "env.fish", "config.toml", "accepted.toml"];
/// Directories of which each entry is looked at too.
const DEEPER: [&str; 5] = ["sumdb", "manifest", "staging", "go", "proof-program"];

/// Refuses where something of ours is not ours alone, or lies where anybody can put something else in its place.
pub fn guard(look: &dyn Look, places: &Places) -> Result<(), Failure> {
    let Places { data, config, cache } = places;
    for (root, names) in [(data, &DATA[..]), (config, &CONFIG), (cache, &CACHE)] {
        kept(look, root)?;
        if look.stat(root).is_absent() {
            continue;
        }
        alone(look, root)?;
        for name in names {
            let path = root.join(name);
            if alone(look, &path)?.is_some_and(|it| it.kind == Kind::Dir) && DEEPER.contains(name) {
                let inside = look.list(&path).into_here().unwrap_or_default();
                inside.iter().try_for_each(|it| alone(look, &path.join(it)).map(drop))?;
            }
        }
    }
    Ok(())
}

/// The same for the journal alone: what `history` rests on.
pub fn journal(look: &dyn Look, places: &Places) -> Result<(), Failure> {
    if alone(look, &places.data)?.is_some() {
        alone(look, &places.journal())?;
    }
    Ok(())
}

/// What stands there, ours alone; nothing where nothing does, or where it cannot be seen: who reads it will say so.
fn alone(look: &dyn Look, path: &Path) -> Result<Option<Stat>, Failure> {
    let Fact::Here(stat) = look.stat(path) else { return Ok(None) };
    let me = look.identity().uid;
    let Some(why) = stat_fault(&stat, me) else { return Ok(Some(stat)) };
    let typed = quoted(&path.to_string_lossy());
    let hint = match stat.kind {
        Kind::File | Kind::Dir if stat.uid == me => text!("own-hint-writable", path = typed),
        Kind::File | Kind::Dir => text!("own-hint-owner", path = typed),
        _ => text!("own-hint-kind", path = typed),
    };
    let message = text!("own-refused", path = path, why = why);
    Err(Failure::new(Code::DiskNotOurs, message).hint(hint).at(path, None))
}

/// The directories above a root, each up to the top, also of where links lead: whether others can rename what is in them.
fn kept(look: &dyn Look, root: &Path) -> Result<(), Failure> {
    let me = look.identity().uid;
    for (at, stat) in above(look, root) {
        // Whose it is `foreign_above` says, where that is asked: an owner who means it may use another's.
        if !keeps(me, stat.mode, me) {
            let why = text!("own-writable", mode = format!("{:04o}", stat.mode & 0o7777));
            let hint = text!("own-hint-above", path = quoted(&at.to_string_lossy()));
            let message = text!("own-refused", path = &at, why = why);
            return Err(Failure::new(Code::DiskNotOurs, message).hint(hint).at(at, None));
        }
    }
    Ok(())
}

/// Refuses where a directory above ours is somebody else's: he could put another in the place of what is below it.
pub fn foreign_above(look: &dyn Look, places: &Places) -> Result<(), Failure> {
    let me = look.identity().uid;
    // Whoever owns the root directory owns the machine: in some containers that is not root.
    let machine = look.stat(Path::new("/")).into_here().map_or(0, |it| it.uid);
    let Places { data, config, cache } = places;
    let all = [data, config, cache].into_iter().flat_map(|it| above(look, it));
    let strange = |it: &(PathBuf, Stat)| ![me, 0, machine].contains(&it.1.uid);
    let Some((at, stat)) = all.filter(|it| look.stat(&it.0).is_here()).find(strange) else { return Ok(()) };
    let message = text!("own-refused", path = &at, why = text!("own-owner", owner = i64::from(stat.uid)));
    let hint = text!("own-hint-owner-above", path = quoted(&at.to_string_lossy()));
    Err(Failure::new(Code::DiskNotOurs, message).hint(hint).at(at, None))
}

/// The directories that are above a path, by its name and by where links on the way lead.
fn above(look: &dyn Look, root: &Path) -> Vec<(PathBuf, Stat)> {
    let Some(parent) = root.parent() else { return Vec::new() };
    let real = crate::system::links::real_directory(look, parent);
    let all = parent.ancestors().chain(real.ancestors());
    let dir = |it: &Path| {
        look.stat(it).into_here().filter(|it| it.kind == Kind::Dir).map(|stat| (it.to_owned(), stat))
    };
    all.filter_map(dir).collect()
}

/// A directory that a writing command would use, and that belongs to somebody else: neither to who runs this nor to root.
pub fn foreign(look: &dyn Look, home: &PathBuf, places: &Places) -> Option<(PathBuf, u32)> {
    let me = look.identity().uid;
    let near = |path: &PathBuf| {
        let there = path.ancestors().find(|it| !look.stat(it).is_absent())?;
        let (at, stat) = crate::system::links::resolve(look, there).into_here()?;
        (stat.uid != me && stat.uid != 0).then_some((at, stat.uid))
    };
    let Places { data, config, cache } = places;
    [home, data, config, cache].into_iter().find_map(near)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    const ANN: u32 = 1000;
    const BOB: u32 = 1001;

    #[test]
    fn each_directory_above_ours_is_looked_at_up_to_the_top() {
        for (at, owner, mode, refused) in [
            ("/", 0, 0o755, false),
            ("/srv", 0, 0o777, true),
            ("/srv", 0, 0o1777, false),
            ("/srv", BOB, 0o755, true),
            ("/srv/homes", 0, 0o777, true),
            ("/srv/homes", BOB, 0o1777, true),
            ("/srv/homes/ann", ANN, 0o775, false),
            ("/srv/homes/ann", ANN, 0o757, true),
            ("/srv/homes/ann/.local", ANN, 0o777, true),
            ("/big", 0, 0o777, true),
            ("/big", BOB, 0o755, true),
            ("/big/share", ANN, 0o755, false),
            ("/etc", BOB, 0o777, false),
        ] {
            let mut machine = Machine::linux().file("/srv/homes/ann/.profile", "").file("/etc/x", "");
            machine = machine.link("/srv/homes/ann/.local/share", "/big/share");
            for dir in
                ["/", "/srv", "/srv/homes", "/srv/homes/ann", "/srv/homes/ann/.local", "/big", "/big/share"]
            {
                machine.dirs.insert(dir.into(), 0o755);
                machine.owners.insert(dir.into(), if dir.contains("ann") { ANN } else { 0 });
            }
            machine.identity.uid = ANN;
            machine.owners.insert(at.into(), owner);
            machine.dirs.insert(at.into(), mode);
            let places = Places::linux(Path::new("/srv/homes/ann"), |_| None);
            let came = guard(&machine, &places).and_then(|()| foreign_above(&machine, &places));
            let named = came.as_ref().err().and_then(|it| it.file.clone());
            assert_eq!(named, refused.then(|| PathBuf::from(at)), "{at} {owner} {mode:o}: {came:?}");
        }
    }
}
