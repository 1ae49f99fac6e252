//! Lines whose paths are such as an action of ours may touch, and whose way back is none that it has: what comes back is not
//! what the action led away from, what goes is nothing that it brought.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};

use fyne_setup::digest::Digest;
use serde_json::{Value, json};

use super::{Row, Scene};

/// What a profile that holds `attacker` is with our block at its end.
pub fn with_block() -> String {
    "attacker\n# >>> fyne-setup >>>\n. x\n# <<< fyne-setup <<<\n".into()
}

/// What the rows are about.
pub fn lay(scene: &Scene) {
    let home = scene.home();
    let victims =
        ["notes", ".config/go/env", ".config/fyne-setup/env", ".config/fyne-setup/env.fish", "w/go.sum"];
    for file in victims.map(|it| home.join(it)) {
        fs::create_dir_all(file.parent().expect("a parent")).expect("made");
        fs::write(file, "victim\n").expect("written");
    }
    for file in ["sdk/VERSION", "sdk/bin/go", "sdk/src/runtime/x.go"].map(|it| home.join(it)) {
        fs::create_dir_all(file.parent().expect("a parent")).expect("made");
        fs::write(file, "go1.27.4\n").expect("written");
    }
    symlink(".ssh/authorized_keys", home.join(".bash_aliases")).expect("made");
    let text = with_block();
    let name = Digest::of(text.as_bytes()).to_string();
    fs::write(scene.data().join("backups").join(name), text).expect("written");
}

pub fn rows(scene: &Scene) -> Vec<Row> {
    let (home, data) = (scene.home(), scene.data());
    let me = fs::metadata(home).expect("there");
    let digest = |text: &str| json!(Digest::of(text.as_bytes()));
    let back = |file: &str, mode: u32, wrote: &str| {
        json!({"undo": "restore", "path": home.join(file), "was": digest("attacker\n"), "mode": mode,
            "uid": me.uid(), "gid": me.gid(), "wrote": digest(wrote)})
    };
    let other = |file: &str| back(file, 0o644, "victim\n");
    let gone =
        |path: std::path::PathBuf, wrote: Value| json!({"undo": "remove-file", "path": path, "wrote": wrote});
    let set =
        |file: &str| json!({"kind": "set-go-env", "file": home.join(file), "key": "GOFLAGS", "value": "-x"});
    let profile = |file: &str| json!({"kind": "edit-profile", "file": home.join(file)});
    let fixed = |file: &str| json!({"kind": "mend-lines", "file": home.join(file), "lines": [{"line": 1, "variable": "CC"}]});
    let ends = json!({"kind": "fix-line-ends", "file": home.join(".profile")});
    let last = json!({"kind": "put-last", "file": home.join(".profile"), "line": 1, "dir": "/opt/x"});
    let sums = || json!({"kind": "complete-sums", "dir": home.join("w")});
    let edits = json!({"toolchain": "1.27.4"});
    let pin =
        json!({"kind": "pin-project", "dir": home.join("w"), "edits": edits, "sums": false, "lock": ""});
    let switch =
        || json!({"kind": "switch-go", "root": data.join("go/1.27.4"), "link": data.join("current")});
    let to = |was: std::path::PathBuf| json!({"undo": "relink", "path": data.join("current"), "was": was});
    let cli = |bin: &std::path::Path| json!({"kind": "install-cli", "module": "m.example/x@v1.0.0", "bin": bin, "cgo": false});
    let (sdk, out) = (home.join("sdk"), scene.out(""));
    let go = json!({"kind": "install-go", "version": "1.27.4", "root": sdk});
    let row = |what, action, undo| Row { what, action, undo };
    vec![
        row("settings of Go in a file of the home", set("notes"), other("notes")),
        row("its removal", set("notes"), gone(home.join("notes"), digest("victim\n"))),
        row("more than one variable of Go's settings", set(".config/go/env"), other(".config/go/env")),
        row(
            "all of Go's settings",
            set(".config/go/env"),
            gone(home.join(".config/go/env"), digest("victim\n")),
        ),
        row("a profile that held something else", profile(".profile"), other(".profile")),
        row("lines that were not at fault", fixed(".profile"), other(".profile")),
        row("a line that puts nothing first", last, other(".profile")),
        row("more than a pin adds to go.sum", pin, other("w/go.sum")),
        row("more than the ends of lines", ends, other(".profile")),
        row(
            "our env file as a profile",
            profile(".config/fyne-setup/env"),
            back(".config/fyne-setup/env", 0o644, &with_block()),
        ),
        row(
            "lines of our env file",
            fixed(".config/fyne-setup/env.fish"),
            other(".config/fyne-setup/env.fish"),
        ),
        row(
            "keys behind a link",
            profile(".bash_aliases"),
            back(".ssh/authorized_keys", 0o600, &with_block()),
        ),
        row("the link to the keys", profile(".bash_aliases"), back(".bash_aliases", 0o600, &with_block())),
        row(
            "a profile that everybody may write",
            profile(".profile"),
            back(".profile", 0o777, &with_block()),
        ),
        row("sums that are none", sums(), other("w/go.sum")),
        row("a file that holds no sums", sums(), gone(home.join("w/go.sum"), digest("victim\n"))),
        row("current to a directory outside", switch(), to(out.join("tree"))),
        row("current to a directory of the home", switch(), to(home.join("w"))),
        row("a program that Go did not build", cli(&out), gone(out.join("fyne"), Value::Null)),
        row("the same by what it holds", cli(&out), gone(out.join("fyne"), digest("victim\n"))),
        row("a Go of the user's own", go, json!({"undo": "remove-tree", "path": sdk})),
    ]
}
