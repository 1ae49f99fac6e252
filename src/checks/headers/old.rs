//! A library that is there and too old for this Fyne: a build tag leaves it out, where Fyne has one; else another Fyne is a
//! person's choice.

use super::super::{Verdict, blame};
use crate::facts::settings::Origin;
use crate::facts::{Facts, goflags};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::quoting::quoted;
use crate::want::Want;

pub(super) fn judge(facts: &Facts, want: &Want, known: &Knowledge, name: &str) -> Verdict {
    let package = blame::package(facts, want, known, name);
    let capability = known.packages.capability(name);
    let of = |it: Option<String>| it.unwrap_or_else(|| name.to_owned());
    let header = of(capability.and_then(|it| it.headers.first().cloned()));
    let word = of(capability.and_then(|it| it.macros.keys().next().cloned()));
    let since = of(capability.and_then(|it| it.macros.values().next().cloned()));
    let fyne = want.target.fyne.to_string();
    let verdict = Verdict::fail(text!("cgo-headers-old", since = &since, fyne = &fyne)).cause(text!(
        "cgo-headers-old-cause",
        package = &package,
        header = &header,
        word = &word,
        since = &since
    ));
    let installed = facts.native.manager.here().and_then(|it| it.installed.get(&package));
    let verdict = installed.iter().fold(verdict, |it, version| it.evidence(format!("{package} {version}")));
    let verdict = facts.native.capabilities[name].said.iter().fold(verdict, Verdict::evidence);
    left_out(verdict, facts, want, name)
}

/// With the tag that leaves it out.
fn left_out(verdict: Verdict, facts: &Facts, want: &Want, name: &str) -> Verdict {
    let tags = &want.target.tags;
    let Some(tag) = tags.iter().find(|(_, out)| out.iter().any(|it| it == name)).map(|it| it.0) else {
        return verdict.decide(text!("cgo-headers-old-decide", fyne = want.target.fyne.to_string()), None);
    };
    let set = facts.here.get("GOFLAGS").filter(|it| !it.value.trim().is_empty());
    let value = goflags::with_tag(set.map_or("", |it| it.value.as_str()), tag);
    let writable = || {
        let file = facts.here.go_env_file.as_deref().and_then(|it| facts.here.files.get(it));
        facts.here.go_env_file.is_some() && file.is_none_or(|it| it.writable)
    };
    let in_go_env = set.is_none_or(|it| matches!(it.origin, Origin::GoEnv { .. }));
    match value {
        Some(value) if in_go_env && writable() => {
            verdict.need(Need::GoSetting { key: "GOFLAGS".into(), value: Some(value.into()) })
        }
        value => {
            let command = value.map(|it| format!("export GOFLAGS={}", quoted(&it)));
            verdict.decide(text!("cgo-headers-old-tag", tag = tag), command)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::fact::Fact;
    use crate::facts::native::Part;

    fn old() -> Facts {
        let mut facts = fixture::healthy();
        let wayland = facts.native.capabilities.get_mut("wayland").expect("probed");
        (wayland.found, wayland.part) = (Fact::Absent, Some(Part::Age));
        wayland.said = Some("program.c:20:2: error: #error WL_MARSHAL_FLAG_DESTROY is not defined".into());
        facts
    }

    #[test]
    fn a_wayland_that_is_too_old_is_left_out_by_its_tag() {
        let mut facts = old();
        let verdict = fixture::judged(&CHECK, &facts);
        let need = |value: &str| Need::GoSetting { key: "GOFLAGS".into(), value: Some(value.into()) };
        assert_eq!((verdict.status, &verdict.needs[..]), (Status::Fail, &[need("-tags=x11")][..]));
        assert!(verdict.cause.is_some_and(|it| it.to_string().contains("libwayland-dev")));
        fixture::set(&mut facts, "GOFLAGS", "-v -tags=debug", fixture::go_env());
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [need("-v -tags=debug,x11")]);
        fixture::set(&mut facts, "GOFLAGS", "-v", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        let command = verdict.decision.and_then(|it| it.command);
        assert_eq!(
            (&verdict.needs[..], command.as_deref()),
            (&[Need::Decision][..], Some("export GOFLAGS='-v -tags=x11'"))
        );
        fixture::set(&mut facts, "GOFLAGS", "-tags=x11", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok, "nothing of it is asked for any more");
    }

    #[test]
    fn a_line_of_fyne_without_a_tag_leaves_it_to_a_person_and_one_that_needs_none_says_nothing() {
        let mut want = fixture::want();
        want.target.tags.clear();
        let judge = |want: &Want| (CHECK.judge)(&old(), want, fixture::known());
        assert_eq!(judge(&want).needs, [Need::Decision]);
        want.target.needs.retain(|it| it != "wayland");
        assert_eq!(judge(&want).status, Status::Ok);
    }
}
