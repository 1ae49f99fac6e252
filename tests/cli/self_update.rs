//! `self update` of a build that nobody publishes, and `self test`.

use crate::program::run;
use crate::schema::fits;

#[test]
fn a_build_without_a_channel_says_so() {
    if option_env!("FYNE_SETUP_RELEASES").is_some() {
        return;
    }
    for args in [&["self", "update"][..], &["self", "update", "--check"], &["self", "update", "--offline"]] {
        let said = run(&[args, &["--json"]].concat());
        let document = fits(&said.out);
        assert_eq!((said.code, &document["error"]["code"]), (3, &"update.no-channel".into()), "{args:?}");
    }
    let said = run(&["self", "update"]);
    assert!(said.err.contains("this build has no channel"), "{said:?}");
}

#[test]
fn a_program_tells_that_it_works() {
    let said = run(&["self", "test"]);
    assert!(said.code == 0 && said.out.contains(env!("CARGO_PKG_VERSION")), "{said:?}");
    assert!(!run(&["self", "--help"]).out.contains("test"), "nobody types it");
    assert!(run(&["--help"]).out.contains("verify"));
}
