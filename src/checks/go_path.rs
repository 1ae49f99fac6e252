//! Whether PATH leads to Go and to the programs that `go install` makes.

use std::path::{Path, PathBuf};

use super::{Check, Group, Verdict, blame, go_present, off_path};
use crate::facts::Facts;
use crate::facts::go::{CliProgram, is_temporary};
use crate::facts::settings::LostEntry;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::{PathStyle, shown};
use crate::shell::{Dialect, Step, parse};
use crate::text::Text;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "go.path",
    group: Group::Go,
    // A directory of programs that a bad GOBIN or GOPATH names is another one once that is gone.
    after: &["go.present", "go.bin", "go.variables"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    if facts.go.first.is_none()
        && let Some(tree) = go_present::usable(facts, want)
    {
        return absent(facts, &tree.bin(), "go-path-no-go").on_its_own();
    }
    let Some(bin) = &facts.go.bin else { return Verdict::unknown(text!("go-path-unknown")) };
    let soon_gone = |it: &Path| is_temporary(it) && !is_temporary(&facts.host.home());
    let there = |it: &CliProgram| it.on_path && (it.build.is_here() || it.wraps) && !soon_gone(&it.path);
    let reached = facts.here.on_path(bin) || facts.cli.programs.iter().any(there);
    if reached {
        return Verdict::ok(text!("go-path-ok"));
    }
    absent(facts, bin, "go-path-no-bin")
}

/// A directory that PATH lacks: because a line threw it away, or because nobody put it there.
fn absent(facts: &Facts, dir: &Path, key: &'static str) -> Verdict {
    let verdict = Verdict::fail(text!(key, dir = dir))
        .evidence(format!("PATH={}", facts.here.value("PATH").unwrap_or_default()));
    if let Some(line) = off_path::path_line(facts, dir) {
        let mut verdict = verdict.cause(text!("go-path-bare"));
        verdict.place.variable = Some("PATH".to_owned());
        return verdict.decide(text!("system-off-path-decide"), Some(line));
    }
    let unreached = facts.here.path_unreached.iter().filter(|it| it.0 == dir);
    let unreached = unreached.filter_map(|it| it.1.place()).next_back();
    if let Some((file, _)) = unreached {
        let said = facts.here.unreadable.iter().find(|it| it.0 == *file);
        if let Some(file) = with_returns(facts, file) {
            let verdict = said.iter().fold(verdict, |it, (_, said)| it.evidence(said));
            let verdict = verdict.cause(text!("go-path-line-ends", file = file, dir = dir)).file(file, None);
            return blame::line_ends(verdict, facts, file);
        }
        if let Some((file, said)) = said {
            return verdict
                .cause(text!("go-path-unreadable-cause", file = file, said = said, dir = dir))
                .evidence(said)
                .file(file, None)
                .decide(text!("go-path-unreadable-decide", file = file), None);
        }
    }
    let lost = facts.here.path_lost.iter().find(|it| it.dir == dir);
    if let Some((lost, (file, line))) = lost.and_then(|it| Some((it, it.by.place()?))) {
        let verdict = verdict.cause(overwritten(lost, file, line)).variable("PATH", &lost.by);
        return if outweighed(facts, lost, file) {
            verdict.need(Need::OnPath(dir.to_path_buf()))
        } else {
            blame::line(verdict, facts, file, line, "PATH")
        };
    }
    let shell = facts.host.shell.here().map_or_else(|| "sh".to_owned(), shown);
    let cause = match unreached {
        Some((file, line)) => text!("go-path-unreached", file = file, line = line, dir = dir, shell = shell),
        None if facts.here.style == PathStyle::Windows => text!("go-path-cause-windows", dir = dir),
        None => text!("go-path-cause", dir = dir),
    };
    let mut verdict = verdict.cause(cause).need(Need::OnPath(dir.to_path_buf()));
    verdict.place.variable = Some("PATH".to_owned());
    verdict
}

/// Whether a line that sets PATH anew stays, and ours comes after it: another owns it, or it is the system's profile, which
/// begins PATH anew for every login, so that what a session has from elsewhere never outlives it.
fn outweighed(facts: &Facts, lost: &LostEntry, by: &Path) -> bool {
    let seen = |file: &Path| facts.here.files.get(file);
    let added = lost.added.place().and_then(|(file, _)| seen(file));
    let of_session =
        added.is_some_and(|it| matches!(it.dialect, Dialect::Pam | Dialect::PamConf | Dialect::EnvironmentD));
    seen(by).is_some_and(|it| !it.writable) || (of_session && by.starts_with("/etc"))
}

fn overwritten(lost: &LostEntry, file: &Path, line: u32) -> Text {
    let added = lost.added.place().map(|(file, line)| format!("{}:{line}", shown(file)));
    let added = added.unwrap_or_default();
    text!("go-path-overwritten", file = file, line = line, dir = &lost.dir, added = added)
}

/// The file whose Windows line ends keep a line of this one from its effect: itself, or one that reads others.
fn with_returns<'a>(facts: &'a Facts, unreached: &Path) -> Option<&'a PathBuf> {
    let here = &facts.here;
    let reads = |file: &&PathBuf| {
        let Some(seen) = here.files.get(*file) else { return false };
        let steps = parse(&String::from_utf8_lossy(&seen.bytes), seen.dialect);
        steps.iter().any(|it| matches!(it, Step::Read { .. }))
    };
    let itself = here.returns.iter().find(|it| *it == unreached);
    itself.or_else(|| here.returns.iter().find(reads))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture, judge};
    use super::*;
    use crate::facts::settings::{FileSeen, Origin};

    fn without_go_on_path() -> Facts {
        let mut facts = fixture::healthy();
        facts.go.first = None;
        facts.go.trees = vec![fixture::tree("/usr/local/go", "1.26.11", false)];
        facts.here.path.retain(|it| !it.dir.starts_with("/usr/local/go") && !it.dir.starts_with("/root"));
        facts
    }

    #[test]
    fn a_line_that_overwrites_path_is_named() {
        let mut facts = without_go_on_path();
        let dir = "/usr/local/go/bin".into();
        facts.here.path_lost = vec![LostEntry { dir, added: fixture::go_env(), by: fixture::profile() }];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(9)));
        assert!(matches!(&verdict.needs[..], [Need::FileSetting { line: 9, .. }]));
    }

    #[test]
    fn what_nobody_put_there_is_needed_there() {
        let mut facts = without_go_on_path();
        let cause = |facts: &Facts| format!("{:?}", fixture::judged(&CHECK, facts).cause);
        assert!(cause(&facts).contains("go-path-cause"), "{}", cause(&facts));
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::OnPath("/usr/local/go/bin".into())]);
        facts.here.style = PathStyle::Windows;
        assert!(cause(&facts).contains("go-path-cause-windows"), "{}", cause(&facts));
        let mut facts = fixture::healthy();
        facts.here.path.retain(|it| !it.dir.starts_with("/root"));
        facts.cli.programs[0].on_path = false;
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::OnPath("/root/go/bin".into())]);
    }

    #[test]
    fn a_line_that_the_login_does_not_get_to_is_named() {
        let mut facts = without_go_on_path();
        facts.here.path_unreached = vec![("/usr/local/go/bin".into(), fixture::profile())];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.needs, [Need::OnPath("/usr/local/go/bin".into())]);
        assert!(format!("{:?}", verdict.cause).contains("/root/.profile"));
        // A profile that its shell cannot read is not fixed by one more line in it.
        facts.here.unreadable = vec![("/root/.profile".into(), "line 12: syntax error".into())];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.needs, [Need::Decision]);
        assert_eq!(verdict.place.file.as_deref(), Some("/root/.profile"));
    }

    #[test]
    fn carriage_returns_are_the_cause_where_the_shell_stumbles_over_them() {
        let mut facts = without_go_on_path();
        let profile = || PathBuf::from("/root/.profile");
        facts.here.path_unreached = vec![("/usr/local/go/bin".into(), fixture::profile())];
        facts.here.unreadable = vec![(profile(), "line 12: syntax error".into())];
        facts.here.returns = vec![profile()];
        for (writable, needs) in [(true, 1), (false, 2)] {
            let seen = fixture::file("/root/.profile", "if true; then\r\nA=1\r\nfi\r\n", writable);
            facts.here.files = [(profile(), seen)].into();
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!(verdict.needs[0], Need::LineEnds(profile()));
            assert_eq!(verdict.needs.len(), needs, "{:?}", verdict.decision);
        }
        // A file that reads the one with the line does it as well; one that reads nothing does not.
        facts.here.unreadable.clear();
        let bash = PathBuf::from("/root/.bash_profile");
        facts.here.returns = vec![bash.clone()];
        for (text, need) in [
            (". ~/.profile\r\n", Need::LineEnds(bash.clone())),
            ("EDITOR=vi\r\n", Need::OnPath("/usr/local/go/bin".into())),
        ] {
            facts.here.files = [(bash.clone(), fixture::file("/root/.bash_profile", text, true))].into();
            assert_eq!(fixture::judged(&CHECK, &facts).needs, [need], "{text}");
        }
    }

    #[test]
    fn the_systems_profile_is_outweighed_and_not_edited() {
        let mut facts = without_go_on_path();
        let at = |file: &str| Origin::File { path: file.into(), line: 1 };
        let seen = |file: &str, dialect, writable| {
            (PathBuf::from(file), FileSeen { dialect, ..fixture::file(file, "PATH=/usr/bin\n", writable) })
        };
        facts.here.files = [
            seen("/etc/environment", Dialect::Pam, true),
            seen("/etc/profile", Dialect::Sh, true),
            seen("/etc/profile.d/go.sh", Dialect::Sh, true),
            seen("/etc/zprofile", Dialect::Sh, false),
        ]
        .into();
        for (added, by, edited) in [
            ("/etc/environment", "/etc/profile", false),
            ("/etc/profile.d/go.sh", "/etc/profile", true),
            ("/etc/profile.d/go.sh", "/etc/zprofile", false),
        ] {
            let dir = "/usr/local/go/bin".into();
            facts.here.path_lost = vec![LostEntry { dir, added: at(added), by: at(by) }];
            let needs = fixture::judged(&CHECK, &facts).needs;
            assert_eq!(matches!(needs[..], [Need::FileSetting { .. }]), edited, "{added} {by} {needs:?}");
            assert_eq!(needs == [Need::OnPath("/usr/local/go/bin".into())], !edited, "{added} {by}");
        }
    }

    #[test]
    fn a_directory_that_will_be_another_one_is_not_put_on_path() {
        let of = |facts: &Facts| {
            let found = judge::judge(facts, &fixture::want(), fixture::known(), &["go".into()]);
            let it = found.iter().find(|it| it.id == CHECK.id).cloned().expect("judged");
            (it.verdict.status, it.blocked_by.join(" "))
        };
        let mut facts = fixture::healthy();
        facts.cli.programs.clear();
        facts.here.path.retain(|it| !it.dir.starts_with("/root"));
        assert_eq!(of(&facts).0, Status::Fail);
        let lost = facts.clone();
        fixture::set(&mut facts, "GOPATH", "/root/hello", fixture::profile());
        facts.modules.gopath_mod = Some("/root/hello/go.mod".into());
        assert_eq!(of(&facts), (Status::Waiting, "go.variables".into()), "GOPATH goes away");
        let mut facts = lost;
        fixture::set(&mut facts, "GOBIN", "bin", fixture::go_env());
        facts.go.bin = Some("bin".into());
        assert_eq!(of(&facts), (Status::Waiting, "go.bin".into()), "GOBIN goes away");
        // Where Go itself is not reached that is a fault of its own.
        facts.go.first = None;
        facts.go.trees = vec![fixture::tree("/usr/local/go", "1.26.11", false)];
        facts.here.path.retain(|it| !it.dir.starts_with("/usr/local/go"));
        assert_eq!(of(&facts).0, Status::Fail);
    }

    #[test]
    fn a_fyne_that_is_reached_elsewhere_is_fine() {
        let mut facts = fixture::healthy();
        facts.here.path.retain(|it| !it.dir.starts_with("/root"));
        facts.cli.programs[0].path = "/usr/local/bin/fyne".into();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        // Also by the shim of a version manager, which is no Go program; another program of that name leads nowhere.
        facts.cli.programs[0].build = crate::fact::Fact::Absent;
        for (wraps, status) in [(true, Status::Ok), (false, Status::Fail)] {
            facts.cli.programs[0].wraps = wraps;
            assert_eq!(fixture::judged(&CHECK, &facts).status, status);
        }
    }
}
