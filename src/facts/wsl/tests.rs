//! What WSL and its kernel write, read as they write it.

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
    let row = |to: &str, by: &str, mask: &str| format!("eth0\t{to}\t{by}\t0001\t0\t0\t0\t{mask}\t0\t0\t0\n");
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
