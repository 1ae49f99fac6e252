//! What people are told to type, on machines of several kinds.

use super::*;
use crate::action::Scope;
use crate::checks::{Group, Verdict, fixture};
use crate::fact::Fact;
use crate::facts::host::Distro;
use crate::plan;
use crate::report::words::{Lang, Words};

#[test]
fn a_line_of_a_profile_is_fixed_by_us_or_by_one_line_to_type() {
    let mut facts = fixture::healthy();
    let text = "export A=1 B=2\nexport C=3\n";
    for (writable, command) in [
        (true, "sed -i '1s|.*|export B=2|; 2s/^/# /' /root/.profile"),
        (false, "sed -i '1s|.*|export B=2|; 2s/^/# /' /root/.profile"),
    ] {
        facts.here.files =
            [("/root/.profile".into(), fixture::file("/root/.profile", text, writable))].into();
        let verdict = Verdict::fail(text!("settings-at-terminal"));
        let at = [(1, "A"), (2, "C")];
        let verdict = blame::lines(verdict, &facts, "/root/.profile".as_ref(), &at);
        let finding = Finding { id: "x".into(), group: Group::Go, verdict, blocked_by: vec![], needed: true };
        let told = remedy(&finding, &facts, &fixture::want().target.fyne, &fixture::known().packages)
            .expect("a remedy");
        assert_eq!((told.command.as_deref(), told.auto), (Some(command), writable));
    }
}

#[test]
fn who_has_no_rights_is_told_what_an_administrator_types_and_not_what_fixes_nothing() {
    let mut facts = fixture::healthy();
    for name in ["xrandr", "xcursor"] {
        facts.native.capabilities.get_mut(name).expect("the fixture has it").found = Fact::Absent;
    }
    let told = |facts: &Facts, no_sudo: bool| {
        let want = Want { no_sudo, ..fixture::want() };
        let known = fixture::known();
        let findings = checks::judge(facts, &want, known, &[]);
        crate::report::Report::checked(facts, &want, known, findings).next.map(|it| it.command)
    };
    let says_who = |facts: &Facts| {
        let findings = checks::judge(facts, &fixture::want(), fixture::known(), &[]);
        let finding = findings.iter().find(|it| it.id == "cgo.headers").expect("judged");
        let told = remedy(finding, facts, &fixture::want().target.fyne, &fixture::known().packages);
        told.expect("a remedy").texts.iter().any(|it| it.key == "remedy-administrator")
    };
    assert!(!says_who(&facts), "root needs nobody");
    facts.host.rights = Rights::None;
    assert!(says_who(&facts));
    let line = told(&facts, false).expect("something to type");
    assert!(line.contains("libxrandr-dev libxcursor-dev"), "{line}");
    facts.host.rights = Rights::SudoAsks;
    let typed = told(&facts, true).expect("something to type");
    assert!(typed.contains("libxrandr-dev libxcursor-dev"), "sudo is not ours to ask: {typed}");
    assert_eq!(told(&facts, false).as_deref(), Some("fyne-setup repair"));
    let mut sound = fixture::healthy();
    assert_eq!(told(&sound, false), None);
    sound.ours.older_terminal = true;
    assert!(told(&sound, false).is_some_and(|it| it.starts_with(". ")), "this terminal is older");
}

/// A machine of a kind whose packages a person installs, without compiler, pkg-config and headers.
fn by_hand(id: &str, os: &str) -> Facts {
    let mut facts = fixture::bare();
    facts.host.identity.os = os.into();
    facts.host.rights = Rights::SudoAsks;
    facts.host.distro =
        if id.is_empty() { Fact::Absent } else { Fact::Here(Distro { id: id.into(), ..Distro::default() }) };
    facts.native.manager = Fact::Absent;
    facts
}

#[test]
fn where_we_do_not_drive_the_manager_the_verdict_names_packages_and_the_line_to_type() {
    let gentoo = "sudo emerge --ask sys-devel/gcc sys-libs/glibc sys-kernel/linux-headers virtual/pkgconfig \
        media-libs/libglvnd x11-libs/libX11 x11-libs/libXext x11-libs/libXrandr x11-libs/libXcursor \
        x11-libs/libXinerama x11-libs/libXi x11-libs/libXxf86vm dev-libs/wayland x11-libs/libxkbcommon";
    let nixos = "nix-shell -p gcc linuxHeaders pkg-config libGL xorg.libX11.dev xorg.libXext xorg.libXrandr \
        xorg.libXcursor xorg.libXinerama xorg.libXi xorg.libXxf86vm wayland libxkbcommon";
    let freebsd = "sudo pkg install gcc evdev-proto pkgconf libglvnd libX11 libXext libXrandr libXcursor \
        libXinerama libXi libXxf86vm wayland libxkbcommon";
    for (id, os, compiler, headers) in [
        ("gentoo", "linux", "sudo emerge --ask sys-devel/gcc", Some(gentoo)),
        ("nixos", "linux", "nix-shell -p gcc", Some(nixos)),
        ("freebsd", "freebsd", "sudo pkg install gcc", Some(freebsd)),
    ] {
        let (facts, want, known) = (by_hand(id, os), fixture::want(), fixture::known());
        let findings = checks::judge(&facts, &want, known, &[]);
        for (check, line) in [("cgo.compiler", Some(compiler)), ("cgo.headers", headers)] {
            let Some(line) = line else { continue };
            let finding = findings.iter().find(|it| it.id == check).expect("judged");
            assert_eq!(finding.verdict.status, Status::Fail, "{id}{os} {check}");
            let told = remedy(finding, &facts, &want.target.fyne, &known.packages).expect("a remedy");
            assert_eq!((told.command.as_deref(), told.auto), (Some(line), false), "{id}{os} {check}");
            assert_eq!(told.needs_root, line.starts_with("sudo "), "{id}{os} {check}");
            let cause = finding.verdict.cause.as_ref().expect("a cause");
            for lang in Lang::ALL {
                let words = Words::of(lang);
                let (cause, text) = (words.say(cause), words.say(&told.texts[0]));
                for package in line.split(' ').filter(|it| it.contains("gcc") || it.contains("lib")) {
                    assert!(text.contains(package), "{package}: {text}");
                    assert!(!cause.contains("lib") || cause.contains(package), "{package}: {cause}");
                }
            }
        }
        let plan = plan::make(&findings, &facts, &want, known, Scope::Install);
        assert!(plan.steps.iter().all(|it| !it.needs_root), "{id}{os}");
        assert!(plan.unmet.contains(&("cgo.compiler".into(), Need::Capability("c-compiler".into()))));
    }
}
