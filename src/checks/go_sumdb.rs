//! Whether downloaded modules are checked against the public checksum database.

use super::{Check, Group, Verdict, blame, go_proxy, setting};
use crate::facts::settings::Origin;
use crate::facts::{Facts, globs};
use crate::manifest::Knowledge;
use crate::trust::note::Key;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.sumdb", group: Group::Modules, after: &[], goal: Goal::Build, judge };

/// Modules of every Fyne program, and of the CLI: patterns that match one of these are wider than a company.
const PUBLIC: &[&str] = &[
    "fyne.io/fyne/v2",
    "fyne.io/tools",
    "github.com/go-gl/gl",
    "github.com/fsnotify/fsnotify",
    "golang.org/x/image",
    "golang.org/toolchain",
];

/// Public proxies besides a Go's own default.
const PUBLIC_PROXIES: &[&str] =
    &["goproxy.cn", "goproxy.io", "mirrors.aliyun.com", "athens.azurefd.net", "repo.huaweicloud.com"];

const DEFAULT: &str = "sum.golang.org";

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    // A company's decision is told only where nothing is wrong.
    let both = match (bypassed(facts), switched_off(facts)) {
        (Some(one), Some(other)) if other.is_bad() => Some(blame::besides(one, other)),
        (one, other) => one.or(other),
    };
    both.unwrap_or_else(|| {
        let value = facts.here.set("GOSUMDB").unwrap_or(DEFAULT);
        let name = value.split(['+', ' ']).next().unwrap_or(value);
        Verdict::ok(text!("go-sumdb-ok", value = name))
    })
}

/// Patterns that take public modules out of the check.
fn bypassed(facts: &Facts) -> Option<Verdict> {
    let own = facts.here.set("GONOSUMDB").is_some();
    let names: &[&str] = if own { &["GONOSUMDB", "GOINSECURE"] } else { &["GOPRIVATE", "GOINSECURE"] };
    let mut verdict: Option<Verdict> = None;
    for name in names {
        let Some(set) = facts.here.get(name) else { continue };
        let Some(hit) = PUBLIC.iter().find(|it| globs::matches(&set.value, it)) else { continue };
        let bad = verdict.take().unwrap_or_else(|| {
            let summary = text!("go-sumdb-bypassed", variable = *name, value = &set.value, module = *hit);
            Verdict::fail(summary).cause(text!(
                "go-sumdb-bypassed-cause",
                variable = *name,
                value = &set.value,
                place = setting::place(&set.origin)
            ))
        });
        verdict = Some(blame::at_fault(bad, facts, name, set, None));
    }
    verdict
}

fn switched_off(facts: &Facts) -> Option<Verdict> {
    let set = facts.here.get("GOSUMDB").filter(|it| !it.value.is_empty())?;
    let place = setting::place(&set.origin);
    let known = [DEFAULT, "sum.golang.google.cn"].iter().any(|it| set.value.split(' ').next() == Some(it));
    let key = set.value.split(' ').next().unwrap_or_default();
    if known || key.parse::<Key>().is_ok() {
        return None;
    }
    let cause = text!("go-sumdb-cause", value = &set.value, place = place.clone());
    if set.value != "off" {
        let verdict = Verdict::fail(text!("go-sumdb-unknown", value = &set.value)).cause(cause);
        return Some(blame::at_fault(verdict, facts, "GOSUMDB", set, Some(DEFAULT)));
    }
    if private(facts) {
        return Some(Verdict::info(text!("go-sumdb-private", place = place)));
    }
    let verdict = Verdict::fail(text!("go-sumdb-off")).cause(cause);
    Some(blame::at_fault(verdict, facts, "GOSUMDB", set, Some(DEFAULT)))
}

/// Whether modules come from a proxy of a company's own: the first that GOPROXY names is neither a Go's default nor a
/// known public one.
fn private(facts: &Facts) -> bool {
    let Some(set) = facts.here.get("GOPROXY") else { return false };
    let default = |origin: &Origin| matches!(origin, Origin::GoRoot { .. });
    let defaults = facts.here.elsewhere.iter().filter(|(name, it)| name == "GOPROXY" && default(&it.origin));
    let mut defaults = defaults.flat_map(|(_, it)| go_proxy::entries(&it.value));
    let Some(first) = go_proxy::entries(&set.value).first().copied() else { return false };
    let host = first.split_once("://").map_or(first, |it| it.1).split('/').next().unwrap_or_default();
    !default(&set.origin)
        && !["direct", "off", "noproxy"].contains(&first)
        && !PUBLIC_PROXIES.contains(&host)
        && !defaults.any(|it| it.trim_end_matches('/') == first.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::settings::Setting;
    use crate::need::Need;

    fn status(pairs: &[(&str, &str)]) -> Status {
        let mut facts = fixture::healthy();
        for (name, value) in pairs {
            fixture::set(&mut facts, name, value, fixture::go_env());
        }
        fixture::judged(&CHECK, &facts).status
    }

    #[test]
    fn a_pattern_and_a_database_that_is_off_are_named_at_once() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOPRIVATE", "*", fixture::profile());
        fixture::set(&mut facts, "GOSUMDB", "off", fixture::go_env());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("GOPRIVATE"));
        assert_eq!(verdict.needs[1], Need::GoSetting { key: "GOSUMDB".into(), value: None });
        // A company's proxy without the database is its own decision, whatever else is wrong.
        fixture::set(&mut facts, "GOPROXY", "https://goproxy.corp.example", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).needs.len(), 1);
    }

    #[test]
    fn what_is_no_longer_checked_is_judged_by_who_decided_it() {
        for (pairs, want) in [
            (&[][..], Status::Ok),
            (&[("GOSUMDB", "sum.golang.google.cn")], Status::Ok),
            (
                &[(
                    "GOSUMDB",
                    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8 https://sum.corp.example",
                )],
                Status::Ok,
            ),
            (&[("GOSUMDB", "sum.corp.example+1a2b3c4d+key https://sum.corp.example")], Status::Fail),
            (&[("GOSUMDB", "sum.golang.org+033de0ae")], Status::Fail),
            (&[("GOSUMDB", "off")], Status::Fail),
            (&[("GOSUMDB", "on")], Status::Fail),
            (&[("GOSUMDB", "off"), ("GOPROXY", "https://goproxy.cn,direct")], Status::Fail),
            (&[("GOSUMDB", "off"), ("GOPROXY", "direct")], Status::Fail),
            (&[("GOSUMDB", "off"), ("GOPROXY", "https://athens.corp.example,direct")], Status::Info),
            (&[("GOPRIVATE", "git.corp.example/*")], Status::Ok),
            (&[("GOPRIVATE", "*")], Status::Fail),
            (&[("GOPRIVATE", "*"), ("GONOSUMDB", "git.corp.example")], Status::Ok),
            (&[("GONOSUMDB", "github.com/*")], Status::Fail),
            (&[("GOINSECURE", "golang.org")], Status::Fail),
        ] {
            assert_eq!(status(pairs), want, "{pairs:?}");
        }
    }

    #[test]
    fn both_variables_of_one_line_are_named() {
        let mut facts = fixture::healthy();
        for name in ["GOINSECURE", "GONOSUMDB"] {
            fixture::set(&mut facts, name, "*", fixture::profile());
        }
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.needs.len(), verdict.place.line), (2, Some(9)));
    }

    #[test]
    fn a_gos_own_default_is_public_also_where_it_is_set_again() {
        let mut facts = fixture::healthy();
        let root = facts.here.variables["GOPROXY"].clone();
        facts.here.elsewhere.push(("GOPROXY".into(), root.clone()));
        facts.here.variables.insert("GOPROXY".into(), Setting { origin: fixture::go_env(), ..root });
        fixture::set(&mut facts, "GOSUMDB", "off", fixture::go_env());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.needs, [Need::GoSetting { key: "GOSUMDB".into(), value: None }]);
    }
}
