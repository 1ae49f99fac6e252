//! Whether a program is in other people's hands: where a stranger can write it, or put another in its place, we do not run
//! it, whatever PATH says.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::system::links;
use crate::system::{Kind, Look, Stat};

/// What on the way to a program somebody else may write, who is neither root nor us: the program, a directory above it, or
/// one above what it is a link to. What cannot be seen is nobody's.
pub fn in_other_hands(look: &dyn Look, program: &Path) -> Option<PathBuf> {
    let us = look.identity().uid;
    // Whoever owns the root directory owns the machine: in some containers that is not root.
    let machine = look.stat(Path::new("/")).into_here().map_or(0, |it| it.uid);
    let trusted = |uid: u32| uid == 0 || uid == us || uid == machine;
    let open = |it: &Stat| match it.kind {
        Kind::Link => false,
        // Where only owners may rename, each entry speaks for itself.
        Kind::Dir if it.mode & 0o1000 != 0 => false,
        _ => it.mode & 0o002 != 0 && it.uid != us,
    };
    let strange = |it: &&Path| look.stat(it).here().is_some_and(|it| !trusted(it.uid) || open(it));
    let real = match links::resolve(look, program) {
        Fact::Here((real, _)) => real,
        Fact::Absent | Fact::Unknown(_) => program.to_path_buf(),
    };
    [program, &*real].iter().flat_map(|it| it.ancestors()).find(strange).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    const ANN: u32 = 1000;

    fn machine() -> Machine {
        let mut machine =
            Machine::linux().program("/opt/tools/bin/go").link("/home/ann/bin/go", "/opt/tools/bin/go");
        machine.identity.uid = ANN;
        machine.owners.insert("/".into(), 0);
        machine
    }

    #[test]
    fn a_program_is_in_the_hands_of_whoever_may_write_it_or_what_leads_to_it() {
        let bob = 1001;
        for (path, uid, mode, found) in [
            ("/opt/tools/bin", 0, 0o755, false),
            ("/opt/tools/bin", ANN, 0o775, false),
            ("/opt/tools/bin", bob, 0o755, true),
            ("/opt/tools/bin", 0, 0o777, true),
            ("/opt/tools", 0, 0o777, true),
            ("/opt", bob, 0o755, true),
            // A file system that knows no rights.
            ("/opt/tools/bin", ANN, 0o777, false),
            ("/opt/tools", 0, 0o1777, false),
            ("/opt/tools/bin/go", bob, 0o755, true),
            ("/opt/tools/bin/go", 0, 0o757, true),
            ("/home/ann/bin", bob, 0o755, true),
        ] {
            let mut machine = machine();
            machine.owners.insert(path.into(), uid);
            match machine.files.get_mut(Path::new(path)) {
                Some(file) => file.1 = mode,
                None => drop(machine.dirs.insert(path.into(), mode)),
            }
            let hands = in_other_hands(&machine, Path::new("/home/ann/bin/go"));
            assert_eq!(hands.as_deref(), found.then(|| Path::new(path)), "{path} {uid} {mode:o}");
        }
    }

    #[test]
    fn who_owns_the_root_directory_may_own_everything() {
        let mut machine = machine();
        for path in ["/", "/opt", "/opt/tools", "/opt/tools/bin", "/opt/tools/bin/go"] {
            machine.owners.insert(path.into(), 65534);
        }
        assert_eq!(in_other_hands(&machine, Path::new("/opt/tools/bin/go")), None);
    }
}
