//! Whether Go accepts GOFLAGS, and whether a flag in it bites.

use super::{Check, Group, Verdict, setting};
use crate::facts::settings::Setting;
use crate::facts::{Facts, goflags};
use crate::probe::programs::first_line;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.flags", group: Group::Go, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want) -> Verdict {
    let Some(set) = facts.here.get("GOFLAGS").filter(|it| !it.value.trim().is_empty()) else {
        return Verdict::ok(text!("go-flags-none"));
    };
    let place = setting::place(&set.origin);
    let fail = |summary, word: &str| {
        let verdict =
            Verdict::fail(summary).cause(text!("go-flags-cause", word = word, place = place.clone()));
        setting::at_fault(verdict, "GOFLAGS", set, Some(""))
    };
    let flags = match goflags::split(&set.value) {
        Ok(flags) => flags,
        Err(word) => return fail(text!("go-flags-garbled", value = &set.value, word = &word), &word),
    };
    // Go itself has read it, and knows every flag of every command of its version.
    if let Some(said) = refused(facts) {
        return fail(text!("go-flags-refused", value = &set.value), &set.value).evidence(said);
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
        return setting::at_fault(verdict, "GOFLAGS", set, Some(""));
    }
    quiet(set, &flags)
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
    use crate::facts::Fact;

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
        ] {
            assert_eq!(status(value), want, "{value}");
        }
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
