//! winget, of Windows. It was not run: the row follows its documentation and sources. What it prints is in the language of
//! Windows, so nothing of it is read but names of packages; its end is judged by the exit code, and then by looking again.
//!
//! The codes are those of `doc/windows/package-manager/winget/returnCodes.md` in microsoft/winget-cli (2026-08-22). Where an
//! installer ends with 3010 ("restart to finish"), winget itself says 0 (`InstallFlow.cpp`): what waits for a restart is then
//! told by whoever was installed.

use std::collections::BTreeMap;

use super::super::commands::command;
use super::super::{Handover, Installed, Outcome, PackageManager, Progress, Proxies, Simulation};

/// winget.
pub struct Winget;

/// A package that stays when everything else of ours goes, and what its own installer is told.
struct Own {
    id: &'static str,
    told: &'static str,
}

/// The Build Tools' own options: `docs/install/use-command-line-parameters-to-install-visual-studio.md` in
/// MicrosoftDocs/visualstudio-docs. `--norestart` is what keeps the promise that nothing of ours restarts a machine.
const OWN: &[Own] = &[Own {
    id: "Microsoft.VisualStudio.2022.BuildTools",
    told: "--quiet --wait --norestart --nocache --add Microsoft.VisualStudio.Component.VC.Tools.x86.x64 \
           --add Microsoft.VisualStudio.Component.Windows11SDK.22621",
}];

const NAME: &str = "winget";

/// Nobody is asked anything, in any language.
const QUIET: &[&str] = &["--accept-source-agreements", "--disable-interactivity"];

/// What an exit code means; every other one is a failure that its log tells of.
const CODES: &[(u32, Outcome)] = &[
    (0x8A15_0005, Outcome::Cancelled),    // CTRL_SIGNAL_RECEIVED
    (0x8A15_0008, Outcome::Network),      // DOWNLOAD_FAILED
    (0x8A15_000F, Outcome::Stale),        // SOURCE_DATA_MISSING
    (0x8A15_0010, Outcome::Unsuitable),   // NO_APPLICABLE_INSTALLER
    (0x8A15_0014, Outcome::NoSuch),       // NO_APPLICATIONS_FOUND
    (0x8A15_0019, Outcome::Rights),       // COMMAND_REQUIRES_ADMIN
    (0x8A15_002B, Outcome::Done),         // UPDATE_NOT_APPLICABLE: it is there, and no newer one is
    (0x8A15_003A, Outcome::Policy),       // BLOCKED_BY_POLICY
    (0x8A15_0045, Outcome::Network),      // SOURCE_OPEN_FAILED
    (0x8A15_004F, Outcome::Done),         // UPGRADE_VERSION_NOT_NEWER
    (0x8A15_005E, Outcome::Network), // PINNED_CERTIFICATE_MISMATCH: something between here and the source
    (0x8A15_0061, Outcome::Done),    // PACKAGE_ALREADY_INSTALLED
    (0x8A15_006D, Outcome::Locked),  // SERVICE_UNAVAILABLE: busy, try again later
    (0x8A15_0086, Outcome::Network), // INSTALLER_ZERO_BYTE_FILE
    (0x8A15_0102, Outcome::Locked),  // INSTALL_INSTALL_IN_PROGRESS
    (0x8A15_0105, Outcome::Full),    // INSTALL_DISK_FULL
    (0x8A15_0107, Outcome::Network), // INSTALL_NO_NETWORK
    (0x8A15_0109, Outcome::Restart), // INSTALL_REBOOT_REQUIRED_TO_FINISH
    (0x8A15_010A, Outcome::RestartFirst), // INSTALL_REBOOT_REQUIRED_FOR_INSTALL
    (0x8A15_010B, Outcome::Restart), // INSTALL_REBOOT_INITIATED
    (0x8A15_010C, Outcome::Cancelled), // INSTALL_CANCELLED_BY_USER
    (0x8A15_010D, Outcome::Done),    // INSTALL_ALREADY_INSTALLED: another version
    (0x8A15_010E, Outcome::Done),    // INSTALL_DOWNGRADE: a higher version
    (0x8A15_010F, Outcome::Policy),  // INSTALL_BLOCKED_BY_POLICY
    (0x8A15_0113, Outcome::Unsuitable), // INSTALL_SYSTEM_NOT_SUPPORTED
];

/// What installers end with, by Windows' own names (winerror.h), and Visual Studio's by
/// `docs/install/includes/install-error-codes-md.md` in MicrosoftDocs/visualstudio-docs and the expected codes of its manifest
/// in microsoft/winget-pkgs.
const INSTALLERS: &[(u32, Outcome)] = &[
    (740, Outcome::Rights),     // ERROR_ELEVATION_REQUIRED
    (1001, Outcome::Locked),    // the Visual Studio Installer is at work
    (1003, Outcome::Locked),    // Visual Studio is in use
    (1223, Outcome::Cancelled), // ERROR_CANCELLED: nobody confirmed what User Account Control asks
    (1602, Outcome::Cancelled), // ERROR_INSTALL_USEREXIT
    (1618, Outcome::Locked),    // ERROR_INSTALL_ALREADY_RUNNING
    (1641, Outcome::Restart),   // ERROR_SUCCESS_REBOOT_INITIATED
    (3010, Outcome::Restart),   // ERROR_SUCCESS_REBOOT_REQUIRED
    (5003, Outcome::Network),   // the bootstrapper could not download the installer
    (5004, Outcome::Cancelled),
    (5007, Outcome::Unsuitable), // the computer does not meet the requirements
    (0xC000_013A, Outcome::Cancelled), // STATUS_CONTROL_C_EXIT
];

/// What the end of an installer means.
pub fn installer_outcome(code: Option<i32>) -> Outcome {
    match code {
        Some(0) => Outcome::Done,
        Some(code) => meant(INSTALLERS, code).unwrap_or(Outcome::Failed),
        None => Outcome::Failed,
    }
}

fn meant(codes: &[(u32, Outcome)], code: i32) -> Option<Outcome> {
    codes.iter().find(|it| it.0 == code.cast_unsigned()).map(|it| it.1)
}

fn winget(verb: &[&str], names: &[String]) -> Vec<String> {
    let mut all = command(&[&[NAME], verb].concat(), &[]);
    for name in names {
        all.extend(["--id".to_owned(), name.clone()]);
    }
    all.extend(["--exact"].iter().chain(QUIET).map(|&it| it.to_owned()));
    all
}

/// Which names of packages stand in what it printed. `Found NAME [ID] Version 1` is `Gefunden …` in German, and the brackets
/// stay.
fn named(output: &str) -> Vec<String> {
    let inside = |it: &str| it.split_once(']').map(|it| it.0.trim().to_owned());
    let plain = |it: &String| it.contains('.') && super::super::table::name_is_plain(it);
    let mut all: Vec<String> = output.split('[').skip(1).filter_map(inside).filter(plain).collect();
    all.dedup();
    all
}

impl PackageManager for Winget {
    fn name(&self) -> &'static str {
        NAME
    }

    fn program(&self) -> &'static str {
        NAME
    }

    /// Its alias, where Windows puts those of programs from the Store.
    fn places(&self) -> &'static [&'static str] {
        &["{LOCALAPPDATA}/Microsoft/WindowsApps/winget.exe"]
    }

    /// What Microsoft's page says of a Windows on which it is not there yet (MicrosoftDocs/windows-dev-docs,
    /// `hub/package-manager/winget/index.md`). In PowerShell.
    fn typed_get(&self) -> Option<&'static str> {
        Some("Add-AppxPackage -RegisterByFamilyName -MainPackage Microsoft.DesktopAppInstaller_8wekyb3d8bbwe")
    }

    fn kept_in(&self) -> &'static [&'static str] {
        &["{LOCALAPPDATA}/Microsoft/WinGet/Packages", "{PROGRAMFILES}/WinGet/Packages"]
    }

    /// What needs an administrator asks for one itself; portable packages belong to whoever installs them.
    fn needs_root(&self) -> bool {
        false
    }

    fn one_at_a_time(&self) -> bool {
        true
    }

    fn users_environment(&self) -> bool {
        true
    }

    fn stays(&self, name: &str) -> bool {
        OWN.iter().any(|it| it.id == name)
    }

    fn refresh(&self) -> Vec<String> {
        command(&[NAME, "source", "update", "--disable-interactivity"], &[])
    }

    fn installs_fresh(&self) -> bool {
        true
    }

    fn install(&self, names: &[String]) -> Vec<String> {
        let own = OWN.iter().find(|it| names.iter().any(|name| name == it.id));
        let mut all = winget(&["install", "--silent", "--accept-package-agreements"], names);
        if let Some(own) = own {
            all.extend(["--override".to_owned(), own.told.to_owned()]);
        }
        all
    }

    fn reinstall(&self, names: &[String]) -> Vec<String> {
        winget(&["install", "--force", "--silent", "--accept-package-agreements"], names)
    }

    fn simulate(&self, _names: &[String]) -> Vec<String> {
        Vec::new()
    }

    /// It cannot simulate; whether it has a package at all is what can be asked.
    fn simulate_removal(&self, names: &[String]) -> Vec<String> {
        winget(&["list"], names)
    }

    fn simulated(&self, code: Option<i32>, output: &str) -> Result<Simulation, Outcome> {
        match self.outcome(output, code) {
            Outcome::Done | Outcome::NoSuch => Ok(Simulation::default()),
            other => Err(other),
        }
    }

    fn brings(&self, output: &str) -> Vec<String> {
        named(output)
    }

    fn remove(&self, names: &[String]) -> Vec<String> {
        winget(&["uninstall", "--silent"], names)
    }

    fn query(&self) -> Vec<String> {
        command(&[&[NAME, "list"], QUIET].concat(), &[])
    }

    /// A table whose headings are translated: a word with dots, and the version behind it.
    fn installed(&self, output: &str) -> BTreeMap<String, Installed> {
        let mut all = BTreeMap::new();
        for line in output.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            for pair in words.windows(2) {
                let id = pair[0].contains('.') && pair[0].starts_with(|c: char| c.is_ascii_alphabetic());
                if id && pair[1].starts_with(|c: char| c.is_ascii_digit()) {
                    let installed = Installed { version: pair[1].to_owned(), ..Installed::default() };
                    all.insert(pair[0].to_owned(), installed);
                }
            }
        }
        all
    }

    fn proxy(&self, _proxies: &Proxies, _file: &str) -> Handover {
        // It uses the proxy of Windows; `--proxy` is refused unless an administrator allowed it.
        Handover::default()
    }

    fn outcome(&self, _output: &str, code: Option<i32>) -> Outcome {
        let own = code.and_then(|it| meant(CODES, it));
        own.unwrap_or_else(|| installer_outcome(code))
    }

    fn progress(&self, _line: &str) -> Option<Progress> {
        None
    }

    /// The last line that is a sentence: progress is drawn with characters of its own.
    fn telling_line<'a>(&self, output: &'a str) -> Option<&'a str> {
        let sentence = |it: &&str| it.chars().filter(|it| it.is_alphabetic()).count() > 8;
        output.lines().map(str::trim).rfind(sentence)
    }

    fn typed(&self, names: &[String]) -> String {
        let one = |it: &String| {
            let words = self.install(std::slice::from_ref(it));
            words.iter().map(|it| typed_word(it)).collect::<Vec<_>>().join(" ")
        };
        names.iter().map(one).collect::<Vec<_>>().join(" && ")
    }
}

/// Double quotes are what cmd and PowerShell both read.
fn typed_word(word: &str) -> String {
    if word.contains(' ') { format!("\"{word}\"") } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: u32) -> Outcome {
        Winget.outcome("", Some(code.cast_signed()))
    }

    #[test]
    fn the_end_of_winget_is_judged_by_its_code_alone() {
        for (it, want) in [
            (0, Outcome::Done),
            (0x8A15_002B, Outcome::Done),
            (0x8A15_0061, Outcome::Done),
            (0x8A15_010D, Outcome::Done),
            (0x8A15_0010, Outcome::Unsuitable),
            (0x8A15_0109, Outcome::Restart),
            (0x8A15_010A, Outcome::RestartFirst),
            (3010, Outcome::Restart),
            (1641, Outcome::Restart),
            (0x8A15_003A, Outcome::Policy),
            (0x8A15_010F, Outcome::Policy),
            (0x8A15_0107, Outcome::Network),
            (0x8A15_0008, Outcome::Network),
            (0x8A15_010C, Outcome::Cancelled),
            (1223, Outcome::Cancelled),
            (0x8A15_0105, Outcome::Full),
            (0x8A15_0102, Outcome::Locked),
            (0x8A15_0011, Outcome::Failed), // the installer's digest is not that of the manifest
            (1, Outcome::Failed),
        ] {
            assert_eq!(code(it), want, "{it:#x}");
        }
        assert_eq!(Winget.outcome("", Some(-1_978_335_189)), Outcome::Done, "as a shell shows 0x8A15002B");
        assert_eq!(Winget.outcome("already installed", None), Outcome::Failed);
        let mut codes: Vec<u32> = CODES.iter().map(|it| it.0).collect();
        codes.dedup();
        assert_eq!(codes.len(), CODES.len());
    }

    #[test]
    fn a_line_installs_one_package_and_asks_nothing() {
        let names = ["BrechtSanders.WinLibs.POSIX.UCRT".to_owned()];
        let line = "winget install --silent --accept-package-agreements --id BrechtSanders.WinLibs.POSIX.UCRT \
                    --exact --accept-source-agreements --disable-interactivity";
        assert_eq!(Winget.install(&names).join(" "), line);
        assert_eq!(Winget.typed(&names), line);
    }

    #[test]
    fn the_build_tools_are_told_what_to_bring_and_never_to_restart() {
        let names = ["Microsoft.VisualStudio.2022.BuildTools".to_owned()];
        let command = Winget.install(&names);
        let told = command.last().expect("words");
        assert_eq!(command[command.len() - 2], "--override");
        for word in ["--norestart", "--wait", "--quiet", "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"]
        {
            assert!(told.contains(word), "{word}: {told}");
        }
        assert!(Winget.typed(&names).ends_with('"'), "{}", Winget.typed(&names));
        assert!(Winget.stays(&names[0]) && !Winget.stays("BrechtSanders.WinLibs.POSIX.UCRT"));
    }

    /// The strings are those of `Localization/Resources/*/winget.resw` in microsoft/winget-cli.
    #[test]
    fn what_it_prints_is_read_in_no_language() {
        let id = "BrechtSanders.WinLibs.POSIX.UCRT";
        for said in [
            format!("Found WinLibs [{id}] Version 16.2.0-14.0.0-r1\nSuccessfully verified installer hash\n"),
            format!("Gefunden WinLibs [{id}] Version 16.2.0-14.0.0-r1\nErfolgreich installiert\n"),
            format!("見つかりました WinLibs [{id}] バージョン 16.2.0-14.0.0-r1\n"),
            format!("已找到 WinLibs [{id}] 版本 16.2.0-14.0.0-r1\n已成功安装\n"),
        ] {
            assert_eq!(Winget.brings(&said), [id], "{said}");
        }
        for head in ["Name ID Version Quelle", "名前 ID バージョン ソース", "名称 ID 版本 源"]
        {
            let table = format!(
                "{head}\n-----\nWinLibs {id} 16.2.0-14.0.0-r1 winget\n7-Zip 7zip.7zip 24.09 winget\n"
            );
            let installed = Winget.installed(&table);
            assert_eq!(installed.get(id).map(|it| it.version.as_str()), Some("16.2.0-14.0.0-r1"), "{table}");
        }
        assert_eq!(
            Winget.telling_line("██████  100%\nEs wurde kein anwendbarer Installer gefunden.\n   - \n"),
            Some("Es wurde kein anwendbarer Installer gefunden.")
        );
        assert_eq!(Winget.telling_line("  \n██\n"), None);
    }
}
