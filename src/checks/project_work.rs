//! Whether the go.work in effect has what it uses, and uses this project.

use super::{Check, Group, Verdict, blame, project_fyne};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::path_style::shown;
use crate::quoting::{quoted, quoted_path};
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "project.work", group: Group::Project, after: &["project.gomod"], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let project = match project_fyne::subject(facts) {
        Ok(project) => project,
        Err(skipped) => return *skipped,
    };
    let work = match &project.work {
        Fact::Here(work) => work,
        Fact::Absent => return Verdict::skipped(text!("project-work-none")),
        Fact::Unknown(why) => return Verdict::unknown(text!("project-work-unknown", why = why)),
    };
    let file = &work.file;
    if work.absent {
        let verdict = Verdict::fail(text!("project-work-absent", file = file));
        let setting = blame::setting(facts, "GOWORK");
        let verdict = verdict.cause(text!("project-work-absent-cause", setting = setting));
        return blame::variable(verdict, facts, "GOWORK");
    }
    if let Some((line, text)) = work.errors.first() {
        return Verdict::fail(text!("project-work-error", file = file, line = *line))
            .cause(text!("project-work-error-cause", file = file, line = *line, text = text))
            .file(file, Some(*line))
            .decide(text!("project-work-decide", file = file, line = *line), None);
    }
    if let Some((dir, line)) = work.gone.first() {
        return Verdict::fail(text!("project-work-gone", file = file, dir = dir))
            .cause(text!("project-work-gone-cause", file = file, line = *line, dir = dir))
            .evidence(format!("{}:{line}: use {dir}", shown(file)))
            .file(file, Some(*line))
            .decide(
                text!("project-work-decide", file = file, line = *line),
                Some(format!("go work edit {} {}", quoted(&format!("-dropuse={dir}")), quoted_path(file))),
            );
    }
    if !work.includes {
        return Verdict::fail(text!("project-work-outside", file = file, dir = &project.dir))
            .cause(text!("project-work-outside-cause", file = file, dir = &project.dir))
            .file(file, None)
            .decide(text!("project-work-outside-decide", file = file), Some("go work use .".into()));
    }
    Verdict::ok(text!("project-work-ok", file = file))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::project::Work;

    #[test]
    fn a_workspace_is_judged_by_what_it_uses() {
        let good = Work { file: "/root/go.work".into(), includes: true, ..Work::default() };
        for (work, status) in [
            (good.clone(), Status::Ok),
            (Work { gone: vec![("./gone".into(), 5)], ..good.clone() }, Status::Fail),
            (Work { errors: vec![(2, "?".into())], ..good.clone() }, Status::Fail),
            (Work { includes: false, ..good.clone() }, Status::Fail),
        ] {
            let mut facts = fixture::with_project("2.8.1");
            fixture::project(&mut facts).work = Fact::Here(work);
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!(verdict.status, status);
            assert_eq!(verdict.decision.is_some(), status == Status::Fail);
        }
        let mut facts = fixture::with_project("2.8.1");
        let gone = vec![("./a;touch x".into(), 5)];
        fixture::project(&mut facts).work =
            Fact::Here(Work { gone, file: "/a b/go.work".into(), ..good.clone() });
        let command = fixture::judged(&CHECK, &facts).decision.and_then(|it| it.command);
        assert_eq!(command.as_deref(), Some("go work edit '-dropuse=./a;touch x' '/a b/go.work'"));
        let mut facts = fixture::with_project("2.8.1");
        fixture::set(&mut facts, "GOWORK", "/root/go.work", fixture::profile());
        fixture::project(&mut facts).work = Fact::Here(Work { absent: true, ..good });
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.variable.as_deref()), (Status::Fail, Some("GOWORK")));
    }
}
