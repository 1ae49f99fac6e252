//! The user's folders, as Windows knows them whatever the environment says.

use std::ptr;

use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::UI::Shell::{
    FOLDERID_LocalAppData, FOLDERID_Profile, FOLDERID_RoamingAppData, KF_FLAG_DONT_VERIFY,
};
use windows_sys::core::GUID;

use super::late::late;
use super::path::text;

late! { "shell32.dll":
    fn SHGetKnownFolderPath(id: *const GUID, flags: u32, user: HANDLE, path: *mut *mut u16) -> i32;
}
late! { "combase.dll":
    fn CoTaskMemFree(memory: *const u16) -> ();
}

/// Each with the variable that a logon sets to it.
const FOLDERS: [(&str, GUID); 3] = [
    ("LOCALAPPDATA", FOLDERID_LocalAppData),
    ("APPDATA", FOLDERID_RoamingAppData),
    ("USERPROFILE", FOLDERID_Profile),
];

/// The variables of a logon that name folders of the user, but for those that are set, with what Windows says of them.
pub(in crate::system) fn variables(is_set: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let missing = FOLDERS.iter().filter(|(name, _)| !is_set(name));
    missing.filter_map(|(name, id)| Some(((*name).to_owned(), folder(id)?))).collect()
}

fn folder(id: &GUID) -> Option<String> {
    let mut path = ptr::null_mut();
    // SAFETY: the identifier is alive; what comes back ends with a zero, and is given back whether or not the call did well.
    #[expect(unsafe_code, reason = "calls of Windows")]
    unsafe {
        let flags = KF_FLAG_DONT_VERIFY.cast_unsigned();
        let result = SHGetKnownFolderPath(id, flags, ptr::null_mut(), &raw mut path).ok()?;
        let text = (result >= 0 && !path.is_null()).then(|| text(path));
        // Without it a path of some bytes is lost.
        CoTaskMemFree(path).ok();
        text.filter(|it| !it.is_empty())
    }
}
