//! Tests of the probe: on machines in memory, and on this one with its own compiler.

mod headers;

use super::*;
use crate::facts::host::Distro;
use crate::facts::native::Part;
use crate::facts::settings::{Origin, PathEntry, Setting};
use crate::system::fake::Machine;
use crate::system::real::RealLook;

const ALL: &str = "-o {scratch}/program {scratch}/program.c -lm -ldl -lrt -lGL";
const ANY: &str = "-o {scratch}/program {scratch}/program.c";

fn host() -> Host {
    let distro = Distro { id: "debian".into(), version: "12".into(), ..Distro::default() };
    let identity = crate::system::Identity { arch: "x86_64".into(), cpus: 2, ..Default::default() };
    Host { distro: Fact::Here(distro), identity, ..Host::default() }
}

fn settings(variables: &[(&str, &str)]) -> Settings {
    let entry = |dir: &str| PathEntry { dir: dir.into(), exists: true, origin: Origin::Terminal };
    let variables = variables.iter().map(|(name, value)| {
        ((*name).to_owned(), Setting { value: (*value).to_owned(), origin: Origin::Terminal })
    });
    Settings {
        variables: variables.collect(),
        path: ["/usr/bin", "/bin"].map(entry).to_vec(),
        ..Settings::default()
    }
}

fn apt() -> &'static dyn crate::packages::PackageManager {
    crate::packages::by_name("apt").expect("known")
}

fn packages() -> crate::packages::Table {
    crate::packages::Table::embedded()
}

fn debian() -> Machine {
    Machine::linux()
        .program("/usr/bin/apt-get")
        .answer(&apt().query()[0], "", 0, "gcc\t4:12\tinstall ok installed\nvim\t9\thold ok installed\n", "")
        .file("/var/lib/apt/lists/deb.example_dists_bookworm_main_binary-amd64_Packages", "")
}

fn healthy() -> Machine {
    debian()
        .answer("/usr/bin/gcc", "--version", 0, "gcc (Debian 12.2.0-14) 12.2.0\nCopyright\n", "")
        .answer("/usr/bin/gcc", "-dumpmachine", 0, "x86_64-linux-gnu\n", "")
        .answer("/usr/bin/gcc", ANY, 0, "", "")
        .answer("/usr/bin/pkg-config", "--version", 0, "1.8.1\n", "")
        .answer("/usr/bin/pkg-config", "--cflags --libs -- gl wayland-client", 0, "-lGL\n", "")
}

fn seen(machine: &Machine) -> Native {
    probe(machine, &host(), &settings(&[("HOME", "/root")]), &packages())
}

#[test]
fn a_healthy_machine_is_seen_whole() {
    let native = seen(&healthy());
    assert_eq!(native.compiler.command, ["gcc"]);
    assert_eq!(native.compiler.path, Fact::Here("/usr/bin/gcc".into()));
    assert_eq!(native.compiler.works, Fact::Here(Ok(())));
    assert!(native.compiler.is_gcc);
    assert_eq!(native.pkg_config, Fact::Here(("/usr/bin/pkg-config".into(), "1.8.1".into())));
    assert!(native.capabilities.values().all(|it| it.found.is_here()), "{:#?}", native.capabilities);
    assert!(native.capabilities.contains_key("xext") && native.capabilities.contains_key("wayland"));
    let manager = native.manager.here().expect("apt");
    assert!(manager.lists && !manager.interrupted);
    assert_eq!(manager.installed.keys().collect::<Vec<_>>(), ["gcc"]);
}

#[test]
fn what_is_missing_is_missing_alone() {
    let words =
        "/usr/bin/ld: cannot find -lXxf86vm: No such file or directory\ncollect2: error: ld returned 1\n";
    let machine = healthy()
        .answer("/usr/bin/gcc", ALL, 1, "", words)
        .answer("/usr/bin/gcc", &format!("{ANY} -lXxf86vm"), 1, "", words)
        .answer("/usr/bin/gcc", &format!("{ANY} -lGL"), 1, "", "/usr/bin/ld: cannot find -lGL\n")
        .answer("/usr/bin/gcc", "-fsyntax-only", 0, "", "")
        .link("/usr/lib/x86_64-linux-gnu/libGL.so", "/opt/nvidia/libGL.so.470");
    let native = seen(&machine);
    assert_eq!(native.compiler.works, Fact::Here(Ok(())));
    let bad: Vec<_> = native.capabilities.iter().filter(|(_, it)| !it.found.is_here()).collect();
    let names: Vec<_> = bad.iter().map(|(name, it)| (name.as_str(), it.part)).collect();
    assert_eq!(names, [("gl", Some(Part::Library)), ("xxf86vm", Some(Part::Library))]);
    assert_eq!(bad[0].1.damaged, Some("/usr/lib/x86_64-linux-gnu/libGL.so".into()));
    assert!(bad[1].1.said.as_deref().is_some_and(|it| it.contains("-lXxf86vm")));
}

#[test]
fn without_a_compiler_files_tell_what_is_not_installed() {
    let machine =
        debian().file("/usr/include/X11/Xlib.h", "x").file("/usr/lib/x86_64-linux-gnu/libX11.so", "");
    let native = seen(&machine);
    assert_eq!(native.compiler.path, Fact::Absent);
    let found = |name: &str| native.capabilities[name].found.clone();
    assert!(matches!(found("x11"), Fact::Unknown(_)));
    assert_eq!((found("xrandr"), found("gl"), found("xxf86vm")), (Fact::Absent, Fact::Absent, Fact::Absent));
    assert_eq!(native.capabilities["xxf86vm"].part, Some(Part::Library));
}

#[test]
fn a_module_file_that_pkg_config_does_not_take_is_damaged() {
    let machine = healthy()
        .answer("/usr/bin/pkg-config", "--cflags --libs -- gl wayland-client", 1, "", "")
        .answer(
            "/usr/bin/pkg-config",
            "--print-errors --cflags --libs -- gl",
            1,
            "",
            "Package 'gl' not found\n",
        )
        .answer("/usr/bin/pkg-config", "--print-errors --cflags --libs -- wayland-client", 0, "", "")
        .answer(
            "/usr/bin/pkg-config",
            "--variable pc_path",
            0,
            "/usr/local/lib/pkgconfig:/usr/lib/pkgconfig\n",
            "",
        )
        .file("/usr/lib/pkgconfig/gl.pc", "prefix=/usr\nlibdir=${pre");
    let native = seen(&machine);
    let gl = &native.capabilities["gl"];
    assert_eq!((gl.found.clone(), gl.part), (Fact::Absent, Some(Part::Module)));
    assert_eq!(gl.damaged, Some("/usr/lib/pkgconfig/gl.pc".into()));
    assert_eq!(gl.said.as_deref(), Some("Package 'gl' not found"));
    assert!(native.capabilities["wayland"].found.is_here());
}

#[test]
fn a_header_of_which_only_pkg_config_knows_is_told_from_one_that_is_missing() {
    let machine = |told: &str, good: i32| {
        healthy()
            .answer("/usr/bin/gcc", ALL, 1, "", "")
            .answer("/usr/bin/gcc", "-fsyntax-only", 1, "", "wayland-client-core.h: No such file\n")
            .answer("/usr/bin/gcc", "-I/usr/include/wayland -fsyntax-only", good, "", "")
            .answer("/usr/bin/pkg-config", "--cflags-only-I -- wayland-client", 0, told, "")
    };
    let wayland = |it: &Machine| seen(it).capabilities["wayland"].clone();
    let apart = wayland(&machine("-I/usr/include/wayland\n", 0));
    assert_eq!((apart.found, apart.part), (Fact::Absent, Some(Part::Header)));
    assert_eq!(apart.told_by_module.as_deref(), Some("-I/usr/include/wayland"));
    assert_eq!(wayland(&machine("\n", 0)).told_by_module, None, "it knows no more");
    assert_eq!(
        wayland(&machine("-I/usr/include/wayland\n", 1)).told_by_module,
        None,
        "it is not there either"
    );
}

fn on(id: &str) -> Host {
    Host { distro: Fact::Here(Distro { id: id.into(), ..Distro::default() }), ..host() }
}

fn managed(machine: &Machine, id: &str) -> Fact<crate::facts::native::Manager> {
    let mut host = on(id);
    host.manager = manager::instead(machine, &host, &packages());
    manager::probe(machine, &host, &packages())
}

#[test]
fn what_stands_in_for_a_manager_whose_program_is_missing_is_found() {
    let bare = || Machine::linux().answer("/usr/bin/rpm", "-qa", 0, "gcc\t14.2.1-3\n", "");
    for (programs, name) in [
        (&["/usr/bin/dnf", "/usr/bin/yum"][..], Some("dnf")),
        (&["/usr/bin/microdnf", "/usr/bin/yum"], Some("microdnf")),
        (&["/usr/bin/yum"], Some("yum")),
        (&[], None),
    ] {
        let machine = programs.iter().fold(bare(), |it, program| it.program(program));
        let seen = managed(&machine, "rocky");
        assert_eq!(seen.here().map(|it| it.name.as_str()), name, "{programs:?}");
        assert_eq!(seen.is_absent(), name.is_none(), "{programs:?}");
    }
    assert!(managed(&bare().program("/usr/bin/yum"), "debian").is_absent(), "it is no apt");
}

#[test]
fn what_is_on_hold_is_seen_and_what_that_keeps_back() {
    let list = "libXrandr-devel-0:1.5-1.*\nlibgcc-0:14-1.*\n";
    let machine = Machine::linux()
        .program("/usr/bin/dnf")
        .answer("/usr/bin/rpm", "-qa", 0, "gcc\t14.2.1-3\n", "")
        .file("/etc/dnf/plugins/versionlock.list", list)
        .file("/etc/dnf/dnf.conf", "[main]\nexcludepkgs=mesa-*\n");
    let seen = managed(&machine, "fedora").into_here().expect("dnf");
    let holds: Vec<_> = seen.holds.iter().map(|it| (it.name.as_str(), it.by.as_str())).collect();
    let versionlock = "/etc/dnf/plugins/versionlock.list";
    assert_eq!(
        holds,
        [("libXrandr-devel", versionlock), ("libgcc", versionlock), ("mesa-*", "/etc/dnf/dnf.conf")]
    );
    let mut held = seen.held;
    held.sort();
    assert_eq!(held, ["libXrandr-devel", "mesa-dri-drivers", "mesa-libEGL-devel", "mesa-libGL-devel"]);
    // pacman installs what it is asked for by name all the same.
    let machine = Machine::linux()
        .answer("/usr/bin/pacman", "-Q", 0, "gcc 14-1\n", "")
        .file("/etc/pacman.conf", "[options]\nIgnorePkg = libxrandr\n");
    let seen = managed(&machine, "arch").into_here().expect("pacman");
    assert_eq!((seen.holds.len(), seen.held.len(), seen.interrupted), (1, 0, false));
}

#[test]
fn a_record_that_cannot_be_read_and_a_lock_that_is_left_are_interruptions() {
    let said = "error: cannot open Packages database in /var/lib/rpm\n";
    let machine = Machine::linux().program("/usr/bin/dnf").answer("/usr/bin/rpm", "-qa", 1, "", said);
    let seen = managed(&machine, "fedora").into_here().expect("dnf");
    assert!(seen.interrupted && seen.unreadable.is_some_and(|it| it.contains("cannot open")));
    let machine = Machine::linux()
        .answer("/usr/bin/pacman", "-Q", 0, "gcc 14-1\n", "")
        .file("/proc/1/comm", "init\n")
        .file("/var/lib/pacman/db.lck", "");
    let seen = managed(&machine, "arch").into_here().expect("pacman");
    assert!(seen.interrupted && seen.left_lock == Some("/var/lib/pacman/db.lck".into()));
}

#[test]
fn an_interrupted_manager_and_empty_lists_are_seen() {
    let updates = apt().interrupted().expect("it says so");
    let mut machine = healthy().file(&format!("{}/0000", updates.dir), "Package: xvfb");
    machine.files.retain(|path, _| !path.starts_with("/var/lib/apt"));
    let native = seen(&machine);
    let manager = native.manager.here().expect("apt");
    assert!(manager.interrupted && !manager.lists);
}

#[test]
fn cc_may_be_several_words_and_must_be_there() {
    let gone = probe(&healthy(), &host(), &settings(&[("CC", "/opt/cross/bin/gcc -m64")]), &packages());
    assert_eq!(gone.compiler.command, ["/opt/cross/bin/gcc", "-m64"]);
    assert_eq!(gone.compiler.path, Fact::Absent);
    let machine = healthy().answer("/usr/bin/clang", "-m64 --version", 0, "clang version 16\n", "").answer(
        "/usr/bin/clang",
        &format!("-m64 {ANY}"),
        0,
        "",
        "",
    );
    let clang = probe(&machine, &host(), &settings(&[("CC", "clang -m64")]), &packages());
    assert_eq!(clang.compiler.works, Fact::Here(Ok(())));
    assert!(!clang.compiler.is_gcc);
}

/// PATH with these in front.
fn behind(dirs: &[&str]) -> Settings {
    let mut settings = settings(&[("HOME", "/root")]);
    let entry = |dir: &&str| PathEntry { dir: (*dir).into(), exists: true, origin: Origin::Terminal };
    settings.path.splice(0..0, dirs.iter().map(entry));
    settings
}

#[test]
fn a_dead_compiler_in_front_is_told_from_the_good_one_behind_it() {
    let machine = healthy().program("/opt/brew/bin/gcc");
    let native = probe(&machine, &host(), &behind(&["/opt/none", "/opt/brew/bin"]), &packages());
    assert_eq!(native.compiler.path, Fact::Here("/opt/brew/bin/gcc".into()));
    let detour = native.compiler.detour.expect("there is a way past it");
    assert_eq!((detour.dir, detour.dead), ("/opt/brew/bin".into(), true));
    assert_eq!(detour.instead, Some("/usr/bin/gcc".into()));
    let link = healthy().link("/opt/brew/bin/gcc", "/usr/bin/gcc").answer("/usr/bin/gcc", ANY, 1, "", "no");
    let native = probe(&link, &host(), &behind(&["/opt/brew/bin"]), &packages());
    assert_eq!(native.compiler.detour, None, "it is the same one");
}

#[test]
fn a_pkg_config_of_another_prefix_is_told_from_the_good_one_behind_it() {
    let brew = "/opt/brew/bin/pkg-config";
    let words = "Package gl was not found in the pkg-config search path.\n";
    let both = "--cflags --libs -- gl wayland-client";
    let one = "--print-errors --cflags --libs --";
    let machine = healthy()
        .answer(brew, "--version", 0, "0.29\n", "")
        .answer(brew, both, 1, "", words)
        .answer(brew, &format!("{one} gl"), 1, "", words)
        .answer(brew, &format!("{one} wayland-client"), 0, "", "")
        .answer("/usr/bin/pkg-config", &format!("{one} gl"), 0, "-lGL\n", "");
    let native = probe(&machine, &host(), &behind(&["/opt/brew/bin"]), &packages());
    let gl = &native.capabilities["gl"];
    assert_eq!((gl.found.clone(), gl.hidden_by.as_deref()), (Fact::Absent, Some("PATH")));
    let detour = native.pkg_config_detour.expect("there is a way past it");
    assert_eq!((detour.instead, detour.dead), (Some("/usr/bin/pkg-config".into()), false));
    let mut told = behind(&[]);
    let setting = Setting { value: brew.into(), origin: Origin::Terminal };
    told.variables.insert("PKG_CONFIG".into(), setting);
    let native = probe(&machine, &host(), &told, &packages());
    assert_eq!(native.capabilities["gl"].hidden_by.as_deref(), Some("PKG_CONFIG"));
}

/// This machine's own compiler with these variables; `None` where it has none.
fn for_real(variables: &[(&str, &str)]) -> Option<Native> {
    really(&settings(variables))
}

fn really(here: &Settings) -> Option<Native> {
    let scratch = tempfile::tempdir().expect("a temporary directory");
    let look = RealLook::new(RealLook::environment(), scratch.path().to_path_buf());
    let native = probe(&look, &host(), here, &packages());
    let whole = probe(&look, &host(), &settings(&[("HOME", "/root")]), &packages());
    let fine = whole.compiler.works == Fact::Here(Ok(())) && whole.capabilities["x11"].found.is_here();
    fine.then_some(native)
}

#[test]
#[expect(clippy::print_stderr, clippy::disallowed_macros, reason = "a test that skips says so")]
fn a_variable_that_spoils_a_build_is_named() {
    let rows: &[(&str, &str, bool)] = &[
        ("GOFLAGS", "-ldflags=-extldflags=-fuse-ld=of-nobody", true),
        ("CGO_CFLAGS", "-include /nonexistent.h", true),
        ("CGO_CPPFLAGS", "-DDisplay=+", false),
        ("CC", "gcc -include /nonexistent.h", true),
        ("CC", "gcc -DDisplay=+", false),
    ];
    for (variable, value, all) in rows {
        let variables = [("HOME", "/root"), ("CGO_LDFLAGS", "-L/nonexistent"), (*variable, *value)];
        let Some(native) = for_real(&variables) else {
            eprintln!("skipped: no C compiler with the headers of X11 here");
            return;
        };
        if *all {
            assert!(matches!(native.compiler.works, Fact::Here(Err(_))));
            assert_eq!(native.compiler.spoiled_by.as_deref(), Some(*variable));
        } else {
            assert_eq!(native.compiler.works, Fact::Here(Ok(())));
            let x11 = &native.capabilities["x11"];
            assert_eq!((x11.part, x11.hidden_by.as_deref()), (Some(Part::Header), Some(*variable)));
            assert!(x11.said.as_deref().is_some_and(|it| it.contains("error")), "{:?}", x11.said);
        }
    }
}

/// The compiler takes its linker from PATH, and two dead ones are one more than one line's fault.
#[test]
#[expect(clippy::print_stderr, clippy::disallowed_macros, reason = "a test that skips says so")]
fn a_dead_linker_in_front_on_path_is_named_by_its_directory() {
    let dirs = [0, 1].map(|_| tempfile::tempdir().expect("a temporary directory"));
    let disk = crate::system::disk::RealDisk;
    for (dir, name) in dirs.iter().zip(["ld", "as"]) {
        let script = b"#!/bin/sh\nexec /nowhere/binutils\n";
        crate::system::Disk::write(&disk, &dir.path().join(name), script, Some(0o755)).expect("written");
    }
    let paths = dirs.each_ref().map(|it| it.path().to_str().expect("UTF-8"));
    for front in [&paths[..1], &paths[1..], &paths[..]] {
        let Some(native) = really(&behind(front)) else {
            eprintln!("skipped: no C compiler with the headers of X11 here");
            return;
        };
        assert!(matches!(native.compiler.works, Fact::Here(Err(_))), "{:?}", native.compiler);
        let detour = native.compiler.detour.expect("without it all is well");
        assert_eq!((detour.dir, detour.instead), (front[0].into(), None));
        assert_eq!(native.compiler.spoiled_by, None);
    }
}

/// Each hides the other from whoever takes one thing away at a time, and what is innocent stays so.
#[test]
#[expect(clippy::print_stderr, clippy::disallowed_macros, reason = "a test that skips says so")]
fn of_several_things_that_spoil_a_build_a_guilty_one_is_named() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let script = b"#!/bin/sh\nexec /nowhere/binutils\n";
    let disk = crate::system::disk::RealDisk;
    crate::system::Disk::write(&disk, &dir.path().join("ld"), script, Some(0o755)).expect("written");
    let front = [dir.path().to_str().expect("UTF-8")];
    let (linker, include) =
        (("GOFLAGS", "-ldflags=-extldflags=-fuse-ld=of-nobody"), ("CGO_CFLAGS", "-include /nonexistent.h"));
    let (cc, innocent) = (("CC", "gcc -include /nonexistent.h"), ("CGO_CPPFLAGS", "-DANSWER=42"));
    for (bad, in_front, named) in [
        (vec![linker, include], false, "CGO_CFLAGS"),
        (vec![linker, cc], false, "GOFLAGS"),
        (vec![include], true, "CGO_CFLAGS"),
        (vec![cc], true, "CC"),
        (vec![linker, cc], true, "GOFLAGS"),
    ] {
        let mut here = behind(if in_front { &front } else { &[] });
        for (name, value) in bad.iter().chain([&innocent]) {
            let setting = Setting { value: (*value).to_owned(), origin: Origin::Terminal };
            here.variables.insert((*name).to_owned(), setting);
        }
        let Some(native) = really(&here) else {
            eprintln!("skipped: no C compiler with the headers of X11 here");
            return;
        };
        assert!(matches!(native.compiler.works, Fact::Here(Err(_))), "{bad:?}");
        assert_eq!(native.compiler.spoiled_by.as_deref(), Some(named), "{bad:?} {in_front}");
    }
    let hides = [("CGO_CPPFLAGS", "-DDisplay=+"), ("CC", "gcc -DWindow=+"), ("CGO_CFLAGS", "-DANSWER=42")];
    let Some(native) = for_real(&[&[("HOME", "/root")], &hides[..]].concat()) else { return };
    assert_eq!(native.capabilities["x11"].hidden_by.as_deref(), Some("CGO_CPPFLAGS"));
}

#[test]
fn a_variable_in_front_of_a_foreign_pkg_config_is_named() {
    let dirs = [0, 1].map(|_| tempfile::tempdir().expect("a temporary directory"));
    let knows = "#!/bin/sh\n[ -z \"$PKG_CONFIG_LIBDIR\" ] && echo -lGL\n";
    for (dir, script) in dirs.iter().zip(["#!/bin/sh\nexit 1\n", knows]) {
        let path = dir.path().join("pkg-config");
        crate::system::Disk::write(&crate::system::disk::RealDisk, &path, script.as_bytes(), Some(0o755))
            .expect("written");
    }
    let mut here = behind(&dirs.each_ref().map(|it| it.path().to_str().expect("UTF-8")));
    let setting = Setting { value: "/opt/cross/pc".into(), origin: Origin::Terminal };
    here.variables.insert("PKG_CONFIG_LIBDIR".into(), setting);
    let scratch = tempfile::tempdir().expect("a temporary directory");
    let look = RealLook::new(RealLook::environment(), scratch.path().to_path_buf());
    let by = |here: &Settings| probe(&look, &host(), here, &packages()).capabilities["gl"].hidden_by.clone();
    assert_eq!(by(&here).as_deref(), Some("PKG_CONFIG_LIBDIR"));
    here.variables.remove("PKG_CONFIG_LIBDIR");
    assert_eq!(by(&here).as_deref(), Some("PATH"), "it shows once the variable is gone");
}
