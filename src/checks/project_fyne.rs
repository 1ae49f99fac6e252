//! Which Fyne the project requires.

use super::{Check, Group, Verdict};
use crate::fact::Fact;
use crate::facts::{Facts, Project};
use crate::manifest::Knowledge;
use crate::version::Version;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "project.fyne", group: Group::Project, after: &["project.gomod"], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let project = match subject(facts) {
        Ok(project) => project,
        Err(skipped) => return *skipped,
    };
    let file = project.dir.join("go.mod");
    let Some(fyne) = project.fyne() else { return Verdict::skipped(text!("project-fyne-none")) };
    if fyne.version.parse::<Version>().is_err() {
        return Verdict::fail(text!("project-fyne-no-version", version = &fyne.version))
            .cause(text!("project-fyne-no-version-cause", file = &file, line = fyne.line))
            .file(&file, Some(fyne.line))
            .decide(
                text!("project-fyne-decide", file = file, line = fyne.line),
                Some(format!("go get fyne.io/fyne/v2@v{}", want.target.fyne)),
            );
    }
    if fyne.indirect {
        return Verdict::info(text!("project-fyne-indirect", version = &fyne.version));
    }
    Verdict::ok(text!("project-fyne-ok", version = &fyne.version))
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
    fn old_fyne_and_no_fyne_are_the_projects_own_business() {
        assert_eq!(fixture::judged(&CHECK, &fixture::with_project("2.5.5")).status, Status::Ok);
        let mut facts = fixture::with_project("2.8.1");
        fixture::project(&mut facts).requires.clear();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Skipped);
    }
}
