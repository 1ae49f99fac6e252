//! What cgo's flags ask of Apple's linker. Each thing is told by who set it. What only makes the linker warn is no fault; what
//! ends a link is told by the compiler's own check, in the words that stand here.

use super::super::{Verdict, blame, setting};
use crate::facts::xcode::numbers;
use crate::facts::{Facts, ldflags, words};
use crate::text::Text;

/// Variables whose words come to the linker.
const LINKING: [&str; 2] = ["CGO_LDFLAGS", "CGO_CFLAGS"];

/// The Xcode whose linker no longer has the classic one (its release notes; dotnet/macios#25676).
const NO_CLASSIC: u64 = 27;

pub(super) fn judge(facts: &Facts) -> Verdict {
    // The compiler fails because of one of them: it is said there.
    let spoiled = facts.native.compiler.spoiled_by.as_deref().filter(|it| it.starts_with("CGO_"));
    if let Some((name, set)) = spoiled.and_then(|it| Some((it, facts.here.get(it)?))) {
        let verdict = Verdict::fail(text!("cgo-flags-poisoned", variable = name, value = &set.value));
        return blame::at_fault(verdict, facts, name, set, None);
    }
    if let Some(verdict) = too_new(facts) {
        return verdict;
    }
    let told: Vec<(&str, Text)> =
        doubled(facts).into_iter().chain(classic(facts)).chain(gone(facts)).collect();
    let Some((_, first)) = told.first() else {
        return match facts.here.flag_dirs.iter().find(|it| it.variable != "SDKROOT") {
            Some(dir) => Verdict::info(text!("cgo-flags-own", variable = &dir.variable, flag = &dir.flag)),
            None => Verdict::ok(text!("cgo-flags-ok")),
        };
    };
    let verdict = Verdict::info(text!("cgo-flags-warns", what = first));
    let mut names: Vec<&str> = told.iter().map(|it| it.0).collect();
    names.dedup();
    let set = names.iter().filter_map(|it| Some((*it, facts.here.get(it)?)));
    set.fold(verdict, |verdict, (name, set)| verdict.evidence(setting::evidence(name, set)))
}

/// What is wrong with a variable without which the compiler works, where its words or the linker's say so.
pub(in crate::checks) fn cause(facts: &Facts, variable: &str, said: &str) -> Option<Text> {
    let set = facts.here.get(variable)?;
    let setting = || blame::setting(facts, variable);
    if let Some(framework) = ldflags::missing_framework(said) {
        let named = set.value.contains(framework);
        return named.then(|| text!("cgo-flags-framework-gone", setting = setting(), framework = framework));
    }
    let words = words::split(&set.value);
    if let Some(word) = ldflags::classic_linker(&words).filter(|it| said.contains(it)) {
        return Some(text!("cgo-flags-classic-gone", setting = setting(), flag = word));
    }
    let sysroot =
        |flag: &str| variable == "SDKROOT" || flag.starts_with("-isysroot") || flag.starts_with("--sysroot");
    let gone =
        facts.here.flag_dirs.iter().find(|it| it.variable == variable && !it.exists && sysroot(&it.flag));
    gone.map(|it| text!("cgo-flags-sdk-gone", setting = setting(), dir = &it.dir))
}

/// Programs for a newer macOS than this one.
fn too_new(facts: &Facts) -> Option<Verdict> {
    let system = facts.host.mac.as_ref()?.version?;
    let (name, target) = targets(facts).into_iter().next()?;
    let own = [u64::from(system.major), u64::from(system.minor)];
    // 15 is any release of it.
    let wanted = numbers(&target);
    let newer =
        wanted.iter().zip(&own).find(|(wanted, own)| wanted != own).is_some_and(|(wanted, own)| wanted > own);
    if !newer {
        return None;
    }
    let set = facts.here.get(name)?;
    let verdict = Verdict::warn(text!("cgo-flags-too-new", target = &target, system = system.to_string()))
        .cause(text!("cgo-flags-too-new-cause", setting = blame::setting(facts, name)));
    Some(blame::at_fault(verdict, facts, name, set, None))
}

/// For which macOS programs are built, by who says so.
fn targets(facts: &Facts) -> Vec<(&'static str, String)> {
    let flag = |name: &'static str| {
        let words = words::split(facts.here.set(name)?);
        ldflags::deployment_target(&words).map(|it| (name, it.to_owned()))
    };
    let variable =
        facts.here.set("MACOSX_DEPLOYMENT_TARGET").map(|it| ("MACOSX_DEPLOYMENT_TARGET", it.to_owned()));
    LINKING.into_iter().filter_map(flag).chain(variable).collect()
}

fn doubled(facts: &Facts) -> Option<(&'static str, Text)> {
    LINKING.into_iter().find_map(|name| {
        let doubled = ldflags::doubled_frameworks(&words::split(facts.here.set(name)?));
        let names = (!doubled.is_empty()).then(|| doubled.join(", "))?;
        Some((name, text!("cgo-flags-doubled", setting = blame::setting(facts, name), frameworks = names)))
    })
}

fn classic(facts: &Facts) -> Option<(&'static str, Text)> {
    LINKING.into_iter().find_map(|name| {
        let words = words::split(facts.here.set(name)?);
        let word = ldflags::classic_linker(&words)?;
        let setting = blame::setting(facts, name);
        Some((
            name,
            text!("cgo-flags-classic", setting = setting, flag = word, last = NO_CLASSIC.to_string()),
        ))
    })
}

/// A search path that is not there: the linker only warns.
fn gone(facts: &Facts) -> Option<(&'static str, Text)> {
    let searched =
        |flag: &str| flag.starts_with("-F") || flag.starts_with("-L") || flag.starts_with("-iframework");
    let dir = facts.here.flag_dirs.iter().find(|it| !it.exists && searched(&it.flag))?;
    let name = LINKING.into_iter().find(|it| *it == dir.variable)?;
    Some((name, text!("cgo-flags-dir-gone", setting = blame::setting(facts, name), dir = &dir.dir)))
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::facts::mac::{MacHost, MacVersion};
    use crate::facts::settings::FlagDir;
    use crate::need::Need;

    fn mac(set: &[(&str, &str)]) -> Facts {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "macos".into();
        facts.host.mac = Some(MacHost { version: Some(MacVersion::new(15, 2)), ..MacHost::default() });
        for (name, value) in set {
            fixture::set(&mut facts, name, value, fixture::profile());
        }
        facts
    }

    fn judged(set: &[(&str, &str)]) -> Verdict {
        fixture::judged(&CHECK, &mac(set))
    }

    #[test]
    fn what_makes_the_linker_warn_is_told_by_who_set_it_and_is_no_fault() {
        for (value, cause) in [
            ("-framework Metal -framework MetalKit -framework Metal", "cgo-flags-doubled"),
            ("-Wl,-ld_classic", "cgo-flags-classic"),
            ("-framework Metal -framework Foundation", ""),
        ] {
            let verdict = judged(&[("CGO_LDFLAGS", value)]);
            let status = if cause.is_empty() { Status::Ok } else { Status::Info };
            let said = verdict.summary.to_string();
            assert_eq!(
                (verdict.status, said.contains(cause), verdict.needs.len()),
                (status, true, 0),
                "{said}"
            );
            assert!(cause.is_empty() || verdict.evidence[0].contains(".profile:9"), "{verdict:?}");
        }
    }

    #[test]
    fn programs_for_a_newer_macos_than_this_one_are_a_warning_with_the_line_that_asks_for_them() {
        for (target, status) in [
            ("26.0", Status::Warn),
            ("15.4", Status::Warn),
            ("15", Status::Ok),
            ("15.2", Status::Ok),
            ("10.13", Status::Ok),
            ("what", Status::Ok),
        ] {
            let verdict = judged(&[("MACOSX_DEPLOYMENT_TARGET", target)]);
            assert_eq!(verdict.status, status, "{target}");
            if status == Status::Warn {
                assert_eq!(verdict.place.variable.as_deref(), Some("MACOSX_DEPLOYMENT_TARGET"));
                assert!(matches!(&verdict.needs[..], [Need::FileSetting { line: 9, .. }]), "{verdict:?}");
            }
        }
        // The flag beats the variable.
        let both = [("MACOSX_DEPLOYMENT_TARGET", "26.0"), ("CGO_CFLAGS", "-mmacosx-version-min=11.0")];
        assert_eq!(judged(&both).status, Status::Ok);
        let flag = judged(&[("CGO_LDFLAGS", "-mmacosx-version-min=26.0")]);
        assert_eq!(flag.place.variable.as_deref(), Some("CGO_LDFLAGS"));
    }

    #[test]
    fn a_search_path_that_is_gone_warns_and_an_sdk_that_is_gone_ends_the_build() {
        let with = |variable: &str, flag: &str, dir: &str| {
            let mut facts = mac(&[(variable, flag)]);
            let (variable, flag, dir) = (variable.into(), flag.into(), dir.into());
            facts.here.flag_dirs = vec![FlagDir { variable, flag, dir, exists: false, holds: vec![] }];
            facts
        };
        let facts = with("CGO_LDFLAGS", "-F/Library/Old", "/Library/Old");
        let verdict = fixture::judged(&CHECK, &facts);
        let said = verdict.summary.to_string();
        assert!(verdict.status == Status::Info && said.contains("cgo-flags-dir-gone"), "{said}");
        let sdk = "/Library/Developer/CommandLineTools/SDKs/MacOSX13.3.sdk";
        for (variable, flag) in [("CGO_CFLAGS", format!("-isysroot{sdk}")), ("SDKROOT", sdk.to_owned())] {
            let facts = with(variable, &flag, sdk);
            let said = cause(&facts, variable, "fatal error: 'stdlib.h' file not found").expect("a cause");
            assert_eq!(&*said.key, "cgo-flags-sdk-gone");
            assert!(said.to_string().contains("MacOSX13.3.sdk"), "{said}");
        }
    }

    #[test]
    fn what_ends_a_link_waits_for_the_compilers_own_check() {
        let mut facts = mac(&[("CGO_LDFLAGS", "-framework QTKit")]);
        facts.native.compiler.works = crate::fact::Fact::Here(Err("ld: framework 'QTKit' not found".into()));
        facts.native.compiler.spoiled_by = Some("CGO_LDFLAGS".into());
        let only = ["cgo.compiler".to_owned(), "cgo.flags".to_owned()];
        let all = super::super::super::judge(&facts, &fixture::want(), fixture::known(), &only);
        let seen: Vec<Status> = all.iter().map(|it| it.verdict.status).collect();
        assert_eq!(seen, [Status::Fail, Status::Waiting]);
    }
}
