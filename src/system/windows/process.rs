//! Programs as Windows starts and ends them. Each stands in a job of its own with all that it starts, from its first
//! instruction on: it begins suspended. The job ends with its last handle, which is ours, so that nothing outlives us; what
//! has to survive (an installer) is in no job of ours, and has a console of its own.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is behind the door: it starts for it"
)]

use std::io;
use std::os::windows::io::AsRawHandle;
use std::os::windows::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus};

use windows_sys::Win32::Foundation::{CloseHandle, ERROR_ACCESS_DENIED, GetLastError, HANDLE, WAIT_TIMEOUT};
use windows_sys::Win32::System::Console::{
    CTRL_BREAK_EVENT, CTRL_C_EVENT, GetConsoleCP, SetConsoleCtrlHandler,
};
use windows_sys::Win32::System::JobObjects::AssignProcessToJobObject;
use windows_sys::Win32::System::Threading::{
    CREATE_NEW_PROCESS_GROUP, CREATE_NO_WINDOW, CREATE_SUSPENDED, OpenProcess,
    PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_SYNCHRONIZE, QueryFullProcessImageNameW, WaitForSingleObject,
};
use windows_sys::core::BOOL;

use super::groups::{Groups, Place};
use super::job::{self, INTERRUPTED};
use crate::fact::Fact;
use crate::system::Ended;

pub(in crate::system) use super::job::{Group, release};

// What Windows' own debuggers, and those of others, start a suspended process with: no documented call takes a process.
#[link(name = "ntdll", kind = "raw-dylib")]
#[expect(unsafe_code, reason = "a call of Windows")]
unsafe extern "system" {
    fn NtResumeProcess(process: HANDLE) -> i32;
}

/// A program under this name. A path is written as Windows writes it, for some read their own name.
pub(in crate::system) fn command(program: &Path) -> io::Result<Command> {
    super::path::native(program)?;
    if !program.is_absolute() {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(Command::new(program.to_string_lossy().replace('/', "\\")))
}

/// Starts a program that is asked something, and dies with us however we end.
pub(in crate::system) fn ask(
    command: &mut Command,
    groups: Groups,
    scratch: &Path,
) -> io::Result<(Child, Group, Place)> {
    let scratch = super::path::written(scratch).to_string_lossy().into_owned();
    complete(command, &[("TEMP", &scratch), ("TMP", &scratch)]);
    let (child, group) = start(command, false)?;
    Ok((child, group.clone(), groups.place(group)))
}

/// Starts a program that lives on, and ties its life to ours, or cuts it loose.
pub(in crate::system) fn begin(
    command: &mut Command,
    survives: bool,
    terminal: bool,
) -> io::Result<(Child, Group)> {
    complete(command, &[]);
    if !survives {
        return start(command, terminal);
    }
    let child = command.creation_flags(if terminal { 0 } else { CREATE_NO_WINDOW }).spawn()?;
    let group = Group::of(None, child.id(), false);
    Ok((child, group))
}

/// Without these Windows itself does not find its parts: sockets and random numbers of many programs fail.
fn complete(command: &mut Command, more: &[(&str, &str)]) {
    let has = |command: &Command, name: &str| {
        command.get_envs().any(|(it, value)| value.is_some() && it.eq_ignore_ascii_case(name))
    };
    for name in ["SYSTEMROOT", "SYSTEMDRIVE", "WINDIR"] {
        if let Some(value) = std::env::var_os(name).filter(|_| !has(command, name)) {
            command.env(name, value);
        }
    }
    for (name, value) in more {
        if !has(command, name) {
            command.env(name, value);
        }
    }
}

fn start(command: &mut Command, terminal: bool) -> io::Result<(Child, Group)> {
    let job = job::new()?;
    // SAFETY: it asks and changes nothing.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let console = unsafe { GetConsoleCP() } != 0;
    // Ctrl-C is ours to hear: the run ends its children well.
    let apart = match (terminal, console) {
        (true, _) => 0,
        (false, true) => CREATE_NEW_PROCESS_GROUP,
        (false, false) => CREATE_NO_WINDOW,
    };
    let mut child = command.creation_flags(CREATE_SUSPENDED | apart).spawn()?;
    let process = child.as_raw_handle();
    // SAFETY: both handles are open.
    #[expect(unsafe_code, reason = "calls of Windows")]
    let begun = unsafe {
        if AssignProcessToJobObject(job.as_raw_handle(), process) == 0 {
            Err(io::Error::last_os_error())
        } else {
            Ok(NtResumeProcess(process))
        }
    };
    let begun =
        begun.and_then(|it| if it < 0 { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) });
    if let Err(error) = begun {
        let _ = child.kill();
        return Err(error);
    }
    let group = Group::of(Some(job), child.id(), apart == CREATE_NEW_PROCESS_GROUP);
    Ok((child, group))
}

/// Whether the program has ended.
pub(in crate::system) fn has_ended(_: &Group, child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

/// How a program ended.
pub(in crate::system) fn ended(status: ExitStatus) -> Ended {
    match status.code() {
        Some(code) if code.cast_unsigned() == INTERRUPTED => Ended { code: None, signal: Some(2) },
        code => Ended { code, signal: None },
    }
}

/// Becomes another program, as near to it as Windows can: waits for it, with our environment and our console, and ends as it
/// does. Returns only where there is none.
pub(in crate::system) fn become_it(command: &mut Command) -> io::Error {
    // SAFETY: the function lives as long as the process.
    #[expect(unsafe_code, reason = "a call of Windows")]
    unsafe {
        SetConsoleCtrlHandler(Some(leave_it_to_the_other), 1);
    }
    match start(command, true).and_then(|(mut child, group)| Ok((child.wait()?, group))) {
        Ok((status, group)) => {
            release(&group);
            std::process::exit(status.code().unwrap_or(1))
        }
        Err(error) => error,
    }
}

/// It shares our console, hears the same key, and decides.
#[expect(unsafe_code, reason = "Windows calls it")]
unsafe extern "system" fn leave_it_to_the_other(event: u32) -> BOOL {
    BOOL::from(matches!(event, CTRL_C_EVENT | CTRL_BREAK_EVENT))
}

/// Whether a process of this number is there.
pub(in crate::system) fn is_alive(pid: u32) -> bool {
    // SAFETY: the handle that comes back is ours, and closed.
    #[expect(unsafe_code, reason = "calls of Windows")]
    unsafe {
        let process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_SYNCHRONIZE, 0, pid);
        if process.is_null() {
            return GetLastError() == ERROR_ACCESS_DENIED; // somebody else's
        }
        let runs = WaitForSingleObject(process, 0) == WAIT_TIMEOUT;
        CloseHandle(process);
        runs
    }
}

/// A process by its number: its program. What it was started with Windows tells to debuggers alone.
pub(in crate::system) fn named<L>(_: &L, pid: u32) -> Fact<Vec<String>> {
    if !is_alive(pid) {
        return Fact::Absent;
    }
    let mut name = [0_u16; 1024];
    let mut length = u32::try_from(name.len()).unwrap_or(0);
    // SAFETY: the handle that comes back is ours, and closed; the place is as large as it is told.
    #[expect(unsafe_code, reason = "calls of Windows")]
    let told = unsafe {
        let process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid);
        let told = !process.is_null()
            && QueryFullProcessImageNameW(process, 0, name.as_mut_ptr(), &raw mut length) != 0;
        if !process.is_null() {
            CloseHandle(process);
        }
        told
    };
    let name = name.get(..length as usize).filter(|_| told).map(String::from_utf16_lossy);
    Fact::Here(
        name.map(|it| super::path::written(Path::new(&it)).display().to_string()).into_iter().collect(),
    )
}

/// Ends this process at once, as a power cut would.
#[cfg(feature = "faults")]
pub(in crate::system) fn die() {
    use windows_sys::Win32::System::Threading::{GetCurrentProcess, TerminateProcess};
    // SAFETY: it is our own process.
    #[expect(unsafe_code, reason = "a call of Windows")]
    unsafe {
        TerminateProcess(GetCurrentProcess(), 137);
    }
}
