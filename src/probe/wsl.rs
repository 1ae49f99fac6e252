//! Whether this is Windows Subsystem for Linux, and how it is set up. No program of Windows is run: that would wake what may
//! hang, and ask a person's consent. Only a long look asks for one value of the registry.

use std::path::{Path, PathBuf};

use super::programs;
use crate::action::firewall::POWERSHELL;
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::wsl::{self, CONF, Conf, Network, Wsl};
use crate::system::{Answer, Environment, Identity, Look};

/// What only WSL has; the first is there whether or not programs of Windows may be started.
const SIGNS: [&str; 4] = [
    "/proc/sys/fs/binfmt_misc",
    "/run/WSL",
    "/proc/sys/fs/binfmt_misc/WSLInterop",
    "/proc/sys/fs/binfmt_misc/WSLInterop-late",
];

/// Looks. What runs in a container there sees the same kernel, and is none.
pub fn probe(look: &dyn Look, identity: &Identity, container: bool) -> Option<Wsl> {
    if container || identity.os != "linux" {
        return None;
    }
    let there = |path: &str| look.stat(Path::new(path)).is_here();
    // A kernel that says nothing of Windows is one of a person's own, or, nearly always, no WSL.
    let signs = if wsl::is_named(&identity.kernel) {
        SIGNS.iter().any(|it| there(it))
    } else {
        SIGNS[1..3].iter().all(|it| there(it))
    };
    let version = wsl::version(&identity.kernel, signs)?;
    let text = |path: &str| {
        let bytes = look.read(Path::new(path));
        bytes.map(|it| String::from_utf8_lossy(&it).into_owned())
    };
    let set = |name: &str| look.env().get(name).filter(|it| !it.is_empty()).cloned();
    let mounts = text("/proc/self/mounts").into_here().unwrap_or_default();
    let conf = wsl::conf(&text(CONF).into_here().unwrap_or_default());
    let drives = wsl::drives(&mounts);
    let home = wsl::home_on_windows(&set("PATH").unwrap_or_default(), &drives);
    let ours = home.as_ref().map(|it| it.join("AppData/Local/Programs/fyne-setup/fyne-setup.exe"));
    let windows = home.map(|it| it.join(".wslconfig"));
    let read = |path: PathBuf| Some((wsl::conf(&text(path.to_str()?).into_here()?), path));
    let routes = text("/proc/net/route").into_here().unwrap_or_default();
    let gateway = wsl::gateway(&routes);
    let hardware = text("/sys/class/rtc/rtc0/since_epoch").into_here().filter(|_| version == 2);
    Some(Wsl {
        version,
        name: set("WSL_DISTRO_NAME"),
        systemd: there("/run/systemd/system"),
        network: if version == 2 { network(look, gateway.is_some()) } else { Network::Unknown },
        gateway,
        subnet: gateway.and_then(|it| wsl::subnet(&routes, it)),
        drives,
        powershell: powershell(look, &mounts, &conf),
        beside: ours.filter(|it| look.stat(it).is_here()),
        conf,
        windows: windows.and_then(read).map(|(conf, path)| (path, conf)),
        names_a_server: match text("/etc/resolv.conf") {
            Fact::Here(text) => Fact::Here(wsl::names_a_server(&text)),
            Fact::Absent => Fact::Here(false),
            Fact::Unknown(why) => Fact::Unknown(why),
        },
        memory_mib: wsl::memory_mib(&text("/proc/meminfo").into_here().unwrap_or_default()),
        clock_behind: hardware.and_then(|it| wsl::behind(look.now(), it.trim().parse().ok()?)),
    })
}

/// Whether programs of Windows can be started here; `[interop] enabled=false` leaves none of these files.
fn interop(look: &dyn Look) -> bool {
    let on = |text: Fact<Vec<u8>>| text.here().is_some_and(|it| !it.starts_with(b"disabled"));
    SIGNS[2..].iter().any(|it| on(look.read(Path::new(it))))
}

/// What Windows sends its programs through. A program of Windows is started for it: only a long look asks.
pub fn proxy(look: &dyn Look, facts: &Facts) -> Fact<Option<String>> {
    let Some(wsl) = facts.host.wsl.as_ref().filter(|_| interop(look)) else { return Fact::Absent };
    let Some(reg) = reg(look, wsl) else { return Fact::Absent };
    let key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings";
    let env = Environment::of_user(&facts.here.environment());
    let answer = look.run(&programs::ask(&reg, &["query", key], env));
    match answer.here().filter(|it| it.ok()) {
        Some(answer) => Fact::Here(wsl::windows_proxy(&answer.out())),
        None => Fact::Absent,
    }
}

/// Windows' own, which is run with rights: on drive C: alone. PATH, which anybody may set, is not asked.
fn powershell(look: &dyn Look, mounts: &str, conf: &Conf) -> Option<PathBuf> {
    let drive = wsl::system_drive(mounts, conf).filter(|_| interop(look))?;
    Some(drive.join(POWERSHELL)).filter(|it| look.stat(it).is_here())
}

/// What reads the registry, without rights: on another drive only where C: is not mounted.
fn reg(look: &dyn Look, wsl: &Wsl) -> Option<PathBuf> {
    let mounts = look.read(Path::new("/proc/self/mounts")).into_here().unwrap_or_default();
    let drives = match wsl::system_drive(&String::from_utf8_lossy(&mounts), &wsl.conf) {
        Some(drive) => vec![drive],
        None => wsl.drives.iter().map(|it| it.at.clone()).collect(),
    };
    drives.into_iter().map(|it| it.join("Windows/System32/reg.exe")).find(|it| look.stat(it).is_here())
}

/// `wslinfo` is WSL's own program for Linux, since 2.0; before it there was NAT, and what is mirrored has an interface of
/// that name.
fn network(look: &dyn Look, routed: bool) -> Network {
    let wslinfo = ["/usr/bin/wslinfo", "/bin/wslinfo"].map(PathBuf::from);
    if let Fact::Here(program) = programs::first(look, wslinfo)
        && let Fact::Here(answer) =
            look.run(&programs::ask(&program, &["--networking-mode"], Environment::of_system()))
        && let Some(network) = Some(answer).filter(Answer::ok).and_then(|it| Network::named(&it.out()))
    {
        return network;
    }
    let interfaces = look.list(Path::new("/sys/class/net")).into_here().unwrap_or_default();
    match interfaces.iter().any(|it| it == "loopback0") {
        true => Network::Mirrored,
        false if routed => Network::Nat,
        false => Network::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn wsl(kernel: &str, signs: &[&str]) -> Machine {
        let mut machine = Machine::linux();
        machine.identity.kernel = kernel.into();
        signs.iter().fold(machine, |machine, it| machine.file(it, ""))
    }

    const INTEROP: &str = "/proc/sys/fs/binfmt_misc/WSLInterop";

    #[test]
    fn it_is_recognised_by_its_kernel_and_by_what_only_it_has() {
        let rows = [
            ("5.15.153.1-microsoft-standard-WSL2", &[INTEROP][..], Some(2)),
            ("4.4.0-19041-Microsoft", &[INTEROP], Some(1)),
            // Programs of Windows may not be started there.
            ("5.15.153.1-microsoft-standard-WSL2", &["/run/WSL/8_interop"], Some(2)),
            ("6.9.3-mine", &["/run/WSL/8_interop", INTEROP], Some(2)),
            ("6.9.3-mine", &["/proc/sys/fs/binfmt_misc/qemu-arm"], None),
            // A chroot that somebody made there.
            ("5.15.153.1-microsoft-standard-WSL2", &[], None),
        ];
        for (kernel, signs, version) in rows {
            let machine = wsl(kernel, signs);
            let seen = probe(&machine, &machine.identity, false);
            assert_eq!(seen.map(|it| it.version), version, "{kernel} {signs:?}");
            assert_eq!(probe(&machine, &machine.identity, true), None, "a container: {kernel}");
        }
    }

    #[test]
    fn its_network_is_what_its_own_program_says_or_what_is_seen() {
        let nat = format!("eth0\t00000000\t{:08X}\n", u32::from_ne_bytes([172, 30, 96, 1]));
        let said = |code, out: &str| {
            wsl("x-WSL2", &[INTEROP]).file("/proc/net/route", &nat).answer(
                "/usr/bin/wslinfo",
                "--networking-mode",
                code,
                out,
                "",
            )
        };
        let rows = [
            (said(0, "nat"), Network::Nat),
            (said(0, "mirrored\n"), Network::Mirrored),
            (said(0, "consomme"), Network::Other),
            (said(1, ""), Network::Nat),
            (wsl("x-WSL2", &[INTEROP, "/sys/class/net/loopback0/mtu"]), Network::Mirrored),
            (wsl("x-WSL2", &[INTEROP]), Network::Unknown),
        ];
        for (machine, network) in rows {
            let seen = probe(&machine, &machine.identity, false).expect("it is WSL");
            assert_eq!(seen.network, network);
        }
    }

    #[test]
    fn the_settings_of_windows_are_found_through_path() {
        let machine = wsl("x-WSL2", &[INTEROP])
            .file("/proc/self/mounts", "C:\\134 /mnt/c 9p rw,aname=drvfs;path=C:\\;uid=1000 0 0\n")
            .file("/mnt/c/Users/ann/.wslconfig", "[wsl2]\nguiApplications=false\n")
            .file("/etc/resolv.conf", "search lan\n")
            .var("PATH", "/usr/bin:/mnt/c/Users/ann/AppData/Local/Microsoft/WindowsApps");
        let seen = probe(&machine, &machine.identity, false).expect("it is WSL");
        assert_eq!(seen.gui_off(), Some((Path::new("/mnt/c/Users/ann/.wslconfig"), 2)));
        assert_eq!(seen.names_a_server, Fact::Here(false));
    }

    #[test]
    fn what_is_run_with_rights_is_taken_from_drive_c_alone_whatever_a_stick_has() {
        let below = "Windows/System32/WindowsPowerShell/v1.0/powershell.exe";
        let stick = "D:\\134 /mnt/d 9p rw,aname=drvfs;path=D:\\ 0 0\n";
        let drive = "C:\\134 /mnt/c 9p rw,aname=drvfs;path=C:\\ 0 0\n";
        for (mounts, there) in [
            (format!("{stick}{drive}"), Some("/mnt/c")),
            (format!("{drive}{stick}"), Some("/mnt/c")),
            (stick.to_owned(), None),
            // A stick that somebody mounted at the usual place of C:, and C: where somebody wanted it.
            (stick.replace("/mnt/d", "/mnt/c"), None),
            (format!("{stick}{}", drive.replace("/mnt/c", "/win")), Some("/win")),
        ] {
            let mut machine = wsl("x-WSL2", &[INTEROP]).file("/proc/self/mounts", &mounts);
            for at in ["/mnt/c", "/mnt/d", "/win"] {
                machine = machine.file(&format!("{at}/{below}"), "MZ");
            }
            let seen = probe(&machine, &machine.identity, false).expect("it is WSL");
            assert_eq!(seen.powershell, there.map(|it| Path::new(it).join(below)), "{mounts}");
        }
    }

    #[test]
    fn powershell_is_found_on_the_drive_and_only_where_programs_of_windows_can_be_started() {
        let file = "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe";
        let drive = "C:\\134 /mnt/c 9p rw,aname=drvfs;path=C:\\ 0 0\n";
        for (mounts, interop, there) in [
            (drive, "enabled\n", true),
            (drive, "disabled\n", false),
            ("/dev/sdc / ext4 rw 0 0\n", "enabled\n", false),
        ] {
            let machine = wsl("x-WSL2", &["/run/WSL/8_interop"])
                .file(INTEROP, interop)
                .file("/proc/self/mounts", mounts)
                .file(file, "MZ")
                .var("PATH", "/mnt/c/Windows/System32/WindowsPowerShell/v1.0");
            let seen = probe(&machine, &machine.identity, false).expect("it is WSL");
            assert_eq!(seen.powershell.as_deref(), there.then_some(Path::new(file)), "{mounts} {interop}");
        }
    }
}
