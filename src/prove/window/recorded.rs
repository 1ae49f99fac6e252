//! The window of a Mac from outside, where a person gave this terminal the right to record the screen: `screencapture` takes
//! the picture of one window by its number, whatever stands before it, and of nothing else. What the program says of itself is
//! read as well (`own`), for where that picture is none. No Mac has run it yet.

use std::cell::RefCell;
use std::io;
use std::path::PathBuf;

use super::own::SelfReported;
use crate::picture::Picture;
use crate::system::screen::{Displays, Screen, Views};
use crate::system::{Answer, Ask, Environment};

/// The file that `screencapture` writes.
pub(super) const SEEN: &str = "seen.png";

const SCREENCAPTURE: &str = "/usr/sbin/screencapture";

/// How often a picture is taken, in milliseconds: each is a program that is started.
const EVERY_MS: u64 = 500;

/// How long one may take.
const LIMIT_MS: u64 = 10_000;

/// How the sides of the program's window are to each other (`program/main.go`): what is higher is the bar with the title.
const SIDES: (usize, usize) = (4, 3);

/// The eyes of whom macOS lets look.
pub(super) struct Recorded<'a> {
    pub(super) displays: &'a dyn Displays,
    pub(super) own: SelfReported<'a>,
    pub(super) file: PathBuf,
    pub(super) taken: RefCell<Taken>,
}

/// The window that is looked for, and the last picture of it.
#[derive(Default)]
pub(super) struct Taken {
    title: String,
    process: u32,
    at: Option<u64>,
    picture: Option<Picture>,
}

impl Screen for Recorded<'_> {
    fn find(&self, title: &str, process: u32) -> io::Result<Option<u32>> {
        let mut taken = self.taken.borrow_mut();
        (taken.title, taken.process) = (title.to_owned(), process);
        let there = self.displays.window_of(title, process).ok().flatten();
        // Its number is asked for again with each picture: what the program says may come before its window is listed.
        if there.is_some() { Ok(Some(0)) } else { self.own.find(title, process) }
    }

    fn show(&self, _window: u32) -> io::Result<()> {
        Ok(())
    }

    fn widen(&self, _window: u32) -> io::Result<()> {
        Ok(())
    }

    fn capture(&self, window: u32) -> io::Result<Views> {
        let said = self.own.capture(window)?;
        let now = self.own.look.monotonic_ms();
        let mut taken = self.taken.borrow_mut();
        if taken.at.is_none_or(|at| now.saturating_sub(at) >= EVERY_MS) {
            taken.at = Some(now);
            if let Some(picture) = self.take(&taken) {
                taken.picture = Some(picture);
            }
        }
        Ok(Views { shown: taken.picture.clone(), ..said })
    }
}

impl Recorded<'_> {
    /// A picture of the window, without the bar with its title. `-x` makes no sound, `-o` leaves the shadow out.
    fn take(&self, sought: &Taken) -> Option<Picture> {
        let number = self.displays.window_of(&sought.title, sought.process).ok()??.to_string();
        let file = self.file.display().to_string();
        let ask = Ask {
            program: SCREENCAPTURE.into(),
            args: ["-x", "-o", "-t", "png", "-l", &number, &file].map(str::to_owned).to_vec(),
            env: Environment::of_system(),
            dir: "/".into(),
            limit_ms: LIMIT_MS,
            ..Ask::default()
        };
        let look = self.own.look;
        look.run(&ask).into_here().filter(Answer::ok)?;
        let picture = Picture::of_png(&look.read(&self.file).into_here()?)?;
        let rows = picture.width * SIDES.1 / SIDES.0;
        Some(picture.lowest(rows))
    }
}
