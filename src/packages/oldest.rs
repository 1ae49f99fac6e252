//! Which packages are there in a version that is too old to bring what they are for. The oldest that serves is data, in
//! `manifests/packages.toml`; whether what a package brings works is judged by trying it.

use std::collections::BTreeMap;

use super::Table;
use crate::facts::Host;

impl Table {
    /// Packages that are there in a version that is too old to serve: each with its version, and the oldest that does.
    pub fn too_old<'a>(
        &'a self,
        host: &Host,
        installed: &'a BTreeMap<String, String>,
    ) -> Vec<(&'a str, &'a str, &'a str)> {
        let least = self.family(host).into_iter().flat_map(|it| &it.least);
        let there = least.filter_map(|(name, least)| Some((name, installed.get(name)?, least)));
        let old = there.filter(|(_, have, least)| !have.is_empty() && numbers(have) < numbers(least));
        old.map(|(name, have, least)| (name.as_str(), have.as_str(), least.as_str())).collect()
    }
}

/// A version as numbers, the weightiest first: `14.2.0-12.0.0-r2`.
fn numbers(version: &str) -> Vec<u64> {
    version.split(|c: char| !c.is_ascii_digit()).filter_map(|it| it.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;

    #[test]
    fn a_package_that_is_older_than_the_oldest_that_serves_is_named() {
        let mut host = Host::default();
        host.identity.os = "windows".into();
        host.distro = Fact::Absent;
        let id = "BrechtSanders.WinLibs.POSIX.UCRT";
        for (have, old) in [
            ("16.2.0-14.0.0-r1", false),
            ("14.2.0-12.0.0-r2", false),
            ("14.2.0-12.0.0-r1", true),
            ("9.5.0-10.0.0-r7", true),
            ("", false),
        ] {
            let installed =
                BTreeMap::from([(id.to_owned(), have.to_owned()), ("Git.Git".into(), "1".into())]);
            let table = Table::embedded();
            let told = table.too_old(&host, &installed);
            assert_eq!(told.first().map(|it| (it.0, it.1)), old.then_some((id, have)), "{have}");
        }
        let table = Table::embedded();
        let windows = table.family(&host).expect("winget's");
        let named: Vec<&String> = windows
            .names
            .values()
            .chain(windows.other.iter().flat_map(|it| it.names.values()))
            .flatten()
            .collect();
        assert!(windows.least.keys().all(|it| named.contains(&it)), "{:?}", windows.least);
    }
}
