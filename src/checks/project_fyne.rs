//! Which Fyne the project requires.

use super::{Check, Group, Verdict};
use crate::fact::Fact;
use crate::facts::{Facts, Project};
use crate::manifest::Knowledge;
use crate::version::Version;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "project.fyne", group: Group::Project, after: &["project.gomod"], goal: Goal::Build, judge };

/// So many release lines may come while a manifest is in use.
const AHEAD: u64 = 3;

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let project = match subject(facts) {
        Ok(project) => project,
        Err(skipped) => return imported(facts, want).unwrap_or(*skipped),
    };
    let file = project.dir.join("go.mod");
    let Some(fyne) = project.fyne() else { return Verdict::skipped(text!("project-fyne-none")) };
    let get = |verdict: Verdict, version: &Version| {
        verdict.file(&file, Some(fyne.line)).decide(
            text!("project-fyne-decide", file = &file, line = fyne.line),
            Some(format!("go get fyne.io/fyne/v2@v{version}")),
        )
    };
    let Ok(version) = fyne.version.parse::<Version>() else {
        let cause = text!("project-fyne-no-version-cause", file = &file, line = fyne.line);
        let verdict = Verdict::fail(text!("project-fyne-no-version", version = &fyne.version)).cause(cause);
        return get(verdict, &want.target.fyne);
    };
    let replaced = || project.replaces.iter().any(|it| it.path == fyne.path);
    let beyond = |it: &&Version| version.line() > (it.line().0, it.line().1 + AHEAD);
    if let Some(newest) = known.manifest.newest_fyne().filter(|it| beyond(it) && !replaced()) {
        let cause =
            text!("project-fyne-unknown-cause", file = &file, line = fyne.line, version = &fyne.version);
        let said = text!("project-fyne-unknown", version = &fyne.version, known = newest);
        return get(Verdict::warn(said).cause(cause), newest);
    }
    if fyne.indirect {
        return Verdict::info(text!("project-fyne-indirect", version = &fyne.version));
    }
    Verdict::ok(text!("project-fyne-ok", version = &fyne.version))
}

/// A project that imports Fyne and does not require it yet: what to type, at the version that this machine is prepared for.
fn imported(facts: &Facts, want: &Want) -> Option<Verdict> {
    let (file, line) = facts.project.here().filter(|it| it.fyne().is_none())?.imports_fyne.as_ref()?;
    let version = want.target.fyne.to_string();
    Some(Verdict::info(text!("project-fyne-imported", file = file, line = *line, version = version)))
}

/// The project, where it is one of Fyne's; else why the check does not apply.
pub(super) fn subject(facts: &Facts) -> Result<&Project, Box<Verdict>> {
    match &facts.project {
        Fact::Here(project) if project.fyne().is_some() => Ok(project),
        Fact::Here(_) => Err(Box::new(Verdict::skipped(text!("project-fyne-none")))),
        Fact::Absent => Err(Box::new(Verdict::skipped(text!("project-none")))),
        Fact::Unknown(why) => Err(Box::new(Verdict::unknown(text!("project-gomod-unknown", why = why)))),
    }
}

/// The Fyne whose modules a build takes: the project's, else that of the run.
pub(super) fn version(facts: &Facts, want: &Want) -> Version {
    let own = facts.project.here().and_then(Project::fyne).and_then(|it| it.version.parse().ok());
    own.unwrap_or_else(|| want.target.fyne.clone())
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn a_requirement_without_a_version_is_named() {
        let mut facts = fixture::with_project("2.8.1");
        fixture::project(&mut facts).requires[0].version = "latest".into();
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(5)));
    }

    #[test]
    fn a_version_that_cannot_exist_is_said_with_the_newest_that_does() {
        let of = |version: &str| fixture::judged(&CHECK, &fixture::with_project(version));
        let newest = fixture::known().manifest.newest_fyne().expect("it lists some").to_string();
        let verdict = of("2.99.0");
        assert_eq!((verdict.status, verdict.place.line), (Status::Warn, Some(5)));
        let command = verdict.decision.and_then(|it| it.command);
        assert_eq!(command, Some(format!("go get fyne.io/fyne/v2@v{newest}")));
        let line = fixture::known().manifest.newest_fyne().expect("it lists some").line();
        assert_eq!(of(&format!("{}.{}.0", line.0, line.1 + 1)).status, Status::Ok, "one may come any day");
        let mut facts = fixture::with_project("2.99.0");
        let with = crate::facts::project::Replace { path: "fyne.io/fyne/v2".into(), ..<_>::default() };
        fixture::project(&mut facts).replaces.push(with);
        assert_eq!(
            fixture::judged(&CHECK, &facts).status,
            Status::Ok,
            "what it is replaced by has no version"
        );
    }

    #[test]
    fn a_project_that_imports_fyne_and_does_not_require_it_is_told_the_line_to_type() {
        let mut facts = fixture::with_project("2.8.1");
        fixture::project(&mut facts).requires.clear();
        fixture::project(&mut facts).imports_fyne = Some(("/root/hello/main.go".into(), 4));
        let verdict = fixture::judged(&CHECK, &facts);
        let said = verdict.summary.to_string();
        assert_eq!(verdict.status, Status::Info);
        assert!(said.contains("main.go") && said.contains("version=2.8.1"), "{said}");
    }

    #[test]
    fn old_fyne_and_no_fyne_are_the_projects_own_business() {
        assert_eq!(fixture::judged(&CHECK, &fixture::with_project("2.5.5")).status, Status::Ok);
        let mut facts = fixture::with_project("2.8.1");
        fixture::project(&mut facts).requires.clear();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Skipped);
    }
}
