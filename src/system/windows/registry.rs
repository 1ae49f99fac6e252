//! The registry: read whole keys, write one value.

use std::io;
use std::ptr;

use windows_sys::Win32::Foundation::{
    ERROR_FILE_NOT_FOUND, ERROR_MORE_DATA, ERROR_NO_MORE_ITEMS, ERROR_SUCCESS, HWND, LPARAM, LRESULT, WPARAM,
};
use windows_sys::Win32::System::Registry::{
    HKEY, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, KEY_READ, KEY_SET_VALUE, KEY_WOW64_32KEY, KEY_WOW64_64KEY,
    REG_DWORD, REG_EXPAND_SZ, REG_MULTI_SZ, REG_OPTION_NON_VOLATILE, REG_SZ, RegCloseKey, RegCreateKeyExW,
    RegDeleteValueW, RegEnumKeyExW, RegEnumValueW, RegFlushKey, RegOpenKeyExW, RegSetValueExW,
};
use windows_sys::Win32::UI::WindowsAndMessaging::{HWND_BROADCAST, SMTO_ABORTIFHUNG, WM_SETTINGCHANGE};

use super::late::late;
use crate::registry::{Hive, RegistryEntries, RegistryKey, RegistryKind, RegistryValue};

late! { "user32.dll":
    fn SendMessageTimeoutW(window: HWND, message: u32, number: WPARAM, text: LPARAM, flags: u32, ms: u32, result: *mut usize) -> LRESULT;
}

/// The longest name of a value, and its zero.
const NAME: usize = 16_384;

/// How long one program may take to hear that variables have changed.
const HEAR_MS: u32 = 1_000;

/// An open key.
struct Open(HKEY);

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: it was opened by us, and nobody else has it.
        #[expect(unsafe_code, reason = "a call of Windows")]
        unsafe {
            RegCloseKey(self.0);
        }
    }
}

/// All that a key holds.
pub(in crate::system) fn read(key: &RegistryKey) -> io::Result<RegistryEntries> {
    let (path, mut open) = (wide(&key.path)?, ptr::null_mut());
    // SAFETY: the path ends with a zero; the key that comes back is ours.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let code = unsafe { RegOpenKeyExW(root(key), path.as_ptr(), 0, KEY_READ | view(key), &raw mut open) };
    done(code)?;
    let open = Open(open);
    let mut entries = RegistryEntries::default();
    for at in 0.. {
        let Some((name, value)) = value(&open, at)? else { break };
        entries.values.insert(name, value);
    }
    for at in 0.. {
        let Some(name) = below(&open, at)? else { break };
        entries.keys.push(name);
    }
    entries.keys.sort();
    Ok(entries)
}

fn value(key: &Open, at: u32) -> io::Result<Option<(String, RegistryValue)>> {
    let mut name = vec![0_u16; NAME];
    let mut data = vec![0_u8; 4 << 10];
    loop {
        let (mut letters, mut kind) = (length(name.len())?, 0);
        let mut bytes = length(data.len())?;
        // SAFETY: the key is open, and each place is as large as it is told.
        #[expect(unsafe_code, reason = "a call of Windows")]
        let code = unsafe {
            let (letters, bytes) = (&raw mut letters, &raw mut bytes);
            let (name, data) = (name.as_mut_ptr(), data.as_mut_ptr());
            RegEnumValueW(key.0, at, name, letters, ptr::null(), &raw mut kind, data, bytes)
        };
        match code {
            ERROR_NO_MORE_ITEMS => return Ok(None),
            // Another may make it longer meanwhile: then once more.
            ERROR_MORE_DATA => data.resize((bytes as usize).max(data.len() * 2), 0),
            _ => {
                done(code)?;
                data.truncate(bytes as usize);
                let name = String::from_utf16_lossy(&name[..letters as usize]);
                return Ok(Some((name, RegistryValue { kind: kind_of(kind), data })));
            }
        }
    }
}

fn below(key: &Open, at: u32) -> io::Result<Option<String>> {
    let mut name = [0_u16; 256];
    let mut letters = length(name.len())?;
    // SAFETY: the key is open, and the name is as large as it is told.
    #[expect(unsafe_code, reason = "a call of Windows")]
    let code = unsafe {
        let (none, letters) = (ptr::null_mut(), &raw mut letters);
        RegEnumKeyExW(
            key.0,
            at,
            name.as_mut_ptr(),
            letters,
            ptr::null(),
            none,
            ptr::null_mut(),
            ptr::null_mut(),
        )
    };
    if code == ERROR_NO_MORE_ITEMS {
        return Ok(None);
    }
    done(code)?;
    Ok(Some(String::from_utf16_lossy(&name[..letters as usize])))
}

/// Sets one value, or takes it away. Where it is a variable, the programs that run are told.
pub(in crate::system) fn set(key: &RegistryKey, name: &str, value: Option<&RegistryValue>) -> io::Result<()> {
    let (path, name) = (wide(&key.path)?, wide(name)?);
    let (mut open, access) = (ptr::null_mut(), KEY_SET_VALUE | view(key));
    // SAFETY: the texts end with a zero; the key that comes back is ours; the data is as long as it is told.
    #[expect(unsafe_code, reason = "calls of Windows")]
    unsafe {
        let code = match value {
            Some(_) => RegCreateKeyExW(
                root(key),
                path.as_ptr(),
                0,
                ptr::null(),
                REG_OPTION_NON_VOLATILE,
                access,
                ptr::null(),
                &raw mut open,
                ptr::null_mut(),
            ),
            None => RegOpenKeyExW(root(key), path.as_ptr(), 0, access, &raw mut open),
        };
        if value.is_none() && code == ERROR_FILE_NOT_FOUND {
            return Ok(());
        }
        done(code)?;
        let open = Open(open);
        let code = match value {
            Some(it) => {
                let (data, size) = (it.data.as_ptr(), length(it.data.len())?);
                RegSetValueExW(open.0, name.as_ptr(), 0, number_of(it.kind), data, size)
            }
            None => RegDeleteValueW(open.0, name.as_ptr()),
        };
        if value.is_some() || code != ERROR_FILE_NOT_FOUND {
            done(code)?;
        }
        // Windows writes it to the disk when it likes; the journal says that it is done.
        done(RegFlushKey(open.0))?;
    }
    if key.is(&RegistryKey::user_environment()) || key.is(&RegistryKey::machine_environment()) {
        tell();
    }
    Ok(())
}

/// A terminal that is started from now on has the new variables. Who does not hear it is not waited for.
fn tell() {
    let what: Vec<u16> = "Environment\0".encode_utf16().collect();
    // SAFETY: the text ends with a zero and lives until after the call, which waits.
    #[expect(unsafe_code, reason = "a call of Windows")]
    unsafe {
        let text = what.as_ptr() as LPARAM;
        let none = ptr::null_mut();
        // Who has no user32.dll has no windows that could hear it.
        SendMessageTimeoutW(HWND_BROADCAST, WM_SETTINGCHANGE, 0, text, SMTO_ABORTIFHUNG, HEAR_MS, none).ok();
    }
}

fn root(key: &RegistryKey) -> HKEY {
    match key.hive {
        Hive::CurrentUser => HKEY_CURRENT_USER,
        Hive::LocalMachine => HKEY_LOCAL_MACHINE,
    }
}

fn view(key: &RegistryKey) -> u32 {
    if key.view32 { KEY_WOW64_32KEY } else { KEY_WOW64_64KEY }
}

fn kind_of(number: u32) -> RegistryKind {
    match number {
        REG_SZ => RegistryKind::Sz,
        REG_EXPAND_SZ => RegistryKind::ExpandSz,
        REG_MULTI_SZ => RegistryKind::MultiSz,
        REG_DWORD => RegistryKind::Dword,
        other => RegistryKind::Other(other),
    }
}

fn number_of(kind: RegistryKind) -> u32 {
    match kind {
        RegistryKind::Sz => REG_SZ,
        RegistryKind::ExpandSz => REG_EXPAND_SZ,
        RegistryKind::MultiSz => REG_MULTI_SZ,
        RegistryKind::Dword => REG_DWORD,
        RegistryKind::Other(number) => number,
    }
}

fn wide(text: &str) -> io::Result<Vec<u16>> {
    if text.contains('\0') {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok(text.encode_utf16().chain([0]).collect())
}

fn length(of: usize) -> io::Result<u32> {
    u32::try_from(of).map_err(io::Error::other)
}

fn done(code: u32) -> io::Result<()> {
    if code == ERROR_SUCCESS { Ok(()) } else { Err(io::Error::from_raw_os_error(code.cast_signed())) }
}
