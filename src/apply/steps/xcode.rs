//! Apple's developer tools: `softwareupdate` installs the Command Line Tools, `xcode-select` chooses a developer directory. Each is
//! one command with the rights of an administrator, shown before, never killed, with a log. What came stays: other programs use
//! it, and how it goes is said.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Prepared, StepContext};
use crate::action::installer;
use crate::apply::events::Unit;
use crate::digest::Digest;
use crate::disk_error::DiskError;
use crate::facts::host::Rights;
use crate::facts::xcode::{self, COMMAND_LINE_TOOLS};
use crate::failure::{Code, Failure};
use crate::journal::undo::Undo;
use crate::quoting::quoted;
use crate::system::{Ask, Disk, Environment, Output, Spawn};

/// While this file is there, `softwareupdate` offers the Command Line Tools to whoever has not got them, as if the dialogue of
/// `xcode-select --install` were open (Homebrew's install.sh).
pub const PLACEHOLDER: &str = "/private/tmp/.com.apple.dt.CommandLineTools.installondemand.in-progress";

/// Listing asks Apple's servers.
const LIST_MS: u64 = 300_000;

/// Installs the newest Command Line Tools that are offered.
pub fn install<'s>(id: u32, site: &'s StepContext<'s>) -> Prepared<'s> {
    // One that is there is somebody else's, or a dialogue is open: it stays as it is.
    let ours = site.system.look.stat(Path::new(PLACEHOLDER)).is_absent();
    let stays = Undo::Leave { why: "apply-command-line-tools-stay".into() };
    let goes = Undo::RemoveFile { path: PLACEHOLDER.into(), wrote: Some(Digest::of(b"")) };
    let undo = if ours { vec![goes, stays] } else { vec![stays] };
    Prepared::new(undo, move || {
        let placeholder = ours.then(|| Placeholder::lay(site.system.disk)).transpose()?;
        let label = offered(site)?;
        site.stopped()?;
        let ended = run(id, site, &installer::install(&label));
        drop(placeholder);
        ended?;
        // It ends well also where it did nothing.
        let clang = Path::new(COMMAND_LINE_TOOLS).join("usr/bin/clang");
        if site.system.look.stat(&clang).is_here() {
            return Ok(());
        }
        let message = text!("apply-command-line-tools-absent", label = label, dir = COMMAND_LINE_TOOLS);
        Err(Failure::new(Code::PackagesFailed, message).hint(text!("apply-command-line-tools-dialogue")))
    })
}

/// Chooses a developer directory, or takes the choice back.
pub fn select<'s>(id: u32, site: &'s StepContext<'s>, dir: Option<&'s Path>) -> Prepared<'s> {
    // What was chosen before is gone or broken: nobody wants it back.
    let undo = Undo::Leave { why: "apply-developer-dir-stays".into() };
    Prepared::new(vec![undo], move || run(id, site, &installer::select(dir)))
}

/// The placeholder, which goes however the step ends; one of a run that was killed goes by the undo of its step.
struct Placeholder<'s>(&'s dyn Disk);

impl<'s> Placeholder<'s> {
    fn lay(disk: &'s dyn Disk) -> Result<Self, DiskError> {
        disk.write(Path::new(PLACEHOLDER), b"", Some(0o644))?;
        Ok(Self(disk))
    }
}

impl Drop for Placeholder<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is removed by undo.
        let _ = self.0.remove(Path::new(PLACEHOLDER));
    }
}

/// The label of what is offered.
fn offered(site: &StepContext<'_>) -> Result<String, Failure> {
    let command = installer::offered();
    let ask = Ask {
        program: command.first().map(PathBuf::from).unwrap_or_default(),
        args: command.iter().skip(1).cloned().collect(),
        env: Environment::of_system(),
        dir: "/".into(),
        limit_ms: LIST_MS,
        ..Ask::default()
    };
    let said = site.system.look.run(&ask).map(|it| format!("{}\n{}", it.out(), it.err()));
    let said = said.into_here().unwrap_or_default();
    if let Some(label) = xcode::newest(&said) {
        return Ok(label);
    }
    let dialogue = text!("apply-command-line-tools-dialogue");
    if unreachable(&said) {
        let message = text!("apply-command-line-tools-network");
        return Err(Failure::new(Code::PackagesNetwork, message).hint(dialogue));
    }
    let message = text!("apply-command-line-tools-not-offered");
    Err(Failure::new(Code::XcodeNotOffered, message).hint(dialogue))
}

/// Whether Apple's servers could not be asked.
fn unreachable(said: &str) -> bool {
    ["NSURLErrorDomain", "Apple Software Update server", "Internet connection appears to be offline"]
        .iter()
        .any(|it| said.contains(it))
}

/// Runs one command to its end, with rights of its own.
fn run(id: u32, site: &StepContext<'_>, command: &[String]) -> Result<(), Failure> {
    let (look, disk) = (site.system.look, site.system.disk);
    let logs = site.places.logs();
    disk.make_dir(&logs, 0o700)?;
    let log = logs.join(format!("apple-{id}-{}.log", look.monotonic_ms()));
    let rights = site.facts.host.rights;
    site.events.command(id, &typed(rights, command));
    let spawn = spawn(rights, command, log.clone());
    let broken = |error| DiskError::new(&spawn.program, &error);
    let mut child = site.system.children.start(&spawn).map_err(broken)?;
    let ended = loop {
        if let Some(ended) = child.poll().map_err(broken)? {
            break ended;
        }
        look.wait(Duration::from_millis(500));
        let said = look.read(&log).into_here().unwrap_or_default();
        if let Some(done) = xcode::percent(&String::from_utf8_lossy(&said)) {
            site.events.progress(id, done, Some(100), Unit::Items);
        }
    };
    if ended.ok() {
        return Ok(());
    }
    let said =
        look.read(&log).map(|it| String::from_utf8_lossy(&it).into_owned()).into_here().unwrap_or_default();
    let words = said.lines().rev().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default();
    let name = Path::new(command.first().map_or("", String::as_str)).file_name().unwrap_or_default();
    let code = ended.code.map_or_else(|| "?".to_owned(), |it| it.to_string());
    let manager = name.to_string_lossy().into_owned();
    let message = text!("apply-packages-failed", manager = manager, code = code, words = words);
    let kind = match () {
        () if words.starts_with("sudo:") || said.contains("must be run as root") => Code::PackagesRights,
        () if unreachable(&said) => Code::PackagesNetwork,
        () => Code::PackagesFailed,
    };
    Err(Failure::new(kind, message).hint(text!("apply-packages-failed-hint", log = &log)))
}

fn spawn(rights: Rights, command: &[String], log: PathBuf) -> Spawn {
    let asks = rights == Rights::SudoAsks;
    let mut argv = elevated(rights, command);
    let program = PathBuf::from(argv.remove(0));
    Spawn {
        program,
        args: argv,
        env: Environment::of_system(),
        dir: "/".into(),
        terminal: asks,
        output: Output::File(log),
        survives: true,
    }
}

fn elevated(rights: Rights, command: &[String]) -> Vec<String> {
    let front: &[&str] = match rights {
        Rights::Root => &[],
        Rights::SudoAsks => &["/usr/bin/sudo", "--"],
        Rights::SudoWithoutPassword | Rights::None => &["/usr/bin/sudo", "-n", "--"],
    };
    front.iter().map(|&it| it.to_owned()).chain(command.iter().cloned()).collect()
}

/// As a person would type it.
fn typed(rights: Rights, command: &[String]) -> String {
    let line = command.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(" ");
    if rights == Rights::Root { line } else { format!("sudo {line}") }
}

#[cfg(test)]
mod tests;
