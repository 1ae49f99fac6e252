//! A WSL in memory whose sockets are covered: shown, shown for good, covered again, and what is in the way.

use super::*;
use crate::action::Action;
use crate::apply::revert::StepUndone;
use crate::apply::stand::Stand;
use crate::journal::State;
use crate::system::fake::{Living, Machine, Scripted};

const MOUNT: &str =
    "/usr/bin/sudo -n -- /bin/mount -o bind,ro,X-mount.mkdir -t none /mnt/wslg/.X11-unix /tmp/.X11-unix";
const INSTALL: &str = "/usr/bin/sudo -n -- /usr/bin/install -D -m 0644 -T -- ";
const OURS: &str = "43 42 0:9 /.X11-unix /tmp/.X11-unix ro - tmpfs none rw\n";
const COVERED: &str =
    "41 30 0:9 /.X11-unix /tmp/.X11-unix ro - tmpfs none rw\n42 30 0:31 / /tmp rw - tmpfs tmpfs rw\n";

fn stand(machine: Machine) -> Stand {
    let machine = machine
        .file("/proc/self/mountinfo", COVERED)
        .file("/proc/sys/kernel/random/boot_id", "aaaa\n")
        .file("/tmp/x", "");
    let mut stand = Stand::new(machine);
    stand.facts.host.rights = Rights::SudoWithoutPassword;
    stand
}

fn action(each_start: bool) -> Action {
    Action::ShowWslgSockets { dir: "/mnt/wslg".into(), each_start }
}

fn put(living: &Living, path: &str, text: &str) {
    living.change(|it| it.files.insert(path.into(), (text.as_bytes().to_vec(), 0o644)));
}

/// What mount and install do.
fn works(stand: &Stand, each_start: bool) -> Scripted<'_> {
    let mounted = |it: &Living| put(it, "/proc/self/mountinfo", &format!("{COVERED}{OURS}"));
    let children = Scripted::on(&stand.living).acting(MOUNT, 0, "", mounted);
    if !each_start {
        return children;
    }
    children.acting(INSTALL, 0, "", |it| put(it, DROP_IN, &wsl::drop_in(Path::new("/mnt/wslg"))))
}

#[test]
fn sockets_are_shown_for_good_and_covered_again_with_nothing_left() {
    for each_start in [true, false] {
        let stand = stand(Machine::linux());
        let before = stand.theirs();
        let children = works(&stand, each_start);
        assert_eq!(stand.perform(&children, action(each_start)), Ok(()));
        assert_eq!(stand.living.text(DROP_IN).is_some(), each_start);
        assert!(children.left().is_empty(), "{:?}", children.left());
        let shown = stand.commands.lock().expect("no panic").clone();
        assert!(shown.iter().all(|it| it.starts_with("sudo ")) && shown.len() == 1 + usize::from(each_start));
        drop(children);
        let back = Scripted::on(&stand.living)
            .acting("/usr/bin/sudo -n -- /bin/umount /tmp/.X11-unix", 0, "", |it| {
                put(it, "/proc/self/mountinfo", COVERED);
            })
            .acting("/usr/bin/sudo -n -- /bin/rm -f -- /etc/tmpfiles.d", 0, "", |it| {
                it.change(|it| it.files.remove(Path::new(DROP_IN)));
            });
        assert!(stand.take_back(&back).iter().all(StepUndone::whole));
        assert_eq!((stand.theirs(), stand.states()), (before, vec![State::Undone]));
        assert_eq!(back.left().is_empty(), each_start, "no file is removed that was not laid");
    }
}

#[test]
fn a_mount_of_another_start_or_of_wsls_own_is_not_taken_away() {
    let mounted_by_wsl = COVERED.lines().next().unwrap_or_default();
    for (boot, mounts) in [("bbbb", format!("{COVERED}{OURS}")), ("aaaa", format!("{mounted_by_wsl}\n"))] {
        let stand = stand(Machine::linux());
        let children = works(&stand, false);
        assert_eq!(stand.perform(&children, action(false)), Ok(()));
        drop(children);
        put(&stand.living, "/proc/sys/kernel/random/boot_id", boot);
        put(&stand.living, "/proc/self/mountinfo", &mounts);
        let back = Scripted::on(&stand.living);
        assert!(stand.take_back(&back).iter().all(StepUndone::whole));
        assert_eq!(back.lines(), Vec::<String>::new(), "{boot}");
    }
}

#[test]
fn a_file_that_was_there_or_was_changed_since_stays() {
    let stand = stand(Machine::linux());
    let children = works(&stand, true);
    assert_eq!(stand.perform(&children, action(true)), Ok(()));
    drop(children);
    put(&stand.living, DROP_IN, "L /tmp/.X11-unix - - - - /elsewhere\n");
    let back = Scripted::on(&stand.living).part("/usr/bin/sudo -n -- /bin/umount", 0, "");
    let taken = stand.take_back(&back);
    assert_eq!(taken, [StepUndone::Back(vec![Reverted::ChangedByOthers(DROP_IN.into())], <_>::default())]);

    let theirs = self::stand(Machine::linux().file(DROP_IN, "# mine\n"));
    let children = works(&theirs, false);
    assert_eq!(theirs.perform(&children, action(true)), Ok(()));
    assert_eq!(theirs.living.text(DROP_IN).as_deref(), Some("# mine\n"));
}

#[test]
fn root_mounts_over_no_link_and_on_nobodys_file() {
    for machine in
        [Machine::linux().link(SHOWN, "/etc").file("/etc/x", ""), Machine::linux().file(SHOWN, "a file")]
    {
        let stand = stand(machine);
        let children = Scripted::on(&stand.living);
        assert_eq!(stand.perform(&children, action(true)), Err(Code::PremiseChanged));
        assert!(children.lines().is_empty() && stand.nothing_began());
    }
}

#[test]
fn what_sudo_or_mount_refuses_is_told_apart_and_leaves_no_file() {
    for (prints, code) in [
        ("sudo: a password is required\n", Code::PackagesRights),
        ("mount: /tmp/.X11-unix: permission denied.\n", Code::WslSockets),
    ] {
        let stand = stand(Machine::linux());
        let children = Scripted::on(&stand.living).part(MOUNT, 1, prints);
        assert_eq!(stand.perform(&children, action(true)), Err(code), "{prints}");
        assert_eq!(children.lines().len(), 1, "nothing is laid after it");
        assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    }
}

#[test]
fn after_a_restart_the_link_that_the_file_made_goes_with_it_and_nobody_elses() {
    for (target, goes) in [("/mnt/wslg/.X11-unix", true), ("/elsewhere", false)] {
        let stand = stand(Machine::linux());
        let children = works(&stand, true);
        assert_eq!(stand.perform(&children, action(true)), Ok(()));
        drop(children);
        put(&stand.living, "/proc/sys/kernel/random/boot_id", "bbbb\n");
        put(&stand.living, "/proc/self/mountinfo", "");
        stand.living.change(|it| *it = it.clone().link(SHOWN, target));
        let both = format!("/usr/bin/sudo -n -- /bin/rm -f -- {DROP_IN} {SHOWN}");
        let file = format!("/usr/bin/sudo -n -- /bin/rm -f -- {DROP_IN}");
        let back = Scripted::on(&stand.living).part(&file, 0, "");
        assert!(stand.take_back(&back).iter().all(StepUndone::whole));
        let expected = if goes { both } else { file.clone() };
        assert_eq!(back.lines(), [expected]);
    }
}
