//! The firewall of Windows, from Windows Subsystem for Linux: a rule of our name is made by Windows' own PowerShell, for which
//! Windows asks an administrator. Whether it helps is judged by connecting, never by what PowerShell says: one that does not is
//! removed again. It is gone where Windows says so; silence says nothing.

use std::path::Path;
use std::time::Duration;

use super::child::Logged;
use super::{Prepared, StepContext};
use crate::action::firewall;
use crate::fact::{Fact, Why};
use crate::facts::host::Rights;
use crate::facts::x11;
use crate::failure::{Code, Failure};
use crate::journal::undo::{Reverted, Undo};
use crate::system::{Ask, Endpoint, Environment};
use crate::text::{Arg, Text};

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
) -> Result<Prepared<'s>, Failure> {
    // It becomes a word of a command that is run with all rights.
    if !firewall::is_plain(from) {
        return Err(Failure::new(Code::PremiseChanged, text!("apply-firewall-address", from = from)));
    }
    Ok(Prepared::new(vec![Undo::FirewallRule { port }], move || {
        let ran = run(id, site, &firewall::allow(powershell, port, from))?;
        if !is_filtered(site, port) {
            return Ok(());
        }
        if ran.done {
            return Err(blocked(id, site, powershell, port));
        }
        let name = firewall::rule_name(port);
        let why = ran.why();
        let failure = declined(text!("apply-firewall-declined", name = name, words = why));
        // A No has words of Windows. Without any, it failed where nobody saw it.
        let line = firewall::rule(port, from);
        let unseen = ran.words.is_empty();
        Err(if unseen { failure.hint(text!("apply-firewall-unseen-hint", line = line)) } else { failure })
    }))
}

/// What is stronger is a person's to remove; a rule that does not help does not stay open.
fn blocked(id: u32, site: &StepContext<'_>, powershell: &Path, port: u16) -> Failure {
    let gone = matches!(remove(id, site, powershell, port), Ok(Reverted::Yes));
    let key = if gone { "apply-firewall-blocked" } else { "apply-firewall-blocked-stays" };
    let message = text!(key, name = firewall::rule_name(port), port = u32::from(port));
    Failure::new(Code::WindowsFirewall, message).hint(text!("apply-firewall-blocked-hint"))
}

fn declined(message: Text) -> Failure {
    Failure::new(Code::WindowsDeclined, message).hint(text!("apply-firewall-declined-hint"))
}

/// Windows could not be asked, which is no answer of anybody's.
fn unasked(port: u16) -> Failure {
    let message = text!("apply-firewall-no-powershell", name = firewall::rule_name(port));
    Failure::new(Code::WindowsDeclined, message).hint(text!("apply-firewall-no-powershell-hint"))
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
    let powershell = site.facts.host.wsl.as_ref().and_then(|it| it.powershell.as_deref());
    remove(id, site, powershell.ok_or_else(|| unasked(port))?, port)
}

fn remove(id: u32, site: &StepContext<'_>, powershell: &Path, port: u16) -> Result<Reverted, Failure> {
    if !exists(site, powershell, port)? {
        return Ok(Reverted::Yes);
    }
    let ran = run(id, site, &firewall::forbid(powershell, port))?;
    if exists(site, powershell, port)? {
        let name = firewall::rule_name(port);
        return Err(declined(text!("apply-firewall-stays", name = name, words = ran.why())));
    }
    Ok(Reverted::Yes)
}

/// Whether it is there: by one of two words of Windows. Anything else is no answer.
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
    let answer = site.system.look.run(&ask).into_here().filter(|it| it.ok()).map(|it| it.out());
    let said = |word: &str| answer.as_ref().is_some_and(|it| it.lines().any(|it| it.trim() == word));
    match (said(&name), said(firewall::ABSENT)) {
        (true, _) => Ok(true),
        (false, true) => Ok(false),
        (false, false) => Err(unasked(port)),
    }
}

/// What came of a command of Windows.
struct Ran {
    done: bool,
    /// Its first words.
    words: String,
    code: String,
}

impl Ran {
    /// Its words; where there are none, the code that it ended with.
    fn why(&self) -> Arg {
        if self.words.is_empty() {
            return text!("apply-firewall-exit", code = &self.code).into();
        }
        self.words.clone().into()
    }
}

/// Runs one command of Windows to its end.
fn run(id: u32, site: &StepContext<'_>, command: &[String]) -> Result<Ran, Failure> {
    let program = Path::new(command.first().map_or("", String::as_str));
    let logged = Logged {
        // No sudo: the rights are those of Windows.
        rights: Rights::Root,
        env: Environment::of_user(&site.settings.environment()),
        dir: program.parent().unwrap_or(program).to_path_buf(),
        pause: Duration::from_millis(100),
        ..Logged::of_system(id, site, command, "firewall")
    };
    let said = logged.run(site, |_| ())?;
    let words = said.text.lines().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default().to_owned();
    Ok(Ran { done: said.ended.ok(), words, code: said.code() })
}

#[cfg(test)]
mod tests;
