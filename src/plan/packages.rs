//! What the system's packages bring.

use super::{Action, PlanBuilder};
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

impl PlanBuilder<'_> {
    /// What is missing, after the manager finished (`finished`) what it was cut off in.
    pub(super) fn packages(&mut self, finished: &[u32]) -> Packages {
        let works = matches!(self.facts.native.compiler.works, Fact::Here(Ok(())));
        let nothing = Packages { compiler: works, ..Packages::default() };
        let Some(manager) = self.supplier() else { return nothing };
        let missing: Vec<String> = self.asked.iter().filter_map(|(_, it)| capability(it)).collect();
        let sets = self.absent(&missing);
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
        let refresh = Action::RefreshPackageLists { manager: name.clone() };
        let mut all = vec![self.add(refresh, finished, &cause)];
        for names in sets {
            let after = all.last().copied().into_iter().collect::<Vec<_>>();
            all.push(self.add(Action::InstallPackages { manager: name.clone(), names }, &after, &cause));
        }
        let compiler = works || cause.needs.contains(&Need::Capability("c-compiler".into()));
        Packages { first: all[..2].to_vec(), all, compiler }
    }

    /// The package manager, where we drive it and may use it.
    pub(super) fn manager(&self) -> Option<&'static dyn PackageManager> {
        let host = &self.facts.host;
        let may = host.rights == Rights::Root || (!self.want.no_sudo && host.rights != Rights::None);
        self.known.packages.manager_for(host).filter(|_| may)
    }

    /// The package manager, where it may also download.
    pub(super) fn supplier(&self) -> Option<&'static dyn PackageManager> {
        self.manager().filter(|_| !self.want.offline)
    }

    /// The packages that bring these, in transactions, without those that are there.
    fn absent(&self, capabilities: &[String]) -> Vec<Vec<String>> {
        let installed = self.facts.native.manager.here().map(|it| &it.installed);
        let there = |name: &String| installed.is_some_and(|it| it.contains_key(name));
        let sets = self.known.packages.transactions(capabilities, &self.facts.host, &self.want.target.fyne);
        let absent = sets.into_iter().map(|set| set.into_iter().filter(|it| !there(it)).collect::<Vec<_>>());
        absent.filter(|it| !it.is_empty()).collect()
    }
}

fn capability(need: &Need) -> Option<String> {
    match need {
        Need::Capability(it) => Some(it.clone()),
        _ => None,
    }
}
