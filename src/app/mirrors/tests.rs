//! Sources that answer or do not, on a clock that goes on as they say.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::app::Options;
use crate::app::stand::{Person, in_language};
use crate::apply::stand::Stand;
use crate::checks::{self, fixture};
use crate::manifest::Knowledge;
use crate::report::Report;
use crate::system::NetError;
use crate::system::fake::{FakeNet, Machine};

const ARCHIVE: &str = "go.dev";
const CN: &str = "goproxy.cn";
const ALIYUN: &str = "mirrors.aliyun.com";

/// Answers after these milliseconds, by host; who is not named is silent until the limit.
fn net<'a>(clock: &'a Machine, answers: &'a [(&'a str, u64)]) -> FakeNet<'a> {
    FakeNet::new(move |url| {
        let host = url.host_str().unwrap_or_default();
        let after = answers.iter().find(|it| it.0 == host).map(|it| it.1);
        clock.wait(after.map_or(Request::BRIEF, Duration::from_millis));
        after.map(|_| (206, b"{".to_vec())).ok_or_else(|| NetError::TimedOut { host: host.to_owned() })
    })
}

fn hosts(asked: &[String]) -> Vec<String> {
    let host = |it: &String| it.parse::<Url>().ok()?.host_str().map(str::to_owned);
    asked.iter().filter_map(host).collect()
}

#[test]
fn the_fastest_is_taken_in_chinese_and_the_default_stays_elsewhere_if_it_answers() {
    for (chinese, default, mirrors, taken) in [
        (false, Some(900), [Some(10), Some(20)], None),
        (false, None, [Some(30), Some(20)], Some(1)),
        (false, None, [None, Some(999)], Some(1)),
        (false, None, [None, None], None),
        (true, Some(900), [Some(10), Some(20)], Some(0)),
        (true, Some(10), [Some(10), Some(20)], None),
        (true, Some(5), [None, Some(20)], None),
        (true, Some(5), [None, None], None),
        (true, None, [Some(20), Some(20)], Some(0)),
        (true, None, [None, None], None),
    ] {
        assert_eq!(chosen(chinese, default, mirrors.into_iter()), taken, "{chinese} {default:?} {mirrors:?}");
    }
}

#[test]
fn a_mirror_is_asked_only_in_chinese_or_where_the_default_failed() {
    let (mirrors, fyne) = (Mirrors::embedded(), fixture::want().target.fyne);
    let default: Url = "https://go.dev/dl/".parse().expect("a URL");
    for (chinese, answers, asked, default_ms, chosen) in [
        (false, &[(ARCHIVE, 800), (CN, 5)][..], &[ARCHIVE][..], Some(800), None),
        (false, &[(CN, 120), (ALIYUN, 90)], &[ARCHIVE, ARCHIVE, CN, ALIYUN], None, Some((ALIYUN, 90))),
        (false, &[], &[ARCHIVE, ARCHIVE, CN, ALIYUN], None, None),
        (true, &[(ARCHIVE, 800), (CN, 120)], &[ARCHIVE, CN, ALIYUN], Some(800), Some((CN, 120))),
        (true, &[(ARCHIVE, 8), (CN, 120)], &[ARCHIVE, CN, ALIYUN], Some(8), None),
    ] {
        let clock = Machine::linux();
        let net = net(&clock, answers);
        let sources = Sources { default: default.clone(), mirrors: &mirrors, fyne: &fyne };
        let it = sources.measured(&clock, &net, chinese, 1);
        assert_eq!(hosts(&net.asked()), asked, "{chinese} {answers:?}");
        // The clock of a machine in memory goes on by one where it is asked.
        assert_eq!(it.default_ms, default_ms.map(|it| it + 1), "{chinese} {answers:?}");
        let mirror = it.mirror().map(|(url, ms)| (url.host_str().unwrap_or_default(), ms - 1));
        assert_eq!(mirror, chosen, "{chinese} {answers:?}");
    }
}

#[test]
fn who_refuses_is_no_source() {
    let clock = Machine::linux();
    let net =
        FakeNet::new(|url| Ok((if url.host_str() == Some(ALIYUN) { 200 } else { 403 }, b"no".to_vec())));
    let mirrors = Mirrors::embedded();
    let fyne = fixture::want().target.fyne;
    let sources =
        Sources { default: "https://go.dev/dl/".parse().expect("a URL"), mirrors: &mirrors, fyne: &fyne };
    let it = sources.measured(&clock, &net, true, 1);
    assert_eq!((it.default_ms, it.chosen), (None, Some(1)));
}

#[test]
fn what_somebody_set_is_never_overruled() {
    let list = "https://goproxy.example,direct";
    let gos_own = Digest::of(list.as_bytes()).to_string();
    let root = || Origin::GoRoot { path: "/usr/local/go/go.env".into(), line: 7 };
    let (mirrors, fyne) = (Mirrors::embedded(), fixture::want().target.fyne);
    let asked = |facts: &crate::facts::Facts, gos_own: &str| {
        default(&facts.here, &mirrors, &fyne, gos_own).map(|it| it.to_string())
    };
    let mut facts = fixture::healthy();
    fixture::set(&mut facts, "GOPROXY", list, root());
    let info = format!("https://goproxy.example/fyne.io/fyne/v2/@v/v{fyne}.info");
    assert_eq!(asked(&facts, &gos_own), Some(info), "Go's own");
    assert_eq!(asked(&facts, GOS_OWN), None, "somebody edited what Go came with");
    let elsewhere = facts.here.get("GOPROXY").cloned().expect("set");
    for origin in [fixture::profile(), fixture::go_env(), Origin::Terminal] {
        fixture::set(&mut facts, "GOPROXY", list, origin.clone());
        assert_eq!(asked(&facts, &gos_own), None, "{origin:?}");
    }
    facts.here.variables.remove("GOPROXY");
    assert_eq!(asked(&facts, &gos_own).as_deref(), Some("https://go.dev/dl/"), "nobody knows the default");
    facts.here.elsewhere.push(("GOPROXY".into(), elsewhere.clone()));
    assert!(asked(&facts, &gos_own).is_some());
    let of_profile = crate::facts::settings::Setting { origin: fixture::profile(), ..elsewhere };
    facts.here.pending.push(("GOPROXY".into(), of_profile));
    assert_eq!(asked(&facts, &gos_own), None, "the next login sets one");
}

/// The list that the plan sets, what was said, who was asked.
fn planned(
    lang: Lang,
    only: &'static str,
    change: impl Fn(&mut Seen),
) -> (Option<String>, Vec<String>, Vec<String>) {
    let mut stand = Stand::new(Machine::linux());
    stand.net = FakeNet::new(move |url| match url.host_str() {
        Some(host) if host == only => Ok((206, b"{".to_vec())),
        host => Err(NetError::TimedOut { host: host.unwrap_or_default().to_owned() }),
    });
    let (facts, want, known) = (fixture::bare(), fixture::want(), Knowledge::embedded());
    let findings = checks::judge(&facts, &want, &known, &[]);
    let mut seen = Seen { facts, want, known, findings, source: ModuleSource::Unmeasured };
    seen.facts.here.variables.remove("GOPROXY");
    change(&mut seen);
    seen.findings = checks::judge(&seen.facts, &seen.want, &seen.known, &[]);
    let ear = Person::default();
    let plan = in_language(lang, &stand, Options::default(), &ear, |session| {
        let plan = plan(session, &mut seen, Scope::Install);
        assert_eq!(super::plan(session, &mut seen, Scope::Install), plan, "who was asked is not asked again");
        plan
    });
    let set = plan.steps.iter().find_map(|it| match &it.action {
        Action::SetGoEnv { key, value, .. } if key == "GOPROXY" => value.clone(),
        _ => None,
    });
    assert_eq!(set, plan.want.goproxy);
    let mut asked = hosts(&stand.net.asked());
    asked.sort();
    let said = ear.said.lock().expect("no test panics in it").iter().map(ToString::to_string).collect();
    (set.map(|it| it.reveal().to_owned()), said, asked)
}

#[test]
fn a_plan_that_downloads_uses_the_mirror_says_so_and_sets_it() {
    let (set, said, asked) = planned(Lang::En, CN, |_| ());
    assert_eq!(set.as_deref(), Some("https://goproxy.cn,direct"));
    assert_eq!(asked, [ARCHIVE, ARCHIVE, CN, ALIYUN]);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("mirrors-silent limit=1 mirror=goproxy.cn ms="), "{said:?}");
    let (set, said, asked) = planned(Lang::ZhCn, ALIYUN, |_| ());
    assert_eq!(set.as_deref(), Some("https://mirrors.aliyun.com/goproxy,direct"));
    assert_eq!((said.len(), asked.len()), (1, 3), "{said:?} {asked:?}");
    assert!(said[0].contains("mirror=mirrors.aliyun.com/goproxy"), "{said:?}");
    let (set, said, asked) = planned(Lang::En, ARCHIVE, |_| ());
    assert_eq!((set, said, asked), (None, vec![], vec![ARCHIVE.to_owned()]));
}

#[test]
fn nobody_is_asked_where_nothing_is_downloaded_or_somebody_said_from_where() {
    type Change = fn(&mut Seen);
    let table: [(&str, Change); 4] = [
        ("--offline", |it| it.want.offline = true),
        ("--goproxy default", |it| it.source = ModuleSource::of(None, true)),
        ("GOPROXY is set", |it| fixture::set(&mut it.facts, "GOPROXY", "direct", fixture::profile())),
        ("nothing is to be done", |it| it.facts = fixture::healthy()),
    ];
    for (what, change) in table {
        let (set, said, asked) = planned(Lang::ZhCn, CN, change);
        assert_eq!((set, said, asked), (None, vec![], vec![]), "{what}");
    }
}

#[test]
fn programs_get_the_figures() {
    let url = |it: &str| it.parse::<Url>().expect("a URL");
    let mirrors =
        vec![(url("https://goproxy.cn/"), Some(120)), (url("https://mirrors.aliyun.com/goproxy/"), None)];
    let measured = Measured { default_ms: None, mirrors, chosen: Some(0) };
    let report = ModuleSource::Measured(measured).told_in(Report::new("plan"));
    let want = json!({
        "default_ms": null,
        "mirrors": [
            { "url": "https://goproxy.cn", "ms": 120 },
            { "url": "https://mirrors.aliyun.com/goproxy", "ms": null },
        ],
        "chosen": "https://goproxy.cn",
    });
    assert_eq!(report.more["module_source"], want);
    assert!(ModuleSource::Unmeasured.told_in(Report::new("plan")).more.is_empty());
}
