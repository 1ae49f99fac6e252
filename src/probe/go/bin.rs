//! The directory that `go install` writes to, and where programs could go where that one is of no use.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::go::is_temporary;
use crate::facts::{Host, Settings};
use crate::gather::Order as _;
use crate::path_style::PathStyle;
use crate::system::links;
use crate::system::{Kind, Look, Stat};

/// Whether the file system below a directory forbids execution.
pub(super) fn is_noexec(look: &dyn Look, bin: &Path, stat: &Fact<Stat>) -> bool {
    stat.here().is_some_and(|it| it.kind == Kind::Dir) && look.space(bin).here().is_some_and(|it| it.noexec)
}

/// Other places: those of this home, of them what is on PATH first. Looked for only where the present one is of no use.
pub(super) fn places(
    look: &dyn Look,
    host: &Host,
    here: &Settings,
    bin: &Path,
    stat: &Fact<Stat>,
    noexec: bool,
) -> Vec<PathBuf> {
    let Fact::Here(home) = &host.home else { return Vec::new() };
    let closed = match stat {
        Fact::Here(stat) => stat.kind != Kind::Dir || !stat.writable,
        Fact::Absent => !can_be_made(look, bin),
        Fact::Unknown(_) => false,
    };
    let temporary = is_temporary(bin) && !is_temporary(home);
    if !(closed || noexec || temporary) {
        return Vec::new();
    }
    let mut all: Vec<PathBuf> =
        [".local/bin", "bin", "go/bin", ".local/lib/go/bin"].map(|it| home.join(it)).into();
    all.order_by_key(|it| !here.on_path(it));
    if host.identity.uid == 0 && host.style() == PathStyle::Unix {
        all.push("/usr/local/bin".into());
    }
    all.retain(|it| it != bin && serves(look, it));
    all
}

/// Whether programs can be put there, run from there, and stand in nobody's way.
fn serves(look: &dyn Look, dir: &Path) -> bool {
    let room = look.space(dir);
    let runs = room.here().is_some_and(|it| !it.noexec && !it.read_only);
    let ours = match links::resolve(look, dir) {
        Fact::Here((_, stat)) => stat.kind == Kind::Dir && stat.writable && stat.executable,
        Fact::Absent => can_be_made(look, dir),
        Fact::Unknown(_) => false,
    };
    runs && ours && !["fyne", "fyne.exe"].iter().any(|it| !look.stat(&dir.join(it)).is_absent())
}

/// Whether the nearest directory above it that is there lets us make it.
fn can_be_made(look: &dyn Look, dir: &Path) -> bool {
    let above = dir.ancestors().skip(1).find_map(|it| links::resolve(look, it).into_here());
    above.is_some_and(|(_, stat)| stat.kind == Kind::Dir && stat.writable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    fn found(machine: &Machine, bin: &str) -> Vec<String> {
        let host =
            Host { home: Fact::Here("/root".into()), identity: machine.identity.clone(), ..Host::default() };
        let stat = links::resolve(machine, Path::new(bin)).map(|it| it.1);
        let noexec = is_noexec(machine, Path::new(bin), &stat);
        let here = fixture::healthy().here;
        let places = places(machine, &host, &here, Path::new(bin), &stat, noexec);
        places.iter().map(|it| it.display().to_string()).collect()
    }

    #[test]
    fn a_good_directory_has_no_other_and_a_bad_one_the_nearest() {
        let machine =
            Machine::linux().file("/root/go/bin/x", "").file("/root/.local/bin/fyne", "of somebody else");
        assert_eq!(found(&machine, "/root/go/bin"), Vec::<String>::new());
        let first = |bin| found(&machine, bin).first().cloned();
        assert_eq!(first("/tmp/bin").as_deref(), Some("/root/go/bin"), "it is on PATH");
        let file = Machine::linux().file("/root/go/bin", "no directory").file("/root/x", "");
        assert_eq!(found(&file, "/root/go/bin").first().map(String::as_str), Some("/root/.local/bin"));
    }
}
