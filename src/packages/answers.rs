//! What a package manager says and is told, as values.

use std::collections::BTreeMap;

use crate::discreet;

/// What the manager's own database says of a package that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Installed {
    /// Its version.
    pub version: String,
    /// It must not change.
    pub held: bool,
    /// The manager stopped in the middle of it.
    pub half_done: bool,
}

/// What is not as its packages installed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Files of which it did not say whose they are.
    pub files: Vec<String>,
    /// Packages that it named.
    pub packages: Vec<String>,
}

/// Where a manager is told that packages must not change.
#[derive(Debug)]
pub struct Holds {
    /// What says so: a file, or what it answers to.
    pub by: HoldsBy,
    /// Reads that: names, or patterns of names.
    pub read: fn(&str) -> Vec<String>,
    /// What a person types to end it; names follow. Where there is none, the file is edited.
    pub release: Option<&'static str>,
    /// Whether even what is asked for by its name is kept back; else only what others need.
    pub by_name: bool,
}

/// What says that packages must not change.
#[derive(Clone, Copy, Debug)]
pub enum HoldsBy {
    /// This file.
    File(&'static str),
    /// The answer to this command, which needs no root.
    Answer(&'static [&'static str]),
}

impl HoldsBy {
    /// As a person knows it.
    pub fn name(self) -> String {
        match self {
            Self::File(path) => path.to_owned(),
            Self::Answer(command) => {
                let program = command[0].rsplit('/').next().unwrap_or_default();
                [program].iter().chain(&command[1..]).copied().collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// A lock that is there as long as its file is.
#[derive(Debug)]
pub struct LastingLock {
    /// The file.
    pub path: &'static str,
    /// What takes it, as the kernel knows these programs (15 letters).
    pub users: &'static [&'static str],
}

/// A directory, and what the names in it say.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// Its path.
    pub dir: &'static str,
    /// Whether it is so.
    pub says: fn(&[String]) -> bool,
}

/// How far a transaction is, by one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Half of a package is done: it is unpacked, or it is set up.
    Half,
    /// A package is done.
    Whole,
    /// The manager counts by itself.
    Of {
        /// How much is begun.
        done: u64,
        /// Of how much.
        total: u64,
    },
}

/// What a transaction would do, by package names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simulation {
    /// Not there yet. An undo removes these.
    pub new: Vec<String>,
    /// There in another version. These stay.
    pub upgraded: Vec<String>,
    /// Would go away.
    pub removed: Vec<String>,
}

/// Proxies of the user's, as `http_proxy` and `https_proxy` name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For http.
    pub http: Option<String>,
    /// For https.
    pub https: Option<String>,
}

impl Proxies {
    /// Whether one of them holds a password: it must not stand where `ps` shows it.
    pub fn secret(&self) -> bool {
        self.http.iter().chain(&self.https).any(|it| discreet::has_login(it))
    }
}

/// How a package command gets to know the proxies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// Arguments, to stand directly after the program.
    pub args: Vec<String>,
    /// Variables. `sudo` drops them, so they are only used by root.
    pub variables: BTreeMap<&'static str, String>,
    /// What has to be written (mode 0600) into the file that the caller named; removed afterwards.
    pub file: Option<String>,
}

/// What the end of a package command means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Somebody else is at work: wait, then try again.
    Locked,
    /// The lists are missing or older than the archive: refresh, then try again.
    Stale,
    /// An earlier transaction was cut off: `configure`, then try again.
    Interrupted,
    /// Installed packages lack what they depend on: `fix`, then try again.
    Broken,
    /// Its record gives a file to somebody who does not exist: `disown`, then try again.
    Orphaned,
    /// The archive cannot be reached.
    Network,
    /// The disk is full.
    Full,
    /// A package is on hold, or others stand against it.
    Conflict,
    /// Not root.
    Rights,
    /// Somebody said no: to a question of the system's, or with Ctrl-C.
    Cancelled,
    /// It is forbidden to install this here.
    Policy,
    /// Nothing of it fits this system.
    Unsuitable,
    /// It knows no such package, or has none.
    NoSuch,
    /// Done, and it counts after a restart of the machine.
    Restart,
    /// A restart of the machine has to come first.
    RestartFirst,
    /// Anything else.
    Failed,
}
