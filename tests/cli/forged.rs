//! Journals that no run of ours wrote. Each row is one way to have something done that was never done by us: nothing
//! outside our directories is touched, the command ends with 3, and the line is named.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use fyne_setup::digest::Digest;
use serde_json::{Value, json};

use crate::program::Program;
use crate::schema::fits;

#[path = "forged/by_the_user.rs"]
mod by_the_user;

/// A home with our directories, and a victim outside it.
struct Scene {
    program: Program,
    victim: tempfile::TempDir,
}

/// Everything below a directory: kind, mode, owner, contents.
type Picture = BTreeMap<PathBuf, (u32, u32, Vec<u8>)>;

fn picture(dir: &Path, into: &mut Picture) {
    for entry in fs::read_dir(dir).expect("there").flatten() {
        let (path, stat) = (entry.path(), entry.path().symlink_metadata().expect("there"));
        let bytes = if stat.is_file() {
            fs::read(&path).expect("ours")
        } else if stat.is_symlink() {
            fs::read_link(&path).expect("a link").into_os_string().into_encoded_bytes()
        } else {
            Vec::new()
        };
        into.insert(path.clone(), (stat.mode(), stat.uid(), bytes));
        if stat.is_dir() {
            picture(&path, into);
        }
    }
}

impl Scene {
    fn new() -> Self {
        let it = Self { program: Program::new(), victim: tempfile::tempdir().expect("a directory") };
        for dir in ["backups", "go/1.27.4"] {
            fs::create_dir_all(it.data().join(dir)).expect("made");
        }
        fs::create_dir_all(it.home().join("go/bin")).expect("made");
        fs::write(it.home().join(".profile"), "mine\n").expect("written");
        fs::create_dir(it.home().join(".ssh")).expect("made");
        fs::write(it.home().join(".ssh/authorized_keys"), "victim\n").expect("written");
        for text in ["attacker\n", "victim\n"] {
            let name = Digest::of(text.as_bytes()).to_string();
            fs::write(it.data().join("backups").join(name), text).expect("written");
        }
        for dir in ["tree/sub", "moved", "moved.fyne-setup-1", "empty", "src/runtime"] {
            fs::create_dir_all(it.out(dir)).expect("made");
        }
        for file in ["file", "tree/sub/file", "moved/file", "moved.fyne-setup-1/evil", "fyne", "env"] {
            fs::write(it.out(file), "victim\n").expect("written");
        }
        symlink(it.out("file"), it.out("link")).expect("made");
        by_the_user::lay(&it);
        it
    }

    fn home(&self) -> &Path {
        self.program.home()
    }

    fn data(&self) -> PathBuf {
        self.home().join(".local/share/fyne-setup")
    }

    fn out(&self, name: &str) -> PathBuf {
        self.victim.path().join(name)
    }

    /// What must stay as it is: the victim's, and what the user has.
    fn now(&self) -> Picture {
        let mut all = Picture::new();
        picture(self.victim.path(), &mut all);
        picture(self.home(), &mut all);
        all.retain(|path, _| !path.starts_with(self.data()) && !path.starts_with(self.home().join(".cache")));
        all
    }

    fn line(event: &Value) -> String {
        let mut line = json!({"schema": 1, "run": "7-1", "time": 7});
        line.as_object_mut().expect("a map").extend(event.as_object().expect("a map").clone());
        format!("{line}\n")
    }

    fn journal(&self, row: &Row, ended: bool) {
        let begin = json!({"event": "begin", "command": "install", "program": "0.1.0"});
        let intent =
            json!({"event": "intent", "step": 1, "action": row.action, "because": [], "undo": [row.undo]});
        let done = if ended {
            Self::line(&json!({"event": "done", "step": 1}))
                + &Self::line(&json!({"event": "end", "exit": 0}))
        } else {
            String::new()
        };
        let text = Self::line(&begin) + &Self::line(&intent) + &done;
        fs::write(self.data().join("journal.jsonl"), text).expect("written");
    }
}

struct Row {
    what: &'static str,
    action: Value,
    undo: Value,
}

/// Each way in which a line may be forged.
#[allow(clippy::too_many_lines)]
fn rows(scene: &Scene) -> Vec<Row> {
    let (home, data) = (scene.home(), scene.data());
    let out = |name: &str| scene.out(name);
    let digest = |text: &str| Digest::of(text.as_bytes());
    let (attacker, victim) = (digest("attacker\n"), digest("victim\n"));
    let me = fs::metadata(home).expect("there");
    let (uid, gid) = (me.uid(), me.gid());
    let go = |root: PathBuf| json!({"kind": "install-go", "version": "1.27.4", "root": root});
    let switch =
        || json!({"kind": "switch-go", "root": data.join("go/1.27.4"), "link": data.join("current")});
    let profile = |file: PathBuf| json!({"kind": "edit-profile", "file": file});
    let lists = || json!({"kind": "refresh-package-lists", "manager": "apt"});
    let cli = |bin: PathBuf| json!({"kind": "install-cli", "module": "m.example/x@v1.0.0", "bin": bin, "cgo": false});
    let env = || json!({"kind": "write-env-files", "path": [], "variables": []});
    let cache = |dir: PathBuf| json!({"kind": "replace-cache", "dir": dir, "cache": "builds"});
    let restore_go = |root: PathBuf| json!({"kind": "restore-go", "root": root, "version": "1.27.4"});
    let packages = || json!({"kind": "install-packages", "manager": "apt", "names": ["libgl-dev"]});
    let modules = || json!({"kind": "restore-modules", "modules": [["fyne.io/x", "v1.0.0"]]});
    let remove_tree = |path: PathBuf| json!({"undo": "remove-tree", "path": path});
    let remove_file =
        |path: PathBuf, wrote: Value| json!({"undo": "remove-file", "path": path, "wrote": wrote});
    let remove_dir = |path: PathBuf| json!({"undo": "remove-dir", "path": path});
    let relink = |path: PathBuf, was: Value| json!({"undo": "relink", "path": path, "was": was});
    let restore = |path: PathBuf, mode: u32, uid: u32, gid: u32| json!({"undo": "restore", "path": path, "was": attacker, "mode": mode, "uid": uid, "gid": gid, "wrote": victim});
    let back = |path: PathBuf, aside: PathBuf| json!({"undo": "move-back", "path": path, "aside": aside});
    let gone = |names: Value| json!({"undo": "remove-packages", "manager": "apt", "names": names});
    symlink(out("tree"), data.join("lp")).expect("made");
    symlink(scene.victim.path(), data.join("lq")).expect("made");
    symlink(scene.victim.path(), home.join(".config-link")).expect("made");
    let ours = json!(victim);
    let row = |what, action, undo| Row { what, action, undo };
    let (keys, through) = (home.join(".ssh/authorized_keys"), home.join(".config-link/file"));
    let fixed = |file: &PathBuf| json!({"kind": "mend-lines", "file": file, "lines": []});
    vec![
        row(
            "a file of the home that no login reads",
            profile(keys.clone()),
            restore(keys.clone(), 0o600, uid, gid),
        ),
        row("the same by another step", fixed(&keys), restore(keys.clone(), 0o600, uid, gid)),
        row("its removal", profile(keys.clone()), remove_file(keys.clone(), ours.clone())),
        row(
            "a file behind a link of the home",
            profile(through.clone()),
            restore(through.clone(), 0o600, uid, gid),
        ),
        row("a tree outside", switch(), remove_tree(out("tree"))),
        row("a tree outside that the action names", go(out("tree")), remove_tree(out("tree"))),
        row(
            "a tree above ours",
            go(data.join("go/../../../../../")),
            remove_tree(data.join("go/../../../../../")),
        ),
        row("dots", go(data.join("go/1.27.4")), remove_tree(data.join("go/../../../../go/bin"))),
        row(
            "dots in both",
            go(data.join("go/../../../../go/bin")),
            remove_tree(data.join("go/../../../../go/bin")),
        ),
        row("through a link of ours", go(data.join("lq/tree")), remove_tree(data.join("lq/tree"))),
        row("through a link in data", go(data.join("lp/sub")), remove_tree(data.join("lp/sub"))),
        row("our whole directory", go(data.clone()), remove_tree(data.clone())),
        row("the user's home", go(home.to_owned()), remove_tree(home.to_owned())),
        row("a relative tree", go("go".into()), remove_tree("go".into())),
        row("the root", go("/".into()), remove_tree("/".into())),
        row("a tree of an action that lays none", lists(), remove_tree(data.join("go/1.27.4"))),
        row("a tree of a profile's", profile(home.join(".profile")), remove_tree(home.join("go"))),
        row("a file outside", switch(), remove_file(out("file"), ours.clone())),
        row("whatever it holds", switch(), remove_file(out("file"), Value::Null)),
        row(
            "a profile, whatever it holds",
            profile(home.join(".profile")),
            remove_file(home.join(".profile"), Value::Null),
        ),
        row(
            "another file than the profile",
            profile(home.join(".profile")),
            remove_file(out("file"), ours.clone()),
        ),
        row("a profile outside", profile(out("file")), remove_file(out("file"), ours.clone())),
        row("a file of env files", env(), remove_file(out("env"), ours.clone())),
        row(
            "another name than the CLI's",
            cli(scene.victim.path().into()),
            remove_file(out("file"), Value::Null),
        ),
        row(
            "another directory than the CLI's",
            cli(home.join("go/bin")),
            remove_file(out("fyne"), Value::Null),
        ),
        row("a file of no Go", restore_go(out("tree")), remove_file(out("tree/sub/file"), ours.clone())),
        row("a file beside a Go", restore_go(out("src")), remove_file(out("file"), ours.clone())),
        row("a file of no module", modules(), remove_file(out("file"), ours.clone())),
        row("old bytes outside", switch(), restore(out("file"), 0o644, uid, gid)),
        row("old bytes of a profile outside", profile(out("file")), restore(out("file"), 0o644, uid, gid)),
        row(
            "old bytes through dots",
            profile(home.join("../x")),
            restore(home.join("../x"), 0o644, uid, gid),
        ),
        row("setuid", profile(home.join(".profile")), restore(home.join(".profile"), 0o4755, uid, gid)),
        row("setgid", profile(home.join(".profile")), restore(home.join(".profile"), 0o2755, uid, gid)),
        row("sticky", profile(home.join(".profile")), restore(home.join(".profile"), 0o1755, uid, gid)),
        row(
            "another owner",
            profile(home.join(".profile")),
            restore(home.join(".profile"), 0o644, 4242, gid),
        ),
        row(
            "another group",
            profile(home.join(".profile")),
            restore(home.join(".profile"), 0o644, uid, 4242),
        ),
        row(
            "settings outside",
            json!({"kind": "set-go-env", "file": out("file"), "key": "A", "value": "1"}),
            restore(out("file"), 0o644, uid, gid),
        ),
        row(
            "sums of another directory",
            json!({"kind": "complete-sums", "dir": home}),
            restore(out("file"), 0o644, uid, gid),
        ),
        row("an empty directory outside", switch(), remove_dir(out("empty"))),
        row("an empty directory beside", cli(home.join("go/bin")), remove_dir(out("empty"))),
        row("a cache outside", switch(), back(out("moved"), out("moved.fyne-setup-1"))),
        row("what is no cache", cache(out("moved")), back(out("moved"), out("moved.fyne-setup-1"))),
        row("another aside", cache(out("empty")), back(out("empty"), out("tree"))),
        row("an aside of words", cache(out("empty")), back(out("empty"), out("empty.fyne-setup-x"))),
        row("a link outside", switch(), relink(out("link"), json!("/etc/shadow"))),
        row("a link that goes", switch(), relink(out("link"), Value::Null)),
        row("another link of ours", switch(), relink(data.join("lq"), Value::Null)),
        row(
            "a link of another action",
            profile(home.join(".profile")),
            relink(data.join("current"), Value::Null),
        ),
        row("current by dots", switch(), relink(data.join("current"), json!("../../../../go"))),
        row("packages of no install", lists(), gone(json!(["sudo"]))),
        row(
            "packages of another manager",
            packages(),
            json!({"undo": "remove-packages", "manager": "dnf", "names": ["a"]}),
        ),
        row("an option for the manager", packages(), gone(json!(["-oAPT::Update::Pre-Invoke::=id"]))),
        row("a line end in a path", profile(home.join("a\nb")), restore(home.join("a\nb"), 0o644, uid, gid)),
    ]
    .into_iter()
    .chain(by_the_user::rows(scene))
    .collect()
}

#[test]
fn a_forged_line_touches_nothing_and_is_named() {
    let scene = Scene::new();
    let rows = rows(&scene);
    assert!(rows.len() >= 30, "{} kinds", rows.len());
    let before = scene.now();
    for row in &rows {
        for (ended, command) in [
            (true, &["undo", "--yes", "--json"][..]),
            (true, &["uninstall", "--yes", "--json"]),
            (true, &["undo", "--dry-run", "--json"]),
            (false, &["undo", "--yes", "--json", "--force"]),
        ] {
            scene.journal(row, ended);
            let said = scene.program.run(command);
            assert_eq!(said.code, 3, "{}, {command:?}: {said:?}", row.what);
            let error = fits(&said.out)["error"].clone();
            assert_eq!(
                (&error["code"], &error["line"]),
                (&json!("journal.refused"), &json!(2)),
                "{}",
                row.what
            );
            assert!(
                error["message"].as_str().is_some_and(|it| it.contains("line 2")),
                "{}: {error}",
                row.what
            );
            assert_eq!(scene.now(), before, "{}, {command:?}", row.what);
        }
    }
}

#[test]
fn a_forged_uninstall_that_was_cut_short_is_not_finished_by_another_command() {
    let scene = Scene::new();
    let rows = rows(&scene);
    let before = scene.now();
    for row in rows.iter().filter(|it| it.what.contains("tree") || it.what.contains("set")) {
        scene.journal(row, true);
        let begin =
            r#"{"schema":1,"run":"8-2","time":8,"event":"begin","command":"uninstall","program":"0.1.0"}"#;
        let path = scene.data().join("journal.jsonl");
        let text = fs::read_to_string(&path).expect("there");
        fs::write(&path, format!("{text}{begin}\n")).expect("written");
        let said = scene.program.run(&["repair", "system.os", "--yes", "--offline", "--json"]);
        assert_eq!(said.code, 3, "{}: {said:?}", row.what);
        assert_eq!(fits(&said.out)["error"]["code"], "journal.refused", "{}", row.what);
        assert_eq!(scene.now(), before, "{}", row.what);
    }
}

#[test]
fn a_journal_names_no_module_and_no_version_to_a_run_that_goes_on() {
    let scene = Scene::new();
    let text = include_str!("../journals/1.jsonl").lines().find(|it| !it.is_empty()).expect("a line");
    let forged = text
        .replace("fyne.io/tools/cmd/fyne@v1.7.4", "evil.example/tools/cmd/fyne@v6.6.6")
        .replace(r#""go":"1.27.4""#, r#""go":"1.21.0""#)
        .replace(r#""floor":["1.26.11","1.27.4"]"#, r#""floor":[]"#);
    assert!(forged.contains("evil.example") && forged.contains("1.21.0"), "{forged}");
    fs::write(scene.data().join("journal.jsonl"), format!("{forged}\n")).expect("written");
    let said = scene.program.run(&["repair", "system.os", "--offline", "--json"]);
    assert!(matches!(said.code, 2 | 3), "{said:?}");
    let all = format!("{}{}", said.out, said.err);
    assert!(!all.contains("evil.example") && !all.contains("1.21.0"), "{all}");
    assert!(all.contains("fyne.io/tools/cmd/fyne@v"), "it is planned as the manifest says: {all}");
}

#[test]
fn a_line_that_is_ours_is_believed() {
    let scene = Scene::new();
    let rows = rows(&scene);
    let me = fs::metadata(scene.home()).expect("there");
    let ours = by_the_user::with_block();
    fs::write(scene.home().join(".profile"), &ours).expect("written");
    fs::set_permissions(scene.home().join(".profile"), fs::Permissions::from_mode(0o600)).expect("ours");
    let undo = json!({"undo": "restore", "path": scene.home().join(".profile"), "was": Digest::of(b"attacker\n"),
        "mode": 0o640, "uid": me.uid(), "gid": me.gid(), "wrote": Digest::of(ours.as_bytes())});
    let action = rows.iter().find(|it| it.what == "setuid").expect("a row").action.clone();
    scene.journal(&Row { what: "ours", action, undo }, true);
    let said = scene.program.run(&["undo", "--yes", "--json"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(fs::read(scene.home().join(".profile")).expect("there"), b"attacker\n");
}
