//! Opens files that are files. A pipe, a socket or a device where a file belongs would make whoever opens or reads it
//! wait for ever, and opening a device can do something by itself: so what stands at a path is looked at before it is
//! opened, the open itself never waits, and what was opened is looked at again.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is behind the door: it opens for it"
)]

use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

use super::kernel;
use crate::disk_error::DiskError;
use crate::text::Text;

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
    open(path, links, OpenOptions::new().read(true))
}

/// Opens a file as these options say; where they create, it may be new.
pub(in crate::system) fn open(path: &Path, links: Links, options: &mut OpenOptions) -> io::Result<File> {
    let looked = match links {
        Links::Followed => fs::metadata(path),
        Links::Refused => fs::symlink_metadata(path),
    };
    match looked {
        Ok(there) => regular(path, &there)?,
        // A new file; or the open says what is wrong.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let follow = if links == Links::Refused { OFlags::NOFOLLOW } else { OFlags::empty() };
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC | follow).bits();
    let file = options.custom_flags(flags.cast_signed()).open(path)?;
    regular(path, &file.metadata()?)?;
    Ok(file)
}

/// Whether nothing stands there that would make others wait who open it as it is.
pub(in crate::system) fn is_openable(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |there| regular(path, &there).is_ok())
}

fn regular(path: &Path, there: &Metadata) -> io::Result<()> {
    let kind = there.file_type();
    if kind.is_file() || is_null(there) {
        return Ok(());
    }
    Err(match special(kind) {
        Some(why) => DiskError::because(path, why).into(),
        None => io::ErrorKind::IsADirectory.into(),
    })
}

/// The machine's own word for "nothing here": `~/.bashrc -> /dev/null` is an empty file to everybody.
fn is_null(there: &Metadata) -> bool {
    there.file_type().is_char_device() && kernel::is_null(there.rdev())
}

fn special(kind: FileType) -> Option<Text> {
    if kind.is_dir() {
        None
    } else if kind.is_symlink() {
        Some(text!("why-symlink"))
    } else if kind.is_fifo() {
        Some(text!("why-pipe"))
    } else if kind.is_socket() {
        Some(text!("why-socket"))
    } else {
        Some(text!("why-device"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(path: &Path, links: Links) -> String {
        let error = read(path, links).expect_err("no file");
        DiskError::new(path, &error).why.to_string()
    }

    /// By the program: rustix has no call for it on macOS.
    fn pipe(at: &Path) {
        assert!(std::process::Command::new("mkfifo").arg(at).status().is_ok_and(|it| it.success()));
    }

    #[test]
    fn only_a_file_is_opened_and_what_is_none_is_named() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let at = |name: &str| dir.path().join(name);
        fs::write(at("file"), "text").expect("written");
        std::os::unix::fs::symlink(at("file"), at("link")).expect("linked");
        std::os::unix::fs::symlink("/dev/zero", at("zero")).expect("linked");
        std::os::unix::fs::symlink("/dev/null", at("null")).expect("linked");
        pipe(&at("pipe"));
        let _listener = std::os::unix::net::UnixListener::bind(at("socket")).expect("bound");
        for (name, why) in
            [("pipe", "why-pipe"), ("socket", "why-socket"), ("zero", "why-device"), ("", "is a directory")]
        {
            let said = fault(&at(name), Links::Followed);
            assert!(said.contains(why), "{name}: {said}");
        }
        assert!(read(&at("link"), Links::Followed).is_ok() && read(&at("null"), Links::Followed).is_ok());
        assert!(fault(&at("link"), Links::Refused).contains("why-symlink"));
    }

    #[test]
    fn a_pipe_that_takes_the_place_of_a_file_does_not_make_the_open_wait() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let path = dir.path().join("pipe");
        pipe(&path);
        // As after a look that still saw a file: the open comes back, and what it opened is looked at.
        let flags = (OFlags::NONBLOCK | OFlags::CLOEXEC).bits().cast_signed();
        let file = OpenOptions::new().read(true).custom_flags(flags).open(&path).expect("it does not wait");
        assert!(regular(&path, &file.metadata().expect("open")).is_err());
    }
}
