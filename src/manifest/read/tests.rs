//! Every fault by its code and line, and that nothing but a manifest or a failure comes out of any bytes.
use proptest::prelude::*;

use super::super::fold::tests::stamp;
use super::super::fold::{Parts, fold};
use super::*;
use crate::failure::Code;

const COMPAT: &str = include_str!("../../../manifests/compat.toml");
const TRIALS: &str = include_str!("../../../manifests/proven.toml");

/// Where a fault must be found: at the line that has these words, the nth of them from 0.
type At<'a> = (&'a str, usize);

fn line(text: &str, (words, nth): At<'_>) -> u32 {
    let at = text.lines().enumerate().filter(|it| it.1.contains(words)).nth(nth).map(|it| it.0 + 1);
    u32::try_from(at.unwrap_or_else(|| panic!("{words} is there"))).expect("a small file")
}

/// The rows of compat.toml and what stands above them.
fn rows() -> &'static str {
    &COMPAT[..COMPAT.find("[[replaced]]").unwrap_or(COMPAT.len())]
}

/// The rows with one change, and something behind them.
fn changed(from: &str, to: &str, behind: &str) -> String {
    assert!(from.is_empty() || rows().contains(from), "{from} stands in compat.toml");
    format!("{}\n{behind}", if from.is_empty() { rows().to_owned() } else { rows().replacen(from, to, 1) })
}

fn replaced(pairs: &[(&str, &str)]) -> String {
    let entry = |(version, by): &(&str, &str)| {
        format!(
            "[[replaced]]\nmodule = \"fyne.io/fyne/v2\"\nversion = \"{version}\"\nby = \"{by}\"\nwhy = {{ en = \"x\" }}\n"
        )
    };
    pairs.iter().map(entry).collect()
}

fn trial(kind: &str, fyne: &str, go: &str, cli: &str) -> String {
    let more = if kind == "broken" { "part = \"cli\"\nerror = \"x\"\n" } else { "" };
    format!(
        "[[{kind}]]\nfyne = \"{fyne}\"\ngo = \"{go}\"\ncli = \"{cli}\"\nplatform = \"linux/amd64\"\ndistro = \"debian 12\"\n\
         compiler = \"gcc 12.2.0\"\ngo_from = \"module\"\ndate = 2026-11-24\n{more}"
    )
}

const CLI: &str = "fyne.io/tools/cmd/fyne@v1.7.4";

#[test]
fn a_row_that_contradicts_itself_is_named() {
    for (from, to, code, at) in [
        (
            r#"min = "1.22.0", max = "1.27" }"#,
            r#"min = "1.28.0", max = "1.27" }"#,
            Code::ManifestRange,
            ("go = {", 0),
        ),
        (
            r#"go = { min = "1.22.0", max = "1.27" } },"#,
            r#"go = { min = "1.28.0", max = "1.27" } },"#,
            Code::ManifestRange,
            ("cmd/fyne", 0),
        ),
        (r#"except = ["1.19.4"]"#, r#"except = ["1.18.4"]"#, Code::ManifestExcept, ("1.18.4", 0)),
        (r#"except = ["1.19.4"]"#, r#"except = ["1.28.4"]"#, Code::ManifestExcept, ("1.28.4", 0)),
        (r#""2.8.1", "2.8.0""#, r#""2.8.1", "2.7.9""#, Code::ManifestLine, ("2.7.9", 0)),
        (r#"line = "2.8""#, r#"line = "two""#, Code::ManifestLine, ("line = ", 0)),
        (r#""2.8.1", "2.8.0""#, r#""2.8.1", "2.8.1""#, Code::ManifestDuplicate, ("2.8.1", 0)),
        (r#"versions = ["2.8.1", "2.8.0"]"#, "versions = []", Code::ManifestNoVersions, ("versions = []", 0)),
        (
            r#"version = "1.7.0", go = { min = "1.19.0""#,
            r#"version = "1.7.4", go = { min = "1.19.0""#,
            Code::ManifestDuplicate,
            ("1.19.0\", max = \"1.27\" } },", 0),
        ),
        (
            r#"go = { min = "1.22.0", max = "1.27" } },"#,
            r#"go = { min = "1.9", max = "1.21" } },"#,
            Code::ManifestNoCli,
            ("cli = [", 0),
        ),
        (r#""gl", "egl""#, r#""gl", "eggs""#, Code::ManifestNeed, ("eggs", 0)),
    ] {
        faulty(&changed(from, to, ""), code, at);
    }
    let twice = changed("", "", &rows()[rows().rfind("[[fyne]]").expect("rows")..]);
    faulty(&twice, Code::ManifestDuplicate, ("line = \"2.0\"", 1));
}

#[test]
fn what_is_said_of_go_in_general_holds_together() {
    let advisory = |id: &str, fixed: &str| {
        format!(
            "[[go.advisory]]\nid = \"{id}\"\nfixed = [{fixed}]\nsince = 2026-11-10\nwhat = {{ en = \"x\" }}\n"
        )
    };
    for (from, to, code, at) in [
        (
            r#"recommended = "1.27.4""#,
            r#"recommended = "1.28.0""#,
            Code::ManifestRecommended,
            ("recommended =", 0),
        ),
        (
            r#"recommended = "1.27.4""#,
            r#"recommended = "1.27.3""#,
            Code::ManifestRecommended,
            ("recommended =", 0),
        ),
        (
            r#"recommended = "1.27.4""#,
            r#"recommended = "1.25.9""#,
            Code::ManifestRecommended,
            ("recommended =", 0),
        ),
        (
            r#"recommended = "1.27.4""#,
            r#"recommended = "1.27""#,
            Code::ManifestRecommended,
            ("recommended =", 0),
        ),
        (
            r#"floor = ["1.26.11", "1.27.4"]"#,
            r#"floor = ["1.26.11", "1.27.4", "1.26.12"]"#,
            Code::ManifestFloor,
            ("floor =", 0),
        ),
        (
            r#"floor = ["1.26.11", "1.27.4"]"#,
            r#"floor = ["1.26.11", "1.27.4", "1.24"]"#,
            Code::ManifestFloor,
            ("floor =", 0),
        ),
        (
            "issued = 2026-11-24T00:00:00Z",
            "issued = 2027-11-24T00:00:00Z",
            Code::ManifestDates,
            ("expires =", 0),
        ),
        ("issued = 2026-11-24T00:00:00Z", "issued = 2026-11-24", Code::ManifestDates, ("issued =", 0)),
        (
            "expires = 2027-02-22T00:00:00Z",
            "expires = 2027-02-22T00:00:00+08:00",
            Code::ManifestDates,
            ("expires =", 0),
        ),
    ] {
        faulty(&changed(from, to, ""), code, at);
    }
    for (entries, code, at) in [
        (advisory("CVE-1", r#""1.27.5""#), Code::ManifestAdvisory, ("1.27.5", 0)),
        (advisory("CVE-1", ""), Code::ManifestAdvisory, ("[[go.advisory]]", usize::MAX)),
        (advisory("CVE-1", r#""1.27.3", "1.27.2""#), Code::ManifestAdvisory, ("1.27.3", 0)),
        (
            advisory("CVE-1", r#""1.27.3""#).replace("en =", "de ="),
            Code::ManifestAdvisory,
            ("[[go.advisory]]", usize::MAX),
        ),
        (advisory("CVE-1", r#""1.27.3""#).repeat(2), Code::ManifestDuplicate, ("CVE-1", 1)),
    ] {
        faulty(&changed("", "", &entries), code, at);
    }
}

#[test]
fn replacements_end_at_a_release_that_is_known() {
    for (pairs, code, at) in [
        (&[("2.8.0", "2.8.9")][..], Code::ManifestReplaced, ("2.8.9", 0)),
        (&[("2.8.0", "2.8.1"), ("2.8.0", "2.7.4")], Code::ManifestDuplicate, ("[[replaced]]", 1)),
        (&[("2.8.0", "2.8.0")], Code::ManifestCycle, ("[[replaced]]", 0)),
        (
            &[("2.7.4", "2.8.0"), ("2.8.0", "2.8.1"), ("2.8.1", "2.8.0")],
            Code::ManifestCycle,
            ("[[replaced]]", 1),
        ),
    ] {
        faulty(&changed("", "", &replaced(pairs)), code, at);
    }
    let text = changed("", "", &replaced(&[("2.7.0", "2.7.1"), ("2.7.1", "2.7.2"), ("2.7.2", "2.7.0")]));
    let failure = Manifest::from_user(&text, "x").expect_err("a circle");
    assert!(failure.message.to_string().contains("2.7.0 → 2.7.1 → 2.7.2 → 2.7.0"), "{failure}");
    assert!(failure.also.is_empty(), "one circle is told once: {:?}", failure.also);
    let chain = changed("", "", &replaced(&[("2.7.9", "2.7.8"), ("2.7.8", "2.7.4")]));
    assert_eq!(Manifest::from_user(&chain, "x").expect("a chain ends").replaced.len(), 2);
    let of_a_cli = replaced(&[("1.26.0", "1.7.4")]).replace("fyne.io/fyne/v2", "fyne.io/tools");
    Manifest::from_user(changed("", "", &of_a_cli), "x").expect("the module of a CLI");
    for (module, by) in [("fyne.io/tools", "1.9.0"), ("evil.example/tools", "1.7.4")] {
        let text = of_a_cli.replace("fyne.io/tools", module).replace("1.7.4", by);
        faulty(&changed("", "", &text), Code::ManifestReplaced, ("by = ", 0));
    }
}

#[test]
fn trials_say_one_thing_and_what_a_row_promises() {
    let good = trial("proven", "2.8.1", "1.27.4", CLI);
    for (entries, code, at) in [
        (
            [good.clone(), trial("broken", "2.8.1", "1.27.4", CLI)].concat(),
            Code::ManifestTrial,
            ("[[proven]]", 0),
        ),
        (trial("proven", "2.8.9", "1.27.4", CLI), Code::ManifestTrial, ("[[proven]]", 0)),
        (trial("proven", "2.8.1", "1.21.0", CLI), Code::ManifestTrial, ("[[proven]]", 0)),
        (
            trial("proven", "2.8.1", "1.27.4", "fyne.io/tools/cmd/fyne@v1.7.0"),
            Code::ManifestTrial,
            ("[[proven]]", 0),
        ),
        (trial("broken", "3.0.0", "1.27.4", CLI), Code::ManifestTrial, ("[[broken]]", 0)),
    ] {
        faulty(&changed("", "", &entries), code, at);
    }
    let fine = [good, trial("broken", "2.8.1", "1.21.0", "fyne.io/tools/cmd/fyne@v1.6.0")].concat();
    Manifest::from_user(changed("", "", &fine), "x").expect("what is broken may be outside");
}

#[test]
fn what_is_no_manifest_of_this_schema_is_named() {
    for (from, to, code, at) in [
        ("version = 1\n", "version = one\n", Code::ManifestSyntax, ("version = one", 0)),
        ("line = \"2.7\"", "line = \"2.7", Code::ManifestSyntax, ("line = \"2.7", 0)),
        ("schema = 1", "schema = 2", Code::ManifestSchema, ("schema = 2", 0)),
        ("schema = 1", "schema = \"1\"", Code::ManifestSchema, ("schema = ", 0)),
        ("schema = 1", "schema = 9223372036854775808", Code::ManifestSchema, ("schema = ", 0)),
        ("version = 1\n", "version = -1\n", Code::ManifestShape, ("version = -1", 0)),
        ("min = \"1.22.0\"", "min = \"new\"", Code::ManifestShape, ("\"new\"", 0)),
        ("line = \"2.7\"", "lnie = \"2.7\"", Code::ManifestShape, ("[[fyne]]", 1)),
        ("line = \"2.7\"", "line = \"2.7\"\nexcpet = []", Code::ManifestUnknownKey, ("excpet", 0)),
        ("fyne.io/tools", "evil.example/tools", Code::ManifestForeign, ("evil", 0)),
    ] {
        faulty(&changed(from, to, ""), code, at);
    }
    let empty = &rows()[..rows().find("[[fyne]]").expect("rows")].replace("[go]", "fyne = []\n[go]");
    faulty(empty, Code::ManifestEmpty, ("fyne = []", 0));
    for (bytes, code) in [
        (vec![b' '; 10 * 1024 * 1024], Code::ManifestTooLarge),
        ([b"\xef\xbb\xbf", COMPAT.as_bytes()].concat(), Code::ManifestBom),
        ([COMPAT.as_bytes(), b"\0"].concat(), Code::ManifestNul),
        ([COMPAT.as_bytes(), b"\xff"].concat(), Code::ManifestNotUtf8),
        (b"version = 1".to_vec(), Code::ManifestSchema),
    ] {
        let failure = Manifest::from_user(&bytes, "mine.toml").expect_err(code.name());
        assert_eq!((failure.code, failure.exit, failure.line), (code, Exit::Usage, None));
    }
}

/// The first fault of a file of the user's.
#[track_caller]
fn faulty(text: &str, code: Code, at: At<'_>) {
    // usize::MAX: the last of them.
    let nth = if at.1 == usize::MAX { text.lines().filter(|it| it.contains(at.0)).count() - 1 } else { at.1 };
    let failure = Manifest::from_user(text, "mine.toml").expect_err(code.name());
    assert_eq!((failure.code, failure.exit), (code, Exit::Usage), "{failure}");
    assert_eq!(failure.line, Some(line(text, (at.0, nth))), "{failure} {:?}", failure.quote);
    assert!(failure.quote.is_some() && failure.file.is_some(), "{failure:?}");
}

#[test]
fn all_faults_of_a_file_are_told_up_to_a_number() {
    let text =
        changed(r#"["2.8.1", "2.8.0"]"#, r#"["2.8.1", "2.7.9"]"#, "").replace(r#""libc""#, r#""glibc""#);
    let failure = Manifest::from_user(&text, "x").expect_err("many");
    assert_eq!(
        (failure.code, failure.also.len()),
        (Code::ManifestLine, 9),
        "all of them: {:?}",
        failure.also
    );
    let bad = rows().replace(r#""libc", "pkg-config""#, r#""a", "b""#);
    let failure = Manifest::from_user(&bad, "x").expect_err("more");
    assert_eq!(failure.also.last().map(ToString::to_string).as_deref(), Some("manifest-more count=8"));
}

#[test]
fn a_typing_error_is_answered_with_what_was_meant() {
    for (from, to, hint) in [
        ("line = \"2.7\"", "lnie = \"2.7\"", "manifest-misspelt key=line near=lnie"),
        ("except = [", "excpet = [", "usage-did-you-mean near=except"),
        ("[go]", "[go]\nfoor = []", ""),
        ("schema = 1", "schema = 2", "manifest-schema-hint known=1"),
    ] {
        let failure = Manifest::from_user(changed(from, to, ""), "x").expect_err(to);
        assert_eq!(failure.hint.map(|it| it.to_string()).unwrap_or_default(), hint, "{to}");
    }
}

fn signed() -> String {
    fold(&Parts::embedded(), &stamp(7)).expect("folds")
}

#[test]
fn a_signed_manifest_is_read_with_what_newer_programs_added_and_refused_where_it_makes_no_sense() {
    let text = signed();
    let newer = text
        .replacen("[[fyne]]", "mood = \"good\"\n[[fyne]]\ncolour = \"blue\"", 1)
        .replacen("[[packages.capability]]", "[[packages.capability]]\nsmell = 1", 1)
        .replacen("[[mirrors.archives]]", "[[mirrors.archives]]\nspeed = 1", 1);
    assert_eq!(Manifest::from_signed(&newer), Manifest::from_signed(&text));
    for (from, to, code) in [
        ("schema = 1", "schema = 2", Some(Code::ManifestSchema)),
        ("[packages]\nschema = 1", "[packages]\nschema = 2", Some(Code::ManifestSchema)),
        ("[mirrors]\nschema = 1", "[mirrors]\nschema = 2", Some(Code::ManifestSchema)),
        ("[mirrors]", "[mirror]", Some(Code::ManifestShape)),
        ("\"2.8.0\"", "\"2.8.1\"", Some(Code::ManifestDuplicate)),
        ("\"gcc\"", "\"--allow-unauthenticated\"", None),
        ("\"libc6-dev\"", "\"--allow-unauthenticated\"", Some(Code::ManifestPackage)),
        ("recommended = \"1.27.4\"", "recommended = \"1.26.10\"", Some(Code::ManifestRecommended)),
        ("expires = ", "expires == ", Some(Code::ManifestSyntax)),
    ] {
        assert!(text.contains(from), "{from}");
        let read = Manifest::from_signed(text.replacen(from, to, 1));
        assert_eq!(
            read.as_ref().err().map(|it| (it.code, it.exit)),
            code.map(|it| (it, Exit::Refused)),
            "{to}"
        );
    }
}

#[test]
fn no_manifest_lowers_the_floor_or_takes_back_an_advisory() {
    let ours = Manifest::embedded().go;
    let low = signed()
        .replace(r#"floor = ["1.26.11", "1.27.4"]"#, r#"floor = ["1.26.1", "1.25.9"]"#)
        .replace("go.advisory", "go.gone");
    let read = Manifest::from_signed(&low).expect("reads").manifest.go;
    assert_eq!(
        read.floor.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["1.25.9", "1.26.11", "1.27.4"]
    );
    assert_eq!(read.advisory, ours.advisory);
    // Its own floor would allow it; ours does not.
    let below = low.replace(r#"recommended = "1.27.4""#, r#"recommended = "1.26.5""#);
    assert_eq!(Manifest::from_signed(below).expect_err("below ours").code, Code::ManifestRecommended);
}

#[test]
fn the_embedded_manifest_is_one_that_a_user_may_give_and_newest_first() {
    let manifest = Manifest::from_user([COMPAT, TRIALS].concat(), "ours").expect("no fault");
    assert_eq!(manifest, Manifest::embedded());
    assert_eq!(Manifest::from_user(signed(), "folded").expect("reads").fyne, manifest.fyne);
    for row in &manifest.fyne {
        assert!(row.versions.is_sorted_by(|a, b| a > b), "{} is newest first", row.line);
        assert!(row.cli.iter().any(|it| it.go.holds(manifest.go.recommended)), "{} has a CLI", row.line);
    }
    assert!(manifest.go.floor.contains(&manifest.go.recommended));
}

#[test]
fn the_floor_of_each_line_is_the_newest_fix_in_it() {
    let rules = Manifest::embedded().go;
    for floor in &rules.floor {
        let fixes = rules.advisory.iter().filter_map(|it| it.fix(*floor));
        assert_eq!(fixes.max(), Some(*floor), "edit floor and fixed together");
        assert!(rules.advisory.iter().all(|it| !it.concerns(*floor)), "{floor} has no known vulnerability");
    }
    let lines: Vec<_> = rules.floor.iter().map(|it| it.line()).collect();
    let kept = |go: GoVersion| rules.advisory.iter().any(|it| it.concerns(go) && it.fix(go).is_none());
    for fix in rules.advisory.iter().flat_map(|it| &it.fixed).filter(|it| !lines.contains(&it.line())) {
        assert!(kept(*fix), "the line of {fix} has all fixes, and no floor");
    }
    for hole in &rules.advisory {
        assert!(hole.what.contains_key("en") && hole.what.contains_key("zh-CN"), "{}", hole.id);
    }
}

/// What holds of all that reads, asked another way than the rules ask it.
fn sound(manifest: &Manifest) -> bool {
    let releases: Vec<_> = manifest.fyne.iter().flat_map(|it| &it.versions).collect();
    let own = |row: &crate::manifest::Row| {
        row.versions.iter().all(|it| it.to_string().starts_with(&format!("{}.", row.line)))
    };
    let floor = manifest.go.floor.iter().find(|it| it.line() == manifest.go.recommended.line());
    let mut way = manifest.replaced.first();
    for _ in 0..manifest.replaced.len() {
        let Some(step) = way else { break };
        way = manifest.replaced.iter().find(|it| (&it.module, &it.version) == (&step.module, &step.by));
    }
    !releases.is_empty()
        && manifest.fyne.iter().all(own)
        && manifest.fyne.iter().all(|it| it.go.min.line() <= it.go.max.line() && !it.cli.is_empty())
        && floor.is_none_or(|it| *it <= manifest.go.recommended)
        && manifest.issued.to_string() < manifest.expires.to_string()
        && way.is_none()
}

fn total(bytes: &[u8]) {
    if let Ok(manifest) = Manifest::from_user(bytes, "x") {
        assert!(sound(&manifest));
    }
    if let Ok(folded) = Manifest::from_signed(bytes) {
        assert!(sound(&folded.manifest));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_manifest_or_a_failure(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "(schema = 1\n)?[\\[\\]a-z\\.={}\", \n0-9]{0,200}") {
        total(&bytes);
        total(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_manifest_cut_short_or_changed_is_sound_or_a_failure(
        cut in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        moved in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let whole = [COMPAT, TRIALS, &replaced(&[("2.7.0", "2.7.1"), ("2.7.1", "2.7.2")]), &trial("proven", "2.8.1", "1.27.4", CLI)].concat();
        total(&whole.as_bytes()[..cut.index(whole.len())]);
        let mut bytes = whole.clone().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        total(&bytes);
        // Digits of one place in another: what still reads as TOML, with other versions.
        let mut lines: Vec<&str> = whole.lines().collect();
        let (from, to) = (moved.0.index(lines.len()), moved.1.index(lines.len()));
        lines[to] = lines[from];
        total(lines.join("\n").as_bytes());
        total(&signed().as_bytes()[..cut.index(whole.len())]);
    }
}
