//! `new`: it writes where nothing is, and nowhere else.

use crate::program::Program;

#[test]
fn a_directory_with_something_in_it_is_refused_and_left_as_it_was() {
    let program = Program::new();
    let dir = program.home().join("mine");
    std::fs::create_dir(&dir).expect("made");
    std::fs::write(dir.join("notes"), "mine").expect("written");
    for named in ["mine", "./mine/../mine", "mine/notes"] {
        let said = program.run(&["new", named, "--json", "--yes"]);
        assert_eq!(said.code, 2, "{named}: {}", said.out);
        assert!(said.out.contains("usage.not-empty"), "{named}: {}", said.out);
    }
    for named in ["line\nend", "red\u{1b}[31m", &"n".repeat(300)] {
        let said = program.run(&["new", named, "--json", "--yes"]);
        assert_eq!(said.code, 2, "{named:?}: {}", said.out);
        assert!(!program.home().join(".local/share/fyne-setup/journal.jsonl").exists(), "{named:?}");
    }
    let names: Vec<_> = std::fs::read_dir(&dir).expect("there").flatten().map(|it| it.file_name()).collect();
    assert_eq!(names, ["notes"]);
}

#[test]
fn a_directory_has_to_be_named() {
    let said = Program::new().run(&["new"]);
    assert_eq!(said.code, 2, "{}", said.err);
}
