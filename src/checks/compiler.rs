//! Whether the C compiler that cgo would call really compiles and links. A name on PATH says little: stubs, compilers
//! for other machines and damaged ones are found there too.

use super::{Check, Group, Verdict, blame, off_path};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::want::{Goal, Want};

mod macos;
mod windows;

pub(super) const CHECK: Check = Check {
    id: "cgo.compiler",
    group: Group::Cgo,
    after: &["system.tmp", "system.xcode"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if facts.host.identity.os == "windows" {
        return windows::judge(facts, want, known);
    }
    if facts.host.is_mac() {
        return macos::judge(facts, want, known);
    }
    let compiler = &facts.native.compiler;
    let name = compiler.command.first().map_or("gcc", String::as_str);
    match (&compiler.path, &compiler.works) {
        (Fact::Unknown(why), _) | (_, Fact::Unknown(why)) => {
            Verdict::unknown(text!("cgo-compiler-unknown", name = name, why = why))
        }
        (Fact::Absent, _) => absent(facts, want, known, name),
        (Fact::Here(path), Fact::Here(Ok(()))) => match foreign(facts) {
            Some(machine) => {
                let verdict = Verdict::fail(text!("cgo-compiler-foreign", path = path, machine = machine))
                    .cause(text!("cgo-compiler-foreign-cause", path = path, machine = machine));
                cc(verdict, facts).evidence(format!("{name} -dumpmachine: {machine}"))
            }
            None => {
                let version = compiler.version.as_deref().unwrap_or(name);
                Verdict::ok(text!("cgo-compiler-ok", version = version))
            }
        },
        (Fact::Here(path), works) => {
            let said = match works {
                Fact::Here(Err(said)) => said.as_str(),
                _ => "",
            };
            let verdict = Verdict::fail(text!("cgo-compiler-broken", path = path)).evidence(said);
            broken(verdict, facts, want, known)
        }
    }
}

fn absent(facts: &Facts, want: &Want, known: &Knowledge, name: &str) -> Verdict {
    if let Some(verdict) = off_path::off_path(facts, name) {
        return verdict;
    }
    if facts.here.set("CC").is_some() {
        let verdict = Verdict::fail(text!("cgo-compiler-cc-gone", name = name)).cause(text!(
            "cgo-compiler-cc-gone-cause",
            setting = blame::setting(facts, "CC"),
            name = name
        ));
        return blame::variable(verdict, facts, "CC");
    }
    let package = blame::package_words(facts, want, known, "c-compiler");
    let verdict = Verdict::fail(text!("cgo-compiler-absent"));
    let verdict = if blame::installed(facts, want, known, "c-compiler") {
        verdict.cause(text!("cgo-compiler-absent-damaged", package = &package))
    } else {
        verdict.cause(text!("cgo-compiler-absent-cause", package = &package))
    };
    verdict.evidence("gcc: not on PATH").need(blame::need(facts, want, known, "c-compiler"))
}

fn broken(verdict: Verdict, facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if let Some(variable) = &facts.native.compiler.spoiled_by {
        let cause = text!("cgo-compiler-spoiled", setting = blame::setting(facts, variable));
        return blame::hider(verdict.cause(cause), facts, variable);
    }
    if let Some(detour) = &facts.native.compiler.detour {
        let cause = text!("cgo-compiler-detour", entry = blame::path_entry(facts, detour));
        return blame::detour(verdict.cause(cause), facts, detour, "CC");
    }
    // Without the C library's headers nothing links either, and it is they that are missing. Some may lie there although
    // their package is missing: a package manager was cut off while it unpacked them.
    if facts.native.capabilities.get("libc").is_some_and(|it| it.found.is_absent())
        || blame::lacking(facts, want, known, "libc")
    {
        let package = blame::package_words(facts, want, known, "libc");
        return verdict
            .cause(text!("cgo-compiler-libc", package = &package))
            .need(blame::need(facts, want, known, "libc"));
    }
    if facts.here.set("CC").is_some() {
        return cc(
            verdict.cause(text!("cgo-compiler-cc-broken", setting = blame::setting(facts, "CC"))),
            facts,
        );
    }
    let package = blame::package_words(facts, want, known, "c-compiler");
    verdict.cause(text!("cgo-compiler-damaged", package = &package)).need(Need::Damaged("c-compiler".into()))
}

/// With CC at fault where it is set; else PATH's first compiler is a person's choice.
fn cc(verdict: Verdict, facts: &Facts) -> Verdict {
    if facts.here.set("CC").is_some() {
        return blame::variable(verdict, facts, "CC");
    }
    if let Some(detour) = &facts.native.compiler.detour {
        return blame::detour(verdict, facts, detour, "CC");
    }
    verdict.decide(text!("cgo-compiler-foreign-decide"), None)
}

/// The machine that it compiles for, where that is not this one and nobody asked for another.
fn foreign(facts: &Facts) -> Option<&str> {
    let machine = facts.native.compiler.machine.as_deref()?;
    let cpu = machine.split('-').next()?;
    let same = cpu == facts.host.identity.arch || (cpu == "amd64" && facts.host.identity.arch == "x86_64");
    let linux = machine.contains("linux");
    let meant = facts.here.set("GOARCH").is_some() || facts.here.set("GOOS").is_some();
    (!(meant || (same && linux))).then_some(machine)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::native::Detour;

    #[test]
    fn headers_that_lie_there_without_their_package_do_not_blame_the_compiler() {
        let mut facts = broken_with("/usr/bin/ld: cannot find Scrt1.o");
        let names = |facts: &mut Facts, names: &[&str]| {
            let mut manager = facts.native.manager.here().cloned().expect("apt");
            manager.installed = names.iter().map(|it| ((*it).to_owned(), "1".to_owned())).collect();
            facts.native.manager = Fact::Here(manager);
        };
        names(&mut facts, &["gcc"]);
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Capability("libc".into())]);
        names(&mut facts, &["gcc", "libc6-dev"]);
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Damaged("c-compiler".into())]);
        // A compiler of another origin has its own C library.
        names(&mut facts, &[]);
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Damaged("c-compiler".into())]);
    }

    fn broken_with(words: &str) -> Facts {
        let mut facts = fixture::healthy();
        facts.native.compiler.works = Fact::Here(Err(words.into()));
        facts
    }

    #[test]
    fn no_compiler_needs_one() {
        let verdict = fixture::judged(&CHECK, &fixture::bare());
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.needs, [Need::Capability("c-compiler".into())]);
        assert!(verdict.cause.is_some_and(|it| it.to_string().contains("gcc")));
    }

    #[test]
    fn a_cc_that_is_gone_is_taken_out_of_the_go_env_file() {
        let mut facts = fixture::healthy();
        facts.native.compiler.command = vec!["/opt/cross/bin/gcc".into()];
        facts.native.compiler.path = Fact::Absent;
        fixture::set(&mut facts, "CC", "/opt/cross/bin/gcc", fixture::go_env());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("CC"));
        assert_eq!(verdict.needs, [Need::GoSetting { key: "CC".into(), value: None }]);
    }

    #[test]
    fn what_a_variable_spoils_is_not_the_compilers_fault() {
        let mut facts = broken_with("unrecognized option");
        facts.native.compiler.spoiled_by = Some("CGO_CFLAGS".into());
        fixture::set(&mut facts, "CGO_CFLAGS", "--bad", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).place.variable.as_deref(), Some("CGO_CFLAGS"));
    }

    #[test]
    fn a_linker_that_is_dead_on_path_costs_its_line_and_no_package() {
        let dir = "/home/linuxbrew/.linuxbrew/bin";
        let mut facts = broken_with("collect2: fatal error: cannot execute 'ld'");
        facts.native.compiler.detour = Some(Detour { dir: dir.into(), instead: None, dead: false });
        fixture::path_first(&mut facts, &[dir]);
        facts.here.path[0].origin = fixture::profile();
        let verdict = fixture::judged(&CHECK, &facts);
        assert!(verdict.cause.is_some_and(|it| it.to_string().contains(dir)));
        assert!(matches!(&verdict.needs[..], [Need::FileSetting { line: 9, .. }]), "{:?}", verdict.needs);
        facts.here.path[0].origin = crate::facts::settings::Origin::Terminal;
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Decision], "no file is known");
        let text = "# /home/linuxbrew/.linuxbrew\neval \"$(/home/linuxbrew/.linuxbrew/bin/brew shellenv)\"\n";
        facts.here.files = [("/root/.profile".into(), fixture::file("/root/.profile", text, true))].into();
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.place.line, &verdict.needs[..]), (Some(2), &[Need::Decision][..]));
    }

    #[test]
    fn a_compiler_that_does_not_compile_is_damaged_unless_the_c_library_is_missing() {
        let mut facts = broken_with("cc1: error");
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Damaged("c-compiler".into())]);
        facts.native.capabilities.get_mut("libc").expect("probed").found = Fact::Absent;
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Capability("libc".into())]);
    }

    #[test]
    fn a_compiler_for_another_machine_is_told() {
        for (machine, status) in [
            ("x86_64-linux-gnu", Status::Ok),
            ("x86_64-pc-linux-gnu", Status::Ok),
            ("x86_64-alpine-linux-musl", Status::Ok),
            ("aarch64-linux-gnu", Status::Fail),
            ("x86_64-w64-mingw32", Status::Fail),
        ] {
            let mut facts = fixture::healthy();
            facts.native.compiler.machine = Some(machine.into());
            assert_eq!(fixture::judged(&CHECK, &facts).status, status, "{machine}");
            fixture::set(&mut facts, "GOARCH", "arm64", fixture::profile());
            assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok, "{machine} is meant");
        }
    }
}
