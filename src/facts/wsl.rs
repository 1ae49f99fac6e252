//! Windows Subsystem for Linux: which of the two it is, and how it is set up. Pure: readers of what it writes. What each sign
//! means was read in the sources of WSL and WSLg (docs/wsl.md names the places).

use core::net::Ipv4Addr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::fact::Fact;

/// How this Windows Subsystem for Linux is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wsl {
    /// 1 translates system calls, 2 is a kernel of its own with a network of its own.
    pub version: u8,
    /// The distribution as `wsl.exe` knows it.
    pub name: Option<String>,
    /// Whether systemd runs it.
    pub systemd: bool,
    /// How it reaches Windows and the rest.
    pub network: Network,
    /// Where the default route leads.
    pub gateway: Option<Ipv4Addr>,
    /// The network in which that is, as a firewall writes it: `172.30.96.0/20`.
    #[serde(default)]
    pub subnet: Option<String>,
    /// Where drives of Windows are mounted.
    pub drives: Vec<Drive>,
    /// `/etc/wsl.conf`.
    pub conf: Conf,
    /// `.wslconfig` in the home of the person on Windows, where that can be found.
    pub windows: Option<(PathBuf, Conf)>,
    /// Windows' own PowerShell, where programs of Windows can be started.
    #[serde(default)]
    pub powershell: Option<PathBuf>,
    /// Our own program on Windows.
    #[serde(default)]
    pub beside: Option<PathBuf>,
    /// Whether `/etc/resolv.conf` names a server.
    pub names_a_server: Fact<bool>,
    /// What Windows gives of its memory.
    pub memory_mib: Option<u64>,
    /// Seconds that the clock is behind that of the virtual hardware.
    pub clock_behind: Option<i64>,
}

impl Default for Wsl {
    /// Nothing was looked at.
    fn default() -> Self {
        let (name, gateway, subnet, drives, conf, windows, powershell, beside) = <_>::default();
        Self {
            version: 2,
            name,
            systemd: false,
            network: Network::Unknown,
            gateway,
            subnet,
            drives,
            conf,
            windows,
            powershell,
            beside,
            names_a_server: Fact::unlooked(),
            memory_mib: None,
            clock_behind: None,
        }
    }
}

impl Wsl {
    /// The drive of Windows on which a path lies.
    pub fn drive(&self, path: &Path) -> Option<&Drive> {
        self.drives.iter().filter(|it| path.starts_with(&it.at)).max_by_key(|it| it.at.as_os_str().len())
    }

    /// The network from which WSL comes to Windows; where routes do not say it, as large as WSL makes its own.
    pub fn own_network(&self) -> Option<String> {
        const BITS: u32 = 20;
        let mask = u32::MAX << (u32::BITS - BITS);
        let made = || Some(Ipv4Addr::from(self.gateway?.to_bits() & mask));
        self.subnet.clone().or_else(|| made().map(|it| format!("{it}/{BITS}")))
    }

    /// The file and line that switch WSLg off.
    pub fn gui_off(&self) -> Option<(&Path, u32)> {
        let off = |conf: &Conf| conf.gui.filter(|it| !it.0).map(|it| it.1);
        let all = self.windows.as_ref().and_then(|(path, conf)| Some((path.as_path(), off(conf)?)));
        all.or_else(|| Some((Path::new(CONF), off(&self.conf)?)))
    }
}

/// What WSL reads when it starts a distribution.
pub const CONF: &str = "/etc/wsl.conf";

/// How WSL 2 reaches Windows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Network {
    /// Behind Windows, which is the default route.
    Nat,
    /// With the interfaces of Windows; each is at the other's loopback.
    Mirrored,
    /// Another way of WSL's (bridged, consomme, none).
    Other,
    /// It could not be told.
    #[default]
    Unknown,
}

impl Network {
    /// What `wslinfo --networking-mode` prints; nothing where it is none of its words.
    pub fn named(said: &str) -> Option<Self> {
        Some(match said.trim() {
            "nat" => Self::Nat,
            "mirrored" => Self::Mirrored,
            "bridged" | "consomme" | "virtioproxy" | "none" => Self::Other,
            _ => return None,
        })
    }

    /// As it is written in `.wslconfig`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nat => "nat",
            Self::Mirrored => "mirrored",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}

/// A drive of Windows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drive {
    /// Where it is mounted.
    pub at: PathBuf,
    /// Whether it keeps modes of Linux (`metadata`); otherwise every file may be executed.
    pub modes: bool,
}

/// What a file of settings of WSL says. Of what it does not say nothing is here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conf {
    /// `[boot] systemd`.
    pub systemd: Option<bool>,
    /// `guiApplications`, and its line.
    pub gui: Option<(bool, u32)>,
    /// `[interop] appendWindowsPath`.
    pub append_path: Option<bool>,
    /// `[network] generateResolvConf`.
    pub generate_resolv: Option<bool>,
    /// `[automount] root`.
    pub root: Option<PathBuf>,
    /// `[wsl2] memory`, and its line.
    pub memory: Option<(String, u32)>,
}

/// Settings that are read of it, by section; what else stands in such a file is nobody's concern.
pub const READ: [(&str, &str); 8] = [
    ("boot", "systemd"),
    ("general", "guiapplications"),
    ("wsl2", "guiapplications"),
    ("interop", "appendwindowspath"),
    ("network", "generateresolvconf"),
    ("automount", "root"),
    ("wsl2", "memory"),
    ("wsl2", "networkingmode"),
];

/// `wsl.conf` or `.wslconfig`. Names are the same in small and large letters; the last one of a name counts.
pub fn conf(text: &str) -> Conf {
    let mut conf = Conf::default();
    for (number, (section, line)) in (1..).zip(lines(text)) {
        let Some((name, value)) = line.split_once('=') else { continue };
        let value = value.trim().trim_matches('"');
        match (section.as_str(), name.trim().to_lowercase().as_str()) {
            ("boot", "systemd") => conf.systemd = switch(value),
            ("general" | "wsl2", "guiapplications") => conf.gui = switch(value).map(|it| (it, number)),
            ("interop", "appendwindowspath") => conf.append_path = switch(value),
            ("network", "generateresolvconf") => conf.generate_resolv = switch(value),
            ("automount", "root") => conf.root = Some(value.into()),
            ("wsl2", "memory") => conf.memory = Some((value.to_owned(), number)),
            _ => {}
        }
    }
    conf
}

/// Each line without its comment, and the section in which it stands, in small letters. A section begins with its header.
pub fn lines(text: &str) -> impl Iterator<Item = (String, &str)> {
    let mut section = String::new();
    text.trim_start_matches('\u{feff}').lines().map(move |line| {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(name) = line.strip_prefix('[').and_then(|it| it.split(']').next()) {
            section = name.trim().to_lowercase();
        }
        (section.clone(), line)
    })
}

fn switch(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Whether a kernel's name says that it is one of WSL's.
pub fn is_named(kernel: &str) -> bool {
    let kernel = kernel.to_lowercase();
    kernel.contains("microsoft") || kernel.contains("wsl2")
}

/// 1 or 2 by the kernel's name; `signs`: whether WSL's own files are there, which alone tell of a kernel that somebody built.
pub fn version(kernel: &str, signs: bool) -> Option<u8> {
    // 4.4.0-19041-Microsoft; the first kernels of WSL 2 were 4.19.84-microsoft-standard.
    let first = kernel.to_lowercase().ends_with("-microsoft");
    signs.then_some(if first { 1 } else { 2 })
}

/// The default route in `/proc/net/route`.
pub fn gateway(routes: &str) -> Option<Ipv4Addr> {
    let row = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        let (to, by) = (words.next()?, words.next()?);
        let by = u32::from_str_radix(by, 16).ok()?;
        // In the order of the processor's bytes, as the kernel prints it.
        (to == "00000000" && by != 0).then(|| Ipv4Addr::from(by.to_ne_bytes()))
    };
    routes.lines().find_map(row)
}

/// The network in `/proc/net/route` that a machine is reached in without a router; for Windows behind NAT it is WSL's own.
pub fn subnet(routes: &str, of: Ipv4Addr) -> Option<String> {
    let row = |line: &str| {
        let number =
            |word: &str| u32::from_str_radix(word, 16).ok().map(|it| Ipv4Addr::from(it.to_ne_bytes()));
        let words: Vec<&str> = line.split_whitespace().collect();
        let [to, by, mask] = [1, 2, 7].map(|at| words.get(at).and_then(|it| number(it)));
        let (to, mask) = (to?, mask?.to_bits());
        let bits = mask.count_ones();
        let whole = bits > 0 && mask.leading_ones() == bits && by == Some(Ipv4Addr::UNSPECIFIED);
        (whole && of.to_bits() & mask == to.to_bits()).then(|| format!("{to}/{bits}"))
    };
    routes.lines().find_map(row)
}

/// The drives of Windows in `/proc/self/mounts`: `drvfs` in WSL 1, in WSL 2 shared by 9p or virtiofs.
pub fn drives(mounts: &str) -> Vec<Drive> {
    let drive = |line: &str| {
        let mut words = line.split(' ');
        let (source, at, kind, options) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let mut all = options.split([',', ';']);
        let ours = match kind {
            "drvfs" => true,
            "9p" => all.any(|it| it == "aname=drvfs"),
            "virtiofs" => source.starts_with("drvfs"),
            _ => false,
        };
        let modes = options.split([',', ';']).any(|it| it == "metadata");
        ours.then(|| Drive { at: at.replace("\\040", " ").into(), modes })
    };
    mounts.lines().filter_map(drive).collect()
}

/// The home of the person on Windows, where PATH leads through it: `/mnt/c/Users/NAME`.
pub fn home_on_windows<'a>(path: &str, drives: &'a [Drive]) -> Option<PathBuf> {
    let home = |dir: &str, drive: &'a Drive| {
        let mut parts = Path::new(dir).strip_prefix(&drive.at).ok()?.components();
        let (users, name) = (parts.next()?, parts.next()?);
        (users.as_os_str() == "Users").then(|| drive.at.join(users).join(name))
    };
    path.split(':').find_map(|dir| drives.iter().find_map(|it| home(dir, it)))
}

/// What `/proc/meminfo` says there is, in MiB.
pub fn memory_mib(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|it| it.strip_prefix("MemTotal:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|it| it / 1024)
}

/// Seconds that a clock is behind another; none where that one may merely keep the time of another zone.
pub fn behind(now: u64, hardware: u64) -> Option<i64> {
    const QUARTER: i64 = 15 * 60;
    let seconds = hardware.cast_signed().checked_sub(now.cast_signed())?;
    let off = seconds.unsigned_abs() % QUARTER.unsigned_abs();
    let zone = seconds.abs() >= QUARTER && off.min(QUARTER.unsigned_abs() - off) < 5;
    (!zone).then_some(seconds)
}

/// What `reg.exe query` prints of the settings of Windows for its programs: the proxy, where it is on.
pub fn windows_proxy(said: &str) -> Option<String> {
    let value = |name: &str| {
        let mut words = said.lines().map(str::split_whitespace);
        words.find_map(|mut it| (it.next() == Some(name)).then(|| it.nth(1)).flatten())
    };
    let on = value("ProxyEnable").is_some_and(|it| it != "0x0");
    value("ProxyServer").filter(|_| on).map(str::to_owned)
}

/// Where the drive with Windows is mounted: what is mounted at the usual place of C:, else C: where somebody mounted it. What
/// says that it is another drive never is: a stick may have the same folders.
pub fn system_drive(mounts: &str, conf: &Conf) -> Option<PathBuf> {
    let usual = conf.root.clone().unwrap_or_else(|| "/mnt".into()).join("c");
    let mut newest = mounts.lines().rev();
    let there = newest.find(|it| it.split(' ').nth(1) == usual.to_str());
    if there.is_some_and(|it| letter(it).is_none_or(|it| it == 'C')) {
        return Some(usual);
    }
    let drive = |line: &str| drives(line).pop().filter(|_| letter(line) == Some('C'));
    mounts.lines().rev().find_map(drive).map(|it| it.at)
}

/// The letter of the drive in a line of `/proc/self/mounts`, where it says one.
fn letter(line: &str) -> Option<char> {
    let mut words = line.split(' ');
    let (source, options) = (words.next()?, words.nth(2)?);
    let first = |word: &str| {
        let mut chars = word.chars();
        let letter = chars.next().filter(char::is_ascii_alphabetic)?;
        (chars.next() == Some(':')).then(|| letter.to_ascii_uppercase())
    };
    first(source).or_else(|| options.split([',', ';']).find_map(|it| first(it.strip_prefix("path=")?)))
}

/// How many mounts lie on a directory, one over the other or covered, in `/proc/self/mountinfo`.
pub fn mounts_on(mountinfo: &str, dir: &str) -> usize {
    mountinfo.lines().filter(|it| it.split(' ').nth(4) == Some(dir)).count()
}

/// Whether `/etc/resolv.conf` names a server.
pub fn names_a_server(text: &str) -> bool {
    text.lines().any(|it| it.split_whitespace().next() == Some("nameserver"))
}

#[cfg(test)]
mod tests;
