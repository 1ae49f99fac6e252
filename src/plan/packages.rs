//! What the system's packages bring.

use super::{Action, Justification, PlanBuilder};
use crate::action::ActionKind;
use crate::fact::Fact;
use crate::facts::host::Rights;
use crate::need::Need;
use crate::packages::PackageManager;

/// The package steps: the one after which compiling can start, and the one after which everything is there.
#[derive(Default)]
pub(super) struct Packages {
    pub first: Vec<u32>,
    pub all: Vec<u32>,
    /// A C compiler is there or will come.
    pub compiler: bool,
}

impl Packages {
    /// The same after these steps, which bring a compiler.
    pub(super) fn after_tools(mut self, steps: &[u32]) -> Self {
        self.first.extend(steps);
        self.all.extend(steps);
        self.compiler |= !steps.is_empty();
        self
    }
}

impl PlanBuilder<'_> {
    /// What is missing, after the manager finished (`finished`) what it was cut off in.
    pub(super) fn packages(&mut self, finished: &[u32]) -> Packages {
        let works = matches!(self.facts.native.compiler.works, Fact::Here(Ok(())));
        let nothing = Packages { compiler: works, ..Packages::default() };
        let Some(manager) = self.supplier().or_else(|| self.layering()) else { return nothing };
        let missing: Vec<String> = self.asked.iter().filter_map(|(_, it)| capability(it)).collect();
        let mut sets = self.absent(&missing);
        // Each of its transactions makes an image.
        if manager.after_restart() {
            sets = [sets.concat()].into_iter().filter(|it| !it.is_empty()).collect();
        }
        if sets.is_empty() {
            return nothing;
        }
        let fyne = &self.want.target.fyne;
        let known = |it: &str| !self.known.packages.supplies(it, &self.facts.host, fyne).is_empty();
        let cause =
            self.claim_needs(ActionKind::InstallPackages, |it| capability(it).is_some_and(|it| known(&it)));
        if cause.needs.is_empty() {
            return nothing;
        }
        let name = manager.name().to_owned();
        let enabled = self.enabled_repositories(&name, &sets.concat(), finished, &cause);
        let finished = if enabled.is_empty() { finished } else { &enabled };
        let mut all = self.fresh_lists(manager, finished, &cause);
        let first = all.len() + 1;
        for names in sets {
            let after = all.last().map_or_else(|| finished.to_vec(), |it| vec![*it]);
            all.push(self.add(Action::InstallPackages { manager: name.clone(), names }, &after, &cause));
        }
        let compiler = works || cause.needs.contains(&Need::Capability("c-compiler".into()));
        Packages { first: all[..first].to_vec(), all, compiler }
    }

    /// The repositories in which some of these packages stand and which are there and not enabled. One that could not be
    /// enabled is left: the packages may well stand in another.
    fn enabled_repositories(
        &mut self,
        manager: &str,
        names: &[String],
        finished: &[u32],
        cause: &Justification,
    ) -> Vec<u32> {
        let failed = |it: &Need| self.tried.excludes(ActionKind::EnableRepository, it);
        if cause.needs.iter().any(failed) {
            return Vec::new();
        }
        let known = self.facts.native.supply.here().map(|it| &it.repositories);
        let off = |id: &String| known.is_some_and(|it| it.get(id) == Some(&false));
        let all = self.known.packages.repositories(&self.facts.host, names);
        let add = |(repository, by)| {
            let action = Action::EnableRepository { manager: manager.to_owned(), repository, by };
            self.add(action, finished, cause)
        };
        let wanted: Vec<_> = all.into_iter().filter(|it| off(&it.0)).collect();
        wanted.into_iter().map(add).collect()
    }

    /// The step that brings the lists up to date, where installing does not do so itself.
    pub(super) fn fresh_lists(
        &mut self,
        manager: &dyn PackageManager,
        finished: &[u32],
        cause: &Justification,
    ) -> Vec<u32> {
        if manager.installs_fresh() {
            return Vec::new();
        }
        let refresh = Action::RefreshPackageLists { manager: manager.name().to_owned() };
        vec![self.add(refresh, finished, cause)]
    }

    /// Whether a command may get root's rights.
    pub(super) fn may(&self) -> bool {
        let rights = self.facts.host.rights;
        rights == Rights::Root || (!self.want.no_sudo && rights != Rights::None)
    }

    /// The package manager, where we drive it, may use it and have it.
    pub(super) fn manager(&self) -> Option<&'static dyn PackageManager> {
        let host = &self.facts.host;
        let manager = self.known.packages.manager_for(host).filter(|it| self.may() || !it.needs_root());
        manager.filter(|_| !self.facts.native.manager.is_absent())
    }

    /// The package manager, where it may also download.
    pub(super) fn supplier(&self) -> Option<&'static dyn PackageManager> {
        self.manager().filter(|_| !self.want.offline)
    }

    /// What adds packages to the next image, where somebody asked for that.
    fn layering(&self) -> Option<&'static dyn PackageManager> {
        let host = &self.facts.host;
        let wanted = self.want.layer && self.may() && !self.want.offline;
        self.known.packages.layering(host).filter(|_| wanted)
    }

    /// The packages that bring these, in transactions, without those that are there.
    fn absent(&self, capabilities: &[String]) -> Vec<Vec<String>> {
        let installed = self.facts.native.manager.here().map(|it| &it.installed);
        let there = |name: &String| installed.is_some_and(|it| it.contains_key(name));
        let sets = self.known.packages.transactions(capabilities, &self.facts.host, &self.want.target.fyne);
        let absent = sets.into_iter().map(|set| set.into_iter().filter(|it| !there(it)).collect::<Vec<_>>());
        let single = self.known.packages.manager_for(&self.facts.host).is_some_and(|it| it.one_at_a_time());
        if single {
            return absent.flatten().map(|it| vec![it]).collect();
        }
        absent.filter(|it| !it.is_empty()).collect()
    }
}

fn capability(need: &Need) -> Option<String> {
    match need {
        Need::Capability(it) => Some(it.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::tried::TriedRemedies;
    use crate::action::{Plan, Scope};
    use crate::checks::{self, Finding, Group, Verdict, fixture};
    use crate::facts::Facts;
    use crate::facts::host::Distro;
    use crate::facts::native::Manager;
    use crate::facts::supply::Supply;
    use crate::packages::repository::EnabledBy;
    use crate::plan::{make, make_without};

    fn rocky(crb: Option<bool>) -> Facts {
        let mut facts = fixture::bare();
        let (id, version, name) = ("rocky".into(), "9.6".into(), "Rocky Linux 9.6".into());
        facts.host.distro = Fact::Here(Distro { id, version, like: vec!["rhel".into()], name });
        let repositories = crb.map(|it| ("crb".to_owned(), it)).into_iter().collect();
        facts.native.supply = Fact::Here(Supply { repositories, ..Supply::default() });
        facts
    }

    fn plan(facts: &Facts, tried: &TriedRemedies) -> Plan {
        let want = fixture::want();
        let findings = checks::judge(facts, &want, fixture::known(), &[]);
        make_without(tried, &findings, facts, &want, fixture::known(), Scope::Install)
    }

    #[test]
    fn a_repository_that_is_there_and_not_enabled_is_enabled_before_the_lists_are_refreshed() {
        let action = Action::EnableRepository {
            manager: "dnf".into(),
            repository: "crb".into(),
            by: EnabledBy::ConfigManager,
        };
        let planned = plan(&rocky(Some(false)), &TriedRemedies::default());
        let step = planned.steps.iter().find(|it| it.action == action).expect("planned");
        let refresh = planned.steps.iter().find(|it| it.action.kind() == ActionKind::RefreshPackageLists);
        assert!(step.needs_root && !step.because.is_empty());
        assert_eq!(refresh.map(|it| it.after.clone()), Some(vec![step.id]));
        let mut tried = TriedRemedies::default();
        tried.exclude(&action, &step.meets[0]);
        let rest = plan(&rocky(Some(false)), &tried);
        let of = |plan: &Plan, kind| plan.steps.iter().filter(|it| it.action.kind() == kind).count();
        assert_eq!(
            (of(&rest, ActionKind::EnableRepository), of(&rest, ActionKind::InstallPackages)),
            (0, 2),
            "what cannot be enabled is not tried again, and the packages are"
        );
        for crb in [Some(true), None] {
            assert_eq!(
                of(&plan(&rocky(crb), &TriedRemedies::default()), ActionKind::EnableRepository),
                0,
                "{crb:?}"
            );
        }
    }

    fn planned(distro: &str, needs: &[Need], there: Fact<Manager>) -> (Vec<ActionKind>, usize) {
        let mut facts = fixture::bare();
        facts.host.distro = Fact::Here(Distro { id: distro.into(), ..Distro::default() });
        facts.native.manager = there;
        let verdict = needs.iter().cloned().fold(Verdict::fail(text!("apply-interrupted")), Verdict::need);
        let found =
            Finding { id: "x.y".into(), group: Group::Cgo, verdict, blocked_by: vec![], needed: true };
        let plan = make(&[found], &facts, &fixture::want(), fixture::known(), Scope::Repair);
        (plan.steps.iter().map(|it| it.action.kind()).collect(), plan.unmet.len())
    }

    #[test]
    fn a_manager_that_refreshes_its_lists_as_it_installs_is_not_told_to_before() {
        use ActionKind::{InstallPackages, RefreshPackageLists, ReinstallPackages};
        let needs = ["c-compiler", "xvfb"].map(|it| Need::Capability(it.into()));
        let again = [Need::Damaged("gl".into())];
        let there = |name: &str| Fact::Here(Manager { name: name.into(), ..Manager::default() });
        let (refreshed, at_once) =
            ([RefreshPackageLists, InstallPackages, InstallPackages], [InstallPackages, InstallPackages]);
        assert_eq!(planned("fedora", &needs, there("dnf")).0, refreshed);
        assert_eq!(planned("arch", &needs, there("pacman")).0, at_once);
        assert_eq!(planned("fedora", &again, there("dnf")).0, [RefreshPackageLists, ReinstallPackages]);
        assert_eq!(planned("arch", &again, there("pacman")).0, [ReinstallPackages]);
        assert_eq!(
            planned("fedora", &needs, Fact::Absent),
            (vec![], 2),
            "nothing is begun without its program"
        );
    }
}
