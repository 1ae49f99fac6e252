//! Where a window could open.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::system::screen::Desktop;

/// Where a window could open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Display {
    /// DISPLAY as it is set, and whether an X server answers there (its vendor), with why not.
    pub x11: Option<(String, Fact<String>)>,
    /// WAYLAND_DISPLAY as it is set (its socket), and whether somebody answers.
    pub wayland: Option<(PathBuf, Fact<()>)>,
    /// `Xvfb`, for a private display.
    pub xvfb: Fact<PathBuf>,
    /// `libGL.so.1` as the loader finds it: (path, links resolved). On a Mac, Apple's framework.
    pub libgl: Fact<(PathBuf, PathBuf)>,
    /// The file at fault when the first `libGL.so.1` cannot be loaded: (path, why).
    pub libgl_broken: Option<(PathBuf, String)>,
    /// Mesa's drivers (`dri/*_dri.so`, `libgallium`), or a vendor's.
    pub drivers: Fact<PathBuf>,
    /// The words of an X server that is there and does not let us in.
    #[serde(default)]
    pub x11_refused: Option<String>,
    /// The variable without which drivers would be found.
    #[serde(default)]
    pub drivers_hidden_by: Option<String>,
    /// A library that the loader would take for a Fyne program or for its driver, and that does not serve.
    #[serde(default)]
    pub unfit: Option<Unfit>,
    /// Settings of Fyne's own that are no files, and that every Fyne program waits for.
    #[serde(default)]
    pub settings_blocked: Vec<PathBuf>,
    /// What Fyne's own settings multiply every size by, and the file that says so.
    #[serde(default)]
    pub scale: Option<(PathBuf, String)>,
    /// WSLg's servers, in Windows Subsystem for Linux.
    #[serde(default)]
    pub wslg: Option<Wslg>,
    /// The desktop of a session of Windows; there is none elsewhere.
    #[serde(default = "elsewhere")]
    pub desktop: Fact<Desktop>,
    /// The kind of session on a Mac, as `launchctl` calls it: `Aqua` has windows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Fact<String>>,
    /// Whoever we work for is logged in at the screen of the Mac, whatever kind of session this one is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_screen: bool,
    /// Whether this Mac is a virtual machine: `kern.hv_vmm_present`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub virtual_mac: Option<bool>,
}

/// For what was recorded before anybody looked for one.
const fn elsewhere() -> Fact<Desktop> {
    Fact::Absent
}

/// What WSLg has put up for windows on the desktop of Windows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wslg {
    /// Where it keeps its sockets: `/mnt/wslg`.
    pub dir: PathBuf,
    /// Its X server (the vendor), asked at the socket of its own.
    pub x11: Fact<String>,
    /// Its compositor, asked likewise.
    pub wayland: Fact<()>,
    /// Its X server as programs ask for `:0`.
    pub local: Fact<String>,
}

impl Wslg {
    /// It shows windows, and programs do not find it.
    pub const fn hidden(&self) -> bool {
        self.x11.is_here() && !self.local.is_here()
    }
}

/// A library of the right name that is not what is meant: too old a version, another one's symbols, no library at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfit {
    /// The library.
    pub file: PathBuf,
    /// What the loader says with it and does not say without it.
    pub said: Vec<String>,
    /// The variable without which another one would be taken.
    pub led_by: Option<String>,
    /// Otherwise the file and line that tell the loader of its directory.
    #[serde(default)]
    pub told: Option<(PathBuf, u32)>,
}

impl Default for Display {
    /// Nothing was looked at.
    fn default() -> Self {
        let (x11, wayland, libgl_broken, x11_refused, drivers_hidden_by, unfit) = <_>::default();
        let (settings_blocked, scale, wslg, at_screen, virtual_mac) = <_>::default();
        Self {
            x11,
            wayland,
            xvfb: Fact::unlooked(),
            libgl: Fact::unlooked(),
            libgl_broken,
            drivers: Fact::unlooked(),
            x11_refused,
            drivers_hidden_by,
            unfit,
            settings_blocked,
            scale,
            wslg,
            desktop: Fact::unlooked(),
            session: None,
            at_screen,
            virtual_mac,
        }
    }
}

impl Display {
    /// A display of the user's that answers.
    pub fn usable(&self) -> bool {
        self.x11.as_ref().is_some_and(|(_, it)| it.is_here())
            || self.wayland.as_ref().is_some_and(|(_, it)| it.is_here())
            || self.wslg.as_ref().is_some_and(|it| it.local.is_here())
            || self.desktop.here().is_some_and(Desktop::shows_windows)
    }

    /// No display of the user's answers, and a private one can be made: there alone a window was seen.
    pub fn is_private(&self) -> bool {
        !self.usable() && self.xvfb.is_here()
    }

    /// A session of Windows or of a Mac without a desktop: no window can be shown, and no virtual display can be made.
    pub fn is_out_of_reach(&self) -> bool {
        let no_desktop = self.desktop.here().is_some_and(|it| !it.shows_windows());
        no_desktop || (self.without_aqua().is_some() && !self.at_screen)
    }

    /// What macOS calls a session that is none of the desktop.
    pub fn without_aqua(&self) -> Option<&str> {
        self.session.as_ref().and_then(Fact::here).map(String::as_str).filter(|it| *it != "Aqua")
    }

    /// None is even named.
    pub const fn unnamed(&self) -> bool {
        self.x11.is_none() && self.wayland.is_none()
    }
}
