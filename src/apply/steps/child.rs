//! A child that works for a step: started, waited for to its end and never killed, with a log where that is wanted; and a file
//! that is there only meanwhile.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::StepContext;
use super::packages::typed;
use crate::disk_error::DiskError;
use crate::facts::host::Rights;
use crate::failure::{Code, Failure};
use crate::probe::host::refused;
use crate::system::{Disk, Ended, Environment, Output, Spawn};

/// `ERROR_ELEVATION_REQUIRED`: Windows starts such a program for administrators alone. Installers end with the same number
/// where they find out themselves. No other system has an error of it.
const FOR_ADMINISTRATORS: i32 = 740;

/// Starts it and waits for its end. As often as this, what is told meanwhile is told.
pub(super) fn to_its_end(
    site: &StepContext<'_>,
    spawn: &Spawn,
    pause: Duration,
    meanwhile: impl Fn(),
) -> Result<Ended, Failure> {
    let broken = |error| DiskError::new(&spawn.program, &error);
    let mut child = match site.system.children.start(spawn) {
        Err(error) if error.raw_os_error() == Some(FOR_ADMINISTRATORS) => {
            return Ok(Ended { code: Some(FOR_ADMINISTRATORS), signal: None });
        }
        begun => begun.map_err(broken)?,
    };
    let mut told_to_stop = false;
    loop {
        if let Some(ended) = child.poll().map_err(broken)? {
            return Ok(ended);
        }
        site.tell_of_stop(&mut told_to_stop);
        site.system.look.wait(pause);
        meanwhile();
    }
}

/// One command of a step, told before it is run, with a log of its own.
pub(super) struct Logged<'a> {
    /// The step.
    pub(super) id: u32,
    /// Its words.
    pub(super) command: &'a [String],
    /// With which rights it is run; those of root by itself, or by sudo.
    pub(super) rights: Rights,
    pub(super) env: Environment,
    pub(super) dir: PathBuf,
    /// What the name of its log begins with.
    pub(super) log: String,
    /// How often it is looked at.
    pub(super) pause: Duration,
}

/// What came of it.
pub(super) struct Said {
    pub(super) ended: Ended,
    pub(super) text: String,
    log: PathBuf,
}

impl<'a> Logged<'a> {
    /// A program of the system, with the rights that this machine gives.
    pub(super) fn of_system(id: u32, site: &StepContext<'_>, command: &'a [String], log: &str) -> Self {
        Self {
            id,
            command,
            rights: site.facts.host.rights,
            env: Environment::of_system(),
            dir: "/".into(),
            log: log.to_owned(),
            pause: Duration::from_millis(20),
        }
    }

    /// Runs it to its end. `meanwhile` gets its log.
    pub(super) fn run(self, site: &StepContext<'_>, meanwhile: impl Fn(&Path)) -> Result<Said, Failure> {
        let look = site.system.look;
        site.events.command(self.id, &typed(self.rights, self.command));
        let logs = site.places.logs();
        site.system.disk.make_dir(&logs, 0o700)?;
        let log = logs.join(format!("{}-{}-{}.log", self.log, self.id, look.monotonic_ms()));
        let asks = self.rights == Rights::SudoAsks;
        let front = if self.rights == Rights::Root { Vec::new() } else { sudo(asks) };
        let mut words = [&front, self.command].concat();
        let program = words.drain(..1.min(words.len())).collect::<String>().into();
        let spawn = Spawn {
            program,
            args: words,
            env: self.env,
            dir: self.dir,
            terminal: asks,
            output: Output::File(log.clone()),
            survives: true,
        };
        let ended = to_its_end(site, &spawn, self.pause, || meanwhile(&log))?;
        let text = String::from_utf8_lossy(&look.read(&log).into_here().unwrap_or_default()).into_owned();
        Ok(Said { ended, text, log })
    }
}

impl Said {
    /// The code that it ended with, as it is shown.
    pub(super) fn code(&self) -> String {
        self.ended.code.map_or_else(|| "?".to_owned(), |it| it.to_string())
    }

    /// Its last words.
    fn words(&self) -> &str {
        self.text.lines().rev().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default()
    }

    /// Whether it was refused for want of rights.
    pub(super) fn is_refused(&self) -> bool {
        self.words().starts_with("sudo:") || refused(&self.text)
    }

    /// Why its command failed.
    pub(super) fn failure(&self, command: &[String], kind: Code) -> Failure {
        let name = Path::new(command.first().map_or("", String::as_str)).file_name().unwrap_or_default();
        let manager = name.to_string_lossy().into_owned();
        let message =
            text!("apply-packages-failed", manager = manager, code = self.code(), words = self.words());
        Failure::new(kind, message).hint(text!("apply-packages-failed-hint", log = &self.log))
    }
}

/// What stands in front of a command that takes root's rights: where nobody may be asked, sudo is told so.
pub(super) fn sudo(asks: bool) -> Vec<String> {
    let flags: &[&str] = if asks { &["/usr/bin/sudo", "--"] } else { &["/usr/bin/sudo", "-n", "--"] };
    flags.iter().map(|&it| it.to_owned()).collect()
}

/// A file that goes however the step ends. One of a run that was killed is taken away by the next (`journal::lock`).
pub(super) struct Fleeting<'s> {
    disk: &'s dyn Disk,
    file: PathBuf,
}

impl<'s> Fleeting<'s> {
    pub(super) fn lay(disk: &'s dyn Disk, file: PathBuf, text: &[u8], mode: u32) -> Result<Self, Failure> {
        let laid = Self { disk, file };
        laid.disk.write(&laid.file, text, Some(mode))?;
        Ok(laid)
    }
}

impl Drop for Fleeting<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run.
        let _ = self.disk.remove(&self.file);
    }
}
