//! What a Windows says of itself besides its build, by its registry and its environment: the kind of its installation, a
//! container, what guards folders and scripts, what is kept elsewhere. Read and told, never changed.

use std::path::{Path, PathBuf};

use crate::facts::host::WindowsHost;
use crate::path_style::PathStyle;
use crate::registry::{RegistryKey, RegistryValue};
use crate::system::{Identity, Look};

/// Of all Windows, in this key (`InstallationType`: `Client`, `Server`, `Server Core`, `Nano Server`).
const VERSION: &str = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion";

/// Controlled folder access, as a policy says it and as Windows Security does: 1 blocks, 2 only watches.
const FOLDER_ACCESS: [&str; 2] = [
    r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\Controlled Folder Access",
    r"SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\Controlled Folder Access",
];

/// Where a policy of PowerShell's stands: of a group, then what somebody typed.
const SCRIPT_POLICIES: [&str; 2] = [
    r"Software\Policies\Microsoft\Windows\PowerShell",
    r"Software\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell",
];

/// The folders of a user that controlled folder access guards by itself.
const GUARDED: [&str; 5] = ["Personal", "Desktop", "My Pictures", "My Video", "My Music"];

pub(super) fn probe(look: &dyn Look, identity: &Identity) -> WindowsHost {
    let text = |key: &RegistryKey, name: &str| value(look, key, name).and_then(|it| it.text());
    let number = |path: &str, name: &str| value(look, &RegistryKey::local_machine(path), name)?.number();
    let folders =
        RegistryKey::current_user(r"Software\Microsoft\Windows\CurrentVersion\Explorer\Shell Folders");
    let access =
        FOLDER_ACCESS.iter().find_map(|key| Some((key, number(key, "EnableControlledFolderAccess")?)));
    WindowsHost {
        installation: text(&RegistryKey::local_machine(VERSION), "InstallationType").unwrap_or_default(),
        folder_access: access.filter(|it| it.1 == 1).map(|(key, number)| {
            format!(r"{}\EnableControlledFolderAccess = {number}", RegistryKey::local_machine(key))
        }),
        guarded: GUARDED
            .iter()
            .filter_map(|it| text(&folders, it))
            .map(|it| PathStyle::Windows.path(&it))
            .collect(),
        scripts: scripts(look),
        marked: marked(look, &identity.executable),
        network_drive: home_drive(look),
    }
}

/// The drive on which a domain keeps its users' own: another one than that of the profile.
fn home_drive(look: &dyn Look) -> Option<PathBuf> {
    let env = |name: &str| look.env().get(name).filter(|it| !it.is_empty());
    let (drive, profile) = (env("HOMEDRIVE")?, PathStyle::Windows.path(env("USERPROFILE")?));
    let drive = PathStyle::Windows.path(drive);
    (!PathStyle::Windows.is_below(profile, &drive)).then_some(drive)
}

/// A Windows container says so of itself; its users have names of their own.
pub(super) fn container(look: &dyn Look) -> bool {
    let key = RegistryKey::local_machine(r"SYSTEM\CurrentControlSet\Control");
    let user = look.env().get("USERNAME").map_or("", String::as_str);
    value(look, &key, "ContainerType").is_some()
        || ["ContainerAdministrator", "ContainerUser"].contains(&user)
}

/// A policy with which PowerShell reads no profile that nobody signed. Windows' own default is one too, and is no news.
fn scripts(look: &dyn Look) -> Option<String> {
    for path in SCRIPT_POLICIES {
        for key in [RegistryKey::local_machine(path), RegistryKey::current_user(path)] {
            let Some(policy) = value(look, &key, "ExecutionPolicy").and_then(|it| it.text()) else {
                continue;
            };
            let closed = ["Restricted", "AllSigned"].iter().any(|it| policy.eq_ignore_ascii_case(it));
            return closed.then(|| format!(r"{key}\ExecutionPolicy = {policy}"));
        }
    }
    None
}

/// The mark of the web: a stream beside the file's own, in which 3 is the internet.
fn marked(look: &dyn Look, ours: &Path) -> bool {
    let mut stream = ours.as_os_str().to_owned();
    stream.push(":Zone.Identifier");
    let text = look.read(&PathBuf::from(stream)).into_here().unwrap_or_default();
    String::from_utf8_lossy(&text).lines().any(|it| matches!(it.trim(), "ZoneId=3" | "ZoneId=4"))
}

fn value(look: &dyn Look, key: &RegistryKey, name: &str) -> Option<RegistryValue> {
    look.registry(key).into_here()?.named(name).map(|it| it.1.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn seen(machine: &Machine) -> WindowsHost {
        probe(machine, &machine.identity)
    }

    #[test]
    fn what_guards_a_windows_is_read_where_it_stands() {
        let bare = seen(&Machine::windows());
        assert_eq!(bare, WindowsHost::default());
        let sz = RegistryValue::sz;
        let folder = format!(r"HKLM\{}", FOLDER_ACCESS[1]);
        let shell = format!(r"HKCU\{}", SCRIPT_POLICIES[1]);
        let machine = Machine::windows()
            .in_registry(&format!(r"HKLM\{VERSION}"), "InstallationType", sz("Server Core"))
            .in_registry(&folder, "EnableControlledFolderAccess", RegistryValue::dword(1))
            .in_registry(&shell, "ExecutionPolicy", sz("AllSigned"))
            .var("HOMEDRIVE", "H:");
        let guarded = seen(&machine);
        assert_eq!(guarded.installation, "Server Core");
        assert_eq!(guarded.folder_access, Some(format!(r"{folder}\EnableControlledFolderAccess = 1")));
        assert_eq!(guarded.scripts, Some(format!(r"{shell}\ExecutionPolicy = AllSigned")));
        assert_eq!(guarded.network_drive, Some("H:".into()));
        assert_eq!(seen(&Machine::windows().var("HOMEDRIVE", "C:")).network_drive, None);
        let watched = machine.in_registry(&folder, "EnableControlledFolderAccess", RegistryValue::dword(2));
        assert_eq!(seen(&watched).folder_access, None, "it watches and blocks nothing");
        let typed = format!(r"HKLM\{}", SCRIPT_POLICIES[0]);
        let open = watched.in_registry(&typed, "ExecutionPolicy", sz("RemoteSigned"));
        assert_eq!(seen(&open).scripts, None, "the policy of a group wins");
    }

    #[test]
    fn a_container_and_a_downloaded_program_say_so_of_themselves() {
        assert!(!container(&Machine::windows()));
        assert!(container(&Machine::windows().var("USERNAME", "ContainerAdministrator")));
        let control = r"HKLM\SYSTEM\CurrentControlSet\Control";
        assert!(container(&Machine::windows().in_registry(
            control,
            "ContainerType",
            RegistryValue::dword(1)
        )));
        let mut machine = Machine::windows();
        machine.identity.executable = "C:/x/fyne-setup.exe".into();
        assert!(!seen(&machine).marked);
        let machine = machine.file("C:/x/fyne-setup.exe:Zone.Identifier", "[ZoneTransfer]\r\nZoneId=3\r\n");
        assert!(seen(&machine).marked);
    }
}
