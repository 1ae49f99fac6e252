//! A home that cannot be one: nothing is planned and nothing is written; the cause and the line to type are said.

use crate::documents::files;
use crate::program::Program;

/// HOME as it can be set wrongly. Where it is not set at all, the account names the home (`probe::home`).
const WRONG: [&str; 4] = ["", "somewhere", "./here", "/home/a\nb"];

/// HOME as a path that is no directory.
const GONE: [&str; 2] = ["/nonexistent-home/of/nobody", "/etc/passwd"];

#[test]
fn without_a_home_nothing_is_planned_and_the_line_to_type_is_said() {
    for home in WRONG.into_iter().chain(GONE) {
        let program = Program::new().env("HOME", home);
        for args in [
            &["plan", "--json"][..],
            &["plan", "repair", "--json"],
            &["install", "--dry-run", "--json"],
            &["repair", "--dry-run", "--json"],
        ] {
            let said = program.run(args);
            let document: serde_json::Value = serde_json::from_str(&said.out).expect("one document");
            assert_eq!(
                (said.code, &document["error"]["code"]),
                (3, &"home.unknown".into()),
                "{home:?} {args:?}"
            );
            let hint = document["error"]["hint"].as_str().unwrap_or_default();
            let line = hint.contains("export HOME=/") || hint.contains("mkdir -p /");
            assert!(line, "{home:?}: {hint}");
        }
        let mut all = Vec::new();
        files(program.home(), &mut all);
        assert!(all.is_empty(), "{home:?}: {all:?}");
    }
}

#[test]
fn without_a_home_a_check_says_all_that_does_not_depend_on_it() {
    for home in WRONG {
        let program = Program::new().env("HOME", home);
        let said = program.run(&["check", "--json"]);
        let document: serde_json::Value = serde_json::from_str(&said.out).expect("one document");
        let status = |id: &str| {
            let all = document["checks"].as_array().into_iter().flatten();
            let one = all.filter(|it| it["id"] == id).map(|it| it["status"].as_str().unwrap_or_default());
            one.collect::<String>()
        };
        assert_eq!((said.code, status("system.home").as_str()), (1, "fail"), "{home:?}");
        assert_eq!(status("system.os"), "ok", "{home:?}");
        for id in ["go.bin", "modules.cache", "modules.build-cache"] {
            assert!(["unknown", "waiting"].contains(&status(id).as_str()), "{home:?}: {id} {}", status(id));
        }
        let mut all = Vec::new();
        files(program.home(), &mut all);
        assert!(all.is_empty(), "{home:?}: {all:?}");
    }
}

#[test]
fn without_a_home_no_command_writes_where_it_stands_or_makes_one() {
    let absent = tempfile::tempdir().expect("a temporary directory").path().join("gone");
    let absent = absent.to_str().expect("UTF-8");
    for home in WRONG.into_iter().chain(GONE).chain([absent]) {
        let program = Program::new().env("HOME", home);
        for args in [
            &["check"][..],
            &["check", "--deep", "--offline"],
            &["history"],
            &["env"],
            &["undo", "--yes"],
            &["uninstall", "--yes"],
            &["prove"],
            &["install", "--yes", "--offline", "--no-sudo"],
            &["repair", "--yes", "--offline", "--no-sudo"],
            &["manifest", "show"],
        ] {
            let said = program.run(args);
            let reads = ["check", "manifest"].contains(&args[0]);
            assert_eq!(said.code == 3, !reads, "{home:?} {args:?}: exit {}\n{}", said.code, said.err);
            let mut all = Vec::new();
            files(program.home(), &mut all);
            assert!(all.is_empty(), "{home:?} {args:?}: {all:?}");
            assert!(!std::path::Path::new(absent).exists(), "{home:?} {args:?}");
            assert!(!std::path::Path::new("/nonexistent-home").exists(), "{home:?} {args:?}");
        }
    }
}
