//! Repositories that a distribution has and does not enable, and that packages of ours stand in. Runs nothing.
//!
//! To add one: a `[[family.repository]]` in `manifests/packages.toml`.

use serde::{Deserialize, Serialize};

use super::table::Table;
use crate::facts::Host;

/// A repository that has to be enabled for some packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    /// Where it is called so: `rocky 9` is `rocky 9.6` too.
    pub releases: Vec<String>,
    /// Its name for the package manager; `{arch}` stands for the processor.
    pub id: String,
    /// What enables it.
    #[serde(default)]
    pub by: EnabledBy,
    /// The packages that stand in it.
    pub packages: Vec<String>,
}

/// What enables a repository, and disables it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnabledBy {
    /// `dnf config-manager`, a plugin that small images come without.
    #[default]
    ConfigManager,
    /// Red Hat's own, whose file nobody else edits.
    SubscriptionManager,
}

/// The package that brings `dnf config-manager`.
pub const PLUGIN: &str = "dnf-plugins-core";

/// What dnf says where it has no such plugin.
pub const NO_PLUGIN: &str = "No such command: config-manager";

impl EnabledBy {
    /// The command that enables a repository, or disables it.
    pub fn command(self, id: &str, enabled: bool) -> Vec<String> {
        let (program, action, flag) = match (self, enabled) {
            (Self::ConfigManager, true) => ("/usr/bin/dnf", "config-manager", "--set-enabled"),
            (Self::ConfigManager, false) => ("/usr/bin/dnf", "config-manager", "--set-disabled"),
            (Self::SubscriptionManager, true) => ("/usr/sbin/subscription-manager", "repos", "--enable"),
            (Self::SubscriptionManager, false) => ("/usr/sbin/subscription-manager", "repos", "--disable"),
        };
        [program, action, flag, id].map(str::to_owned).to_vec()
    }

    /// The same as a person types it.
    pub fn typed(self, id: &str) -> String {
        let command = self.command(id, true);
        let program = command[0].rsplit('/').next().unwrap_or_default();
        format!("{program} {}", command[1..].join(" "))
    }
}

impl Table {
    /// The repositories that have to be enabled there for these packages, with what enables them.
    pub fn repositories(&self, host: &Host, names: &[String]) -> Vec<(String, EnabledBy)> {
        let all = self.family(host).map_or(&[][..], |it| &it.repositories);
        let fits = |it: &&Repository| {
            is_release(&it.releases, host) && it.packages.iter().any(|name| names.contains(name))
        };
        all.iter().filter(fits).map(|it| (it.id.replace("{arch}", &host.identity.arch), it.by)).collect()
    }
}

/// Whether this is one of these releases.
pub(super) fn is_release(releases: &[String], host: &Host) -> bool {
    let Some(distro) = host.distro.here() else { return false };
    releases.iter().any(|release| {
        let (id, version) = release.split_once(' ').unwrap_or((release, ""));
        let rest = distro.version.strip_prefix(version);
        id == distro.id && rest.is_some_and(|it| version.is_empty() || it.is_empty() || it.starts_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::facts::host::Distro;

    #[test]
    fn a_rebuild_of_rhel_has_a_name_of_its_own_for_what_it_does_not_enable() {
        let names = ["libXxf86vm-devel".to_owned(), "gcc".to_owned()];
        for (id, version, like, want) in [
            ("rocky", "9.6", "rhel centos fedora", Some("dnf config-manager --set-enabled crb")),
            ("almalinux", "10.0", "rhel centos fedora", Some("dnf config-manager --set-enabled crb")),
            ("centos", "9", "rhel fedora", Some("dnf config-manager --set-enabled crb")),
            ("rocky", "8.10", "rhel centos fedora", Some("dnf config-manager --set-enabled powertools")),
            ("ol", "9.5", "fedora", Some("dnf config-manager --set-enabled ol9_codeready_builder")),
            (
                "rhel",
                "9.6",
                "fedora",
                Some("subscription-manager repos --enable codeready-builder-for-rhel-9-aarch64-rpms"),
            ),
            ("fedora", "43", "", None),
            ("nobara", "40", "rhel centos fedora", None),
            ("amzn", "2023", "fedora", None),
        ] {
            let like = like.split_whitespace().map(str::to_owned).collect();
            let distro = Distro { id: id.into(), version: version.into(), like, name: id.into() };
            let mut host = Host { distro: Fact::Here(distro), ..Host::default() };
            host.identity.arch = "aarch64".into();
            let table = Table::embedded();
            let all = table.repositories(&host, &names);
            let typed: Vec<String> = all.iter().map(|(id, by)| by.typed(id)).collect();
            assert_eq!(typed.first().map(String::as_str), want, "{id} {version}");
            assert!(typed.len() < 2 && table.repositories(&host, &names[1..]).is_empty(), "{id} {version}");
        }
    }
}
