//! The same for a Mac: new enough or not, and what of it is worth knowing. What each release of Go asks of macOS is in the
//! manifest, and decides which Go is chosen.

use super::super::Verdict;
use super::PROCESSORS;
use crate::facts::Facts;
use crate::facts::mac::{MacHost, MacVersion};
use crate::need::Need;
use crate::text::Text;
use crate::want::Want;

/// The oldest macOS that Fyne 2.8 runs on, by its changelog.
const OLDEST: MacVersion = MacVersion::new(10, 15);

pub(super) fn judge(facts: &Facts, want: &Want) -> Verdict {
    let identity = &facts.host.identity;
    if !PROCESSORS.contains(&identity.arch.as_str()) {
        return super::processor(&identity.arch, "system-os-foreign-decide");
    }
    let mac = facts.host.mac.clone().unwrap_or_default();
    let Some(version) = mac.version else { return Verdict::unknown(text!("system-os-mac-unseen")) };
    let shown = version.to_string();
    if version < OLDEST && want.target.fyne.line() >= (2, 8) {
        return Verdict::fail(text!("system-os-mac-old", version = &shown))
            .cause(text!("system-os-mac-old-cause", fyne = &want.target.fyne, least = OLDEST.to_string()))
            .decide(
                text!("system-os-mac-old-decide"),
                Some("fyne-setup install --fyne 2.7.4 --go 1.20".to_owned()),
            );
    }
    if let Some(last) = want.target.last_here() {
        return Verdict::fail(text!("system-os-mac-no-go", version = &shown))
            .cause(text!("system-os-mac-no-go-cause", last = &last))
            .need(Need::Go(want.target.go)); // which does not run here: judging makes it a choice
    }
    let (name, processor) = (format!("macOS {shown}"), &identity.arch);
    let verdict = match told(facts, &mac) {
        Some(what) => {
            Verdict::info(text!("system-os-noted", name = &name, processor = processor, what = &what))
                .cause(what)
        }
        None => Verdict::ok(text!("system-os-ok", name = &name, processor = processor)),
    };
    evidence(&mac).into_iter().fold(verdict, Verdict::evidence)
}

/// What bites, the first the most.
fn told(facts: &Facts, mac: &MacHost) -> Option<Text> {
    if mac.translated {
        return Some(text!("system-os-mac-translated"));
    }
    // Only where somebody has set it: else every Mac has the same, and programs know that.
    let path = mac.gui_path.here()?;
    let go = facts.go.in_use()?.command.as_deref()?.parent()?;
    let has = path.split(':').any(|it| std::path::Path::new(it) == go);
    (!has).then(|| text!("system-os-mac-gui", dir = go))
}

/// As the Mac itself says it.
fn evidence(mac: &MacHost) -> Vec<String> {
    let build = (!mac.build.is_empty()).then(|| format!("ProductBuildVersion {}", mac.build));
    let path = mac.gui_path.here().map(|it| format!("launchctl getenv PATH: {it}"));
    let agent = mac.gui_agent.as_ref().map(|it| it.display().to_string());
    build.into_iter().chain(path).chain(agent).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::fact::Fact;

    fn judged(want: &Want, change: impl FnOnce(&mut Facts, &mut MacHost)) -> Verdict {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "macos".into();
        facts.host.identity.arch = "aarch64".into();
        let mut mac =
            MacHost { version: Some(MacVersion::new(15, 2)), gui_path: Fact::Absent, ..MacHost::default() };
        change(&mut facts, &mut mac);
        facts.host.mac = Some(mac);
        (CHECK.judge)(&facts, want, fixture::known())
    }

    #[test]
    fn a_mac_is_new_enough_or_says_what_it_needs() {
        let old = Want {
            target: crate::want::Target {
                fyne: "2.7.4".parse().expect("a version"),
                ..fixture::want().target
            },
            ..fixture::want()
        };
        let (new, ok) = (fixture::want(), (Status::Ok, "system-os-ok"));
        for (want, version, expected) in [
            (&new, MacVersion::new(26, 0), ok),
            (&new, MacVersion::new(10, 15), ok),
            (&new, MacVersion { patch: 6, ..MacVersion::new(10, 14) }, (Status::Fail, "system-os-mac-old")),
            (&old, MacVersion::new(10, 14), ok),
        ] {
            let verdict = judged(want, |_, mac| mac.version = Some(version));
            assert_eq!((verdict.status, &*verdict.summary.key), expected, "{version}");
        }
        let mut bound = fixture::want();
        let system = "11.7".parse().expect("a version");
        bound.target.bounds = Some(crate::want::Bounds { system, newest: Some((1, 24)), oldest: None });
        let none = judged(&bound, |_, mac| mac.version = Some(MacVersion::new(11, 7)));
        assert_eq!((none.status, &*none.summary.key), (Status::Fail, "system-os-mac-no-go"));
        assert_eq!(none.needs, [Need::Go(bound.target.go)]);
        assert_eq!(judged(&new, |_, mac| mac.version = None).status, Status::Unknown);
        assert_eq!(judged(&new, |facts, _| facts.host.identity.arch = "ppc".into()).status, Status::Fail);
    }

    #[test]
    fn rosetta_and_a_path_without_go_are_told_and_are_no_faults() {
        let want = fixture::want();
        let gui = |path: &str| judged(&want, |_, mac| mac.gui_path = Fact::Here(path.into()));
        let bin = fixture::healthy().go.in_use().and_then(|it| it.command.clone()).expect("a Go");
        let bin = bin.parent().expect("a directory").display().to_string();
        for (verdict, cause) in [
            (judged(&want, |_, mac| mac.translated = true), Some("system-os-mac-translated")),
            (gui("/usr/bin:/bin"), Some("system-os-mac-gui")),
            (gui(&format!("/usr/bin:{bin}")), None),
        ] {
            let status = if cause.is_some() { Status::Info } else { Status::Ok };
            assert_eq!((verdict.status, verdict.cause.as_ref().map(|it| &*it.key)), (status, cause));
            assert!(verdict.needs.is_empty() && verdict.decision.is_none());
        }
    }
}
