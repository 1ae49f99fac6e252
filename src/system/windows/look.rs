//! What Windows tells of a path, of room, and of who we are. Paths come out with `/`.

#![expect(clippy::disallowed_methods, reason = "this is behind the door: it looks for it")]

use std::fs::{self, Metadata};
use std::io::{self, IsTerminal};
use std::os::windows::fs::MetadataExt;
use std::os::windows::io::{AsRawHandle, RawHandle};
use std::path::{Path, PathBuf};
use std::ptr;

use windows_sys::Wdk::System::SystemServices::RtlGetVersion;
use windows_sys::Win32::Foundation::{ERROR_BAD_NETPATH, ERROR_INVALID_NAME, ERROR_NOT_READY};
use windows_sys::Win32::Storage::FileSystem::{
    FILE_ADD_FILE, FILE_ADD_SUBDIRECTORY, FILE_ATTRIBUTE_READONLY, FILE_WRITE_DATA, GetDiskFreeSpaceExW,
    GetVolumeInformationW, GetVolumePathNameW, READ_CONTROL,
};
use windows_sys::Win32::System::Console::{CONSOLE_SCREEN_BUFFER_INFO, GetConsoleScreenBufferInfo};
use windows_sys::Win32::System::SystemInformation::{
    IMAGE_FILE_MACHINE_AMD64, IMAGE_FILE_MACHINE_ARM64, IMAGE_FILE_MACHINE_I386, OSVERSIONINFOW,
};
use windows_sys::Win32::System::SystemServices::{FILE_READ_ONLY_VOLUME, FILE_SUPPORTS_REPARSE_POINTS};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, IsWow64Process2};

use super::file::{id, named};
use super::path::{kind, native, wide, written};
use super::{folders, own, pointer};
use crate::system::windows_path::{Device, device, is_program};
use crate::system::{Identity, Kind, Space, Stat};

/// Seconds between 1601, when the time of Windows begins, and 1970.
const EPOCH: i64 = 11_644_473_600;

/// The environment of this process. The current directories of drives (`=C:`), which Windows keeps there too, are left out.
/// What a logon sets and a service or a bare console may not have, the user's folders, Windows is asked for.
pub(in crate::system) fn environment() -> impl Iterator<Item = (String, String)> {
    let lossy = |it: std::ffi::OsString| it.to_string_lossy().into_owned();
    let set = std::env::vars_os().map(move |(name, value)| (lossy(name), lossy(value)));
    let known = folders::variables(|name| std::env::var_os(name).is_some());
    set.chain(known).filter(|(name, _)| !name.starts_with('='))
}

/// Where a scratch directory may lie if not in our cache.
pub(in crate::system) fn temporary() -> Vec<PathBuf> {
    vec![written(&std::env::temp_dir())]
}

pub(in crate::system) fn stat(path: &Path) -> io::Result<Stat> {
    if let Some(device) = device(&path.to_string_lossy()) {
        let mode = if device == Device::Null { 0o666 } else { 0o600 };
        return Ok(Stat { mode, ..nobodys(Kind::Other) });
    }
    let about = fs::symlink_metadata(native(path)?)?;
    let kind = kind(&about);
    let mut stat = Stat { size: about.len(), modified: seconds(about.last_write_time()), ..nobodys(kind) };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    stat.executable = kind == Kind::Dir || is_program(&name);
    // One that does not tell whose it is stays nobody's.
    if let Ok(file) = named(path, false, READ_CONTROL, false) {
        stat.inode = id(&file).map_or(0, |it| it.1);
        if let Ok((_, owner, mode)) = own::seen(path, &file) {
            (stat.uid, stat.mode) = (owner, mode);
        }
    }
    if kind == Kind::Link {
        stat.target = fs::read_link(path).ok().map(|it| written(&it));
    } else if let Some(target) = pointer::target(path, &about) {
        (stat.kind, stat.target) = (Kind::Link, Some(target));
    }
    stat.writable = is_writable(path, &about);
    Ok(stat)
}

fn nobodys(kind: Kind) -> Stat {
    Stat {
        kind,
        mode: 0,
        uid: u32::MAX,
        gid: 0,
        size: 0,
        modified: 0,
        inode: 0,
        target: None,
        writable: false,
        executable: false,
    }
}

/// Whether Windows would let us write: it is asked to open for it, and nothing is written.
fn is_writable(path: &Path, about: &Metadata) -> bool {
    let dir = about.is_dir() || about.is_symlink() && path.is_dir();
    let right = if dir { FILE_ADD_FILE | FILE_ADD_SUBDIRECTORY } else { FILE_WRITE_DATA };
    (dir || about.file_attributes() & FILE_ATTRIBUTE_READONLY == 0) && named(path, true, right, false).is_ok()
}

fn seconds(since_1601: u64) -> i64 {
    i64::try_from(since_1601 / 10_000_000).unwrap_or(0) - EPOCH
}

/// Mode and time of modification, for a summary of a tree: whether it is to be written says the attribute alone. That of a
/// directory means something else, and tells of nobody's hand.
pub(in crate::system) fn mode_and_time(of: &Metadata) -> (u32, i64) {
    let fixed = of.is_dir() || of.file_attributes() & FILE_ATTRIBUTE_READONLY != 0;
    (if fixed { 0o444 } else { 0o644 }, seconds(of.last_write_time()))
}

pub(in crate::system) fn space(path: &Path) -> io::Result<Space> {
    let near = path.ancestors().find(|it| native(it).is_ok_and(|it| fs::symlink_metadata(it).is_ok()));
    let name = wide(near.ok_or(io::ErrorKind::NotFound)?)?;
    let (mut free, mut flags, mut volume, mut known) = (0, 0, [0_u16; 512], false);
    // SAFETY: the name ends with a zero; each place that is written to is ours and as large as it is told.
    #[expect(unsafe_code, reason = "calls of Windows")]
    unsafe {
        if GetDiskFreeSpaceExW(name.as_ptr(), &raw mut free, ptr::null_mut(), ptr::null_mut()) == 0 {
            return Err(io::Error::last_os_error());
        }
        let size = u32::try_from(volume.len()).unwrap_or(0);
        let none = ptr::null_mut;
        if GetVolumePathNameW(name.as_ptr(), volume.as_mut_ptr(), size) != 0 {
            let (at, flags) = (volume.as_ptr(), &raw mut flags);
            known =
                GetVolumeInformationW(at, none(), 0, ptr::null_mut(), ptr::null_mut(), flags, none(), 0) != 0;
        }
    }
    let is = |flag: u32| flags & flag != 0;
    // A junction is made on a drive alone.
    let drive =
        volume[1] == u16::from(b':') || volume.starts_with(&[b'\\', b'\\', b'?', b'\\'].map(u16::from));
    // Of a volume that cannot be asked a junction is tried.
    let no_links = known && !(drive && is(FILE_SUPPORTS_REPARSE_POINTS));
    Ok(Space { free, files: None, read_only: is(FILE_READ_ONLY_VOLUME), noexec: false, no_links })
}

pub(in crate::system) fn identity() -> Identity {
    Identity {
        os: std::env::consts::OS.to_owned(),
        arch: arch(),
        kernel: kernel(),
        uid: own::me(),
        gid: 0,
        groups: Vec::new(),
        cwd: written(&std::env::current_dir().unwrap_or_default()),
        executable: written(&std::env::current_exe().unwrap_or_default()),
        cpus: std::thread::available_parallelism().map_or(1, usize::from),
        terminal: [io::stdin().is_terminal(), io::stdout().is_terminal(), io::stderr().is_terminal()],
        columns: [io::stdout().as_raw_handle(), io::stderr().as_raw_handle()].into_iter().find_map(columns),
        one_stream: false,
    }
}

/// Of the machine: a program for x86_64 also runs on ARM.
fn arch() -> String {
    let (mut ours, mut machine) = (0, 0);
    // SAFETY: both places are ours.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let told = unsafe { IsWow64Process2(GetCurrentProcess(), &raw mut ours, &raw mut machine) };
    let name = match machine {
        _ if told == 0 => std::env::consts::ARCH,
        IMAGE_FILE_MACHINE_AMD64 => "x86_64",
        IMAGE_FILE_MACHINE_ARM64 => "aarch64",
        IMAGE_FILE_MACHINE_I386 => "x86",
        _ => std::env::consts::ARCH,
    };
    name.to_owned()
}

/// `10.0.22631`.
fn kernel() -> String {
    let size = u32::try_from(size_of::<OSVERSIONINFOW>()).unwrap_or(0);
    let mut version = OSVERSIONINFOW { dwOSVersionInfoSize: size, ..Default::default() };
    // SAFETY: the place is ours and says its size.
    #[expect(unsafe_code, reason = "a call of Windows")]
    unsafe {
        RtlGetVersion(&raw mut version);
    }
    format!("{}.{}.{}", version.dwMajorVersion, version.dwMinorVersion, version.dwBuildNumber)
}

fn columns(console: RawHandle) -> Option<u16> {
    let mut about = CONSOLE_SCREEN_BUFFER_INFO::default();
    // SAFETY: a handle that is no console is refused, and the place is ours.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let told = unsafe { GetConsoleScreenBufferInfo(console, &raw mut about) };
    let width = i32::from(about.srWindow.Right) - i32::from(about.srWindow.Left) + 1;
    u16::try_from(width).ok().filter(|it| told != 0 && *it > 0)
}

/// Whether an error says that nothing is there: a name that no file can have included, and a drive without a disk.
pub(in crate::system) fn is_absence(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionRefused, NotADirectory, NotFound};
    let code = error.raw_os_error().map(i32::cast_unsigned);
    let no_such = [ERROR_INVALID_NAME, ERROR_BAD_NETPATH, ERROR_NOT_READY];
    matches!(error.kind(), NotFound | NotADirectory | ConnectionRefused)
        || code.is_some_and(|it| no_such.contains(&it))
}
