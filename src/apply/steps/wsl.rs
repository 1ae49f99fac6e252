//! Windows Subsystem for Linux: WSLg's sockets are shown where programs look, by the mount that WSL itself makes, and with
//! systemd at each start by a file for systemd-tmpfiles. Each is one command with root's rights, shown before.

use std::path::Path;

use super::child::Logged;
use super::packages::typed;
use super::{Prepared, StepContext};
use crate::action::wsl::{self, DROP_IN, SHOWN};
use crate::fact::Fact;
use crate::facts::host::Rights;
use crate::facts::wsl::mounts_on;
use crate::failure::{Code, Failure};
use crate::journal::undo::{Reverted, SocketsUndo, Undo};
use crate::system::{Kind, Look};

/// Mounts them, and lays the file.
pub fn show<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    dir: &'s Path,
    each_start: bool,
) -> Result<Prepared<'s>, Failure> {
    let look = site.system.look;
    let file = each_start && look.stat(Path::new(DROP_IN)).is_absent();
    let made = is_free(look)?;
    let undo = SocketsUndo { dir: dir.to_path_buf(), file, boot: boot(look), mounts: mounts(look), made };
    let act = move || {
        run(id, site, &wsl::show(dir))?;
        if !file {
            return Ok(());
        }
        let staged = site.places.staging().join(wsl::staged(id));
        site.system.disk.write(&staged, wsl::drop_in(dir).as_bytes(), Some(0o644))?;
        let laid = run(id, site, &wsl::lay(&staged));
        site.system.disk.remove(&staged)?;
        laid
    };
    Ok(Prepared::new(vec![Undo::WslgSockets(undo)], act))
}

/// Whether nothing is there, or a directory to mount on: root follows no link of anybody's in `/tmp`, and mounts on no
/// directory that somebody else could replace.
fn is_free(look: &dyn Look) -> Result<bool, Failure> {
    let me = look.identity().uid;
    match look.stat(Path::new(SHOWN)) {
        Fact::Absent => Ok(true),
        Fact::Here(it) if it.kind == Kind::Dir && [0, me].contains(&it.uid) => Ok(false),
        _ => {
            let failure = Failure::new(Code::PremiseChanged, text!("apply-wslg-in-the-way", path = SHOWN));
            Err(failure.hint(text!("apply-wslg-in-the-way-hint", path = SHOWN)))
        }
    }
}

/// Covers them again: the mount that is there and was not before goes, and the file where it is what we wrote, with its link.
pub fn cover(id: u32, site: &StepContext<'_>, was: &SocketsUndo) -> Result<Reverted, Failure> {
    let look = site.system.look;
    if boot(look) == was.boot && mounts(look) > was.mounts {
        run(id, site, &wsl::hide())?;
        if was.made && look.list(Path::new(SHOWN)).here().is_some_and(Vec::is_empty) {
            run(id, site, &wsl::remove_dir())?;
        }
    }
    // After a restart there is no mount, but the link that systemd-tmpfiles made of our file.
    let link = was.file && is_ours(look, &was.dir);
    match look.read(Path::new(DROP_IN)) {
        Fact::Here(text) if was.file && text == wsl::drop_in(&was.dir).as_bytes() => {
            run(id, site, &wsl::take_away(link))?;
        }
        Fact::Here(_) if was.file => return Ok(Reverted::ChangedByOthers(DROP_IN.into())),
        Fact::Absent if link => run(id, site, &wsl::take_away(true))?,
        _ => {}
    }
    Ok(Reverted::Yes)
}

/// Whether what is there is the link that our file makes.
fn is_ours(look: &dyn Look, dir: &Path) -> bool {
    let target = look.stat(Path::new(SHOWN)).into_here().and_then(|it| it.target);
    target.is_some_and(|it| it == dir.join(".X11-unix"))
}

fn boot(look: &dyn Look) -> String {
    let id = look.read(Path::new("/proc/sys/kernel/random/boot_id")).into_here().unwrap_or_default();
    String::from_utf8_lossy(&id).trim().to_owned()
}

fn mounts(look: &dyn Look) -> usize {
    let text = look.read(Path::new("/proc/self/mountinfo")).into_here().unwrap_or_default();
    mounts_on(&String::from_utf8_lossy(&text), SHOWN)
}

/// Runs one command to its end, with rights of its own.
fn run(id: u32, site: &StepContext<'_>, command: &[String]) -> Result<(), Failure> {
    if site.facts.host.rights.are_missing(site.plan.want.no_sudo) {
        let line = typed(Rights::SudoAsks, command);
        return Err(Failure::new(Code::PackagesRights, text!("apply-wslg-rights", line = line)));
    }
    let said = Logged::of_system(id, site, command, "wsl").run(site, |_| ())?;
    if said.ended.ok() {
        return Ok(());
    }
    let kind = if said.is_refused() { Code::PackagesRights } else { Code::WslSockets };
    Err(said.failure(command, kind))
}

#[cfg(test)]
mod tests;
