//! Each way in which a Mac has no developer directory that can be used.

use super::super::{Status, fixture};
use super::*;
use crate::facts::mac::{MacHost, MacVersion};
use crate::facts::xcode::{COMMAND_LINE_TOOLS, Sdk};

const APP: &str = "/Applications/Xcode.app/Contents/Developer";

fn tools(dir: &str, version: &str) -> Tools {
    let sdk = Sdk { name: "MacOSX15.5.sdk".into(), version: Some("15.5".into()) };
    let (version, sdks) = (Some(version.into()), vec![sdk]);
    Tools { dir: dir.into(), version, clang: true, xcrun: true, sdks, ..Tools::default() }
}

/// The Command Line Tools 16.4 in effect, on macOS 15.5.
fn good() -> Xcode {
    Xcode {
        active: Fact::Here(Active { dir: COMMAND_LINE_TOOLS.into(), by: ChosenBy::Default }),
        tools: vec![tools(COMMAND_LINE_TOOLS, "16.4")],
        sdk: Fact::Here(Ok(format!("{COMMAND_LINE_TOOLS}/SDKs/MacOSX.sdk").into())),
        metal: None,
    }
}

fn judged(change: impl FnOnce(&mut Facts, &mut Xcode)) -> Verdict {
    let mut facts = fixture::healthy();
    facts.host.identity.os = "macos".into();
    facts.host.mac = Some(MacHost { version: Some(MacVersion::new(15, 5)), ..MacHost::default() });
    let mut xcode = good();
    change(&mut facts, &mut xcode);
    facts.native.xcode = Fact::Here(xcode);
    fixture::judged(&CHECK, &facts)
}

fn by(xcode: &mut Xcode, dir: &str, by: ChosenBy) {
    xcode.active = Fact::Here(Active { dir: dir.into(), by });
}

fn says(verdict: &Verdict) -> (Status, &str, Option<&str>) {
    (verdict.status, &verdict.summary.key, verdict.cause.as_ref().map(|it| &*it.key))
}

#[test]
fn whole_tools_are_well_and_other_systems_are_not_asked() {
    let verdict = judged(|_, _| ());
    assert_eq!(says(&verdict), (Status::Ok, "system-xcode-ok", None));
    assert!(verdict.summary.to_string().contains("Command Line Tools 16.4"), "{verdict:?}");
    assert_eq!(fixture::judged(&CHECK, &fixture::healthy()).status, Status::Skipped);
}

#[test]
fn what_was_never_installed_is_installed_and_an_xcode_of_another_name_is_chosen() {
    let verdict = judged(|_, xcode| (xcode.active, xcode.tools) = (Fact::Absent, vec![]));
    assert_eq!(says(&verdict), (Status::Fail, "system-xcode-absent", Some("system-xcode-absent-cause")));
    assert_eq!(verdict.needs, [Need::CommandLineTools]);
    let other = "/Applications/Xcode_16.2.app/Contents/Developer";
    let verdict = judged(|_, xcode| (xcode.active, xcode.tools) = (Fact::Absent, vec![tools(other, "16.2")]));
    assert_eq!(verdict.needs, [Need::DeveloperDir(Some(other.into()))]);
}

#[test]
fn a_deleted_xcode_costs_its_choice_and_nothing_is_installed_where_tools_are_there() {
    let verdict = judged(|_, xcode| by(xcode, APP, ChosenBy::Link));
    assert_eq!(says(&verdict), (Status::Fail, "system-xcode-gone", Some("system-xcode-gone-chosen")));
    assert_eq!(verdict.needs, [Need::DeveloperDir(None)], "xcode-select --reset leads to them");
    let verdict = judged(|_, xcode| {
        by(xcode, "/Applications/Gone.app/Contents/Developer", ChosenBy::Link);
        // The first of the usual places is there and broken, so that --reset would lead to it.
        xcode.tools.push(Tools { clang: false, ..tools(APP, "16.4") });
    });
    assert_eq!(verdict.needs, [Need::DeveloperDir(Some(COMMAND_LINE_TOOLS.into()))]);
    let verdict = judged(|_, xcode| {
        by(xcode, APP, ChosenBy::Link);
        xcode.tools.clear();
    });
    assert_eq!(verdict.needs, [Need::CommandLineTools]);
}

#[test]
fn an_xcode_on_a_disk_that_is_not_there_is_not_called_deleted_and_its_choice_is_a_persons() {
    let dir = "/Volumes/Work/Xcode.app/Contents/Developer";
    let verdict = judged(|_, xcode| by(xcode, dir, ChosenBy::Link));
    assert_eq!(says(&verdict), (Status::Fail, "system-xcode-gone", Some("system-xcode-gone-volume")));
    assert_eq!(verdict.needs, [Need::Decision]);
    let decision = verdict.decision.expect("what to type");
    let line = format!("xcode-select --switch {COMMAND_LINE_TOOLS}");
    assert_eq!(decision.text.key, "system-xcode-volume");
    assert!(decision.command.is_some_and(|it| it.ends_with(&line)));
}

#[test]
fn tools_that_somebody_else_may_write_are_chosen_by_a_person_alone() {
    let theirs = || Tools { hands: Some("/Applications/Xcode.app".into()), ..tools(APP, "16.4") };
    let verdict = judged(|_, xcode| (xcode.active, xcode.tools) = (Fact::Absent, vec![theirs()]));
    assert_eq!(verdict.needs, [Need::Decision]);
    assert!(verdict.decision.is_some_and(|it| it.text.key == "system-xcode-hands"));
    let verdict = judged(|_, xcode| {
        by(xcode, "/Applications/Gone.app/Contents/Developer", ChosenBy::Link);
        xcode.tools = vec![theirs()];
    });
    assert_eq!(verdict.needs, [Need::Decision]);
    // --reset would lead to them: what is nobody else's is named.
    let verdict = judged(|_, xcode| {
        by(xcode, "/Applications/Gone.app/Contents/Developer", ChosenBy::Link);
        xcode.tools.push(theirs());
    });
    assert_eq!(verdict.needs, [Need::DeveloperDir(Some(COMMAND_LINE_TOOLS.into()))]);
}

#[test]
fn a_variable_that_names_nothing_goes_where_it_is_set() {
    let verdict = judged(|facts, xcode| {
        fixture::set(facts, "DEVELOPER_DIR", "/Applications/Gone.app", fixture::profile());
        by(xcode, "/Applications/Gone.app/Contents/Developer", ChosenBy::Variable);
    });
    assert_eq!(says(&verdict), (Status::Fail, "system-xcode-gone", Some("system-xcode-gone-variable")));
    assert_eq!((verdict.place.variable.as_deref(), verdict.place.line), (Some("DEVELOPER_DIR"), Some(9)));
    assert!(matches!(&verdict.needs[..], [Need::FileSetting { .. }]), "{:?}", verdict.needs);
}

#[test]
fn what_an_upgrade_left_half_there_is_installed_again() {
    for part in [true, false] {
        let verdict = judged(|_, xcode| {
            let tools = &mut xcode.tools[0];
            (tools.clang, tools.xcrun) = (part, !part);
            xcode.tools.push(super::tests::tools(APP, "16.4"));
        });
        let want = (Status::Fail, "system-xcode-incomplete", Some("system-xcode-incomplete-upgrade"));
        assert_eq!(says(&verdict), want);
        assert_eq!(verdict.needs, [Need::CommandLineTools], "they were chosen before");
    }
}

#[test]
fn a_licence_is_a_persons_and_no_yes_accepts_it() {
    let words = "You have not agreed to the Xcode license agreements.";
    for (tools_too, key) in [(true, "system-xcode-licence-or-tools"), (false, "system-xcode-licence-decide")]
    {
        let verdict = judged(|facts, xcode| {
            facts.host.rights = crate::facts::host::Rights::SudoAsks;
            by(xcode, APP, ChosenBy::Default);
            if !tools_too {
                xcode.tools.clear();
            }
            xcode.tools.push(tools(APP, "16.4"));
            xcode.sdk = Fact::Here(Err(Refused::Licence(words.into())));
        });
        assert_eq!(
            says(&verdict),
            (Status::Fail, "system-xcode-licence", Some("system-xcode-licence-cause"))
        );
        assert_eq!((&verdict.needs[..], &verdict.evidence[0][..]), (&[Need::Decision][..], words));
        let decision = verdict.decision.expect("what to type");
        assert_eq!(
            (&*decision.text.key, decision.command.as_deref()),
            (key, Some("sudo xcodebuild -license"))
        );
    }
}

#[test]
fn a_dead_xcrun_and_a_missing_sdk_are_told_apart_and_installed_again() {
    let dead = "xcrun: error: unable to load libxcrun";
    let none = "xcrun: error: SDK \"macosx\" cannot be located";
    for (refused, summary, cause) in [
        (Refused::Dead(dead.into()), "system-xcode-dead", "system-xcode-dead-cause"),
        (Refused::NoSdk(none.into()), "system-xcode-no-sdk", "system-xcode-no-sdk-cause"),
    ] {
        let verdict = judged(|_, xcode| xcode.sdk = Fact::Here(Err(refused.clone())));
        assert_eq!(says(&verdict), (Status::Fail, summary, Some(cause)));
        assert_eq!(verdict.needs, [Need::CommandLineTools]);
        let verdict = judged(|_, xcode| {
            by(xcode, APP, ChosenBy::Default);
            xcode.tools.push(tools(APP, "16.4"));
            xcode.sdk = Fact::Here(Err(refused));
        });
        assert_eq!(
            verdict.needs,
            [Need::DeveloperDir(Some(COMMAND_LINE_TOOLS.into()))],
            "an Xcode is no package"
        );
    }
}

#[test]
fn what_is_only_unusual_is_told_and_is_no_fault() {
    type Change = fn(&mut Facts, &mut Xcode);
    let rows: [(&str, Change); 3] = [
        ("system-xcode-old-sdk", |facts, _| {
            facts.host.mac.as_mut().expect("a Mac").version = Some(MacVersion::new(26, 0));
        }),
        ("system-xcode-beta", |_, xcode| {
            let beta = "/Applications/Xcode-beta.app/Contents/Developer";
            by(xcode, beta, ChosenBy::Link);
            xcode.tools.push(tools(beta, "26.0"));
        }),
        ("system-xcode-no-metal", |_, xcode| {
            by(xcode, APP, ChosenBy::Link);
            xcode.tools.push(tools(APP, "26.0"));
            xcode.metal = Some(false);
        }),
    ];
    for (summary, change) in rows {
        let verdict = judged(change);
        assert_eq!(says(&verdict), (Status::Info, summary, None));
        assert!(verdict.needs.is_empty() && verdict.decision.is_none());
    }
    let newer =
        judged(|facts, _| facts.host.mac.as_mut().expect("a Mac").version = Some(MacVersion::new(14, 5)));
    assert_eq!(newer.status, Status::Ok, "an SDK that is newer than the system builds for it");
}

#[test]
fn what_nobody_could_see_is_unknown() {
    let unlooked = || Fact::Unknown(crate::fact::Why::System("permission denied".into()));
    assert_eq!(judged(|_, xcode| xcode.active = unlooked()).status, Status::Unknown);
    assert_eq!(judged(|_, xcode| xcode.sdk = Fact::unlooked()).status, Status::Unknown);
}
