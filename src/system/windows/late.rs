//! Functions of Windows that are looked for when they are first called. We are started some 1,500 times in a first build
//! as a tool of Go's; what only a proof needs (user32, gdi32, OpenGL and what they load) is not loaded in each of these.

#![expect(unsafe_code, reason = "this is the door: functions of Windows are called by their addresses")]

use std::io;

use windows_sys::Win32::System::LibraryLoader::{
    GetProcAddress, LOAD_LIBRARY_SEARCH_SYSTEM32, LoadLibraryExW,
};

/// The address of a function in a library of the system's. Both names are constants of ours that end with a zero.
pub(super) fn address(library: &str, function: &'static str) -> io::Result<usize> {
    debug_assert!(function.ends_with('\0'), "C reads to the zero");
    let name: Vec<u16> = library.encode_utf16().chain([0]).collect();
    // SAFETY: the name ends with a zero and lives through the call; the second argument has to be null.
    let module = unsafe { LoadLibraryExW(name.as_ptr(), std::ptr::null_mut(), LOAD_LIBRARY_SEARCH_SYSTEM32) };
    if module.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the module is loaded and never freed; the name ends with a zero.
    let found = unsafe { GetProcAddress(module, function.as_ptr()) };
    found.map(|it| it as usize).ok_or_else(io::Error::last_os_error)
}

/// Declares functions of a library as they stand in the documentation. Each gives an error where it is not there.
macro_rules! late {
    ($library:literal: $(fn $name:ident($($argument:ident: $kind:ty),*) -> $result:ty;)*) => {$(
        #[allow(unsafe_code, non_snake_case, clippy::too_many_arguments, reason = "as Windows has it")]
        unsafe fn $name($($argument: $kind),*) -> std::io::Result<$result> {
            static ADDRESS: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
            let address = match ADDRESS.get() {
                Some(it) => *it,
                None => *ADDRESS.get_or_init({
                    let found = $crate::system::windows::late::address($library, concat!(stringify!($name), "\0"))?;
                    move || found
                }),
            };
            // SAFETY: the address is that of the function with this name, whose signature stands in the declaration.
            let function: unsafe extern "system" fn($($kind),*) -> $result = unsafe { std::mem::transmute(address) };
            // SAFETY: what the function asks for is seen to by the caller.
            Ok(unsafe { function($($argument),*) })
        }
    )*};
}
pub(super) use late;
