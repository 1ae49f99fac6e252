//! Whether the project lies on a drive of Windows, seen from Windows Subsystem for Linux.

use super::{Check, Group, Verdict};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "project.drive", group: Group::Project, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let Fact::Here(project) = &facts.project else { return Verdict::skipped(text!("project-none")) };
    let drive = facts.host.wsl.as_ref().and_then(|it| it.drive(&project.dir));
    let Some(drive) = drive else { return Verdict::ok(text!("project-drive-ok", dir = &project.dir)) };
    let key = if drive.modes { "project-drive-cause" } else { "project-drive-modes-cause" };
    let name = project.dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Verdict::info(text!("project-drive-windows", drive = &drive.at))
        .cause(text!(key, dir = &project.dir, name = name))
        .file(&project.dir, None)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::wsl::{Drive, Wsl};

    #[test]
    fn a_project_on_a_drive_of_windows_is_told_and_is_no_fault() {
        for (dir, modes, status, key) in [
            ("/mnt/c/Users/user/hello", false, Status::Info, "project-drive-modes-cause"),
            ("/mnt/c/Users/user/hello", true, Status::Info, "project-drive-cause"),
            ("/root/hello", false, Status::Ok, ""),
            ("/mnt/cc/hello", false, Status::Ok, ""),
        ] {
            let mut facts = fixture::with_project("2.8.1");
            let drives = vec![Drive { at: "/mnt/c".into(), modes }];
            facts.host.wsl = Some(Wsl { drives, ..Wsl::default() });
            fixture::project(&mut facts).dir = dir.into();
            let verdict = fixture::judged(&CHECK, &facts);
            let cause = verdict.cause.as_ref().map_or("", |it| &*it.key);
            assert_eq!((verdict.status, cause), (status, key), "{dir} {modes}");
        }
        assert_eq!(fixture::judged(&CHECK, &fixture::healthy()).status, Status::Skipped);
    }
}
