//! On which display: the user's where one answers and can be looked at, else a private one of our own.

use std::path::Path;

use super::{Fact, Failure, Stage, Which, file_failure};
use crate::disk_error::DiskError;
use crate::failure::Code;
use crate::prove::environment::Variables;
use crate::system::{Child, Environment, Output, Spawn};

/// A private X server. It dies with us.
pub(super) struct Server {
    /// Its process.
    pub(super) child: Box<dyn Child>,
    /// As DISPLAY names it.
    pub(super) name: String,
}

impl Stage<'_> {
    /// Chooses, and starts a private server where one is needed.
    pub(super) fn choose(&self, dir: &Path) -> Result<(Which, Option<Server>), Failure> {
        if let Some((name, Fact::Here(_))) = &self.display.x11 {
            return Ok((Which::Users(name.clone()), None));
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

    /// Starts Xvfb, which chooses a free number itself and prints it.
    fn start(&self, xvfb: &Path, dir: &Path) -> Result<Server, Failure> {
        let words =
            ["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp", "-noreset", "-nocursor"];
        let mut env = Environment::of_system();
        if let Some(home) = self.user.get("HOME") {
            env.set("HOME", home);
        }
        let spawn = Spawn {
            program: xvfb.to_path_buf(),
            args: words.map(str::to_owned).to_vec(),
            env,
            dir: dir.to_path_buf(),
            output: Output::Lines,
            ..Spawn::default()
        };
        let mut child =
            self.system.children.start(&spawn).map_err(|error| file_failure(DiskError::new(xvfb, &error)))?;
        let mut said = String::new();
        while let Some(line) = child.line() {
            if !line.error && line.text.trim().parse::<u32>().is_ok() {
                let name = format!(":{}", line.text.trim());
                return Ok(Server { child, name });
            }
            if !line.text.trim().is_empty() {
                said = line.text;
            }
        }
        child.stop();
        let message = text!("prove-no-server", program = xvfb, said = said);
        Err(Failure::new(Code::ProveServer, message))
    }
}

/// The program's environment: the user's, with the display that was chosen and no other.
pub(super) fn environment(user: &Variables, which: &Which, name: &str) -> Environment {
    let mut env = Environment::of_user(user);
    env.set("DISPLAY", name);
    // Fyne 2.8 asks FYNE_PLATFORM, GLFW the session's type; without a Wayland socket nothing is left but X11.
    env.set("FYNE_PLATFORM", "x11");
    env.set("XDG_SESSION_TYPE", "x11");
    env.remove("WAYLAND_DISPLAY");
    env.remove("WAYLAND_SOCKET");
    if *which == Which::Private {
        env.set("LIBGL_ALWAYS_SOFTWARE", "1");
        // It has no cookie, and the user's is for another display.
        env.remove("XAUTHORITY");
    }
    env
}
