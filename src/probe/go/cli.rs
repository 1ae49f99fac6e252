//! Every program called `fyne`: on PATH, and where `go install` would put one.

use std::path::{Path, PathBuf};

use crate::facts::go::BuildModule;
use crate::facts::go::{BuildInfo, CliProgram};
use crate::facts::{Fact, Settings, sections};
use crate::probe::programs;
use crate::system::{Kind, Look};

/// In PATH's order, each file once; then the one in Go's directory for programs.
pub(super) fn programs(look: &dyn Look, here: &Settings, bin: &Path) -> Vec<CliProgram> {
    let mut seen: Vec<PathBuf> = Vec::new();
    let (mut all, mut scripts) = (Vec::new(), Vec::new());
    let on_path = here.path.iter().map(|it| it.dir.clone()).filter(|it| it.is_absolute());
    for (dir, on_path) in on_path.map(|it| (it, true)).chain([(bin.to_path_buf(), false)]) {
        let path = dir.join("fyne");
        let Fact::Here((real, stat)) = programs::resolve(look, &path) else { continue };
        let runs = stat.kind == Kind::File && stat.executable;
        if !(runs || (!on_path && stat.kind == Kind::File)) || seen.contains(&real) {
            continue;
        }
        seen.push(real);
        let (build, whole, script) = inside(look, &path, stat.size);
        scripts.push(script);
        all.push(CliProgram { path, on_path, build, whole, wraps: false });
    }
    let fyne: Vec<PathBuf> = all.iter().filter(|it| it.build.is_here()).map(|it| it.path.clone()).collect();
    for (program, script) in all.iter_mut().zip(&scripts) {
        let text = script.as_deref().map(String::from_utf8_lossy);
        program.wraps = text.is_some_and(|text| fyne.iter().any(|it| text.contains(&tail(it))));
    }
    all
}

/// The last two parts of a path: how a script names a program below a home directory.
fn tail(path: &Path) -> String {
    let parts: Vec<_> = path.iter().rev().take(2).map(|it| it.to_string_lossy()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

/// What a file holds: build info, whether it is whole, and its text where it is a script.
fn inside(look: &dyn Look, path: &Path, size: u64) -> (Fact<BuildInfo>, bool, Option<Vec<u8>>) {
    let head = match look.read_at(path, 0, 64) {
        Fact::Here(head) => head,
        Fact::Absent => return (Fact::Absent, true, None),
        Fact::Unknown(why) => return (Fact::Unknown(why), true, None),
    };
    if head.starts_with(b"#!") {
        return (Fact::Absent, true, look.read(path).into_here());
    }
    if !head.starts_with(b"\x7fELF") {
        // Other systems' programs: whole, as far as we can tell.
        return (look.read(path).into_here().map_or(Fact::Absent, |it| build_info(&it)), true, None);
    }
    let at = |offset, length| look.read_at(path, offset, length).into_here().unwrap_or_default();
    let Some(contents) = sections::contents(at).filter(|it| it.end <= size) else {
        return (Fact::Unknown("the file was cut short".to_owned()), false, None);
    };
    let build = match contents.section(".go.buildinfo") {
        Some((offset, length)) => build_info(&at(offset, usize::try_from(length.min(1 << 20)).unwrap_or(0))),
        None => Fact::Absent,
    };
    (build, true, None)
}

/// Go's build info, as far as a check needs it: the Go, the main package, its module. `trust` reads it all, and checks.
fn build_info(bytes: &[u8]) -> Fact<BuildInfo> {
    const MAGIC: &[u8] = b"\xff Go buildinf:";
    let Some(at) = (0..bytes.len()).step_by(16).find(|it| bytes[*it..].starts_with(MAGIC)) else {
        return Fact::Absent;
    };
    let blob = &bytes[at..];
    // Since Go 1.18 the two strings stand behind the header; older ones hold pointers.
    let strings = blob.get(15).filter(|it| *it & 2 != 0).and_then(|_| blob.get(32..));
    let Some((go, rest)) = strings.and_then(string) else {
        return Fact::Unknown("built by a Go older than 1.18".into());
    };
    let text = string(rest).map(|it| String::from_utf8_lossy(it.0).into_owned()).unwrap_or_default();
    let mut info = BuildInfo { go: String::from_utf8_lossy(go).into_owned(), ..BuildInfo::default() };
    for line in text.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        let module = |words: &[&str]| BuildModule {
            path: words.first().copied().unwrap_or_default().into(),
            version: words.get(1).copied().unwrap_or_default().into(),
            sum: words.get(2).copied().unwrap_or_default().into(),
        };
        match words.as_slice() {
            // The first line follows a mark of 16 bytes.
            [first, path] if first.ends_with("path") => (*path).clone_into(&mut info.path),
            ["mod", rest @ ..] => info.main = module(rest),
            ["dep", rest @ ..] => info.deps.push(module(rest)),
            ["build", setting] => {
                let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
                info.settings.push((key.into(), value.into()));
            }
            _ => {}
        }
    }
    Fact::Here(info)
}

/// A string behind its length, and what follows.
fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut length = 0_usize;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        length |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            let rest = &bytes[index + 1..];
            return rest.split_at_checked(length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    /// Bytes of a program with this build info, in no format that we know.
    fn program() -> Vec<u8> {
        let module = "0123456789abcdefpath\tfyne.io/tools/cmd/fyne\nmod\tfyne.io/tools\tv1.7.4\th1:x=\n\
            dep\ta.b/c\tv1.0.0\th1:y=\nbuild\tCGO_ENABLED=0\n0123456789abcdef";
        let mut bytes = vec![0; 48];
        bytes.extend(b"\xff Go buildinf:\x08\x02");
        bytes.extend([0; 16]);
        for text in ["go1.27.4", module] {
            let length = text.len();
            assert!(length < 1 << 14);
            bytes.extend([
                u8::try_from(length & 0x7f).expect("small") | 0x80,
                u8::try_from(length >> 7).expect("small"),
            ]);
            bytes.extend(text.as_bytes());
        }
        bytes
    }

    #[test]
    fn build_info_is_read_behind_its_magic() {
        let bytes = program();
        let info = build_info(&bytes).into_here().expect("build info");
        assert_eq!((info.go.as_str(), info.path.as_str()), ("go1.27.4", "fyne.io/tools/cmd/fyne"));
        assert_eq!((info.main.version.as_str(), info.deps.len()), ("v1.7.4", 1));
        assert_eq!(info.settings, [("CGO_ENABLED".into(), "0".into())]);
        assert!(build_info(b"#!/bin/sh").is_absent());
        assert!(matches!(build_info(&bytes[..70]), Fact::Unknown(_)));
    }

    #[test]
    fn a_script_that_starts_the_real_one_wraps_it_and_another_does_not() {
        for (script, wraps) in [("exec \"$HOME/go/bin/fyne\" \"$@\"", true), ("echo 3 invoices", false)] {
            let mut machine = Machine::linux();
            machine.files.insert("/root/go/bin/fyne".into(), (program(), 0o755));
            machine.files.insert("/root/bin/fyne".into(), (format!("#!/bin/sh\n{script}\n").into(), 0o755));
            let mut facts = fixture::healthy();
            fixture::path_first(&mut facts, &["/root/bin"]);
            let found = programs(&machine, &facts.here, Path::new("/root/go/bin"));
            assert_eq!(found.iter().map(|it| it.wraps).collect::<Vec<_>>(), [wraps, false], "{script}");
        }
    }
}
