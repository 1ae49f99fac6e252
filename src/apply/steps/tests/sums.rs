//! The lines of a go.sum that are missing, as Go says them.

use super::*;

#[test]
fn sums_are_completed_by_what_go_says_and_a_go_mod_that_would_change_is_left() {
    let complete = || Action::CompleteSums { dir: "/root/hello".into() };
    let mut stand = stand();
    let children = Scripted::on(&stand.living);
    assert_eq!(stand.perform(&children, complete()), Err(Code::DiskDenied), "no go.mod");
    stand.living.change(|it| {
        it.dirs.insert("/root/hello".into(), 0o755);
        it.files.insert("/root/hello/go.mod".into(), (b"module hello\n".to_vec(), 0o644));
        it.files.insert("/root/hello/go.sum".into(), (b"a.b/c v1.0.0 h1:x=\n".to_vec(), 0o644));
    });
    let list = format!("{GO} list -buildvcs=false -mod=mod");
    let before = stand.theirs();
    let private = |children: &Scripted<'_>| children.spawned()[0].env.get("GONOSUMDB").cloned();
    let children = Scripted::on(&stand.living).part(&list, 0, "");
    assert_eq!(stand.perform(&children, complete()), Ok(()), "nothing is missing");
    assert_eq!((stand.theirs(), private(&children).as_deref()), (before.clone(), Some("none.invalid")));
    crate::checks::fixture::set(&mut stand.facts, "GOPRIVATE", "corp.example", Origin::Terminal);
    crate::checks::fixture::set(&mut stand.facts, "GONOSUMDB", "git.example", Origin::Terminal);
    let children = Scripted::on(&stand.living).part(&list, 0, "");
    assert_eq!(stand.perform(&children, complete()), Ok(()));
    assert_eq!(
        private(&children).as_deref(),
        Some("corp.example,git.example"),
        "about these nobody is asked"
    );
    let children = Scripted::on(&stand.living).part(&list, 1, "main.go:1: odd\n");
    assert_eq!(stand.perform(&children, complete()), Err(Code::BuildFailed));
    let written = |name: &'static str, text: &'static str| {
        move |it: &crate::system::fake::Living| {
            let path = it
                .now_is()
                .files
                .into_keys()
                .filter(|it| it.ends_with(name))
                .find(|it| it.to_string_lossy().contains("staging/sums-"));
            it.change(|it| it.files.insert(path.expect("a copy"), (text.into(), 0o600)));
        }
    };
    let children =
        Scripted::on(&stand.living).acting(&list, 0, "", written("go.mod", "module hello\ngo 1.30\n"));
    stand.living.remove_tree(&stand.places().staging()).expect("ours");
    stand.living.make_dir(&stand.places().staging(), 0o700).expect("ours");
    assert_eq!(stand.perform(&children, complete()), Err(Code::ProjectModChanges));
    stand.living.remove_tree(&stand.places().staging()).expect("ours");
    stand.living.make_dir(&stand.places().staging(), 0o700).expect("ours");
    let text = "a.b/c v1.0.0 h1:x=\ngolang.org/x/image v0.24.0 h1:y=\n";
    let children = Scripted::on(&stand.living).acting(&list, 0, "", written("go.sum", text));
    assert_eq!(stand.perform(&children, complete()), Err(Code::NetUnreachable), "nobody can confirm it");
    assert_eq!(stand.theirs(), before);
}
