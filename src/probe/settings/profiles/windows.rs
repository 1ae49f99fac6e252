//! What sets variables on Windows: both hives of the registry, which a login reads; and what only one shell reads: cmd's
//! AutoRun, the profiles of PowerShell 5 and 7, those of Git Bash and MSYS2.

use std::path::PathBuf;

use super::files::apart;
use super::{Assigned, Origin, Walk};
use crate::facts::hives;
use crate::path_style::PathStyle;
use crate::shell::{Dialect, cmd};
use crate::system::{RegistryKey, RegistryValue};

const STYLE: PathStyle = PathStyle::Windows;

/// Reads them all; a block of ours stands in none of them.
pub(super) fn all(walk: &mut Walk) -> Vec<PathBuf> {
    for key in [RegistryKey::machine_environment(), RegistryKey::user_environment()] {
        if let Some(entries) = walk.look.registry(&key).into_here() {
            walk.found.all.extend(hives::assigned(&key, &entries));
        }
    }
    auto_run(walk);
    powershell(walk);
    let profiles = [".bash_profile", ".bash_login", ".profile", ".bashrc"].map(|it| walk.home.join(it));
    for root in shells(walk) {
        let system = ["etc/profile", "etc/bash.bashrc"].map(|it| root.join(it));
        let home = root.join("home").join(walk.env.get("USERNAME").map_or("", String::as_str));
        let own = [".bash_profile", ".profile", ".bashrc"].map(|it| home.join(it));
        apart(walk, &[&system[..], &own].concat(), Dialect::Sh);
    }
    apart(walk, &profiles, Dialect::Sh);
    Vec::new()
}

/// A text of the registry, with its variables replaced.
fn text(walk: &Walk, key: &RegistryKey, name: &str) -> Option<String> {
    let entries = walk.look.registry(key).into_here()?;
    expanded(walk, entries.named(name)?.1)
}

fn expanded(walk: &Walk, value: &RegistryValue) -> Option<String> {
    walk.known(&hives::percents(&value.text()?))
}

/// What cmd does before anything else.
fn auto_run(walk: &mut Walk) {
    let path = r"Software\Microsoft\Command Processor";
    for key in [RegistryKey::local_machine(path), RegistryKey::current_user(path)] {
        let Some(entries) = walk.look.registry(&key).into_here() else { continue };
        let found = entries.named("AutoRun").and_then(|(name, it)| Some((name, it.text()?)));
        let Some((name, line)) = found else { continue };
        for (variable, value) in cmd::assignments(&line) {
            walk.found.all.push(Assigned {
                name: STYLE.variable(&variable),
                value: hives::percents(&value),
                exported: true,
                origin: Origin::Registry { key: key.clone(), name: name.clone() },
            });
        }
    }
}

/// PowerShell 5 is part of Windows, 7 lies where its installer put it; a user's profiles are in the documents, wherever those
/// are (OneDrive moves them).
fn powershell(walk: &mut Walk) {
    let folders =
        RegistryKey::current_user(r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders");
    let documents =
        text(walk, &folders, "Personal").map(|it| STYLE.path(&it)).filter(|it| STYLE.is_absolute(it));
    let documents = documents.unwrap_or_else(|| walk.home.join("Documents"));
    let variable = |name: &str| walk.env.get(name).map(|it| STYLE.path(it));
    let system = variable("SYSTEMROOT").map(|it| it.join("System32/WindowsPowerShell/v1.0"));
    let seven = variable("PROGRAMFILES").map(|it| it.join("PowerShell/7"));
    let own = ["WindowsPowerShell", "PowerShell"].map(|it| documents.join(it));
    let dirs = system.into_iter().chain(seven).chain(own);
    let names = ["profile.ps1", "Microsoft.PowerShell_profile.ps1"];
    let files: Vec<PathBuf> = dirs.flat_map(|dir| names.map(|it| dir.join(it))).collect();
    apart(walk, &files, Dialect::PowerShell);
}

/// Where Git for Windows and MSYS2 are installed, as they have said to Windows.
fn shells(walk: &Walk) -> Vec<PathBuf> {
    let hives = |path: &str| [RegistryKey::current_user(path), RegistryKey::local_machine(path)];
    let git = hives(r"Software\GitForWindows").into_iter().find_map(|it| text(walk, &it, "InstallPath"));
    let uninstall = hives(r"Software\Microsoft\Windows\CurrentVersion\Uninstall");
    let below = uninstall.into_iter().flat_map(|key| {
        let names = walk.look.registry(&key).into_here().unwrap_or_default().keys;
        names.into_iter().map(move |it| RegistryKey { path: format!(r"{}\{it}", key.path), ..key.clone() })
    });
    let is_msys = |it: &RegistryKey| text(walk, it, "DisplayName").is_some_and(|it| it.starts_with("MSYS2"));
    let msys = below.into_iter().filter(is_msys).find_map(|it| text(walk, &it, "InstallLocation"));
    git.into_iter().chain(msys).map(|it| STYLE.path(&it)).filter(|it| STYLE.is_absolute(it)).collect()
}
