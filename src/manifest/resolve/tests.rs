//! What resolution promises: tables here, situations that people are in, properties over generated manifests.

mod made;
mod promises;

use super::*;
use crate::failure::Code;
use crate::manifest::{Broken, Part, Replaced, Trial};

fn constraints(go: &str, fyne: &str) -> Constraints {
    Constraints { go: go.parse().ok(), fyne: fyne.parse().ok(), os: "linux".into(), ..Constraints::default() }
}

#[test]
fn constraints_and_what_they_come_to() {
    for (go, fyne, want) in [
        ("", "", Ok(("1.27.4", "2.8.1", "fyne.io/tools/cmd/fyne@v1.7.4"))),
        ("1.26.11", "", Ok(("1.26.11", "2.8.1", "fyne.io/tools/cmd/fyne@v1.7.4"))),
        ("1.26", "2.6.3", Ok(("1.26.11", "2.6.3", "fyne.io/tools/cmd/fyne@v1.7.4"))),
        ("1.21.13", "2.7.4", Ok(("1.21.13", "2.7.4", "fyne.io/tools/cmd/fyne@v1.7.0"))),
        ("1.21.13", "2.8.1", Err(Code::ManifestGoNotWithFyne)),
        ("1.28.0", "", Err(Code::ManifestGoNotWithFyne)),
        ("1.19.4", "2.5.5", Err(Code::ManifestGoNotWithFyne)),
        ("", "2.8.7", Err(Code::ManifestNoSuchFyne)),
        ("", "9.0.0", Err(Code::ManifestNoSuchFyne)),
    ] {
        let got = resolve(&Manifest::embedded(), &constraints(go, fyne));
        let got = got
            .as_ref()
            .map(|it| (it.target.go.to_string(), it.target.fyne.to_string(), it.target.cli.as_str()));
        let got = got.as_ref().map(|(a, b, c)| (a.as_str(), b.as_str(), *c)).map_err(|it| it.code);
        assert_eq!(got, want, "{go} {fyne}");
    }
}

#[test]
fn each_system_gets_the_newest_go_that_it_lets_run() {
    let on = |system: &str, go: &str| {
        let mac = Constraints { os: "macos".into(), system: system.parse().ok(), ..constraints(go, "") };
        versions(&Manifest::embedded(), &mac).map(|it| it.0)
    };
    let go = |it: &str| Ok(it.to_owned());
    for (system, asked, want) in [
        ("13.0", "", go("1.27.4")),
        ("15.7", "", go("1.27.4")),
        ("12.7.6", "", go("1.26.11")),
        ("12.7.6", "1.27.4", Err(Code::ManifestGoNotOnSystem)),
        ("11.7", "", Err(Code::ManifestNoGo)),
        ("11.7", "1.24", go("1.24.13")),
        ("11.7", "1.25", Err(Code::ManifestGoNotOnSystem)),
        ("10.15.7", "1.22", go("1.22.12")),
        ("10.15.7", "1.24.13", Err(Code::ManifestGoNotOnSystem)),
        ("26.0", "", go("1.27.4")),
        ("26.1", "1.23", Err(Code::ManifestGoNotOnSystem)),
        ("26.1", "1.24", go("1.24.13")),
        ("", "1.24", go("1.24.13")),
    ] {
        assert_eq!(on(system, asked), want, "{system} {asked}");
    }
    let old = Constraints { os: "macos".into(), system: "11.7".parse().ok(), ..constraints("", "") };
    let failure = resolve(&Manifest::embedded(), &old).expect_err("none is safe");
    assert!(failure.hint.expect("a hint").to_string().contains("--go 1.24.13"));
    let linux = Constraints { os: "linux".into(), ..old };
    assert_eq!(
        versions(&Manifest::embedded(), &linux).map(|it| it.0),
        go("1.27.4"),
        "macOS' rules are its own"
    );
}

#[test]
fn a_project_decides_and_its_go_line_is_a_lower_bound() {
    let project = Constraints {
        project_fyne: "2.6.3".parse().ok(),
        project_go: "1.19".parse().ok(),
        os: "linux".into(),
        ..Constraints::default()
    };
    let target = resolve(&Manifest::embedded(), &project).expect("resolves").target;
    assert_eq!((target.fyne.to_string(), target.go.to_string()), ("2.6.3".into(), "1.27.4".into()));
    assert!(!target.needs.contains(&"wayland".to_owned()));
    let newer = Constraints { project_go: "1.27.5".parse().ok(), ..project.clone() };
    assert_eq!(resolve(&Manifest::embedded(), &newer).expect("resolves").target.go.to_string(), "1.27.5");
    let unknown = Constraints { project_fyne: "2.8.9".parse().ok(), ..project };
    let target = resolve(&Manifest::embedded(), &unknown).expect("the nearest line serves").target;
    assert!(target.needs.contains(&"wayland".to_owned()));
}

#[test]
fn force_takes_what_is_known_not_to_work() {
    let forced = Constraints { force: true, ..constraints("1.21.13", "2.8.1") };
    assert_eq!(resolve(&Manifest::embedded(), &forced).expect("forced").target.go.to_string(), "1.21.13");
}

fn trial(fyne: &str, go: &str, cli: &str, platform: &str) -> Trial {
    Trial {
        fyne: fyne.parse().expect("a version"),
        go: go.parse().expect("a version"),
        cli: cli.into(),
        platform: platform.into(),
        distro: "debian 12".into(),
        compiler: "gcc 12.2.0".into(),
        go_from: "module".into(),
        date: "2026-11-24".parse().expect("a date"),
        seconds: 0,
    }
}

const TOOLS: &str = "fyne.io/tools/cmd/fyne@v1.7.4";

/// The rows as they stand, and these trials alone.
fn tried(proven: Vec<Trial>, broken: Vec<(Trial, Part, &str)>) -> Manifest {
    let broken = broken.into_iter().map(|(trial, part, error)| Broken { trial, part, error: error.into() });
    Manifest { proven, broken: broken.collect(), ..Manifest::embedded() }
}

#[test]
fn a_lock_chooses_among_what_the_manifest_names_and_what_is_typed_beats_it() {
    let cli = "fyne.io/tools/cmd/fyne@v1.7.4";
    let locked = |go: &str, fyne: &str, cli: &str| crate::want::Locked {
        go: go.parse().ok(),
        fyne: fyne.parse().ok(),
        cli: cli.parse().ok(),
        ..Default::default()
    };
    for (typed, lock, want) in [
        (("", ""), locked("1.26.11", "2.7.4", cli), Ok(("1.26.11", "2.7.4"))),
        (("1.27.4", ""), locked("1.26.11", "2.7.4", ""), Ok(("1.27.4", "2.7.4"))),
        (("", "2.8.1"), locked("1.26.11", "2.7.4", ""), Ok(("1.26.11", "2.8.1"))),
        (("", ""), locked("1.26.8", "2.8.1", cli), Err(Code::ManifestGoBelowFloor)),
        (("", ""), locked("1.27.4", "2.8.1", "evil.example/cmd/fyne@v1.7.4"), Err(Code::ManifestNoCli)),
        (("", ""), locked("1.27.4", "2.8.1", "fyne.io/tools/cmd/fyne@v9.0.0"), Err(Code::ManifestNoCli)),
    ] {
        let asked = Constraints { locked: Some(lock), ..here(typed.0, typed.1) };
        let got = versions(&Manifest::embedded(), &asked);
        let got = got.as_ref().map(|it| (it.0.as_str(), it.1.as_str())).map_err(|it| *it);
        assert_eq!(got, want, "{asked:?}");
    }
    // It counts before what the project requires.
    let project = Constraints { project_fyne: "2.6.3".parse().ok(), ..here("", "") };
    let asked = Constraints { locked: Some(locked("1.26.11", "2.7.4", cli)), ..project };
    let got = versions(&Manifest::embedded(), &asked);
    assert_eq!(got, Ok(("1.26.11".into(), "2.7.4".into(), cli.into())));
}

fn here(go: &str, fyne: &str) -> Constraints {
    Constraints { platform: "linux/amd64".into(), distro: "debian 12".into(), ..constraints(go, fyne) }
}

fn versions(manifest: &Manifest, constraints: &Constraints) -> Result<(String, String, String), Code> {
    let target = resolve(manifest, constraints).map_err(|it| it.code)?.target;
    Ok((target.go.to_string(), target.fyne.to_string(), target.cli.to_string()))
}

fn spoke(resolved: &Resolved, rule: &str) -> Option<String> {
    resolved.rules.iter().find(|it| it.rule == rule).map(|it| it.text.to_string())
}

#[test]
fn a_pair_that_failed_a_trial_here_is_refused_with_the_error_unless_forced() {
    let failed = trial("2.8.1", "1.27.4", TOOLS, "linux/amd64");
    let manifest = tried(Vec::new(), vec![(failed.clone(), Part::Window, "no window: GLX")]);
    let asked = here("1.27.4", "2.8.1");
    let failure = resolve(&manifest, &asked).expect_err("it failed a trial");
    assert_eq!(failure.code, Code::ManifestBrokenPair);
    for word in ["no window: GLX", "debian 12", "linux/amd64", "2026-11-24"] {
        assert!(failure.message.to_string().contains(word), "{}", failure.message);
    }
    let forced = resolve(&manifest, &Constraints { force: true, ..asked.clone() }).expect("forced");
    assert_eq!(forced.target.go.to_string(), "1.27.4");
    assert!(spoke(&forced, "broken").is_some_and(|it| it.contains("no window: GLX")));
    // Unasked, the next Go is taken; elsewhere, and where a window was seen all the same, nothing is known to fail.
    assert_eq!(versions(&manifest, &here("", "2.8.1")).map(|it| it.0), Ok("1.26.11".into()));
    let elsewhere = Constraints { platform: "darwin/arm64".into(), ..asked.clone() };
    assert_eq!(versions(&manifest, &elsewhere).map(|it| it.0), Ok("1.27.4".into()));
    let manifest = tried(vec![failed.clone()], vec![(failed.clone(), Part::Fyne, "once")]);
    assert_eq!(versions(&manifest, &asked).map(|it| it.0), Ok("1.27.4".into()));
    let manifest = tried(Vec::new(), vec![(failed, Part::Cli, "the CLI only")]);
    assert_eq!(versions(&manifest, &asked), Err(Code::ManifestNoCli));
}

#[test]
fn a_newest_fyne_that_fails_with_every_safe_go_gives_way_to_the_next() {
    let broken =
        ["1.27.4", "1.26.11"].map(|go| (trial("2.8.1", go, TOOLS, "linux/amd64"), Part::Fyne, "an error"));
    let manifest = tried(Vec::new(), broken.to_vec());
    // 2.8.0 is replaced, so the next is of another line.
    assert_eq!(versions(&manifest, &here("", "")).map(|it| it.1), Ok("2.7.4".into()));
    assert_eq!(versions(&manifest, &here("", "2.8.1")), Err(Code::ManifestNoGo));
}

#[test]
fn a_cli_that_did_not_build_with_this_go_is_passed_over() {
    let failed = trial("2.7.4", "1.27.4", TOOLS, "linux/arm64");
    let manifest = tried(Vec::new(), vec![(failed.clone(), Part::Cli, "invalid array length")]);
    let found = resolve(&manifest, &here("", "2.7.4")).expect("the row has another");
    assert_eq!(found.target.cli, "fyne.io/tools/cmd/fyne@v1.7.0");
    assert!(spoke(&found, "cli-broken").is_some_and(|it| it.contains("invalid array length")));
    let manifest = tried(vec![failed.clone()], vec![(failed, Part::Cli, "once")]);
    assert_eq!(versions(&manifest, &here("", "2.7.4")).map(|it| it.2), Ok(TOOLS.into()));
}

#[test]
fn what_is_replaced_is_never_chosen_unasked_and_stays_where_it_is_asked_for() {
    let replace = |module: &str, version: &str, by: &str| Replaced {
        module: module.into(),
        version: version.parse().expect("a version"),
        by: by.parse().expect("a version"),
        why: [("en".to_owned(), format!("{version} is bad"))].into(),
    };
    let mut manifest = Manifest::embedded();
    manifest.replaced.push(replace("fyne.io/fyne/v2", "2.8.1", "2.8.2"));
    manifest.replaced.push(replace("fyne.io/tools", "1.7.4", "1.7.5"));
    assert_eq!(
        versions(&manifest, &here("", "")),
        Ok(("1.27.4".into(), "2.7.4".into(), "fyne.io/tools/cmd/fyne@v1.7.0".into()))
    );
    // The only CLI of the 2.8 row is replaced, and a retracted one is not taken for want of another.
    assert_eq!(versions(&manifest, &here("1.27.4", "2.8.1")), Err(Code::ManifestNoCli));
    let forced = Constraints { force: true, ..here("1.27.4", "2.8.1") };
    assert_eq!(versions(&manifest, &forced), Err(Code::ManifestNoCli), "not by force either");
    manifest.replaced.pop();
    let asked = resolve(&manifest, &here("", "2.8.0")).expect("asked for");
    assert_eq!(asked.target.fyne.to_string(), "2.8.0");
    // The chain is followed to its end.
    assert!(spoke(&asked, "fyne-replaced").is_some_and(|it| it.contains("by=2.8.2")), "{:?}", asked.rules);
    // Its own package is not the library: cmd/fyne 2.6.2 is replaced, fyne 2.6.2 is not.
    let library = resolve(&manifest, &here("", "2.6.2")).expect("asked for");
    assert_eq!(spoke(&library, "fyne-replaced"), None);
}

#[test]
fn a_line_means_its_newest_release_that_serves() {
    let proven = vec![
        trial("2.8.1", "1.22.12", TOOLS, "linux/amd64"),
        trial("2.7.4", "1.24.13", TOOLS, "linux/amd64"),
    ];
    let broken = vec![(trial("2.8.1", "1.27.4", TOOLS, "linux/amd64"), Part::Fyne, "an error")];
    let manifest = tried(proven, broken);
    for (go, fyne, want) in [
        ("1.22", "2.8.1", Ok("1.22.12")),
        ("1.26", "2.8.1", Ok("1.26.11")),
        // A trial of another row has no say, or an older pin would change with a newer row.
        ("1.24", "2.8.1", Ok("1.24.0")),
        ("1.24", "2.7.4", Ok("1.24.13")),
        ("1.27", "2.8.1", Err(Code::ManifestBrokenPair)),
        ("1.27", "2.7.4", Ok("1.27.4")),
    ] {
        let got = versions(&manifest, &here(go, fyne)).map(|it| it.0);
        assert_eq!(got, want.map(str::to_owned), "{go} {fyne}");
    }
}

#[test]
fn a_project_that_asks_for_a_go_that_cannot_be_is_served_until_it_is_fixed() {
    for (go, toolchain) in [("1.99.0", None), ("1.22.0", Some("1.99.0"))] {
        let project = Constraints {
            project_go: go.parse().ok(),
            project_toolchain: toolchain.and_then(|it| it.parse().ok()),
            project_fyne: "2.8.1".parse().ok(),
            ..here("", "")
        };
        let found = resolve(&Manifest::embedded(), &project).expect("check has something to say about it");
        assert_eq!(found.target.go.to_string(), "1.27.4");
        let against: Vec<_> = found.rules.iter().filter(|it| it.speaks == Speaks::Against).collect();
        assert!(against.iter().any(|it| it.text.to_string().contains("1.99.0")), "{against:?}");
    }
}

#[test]
fn a_go_that_is_there_has_to_build_the_cli_too() {
    let target = resolve(&Manifest::embedded(), &here("", "2.7.4")).expect("resolves").target;
    assert_eq!((target.go_min.to_string(), target.go_max), ("1.22.0".into(), (1, 27)));
    let target = resolve(&Manifest::embedded(), &here("1.21.13", "2.5.5")).expect("resolves").target;
    assert_eq!((target.go_min.to_string(), target.go_max), ("1.19.0".into(), (1, 24)));
}

#[test]
fn constraints_that_cannot_be_met_are_answered_by_the_smallest_change() {
    let manifest = tried(vec![trial("2.8.1", "1.22.12", TOOLS, "linux/amd64")], Vec::new());
    for (go, fyne, change) in [
        ("1.21.13", "2.8.1", "--go 1.22.12|--fyne 2.7.4"),
        ("1.21.13", "2.8.7", "--fyne 2.7.4"),
        ("", "2.8.7", "--fyne 2.8.1"),
        ("", "2.5.9", "--fyne 2.5.5"),
        ("", "9.0.0", "--fyne 2.8.1"),
        ("1.28.0", "", "--go 1.27.4"),
        // A newer Go, though 1.19.0 is nearer.
        ("1.19.4", "2.5.5", "--go 1.22.12|--fyne 2.4.5"),
        ("1.11.5", "9.0.0", "--go 1.22.12 --fyne 2.8.1"),
    ] {
        let changes = nearest::changes(&manifest, &here(go, fyne));
        let typed: Vec<_> = changes.iter().map(Change::typed).collect();
        assert_eq!(typed.join("|"), change, "--go {go} --fyne {fyne}");
    }
    // What a project requires is not the user's to type.
    let project = Constraints { project_fyne: "2.8.1".parse().ok(), ..here("1.21.13", "") };
    let changes = nearest::changes(&manifest, &project);
    assert_eq!(changes.iter().map(Change::typed).collect::<Vec<_>>(), ["--go 1.22.12"]);
}

#[test]
fn a_go_that_cannot_serve_is_refused_for_its_own_reason() {
    for (go, fyne, key) in [
        ("1.21.13", "2.8.1", "resolve-go-too-old"),
        ("1.28.0", "2.8.1", "resolve-go-too-new"),
        ("1.19.4", "2.5.5", "resolve-go-broken"),
    ] {
        let failure = resolve(&Manifest::embedded(), &here(go, fyne)).expect_err("it cannot");
        assert_eq!(failure.message.key, key, "{go} {fyne}");
    }
}
