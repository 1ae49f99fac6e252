//! Whether typing `fyne` runs the fyne CLI and not another program of that name.

use std::path::Path;

use super::{Check, Group, Verdict, cli_present};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::shown;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "cli.shadowed", group: Group::Cli, after: &["cli.present"], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let Some(first) = facts.cli.programs.iter().find(|it| it.on_path) else {
        return Verdict::skipped(text!("cli-shadowed-none"));
    };
    if cli_present::is_genuine(first) || !first.build.is_absent() && first.build.here().is_none() {
        return Verdict::ok(text!("cli-shadowed-ok", path = &first.path));
    }
    if first.wraps {
        return Verdict::info(text!("cli-shadowed-wrapper", path = &first.path));
    }
    let dir = first.path.parent().unwrap_or(Path::new("/"));
    let verdict = Verdict::fail(text!("cli-shadowed-other", path = &first.path)).file(&first.path, None);
    let good = cli_present::good_one(facts, want, first);
    let Some(genuine) = good.or_else(|| cli_present::genuine(facts)) else {
        return verdict.cause(text!("cli-shadowed-alone", path = &first.path));
    };
    let mut verdict = verdict
        .cause(text!("cli-shadowed-cause", first = &first.path, second = &genuine.path))
        .evidence(format!("{}: not the fyne CLI", shown(&first.path)))
        .evidence(format!("{}: the fyne CLI", shown(&genuine.path)))
        .need(Need::OnPath(genuine.path.parent().unwrap_or(Path::new("/")).to_path_buf()));
    if let Some((file, line)) =
        facts.here.path.iter().find(|it| it.dir == dir).and_then(|it| it.origin.place())
    {
        verdict = verdict.file(file, Some(line));
    }
    verdict.place.variable = Some("PATH".to_owned());
    verdict
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Fact;
    use crate::facts::go::CliProgram;

    fn shadowed() -> Facts {
        let mut facts = fixture::healthy();
        fixture::path_first(&mut facts, &["/root/scripts"]);
        facts.here.path[0].origin = fixture::profile();
        let good = facts.cli.programs[0].clone();
        let other = CliProgram { path: "/root/scripts/fyne".into(), build: Fact::Absent, ..good };
        facts.cli.programs.insert(0, other);
        facts
    }

    #[test]
    fn another_program_in_front_is_named_with_the_line_that_put_it_there() {
        let verdict = fixture::judged(&CHECK, &shadowed());
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(9)));
        assert_eq!(verdict.needs, [Need::OnPath("/root/go/bin".into())]);
    }

    #[test]
    fn a_wrapper_of_the_real_one_is_somebodys_choice() {
        let mut facts = shadowed();
        facts.cli.programs[0].wraps = true;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
    }
}
