//! `pin`, and what `install` makes of the lock file that it writes. Offline: no hash is asked for, and no Go is needed.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::program::{Program, Said};

const MOD: &str = "module app\n\ngo 1.22.0\n\nrequire fyne.io/fyne/v2 v2.8.1\n";
const SUM: &str = "fyne.io/fyne/v2 v2.8.1 h1:EztGuE2W3Qhd0cWVmU+h5rkzNezUD1To6UqsoLQYUIM=\n";

/// Where a Go of this machine would be found.
const PLACES_OF_GO: [&str; 3] = ["/usr/local/go/bin/go", "/usr/bin/go", "/usr/local/bin/go"];

struct Project {
    program: Program,
}

impl Project {
    fn new() -> Self {
        let it = Self { program: Program::new() };
        fs::create_dir(it.file("")).expect("made");
        it.write("go.mod", MOD);
        it.write("go.sum", SUM);
        it.write("main.go", "package main\n\nimport _ \"fyne.io/fyne/v2\"\n\nfunc main() {}\n");
        it
    }

    fn file(&self, name: &str) -> PathBuf {
        self.program.home().join("app").join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap_or_default()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.file(name), text).expect("writable");
    }

    fn run(&self, args: &[&str]) -> (Said, Value) {
        let dir = self.file("").display().to_string();
        let all = [args, &["--project", &dir, "--offline", "--json"]].concat();
        let said = self.program.run(&all);
        let document = serde_json::from_str(&said.out).unwrap_or_default();
        (said, document)
    }

    /// The exit code and the code of the error.
    fn fails(&self, args: &[&str]) -> (i32, String, Option<u64>) {
        let (said, document) = self.run(args);
        let error = &document["error"];
        (said.code, error["code"].as_str().unwrap_or_default().to_owned(), error["line"].as_u64())
    }

    fn pinned() -> Self {
        let it = Self::new();
        let (said, _) = it.run(&["pin", "--yes"]);
        assert_eq!(said.code, 0, "{said:?}");
        it
    }
}

#[test]
fn a_project_is_pinned_compared_and_taken_back() {
    let it = Project::new();
    assert_eq!(it.run(&["pin", "--check"]).0.code, 1);
    let (said, document) = it.run(&["pin"]);
    assert_eq!((said.code, document["error"]["code"].as_str()), (2, Some("confirm.needed")), "{said:?}");
    let (said, document) = it.run(&["pin", "--dry-run"]);
    assert_eq!((said.code, it.text("fyne-setup.lock").as_str(), it.text("go.mod").as_str()), (0, "", MOD));
    assert_eq!(document["plan"]["steps"][0]["action"]["kind"], "pin-project", "{}", said.out);
    let (said, document) = it.run(&["pin", "--yes"]);
    assert_eq!((said.code, &document["changed"]), (0, &Value::Bool(true)), "{said:?}");
    let lock = it.text("fyne-setup.lock");
    assert!(
        lock.contains("\n[go]\nversion = \"1.27.4\"\n") && lock.contains("\n[fyne]\nversion = \"v2.8.1\"\n")
    );
    assert_eq!(it.text("go.mod"), MOD.replace("go 1.22.0\n", "go 1.22.0\ntoolchain go1.27.4\n"));
    assert_eq!(it.text("go.sum"), SUM);
    let journal = it.program.home().join(".local/share/fyne-setup/journal.jsonl");
    let lines = fs::read(&journal).expect("a journal").len();
    let (said, document) = it.run(&["pin", "--yes"]);
    assert_eq!((said.code, &document["changed"]), (0, &Value::Bool(false)), "{said:?}");
    assert_eq!(fs::read(&journal).expect("a journal").len(), lines, "a second time nothing is written");
    assert_eq!(it.run(&["pin", "--check"]).0.code, 0);
    it.write("go.mod", &it.text("go.mod").replace("go1.27.4", "go1.26.11"));
    let (said, document) = it.run(&["pin", "--check"]);
    let first = &document["pin"]["differences"][0];
    assert_eq!(said.code, 1, "{said:?}");
    assert_eq!((&first["what"], &first["line"]), (&"toolchain".into(), &4.into()), "{document}");
    assert_eq!((&first["wanted"], &first["found"]), (&"go1.27.4".into(), &"go1.26.11".into()));
    assert_eq!(it.run(&["pin", "--yes"]).0.code, 0);
    assert_eq!(it.run(&["pin", "--check"]).0.code, 0);
    let it = Project::pinned();
    assert_eq!(it.program.run(&["undo", "--yes"]).code, 0);
    assert_eq!((it.text("go.mod").as_str(), it.text("go.sum").as_str()), (MOD, SUM));
    assert!(!it.file("fyne-setup.lock").exists());
}

#[test]
fn a_plan_says_that_its_versions_are_those_of_the_lock() {
    let it = Project::pinned();
    it.write("go.mod", MOD);
    it.write("fyne-setup.lock", &it.text("fyne-setup.lock").replace("1.27.4", "1.26.11"));
    let (said, document) = it.run(&["plan"]);
    let want = &document["plan"]["want"];
    assert_eq!(
        (&want["locked"]["go"], &want["target"]["go"]),
        (&"1.26.11".into(), &"1.26.11".into()),
        "{said:?}"
    );
    let (_, document) = it.run(&["plan", "--go", "1.27.4"]);
    let want = &document["plan"]["want"];
    assert_eq!((&want["locked"]["go"], &want["target"]["go"]), (&Value::Null, &"1.27.4".into()));
    let dir = it.file("").display().to_string();
    let said = it.program.run(&["plan", "--go", "1.27.4", "--project", &dir]);
    assert!(
        said.err.contains("--go 1.27.4") && said.err.contains("fyne-setup.lock"),
        "it is said: {}",
        said.err
    );
}

#[test]
fn locked_refuses_to_deviate() {
    let it = Project::new();
    assert_eq!(it.fails(&["install", "--locked"]), (2, "lockfile.missing".into(), None));
    assert_eq!(it.run(&["pin", "--yes"]).0.code, 0);
    assert_eq!(it.run(&["plan", "--locked"]).0.code, 0);
    let contradicts = it.fails(&["plan", "--locked", "--go", "1.26.11"]);
    assert_eq!(contradicts, (2, "lockfile.contradicts".into(), None));
    it.write("go.mod", &it.text("go.mod").replace("v2.8.1", "v2.7.1"));
    assert_eq!(it.fails(&["install", "--locked"]), (2, "lockfile.stale".into(), Some(6)));
    assert_eq!(it.run(&["plan"]).0.code, 0, "without --locked it is said, and the lock counts");
}

/// Nobody has to be asked for the hash of the Fyne that the program comes with; for others somebody has, and until then a plan
/// says that they were not compared.
#[test]
fn a_wrong_hash_is_refused_before_anything_is_planned_and_an_unknown_one_is_said() {
    let it = Project::pinned();
    let (hash, wrong) =
        (SUM.trim_end().rsplit(' ').next().expect("a hash"), format!("h1:{}=", "A".repeat(43)));
    let lock = it.text("fyne-setup.lock");
    let with = |fyne: &str, cli: &str| {
        let lock =
            lock.replace("version = \"v2.8.1\"\n", &format!("version = \"v2.8.1\"\nhash = \"{fyne}\"\n"));
        let lock =
            lock.replace("version = \"v1.7.4\"\n", &format!("version = \"v1.7.4\"\nhash = \"{cli}\"\n"));
        it.write("fyne-setup.lock", &lock);
        lock.lines().position(|line| line.contains(&wrong)).map(|at| at as u64 + 1)
    };
    let line = with(&wrong, hash);
    for args in [&["install", "--locked", "--dry-run"][..], &["install", "--dry-run"], &["plan", "--locked"]]
    {
        assert_eq!(it.fails(args), (4, "lockfile.hash".into(), line), "{args:?}");
    }
    let error = it.run(&["plan", "--locked"]).1["error"].clone();
    let said = format!("{} {}", error["message"], error["hint"]);
    for part in ["Expected", &wrong, "Found", hash, "tampered", "damaged"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    with(hash, &wrong);
    let (said, document) = it.run(&["install", "--locked", "--dry-run"]);
    assert_eq!(
        (said.code, &document["lock"]["not_compared"]),
        (0, &serde_json::json!(["fyne.io/tools@v1.7.4"]))
    );
    let dir = it.file("").display().to_string();
    let said = it.program.run(&["install", "--locked", "--dry-run", "--offline", "--project", &dir]);
    assert!(said.out.contains("not compared") && said.out.contains("fyne.io/tools@v1.7.4"), "{said:?}");
    with(hash, "h1:Z");
    let (code, error, _) = it.fails(&["install", "--locked", "--dry-run"]);
    assert_eq!((code, error.as_str()), (2, "lockfile.unreadable"));
    assert!(it.run(&["plan"]).1["error"]["message"].to_string().contains("is not a hash"));
}

#[test]
fn a_lock_that_is_not_as_we_write_it_is_named_with_its_line_and_stays() {
    let it = Project::pinned();
    let good = it.text("fyne-setup.lock");
    let line = |text: &str, word: &str| text.lines().position(|it| it.contains(word)).map(|it| it as u64 + 1);
    for (was, is, code) in [
        ("[cli]", "<<<<<<< HEAD\n[cli]", "lockfile.conflict"),
        ("schema = 1", "schema = 2", "lockfile.schema"),
        ("[go]", "[go]\nurl = \"https://evil.example\"", "lockfile.unreadable"),
        ("\"fyne.io/tools/cmd/fyne\"", "\"https://evil.example/x\"", "lockfile.unreadable"),
        ("\"fyne.io/tools/cmd/fyne\"", "\"evil.example/cmd/fyne\"", "lockfile.unmet"),
        ("\"1.27.4\"", "\"1.27.3\"", "lockfile.below-floor"),
    ] {
        let text = good.replace(was, is);
        it.write("go.mod", MOD);
        it.write("fyne-setup.lock", &text);
        let word = is.lines().last().filter(|_| !is.starts_with('<')).unwrap_or("<<<<<<<");
        let at = if code == "lockfile.unmet" { line(&text, "v1.7.4") } else { line(&text, word) };
        assert_eq!(it.fails(&["install", "--yes"]), (2, code.into(), at), "{is}");
        assert_eq!(it.text("fyne-setup.lock"), text, "nothing is lost");
        // It is no reason not to look at the machine, and a finding with its place.
        let (said, document) = it.run(&["check"]);
        assert_eq!(said.code, 1, "{is}");
        let checks = document["checks"].as_array().expect("checks");
        let found = checks.iter().find(|it| it["id"] == "project.lock").expect("it is there");
        let place = (&found["status"], found["where"]["line"].as_u64());
        assert_eq!(place, (&"warn".into(), at), "{is}: {found}");
        assert!(!said.err.contains("fyne-setup.lock"), "it is said once: {}", said.err);
        let pins = it.run(&["pin", "--yes"]).0.code;
        let resolved = ["lockfile.unmet", "lockfile.below-floor"].contains(&code);
        assert_eq!(pins, if resolved { 0 } else { 2 }, "{is}");
        assert_eq!(it.text("fyne-setup.lock") == good, resolved, "pin writes what can be used: {is}");
    }
}

/// Vendored sources are `go mod vendor`'s: nothing is written below vendor, no hash is added to go.sum, and where another
/// fyne/v2 than the vendored one is pinned, it is said what to run.
#[test]
fn vendored_sources_stay_and_what_to_run_is_said() {
    let it = Project::new();
    let listed = "# fyne.io/fyne/v2 v2.8.1\n## explicit\nfyne.io/fyne/v2\n";
    fs::create_dir(it.file("vendor")).expect("made");
    it.write("vendor/modules.txt", listed);
    it.write("go.sum", "");
    assert_eq!(it.run(&["pin", "--yes"]).0.code, 0);
    assert_eq!((it.text("go.sum").as_str(), it.text("vendor/modules.txt").as_str()), ("", listed));
    assert_eq!(it.run(&["pin", "--check"]).0.code, 0);
    let before = it.text("go.mod");
    let (said, document) = it.run(&["pin", "--dry-run", "--fyne", "2.7.1"]);
    assert!(said.err.contains("go mod vendor"), "{said:?}");
    let go = PLACES_OF_GO.iter().any(|it| PathBuf::from(it).exists());
    assert!(go || document["error"]["code"] == "pin.no-go", "{said:?}");
    assert_eq!((it.text("go.mod"), it.text("vendor/modules.txt").as_str()), (before, listed));
}

#[test]
fn a_lock_that_is_a_link_is_not_believed() {
    let it = Project::pinned();
    fs::rename(it.file("fyne-setup.lock"), it.program.home().join("lock")).expect("moved");
    std::os::unix::fs::symlink("../lock", it.file("fyne-setup.lock")).expect("linked");
    for command in [&["pin", "--yes"][..], &["pin", "--check"], &["install", "--yes"]] {
        assert_eq!(it.fails(command), (2, "lockfile.foreign".into(), None), "{command:?}");
    }
}

/// What cannot be carried out is not planned: what is missing is said first.
#[test]
fn without_a_go_nothing_is_promised() {
    if PLACES_OF_GO.iter().any(|it| PathBuf::from(it).exists()) {
        eprintln!("SKIP without_a_go_nothing_is_promised: this machine has one");
        return;
    }
    let it = Project::new();
    it.write("go.sum", "");
    for args in [&["pin", "--yes"][..], &["pin", "--dry-run"], &["pin"]] {
        assert_eq!(it.fails(args), (3, "pin.no-go".into(), None), "{args:?}");
        let dir = it.file("").display().to_string();
        let said = it.program.run(&[args, &["--project", &dir, "--offline"]].concat());
        assert!(said.out.is_empty() && said.err.contains("fyne-setup install"), "{args:?}: {said:?}");
        assert_eq!(said.err.matches("fyne-setup.lock").count(), 0, "no plan: {said:?}");
    }
    assert_eq!(it.text("fyne-setup.lock"), "");
    assert_eq!(it.run(&["pin", "--check"]).0.code, 1, "to compare needs none");
}

#[test]
fn a_project_that_is_gone_stays_gone() {
    for command in ["undo", "uninstall"] {
        let it = Project::pinned();
        fs::remove_dir_all(it.file("")).expect("removed");
        for dry in [true, false] {
            let said = it.program.run(&[command, if dry { "--dry-run" } else { "--yes" }]);
            assert_eq!(said.code, 0, "{command}: {said:?}");
            let text = format!("{}{}", said.out, said.err).replace("\n    ", " ");
            assert!(text.contains("is gone: there is nothing to undo in it"), "{command}: {said:?}");
            assert!(!text.contains("Put back") && !text.contains("go.mod"), "{command}: {said:?}");
            assert!(!it.file("").exists(), "{command} makes no project anew");
        }
        let again = it.program.run(&[command, "--yes"]);
        assert_eq!(again.code, 0, "{command}: {again:?}");
    }
}
