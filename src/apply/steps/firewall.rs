//! The firewall of Windows, from Windows Subsystem for Linux: a rule of our name is made by Windows' own PowerShell, for which
//! Windows asks an administrator. Whether it helps is judged by connecting, never by what PowerShell says; whether it is gone by
//! asking for it.

use std::path::Path;
use std::time::Duration;

use super::child::to_its_end;
use super::packages::typed;
use super::{Prepared, StepContext};
use crate::action::firewall;
use crate::fact::{Fact, Why};
use crate::facts::host::Rights;
use crate::facts::x11;
use crate::failure::{Code, Failure};
use crate::journal::undo::{Reverted, Undo};
use crate::system::{Ask, Endpoint, Environment, Output, Spawn};

/// As long as a display server behind a network may take.
const LIMIT: Duration = Duration::from_secs(2);

/// PowerShell takes seconds to start.
const ASK_MS: u64 = 60_000;

/// Makes the rule.
pub fn allow<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    powershell: &'s Path,
    port: u16,
    from: &'s str,
) -> Prepared<'s> {
    Prepared::new(vec![Undo::FirewallRule { port }], move || {
        let (done, words) = run(id, site, &firewall::allow(powershell, port, from))?;
        if !is_filtered(site, port) {
            return Ok(());
        }
        let name = firewall::rule_name(port);
        if done {
            let message = text!("apply-firewall-blocked", name = name, port = u32::from(port));
            return Err(
                Failure::new(Code::WindowsFirewall, message).hint(text!("apply-firewall-blocked-hint"))
            );
        }
        Err(declined(text!("apply-firewall-declined", name = name, words = words)))
    })
}

fn declined(message: crate::text::Text) -> Failure {
    Failure::new(Code::WindowsDeclined, message).hint(text!("apply-firewall-declined-hint"))
}

/// Whether still nothing comes back from the X server that DISPLAY names.
fn is_filtered(site: &StepContext<'_>, port: u16) -> bool {
    let display = site.facts.display.x11.as_ref().and_then(|it| x11::display(&it.0));
    let ours = |it: &Endpoint| match it {
        Endpoint::Tcp(address) => address.ends_with(&format!(":{port}")),
        _ => false,
    };
    let there = display.and_then(|it| it.endpoints.into_iter().find(ours));
    there.is_some_and(|it| {
        let answer = site.system.look.connect(&it, &x11::setup(None), LIMIT);
        matches!(answer, Fact::Unknown(Why::System(words)) if words == x11::TIMED_OUT)
    })
}

/// Removes the rule, where it is there.
pub fn forbid(id: u32, site: &StepContext<'_>, port: u16) -> Result<Reverted, Failure> {
    let name = firewall::rule_name(port);
    let Some(powershell) = site.facts.host.wsl.as_ref().and_then(|it| it.powershell.as_deref()) else {
        return Err(declined(text!("apply-firewall-no-powershell", name = name)));
    };
    if !exists(site, powershell, port)? {
        return Ok(Reverted::Yes);
    }
    let (_, words) = run(id, site, &firewall::forbid(powershell, port))?;
    if exists(site, powershell, port)? {
        return Err(declined(text!("apply-firewall-stays", name = name, words = words)));
    }
    Ok(Reverted::Yes)
}

fn exists(site: &StepContext<'_>, powershell: &Path, port: u16) -> Result<bool, Failure> {
    let name = firewall::rule_name(port);
    let command = firewall::asked(powershell, port);
    let ask = Ask {
        program: powershell.to_path_buf(),
        args: command.into_iter().skip(1).collect(),
        env: Environment::of_user(&site.settings.environment()),
        dir: powershell.parent().unwrap_or(powershell).to_path_buf(),
        limit_ms: ASK_MS,
        ..Ask::default()
    };
    match site.system.look.run(&ask).into_here() {
        Some(answer) if answer.code.is_some() => Ok(answer.out().lines().any(|it| it.trim() == name)),
        _ => Err(declined(text!("apply-firewall-no-powershell", name = name))),
    }
}

/// Runs one command of Windows to its end: whether it ended well, and its last words.
fn run(id: u32, site: &StepContext<'_>, command: &[String]) -> Result<(bool, String), Failure> {
    let look = site.system.look;
    let logs = site.places.logs();
    site.system.disk.make_dir(&logs, 0o700)?;
    let log = logs.join(format!("firewall-{id}-{}.log", look.monotonic_ms()));
    // No sudo: the rights are those of Windows.
    site.events.command(id, &typed(Rights::Root, command));
    let program = Path::new(command.first().map_or("", String::as_str));
    let spawn = Spawn {
        program: program.to_path_buf(),
        args: command.iter().skip(1).cloned().collect(),
        env: Environment::of_user(&site.settings.environment()),
        dir: program.parent().unwrap_or(program).to_path_buf(),
        terminal: false,
        output: Output::File(log.clone()),
        survives: true,
    };
    let ended = to_its_end(site, &spawn, Duration::from_millis(100), || ())?;
    let said = String::from_utf8_lossy(&look.read(&log).into_here().unwrap_or_default()).into_owned();
    let words = said.lines().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default().to_owned();
    Ok((ended.ok(), words))
}

#[cfg(test)]
mod tests;
