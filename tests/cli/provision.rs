//! `provision KIND`: what is written where, that nothing is lost, and that what is there already is left alone.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use fyne_setup::digest::Digest;
use serde_json::Value;

use crate::program::Program;
use crate::schema::fits;

/// A build with a channel, so that no program of 100 MB is copied beside each file.
fn with_channel() -> Program {
    Program::new().env("FYNE_SETUP_RELEASES", "https://releases.example/fyne/")
}

fn json(program: &Program, args: &[&str]) -> (i32, Value) {
    let said = program.run(&[&["provision", "--json"], args].concat());
    let document = fits(&said.out);
    assert_eq!(document["exit"].as_i64(), Some(said.code.into()));
    (said.code, document)
}

/// Each file's path and state.
fn states(document: &Value) -> Vec<(String, String)> {
    let word = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let all = document["provisioned"].as_array().expect("a list");
    all.iter().map(|it| (word(&it["path"]), word(&it["state"]))).collect()
}

#[test]
fn files_are_written_once_and_the_second_time_nothing_changes() {
    let program = with_channel();
    let args = ["devcontainer", "--to", "new/place"];
    let (code, first) = json(&program, &args);
    assert_eq!((code, &first["changed"]), (0, &Value::Bool(true)), "{first}");
    let names = ["new/place/install.sh", "new/place/devcontainer-feature.json"];
    assert_eq!(states(&first), names.map(|it| (it.to_owned(), "written".to_owned())));
    for (index, name) in names.iter().enumerate() {
        let bytes = fs::read(program.home().join(name)).expect("written");
        assert_eq!(first["provisioned"][index]["sha256"], Digest::of(&bytes).to_string());
        let mode = fs::metadata(program.home().join(name)).expect("there").permissions().mode();
        assert_eq!(mode & 0o111 != 0, index == 0, "{name}");
    }
    let (code, second) = json(&program, &args);
    assert_eq!((code, &second["changed"]), (0, &Value::Bool(false)), "{second}");
    assert!(states(&second).iter().all(|it| it.1 == "unchanged"), "{second}");
}

#[test]
fn a_file_that_differs_is_replaced_only_by_force_and_is_kept() {
    let program = with_channel();
    let feature = program.home().join("devcontainer-feature.json");
    fs::write(&feature, "mine\n").expect("written");
    let (code, document) = json(&program, &["devcontainer"]);
    assert_eq!((code, document["error"]["code"].as_str()), (2, Some("provision.differs")), "{document}");
    assert_eq!(document["error"]["file"].as_str(), Some("devcontainer-feature.json"));
    assert!(!program.home().join("install.sh").exists(), "where one may not be replaced, none is written");
    assert_eq!(fs::read_to_string(&feature).expect("there"), "mine\n");
    for kept in ["devcontainer-feature.json.bak", "devcontainer-feature.json.bak2"] {
        fs::write(&feature, "mine\n").expect("written");
        let (code, document) = json(&program, &["devcontainer", "--force"]);
        assert_eq!(code, 0, "{document}");
        assert_eq!(fs::read_to_string(program.home().join(kept)).expect("kept"), "mine\n");
        assert!(
            document["provisioned"][1]["kept"].as_str().is_some_and(|it| it.ends_with(kept)),
            "{document}"
        );
    }
}

#[test]
fn a_link_is_followed_and_a_directory_in_the_way_is_said() {
    let program = with_channel();
    fs::create_dir(program.home().join("real")).expect("made");
    fs::write(program.home().join("real/file"), "mine\n").expect("written");
    std::os::unix::fs::symlink("real/file", program.home().join("Brewfile")).expect("made");
    assert_eq!(program.run(&["provision", "brewfile"]).code, 2);
    assert_eq!(program.run(&["provision", "brewfile", "--force"]).code, 0);
    assert!(fs::symlink_metadata(program.home().join("Brewfile")).expect("there").is_symlink());
    let text = fs::read_to_string(program.home().join("real/file")).expect("there");
    assert!(text.contains("brew \"go\""), "{text}");
    fs::create_dir(program.home().join("shell.nix")).expect("made");
    let said = program.run(&["provision", "nix", "--force"]);
    assert!(said.code == 3 && said.err.contains("shell.nix"), "{said:?}");
    fs::write(program.home().join("plain"), "").expect("written");
    let said = program.run(&["provision", "nix", "--to", "plain/below"]);
    assert!(said.code == 3 && said.err.contains("plain"), "{said:?}");
}

#[test]
fn a_dry_run_writes_nothing_and_standard_output_takes_one_file() {
    let program = with_channel();
    let (code, document) = json(&program, &["nix", "--dry-run"]);
    assert_eq!((code, states(&document)), (0, vec![("shell.nix".into(), "pending".into())]));
    assert!(!program.home().join("shell.nix").exists());
    let printed = program.run(&["provision", "nix", "--to", "-"]);
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    assert!(!program.home().join("-").exists());
    assert_eq!(program.run(&["provision", "nix"]).code, 0);
    assert_eq!(fs::read_to_string(program.home().join("shell.nix")).expect("there"), printed.out);
    let (_, document) = json(&program, &["nix", "--to", "-"]);
    assert_eq!(document["provisioned"][0]["content"], printed.out);
    let (code, document) = json(&program, &["packer", "--to", "-"]);
    assert_eq!((code, document["error"]["code"].as_str()), (2, Some("provision.several")), "{document}");
}

#[test]
fn the_program_lies_beside_where_there_is_no_channel() {
    let program = Program::new();
    let (code, document) = json(&program, &["vagrant"]);
    assert_eq!(code, 0, "{document}");
    let (own, copy) = (env!("CARGO_BIN_EXE_fyne-setup"), program.home().join("fyne-setup"));
    assert!(fs::read(own).expect("there") == fs::read(&copy).expect("copied"), "it is the one that runs");
    assert_eq!(fs::metadata(&copy).expect("there").permissions().mode() & 0o777, 0o755);
    let said = program.run(&["provision", "winget", "--to", "windows"]);
    assert!(said.out.contains("fyne-setup.exe") && !program.home().join("windows/fyne-setup.exe").exists());
}

#[test]
fn files_without_the_program_say_where_it_has_to_be() {
    let (bare, channel) = (Program::new(), with_channel());
    let said = |program: &Program, kind: &str| program.run(&["provision", kind]).out;
    assert!(said(&bare, "ansible").contains("fyne_setup_program"));
    assert!(
        said(&channel, "ansible").contains("fyne_setup_program"),
        "the controller pushes it, whoever has it"
    );
    assert!(said(&bare, "cloud-init").contains("/usr/local/bin/fyne-setup"));
    assert!(!said(&channel, "cloud-init").contains("/usr/local/bin/fyne-setup"), "it is downloaded");
    assert!(!said(&bare, "nix").contains("program"));
}

#[test]
fn what_cannot_be_written_into_a_file_is_refused() {
    for url in
        ["http://releases.example", "https://u:p@releases.example", "https://a.example/'$(id)'", "no url"]
    {
        let said = Program::new().env("FYNE_SETUP_RELEASES", url).run(&["provision", "nix"]);
        assert_eq!(said.code, 2, "{url}: {said:?}");
    }
    let said = Program::new().run(&["provision", "chef"]);
    assert!(said.code == 2 && said.err.contains("dockerfile"), "{said:?}");
    let said = Program::new().run(&["provision"]);
    assert!(said.code == 2 && said.err.contains("KIND"), "{said:?}");
}

#[test]
fn the_list_has_every_kind_with_its_files() {
    let program = Program::new();
    let (code, document) = json(&program, &["list"]);
    let kinds = document["kinds"].as_array().expect("a list");
    assert!(code == 0 && kinds.iter().any(|it| it["files"][0] == "Dockerfile"), "{document}");
    let said = program.run(&["provision", "list"]);
    assert!(kinds.iter().all(|it| said.out.contains(it["kind"].as_str().expect("a word"))), "{said:?}");
}

#[test]
fn every_yaml_file_is_read_by_a_reader_of_yaml() {
    let program = with_channel();
    for kind in ["cloud-init", "github-action", "gitlab-ci", "packer", "winget"] {
        assert_eq!(program.run(&["provision", kind]).code, 0, "{kind}");
    }
    let files = [
        "cloud-init.yaml",
        "action.yml",
        "fyne.gitlab-ci.yml",
        "fyne.winget",
        "seed/user-data",
        "seed/meta-data",
    ];
    let script =
        "import sys, yaml\nfor it in sys.argv[1:]: assert isinstance(yaml.safe_load(open(it)), dict), it";
    let reads = |more: &[&str]| {
        let mut python = Command::new("python3");
        python.current_dir(program.home()).args(["-c", script]).args(more).output()
    };
    if !reads(&[]).is_ok_and(|it| it.status.success()) {
        let why = b"SKIP every_yaml_file_is_read_by_a_reader_of_yaml: no python3 with yaml\n";
        std::io::stderr().write_all(why).expect("stderr is open");
        return;
    }
    let read = reads(&files).expect("python starts");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    fs::write(program.home().join("wrong"), "a: b: c\n").expect("written");
    assert!(!reads(&["wrong"]).expect("python starts").status.success());
}

#[test]
fn every_shell_script_is_one() {
    for program in [Program::new(), with_channel()] {
        let said = program.run(&["provision", "devcontainer", "--to", "it"]);
        assert_eq!(said.code, 0, "{said:?}");
        let script = program.home().join("it/install.sh");
        let mut sh = Command::new("sh");
        assert!(sh.arg("-n").arg(&script).stderr(Stdio::inherit()).status().expect("sh").success());
    }
}

#[test]
fn a_cache_key_is_one_line_that_follows_the_versions() {
    let program = Program::new();
    let key = |more: &[&str]| {
        let said = program.run(&[&["env", "--cache-key"], more].concat());
        assert_eq!((said.code, said.err.as_str(), said.out.lines().count()), (0, "", 1), "{said:?}");
        said.out.trim_end().to_owned()
    };
    let (one, again) = (key(&[]), key(&[]));
    assert_eq!(one, again);
    let other = key(&["--fyne", "2.7.4"]);
    assert!(one != other && other.contains("-fyne2.7.4-"), "{one} {other}");
    let document = fits(&program.run(&["env", "--cache-key", "--json"]).out);
    assert_eq!(document["cache_key"], one);
    let project = program.home().join("app");
    fs::create_dir(&project).expect("made");
    let text = "module app\n\ngo 1.24\n\nrequire fyne.io/fyne/v2 v2.7.4\n";
    fs::write(project.join("go.mod"), text).expect("written");
    assert_eq!(key(&["--project", "app"]), other, "a project says its Fyne");
    assert_eq!(program.run(&["env", "--cache-key", "--docker"]).code, 2);
}

#[test]
fn the_name_of_a_file_is_no_directory_to_write_into() {
    for (to, there) in
        [("Dockerfile", true), ("notes", true), ("Dockerfile", false), ("out/Dockerfile", false)]
    {
        let program = with_channel();
        if there {
            fs::write(program.home().join(to), "mine").expect("written");
        }
        let said = program.run(&["provision", "dockerfile", "--to", to]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{to}: {said:?}");
        let dir = if to.starts_with("out") { "--to out" } else { "--to ." };
        for part in ["--to takes a directory", dir, "fyne-setup provision dockerfile --to - > FILE"] {
            assert!(said.err.replace("\n      ", " ").contains(part), "{part}: {said:?}");
        }
        let left = fs::read_dir(program.home()).expect("there").count();
        assert_eq!(left, usize::from(there), "nothing was written");
    }
    let program = with_channel();
    fs::create_dir(program.home().join("Dockerfile")).expect("made");
    assert_eq!(program.run(&["provision", "dockerfile", "--to", "Dockerfile"]).code, 0, "a directory is one");
    assert_eq!(
        program.run(&["provision", "dockerfile", "--to", "new/dir"]).code,
        0,
        "and is made where it is not"
    );
}
