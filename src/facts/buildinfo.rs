//! Go's build info in a program (ELF, Mach-O, PE), as Go 1.18 and later write it. It says what the program claims to be
//! made of; whether that is what was published, the checksum database says (`trust::sumdb::confirm`).

use object::{Object as _, ObjectSection as _, ObjectSegment as _, ReadRef};

use super::go::{BuildInfo, BuildModule};
use crate::fact::Fact;

const MAGIC: &[u8] = b"\xff Go buildinf:";
const HEADER: usize = 32;
const ALIGN: usize = 16;
/// The strings follow the header; older ones are behind pointers.
const INLINE: u8 = 2;
/// A mark of this length stands before and behind the module lines.
const MARK: usize = 16;
/// No program is made of so much.
const LONGEST: usize = 4 << 20;

/// The build info of a program: `Absent` for what no Go built, `Unknown` where it cannot be read.
pub fn read(bytes: &[u8]) -> Fact<BuildInfo> {
    of_program(bytes)
}

/// The same of a program that is read in pieces.
pub fn of_program<'a>(file: impl ReadRef<'a>) -> Fact<BuildInfo> {
    blob(file).map_or(Fact::Absent, of_section)
}

/// The build info in the contents of a program's section `.go.buildinfo`, for who does not read the whole program.
pub fn of_section(area: &[u8]) -> Fact<BuildInfo> {
    let Some(blob) = behind_magic(area) else { return Fact::Absent };
    if blob.get(MAGIC.len() + 1).is_none_or(|it| it & INLINE == 0) {
        return Fact::Unknown(text!("why-old-build").into());
    }
    let strings = blob.get(HEADER..).and_then(string).and_then(|(go, rest)| Some((go, string(rest)?.0)));
    let Some((go, modules)) = strings else { return Fact::Unknown(text!("why-build-info-cut").into()) };
    let text = modules.get(MARK..modules.len().saturating_sub(MARK)).filter(|it| it.ends_with(b"\n"));
    let text = text.map(String::from_utf8_lossy).unwrap_or_default();
    Fact::Here(BuildInfo { go: String::from_utf8_lossy(go).into_owned(), ..lines(&text) })
}

/// The lines `path`, `mod`, `dep`, `=>` and `build`. A module that was replaced stands under what replaced it.
fn lines(text: &str) -> BuildInfo {
    let mut info = BuildInfo::default();
    let mut in_main = false;
    for line in text.lines() {
        let (kind, rest) = line.split_once('\t').unwrap_or((line, ""));
        match kind {
            "path" => rest.clone_into(&mut info.path),
            "mod" => (info.main, in_main) = (module(rest), true),
            "dep" => {
                info.deps.push(module(rest));
                in_main = false;
            }
            "=>" if in_main => info.main = in_place_of(&info.main, rest),
            "=>" => {
                if let Some(last) = info.deps.last_mut() {
                    *last = in_place_of(last, rest);
                }
            }
            "build" => info.settings.push(setting(rest)),
            _ => {}
        }
    }
    info
}

fn module(rest: &str) -> BuildModule {
    let mut words = rest.split('\t').map(str::to_owned);
    let mut next = || words.next().unwrap_or_default();
    BuildModule { path: next(), version: next(), sum: next(), replaces: None }
}

fn in_place_of(replaced: &BuildModule, rest: &str) -> BuildModule {
    BuildModule { replaces: Some(format!("{}@{}", replaced.path, replaced.version)), ..module(rest) }
}

/// `key=value`, each of which is in quotes where it has blanks.
fn setting(rest: &str) -> (String, String) {
    let plain = |it: &str| serde_json::from_slice(it.as_bytes()).unwrap_or_else(|_| it.to_owned());
    let at = if rest.starts_with('"') { rest.find("\"=").map(|it| it + 1) } else { rest.find('=') };
    let (key, value) = rest.split_at(at.unwrap_or(rest.len()));
    (plain(key), plain(value.strip_prefix('=').unwrap_or(value)))
}

/// The part of a program that has it: its own section, else writable data.
fn blob<'a>(file: impl ReadRef<'a>) -> Option<&'a [u8]> {
    let file = object::File::parse(file).ok()?;
    let named = |name: &str| matches!(name, ".go.buildinfo" | "__go_buildinfo");
    let own = file.sections().find(|it| it.name().is_ok_and(named)).and_then(|it| it.data().ok());
    let data = |it: &str| matches!(it, ".data" | "__data");
    let sections = file.sections().filter(|it| it.name().is_ok_and(data)).filter_map(|it| it.data().ok());
    let segments = file.segments().filter_map(|it| it.data().ok());
    own.into_iter().chain(sections).chain(segments).find(|it| behind_magic(it).is_some())
}

/// The header, which begins with the magic, and all that follows.
fn behind_magic(area: &[u8]) -> Option<&[u8]> {
    (0..area.len()).step_by(ALIGN).map(|at| &area[at..]).find(|it| it.starts_with(MAGIC))
}

/// A string behind its length, and what follows.
fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut length = 0_usize;
    for (index, byte) in bytes.iter().enumerate().take(4) {
        length |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return bytes.get(index + 1..)?.split_at_checked(length).filter(|_| length <= LONGEST);
        }
    }
    None
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    pub(crate) use crate::testlog::program::of_go as program;

    const LINES: &str = "path\tfyne.io/tools/cmd/fyne\nmod\tfyne.io/tools\tv1.7.4\th1:x=\n\
        dep\ta.b/c\tv1.0.0\th1:y=\ndep\ta.b/d\tv1.0.0\n=>\t../d\t(devel)\t\n\
        build\t-compiler=gc\nbuild\t-ldflags=\"-s -w\"\nbuild\tCGO_ENABLED=0\nbuild\t\"a=b c\"=d\n";

    #[test]
    fn reads_modules_replacements_and_settings() {
        let info = read(&program(LINES)).into_here().expect("build info");
        assert_eq!((info.go.as_str(), info.path.as_str()), ("go1.27.4", "fyne.io/tools/cmd/fyne"));
        assert_eq!((info.main.path.as_str(), info.main.version.as_str()), ("fyne.io/tools", "v1.7.4"));
        let deps: Vec<_> = info.deps.iter().map(|it| (it.path.as_str(), it.sum.as_str())).collect();
        assert_eq!(deps, [("a.b/c", "h1:y="), ("../d", "")]);
        let replaced: Vec<_> = info.deps.iter().map(|it| it.replaces.as_deref()).collect();
        assert_eq!(replaced, [None, Some("a.b/d@v1.0.0")]);
        let pairs = [("-compiler", "gc"), ("-ldflags", "-s -w"), ("CGO_ENABLED", "0"), ("a=b c", "d")];
        assert_eq!(info.settings, pairs.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_program_in_pieces_says_what_the_whole_one_says() {
        let file = program(LINES);
        let at = |offset: u64, size: usize| {
            let from = file.get(usize::try_from(offset).unwrap_or(usize::MAX)..).unwrap_or_default();
            from[..size.min(from.len())].to_vec()
        };
        let pieces = super::super::sections::pieces(file.len() as u64, at);
        assert_eq!(of_program(&pieces), read(&file));
    }

    #[test]
    fn what_no_go_built_has_none_and_what_is_older_is_unknown() {
        for bytes in [&b""[..], b"#!/bin/sh\n", b"\x7fELF", b"MZ", MAGIC] {
            assert_eq!(read(bytes), Fact::Absent);
        }
        let mut old = program(LINES);
        old[64 + MAGIC.len() + 1] = 0;
        assert_eq!(read(&old), Fact::Unknown(text!("why-old-build").into()));
        let quiet = read(&program("")).into_here().expect("build info without modules");
        assert_eq!(quiet.path, "");
    }

    #[test]
    fn no_damage_makes_it_panic() {
        let good = program(LINES);
        for at in 0..good.len() {
            let _ = read(&good[..at]);
            for value in [0, 0x7f, 0xff] {
                let mut bad = good.clone();
                bad[at] = value;
                let _ = read(&bad);
            }
        }
    }
}
