//! The proof itself: the program's window opens on a display and shows what was drawn, seen from outside.
//!
//! On the user's display where one answers, else on a private one; on Windows on the desktop that we run on. On a Mac the program
//! itself says what it drew (`own`). Not here: what is built, and what a picture must show. A window that cannot be created is only logged by Fyne, and the program lives on: pixels and the log decide.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::build::file_failure;
use super::environment::{Variables, find};
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::facts::Display;
use crate::failure::{Code, Failure};
use crate::path_style::PathStyle;
use crate::picture::{Pattern, Picture};
use crate::places::Places;
use crate::system::screen::{Displays, Screen, Views};
use crate::system::{Child, Kind, Output, Spawn, System};
use crate::text::Text;

mod display;
mod own;
mod recorded;
mod said;
mod sight;
mod which;

pub use display::Server;
use said::{is_window_error, telling};
use sight::{Instead, Seen, Sight};
use which::PATTERN;
pub use which::Which;

/// How long a window may take. A first start compiles shaders and reads every font.
const LIMIT_MS: u64 = 60_000;
/// How often we look.
const POLL: Duration = Duration::from_millis(30);
/// When a window that shows something else is made wider, once. Fyne 2.0 and 2.1 now and then draw into a part of their
/// window until its size changes, which a window manager sees to and a bare display does not.
const WIDEN_MS: u64 = 3_000;

/// What a proof needs.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    /// The doors.
    pub system: System<'a>,
    /// The eyes.
    pub displays: &'a dyn Displays,
    /// Our directories.
    pub places: &'a Places,
    /// The user's environment.
    pub user: &'a Variables,
    /// Where a window could open.
    pub display: &'a Display,
}

/// A window was seen; on a Mac, the program says that it drew one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    /// Where.
    pub display: Which,
    /// The picture.
    pub png: PathBuf,
    /// The share of the pattern that was seen: 1.
    pub matched: f32,
    /// Milliseconds from the start of the program to the picture.
    pub millis: u64,
    /// What the verdict rests on, for the report.
    pub rests_on: Text,
}

impl Stage<'_> {
    /// Opens the program's window and looks at it. The failure says what was seen instead.
    pub fn prove(&self, program: &Path) -> Result<Proof, Failure> {
        let dir = self.places.pictures();
        let disk = self.system.disk;
        // What is kept here is a picture of somebody's screen, and what opens it: for that user alone.
        disk.make_dir(&dir, 0o700).and_then(|_| disk.set_mode(&dir, 0o700)).map_err(file_failure)?;
        let (which, mut server) = self.choose(&dir)?;
        let opened = self.open(program, &which, server.as_ref(), &dir);
        let removed = which.lays().iter().try_for_each(|it| disk.remove(&dir.join(it)));
        if let Some(server) = &mut server {
            server.stop(disk)?;
        }
        removed.map_err(file_failure)?;
        opened
    }

    fn open(
        &self,
        program: &Path,
        which: &Which,
        server: Option<&display::Server>,
        dir: &Path,
    ) -> Result<Proof, Failure> {
        let look = self.system.look;
        let name = match (which, server) {
            (Which::Users(name), _) => name.clone(),
            (_, Some(server)) => server.name.clone(),
            (Which::Private | Which::Desktop | Which::SelfReported | Which::Recorded, None) => String::new(),
        };
        let cookie = server.map_or_else(|| self.users_cookie(&name), |it| Some(it.cookie.clone()));
        let drawn = dir.join(own::DRAWN);
        for left in which.lays() {
            // Of a run that was killed. An old picture is one of another pattern, and is in the way all the same.
            self.system.disk.remove(&dir.join(left)).map_err(file_failure)?;
        }
        let screen = self.eyes(which, &name, cookie.as_deref(), &drawn)?;
        let pattern = dir.join(PATTERN);
        let secret =
            self.displays.secret().map_err(|error| file_failure(DiskError::new(&pattern, &error)))?;
        let told = self.tell(&pattern, &format!("{secret:?}"))?;
        let log = dir.join("program.log");
        // An old log would be read as this run's.
        self.system.disk.remove(&log).map_err(file_failure)?;
        let spawn = Spawn {
            program: program.to_path_buf(),
            args: [Some(&pattern), Some(&drawn).filter(|_| which.says_itself())]
                .into_iter()
                .flatten()
                .map(|it| it.display().to_string())
                .collect(),
            env: display::environment(self.user, which, &name, server, dir),
            dir: dir.to_path_buf(),
            output: Output::File(log.clone()),
            ..Spawn::default()
        };
        let began = look.monotonic_ms();
        let mut child = self
            .system
            .children
            .start(&spawn)
            .map_err(|error| file_failure(DiskError::new(program, &error)))?;
        let watch =
            Watch { stage: self, which, screen: &*screen, name: &name, pattern: &told, log: &log, began };
        let seen = watch.until_it_matches(&mut *child);
        child.stop();
        // In our own cache; what a program still holds goes the next time.
        let _ = self.system.disk.remove_tree(&dir.join(display::KEPT));
        let png = self.places.proof_picture();
        match seen {
            Ok((picture, seen)) => {
                let millis = look.monotonic_ms().saturating_sub(began);
                self.keep(&picture, &png)?;
                let which = which.as_seen(seen);
                let rests_on = match &which {
                    Which::Users(name) => text!("prove-rests-users", display = name),
                    Which::Private => text!("prove-rests-private"),
                    Which::Desktop => seen.on_the_desktop(),
                    Which::SelfReported => text!("prove-rests-self-reported"),
                    Which::Recorded => text!("prove-rests-recorded"),
                };
                Ok(Proof { display: which, png, matched: told.matched(&picture), millis, rests_on })
            }
            Err(NoWindow { failure, last }) => {
                let kept = last.map(|it| (dir.join("no-proof.png"), it));
                match kept {
                    Some((path, picture)) if self.keep(&picture, &path).is_ok() => {
                        let hint = match failure.hint.clone() {
                            Some(hint) => text!("prove-seen-instead-and", hint = hint, path = path),
                            None => text!("prove-seen-instead", path = path),
                        };
                        Err(failure.hint(hint))
                    }
                    _ => Err(failure),
                }
            }
        }
    }

    /// What looks at the window.
    fn eyes<'s>(
        &'s self,
        which: &Which,
        name: &str,
        cookie: Option<&[u8]>,
        drawn: &Path,
    ) -> Result<Box<dyn Screen + 's>, Failure> {
        let own = || own::SelfReported { look: self.system.look, file: drawn.to_owned() };
        match which {
            Which::SelfReported => return Ok(Box::new(own())),
            Which::Recorded => {
                let (displays, file) = (self.displays, drawn.with_file_name(recorded::SEEN));
                let taken = <_>::default();
                return Ok(Box::new(recorded::Recorded { displays, own: own(), file, taken }));
            }
            Which::Users(_) | Which::Private | Which::Desktop => {}
        }
        let screen = self.displays.open(name, cookie).map_err(|error| {
            let message = text!("prove-display-lost", display = name, said = error.to_string());
            Failure::new(Code::ProveDisplay, message)
        })?;
        Ok(screen)
    }

    /// Lays the pattern of this run where the program reads it and nobody else can.
    fn tell(&self, file: &Path, seed: &str) -> Result<Pattern, Failure> {
        let pattern = Pattern::new(seed);
        self.system.disk.write(file, pattern.digits().as_bytes(), Some(0o600)).map_err(file_failure)?;
        Ok(pattern)
    }

    fn keep(&self, picture: &Picture, path: &Path) -> Result<(), Failure> {
        let png = picture
            .png()
            .map_err(|error| file_failure(DiskError::new(path, &std::io::Error::other(error))))?;
        self.system.disk.write(path, &png, Some(0o600)).map_err(file_failure)
    }

    fn program(&self, name: &str) -> Option<PathBuf> {
        let look = self.system.look;
        find(PathStyle::Unix, self.user, name, |path| {
            look.stat(path).into_here().is_some_and(|it| it.executable && it.kind != Kind::Dir)
        })
    }
}

/// Why there is no proof, and what was seen last.
struct NoWindow {
    failure: Failure,
    last: Option<Picture>,
}

impl NoWindow {
    fn new(failure: Failure, last: Option<(Picture, Instead)>) -> Self {
        Self { failure, last: last.map(|it| it.0) }
    }
}

struct Watch<'a> {
    stage: &'a Stage<'a>,
    which: &'a Which,
    screen: &'a dyn Screen,
    /// The display's name, for people.
    name: &'a str,
    pattern: &'a Pattern,
    log: &'a Path,
    began: u64,
}

impl Watch<'_> {
    /// Looks until the pixels are those that were drawn.
    fn until_it_matches(&self, child: &mut dyn Child) -> Result<(Picture, Seen), NoWindow> {
        let look = self.stage.system.look;
        let title = self.pattern.title();
        let (mut window, mut last, mut widened) = (None, None::<(Picture, Instead)>, false);
        loop {
            let ended = child.poll().ok().flatten();
            match self.glance(&mut window, &title, child.id()).map(|it| sight::judge(self.pattern, it)) {
                Ok(Sight::Pattern(picture, seen)) => return Ok((picture, seen)),
                Ok(Sight::Other(picture, instead)) => last = Some((picture, instead)),
                Ok(Sight::Nothing) => {}
                Err(error) => {
                    let message = text!("prove-display-lost", display = self.name, said = error.to_string());
                    let failure = Failure::new(Code::ProveDisplay, message);
                    return Err(NoWindow::new(failure, last));
                }
            }
            let waited = look.monotonic_ms().saturating_sub(self.began);
            if let Some(window) = window.filter(|_| last.is_some() && waited > WIDEN_MS && !widened) {
                widened = true;
                // Where it cannot be done, what is seen decides as before.
                let _ = self.screen.widen(window);
            }
            let said = self.said();
            if let Some(ended) = ended {
                let message = text!(
                    "prove-ended",
                    code = ended.code.or(ended.signal).unwrap_or(0),
                    said = telling(&said)
                );
                return Err(NoWindow::new(Failure::new(Code::ProveEnded, message), last));
            }
            if window.is_none() && is_window_error(&said) {
                let message = text!("prove-no-window", said = telling(&said));
                return Err(NoWindow::new(Failure::new(Code::ProveNoWindow, message), last));
            }
            if waited > LIMIT_MS {
                return Err(NoWindow::new(self.too_late(window, last.as_ref(), &said), last));
            }
            look.wait(POLL);
        }
    }

    fn glance(&self, window: &mut Option<u32>, title: &str, process: u32) -> std::io::Result<Views> {
        if window.is_none() {
            *window = self.screen.find(title, process)?;
            if let Some(found) = *window {
                self.screen.show(found)?;
            }
        }
        window.map_or_else(|| Ok(Views::default()), |it| self.screen.capture(it))
    }

    fn too_late(&self, window: Option<u32>, last: Option<&(Picture, Instead)>, said: &str) -> Failure {
        let seconds = LIMIT_MS / 1000;
        match (window, last) {
            // Where a system gives no front buffer to read, that is black, whatever the screen shows.
            (Some(_), Some((_, Instead::Blank))) if *self.which == Which::SelfReported => {
                let message = text!("prove-self-reported-blank", seconds = seconds);
                Failure::new(Code::ProveCannotLook, message).hint(text!("prove-self-reported-blank.hint"))
            }
            // Nobody has seen yet what a Mac gives: what does not show the pattern blames no driver.
            (Some(_), _) if *self.which == Which::Recorded => {
                let message = text!("prove-recorded-unclear", seconds = seconds);
                Failure::new(Code::ProveCannotLook, message).hint(text!("prove-self-reported-nothing.hint"))
            }
            (Some(_), Some((_, Instead::Blank))) => {
                Failure::new(Code::ProvePicture, text!("prove-blank", seconds = seconds))
            }
            (Some(_), Some((_, Instead::Covered))) => {
                Failure::new(Code::ProveHidden, text!("prove-covered", seconds = seconds))
            }
            (Some(_), Some((picture, Instead::Different))) => {
                #[expect(clippy::cast_possible_truncation, reason = "a share of 100")]
                let percent = (self.pattern.matched(picture) * 100.0) as i64;
                let message = text!("prove-wrong-picture", seconds = seconds, percent = percent);
                Failure::new(Code::ProvePicture, message)
            }
            (Some(_), None) => Failure::new(Code::ProveHidden, text!("prove-hidden", seconds = seconds)),
            // There may be a window: nobody looked. No right that a person could give is missing for this road.
            (None, _) if self.which.says_itself() => {
                let message = text!("prove-self-reported-nothing", seconds = seconds, said = telling(said));
                Failure::new(Code::ProveCannotLook, message).hint(text!("prove-self-reported-nothing.hint"))
            }
            (None, _) => {
                let message = text!("prove-no-window-in-time", seconds = seconds, said = telling(said));
                Failure::new(Code::ProveNoWindow, message)
            }
        }
    }

    fn said(&self) -> String {
        match self.stage.system.look.read(self.log) {
            Fact::Here(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Fact::Absent | Fact::Unknown(_) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests;
