//! From a wish to a `Target`, with the reasons. Pure; the order of the file does not matter.

use serde::Serialize;

use super::{CliRow, Manifest, Row};
use crate::failure::{Exit, Failure};
use crate::text::Text;
use crate::version::{GoVersion, Version};
use crate::want::Target;

/// What decides the versions.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// `--go`.
    pub go: Option<GoVersion>,
    /// `--fyne`.
    pub fyne: Option<Version>,
    /// fyne/v2 as the project requires it.
    pub project_fyne: Option<Version>,
    /// The project's `go` line: a lower bound.
    pub project_go: Option<GoVersion>,
    /// Take a pair that is known not to work.
    pub force: bool,
    /// Operating system, as `Identity::os` has it.
    pub os: String,
}

/// A rule that spoke, and what it said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason(pub Text);

/// The versions and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The versions.
    pub target: Target,
    /// Every rule that spoke.
    pub reasons: Vec<Reason>,
}

/// Resolves a wish. A pair that is known not to work is refused with the reason and what would work.
pub fn resolve(manifest: &Manifest, wish: &Wish) -> Result<Resolved, Failure> {
    let mut reasons = Vec::new();
    let (row, fyne) = choose_fyne(manifest, wish, &mut reasons)?;
    let go = choose_go(manifest, row, &fyne, wish, &mut reasons)?;
    let cli = choose_cli(row, go, wish, &mut reasons)?;
    let needs = row.needs.get(&wish.os).cloned().unwrap_or_default();
    let target = Target {
        go,
        go_min: row.go.min,
        go_max: row.go.max.line(),
        fyne,
        cli: cli.at_version(),
        needs,
        floor: manifest.go.floor.clone(),
    };
    Ok(Resolved { target, reasons })
}

fn choose_fyne<'m>(
    manifest: &'m Manifest,
    wish: &Wish,
    reasons: &mut Vec<Reason>,
) -> Result<(&'m Row, Version), Failure> {
    let newest = || {
        manifest
            .fyne
            .iter()
            .flat_map(|row| row.versions.iter().map(move |v| (row, v)))
            .max_by(|a, b| a.1.cmp(b.1))
    };
    let (wanted, why) = match (&wish.fyne, &wish.project_fyne) {
        (Some(asked), _) => (asked, "resolve-fyne-asked"),
        (None, Some(project)) => (project, "resolve-fyne-project"),
        (None, None) => {
            let (row, version) = newest().ok_or_else(|| {
                Failure::new("manifest.empty", Exit::Usage, text!("manifest-empty", file = "compat.toml"))
            })?;
            reasons.push(Reason(text!("resolve-fyne-newest", fyne = version)));
            return Ok((row, version.clone()));
        }
    };
    let row = manifest.fyne.iter().find(|row| row.versions.contains(wanted));
    // A project may be on a patch, a pre-release or a line that is newer than this manifest: the nearest line serves.
    let nearest = || {
        manifest
            .fyne
            .iter()
            .filter(|row| row.versions.iter().any(|it| it.line() <= wanted.line()))
            .max_by_key(|row| row.versions.first().map(Version::line))
    };
    match row.or_else(|| (wish.fyne.is_none() || wish.force).then(nearest).flatten()) {
        Some(row) => {
            reasons.push(Reason(text!(why, fyne = wanted, line = &row.line)));
            Ok((row, wanted.clone()))
        }
        None => {
            let newest = newest().map(|it| it.1.to_string()).unwrap_or_default();
            let in_line =
                manifest.fyne.iter().flat_map(|row| &row.versions).find(|it| it.line() == wanted.line());
            let near = in_line.map_or(newest, ToString::to_string);
            Err(Failure::new(
                "manifest.no-such-fyne",
                Exit::Usage,
                text!("resolve-no-such-fyne", fyne = wanted),
            )
            .hint(text!("resolve-try-fyne", fyne = near)))
        }
    }
}

fn choose_go(
    manifest: &Manifest,
    row: &Row,
    fyne: &Version,
    wish: &Wish,
    reasons: &mut Vec<Reason>,
) -> Result<GoVersion, Failure> {
    let Some(asked) = wish.go else {
        let recommended = manifest.go.recommended;
        let project =
            wish.project_go.map(GoVersion::as_release).filter(|it| *it > recommended && row.go.holds(*it));
        let (go, why) =
            project.map_or((recommended, "resolve-go-recommended"), |it| (it, "resolve-go-project"));
        reasons.push(Reason(text!(why, go = go, fyne = fyne)));
        return Ok(go);
    };
    let go = newest_of_line(manifest, asked);
    if let Some(project) = wish.project_go.filter(|it| go < *it && !wish.force) {
        return Err(Failure::new(
            "manifest.project-go",
            Exit::Usage,
            text!("resolve-go-below-project", go = go, project = project),
        )
        .hint(text!("resolve-go-project-hint", project = project)));
    }
    if !row.go.holds(go) && !wish.force {
        let message = if go < row.go.min {
            text!("resolve-go-too-old", go = go, fyne = fyne, min = row.go.min)
        } else if row.go.except.contains(&go) {
            text!("resolve-go-broken", go = go, fyne = fyne)
        } else {
            text!("resolve-go-too-new", go = go, fyne = fyne, max = row.go.max)
        };
        return Err(Failure::new("manifest.go-not-with-fyne", Exit::Usage, message)
            .hint(text!("resolve-try-go", go = manifest.go.recommended)));
    }
    reasons.push(Reason(text!("resolve-go-asked", go = go)));
    match manifest.go.floor.iter().find(|it| it.line() == go.line()) {
        Some(floor) if go < *floor => {
            reasons.push(Reason(text!("resolve-below-floor", go = go, floor = *floor)))
        }
        Some(_) => {}
        None => reasons.push(Reason(text!("resolve-no-floor", go = go))),
    }
    Ok(go)
}

/// `--go 1.27` means the newest release of that line that the manifest names.
fn newest_of_line(manifest: &Manifest, asked: GoVersion) -> GoVersion {
    if asked.as_release() == asked {
        return asked;
    }
    let known =
        manifest.go.floor.iter().chain([&manifest.go.recommended]).filter(|it| it.line() == asked.line());
    known.max().copied().unwrap_or_else(|| asked.as_release())
}

fn choose_cli<'m>(
    row: &'m Row,
    go: GoVersion,
    wish: &Wish,
    reasons: &mut Vec<Reason>,
) -> Result<&'m CliRow, Failure> {
    let fitting = row.cli.iter().find(|it| it.go.holds(go));
    let cli = fitting.or_else(|| row.cli.first().filter(|_| wish.force)).ok_or_else(|| {
        Failure::new("manifest.no-cli", Exit::Usage, text!("resolve-no-cli", go = go, line = &row.line))
    })?;
    reasons.push(Reason(text!("resolve-cli", cli = cli.at_version(), go = go)));
    Ok(cli)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn no_answer_breaks_a_limit_or_rests_on_the_order(minor in 10u16..30, patch in 0u16..20, pick in 0usize..60, seed in 0usize..9) {
            let manifest = Manifest::embedded();
            let all: Vec<_> = manifest.fyne.iter().flat_map(|it| it.versions.clone()).collect();
            let wish = Wish { go: Some(GoVersion::release(1, minor, patch)), fyne: Some(all[pick % all.len()].clone()), os: "linux".into(), ..Wish::default() };
            let mut turned = manifest.clone();
            turned.fyne.rotate_left(seed);
            let answer = resolve(&manifest, &wish);
            prop_assert_eq!(answer.clone().map(|it| it.target).ok(), resolve(&turned, &wish).map(|it| it.target).ok());
            if let Ok(resolved) = answer {
                prop_assert!(resolved.target.allows(resolved.target.go));
                let row = manifest.fyne.iter().find(|it| it.versions.contains(&resolved.target.fyne)).expect("a row");
                prop_assert!(row.go.holds(resolved.target.go));
            }
        }
    }
}
