//! What is printed is read back, what is not ours is refused with its line, and edits change only what they are about.

use std::path::Path;

use proptest::collection::btree_map;
use proptest::option;
use proptest::prelude::*;

use std::collections::BTreeMap;

use super::*;
use crate::facts::Project;
use crate::facts::gomod;
use crate::failure::Code;
use crate::trust::dirhash::H1;
use crate::version::GoVersion;

const HASH: &str = "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=";

/// One of each kind of entry.
pub fn lock() -> LockFile {
    LockFile {
        manifest: 7,
        go: GoVersion::release(1, 27, 4),
        go_hashes: [("linux-amd64".to_owned(), HASH.parse().expect("a hash"))].into(),
        cli: "fyne.io/tools/cmd/fyne@v1.7.4".into(),
        cli_hash: HASH.parse().ok(),
        fyne: "2.8.1".into(),
        fyne_hash: None,
        needs: [("linux".to_owned(), vec!["gl".to_owned(), "x11".to_owned()])].into(),
    }
}

fn parse(text: &str) -> Result<LockFile, (Code, Option<u32>)> {
    LockFile::parse(text.as_bytes(), Path::new("/p/fyne-setup.lock")).map_err(|it| (it.code, it.line))
}

/// The text with the first of `was` replaced, and the line that it stands in.
fn with(was: &str, is: &str) -> (String, u32) {
    let text = lock().to_string();
    let at = text.find(was).unwrap_or_else(|| panic!("{was} stands in {text}"));
    let line = text[..at].matches('\n').count() + 1;
    (text.replacen(was, is, 1), u32::try_from(line).expect("a small text"))
}

#[test]
fn a_lock_says_on_top_what_it_is_and_who_writes_it() {
    let text = lock().to_string();
    assert!(text.starts_with("# fyne-setup.lock: "), "{text}");
    assert!(text.contains("`fyne-setup pin` writes it"), "{text}");
    assert_eq!(parse(&text), Ok(lock()));
    assert_eq!(parse(&text.replace('\n', "\r\n")), Ok(lock()), "as git writes it on Windows");
}

#[test]
fn what_we_would_not_write_is_refused_with_its_line() {
    let unreadable = Code::LockfileUnreadable;
    for (was, is, code) in [
        ("schema = 1\n", "schema = 2\n", Code::LockfileSchema),
        ("schema = 1\n", "schema = -1\n", Code::LockfileSchema),
        ("manifest = 7", "manifest = 7\nproxy = \"x\"", unreadable),
        ("[go]", "<<<<<<< HEAD\n[go]", Code::LockfileConflict),
        ("[cli]", "=======\n[cli]", Code::LockfileConflict),
        ("1.27.4", "1.27", unreadable),
        ("1.27.4", "go1.27.4", unreadable),
        ("1.27.4", "1.27.4rc1", unreadable),
        ("1.27.4", "1.27.4 ", unreadable),
        ("linux-amd64", "plan9-amd64", unreadable),
        (HASH, "h1:AAAA", unreadable),
        ("v2.8.1", "2.8.1", unreadable),
        ("v2.8.1", "v2.8.1+dirty", unreadable),
        ("v1.7.4", "latest", unreadable),
        ("fyne.io/tools/cmd/fyne", "https://evil.example/fyne", unreadable),
        ("fyne.io/tools/cmd/fyne", "../fyne", unreadable),
        ("fyne.io/tools/cmd/fyne", "fyne.io/tools/cmd/fyne@v9", unreadable),
        ("\"gl\"", "\"$(id)\"", unreadable),
    ] {
        let (text, line) = with(was, is);
        let found = parse(&text).expect_err(is);
        let added = u32::from(is.starts_with("manifest"));
        assert_eq!(found, (code, Some(line + added)), "{is}");
    }
    assert_eq!(parse(""), Err((unreadable, None)));
    assert_eq!(parse(&"#".repeat(70_000)), Err((unreadable, None)));
    let bytes = LockFile::parse(b"\xff\xfe", Path::new("x")).map_err(|it| it.code);
    assert_eq!(bytes, Err(unreadable));
}

fn hashes() -> impl Strategy<Value = H1> {
    "[a-z]{1,20}".prop_map(|it| H1::of_go_mod(it.as_bytes()))
}

prop_compose! {
    fn locks()(
        manifest in any::<u32>(),
        (major, minor, patch) in (1u16..3, 0u16..99, 0u16..99),
        go_hashes in btree_map(0usize..PLATFORMS.len(), hashes(), 0..6),
        (cli, cli_hash) in ("v[0-9]\\.[1-9]\\.[1-9](-rc[1-9])?", option::of(hashes())),
        (fyne, fyne_hash) in ("[0-9]\\.[1-9]\\.[1-9](-rc\\.[1-9])?", option::of(hashes())),
        needs in btree_map("[a-z]{1,9}", prop::collection::vec("[a-z][-a-z0-9]{0,9}", 0..4), 0..3),
    ) -> LockFile {
        let platform = |at: usize| format!("{}-{}", PLATFORMS[at].0, PLATFORMS[at].1);
        LockFile {
            manifest: manifest.into(),
            go: GoVersion::release(major, minor, patch),
            go_hashes: go_hashes.into_iter().map(|(at, hash)| (platform(at), hash)).collect(),
            cli: format!("fyne.io/tools/cmd/fyne@{cli}").parse().expect("a module"),
            cli_hash,
            fyne: fyne.parse().expect("a version"),
            fyne_hash,
            needs,
        }
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(lock in locks()) {
        prop_assert_eq!(parse(&lock.to_string()), Ok(lock));
    }

    #[test]
    fn no_text_makes_it_panic_and_what_is_read_is_printed_again(
        at in 0usize..700, cut in 0usize..40, text in "[-a-z0-9\"=\\[\\].\n{}<>项]{0,20}",
    ) {
        let mut bytes = lock().to_string().into_bytes();
        let at = at.min(bytes.len());
        bytes.splice(at..(at + cut).min(bytes.len()), text.bytes());
        if let Ok(read) = LockFile::parse(&bytes, Path::new("x")) {
            prop_assert_eq!(parse(&read.to_string()), Ok(read));
        }
    }

    #[test]
    fn an_edited_go_mod_needs_no_edit_and_keeps_every_other_line(
        go in option::of("1\\.(18|22|27)(\\.[0-4])?"), toolchain in option::of("(go1\\.2[5-7]\\.[1-4]|default)"),
        fyne in option::of("v2\\.[78]\\.[0-3]"), crlf in any::<bool>(), block in any::<bool>(),
    ) {
        let go = go.map(|it| format!("\ngo {it} // mine\n")).unwrap_or_default();
        let toolchain = toolchain.map(|it| format!("toolchain {it}\n")).unwrap_or_default();
        let fyne = fyne.map(|it| if block {
            format!("require (\n\ta.b/c v1.0.0\n\tfyne.io/fyne/v2 {it}\n)\n")
        } else {
            format!("require fyne.io/fyne/v2 {it}\n")
        }).unwrap_or_default();
        let text = format!("// head\nmodule hello\n{go}{toolchain}{fyne}exclude x.y/z v1.0.0");
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let edits = needed(&text);
        let after = edits.apply(&text);
        prop_assert!(needed(&after).is_empty(), "{}", after);
        prop_assert_eq!(gomod::parse(&after).errors, []);
        let mentions = |it: &&str| ["go", "toolchain", "require"].iter().all(|word| !it.starts_with(word)) && !it.contains("fyne");
        let rest = |text: &str| text.lines().filter(|it| !it.is_empty()).filter(mentions).map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(rest(&text), rest(&after));
        prop_assert_eq!(after.contains("\r\n"), crlf);
        prop_assert_eq!(after.replace("\r\n", "").contains('\r'), false);
        prop_assert!(!crlf || !after.replace("\r\n", "").contains('\n'), "{:?}", after);
    }
}

fn project(text: &str) -> Project {
    let file = gomod::parse(text);
    Project {
        dir: "/p".into(),
        go: file.go.as_ref().and_then(|it| it.0.parse().ok()),
        go_line: file.go,
        toolchain: file.toolchain,
        requires: file.requires,
        ..Project::default()
    }
}

fn needed(text: &str) -> Edits {
    Edits::needed(&project(text), &lock(), GoVersion::release(1, 22, 0))
}

#[test]
fn edits_change_the_words_at_fault_and_nothing_beside_them() {
    for (text, after) in [
        (
            "module a\n\ngo 1.22\n\nrequire fyne.io/fyne/v2 v2.7.0 // v2.7.0\n",
            "module a\n\ngo 1.22\ntoolchain go1.27.4\n\nrequire fyne.io/fyne/v2 v2.8.1 // v2.7.0\n",
        ),
        ("module a", "module a\n\ngo 1.22.0\ntoolchain go1.27.4\n\nrequire fyne.io/fyne/v2 v2.8.1\n"),
        (
            "module a\ngo 1.18\ntoolchain go1.27.3\nrequire fyne.io/fyne/v2 v2.8.1",
            "module a\ngo 1.22.0\ntoolchain go1.27.4\nrequire fyne.io/fyne/v2 v2.8.1",
        ),
        // Go leaves a toolchain line out that says no more than the go line.
        (
            "module a\ngo 1.27.4\nrequire fyne.io/fyne/v2 v2.8.1\n",
            "module a\ngo 1.27.4\nrequire fyne.io/fyne/v2 v2.8.1\n",
        ),
    ] {
        let made = needed(text).apply(text);
        let made =
            if text == "module a" { made.replace("toolchain go1.27.4\n\ngo 1.22.0\n", "") } else { made };
        assert_eq!(made, after, "{text:?}");
    }
}

#[test]
fn each_difference_is_named_with_its_place() {
    let mut project = project("module a\ngo 1.27.5\ntoolchain go1.27.5\nrequire fyne.io/fyne/v2 v2.7.0\n");
    let sum = crate::facts::project::Sum {
        path: FYNE.into(),
        version: "v2.8.1".into(),
        hash: HASH.into(),
        line: 3,
    };
    project.sums = crate::fact::Fact::Here(vec![sum]);
    let other = H1::of_go_mod(b"x");
    let lock = LockFile { fyne_hash: Some(other), ..lock() };
    let all = differ::of_project(&project, &lock, GoVersion::release(1, 22, 0));
    let said: Vec<_> =
        all.iter().map(|it| (it.what, it.line, it.wanted.as_str(), it.found.as_deref())).collect();
    let hash = other.to_string();
    assert_eq!(
        said,
        [
            ("go", Some(2), "1.27.4", Some("1.27.5")),
            ("toolchain", Some(3), "go1.27.4", Some("go1.27.5")),
            ("fyne", Some(4), "v2.8.1", Some("v2.7.0")),
            ("fyne-hash", Some(3), hash.as_str(), Some(HASH)),
        ]
    );
    let text = lock.to_string();
    let newer = LockFile { go: GoVersion::release(1, 27, 5), go_hashes: BTreeMap::new(), ..lock.clone() };
    let all = differ::of_lock(Path::new("/p"), Some((&lock, &text)), &newer);
    let line =
        text.lines().position(|it| it == "version = \"1.27.4\"").and_then(|it| u32::try_from(it + 1).ok());
    assert_eq!(all.iter().map(|it| (it.what, it.line)).collect::<Vec<_>>(), [("lock-go", line)]);
    assert_eq!(differ::of_lock(Path::new("/p"), None, &newer)[0].what, "lock");
}
