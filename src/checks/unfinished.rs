//! Whether a run of ours was cut short. What is in use is whole all the same, so this is only worth knowing.

use super::{Check, Group, Verdict};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::quoting::quoted;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.unfinished", group: Group::System, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    if let Some(why) = &facts.ours.unread {
        return Verdict::unknown(text!("system-unfinished-unread", why = why));
    }
    let Some(last) = facts.ours.unfinished.last() else {
        return Verdict::ok(text!("system-unfinished-ok"));
    };
    let command = last.split(' ').next().unwrap_or_default();
    Verdict::info(text!("system-unfinished-cut", runs = facts.ours.unfinished.join(", "))).decide(
        text!("system-unfinished-decide"),
        Some(facts.ours.places.typed(&format!("fyne-setup {}", quoted(command)))),
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Why;

    #[test]
    fn a_run_that_was_cut_short_is_named_and_makes_no_machine_unhealthy() {
        let mut facts = fixture::healthy();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        facts.ours.unread = Some(Why::System("it is a directory".into()));
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Unknown, "nobody knows what is in it");
        facts.ours.unread = None;
        facts.ours.unfinished = vec!["install 1795513558-77".into()];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Info);
        assert!(verdict.summary.to_string().contains("1795513558-77"));
        assert_eq!(verdict.decision.and_then(|it| it.command), Some("fyne-setup install".into()));
    }
}
