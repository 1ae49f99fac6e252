//! Taking back single acts, on a real disk.
#![expect(clippy::disallowed_methods, reason = "a test looks at the disk from outside")]

use super::*;
use crate::system::Disk as _;
use crate::system::disk::RealDisk;
use crate::system::fake;
use crate::system::fake::Living;
use crate::system::real::RealLook;

struct Machine {
    dir: tempfile::TempDir,
    look: RealLook,
}

impl Machine {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let look = RealLook::new(std::collections::BTreeMap::new(), dir.path().join("scratch"));
        Self { dir, look }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> Vec<Undo> {
        let path = self.path(name);
        let undo =
            before_write(&self.look, &RealDisk, &self.path("backups"), &path, Digest::of(text.as_bytes()));
        RealDisk.make_dir(path.parent().expect("a parent"), 0o755).expect("made");
        RealDisk.write(&path, text.as_bytes(), None).expect("written");
        undo.expect("readable")
    }

    fn edit(&self, name: &str, text: &str) -> Vec<Undo> {
        let (path, backups) = (self.path(name), self.path("backups"));
        let undo = before_edit(&self.look, &RealDisk, &backups, &path, text.as_bytes()).expect("readable");
        RealDisk.write(&path, text.as_bytes(), None).expect("written");
        undo
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("there")
    }

    fn revert(&self, undo: &[Undo]) -> Vec<Reverted> {
        self.revert_into(undo, None)
    }

    fn revert_into(&self, undo: &[Undo], copies: Option<&Path>) -> Vec<Reverted> {
        let backups = self.path("backups");
        let context = UndoContext { look: &self.look, disk: &RealDisk, backups: &backups, copies };
        undo.iter().map(|it| it.revert(&context).expect("no error")).collect()
    }
}

#[test]
fn a_changed_file_comes_back_and_a_new_one_goes_with_its_directories() {
    let machine = Machine::new();
    std::fs::write(machine.path("old"), "before").expect("writable");
    let (changed, made) = (machine.write("old", "after"), machine.write("a/b/new", "text"));
    for again in [false, true] {
        assert_eq!(machine.revert(&changed), [Reverted::Yes]);
        let file = if again { Reverted::Gone(machine.path("a/b")) } else { Reverted::Yes };
        assert_eq!(machine.revert(&made), [file, Reverted::Yes, Reverted::Yes]);
    }
    assert_eq!(std::fs::read(machine.path("old")).expect("there"), b"before");
    assert!(std::fs::metadata(machine.path("a")).is_err());
}

#[test]
fn what_somebody_else_changed_since_is_left_alone() {
    let machine = Machine::new();
    std::fs::write(machine.path("old"), "before").expect("writable");
    let (changed, made) = (machine.write("old", "after"), machine.write("new", "text"));
    std::fs::write(machine.path("old"), "theirs").expect("writable");
    std::fs::write(machine.path("new"), "theirs").expect("writable");
    assert_eq!(machine.revert(&changed), [Reverted::ChangedByOthers(machine.path("old"))]);
    assert_eq!(machine.revert(&made), [Reverted::ChangedByOthers(machine.path("new"))]);
}

#[test]
fn what_was_found_as_it_should_be_is_not_ours_to_take_away() {
    let machine = Machine::new();
    std::fs::write(machine.path("same"), "text").expect("writable");
    assert_eq!(machine.write("same", "text"), []);
}

#[test]
fn our_lines_leave_a_file_that_others_changed_too() {
    let machine = Machine::new();
    std::fs::write(machine.path("profile"), "before\n").expect("writable");
    let (changed, made) = (machine.edit("profile", "before\nours\n"), machine.edit("new", "ours\n"));
    for name in ["profile", "new"] {
        std::fs::write(machine.path(name), machine.text(name) + "theirs\n").expect("writable");
    }
    for _ in 0..2 {
        assert_eq!(machine.revert(&changed), [Reverted::Merged(machine.path("profile"))]);
    }
    assert_eq!(machine.revert(&made), [Reverted::Merged(machine.path("new"))]);
    assert_eq!(
        (machine.text("profile"), machine.text("new")),
        ("before\ntheirs\n".into(), "theirs\n".into())
    );
}

#[test]
fn by_force_a_copy_is_kept_first() {
    let machine = Machine::new();
    std::fs::write(machine.path("old"), "before").expect("writable");
    let changed = machine.edit("old", "after");
    std::fs::write(machine.path("old"), "theirs").expect("writable");
    let [Reverted::Copied(_, copy)] = &machine.revert_into(&changed, Some(&machine.path("copies")))[..]
    else {
        panic!("a copy")
    };
    assert_eq!(std::fs::read(copy).expect("there"), b"theirs");
    assert_eq!(machine.text("old"), "before");
}

#[test]
fn a_file_comes_back_through_a_link_that_was_made_since_and_not_where_its_directory_is_gone() {
    let machine = Machine::new();
    for name in ["gone/old", "linked/old"] {
        RealDisk.make_dir(machine.path(name).parent().expect("a parent"), 0o755).expect("made");
        std::fs::write(machine.path(name), "before").expect("writable");
    }
    let (gone, linked) = (machine.edit("gone/old", "after"), machine.edit("linked/old", "after"));
    std::fs::remove_dir_all(machine.path("gone")).expect("removable");
    RealDisk.rename(&machine.path("linked/old"), &machine.path("dotfile")).expect("renamed");
    RealDisk.link(&machine.path("dotfile"), &machine.path("linked/old")).expect("linked");
    assert_eq!(machine.revert(&gone), [Reverted::Gone(machine.path("gone"))]);
    assert!(std::fs::metadata(machine.path("gone")).is_err());
    assert_eq!((machine.revert(&linked), machine.text("dotfile")), (vec![Reverted::Yes], "before".into()));
    assert!(std::fs::symlink_metadata(machine.path("linked/old")).expect("there").is_symlink());
}

#[test]
fn a_link_that_somebody_else_moved_is_left_alone() {
    let machine = Machine::new();
    let (link, wrote) = (machine.path("current"), Some(PathBuf::from("go/2")));
    let undo = [Undo::Relink { path: link.clone(), was: Some("go/1".into()), wrote }];
    for (now, want) in
        [("go/2", Reverted::Yes), ("go/1", Reverted::Yes), ("go/3", Reverted::ChangedByOthers(link.clone()))]
    {
        RealDisk.link(Path::new(now), &link).expect("linked");
        assert_eq!(machine.revert(&undo), [want]);
    }
}

#[test]
fn a_directory_of_ours_that_is_in_use_stays() {
    let machine = Machine::new();
    let made = machine.write("a/new", "text");
    std::fs::write(machine.path("a/theirs"), "theirs").expect("writable");
    assert!(machine.revert(&made).iter().all(|it| *it == Reverted::Yes));
    assert_eq!(machine.text("a/theirs"), "theirs");
}

#[test]
fn a_directory_is_opened_only_if_it_is_closed_and_closed_again() {
    let file = PathBuf::from("/root/dir/file");
    let undo = Undo::RemoveFile { path: file.clone(), wrote: Some(Digest::of(b"ours")) };
    // The mode of a directory of somebody else's, in which this user may write, is not this user's to set.
    for (mode, calls) in [
        (0o777, &["remove /root/dir/file"][..]),
        (0o577, &["set_mode /root/dir", "remove /root/dir/file", "set_mode /root/dir"][..]),
    ] {
        let living = Living::new(fake::Machine::linux().file("/root/dir/file", "ours"));
        living.change(|it| it.dirs.insert("/root/dir".into(), mode));
        let context =
            UndoContext { look: &living, disk: &living, backups: Path::new("/root/backups"), copies: None };
        assert_eq!(undo.revert(&context), Ok(Reverted::Yes));
        assert_eq!(living.calls(), calls);
        assert_eq!(
            (living.text(&file), living.now_is().dirs.get(Path::new("/root/dir"))),
            (None, Some(&mode))
        );
    }
}

#[test]
fn a_tree_goes_in_one_step_and_what_a_kill_left_of_it_goes_with_the_next_try() {
    let machine = Machine::new();
    let undo = [Undo::RemoveTree { path: machine.path("go") }];
    for name in ["go/bin", ".go.fyne-setup-removed/src"] {
        RealDisk.make_dir(&machine.path(name), 0o755).expect("made");
    }
    for _ in 0..2 {
        assert_eq!(machine.revert(&undo), [Reverted::Yes]);
        assert_eq!(std::fs::read_dir(machine.dir.path()).expect("there").count(), 0);
    }
}

#[test]
fn what_vanished_with_its_directory_stays_gone_whatever_was_made_in_it() {
    let machine = Machine::new();
    let (dir, wrote) = (machine.path("app"), Digest::of(b"text"));
    let file = dir.join("go.mod");
    for undo in [
        Undo::Restore { path: file.clone(), was: wrote, mode: 0o644, uid: 0, gid: 0, wrote },
        Undo::RemoveFile { path: file.clone(), wrote: Some(wrote) },
        Undo::RemoveFiles { dir: dir.clone(), wrote: vec![("main.go".into(), wrote)] },
        Undo::Relink { path: file.clone(), was: Some("go/1".into()), wrote: None },
    ] {
        assert_eq!(machine.revert(std::slice::from_ref(&undo)), [Reverted::Gone(dir.clone())], "{undo:?}");
    }
    assert!(std::fs::metadata(&dir).is_err());
}
