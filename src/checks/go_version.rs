//! Whether the version of the Go in use builds this Fyne, and has no known vulnerability.

use super::{Check, Group, Verdict, go_present};
use std::path::Path;

use crate::advisory::Advisory;
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::shown;
use crate::version::GoVersion;
use crate::want::{Bounds, Goal, Want, vulnerabilities};

pub(super) const CHECK: Check = Check {
    id: "go.version",
    group: Group::Go,
    after: &["go.present", "go.several"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let Some(tree) = facts.go.in_use().or_else(|| go_present::usable(facts, want)) else {
        return Verdict::unknown(text!("go-version-none")).need(Need::Go(want.target.go));
    };
    let version = match &tree.version {
        Fact::Here(version) => *version,
        Fact::Unknown(why) => return Verdict::unknown(text!("go-version-unknown", why = why)),
        Fact::Absent => return Verdict::unknown(text!("go-version-no-file", path = &tree.root)),
    };
    let target = &want.target;
    let path = tree.command.clone().unwrap_or_else(|| tree.go());
    let bounds = target.bounds.filter(|it| !it.allow(version));
    if let Some(bounds) = bounds.filter(|it| !it.runs(version)) {
        return Verdict::fail(bounds.refusal(version))
            .cause(text!("go-version-other-cause", path = path, version = version))
            .need(Need::Go(target.go));
    }
    if want.exact_go().is_some_and(|it| it != version) {
        return Verdict::warn(text!("go-version-other", version = version, wanted = target.go))
            .cause(text!("go-version-other-cause", path = path, version = version))
            .need(Need::Go(target.go));
    }
    if want.exact_go() == Some(version) {
        let ok = || Verdict::ok(text!("go-version-ok", version = version));
        return bounds.map_or_else(ok, |it| numberless(version, it, &path));
    }
    if target.library_min.is_some_and(|it| version >= it) && version < target.go_min {
        return Verdict::warn(text!("go-version-old", version = version, min = target.go_min))
            .cause(text!(
                "go-version-old-for-cli",
                path = &path,
                version = version,
                fyne = &target.fyne,
                cli = &target.cli
            ))
            .need(Need::Go(target.go));
    }
    if version < target.go_min {
        return Verdict::fail(text!("go-version-old", version = version, min = target.go_min))
            .cause(text!("go-version-old-cause", path = &path, version = version, fyne = &target.fyne))
            .evidence(format!("{}: {}", shown(path), tree.version_text))
            .need(Need::Go(target.go));
    }
    if let Some(bounds) = bounds {
        return numberless(version, bounds, &path).need(Need::Go(target.go));
    }
    if !target.allows(version) {
        let (major, minor) = target.go_max;
        return Verdict::warn(text!("go-version-new", version = version, line = format!("{major}.{minor}")))
            .cause(text!("go-version-new-cause", path = path, version = version))
            .need(Need::Go(target.go));
    }
    let advisories: Vec<_> = target.advisories.iter().filter(|it| it.concerns(version)).collect();
    let verdict = match target.floor_of(version) {
        Some(floor) if version < floor => {
            below(version, floor, &path, &target.advisories).need(Need::Go(target.go))
        }
        Some(_) => return Verdict::ok(text!("go-version-ok", version = version)),
        None => unsupported(version, &advisories),
    };
    advisories.iter().fold(verdict, |verdict, it| verdict.evidence(fixes(it)))
}

/// What it links by itself has no LC_UUID, and this system does not start that. A Fyne program is linked by Apple's linker.
fn numberless(version: GoVersion, bounds: Bounds, path: &Path) -> Verdict {
    let system = bounds.system.to_string();
    let line = bounds.oldest.map(|(major, minor)| format!("{major}.{minor}")).unwrap_or_default();
    Verdict::warn(text!("go-version-numberless", version = version, system = system)).cause(text!(
        "go-version-numberless-cause",
        path = path,
        version = version,
        line = line
    ))
}

fn below(version: GoVersion, floor: GoVersion, path: &Path, advisories: &[Advisory]) -> Verdict {
    let told = vulnerabilities(advisories, version);
    let (major, minor) = version.line();
    let line = format!("{major}.{minor}");
    let verdict = Verdict::warn(text!("go-version-floor", version = version, floor = floor, line = line));
    verdict.cause(match told {
        Some(told) => {
            text!("go-version-vulnerabilities", path = path, version = version, floor = floor, list = told)
        }
        None => text!("go-version-floor-cause", path = path, version = version, floor = floor),
    })
}

fn unsupported(version: GoVersion, advisories: &[&Advisory]) -> Verdict {
    let verdict = Verdict::info(text!("go-version-unsupported", version = version));
    let never: Vec<_> =
        advisories.iter().filter(|it| it.fix(version).is_none()).map(|it| it.id.as_str()).collect();
    if never.is_empty() {
        return verdict;
    }
    let (major, minor) = version.line();
    verdict.cause(text!("go-version-unfixed", line = format!("{major}.{minor}"), ids = never.join(", ")))
}

/// `CVE-2026-97033: fixed in go1.26.11, go1.27.4 (2026-11-10)`
fn fixes(advisory: &Advisory) -> String {
    let fixed: Vec<_> = advisory.fixed.iter().map(|it| it.toolchain()).collect();
    let day = advisory.since.and_then(|it| it.date).map(|it| format!(" ({it})")).unwrap_or_default();
    format!("{}: fixed in {}{day}", advisory.id, fixed.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn versions_are_judged_by_what_builds_and_what_is_safe() {
        for (version, status, needs) in [
            ("1.19.8", Status::Fail, true),
            ("1.21.13", Status::Fail, true),
            ("1.22.0", Status::Info, false),
            ("1.25.3", Status::Info, false),
            ("1.26.10", Status::Warn, true),
            ("1.26.11", Status::Ok, false),
            ("1.27.3", Status::Warn, true),
            ("1.27.4", Status::Ok, false),
            ("1.27.9", Status::Ok, false),
            ("1.28.0", Status::Warn, true),
        ] {
            let mut facts = fixture::healthy();
            facts.go.trees = vec![fixture::tree("/usr/local/go", version, true)];
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!((verdict.status, !verdict.needs.is_empty()), (status, needs), "{version}");
        }
    }

    #[test]
    fn a_go_below_the_floor_is_told_which_vulnerabilities_it_has_and_what_fixes_them() {
        for (version, advisories, never) in [
            ("1.27.3", 2, ""),
            ("1.27.1", 3, ""),
            ("1.26.10", 2, ""),
            ("1.26.2", 6, ""),
            ("1.25.13", 3, "CVE-2026-97033, CVE-2026-97040, CVE-2026-94447"),
            ("1.25.12", 5, "CVE-2026-97033, CVE-2026-97040, CVE-2026-94447"),
            ("1.24.9", 6, "CVE-2026-42501"),
            ("1.27.4", 0, ""),
        ] {
            let mut facts = fixture::healthy();
            facts.go.trees = vec![fixture::tree("/usr/local/go", version, true)];
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!(verdict.evidence.len(), advisories, "{version}: {:?}", verdict.evidence);
            let cause = verdict.cause.map(|it| it.to_string()).unwrap_or_default();
            assert!(cause.contains(never), "{version}: {cause}");
            let named = |line: &String| cause.contains(line.split(':').next().unwrap_or_default());
            assert!(
                verdict.status != Status::Warn || verdict.evidence.iter().all(named),
                "{version}: {cause}"
            );
        }
        let mut facts = fixture::healthy();
        facts.go.trees = vec![fixture::tree("/usr/local/go", "1.27.3", true)];
        let evidence = fixture::judged(&CHECK, &facts).evidence;
        assert_eq!(evidence[0], "CVE-2026-97033: fixed in go1.26.11, go1.27.4 (2026-11-10)");
        let mut want = fixture::want();
        want.target.advisories.clear();
        assert_eq!(
            judge(&facts, &want, fixture::known()).status,
            Status::Warn,
            "a plan of an older program has no advisories"
        );
    }

    #[test]
    fn a_go_that_builds_the_library_and_not_the_cli_is_told_so() {
        let mut want = fixture::want();
        want.target.library_min = Some(fixture::version("1.19.0"));
        for (version, status) in
            [("1.18.10", Status::Fail), ("1.19.8", Status::Warn), ("1.22.0", Status::Info)]
        {
            let mut facts = fixture::healthy();
            facts.go.trees = vec![fixture::tree("/usr/local/go", version, true)];
            assert_eq!(judge(&facts, &want, fixture::known()).status, status, "{version}");
        }
    }

    #[test]
    fn the_version_that_was_asked_for_is_wanted_and_no_other() {
        let mut want = fixture::want();
        want.target.go = fixture::version("1.26.11");
        want.go = Some(want.target.go);
        let verdict = judge(&fixture::healthy(), &want, fixture::known());
        assert_eq!((verdict.status, verdict.needs), (Status::Warn, vec![Need::Go(want.target.go)]));
    }

    #[test]
    fn a_go_that_does_not_run_here_is_a_fault_and_one_whose_fyne_does_not_is_a_warning() {
        let mut want = fixture::want();
        let bounds = |newest, oldest, system: &str| {
            Some(crate::want::Bounds { system: system.parse().expect("a version"), newest, oldest })
        };
        for (version, limits, status, chosen) in [
            ("1.27.4", bounds(Some((1, 26)), None, "12.7"), Status::Fail, false),
            ("1.26.11", bounds(Some((1, 26)), None, "12.7"), Status::Ok, true),
            ("1.23.12", bounds(None, Some((1, 24)), "26"), Status::Warn, false),
            ("1.19.8", bounds(None, Some((1, 24)), "26"), Status::Fail, false),
            ("1.24.13", bounds(None, Some((1, 24)), "26"), Status::Info, true),
            ("1.27.4", None, Status::Ok, true),
        ] {
            want.target.bounds = limits;
            let mut facts = fixture::healthy();
            facts.go.trees = vec![fixture::tree("/usr/local/go", version, true)];
            let verdict = judge(&facts, &want, fixture::known());
            assert_eq!(verdict.status, status, "{version} {limits:?}");
            assert_eq!(want.target.allows(fixture::version(version)), chosen, "{version} {limits:?}");
        }
        want.target.bounds = bounds(None, Some((1, 24)), "26");
        (want.go, want.target.go) = (Some(fixture::version("1.23.12")), fixture::version("1.23.12"));
        let mut facts = fixture::healthy();
        facts.go.trees = vec![fixture::tree("/usr/local/go", "1.23.12", true)];
        let verdict = judge(&facts, &want, fixture::known());
        assert_eq!((verdict.status, verdict.needs), (Status::Warn, vec![]), "who asked for it has it");
    }
}
