//! `manifest resolve` beside a project, as people type it: the project decides, the reasons are told, what cannot be is
//! answered by something to type.

use crate::program::Program;
use crate::schema::fits;

fn project(program: &Program, dir: &str, go_mod: &str) {
    let dir = program.home().join(dir);
    std::fs::create_dir_all(&dir).expect("our own directory");
    std::fs::write(dir.join("go.mod"), go_mod).expect("our own file");
}

#[test]
fn a_project_on_an_older_line_decides_the_versions_and_every_rule_is_told() {
    let program = Program::new();
    project(&program, "old", "module old\n\ngo 1.19\n\nrequire fyne.io/fyne/v2 v2.5.3\n");
    let said = program.run(&["manifest", "resolve", "--project", "old", "--json"]);
    let document = fits(&said.out);
    let versions = ["go", "fyne", "cli"].map(|it| document["target"][it].as_str().unwrap_or_default());
    assert_eq!(versions, ["1.27.4", "2.5.3", "fyne.io/tools/cmd/fyne@v1.7.4"], "{document}");
    assert_eq!(document["row"]["line"], "2.5");
    assert!(document["reasons"].as_array().is_some_and(|it| it.iter().all(|it| it.is_string())));
    let rules = document["rules"].as_array().expect("rules");
    let side = |rule: &str| rules.iter().find(|it| it["rule"] == rule).map(|it| it["speaks"].clone());
    assert_eq!(side("fyne-project"), Some("for".into()), "{document}");
    assert_eq!(side("project-go-line"), Some("for".into()), "{document}");
    assert_eq!(side("fyne-replaced"), Some("against".into()), "{document}");
    assert_eq!(document["next_best"]["fyne"], "2.5.5", "{document}");
    let change = document["next_best"]["change"].as_str().unwrap_or_default();
    assert!(change.contains("go get fyne.io/fyne/v2@v2.5.5"), "{change}");
}

#[test]
fn the_page_is_for_people_of_both_languages() {
    let program = Program::new();
    project(&program, "old", "module old\n\ngo 1.19\n\nrequire fyne.io/fyne/v2 v2.5.3\n");
    let english = program.run(&["manifest", "resolve", "--project", "old"]);
    assert!(english.out.contains("Go     1.27.4\nFyne   2.5.3\n"), "{english:?}");
    assert!(english.out.contains("  - Fyne 2.5.3 is replaced by 2.5.5: programs for the web"), "{english:?}");
    assert!(english.out.contains("Next best\n  Go 1.27.4, Fyne 2.5.5"), "{english:?}");
    let chinese = program.run(&["manifest", "resolve", "--project", "old", "--lang", "zh-CN"]);
    assert!(chinese.out.contains("  - Fyne 2.5.3 已由 2.5.5 取代"), "{chinese:?}");
    assert!(chinese.out.contains("次优选择\n"), "{chinese:?}");
}

#[test]
fn an_impossible_wish_is_answered_by_one_that_can_be_typed_and_resolves() {
    let program = Program::new();
    let refused = program.run(&["manifest", "resolve", "--go", "1.21.13", "--fyne", "2.8.1"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{refused:?}");
    let hint = refused.err.split("hint: try ").nth(1).expect("a hint");
    assert!(hint.contains(" or --fyne 2.7.4"), "{hint}");
    let mut words = hint.split_whitespace();
    let (option, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    assert_eq!(option, "--go", "{hint}");
    let changed = program.run(&["manifest", "resolve", option, version, "--fyne", "2.8.1"]);
    assert_eq!(changed.code, 0, "{changed:?}");
}
