//! A project that is pinned, killed at any moment: the next `pin` ends as if never killed, and `undo` gives the project back.

use std::fs;

use super::{Case, Machine, asked, newcomer, sample};

const PIN: &[&str] = &["pin", "--yes", "--offline", "--project", "app"];
const UNDO: &[&str] = &["undo", "--yes"];

/// Lines of a Windows editor, and no line feed at the end: what is put back is put back to the byte.
const MOD: &str = "module app\r\n\r\ngo 1.22.0\r\n\r\nrequire fyne.io/fyne/v2 v2.8.1 // ours";
const SUM: &str = "fyne.io/fyne/v2 v2.8.1 h1:EztGuE2W3Qhd0cWVmU+h5rkzNezUD1To6UqsoLQYUIM=\n";

#[test]
fn whatever_kills_a_pin_the_next_one_ends_as_if_it_had_not() {
    if asked("traced") {
        return;
    }
    let machine = Machine::new();
    newcomer(&machine);
    let app = machine.home().join("app");
    fs::create_dir_all(&app).expect("made");
    for (name, text) in
        [("go.mod", MOD), ("go.sum", SUM), ("main.go", "package main\n\nimport _ \"fyne.io/fyne/v2\"\n")]
    {
        fs::write(app.join(name), text).expect("written");
    }
    machine.keep("project");
    let pin = Case::new(&machine, "project", PIN);
    let pinned = fs::read_to_string(app.join("go.mod")).expect("there");
    assert_eq!(pinned, MOD.replace("1.22.0\r\n", "1.22.0\r\ntoolchain go1.27.4\r\n"));
    assert!(app.join("fyne-setup.lock").exists());
    machine.keep("pinned");
    let mut undo = Case::new(&machine, "pinned", UNDO);
    undo.golden.clone_from(&pin.before);
    let each = if sample() { 3 } else { 1 };
    let mut wrong = Vec::new();
    for case in [&pin, &undo] {
        wrong.extend(case.sweep("append", "kill", 1));
        wrong.extend(case.sweep("append", "half", 1));
        wrong.extend(case.sweep("any", "kill", each));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}
