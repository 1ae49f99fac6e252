//! Links to directories on a disk that has no junctions: a file that names where it leads, as Cygwin keeps its own. It has the
//! mark of the system's files, and a word of ours first. This program follows it; Windows does not.

#![expect(clippy::disallowed_methods, reason = "this is behind the door: it links for it")]

use std::fs::{self, Metadata};
use std::io::{self, Read as _, Write as _};
use std::os::windows::fs::MetadataExt;
use std::path::{Path, PathBuf};

use windows_sys::Win32::Storage::FileSystem::{FILE_ATTRIBUTE_SYSTEM, SetFileAttributesW};

use super::file::{self, New};
use super::path::{wide, written};
use super::regular::{self, Links};

/// What such a file begins with.
const WORD: &str = "!<fyne-setup link>";

/// No path is longer.
const LONGEST: u64 = 64 << 10;

/// Where such a file leads.
pub(in crate::system) fn target(path: &Path, about: &Metadata) -> Option<PathBuf> {
    let marked = about.is_file() && about.file_attributes() & FILE_ATTRIBUTE_SYSTEM != 0;
    if !marked || about.len() > LONGEST {
        return None;
    }
    let mut text = String::new();
    regular::read(path, Links::Refused).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    let target = text.strip_prefix(WORD)?.trim();
    (!target.is_empty()).then(|| written(Path::new(target)))
}

/// Makes one, or switches it, in one step, by way of the name `beside` it.
pub(in crate::system) fn set(target: &Path, at: &Path, beside: &Path) -> io::Result<()> {
    match fs::symlink_metadata(at) {
        Ok(about) if self::target(at, &about).is_none() => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let made = || {
        let (mut file, _) = file::new(beside, New::Only, true)?;
        file.write_all(format!("{WORD}\n{}\n", target.display()).as_bytes())?;
        file.sync_all()?;
        drop(file);
        let name = wide(beside)?;
        // SAFETY: the name ends with a zero.
        #[expect(unsafe_code, reason = "a call of Windows")]
        if unsafe { SetFileAttributesW(name.as_ptr(), FILE_ATTRIBUTE_SYSTEM) } == 0 {
            return Err(io::Error::last_os_error());
        }
        fs::rename(beside, at)
    };
    made().inspect_err(|_| drop(fs::remove_file(beside)))
}
