//! Whether `vendor` agrees with go.mod.

use super::{Check, Group, Verdict, project_fyne};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "project.vendor",
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
    let listed = match &project.vendor {
        Fact::Here(listed) => listed,
        Fact::Absent => return Verdict::skipped(text!("project-vendor-none")),
        Fact::Unknown(why) => return Verdict::unknown(text!("project-vendor-unknown", why = why)),
    };
    let file = project.dir.join("vendor/modules.txt");
    let own =
        project.requires.iter().filter(|it| !project.replaces.iter().any(|replace| replace.path == it.path));
    let mut drift = own.filter_map(|it| {
        let there =
            listed.iter().find(|(path, _)| *path == it.path).map_or("", |(_, version)| version.as_str());
        (there != it.version).then_some((it, there))
    });
    let Some((required, there)) = drift.next() else {
        return Verdict::ok(text!("project-vendor-ok", count = listed.len()));
    };
    let summary = text!("project-vendor-drift", module = &required.path);
    let cause = if there.is_empty() {
        text!(
            "project-vendor-absent-cause",
            module = &required.path,
            version = &required.version,
            file = &file
        )
    } else {
        text!(
            "project-vendor-cause",
            module = &required.path,
            version = &required.version,
            there = there,
            file = &file
        )
    };
    Verdict::fail(summary)
        .cause(cause)
        .evidence(format!("go.mod:{}: {} {}", required.line, required.path, required.version))
        .evidence(format!("vendor/modules.txt: {} {there}", required.path))
        .file(&file, None)
        .decide(text!("project-vendor-decide"), Some("go mod vendor".into()))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn another_version_in_vendor_is_a_drift() {
        let mut facts = fixture::with_project("2.8.1");
        let listed = |version: &str| Fact::Here(vec![("fyne.io/fyne/v2".into(), version.into())]);
        fixture::project(&mut facts).vendor = listed("v2.8.1");
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        fixture::project(&mut facts).vendor = listed("v2.8.0");
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
        fixture::project(&mut facts).vendor = Fact::Here(vec![]);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }

    #[test]
    fn no_vendor_is_fine() {
        assert_eq!(fixture::judged(&CHECK, &fixture::with_project("2.8.1")).status, Status::Skipped);
    }
}
