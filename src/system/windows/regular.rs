//! Opens files that are files. A console or a pipe where a file belongs would make whoever reads it wait for ever, and the
//! name of a device is one in every directory: so the name is looked at before it is opened, and what was opened after.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is behind the door: it opens for it"
)]

use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt;
use std::path::Path;

use windows_sys::Win32::Storage::FileSystem::FILE_FLAG_OPEN_REPARSE_POINT;

use super::file::is_on_disk;
use super::path::native;
use crate::disk_error::DiskError;
use crate::system::windows_path::{Device, device};

/// Whether a link at the end of the path is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::system) enum Links {
    /// A file of the user's lies where it lies.
    Followed,
    /// A file of ours is no link.
    Refused,
}

/// Opens a file to be read.
pub(in crate::system) fn read(path: &Path, links: Links) -> io::Result<File> {
    let mut options = OpenOptions::new();
    if links == Links::Refused {
        options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    }
    open(path, options.read(true))
}

/// Opens a file as these options say.
pub(in crate::system) fn open(path: &Path, options: &OpenOptions) -> io::Result<File> {
    match device(&path.to_string_lossy()) {
        Some(Device::Other) => return Err(DiskError::because(path, text!("why-device")).into()),
        Some(Device::Null) => return options.open("NUL"),
        None => {}
    }
    let file = options.open(native(path)?).map_err(|error| {
        // So Windows says that it is a directory.
        let is_dir = error.kind() == io::ErrorKind::PermissionDenied && path.is_dir();
        if is_dir { io::ErrorKind::IsADirectory.into() } else { error }
    })?;
    check(path, &file)?;
    Ok(file)
}

/// Whether what was opened is a file.
pub(in crate::system) fn check(path: &Path, file: &File) -> io::Result<()> {
    if !is_on_disk(file) {
        return Err(DiskError::because(path, text!("why-device")).into());
    }
    let there = file.metadata()?;
    if there.is_symlink() {
        return Err(DiskError::because(path, text!("why-symlink")).into());
    }
    if there.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(()) }
}

/// Whether nothing stands there that would make others wait who open it as it is.
pub(in crate::system) fn is_openable(path: &Path) -> bool {
    device(&path.to_string_lossy()) != Some(Device::Other)
}
