//! Whether cgo is on. Fyne talks to OpenGL through C.

use super::{Check, Group, Verdict, blame, setting};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "cgo.enabled", group: Group::Cgo, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    match facts.here.get("CGO_ENABLED") {
        Some(set) if set.value == "0" => {
            let verdict = Verdict::fail(text!("cgo-enabled-off"))
                .cause(text!("cgo-enabled-cause", place = setting::place(&set.origin)));
            blame::at_fault(verdict, facts, "CGO_ENABLED", set, Some("1"))
        }
        Some(set) if set.value == "1" => Verdict::ok(text!("cgo-enabled-on")),
        _ => Verdict::ok(text!("cgo-enabled-default")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::settings::Origin;
    use crate::need::Need;

    #[test]
    fn off_is_a_fault_wherever_it_is_set() {
        for (origin, need) in [
            (fixture::go_env(), Need::GoSetting { key: "CGO_ENABLED".into(), value: None }),
            (Origin::Terminal, Need::Decision),
        ] {
            let mut facts = fixture::healthy();
            fixture::set(&mut facts, "CGO_ENABLED", "0", origin);
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!((verdict.status, verdict.needs), (Status::Fail, vec![need]));
        }
    }

    #[test]
    fn on_and_unset_are_fine() {
        let mut facts = fixture::healthy();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        fixture::set(&mut facts, "CGO_ENABLED", "1", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
    }
}
