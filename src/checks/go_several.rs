//! Whether the `go` that typing `go` runs is the right one of several.

use super::{Check, Group, Verdict, go_present};
use crate::facts::{Facts, GoTree, goplace};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::shown;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.several", group: Group::Go, after: &["go.present"], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let on_path: Vec<&GoTree> = facts.go.trees.iter().filter(|it| it.command.is_some()).collect();
    let Some(first) = facts.go.in_use() else {
        return Verdict::skipped(text!("go-several-none"));
    };
    let Some(good) = shadowed(facts, want) else {
        return if on_path.len() > 1 {
            let others = on_path.len() - 1;
            let unasked = &facts.go.unasked;
            let text = match unasked.len() {
                0 => text!("go-several-right", path = command(first), others = others),
                count => {
                    text!("go-several-right-unasked", path = command(first), others = others, unasked = count)
                }
            };
            let lines = unasked.iter().map(|it| format!("{}: not run", shown(&it.0)));
            let places = on_path.iter().filter_map(|it| place(facts, it));
            lines.chain(places).fold(Verdict::ok(text), Verdict::evidence)
        } else {
            Verdict::ok(text!("go-several-one"))
        };
    };
    let (bad, better) = (command(first), command(good));
    let version = first.version_text.as_str();
    let dir = bad.parent().map(std::path::Path::to_path_buf).unwrap_or_default();
    let entry = facts.here.path.iter().find(|it| it.dir == dir);
    let mut verdict = Verdict::fail(text!("go-several-shadowed", path = &bad, version = version))
        .cause(text!("go-several-shadowed-cause", first = &bad, version = version, second = &better))
        .evidence(format!("{}: {version}", shown(bad)))
        .evidence(format!("{}: {}", shown(&better), good.version_text))
        .need(Need::OnPath(better.parent().map(std::path::Path::to_path_buf).unwrap_or_default()));
    verdict = on_path.iter().filter_map(|it| place(facts, it)).fold(verdict, Verdict::evidence);
    if let Some(entry) = entry {
        verdict = verdict.variable("PATH", &entry.origin);
    }
    verdict
}

/// A good Go that a bad one hides: the bad is first on PATH.
pub(super) fn shadowed<'a>(facts: &'a Facts, want: &Want) -> Option<&'a GoTree> {
    let first = facts.go.in_use().filter(|it| !go_present::serves(it, want))?;
    // What is damaged is fixed rather than passed by.
    let old = first.version.here().is_none_or(|it| *it < want.target.go_min);
    go_present::usable(facts, want).filter(|it| old && it.root != first.root)
}

/// What brought it, where several ways to install Go leave theirs beside each other: on Windows and on a Mac.
fn place(facts: &Facts, tree: &GoTree) -> Option<String> {
    let origin = match facts.host.identity.os.as_str() {
        "windows" => goplace::origin(&tree.root)?,
        _ => tree.brought.as_deref()?,
    };
    Some(format!("{}: {} ({origin})", facts.host.style().shown(&command(tree)), tree.version_text))
}

fn command(tree: &GoTree) -> std::path::PathBuf {
    tree.command.clone().unwrap_or_else(|| tree.go())
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    fn with(trees: Vec<GoTree>) -> Facts {
        let mut facts = fixture::healthy();
        facts.go.trees = trees;
        facts
    }

    #[test]
    fn an_old_go_in_front_of_a_good_one_is_named_with_the_line_that_put_it_there() {
        let mut old = fixture::tree("/usr/lib/go-1.19", "1.19.8", true);
        old.command = Some("/usr/bin/go".into());
        let mut facts = with(vec![old, fixture::tree("/usr/local/go", "1.26.11", true)]);
        facts
            .here
            .path
            .iter_mut()
            .filter(|it| it.dir.ends_with("usr/bin"))
            .for_each(|it| it.origin = fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.needs, [Need::OnPath("/usr/local/go/bin".into())]);
        assert_eq!(verdict.place.line, Some(9));
    }

    #[test]
    fn an_old_go_behind_a_good_one_is_nobodys_business() {
        let trees = vec![
            fixture::tree("/usr/local/go", "1.26.11", true),
            fixture::tree("/usr/lib/go-1.19", "1.19.8", true),
        ];
        assert_eq!(fixture::judged(&CHECK, &with(trees)).status, Status::Ok);
    }

    #[test]
    fn what_was_not_run_is_said() {
        let mut wrapper = fixture::tree("/srv/late", "1.26.11", true);
        wrapper.command = Some("/srv/late/go".into());
        wrapper.version = crate::fact::Fact::Unknown(text!("why-behind").into());
        let mut facts = with(vec![fixture::tree("/usr/local/go", "1.26.11", true), wrapper]);
        facts.go.unasked = vec![("/srv/late/go".into(), text!("why-behind").into())];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.summary.key), (Status::Ok, "go-several-right-unasked".into()));
        assert_eq!(verdict.evidence, ["/srv/late/go: not run"]);
    }

    #[test]
    fn an_old_go_alone_is_the_business_of_another_check() {
        let trees = vec![fixture::tree("/usr/lib/go-1.19", "1.19.8", true)];
        assert_eq!(fixture::judged(&CHECK, &with(trees)).status, Status::Ok);
    }
}
