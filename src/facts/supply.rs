//! Where the package manager gets its packages from, as its own files say it: sources, proxies, hooks. Looked at only where
//! packages may be needed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::aptsources::Source;
use crate::fact::Fact;

/// What stands between the package manager and its packages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supply {
    /// Its sources, in the order in which it reads them.
    pub sources: Vec<Source>,
    /// Settings of its own that matter here, in the order in which it reads them: of the same key the last one counts.
    pub settings: Vec<OwnSetting>,
    /// What it says where it cannot even read its configuration or its sources.
    pub refusal: Option<String>,
    /// Names by which it knows the releases of its sources: `bookworm`, `stable`, `12.5`.
    pub releases: Vec<String>,
    /// By address (`127.0.0.1:3128`, `proxy.example`): whether a proxy that its settings name is there.
    pub proxies: BTreeMap<String, Fact<()>>,
    /// Programs that its hooks run and that do not exist.
    pub gone: Vec<String>,
    /// Keys that sources name and that do not exist.
    pub keys_gone: Vec<PathBuf>,
    /// Lines of its record of owners that name a user or group which does not exist.
    pub orphans: Vec<Orphan>,
    /// By name: whether a repository that its files describe is enabled. Of dnf alone.
    #[serde(default)]
    pub repositories: BTreeMap<String, bool>,
}

/// A setting of the package manager's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSetting {
    /// The file.
    pub file: PathBuf,
    /// Its line, from 1.
    pub line: u32,
    /// `Acquire::http::Proxy`; for an element of a list it ends with `::`.
    pub key: String,
    /// Its value.
    pub value: String,
    /// What it is about.
    pub kind: SettingKind,
}

/// What a setting of the package manager's is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingKind {
    /// A proxy.
    #[default]
    Proxy,
    /// A command that it runs before or after its work.
    Hook,
    /// The release that it prefers.
    Release,
}

/// A line that gives a file to somebody who does not exist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orphan {
    /// The record.
    pub file: PathBuf,
    /// Its line, from 1.
    pub line: u32,
    /// Whose it is meant to be.
    pub owner: String,
    /// What is meant to be theirs.
    pub path: String,
}

impl OwnSetting {
    /// The key in small letters, without what marks an element of a list.
    pub fn name(&self) -> String {
        self.key.trim_end_matches("::").to_lowercase()
    }

    /// The program that a hook cannot do without; `None` where that takes a shell to know.
    pub fn program(&self) -> Option<&str> {
        const OF_THE_SHELL: &[&str] = &[
            "if", "test", "[", "case", "for", "while", "exit", "true", "false", "echo", "set", "export", "cd",
        ];
        let first = self.value.split_whitespace().next()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "/._+-".contains(c);
        let shell = OF_THE_SHELL.contains(&first) || self.value.contains("||") || !first.chars().all(plain);
        (!shell && !first.contains("./")).then_some(first)
    }
}

impl Supply {
    /// The settings of a kind, in their order.
    pub fn of(&self, kind: SettingKind) -> impl DoubleEndedIterator<Item = &OwnSetting> {
        self.settings.iter().filter(move |it| it.kind == kind)
    }

    /// The proxy settings that count for nothing good: all of a key of which the last one names a proxy that is not there.
    pub fn dead_proxies(&self) -> Vec<(&OwnSetting, String)> {
        let dead = |it: &OwnSetting| {
            let address = address(&it.value)?;
            self.proxies.get(&address).is_some_and(Fact::is_absent).then_some(address)
        };
        let proxies: Vec<&OwnSetting> = self.of(SettingKind::Proxy).collect();
        let counts = |it: &OwnSetting| {
            let last = proxies.iter().rfind(|other| other.name() == it.name());
            last.is_some_and(|it| dead(it).is_some())
        };
        proxies.iter().filter(|it| counts(it)).filter_map(|it| Some((*it, dead(it)?))).collect()
    }
}

/// Where a proxy of this URL would be asked: `host:port` on this machine, else the name of its host. `None` where it names
/// none, and where an address in figures cannot be looked up.
pub fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let url = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
    let url = url::Url::parse(&url).ok()?;
    let port = url.port_or_known_default().unwrap_or(1080);
    match url.host()? {
        url::Host::Ipv4(it) => it.is_loopback().then(|| format!("{it}:{port}")),
        url::Host::Ipv6(it) => it.is_loopback().then(|| format!("[{it}]:{port}")),
        url::Host::Domain("localhost") => Some(format!("localhost:{port}")),
        url::Host::Domain(name) => name.contains('.').then(|| name.to_owned()),
    }
}

/// Whether an address is one of this machine, with its port.
pub fn is_local(address: &str) -> bool {
    address.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(key: &str, value: &str) -> OwnSetting {
        let (file, kind) = ("/etc/apt/apt.conf".into(), SettingKind::Proxy);
        OwnSetting { file, line: 1, key: key.into(), value: value.into(), kind }
    }

    #[test]
    fn a_proxy_is_asked_where_it_can_be() {
        for (url, want) in [
            ("http://127.0.0.1:9", Some("127.0.0.1:9")),
            ("127.0.0.1:3142", Some("127.0.0.1:3142")),
            ("http://u:p@localhost:3128/", Some("localhost:3128")),
            ("http://[::1]:3142", Some("[::1]:3142")),
            ("http://127.0.0.1", Some("127.0.0.1:80")),
            ("http://proxy.corp.example:3128", Some("proxy.corp.example")),
            ("http://10.0.0.1:3128", None),
            ("DIRECT", None),
            ("false", None),
            ("", None),
        ] {
            assert_eq!(address(url).as_deref(), want, "{url}");
        }
    }

    #[test]
    fn what_only_a_shell_can_know_of_a_hook_is_left_alone() {
        for (value, program) in [
            ("/usr/bin/gone --x", Some("/usr/bin/gone")),
            ("gone", Some("gone")),
            ("test -x /usr/bin/gone && /usr/bin/gone", None),
            ("/usr/bin/gone || true", None),
            ("$HOME/x", None),
            ("./x", None),
            ("if [ -x /x ]; then /x; fi", None),
            ("", None),
        ] {
            assert_eq!(setting("Hook", value).program(), program, "{value}");
        }
    }

    #[test]
    fn of_one_key_the_last_proxy_counts() {
        let dead = |pairs: &[(&str, &str)]| {
            let settings = pairs.iter().map(|(key, value)| setting(key, value)).collect();
            let proxies = [("127.0.0.1:9", Fact::Absent), ("127.0.0.1:3142", Fact::Here(()))];
            let proxies = proxies.map(|(key, it)| (key.to_owned(), it)).into();
            Supply { settings, proxies, ..Supply::default() }.dead_proxies().len()
        };
        let (bad, good) = ("http://127.0.0.1:9", "http://127.0.0.1:3142");
        assert_eq!(dead(&[("Acquire::http::Proxy", bad)]), 1);
        assert_eq!(dead(&[("Acquire::HTTP::proxy", bad), ("Acquire::http::Proxy", bad)]), 2, "both");
        assert_eq!(
            dead(&[("Acquire::http::Proxy", bad), ("Acquire::http::Proxy", good)]),
            0,
            "it is overruled"
        );
        assert_eq!(dead(&[("Acquire::http::Proxy", good), ("Acquire::https::Proxy", bad)]), 1);
        assert_eq!(dead(&[("Acquire::http::Proxy::deb.example", bad), ("proxy", bad)]), 2);
    }
}
