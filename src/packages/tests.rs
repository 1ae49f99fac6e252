//! What holds for every manager, and what each makes of what it really printed (`tests/data/packages`).
use super::*;
use crate::fact::Fact;
use crate::facts::Host;
use crate::facts::host::{Distro, Rights};
use crate::version::Version;

fn debian() -> Host {
    Host { distro: Fact::Here(Distro { id: "debian".into(), ..Distro::default() }), ..Host::default() }
}

fn fyne() -> Version {
    "2.8.1".parse().expect("a version")
}

#[test]
fn compiling_starts_after_the_first_of_two_transactions() {
    let table = Table::embedded();
    let want = crate::want::tests::want();
    let mut needs = table.expand(&want.target.needs);
    needs.extend(["xvfb".into(), "gl-driver".into()]);
    let [first, rest] = &table.transactions(&needs, &debian(), &fyne())[..] else {
        panic!("two transactions")
    };
    assert_eq!(*first, ["gcc", "libc6-dev", "linux-libc-dev", "pkg-config", "libgl-dev"]);
    assert_eq!(
        *rest,
        [
            "libegl-dev",
            "libx11-dev",
            "libxext-dev",
            "libxrandr-dev",
            "libxcursor-dev",
            "libxinerama-dev",
            "libxi-dev",
            "libxxf86vm-dev",
            "libwayland-dev",
            "libxkbcommon-dev",
            "xvfb",
            "libgl1-mesa-dri"
        ]
    );
    assert_eq!(table.transactions(&["xrandr".into()], &debian(), &fyne()), [["libxrandr-dev"]]);
    assert!(table.transactions(&[], &debian(), &fyne()).is_empty());
}

#[test]
fn the_manager_follows_from_the_distribution() {
    let table = Table::embedded();
    let rows: &[(&str, &[&str], Option<&str>)] = &[
        ("debian", &[], Some("apt")),
        ("linuxmint", &["ubuntu", "debian"], Some("apt")),
        ("rocky", &["rhel", "centos", "fedora"], Some("dnf")),
        ("opensuse-leap", &["suse", "opensuse"], Some("zypper")),
        ("cachyos", &["arch"], Some("pacman")),
        ("nixos", &[], None),
    ];
    for (id, like, name) in rows {
        let like = like.iter().map(|&it| it.to_owned()).collect();
        let distro = Distro { id: (*id).into(), like, ..Distro::default() };
        let host = Host { distro: Fact::Here(distro), ..Host::default() };
        assert_eq!(table.manager_for(&host).map(PackageManager::name), *name, "{id}");
    }
}

#[test]
fn a_line_to_paste_says_sudo_for_those_who_have_it() {
    let table = Table::embedded();
    let names = ["gcc".to_owned(), "libgl-dev".to_owned()];
    let plain = "apt-get update && apt-get install -y --no-install-recommends gcc libgl-dev";
    let sudo = "sudo apt-get update && sudo apt-get install -y --no-install-recommends gcc libgl-dev";
    for (id, rights, line) in [
        ("debian", Rights::Root, plain),
        ("debian", Rights::None, plain),
        ("debian", Rights::SudoAsks, sudo),
        ("gentoo", Rights::SudoAsks, "sudo emerge --ask gcc libgl-dev"),
        ("gentoo", Rights::Root, "emerge --ask gcc libgl-dev"),
        ("nixos", Rights::SudoWithoutPassword, "nix-shell -p gcc libgl-dev"),
    ] {
        let distro = Fact::Here(Distro { id: id.into(), ..Distro::default() });
        let host = Host { distro, rights, ..Host::default() };
        assert_eq!(table.paste(&host, &names).as_deref(), Some(line), "{id} {rights:?}");
    }
    assert_eq!(table.paste(&Host::default(), &names), None);
}

#[test]
fn every_command_starts_with_an_absolute_path_and_ends_with_its_names() {
    let names = ["one".to_owned(), "two".to_owned()];
    for manager in ALL.iter().filter(|it| it.places().is_empty()) {
        for command in [
            manager.install(&names),
            manager.simulate(&names),
            manager.remove(&names),
            manager.reinstall(&names),
        ] {
            assert!(command[0].starts_with('/'), "{}", manager.name());
            assert!(command.ends_with(&names), "{}: {command:?}", manager.name());
        }
        assert!(manager.refresh()[0].starts_with('/') && manager.query()[0].starts_with('/'));
        assert_eq!(manager.outcome("", Some(0)), Outcome::Done);
        assert_eq!(manager.outcome("anything", Some(1)), Outcome::Failed);
        assert_eq!(manager.outcome("anything", None), Outcome::Failed);
        assert_eq!(manager.simulated(Some(0), "nothing of the kind\n\u{fffd} x"), Ok(Simulation::default()));
    }
}

#[test]
fn a_password_in_a_proxy_is_noticed() {
    for (proxy, secret) in
        [("http://user:pw@proxy:3128", true), ("http://proxy:3128/@", false), ("u@p", true), ("proxy", false)]
    {
        let proxies = Proxies { http: Some(proxy.into()), https: None };
        assert_eq!(proxies.secret(), secret, "{proxy}");
    }
}

/// Managers that we did not run: their answers are written after their documentation and sources.
#[test]
fn apk_and_xbps_are_read_as_their_documentation_says() {
    let (apk, xbps) = (&rows::APK, &rows::XBPS);
    let words = |names: &[&str]| names.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
    let text = "(1/3) Installing musl-dev (1.2.5-r0)\n(2/3) Upgrading zlib (1.3-r0 -> 1.3.1-r0)\n\
        (3/3) Purging old (1-r0)\nOK: 9 MiB in 20 packages\n";
    let seen = apk.simulated(Some(0), text).expect("it ended well");
    let want = (words(&["musl-dev"]), words(&["zlib"]), words(&["old"]));
    assert_eq!((seen.new, seen.upgraded, seen.removed), want);
    assert_eq!(apk.progress("(2/3) Upgrading zlib (1.3-r0)"), Some(Progress::Of { done: 2, total: 3 }));
    assert_eq!(apk.progress("(3/3) Purging old (1-r0)"), None);
    let seen = apk.installed("gcc-13.2.1_git-r0 x86_64 {gcc} (GPL) [installed]\n");
    assert_eq!(seen["gcc"].version, "13.2.1_git-r0");
    let text =
        "ERROR: unable to select packages:\n  nothing (no such package):\n    required by: world[nothing]\n";
    assert_eq!(apk.simulated(Some(1), text), Err(Outcome::Stale));
    assert_eq!(apk.telling_line(text), Some("nothing (no such package):"));

    let said = "/usr/bin/gcc is owned by gcc-13.2.1_git-r0\n/lib/x symlink target is owned by musl-1.2-r0\nERROR: /x: Could not find owner package\n";
    assert_eq!(apk.parse_owners(said), words(&["gcc", "musl"]));
    let said = apk.parse_verified("U usr/lib/gcc/cc1\nX usr/include/x.h\nA etc/x\nU etc/passwd\nM tmp\n");
    assert_eq!(said.files, words(&["/usr/lib/gcc/cc1", "/usr/include/x.h"]));
    assert_eq!(
        apk.verify(&words(&["gcc"])).expect("it can be asked").last().map(String::as_str),
        Some("--system")
    );
    let record = "C:Q1\nP:gcc\nV:13-r0\nD:binutils so:libc.musl.so.1 !gcc-old zlib>1.2\n\nP:musl\np:so:libc.musl.so.1=1\n\nP:zlib\n\n";
    assert_eq!(apk.dependencies(record)["gcc"], words(&["musl", "zlib"]));
    let world = &apk.holds()[0];
    assert_eq!(
        (world.read)("busybox\ngcc=13-r0\nmusl>1\n!bad\nx@edge\n"),
        words(&["gcc", "musl", "bad", "x"])
    );
    assert_eq!(apk.typed_release("/etc/apk/world", &words(&["gcc"])).as_deref(), Some("apk add gcc"));

    let text = "gcc-13.2.0_2 install x86_64 repo 1 2\nlibX11-devel-1.8_1 update x86_64 repo 1 2\nold-1_1 remove x86_64\n";
    let seen = xbps.simulated(Some(0), text).expect("it ended well");
    let want = (words(&["gcc"]), words(&["libX11-devel"]), words(&["old"]));
    assert_eq!((seen.new, seen.upgraded, seen.removed), want);
    assert_eq!(xbps.installed("ii gcc-13.2.0_2   The GNU Compiler\n")["gcc"].version, "13.2.0_2");
    assert_eq!(xbps.progress("gcc-13.2.0_2: unpacking ..."), Some(Progress::Half));
    assert_eq!(xbps.progress("gcc-13.2.0_2: configuring ..."), None);
    assert_eq!(xbps.parse_owners("gcc-13.2.0_2: /usr/bin/gcc (regular file)\n"), words(&["gcc"]));
    let asked = xbps.owners(&words(&["/usr/a+b", "/c"])).expect("it can be asked");
    assert_eq!(asked.last().map(String::as_str), Some(r"^(/usr/a\+b|/c)$"));
    let said = xbps.parse_verified("ERROR: gcc: hash mismatch for /usr/bin/gcc.\nERROR: gcc: unexistent file /usr/x.\nERROR: gcc: files check FAILED.\n");
    assert_eq!(said.packages, words(&["gcc"]));
    let held = &xbps.holds()[0];
    assert_eq!(((held.read)("gcc-13.2.0_2\n"), held.by.name()), (words(&["gcc"]), "xbps-query -H".into()));
    assert_eq!(
        xbps.typed_release("xbps-query -H", &words(&["gcc"])).as_deref(),
        Some("xbps-pkgdb -m unhold gcc")
    );
    assert_eq!(xbps.typed_configure(), Some("xbps-reconfigure -a"));
    let text = "Package 'nothing' not found in repository pool.\n";
    assert_eq!(xbps.simulated(Some(2), text), Err(Outcome::Stale));
    assert_eq!(xbps.telling_line(text), Some(text.trim()));
}

#[test]
fn the_forms_of_newer_managers_are_read_too() {
    // dnf5, after its sources: a count in brackets, and what is replaced below what replaces it.
    assert_eq!(
        rows::DNF.progress("[ 3/10] Installing cpp-0:14.2.1-3"),
        Some(Progress::Of { done: 3, total: 10 })
    );
    let text = "Upgrading:\n gcc  x86_64  14.2.1-3  updates  37 MiB\n   replacing gcc  x86_64  14.1.1-1  fedora  36 MiB\n\
        Operation aborted by the user.\n";
    let seen = rows::DNF.simulated(Some(1), text).expect("it was told not to go on");
    assert_eq!(seen.upgraded, ["gcc"]);
    // pacman at a terminal counts.
    assert_eq!(rows::PACMAN.progress("(2/4) installing gcc"), Some(Progress::Of { done: 2, total: 4 }));
    assert_eq!(rows::PACMAN.progress("(1/3) Arming ConditionNeedsUpdate..."), None);
    assert_eq!(rows::DNF.progress("Installing : 1/0"), None);
    assert_eq!(rows::DNF.telling_line("\n \n"), None);
    assert_eq!(rows::ZYPPER.outcome("Note: system reboot required.", Some(102)), Outcome::Done);
}

/// Written after their documentation and sources, as they were not run.
#[test]
fn yum_and_microdnf_are_read_as_their_documentation_says() {
    let words = |names: &[&str]| names.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
    let text = "Installing:\n gcc        x86_64  4.8.5-44.el7  base  16 M\nInstalling for dependencies:\n cpp  x86_64  4.8.5-44.el7  base  5.9 M\n\
        Updating for dependencies:\n libgcc  x86_64  4.8.5-44.el7  base  103 k\n\nTransaction Summary\n====\nExiting on user command\n";
    let seen = rows::YUM.simulated(Some(1), text).expect("it was told not to go on");
    assert_eq!((seen.new, seen.upgraded), (words(&["gcc", "cpp"]), words(&["libgcc"])));
    let names = words(&["libX11-devel", "gcc"]);
    let text = "No package libX11-devel available.\nError: Nothing to do\n";
    assert_eq!(rows::YUM.simulated(Some(1), text), Err(Outcome::Stale));
    assert_eq!(rows::YUM.unknown_names(text, &names), words(&["libX11-devel"]));
    assert_eq!(rows::YUM.query(), rows::DNF.query());

    let text = "Package                       Repository           Size\nInstalling:\n cpp-11.4.1-3.el9.x86_64     ubi-9-appstream  11.2 MB\n\
        gcc-11.4.1-3.el9.x86_64     ubi-9-appstream  32.5 MB\nUpgrading:\n libgcc-11.4.1-3.el9.x86_64  ubi-9-baseos  92.9 kB\n   replacing libgcc-11.3.1-4.el9.x86_64\n\
        Transaction Summary:\n Installing:        2 packages\n Upgrading:         1 packages\nOperation aborted.\n";
    let text = text.replace("\ngcc-", "\n gcc-");
    let seen = rows::MICRODNF.simulated(Some(1), &text).expect("it was told not to go on");
    assert_eq!((seen.new, seen.upgraded), (words(&["cpp", "gcc"]), words(&["libgcc"])));
    let text = "error: No package matches 'libX11-devel'\n";
    assert_eq!(rows::MICRODNF.simulated(Some(1), text), Err(Outcome::Stale));
    assert_eq!(rows::MICRODNF.unknown_names(text, &names), words(&["libX11-devel"]));
    assert_eq!(rows::DNF.instead(), ["microdnf", "yum"]);
}

#[test]
fn holds_of_dnf_are_read_in_all_their_forms() {
    let names = |at: usize, text: &str| (rows::DNF.holds()[at].read)(text);
    let list = "# by hand\n\nlibXcursor-devel-0:1.2.1-3.fc43.*\n!gcc-0:15-1.*\nkernel-headers\n";
    assert_eq!(names(0, list), ["libXcursor-devel", "kernel-headers"]);
    let toml = "version = \"1.0\"\n[[packages]]\nname = \"gcc\"\n[[packages.conditions]]\nkey = \"evr\"\n";
    assert_eq!(names(1, toml), ["gcc"]);
    assert_eq!(names(1, "not toml"), Vec::<String>::new());
    assert_eq!(
        names(2, "[main]\nexcludepkgs = gcc, mesa*\nexclude=cpp\ngpgcheck=1\n"),
        ["gcc", "mesa*", "cpp"]
    );
}

#[test]
fn a_windows_without_winget_is_told_the_line_of_what_it_has() {
    let (table, fyne) = (Table::embedded(), fyne());
    let mut host = Host::default();
    host.identity.os = "windows".into();
    for (manager, arch, brings) in [
        (None, "x86_64", "BrechtSanders.WinLibs.POSIX.UCRT"),
        (None, "aarch64", "MartinStorsjo.LLVM-MinGW.UCRT"),
        (Some("scoop"), "x86_64", "mingw-winlibs"),
        (Some("pacman"), "x86_64", "mingw-w64-ucrt-x86_64-gcc"),
        (Some("pacman"), "aarch64", "mingw-w64-clang-aarch64-clang"),
        (Some("never heard of"), "x86_64", "BrechtSanders.WinLibs.POSIX.UCRT"),
    ] {
        host.manager = manager.map(str::to_owned);
        host.identity.arch = arch.into();
        let names = table.supplies("c-compiler", &host, &fyne);
        assert_eq!(names, [brings], "{manager:?} {arch}");
        assert_eq!(table.by_hand(&host), manager.filter(|it| *it != "never heard of"), "{manager:?}");
    }
    host.manager = Some("scoop".into());
    let line = table.paste(&host, &["mingw-winlibs".into()]);
    assert_eq!(line.as_deref(), Some("scoop install mingw-winlibs"));
}
