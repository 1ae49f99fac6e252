//! The desktop of our session, seen from outside: the windows of a process, and their pixels, read in two ways. The
//! screen is copied where the window stands, so that what is before it is seen; and the window is asked for what it drew,
//! so that what is before it is not.

#![expect(unsafe_code, reason = "this is the door: the desktop is asked by functions of user32 and gdi32")]

use std::ffi::c_void;
use std::io;
use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::{HWND, LPARAM, POINT, RECT};
use windows_sys::Win32::Graphics::Gdi::{
    BI_RGB, BITMAPINFO, BITMAPINFOHEADER, CAPTUREBLT, DIB_RGB_COLORS, HBITMAP, HDC, HGDIOBJ, SRCCOPY,
};
use windows_sys::Win32::UI::WindowsAndMessaging::{
    GA_ROOT, HWND_TOPMOST, SM_CXVIRTUALSCREEN, SM_CYVIRTUALSCREEN, SM_XVIRTUALSCREEN, SM_YVIRTUALSCREEN,
    SW_SHOWNOACTIVATE, SWP_NOACTIVATE, SWP_NOMOVE, SWP_NOSIZE, SWP_NOZORDER,
};

pub use super::desktop::tell_if_asked;
use super::late::late;
use crate::picture::Picture;
use crate::system::screen::{Displays, Screen, Views};

type Visit = unsafe extern "system" fn(HWND, LPARAM) -> i32;

late! { "user32.dll":
    fn EnumWindows(visit: Visit, told: LPARAM) -> i32;
    fn GetWindowThreadProcessId(window: HWND, process: *mut u32) -> u32;
    fn GetWindowTextW(window: HWND, text: *mut u16, length: i32) -> i32;
    fn IsWindowVisible(window: HWND) -> i32;
    fn IsIconic(window: HWND) -> i32;
    fn ShowWindow(window: HWND, how: i32) -> i32;
    fn SetWindowPos(window: HWND, after: HWND, x: i32, y: i32, width: i32, height: i32, flags: u32) -> i32;
    fn GetWindowRect(window: HWND, rect: *mut RECT) -> i32;
    fn GetClientRect(window: HWND, rect: *mut RECT) -> i32;
    fn ClientToScreen(window: HWND, point: *mut POINT) -> i32;
    fn GetSystemMetrics(which: i32) -> i32;
    fn WindowFromPoint(point: POINT) -> HWND;
    fn GetAncestor(window: HWND, which: u32) -> HWND;
    fn GetDC(window: HWND) -> HDC;
    fn ReleaseDC(window: HWND, dc: HDC) -> i32;
    fn PrintWindow(window: HWND, dc: HDC, flags: u32) -> i32;
    fn SetThreadDpiAwarenessContext(context: isize) -> isize;
}

late! { "gdi32.dll":
    fn CreateCompatibleDC(dc: HDC) -> HDC;
    fn CreateDIBSection(dc: HDC, info: *const BITMAPINFO, usage: u32, bits: *mut *mut c_void, section: *const c_void, offset: u32) -> HBITMAP;
    fn SelectObject(dc: HDC, object: HGDIOBJ) -> HGDIOBJ;
    fn DeleteObject(object: HGDIOBJ) -> i32;
    fn DeleteDC(dc: HDC) -> i32;
    fn BitBlt(to: HDC, x: i32, y: i32, width: i32, height: i32, from: HDC, from_x: i32, from_y: i32, how: u32) -> i32;
    fn GdiFlush() -> i32;
}

/// `DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2`: without it a window on an enlarged screen is told in other pixels than
/// those that it drew.
const EACH_MONITORS_OWN: isize = -4;
/// `PW_CLIENTONLY | PW_RENDERFULLCONTENT`: the window without its frame, and what OpenGL drew in it too.
const DRAWN_BY_OPENGL: u32 = 1 | 2;
/// The widest window that is read.
const WIDEST: i32 = 1 << 14;

/// The desktop that we run on.
pub struct RealDisplays;

impl Displays for RealDisplays {
    fn open(&self, _display: &str, _cookie: Option<&[u8]>) -> io::Result<Box<dyn Screen>> {
        // SAFETY: it takes a constant and changes how this thread alone counts pixels. Where it cannot, nothing changes.
        let _ = unsafe { SetThreadDpiAwarenessContext(EACH_MONITORS_OWN) };
        Ok(Box::new(RealScreen))
    }

    fn secret(&self) -> io::Result<[u8; 16]> {
        let bytes = ring::rand::generate(&ring::rand::SystemRandom::new());
        Ok(bytes.map_err(|_| io::Error::other("no random bytes"))?.expose())
    }
}

struct RealScreen;

/// The handle of a window: Windows keeps it in 32 bits that are extended by their sign.
#[expect(clippy::cast_possible_wrap, reason = "that is how they are extended")]
const fn handle(window: u32) -> HWND {
    window as i32 as isize as HWND
}

#[expect(clippy::cast_possible_truncation, reason = "they have 32 bits")]
fn number(window: HWND) -> u32 {
    window as usize as u32
}

impl Screen for RealScreen {
    fn find(&self, title: &str, process: u32) -> io::Result<Option<u32>> {
        unsafe extern "system" fn keep(window: HWND, told: LPARAM) -> i32 {
            // SAFETY: it is the vector below, which nobody else touches until EnumWindows is done.
            unsafe { (*(told as *mut Vec<HWND>)).push(window) };
            1
        }
        let mut all: Vec<HWND> = Vec::new();
        // SAFETY: `keep` gets what it expects, and is called before this returns only.
        if unsafe { EnumWindows(keep, (&raw mut all) as LPARAM)? } == 0 {
            return Err(io::Error::last_os_error());
        }
        for window in all {
            if is_of(window, process)? && self::title(window)? == title {
                return Ok(Some(number(window)));
            }
        }
        Ok(None)
    }

    fn show(&self, window: u32) -> io::Result<()> {
        let window = handle(window);
        // SAFETY: these take a handle and numbers; a window that is gone is an error of theirs.
        unsafe {
            if IsIconic(window)? != 0 {
                ShowWindow(window, SW_SHOWNOACTIVATE)?;
            }
            let flags = SWP_NOACTIVATE | SWP_NOMOVE | SWP_NOSIZE;
            // It is ours and gone in a moment, so it may stand before what the user keeps on top.
            SetWindowPos(window, HWND_TOPMOST, 0, 0, 0, 0, flags)?;
            let (at, width, height) = inside(window)?;
            let screen = Desk::now()?;
            if !screen.holds(at, width, height) {
                let flags = SWP_NOACTIVATE | SWP_NOSIZE | SWP_NOZORDER;
                SetWindowPos(window, null_mut(), 0, 0, 0, 0, flags)?;
            }
        }
        Ok(())
    }

    fn widen(&self, window: u32) -> io::Result<()> {
        let window = handle(window);
        let mut rect = RECT::default();
        // SAFETY: `rect` is written; the rest are numbers.
        unsafe {
            if GetWindowRect(window, &raw mut rect)? == 0 {
                return Err(io::Error::last_os_error());
            }
            let (width, height) = (rect.right - rect.left + 1, rect.bottom - rect.top);
            SetWindowPos(
                window,
                null_mut(),
                0,
                0,
                width,
                height,
                SWP_NOACTIVATE | SWP_NOMOVE | SWP_NOZORDER,
            )?;
        }
        Ok(())
    }

    fn capture(&self, window: u32) -> io::Result<Views> {
        let window = handle(window);
        // SAFETY: they take a handle; one that is gone is not visible.
        let visible = unsafe { IsWindowVisible(window)? != 0 && IsIconic(window)? == 0 };
        let (at, width, height) = inside(window)?;
        if !visible || !(1..=WIDEST).contains(&width) || !(1..=WIDEST).contains(&height) {
            return Ok(Views::default());
        }
        let drawn = Sheet::new(width, height)?;
        // SAFETY: the sheet has a device context of its own, as large as the window is inside.
        let drawn = unsafe { PrintWindow(window, drawn.dc, DRAWN_BY_OPENGL)? != 0 }.then(|| drawn.picture());
        let shown =
            if Desk::now()?.holds(at, width, height) { Some(copied(at, width, height)?) } else { None };
        Ok(Views { shown, drawn: drawn.transpose()?, covered: is_covered(window, at, width, height)? })
    }
}

/// Whether a window is shown and belongs to this process.
fn is_of(window: HWND, process: u32) -> io::Result<bool> {
    let mut whose = 0;
    // SAFETY: `whose` is written; a window that is gone leaves it as it is.
    unsafe {
        GetWindowThreadProcessId(window, &raw mut whose)?;
        Ok(whose == process && IsWindowVisible(window)? != 0)
    }
}

fn title(window: HWND) -> io::Result<String> {
    let mut text = [0; 512];
    // SAFETY: at most 512 units are written.
    let length = unsafe { GetWindowTextW(window, text.as_mut_ptr(), 512)? };
    Ok(String::from_utf16_lossy(&text[..usize::try_from(length).unwrap_or(0).min(512)]))
}

/// Where the inside of a window stands on the desktop, its width and height.
fn inside(window: HWND) -> io::Result<(POINT, i32, i32)> {
    let (mut rect, mut at) = (RECT::default(), POINT::default());
    // SAFETY: both are written; for a window that is gone they stay empty.
    unsafe {
        GetClientRect(window, &raw mut rect)?;
        ClientToScreen(window, &raw mut at)?;
    }
    Ok((at, rect.right - rect.left, rect.bottom - rect.top))
}

/// All screens together.
struct Desk {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Desk {
    fn now() -> io::Result<Self> {
        // SAFETY: it takes a number.
        let metric = |it| unsafe { GetSystemMetrics(it) };
        let (left, top) = (metric(SM_XVIRTUALSCREEN)?, metric(SM_YVIRTUALSCREEN)?);
        let (width, height) = (metric(SM_CXVIRTUALSCREEN)?, metric(SM_CYVIRTUALSCREEN)?);
        Ok(Self { left, top, right: left + width, bottom: top + height })
    }

    const fn holds(&self, at: POINT, width: i32, height: i32) -> bool {
        at.x >= self.left && at.y >= self.top && at.x + width <= self.right && at.y + height <= self.bottom
    }
}

/// Whether a point of a grid over the window belongs to another one.
fn is_covered(window: HWND, at: POINT, width: i32, height: i32) -> io::Result<bool> {
    const STEPS: i32 = 8;
    for step in 0..STEPS * STEPS {
        let (x, y) = (width * (step % STEPS * 2 + 1), height * (step / STEPS * 2 + 1));
        let point = POINT { x: at.x + x / (STEPS * 2), y: at.y + y / (STEPS * 2) };
        // SAFETY: they take numbers and handles.
        let there = unsafe { GetAncestor(WindowFromPoint(point)?, GA_ROOT)? };
        if there != window {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What the screen shows there.
fn copied(at: POINT, width: i32, height: i32) -> io::Result<Picture> {
    let sheet = Sheet::new(width, height)?;
    // SAFETY: the context of the whole desktop is given back; the sheet has the size that is copied.
    let copied = unsafe {
        let screen = GetDC(null_mut())?;
        let copied = BitBlt(sheet.dc, 0, 0, width, height, screen, at.x, at.y, SRCCOPY | CAPTUREBLT)?;
        let error = io::Error::last_os_error();
        ReleaseDC(null_mut(), screen)?;
        if copied == 0 { Err(error) } else { Ok(()) }
    };
    copied?;
    sheet.picture()
}

/// A picture in memory that Windows can draw on.
struct Sheet {
    dc: HDC,
    bitmap: HBITMAP,
    before: HGDIOBJ,
    bits: *const u8,
    width: usize,
    height: usize,
}

impl Sheet {
    fn new(width: i32, height: i32) -> io::Result<Self> {
        let header = BITMAPINFOHEADER {
            biSize: u32::try_from(size_of::<BITMAPINFOHEADER>()).unwrap_or(0),
            biWidth: width,
            biHeight: -height, // from the top down
            biPlanes: 1,
            biBitCount: 32,
            biCompression: BI_RGB,
            ..Default::default()
        };
        let info = BITMAPINFO { bmiHeader: header, ..Default::default() };
        let mut bits = null_mut();
        // SAFETY: `info` describes 32 bits a pixel, and `bits` is written. What is made is freed in `drop`.
        unsafe {
            let dc = CreateCompatibleDC(null_mut())?;
            let bitmap = CreateDIBSection(dc, &raw const info, DIB_RGB_COLORS, &raw mut bits, null(), 0)?;
            if dc.is_null() || bitmap.is_null() {
                let error = io::Error::last_os_error();
                DeleteDC(dc)?;
                return Err(error);
            }
            let before = SelectObject(dc, bitmap)?;
            let side = |it: i32| usize::try_from(it).unwrap_or(0);
            let (width, height) = (side(width), side(height));
            Ok(Self { dc, bitmap, before, bits: bits.cast(), width, height })
        }
    }

    fn picture(&self) -> io::Result<Picture> {
        // SAFETY: after the flush nobody writes into the section, which has four bytes a pixel and no padding.
        let pixels = unsafe {
            GdiFlush()?;
            std::slice::from_raw_parts(self.bits, self.width * self.height * 4)
        };
        let rgb = pixels.chunks_exact(4).flat_map(|it| [it[2], it[1], it[0]]).collect();
        Ok(Picture { width: self.width, height: self.height, rgb })
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        // SAFETY: all three are ours; a bitmap is freed once it is selected nowhere.
        unsafe {
            let _ = SelectObject(self.dc, self.before);
            let _ = DeleteObject(self.bitmap);
            let _ = DeleteDC(self.dc);
        }
    }
}

#[cfg(test)]
mod tests;
