//! The same for Windows: old or not, which it is, and what of it bites people who build programs. None of that is a fault, so
//! it is told and never fixed: guards stay as whoever looks after the computer has set them.

use std::path::Path;

use super::super::Verdict;
use super::{PROCESSORS, kernel};
use crate::facts::Facts;
use crate::facts::host::WindowsHost;
use crate::path_style::{PathStyle, shown};
use crate::text::Text;

/// The first build of Windows 10 1809, which winget needs, and that of Windows 11.
const BUILDS: (u32, u32) = (17_763, 22_000);

/// Windows' release is `10.0.BUILD`, on Windows 11 and on servers too.
pub(super) fn judge(facts: &Facts) -> Verdict {
    let identity = &facts.host.identity;
    if !PROCESSORS.contains(&identity.arch.as_str()) {
        return super::processor(&identity.arch, "system-os-foreign-decide");
    }
    let build = identity.kernel.split('.').nth(2).and_then(|it| it.parse::<u32>().ok());
    if build.is_some_and(|it| it < BUILDS.0) || kernel(&identity.kernel).is_some_and(|it| it.0 < 10) {
        return Verdict::fail(text!("system-os-windows-old", release = &identity.kernel))
            .cause(text!("system-os-windows-old-cause"))
            .decide(text!("system-os-windows-old-decide"), None);
    }
    let host = facts.host.windows.clone().unwrap_or_default();
    let (name, processor) = (name(facts, &host, build), &identity.arch);
    // A note is one line: what bites stands in it.
    let verdict = match told(facts, &host).into_iter().next() {
        Some(what) => {
            Verdict::info(text!("system-os-noted", name = name, processor = processor, what = &what))
                .cause(what)
        }
        None => Verdict::ok(text!("system-os-ok", name = name, processor = processor)),
    };
    evidence(&host).into_iter().fold(verdict, Verdict::evidence)
}

fn name(facts: &Facts, host: &WindowsHost, build: Option<u32>) -> String {
    if let Some(distro) = facts.host.distro.here() {
        return distro.name.clone();
    }
    let Some(build) = build else { return "Windows".to_owned() };
    let server = host.installation.starts_with("Server") || host.installation.starts_with("Nano");
    // Servers share the builds of Windows 10 and 11, but for this one.
    let year = match build {
        20_348 => Some("2022"),
        _ if !server => None,
        26_100.. => Some("2025"),
        20_349.. => None,
        17_763.. => Some("2019"),
        _ => None,
    };
    let core = if host.installation == "Server Core" { ", Server Core" } else { "" };
    match year {
        Some(year) => format!("Windows Server {year}{core}"),
        None if server => format!("Windows Server ({build}){core}"),
        None if build >= BUILDS.1 => format!("Windows 11 ({build})"),
        None => format!("Windows 10 ({build})"),
    }
}

/// What bites, the first the most.
fn told(facts: &Facts, host: &WindowsHost) -> Vec<Text> {
    let mut all = Vec::new();
    if facts.host.container {
        all.push(text!("system-os-windows-container"));
    } else if host.installation == "Server Core" || host.installation.starts_with("Nano") {
        all.push(text!("system-os-windows-core", name = &host.installation));
    }
    let project = facts.project.here().map(|it| it.dir.as_path());
    let used = [
        facts.host.home.here().map(|it| it.as_path()),
        project,
        facts.modules.dir.as_deref(),
        facts.modules.build_cache.as_deref(),
    ];
    let used: Vec<&Path> = used.into_iter().flatten().collect();
    if let Some(dir) = used.iter().find(|it| is_on_network(host, it)) {
        all.push(text!("system-os-windows-network", dir = *dir));
    }
    if let (Some(_), Some(dir)) = (&host.folder_access, project.filter(|it| is_below(&host.guarded, it))) {
        all.push(text!("system-os-windows-guarded", dir = dir));
    }
    if let Some(dir) = project.filter(|it| is_in_onedrive(facts, it)) {
        all.push(text!("system-os-windows-onedrive", dir = dir));
    }
    all
}

fn is_below(dirs: &[std::path::PathBuf], path: &Path) -> bool {
    dirs.iter().any(|it| PathStyle::Windows.is_below(path, it))
}

/// OneDrive's folders are called so: `OneDrive`, and `OneDrive - ` with the name of a company.
fn is_in_onedrive(facts: &Facts, path: &Path) -> bool {
    let below = facts.host.home.here().and_then(|home| path.strip_prefix(home).ok());
    let first = below.and_then(|it| it.components().next());
    first.is_some_and(|it| it.as_os_str().to_string_lossy().starts_with("OneDrive"))
}

fn is_on_network(host: &WindowsHost, path: &Path) -> bool {
    let text = shown(path).replace('\\', "/");
    let share = text.strip_prefix("//").is_some_and(|it| !it.starts_with(['?', '.']));
    share || host.network_drive.as_ref().is_some_and(|it| PathStyle::Windows.is_below(path, it))
}

/// As Windows itself says it.
fn evidence(host: &WindowsHost) -> Vec<String> {
    let mark = host.marked.then(|| "Zone.Identifier of this program: ZoneId=3".to_owned());
    host.folder_access.iter().cloned().chain(host.scripts.clone()).chain(mark).collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::fact::Fact;

    fn windows(change: impl FnOnce(&mut Facts, &mut WindowsHost)) -> Verdict {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "windows".into();
        facts.host.identity.kernel = "10.0.26100".into();
        facts.host.distro = Fact::Absent;
        facts.host.home = Fact::Here("C:/Users/Ann".into());
        facts.modules.dir = Some("C:/Users/Ann/go/pkg/mod".into());
        facts.modules.build_cache = Some("C:/Users/Ann/AppData/Local/go-build".into());
        let mut host = WindowsHost { installation: "Client".into(), ..WindowsHost::default() };
        change(&mut facts, &mut host);
        facts.host.windows = Some(host);
        fixture::judged(&CHECK, &facts)
    }

    fn project(facts: &mut Facts, dir: &str) {
        facts.project = fixture::with_project("2.8.1").project;
        fixture::project(facts).dir = dir.into();
    }

    #[test]
    fn what_bites_is_told_and_is_no_fault() {
        let documents = || vec![PathBuf::from("C:/Users/Ann/Documents")];
        let access = || Some("EnableControlledFolderAccess = 1".to_owned());
        let rows: Vec<(Verdict, Option<&str>)> = vec![
            (windows(|_, _| {}), None),
            (windows(|facts, _| facts.host.container = true), Some("system-os-windows-container")),
            (windows(|_, host| host.installation = "Server Core".into()), Some("system-os-windows-core")),
            (windows(|_, host| host.installation = "Server".into()), None),
            (
                windows(|facts, _| facts.modules.dir = Some("//srv/ann/mod".into())),
                Some("system-os-windows-network"),
            ),
            (
                windows(|facts, host| {
                    host.network_drive = Some("H:".into());
                    facts.host.home = Fact::Here("H:/ann".into());
                }),
                Some("system-os-windows-network"),
            ),
            (
                windows(|facts, host| {
                    (host.folder_access, host.guarded) = (access(), documents());
                    project(facts, r"c:/users/ann/documents/hello");
                }),
                Some("system-os-windows-guarded"),
            ),
            (
                windows(|facts, host| {
                    (host.folder_access, host.guarded) = (access(), documents());
                    project(facts, "C:/src/hello");
                }),
                None,
            ),
            (
                windows(|facts, _| project(facts, "C:/Users/Ann/OneDrive - Contoso/hello")),
                Some("system-os-windows-onedrive"),
            ),
            (windows(|facts, _| project(facts, "C:/src/OneDrive/hello")), None),
            (windows(|_, host| host.marked = true), None),
        ];
        for (verdict, cause) in rows {
            let want = if cause.is_some() { Status::Info } else { Status::Ok };
            assert_eq!(
                (verdict.status, verdict.cause.as_ref().map(|it| &*it.key)),
                (want, cause),
                "{verdict:?}"
            );
            assert!(verdict.needs.is_empty() && verdict.decision.is_none());
        }
    }

    #[test]
    fn a_server_is_called_one() {
        for (kernel, installation, name) in [
            ("10.0.26100", "Server", "Windows Server 2025"),
            ("10.0.20348", "Server Core", "Windows Server 2022, Server Core"),
            ("10.0.17763", "Server", "Windows Server 2019"),
            ("10.0.26100", "Client", "Windows 11 (26100)"),
            ("10.0.19045", "", "Windows 10 (19045)"),
        ] {
            let verdict = windows(|facts, host| {
                facts.host.identity.kernel = kernel.into();
                host.installation = installation.into();
            });
            assert!(verdict.summary.to_string().contains(name), "{verdict:?}");
        }
    }
}
