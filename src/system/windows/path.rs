//! Paths and texts on their way to Windows and back.

use std::fs::Metadata;
use std::io;
use std::os::windows::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::path_style::PathStyle;
use crate::system::Kind;
use crate::system::windows_path::depends_on_drive;

/// A path as the system takes it. What another current drive would change is not there: anybody may make `C:\etc`.
pub(in crate::system) fn native(path: &Path) -> io::Result<&Path> {
    if depends_on_drive(&path.to_string_lossy()) { Err(io::ErrorKind::NotFound.into()) } else { Ok(path) }
}

/// A path of Windows as this program writes it.
pub(in crate::system) fn written(path: &Path) -> PathBuf {
    PathStyle::Windows.path(&path.to_string_lossy())
}

/// A junction is a link.
pub(in crate::system) fn kind(of: &Metadata) -> Kind {
    if of.is_symlink() {
        Kind::Link
    } else if of.is_dir() {
        Kind::Dir
    } else if of.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

/// A text for Windows: a path that it takes however long it is.
pub(in crate::system) fn wide(path: &Path) -> io::Result<Vec<u16>> {
    let full = std::path::absolute(native(path)?)?;
    let mut text: Vec<u16> = full.as_os_str().encode_wide().collect();
    let starts = |with: &str| text.starts_with(&with.encode_utf16().collect::<Vec<_>>());
    let mark = if starts(r"\\?\") || starts(r"\\.\") {
        ""
    } else if starts(r"\\") {
        text.drain(..2);
        r"\\?\UNC\"
    } else {
        r"\\?\"
    };
    if text.contains(&0) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok(mark.encode_utf16().chain(text).chain([0]).collect())
}

/// A text of Windows.
///
/// # Safety
/// It ends with a zero.
#[expect(unsafe_code, reason = "what Windows gives is read")]
pub(in crate::system) unsafe fn text(from: *const u16) -> String {
    let mut letters = Vec::new();
    // SAFETY: as the caller promises, there is a letter up to the zero.
    unsafe {
        let mut at = from;
        while *at != 0 {
            letters.push(*at);
            at = at.add(1);
        }
    }
    String::from_utf16_lossy(&letters)
}
