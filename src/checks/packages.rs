//! Whether the package manager could do something for us: not cut off in the middle, not holding what we want.

use super::{Check, Group, Verdict, blame};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::packages;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.packages", group: Group::System, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let manager = match &facts.native.manager {
        Fact::Here(manager) => manager,
        Fact::Absent => return Verdict::skipped(text!("system-packages-none")),
        Fact::Unknown(why) => return Verdict::unknown(text!("system-packages-unknown", why = why)),
    };
    let name = &manager.name;
    let driver = packages::by_name(name);
    if let Some(busy) = &facts.host.packages_busy {
        return Verdict::info(text!("system-packages-busy", manager = name, process = busy));
    }
    if manager.interrupted {
        let command = driver.and_then(|it| it.typed_configure()).unwrap_or(name);
        let program = command.split(' ').next().unwrap_or_default();
        let verdict = Verdict::warn(text!("system-packages-interrupted", program = program))
            .cause(text!("system-packages-interrupted-cause", program = program, command = command))
            .need(Need::PackagesConfigured);
        return driver.and_then(|it| it.record()).into_iter().fold(verdict, Verdict::evidence);
    }
    let held = held(facts, want, known, &manager.held);
    if !held.is_empty() {
        let names = held.join(" ");
        return Verdict::warn(text!("system-packages-held", names = &names))
            .cause(text!("system-packages-held-cause", names = &names))
            .decide(text!("system-packages-held-decide"), driver.and_then(|it| it.typed_release(&held)));
    }
    if !manager.lists {
        return Verdict::info(text!("system-packages-lists", manager = name));
    }
    Verdict::ok(text!("system-packages-ok", manager = name))
}

/// A hold only matters where something is missing that the same transaction would have to bring.
fn held(facts: &Facts, want: &Want, known: &Knowledge, held: &[String]) -> Vec<String> {
    let wanted = blame::wanted(facts, want, known);
    let lacking = |it: &&String| facts.native.capabilities.get(*it).is_some_and(|it| it.found.is_absent());
    let missing: Vec<String> =
        wanted.iter().filter(lacking).map(|it| blame::package(facts, want, known, it)).collect();
    held.iter().filter(|it| missing.contains(it)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::native::Manager;

    fn with(change: impl Fn(&mut Manager)) -> Facts {
        let mut facts = fixture::healthy();
        let mut manager = facts.native.manager.here().cloned().expect("apt");
        change(&mut manager);
        facts.native.manager = Fact::Here(manager);
        facts
    }

    #[test]
    fn what_waits_to_be_finished_is_finished_first() {
        let verdict = fixture::judged(&CHECK, &with(|it| it.interrupted = true));
        assert_eq!((verdict.status, verdict.needs), (Status::Warn, vec![Need::PackagesConfigured]));
    }

    #[test]
    fn lists_and_other_users_of_the_lock_are_no_faults() {
        assert_eq!(fixture::judged(&CHECK, &with(|it| it.lists = false)).status, Status::Info);
        let mut facts = with(|it| it.interrupted = true);
        facts.host.packages_busy = Some("apt-get (pid 812)".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
        facts.native.manager = Fact::Absent;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Skipped);
    }

    #[test]
    fn a_hold_matters_only_for_what_is_missing() {
        let mut facts = with(|it| it.held = vec!["libxrandr-dev".into()]);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        facts.native.capabilities.get_mut("xrandr").expect("probed").found = Fact::Absent;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Warn);
    }
}
