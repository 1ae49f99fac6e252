//! What macOS tells of the windows of other programs, to whom a person gave the right to record the screen. Neither question
//! opens a dialogue. The functions are looked for when a proof asks: every other start of ours loads no graphics, and an older
//! macOS that has them not starts us all the same. It compiles for both kinds of Mac; none has run it yet.

#![expect(unsafe_code, reason = "this is the door: functions of macOS are called by their addresses")]

use std::ffi::{CStr, c_void};
use std::io;

use core_foundation::array::{CFArray, CFArrayRef};
use core_foundation::base::{CFType, TCFType};
use core_foundation::dictionary::CFDictionary;
use core_foundation::number::CFNumber;
use core_foundation::string::CFString;

const LIBRARY: &CStr = c"/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics";

/// `kCGWindowListOptionOnScreenOnly` (CGWindow.h).
const ON_SCREEN: u32 = 1;

type Preflight = unsafe extern "C" fn() -> bool;
type CopyWindowInfo = unsafe extern "C" fn(u32, u32) -> CFArrayRef;

/// The address of a function of the library that draws; nothing where this macOS has none of this name.
fn address(name: &CStr) -> Option<*mut c_void> {
    // SAFETY: both names end with a zero and live for ever; the library is the system's own, and is never closed.
    let found = unsafe {
        let library = libc::dlopen(LIBRARY.as_ptr(), libc::RTLD_LAZY);
        if library.is_null() { std::ptr::null_mut() } else { libc::dlsym(library, name.as_ptr()) }
    };
    (!found.is_null()).then_some(found)
}

/// Whether a person gave the terminal that we run in the right to record the screen (macOS 10.15 and newer).
pub(in crate::system) fn may_record() -> bool {
    address(c"CGPreflightScreenCaptureAccess").is_some_and(|function| {
        // SAFETY: this is the function with that name, whose signature stands in CGDirectDisplay.h.
        unsafe { std::mem::transmute::<*mut c_void, Preflight>(function)() }
    })
}

/// The number of the window on the screen that has this title and belongs to this process. Titles are told only to whom a
/// person gave the right.
pub(in crate::system) fn window_of(title: &str, process: u32) -> io::Result<Option<u32>> {
    let copy = address(c"CGWindowListCopyWindowInfo").ok_or(io::ErrorKind::Unsupported)?;
    // SAFETY: this is the function with that name, whose signature stands in CGWindow.h; what it gives is ours to release.
    let list = unsafe { std::mem::transmute::<*mut c_void, CopyWindowInfo>(copy)(ON_SCREEN, 0) };
    if list.is_null() {
        return Ok(None);
    }
    // SAFETY: it is an array of dictionaries whose keys are strings (CGWindow.h), under the rule of what is made for us.
    let all: CFArray<CFDictionary<CFString, CFType>> = unsafe { CFArray::wrap_under_create_rule(list) };
    let found = all.iter().find_map(|window| {
        let value = |key: &str| window.find(CFString::new(key)).map(|it| it.clone());
        let number = |key: &str| value(key)?.downcast::<CFNumber>()?.to_i64();
        let named = value("kCGWindowName")?.downcast::<CFString>()? == title;
        let its = number("kCGWindowOwnerPID") == Some(i64::from(process));
        if named && its { u32::try_from(number("kCGWindowNumber")?).ok() } else { None }
    });
    Ok(found)
}
