//! Operating system, user, disks.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::facts::mac::MacHost;
use crate::facts::wsl::Wsl;
use crate::path_style::PathStyle;
use crate::places::NOWHERE;
use crate::system::{Identity, Space, Stat};

/// Operating system, user, disks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Host {
    /// Ids, kernel, processors.
    pub identity: Identity,
    /// `/etc/os-release`, read.
    pub distro: Fact<Distro>,
    /// `glibc 2.36`, `musl`, … where it can be told.
    pub libc: Fact<String>,
    /// Windows Subsystem for Linux; a container in one is none.
    #[serde(default)]
    pub wsl: Option<Wsl>,
    /// Inside a container.
    pub container: bool,
    /// A system that takes no packages while it runs; never inside a container.
    #[serde(default)]
    pub image: Option<Image>,
    /// Login name.
    pub user: String,
    /// Home directory, from the password file where HOME is unset; why there is none.
    pub home: Fact<PathBuf>,
    /// What stands at the home directory.
    pub home_stat: Fact<Stat>,
    /// HOME as the environment has it.
    pub home_variable: Option<String>,
    /// The home directory in the password file.
    #[serde(default)]
    pub account_home: Option<PathBuf>,
    /// Login shell, absolute.
    pub shell: Fact<PathBuf>,
    /// The user's account under `sudo` (SUDO_USER, when it is not root).
    pub sudo_user: Option<String>,
    /// How a package command could get its rights.
    pub rights: Rights,
    /// Room where our data, our cache and temporary files lie, in this order.
    pub data_space: Fact<Space>,
    /// Room in the cache.
    pub cache_space: Fact<Space>,
    /// The directory for temporary files in effect, and what stands there.
    pub tmp: (PathBuf, Fact<Stat>),
    /// Room there.
    pub tmp_space: Fact<Space>,
    /// A process that holds the package manager's lock.
    pub packages_busy: Option<String>,
    /// The package manager that stands in for its distribution's usual one, whose program is missing.
    #[serde(default)]
    pub manager: Option<String>,
    /// What a Windows says of itself besides its build.
    #[serde(default)]
    pub windows: Option<WindowsHost>,
    /// What a Mac says of itself.
    #[serde(default)]
    pub mac: Option<MacHost>,
}

/// What a Windows says of itself besides its build.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowsHost {
    /// `Client`, `Server`, `Server Core`, `Nano Server`.
    pub installation: String,
    /// Controlled folder access keeps programs that it does not know from writing: the value of the registry that says so.
    pub folder_access: Option<String>,
    /// The folders that it guards by itself.
    pub guarded: Vec<PathBuf>,
    /// PowerShell reads no profile that nobody signed: the value that says so, where it is somebody's wish.
    pub scripts: Option<String>,
    /// Our own program carries the mark of what was downloaded, at which SmartScreen asks.
    pub marked: bool,
    /// The drive on which a domain keeps its users' own.
    pub network_drive: Option<PathBuf>,
}

impl Default for Host {
    /// Nothing was looked at.
    fn default() -> Self {
        let tmp = PathBuf::new();
        let (identity, wsl, container, user, home_variable, sudo_user, rights, packages_busy) =
            <_>::default();
        let image = None;
        Self {
            identity,
            distro: Fact::unlooked(),
            libc: Fact::unlooked(),
            wsl,
            container,
            image,
            user,
            home: Fact::unlooked(),
            home_stat: Fact::unlooked(),
            account_home: <_>::default(),
            home_variable,
            shell: Fact::unlooked(),
            sudo_user,
            rights,
            data_space: Fact::unlooked(),
            cache_space: Fact::unlooked(),
            tmp: (tmp, Fact::unlooked()),
            tmp_space: Fact::unlooked(),
            packages_busy,
            manager: None,
            windows: None,
            mac: None,
        }
    }
}

impl Host {
    /// What a line for root begins with.
    pub const fn sudo(&self) -> &'static str {
        if matches!(self.rights, Rights::Root) { "" } else { "sudo " }
    }

    /// The processor of the machine itself. A program for Intel that Rosetta translates is told of another one.
    pub fn processor(&self) -> &str {
        let silicon = self.mac.as_ref().is_some_and(|it| it.apple_silicon);
        if silicon { "aarch64" } else { &self.identity.arch }
    }

    /// How paths are written here.
    pub fn style(&self) -> PathStyle {
        PathStyle::of(&self.identity.os)
    }

    /// Whether it is a Mac.
    pub fn is_mac(&self) -> bool {
        self.identity.os == "macos"
    }

    /// Whether the system follows links that we make beside our data.
    pub fn has_links(&self) -> bool {
        !self.data_space.here().is_some_and(|it| it.no_links)
    }

    /// The home directory; where there is none, a place at which nothing is and nothing can be made.
    pub fn home(&self) -> PathBuf {
        self.home.here().cloned().unwrap_or_else(|| NOWHERE.into())
    }
}

/// How a package command could get its rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rights {
    /// We are root.
    Root,
    /// `sudo -n` works.
    SudoWithoutPassword,
    /// `sudo` is there and would ask.
    SudoAsks,
    /// Neither.
    #[default]
    None,
}

impl Rights {
    /// Whether nobody here can do what takes root. `no_sudo`: it may not be asked for.
    pub fn are_missing(self, no_sudo: bool) -> bool {
        self == Self::None || (no_sudo && self != Self::Root)
    }

    /// Whether a line for root begins with `sudo`. Where nobody here has the rights somebody else types it, and the machine
    /// may have no `sudo` at all.
    pub fn have_sudo(self) -> bool {
        matches!(self, Self::SudoWithoutPassword | Self::SudoAsks)
    }
}

/// A system whose programs come as one image. Its package manager adds nothing while it runs, or only until the next
/// update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// How it is made.
    pub kind: ImageKind,
    /// What makes containers there that share a person's home; none where it has neither.
    pub tool: Option<ContainerTool>,
    /// Whether it has the program that adds packages to the next image.
    pub layers: bool,
}

/// How images are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageKind {
    /// Fedora's atomic desktops, CoreOS and IoT, Universal Blue, Endless OS.
    Ostree,
    /// openSUSE's MicroOS and Aeon, SLE Micro.
    Transactional,
    /// SteamOS: an update throws away what a package manager laid.
    Steamos,
    /// Vanilla OS.
    Abroot,
}

/// What makes containers that share a person's home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContainerTool {
    /// Fedora's.
    Toolbox,
    /// For all others, and for many on Fedora.
    Distrobox,
}

/// A Linux distribution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distro {
    /// `ID`: debian, ubuntu, fedora, …
    pub id: String,
    /// `VERSION_ID`: 12, 24.04, …; empty for a rolling one.
    pub version: String,
    /// `ID_LIKE`, split.
    pub like: Vec<String>,
    /// `PRETTY_NAME`.
    pub name: String,
}

impl Distro {
    /// Itself and what it is like, nearest first.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.id.as_str()).chain(self.like.iter().map(String::as_str))
    }
}
