//! The session of a Mac. Windows open in one that somebody sits before; over ssh there is another kind. XQuartz is no matter of
//! Fyne's: it speaks to the system itself. Whether OpenGL draws is not tried here: that takes a window.

use std::path::{Path, PathBuf};

use super::own;
use crate::fact::Fact;
use crate::facts::{Display, Host, Settings, mac};
use crate::probe::programs;
use crate::system::{Environment, Look};

/// Where OpenGL lies, and the directory is there though the library itself is in the system's cache of libraries.
const OPENGL: &str = "/System/Library/Frameworks/OpenGL.framework";

/// Its owner is whoever is logged in at the screen; root's while nobody is.
const CONSOLE: &str = "/dev/console";

/// Whether a hypervisor is below us.
const VIRTUAL: &str = "kern.hv_vmm_present";

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
    let owner = look.stat(Path::new(CONSOLE)).into_here().map(|it| it.uid);
    let at_screen = host.identity.uid != 0 && owner == Some(host.identity.uid);
    let virtual_mac = mac::sysctl(&programs::sysctl(look, &[VIRTUAL]), VIRTUAL).map(|it| it == 1);
    let libgl = look.stat(Path::new(OPENGL)).map(|_| (PathBuf::from(OPENGL), PathBuf::from(OPENGL)));
    let (xvfb, drivers, desktop) = (Fact::Absent, Fact::Absent, Fact::Absent);
    let (settings_blocked, scale) = (own::blocked(look, host, here), own::scale(look, host, here));
    let session = Some(session);
    let seen =
        Display { xvfb, libgl, drivers, settings_blocked, scale, desktop, session, ..Display::default() };
    Display { at_screen, virtual_mac, ..seen }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn seen(machine: &Machine) -> Display {
        let host = Host { identity: machine.identity.clone(), ..Host::default() };
        probe(machine, &host, &Settings::default())
    }

    #[test]
    fn who_is_logged_in_at_the_screen_owns_the_console_and_root_is_nobody_there() {
        let at = |owner: u32, uid: u32| {
            let mut machine = Machine::macos().file(CONSOLE, "");
            machine.owners.insert(CONSOLE.into(), owner);
            machine.identity.uid = uid;
            seen(&machine).at_screen
        };
        assert!(at(501, 501));
        assert!(!at(502, 501), "somebody else is");
        assert!(!at(0, 501), "nobody is");
        assert!(!at(0, 0), "nobody is, and root asks");
        assert!(!seen(&Machine::macos()).at_screen);
    }

    #[test]
    fn a_virtual_mac_is_told_by_its_kernel_and_opengl_by_its_framework() {
        let told = |said: &str| {
            let machine = Machine::macos().answer("/usr/sbin/sysctl", VIRTUAL, 0, said, "");
            seen(&machine.file("/System/Library/Frameworks/OpenGL.framework/Resources/x", ""))
        };
        assert_eq!(told("kern.hv_vmm_present: 1\n").virtual_mac, Some(true));
        assert_eq!(told("kern.hv_vmm_present: 0\n").virtual_mac, Some(false));
        assert_eq!(told("").virtual_mac, None, "an older macOS does not know the question");
        assert!(told("").libgl.is_here() && seen(&Machine::macos()).libgl.is_absent());
    }
}
