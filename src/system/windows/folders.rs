//! The user's folders, as Windows knows them whatever the environment says.

use std::ptr;

use windows_sys::Win32::System::Com::CoTaskMemFree;
use windows_sys::Win32::UI::Shell::{
    FOLDERID_LocalAppData, FOLDERID_Profile, FOLDERID_RoamingAppData, KF_FLAG_DONT_VERIFY,
    SHGetKnownFolderPath,
};
use windows_sys::core::GUID;

use super::path::text;

/// Each with the variable that a logon sets to it.
const FOLDERS: [(&str, GUID); 3] = [
    ("LOCALAPPDATA", FOLDERID_LocalAppData),
    ("APPDATA", FOLDERID_RoamingAppData),
    ("USERPROFILE", FOLDERID_Profile),
];

/// The variables of a logon that name folders of the user, with what Windows says of them.
pub(in crate::system) fn variables() -> Vec<(String, String)> {
    let known = FOLDERS.iter().filter_map(|(name, id)| Some(((*name).to_owned(), folder(id)?)));
    known.collect()
}

fn folder(id: &GUID) -> Option<String> {
    let mut path = ptr::null_mut();
    // SAFETY: the identifier is alive; what comes back ends with a zero, and is given back whether or not the call did well.
    #[expect(unsafe_code, reason = "calls of Windows")]
    unsafe {
        let result =
            SHGetKnownFolderPath(id, KF_FLAG_DONT_VERIFY.cast_unsigned(), ptr::null_mut(), &raw mut path);
        let text = (result >= 0 && !path.is_null()).then(|| text(path));
        CoTaskMemFree(path.cast());
        text.filter(|it| !it.is_empty())
    }
}
