//! The session of a Mac. Windows open in one that somebody sits before; over ssh there is another kind. XQuartz is no matter of
//! Fyne's: it speaks to the system itself.

use std::path::Path;

use super::own;
use crate::fact::Fact;
use crate::facts::{Display, Host, Settings};
use crate::probe::programs;
use crate::system::{Environment, Look};

/// Asks. Nothing that X11, Wayland or Mesa's drivers are about is there.
pub(super) fn probe(look: &dyn Look, host: &Host, here: &Settings) -> Display {
    let ask = programs::ask(Path::new("/bin/launchctl"), &["managername"], Environment::of_system());
    let session = match look.run(&ask) {
        Fact::Here(answer) if answer.ok() => {
            let why = || Fact::Unknown(text!("why-not-looked").into());
            programs::first_line(&answer.out()).map_or_else(why, Fact::Here)
        }
        Fact::Here(_) | Fact::Absent => Fact::Unknown(text!("why-not-looked").into()),
        Fact::Unknown(why) => Fact::Unknown(why),
    };
    let (xvfb, libgl, drivers, desktop) = (Fact::Absent, Fact::Absent, Fact::Absent, Fact::Absent);
    let (settings_blocked, scale) = (own::blocked(look, host, here), own::scale(look, host, here));
    let session = Some(session);
    Display { xvfb, libgl, drivers, settings_blocked, scale, desktop, session, ..Display::default() }
}
