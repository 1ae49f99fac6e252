//! Whose work an action is, and what rights that takes; what of a plan goes beyond this system.

use std::collections::BTreeSet;

use super::{Action, Plan, Step};
use crate::packages;
use crate::want::Allowed;

impl Action {
    /// Whether its command needs root.
    pub fn needs_root(&self) -> bool {
        let by = |it: &str| packages::by_name(it).is_none_or(|it| it.needs_root());
        let apples = matches!(self, Self::InstallCommandLineTools | Self::SelectDeveloperDir { .. });
        let mounts = matches!(self, Self::ShowWslgSockets { .. });
        apples || mounts || self.manager().is_some_and(by)
    }

    /// The package manager whose work it is.
    pub fn manager(&self) -> Option<&str> {
        match self {
            Self::RefreshPackageLists { manager }
            | Self::InstallPackages { manager, .. }
            | Self::ReinstallPackages { manager, .. }
            | Self::ConfigurePackages { manager }
            | Self::EnableRepository { manager, .. } => Some(manager),
            _ => None,
        }
    }
}

impl Plan {
    /// What of it goes beyond this system.
    pub fn beyond(&self) -> BTreeSet<Allowed> {
        let allowed = |it: &Step| match it.action {
            Action::AllowThroughFirewall { .. } => Some(Allowed::WindowsFirewall),
            _ => None,
        };
        self.steps.iter().filter_map(allowed).collect()
    }
}
