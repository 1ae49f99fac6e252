//! Whether GOOS and GOARCH name this machine. Left over from a cross build, they make programs that do not run here.

use super::{Check, Group, Verdict, blame, setting};
use crate::facts::Facts;
use crate::facts::go::go_arch;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.target", group: Group::Go, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let host = &facts.host.identity;
    let os = if host.os == "macos" { "darwin" } else { host.os.as_str() };
    let arch = go_arch(facts.host.processor());
    let mut verdict: Option<Verdict> = None;
    for (name, own) in [("GOOS", os), ("GOARCH", arch)] {
        let Some(set) = facts.here.get(name).filter(|it| !it.value.is_empty() && it.value != own) else {
            continue;
        };
        let value = set.value.as_str();
        let bad = verdict.take().unwrap_or_else(|| {
            Verdict::fail(text!("go-target-other", name = name, value = value, own = own)).cause(text!(
                "go-target-cause",
                name = name,
                value = value,
                place = setting::place(&set.origin)
            ))
        });
        verdict = Some(blame::at_fault(bad, facts, name, set, Some(own)));
    }
    if let Some(verdict) = verdict {
        return verdict;
    }
    // What Rosetta translates in this terminal is told of Intel's processor: universal programs run as Intel's, `uname` lies.
    if facts.host.mac.as_ref().is_some_and(|it| it.translated) {
        return Verdict::info(text!("go-target-translated", arch = arch))
            .cause(text!("go-target-translated-cause"))
            .evidence("sysctl.proc_translated: 1");
    }
    Verdict::ok(text!("go-target-ok", os = os, arch = arch))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::need::Need;

    #[test]
    fn another_system_is_a_fault_and_our_own_is_none() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOOS", "linux", fixture::go_env());
        fixture::set(&mut facts, "GOARCH", "amd64", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        fixture::set(&mut facts, "GOOS", "windows", fixture::go_env());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.needs, [Need::GoSetting { key: "GOOS".into(), value: None }]);
        fixture::set(&mut facts, "GOARCH", "arm64", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).needs.len(), 2);
    }

    #[test]
    fn a_translated_terminal_is_told_and_the_machine_itself_is_the_target() {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "macos".into();
        let mac = crate::facts::mac::MacHost { apple_silicon: true, translated: true, ..<_>::default() };
        facts.host.mac = Some(mac);
        fixture::set(&mut facts, "GOARCH", "arm64", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, &*verdict.summary.key), (Status::Info, "go-target-translated"));
        fixture::set(&mut facts, "GOARCH", "amd64", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }
}
