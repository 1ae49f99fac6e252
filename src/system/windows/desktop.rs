//! What the desktop of our session is, and what OpenGL says there to a window that nobody sees. Told by a process of our own
//! program that ends with it: a driver is loaded, and drivers have ended processes, or never come back.

#![expect(unsafe_code, reason = "this is the door: the desktop and OpenGL are asked by functions of Windows")]
#![expect(
    clippy::disallowed_macros,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the answer is printed for the process that asked"
)]

use std::ffi::{CStr, c_char};
use std::io;
use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::{HANDLE, HINSTANCE, HWND};
use windows_sys::Win32::Graphics::Gdi::{DISPLAY_DEVICE_ATTACHED_TO_DESKTOP, DISPLAY_DEVICEW, HDC};
use windows_sys::Win32::Graphics::OpenGL::{
    HGLRC, PFD_DOUBLEBUFFER, PFD_DRAW_TO_WINDOW, PFD_SUPPORT_OPENGL, PFD_TYPE_RGBA, PIXELFORMATDESCRIPTOR,
};
use windows_sys::Win32::System::RemoteDesktop::ProcessIdToSessionId;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    SM_CXSCREEN, SM_CYSCREEN, SM_REMOTESESSION, WS_OVERLAPPEDWINDOW,
};

use super::late::late;
use crate::system::screen::{ASK_DESKTOP, Desktop, NO_WINDOW, OpenGl};

/// `USEROBJECTFLAGS`.
#[repr(C)]
#[derive(Default)]
struct StationFlags {
    inherit: i32,
    reserved: i32,
    flags: u32,
}

/// `WSF_VISIBLE`: what is shown there is seen.
const VISIBLE: u32 = 1;
/// `UOI_FLAGS`.
const FLAGS: i32 = 1;
/// `GL_VENDOR`, `GL_RENDERER`, `GL_VERSION`.
const NAMES: [u32; 3] = [0x1f00, 0x1f01, 0x1f02];

late! { "user32.dll":
    fn GetProcessWindowStation() -> HANDLE;
    fn GetUserObjectInformationW(object: HANDLE, which: i32, info: *mut StationFlags, length: u32, needed: *mut u32) -> i32;
    fn GetSystemMetrics(which: i32) -> i32;
    fn EnumDisplayDevicesW(device: *const u16, number: u32, info: *mut DISPLAY_DEVICEW, flags: u32) -> i32;
    fn CreateWindowExW(extended: u32, class: *const u16, name: *const u16, style: u32, x: i32, y: i32, width: i32, height: i32, parent: HWND, menu: HANDLE, instance: HINSTANCE, told: *const u8) -> HWND;
    fn DestroyWindow(window: HWND) -> i32;
    fn GetDC(window: HWND) -> HDC;
}

late! { "gdi32.dll":
    fn ChoosePixelFormat(dc: HDC, wanted: *const PIXELFORMATDESCRIPTOR) -> i32;
    fn SetPixelFormat(dc: HDC, format: i32, described: *const PIXELFORMATDESCRIPTOR) -> i32;
}

late! { "opengl32.dll":
    fn wglCreateContext(dc: HDC) -> HGLRC;
    fn wglMakeCurrent(dc: HDC, context: HGLRC) -> i32;
    fn wglDeleteContext(context: HGLRC) -> i32;
    fn glGetString(which: u32) -> *const c_char;
}

/// Prints the [`Desktop`] and gives the exit code, if we were started with [`ASK_DESKTOP`].
pub fn tell_if_asked(argv: &[String]) -> Option<u8> {
    if !matches!(argv, [_, asked] if asked == ASK_DESKTOP) {
        return None;
    }
    let told = desktop().and_then(|it| serde_json::to_string(&it).map_err(io::Error::other));
    Some(match told {
        Ok(json) => {
            println!("{json}");
            0
        }
        Err(error) => {
            eprintln!("{error}");
            3
        }
    })
}

/// Asks, in this process.
pub(super) fn desktop() -> io::Result<Desktop> {
    let mut session = 0;
    // SAFETY: the number is written.
    if unsafe { ProcessIdToSessionId(std::process::id(), &raw mut session) } == 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it takes a number.
    let metric = |it| unsafe { GetSystemMetrics(it) }.map(|it| u32::try_from(it).unwrap_or(0));
    let (gl, gl_failed) = match opengl() {
        Ok(said) => (Some(said), None),
        Err((call, error)) => {
            (None, Some((call.to_owned(), error.raw_os_error().unwrap_or(0).cast_unsigned())))
        }
    };
    Ok(Desktop {
        session,
        visible: is_visible()?,
        remote: metric(SM_REMOTESESSION)? != 0,
        size: (metric(SM_CXSCREEN)?, metric(SM_CYSCREEN)?),
        cards: cards()?,
        gl,
        gl_failed,
    })
}

/// Whether our window station is the one that is shown.
fn is_visible() -> io::Result<bool> {
    let (mut told, mut needed) = (StationFlags::default(), 0);
    let length = u32::try_from(size_of::<StationFlags>()).unwrap_or(0);
    // SAFETY: `told` has the length that is said.
    let asked = unsafe {
        GetUserObjectInformationW(GetProcessWindowStation()?, FLAGS, &raw mut told, length, &raw mut needed)?
    };
    if asked == 0 { Err(io::Error::last_os_error()) } else { Ok(told.flags & VISIBLE != 0) }
}

/// The cards that belong to the desktop, each once.
fn cards() -> io::Result<Vec<String>> {
    let mut all = Vec::new();
    for number in 0..64 {
        let mut info = DISPLAY_DEVICEW {
            cb: u32::try_from(size_of::<DISPLAY_DEVICEW>()).unwrap_or(0),
            ..Default::default()
        };
        // SAFETY: `info` says its own length and is written.
        if unsafe { EnumDisplayDevicesW(null(), number, &raw mut info, 0)? } == 0 {
            break;
        }
        let end = info.DeviceString.iter().position(|it| *it == 0).unwrap_or(info.DeviceString.len());
        let name = String::from_utf16_lossy(&info.DeviceString[..end]);
        if info.StateFlags & DISPLAY_DEVICE_ATTACHED_TO_DESKTOP != 0 && !all.contains(&name) {
            all.push(name);
        }
    }
    Ok(all)
}

/// What failed, and how.
type Failed = (&'static str, io::Error);

/// A window that is never shown, with the pixel format that GLFW asks for, and what OpenGL says of itself in it.
fn opengl() -> Result<OpenGl, Failed> {
    // A class that Windows brings.
    let class: Vec<u16> = "STATIC\0".encode_utf16().collect();
    let (name, none) = (class.as_ptr(), null_mut());
    // SAFETY: the name ends with a zero and lives through the call; the window is ours.
    unsafe {
        let window =
            CreateWindowExW(0, name, name, WS_OVERLAPPEDWINDOW, 0, 0, 64, 64, none, none, none, null());
        let window = made(NO_WINDOW, window, |it| !it.is_null())?;
        let said = asked(window);
        let _ = DestroyWindow(window);
        said
    }
}

/// # Safety
/// The window is one of ours.
unsafe fn asked(window: HWND) -> Result<OpenGl, Failed> {
    let wanted = PIXELFORMATDESCRIPTOR {
        nSize: u16::try_from(size_of::<PIXELFORMATDESCRIPTOR>()).unwrap_or(0),
        nVersion: 1,
        dwFlags: PFD_DRAW_TO_WINDOW | PFD_SUPPORT_OPENGL | PFD_DOUBLEBUFFER,
        iPixelType: PFD_TYPE_RGBA,
        cColorBits: 24,
        ..Default::default()
    };
    // SAFETY: `wanted` lives through the calls; the context is made for this window and is current when OpenGL is asked.
    unsafe {
        let dc = made("GetDC", GetDC(window), |it| !it.is_null())?;
        let format = made("ChoosePixelFormat", ChoosePixelFormat(dc, &raw const wanted), |it| *it != 0)?;
        made("SetPixelFormat", SetPixelFormat(dc, format, &raw const wanted), |it| *it != 0)?;
        let context = made("wglCreateContext", wglCreateContext(dc), |it| !it.is_null())?;
        let current = made("wglMakeCurrent", wglMakeCurrent(dc, context), |it| *it != 0);
        let said = current.and_then(|_| {
            let [vendor, renderer, version] = NAMES.map(|it| said(it));
            Ok(OpenGl { version: version?, renderer: renderer?, vendor: vendor? })
        });
        let _ = wglMakeCurrent(null_mut(), null_mut());
        let _ = wglDeleteContext(context);
        said
    }
}

/// # Safety
/// A context is current.
unsafe fn said(which: u32) -> Result<String, Failed> {
    // SAFETY: a context is current; what is given ends with a zero and lives as long as that.
    unsafe {
        let text = made("glGetString", glGetString(which), |it| !it.is_null())?;
        Ok(CStr::from_ptr(text).to_string_lossy().into_owned())
    }
}

/// What a call gave, or its name with the error of the moment.
fn made<T>(call: &'static str, gave: io::Result<T>, good: impl Fn(&T) -> bool) -> Result<T, Failed> {
    match gave {
        Ok(it) if good(&it) => Ok(it),
        Ok(_) => Err((call, io::Error::last_os_error())),
        Err(error) => Err((call, error)),
    }
}
