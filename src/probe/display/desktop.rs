//! The desktop of Windows. A process of our own program is asked: what OpenGL says is said by a driver, and one that hangs or
//! ends the process that loaded it must not take us with it.

use std::path::{Path, PathBuf};

use super::own;
use crate::fact::Fact;
use crate::facts::{Display, Host, Settings};
use crate::system::screen::{ASK_DESKTOP, Desktop};
use crate::system::{Ask, Environment, Look};

/// A driver that is loaded for the first time takes a second or two.
const LIMIT_MS: u64 = 15_000;

/// Asks. Nothing that X11, Wayland or Mesa's drivers are about is there.
pub(super) fn probe(look: &dyn Look, host: &Host, here: &Settings) -> Display {
    let desktop = asked(look, &host.identity.executable, here);
    let (xvfb, libgl, drivers) = (Fact::Absent, Fact::Absent, Fact::Absent);
    let (settings_blocked, scale) = (own::blocked(look, host, here), own::scale(look, host, here));
    Display { xvfb, libgl, drivers, settings_blocked, scale, desktop, ..Display::default() }
}

fn asked(look: &dyn Look, ours: &Path, here: &Settings) -> Fact<Desktop> {
    let ask = Ask {
        program: ours.to_path_buf(),
        args: vec![ASK_DESKTOP.to_owned()],
        // What a driver finds, and what it makes of it, is the user's.
        env: Environment::of_user(&here.environment()),
        dir: ours.parent().map(PathBuf::from).unwrap_or_default(),
        limit_ms: LIMIT_MS,
        ..Ask::default()
    };
    match look.run(&ask) {
        Fact::Here(answer) if answer.timed_out => Fact::Unknown(text!("why-desktop-hangs").into()),
        Fact::Here(answer) => match serde_json::from_slice(&answer.stdout) {
            Ok(desktop) => Fact::Here(desktop),
            Err(_) => {
                Fact::Unknown(text!("why-desktop-says-nothing", said = last_line(&answer.err())).into())
            }
        },
        Fact::Absent => Fact::Unknown(text!("why-desktop-says-nothing", said = "").into()),
        Fact::Unknown(why) => Fact::Unknown(why),
    }
}

fn last_line(text: &str) -> &str {
    text.lines().rfind(|it| !it.trim().is_empty()).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path_style::PathStyle;
    use crate::system::Identity;
    use crate::system::fake::Machine;

    fn seen(machine: &Machine) -> Display {
        let identity = Identity {
            os: "windows".into(),
            executable: "/ours/fyne-setup.exe".into(),
            ..Identity::default()
        };
        let host = Host { identity, ..Host::default() };
        super::super::probe(machine, &host, &Settings::default())
    }

    fn said(code: i32, out: &str, err: &str) -> Display {
        seen(&Machine::linux().answer("/ours/fyne-setup.exe", ASK_DESKTOP, code, out, err))
    }

    #[test]
    fn the_desktop_is_what_our_own_process_says() {
        // As it was printed under Wine.
        let json = r#"{"session":1,"visible":true,"remote":false,"size":[1024,768],"cards":["Wine Adapter"],"gl":
            {"version":"4.5 (Compatibility Profile) Mesa 22.3.6","renderer":"llvmpipe (LLVM 15.0.6, 256 bits)",
            "vendor":"Mesa/X.org"},"gl_failed":null}"#;
        let display = said(0, json, "");
        let desktop = display.desktop.here().expect("a desktop");
        assert_eq!((desktop.size, desktop.cards.as_slice()), ((1024, 768), &["Wine Adapter".to_owned()][..]));
        assert!(display.usable() && desktop.gl.as_ref().is_some_and(|it| it.vendor == "Mesa/X.org"));
        // The same without a display.
        let json = r#"{"session":1,"visible":true,"remote":false,"size":[1024,768],"cards":["Wine Adapter"],
            "gl":null,"gl_failed":["CreateWindow",0]}"#;
        assert!(!said(0, json, "").usable(), "no window can be made");
        let json = r#"{"session":0,"visible":false,"remote":false,"size":[1024,768],"cards":[],"gl":null,
            "gl_failed":["wglCreateContext",2000]}"#;
        assert!(!said(0, json, "").usable(), "nobody sees what a service shows");
    }

    #[test]
    fn the_settings_of_fyne_are_those_of_the_profile() {
        let file = "/users/ann/AppData/Roaming/fyne/settings.json";
        let machine = Machine::linux().file(file, r#"{"scale": 900}"#);
        let identity = Identity { os: "windows".into(), ..Identity::default() };
        let host = Host { identity, home: Fact::Here("/users/ann".into()), ..Host::default() };
        let here = Settings { style: PathStyle::Windows, ..Settings::default() };
        let seen = super::super::probe(&machine, &host, &here);
        assert_eq!(seen.scale, Some((file.into(), "900".to_owned())));
    }

    #[test]
    fn a_process_that_says_nothing_leaves_the_desktop_unknown() {
        for display in
            [said(3, "", "Access is denied. (os error 5)\r\n"), said(0, "{", ""), seen(&Machine::linux())]
        {
            assert!(matches!(display.desktop, Fact::Unknown(_)), "{:?}", display.desktop);
            assert!(!display.usable());
        }
        let display = said(3, "", "Access is denied. (os error 5)\r\n\r\n");
        assert!(format!("{:?}", display.desktop).contains("Access is denied. (os error 5)"));
    }
}
