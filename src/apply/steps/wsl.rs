//! Windows Subsystem for Linux: WSLg's sockets are shown where programs look, by the mount that WSL itself makes, and with
//! systemd at each start by a file for systemd-tmpfiles. Each is one command with root's rights, shown before.

use std::path::Path;
use std::time::Duration;

use super::child::{sudo, to_its_end};
use super::packages::typed;
use super::{Prepared, StepContext};
use crate::action::wsl::{self, DROP_IN, SHOWN};
use crate::fact::Fact;
use crate::facts::host::Rights;
use crate::facts::wsl::mounts_on;
use crate::failure::{Code, Failure};
use crate::journal::undo::{Reverted, SocketsUndo, Undo};
use crate::probe::host::refused;
use crate::system::{Environment, Kind, Look, Output, Spawn};

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
        let staged = site.places.staging().join(format!("wslg-{id}.conf"));
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

/// Covers them again: the mount that is there and was not before goes, and the file where it is what we wrote.
pub fn cover(id: u32, site: &StepContext<'_>, was: &SocketsUndo) -> Result<Reverted, Failure> {
    let look = site.system.look;
    if boot(look) == was.boot && mounts(look) > was.mounts {
        run(id, site, &wsl::hide())?;
        if was.made && look.list(Path::new(SHOWN)).here().is_some_and(Vec::is_empty) {
            run(id, site, &wsl::remove_dir())?;
        }
    }
    match look.read(Path::new(DROP_IN)) {
        Fact::Here(text) if was.file && text == wsl::drop_in(&was.dir).as_bytes() => {
            run(id, site, &wsl::take_away())?;
        }
        Fact::Here(_) if was.file => return Ok(Reverted::ChangedByOthers(DROP_IN.into())),
        _ => {}
    }
    Ok(Reverted::Yes)
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
    let (look, rights) = (site.system.look, site.facts.host.rights);
    if rights.are_missing(site.plan.want.no_sudo) {
        let line = typed(Rights::SudoAsks, command);
        return Err(Failure::new(Code::PackagesRights, text!("apply-wslg-rights", line = line)));
    }
    let logs = site.places.logs();
    site.system.disk.make_dir(&logs, 0o700)?;
    let log = logs.join(format!("wsl-{id}-{}.log", look.monotonic_ms()));
    site.events.command(id, &typed(rights, command));
    let asks = rights == Rights::SudoAsks;
    let front = if rights == Rights::Root { Vec::new() } else { sudo(asks) };
    let mut words = [&front, command].concat();
    let spawn = Spawn {
        program: words.remove(0).into(),
        args: words,
        env: Environment::of_system(),
        dir: "/".into(),
        terminal: asks,
        output: Output::File(log.clone()),
        survives: true,
    };
    let ended = to_its_end(site, &spawn, Duration::from_millis(20), || ())?;
    if ended.ok() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&look.read(&log).into_here().unwrap_or_default()).into_owned();
    let words = said.lines().rev().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default();
    let name = Path::new(command.first().map_or("", String::as_str)).file_name().unwrap_or_default();
    let (name, code) = (name.to_string_lossy().into_owned(), ended.code.map(|it| it.to_string()));
    let code = code.unwrap_or_else(|| "?".to_owned());
    let message = text!("apply-packages-failed", manager = name, code = code, words = words);
    let denied = words.starts_with("sudo:") || refused(&said);
    let kind = if denied { Code::PackagesRights } else { Code::WslSockets };
    Err(Failure::new(kind, message).hint(text!("apply-packages-failed-hint", log = &log)))
}

#[cfg(test)]
mod tests;
