//! `config.toml`: option over variable over file over what is built in; a mistake in it stops everything but what helps to
//! set it right.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::program::Program;
use crate::schema::fits;

fn with(text: &str) -> Program {
    let program = Program::new();
    let dir = program.home().join(".config/fyne-setup");
    fs::create_dir_all(&dir).expect("made");
    fs::write(dir.join("config.toml"), text).expect("written");
    program
}

/// A key of `config show --json`: its value and its origin.
fn shown(program: &Program, more: &[&str], key: &str) -> (Value, String) {
    let said = program.run(&[&["config", "show", "--json"], more].concat());
    assert_eq!(said.code, 0, "{said:?}");
    let document = fits(&said.out);
    let all = document["settings"].as_array().expect("settings");
    let one = all.iter().find(|it| it["key"] == key).expect("the key");
    (one["value"].clone(), one["origin"].as_str().expect("an origin").to_owned())
}

#[test]
fn a_file_is_begun_once_and_its_path_is_known() {
    let program = Program::new();
    let file = program.home().join(".config/fyne-setup/config.toml");
    let path = program.run(&["config", "path"]);
    assert_eq!((path.code, path.out.trim()), (0, file.display().to_string().as_str()));
    let dry = program.run(&["config", "init", "--dry-run"]);
    assert!(dry.code == 0 && !file.exists(), "{dry:?}");
    let said = program.run(&["config", "init", "--json"]);
    assert_eq!((said.code, fits(&said.out)["changed"].as_bool()), (0, Some(true)), "{said:?}");
    let text = fs::read_to_string(&file).expect("written");
    assert!(
        text.contains("\n#goproxy = ") && text.lines().all(|it| it.is_empty() || it.starts_with('#')),
        "{text}"
    );
    assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    fs::write(&file, "offline = true\n").expect("written");
    let again = program.run(&["config", "init", "--json"]);
    assert_eq!((again.code, &fits(&again.out)["error"]["code"]), (2, &"config.there".into()), "{again:?}");
    assert_eq!(fs::read_to_string(&file).expect("there"), "offline = true\n");
    let chinese = Program::new();
    chinese.run(&["config", "init", "--lang", "zh-CN"]);
    let text = fs::read_to_string(chinese.home().join(".config/fyne-setup/config.toml")).expect("written");
    assert!(text.contains("# 语言"), "{text}");
}

#[test]
fn an_option_beats_its_variable_which_beats_the_file_which_beats_what_is_built_in() {
    let text = "goal = \"build\"\ntimeout = 7\noffline = true\ngo-mirror = [\"https://a.example/\", \"https://b.example/\"]\n";
    let program = with(text);
    assert_eq!(shown(&program, &[], "goal"), ("build".into(), "config".into()));
    assert_eq!(shown(&program, &[], "timeout"), (7.into(), "config".into()));
    assert_eq!(shown(&program, &["--timeout", "9"], "timeout"), (9.into(), "flag".into()));
    let mirrors = shown(&program, &[], "go-mirror").0;
    assert_eq!(mirrors, serde_json::json!(["https://a.example/", "https://b.example/"]));
    assert_eq!(shown(&program, &[], "no-warm"), (false.into(), "default".into()));
    assert_eq!(shown(&program, &[], "go"), (Value::Null, "default".into()));
    let program =
        program.env("FYNE_SETUP_TIMEOUT", "8").env("FYNE_SETUP_OFFLINE", "0").env("FYNE_SETUP_NO_WARM", "1");
    assert_eq!(shown(&program, &[], "timeout"), (8.into(), "variable".into()));
    assert_eq!(shown(&program, &["--timeout", "9"], "timeout"), (9.into(), "flag".into()));
    assert_eq!(shown(&program, &[], "offline"), (false.into(), "variable".into()));
    assert_eq!(shown(&program, &[], "no-warm"), (true.into(), "variable".into()));
    let text = program.run(&["config", "show"]);
    for said in ["variable FYNE_SETUP_TIMEOUT", "config.toml, line 1", "default"] {
        assert!(text.out.contains(said), "{}", text.out);
    }
}

#[test]
fn what_the_file_says_holds_as_if_it_was_typed() {
    let chinese = with("lang = \"zh-CN\"\n");
    assert!(chinese.run(&["check"]).out.contains("项"), "the language");
    assert!(chinese.run(&["chekc"]).err.contains("check") && !chinese.run(&["chekc"]).err.contains("error:"));
    assert!(chinese.run(&["check", "--lang", "en"]).out.contains(" ok"), "the option beats it");
    let offline = with("offline = true\n");
    let plan = fits(&offline.run(&["install", "--dry-run", "--json"]).out);
    assert_eq!(plan["plan"]["want"]["offline"], true, "{plan}");
    let goal = with("goal = \"build\"\nno-proof = true\n");
    let plan = fits(&goal.run(&["install", "--dry-run", "--json"]).out);
    assert_eq!(
        (&plan["plan"]["want"]["goal"], &plan["plan"]["want"]["proof"]),
        (&"build".into(), &false.into())
    );
    let back = fits(&goal.run(&["install", "--dry-run", "--json", "--goal", "desktop"]).out);
    assert_eq!(back["plan"]["want"]["goal"], "desktop");
}

#[test]
fn a_project_says_its_versions_itself() {
    let program = with("fyne = \"2.6.3\"\n");
    let plan = |program: &Program, dir: &str| {
        fits(&program.run(&["install", "--dry-run", "--json", "--project", dir]).out)["plan"]["want"]["fyne"]
            .clone()
    };
    let app = program.home().join("app");
    fs::create_dir_all(&app).expect("made");
    let here = fits(&program.run(&["install", "--dry-run", "--json"]).out);
    assert_eq!(here["plan"]["want"]["fyne"], "2.6.3", "{here}");
    fs::write(app.join("go.mod"), "module app\n\ngo 1.24\n\nrequire fyne.io/fyne/v2 v2.8.1\n")
        .expect("written");
    assert_eq!(plan(&program, "app"), Value::Null);
    assert_eq!(shown(&program, &["--project", "app"], "fyne"), (Value::Null, "project".into()));
    assert_eq!(shown(&program, &[], "fyne"), ("2.6.3".into(), "config".into()));
}

#[test]
fn a_mistake_is_one_error_with_its_line_and_nothing_is_done() {
    for (text, code, line, hint) in [
        ("\nofline = true\n", "config.key", 2, "offline"),
        ("offline = \"yes\"\n", "config.value", 1, "true or false"),
        ("lang = \"en\"\ngoal = \"desktp\"\n", "config.value", 2, "desktop"),
        ("offline = true\nlang = \n", "config.syntax", 2, "equals sign"),
    ] {
        let program = with(text);
        for command in [&["check"][..], &["install", "--yes"], &["config", "show"], &["accept", "--list"]] {
            let said = program.run(&[&["--json"], command].concat());
            let document = fits(&said.out);
            let error = &document["error"];
            assert_eq!(
                (said.code, &error["code"], &error["line"]),
                (2, &code.into(), &line.into()),
                "{said:?}"
            );
            assert!(error["file"].as_str().unwrap_or_default().ends_with("config.toml"), "{error}");
            assert!(error["hint"].as_str().unwrap_or_default().contains(hint), "{error}");
        }
        for command in [
            &["config", "path"][..],
            &["explain", "config.key"],
            &["completions", "bash"],
            &["--help"],
            &["history"],
            &["undo", "--dry-run"],
        ] {
            assert_eq!(program.run(command).code, 0, "{command:?}");
        }
    }
}

#[test]
fn a_file_that_others_may_write_is_not_obeyed_and_that_is_said_once() {
    let program = with("lang = \"zh-CN\"\n");
    let file = program.home().join(".config/fyne-setup/config.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).expect("set");
    for command in [&["check"][..], &["history"]] {
        let said = program.run(command);
        assert!(said.err.contains("is not obeyed"), "{said:?}");
        assert_eq!(said.err.matches("config.toml").count(), 1, "{said:?}");
    }
    let shown = fits(&program.run(&["config", "show", "--json"]).out);
    assert_eq!((&shown["config"]["obeyed"], &shown["config"]["exists"]), (&false.into(), &true.into()));
}

#[test]
fn uninstall_leaves_what_a_person_said_and_is_done_all_the_same() {
    let program = with("lang = \"en\"\n");
    let said = program.run(&["uninstall", "--yes"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(program.home().join(".config/fyne-setup/config.toml").exists());
}
