//! Whether the project's go.mod can be read by Go.

use super::{Check, Group, Verdict};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "project.gomod", group: Group::Project, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let project = match &facts.project {
        Fact::Here(project) => project,
        Fact::Absent => return Verdict::skipped(text!("project-none")),
        Fact::Unknown(why) => return Verdict::unknown(text!("project-gomod-unknown", why = why)),
    };
    let file = project.dir.join("go.mod");
    let Some((line, text)) = project.errors.first() else {
        return Verdict::ok(text!("project-gomod-ok", module = &project.module));
    };
    let verdict = Verdict::fail(text!("project-gomod-error", file = &file, line = *line))
        .cause(text!("project-gomod-error-cause", file = &file, line = *line, text = text))
        .file(&file, Some(*line));
    let seen = project.errors.iter().take(5);
    let verdict = seen.fold(verdict, |it, (line, text)| it.evidence(format!("go.mod:{line}: {text}")));
    verdict.decide(text!("project-gomod-decide", file = file, line = *line), None)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn a_line_that_go_refuses_is_named() {
        let mut facts = fixture::with_project("2.8.1");
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        fixture::project(&mut facts).errors = vec![(4, "<<<<<<< HEAD".into())];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(4)));
    }

    #[test]
    fn no_project_is_fine() {
        assert_eq!(fixture::judged(&CHECK, &fixture::healthy()).status, Status::Skipped);
    }
}
