//! Whether Go's build cache can be used.

use std::path::Path;

use super::{Check, Group, Verdict, blame, setting};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::go::Damage;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::{PathStyle, shown};
use crate::typed;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "modules.build-cache", group: Group::Modules, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let set = facts.here.get("GOCACHE").filter(|it| !it.value.is_empty());
    let Some(dir) = &facts.modules.build_cache else {
        return match set {
            Some(set) => {
                let verdict = Verdict::fail(text!("modules-build-cache-off"))
                    .cause(text!("modules-build-cache-off-cause", place = setting::place(&set.origin)));
                blame::at_fault(verdict, facts, "GOCACHE", set, None)
            }
            None => Verdict::unknown(text!("modules-build-cache-unknown")),
        };
    };
    if let Some(set) = set.filter(|_| !facts.here.style.is_absolute(dir)) {
        let verdict = Verdict::fail(text!("modules-build-cache-relative", path = dir)).cause(text!(
            "modules-build-cache-relative-cause",
            path = dir,
            place = setting::place(&set.origin)
        ));
        return blame::at_fault(verdict, facts, "GOCACHE", set, None);
    }
    let windows = facts.here.style == PathStyle::Windows;
    let damaged = facts.modules.damaged.first().map(|(path, it)| match it {
        // Whose it is has no number there.
        Damage::Gap { .. } | Damage::Foreign { .. } | Damage::Closed { .. } if windows => {
            (path, text!("modules-closed-windows", path = path))
        }
        Damage::Gap { uid } => (path, text!("modules-build-cache-gap-cause", path = path, owner = *uid)),
        Damage::Foreign { uid } => {
            (path, text!("modules-build-cache-foreign-cause", path = path, owner = *uid))
        }
        Damage::NoDirectory => (path, text!("modules-build-cache-no-directory-cause", path = path)),
        Damage::Closed { uid } => {
            (path, text!("modules-build-cache-closed-cause", path = path, owner = *uid))
        }
    });
    let Some((path, cause)) = damaged else {
        return deeply(facts, dir);
    };
    let verdict =
        Verdict::fail(text!("modules-build-cache-unusable", path = dir)).cause(cause).file(path, None);
    // Where the way there is barred, the way is at fault: GOCACHE where it says so, else what stands in it.
    let barred = !path.starts_with(dir);
    if let Some(set) = set.filter(|_| barred) {
        return blame::at_fault(verdict, facts, "GOCACHE", set, None);
    }
    if barred {
        let command = typed::moved_away(facts.here.style, path);
        return verdict.decide(text!("modules-build-cache-decide", path = path), Some(command));
    }
    match set {
        // Somebody else's, named by a setting: the setting goes, and what it names stays.
        Some(set) => blame::at_fault(verdict, facts, "GOCACHE", set, None),
        None => verdict.need(Need::Cache(dir.clone())),
    }
}

/// What the long look says of it.
fn deeply(facts: &Facts, dir: &Path) -> Verdict {
    match facts.deep.as_ref().map(|it| &it.builds) {
        Some(Fact::Here(wrong)) => match wrong.first() {
            None => Verdict::ok(text!("modules-build-cache-confirmed", path = dir)),
            Some(first) => {
                Verdict::fail(text!("modules-build-cache-garbled", path = dir, count = wrong.len()))
                    .cause(text!("modules-build-cache-garbled-cause", path = dir.join(first)))
                    .evidence(format!("{}: its content does not match its name", shown(dir.join(first))))
                    .file(dir.join(first), None)
                    .need(Need::WholeBuilds(dir.to_path_buf()))
            }
        },
        Some(Fact::Unknown(why)) => {
            Verdict::unknown(text!("modules-build-cache-unconfirmed", path = dir, why = why))
        }
        _ => Verdict::ok(text!("modules-build-cache-ok", path = dir)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn a_cache_of_somebody_else_with_a_gap_is_named_with_its_owner() {
        let mut facts = fixture::healthy();
        facts.modules.damaged = vec![("/root/.cache/go-build/ff".into(), Damage::Gap { uid: 0 })];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.needs, [Need::Cache("/root/.cache/go-build".into())]);
        fixture::set(&mut facts, "GOCACHE", "/root/.cache/go-build", fixture::go_env());
        let needs = fixture::judged(&CHECK, &facts).needs;
        assert!(matches!(&needs[..], [Need::GoSetting { .. }]), "a setting that names it goes: {needs:?}");
    }

    #[test]
    fn what_stands_above_it_is_a_persons_to_move() {
        let mut facts = fixture::healthy();
        facts.modules.damaged = vec![("/root/.cache".into(), Damage::NoDirectory)];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.needs), (Status::Fail, vec![Need::Decision]));
    }

    #[test]
    fn entries_that_are_garbled_go_and_the_others_stay() {
        let mut facts = fixture::healthy();
        let dir = facts.modules.build_cache.clone().expect("known");
        let deep = |builds| Some(crate::facts::Deep { builds, ..crate::facts::Deep::default() });
        facts.deep = deep(Fact::Here(vec!["ab/ab12-d".into()]));
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::WholeBuilds(dir)]);
        facts.deep = deep(Fact::Here(vec![]));
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
    }

    #[test]
    fn off_is_refused_by_go_and_absent_is_made_by_it() {
        let mut facts = fixture::healthy();
        facts.modules.build_cache_stat = crate::fact::Fact::Absent;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        fixture::set(&mut facts, "GOCACHE", "off", fixture::go_env());
        facts.modules.build_cache = None;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }
}
