//! Junctions: the links to directories that every user may make on Windows, and that lead on by themselves. One that is there
//! is switched in one step, by writing its new target into it.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is behind the door: it links for it"
)]

use std::ffi::c_void;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::windows::ffi::OsStrExt;
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::io::AsRawHandle;
use std::path::{Component, Path, PathBuf, Prefix};
use std::ptr;

use windows_sys::Win32::Foundation::{
    ERROR_INVALID_FUNCTION, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED, GENERIC_WRITE,
};
use windows_sys::Win32::Storage::FileSystem::{FILE_FLAG_BACKUP_SEMANTICS, FILE_FLAG_OPEN_REPARSE_POINT};
use windows_sys::Win32::System::IO::DeviceIoControl;
use windows_sys::Win32::System::Ioctl::FSCTL_SET_REPARSE_POINT;
use windows_sys::Win32::System::SystemServices::IO_REPARSE_TAG_MOUNT_POINT;

use super::path::native;
use crate::disk_error::DiskError;

/// Makes the junction at `at` lead to a directory, or makes it, by way of the name `beside` it.
pub(in crate::system) fn set(target: &Path, at: &Path, beside: &Path) -> io::Result<()> {
    let target = full(target, native(at)?)?;
    match fs::symlink_metadata(at) {
        Ok(there) if there.is_symlink() => point(&open(at)?, &target, at),
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir(beside)?;
            let made = open(beside).and_then(|it| point(&it, &target, at));
            made.and_then(|()| fs::rename(beside, at)).inspect_err(|_| drop(fs::remove_dir(beside)))
        }
        Err(error) => Err(error),
    }
}

/// A junction knows whole paths of drives alone.
fn full(target: &Path, at: &Path) -> io::Result<PathBuf> {
    let full = std::path::absolute(at.parent().unwrap_or(at).join(target))?;
    match full.components().next() {
        Some(Component::Prefix(it)) if matches!(it.kind(), Prefix::Disk(_)) => Ok(full),
        _ => Err(DiskError::because(at, text!("disk-no-junctions")).into()),
    }
}

fn open(at: &Path) -> io::Result<File> {
    let flags = FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT;
    OpenOptions::new().access_mode(GENERIC_WRITE).custom_flags(flags).open(at)
}

fn point(junction: &File, target: &Path, at: &Path) -> io::Result<()> {
    let data = data(&target.as_os_str().encode_wide().collect::<Vec<_>>())?;
    let size = u32::try_from(data.len()).map_err(io::Error::other)?;
    let mut got = 0;
    // SAFETY: the handle is open, the data is as long as it is told, and nothing is given back.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let done = unsafe {
        DeviceIoControl(
            junction.as_raw_handle(),
            FSCTL_SET_REPARSE_POINT,
            data.as_ptr().cast::<c_void>(),
            size,
            ptr::null_mut(),
            0,
            &raw mut got,
            ptr::null_mut(),
        )
    };
    if done != 0 {
        return Ok(());
    }
    let error = io::Error::last_os_error();
    // How a disk without them answers: FAT, and some of the network.
    let none = [ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED, ERROR_INVALID_PARAMETER];
    match error.raw_os_error().map(i32::cast_unsigned) {
        Some(code) if none.contains(&code) => Err(DiskError::because(at, text!("disk-no-junctions")).into()),
        _ => Err(error),
    }
}

/// What is written into a directory to make it a junction: the path for Windows, and the one for people.
fn data(target: &[u16]) -> io::Result<Vec<u8>> {
    let for_people: Vec<u16> = target.to_vec();
    let for_windows: Vec<u16> = r"\??\".encode_utf16().chain(target.iter().copied()).collect();
    let bytes = |it: &[u16]| it.iter().flat_map(|it| it.to_le_bytes()).collect::<Vec<u8>>();
    let (first, second) = (bytes(&for_windows), bytes(&for_people));
    let zero = [0, 0];
    let paths = [&first[..], &zero, &second, &zero].concat();
    let size = |it: usize| u16::try_from(it).map(u16::to_le_bytes).map_err(io::Error::other);
    let body =
        [&size(0)?[..], &size(first.len())?, &size(first.len() + zero.len())?, &size(second.len())?, &paths]
            .concat();
    let head = [&IO_REPARSE_TAG_MOUNT_POINT.to_le_bytes()[..], &size(body.len())?, &zero].concat();
    Ok([head, body].concat())
}
