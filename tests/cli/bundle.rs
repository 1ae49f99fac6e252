//! `bundle verify` and `install --bundle` from outside: who vouches, what is refused with which number, and that a refusal
//! leaves nothing behind.

use std::fs;
use std::path::{Path, PathBuf};

use fyne_setup::bundle::archive::Writer;
use fyne_setup::bundle::list::{Kind, List, NAME, SCHEMA, SIGNATURE};
use fyne_setup::bundle::sealed::comment;
use fyne_setup::bundle::{ListedFile, list::ManifestUsed};
use fyne_setup::digest::Digest;
use fyne_setup::moment::Moment;
use serde_json::Value;

use crate::minisign::Signer;
use crate::program::Program;
use crate::schema::fits;

/// Long ago, and far ahead.
const EXPIRED: u64 = 1_700_000_000;
const FRESH: u64 = 4_000_000_000;

/// What is wrong, the bytes, the options, the exit number, and the code.
type Lie<'a> = (&'a str, Vec<u8>, Vec<&'a str>, i32, &'a str);

/// A bundle of two files.
struct Bundle {
    list: List,
    signer: Option<&'static str>,
}

impl Bundle {
    fn new() -> Self {
        let file = |path: &str| ListedFile {
            path: path.into(),
            size: path.len() as u64,
            sha256: Digest::of(path.as_bytes()),
            what: Kind::of(path),
        };
        let os = if cfg!(target_os = "macos") { "darwin" } else { "linux" };
        let arch = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };
        let list = List {
            schema: SCHEMA,
            fyne_setup: "0.1.0".into(),
            manifest: ManifestUsed { version: 1, expires: Moment(FRESH) },
            go: "1.27.4".parse().expect("a version"),
            fyne: "2.8.1".parse().expect("a version"),
            cli: "fyne.io/tools/cmd/fyne@v1.7.4".parse().expect("a module"),
            targets: vec![format!("{os}-{arch}")],
            projects: false,
            packages: None,
            cache: None,
            files: vec![file("program/fyne-setup"), file("proxy/x.org/y/@v/v1.0.0.zip")],
        };
        Self { list, signer: Some("release") }
    }

    fn bytes(&self) -> Vec<u8> {
        let text = self.list.text().into_bytes();
        let mut to = Writer::new(Vec::new());
        let mut add = |name: &str, mut bytes: &[u8]| {
            to.file(name, bytes.len() as u64, &mut bytes).expect("memory takes everything");
        };
        add(NAME, &text);
        if let Some(name) = self.signer {
            add(SIGNATURE, Signer::new(name).sign(&text, &comment(&text, "0.1.0")).as_bytes());
        }
        self.list.files.iter().for_each(|it| add(&it.path, it.path.as_bytes()));
        to.end().expect("memory takes everything")
    }
}

fn key(name: &str) -> String {
    Signer::new(name).public()
}

fn lay(program: &Program, bytes: &[u8]) -> PathBuf {
    let path = program.home().join("b.tar");
    fs::write(&path, bytes).expect("a file");
    path
}

/// What stands in a home besides the bundle and logs.
fn left(home: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut dirs = vec![home.to_path_buf()];
    while let Some(dir) = dirs.pop() {
        for entry in fs::read_dir(dir).expect("a directory").flatten() {
            let path = entry.path();
            if path.is_dir() { dirs.push(path) } else { all.push(path) }
        }
    }
    all.retain(|it| !it.ends_with("b.tar") && !it.to_string_lossy().contains("/fyne-setup/logs/"));
    all
}

fn verified(bundle: &Bundle, options: &[&str]) -> (i32, Value) {
    let program = Program::new();
    let file = lay(&program, &bundle.bytes()).display().to_string();
    let said = program.run(&[&["--json", "bundle", "verify", &file][..], options].concat());
    (said.code, fits(&said.out))
}

#[test]
fn a_bundle_says_what_it_holds_and_who_vouches_for_it() {
    let (code, said) = verified(&Bundle::new(), &["--key", &key("release")]);
    assert_eq!(
        (code, &said["signature"]["state"], &said["bundle"]["files"]),
        (0, &"proven".into(), &2.into())
    );
    assert_eq!((&said["bundle"]["go"], &said["bundle"]["fyne"]), (&"1.27.4".into(), &"2.8.1".into()));
    let (code, said) = verified(&Bundle::new(), &[]);
    assert_eq!((code, &said["signature"]["state"]), (1, &"not-judged".into()));
    let (code, said) = verified(&Bundle { signer: None, ..Bundle::new() }, &[]);
    assert_eq!((code, &said["signature"]["state"]), (1, &"absent".into()));
}

#[test]
fn a_bundle_whose_manifest_has_expired_is_verified_and_its_age_is_said() {
    let mut bundle = Bundle::new();
    bundle.list.manifest.expires = Moment(EXPIRED);
    let program = Program::new();
    let file = lay(&program, &bundle.bytes()).display().to_string();
    let said = program.run(&["bundle", "verify", &file, "--key", &key("release")]);
    assert!(said.code == 0 && said.out.contains("days ago"), "{said:?}");
}

#[test]
fn a_bundle_that_is_not_its_owners_or_not_for_this_machine_is_refused_and_changes_nothing() {
    let whole = Bundle::new().bytes();
    let mut bit = whole.clone();
    let end = bit.len() - 1025;
    let at = bit[..end].iter().rposition(|it| *it != 0).expect("the last file");
    bit[at] ^= 1;
    let mut elsewhere = Bundle::new();
    elsewhere.list.targets = vec!["plan9-mips".into()];
    let (release, stranger) = (key("release"), key("stranger"));
    let of = |owner: &'static str| ["--key", owner].to_vec();
    let (release, stranger): (&'static str, &'static str) = (release.leak(), stranger.leak());
    let table: [Lie; 8] = [
        ("another key", whole.clone(), of(stranger), 4, "bundle.signature"),
        (
            "no signature",
            Bundle { signer: None, ..Bundle::new() }.bytes(),
            of(release),
            4,
            "bundle.signature",
        ),
        ("one bit", bit.clone(), of(release), 4, "bundle.refused"),
        ("one bit, with the user's word", bit, vec!["--unsigned"], 4, "bundle.refused"),
        ("cut", whole[..whole.len() - 600].to_vec(), of(release), 4, "bundle.refused"),
        ("nothing", vec![], of(release), 4, "bundle.refused"),
        ("another platform", elsewhere.bytes(), of(release), 3, "bundle.platform"),
        ("nobody's word", whole, vec![], 2, "bundle.unsigned"),
    ];
    for (lie, bytes, options, code, error) in table {
        let program = Program::new();
        let file = lay(&program, &bytes).display().to_string();
        let said = program.run(&[&["--json", "install", "--yes", "--bundle", &file][..], &options].concat());
        let document = fits(&said.out);
        assert_eq!((said.code, &document["error"]["code"]), (code, &error.into()), "{lie}: {}", said.out);
        assert_eq!(left(program.home()), Vec::<PathBuf>::new(), "{lie}");
    }
}

#[test]
fn whoever_only_verifies_is_told_what_that_means() {
    let mut bytes = Bundle::new().bytes();
    let at = bytes[..bytes.len() - 1025].iter().rposition(|it| *it != 0).expect("the last file");
    bytes[at] ^= 1;
    let program = Program::new();
    let file = lay(&program, &bytes).display().to_string();
    let key = key("release");
    for (args, is, not) in [
        (&["bundle", "verify", &file, "--key", &key][..], "Do not install", "Nothing was installed"),
        (&["install", "--yes", "--bundle", &file, "--key", &key], "Nothing was installed", "Do not install"),
    ] {
        let said = program.run(args);
        assert_eq!(said.code, 4, "{said:?}");
        assert!(said.err.contains(is) && !said.err.contains(not), "{args:?}: {said:?}");
    }
}

#[test]
fn what_is_typed_beats_the_key_of_a_variable() {
    let program = Program::new().env("FYNE_SETUP_KEY", &key("stranger"));
    let file = lay(&program, &Bundle::new().bytes()).display().to_string();
    let code = |args: &[&str]| {
        let all = [&["--json", "install", "--dry-run", "--bundle", &file][..], args].concat();
        fits(&program.run(&all).out)["error"]["code"].clone()
    };
    assert_eq!(code(&[]), "bundle.signature", "the variable counts");
    assert_ne!(code(&["--unsigned"]), "bundle.signature");
    assert_ne!(code(&["--key", &key("release")]), "bundle.signature");
}

#[test]
fn a_file_that_is_there_is_not_written_over_by_a_bundle() {
    let program = Program::new();
    let file = lay(&program, b"mine").display().to_string();
    let said = program.run(&["--json", "bundle", "create", "--yes", &file]);
    assert_eq!((said.code, &fits(&said.out)["error"]["code"]), (2, &"bundle.there".into()));
    assert_eq!(fs::read(&file).expect("it is there"), b"mine");
    let said = program.run(&["--json", "bundle", "create", "--for", "windows", "new.tar"]);
    assert_eq!((said.code, &fits(&said.out)["error"]["code"]), (2, &"usage.bad-value".into()));
}
