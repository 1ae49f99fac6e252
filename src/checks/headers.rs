//! Whether every header that GLFW and the OpenGL bindings include can be read by the compiler.

use super::{Check, Group, Verdict, blame};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::native::Part;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

mod apart;
mod damaged;
mod old;

pub(super) const CHECK: Check = Check {
    id: "cgo.headers",
    group: Group::Cgo,
    after: &["system.tmp", "cgo.compiler", "cgo.flags"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if facts.host.identity.os == "windows" {
        return Verdict::skipped(text!("cgo-headers-windows"));
    }
    if facts.host.is_mac() {
        return Verdict::skipped(text!("cgo-headers-macos"));
    }
    judge_part(facts, want, known, Part::Header)
}

/// Headers and libraries fail in the same ways.
pub(super) fn judge_part(facts: &Facts, want: &Want, known: &Knowledge, part: Part) -> Verdict {
    let missing = blame::missing(facts, want, known, part);
    let of = |name: &String| &facts.native.capabilities[name];
    if let Some(first) = missing.iter().find(|it| of(it).hidden_by.is_some()) {
        return hidden(facts, want, known, part, &missing, first);
    }
    let (apart, missing): (Vec<String>, Vec<String>) =
        missing.into_iter().partition(|it| of(it).told_by_module.is_some());
    if missing.is_empty() && !apart.is_empty() {
        return apart::judge(facts, want, known, &apart);
    }
    if missing.is_empty() {
        let old = blame::missing(facts, want, known, Part::Age);
        let old = old.first().filter(|_| part == Part::Header);
        return old.map_or_else(|| fine(facts, want, known, part), |it| old::judge(facts, want, known, it));
    }
    let roots = blame::roots(facts, want, known, &missing);
    let waiting = missing.len() - roots.len();
    let (damaged, missing): (Vec<String>, Vec<String>) =
        roots.into_iter().partition(|it| part == Part::Header && of(it).damaged.is_some());
    if !damaged.is_empty() {
        let verdict = waited(damaged::judge(facts, want, known, &damaged), waiting);
        let others =
            missing.iter().fold(verdict, |verdict, it| verdict.need(blame::need(facts, want, known, it)));
        return others.on_its_own();
    }
    let all: Vec<String> = missing.iter().map(|it| what(it, known, part)).collect();
    let key = if part == Part::Header { "cgo-headers-missing" } else { "cgo-libraries-missing" };
    let summary = crate::text::Text::new(key).with("count", all.len()).with("what", all.join(", "));
    let mut verdict = Verdict::fail(summary);
    verdict = match missing.iter().find_map(|it| of(it).damaged.as_ref()) {
        Some(link) => verdict.cause(text!("cgo-libraries-dangling", path = link)).file(link, None),
        None => verdict.cause(cause(facts, want, known, &missing, &all)),
    };
    verdict = waited(verdict, waiting);
    for name in &missing {
        let need = match of(name).damaged {
            Some(_) => crate::need::Need::Damaged(name.clone()),
            None => blame::need(facts, want, known, name),
        };
        verdict = verdict.evidence(of(name).said.as_ref().unwrap_or(&of(name).tried)).need(need);
    }
    if !apart.is_empty() {
        verdict = blame::besides(verdict, apart::judge(facts, want, known, &apart));
    }
    // What stands nowhere is missing whether or not a compiler can say so.
    verdict.on_its_own()
}

/// The verdict with how many parts fail after what it names.
fn waited(mut verdict: Verdict, waiting: usize) -> Verdict {
    if waiting == 0 {
        return verdict;
    }
    let cause = verdict.cause.take().unwrap_or_else(|| verdict.summary.clone());
    verdict.cause(text!("cgo-parts-waiting", cause = cause, count = waiting))
}

/// Something hides `first`. What is not installed either is named with it: that shows, whatever hides the rest.
fn hidden(
    facts: &Facts,
    want: &Want,
    known: &Knowledge,
    part: Part,
    missing: &[String],
    first: &str,
) -> Verdict {
    let of = |name: &str| &facts.native.capabilities[name];
    let variable = of(first).hidden_by.clone().unwrap_or_default();
    let what = what(first, known, part);
    let setting = blame::hider_words(facts, &variable);
    let mut cause = text!("cgo-parts-hidden-cause", setting = setting, what = &what);
    let absent = |it: &&String| {
        of(it).hidden_by.is_none() && of(it).damaged.is_none() && !blame::installed(facts, want, known, it)
    };
    let besides: Vec<String> = missing.iter().filter(absent).cloned().collect();
    if !besides.is_empty() {
        let all: Vec<String> = besides.iter().map(|it| self::what(it, known, part)).collect();
        let packages = self::cause(facts, want, known, &besides, &all);
        cause = text!("cgo-parts-hidden-besides", hidden = cause, what = all.join(", "), missing = packages);
    }
    let verdict = Verdict::fail(text!("cgo-parts-hidden", what = &what)).cause(cause);
    let verdict = blame::hider(verdict, facts, &variable);
    let verdict = of(first).said.iter().fold(verdict, Verdict::evidence);
    besides.iter().fold(verdict, |verdict, it| {
        let verdict = of(it).said.iter().fold(verdict, Verdict::evidence);
        verdict.need(blame::need(facts, want, known, it))
    })
}

fn cause(
    facts: &Facts,
    want: &Want,
    known: &Knowledge,
    missing: &[String],
    all: &[String],
) -> crate::text::Text {
    let mut packages: Vec<String> = Vec::new();
    for name in missing {
        let names = match blame::damaged(facts, name) {
            [] => known.packages.supplies(name, &facts.host, &want.target.fyne),
            damaged => damaged.to_vec(),
        };
        packages.extend(names.into_iter().filter(|it| !packages.contains(it)).collect::<Vec<_>>());
    }
    if packages.is_empty() {
        return text!("cgo-parts-unnamed-cause", what = all.join(", "));
    }
    let damaged = missing.iter().filter(|it| blame::installed(facts, want, known, it)).count();
    let names = packages.join(" ");
    if damaged == missing.len() {
        return text!("cgo-parts-damaged-cause", names = &names, what = all.join(", "));
    }
    text!("cgo-parts-missing-cause", count = packages.len(), names = &names)
}

/// The header or library of a capability, as a compiler names it.
fn what(name: &str, known: &Knowledge, part: Part) -> String {
    let Some(capability) = known.packages.capability(name) else { return name.to_owned() };
    let first = match part {
        Part::Header => capability.headers.first().cloned(),
        _ => capability.libraries.first().map(|it| format!("-l{it}")),
    };
    first.unwrap_or_else(|| name.to_owned())
}

fn fine(facts: &Facts, want: &Want, known: &Knowledge, part: Part) -> Verdict {
    let wanted = blame::wanted(facts, want, known);
    let of = |name: &String| {
        let table = known.packages.capability(name);
        let there = table.is_some_and(|it| match part {
            Part::Header => !it.headers.is_empty(),
            _ => !it.libraries.is_empty(),
        });
        facts.native.capabilities.get(name).filter(|_| there)
    };
    let probed: Vec<_> = wanted.iter().filter_map(of).collect();
    let key = if part == Part::Header { "cgo-headers" } else { "cgo-libraries" };
    let unknown = probed.iter().find_map(|it| match &it.found {
        Fact::Unknown(why) => Some(why),
        _ => None,
    });
    match unknown {
        Some(_) if facts.native.compiler.works != Fact::Here(Ok(())) => {
            Verdict::unknown(text!("cgo-parts-wait"))
        }
        Some(why) => Verdict::unknown(crate::text::Text::new(format!("{key}-unknown")).with("why", why)),
        None => Verdict::ok(crate::text::Text::new(format!("{key}-ok")).with("count", probed.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture, judge};
    use super::*;
    use crate::need::Need;

    fn without(names: &[&str]) -> Facts {
        let mut facts = fixture::healthy();
        for name in names {
            let probed = facts.native.capabilities.get_mut(*name).expect("probed");
            probed.found = Fact::Absent;
            probed.part = Some(Part::Header);
            probed.said = Some(format!(
                "program.c:1:10: fatal error: {}: No such file",
                what(name, fixture::known(), Part::Header)
            ));
        }
        facts
    }

    #[test]
    fn a_missing_header_names_itself_and_its_package() {
        let verdict = fixture::judged(&CHECK, &without(&["xrandr"]));
        assert_eq!(verdict.status, Status::Fail);
        assert!(verdict.summary.to_string().contains("X11/extensions/Xrandr.h"), "{}", verdict.summary);
        assert!(verdict.cause.as_ref().is_some_and(|it| it.to_string().contains("libxrandr-dev")));
        assert_eq!(verdict.needs, [Need::Capability("xrandr".into())]);
    }

    #[test]
    fn an_installed_package_without_its_header_is_damaged() {
        let mut facts = without(&["xrandr"]);
        let mut manager = facts.native.manager.here().cloned().expect("apt");
        manager.installed.insert("libxrandr-dev".into(), "2:1.5.2".into());
        facts.native.manager = Fact::Here(manager);
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Damaged("xrandr".into())]);
    }

    #[test]
    fn a_damaged_header_is_named_and_those_that_include_it_wait_for_it() {
        let names = ["x11", "xcursor", "xrandr", "xi"];
        let mut facts = without(&names);
        let mut manager = facts.native.manager.here().cloned().expect("apt");
        for name in names {
            for package in fixture::known().packages.supplies(name, &facts.host, &fixture::want().target.fyne)
            {
                manager.installed.insert(package, "1".into());
            }
            facts.native.damaged.insert(name.into(), vec!["libx11-dev".into()]);
        }
        facts.native.manager = Fact::Here(manager);
        let verdict = fixture::judged(&CHECK, &facts);
        let cause = verdict.cause.as_ref().map(ToString::to_string).unwrap_or_default();
        assert_eq!(verdict.needs, [Need::Damaged("x11".into())]);
        assert!(cause.contains("libx11-dev") && cause.contains("count=3"), "{cause}");
        assert!(!cause.contains("libxrandr") && !verdict.summary.to_string().contains("Xrandr"), "{cause}");
        // One package that none of them brings by itself: it is named, and the first header with it.
        for name in names {
            facts.native.damaged.insert(name.into(), vec!["x11proto-dev".into()]);
        }
        let verdict = fixture::judged(&CHECK, &facts);
        let cause = verdict.cause.as_ref().map(ToString::to_string).unwrap_or_default();
        assert_eq!(verdict.needs.len(), 1, "{:?}", verdict.needs);
        assert!(cause.contains("x11proto-dev") && !cause.contains("libx"), "{cause}");
        // Two that are damaged for themselves are two.
        facts.native.damaged.insert("xi".into(), vec!["libxi-dev".into()]);
        facts.native.damaged.insert("x11".into(), vec!["libx11-dev".into()]);
        assert_eq!(fixture::judged(&CHECK, &facts).needs.len(), 3);
    }

    #[test]
    fn headers_that_a_variable_hides_need_no_package() {
        let mut facts = without(&["x11", "xrandr"]);
        for name in ["x11", "xrandr"] {
            facts.native.capabilities.get_mut(name).expect("probed").hidden_by = Some("CGO_CPPFLAGS".into());
        }
        fixture::set(&mut facts, "CGO_CPPFLAGS", "-I/opt/old-sdk/include", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("CGO_CPPFLAGS"));
        assert!(matches!(&verdict.needs[..], [Need::FileSetting { .. }]));
    }

    #[test]
    fn what_is_missing_besides_what_a_variable_hides_is_named_at_once() {
        let mut facts = without(&["x11", "xcursor", "xrandr"]);
        facts.native.capabilities.get_mut("x11").expect("probed").hidden_by = Some("CPATH".into());
        fixture::set(&mut facts, "CPATH", "/opt/sdk/include", fixture::profile());
        let mut manager = facts.native.manager.here().cloned().expect("apt");
        manager.installed.insert("libxrandr-dev".into(), "2:1.5.2".into());
        facts.native.manager = Fact::Here(manager);
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("CPATH"));
        let cause = verdict.cause.as_ref().map(ToString::to_string).unwrap_or_default();
        assert!(cause.contains("CPATH") && cause.contains("libxcursor-dev"), "{cause}");
        // Whose package is there may be hidden by more than this; that shows once this is gone.
        assert!(!cause.contains("libxrandr-dev"), "{cause}");
        assert!(
            matches!(&verdict.needs[..], [Need::FileSetting { .. }, Need::Capability(it)] if it == "xcursor")
        );
    }

    #[test]
    fn on_a_bare_machine_headers_are_a_cause_of_their_own_and_what_only_a_compiler_can_tell_waits() {
        let of = |facts: &Facts| {
            let found = judge(facts, &fixture::want(), fixture::known(), &["cgo".into()]);
            let it = found.iter().find(|it| it.id == CHECK.id).cloned().expect("judged");
            (it.verdict.status, it.verdict.needs.len(), it.blocked_by)
        };
        let (status, needs, blocked) = of(&fixture::bare());
        assert_eq!((status, blocked.len()), (Status::Fail, 0));
        assert!(needs >= 10, "{needs}");
        let mut facts = fixture::bare();
        for it in facts.native.capabilities.values_mut() {
            it.found = Fact::Unknown(text!("why-no-compiler").into());
        }
        assert_eq!(of(&facts), (Status::Waiting, 0, vec!["cgo.compiler".to_owned()]));
    }
}
