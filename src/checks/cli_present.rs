//! Whether there is a fyne CLI.

use super::{Check, Group, Verdict, cli_whole};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::go::{CliProgram, is_temporary};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::version::Version;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "cli.present",
    group: Group::Cli,
    after: &["go.present", "go.bin"],
    goal: Goal::Build,
    judge,
};

/// The main packages that the fyne CLI has had.
const PACKAGES: &[&str] = &["fyne.io/tools/cmd/fyne", "fyne.io/fyne/v2/cmd/fyne", "fyne.io/fyne/cmd/fyne"];

/// The first program that is the CLI of this Fyne, whole, and made for this machine, besides one that is in front.
pub(super) fn good_one<'a>(facts: &'a Facts, want: &Want, besides: &CliProgram) -> Option<&'a CliProgram> {
    facts.cli.programs.iter().find(|it| it.path != besides.path && is_good(facts, want, it))
}

fn is_good(facts: &Facts, want: &Want, program: &CliProgram) -> bool {
    let Some(build) = program.build.here().filter(|it| it.path == want.target.cli.path()) else {
        return false;
    };
    let versions = (build.main.version.parse::<Version>(), want.target.cli.version().parse::<Version>());
    let new = matches!(versions, (Ok(have), Ok(wanted)) if have.line() >= wanted.line());
    new && program.whole && program.runs && cli_whole::foreign(facts, program).is_none()
}

/// What brings the right CLI in front: the directory that has it already, else the program itself.
pub(super) fn need(facts: &Facts, want: &Want, first: &CliProgram) -> Need {
    let dir = good_one(facts, want, first).and_then(|it| it.path.parent());
    match dir.filter(|_| first.on_path) {
        Some(dir) => Need::OnPath(dir.to_path_buf()),
        None => Need::Cli(want.target.cli.clone()),
    }
}

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let soon_gone = |it: &CliProgram| is_temporary(&it.path) && !is_temporary(&facts.host.home());
    if let Some(program) = facts.cli.programs.iter().find(|it| is_genuine(it) && !soon_gone(it)) {
        return Verdict::ok(text!("cli-present-ok", path = &program.path));
    }
    // One that cannot be read is there; whether it is good is for others to say.
    if let Some(program) = facts.cli.programs.iter().find(|it| matches!(it.build, Fact::Unknown(_))) {
        return Verdict::ok(text!("cli-present-unread", path = &program.path));
    }
    let verdict = Verdict::fail(text!("cli-present-absent")).need(Need::Cli(want.target.cli.clone()));
    match facts.cli.programs.first() {
        Some(other) => verdict.cause(text!("cli-present-other", path = &other.path)),
        None => verdict.cause(text!("cli-present-absent-cause")),
    }
}

/// The first program that is a fyne CLI, on PATH or not.
pub(super) fn genuine(facts: &Facts) -> Option<&CliProgram> {
    facts.cli.programs.iter().find(|it| is_genuine(it))
}

/// Whether its build info says that it is a fyne CLI.
pub(super) fn is_genuine(program: &CliProgram) -> bool {
    program.build.here().is_some_and(|it| PACKAGES.contains(&it.path.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn none_and_another_of_that_name_need_one() {
        let mut facts = fixture::healthy();
        facts.cli.programs[0].build = Fact::Absent;
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.needs, [Need::Cli("fyne.io/tools/cmd/fyne@v1.7.4".into())]);
        facts.cli.programs.clear();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }

    #[test]
    fn an_old_one_beside_another_program_is_present() {
        let mut facts = fixture::healthy();
        let other = CliProgram { build: Fact::Absent, ..facts.cli.programs[0].clone() };
        facts.cli.programs = vec![other, fixture::fyne("/x/fyne", "fyne.io/fyne/v2/cmd/fyne", "v2.5.5")];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
    }
}
