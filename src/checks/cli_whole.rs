//! Whether the file of the fyne CLI is whole. `go install` reads the build id at the front of a file that was cut short
//! and believes it current. A long look also says whether it is what we built, or made of what was published.

use super::{Check, Group, Verdict, cli_present};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::deep::{CliFlaw, CliSeen};
use crate::facts::go::{CliProgram, go_arch};
use crate::manifest::Knowledge;
use crate::text::Text;
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
        None => deeply(facts, want, first),
    }
}

/// What the long look says of it. That it could not be judged is no news.
fn deeply(facts: &Facts, want: &Want, first: &CliProgram) -> Verdict {
    let ok = Verdict::ok(text!("cli-whole-ok", path = &first.path));
    let seen = match facts.deep.as_ref().map(|it| &it.cli) {
        Some(Fact::Here(seen)) => seen,
        Some(Fact::Unknown(why)) => return ok.cause(text!("cli-whole-not-judged", why = why)),
        Some(Fact::Absent) | None => return ok,
    };
    let program = facts.cli.programs.iter().find(|it| it.path == seen.path);
    let (Some(program), false) = (program, seen.flaws.is_empty()) else {
        return match &seen.open {
            Some(why) => ok.cause(text!("cli-whole-not-judged", why = why)),
            None => ok,
        };
    };
    let (summary, cause) = told(seen);
    let ours = seen.flaws.iter().any(|it| matches!(it, CliFlaw::Changed { .. }));
    let verdict = if ours || cli_present::is_genuine(program) {
        Verdict::fail(summary).need(cli_present::need(facts, want, program))
    } else {
        // A fork is its owner's choice.
        Verdict::info(summary)
    };
    let lines = seen.flaws.iter().take(10).map(|it| match it {
        CliFlaw::Changed { wrote, found, .. } => format!("sha256 {found}; fyne-setup built {wrote}"),
        CliFlaw::Module { module, built, published } => format!("{module}: {built}; published {published}"),
    });
    lines.fold(verdict.cause(cause).file(&program.path, None), Verdict::evidence)
}

/// The summary and the cause of its first flaw.
fn told(seen: &CliSeen) -> (Text, Text) {
    let path = &seen.path;
    match &seen.flaws[..] {
        [CliFlaw::Module { module, .. }, ..] => (
            text!("cli-whole-module", path = path, module = module, count = seen.flaws.len()),
            text!("cli-whole-module-cause", module = module),
        ),
        [CliFlaw::Changed { build_info: false, .. }, ..] => {
            (text!("cli-whole-changed", path = path), text!("cli-whole-no-build-info", path = path))
        }
        _ => (text!("cli-whole-changed", path = path), text!("cli-whole-changed-cause", path = path)),
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
    let runs = arch == go_arch(facts.host.processor()) || (arch == "386" && host.arch == "x86_64");
    (os != own || !runs).then(|| format!("{os}/{arch}"))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::action::{Action, Scope};
    use crate::digest::Digest;
    use crate::fact::Why;
    use crate::facts::Deep;
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

    fn seen(flaws: Vec<CliFlaw>, open: Option<Why>) -> Facts {
        let mut facts = fixture::healthy();
        let cli = Fact::Here(CliSeen { path: "/root/go/bin/fyne".into(), flaws, open });
        facts.deep = Some(Deep { cli, ..Deep::of_build(Fact::Absent) });
        facts
    }

    #[test]
    fn a_cli_that_a_long_look_speaks_against_is_built_anew() {
        let (wrote, found) = (Digest::of(b"built"), Digest::of(b"found"));
        let module = |module: &str| CliFlaw::Module {
            module: module.into(),
            built: "h1:a=".into(),
            published: "h1:b=".into(),
        };
        for (flaws, evidence) in [
            (
                vec![CliFlaw::Changed { wrote, found, build_info: true }],
                format!("sha256 {found}; fyne-setup built {wrote}"),
            ),
            (
                vec![CliFlaw::Changed { wrote, found, build_info: false }],
                format!("sha256 {found}; fyne-setup built {wrote}"),
            ),
            (
                vec![module("a.b/c@v1.0.0"), module("a.b/d@v1.0.0")],
                "a.b/c@v1.0.0: h1:a=; published h1:b=".into(),
            ),
        ] {
            let facts = seen(flaws, None);
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!((verdict.status, &verdict.evidence[0]), (Status::Fail, &evidence));
            assert!(verdict.cause.is_some() && verdict.place.file.as_deref() == Some("/root/go/bin/fyne"));
            let (want, known) = (fixture::want(), fixture::known());
            let findings = super::super::judge(&facts, &want, known, &[]);
            let plan = crate::plan::make(&findings, &facts, &want, known, Scope::Repair);
            let builds = plan.steps.iter().any(
                |it| matches!(&it.action, Action::InstallCli { module, .. } if *module == want.target.cli),
            );
            assert!(builds, "{:?}", plan.steps);
        }
    }

    #[test]
    fn a_cli_that_was_not_judged_is_good_and_a_fork_with_other_modules_is_only_told() {
        let why = || Some(text!("verify-private").into());
        for facts in [seen(vec![], None), seen(vec![], why())] {
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!((verdict.status, verdict.needs), (Status::Ok, vec![]));
            let open = facts.deep.and_then(|it| it.cli.into_here()?.open);
            assert_eq!(verdict.cause.is_some(), open.is_some());
        }
        let flaw =
            CliFlaw::Module { module: "a@v1".into(), built: "h1:a=".into(), published: "h1:b=".into() };
        let mut facts = seen(vec![flaw], None);
        let fork = fixture::fyne("/root/go/bin/fyne", "example.org/fork/cmd/fyne", "v1.0.0");
        facts.cli.programs = vec![fork];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.needs), (Status::Info, vec![]));
    }
}
