//! `manifest update`, `manifest verify` and `--manifest URL` from outside: a channel on loopback that serves what an
//! attacker would. Needs `--features test-keys`, since nobody else can sign for the real root keys.

#![cfg(feature = "test-keys")]
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use fyne_setup::digest::Digest;
use fyne_setup::manifest::fold::{Parts, Stamp, fold};
use fyne_setup::moment::{DAY, HOUR, Moment};
use serde_json::Value;

#[path = "testlog/testlog.rs"]
mod testlog;

use testlog::minisign::Signer;
use testlog::{Fault, Server, World};

/// A home, and a channel.
struct Bench {
    server: Server,
    home: tempfile::TempDir,
    now: Moment,
}

/// A signed file before it is put on the channel.
struct File {
    text: String,
    comment: String,
}

impl Bench {
    /// The channel serves version 100, valid for 45 days, and keys of version 1.
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a temporary directory");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let bench = Self { server: Server::start(World::empty()), home, now: Moment(now) };
        bench.serve_keys(1, &["root-1", "root-3"], &[]);
        bench.serve(&bench.manifest(100, 45 * DAY));
        bench
    }

    /// A manifest that was made now and is valid for so long.
    fn manifest(&self, version: u64, valid: u64) -> File {
        self.made(version, self.now, self.now.after(valid))
    }

    fn made(&self, version: u64, issued: Moment, expires: Moment) -> File {
        let date = |it: Moment| it.to_string().parse().expect("a date");
        let stamp = Stamp { version, issued: date(issued), expires: date(expires) };
        let text = fold(&Parts::embedded(), &stamp).expect("folds");
        let comment = comment("manifest.toml", version, expires, &text);
        File { text, comment }
    }

    fn serve(&self, file: &File) {
        self.serve_by(file, &Signer::new("manifest"));
    }

    fn serve_by(&self, file: &File, signer: &Signer) {
        self.put("manifest.toml", &file.text);
        self.put("manifest.toml.minisig", signer.sign(file.text.as_bytes(), &file.comment));
    }

    fn serve_keys(&self, version: u64, roots: &[&str], revoked: &[&str]) {
        let expires = self.now.after(400 * DAY);
        let revoked: Vec<String> = revoked.iter().map(|it| format!("\"{}\"", Signer::new(it).id())).collect();
        let text = format!(
            "schema = 1\nversion = {version}\nissued = {}\nexpires = {expires}\nmanifest = [\"{}\"]\nrelease = []\n\
             revoked = [{}]\n",
            self.now,
            Signer::new("manifest").public(),
            revoked.join(", ")
        );
        let comment = comment("keys.toml", version, expires, &text);
        self.put("keys.toml", &text);
        for root in ["root-1", "root-2", "root-3"] {
            let signer = Signer::new(root);
            let path = format!("/r/keys.toml.{}.minisig", signer.id());
            self.server.change(|world| world.files.remove(&path));
            if roots.contains(&root) {
                self.put(&path[3..], signer.sign(text.as_bytes(), &comment));
            }
        }
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        self.server.change(|world| world.put(&format!("/r/{name}"), text.as_ref().to_vec()));
    }

    fn base(&self) -> String {
        format!("{}/r", self.server.url())
    }

    /// Exit code and document.
    fn run(&self, args: &[&str]) -> (i32, Value) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fyne-setup"));
        command
            .args(args)
            .arg("--json")
            .env_clear()
            .env("HOME", self.home.path())
            .current_dir(self.home.path());
        let output = command.output().expect("the program starts");
        let document = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{args:?}: {error}: {}", String::from_utf8_lossy(&output.stderr)));
        (output.status.code().expect("no signal"), document)
    }

    fn update(&self) -> (i32, Value) {
        self.run(&["manifest", "update", &self.base()])
    }

    /// The version in use.
    fn in_use(&self) -> u64 {
        let (_, document) = self.run(&["manifest", "show"]);
        document["manifest"]["version"].as_u64().expect("a version")
    }

    fn stored(&self) -> PathBuf {
        self.home.path().join(".local/share/fyne-setup/manifest")
    }
}

fn comment(file: &str, version: u64, expires: Moment, text: &str) -> String {
    let digest = Digest::of(text.as_bytes());
    format!("fyne-setup/1 file:{file} version:{version} expires:{expires} sha256:{digest}")
}

fn code(document: &Value) -> &str {
    document["error"]["code"].as_str().unwrap_or("accepted")
}

#[test]
fn a_newer_manifest_comes_into_use_and_the_same_once_more_changes_nothing() {
    let bench = Bench::new();
    let embedded = bench.in_use();
    assert!(embedded < 100);
    let (exit, document) = bench.run(&["manifest", "update", &bench.base(), "--dry-run"]);
    assert_eq!((exit, document["changed"].as_bool()), (0, Some(false)), "{document}");
    assert!(!bench.stored().exists(), "a dry run keeps nothing");
    let (exit, document) = bench.update();
    assert_eq!((exit, document["changed"].as_bool()), (0, Some(true)), "{document}");
    assert_eq!(document["before"]["version"], embedded);
    assert_eq!(document["after"]["version"], 100);
    assert_eq!(bench.in_use(), 100);
    let (exit, document) = bench.update();
    assert_eq!((exit, document["changed"].as_bool()), (0, Some(false)), "{document}");
    bench.serve(&bench.manifest(101, 45 * DAY));
    assert_eq!(bench.update().0, 0);
    assert_eq!(bench.in_use(), 101);
    // Taken away with everything else.
    assert_eq!(bench.run(&["uninstall", "--yes", "--for-root"]).0, 0);
    assert!(!bench.home.path().join(".local/share/fyne-setup").exists());
}

#[test]
fn what_is_refused_leaves_the_manifest_in_use_in_use() {
    let bench = Bench::new();
    assert_eq!(bench.update().0, 0);
    let manifest = Signer::new("manifest");
    let (now, fresh) = (bench.now, || bench.manifest(101, 45 * DAY));
    let cases: Vec<(&str, Box<dyn Fn()>, i32)> = vec![
        ("manifest.rollback", Box::new(|| bench.serve(&bench.manifest(99, 45 * DAY))), 4),
        ("manifest.fork", Box::new(|| bench.serve(&bench.manifest(100, 46 * DAY))), 4),
        ("manifest.jump", Box::new(|| bench.serve(&bench.manifest(10_101, 45 * DAY))), 4),
        (
            "manifest.expired",
            Box::new(|| bench.serve(&bench.made(101, Moment(now.0 - 9 * DAY), Moment(now.0 - DAY)))),
            4,
        ),
        ("manifest.expires-soon", Box::new(|| bench.serve(&bench.manifest(101, 47 * HOUR))), 4),
        (
            "manifest.clock", // years after its expiry
            Box::new(|| bench.serve(&bench.made(101, Moment(now.0 - 900 * DAY), Moment(now.0 - 800 * DAY)))),
            3,
        ),
        (
            "manifest.clock", // made in the future
            Box::new(|| bench.serve(&bench.made(101, now.after(3 * DAY), now.after(45 * DAY)))),
            3,
        ),
        (
            "manifest.signature", // of another file
            Box::new(|| {
                bench.serve(&fresh());
                let other = bench.manifest(102, 45 * DAY);
                bench.put("manifest.toml.minisig", manifest.sign(other.text.as_bytes(), &other.comment));
            }),
            4,
        ),
        (
            "manifest.mismatch", // a signature that was made for keys.toml
            Box::new(|| {
                let file = fresh();
                let comment = file.comment.replace("manifest.toml", "keys.toml");
                bench.serve(&File { comment, ..file });
            }),
            4,
        ),
        ("manifest.legacy-signature", Box::new(|| bench.serve_by(&fresh(), &manifest.legacy())), 4),
        ("manifest.unknown-key", Box::new(|| bench.serve_by(&fresh(), &Signer::new("stranger"))), 4),
        ("manifest.too-large", Box::new(|| bench.put("manifest.toml", vec![b'#'; 10 << 20])), 4),
        (
            "manifest.signature", // not UTF-8
            Box::new(|| bench.put("manifest.toml", b"schema = 1\n# \xff\n")),
            4,
        ),
        (
            "manifest.signature", // an html page
            Box::new(|| bench.put("manifest.toml.minisig", "<html>log in</html>\n")),
            4,
        ),
        (
            "manifest.schema",
            Box::new(|| {
                let file = fresh();
                let text = file.text.replacen("\nschema = 1", "\nschema = 2", 1);
                assert_ne!(text, file.text);
                let comment = comment("manifest.toml", 101, bench.now.after(45 * DAY), &text);
                bench.serve(&File { text, comment });
            }),
            4,
        ),
        ("manifest.root-signatures", Box::new(|| bench.serve_keys(2, &["root-2"], &[])), 4),
        ("manifest.rollback", Box::new(|| bench.serve_keys(0, &["root-1", "root-2"], &[])), 4),
        ("net.status", Box::new(|| bench.server.fault("manifest.toml", Fault::Status(500))), 3),
        ("net.cut", Box::new(|| bench.server.fault("manifest.toml", Fault::CutAfter(500))), 3),
    ];
    for (wanted, change, exit) in cases {
        bench.serve_keys(1, &["root-1", "root-3"], &[]);
        bench.serve(&fresh());
        change();
        let (got, document) = bench.update();
        assert_eq!((code(&document), got), (wanted, exit), "{document}");
        assert_eq!(bench.in_use(), 100, "{wanted}");
        bench.server.heal();
    }
    bench.serve_keys(1, &["root-1", "root-3"], &[]);
    bench.serve(&fresh());
    assert_eq!(code(&bench.update().1), "accepted", "healed, it goes on");
    assert_eq!(bench.in_use(), 101);
}

#[test]
fn a_key_that_is_revoked_takes_its_manifest_along() {
    let bench = Bench::new();
    let embedded = bench.in_use();
    assert_eq!(bench.update().0, 0);
    bench.serve_keys(2, &["root-1", "root-2"], &["manifest"]);
    bench.serve(&bench.manifest(101, 45 * DAY));
    let (exit, document) = bench.update();
    assert_eq!((code(&document), exit), ("manifest.revoked-key", 4));
    assert_eq!(bench.in_use(), embedded, "the one inside the program serves");
    let seen = fs::read_to_string(bench.stored().join("seen.json")).expect("what was seen");
    assert!(seen.contains("\"version\": 100") && seen.contains("\"keys\": 2"), "{seen}");
}

#[test]
fn what_was_stored_is_verified_whenever_it_is_read() {
    let bench = Bench::new();
    let embedded = bench.in_use();
    assert_eq!(bench.update().0, 0);
    let file = bench.stored().join("manifest.json");
    let was = fs::read_to_string(&file).expect("it is kept");
    fs::write(&file, was.replace("1.27.4", "1.27.3")).expect("ours");
    assert_eq!(bench.in_use(), embedded);
    bench.serve(&bench.manifest(99, 45 * DAY));
    assert_eq!(code(&bench.update().1), "manifest.rollback", "what was seen is not forgotten");
    bench.serve(&bench.manifest(100, 45 * DAY));
    assert_eq!(code(&bench.update().1), "accepted", "and the same one fixes it");
    assert_eq!(bench.in_use(), 100);
    fs::write(bench.stored().join("seen.json"), "{").expect("ours");
    let (exit, document) = bench.update();
    assert_eq!((code(&document), exit), ("manifest.store", 3));
}

#[test]
fn a_manifest_by_url_serves_one_run_by_the_same_rules() {
    let bench = Bench::new();
    let url = format!("{}/manifest.toml", bench.base());
    let show = |url: &str| bench.run(&["manifest", "show", "--manifest", url]);
    assert_eq!(show(&url).1["manifest"]["version"], 100);
    assert!(!bench.stored().exists(), "nothing is kept of it");
    bench.serve(&bench.manifest(101, HOUR));
    assert_eq!((show(&url).0, code(&show(&url).1)), (4, "manifest.expires-soon"));
    assert_eq!(show("ftp://x.example/manifest.toml").0, 2);
    assert_eq!(show("http://x.example/manifest.toml").0, 2, "https only");
    assert_eq!(code(&bench.run(&["manifest", "update", "nonsense"]).1), "usage.url");
    assert_eq!(bench.run(&["manifest", "update", &bench.base(), "--offline"]).0, 3);
    let (exit, document) = bench.run(&["manifest", "update"]);
    assert_eq!((exit, code(&document)), (3, "manifest.no-channel"));
}

#[test]
fn what_minisign_signed_is_verified_as_a_file() {
    let bench = Bench::new();
    let dir = bench.home.path();
    for (path, bytes) in bench.server.change(|world| world.files.clone()) {
        fs::write(dir.join(path.rsplit('/').next().expect("a name")), bytes).expect("writable");
    }
    let file = bench.manifest(123, 45 * DAY);
    fs::write(dir.join("manifest.toml"), &file.text).expect("writable");
    if !signed_by_minisign(dir, &file.comment, &[]) {
        let say = b"SKIPPED what_minisign_signed_is_verified_as_a_file: there is no minisign here\n";
        std::io::stderr().write_all(say).expect("stderr is open");
        return;
    }
    let verify = || bench.run(&["manifest", "verify", "manifest.toml"]);
    let (exit, document) = verify();
    assert_eq!((exit, &document["signed"]["version"]), (0, &Value::from(123)), "{document}");
    assert_eq!(document["signed"]["key"], Signer::new("manifest").id());
    assert!(signed_by_minisign(dir, &file.comment, &["-l"]));
    assert_eq!((verify().0, code(&verify().1)), (4, "manifest.legacy-signature"));
    assert!(signed_by_minisign(dir, "made by hand", &[]));
    assert_eq!((verify().0, code(&verify().1)), (4, "manifest.mismatch"));
    fs::remove_file(dir.join("manifest.toml.minisig")).expect("there");
    assert_eq!((verify().0, code(&verify().1)), (4, "manifest.signature"));
    assert_eq!(bench.run(&["manifest", "verify", "none.toml"]).0, 2);
}

fn signed_by_minisign(dir: &Path, comment: &str, more: &[&str]) -> bool {
    let key = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/testlog/keys/manifest.key");
    let file = dir.join("manifest.toml");
    let mut command = Command::new("minisign");
    command.args(["-S", "-s", key, "-t", comment]).args(more).arg("-m").arg(file);
    command.output().is_ok_and(|it| it.status.success())
}

#[test]
fn a_printed_plan_matches_though_the_manifest_in_use_is_older_by_then() {
    let bench = Bench::new();
    assert_eq!(bench.update().0, 0);
    // As if time had gone on: what is kept has expired.
    let old = bench.made(101, Moment(bench.now.0 - 9 * DAY), Moment(bench.now.0 - DAY));
    let signature = Signer::new("manifest").sign(old.text.as_bytes(), &old.comment);
    let kept = serde_json::json!({ "text": old.text, "signatures": [signature] });
    fs::write(bench.stored().join("manifest.json"), kept.to_string()).expect("writable");
    let (exit, mut printed) = bench.run(&["plan", "--no-proof"]);
    assert_eq!(exit, 0, "{printed}");
    let held = &mut printed["plan"]["want"]["held"];
    assert_eq!(held["why"], "expired", "{held}");
    held["now"] = serde_json::json!(Moment(bench.now.0 - 60));
    let file = bench.home.path().join("plan.json");
    fs::write(&file, printed.to_string()).expect("writable");
    let file = file.to_string_lossy().into_owned();
    let (exit, document) = bench.run(&["apply", &file, "--dry-run"]);
    assert_eq!((exit, code(&document)), (0, "accepted"), "{document}");
    let (exit, document) = bench.run(&["apply", &file, "--yes"]);
    assert_eq!((exit, code(&document)), (3, "manifest.expired"), "{document}");
}
