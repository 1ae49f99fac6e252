//! What Windows Subsystem for Linux takes before a window can be seen.

use super::{Action, PlanBuilder};
use crate::action::ActionKind;
use crate::need::Need;

impl PlanBuilder<'_> {
    /// The steps after which a window is seen on the desktop of Windows.
    pub(super) fn windows_desktop(&mut self) {
        if !self.may() {
            return;
        }
        let hidden = |it: &Need| matches!(it, Need::WslgSockets { .. });
        for (need, cause) in self.claim_needs(ActionKind::ShowWslgSockets, hidden).each() {
            let Need::WslgSockets { dir, each_start } = need else { continue };
            let step = self.add(Action::ShowWslgSockets { dir, each_start }, &[], &cause);
            self.shown.push(step);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{Plan, Scope};
    use crate::checks::{Finding, Group, Verdict, fixture};
    use crate::facts::host::Rights;
    use crate::plan::make;

    fn planned(rights: Rights, scope: Scope) -> Plan {
        let mut facts = fixture::healthy();
        facts.host.rights = rights;
        let need = Need::WslgSockets { dir: "/mnt/wslg".into(), each_start: true };
        let verdict = Verdict::fail(text!("apply-interrupted")).need(need);
        let (id, group, blocked_by) = ("display.reachable".into(), Group::Display, vec![]);
        let found = Finding { id, group, verdict, blocked_by, needed: true };
        make(&[found], &facts, &fixture::want(), fixture::known(), scope)
    }

    #[test]
    fn sockets_are_shown_before_the_window_is_opened_and_only_with_roots_rights() {
        let plan = planned(Rights::SudoAsks, Scope::Install);
        let kind = |kind| plan.steps.iter().find(|it| it.action.kind() == kind).expect("planned");
        let (show, prove) = (kind(ActionKind::ShowWslgSockets), kind(ActionKind::Prove));
        assert!(show.needs_root && show.after.is_empty() && prove.after.contains(&show.id), "{plan:?}");
        assert_eq!(planned(Rights::Root, Scope::Repair).steps.len(), 1);
        let none = planned(Rights::None, Scope::Repair);
        assert_eq!((none.steps.len(), none.unmet.len()), (0, 1));
    }
}
