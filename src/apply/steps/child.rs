//! A child that works for a step: started, waited for to its end and never killed; and a file that is there only meanwhile.

use std::path::PathBuf;
use std::time::Duration;

use super::StepContext;
use crate::disk_error::DiskError;
use crate::failure::Failure;
use crate::system::{Disk, Ended, Spawn};

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
