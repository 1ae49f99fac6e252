//! A manifest of the user's that is no good: exit 2, the place in it, and nothing done.
use std::fmt::Write as _;

use crate::program::{Program, Said};
use crate::schema::fits;

const OURS: &str = include_str!("../../manifests/compat.toml");

fn given(bytes: &[u8], more: &[&str]) -> Said {
    let program = Program::new();
    std::fs::write(program.home().join("mine.toml"), bytes).expect("written");
    program.run(&[&["manifest", "resolve", "--manifest", "mine.toml"], more].concat())
}

fn with(from: &str, to: &str) -> Vec<u8> {
    assert!(OURS.contains(from), "{from}");
    OURS.replacen(from, to, 1).into_bytes()
}

#[test]
fn a_bad_manifest_of_the_users_ends_with_2_and_its_code() {
    let mut circle = OURS.to_owned();
    for (version, by) in [("2.7.0", "2.7.1"), ("2.7.1", "2.7.0")] {
        let entry =
            format!("\n[[replaced]]\nmodule = \"fyne.io/fyne/v2\"\nversion = \"{version}\"\nby = \"{by}\"");
        writeln!(circle, "{entry}\nwhy = {{ en = \"x\" }}").expect("a string takes all");
    }
    for (bytes, code, words) in [
        (vec![b'#'; 10 * 1024 * 1024], "manifest.too-large", "at most 1048576"),
        ([OURS.as_bytes(), b"# \xff"].concat(), "manifest.not-utf8", "byte offset"),
        (
            with("schema = 1", "schema = 2"),
            "manifest.schema",
            "this program reads schema 1: update the program",
        ),
        (
            with("schema = 1", "schema = \"new\""),
            "manifest.schema",
            "this program reads schema 1: update the program",
        ),
        (
            with("version = 1\n", "version = one\n"),
            "manifest.syntax",
            "this is not a valid value, expected a string in quotes",
        ),
        (
            with("min = \"1.22.0\"", "min = \"1.28.0\""),
            "manifest.range",
            "Fyne 2.8: no Go release is at least 1.28.0",
        ),
        (circle.into_bytes(), "manifest.cycle", "2.7.0 → 2.7.1 → 2.7.0"),
        (with("[go]", "[go]\nrecomended = 1"), "manifest.unknown-key", "unknown key `recomended`"),
    ] {
        let said = given(&bytes, &[]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
        assert!(said.err.contains(words), "{code}: {}", said.err);
        let document = fits(&given(&bytes, &["--json"]).out);
        assert_eq!((&document["exit"], &document["error"]["code"]), (&2.into(), &code.into()), "{document}");
        assert_eq!(document["error"]["file"], "mine.toml");
    }
    assert_eq!(given(OURS.as_bytes(), &[]).code, 0);
}

#[test]
fn a_syntax_error_is_shown_in_its_line() {
    let broken = b"schema = 1\nversion = one\n";
    insta::assert_snapshot!(given(broken, &[]).err, @r"
    error: this is not a valid value, expected a string in quotes
    at: mine.toml:2:11
      2 | version = one
        |           ^
    ");
    insta::assert_snapshot!(given(broken, &["--lang", "zh-CN"]).err, @r"
    错误：此处不是有效的值（应为：带引号的字符串）
    位置：mine.toml:2:11
      2 | version = one
        |           ^
    ");
    let typed = b"schema = 1\nversion = 1\nissued = 2026-11-24\nexpires = 2027-02-22T00:00:00Z\nfyne = []\n[go]\nrecomended = \"1.27.4\"\nfloor = []\n";
    insta::assert_snapshot!(given(typed, &[]).err, @r"
    error: key `recommended` is missing
    at: mine.toml:6:1
      6 | [go]
        | ^
    hint: did you mean `recommended` instead of `recomended`?
    ");
}

const SMALL: &str = r#"schema = 1
version = 1
issued = 2026-11-24T00:00:00Z
expires = 2027-02-22T00:00:00Z
go = { recommended = "1.27.4", floor = ["1.27.4"] }

[[fyne]]
line = "2.8"
versions = ["2.8.1", "2.7.9"]
go = { min = "1.22.0", max = "1.27" }
cli = [{ module = "fyne.io/tools/cmd/fyne", version = "1.7.4", go = { min = "1.22.0", max = "1.27" } }]
needs = { linux = ["libc", "lg"] }
"#;

#[test]
fn every_other_fault_is_told_too() {
    insta::assert_snapshot!(given(SMALL.as_bytes(), &[]).err, @r#"
    error: 2.7.9 is not a Fyne 2.8 release
    at: mine.toml:9:22
      9 | versions = ["2.8.1", "2.7.9"]
        |                      ^
    also: line 12: Fyne 2.8 needs lg, which is missing from packages.toml
    "#);
    let document = fits(&given(SMALL.as_bytes(), &["--json"]).out);
    assert_eq!(document["error"]["also"].as_array().map(Vec::len), Some(1), "{document}");
}
