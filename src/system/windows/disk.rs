//! The real `Disk` on Windows. What is written whole is written in one step: a temporary file beside it, flushed, moved over
//! it. Directories are not flushed, for no right of a user lets one; a move that writes through takes its place.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the door: everything else asks it"
)]

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::windows::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use windows_sys::Win32::Storage::FileSystem::{
    FILE_ATTRIBUTE_HIDDEN, FILE_ATTRIBUTE_NORMAL, FILE_ATTRIBUTE_READONLY, FILE_WRITE_ATTRIBUTES,
    MOVEFILE_REPLACE_EXISTING, MOVEFILE_WRITE_THROUGH, MoveFileExW, READ_CONTROL, SetFileAttributesW,
    WRITE_DAC,
};

use super::file::{self, New};
use super::path::{native, wide};
use super::regular::{self, Links};
use super::remove::{self, for_each_file, is_busy, while_busy};
use super::security::{List, Private};
use super::{junction, look, made, own, pointer, registry};
use crate::disk_error::DiskError;
use crate::system::own::unguessable;
use crate::system::{Disk, ReadSeek, RegistryKey, RegistryValue};

/// The disk that we run on.
pub struct RealDisk;

/// How often a lock that was opened may turn out to be removed by then. Nobody removes and makes it as often in a row.
const LOCK_ROUNDS: usize = 100;

/// Makes names of temporary files unique within this process.
static SERIAL: AtomicU32 = AtomicU32::new(0);

impl Disk for RealDisk {
    fn make_dir(&self, path: &Path, mode: u32) -> Result<Option<PathBuf>, DiskError> {
        let top =
            path.ancestors().take_while(|it| fs::symlink_metadata(it).is_err()).last().map(Path::to_path_buf);
        crate::system::made::dirs(path, mode).map_err(|it| fault(path, &it))?;
        Ok(top)
    }

    fn write(&self, path: &Path, bytes: &[u8], mode: Option<u32>) -> Result<(), DiskError> {
        written(path, bytes, mode).map_err(|it| fault(path, &it))
    }

    fn write_as(&self, path: &Path, bytes: &[u8], mode: u32, owner: (u32, u32)) -> Result<(), DiskError> {
        is_ours(path, owner.0)?;
        self.write(path, bytes, Some(mode))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let append = || {
            let (mut file, _) = made::append(path, 0o600)?;
            own::private(path, &file)?;
            file.write_all(bytes)?;
            file.sync_data()
        };
        append().map_err(|it| fault(path, &it))
    }

    fn create(&self, path: &Path, mode: u32) -> Result<Box<dyn Write + Send>, DiskError> {
        let file = file::new(path, New::Only, made::is_private(mode));
        Ok(Box::new(file.map_err(|it| fault(path, &it))?.0))
    }

    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, DiskError> {
        Ok(Box::new(regular::read(path, Links::Refused).map_err(|it| fault(path, &it))?))
    }

    fn link(&self, target: &Path, at: &Path) -> Result<(), DiskError> {
        let linked = match look::space(at.parent().unwrap_or(at)) {
            Ok(it) if it.no_links => pointer::set(target, at, &beside(at)),
            _ => junction::set(target, at, &beside(at)),
        };
        linked.map_err(|it| fault(at, &it))
    }

    fn copy(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let copy = || {
            let mut from = regular::read(from, Links::Refused)?;
            let permissions = from.metadata()?.permissions();
            let mut to = file::new(to, New::Only, false)?.0;
            io::copy(&mut from, &mut to)?;
            to.set_permissions(permissions)
        };
        copy().map_err(|it| fault(to, &it))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        native(to).and_then(|_| moved(from, to)).map_err(|it| fault(to, &it))
    }

    fn remove(&self, path: &Path) -> Result<(), DiskError> {
        let removed = native(path).and_then(fs::symlink_metadata).and_then(|it| remove::one(path, &it));
        absent_is_fine(removed, path)
    }

    fn remove_tree(&self, path: &Path) -> Result<(), DiskError> {
        match native(path).and_then(fs::symlink_metadata) {
            Ok(it) if it.is_dir() => absent_is_fine(remove::tree(path), path),
            Ok(_) => Err(DiskError {
                path: path.into(),
                kind: io::ErrorKind::NotADirectory,
                why: text!("disk-not-a-directory").into(),
            }),
            Err(error) => absent_is_fine(Err(error), path),
        }
    }

    /// A file that nobody may write is "read only"; what is for us alone gets the access list for that. To open it to others
    /// is not ours: they have what the list says.
    fn set_mode(&self, path: &Path, mode: u32) -> Result<(), DiskError> {
        let set = || {
            let file = file::named(path, false, READ_CONTROL | WRITE_DAC | FILE_WRITE_ATTRIBUTES, false)?;
            let about = file.metadata()?;
            if about.is_symlink() {
                return Err(DiskError::because(path, text!("why-symlink")).into());
            }
            if made::is_private(mode) {
                Private::new()?.give(&file)?;
            }
            if about.is_file() {
                file.set_permissions(read_only(about.permissions(), mode & 0o200 == 0))?;
            }
            Ok(())
        };
        set().map_err(|it: io::Error| fault(path, &it))
    }

    fn set_owner(&self, path: &Path, uid: u32, _: u32) -> Result<(), DiskError> {
        is_ours(path, uid)
    }

    fn set_registry(
        &self,
        key: &RegistryKey,
        name: &str,
        value: Option<&RegistryValue>,
    ) -> Result<(), DiskError> {
        registry::set(key, name, value).map_err(|it| DiskError::new(key.to_string(), &it))
    }

    fn sync_tree(&self, path: &Path) -> Result<(), DiskError> {
        synced(path).map_err(|it| fault(path, &it))
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Send + Sync>>, DiskError> {
        for _ in 0..LOCK_ROUNDS {
            let file = file::new(path, New::Lock, true).and_then(|(it, _)| {
                regular::check(path, &it)?;
                own::private(path, &it).map(|()| it)
            });
            let mut file = file.map_err(|it| fault(path, &it))?;
            match file::lock(&file).map_err(|it| fault(path, &it))? {
                false => return Ok(None),
                // Its holder may have removed the file while we opened it: then it is nobody's lock any more.
                true if !is_at(&file, path) => {}
                true => {
                    let mut note = || {
                        file.set_len(0)?;
                        writeln!(file, "{}", std::process::id())
                    };
                    note().map_err(|it| fault(path, &it))?;
                    return Ok(Some(Box::new(file)));
                }
            }
        }
        Err(DiskError::because(path, text!("disk-lock-changes")))
    }
}

/// Everything is ours or somebody else's, and nothing is given away.
fn is_ours(path: &Path, uid: u32) -> Result<(), DiskError> {
    let other = DiskError {
        path: path.into(),
        kind: io::ErrorKind::Unsupported,
        why: text!("disk-no-owner-on-windows").into(),
    };
    if uid == own::me() { Ok(()) } else { Err(other) }
}

/// A whole file in one step. It keeps the access list and the attributes of the one whose place it takes.
fn written(path: &Path, bytes: &[u8], mode: Option<u32>) -> io::Result<()> {
    let temporary = beside(path);
    let before = file::named(path, true, READ_CONTROL, false).ok();
    let about = before.as_ref().and_then(|it| it.metadata().ok());
    let private = mode.is_some_and(made::is_private);
    let write = || {
        // Nobody else sees it before it has the rights of the old one.
        let mut file = file::new(&temporary, New::Only, private || before.is_some())?.0;
        file.write_all(bytes)?;
        file.sync_all()?;
        if let Some(before) = before.as_ref().filter(|_| !private) {
            List::of(before)?.give(&file::named(&temporary, false, WRITE_DAC, false)?)?;
        }
        let hidden = about.as_ref().is_some_and(|it| it.file_attributes() & FILE_ATTRIBUTE_HIDDEN != 0);
        let fixed = match mode {
            Some(mode) => mode & 0o200 == 0,
            None => about.as_ref().is_some_and(|it| it.permissions().readonly()),
        };
        drop((file, before));
        // Also where it has none: under Wine a list that was "read only" says so too.
        attributes(&temporary, hidden, fixed)?;
        moved(&temporary, path)
    };
    write().inspect_err(|_| drop(fs::remove_file(&temporary)))
}

/// Moves a file over another, or a directory to where none is, and writes it through to the disk.
fn moved(from: &Path, to: &Path) -> io::Result<()> {
    let (old, new) = (wide(from)?, wide(to)?);
    if let Ok(there) = fs::symlink_metadata(to).map(|it| it.permissions()).as_ref()
        && there.readonly()
    {
        fs::set_permissions(to, read_only(there.clone(), false))?;
    }
    while_busy(|| {
        // SAFETY: both names end with a zero.
        #[expect(unsafe_code, reason = "a call of Windows")]
        let done = unsafe {
            MoveFileExW(old.as_ptr(), new.as_ptr(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)
        };
        if done != 0 {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        // One that is open, but lets itself be removed, gives way to this one.
        if fs::rename(from, to).is_ok() {
            return Ok(());
        }
        // A program that runs: Windows only says that it is denied.
        let open = OpenOptions::new().write(true).open(to);
        Err(open.err().filter(is_busy).unwrap_or(error))
    })
}

/// Each file to the disk: there is no call for a whole one that a user may make. One that is "read only" cannot be opened for
/// it, and its bytes come when Windows writes them.
fn synced(dir: &Path) -> io::Result<()> {
    for_each_file(native(dir)?, &mut |path, there| {
        if there.permissions().readonly() {
            return Ok(());
        }
        OpenOptions::new().write(true).open(path)?.sync_data()
    })
}

/// What is wrong with a path. That a program has it open is said so: to close it is all that helps.
fn fault(path: &Path, error: &io::Error) -> DiskError {
    if is_busy(error) {
        let why = text!("disk-in-use").into();
        return DiskError { path: path.into(), kind: io::ErrorKind::ResourceBusy, why };
    }
    DiskError::new(path, error)
}

fn attributes(path: &Path, hidden: bool, fixed: bool) -> io::Result<()> {
    let wanted =
        if hidden { FILE_ATTRIBUTE_HIDDEN } else { 0 } | if fixed { FILE_ATTRIBUTE_READONLY } else { 0 };
    let wanted = if wanted == 0 { FILE_ATTRIBUTE_NORMAL } else { wanted };
    let name = wide(path)?;
    // SAFETY: the name ends with a zero.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let done = unsafe { SetFileAttributesW(name.as_ptr(), wanted) };
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn read_only(mut permissions: Permissions, it_is: bool) -> Permissions {
    permissions.set_readonly(it_is);
    permissions
}

fn is_at(file: &File, path: &Path) -> bool {
    file::named(path, false, 0, false).is_ok_and(|it| file::is_same(file, &it))
}

/// A name in the same directory, so that a rename stays within the file system.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    let secret = unguessable();
    path.with_file_name(format!(".{name}.fyne-setup-{}-{serial}-{secret}", std::process::id()))
}

fn absent_is_fine(result: io::Result<()>, path: &Path) -> Result<(), DiskError> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(|it| fault(path, &it)),
    }
}
