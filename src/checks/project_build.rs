//! Whether the user's own project builds: known where `repair` tried it, or where a build failed and nothing that it rests on
//! is different since.

use std::path::Path;

use super::{Check, Group, Verdict, blame, project_fyne};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::built::Built;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::typed;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "project.build",
    group: Group::Project,
    after: &[
        "go.present",
        "go.complete",
        "cgo.compiler",
        "cgo.headers",
        "cgo.libraries",
        "project.gomod",
        "project.go-line",
        "project.replace",
        "project.work",
        "project.sum",
        "project.vendor",
    ],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let project = match project_fyne::subject(facts) {
        Ok(project) => project,
        Err(skipped) => return *skipped,
    };
    match facts.deep.as_ref().map(|it| &it.project) {
        Some(Fact::Here(built)) => verdict(built, &project.dir, facts, want, known),
        Some(Fact::Unknown(why)) => Verdict::unknown(text!("project-build-unknown", why = why)),
        Some(Fact::Absent) | None => match &facts.ours.last_build {
            Some(built) => verdict(built, &project.dir, facts, want, known),
            None => Verdict::skipped(text!("project-build-untried")),
        },
    }
}

fn verdict(built: &Built, dir: &Path, facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let Some(failed) = &built.failed else {
        let names = built.programs.join(", ");
        if built.packages == 0 {
            return Verdict::skipped(text!("project-build-nothing"));
        }
        return Verdict::ok(match built.programs.len() {
            0 => text!("project-build-packages"),
            count => text!("project-build-programs", count = count, names = names),
        });
    };
    let said = |verdict: Verdict| failed.said.iter().cloned().fold(verdict, Verdict::evidence);
    let again = typed::within(facts.here.style, dir, "go build ./...");
    let Some(cause) = failed.causes.first() else {
        if let Some(mistake) = &failed.mistake {
            let verdict = said(Verdict::warn(text!("project-build-own"))).cause(mistake.what.clone());
            return verdict.decide(mistake.fix.clone(), None);
        }
        if failed.own {
            let line = failed.said.first().map_or("", String::as_str);
            let decide = text!("project-build-own-decide", line = line);
            return said(Verdict::warn(text!("project-build-own"))).decide(decide, None);
        }
        return said(Verdict::fail(text!("project-build-failed")))
            .decide(text!("project-build-decide"), Some(again));
    };
    let verdict =
        Verdict::fail(text!("project-build-caused")).cause(cause.what.clone()).evidence(&cause.line);
    if cause.unconfigured {
        return verdict.need(Need::PackagesConfigured);
    }
    match &cause.capability {
        Some(it) => verdict.need(blame::need(facts, want, known, it)),
        None => verdict.decide(cause.fix.clone(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Status, fixture};
    use crate::facts::Deep;
    use crate::facts::built::{FailedBuild, SeenCause};
    use crate::text::Text;

    fn failed(causes: Vec<SeenCause>, own: bool) -> FailedBuild {
        let said = vec!["main.go:7:2: undefined: x".to_owned()];
        FailedBuild { causes, own, said, mistake: None }
    }

    fn cause(capability: Option<&str>, unconfigured: bool) -> SeenCause {
        SeenCause {
            id: "missing-header:X11/Xlib.h".into(),
            what: Text::new("diagnose-missing-header.what"),
            fix: Text::new("diagnose-missing-header.fix"),
            capability: capability.map(str::to_owned),
            unconfigured,
            line: "fatal error: X11/Xlib.h: No such file or directory".into(),
        }
    }

    fn judged(change: impl FnOnce(&mut Facts)) -> Verdict {
        let mut facts = fixture::with_project("v2.8.1");
        change(&mut facts);
        judge(&facts, &fixture::want(), fixture::known())
    }

    fn tried(built: Built) -> Verdict {
        judged(|it| it.deep = Some(Deep { project: Fact::Here(built), ..Deep::default() }))
    }

    #[test]
    fn a_project_that_nobody_built_is_not_called_good() {
        assert_eq!(judged(|_| ()).status, Status::Skipped);
        let (programs, packages) = (vec!["hello".into()], 2);
        assert_eq!(tried(Built { programs, packages, failed: None }).status, Status::Ok);
        assert_eq!(tried(Built { packages: 1, ..Built::default() }).status, Status::Ok);
        assert_eq!(tried(Built::default()).status, Status::Skipped, "there was nothing to build");
    }

    #[test]
    fn a_failed_build_is_said_by_its_cause_and_asks_for_what_the_cause_needs() {
        let with = |it: FailedBuild| tried(Built { failed: Some(it), ..Built::default() });
        let header = with(failed(vec![cause(Some("x11"), false)], false));
        assert_eq!(header.status, Status::Fail);
        assert_eq!(header.needs, [Need::Capability("x11".into())]);
        let waits = with(failed(vec![cause(None, true)], false));
        assert_eq!(waits.needs, [Need::PackagesConfigured]);
        let person = with(failed(vec![cause(None, false)], false));
        assert!(person.needs == [Need::Decision] && person.decision.is_some());
        let unknown = with(failed(vec![], false));
        assert!(
            unknown.status == Status::Fail && unknown.decision.is_some(),
            "nobody knows why: a person looks"
        );
    }

    #[test]
    fn a_mistake_in_the_program_itself_is_said_and_left_to_its_author() {
        let own = tried(Built { failed: Some(failed(vec![], true)), ..Built::default() });
        assert_eq!((own.status, own.evidence.len(), own.needs), (Status::Warn, 1, vec![Need::Decision]));
        let said = own.decision.map(|it| it.text.to_string()).unwrap_or_default();
        assert!(said.contains("main.go:7:2"), "{said}");
    }

    #[test]
    fn a_mistake_that_is_known_exactly_is_said_with_what_corrects_it() {
        let (what, fix) =
            (text!("diagnose-own-misspelt-import.what"), text!("diagnose-own-misspelt-import.fix"));
        let mistake = Some(crate::facts::built::Mistake { what: what.clone(), fix: fix.clone() });
        let said = tried(Built {
            failed: Some(FailedBuild { mistake, ..failed(vec![], true) }),
            ..Built::default()
        });
        assert_eq!((said.status, said.cause), (Status::Warn, Some(what)));
        assert_eq!(said.decision.map(|it| it.text), Some(fix));
    }

    #[test]
    fn what_came_of_the_last_build_counts_until_it_is_tried_again() {
        let was = |failed: Option<FailedBuild>| Built { failed, packages: 1, ..Built::default() };
        let remembered = |it: Built| judged(|facts| facts.ours.last_build = Some(it)).status;
        assert_eq!(remembered(was(Some(failed(vec![], false)))), Status::Fail);
        assert_eq!(remembered(was(None)), Status::Ok);
        let since = judged(|it| {
            it.ours.last_build = Some(was(Some(failed(vec![], false))));
            it.deep = Some(Deep { project: Fact::Here(was(None)), ..Deep::default() });
        });
        assert_eq!(since.status, Status::Ok, "what was tried now counts");
    }
}
