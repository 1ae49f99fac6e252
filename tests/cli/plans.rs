//! Plans as files: what `plan --json` prints can be applied, and a foreign file commands nothing.

use crate::documents::files;
use crate::program::Program;

#[test]
fn a_plan_that_names_another_cli_is_refused_and_nothing_changes() {
    let program = Program::new();
    let printed = program.run(&["plan", "--json", "--no-proof"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    let target = "fyne.io/tools/cmd/fyne@v1.7.4";
    assert!(printed.out.contains(target));
    let file = program.home().join("plan.json");
    std::fs::write(&file, printed.out.replace(target, "evil.example/fyne@v1.0.0")).expect("writable");
    let before = listing(&program);
    let path = file.to_string_lossy().into_owned();
    let said = program.run(&["apply", &path, "--yes", "--json"]);
    assert_eq!(said.code, 3, "{}", said.out);
    assert!(said.out.contains("plan.differs"), "{}", said.out);
    assert_eq!(listing(&program), before);
}

#[test]
fn what_is_no_plan_is_named() {
    let program = Program::new();
    let file = program.home().join("plan.json");
    std::fs::write(&file, "{\"plan\": 7}").expect("writable");
    let said = program.run(&["apply", &file.to_string_lossy(), "--yes"]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("plan.json"), "{}", said.err);
}

fn listing(program: &Program) -> Vec<String> {
    let mut all = Vec::new();
    files(program.home(), &mut all);
    // What fails leaves a log in our own cache, and nothing else.
    all.retain(|it| !it.starts_with(".cache/fyne-setup/logs/"));
    all
}
