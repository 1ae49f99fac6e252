//! Whether the Go in use has everything that every Go has, and runs.

use std::path::Path;

use super::{Check, Group, Verdict, go_present};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::shown;
use crate::probe::programs::first_line;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "go.complete",
    group: Group::Go,
    after: &["go.present", "go.root", "go.flags", "go.variables", "go.bin", "go.signature"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let Some(tree) = facts.go.in_use().or_else(|| go_present::usable(facts, want)) else {
        return Verdict::unknown(text!("go-complete-none")).need(Need::Go(want.target.go));
    };
    let root = &tree.root;
    if let Some(first) = tree.missing.first() {
        let count = tree.missing.len();
        let mut verdict =
            Verdict::fail(text!("go-complete-missing", root = root, first = first, count = count))
                .cause(text!("go-complete-missing-cause", path = root.join(first)))
                .file(root.join(first), None)
                .need(Need::Go(want.target.go));
        for name in tree.missing.iter().take(10) {
            verdict = verdict.evidence(format!("{}: missing, empty or truncated", shown(root.join(name))));
        }
        return verdict;
    }
    let extra: Vec<&String> = facts.extra_of(tree).collect();
    if let Some(first) = extra.first().copied() {
        let version = &tree.version_text;
        let verdict =
            Verdict::fail(text!("go-complete-extra", root = root, first = first, count = extra.len()))
                .cause(text!("go-complete-extra-cause", path = root.join(first), version = version))
                .file(root.join(first), None)
                .need(Need::Go(want.target.go));
        let lines =
            extra.iter().take(10).map(|it| format!("{}: not a file of {version}", shown(root.join(it))));
        return lines.fold(verdict, Verdict::evidence);
    }
    if facts.go.first.is_none() || facts.go.answers {
        return facts.deep.as_ref().map_or_else(
            || Verdict::ok(text!("go-complete-ok", root = root)),
            |deep| deeply(&deep.go, root, want),
        );
    }
    match &facts.go.answer {
        Fact::Here(said) => {
            let said = first_line(said).unwrap_or_default();
            Verdict::fail(text!(
                "go-complete-silent",
                path = tree.command.clone().unwrap_or_else(|| tree.go())
            ))
            .cause(text!("go-complete-silent-cause", said = &said))
            .evidence(format!("go version: {said}"))
            .need(Need::Go(want.target.go))
        }
        Fact::Absent => Verdict::unknown(text!("go-complete-unknown", why = "go")),
        Fact::Unknown(why) => Verdict::unknown(text!("go-complete-unknown", why = why)),
    }
}

/// What the long look says of it.
fn deeply(wrong: &Fact<Vec<String>>, root: &Path, want: &Want) -> Verdict {
    let wrong = match wrong {
        Fact::Here(wrong) => wrong,
        Fact::Absent => return Verdict::ok(text!("go-complete-ok", root = root)),
        Fact::Unknown(why) => {
            return Verdict::unknown(text!("go-complete-unconfirmed", root = root, why = why));
        }
    };
    let Some(first) = wrong.first() else {
        return Verdict::ok(text!("go-complete-confirmed", root = root));
    };
    let verdict =
        Verdict::fail(text!("go-complete-differs", root = root, first = first, count = wrong.len()))
            .cause(text!("go-complete-differs-cause", path = root.join(first)))
            .file(root.join(first), None)
            .need(Need::Go(want.target.go));
    let lines =
        wrong.iter().take(10).map(|it| format!("{}: differs from the published file", shown(root.join(it))));
    lines.fold(verdict, Verdict::evidence)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Why;

    #[test]
    fn what_is_missing_is_named() {
        let mut facts = fixture::healthy();
        facts.go.trees[0].missing = vec!["pkg/tool/linux_amd64/compile".into()];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.place.file.as_deref(), Some("/usr/local/go/pkg/tool/linux_amd64/compile"));
    }

    #[test]
    fn a_go_that_does_not_run_is_told_in_its_own_words() {
        let mut facts = fixture::healthy();
        facts.go.answers = false;
        facts.go.answer = Fact::Here("\ncannot execute: required file not found\n".into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert!(verdict.evidence[0].contains("required file"));
        facts.go.answer = Fact::Unknown(Why::System("timed out".into()));
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Unknown);
    }

    #[test]
    fn a_long_look_confirms_it_or_names_what_differs() {
        let mut facts = fixture::healthy();
        for (go, status) in [
            (Fact::Here(vec![]), Status::Ok),
            (Fact::Absent, Status::Ok),
            (Fact::Here(vec!["pkg/tool/linux_amd64/compile".into()]), Status::Fail),
            (Fact::Unknown(Why::System("offline".into())), Status::Unknown),
        ] {
            facts.deep = Some(crate::facts::Deep { go, ..crate::facts::Deep::default() });
            assert_eq!(fixture::judged(&CHECK, &facts).status, status);
        }
    }

    #[test]
    fn a_file_of_another_go_is_named_whoever_saw_it() {
        let extra = vec!["src/sort/zfuncversion.go".to_owned()];
        let deep = crate::facts::Deep { extra: extra.clone(), go: Fact::Here(vec![]), ..Default::default() };
        for (quick, deep) in [(extra, None), (vec![], Some(deep))] {
            let mut facts = fixture::healthy();
            (facts.go.trees[0].extra, facts.deep) = (quick, deep);
            let verdict = fixture::judged(&CHECK, &facts);
            let file = "/usr/local/go/src/sort/zfuncversion.go";
            assert_eq!((verdict.status, verdict.place.file.as_deref()), (Status::Fail, Some(file)));
            assert_eq!(verdict.needs, [Need::Go(fixture::want().target.go)]);
        }
    }

    #[test]
    fn a_complete_go_that_is_not_on_path_is_complete() {
        let mut facts = fixture::bare();
        facts.go.trees = vec![fixture::tree("/opt/go", "1.27.4", false)];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
    }
}
