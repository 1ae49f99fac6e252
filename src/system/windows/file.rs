//! Files and directories opened and made by Windows' own calls, where the standard library has no word for what is wanted:
//! an access list from the first moment, a link itself instead of where it leads, a lock on bytes that nobody reads.

#![expect(clippy::disallowed_types, reason = "this is behind the door: it opens for it")]

use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::io::{AsRawHandle, FromRawHandle};
use std::path::Path;
use std::ptr;

use windows_sys::Win32::Foundation::{
    ERROR_ALREADY_EXISTS, ERROR_LOCK_VIOLATION, GENERIC_READ, GetLastError, INVALID_HANDLE_VALUE,
};
use windows_sys::Win32::Security::SECURITY_ATTRIBUTES;
use windows_sys::Win32::Storage::FileSystem::{
    BY_HANDLE_FILE_INFORMATION, CREATE_NEW, CreateDirectoryW, CreateFileW, FILE_ATTRIBUTE_NORMAL,
    FILE_FLAG_BACKUP_SEMANTICS, FILE_FLAG_OPEN_REPARSE_POINT, FILE_GENERIC_WRITE, FILE_READ_ATTRIBUTES,
    FILE_SHARE_DELETE, FILE_SHARE_READ, FILE_SHARE_WRITE, FILE_TYPE_DISK, FILE_WRITE_DATA,
    GetFileInformationByHandle, GetFileType, LOCKFILE_EXCLUSIVE_LOCK, LOCKFILE_FAIL_IMMEDIATELY, LockFileEx,
    OPEN_ALWAYS, READ_CONTROL,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

use super::path::{native, wide};
use super::security::Private;

/// Everybody may do with it what its access list lets them, while it is open.
const SHARED: u32 = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

/// How a new file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::system) enum New {
    /// To be written; it may not be there yet.
    Only,
    /// To be appended to, whether or not it is there.
    Append,
    /// To be read and written, whether or not it is there.
    Lock,
}

/// Opens or makes a file, never through a link at its end; the second is whether it is new. A private one is made for us
/// alone, from its first moment.
pub(in crate::system) fn new(path: &Path, how: New, private: bool) -> io::Result<(File, bool)> {
    let name = wide(path)?;
    let list = if private { Some(Private::new()?) } else { None };
    let attributes = list.as_ref().map(Private::attributes);
    let (access, disposition) = match how {
        New::Only => (FILE_GENERIC_WRITE | READ_CONTROL, CREATE_NEW),
        New::Append => ((FILE_GENERIC_WRITE & !FILE_WRITE_DATA) | READ_CONTROL, OPEN_ALWAYS),
        New::Lock => (FILE_GENERIC_WRITE | GENERIC_READ | READ_CONTROL, OPEN_ALWAYS),
    };
    let flags = FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT;
    let attributes = attributes.as_ref().map_or(ptr::null(), ptr::from_ref::<SECURITY_ATTRIBUTES>);
    // SAFETY: the name ends with a zero, the attributes live until after the call, and the handle that comes back is ours.
    #[expect(unsafe_code, reason = "a call of Windows")]
    unsafe {
        let handle =
            CreateFileW(name.as_ptr(), access, SHARED, attributes, disposition, flags, ptr::null_mut());
        let last = GetLastError();
        if handle == INVALID_HANDLE_VALUE {
            return Err(io::Error::from_raw_os_error(last.cast_signed()));
        }
        let new = how == New::Only || last != ERROR_ALREADY_EXISTS;
        Ok((File::from_raw_handle(handle), new))
    }
}

/// Makes a directory that is not there yet.
pub(in crate::system) fn new_dir(path: &Path, private: bool) -> io::Result<()> {
    let name = wide(path)?;
    let list = if private { Some(Private::new()?) } else { None };
    let attributes = list.as_ref().map(Private::attributes);
    let attributes = attributes.as_ref().map_or(ptr::null(), ptr::from_ref::<SECURITY_ATTRIBUTES>);
    // SAFETY: the name ends with a zero, and the attributes live until after the call.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let made = unsafe { CreateDirectoryW(name.as_ptr(), attributes) };
    if made == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Opens what stands at a path, a directory or a link as well, only to ask about it. `held`: nobody can rename or remove it
/// meanwhile.
pub(in crate::system) fn named(path: &Path, follow: bool, more: u32, held: bool) -> io::Result<File> {
    let link = if follow { 0 } else { FILE_FLAG_OPEN_REPARSE_POINT };
    OpenOptions::new()
        .access_mode(FILE_READ_ATTRIBUTES | more)
        .share_mode(if held { SHARED & !FILE_SHARE_DELETE } else { SHARED })
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS | link)
        .open(native(path)?)
}

/// Whether an open file is on a disk: no console, pipe or port.
pub(in crate::system) fn is_on_disk(file: &File) -> bool {
    // SAFETY: the handle is open for as long as the file lives.
    #[expect(unsafe_code, reason = "a call of Windows")]
    unsafe {
        GetFileType(file.as_raw_handle()) == FILE_TYPE_DISK
    }
}

/// The numbers by which an open file is known: of its disk, and on it.
pub(in crate::system) fn id(file: &File) -> io::Result<(u32, u64)> {
    let mut about = BY_HANDLE_FILE_INFORMATION::default();
    // SAFETY: the handle is open, and what is written to is ours and of this type.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let told = unsafe { GetFileInformationByHandle(file.as_raw_handle(), &raw mut about) };
    if told == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok((about.dwVolumeSerialNumber, u64::from(about.nFileIndexHigh) << 32 | u64::from(about.nFileIndexLow)))
}

/// Takes the lock of a file; `false` where another has it. It is on a byte far behind the end: what is locked nobody can read.
pub(in crate::system) fn lock(file: &File) -> io::Result<bool> {
    let mut at = OVERLAPPED::default();
    at.Anonymous.Anonymous.OffsetHigh = 0x4000_0000;
    let how = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
    // SAFETY: the handle is open, and the place lives until after the call, which does not wait.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let locked = unsafe { LockFileEx(file.as_raw_handle(), how, 0, 1, 0, &raw mut at) };
    if locked != 0 {
        return Ok(true);
    }
    let error = io::Error::last_os_error();
    let taken = error.raw_os_error() == Some(ERROR_LOCK_VIOLATION.cast_signed());
    if taken { Ok(false) } else { Err(error) }
}

/// Whether two open files are one.
pub(in crate::system) fn is_same(one: &File, other: &File) -> bool {
    id(one).ok().is_some_and(|it| id(other).ok() == Some(it))
}
