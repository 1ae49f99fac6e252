//! Whether the proxy that the package manager's own files name is there. Looked at only where packages may be needed.

use super::{Check, Group, Verdict, blame};
use crate::discreet;
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::supply::SettingKind;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.package-proxy", group: Group::System, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let supply = match &facts.native.supply {
        Fact::Here(supply) => supply,
        Fact::Absent => return Verdict::skipped(text!("system-supply-unneeded")),
        Fact::Unknown(why) => return Verdict::unknown(text!("system-supply-unknown", why = why)),
    };
    let dead = supply.dead_proxies();
    let Some((first, address)) = dead.first() else {
        let proxy = supply.of(SettingKind::Proxy).next_back();
        return match proxy {
            Some(it) => {
                let value = discreet::value(&it.key, &it.value, discreet::MARK);
                Verdict::ok(text!("system-package-proxy-ok", value = value))
            }
            None => Verdict::ok(text!("system-package-proxy-none")),
        };
    };
    let summary = if crate::facts::supply::is_local(address) {
        text!("system-package-proxy-dead", key = &first.key, address = address)
    } else {
        text!("system-package-proxy-unknown-host", key = &first.key, address = address)
    };
    let (file, line) = (&first.file, first.line);
    let cause = text!("system-package-proxy-cause", key = &first.key, file = file, line = line);
    let mut verdict = Verdict::fail(summary).cause(cause).file(file, Some(line));
    for (it, _) in &dead {
        let value = discreet::value(&it.key, &it.value, discreet::MARK);
        let shown = format!("{}:{}: {} {value}", it.file.display(), it.line, it.key);
        verdict = blame::line(verdict.evidence(shown), facts, &it.file, it.line, &it.key);
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::supply::{OwnSetting, Supply};

    fn with(value: &str, answers: Fact<()>) -> Facts {
        let mut facts = fixture::healthy();
        let key = "Acquire::http::Proxy".to_owned();
        let file = "/etc/apt/apt.conf.d/95proxy".into();
        let kind = SettingKind::Proxy;
        let settings = vec![OwnSetting { file, line: 1, key, value: value.into(), kind }];
        let address = crate::facts::supply::address(value).unwrap_or_default();
        let proxies = [(address, answers)].into();
        facts.native.supply = Fact::Here(Supply { settings, proxies, ..Supply::default() });
        facts
    }

    #[test]
    fn a_proxy_that_is_not_there_is_named_with_its_line() {
        let local = with("http://me:secret@127.0.0.1:9", Fact::Absent);
        for facts in [&local, &with("http://proxy.example:1", Fact::Absent)] {
            let verdict = fixture::judged(&CHECK, facts);
            let place = (verdict.place.file.as_deref(), verdict.place.line);
            assert_eq!(
                (verdict.status, place),
                (Status::Fail, (Some("/etc/apt/apt.conf.d/95proxy"), Some(1)))
            );
            assert_eq!(verdict.needs.len(), 1);
            assert!(!format!("{verdict:?}").contains("secret"));
        }
    }

    #[test]
    fn one_that_answers_and_none_at_all_are_fine() {
        for (value, status) in [("http://127.0.0.1:3142", Status::Ok), ("DIRECT", Status::Ok)] {
            assert_eq!(fixture::judged(&CHECK, &with(value, Fact::Here(()))).status, status, "{value}");
        }
        assert_eq!(fixture::judged(&CHECK, &fixture::healthy()).status, Status::Skipped);
    }
}
