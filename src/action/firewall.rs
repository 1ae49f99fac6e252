//! What PowerShell on Windows is told of its firewall, as it is shown and as it is run from Windows Subsystem for Linux. The
//! rule has a name of ours, by which it is found again and removed.

use std::path::Path;

/// Below a drive of Windows.
pub const POWERSHELL: &str = "Windows/System32/WindowsPowerShell/v1.0/powershell.exe";

/// The name of the rule for a port.
pub fn rule_name(port: u16) -> String {
    format!("fyne-setup-x11-{port}")
}

/// Makes the rule that lets WSL, and nobody else, reach a port. Windows asks a person for the rights of an administrator.
pub fn allow(powershell: &Path, port: u16, from: &str) -> Vec<String> {
    let name = rule_name(port);
    let rule = format!(
        "New-NetFirewallRule -Name {name} -DisplayName {name} -Direction Inbound -Action Allow -Protocol TCP \
         -LocalPort {port} -RemoteAddress {from}"
    );
    elevated(powershell, &rule)
}

/// Removes it, likewise.
pub fn forbid(powershell: &Path, port: u16) -> Vec<String> {
    elevated(powershell, &format!("Remove-NetFirewallRule -Name {}", rule_name(port)))
}

/// Prints the name of the rule where there is one; everybody may ask.
pub fn asked(powershell: &Path, port: u16) -> Vec<String> {
    let question =
        format!("(Get-NetFirewallRule -Name {} -ErrorAction SilentlyContinue).Name", rule_name(port));
    told(powershell, &question)
}

/// In a PowerShell of its own with the rights of an administrator, to its end. No word of ours needs quotes, so that none are
/// lost on the way through two of them.
fn elevated(powershell: &Path, command: &str) -> Vec<String> {
    let script = format!(
        "$ErrorActionPreference = 'Stop'; exit (Start-Process -FilePath ($PSHOME + '\\powershell.exe') -Verb RunAs \
         -WindowStyle Hidden -Wait -PassThru -ArgumentList '-NoProfile -NonInteractive -Command {command}').ExitCode"
    );
    told(powershell, &script)
}

fn told(powershell: &Path, script: &str) -> Vec<String> {
    let words = ["-NoProfile", "-NonInteractive", "-Command", script].map(str::to_owned);
    [powershell.display().to_string()].into_iter().chain(words).collect()
}

/// Whether these are addresses as the rule takes them: a word of PowerShell's with no quotes around it.
pub fn is_plain(from: &str) -> bool {
    !from.is_empty() && from.chars().all(|c| c.is_ascii_alphanumeric() || "./".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_made_and_removed_by_one_name_and_asked_for_without_rights() {
        let powershell = Path::new("/mnt/c").join(POWERSHELL);
        let script = |words: Vec<String>| words.last().cloned().unwrap_or_default();
        let allowed = script(allow(&powershell, 6000, "172.16.0.0/12"));
        assert!(
            allowed.contains("-Verb RunAs") && allowed.contains("-Name fyne-setup-x11-6000 "),
            "{allowed}"
        );
        assert!(allowed.contains("-LocalPort 6000 -RemoteAddress 172.16.0.0/12').ExitCode"), "{allowed}");
        assert!(!allowed.contains('"') && allowed.matches('\'').count() == 6, "{allowed}");
        let removed = script(forbid(&powershell, 6000));
        assert!(removed.contains("Remove-NetFirewallRule -Name fyne-setup-x11-6000'"), "{removed}");
        assert!(!script(asked(&powershell, 6000)).contains("RunAs"));
        assert!(is_plain("LocalSubnet") && is_plain("172.16.0.0/12") && !is_plain("any; x") && !is_plain(""));
    }
}
