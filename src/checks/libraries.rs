//! Whether every library that Fyne's dependencies link with is found by the linker.

use std::path::Path;

use super::{Check, Group, Verdict, blame, headers};
use crate::facts::native::Part;
use crate::facts::{Facts, ldso};
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "cgo.libraries",
    group: Group::Cgo,
    after: &["system.tmp", "cgo.compiler", "cgo.flags"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if facts.host.identity.os == "windows" {
        return Verdict::skipped(text!("cgo-libraries-windows"));
    }
    if facts.host.is_mac() {
        return Verdict::skipped(text!("cgo-libraries-macos"));
    }
    let linked = headers::judge_part(facts, want, known, Part::Library);
    let lost = facts.deep.as_ref().and_then(|it| it.loader.here()).filter(|it| !it.is_empty());
    match lost {
        Some(lost) if !linked.is_bad() => unloaded(facts, want, known, lost),
        _ => linked,
    }
}

/// The linker finds everything, and the loader does not.
fn unloaded(facts: &Facts, want: &Want, known: &Knowledge, lost: &[String]) -> Verdict {
    let verdict = Verdict::fail(text!("cgo-libraries-unloaded", what = &lost[0]))
        .cause(text!("cgo-libraries-unloaded-cause", what = lost.join(", ")));
    let table = &known.packages;
    let brings = |line: &String| {
        let soname = line.split([':', ' ']).next()?;
        let name = ldso::linked_as(soname)?;
        let wanted = table.expand(&want.target.needs).into_iter();
        wanted
            .into_iter()
            .find(|it| table.capability(it).is_some_and(|it| it.libraries.iter().any(|it| it == name)))
    };
    let verdict = lost.iter().fold(verdict, |it, line| it.evidence(line));
    // What a variable leads the loader to is not the package's.
    let led = facts.here.set("LD_LIBRARY_PATH").into_iter();
    if led
        .flat_map(|it| facts.here.style.list(it))
        .any(|dir| lost.iter().any(|it| Path::new(it).starts_with(&dir)))
    {
        return blame::variable(verdict, facts, "LD_LIBRARY_PATH");
    }
    let needs = lost.iter().filter_map(brings);
    needs.fold(verdict, |it, name| it.need(blame::need(facts, want, known, &name)))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Fact;
    use crate::need::Need;

    fn without(name: &str) -> Facts {
        let mut facts = fixture::healthy();
        let probed = facts.native.capabilities.get_mut(name).expect("probed");
        (probed.found, probed.part) = (Fact::Absent, Some(Part::Library));
        facts
    }

    #[test]
    fn a_library_is_named_as_the_linker_names_it() {
        let verdict = fixture::judged(&CHECK, &without("xxf86vm"));
        assert_eq!(verdict.status, Status::Fail);
        assert!(verdict.summary.to_string().contains("-lXxf86vm"));
        assert!(verdict.cause.is_some_and(|it| it.to_string().contains("libxxf86vm-dev")));
        assert_eq!(verdict.needs, [Need::Capability("xxf86vm".into())]);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_named() {
        let mut facts = without("gl");
        let link = "/usr/lib/x86_64-linux-gnu/libGL.so";
        facts.native.capabilities.get_mut("gl").expect("probed").damaged = Some(link.into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.file.as_deref(), Some(link));
        assert_eq!(verdict.needs, [Need::Damaged("gl".into())]);
    }

    #[test]
    fn what_the_linker_finds_and_the_loader_does_not_shows_in_a_long_look() {
        let mut facts = fixture::healthy();
        let deep = |lost: &[&str]| crate::facts::Deep {
            loader: Fact::Here(lost.iter().map(|it| (*it).to_owned()).collect()),
            ..<_>::default()
        };
        facts.deep = Some(deep(&[]));
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        facts.deep = Some(deep(&["libGL.so.1: file too short", "libmine.so.2 => not found"]));
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.evidence.len()), (Status::Fail, 2));
        assert_eq!(verdict.needs.len(), 1, "{:?}", verdict.needs);
        fixture::set(&mut facts, "LD_LIBRARY_PATH", "/opt/x", fixture::profile());
        facts.deep = Some(deep(&["/opt/x/libX11.so.6: file too short"]));
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("LD_LIBRARY_PATH"));
        assert!(matches!(&verdict.needs[..], [Need::FileSetting { .. }]), "{:?}", verdict.needs);
    }
}
