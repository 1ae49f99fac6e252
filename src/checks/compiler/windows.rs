//! The C compiler on Windows. Many that are called gcc there are the wrong one: for MSYS's or Cygwin's own world, for 32 bits,
//! or so old that nothing of a new Go starts which they linked. Each is said by name, and the right one is named where it lies.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::{Verdict, blame, setting};
use crate::fact::Fact;
use crate::facts::mingw::{self, Mingw, Target};
use crate::facts::settings::Origin;
use crate::facts::{Facts, goversion};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::PathStyle;
use crate::quoting;
use crate::want::Want;

pub(super) fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let compiler = &facts.native.compiler;
    let name = compiler.command.first().map_or("gcc", String::as_str);
    let path = match &compiler.path {
        Fact::Here(path) => path,
        Fact::Absent => return absent(facts, want, known, name),
        Fact::Unknown(why) => return Verdict::unknown(text!("cgo-compiler-unknown", name = name, why = why)),
    };
    let machine = compiler.machine.as_deref().unwrap_or_default();
    if let Some(verdict) = wrong(facts, want, path, machine) {
        return instead(verdict.evidence(format!("{name} -dumpmachine: {machine}")), facts, want, known);
    }
    let seen = compiler.windows.as_ref();
    match (&compiler.works, seen.map(|it| &it.runs)) {
        (Fact::Unknown(why), _) => Verdict::unknown(text!("cgo-compiler-unknown", name = name, why = why)),
        (Fact::Here(Ok(())), Some(Fact::Here(Err(said)))) => starts_not(facts, path, said),
        (Fact::Here(Ok(())), _) => linked(facts, want, known, path),
        (works, _) => {
            let said = if let Fact::Here(Err(said)) = works { said.as_str() } else { "" };
            let verdict = Verdict::fail(text!("cgo-compiler-broken", path = shown(path))).evidence(said);
            if facts.here.set("CC").is_some() {
                let cause = text!("cgo-compiler-cc-broken", setting = blame::setting(facts, "CC"));
                return blame::variable(verdict.cause(cause), facts, "CC");
            }
            let package = blame::package_words(facts, want, known, "c-compiler");
            instead(verdict.cause(text!("cgo-compiler-damaged", package = &package)), facts, want, known)
        }
    }
}

/// A compiler that is for something else than this Windows and the Go in use.
fn wrong(facts: &Facts, want: &Want, path: &Path, machine: &str) -> Option<Verdict> {
    let origin = mingw::origin(path);
    let verdict = |summary| Some(Verdict::fail(summary));
    let path = shown(path);
    match mingw::target(machine) {
        Target::Mingw(it) if it == arch(facts) => None,
        Target::Mingw("x86") => verdict(text!("cgo-compiler-32-bit", path = path))
            .map(|it| it.cause(text!("cgo-compiler-32-bit-cause", origin = origin))),
        Target::Cygwin => {
            let world = if origin.starts_with("MSYS2") { "MSYS2" } else { "Cygwin" };
            verdict(text!("cgo-compiler-cygwin", path = &path, world = world))
                .map(|it| it.cause(text!("cgo-compiler-cygwin-cause", path = path, world = world)))
        }
        Target::Msvc => verdict(text!("cgo-compiler-msvc", path = path))
            .map(|it| it.cause(text!("cgo-compiler-msvc-cause"))),
        Target::Foreign if machine.is_empty() => None,
        // Somebody asked for another machine in so many words.
        Target::Foreign | Target::Mingw(_) if meant(facts) => None,
        Target::Foreign | Target::Mingw(_) => {
            let go = go(facts, want);
            let cause =
                text!("cgo-compiler-processor-cause", go = format!("{}.{}", go.0, go.1), arch = arch(facts));
            verdict(text!("cgo-compiler-foreign", path = path, machine = machine)).map(|it| it.cause(cause))
        }
    }
}

fn meant(facts: &Facts) -> bool {
    facts.here.set("GOARCH").is_some() || facts.here.set("GOOS").is_some()
}

/// It links. Whether a program of Go's would start follows from its linker.
fn linked(facts: &Facts, want: &Want, known: &Knowledge, path: &Path) -> Verdict {
    let compiler = &facts.native.compiler;
    let linker = compiler.windows.as_ref().and_then(|it| it.linker.as_deref());
    let go = go(facts, want);
    if mingw::spoils(linker, go) {
        let linker = linker.unwrap_or_default();
        let go = format!("{}.{}", go.0, go.1);
        let verdict = Verdict::fail(text!("cgo-compiler-old-linker", path = shown(path)))
            .cause(text!("cgo-compiler-old-linker-cause", linker = linker, go = go, least = "2.37"))
            .evidence(linker);
        return instead(verdict, facts, want, known);
    }
    let version = compiler.version.as_deref().unwrap_or("gcc");
    Verdict::ok(text!("cgo-compiler-ok-origin", version = version, origin = mingw::origin(path)))
}

fn starts_not(facts: &Facts, path: &Path, said: &str) -> Verdict {
    let verdict = Verdict::fail(text!("cgo-compiler-no-start", path = shown(path)))
        .cause(text!("cgo-compiler-no-start-cause"))
        .evidence(said);
    let folder = facts.host.tmp.0.clone();
    verdict.decide(text!("cgo-compiler-no-start-decide", dir = shown(&folder)), None)
}

fn absent(facts: &Facts, want: &Want, known: &Knowledge, name: &str) -> Verdict {
    if let Some(cc) = facts.here.get("CC").filter(|it| !it.value.is_empty()) {
        let setting = blame::setting(facts, "CC");
        let value = cc.value.trim();
        // `C:\Program Files\…\gcc.exe` without quotes is the program `C:\Program`.
        let blanks =
            value.contains(' ') && value.to_lowercase().ends_with(".exe") && !value.contains(['"', '\'']);
        let verdict = Verdict::fail(text!("cgo-compiler-cc-gone", name = name));
        if blanks {
            let verdict = verdict
                .cause(text!("cgo-compiler-unquoted", setting = setting, name = name))
                .variable("CC", &cc.origin)
                .evidence(setting::evidence("CC", cc));
            if matches!(cc.origin, Origin::GoEnv { .. }) {
                let value = Some(quoting::go(value).into());
                return verdict.need(Need::GoSetting { key: "CC".into(), value });
            }
            let command = format!("$env:CC = '\"{value}\"'");
            return verdict.decide(text!("cgo-compiler-unquoted-decide"), Some(command));
        }
        let cause = text!("cgo-compiler-cc-gone-cause", setting = setting, name = name);
        return blame::variable(verdict.cause(cause), facts, "CC");
    }
    if let Some(good) = good(facts, want) {
        let (origin, dir) = (&good.origin, shown(&good.dir));
        let cause = if is_clang(good) {
            text!("cgo-compiler-clang-alone-cause", origin = origin, dir = dir)
        } else {
            text!("cgo-compiler-off-path-cause", origin = origin, dir = dir)
        };
        return put_first(Verdict::fail(text!("cgo-compiler-off-path")).cause(cause), good);
    }
    let package = blame::package_words(facts, want, known, "c-compiler");
    let verdict = Verdict::fail(text!("cgo-compiler-absent"))
        .cause(text!("cgo-compiler-absent-cause", package = &package))
        .evidence("gcc.exe: not on PATH");
    let verdict = others(facts).iter().fold(verdict, |verdict, it| verdict.evidence(said(it)));
    brought(verdict, facts, want, known)
}

/// What there is to do where the compiler in front does not serve: a variable that names it, one that serves elsewhere, or a
/// package.
fn instead(verdict: Verdict, facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if facts.here.set("CC").is_some() {
        return blame::variable(verdict, facts, "CC");
    }
    match good(facts, want) {
        Some(good) => put_first(verdict, good),
        None => brought(verdict, facts, want, known),
    }
}

/// A package brings it, where there is something that installs packages.
fn brought(verdict: Verdict, facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if facts.native.manager.is_absent() && known.packages.by_hand(&facts.host).is_none() {
        return verdict.decide(text!("cgo-compiler-by-hand"), None);
    }
    let none = BTreeMap::new();
    let installed = facts.native.manager.here().map_or(&none, |it| &it.installed);
    let old = known.packages.too_old(&facts.host, installed).into_iter();
    let old = old.map(|(name, have, least)| format!("{name} {have}: older than {least}"));
    old.fold(verdict, Verdict::evidence).need(blame::need(facts, want, known, "c-compiler"))
}

fn put_first(verdict: Verdict, good: &Mingw) -> Verdict {
    let verdict = verdict.evidence(said(good));
    if !is_clang(good) {
        return verdict.need(Need::OnPath(good.dir.clone()));
    }
    // cgo calls gcc, and where there is none no PATH helps.
    let program = shown(&good.program);
    let value = Some(quoting::go(&program).into());
    verdict.need(Need::GoSetting { key: "CC".into(), value })
}

/// A clang that no gcc lies beside: that of MSYS2's CLANG64.
fn is_clang(it: &Mingw) -> bool {
    it.program.file_stem().is_some_and(|it| it.eq_ignore_ascii_case("clang"))
}

fn said(it: &Mingw) -> String {
    let version = it.version.as_deref().unwrap_or_default();
    let machine = it.machine.as_deref().unwrap_or_default();
    let parts = [version, machine].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
    format!("{}: {parts}", shown(&it.program))
}

fn others(facts: &Facts) -> &[Mingw] {
    facts.native.compiler.windows.as_ref().map_or(&[], |it| &it.elsewhere)
}

/// The first elsewhere that serves.
fn good<'a>(facts: &'a Facts, want: &Want) -> Option<&'a Mingw> {
    let (arch, go) = (arch(facts), go(facts, want));
    others(facts).iter().find(|it| it.serves(arch, go))
}

/// The release line of the Go in use, else of the one that will come.
fn go(facts: &Facts, want: &Want) -> (u32, u32) {
    let used = facts.go.in_use().and_then(|it| it.version.here().copied());
    let (major, minor) = used.unwrap_or(want.target.go).line();
    (major.into(), minor.into())
}

/// The processor that Go compiles for, as Rust names it: on arm64 a Go for amd64 runs as well.
fn arch(facts: &Facts) -> &str {
    let told = facts.here.set("GOARCH");
    let answer = facts.go.answer.here().and_then(|it| goversion::of_answer(it)).map(|it| it.2);
    match told.or(answer.as_deref()) {
        Some("amd64") => "x86_64",
        Some("arm64") => "aarch64",
        Some("386") => "x86",
        _ => &facts.host.identity.arch,
    }
}

fn shown(path: &Path) -> String {
    PathStyle::Windows.shown(path)
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::facts::native::Manager;

    const UCRT: &str = "C:/msys64/ucrt64/bin";

    /// A Windows with a good compiler on PATH.
    fn windows() -> Facts {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "windows".into();
        facts.host.distro = Fact::Absent;
        let winget = Manager { name: "winget".into(), ..Manager::default() };
        facts.native.manager = Fact::Here(winget);
        facts.go.answer = Fact::Here("go version go1.27.4 windows/amd64".into());
        let compiler = &mut facts.native.compiler;
        compiler.path = Fact::Here(format!("{UCRT}/gcc.exe").into());
        compiler.version = Some("gcc.exe (Rev5, Built by MSYS2 project) 16.1.0".into());
        compiler.machine = Some("x86_64-w64-mingw32".into());
        compiler.works = Fact::Here(Ok(()));
        compiler.windows = Some(mingw::Windows {
            threads: Some("posix".into()),
            linker: Some("GNU ld (GNU Binutils) 2.46".into()),
            runs: Fact::Here(Ok(())),
            elsewhere: vec![],
        });
        facts
    }

    fn good(dir: &str) -> Mingw {
        Mingw {
            origin: "WinLibs".into(),
            dir: dir.into(),
            program: format!("{dir}/gcc.exe").into(),
            machine: Some("x86_64-w64-mingw32".into()),
            linker: Some("GNU ld (GNU Binutils) 2.46".into()),
            version: Some("gcc.exe 16.2.0".into()),
            works: true,
        }
    }

    fn with(change: impl Fn(&mut Facts)) -> Verdict {
        let mut facts = windows();
        change(&mut facts);
        fixture::judged(&CHECK, &facts)
    }

    fn seen(facts: &mut Facts) -> &mut mingw::Windows {
        facts.native.compiler.windows.as_mut().expect("a Windows")
    }

    #[test]
    fn each_wrong_compiler_is_named_and_a_right_one_elsewhere_is_put_in_front() {
        type Change = fn(&mut Facts);
        let rows: [(&str, Change); 7] = [
            ("cgo-compiler-cygwin", |it| it.native.compiler.machine = Some("x86_64-pc-msys".into())),
            ("cgo-compiler-cygwin", |it| it.native.compiler.machine = Some("x86_64-pc-cygwin".into())),
            ("cgo-compiler-32-bit", |it| it.native.compiler.machine = Some("mingw32".into())),
            ("cgo-compiler-msvc", |it| it.native.compiler.machine = Some("x86_64-pc-windows-msvc".into())),
            ("cgo-compiler-foreign", |it| it.native.compiler.machine = Some("aarch64-w64-mingw32".into())),
            ("cgo-compiler-old-linker", |it| seen(it).linker = Some("GNU ld (GNU Binutils) 2.30".into())),
            ("cgo-compiler-broken", |it| it.native.compiler.works = Fact::Here(Err("cc1.exe".into()))),
        ];
        for (key, change) in rows {
            let verdict = with(change);
            assert_eq!((verdict.status, &*verdict.summary.key), (Status::Fail, key));
            assert_eq!(verdict.needs, [Need::Capability("c-compiler".into())], "{key}");
            let verdict = with(|facts| {
                change(facts);
                let old = Mingw { linker: Some("GNU ld (GNU Binutils) 2.30".into()), ..good("C:/old/bin") };
                seen(facts).elsewhere = vec![old, good("C:/winlibs/mingw64/bin")];
            });
            assert_eq!(verdict.needs, [Need::OnPath("C:/winlibs/mingw64/bin".into())], "{key}");
            assert!(verdict.cause.is_some(), "{key}");
        }
    }

    #[test]
    fn a_good_compiler_off_path_costs_its_directory_and_no_package() {
        let verdict = with(|it| {
            it.native.compiler.path = Fact::Absent;
            seen(it).elsewhere = vec![good("D:/dev/msys64/ucrt64/bin")];
        });
        assert_eq!(verdict.needs, [Need::OnPath("D:/dev/msys64/ucrt64/bin".into())]);
        assert!(verdict.cause.is_some_and(|it| it.to_string().contains(r"D:\dev\msys64\ucrt64\bin")));
        let verdict = with(|it| it.native.compiler.path = Fact::Absent);
        assert_eq!(verdict.needs, [Need::Capability("c-compiler".into())]);
    }

    #[test]
    fn an_old_linker_is_no_fault_of_an_old_go_and_no_other_linker_is_old() {
        let old = |facts: &mut Facts| seen(facts).linker = Some("GNU ld (GNU Binutils) 2.30".into());
        let verdict = with(|it| {
            old(it);
            it.go.trees = vec![fixture::tree("/usr/local/go", "1.24.13", true)];
            it.go.first = Some(0);
        });
        assert_eq!(verdict.status, Status::Ok, "{verdict:?}");
        assert_eq!(
            with(|it| seen(it).linker = Some("LLD 18.1.8 (compatible with GNU linkers)".into())).status,
            Status::Ok
        );
        assert_eq!(with(|it| seen(it).linker = None).status, Status::Ok);
    }

    #[test]
    fn what_is_linked_and_does_not_start_is_a_persons() {
        let verdict = with(|it| seen(it).runs = Fact::Here(Err("Access is denied.".into())));
        assert_eq!((verdict.status, &verdict.needs[..]), (Status::Fail, &[Need::Decision][..]));
        assert_eq!(verdict.evidence, ["Access is denied."]);
    }

    #[test]
    fn a_path_with_blanks_and_without_quotes_is_quoted() {
        let value = r"C:\Program Files\mingw64\bin\gcc.exe";
        let verdict = with(|it| {
            it.native.compiler.path = Fact::Absent;
            it.native.compiler.command = vec![r"C:\Program".into(), r"Files\mingw64\bin\gcc.exe".into()];
            fixture::set(it, "CC", value, fixture::go_env());
        });
        let value = Some(format!("'{value}'").into());
        assert_eq!(verdict.needs, [Need::GoSetting { key: "CC".into(), value }]);
    }

    #[test]
    fn a_compiler_for_the_processor_of_the_go_in_use_serves_on_arm64() {
        let verdict = with(|it| it.host.identity.arch = "aarch64".into());
        assert_eq!(verdict.status, Status::Ok, "Go for amd64 is emulated, and so is what it builds");
        let verdict = with(|it| {
            it.host.identity.arch = "aarch64".into();
            it.go.answer = Fact::Here("go version go1.27.4 windows/arm64".into());
        });
        assert_eq!(verdict.summary.key, "cgo-compiler-foreign");
        let verdict = with(|it| fixture::set(it, "GOARCH", "386", fixture::profile()));
        assert_eq!(verdict.status, Status::Ok, "{verdict:?}");
    }
}
