//! What resolution promises: tables here, situations that people are in, properties over generated manifests.

mod made;
mod promises;

use super::*;

fn wish(go: &str, fyne: &str) -> Wish {
    Wish { go: go.parse().ok(), fyne: fyne.parse().ok(), os: "linux".into(), ..Wish::default() }
}

#[test]
fn wishes_and_what_they_come_to() {
    for (go, fyne, want) in [
        ("", "", Ok(("1.27.4", "2.8.1", "fyne.io/tools/cmd/fyne@v1.7.4"))),
        ("1.26.11", "", Ok(("1.26.11", "2.8.1", "fyne.io/tools/cmd/fyne@v1.7.4"))),
        ("1.26", "2.6.3", Ok(("1.26.11", "2.6.3", "fyne.io/tools/cmd/fyne@v1.7.4"))),
        ("1.21.13", "2.7.4", Ok(("1.21.13", "2.7.4", "fyne.io/tools/cmd/fyne@v1.7.0"))),
        ("1.21.13", "2.8.1", Err("manifest.go-not-with-fyne")),
        ("1.28.0", "", Err("manifest.go-not-with-fyne")),
        ("1.19.4", "2.5.5", Err("manifest.go-not-with-fyne")),
        ("", "2.8.7", Err("manifest.no-such-fyne")),
        ("", "9.0.0", Err("manifest.no-such-fyne")),
    ] {
        let got = resolve(&Manifest::embedded(), &wish(go, fyne));
        let got = got
            .as_ref()
            .map(|it| (it.target.go.to_string(), it.target.fyne.to_string(), it.target.cli.as_str()));
        let got = got.as_ref().map(|(a, b, c)| (a.as_str(), b.as_str(), *c)).map_err(|it| it.code);
        assert_eq!(got, want, "{go} {fyne}");
    }
}

#[test]
fn a_project_decides_and_its_go_line_is_a_lower_bound() {
    let project = Wish {
        project_fyne: "2.6.3".parse().ok(),
        project_go: "1.19".parse().ok(),
        os: "linux".into(),
        ..Wish::default()
    };
    let target = resolve(&Manifest::embedded(), &project).expect("resolves").target;
    assert_eq!((target.fyne.to_string(), target.go.to_string()), ("2.6.3".into(), "1.27.4".into()));
    assert!(!target.needs.contains(&"wayland".to_owned()));
    let newer = Wish { project_go: "1.27.5".parse().ok(), ..project.clone() };
    assert_eq!(resolve(&Manifest::embedded(), &newer).expect("resolves").target.go.to_string(), "1.27.5");
    let unknown = Wish { project_fyne: "2.8.9".parse().ok(), ..project };
    let target = resolve(&Manifest::embedded(), &unknown).expect("the nearest line serves").target;
    assert!(target.needs.contains(&"wayland".to_owned()));
}

#[test]
fn force_takes_what_is_known_not_to_work() {
    let forced = Wish { force: true, ..wish("1.21.13", "2.8.1") };
    assert_eq!(resolve(&Manifest::embedded(), &forced).expect("forced").target.go.to_string(), "1.21.13");
}
