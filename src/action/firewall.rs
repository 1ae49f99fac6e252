//! What PowerShell on Windows is told of its firewall, as it is shown and as it is run from Windows Subsystem for Linux. The
//! rule has a name of ours, by which it is found again and removed.

use std::path::Path;

/// Below a drive of Windows.
pub const POWERSHELL: &str = "Windows/System32/WindowsPowerShell/v1.0/powershell.exe";

/// The name of the rule for a port.
pub fn rule_name(port: u16) -> String {
    format!("fyne-setup-x11-{port}")
}

/// What [`asked`] prints where there is no such rule: said by a word of its own, so that silence is never taken for it.
pub const ABSENT: &str = "absent";

/// The command that makes the rule, as an administrator may type it.
pub fn rule(port: u16, from: &str) -> String {
    let name = rule_name(port);
    format!(
        "New-NetFirewallRule -Name {name} -DisplayName {name} -Direction Inbound -Action Allow -Protocol TCP \
         -LocalPort {port} -RemoteAddress {from}"
    )
}

/// Makes the rule that lets these addresses reach a port. One of our name is of an earlier run, for addresses of that time: it
/// goes first, in the same command, so that Windows asks a person for the rights of an administrator once.
pub fn allow(powershell: &Path, port: u16, from: &str) -> Vec<String> {
    let old = format!("Remove-NetFirewallRule -Name {} -ErrorAction SilentlyContinue", rule_name(port));
    elevated(powershell, &format!("{old}; {}", rule(port, from)))
}

/// Removes it, likewise.
pub fn forbid(powershell: &Path, port: u16) -> Vec<String> {
    elevated(powershell, &format!("Remove-NetFirewallRule -Name {}", rule_name(port)))
}

/// Prints the name of the rule where there is one, and [`ABSENT`] where Windows looked and found none; everybody may ask.
pub fn asked(powershell: &Path, port: u16) -> Vec<String> {
    let question = format!(
        "try {{ (Get-NetFirewallRule -Name {} -ErrorAction Stop).Name }} catch {{ \
         if ($_.CategoryInfo.Category -eq 'ObjectNotFound') {{ '{ABSENT}' }} \
         else {{ [Console]::Error.WriteLine($_); exit 1 }} }}",
        rule_name(port)
    );
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
        let allowed = script(allow(&powershell, 6000, "172.30.96.0/20"));
        assert!(
            allowed.contains("-Verb RunAs") && allowed.contains("-Name fyne-setup-x11-6000 "),
            "{allowed}"
        );
        assert!(allowed.contains("-LocalPort 6000 -RemoteAddress 172.30.96.0/20').ExitCode"), "{allowed}");
        assert!(!allowed.contains('"') && allowed.matches('\'').count() == 6, "{allowed}");
        let removed = script(forbid(&powershell, 6000));
        assert!(removed.contains("Remove-NetFirewallRule -Name fyne-setup-x11-6000'"), "{removed}");
        assert!(!script(asked(&powershell, 6000)).contains("RunAs"));
        assert!(
            is_plain("LocalSubnet") && is_plain("172.30.96.0/20") && !is_plain("any; x") && !is_plain("")
        );
    }
}
