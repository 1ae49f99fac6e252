//! What Windows Subsystem for Linux takes before a window can be seen.

use super::{Action, PlanBuilder};
use crate::action::ActionKind;
use crate::need::Need;

impl PlanBuilder<'_> {
    /// The steps after which a window is seen on the desktop of Windows.
    pub(super) fn windows_desktop(&mut self) {
        // Its rights are those of Windows, which asks for them itself.
        let filtered = |it: &Need| matches!(it, Need::WindowsFirewall { .. });
        for (need, cause) in self.claim_needs(ActionKind::AllowThroughFirewall, filtered).each() {
            let Need::WindowsFirewall { powershell, port, from } = need else { continue };
            let step = self.add(Action::AllowThroughFirewall { powershell, port, from }, &[], &cause);
            self.shown.push(step);
        }
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

    fn sockets() -> Need {
        Need::WslgSockets { dir: "/mnt/wslg".into(), each_start: true }
    }

    fn planned(need: Need, rights: Rights, scope: Scope) -> Plan {
        let mut facts = fixture::healthy();
        facts.host.rights = rights;
        let verdict = Verdict::fail(text!("apply-interrupted")).need(need);
        let (id, group, blocked_by) = ("display.reachable".into(), Group::Display, vec![]);
        let found = Finding { id, group, verdict, blocked_by, needed: true };
        make(&[found], &facts, &fixture::want(), fixture::known(), scope)
    }

    #[test]
    fn sockets_are_shown_before_the_window_is_opened_and_only_with_roots_rights() {
        let plan = planned(sockets(), Rights::SudoAsks, Scope::Install);
        let kind = |kind| plan.steps.iter().find(|it| it.action.kind() == kind).expect("planned");
        let (show, prove) = (kind(ActionKind::ShowWslgSockets), kind(ActionKind::Prove));
        assert!(show.needs_root && show.after.is_empty() && prove.after.contains(&show.id), "{plan:?}");
        assert_eq!(planned(sockets(), Rights::Root, Scope::Repair).steps.len(), 1);
        let none = planned(sockets(), Rights::None, Scope::Repair);
        assert_eq!((none.steps.len(), none.unmet.len()), (0, 1));
    }

    #[test]
    fn the_firewall_of_windows_needs_no_rights_here_and_comes_before_the_window() {
        let (powershell, from) = ("/mnt/c/powershell.exe".into(), "172.30.96.0/20".to_owned());
        let need = Need::WindowsFirewall { powershell, port: 6000, from };
        let plan = planned(need, Rights::None, Scope::Install);
        let kind = |kind| plan.steps.iter().find(|it| it.action.kind() == kind).expect("planned");
        let (allow, prove) = (kind(ActionKind::AllowThroughFirewall), kind(ActionKind::Prove));
        assert!(!allow.needs_root && allow.after.is_empty() && prove.after.contains(&allow.id), "{plan:?}");
        assert_eq!(plan.unmet, []);
    }
}
