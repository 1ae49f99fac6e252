//! A project that is pinned: what Go makes of a copy of its go.mod, what is written, and what the lock file refuses.

use super::*;
use crate::action::Pin;
use crate::lockfile::Edits;
use crate::lockfile::tests::lock;
use crate::version::GoVersion;
use crate::want::{Locked, Want};

const MOD: &str = "module hello\n\ngo 1.22.0\n\nrequire fyne.io/fyne/v2 v2.7.0\n";

fn stand() -> Stand {
    let stand = super::stand();
    stand.living.change(|it| {
        it.dirs.insert("/root/hello".into(), 0o755);
        it.files.insert("/root/hello/go.mod".into(), (MOD.into(), 0o644));
        it.files.insert("/root/hello/go.sum".into(), (b"a.b/c v1.0.0 h1:x=\n".to_vec(), 0o644));
    });
    stand
}

fn pin(sums: bool) -> Action {
    let edits = Edits { go: None, toolchain: Some(GoVersion::release(1, 27, 4)), fyne: "2.8.1".parse().ok() };
    Action::PinProject(Pin { dir: "/root/hello".into(), edits, sums, lock: lock().to_string() })
}

const EDITED: &str = "module hello\n\ngo 1.22.0\ntoolchain go1.27.4\n\nrequire fyne.io/fyne/v2 v2.8.1\n";

#[test]
fn a_project_is_pinned_and_taken_back_to_the_byte() {
    let stand = stand();
    let children = Scripted::on(&stand.living);
    let before = stand.theirs();
    assert_eq!(stand.perform(&children, pin(false)), Ok(()));
    assert_eq!(stand.living.text("/root/hello/go.mod").as_deref(), Some(EDITED));
    assert_eq!(stand.living.text("/root/hello/fyne-setup.lock"), Some(lock().to_string()));
    assert!(stand.take_back(&children).iter().all(StepUndone::whole));
    assert_eq!(stand.theirs(), before);
    assert!(children.lines().is_empty(), "without a line for go.sum no Go is asked");
}

#[test]
fn go_may_add_what_is_needed_and_no_other_version() {
    let list = format!("{GO} list -buildvcs=false -mod=mod");
    let made = |text: &'static str| {
        move |it: &crate::system::fake::Living| {
            let mut files = it.now_is().files.into_keys().filter(|it| it.ends_with("go.mod"));
            let copy = files.find(|it| it.to_string_lossy().contains("staging/pin-")).expect("a copy");
            it.change(|it| it.files.insert(copy, (text.into(), 0o600)));
        }
    };
    let more = "module hello\n\ngo 1.22.0\n\ntoolchain go1.27.4\n\nrequire fyne.io/fyne/v2 v2.8.1\n\n\
        require golang.org/x/image v0.24.0 // indirect\n";
    let other = "module hello\n\ngo 1.22.0\n\ntoolchain go1.27.4\n\nrequire fyne.io/fyne/v2 v2.9.0\n";
    for (text, came) in [(more, Ok(())), (other, Err(Code::ProjectModChanges))] {
        let stand = stand();
        let before = stand.theirs();
        let children = Scripted::on(&stand.living).acting(&list, 0, "", made(text));
        assert_eq!(stand.perform(&children, pin(true)), came, "{text}");
        match came {
            Ok(()) => assert_eq!(stand.living.text("/root/hello/go.mod").as_deref(), Some(text)),
            Err(_) => assert_eq!(stand.theirs(), before),
        }
    }
    let stand = stand();
    stand.living.change(|it| it.files.remove(std::path::Path::new(GO)));
    let before = stand.theirs();
    assert_eq!(stand.perform(&Scripted::on(&stand.living), pin(true)), Err(Code::PinNoGo));
    assert_eq!(stand.theirs(), before);
}

#[test]
fn no_file_outside_of_the_project_is_written_through_a_link() {
    for name in ["go.mod", "go.sum", "fyne-setup.lock"] {
        let stand = stand();
        stand.living.change(|it| {
            it.files.remove(&std::path::Path::new("/root/hello").join(name));
            it.files.insert("/etc/victim".into(), (MOD.into(), 0o644));
            it.links.insert(std::path::Path::new("/root/hello").join(name), "/etc/victim".into());
        });
        let before = stand.theirs();
        let came = stand.perform(&Scripted::on(&stand.living), pin(false));
        assert_eq!((came, stand.theirs()), (Err(Code::ProjectOutside), before), "{name}");
    }
}

#[test]
fn what_has_another_hash_than_the_lock_names_is_refused_before_it_is_downloaded() {
    let download = || Action::DownloadModules { fyne: "2.8.1".into() };
    let hash = "/root/go/pkg/mod/cache/download/fyne.io/fyne/v2/@v/v2.8.1.ziphash";
    for (known, came) in [("h1:good=", None), ("h1:other=", Some(Code::LockfileHash))] {
        let mut stand = stand();
        stand.living.change(|it| it.files.insert(hash.into(), (b"h1:good=".to_vec(), 0o644)));
        let hashes = [("fyne.io/fyne/v2@v2.8.1".to_owned(), known.to_owned())].into();
        let locked = Locked { file: "/root/hello/fyne-setup.lock".into(), hashes, ..Locked::default() };
        stand.want = Want { locked: Some(locked), ..stand.want };
        let children = Scripted::on(&stand.living);
        let failed = stand.perform(&children, download()).err();
        assert_eq!(failed == Some(Code::LockfileHash), came.is_some(), "{known}: {failed:?}");
        assert_eq!(children.lines().is_empty(), came.is_some(), "{known}: {:?}", children.lines());
    }
    // What nobody can be asked about is not taken for right.
    let mut stand = stand();
    let hashes = [("fyne.io/tools@v1.7.4".to_owned(), "h1:good=".to_owned())].into();
    stand.want = Want { locked: Some(Locked { hashes, ..Locked::default() }), ..stand.want };
    let (module, bin) = ("fyne.io/tools/cmd/fyne@v1.7.4".into(), "/root/go/bin".into());
    let cli = Action::InstallCli { module, bin, cgo: false };
    assert_eq!(stand.perform(&Scripted::on(&stand.living), cli), Err(Code::NetUnreachable));
}
