//! Jobs: a program with all that it starts, which Windows ends with the last handle, and so with us.

use std::ffi::c_void;
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::ptr;
use std::sync::Arc;

use windows_sys::Win32::Foundation::STATUS_CONTROL_C_EXIT;
use windows_sys::Win32::System::Console::{CTRL_BREAK_EVENT, GenerateConsoleCtrlEvent};
use windows_sys::Win32::System::JobObjects::{
    CreateJobObjectW, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, JOBOBJECT_EXTENDED_LIMIT_INFORMATION,
    JobObjectExtendedLimitInformation, SetInformationJobObject, TerminateJobObject,
};

/// What a program ends with whose console was told Ctrl-C or Ctrl-Break, and what we end one with: a signal, elsewhere.
pub(super) const INTERRUPTED: u32 = STATUS_CONTROL_C_EXIT.cast_unsigned();

/// A program and what it starts.
#[derive(Clone, Debug)]
pub(in crate::system) struct Group(Arc<Job>);

#[derive(Debug)]
struct Job {
    handle: Option<OwnedHandle>,
    pid: u32,
    /// It shares our console and has a group there, so that it can be told to end.
    told: bool,
}

impl PartialEq for Group {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Group {
    /// `told`: it shares our console and has a group there.
    pub(super) fn of(handle: Option<OwnedHandle>, pid: u32, told: bool) -> Self {
        Self(Arc::new(Job { handle, pid, told }))
    }

    /// Asks it to end, as Ctrl-Break does; one that cannot be asked is ended.
    pub(in crate::system) fn terminate_group(&self) {
        // SAFETY: the number is that of a process of ours that has not been waited for.
        #[expect(unsafe_code, reason = "a call of Windows")]
        let asked = self.0.told && unsafe { GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, self.0.pid) } != 0;
        if !asked {
            self.kill();
        }
    }

    /// The same.
    pub(in crate::system) fn terminate(&self) {
        self.terminate_group();
    }

    /// Ends all of it.
    pub(in crate::system) fn kill(&self) {
        if let Some(job) = &self.0.handle {
            // SAFETY: the handle is open for as long as this lives.
            #[expect(unsafe_code, reason = "a call of Windows")]
            unsafe {
                TerminateJobObject(job.as_raw_handle(), INTERRUPTED);
            }
        }
    }
}

/// A job that ends with its last handle.
pub(super) fn new() -> io::Result<OwnedHandle> {
    // SAFETY: nothing is handed in, and the handle that comes back is ours.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let job = unsafe {
        let job = CreateJobObjectW(ptr::null(), ptr::null());
        if job.is_null() {
            return Err(io::Error::last_os_error());
        }
        OwnedHandle::from_raw_handle(job)
    };
    limit(&job, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE)?;
    Ok(job)
}

fn limit(job: &OwnedHandle, flags: u32) -> io::Result<()> {
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    limits.BasicLimitInformation.LimitFlags = flags;
    let size = u32::try_from(size_of_val(&limits)).unwrap_or(0);
    // SAFETY: the handle is open, and the limits are as large as it is told.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let done = unsafe {
        SetInformationJobObject(
            job.as_raw_handle(),
            JobObjectExtendedLimitInformation,
            (&raw const limits).cast::<c_void>(),
            size,
        )
    };
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// A program that lived on has ended: what it left behind lives on too.
pub(in crate::system) fn release(group: &Group) {
    if let Some(job) = &group.0.handle {
        // Where this fails, what is left ends with us.
        let _ = limit(job, 0);
    }
}
