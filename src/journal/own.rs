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
const CONFIG: [&str; 3] = ["env", "env.fish", "config.toml"];
/// Directories of which each entry is looked at too.
const DEEPER: [&str; 5] = ["sumdb", "manifest", "staging", "go", "proof-program"];

/// Refuses where something of ours is not ours alone, or lies where anybody can put something else in its place.
pub fn guard(look: &dyn Look, places: &Places) -> Result<(), Failure> {
    let Places { data, config, cache } = places;
    for (root, names) in [(data, &DATA[..]), (config, &CONFIG), (cache, &CACHE)] {
        if look.stat(root).is_absent() {
            continue;
        }
        kept(look, root)?;
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

/// The directory above a root: whether others can rename what is in it.
fn kept(look: &dyn Look, root: &Path) -> Result<(), Failure> {
    let Some(above) = root.parent() else { return Ok(()) };
    let Fact::Here(stat) = look.stat(above) else { return Ok(()) };
    let me = look.identity().uid;
    // Whose it is `foreign` says, where that is asked: an owner who means it may use another's.
    if stat.kind != Kind::Dir || keeps(me, stat.mode, me) {
        return Ok(());
    }
    let why = text!("own-writable", mode = format!("{:04o}", stat.mode & 0o7777));
    let hint = text!("own-hint-above", path = quoted(&above.to_string_lossy()));
    let message = text!("own-refused", path = above, why = why);
    Err(Failure::new(Code::DiskNotOurs, message).hint(hint).at(above, None))
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
