//! Whether every library that Fyne's dependencies link with is found by the linker.

use super::{Check, Group, Verdict, headers};
use crate::facts::Facts;
use crate::facts::native::Part;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "cgo.libraries",
    group: Group::Cgo,
    after: &["system.tmp", "cgo.compiler", "cgo.flags"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want) -> Verdict {
    headers::judge_part(facts, want, Part::Library)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::Fact;
    use crate::need::Need;

    fn without(name: &str) -> Facts {
        let mut facts = fixture::healthy();
        let probed = facts.native.capabilities.get_mut(name).expect("probed");
        (probed.found, probed.part) = (Fact::Absent, Some(Part::Library));
        facts
    }

    #[test]
    fn a_library_is_named_as_the_linker_names_it() {
        let verdict = fixture::judged(&CHECK, &without("xxf86vm"));
        assert_eq!(verdict.status, Status::Fail);
        assert!(verdict.summary.to_string().contains("-lXxf86vm"));
        assert!(verdict.cause.is_some_and(|it| it.to_string().contains("libxxf86vm-dev")));
        assert_eq!(verdict.needs, [Need::Capability("xxf86vm".into())]);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_named() {
        let mut facts = without("gl");
        let link = "/usr/lib/x86_64-linux-gnu/libGL.so";
        facts.native.capabilities.get_mut("gl").expect("probed").damaged = Some(link.into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.file.as_deref(), Some(link));
        assert_eq!(verdict.needs, [Need::Damaged("gl".into())]);
    }
}
