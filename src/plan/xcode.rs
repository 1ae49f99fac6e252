//! Apple's developer tools: the Command Line Tools that are missing, and which of several are in effect.

use super::{Action, PlanBuilder};
use crate::action::ActionKind;
use crate::need::Need;

impl PlanBuilder<'_> {
    /// The steps after which there is a compiler. Both take the rights of an administrator.
    pub(super) fn developer_tools(&mut self) -> Vec<u32> {
        if !self.may() {
            return Vec::new();
        }
        let mut steps = Vec::new();
        let cause =
            self.claim_needs(ActionKind::SelectDeveloperDir, |it| matches!(it, Need::DeveloperDir(_)));
        for (need, cause) in cause.each() {
            let Need::DeveloperDir(dir) = need else { continue };
            steps.push(self.add(Action::SelectDeveloperDir { dir }, &[], &cause));
        }
        if self.want.offline {
            return steps;
        }
        let cause = self.claim_needs(ActionKind::InstallCommandLineTools, |it| *it == Need::CommandLineTools);
        if !cause.needs.is_empty() {
            steps.push(self.add(Action::InstallCommandLineTools, &[], &cause));
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{Plan, Scope};
    use crate::checks::{Finding, Group, Verdict, fixture};
    use crate::facts::host::Rights;
    use crate::plan::make;
    use crate::want::Want;

    fn planned(need: Need, rights: Rights, want: &Want) -> Plan {
        let mut facts = fixture::bare();
        facts.host.identity.os = "macos".into();
        facts.host.rights = rights;
        facts.native.manager = crate::fact::Fact::Absent;
        let verdict = Verdict::fail(text!("apply-interrupted")).need(need);
        let found = Finding {
            id: "system.xcode".into(),
            group: Group::System,
            verdict,
            blocked_by: vec![],
            needed: true,
        };
        make(&[found], &facts, want, fixture::known(), Scope::Install)
    }

    #[test]
    fn a_bare_mac_gets_its_tools_first_and_builds_with_cgo_after_them() {
        let plan = planned(Need::CommandLineTools, Rights::SudoAsks, &fixture::want());
        let tools =
            plan.steps.iter().find(|it| it.action == Action::InstallCommandLineTools).expect("planned");
        assert!(tools.needs_root && tools.because == ["system.xcode"] && tools.after.is_empty());
        let program = plan.steps.iter().find(|it| it.action.kind() == ActionKind::BuildProgram).expect("one");
        assert!(program.after.contains(&tools.id), "{program:?}");
        assert_eq!(plan.unmet, []);
    }

    #[test]
    fn without_an_administrator_or_a_network_they_stay_unmet() {
        let none = planned(Need::CommandLineTools, Rights::None, &fixture::want());
        let offline = Want { offline: true, ..fixture::want() };
        let offline = planned(Need::CommandLineTools, Rights::SudoAsks, &offline);
        let no_sudo = Want { no_sudo: true, ..fixture::want() };
        let no_sudo = planned(Need::DeveloperDir(None), Rights::SudoAsks, &no_sudo);
        for plan in [none, offline, no_sudo] {
            assert!(plan.steps.iter().all(|it| !it.needs_root), "{plan:?}");
            assert_eq!(plan.unmet.len(), 1, "{plan:?}");
        }
    }

    #[test]
    fn choosing_another_directory_needs_no_network() {
        let offline = Want { offline: true, ..fixture::want() };
        let plan = planned(Need::DeveloperDir(None), Rights::Root, &offline);
        assert_eq!(plan.steps[0].action, Action::SelectDeveloperDir { dir: None });
        assert_eq!(plan.unmet, []);
    }
}
