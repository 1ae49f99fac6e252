//! All checks in a row: which wait for a root cause, and whether the machine is well. Pure, like the checks themselves.

use super::{CHECKS, Check, Finding, Status, Verdict};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::typed;
use crate::want::{Goal, Want};

/// Judges everything that is asked for (`only`: ids or families; empty for all), in the order of `CHECKS`.
/// A check whose root cause failed waits for it, so that only root causes are counted.
pub fn judge(facts: &Facts, want: &Want, known: &Knowledge, only: &[String]) -> Vec<Finding> {
    let mut all = judge_with(CHECKS, facts, want, known, only);
    if let Some(later) = &facts.later {
        for finding in judge_with(CHECKS, later, want, known, only) {
            let same = all.iter_mut().find(|it| it.id == finding.id);
            if let Some(now) = same.filter(|it| is_news(it, &finding, facts)) {
                now.verdict = from_next_login(finding.verdict);
            }
        }
    }
    all
}

/// Whether a check that is good here fails at the next login, because of a line that this terminal has not read.
fn is_news(now: &Finding, later: &Finding, facts: &Facts) -> bool {
    let place = &later.verdict.place;
    let pending = |name: &String| facts.here.pending.iter().any(|it| it.0 == *name);
    matches!(now.verdict.status, Status::Ok | Status::Info | Status::Skipped)
        && later.verdict.is_bad()
        && place.file.is_some()
        && place.variable.as_ref().is_some_and(pending)
}

/// It works here and now, and will not once somebody opens another terminal.
fn from_next_login(mut verdict: Verdict) -> Verdict {
    verdict.status = Status::Warn;
    let place = verdict.place.file.clone().unwrap_or_default();
    let line = verdict.place.line.unwrap_or_default();
    verdict.summary =
        text!("settings-next-login", summary = verdict.summary.clone(), file = place, line = line);
    verdict
}

fn judge_with(
    checks: &[Check],
    facts: &Facts,
    want: &Want,
    known: &Knowledge,
    only: &[String],
) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    // What only one system has is no finding elsewhere.
    let here = |it: &&Check| match it.id {
        "system.xcode" | "go.signature" => facts.host.is_mac(),
        "native.msvc" => facts.host.identity.os == "windows",
        "system.wsl" | "project.drive" => facts.host.wsl.is_some(),
        _ => true,
    };
    for check in checks.iter().filter(here) {
        let mut verdict = on_this_system((check.judge)(facts, want, known), facts, want);
        let needed = check.goal == Goal::Build || want.goal == Goal::Desktop;
        let blocked_by = roots(check.after, &all);
        let unwell = matches!(verdict.status, Status::Fail | Status::Warn | Status::Unknown);
        if unwell && !verdict.own && !blocked_by.is_empty() {
            verdict.status = Status::Waiting;
        }
        let blocked_by = if verdict.status == Status::Waiting { blocked_by } else { Vec::new() };
        all.push(Finding { id: check.id.to_owned(), group: check.group, verdict, blocked_by, needed });
    }
    all.retain(|it| among(only, &it.id));
    all
}

/// What a verdict says on this system: in the words of its programs, and no Go that does not run there.
fn on_this_system(mut verdict: Verdict, facts: &Facts, want: &Want) -> Verdict {
    if facts.host.is_mac()
        && let Some(line) = verdict.decision.as_mut().and_then(|it| it.command.as_mut())
    {
        *line = typed::for_a_mac(line);
    }
    if let Some(last) = want.target.last_here()
        && verdict.needs.contains(&Need::Go(want.target.go))
    {
        verdict.needs.retain(|it| *it != Need::Go(want.target.go));
        let line = format!("fyne-setup install --go {last}");
        return verdict.decide(text!("system-os-no-go-decide"), Some(line));
    }
    verdict
}

/// Whether `name` is this id or its family (`go` names `go.version`).
pub fn names(name: &str, id: &str) -> bool {
    id == name || id.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether an id is among those that were asked for: ids or families; all where there are none.
pub fn among(only: &[String], id: &str) -> bool {
    only.is_empty() || only.iter().any(|name| names(name, id))
}

fn roots(after: &[&str], before: &[Finding]) -> Vec<String> {
    let mut roots = Vec::new();
    for finding in before.iter().filter(|it| after.contains(&it.id.as_str())) {
        match finding.verdict.status {
            Status::Fail => roots.push(finding.id.clone()),
            Status::Waiting => roots.extend(finding.blocked_by.iter().cloned()),
            _ => {}
        }
    }
    roots.sort();
    roots.dedup();
    roots
}

/// Whether a machine with these findings is healthy for the goal (contract: `ok`).
pub fn healthy(findings: &[Finding]) -> bool {
    findings.iter().all(|it| match it.verdict.status {
        Status::Ok | Status::Info | Status::Skipped => true,
        Status::Fail | Status::Warn => false,
        Status::Unknown | Status::Waiting => !it.needed,
    })
}

/// What the goal needs and nobody could look at: it is neither well nor wrong, so that nothing is called ready beside it.
pub fn unknown(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|it| it.needed && it.verdict.status == Status::Unknown)
}

#[cfg(test)]
mod tests {
    use super::super::{Group, fixture};
    use super::*;

    fn bad(_: &Facts, _: &Want, _: &Knowledge) -> Verdict {
        Verdict::fail(text!("go-absent"))
    }

    fn good(_: &Facts, _: &Want, _: &Knowledge) -> Verdict {
        Verdict::ok(text!("go-absent"))
    }

    const fn check(
        id: &'static str,
        after: &'static [&'static str],
        judge: fn(&Facts, &Want, &Knowledge) -> Verdict,
    ) -> Check {
        Check { id, group: Group::Go, after, goal: Goal::Build, judge }
    }

    #[test]
    fn only_root_causes_fail() {
        let checks = [
            check("a", &[], bad),
            check("b", &["a"], bad),
            check("c", &["b"], bad),
            check("d", &["a"], good),
        ];
        let found =
            judge_with(&checks, &Facts::default(), &crate::want::tests::want(), fixture::known(), &[]);
        let seen: Vec<_> = found.iter().map(|it| (it.verdict.status, it.blocked_by.join(","))).collect();
        assert_eq!(
            seen,
            [
                (Status::Fail, String::new()),
                (Status::Waiting, "a".into()),
                (Status::Waiting, "a".into()),
                (Status::Ok, String::new())
            ]
        );
        assert!(!healthy(&found));
    }

    #[test]
    fn a_line_that_the_next_login_reads_is_warned_of_before_it_bites() {
        let mut facts = fixture::healthy();
        let mut later = fixture::healthy();
        fixture::set(&mut later, "CGO_ENABLED", "0", fixture::profile());
        let set = later.here.variables["CGO_ENABLED"].clone();
        facts.later = Some(Box::new(later));
        let judged = |facts: &Facts| {
            let all = judge(facts, &crate::want::tests::want(), fixture::known(), &[]);
            let one = all.iter().find(|it| it.id == "cgo.enabled").expect("asked").verdict.clone();
            (healthy(&all), one)
        };
        assert!(judged(&facts).0, "what no line of a profile sets is not of the next login");
        facts.here.pending = vec![("CGO_ENABLED".into(), set)];
        let (well, verdict) = judged(&facts);
        assert!(!well);
        assert_eq!((verdict.status, verdict.place.line), (Status::Warn, Some(9)));
        assert!(verdict.summary.to_string().contains("settings-next-login"), "{}", verdict.summary);
        assert!(matches!(verdict.needs[..], [crate::need::Need::FileSetting { line: 9, .. }]));
    }

    #[test]
    fn checks_stand_after_what_they_build_on_and_ids_are_unique() {
        for (index, check) in CHECKS.iter().enumerate() {
            assert!(!CHECKS[..index].iter().any(|it| it.id == check.id), "{} twice", check.id);
            for after in check.after {
                assert!(
                    CHECKS[..index].iter().any(|it| it.id == *after),
                    "{} stands before {after}",
                    check.id
                );
            }
        }
    }
}
