//! Whether the file of the fyne CLI is whole. `go install` reads the build id at the front of a file that was cut short
//! and believes it current.

use super::{Check, Group, Verdict};
use crate::facts::Facts;
use crate::need::Need;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "cli.whole", group: Group::Cli, after: &["cli.present"], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want) -> Verdict {
    let Some(first) = facts.cli.programs.first() else { return Verdict::skipped(text!("cli-whole-none")) };
    match facts.cli.programs.iter().find(|it| !it.whole) {
        // One that nobody runs is not worth a warning.
        Some(cut) if cut.path == first.path || !first.build.is_here() => {
            Verdict::fail(text!("cli-whole-cut", path = &cut.path))
                .cause(text!("cli-whole-cause", path = &cut.path))
                .file(&cut.path, None)
                .need(Need::Cli(want.target.cli.clone()))
        }
        Some(cut) => Verdict::info(text!("cli-whole-other", path = &cut.path)),
        None => Verdict::ok(text!("cli-whole-ok", path = &first.path)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::Fact;
    use crate::facts::go::CliProgram;

    #[test]
    fn a_cut_file_is_named() {
        let mut facts = fixture::healthy();
        facts.cli.programs[0].whole = false;
        facts.cli.programs[0].build = Fact::Unknown("the file was cut short".into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(
            (verdict.status, verdict.place.file.as_deref()),
            (Status::Fail, Some("/root/go/bin/fyne"))
        );
    }

    #[test]
    fn a_cut_file_behind_a_good_one_is_only_told() {
        let mut facts = fixture::healthy();
        let good = facts.cli.programs[0].clone();
        let cut =
            CliProgram { path: "/opt/fyne".into(), whole: false, build: Fact::Unknown("cut".into()), ..good };
        facts.cli.programs.push(cut);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
    }
}
