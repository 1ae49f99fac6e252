//! What a right command line gets: one document on standard output, everything else on standard error.

use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use crate::program::{Program, run};
use crate::schema::fits;

#[test]
fn check_exits_0_or_1_and_its_document_says_so() {
    let program = Program::new();
    let said = program.run(&["check", "--json"]);
    let document = fits(&said.out);
    assert_eq!(document["command"], "check");
    assert_eq!(document["exit"].as_i64(), Some(said.code.into()));
    assert_eq!(document["ok"].as_bool(), Some(said.code == 0));
    assert!(said.code == 0 || said.code == 1, "{said:?}");
    assert_eq!(said.err, "");
    let text = program.run(&["doctor"]);
    assert_eq!((text.code, text.err.as_str()), (said.code, ""), "{text:?}");
    assert!(text.out.starts_with("fyne-setup "), "{text:?}");
}

#[test]
fn check_changes_nothing_outside_its_own_cache() {
    let program = Program::new();
    program.run(&["check"]);
    let mut left = Vec::new();
    files(program.home(), &mut left);
    let ours = |it: &String| it.starts_with(".cache/fyne-setup") || it.starts_with(".config/go/telemetry");
    left.retain(|it| !ours(it));
    assert_eq!(left, Vec::<String>::new());
}

pub fn files(dir: &Path, into: &mut Vec<String>) {
    fn walk(root: &Path, dir: &Path, into: &mut Vec<String>) {
        for entry in std::fs::read_dir(dir).expect("our own directory").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(root, &path, into);
            } else {
                into.push(path.strip_prefix(root).expect("below it").display().to_string());
            }
        }
    }
    walk(dir, dir, into);
}

#[test]
fn a_recording_replays_to_the_same_report() {
    let program = Program::new();
    let without_time = |text: &str| {
        let mut document = fits(text);
        document["duration_ms"] = 0.into();
        // When and where it was made.
        for field in ["time", "host"] {
            document.as_object_mut().expect("an object").remove(field);
        }
        document
    };
    let live = program.run(&["check", "--json", "--record", "rec"]);
    assert!(live.err.contains("rec"), "{live:?}");
    let again = program.run(&["check", "--json", "--replay", "rec"]);
    assert_eq!(again.code, live.code);
    // The home of this test is no home that a person has; it is replaced like one.
    let home = program.home().display().to_string();
    let live = live.out.replace(&home, "/home/user");
    assert_eq!(without_time(&again.out), without_time(&live));
    let nothing = program.run(&["check", "--replay", "nowhere"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (2, ""), "{nothing:?}");
}

#[test]
fn explain_tells_in_both_languages() {
    let (english, chinese) =
        (run(&["explain", "system.terminal"]), run(&["explain", "system.terminal", "--lang", "zh"]));
    assert_eq!((english.code, chinese.code), (0, 0));
    assert!(english.out.contains("Why it matters"), "{english:?}");
    assert!(chinese.out.contains("为什么重要"), "{chinese:?}");
    let document = fits(&run(&["explain", "system", "--json"]).out);
    assert!(document["explained"].as_array().is_some_and(|it| !it.is_empty()), "{document}");
    let code = run(&["explain", "disk.full"]);
    assert!(code.code == 0 && code.out.contains("exit 3") && code.out.contains("df -h"), "{code:?}");
    let document = fits(&run(&["explain", "disk.full", "--json", "--lang", "zh"]).out);
    assert_eq!(document["codes"][0]["exits"][0], 3, "{document}");
    assert!(document["codes"][0]["do"].as_str().is_some_and(|it| it.contains("空间")), "{document}");
    let wrong = run(&["explain", "disk.ful"]);
    assert!(wrong.code == 2 && wrong.err.contains("did you mean disk.full"), "{wrong:?}");
}

#[test]
fn the_manifest_resolves_and_refuses_with_reasons() {
    let document = fits(&run(&["manifest", "resolve", "--fyne", "2.6.3", "--json"]).out);
    assert_eq!(document["target"]["fyne"], "2.6.3");
    assert!(document["reasons"].as_array().is_some_and(|it| it.len() >= 3), "{document}");
    let refused = run(&["manifest", "resolve", "--go", "1.12.1"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    fits(&run(&["manifest", "show", "--json"]).out);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let program = Program::new();
    let mut child = program
        .command(&["schema"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut err).expect("UTF-8");
    assert_eq!((child.wait().expect("it ends").code(), err.as_str()), (Some(0), ""));
}

#[test]
fn a_full_disk_behind_standard_output_is_told() {
    let program = Program::new();
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        eprintln!("skipped: no /dev/full here");
        return;
    };
    let output = program.command(&["schema"]).stdout(full).output().expect("the program starts");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{err}");
    assert!(err.starts_with("error: cannot write to standard output"), "{err}");
}

#[test]
fn without_any_home_the_reason_is_named() {
    let program = Program::new();
    let output = program.command(&["check"]).env_remove("HOME").output().expect("the program starts");
    // This user stands in the password file of a usual machine; where not, the error says what to set.
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)) || err.contains("HOME"), "{err}");
}
