//! The rules, one by one; and a list for whoever needs one.

use super::*;

/// A list with these files, whose bytes are their names.
pub fn list(names: &[&str]) -> List {
    let file = |name: &&str| ListedFile {
        path: (*name).to_owned(),
        size: name.len() as u64,
        sha256: Digest::of(name.as_bytes()),
        what: Kind::of(name),
    };
    List {
        schema: SCHEMA,
        fyne_setup: "0.1.0".into(),
        manifest: ManifestUsed { version: 7, expires: Moment(1_800_000_000) },
        go: GoVersion::release(1, 27, 4),
        fyne: "2.8.1".parse().expect("a version"),
        cli: "fyne.io/tools/cmd/fyne@v1.7.4".parse().expect("a module"),
        targets: vec!["linux-amd64".into()],
        projects: false,
        packages: None,
        cache: None,
        files: names.iter().map(file).collect(),
    }
}

fn said(list: &List) -> Result<(), (Code, String)> {
    List::read(list.text().as_bytes()).map(drop).map_err(|it| (it.code, it.message.to_string()))
}

#[test]
fn a_list_is_read_as_it_was_written() {
    let mut it =
        list(&["apt/Packages", "cache/go-build.tar.gz", "program/fyne-setup", "proxy/a", "proxy/sumdb/x"]);
    it.packages =
        Some(OsPackages { manager: "apt".into(), release: "debian 12".into(), arch: "x86_64".into() });
    assert_eq!(List::read(it.text().as_bytes()), Ok(it));
}

#[test]
fn a_list_that_breaks_a_rule_is_refused_with_the_rule() {
    let with = |change: &dyn Fn(&mut List)| {
        let mut it = list(&["apt/a", "proxy/b"]);
        change(&mut it);
        said(&it).expect_err("it breaks a rule")
    };
    let named = |name: &str| {
        let name = name.to_owned();
        with(&move |it: &mut List| it.files[1].path.clone_from(&name))
    };
    for (name, rule) in [
        ("../../etc/passwd", "archive-name-outwards"),
        ("proxy/../../x", "archive-name-outwards"),
        ("/etc/passwd", "archive-name-absolute"),
        ("proxy/C:x", "archive-name-windows"),
        ("proxy\\x", "archive-name-windows"),
        ("proxy/x\u{1b}", "archive-name-control"),
        ("proxy/é", "archive-name-ascii"),
        ("proxy/nul", "archive-name-device"),
        ("proxy/x.", "archive-name-dot"),
        ("proxy//x", "archive-name-empty-part"),
        ("", "archive-name-length"),
        ("apt/a/b", "archive-twice"),
        ("apt/A", "archive-twice"),
        ("apt/a", "archive-twice"),
        ("etc/passwd", "bundle-list-folder"),
        ("bundle.json", "bundle-list-folder"),
        ("apt/0", "bundle-list-order"),
    ] {
        let (code, message) = named(name);
        assert!(code == Code::BundleRefused && message.contains(rule), "{name}: {message}");
    }
    let large = with(&|it| it.files[0].size = (2 << 30) + 1);
    assert!(large.1.contains("bundle-list-large"), "{large:?}");
    let all = with(&|list| {
        let file = list.files[1].clone();
        list.files = (0..5)
            .map(|n| ListedFile { path: format!("proxy/{n}"), size: 2 << 30, ..file.clone() })
            .collect();
    });
    assert!(all.1.contains("bundle-list-large"), "{all:?}");
    let kind = with(&|it| it.files[1].what = Kind::Program);
    assert!(kind.1.contains("bundle-list-kind"), "{kind:?}");
    let many = with(&|list| {
        let file = list.files[1].clone();
        list.files = (0..=MOST_FILES)
            .map(|n| ListedFile { path: format!("proxy/{n:06}"), size: 0, ..file.clone() })
            .collect();
    });
    assert!(many.1.contains("bundle-list-many"), "{many:?}");
    assert_eq!(with(&|it| it.schema = 2).0, Code::BundleNewer);
}

#[test]
fn the_modules_of_a_bundle_are_named_as_go_names_them() {
    let of = list(&[
        "proxy/github.com/!burnt!sushi/toml/@v/v1.0.0-!r!c1.mod",
        "proxy/golang.org/toolchain/@v/v0.0.1-go1.27.4.linux-amd64.zip",
        "proxy/x.org/y/@v/list",
        "proxy/x.org/y/@v/v1.2.0.mod",
        "proxy/x.org/y/@v/v1.2.0.zip",
    ]);
    let named: Vec<_> =
        of.modules().into_iter().map(|it| format!("{}@{} {}", it.path, it.version, it.has_zip)).collect();
    assert_eq!(named, ["github.com/BurntSushi/toml@v1.0.0-RC1 false", "x.org/y@v1.2.0 true"]);
}

#[test]
fn what_is_no_list_is_refused() {
    for text in ["", "[]", "{}", "{\"schema\":1}", "{\"schema\":-1}", "nonsense", "\u{0}"] {
        assert_eq!(List::read(text.as_bytes()).map_err(|it| it.code), Err(Code::BundleRefused), "{text}");
    }
}
