//! Whether `go build` can ask git about the project: it stamps the commit into the program, and where git refuses to speak
//! of a repository of another owner, the build ends.

use super::{Check, Group, Verdict, project_fyne};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::path_style::shown;
use crate::quoting;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "project.repository",
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
    let Some(repository) = &project.repository else {
        return Verdict::ok(text!("project-repository-none"));
    };
    let root = &repository.root;
    let unasked = facts.here.set("GOFLAGS").is_some_and(|it| it.contains("-buildvcs=false"));
    if repository.trusted || unasked {
        return Verdict::ok(text!("project-repository-ok", root = root));
    }
    let quoted = quoting::single(&root.to_string_lossy());
    Verdict::fail(text!("project-repository-foreign", root = root))
        .cause(text!("project-repository-foreign-cause", root = root, owner = repository.owner))
        .evidence(format!("{}: uid {}", shown(root), repository.owner))
        .file(root, None)
        .decide(
            text!("project-repository-decide", root = root),
            Some(format!("git config --global --add safe.directory {quoted}")),
        )
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::project::Repository;

    #[test]
    fn a_repository_that_git_refuses_is_named_unless_go_does_not_ask() {
        let mut facts = fixture::with_project("2.8.1");
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        let root = "/root/hello".into();
        fixture::project(&mut facts).repository = Some(Repository { root, owner: 1000, trusted: false });
        let verdict = fixture::judged(&CHECK, &facts);
        let command = verdict.decision.and_then(|it| it.command);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(command.as_deref(), Some("git config --global --add safe.directory '/root/hello'"));
        fixture::set(&mut facts, "GOFLAGS", "-buildvcs=false", fixture::go_env());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        facts.here.variables.remove("GOFLAGS");
        fixture::project(&mut facts).repository.as_mut().expect("set above").trusted = true;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
    }
}
