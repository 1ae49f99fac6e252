//! Where libraries are loaded from.

use windows_sys::Win32::System::LibraryLoader::{LOAD_LIBRARY_SEARCH_SYSTEM32, SetDefaultDllDirectories};

/// From now on only Windows' own directory: a library that somebody put beside the program, as into a directory of
/// downloads, is not taken. What the program is linked with was loaded before; all of it is Windows' own.
pub fn only_of_system() {
    // SAFETY: it changes a setting of this process.
    #[expect(unsafe_code, reason = "a call of Windows")]
    unsafe {
        SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);
    }
}
