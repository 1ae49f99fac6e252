//! Whether the fyne CLI is the one that goes with this Fyne.

use super::{Check, Group, Verdict, cli_present};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::shown;
use crate::version::Version;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "cli.version",
    group: Group::Cli,
    after: &["cli.present", "cli.whole", "cli.shadowed"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let on_path = facts.cli.programs.iter().find(|it| it.on_path && cli_present::is_genuine(it));
    let Some(program) = on_path.or_else(|| cli_present::genuine(facts)) else {
        return if facts.cli.programs.is_empty() {
            Verdict::skipped(text!("cli-version-none"))
        } else {
            Verdict::unknown(text!("cli-version-unknown"))
        };
    };
    let Some(build) = program.build.here() else { return Verdict::unknown(text!("cli-version-unknown")) };
    let (module, wanted) = (want.target.cli.path(), want.target.cli.version());
    let have = build.main.version.as_str();
    let good = cli_present::good_one(facts, want, program).filter(|_| program.on_path);
    let other = |key: &'static str| {
        let cause = match good {
            Some(good) => text!("cli-shadowed-cause", first = &program.path, second = &good.path),
            None => {
                text!("cli-version-cause", path = &program.path, package = &build.path, version = have)
            }
        };
        Verdict::warn(text!(
            key,
            path = &program.path,
            package = &build.path,
            version = have,
            wanted = &want.target.cli
        ))
        .cause(cause)
        .evidence(format!("{}: {}@{have}", shown(&program.path), build.path))
        .file(&program.path, None)
        .need(cli_present::need(facts, want, program))
    };
    if build.path != module {
        return other("cli-version-other-home");
    }
    let (Ok(have), Ok(wanted)) = (have.parse::<Version>(), wanted.parse::<Version>()) else {
        return Verdict::info(text!("cli-version-own", path = &program.path, version = have));
    };
    if want.is_cli_locked() && have != wanted {
        return other("cli-version-locked");
    }
    if have >= wanted {
        return Verdict::ok(text!("cli-version-ok", version = &have));
    }
    if have.line() < wanted.line() {
        return other("cli-version-old");
    }
    let verdict = Verdict::info(text!("cli-version-newer", version = have, wanted = wanted));
    if want.upgrade { verdict.need(Need::Cli(want.target.cli.clone())) } else { verdict }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn home_and_line_decide() {
        let tools = "fyne.io/tools/cmd/fyne";
        for (package, version, status) in [
            (tools, "v1.7.4", Status::Ok),
            (tools, "v1.8.0", Status::Ok),
            (tools, "v1.7.1", Status::Info),
            (tools, "(devel)", Status::Info),
            (tools, "v1.6.2", Status::Warn),
            ("fyne.io/fyne/v2/cmd/fyne", "v2.6.3", Status::Warn),
        ] {
            let mut facts = fixture::healthy();
            facts.cli.programs = vec![fixture::fyne("/root/go/bin/fyne", package, version)];
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!(verdict.status, status, "{package} {version}");
            assert_eq!(!verdict.needs.is_empty(), status == Status::Warn);
        }
    }

    #[test]
    fn behind_an_old_one_the_right_one_only_has_to_come_first() {
        let mut facts = fixture::healthy();
        let old = |path: &str| fixture::fyne(path, "fyne.io/fyne/v2/cmd/fyne", "v2.6.3");
        facts.cli.programs.insert(0, old("/root/.local/bin/fyne"));
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(
            (verdict.status, verdict.needs),
            (Status::Warn, vec![Need::OnPath("/root/go/bin".into())])
        );
        facts.cli.programs[1] = old("/root/go/bin/fyne");
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.needs, [Need::Cli("fyne.io/tools/cmd/fyne@v1.7.4".into())], "both are old");
    }

    #[test]
    fn an_upgrade_takes_the_newer_patch_too() {
        let mut want = fixture::want();
        want.upgrade = true;
        let mut facts = fixture::healthy();
        facts.cli.programs = vec![fixture::fyne("/root/go/bin/fyne", "fyne.io/tools/cmd/fyne", "v1.7.3")];
        assert_eq!(judge(&facts, &want, fixture::known()).needs, [Need::Cli(want.target.cli)]);
    }
}
