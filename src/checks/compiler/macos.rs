//! The C compiler on a Mac: Apple's clang behind the stubs of /usr/bin, or one of another origin that stands in front on PATH.
//! One that builds with the frameworks is good, whoever made it. Whether Apple's tools are there at all is `system.xcode`'s.

use std::path::Path;

use super::super::cgo_flags::macos as flags;
use super::super::{Verdict, blame};
use crate::fact::Fact;
use crate::facts::{Facts, xcode};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::want::Want;

/// Where every Mac has its clang, or the stub of it.
const CLANG: &str = "/usr/bin/clang";

pub(super) fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let compiler = &facts.native.compiler;
    let name = compiler.command.first().map_or("clang", String::as_str);
    match (&compiler.path, &compiler.works) {
        (Fact::Absent, _) if facts.here.set("CC").is_some() => super::absent(facts, want, known, name),
        (Fact::Absent, _) => Verdict::fail(text!("cgo-compiler-off-path-macos"))
            .cause(text!("cgo-compiler-off-path-macos-cause"))
            .evidence("clang: not on PATH")
            .need(Need::GoSetting { key: "CC".into(), value: Some(CLANG.into()) }),
        (Fact::Unknown(why), _) | (_, Fact::Unknown(why)) => {
            Verdict::unknown(text!("cgo-compiler-unknown", name = name, why = why))
        }
        (Fact::Here(path), Fact::Here(Ok(()))) => match foreign(facts) {
            Some(machine) => {
                let verdict = Verdict::fail(text!("cgo-compiler-foreign", path = path, machine = machine))
                    .cause(text!("cgo-compiler-foreign-cause", path = path, machine = machine));
                super::cc(verdict, facts).evidence(format!("{name} -dumpmachine: {machine}"))
            }
            None => fine(facts, path, name),
        },
        (Fact::Here(path), works) => {
            let said = if let Fact::Here(Err(said)) = works { said.as_str() } else { "" };
            let verdict = Verdict::fail(text!("cgo-compiler-broken-macos", path = path)).evidence(said);
            broken(verdict, facts, path, said)
        }
    }
}

fn fine(facts: &Facts, path: &Path, name: &str) -> Verdict {
    let version = facts.native.compiler.version.as_deref().unwrap_or(name);
    match xcode::origin(path) {
        "Apple" | "" => Verdict::ok(text!("cgo-compiler-ok", version = version)),
        origin => Verdict::ok(text!("cgo-compiler-ok-origin", version = version, origin = origin)),
    }
}

fn broken(verdict: Verdict, facts: &Facts, path: &Path, said: &str) -> Verdict {
    if let Some(variable) = &facts.native.compiler.spoiled_by {
        let cause = flags::cause(facts, variable, said);
        let cause =
            cause.unwrap_or_else(|| text!("cgo-compiler-spoiled", setting = blame::setting(facts, variable)));
        return blame::hider(verdict.cause(cause), facts, variable);
    }
    let origin = xcode::origin(path);
    if let Some(detour) = &facts.native.compiler.detour {
        let entry = blame::path_entry(facts, detour);
        let cause = if origin.is_empty() || origin == "Apple" {
            text!("cgo-compiler-detour", entry = entry)
        } else {
            text!("cgo-compiler-detour-macos", entry = entry, origin = origin)
        };
        return blame::detour(verdict.cause(cause), facts, detour, "CC");
    }
    if facts.here.set("CC").is_some() {
        let cause = text!("cgo-compiler-cc-broken", setting = blame::setting(facts, "CC"));
        return super::cc(verdict.cause(cause), facts);
    }
    // Nothing of the user's is in the way: the tools themselves are.
    let active = facts.native.xcode.here().and_then(|it| it.in_effect());
    let verdict = verdict.cause(text!("cgo-compiler-tools-damaged"));
    match active {
        Some(tools) if !tools.is_command_line_tools() => {
            verdict.decide(text!("cgo-compiler-xcode-again", name = tools.name()), None)
        }
        _ => verdict.need(Need::CommandLineTools),
    }
}

/// The machine that it compiles for, where that is not a Mac, or where it is for one processor alone and that is another one.
fn foreign(facts: &Facts) -> Option<&str> {
    let compiler = &facts.native.compiler;
    let machine = compiler.machine.as_deref()?;
    let mac = machine.contains("apple") || machine.contains("darwin");
    let named = match machine.split('-').next()? {
        "arm64" | "arm64e" => "aarch64",
        other => other,
    };
    let meant = facts.here.set("GOARCH").is_some() || facts.here.set("GOOS").is_some();
    // clang compiles for both, whatever it is itself.
    let same = !compiler.is_gcc || named == facts.host.processor();
    (!(meant || (mac && same))).then_some(machine)
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::facts::mac::MacHost;
    use crate::facts::native::Detour;
    use crate::facts::xcode::{Active, COMMAND_LINE_TOOLS, ChosenBy, Tools, Xcode};

    fn judged(change: impl FnOnce(&mut Facts)) -> Verdict {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "macos".into();
        facts.host.identity.arch = "aarch64".into();
        let tools = Tools { dir: COMMAND_LINE_TOOLS.into(), clang: true, xcrun: true, ..Tools::default() };
        facts.native.xcode = Fact::Here(Xcode {
            active: Fact::Here(Active { dir: COMMAND_LINE_TOOLS.into(), by: ChosenBy::Default }),
            tools: vec![tools],
            sdk: Fact::unlooked(),
            metal: None,
        });
        let compiler = &mut facts.native.compiler;
        compiler.command = vec!["clang".into()];
        compiler.path = Fact::Here(CLANG.into());
        compiler.version = Some("Apple clang version 17.0.0 (clang-1700.0.13.5)".into());
        compiler.machine = Some("arm64-apple-darwin24.5.0".into());
        compiler.is_gcc = false;
        change(&mut facts);
        fixture::judged(&CHECK, &facts)
    }

    fn broken(facts: &mut Facts, path: &str, said: &str) {
        facts.native.compiler.path = Fact::Here(path.into());
        facts.native.compiler.works = Fact::Here(Err(said.into()));
    }

    fn cause(verdict: &Verdict) -> &str {
        verdict.cause.as_ref().map_or("", |it| &*it.key)
    }

    #[test]
    fn a_compiler_that_builds_is_good_whoever_made_it() {
        assert_eq!(judged(|_| ()).status, Status::Ok);
        let brew =
            judged(|it| it.native.compiler.path = Fact::Here("/opt/homebrew/opt/llvm/bin/clang".into()));
        assert_eq!((brew.status, brew.summary.to_string().contains("Homebrew")), (Status::Ok, true));
        let intel = judged(|it| it.native.compiler.machine = Some("x86_64-apple-darwin24.5.0".into()));
        assert_eq!(intel.status, Status::Ok, "clang compiles for both processors");
        let gcc = judged(|it| {
            it.native.compiler.is_gcc = true;
            it.native.compiler.machine = Some("x86_64-apple-darwin24".into());
        });
        assert_eq!((gcc.status, &*gcc.summary.key), (Status::Fail, "cgo-compiler-foreign"));
        // Rosetta tells a program for Intel of a processor of Intel's.
        for (machine, want) in
            [("aarch64-apple-darwin24", Status::Ok), ("x86_64-apple-darwin24", Status::Fail)]
        {
            let gcc = judged(|it| {
                it.host.identity.arch = "x86_64".into();
                let (translated, apple_silicon) = (true, true);
                it.host.mac = Some(MacHost { translated, apple_silicon, ..MacHost::default() });
                it.native.compiler.is_gcc = true;
                it.native.compiler.machine = Some(machine.into());
            });
            assert_eq!(gcc.status, want, "{machine}");
        }
        let linux = judged(|it| it.native.compiler.machine = Some("aarch64-linux-gnu".into()));
        assert_eq!(linux.status, Status::Fail);
    }

    #[test]
    fn one_of_another_origin_in_front_costs_a_setting_of_gos() {
        let dir = "/opt/homebrew/opt/llvm/bin";
        let verdict = judged(|it| {
            broken(it, &format!("{dir}/clang"), "#include <Cocoa/Cocoa.h>: fatal error: file not found");
            it.native.compiler.detour =
                Some(Detour { dir: dir.into(), instead: Some(CLANG.into()), dead: false });
            fixture::path_first(it, &[dir]);
        });
        assert_eq!(cause(&verdict), "cgo-compiler-detour-macos");
        assert!(verdict.cause.as_ref().is_some_and(|it| it.to_string().contains("Homebrew")));
        assert_eq!(verdict.needs, [Need::GoSetting { key: "CC".into(), value: Some(CLANG.into()) }]);
    }

    #[test]
    fn a_path_without_usr_bin_costs_the_same_and_a_cc_that_is_gone_its_line() {
        let verdict = judged(|it| it.native.compiler.path = Fact::Absent);
        assert_eq!((verdict.status, cause(&verdict)), (Status::Fail, "cgo-compiler-off-path-macos-cause"));
        assert_eq!(verdict.needs, [Need::GoSetting { key: "CC".into(), value: Some(CLANG.into()) }]);
        let verdict = judged(|it| {
            it.native.compiler.path = Fact::Absent;
            it.native.compiler.command = vec!["x86_64-apple-darwin13.4.0-clang".into()];
            fixture::set(it, "CC", "x86_64-apple-darwin13.4.0-clang", fixture::profile());
        });
        assert_eq!((cause(&verdict), verdict.place.line), ("cgo-compiler-cc-gone-cause", Some(9)));
    }

    #[test]
    fn a_flag_that_spoils_it_is_named_by_what_is_wrong_with_it() {
        for (name, value, said, key) in [
            (
                "CGO_LDFLAGS",
                "-framework QTKit",
                "ld: framework 'QTKit' not found",
                "cgo-flags-framework-gone",
            ),
            ("CGO_LDFLAGS", "-Wl,-ld_classic", "ld: unknown option: -ld_classic", "cgo-flags-classic-gone"),
            ("CGO_CFLAGS", "-O9 -what", "clang: error: unknown argument: '-what'", "cgo-compiler-spoiled"),
        ] {
            let verdict = judged(|it| {
                broken(it, CLANG, said);
                it.native.compiler.spoiled_by = Some(name.into());
                fixture::set(it, name, value, fixture::profile());
            });
            assert_eq!((cause(&verdict), verdict.place.variable.as_deref()), (key, Some(name)));
            assert!(matches!(&verdict.needs[..], [Need::FileSetting { .. }]), "{:?}", verdict.needs);
        }
    }

    #[test]
    fn where_nothing_is_in_the_way_the_tools_are_damaged() {
        let said = "ld: library 'System' not found";
        assert_eq!(judged(|it| broken(it, CLANG, said)).needs, [Need::CommandLineTools]);
        let app = judged(|it| {
            broken(it, CLANG, said);
            let dir = "/Applications/Xcode.app/Contents/Developer";
            let Fact::Here(xcode) = &mut it.native.xcode else { return };
            xcode.active = Fact::Here(Active { dir: dir.into(), by: ChosenBy::Default });
            xcode.tools[0].dir = dir.into();
        });
        assert_eq!(app.needs, [Need::Decision], "an Xcode is nothing that we install");
    }
}
