//! Whether the file of the fyne CLI is whole. `go install` reads the build id at the front of a file that was cut short
//! and believes it current.

use super::{Check, Group, Verdict, cli_present};
use crate::facts::Facts;
use crate::facts::go::{CliProgram, go_arch};
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "cli.whole", group: Group::Cli, after: &["cli.present", "go.bin"], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let Some(first) = facts.cli.programs.first() else { return Verdict::skipped(text!("cli-whole-none")) };
    // One that PATH passes over, with nothing else to run.
    if !first.runs {
        let verdict = Verdict::fail(text!("cli-whole-not-executable", path = &first.path));
        return verdict
            .cause(text!("cli-whole-not-executable-cause", path = &first.path))
            .file(&first.path, None)
            .need(cli_present::need(facts, want, first));
    }
    if let Some(platform) = foreign(facts, first) {
        let verdict = Verdict::fail(text!("cli-whole-foreign", path = &first.path, platform = &platform));
        return verdict
            .cause(text!("cli-whole-foreign-cause", path = &first.path, platform = &platform))
            .file(&first.path, None)
            .need(cli_present::need(facts, want, first));
    }
    match facts.cli.programs.iter().find(|it| !it.whole) {
        // One that nobody runs is not worth a warning.
        Some(cut) if cut.path == first.path || !first.build.is_here() => {
            Verdict::fail(text!("cli-whole-cut", path = &cut.path))
                .cause(text!("cli-whole-cause", path = &cut.path))
                .file(&cut.path, None)
                .need(cli_present::need(facts, want, cut))
        }
        Some(cut) => Verdict::info(text!("cli-whole-other", path = &cut.path)),
        None => Verdict::ok(text!("cli-whole-ok", path = &first.path)),
    }
}

/// `linux/arm64`, where the program says that it was built for another machine than this one.
pub(super) fn foreign(facts: &Facts, program: &CliProgram) -> Option<String> {
    let settings = &program.build.here()?.settings;
    let built = |name: &str| settings.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let (os, arch) = (built("GOOS")?, built("GOARCH")?);
    let host = &facts.host.identity;
    let own = if host.os == "macos" { "darwin" } else { host.os.as_str() };
    // A 64-bit x86 runs the programs of its 32-bit forebear.
    let runs = arch == go_arch(&host.arch) || (arch == "386" && host.arch == "x86_64");
    (os != own || !runs).then(|| format!("{os}/{arch}"))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Fact;
    use crate::fact::Why;
    use crate::facts::go::CliProgram;
    use crate::need::Need;

    #[test]
    fn a_cut_file_is_named() {
        let mut facts = fixture::healthy();
        facts.cli.programs[0].whole = false;
        facts.cli.programs[0].build = Fact::Unknown(text!("why-cut-short").into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(
            (verdict.status, verdict.place.file.as_deref()),
            (Status::Fail, Some("/root/go/bin/fyne"))
        );
    }

    #[test]
    fn one_that_cannot_be_run_is_named() {
        let mut facts = fixture::healthy();
        facts.cli.programs[0].runs = false;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
        for (os, arch, status) in [
            ("linux", "amd64", Status::Ok),
            ("linux", "386", Status::Ok),
            ("linux", "arm64", Status::Fail),
            ("windows", "amd64", Status::Fail),
        ] {
            let mut facts = fixture::healthy();
            let Fact::Here(build) = &mut facts.cli.programs[0].build else { panic!("the fixture has a CLI") };
            build.settings = vec![("GOARCH".into(), arch.into()), ("GOOS".into(), os.into())];
            assert_eq!(fixture::judged(&CHECK, &facts).status, status, "{os}/{arch}");
        }
    }

    #[test]
    fn behind_one_of_no_use_a_good_one_only_has_to_come_first() {
        let mut facts = fixture::healthy();
        let good = facts.cli.programs[0].clone();
        let cut =
            CliProgram { path: "/root/.local/bin/fyne".into(), whole: false, build: Fact::Absent, ..good };
        facts.cli.programs.insert(0, cut.clone());
        let needs = |facts: &Facts| fixture::judged(&CHECK, facts).needs;
        assert_eq!(needs(&facts), [Need::OnPath("/root/go/bin".into())]);
        facts.cli.programs[1].whole = false;
        let cli = Need::Cli("fyne.io/tools/cmd/fyne@v1.7.4".into());
        assert_eq!(needs(&facts), std::slice::from_ref(&cli), "that one is of no use either");
        facts.cli.programs = vec![cut];
        assert_eq!(needs(&facts), [cli]);
    }

    #[test]
    fn a_cut_file_behind_a_good_one_is_only_told() {
        let mut facts = fixture::healthy();
        let good = facts.cli.programs[0].clone();
        let cut = CliProgram {
            path: "/opt/fyne".into(),
            whole: false,
            build: Fact::Unknown(Why::System("cut".into())),
            ..good
        };
        facts.cli.programs.push(cut);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
    }
}
