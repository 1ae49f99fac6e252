//! Settings of Go's that are no file, and the Go that works for us.

use super::*;

#[test]
fn settings_that_go_would_wait_for_are_kept_from_every_go_that_works_for_us() {
    for pipe in [false, true] {
        let mut stand = stand();
        stand.facts.here.go_env_unread = pipe.then(|| text!("why-pipe").into());
        let children = Scripted::on(&stand.living);
        let built = stand.perform(&children, Action::BuildProgram { fyne: "2.8.1".into() });
        assert!(built.is_err(), "nobody plays Go");
        let spawned = children.spawned();
        let off = |it: &crate::system::Spawn| it.env.get("GOENV").is_some_and(|it| it == "off");
        assert!(!spawned.is_empty() && spawned.iter().all(|it| off(it) == pipe), "{pipe}: {spawned:?}");
    }
}
