//! Whether Go accepts GOFLAGS, and whether a flag in it bites.

use super::{Check, Group, Verdict, blame, setting};
use crate::fact::Fact;
use crate::facts::settings::{Origin, Setting};
use crate::facts::{Facts, goflags};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::probe::programs::first_line;
use crate::text::Text;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.flags", group: Group::Go, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let Some(set) = facts.here.get("GOFLAGS").filter(|it| !it.value.trim().is_empty()) else {
        return Verdict::ok(text!("go-flags-none"));
    };
    let place = setting::place(&set.origin);
    let fail = |summary, word: &str| {
        let verdict =
            Verdict::fail(summary).cause(text!("go-flags-cause", word = word, place = place.clone()));
        blame::at_fault(verdict, facts, "GOFLAGS", set, Some(""))
    };
    let flags = match goflags::split(&set.value) {
        Ok(flags) => flags,
        Err(word) => return fail(text!("go-flags-garbled", value = &set.value, word = &word), &word),
    };
    // Go itself has read it, and knows every flag of every command of its version.
    if let Some(said) = refused(facts) {
        return fail(text!("go-flags-refused", value = &set.value), &set.value).evidence(said);
    }
    if let Some(told) = linker_fault(facts, &set.value) {
        let verdict = Verdict::fail(text!("go-flags-linker", words = &told)).cause(text!(
            "go-flags-cause",
            word = &told,
            place = place.clone()
        ));
        return told_linker(verdict, facts);
    }
    if let Some(bad) = harmful(&flags, facts) {
        let place = place.clone();
        let verdict =
            Verdict::fail(bad.summary).cause(text!("go-flags-cause", word = &bad.word, place = place));
        return without(verdict, facts, set, &flags, bad.flag);
    }
    let named = |name: &str| flags.iter().find(|(flag, _)| flag == name);
    if let Some((_, value)) = named("mod")
        && !["mod", "readonly", "vendor"].contains(&value.as_str())
    {
        return fail(text!("go-flags-mod", value = value), &format!("-mod={value}"));
    }
    if named("mod").is_some_and(|(_, it)| it == "vendor")
        && facts.project.here().is_some_and(|it| it.fyne().is_some() && !it.vendor.is_here())
    {
        return fail(text!("go-flags-vendor"), "-mod=vendor");
    }
    if named("insecure").is_some() {
        let verdict = Verdict::warn(text!("go-flags-insecure")).cause(text!(
            "go-flags-cause",
            word = "-insecure",
            place = place.clone()
        ));
        return blame::at_fault(verdict, facts, "GOFLAGS", set, Some(""));
    }
    quiet(set, &flags)
}

/// A flag that Go accepts and with which no Fyne program is built, or none that shows a window.
struct Harmful<'a> {
    flag: &'a str,
    word: String,
    summary: Text,
}

/// Tags with which Fyne leaves its window driver out, or takes that of another platform.
const TAGS: &[&str] = &["ci", "mobile", "no_glfw", "tamago", "noos", "test_web_driver", "wasm"];

/// Forms of output that are programs.
const PROGRAMS: &[&str] = &["default", "exe", "pie"];

fn harmful<'a>(flags: &'a [(String, String)], facts: &Facts) -> Option<Harmful<'a>> {
    flags.iter().find_map(|(flag, value)| {
        let word = if value.is_empty() { format!("-{flag}") } else { format!("-{flag}={value}") };
        let on = !["false", "0", "f", "F", "FALSE", "False"].contains(&value.as_str());
        let tag = value.split([',', ' ']).find(|it| flag == "tags" && TAGS.contains(it));
        let summary = match (flag.as_str(), tag) {
            (_, Some(tag)) => text!("go-flags-tag", tag = tag),
            ("buildmode", _) if !PROGRAMS.contains(&value.as_str()) => {
                text!("go-flags-no-program", word = &word)
            }
            ("compiler", _) if value != "gc" => text!("go-flags-compiler", word = &word),
            ("n" | "linkshared", _) if on => text!("go-flags-no-program", word = &word),
            ("toolexec" | "overlay" | "modfile" | "pgo" | "exec", _) => {
                let gone = facts.here.flag_files.iter().find(|it| it.flag == *flag && !it.exists)?;
                text!("go-flags-file-gone", word = &word, path = &gone.path)
            }
            _ => return None,
        };
        Some(Harmful { flag, word, summary })
    })
}

/// What GOFLAGS tells the C linker, where with it nothing of Fyne's can be linked: that was tried, or needs no try, since
/// nobody has an OpenGL to link with statically.
fn linker_fault(facts: &Facts, value: &str) -> Option<String> {
    let told = goflags::linker(value);
    let native = &facts.native;
    let by_it = |it: &Option<String>| it.as_deref() == Some("GOFLAGS");
    let tried =
        by_it(&native.compiler.spoiled_by) || native.capabilities.values().any(|it| by_it(&it.hidden_by));
    let untried = native.compiler.works != Fact::Here(Ok(()));
    let plain = untried && told.iter().any(|it| it.trim_start_matches('-') == "static");
    (!told.is_empty() && (tried || plain)).then(|| told.join(" "))
}

/// The verdict with what GOFLAGS tells the linker at fault.
pub(super) fn told_linker(verdict: Verdict, facts: &Facts) -> Verdict {
    let Some(set) = facts.here.get("GOFLAGS") else { return verdict };
    let kept = goflags::without_linker(&goflags::split(&set.value).unwrap_or_default());
    with_flags(verdict, facts, set, &kept)
}

/// The setting without one of its flags.
fn without(
    verdict: Verdict,
    facts: &Facts,
    set: &Setting,
    flags: &[(String, String)],
    gone: &str,
) -> Verdict {
    let kept: Vec<_> = flags.iter().filter(|(flag, _)| flag != gone).cloned().collect();
    with_flags(verdict, facts, set, &kept)
}

/// The setting at fault, of which these flags are good: in Go's own file they stay.
fn with_flags(verdict: Verdict, facts: &Facts, set: &Setting, kept: &[(String, String)]) -> Verdict {
    let value = goflags::join(kept).filter(|it| !it.is_empty());
    match (&set.origin, value) {
        (Origin::GoEnv { .. }, Some(value)) => {
            let verdict =
                verdict.variable("GOFLAGS", &set.origin).evidence(setting::evidence("GOFLAGS", set));
            verdict.need(Need::GoSetting { key: "GOFLAGS".into(), value: Some(value.into()) })
        }
        _ => blame::at_fault(verdict, facts, "GOFLAGS", set, Some("")),
    }
}

fn quiet(set: &Setting, flags: &[(String, String)]) -> Verdict {
    let unusual =
        flags.iter().any(|(it, _)| ["toolexec", "overlay", "modfile", "exec"].contains(&it.as_str()));
    let summary = text!("go-flags-ok", value = &set.value);
    if unusual { Verdict::info(summary) } else { Verdict::ok(summary) }
}

/// What Go said, where it stopped at GOFLAGS.
fn refused(facts: &Facts) -> Option<String> {
    let said = facts.go.answer.here().filter(|_| !facts.go.answers)?;
    first_line(said).filter(|it| it.contains("GOFLAGS"))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::settings::FlagFile;

    fn status(value: &str) -> Status {
        let mut facts = fixture::with_project("2.8.1");
        fixture::set(&mut facts, "GOFLAGS", value, fixture::profile());
        fixture::judged(&CHECK, &facts).status
    }

    #[test]
    fn flags_are_judged_as_go_judges_them() {
        for (value, want) in [
            ("", Status::Ok),
            ("-mod=mod -trimpath", Status::Ok),
            ("-buildvcs=false", Status::Ok),
            ("'-ldflags=-s -w' -v", Status::Ok),
            ("-mod vendor", Status::Fail),
            ("mod", Status::Fail),
            ("-mod=no", Status::Fail),
            ("-mod=vendor", Status::Fail),
            ("'-ldflags=-s", Status::Fail),
            ("-insecure", Status::Warn),
            ("-toolexec=/usr/bin/time", Status::Info),
            ("-tags=ci", Status::Fail),
            ("-tags=debug,no_glfw", Status::Fail),
            ("-tags=x11,hints", Status::Ok),
            ("-buildmode=c-archive", Status::Fail),
            ("-buildmode=pie", Status::Ok),
            ("-compiler=gccgo", Status::Fail),
            ("-n", Status::Fail),
            ("-n=false -v", Status::Ok),
        ] {
            assert_eq!(status(value), want, "{value}");
        }
    }

    #[test]
    fn a_flag_that_names_a_file_that_is_gone_is_a_fault() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOFLAGS", "-overlay=/opt/patch.json", fixture::go_env());
        let mut file = FlagFile { flag: "overlay".into(), path: "/opt/patch.json".into(), exists: true };
        facts.here.flag_files = vec![file.clone()];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
        file.exists = false;
        facts.here.flag_files = vec![file];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }

    #[test]
    fn the_other_flags_stay_where_one_has_to_go() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOFLAGS", "-modcacherw -tags=ci -v", fixture::go_env());
        let needs = fixture::judged(&CHECK, &facts).needs;
        let value = Some("-modcacherw -v".to_owned());
        let value = value.map(Into::into);
        assert_eq!(needs, [Need::GoSetting { key: "GOFLAGS".into(), value }]);
        fixture::set(&mut facts, "GOFLAGS", "-tags=ci", fixture::go_env());
        let needs = fixture::judged(&CHECK, &facts).needs;
        assert_eq!(needs, [Need::GoSetting { key: "GOFLAGS".into(), value: None }]);
    }

    #[test]
    fn what_the_linker_is_told_is_a_fault_where_it_was_tried_or_needs_no_try() {
        let mut facts = fixture::healthy();
        let value = "-modcacherw '-ldflags=-s -w -extldflags=-static'";
        fixture::set(&mut facts, "GOFLAGS", value, fixture::go_env());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok, "it was tried, and does");
        let rest =
            Need::GoSetting { key: "GOFLAGS".into(), value: Some("-modcacherw '-ldflags=-s -w'".into()) };
        let mut tried = facts.clone();
        let gl = tried.native.capabilities.get_mut("gl").expect("probed");
        (gl.found, gl.part) = (Fact::Absent, Some(crate::facts::native::Part::Library));
        gl.hidden_by = Some("GOFLAGS".into());
        let verdict = fixture::judged(&CHECK, &tried);
        assert_eq!((verdict.status, &verdict.needs[..]), (Status::Fail, &[rest.clone()][..]));
        let all = super::super::judge(&tried, &fixture::want(), fixture::known(), &[]);
        let bad = all.iter().filter(|it| it.verdict.is_bad()).flat_map(|it| it.verdict.needs.clone());
        assert!(bad.collect::<Vec<_>>().iter().all(|it| *it == rest), "one need, whoever sees it");
        facts.native.compiler.works = Fact::Here(Err("cc1: error".into()));
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, &verdict.needs[..]), (Status::Fail, &[rest][..]));
    }

    #[test]
    fn what_go_itself_refuses_is_a_fault() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOFLAGS", "-nonsense", fixture::go_env());
        facts.go.answers = false;
        facts.go.answer = Fact::Here("go: parsing $GOFLAGS: unknown flag -nonsense\n".into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert!(verdict.evidence.iter().any(|it| it.contains("unknown flag")));
    }
}
