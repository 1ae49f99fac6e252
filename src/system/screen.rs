//! The eyes of a proof: what finds a window on a display and reads its pixels from outside. They stand beside the doors;
//! what a picture must show is `picture`'s, and what is made of it `prove::window`'s. Where X11 shows the windows they are
//! a client of its server, on Windows they look at the desktop that we run on.

use std::io;

use serde::{Deserialize, Serialize};

use crate::picture::Picture;

/// Opens displays.
pub trait Displays: Sync {
    /// Connects to the display that `DISPLAY` would name, with the cookie that its server wants. On Windows there is one, the
    /// desktop of our session, and neither counts.
    fn open(&self, display: &str, cookie: Option<&[u8]>) -> io::Result<Box<dyn Screen>>;
    /// Whether macOS shows us the windows of other programs: a person gave this terminal the right to record the screen. Nobody
    /// is asked for it.
    fn may_record(&self) -> bool {
        false
    }
    /// Where it does: the number of the window with this title that belongs to this process.
    fn window_of(&self, _title: &str, _process: u32) -> io::Result<Option<u32>> {
        Ok(None)
    }
    /// Sixteen bytes that nobody can guess.
    fn secret(&self) -> io::Result<[u8; 16]>;
}

/// A display, seen from outside.
pub trait Screen {
    /// A window that is shown and has this title. Where the system knows whose a window is, it is one of this process.
    fn find(&self, title: &str, process: u32) -> io::Result<Option<u32>>;
    /// Brings a window in front of the others and wholly onto the screen, as far as its manager allows.
    fn show(&self, window: u32) -> io::Result<()>;
    /// Makes a window wider by a pixel.
    fn widen(&self, window: u32) -> io::Result<()>;
    /// What can be seen of a window now.
    fn capture(&self, window: u32) -> io::Result<Views>;
}

/// What can be seen of a window. Neither picture while it cannot be read (not shown, partly outside, just resized).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Views {
    /// What the screen shows where the window stands.
    pub shown: Option<Picture>,
    /// What the window has drawn, whatever stands before it; `None` where only the screen can be asked.
    pub drawn: Option<Picture>,
    /// Another window is known to stand before it.
    pub covered: bool,
}

impl From<Option<Picture>> for Views {
    fn from(shown: Option<Picture>) -> Self {
        Self { shown, ..Self::default() }
    }
}

/// The word with which our own program is asked for the [`Desktop`]. A driver for OpenGL is loaded for that, so it is not
/// done in a process that is to live on.
pub const ASK_DESKTOP: &str = "__desktop";

/// The desktop of a session of Windows, and what OpenGL says there to a hidden window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desktop {
    /// The number of the session; services, and who comes by ssh, are in 0.
    pub session: u32,
    /// Whether windows of this session are ever seen.
    pub visible: bool,
    /// A remote desktop.
    pub remote: bool,
    /// Width and height of the first screen.
    pub size: (u32, u32),
    /// The graphics cards of the desktop, as their drivers name them.
    pub cards: Vec<String>,
    /// What OpenGL says of itself.
    pub gl: Option<OpenGl>,
    /// The call that failed, and its error, where OpenGL says nothing.
    pub gl_failed: Option<(String, u32)>,
}

impl Desktop {
    /// Whether a window could be made here, and would be seen.
    pub fn shows_windows(&self) -> bool {
        let no_window = self.gl_failed.as_ref().is_some_and(|(call, _)| call == NO_WINDOW);
        self.visible && !no_window
    }
}

/// The call that fails where no window can be made.
pub const NO_WINDOW: &str = "CreateWindow";

/// What OpenGL says of itself. Drivers write it; it is not translated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenGl {
    /// `GL_VERSION`: begins with the number.
    pub version: String,
    /// `GL_RENDERER`.
    pub renderer: String,
    /// `GL_VENDOR`.
    pub vendor: String,
}
