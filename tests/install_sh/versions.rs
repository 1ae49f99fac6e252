//! Only forward: no channel can bring back an older program.

use crate::bench::{Bench, source};

/// In their order, as semver has it.
const ORDER: [&str; 14] = [
    "0.1.0",
    "0.2.0-alpha",
    "0.2.0-alpha.1",
    "0.2.0-alpha.beta",
    "0.2.0-beta",
    "0.2.0-beta.2",
    "0.2.0-beta.11",
    "0.2.0-rc.1",
    "0.2.0",
    "0.2.1",
    "0.10.0",
    "1.0.0",
    "1.9.9",
    "10.0.0",
];

#[test]
fn an_older_version_is_refused_and_a_newer_one_replaces() {
    let rows = [
        ("1.1.9", "1.2.0", 0),
        ("1.2.0-rc.1", "1.2.0", 0),
        ("1.2.0", "1.2.0-rc.1", 4),
        ("1.2.1", "1.2.0", 4),
        ("1.10.0", "1.9.0", 4),
        ("of no version", "1.2.0", 0),
    ];
    for (there, offered, code) in rows {
        let bench = Bench::of(offered);
        bench.older_one(there);
        let before = bench.listing();
        let said = bench.with("sh", &["curl", "openssl"]).run(&[]);
        assert_eq!(said.code, code, "{there} to {offered}: {said:?}");
        if code == 0 {
            assert_eq!(bench.installed().as_deref(), Some(offered), "{said:?}");
        } else {
            assert_eq!(bench.listing(), before);
            assert!(said.err.contains("never goes back"), "{said:?}");
        }
    }
}

#[test]
fn versions_are_ordered_as_semver_orders_them() {
    let sorted: Vec<semver::Version> = ORDER.iter().map(|it| it.parse().expect("a version")).collect();
    assert!(sorted.is_sorted());
    let text = source();
    let functions = text.rsplit_once("\n{ main").expect("the last line").0;
    let mut script = format!("{functions}\nLC_ALL=C\n");
    for one in ORDER {
        for two in ORDER {
            script.extend(["if older ", one, " ", two, "; then echo ", one, " ", two, "; fi\n"]);
        }
    }
    let expected: Vec<_> = ORDER
        .iter()
        .enumerate()
        .flat_map(|(at, one)| ORDER[at + 1..].iter().map(move |it| format!("{one} {it}")))
        .collect();
    let bench = Bench::new();
    for shell in ["dash", "bash", "busybox", "ksh"] {
        let said = bench.with(shell, &["curl", "openssl"]).run_text(&script, &[]);
        assert_eq!(said.out.lines().collect::<Vec<_>>(), expected, "{shell}: {}", said.err);
    }
}

#[test]
fn what_is_no_version_is_refused() {
    for version in
        ["1.2", "1.2.3.4", "1..2", "v1.2.0", "01.2.0", "1.2.0+build", "1.2.x", "", "1.2.12345678901"]
    {
        let bench = Bench::of(version);
        let before = bench.listing();
        let said = bench.with("sh", &["curl", "openssl"]).run(&[]);
        assert_eq!((said.code, bench.listing()), (4, before), "{version}: {said:?}");
    }
}
