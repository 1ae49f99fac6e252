//! Microsoft's compiler, resource compiler and SDK. cgo does not use them, so that they are missing is no fault, unless they
//! were asked for (`--msvc`).

use super::{Check, Group, Verdict};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::msvc::{Install, Msvc, Tried};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::PathStyle;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "native.msvc", group: Group::Cgo, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    if facts.host.identity.os != "windows" {
        return Verdict::skipped(text!("native-msvc-elsewhere"));
    }
    let msvc = match &facts.native.msvc {
        Fact::Here(msvc) => msvc,
        Fact::Absent => return absent(want),
        Fact::Unknown(why) if want.msvc => return Verdict::unknown(text!("native-msvc-unknown", why = why)),
        Fact::Unknown(why) => return Verdict::info(text!("native-msvc-unknown", why = why)),
    };
    let Some(best) = msvc.best() else { return absent(want) };
    let missing = msvc.missing();
    if !missing.is_empty() {
        return incomplete(msvc, best, &missing, want);
    }
    if best.restart {
        let verdict = bad(want, text!("native-msvc-restart", name = &best.name));
        return verdict.decide(text!("native-msvc-restart-decide"), None);
    }
    tried(msvc, best, want)
}

/// A fault where it was asked for.
fn bad(want: &Want, summary: crate::text::Text) -> Verdict {
    if want.msvc { Verdict::fail(summary) } else { Verdict::info(summary) }
}

fn absent(want: &Want) -> Verdict {
    let verdict = bad(want, text!("native-msvc-absent")).cause(text!("native-msvc-cgo"));
    if want.msvc { verdict.need(Need::Capability("msvc".into())) } else { verdict }
}

/// The shell is there, and the tools are not: `Desktop development with C++` was not chosen.
fn incomplete(msvc: &Msvc, best: &Install, missing: &[&str], want: &Want) -> Verdict {
    let summary = text!(
        "native-msvc-incomplete",
        name = &best.name,
        count = missing.len(),
        components = missing.join(", ")
    );
    let verdict = bad(want, summary)
        .cause(text!("native-msvc-incomplete-cause", dir = PathStyle::Windows.shown(&best.path)))
        .evidence(format!("installationVersion: {}", best.version));
    match (&msvc.setup, want.msvc) {
        (Some(setup), true) => verdict.need(Need::VisualStudio {
            setup: setup.clone(),
            install: best.path.clone(),
            add: missing.iter().map(|&it| it.to_owned()).collect(),
        }),
        (None, true) => verdict.decide(text!("native-msvc-no-setup"), None),
        (_, false) => verdict,
    }
}

fn tried(msvc: &Msvc, best: &Install, want: &Want) -> Verdict {
    let tools = best.tools.as_deref().unwrap_or_default();
    let sdk = msvc.sdk.as_deref().unwrap_or_default();
    let fine = text!("native-msvc-ok", name = &best.name, tools = tools, sdk = sdk);
    let (key, said) = match &msvc.tried {
        // Without `--msvc` nobody builds with it.
        None => return Verdict::info(fine).cause(text!("native-msvc-cgo")),
        Some(Fact::Here(Tried::Ran(seen))) => {
            let line = format!(
                "vcvars64.bat: {} variables, VCToolsVersion {}",
                seen.changed,
                seen.tools.as_deref().unwrap_or("?")
            );
            return Verdict::ok(fine).evidence(line);
        }
        Some(Fact::Here(Tried::NoEnvironment(said))) => ("native-msvc-no-environment", said),
        Some(Fact::Here(Tried::NoResources(said))) => ("native-msvc-no-resources", said),
        Some(Fact::Here(Tried::NotBuilt(said))) => ("native-msvc-not-built", said),
        Some(Fact::Here(Tried::NotStarted(said))) => ("native-msvc-not-started", said),
        Some(Fact::Absent) => {
            return Verdict::unknown(text!("native-msvc-unknown", why = text!("why-absent")));
        }
        Some(Fact::Unknown(why)) => return Verdict::unknown(text!("native-msvc-unknown", why = why)),
    };
    let summary = crate::text::Text::new(key).with("name", &best.name);
    bad(want, summary).evidence(said).decide(text!("native-msvc-repair"), None)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::msvc::{Environment, TOOLS};

    fn shell(tools: Option<&str>, sdk: Option<&str>) -> Msvc {
        let install = Install {
            name: "Visual Studio Community 2022".into(),
            version: "17.9.34902.65".into(),
            path: "C:/Program Files/Microsoft Visual Studio/2022/Community".into(),
            complete: true,
            tools: tools.map(str::to_owned),
            ..Install::default()
        };
        Msvc {
            installs: vec![install],
            sdk: sdk.map(str::to_owned),
            setup: Some("C:/I/setup.exe".into()),
            tried: None,
        }
    }

    fn judged(msvc: Fact<Msvc>, wanted: bool) -> Verdict {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "windows".into();
        facts.native.msvc = msvc;
        let want = Want { msvc: wanted, ..fixture::want() };
        judge(&facts, &want, fixture::known())
    }

    #[test]
    fn without_being_asked_for_nothing_of_it_is_a_fault() {
        for msvc in [
            Fact::Absent,
            Fact::Here(Msvc::default()),
            Fact::Here(shell(None, None)),
            Fact::Here(shell(Some("14.39.1"), Some("10.0.22621.0"))),
            Fact::Unknown(text!("why-absent").into()),
        ] {
            let verdict = judged(msvc.clone(), false);
            assert_eq!((verdict.status, verdict.needs), (Status::Info, vec![]), "{msvc:?}");
        }
        assert_eq!(fixture::judged(&CHECK, &fixture::healthy()).status, Status::Skipped);
    }

    #[test]
    fn what_is_missing_is_named_by_its_component_and_added() {
        let verdict = judged(Fact::Here(shell(None, Some("10.0.22621.0"))), true);
        assert_eq!(verdict.status, Status::Fail);
        let Need::VisualStudio { add, install, .. } = &verdict.needs[0] else { panic!("{verdict:?}") };
        assert_eq!((&add[..], install.ends_with("Community")), (&[TOOLS.to_owned()][..], true));
        assert_eq!(judged(Fact::Absent, true).needs, [Need::Capability("msvc".into())]);
    }

    #[test]
    fn what_was_asked_for_has_to_build_and_to_start() {
        for (tried, status) in [
            (Tried::Ran(Environment::default()), Status::Ok),
            (Tried::NoEnvironment("x".into()), Status::Fail),
            (Tried::NoResources("x".into()), Status::Fail),
            (Tried::NotBuilt("x".into()), Status::Fail),
            (Tried::NotStarted("x".into()), Status::Fail),
        ] {
            let mut msvc = shell(Some("14.39.1"), Some("10.0.22621.0"));
            msvc.tried = Some(Fact::Here(tried.clone()));
            assert_eq!(judged(Fact::Here(msvc), true).status, status, "{tried:?}");
        }
        let mut msvc = shell(Some("14.39.1"), Some("10.0.22621.0"));
        msvc.installs[0].restart = true;
        assert_eq!(judged(Fact::Here(msvc), true).needs, [Need::Decision], "we never restart a machine");
    }
}
