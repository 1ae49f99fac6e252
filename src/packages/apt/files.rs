//! The files that apt reads itself, and what their settings are about.

use crate::facts::supply::SettingKind;
use crate::packages::own::{OwnFiles, Watched};
use crate::shell::Dialect;

pub const FILES: OwnFiles = OwnFiles {
    settings: &[
        // A name with a dot in it counts only where it ends so.
        (Watched::dir("/etc/apt/apt.conf.d", &["", "conf"]), Dialect::AptConf),
        (Watched::file("/etc/apt/apt.conf"), Dialect::AptConf),
    ],
    about,
    sources: &[
        Watched::file("/etc/apt/sources.list"),
        Watched::dir("/etc/apt/sources.list.d", &["list", "sources"]),
    ],
    releases: &["/usr/bin/apt-get", "indextargets", "--format", "$(RELEASE) $(CODENAME) $(SUITE) $(VERSION)"],
    owners: Some("/var/lib/dpkg/statoverride"),
};

/// Commands that are run before or after its work; where one of them fails, all of it does.
const HOOKS: &[&str] = &[
    "dpkg::pre-invoke",
    "dpkg::post-invoke",
    "dpkg::pre-install-pkgs",
    "apt::update::pre-invoke",
    "apt::update::post-invoke",
    "apt::update::post-invoke-success",
    "acquire::http::proxy-auto-detect",
    "acquire::http::proxyautodetect",
    "acquire::https::proxy-auto-detect",
];

fn about(key: &str) -> Option<SettingKind> {
    let key = key.trim_end_matches("::").to_lowercase();
    let of = |scheme: &str| {
        let rest = key.strip_prefix("acquire::").and_then(|it| it.strip_prefix(scheme));
        rest.and_then(|it| it.strip_prefix("::proxy")).is_some_and(|it| it.is_empty() || it.starts_with("::"))
    };
    match key.as_str() {
        "apt::default-release" => Some(SettingKind::Release),
        hook if HOOKS.contains(&hook) => Some(SettingKind::Hook),
        _ => (of("http") || of("https")).then_some(SettingKind::Proxy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_what_it_is_about_however_it_is_written() {
        for (key, kind) in [
            ("Acquire::http::Proxy", Some(SettingKind::Proxy)),
            ("acquire::HTTPS::proxy", Some(SettingKind::Proxy)),
            ("Acquire::http::Proxy::deb.example", Some(SettingKind::Proxy)),
            ("Acquire::http::Proxy-Auto-Detect", Some(SettingKind::Hook)),
            ("DPkg::Pre-Install-Pkgs::", Some(SettingKind::Hook)),
            ("APT::Update::Post-Invoke-Success::", Some(SettingKind::Hook)),
            ("APT::Default-Release", Some(SettingKind::Release)),
            ("DPkg::Options::", None),
            ("Acquire::ftp::Proxy", None),
            ("Acquire::http::Pipeline-Depth", None),
        ] {
            assert_eq!(about(key), kind, "{key}");
        }
    }
}
