//! What apt says, as it says it, and what we say to it.

use super::*;

#[test]
fn reads_a_simulation() {
    let text = "NOTE: This is only a simulation!\n\
        Reading package lists...\n\
        The following NEW packages will be installed:\n  libxrandr-dev\n\
        Remv gcc-11 [11.3.0-1]\nPurg libold [1]\n\
        Inst libc6 [2.36-9+deb12u13] (2.36-9+deb12u14 Debian:12.12/stable [amd64]) []\n\
        Inst libxrandr-dev (2:1.5.2-2+b1 Debian:12.12/stable [amd64])\n\
        Inst libc6:i386 (2.36-9+deb12u14 Debian:12.12/stable [i386])\n\
        Conf libxrandr-dev (2:1.5.2-2+b1 Debian:12.12/stable [amd64])\nInst\nInst odd\n";
    let seen = simulation(text);
    assert_eq!(seen.new, ["libxrandr-dev", "libc6:i386"]);
    assert_eq!(seen.upgraded, ["libc6"]);
    assert_eq!(seen.removed, ["gcc-11", "libold"]);
}

#[test]
fn dpkg_says_whose_a_file_is_and_what_was_changed() {
    let said = "libgl-dev:amd64, libold: /usr/lib/x86_64-linux-gnu/libGL.so\n\
        diversion by dash from: /bin/sh\ndpkg-query: no path found matching pattern /lib/x\n\
        libgl-dev:amd64: /usr/lib/x86_64-linux-gnu/pkgconfig/gl.pc\n";
    assert_eq!(Apt.parse_owners(said), ["libgl-dev", "libold"]);
    let files = ["/usr/lib/a".to_owned(), "/lib/b".to_owned()];
    let asked = Apt.owners(&files).expect("apt can be asked");
    assert_eq!(asked[2..], ["/usr/lib/a", "/lib/a", "/lib/b", "/usr/lib/b"]);
    let said = "??5??????   /usr/lib/gl.pc\nmissing     /usr/bin/x\n??5?????? c /etc/x\n\
        missing     /var/polkit (Permission denied)\nnothing\n";
    assert_eq!(Apt.parse_verified(said).files, ["/usr/lib/gl.pc", "/usr/bin/x"]);
    let said = "gcc\tcpp (= 4:12), gcc-12 (>= 12) | gcc-11:any, \nlibc6\t, \n";
    let depend = Apt.dependencies(said);
    assert_eq!(depend["gcc"], ["cpp", "gcc-12", "gcc-11"]);
    assert!(depend["libc6"].is_empty());
}

#[test]
fn the_end_of_a_command_is_understood() {
    let rows = [
        (
            "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 812 (apt-get)\n\
             E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?",
            100,
            Outcome::Locked,
        ),
        ("E: Unable to lock directory /var/lib/apt/lists/", 100, Outcome::Locked),
        ("dpkg: error: dpkg frontend lock is locked by another process with pid 812", 2, Outcome::Locked),
        (
            "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n\
             E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?",
            100,
            Outcome::Rights,
        ),
        ("E: dpkg was interrupted, you must manually run 'dpkg --configure -a'", 100, Outcome::Interrupted),
        ("E: Unable to locate package libxinerama-dev", 100, Outcome::Stale),
        ("E: You don't have enough free space in /var/cache/apt/archives/.", 100, Outcome::Full),
        ("Could not connect to 127.0.0.1:9 (127.0.0.1).\nE: Failed to fetch", 100, Outcome::Network),
        (
            "The following packages have unmet dependencies:\n libglx-mesa0 : Depends: libgl1-mesa-dri but it is not \
             installed\nE: Unmet dependencies. Try 'apt --fix-broken install' with no packages (or specify a solution).",
            100,
            Outcome::Broken,
        ),
        (
            "Reinstallation of libgl-dev is not possible, it cannot be downloaded.\n0 upgraded",
            0,
            Outcome::Stale,
        ),
        (
            "E: The package xvfb needs to be reinstalled, but I can't find an archive for it.",
            100,
            Outcome::Stale,
        ),
        (
            "dpkg: unrecoverable fatal error, aborting:\n unknown system group 'ssl' in statoverride file; the system \
             group got removed\nbefore the override\nE: Sub-process /usr/bin/dpkg returned an error code (2)",
            100,
            Outcome::Orphaned,
        ),
        ("E: Something else", 100, Outcome::Failed),
    ];
    for (output, code, want) in rows {
        assert_eq!(Apt.outcome(output, Some(code)), want, "{output}");
    }
}

#[test]
fn a_proxy_with_a_password_goes_into_a_file() {
    let plain = Proxies { http: Some("http://proxy:3128".into()), https: None };
    let handover = Apt.proxy(&plain, "/f");
    assert_eq!(handover.args, ["-o", "Acquire::http::Proxy=http://proxy:3128"]);
    assert_eq!(handover.file, None);

    let secret = Proxies { https: Some("http://u:p\"w@proxy:1".into()), ..plain };
    let handover = Apt.proxy(&secret, "/f");
    assert_eq!(handover.args, ["-c", "/f"]);
    assert_eq!(
        handover.file.as_deref(),
        Some(
            "Acquire::http::Proxy \"http://proxy:3128\";\nAcquire::https::Proxy \"http://u:p%22w@proxy:1\";\n"
        )
    );
}

#[test]
fn only_what_is_really_there_counts_as_installed() {
    let text = "gcc\t4:12\tinstall ok installed\nxvfb\t\tdeinstall ok config-files\nbad\t1\thold ok half-configured\n";
    let seen = Apt.installed(text);
    assert_eq!(seen.keys().collect::<Vec<_>>(), ["bad", "gcc"]);
    assert!(seen["bad"].held && seen["bad"].half_done && !seen["gcc"].half_done);
}
