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
mod tests {
    use super::*;

    #[test]
    fn the_two_are_told_apart_by_their_kernels_and_by_signs_of_their_own() {
        for (kernel, signs, expected) in [
            ("4.4.0-19041-Microsoft", true, Some(1)),
            ("4.4.0-22621-Microsoft", true, Some(1)),
            ("4.19.84-microsoft-standard", true, Some(2)),
            ("5.15.153.1-microsoft-standard-WSL2", true, Some(2)),
            ("6.6.87.2-microsoft-standard-WSL2+", true, Some(2)),
            ("6.9.3-mine", true, Some(2)),
            ("5.15.153.1-microsoft-standard-WSL2", false, None),
            ("6.1.0", false, None),
        ] {
            assert_eq!(version(kernel, signs), expected, "{kernel} {signs}");
        }
    }

    #[test]
    fn settings_are_read_with_their_lines() {
        let text = "\u{feff}# mine\r\n[Boot]\r\nsystemd = TRUE\r\n[interop]\nappendWindowsPath=0 # no\n[general]\nguiApplications=false\n\
                    [wsl2]\nmemory=\"2GB\"\nkernel=C:\\\\x\n[automount]\nroot = /win\nodd\n[network]\ngenerateResolvConf=maybe";
        let expected = Conf {
            systemd: Some(true),
            gui: Some((false, 7)),
            append_path: Some(false),
            generate_resolv: None,
            root: Some("/win".into()),
            memory: Some(("2GB".into(), 9)),
        };
        assert_eq!(conf(text), expected);
        for text in ["", "[", "=", "[x]=y", "[wsl2", "\u{0}"] {
            assert_eq!(conf(text), Conf::default(), "{text:?}");
        }
    }

    #[test]
    fn what_is_switched_off_is_named_by_its_line() {
        let off = Conf { gui: Some((false, 4)), ..Conf::default() };
        let on = Conf { gui: Some((true, 2)), ..Conf::default() };
        let windows = |conf: &Conf| Some((PathBuf::from("/mnt/c/Users/user/.wslconfig"), conf.clone()));
        for (conf, windows, file) in [
            (&off, None, Some("/etc/wsl.conf")),
            (&on, windows(&off), Some("/mnt/c/Users/user/.wslconfig")),
            (&on, windows(&on), None),
            (&Conf::default(), None, None),
        ] {
            let wsl = Wsl { conf: conf.clone(), windows, ..Wsl::default() };
            assert_eq!(wsl.gui_off(), file.map(|it| (Path::new(it), 4)));
        }
    }

    #[test]
    fn the_default_route_is_read_as_the_kernel_prints_it() {
        let head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\n";
        let by = u32::from_ne_bytes([172, 30, 96, 1]);
        let text = format!("{head}eth0\t00601EAC\t00000000\t0001\neth0\t00000000\t{by:08X}\t0003\n");
        assert_eq!(gateway(&text), Some(Ipv4Addr::new(172, 30, 96, 1)));
        for text in ["", head, "eth0", "eth0\t00000000\txyz\n", "lo\t00000000\t00000000\n"] {
            assert_eq!(gateway(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_network_of_wsl_is_that_of_the_interface_that_its_gateway_is_at() {
        let hex = |a, b, c, d| format!("{:08X}", u32::from_ne_bytes([a, b, c, d]));
        let row =
            |to: &str, by: &str, mask: &str| format!("eth0\t{to}\t{by}\t0001\t0\t0\t0\t{mask}\t0\t0\t0\n");
        let (none, windows) = (hex(0, 0, 0, 0), Ipv4Addr::new(172, 30, 96, 1));
        let default = row(&none, &hex(172, 30, 96, 1), &none);
        let docker = row(&hex(172, 17, 0, 0), &none, &hex(255, 255, 0, 0));
        let own = row(&hex(172, 30, 96, 0), &none, &hex(255, 255, 240, 0));
        let all = format!("{default}{docker}{own}");
        assert_eq!(subnet(&all, windows).as_deref(), Some("172.30.96.0/20"));
        let odd = row(&none, &none, &hex(0, 0, 0, 255));
        for text in ["", "eth0", "a b c d e f g h", &default, &docker, &odd] {
            assert_eq!(subnet(text, windows), None, "{text}");
        }
        let guessed = Wsl { gateway: Some(windows), ..Wsl::default() };
        assert_eq!(guessed.own_network().as_deref(), Some("172.30.96.0/20"));
        assert_eq!(Wsl::default().own_network(), None);
    }

    const MOUNTS: &str = "none /mnt/wslg tmpfs rw,relatime 0 0\n\
        none /usr/lib/wsl/drivers 9p ro,aname=drivers;fmask=222;dmask=222,trans=fd 0 0\n\
        C:\\134 /mnt/c 9p rw,noatime,dirsync,aname=drvfs;path=C:\\;uid=1000;gid=1000;symlinkroot=/mnt/,trans=fd 0 0\n\
        D: /mnt/my\\040disk drvfs rw,metadata 0 0\n\
        drvfsa2 /mnt/e virtiofs rw 0 0\n\
        host /srv virtiofs rw 0 0\n\
        odd\n";

    #[test]
    fn drives_of_windows_are_told_from_everything_else_that_is_shared() {
        let all = drives(MOUNTS);
        let seen: Vec<_> = all.iter().map(|it| (it.at.to_str().expect("UTF-8"), it.modes)).collect();
        assert_eq!(seen, [("/mnt/c", false), ("/mnt/my disk", true), ("/mnt/e", false)]);
        let wsl = Wsl { drives: all, ..Wsl::default() };
        let at = |path: &str| wsl.drive(Path::new(path)).map(|it| it.at.display().to_string());
        assert_eq!(at("/mnt/c/Users/user/hello").as_deref(), Some("/mnt/c"));
        assert_eq!((at("/mnt/cc"), at("/mnt/wslg"), at("/root")), (None, None, None));
    }

    #[test]
    fn the_home_on_windows_is_on_path() {
        let drives = drives(MOUNTS);
        let path = "/usr/bin:/mnt/c/Windows:/mnt/c/Users/ann/AppData/Local/Microsoft/WindowsApps";
        assert_eq!(home_on_windows(path, &drives), Some("/mnt/c/Users/ann".into()));
        assert_eq!(home_on_windows("/usr/bin:/mnt/c/Users:/Users/ann", &drives), None);
    }

    #[test]
    fn a_clock_of_another_zone_is_not_behind() {
        let now = 1_795_914_166;
        for (ahead, expected) in [
            (0, Some(0)),
            (7, Some(7)),
            (4000, Some(4000)),
            (-30, Some(-30)),
            (3600, None),
            (-28_803, None),
            (19_800, None),
            (900, None),
        ] {
            assert_eq!(behind(now, now.checked_add_signed(ahead).expect("a time")), expected, "{ahead}");
        }
        assert_eq!(behind(u64::MAX, 0), Some(1), "no number ends the program");
    }

    #[test]
    fn a_proxy_of_windows_counts_where_it_is_on() {
        let said = |on: &str| {
            format!(
                "\r\nHKEY_CURRENT_USER\\Software\r\n    ProxyEnable    REG_DWORD    {on}\r\n    \
                 ProxyServer    REG_SZ    proxy.corp.example:3128\r\n\r\n"
            )
        };
        assert_eq!(windows_proxy(&said("0x1")).as_deref(), Some("proxy.corp.example:3128"));
        for text in [said("0x0"), String::new(), "ProxyEnable\nProxyServer REG_SZ".to_owned()] {
            assert_eq!(windows_proxy(&text), None, "{text}");
        }
    }

    #[test]
    fn windows_is_on_drive_c_or_on_whatever_is_mounted_at_its_usual_place() {
        let at = |mounts: &str, conf: &Conf| system_drive(mounts, conf);
        assert_eq!(at(MOUNTS, &Conf::default()), Some("/mnt/c".into()));
        let moved = Conf { root: Some("/win/".into()), ..Conf::default() };
        assert_eq!(at("host /win/c virtiofs rw 0 0", &moved), Some("/win/c".into()));
        assert_eq!(at("host /mnt/c virtiofs rw 0 0", &moved), None);
        assert_eq!(at("drvfs /mnt/c 9p rw,aname=drvfs;path=D:\\;uid=0 0 0", &Conf::default()), None);
        let covered = format!("{MOUNTS}D:\\134 /mnt/c 9p rw,aname=drvfs 0 0\n");
        assert_eq!(at(&covered, &moved), Some("/mnt/c".into()), "by its letter alone");
        for odd in ["", "C:", "C: /mnt/c", "\u{0} /mnt/c x y"] {
            assert!(at(odd, &moved).is_none(), "{odd:?}");
        }
    }

    #[test]
    fn mounts_are_counted_also_where_another_one_covers_them() {
        let text = "30 1 0:26 / / rw - ext4 /dev/sdc rw\n41 30 0:9 /.X11-unix /tmp/.X11-unix ro shared:1 - tmpfs none rw\n\
                    42 30 0:31 / /tmp rw - tmpfs tmpfs rw\n43 42 0:9 /.X11-unix /tmp/.X11-unix ro - tmpfs none rw\n44 x";
        assert_eq!(["/tmp/.X11-unix", "/tmp", "/mnt"].map(|it| mounts_on(text, it)), [2, 1, 0]);
    }

    #[test]
    fn memory_and_name_servers_are_read() {
        assert_eq!(memory_mib("MemTotal:        3972108 kB\nMemFree: 1 kB\n"), Some(3879));
        assert_eq!((memory_mib(""), memory_mib("MemTotal:\n")), (None, None));
        assert!(names_a_server("# by WSL\nnameserver 10.255.255.254\n"));
        assert!(!names_a_server("#nameserver 1.1.1.1\nsearch lan\n"));
    }
}
