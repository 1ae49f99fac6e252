//! Headers that are there and declare nothing: by their size, and by a real compiler.

use super::*;
use crate::facts::Facts;

#[test]
fn a_header_that_was_emptied_is_damaged_though_a_compiler_reads_it() {
    let file = "/usr/include/EGL/egl.h";
    let egl = |machine: &Machine| seen(machine).capabilities["egl"].clone();
    let emptied = egl(&healthy().file(file, ""));
    assert_eq!(
        (emptied.found, emptied.part, emptied.damaged),
        (Fact::Absent, Some(Part::Header), Some(file.into()))
    );
    assert!(egl(&healthy().file(file, "x")).found.is_here());
    let in_front = healthy().file(file, "").file("/usr/local/include/EGL/egl.h", "x");
    assert!(egl(&in_front).found.is_here(), "nobody reads the empty one");
    let alone = egl(&debian().file(file, ""));
    assert_eq!(alone.damaged, Some(file.into()), "no compiler has to be there for that");
}

/// The probe of a real compiler, with a header of these words in front of the system's.
fn with_header(name: &str, words: &str) -> Option<(tempfile::TempDir, Facts)> {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let file = dir.path().join(name);
    let disk = crate::system::disk::RealDisk;
    crate::system::Disk::make_dir(&disk, file.parent().expect("a directory"), 0o755).expect("made");
    crate::system::Disk::write(&disk, &file, words.as_bytes(), Some(0o644)).expect("written");
    let include = dir.path().to_str().expect("UTF-8").to_owned();
    let here = settings(&[("HOME", "/root"), ("CPATH", &include)]);
    let native = really(&here)?;
    let facts = Facts { native, here, host: host(), ..crate::checks::fixture::healthy() };
    Some((dir, facts))
}

fn deep(mut facts: Facts) -> Facts {
    let scratch = tempfile::tempdir().expect("a temporary directory");
    let look = RealLook::new(RealLook::environment(), scratch.path().to_path_buf());
    let wanted = packages().expand(&crate::want::tests::want().target.needs);
    declared::deeply(&look, &mut facts, &wanted, &packages());
    facts
}

#[test]
#[expect(clippy::print_stderr, clippy::disallowed_macros, reason = "a test that skips says so")]
fn a_header_without_its_declarations_shows_where_a_compiler_reads_a_use_of_it() {
    for (name, capability) in [
        ("EGL/egl.h", "egl"),
        ("X11/Xcursor/Xcursor.h", "xcursor"),
        ("X11/Xatom.h", "x11"),
        ("xkbcommon/xkbcommon.h", "xkbcommon"),
    ] {
        let Some((_dir, facts)) = with_header(name, "/* nothing */\n") else {
            eprintln!("skipped: no C compiler with the headers of X11 here");
            return;
        };
        assert!(facts.native.capabilities[capability].found.is_here(), "{name}: a quick look believes it");
        let facts = deep(facts);
        let bad: Vec<_> = facts.native.capabilities.iter().filter(|it| it.1.found.is_absent()).collect();
        assert_eq!(bad.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), [capability], "{bad:?}");
        let probed = bad[0].1;
        assert_eq!(probed.hidden_by.as_deref(), Some("CPATH"), "without it the real one is read: {probed:?}");
        assert!(probed.said.as_deref().is_some_and(|it| it.contains("error")), "{probed:?}");
    }
}

#[test]
#[expect(clippy::print_stderr, clippy::disallowed_macros, reason = "a test that skips says so")]
fn headers_that_are_whole_stand_up_to_a_use_of_each() {
    let Some(native) = for_real(&[("HOME", "/root")]) else {
        eprintln!("skipped: no C compiler with the headers of X11 here");
        return;
    };
    let strict = ("CGO_CFLAGS", "-std=c99 -Wall -Wextra -Werror -pedantic");
    for variables in [vec![("HOME", "/root")], vec![("HOME", "/root"), strict]] {
        let here = settings(&variables);
        let native = native.clone();
        let before = Facts { native, here, host: host(), ..crate::checks::fixture::healthy() };
        assert_eq!(deep(before.clone()).native, before.native, "{variables:?}");
    }
}

#[test]
fn the_header_at_fault_is_named_and_not_those_that_build_on_it() {
    let words = |line: u32, it: &str| {
        format!("/tmp/x/program.c:{line}:9: error: '{it}' undeclared (first use in this function)\n")
    };
    let machine = healthy()
        .answer("/usr/bin/gcc", "-fsyntax-only", 1, "", &words(6, "XOpenDisplay"))
        .file("/usr/include/X11/Xlib.h", "/* */");
    let here = settings(&[("HOME", "/root")]);
    let native = probe(&machine, &host(), &here, &packages());
    let mut facts = Facts { native, here, host: host(), ..crate::checks::fixture::healthy() };
    let wanted = ["x11".to_owned(), "xrandr".to_owned(), "xcursor".to_owned()];
    assert!(declared::deeply(&machine, &mut facts, &wanted, &packages()));
    let bad: Vec<_> = facts.native.capabilities.iter().filter(|it| it.1.found.is_absent()).collect();
    assert_eq!(bad.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["x11"], "{bad:?}");
    assert_eq!(bad[0].1.damaged, Some("/usr/include/X11/Xlib.h".into()));
    assert!(bad[0].1.said.as_deref().is_some_and(|it| it.contains("XOpenDisplay")), "{:?}", bad[0].1);
}
