//! All checks in a row: which wait for a root cause, and whether the machine is well. Pure, like the checks themselves.

use super::{Acceptance, CHECKS, Check, Finding, Status, Verdict};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::typed;
use crate::want::{Accepted, Goal, Want};

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
        && now.verdict.accepted().is_none()
        && (later.verdict.is_bad() || later.verdict.accepted().is_some())
        && place.file.is_some()
        && place.variable.as_ref().is_some_and(pending)
}

/// It works here and now, and will not once somebody opens another terminal.
fn from_next_login(mut verdict: Verdict) -> Verdict {
    match verdict.acceptance.as_mut().filter(|it| !it.ended) {
        Some(it) => it.was = Status::Warn,
        None => verdict.status = Status::Warn,
    }
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
        verdict.accept(check.id, &want.accepted);
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

impl Verdict {
    /// Judges it under what was accepted. What is good, or waits for another cause, is nothing to accept.
    pub(super) fn accept(&mut self, id: &str, all: &[Accepted]) {
        let Some(it) = all.iter().find(|it| it.id == id) else { return };
        if !matches!(self.status, Status::Fail | Status::Warn | Status::Unknown) {
            return;
        }
        let Accepted { reason, until, ended, .. } = it.clone();
        self.acceptance = Some(Acceptance { reason, until, ended, was: self.status });
        if !ended {
            self.status = Status::Info;
            self.needs.clear();
            self.decision = None;
        }
    }

    /// The acceptance that it is under, where that holds.
    pub fn accepted(&self) -> Option<&Acceptance> {
        self.acceptance.as_ref().filter(|it| !it.ended)
    }
}

impl Finding {
    /// Whether it was accepted though Fyne may not build, run or stay trustworthy with it: nobody calls that ready.
    pub fn is_grave_and_accepted(&self) -> bool {
        self.verdict.accepted().is_some_and(|it| match it.was {
            Status::Fail => true,
            Status::Unknown => self.needed,
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Group, fixture};
    use super::*;
    use crate::action::Scope;
    use crate::plan::make;

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

    fn accepted(id: &str, ended: bool) -> Accepted {
        let until = ended.then(|| "2026-01-31".to_owned());
        Accepted { id: id.into(), reason: "the school's proxy".into(), until, ended }
    }

    fn judged(want: &Want) -> Vec<Finding> {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "CGO_ENABLED", "0", fixture::profile());
        judge(&facts, want, fixture::known(), &[])
    }

    #[test]
    fn what_was_accepted_is_listed_fails_nothing_and_is_not_fixed() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "CGO_ENABLED", "0", fixture::profile());
        for (ended, well) in [(false, true), (true, false)] {
            let want = Want { accepted: vec![accepted("cgo.enabled", ended)], ..fixture::want() };
            let all = judged(&want);
            let one = all.iter().find(|it| it.id == "cgo.enabled").expect("judged");
            let said = one.verdict.acceptance.as_ref().expect("said either way");
            assert_eq!(
                (said.was, said.ended, said.reason.as_str()),
                (Status::Fail, ended, "the school's proxy")
            );
            assert_eq!((healthy(&all), one.verdict.is_bad()), (well, !well));
            assert_eq!(one.is_grave_and_accepted(), well, "nothing is called ready beside it");
            let plan = make(&all, &facts, &want, fixture::known(), Scope::Repair);
            assert_eq!(plan.steps.is_empty() && plan.unmet.is_empty(), well, "{plan:?}");
        }
        assert!(!healthy(&judged(&fixture::want())), "it is bad where nobody accepts it");
    }

    #[test]
    fn what_waits_for_it_is_judged_by_itself() {
        let facts = fixture::bare();
        let status = |want: &Want, id: &str| {
            let all = judge(&facts, want, fixture::known(), &[]);
            all.iter().find(|it| it.id == id).expect("judged").verdict.status
        };
        assert_eq!(status(&fixture::want(), "go.version"), Status::Waiting);
        let want = Want { accepted: vec![accepted("go.present", false)], ..fixture::want() };
        assert_eq!(status(&want, "go.present"), Status::Info);
        assert_ne!(status(&want, "go.version"), Status::Waiting);
    }

    #[test]
    fn only_what_is_bad_or_unknown_is_accepted_and_only_by_its_own_name() {
        for (status, id, taken) in [
            (Status::Fail, "a.b", true),
            (Status::Warn, "a.b", true),
            (Status::Unknown, "a.b", true),
            (Status::Ok, "a.b", false),
            (Status::Waiting, "a.b", false),
            (Status::Fail, "a.bc", false),
        ] {
            let mut verdict = Verdict { status, ..Verdict::ok(text!("go-absent")) };
            verdict.accept(id, &[accepted("a.b", false)]);
            assert_eq!(verdict.accepted().is_some(), taken, "{status:?} {id}");
        }
    }

    #[test]
    fn a_warning_is_nothing_that_is_in_the_way_of_ready() {
        for (status, needed, grave) in [
            (Status::Fail, false, true),
            (Status::Warn, true, false),
            (Status::Unknown, true, true),
            (Status::Unknown, false, false),
        ] {
            let mut verdict = Verdict { status, ..Verdict::ok(text!("go-absent")) };
            verdict.accept("a.b", &[accepted("a.b", false)]);
            let blocked_by = vec![];
            let finding = Finding { id: "a.b".into(), group: Group::Go, verdict, blocked_by, needed };
            assert_eq!(finding.is_grave_and_accepted(), grave, "{status:?}");
        }
    }
}
