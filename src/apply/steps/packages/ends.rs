//! What the end of a package command means: whom to wait for, why it failed, what a person has to type.

use std::time::Duration;

use super::run::{Attempt, Work, attempt};
use super::typed::typed;
use crate::apply::steps::{StepContext, bundle};
use crate::facts::host::Rights;
use crate::failure::{Code, Failure};
use crate::packages::{Outcome, PackageManager};
use crate::probe;
use crate::text::Text;

/// How long a busy package manager is waited for.
const PATIENCE_S: u64 = 120;

/// Runs a command once the lock is free.
pub(super) fn waited(work: Work<'_>, command: &[String], expected: usize) -> Result<Attempt, Failure> {
    let Work { id, site, manager } = work;
    let look = site.system.look;
    let begun = look.monotonic_ms();
    let command = &bundle::only_from(site.system, manager, command.to_vec())[..];
    // Rights belong to one command, and it is shown before it is run, whatever was answered to the plan.
    let rights = if manager.needs_root() { site.facts.host.rights } else { Rights::Root };
    site.events.command(id, &typed(rights, command));
    loop {
        let run = attempt(work, command, expected)?;
        if run.outcome != Outcome::Locked {
            return Ok(run);
        }
        if look.monotonic_ms().saturating_sub(begun) >= PATIENCE_S * 1000 {
            return Err(still_busy(site));
        }
        wait_for_lock(site);
        site.stopped()?;
    }
}

fn holder(site: &StepContext<'_>) -> String {
    probe::busy::packages(site.system.look).unwrap_or_else(|| "?".into())
}

fn wait_for_lock(site: &StepContext<'_>) {
    site.events.note(&text!("apply-packages-waiting", holder = holder(site), seconds = PATIENCE_S));
    site.system.look.wait(Duration::from_secs(2));
}

pub(super) fn still_busy(site: &StepContext<'_>) -> Failure {
    let holder = holder(site);
    let message = text!("apply-packages-still-busy", seconds = PATIENCE_S, holder = holder);
    Failure::new(Code::PackagesBusy, message).hint(text!("apply-packages-still-busy-hint"))
}

pub(super) fn failed(Work { site, manager, .. }: Work<'_>, run: &Attempt) -> Failure {
    let (code, hint) = match run.outcome {
        Outcome::Network => {
            (Code::PackagesNetwork, Some(text!("apply-packages-network-hint", log = &run.log)))
        }
        Outcome::Full => (Code::DiskFull, Some(text!("failure-disk-full-hint"))),
        Outcome::Rights => (Code::PackagesRights, None),
        Outcome::Conflict => (Code::PackagesFailed, held(site, manager, &run.output)),
        Outcome::Cancelled => (Code::PackagesCancelled, Some(text!("apply-packages-cancelled-hint"))),
        Outcome::Policy => (Code::PackagesPolicy, Some(text!("apply-packages-policy-hint"))),
        Outcome::Unsuitable => (Code::PackagesUnsuitable, None),
        Outcome::NoSuch => (Code::PackagesGone, None),
        Outcome::Restart => return restart(manager, &run.output),
        Outcome::RestartFirst => {
            (Code::PackagesRestartFirst, Some(text!("apply-packages-restart-first-hint")))
        }
        _ => (Code::PackagesFailed, None),
    };
    let words = manager.telling_line(&run.output).unwrap_or_default();
    let message =
        text!("apply-packages-failed", manager = manager.name(), code = shown(run.code), words = words);
    Failure::new(code, message)
        .hint(hint.unwrap_or_else(|| text!("apply-packages-failed-hint", log = &run.log)))
}

/// An exit code as its makers write it: Windows' own errors, which are negative as a number, in hexadecimal.
pub(in crate::apply::steps) fn shown(code: Option<i32>) -> String {
    match code {
        Some(code @ ..0) => format!("{code:#010X}").replacen('X', "x", 1),
        Some(code) => code.to_string(),
        None => "?".to_owned(),
    }
}

/// It is done, and somebody has to restart the machine: never we.
fn restart(manager: &dyn PackageManager, output: &str) -> Failure {
    let message = text!("apply-packages-restart", names = manager.brings(output).join(" "));
    Failure::new(Code::PackagesRestart, message).hint(text!("apply-packages-restart-hint"))
}

/// The same of what stands in the image that the machine starts with next.
pub(super) fn in_the_next_image(manager: &dyn PackageManager, names: &[String]) -> Failure {
    let message = text!("apply-packages-layered", manager = manager.name(), names = names.join(" "));
    Failure::new(Code::PackagesRestart, message).hint(text!("apply-packages-layered-hint"))
}

/// What is on hold and stands in the manager's words, with the line that ends it.
fn held(site: &StepContext<'_>, manager: &dyn PackageManager, output: &str) -> Option<Text> {
    let holds = &site.facts.native.manager.here()?.holds;
    let words = |name: &str| {
        output
            .split(|c: char| c.is_whitespace() || "\"'[](),<>=".contains(c))
            .any(|it| it == name || it.starts_with(&format!("{name}-")))
    };
    let first = holds.iter().find(|it| words(&it.name))?;
    let of = holds.iter().filter(|it| it.by == first.by && words(&it.name)).map(|it| it.name.clone());
    let names: Vec<String> = of.collect();
    Some(match manager.typed_release(&first.by, &names) {
        Some(command) => {
            text!("apply-packages-held-hint", names = names.join(" "), by = &first.by, command = command)
        }
        None => text!("apply-packages-held-file-hint", names = names.join(" "), by = &first.by),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exit_code_is_shown_as_its_makers_write_it() {
        let code = 0x8A15_003A_u32.cast_signed();
        let all = [Some(code), Some(-1), Some(0), Some(1223), None].map(shown);
        assert_eq!(all, ["0x8A15003A", "0xFFFFFFFF", "0", "1223", "?"]);
    }
}
