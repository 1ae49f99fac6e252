//! Whether a program is in other people's hands: where a stranger can write it, or put another in its place, we do not run
//! it, whatever PATH says.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::mac::ADMINISTRATORS;
use crate::facts::passwd;
use crate::system::links;
use crate::system::{Kind, Look, Stat};

/// What on the way to a program somebody else may write, who is neither root nor us: the program, a directory above it, or
/// one above what it is a link to. What cannot be seen is nobody's.
pub fn in_other_hands(look: &dyn Look, program: &Path) -> Option<PathBuf> {
    let us = look.identity().uid;
    // Whoever owns the root directory owns the machine: in some containers that is not root.
    let machine = look.stat(Path::new("/")).into_here().map_or(0, |it| it.uid);
    let trusted = |uid: u32| uid == 0 || uid == us || uid == machine;
    let open = |at: &Path, it: &Stat| match it.kind {
        Kind::Link => false,
        // Where only owners may rename, each entry speaks for itself.
        Kind::Dir if it.mode & 0o1000 != 0 => false,
        _ => is_open(look, at, it),
    };
    let strange = |it: &&Path| look.stat(it).here().is_some_and(|stat| !trusted(stat.uid) || open(it, stat));
    let real = match links::resolve(look, program) {
        Fact::Here((real, _)) => real,
        Fact::Absent | Fact::Unknown(_) => program.to_path_buf(),
    };
    [program, &*real].iter().flat_map(|it| it.ancestors()).find(strange).map(Path::to_path_buf)
}

/// Whether others may write it: everybody, or a group that somebody else is in.
fn is_open(look: &dyn Look, at: &Path, stat: &Stat) -> bool {
    if stat.mode & 0o002 != 0 {
        return stat.uid != look.identity().uid || !knows_no_rights(look, at);
    }
    // Whom an administrator lets write his programs is his choice.
    let chosen = stat.uid == 0 && ["/usr", "/opt"].iter().any(|it| at.starts_with(it));
    stat.mode & 0o020 != 0 && !chosen && is_shared(look, stat.gid)
}

/// Whether somebody is in a group who is neither us nor root. Of one that no file of the system knows, only our own first
/// group is ours.
fn is_shared(look: &dyn Look, gid: u32) -> bool {
    let identity = look.identity();
    // Whoever administers a Mac may do all that root may, and its /Applications is theirs.
    let administrators = identity.os == "macos" && gid == ADMINISTRATORS;
    if gid == 0 || administrators {
        return false;
    }
    let text = |it: &str| look.read_text(Path::new(it)).into_here().unwrap_or_default();
    let [groups, passwd] =
        ["/etc/group", "/etc/passwd"].map(text).map(|it| String::from_utf8_lossy(&it).into_owned());
    let us = passwd::account(&passwd, identity.uid).map(|it| it.name);
    let other = |it: &String| it != "root" && Some(it) != us.as_ref();
    passwd::members(&groups, &passwd, gid).map_or(gid != identity.gid, |all| all.iter().any(other))
}

/// Whether a path is on a file system where everything is everybody's because it keeps no rights (a disk of Windows, a
/// directory of the host in a virtual machine).
fn knows_no_rights(look: &dyn Look, at: &Path) -> bool {
    const KINDS: [&str; 11] =
        ["9p", "cifs", "drvfs", "exfat", "msdos", "ntfs", "ntfs3", "smb3", "vboxsf", "vfat", "virtiofs"];
    let text = look.read(Path::new("/proc/self/mounts")).into_here().unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let mounts = text.lines().filter_map(|it| {
        let mut words = it.split(' ').skip(1);
        Some((words.next()?.replace("\\040", " "), words.next()?))
    });
    let longest = mounts.filter(|it| at.starts_with(&it.0)).max_by_key(|it| it.0.len());
    longest.is_some_and(|it| KINDS.contains(&it.1) || it.1.starts_with("fuse"))
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
            ("/opt/tools/bin", ANN, 0o777, true),
            // A file system that knows no rights.
            ("/mnt/c/go/bin", ANN, 0o777, false),
            ("/opt/tools", 0, 0o1777, false),
            ("/opt/tools/bin/go", bob, 0o755, true),
            ("/opt/tools/bin/go", 0, 0o757, true),
            ("/home/ann/bin", bob, 0o755, true),
        ] {
            let mounts = "/dev/sda1 / ext4 rw 0 0\nC:\\134 /mnt/c 9p rw 0 0\n";
            let mut machine = machine().file("/proc/self/mounts", mounts);
            if path.starts_with("/mnt") {
                machine = machine.program("/mnt/c/go/bin/go").link("/home/ann/bin/go", "/mnt/c/go/bin/go");
            }
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
    fn a_group_that_others_are_in_is_a_strangers_hand_and_a_private_one_is_not() {
        let groups = "root:x:0:\nann:x:1000:\nstaff:x:50:ann,bob\ngo:x:70:ann\nnone:x:80:\n";
        let passwd = "root:x:0:0::/root:\nann:x:1000:1000::/home/ann:\nbob:x:1001:50::/home/bob:\n";
        for (path, uid, gid, found) in [
            ("/home/ann", ANN, 1000, false),
            ("/home/ann/bin", ANN, 50, true),
            ("/home/ann/bin", ANN, 0, false),
            ("/home/ann/bin", ANN, 70, false),
            ("/home/ann/bin", ANN, 80, false),
            ("/home/ann/bin", ANN, 4711, true),
            ("/home/ann/bin", 0, 50, true),
            // Debian's own.
            ("/usr/local", 0, 50, false),
            ("/usr/local/go/bin", 0, 50, false),
            ("/usr/local/go/bin", ANN, 50, true),
            ("/usr/local/go/bin/go", 0, 50, false),
        ] {
            let mut machine = Machine::linux().file("/etc/group", groups).file("/etc/passwd", passwd);
            machine =
                machine.program("/usr/local/go/bin/go").link("/home/ann/bin/go", "/usr/local/go/bin/go");
            (machine.identity.uid, machine.identity.gid) = (ANN, 1000);
            machine.owners.insert("/".into(), 0);
            machine.owners.insert(path.into(), uid);
            machine.groups.insert(path.into(), gid);
            match machine.files.get_mut(Path::new(path)) {
                Some(file) => file.1 = 0o775,
                None => drop(machine.dirs.insert(path.into(), 0o2775)),
            }
            let hands = in_other_hands(&machine, Path::new("/home/ann/bin/go"));
            assert_eq!(hands.as_deref(), found.then(|| Path::new(path)), "{path} {uid} {gid}");
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
