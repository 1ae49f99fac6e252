//! Whether GOROOT, where it is set, is the tree of the Go in use.

use std::path::Path;

use super::{Check, Group, Verdict, blame, setting};
use crate::facts::Facts;
use crate::facts::settings::Origin;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.root", group: Group::Go, after: &["go.present"], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let Some(set) = facts.here.get("GOROOT").filter(|it| !it.value.is_empty()) else {
        return Verdict::ok(text!("go-root-unset"));
    };
    // A Go knows its own tree; its own file cannot say another.
    if matches!(set.origin, Origin::GoRoot { .. }) {
        return Verdict::ok(text!("go-root-unset"));
    }
    let value = set.value.as_str();
    let place = setting::place(&set.origin);
    let Some(real) = &facts.go.goroot else {
        let verdict = Verdict::fail(text!("go-root-gone", root = value)).cause(text!(
            "go-root-gone-cause",
            root = value,
            place = place
        ));
        return blame::at_fault(verdict, facts, "GOROOT", set, None);
    };
    let Some(tree) = facts.go.in_use() else {
        return Verdict::info(text!("go-root-set", root = value));
    };
    if *real == tree.root || tree.root == Path::new(value) {
        return Verdict::ok(text!("go-root-same", root = value));
    }
    let verdict = Verdict::fail(text!("go-root-other", root = value, tree = &tree.root)).cause(text!(
        "go-root-other-cause",
        root = value,
        place = place,
        tree = &tree.root
    ));
    blame::at_fault(verdict, facts, "GOROOT", set, None)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::need::Need;

    #[test]
    fn a_goroot_that_is_gone_is_named_with_its_line() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOROOT", "/opt/go1.20", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(9)));
        assert!(matches!(verdict.needs[..], [Need::FileSetting { .. }]));
    }

    #[test]
    fn a_goroot_of_another_go_is_a_fault_and_that_of_the_same_is_none() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOROOT", "/opt/go", fixture::go_env());
        facts.go.goroot = Some("/opt/go".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
        facts.go.goroot = Some("/usr/local/go".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok, "a link to it");
    }
}
