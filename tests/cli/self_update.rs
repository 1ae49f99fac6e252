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
fn a_url_that_cannot_be_a_channel_is_a_usage_error_before_anything_else() {
    for url in ["ftp://host.example/r", "nothing", "http://host.example/r", "ftp://u:secret@host.example"] {
        let one = format!("--manifest={}", url.replace("nothing", "ftp://x.example"));
        for args in [
            &["self", "update", "--check", url][..],
            &["self", "update", url],
            &["manifest", "update", url],
            &["plan", &one],
        ] {
            let said = run(&[args, &["--json"]].concat());
            let document = fits(&said.out);
            assert_eq!(
                (said.code, &document["error"]["code"]),
                (2, &"usage.url".into()),
                "{args:?} {document}"
            );
            assert!(
                document["error"]["hint"].as_str().is_some_and(|it| it.contains("https://")),
                "{document}"
            );
            assert!(!said.out.contains("secret"), "{document}");
        }
    }
}

#[test]
fn a_build_without_keys_speaks_of_programs_where_a_program_was_asked_for() {
    if cfg!(feature = "test-keys") {
        return;
    }
    let said = run(&["self", "update", "--check", "https://127.0.0.1:1/"]);
    assert!(said.code == 3 && said.err.contains("cannot verify a newer fyne-setup"), "{said:?}");
    assert!(!said.err.contains("manifest"), "{said:?}");
}

#[test]
fn a_program_tells_whose_signatures_it_believes() {
    let said = run(&["self", "keys"]);
    assert_eq!(said.code, 0, "{said:?}");
    let document = fits(&run(&["self", "keys", "--json"]).out);
    assert_eq!(document["command"], "self keys");
    for kind in ["release", "roots"] {
        for key in document[kind].as_array().expect("a list") {
            let (id, key) = (key["id"].as_str().expect("a text"), key["key"].as_str().expect("a text"));
            assert!(said.out.lines().any(|it| it.trim() == format!("{id}  {key}")), "{said:?}");
        }
    }
    if !cfg!(feature = "test-keys") && option_env!("FYNE_SETUP_RELEASE_KEYS").is_none() {
        assert!(said.out.contains("this build is not a release"), "{said:?}");
    }
}

#[test]
fn a_program_tells_that_it_works() {
    let said = run(&["self", "test"]);
    assert!(said.code == 0 && said.out.contains(env!("CARGO_PKG_VERSION")), "{said:?}");
    assert!(!run(&["self", "--help"]).out.contains("test"), "nobody types it");
    assert!(run(&["--help"]).out.contains("verify"));
}
