//! Whether what go.mod puts in a module's place is there.

use super::{Check, Group, Verdict, project_fyne};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::quoting::quoted;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "project.replace",
    group: Group::Project,
    after: &["project.gomod"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let project = match project_fyne::subject(facts) {
        Ok(project) => project,
        Err(skipped) => return *skipped,
    };
    let file = project.dir.join("go.mod");
    match project.replaces.iter().find(|it| it.exists == Some(false)) {
        Some(gone) => Verdict::fail(text!("project-replace-gone", module = &gone.path, with = &gone.with))
            .cause(text!(
                "project-replace-gone-cause",
                file = &file,
                line = gone.line,
                module = &gone.path,
                with = &gone.with
            ))
            .evidence(format!("go.mod:{}: replace {} => {}", gone.line, gone.path, gone.with))
            .file(&file, Some(gone.line))
            .decide(
                text!("project-replace-decide", with = &gone.with),
                Some(format!("go mod edit -dropreplace {}", quoted(&gone.path))),
            ),
        None => Verdict::ok(text!("project-replace-ok", count = project.replaces.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::project::Replace;

    #[test]
    fn a_directory_that_is_gone_is_named_and_one_that_is_there_is_fine() {
        let mut facts = fixture::with_project("2.8.1");
        let there = Replace { path: "a.b/c".into(), with: "../c".into(), exists: Some(true), line: 8 };
        fixture::project(&mut facts).replaces = vec![there.clone()];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        let gone = Replace { with: "../fyne".into(), exists: Some(false), line: 9, ..there };
        fixture::project(&mut facts).replaces.push(gone);
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(9)));
        assert!(verdict.decision.is_some());
        fixture::project(&mut facts).replaces[1].path = "a.b/c;touch x".into();
        let command = fixture::judged(&CHECK, &facts).decision.and_then(|it| it.command);
        assert_eq!(
            command.as_deref(),
            Some("go mod edit -dropreplace 'a.b/c;touch x'"),
            "nothing of it is run"
        );
    }
}
