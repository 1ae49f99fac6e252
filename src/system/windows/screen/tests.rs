//! Tests of the desktop's eyes, on a desktop: a real one, or Wine's in an Xvfb. Without one they say so and are skipped.

#![expect(clippy::disallowed_macros, clippy::print_stderr, reason = "a skipped test says so")]
#![expect(clippy::disallowed_types, reason = "windows are drawn in a moment or two")]
#![expect(unsafe_code, reason = "windows are made by functions of user32")]

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use windows_sys::Win32::Foundation::{HINSTANCE, WPARAM};
use windows_sys::Win32::Graphics::Gdi::HBRUSH;
use windows_sys::Win32::UI::WindowsAndMessaging::{MSG, PM_REMOVE, WNDCLASSW, WS_POPUP, WS_VISIBLE};

use super::*;
use crate::system::windows::desktop::desktop;

late! { "user32.dll":
    fn RegisterClassW(class: *const WNDCLASSW) -> u16;
    fn CreateWindowExW(extended: u32, class: *const u16, name: *const u16, style: u32, x: i32, y: i32, width: i32, height: i32, parent: HWND, menu: *mut c_void, instance: HINSTANCE, told: *const u8) -> HWND;
    fn DestroyWindow(window: HWND) -> i32;
    fn DefWindowProcW(window: HWND, message: u32, first: WPARAM, second: LPARAM) -> isize;
    fn PeekMessageW(message: *mut MSG, window: HWND, first: u32, last: u32, remove: u32) -> i32;
    fn DispatchMessageW(message: *const MSG) -> isize;
}

late! { "gdi32.dll":
    fn CreateSolidBrush(colour: u32) -> HBRUSH;
}

/// One test at a time has its windows on the desktop. `None`, and a word about it, where there is none.
fn desktop_of_ours() -> Option<MutexGuard<'static, ()>> {
    static ONE: Mutex<()> = Mutex::new(());
    let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let desktop = desktop().expect("Windows tells");
    if !desktop.shows_windows() {
        eprintln!("SKIPPED: no desktop in this session; windows are not looked at: {desktop:?}");
    }
    desktop.shows_windows().then_some(one)
}

/// A window of ours without a frame, of one colour.
struct Sample(HWND);

impl Sample {
    fn new(title: &str, colour: [u8; 3], x: i32) -> Self {
        unsafe extern "system" fn answer(window: HWND, message: u32, first: WPARAM, second: LPARAM) -> isize {
            // SAFETY: what Windows gave us is passed on.
            unsafe { DefWindowProcW(window, message, first, second) }.unwrap_or(0)
        }
        let wide = |it: &str| it.encode_utf16().chain([0]).collect::<Vec<u16>>();
        let (class, name) = (wide(&format!("class of {title}")), wide(title));
        let [red, green, blue] = colour.map(u32::from);
        // SAFETY: the names live through the calls and end with a zero.
        unsafe {
            let brush = CreateSolidBrush(red | green << 8 | blue << 16).expect("gdi32");
            let described = WNDCLASSW {
                lpfnWndProc: Some(answer),
                lpszClassName: class.as_ptr(),
                hbrBackground: brush,
                ..Default::default()
            };
            RegisterClassW(&raw const described).expect("user32");
            let (style, none) = (WS_POPUP | WS_VISIBLE, null_mut());
            let (class, name) = (class.as_ptr(), name.as_ptr());
            let made = CreateWindowExW(0, class, name, style, x, 40, 120, 90, none, none, none, null());
            Self(made.expect("user32"))
        }
    }

    /// Lets Windows draw.
    fn draw() {
        let until = Instant::now() + Duration::from_millis(300);
        let mut message = MSG::default();
        while Instant::now() < until {
            // SAFETY: the message is written, then read.
            unsafe {
                while PeekMessageW(&raw mut message, null_mut(), 0, 0, PM_REMOVE).expect("user32") != 0 {
                    DispatchMessageW(&raw const message).expect("user32");
                }
            }
            std::thread::yield_now();
        }
    }
}

impl Drop for Sample {
    fn drop(&mut self) {
        // SAFETY: it is ours.
        let _ = unsafe { DestroyWindow(self.0) };
    }
}

fn colour(picture: Option<&Picture>) -> Option<[u8; 3]> {
    let picture = picture.filter(|it| it.is_blank() && (it.width, it.height) == (120, 90))?;
    picture.rgb.first_chunk().copied()
}

#[test]
fn a_window_is_found_by_title_and_process_and_read_on_the_screen_and_behind_another() {
    let Some(_ours) = desktop_of_ours() else { return };
    let (blue, red, own) = ([0x20, 0x40, 0xe0], [0xd8, 0x20, 0x20], std::process::id());
    let screen = RealDisplays.open("", None).expect("a desktop");
    let sample = Sample::new("fyne-setup sample", blue, 30);
    assert_eq!(screen.find("fyne-setup sample", own + 1).expect("windows"), None, "of another process");
    assert_eq!(screen.find("fyne-setup sampl", own).expect("windows"), None, "another title");
    let found = screen.find("fyne-setup sample", own).expect("windows").expect("the window");
    assert_eq!(handle(found), sample.0);
    screen.show(found).expect("shown");
    Sample::draw();
    let views = screen.capture(found).expect("pixels");
    assert_eq!((colour(views.shown.as_ref()), views.covered), (Some(blue), false));
    assert_eq!(colour(views.drawn.as_ref()), Some(blue));

    let other = Sample::new("fyne-setup other", red, 30);
    screen.show(number(other.0)).expect("shown");
    Sample::draw();
    let views = screen.capture(found).expect("pixels");
    assert_eq!((colour(views.shown.as_ref()), views.covered), (Some(red), true), "what is before it");
    assert_eq!(colour(views.drawn.as_ref()), Some(blue), "what is behind it");
    drop(other);

    screen.widen(found).expect("wider");
    Sample::draw();
    let views = screen.capture(found).expect("pixels");
    assert_eq!(views.shown.map(|it| it.width), Some(121));
    drop(sample);
    assert_eq!(screen.capture(found).expect("no error"), Views::default(), "a window that is gone");
}

#[test]
fn a_window_that_hangs_over_the_edge_is_brought_onto_the_screen() {
    let Some(_ours) = desktop_of_ours() else { return };
    let screen = RealDisplays.open("", None).expect("a desktop");
    let sample = Sample::new("fyne-setup outside", [0x20, 0xa8, 0x20], -60);
    let window = number(sample.0);
    assert_eq!(screen.capture(window).expect("pixels").shown, None, "a part of it is on no screen");
    screen.show(window).expect("shown");
    Sample::draw();
    assert_eq!(inside(sample.0).map(|it| (it.0.x, it.0.y)).expect("user32"), (0, 0));
    assert!(screen.capture(window).expect("pixels").shown.is_some());
}
