//! Programs as Linux starts and ends them: process groups, sessions, the parent-death signal.

#![expect(clippy::disallowed_types, reason = "this is behind the door: it starts for it")]

use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};

use rustix::process::{Pid, Signal};

use super::groups::{Groups, Place};
use super::kernel;
use crate::fact::Fact;
use crate::system::{Ended, Look, process_in_proc};

/// A program and what it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::system) struct Group(Pid);

impl Group {
    /// Asks its group to end; a program that shares our terminal has none, and hears of Ctrl-C itself.
    pub(in crate::system) fn terminate_group(&self) {
        // The group is gone when everything in it has ended; that is what was wanted.
        let _ = rustix::process::kill_process_group(self.0, Signal::TERM);
    }

    /// Asks the program and its group to end.
    pub(in crate::system) fn terminate(&self) {
        self.terminate_group();
        let _ = rustix::process::kill_process(self.0, Signal::TERM);
    }

    /// Ends the program and its group.
    pub(in crate::system) fn kill(&self) {
        let _ = rustix::process::kill_process_group(self.0, Signal::KILL);
        let _ = rustix::process::kill_process(self.0, Signal::KILL);
    }
}

/// A program under this name.
#[expect(clippy::unnecessary_wraps, reason = "on Windows not every path is one")]
pub(in crate::system) fn command(program: &Path) -> io::Result<Command> {
    Ok(Command::new(program))
}

/// Starts a program that is asked something, and dies with us however we end: this thread waits for it, and nobody else
/// does.
pub(in crate::system) fn ask(
    command: &mut Command,
    groups: Groups,
    _: &Path,
) -> io::Result<(Child, Group, Place)> {
    let place = groups.place();
    let enters = place.entering();
    command.process_group(0);
    // SAFETY: between fork and exec two async-signal-safe calls are made, getpid and prctl, and a number is stored, without
    // allocation.
    #[expect(unsafe_code, reason = "the parent-death signal can be set only between fork and exec")]
    unsafe {
        command.pre_exec(move || {
            enters();
            kernel::die_with_parent()
        });
    }
    let child = command.spawn()?;
    let group = Pid::from_child(&child);
    place.begun(group);
    Ok((child, Group(group), place))
}

/// Starts a program that lives on, and ties its life to ours, or cuts it loose.
pub(in crate::system) fn begin(
    command: &mut Command,
    survives: bool,
    terminal: bool,
) -> io::Result<(Child, Group)> {
    if !survives && !terminal {
        command.process_group(0);
    }
    // SAFETY: between fork and exec only async-signal-safe calls are made: setsid and prctl, without allocation.
    #[expect(
        unsafe_code,
        reason = "a session of one's own and the parent-death signal can be set only between fork and exec"
    )]
    unsafe {
        command.pre_exec(move || {
            if survives && !terminal {
                rustix::process::setsid()?;
            } else if !survives {
                kernel::die_with_parent()?;
            }
            Ok(())
        });
    }
    let child = command.spawn()?;
    let group = Group(Pid::from_child(&child));
    Ok((child, group))
}

/// A program that lived on has ended: what it left behind lives on too.
pub(in crate::system) fn release(_: &Group) {}

/// Whether the program has ended; it is not waited for yet, so that its number stays its own.
pub(in crate::system) fn has_ended(group: &Group, _: &mut Child) -> bool {
    use rustix::process::{WaitId, WaitIdOptions, waitid};
    let how = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    // Who cannot be asked about is gone.
    waitid(WaitId::Pid(group.0), how).map_or(true, |it| it.is_some())
}

/// How a program ended.
pub(in crate::system) fn ended(status: ExitStatus) -> Ended {
    Ended { code: status.code(), signal: status.signal() }
}

/// Becomes another program; returns only where there is none.
pub(in crate::system) fn become_it(command: &mut Command) -> io::Error {
    command.exec()
}

/// A process by its number. Where there are no files of processes, what it was started with only a program would tell.
pub(in crate::system) fn named<L: Look>(look: &L, pid: u32) -> Fact<Vec<String>> {
    if kernel::PROC {
        process_in_proc(look, pid)
    } else if is_alive(pid) {
        Fact::Here(Vec::new())
    } else {
        Fact::Absent
    }
}

/// Whether a process of this number is there.
pub(in crate::system) fn is_alive(pid: u32) -> bool {
    kernel::is_alive(pid)
}

/// Ends this process at once, as a power cut would.
#[cfg(feature = "faults")]
pub(in crate::system) fn die() {
    let _ = rustix::process::kill_process(rustix::process::getpid(), Signal::KILL);
}
