//! Whether PATH leads to Go and to the programs that `go install` makes.

use std::path::Path;

use super::{Check, Group, Verdict, blame, go_present};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.path", group: Group::Go, after: &["go.present"], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    if facts.go.first.is_none()
        && let Some(tree) = go_present::usable(facts, want)
    {
        return absent(facts, &tree.root.join("bin"), "go-path-no-go");
    }
    let Some(bin) = &facts.go.bin else { return Verdict::unknown(text!("go-path-unknown")) };
    let reached =
        facts.here.on_path(bin) || facts.cli.programs.iter().any(|it| it.on_path && it.build.is_here());
    if reached {
        return Verdict::ok(text!("go-path-ok"));
    }
    absent(facts, bin, "go-path-no-bin")
}

/// A directory that PATH lacks: because a line threw it away, or because nobody put it there.
fn absent(facts: &Facts, dir: &Path, key: &'static str) -> Verdict {
    let verdict = Verdict::fail(text!(key, dir = dir))
        .evidence(format!("PATH={}", facts.here.value("PATH").unwrap_or_default()));
    let unreached = facts.here.path_unreached.iter().filter(|it| it.0 == dir);
    let mut unreached = unreached.filter_map(|it| it.1.place());
    let unreached = unreached.next_back().map(|(file, line)| (file.to_path_buf(), line));
    if let Some((file, said)) =
        unreached.as_ref().and_then(|(file, _)| facts.here.unreadable.iter().find(|it| it.0 == *file))
    {
        return verdict
            .cause(text!("go-path-unreadable-cause", file = file, said = said, dir = dir))
            .evidence(said)
            .file(file, None)
            .decide(text!("go-path-unreadable-decide", file = file), None);
    }
    let lost = facts.here.path_lost.iter().find(|it| it.dir == dir);
    let Some((lost, (file, line))) = lost.and_then(|it| Some((it, it.by.place()?))) else {
        let shell = facts.host.shell.here().map_or_else(|| "sh".to_owned(), |it| it.display().to_string());
        let cause = match &unreached {
            Some((file, line)) => {
                text!("go-path-unreached", file = file, line = *line, dir = dir, shell = shell)
            }
            None => text!("go-path-cause", dir = dir),
        };
        let mut verdict = verdict.cause(cause).need(Need::OnPath(dir.to_path_buf()));
        verdict.place.variable = Some("PATH".to_owned());
        return verdict;
    };
    let added =
        lost.added.place().map(|(file, line)| format!("{}:{line}", file.display())).unwrap_or_default();
    let verdict = verdict
        .cause(text!("go-path-overwritten", file = file, line = line, dir = dir, added = added))
        .variable("PATH", &lost.by);
    blame::line(verdict, facts, file, line, "PATH")
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::settings::LostEntry;

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
        let verdict = fixture::judged(&CHECK, &without_go_on_path());
        assert_eq!(verdict.needs, [Need::OnPath("/usr/local/go/bin".into())]);
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
    fn a_fyne_that_is_reached_elsewhere_is_fine() {
        let mut facts = fixture::healthy();
        facts.here.path.retain(|it| !it.dir.starts_with("/root"));
        facts.cli.programs[0].path = "/usr/local/bin/fyne".into();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
    }
}
