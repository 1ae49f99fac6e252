//! Whether there is a Go at all.

use std::path::Path;

use super::{Check, Group, Verdict};
use crate::fact::Fact;
use crate::facts::go::go_arch;
use crate::facts::goplace;
use crate::facts::settings::PathEntry;
use crate::facts::{Facts, GoTree};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.present", group: Group::Go, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    if let Some(tree) = facts.go.in_use() {
        let path = tree.command.clone().unwrap_or_else(|| tree.go());
        let unasked = facts.go.unasked.iter().find(|it| it.0 == path);
        if let Some(platform) = &tree.foreign {
            return foreign(facts, want, &path, platform);
        }
        return match &tree.version {
            Fact::Here(version) if goplace::is_for_all(&tree.root) => {
                Verdict::ok(text!("go-present-for-all", version = version, path = path))
            }
            Fact::Here(version) => Verdict::ok(text!("go-present-ok", version = version, path = path)),
            _ if facts.go.answers => Verdict::ok(text!("go-present-unnamed", path = path)),
            _ if let Some((_, why)) = unasked => Verdict::unknown(text!("go-present-unknown", why = why)),
            _ => Verdict::fail(text!("go-present-not-go", path = &path))
                .cause(text!("go-present-not-go-cause", path = path))
                .need(instead(facts, want)),
        };
    }
    if let Some(tree) = usable(facts, want) {
        return Verdict::ok(text!("go-present-elsewhere", path = tree.go()));
    }
    if let Fact::Unknown(why) = &facts.go.answer {
        return Verdict::unknown(text!("go-present-unknown", why = why));
    }
    let verdict = Verdict::fail(text!("go-present-absent")).need(Need::Go(want.target.go));
    match facts.go.trees.first() {
        Some(tree) if let Some(platform) = &tree.foreign => {
            verdict.cause(text!("go-present-foreign-elsewhere", path = &tree.root, platform = platform))
        }
        Some(tree) => verdict.cause(text!("go-present-unusable", path = &tree.root)),
        None => match gone(facts) {
            Some((dir, (file, line))) => verdict
                .cause(text!("go-present-gone-cause", file = file, line = line, dir = dir))
                .file(file, Some(line)),
            None => verdict.cause(text!("go-present-absent-cause")),
        },
    }
}

/// A directory of a Go that was removed, and the line that still puts it on PATH.
fn gone(facts: &Facts) -> Option<(&Path, (&Path, u32))> {
    // Where `go install` puts programs, now or without GOBIN: they come there later.
    let of_gopath = facts.go.gopath.as_ref().map(|it| it.join("bin"));
    let for_programs =
        |dir: &Path| facts.go.bin.iter().chain(&of_gopath).any(|it| facts.here.style.same(it, dir));
    let of_go = |it: &&PathEntry| !it.exists && it.dir.ends_with("go/bin") && !for_programs(&it.dir);
    facts.here.path.iter().filter(of_go).find_map(|it| Some((&*it.dir, it.origin.place()?)))
}

/// A Go for another processor: Rosetta translates it, or it does not run at all.
fn foreign(facts: &Facts, want: &Want, path: &Path, platform: &str) -> Verdict {
    let own = go_arch(facts.host.processor());
    let verdict =
        if facts.go.answers {
            Verdict::warn(text!("go-present-translated", path = path, platform = platform, own = own))
                .cause(text!("go-present-translated-cause", platform = platform))
        } else {
            Verdict::fail(text!("go-present-foreign", path = path, platform = platform, own = own))
                .cause(text!("go-present-foreign-cause", path = path, platform = platform))
        };
    verdict.need(instead(facts, want))
}

/// What is needed where the first Go on PATH is of no use: one that serves may only have to come before it.
fn instead(facts: &Facts, want: &Want) -> Need {
    match usable(facts, want) {
        Some(good) => Need::OnPath(good.bin()),
        None => Need::Go(want.target.go),
    }
}

/// Whether a tree serves this run: complete, for this processor, started by the system, and of a version that builds this Fyne.
pub(super) fn serves(tree: &GoTree, want: &Want) -> bool {
    let runs = tree.foreign.is_none() && !tree.is_held();
    tree.complete() && runs && tree.version.here().is_some_and(|it| want.target.allows(*it))
}

/// A Go that serves this run: the first on PATH that does, else the newest elsewhere.
pub(super) fn usable<'a>(facts: &'a Facts, want: &Want) -> Option<&'a GoTree> {
    let mut good = facts.go.trees.iter().filter(|it| serves(it, want));
    let on_path = good.clone().find(|it| it.command.is_some());
    on_path.or_else(|| {
        let first = good.next()?;
        Some(good.fold(first, |best, it| if it.version.here() > best.version.here() { it } else { best }))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Why;

    #[test]
    fn nothing_there_needs_a_go() {
        let verdict = fixture::judged(&CHECK, &fixture::bare());
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.needs, [Need::Go(fixture::version("1.27.4"))]);
    }

    #[test]
    fn a_line_that_still_names_a_go_that_is_gone_is_the_cause() {
        let mut facts = fixture::bare();
        let entry = |dir: &str| PathEntry { dir: dir.into(), exists: false, origin: fixture::profile() };
        facts.go.bin = Some("/root/go/bin".into());
        facts.here.path = vec![entry("/root/go/bin"), entry("/opt/none/bin")];
        let cause = |facts: &Facts| fixture::judged(&CHECK, facts).cause.map(|it| it.key);
        assert_eq!(
            cause(&facts).as_deref(),
            Some("go-present-absent-cause"),
            "programs of Go come there later"
        );
        facts.go.gopath = Some("/root/go".into());
        facts.go.bin = Some("/root/bin".into());
        assert_eq!(cause(&facts).as_deref(), Some("go-present-absent-cause"), "GOBIN says otherwise for now");
        facts.here.path.push(entry("/usr/local/go/bin"));
        assert_eq!(cause(&facts).as_deref(), Some("go-present-gone-cause"));
        facts.here.path[2].exists = true;
        assert_eq!(cause(&facts).as_deref(), Some("go-present-absent-cause"));
    }

    #[test]
    fn a_go_that_is_not_on_path_is_present() {
        let mut facts = fixture::bare();
        facts.go.trees = vec![
            fixture::tree("/opt/go1.19", "1.19.8", false),
            fixture::tree("/opt/go", "1.26.11", false),
            fixture::tree("/root/sdk/go1.27.4", "1.27.4", false),
        ];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        let best = usable(&facts, &fixture::want()).expect("a Go");
        assert_eq!(best.root.to_str(), Some("/root/sdk/go1.27.4"));
        facts.go.trees.truncate(1);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }

    #[test]
    fn a_go_that_was_not_asked_is_not_called_another_program() {
        let mut facts = fixture::healthy();
        let why = Why::System("others may write /tmp".into());
        facts.go.trees[0].version = Fact::Unknown(why.clone());
        let path = facts.go.trees[0].command.clone().unwrap_or_else(|| facts.go.trees[0].go());
        (facts.go.answers, facts.go.unasked) = (false, vec![(path, why)]);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Unknown);
    }

    #[test]
    fn a_directory_of_the_systems_own_is_never_put_in_front_for_the_go_that_a_package_brought() {
        let rows = [
            ("linux", "/usr/lib/go-1.27", "/usr/bin/go", "/usr/lib/go-1.27/bin", None),
            (
                "linux",
                "/home/linuxbrew/.linuxbrew/Cellar/go/1.27.4/libexec",
                "/home/linuxbrew/.linuxbrew/bin/go",
                "/home/linuxbrew/.linuxbrew/Cellar/go/1.27.4/libexec/bin",
                None,
            ),
            (
                "macos",
                "/usr/local/Cellar/go/1.27.4/libexec",
                "/usr/local/bin/go",
                "/usr/local/opt/go/libexec/bin",
                Some("Homebrew"),
            ),
            ("macos", "/opt/local/lib/go", "/opt/local/bin/go", "/opt/local/lib/go/bin", Some("MacPorts")),
        ];
        for (os, root, command, want, brought) in rows {
            let mut facts = fixture::healthy();
            facts.host.identity.os = os.into();
            facts.go.trees[0].version = Fact::Unknown(Why::System("no Go".into()));
            facts.go.answers = false;
            let mut good = fixture::tree(root, "1.27.4", false);
            (good.command, good.brought) = (Some(command.into()), brought.map(str::to_owned));
            facts.go.trees.push(good);
            assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::OnPath(want.into())], "{root}");
        }
    }

    #[test]
    fn another_program_called_go_is_no_go() {
        let mut facts = fixture::healthy();
        facts.go.trees[0].version = Fact::Unknown(Why::System("/usr/games/go is not a Go".into()));
        facts.go.answers = false;
        let needs = |facts: &Facts| fixture::judged(&CHECK, facts).needs;
        assert_eq!(needs(&facts), [Need::Go(fixture::version("1.27.4"))]);
        facts.go.trees.push(fixture::tree("/opt/go", "1.26.11", false));
        assert_eq!(needs(&facts), [Need::OnPath("/opt/go/bin".into())], "a good one waits behind it");
    }

    #[test]
    fn a_go_for_another_processor_gives_way_to_one_for_this_machine() {
        let mut facts = fixture::healthy();
        (facts.host.identity.os, facts.host.identity.arch) = ("macos".into(), "aarch64".into());
        facts.go.trees[0].foreign = Some("darwin/amd64".into());
        let seen = |facts: &Facts| {
            let verdict = fixture::judged(&CHECK, facts);
            (verdict.status, verdict.needs)
        };
        let ours = Need::Go(fixture::version("1.27.4"));
        assert_eq!(seen(&facts), (Status::Warn, vec![ours.clone()]), "Rosetta runs it");
        facts.go.answers = false;
        assert_eq!(seen(&facts), (Status::Fail, vec![ours]), "nothing does");
        facts.go.trees.push(fixture::tree("/opt/go", "1.26.11", false));
        assert_eq!(seen(&facts), (Status::Fail, vec![Need::OnPath("/opt/go/bin".into())]));
        let mut brew = fixture::tree("/opt/homebrew/Cellar/go/1.27.4/libexec", "1.27.4", false);
        brew.command = Some("/opt/homebrew/bin/go".into());
        brew.brought = Some("Homebrew".into());
        facts.go.trees.insert(1, brew);
        let opt = Need::OnPath("/opt/homebrew/opt/go/libexec/bin".into());
        assert_eq!(seen(&facts), (Status::Fail, vec![opt]));
        facts.go.first = None;
        facts.go.trees.truncate(1);
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.cause.expect("a cause").key, "go-present-foreign-elsewhere");
    }
}
