//! Whether the version of the Go in use builds this Fyne, and has no known hole.

use super::{Check, Group, Verdict, go_present};
use crate::facts::{Fact, Facts};
use crate::need::Need;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "go.version",
    group: Group::Go,
    after: &["go.present", "go.several"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want) -> Verdict {
    let Some(tree) = facts.go.in_use().or_else(|| go_present::usable(facts, want)) else {
        return Verdict::unknown(text!("go-version-none")).need(Need::Go(want.target.go));
    };
    let version = match &tree.version {
        Fact::Here(version) => *version,
        Fact::Unknown(why) => return Verdict::unknown(text!("go-version-unknown", why = why)),
        Fact::Absent => return Verdict::unknown(text!("go-version-no-file", path = &tree.root)),
    };
    let target = &want.target;
    let path = tree.command.clone().unwrap_or_else(|| tree.go());
    if want.go.is_some_and(|it| it != version) {
        return Verdict::warn(text!("go-version-other", version = version, wanted = target.go))
            .cause(text!("go-version-other-cause", path = path, version = version))
            .need(Need::Go(target.go));
    }
    if want.go == Some(version) {
        return Verdict::ok(text!("go-version-ok", version = version));
    }
    if version < target.go_min {
        return Verdict::fail(text!("go-version-old", version = version, min = target.go_min))
            .cause(text!("go-version-old-cause", path = &path, version = version, fyne = &target.fyne))
            .evidence(format!("{}: {}", path.display(), tree.version_text))
            .need(Need::Go(target.go));
    }
    if !target.allows(version) {
        let (major, minor) = target.go_max;
        return Verdict::warn(text!("go-version-new", version = version, line = format!("{major}.{minor}")))
            .cause(text!("go-version-new-cause", path = path, version = version))
            .need(Need::Go(target.go));
    }
    match target.floor_of(version) {
        Some(floor) if version < floor => {
            Verdict::warn(text!("go-version-floor", version = version, floor = floor))
                .cause(text!("go-version-floor-cause", path = path, version = version, floor = floor))
                .need(Need::Go(target.go))
        }
        Some(_) => Verdict::ok(text!("go-version-ok", version = version)),
        None => Verdict::info(text!("go-version-unsupported", version = version)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn versions_are_judged_by_what_builds_and_what_is_safe() {
        for (version, status, needs) in [
            ("1.19.8", Status::Fail, true),
            ("1.21.13", Status::Fail, true),
            ("1.22.0", Status::Info, false),
            ("1.25.3", Status::Info, false),
            ("1.26.10", Status::Warn, true),
            ("1.26.11", Status::Ok, false),
            ("1.27.3", Status::Warn, true),
            ("1.27.4", Status::Ok, false),
            ("1.27.9", Status::Ok, false),
            ("1.28.0", Status::Warn, true),
        ] {
            let mut facts = fixture::healthy();
            facts.go.trees = vec![fixture::tree("/usr/local/go", version, true)];
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!((verdict.status, !verdict.needs.is_empty()), (status, needs), "{version}");
        }
    }

    #[test]
    fn the_version_that_was_asked_for_is_wanted_and_no_other() {
        let mut want = fixture::want();
        want.target.go = fixture::version("1.26.11");
        want.go = Some(want.target.go);
        let verdict = judge(&fixture::healthy(), &want);
        assert_eq!((verdict.status, verdict.needs), (Status::Warn, vec![Need::Go(want.target.go)]));
    }
}
