//! On which display: the user's where one answers and can be looked at, else a private one of our own. Its server lets in
//! who shows a cookie that only our own user can read; every other user of the machine is refused.

use std::path::{Path, PathBuf};

use super::{Fact, Failure, Proof, Stage, Which, file_failure};
use crate::action::wsl;
use crate::disk_error::DiskError;
use crate::facts::x11;
use crate::failure::Code;
use crate::path_style::PathStyle;
use crate::prove::environment::Variables;
use crate::system::screen::Displays;
use crate::system::{Child, Disk, Environment, Output, Spawn, System};
use crate::text::Text;

/// A private X server. It dies with us.
pub struct Server {
    /// Its process.
    pub(super) child: Box<dyn Child>,
    /// As DISPLAY names it.
    pub(super) name: String,
    /// What it wants to be shown.
    pub(super) cookie: Vec<u8>,
    /// The file that has it.
    pub(super) authority: PathBuf,
}

impl Stage<'_> {
    /// Chooses, and starts a private server where one is needed.
    pub(super) fn choose(&self, dir: &Path) -> Result<(Which, Option<Server>), Failure> {
        if self.system.look.identity().os == "windows" {
            return self.desktop().map(|it| (it, None));
        }
        if self.system.look.identity().os == "macos" {
            return self.of_mac().map(|it| (it, None));
        }
        if let Some((name, Fact::Here(_))) = &self.display.x11 {
            return Ok((Which::Users(name.clone()), None));
        }
        if let Some(wslg) = &self.display.wslg {
            if wslg.local.is_here() {
                return Ok((Which::Users(":0".to_owned()), None));
            }
            // On a private display nobody would see that their own shows nothing.
            if wslg.hidden() {
                let message = text!("prove-wslg-hidden", dir = &wslg.dir);
                let sudo = if self.system.look.identity().uid == 0 { "" } else { "sudo " };
                let command = format!("{sudo}{}", wsl::show_typed(&wslg.dir));
                let hint = text!("prove-wslg-hidden.hint", command = command);
                return Err(Failure::new(Code::ProveNoDisplay, message).hint(hint));
            }
        }
        let known = self.display.xvfb.here().cloned();
        match known.or_else(|| self.program("Xvfb")) {
            Some(xvfb) => Ok((Which::Private, Some(self.start(&xvfb, dir)?))),
            None if self.display.usable() => {
                let message = text!("prove-cannot-look");
                Err(Failure::new(Code::ProveCannotLook, message).hint(text!("prove-cannot-look.hint")))
            }
            None => Err(Failure::new(Code::ProveNoDisplay, text!("prove-no-display"))
                .hint(text!("prove-no-display.hint"))),
        }
    }

    /// Windows has one place for windows: the desktop of the session. There is no private one that could stand in for it.
    fn desktop(&self) -> Result<Which, Failure> {
        match &self.display.desktop {
            Fact::Here(desktop) if !desktop.shows_windows() => {
                let message = text!("prove-no-desktop", session = desktop.session);
                Err(Failure::new(Code::ProveNoDisplay, message).hint(text!("prove-no-desktop.hint")))
            }
            // What could not be asked is tried.
            _ => Ok(Which::Desktop),
        }
    }

    /// A Mac shows windows to who sits before it. What others draw it shows to nobody whom a person did not let look.
    fn of_mac(&self) -> Result<Which, Failure> {
        if !self.display.is_out_of_reach() {
            return Ok(if self.displays.may_record() { Which::Recorded } else { Which::SelfReported });
        }
        let message = text!("prove-mac-no-session");
        Err(Failure::new(Code::ProveNoDisplay, message).hint(text!("display-mac-none-decide")))
    }

    /// The cookie for the user's own display, where there is one.
    pub(super) fn users_cookie(&self, display: &str) -> Option<Vec<u8>> {
        let set = |name: &str| self.user.get(name).filter(|it| !it.is_empty()).map(PathBuf::from);
        let file = set("XAUTHORITY").or_else(|| Some(set("HOME")?.join(".Xauthority")))?;
        let look = self.system.look;
        let host = look.host_name().unwrap_or_default();
        let bytes = look.read_text(&file).into_here()?;
        x11::cookie(&bytes, x11::display(display)?.number, &host)
    }

    fn start(&self, xvfb: &Path, dir: &Path) -> Result<Server, Failure> {
        Server::start(&self.system, self.displays, xvfb, self.user.get("HOME").map(String::as_str), dir)
    }
}

impl Server {
    /// Starts Xvfb, which chooses a free number itself and prints it. Its cookie lies in `dir`, which is ours.
    pub fn start(
        system: &System,
        displays: &dyn Displays,
        xvfb: &Path,
        home: Option<&str>,
        dir: &Path,
    ) -> Result<Self, Failure> {
        let words =
            ["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp", "-noreset", "-nocursor"];
        let mut env = Environment::of_system();
        let authority = dir.join("Xauthority");
        let cookie = displays.secret().map_err(|error| file_failure(DiskError::new(&authority, &error)))?;
        system.disk.write(&authority, &x11::authority(&cookie), Some(0o600)).map_err(file_failure)?;
        let auth = ["-auth".to_owned(), authority.display().to_string()];
        if let Some(home) = home {
            // Mesa asks the password file where its cache goes, unless this says it.
            env.set("XDG_CACHE_HOME", format!("{home}/.cache"));
            env.set("HOME", home);
        }
        let spawn = Spawn {
            program: xvfb.to_path_buf(),
            args: words.map(str::to_owned).into_iter().chain(auth).collect(),
            env,
            dir: dir.to_path_buf(),
            output: Output::Lines,
            ..Spawn::default()
        };
        let mut child =
            system.children.start(&spawn).map_err(|error| file_failure(DiskError::new(xvfb, &error)))?;
        let mut said = String::new();
        while let Some(line) = child.line() {
            if !line.error && line.text.trim().parse::<u32>().is_ok() {
                let name = format!(":{}", line.text.trim());
                return Ok(Self { child, name, cookie: cookie.to_vec(), authority });
            }
            if !line.text.trim().is_empty() {
                said = line.text;
            }
        }
        child.stop();
        let message = text!("prove-no-server", program = xvfb, said = said);
        Err(Failure::new(Code::ProveServer, message))
    }

    /// What a program is given that is to open its windows there.
    pub fn environment(&self, user: &Variables) -> Environment {
        environment(user, &Which::Private, &self.name, Some(self), Path::new(""))
    }

    /// Ends it, and takes its cookie away.
    pub fn stop(&mut self, disk: &dyn Disk) -> Result<(), Failure> {
        self.child.stop();
        disk.remove(&self.authority).map_err(file_failure)
    }
}

/// Where Fyne keeps an icon for each program that it runs on Windows.
pub(super) const KEPT: &str = "kept";

/// The program's environment: the user's, with the display that was chosen and no other.
pub(super) fn environment(
    user: &Variables,
    which: &Which,
    name: &str,
    server: Option<&Server>,
    dir: &Path,
) -> Environment {
    let mut env = Environment::of_user(user);
    if *which == Which::Desktop {
        env.set("LOCALAPPDATA", PathStyle::Windows.shown(&dir.join(KEPT)));
    }
    if matches!(which, Which::Desktop | Which::SelfReported | Which::Recorded) {
        return env;
    }
    env.set("DISPLAY", name);
    // Fyne 2.8 asks FYNE_PLATFORM, GLFW the session's type; without a Wayland socket nothing is left but X11.
    env.set("FYNE_PLATFORM", "x11");
    env.set("XDG_SESSION_TYPE", "x11");
    env.remove("WAYLAND_DISPLAY");
    env.remove("WAYLAND_SOCKET");
    if let Some(server) = server {
        env.set("LIBGL_ALWAYS_SOFTWARE", "1");
        env.set("XAUTHORITY", server.authority.display().to_string());
    }
    env
}

impl Proof {
    /// That a window appeared, as a step notes it. Where only the program itself says so, no more is said.
    pub fn note(&self) -> Text {
        let Self { png, millis, rests_on, .. } = self;
        if self.display == Which::SelfReported {
            return text!("prove-self-reported", path = png, millis = *millis, rests = rests_on.clone());
        }
        text!("prove-seen", path = png, millis = *millis, rests = rests_on.clone())
    }

    /// The same as what a report rests on.
    pub fn basis(&self) -> Text {
        let Self { png, rests_on, .. } = self;
        if self.display == Which::SelfReported {
            return text!("rests-window-self-reported", path = png, rests = rests_on.clone());
        }
        text!("rests-window", path = png, rests = rests_on.clone())
    }
}
