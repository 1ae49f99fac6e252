//! Whether one of Go's lesser variables stops every build. Those with a check of their own (GOFLAGS, GOROOT, GOTOOLCHAIN,
//! GOPATH, GOBIN, GOWORK, …) are judged there. What Go itself refuses is taken from its own words, for it knows the
//! variables of its version; to add one that it accepts and that still breaks a build: a rule in [`rule`].

use std::path::Path;

use super::{Check, Group, Verdict, blame, setting};
use crate::facts::Facts;
use crate::facts::settings::Setting;
use crate::manifest::Knowledge;
use crate::probe::programs::first_line;
use crate::text::Text;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "go.variables",
    group: Group::Go,
    after: &["go.present", "go.root", "go.flags"],
    goal: Goal::Build,
    judge,
};

/// Variables that other checks speak of.
const OTHERS: &[&str] =
    &["GOFLAGS", "GOROOT", "GOTOOLCHAIN", "GOPATH", "GOBIN", "GOENV", "GOWORK", "GOOS", "GOARCH"];

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let own = |(name, it): &(&String, &Setting)| is_go(name) && !it.value.is_empty();
    let set: Vec<(&String, &Setting)> = facts.here.variables.iter().filter(own).collect();
    let ruled = set.iter().filter_map(|(name, it)| Some(fault(facts, name, it, rule(name, &it.value)?)));
    let gopath = facts.modules.gopath_mod.as_deref().map(|it| in_gopath(facts, it));
    let faults = ruled.chain(gopath).chain(refused(facts, &set));
    faults.reduce(blame::besides).unwrap_or_else(|| Verdict::ok(text!("go-variables-ok")))
}

/// The variable that `go` names in its refusal.
fn refused(facts: &Facts, set: &[(&String, &Setting)]) -> Option<Verdict> {
    let said = facts.go.answer.here().filter(|_| !facts.go.answers).and_then(|it| first_line(it))?;
    // By its name first: a short value may stand in any sentence.
    let named = set.iter().find(|(name, _)| has_word(&said, name));
    let valued = || set.iter().find(|(_, it)| it.value.len() > 3 && has_word(&said, &it.value));
    let (name, set) = named.or_else(valued)?;
    let value = setting::shown(name, set);
    // In words of its own `go` says the value as it is.
    let said = said.replace(&set.value, &value);
    Some(fault(facts, name, set, text!("go-variables-refused", name = *name, value = value)).evidence(said))
}

fn is_go(name: &str) -> bool {
    (name.starts_with("GO") || name.starts_with("CGO_")) && !OTHERS.contains(&name)
}

/// Whether a text has these words, not as a part of longer ones.
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

/// Values that go answers to, and with which it builds nothing.
fn rule(name: &str, value: &str) -> Option<Text> {
    match name {
        "GO111MODULE" if value == "off" => Some(text!("go-variables-modules-off")),
        "GO111MODULE" if !["on", "auto"].contains(&value) => {
            Some(text!("go-variables-refused", name = name, value = value))
        }
        _ => None,
    }
}

/// A directory of GOPATH cannot be a module: `go mod` refuses to work, and a build passes the go.mod over.
fn in_gopath(facts: &Facts, file: &Path) -> Verdict {
    let verdict = Verdict::fail(text!("go-variables-gopath", file = file));
    match facts.here.get("GOPATH").filter(|it| !it.value.is_empty()) {
        Some(set) => {
            let (value, place) = (&set.value, setting::place(&set.origin));
            let cause = text!("go-variables-cause", name = "GOPATH", value = value, place = place);
            blame::at_fault(verdict.cause(cause), facts, "GOPATH", set, None)
        }
        None => verdict.file(file, None).decide(text!("go-variables-gopath-decide", file = file), None),
    }
}

fn fault(facts: &Facts, name: &str, set: &Setting, summary: Text) -> Verdict {
    let place = setting::place(&set.origin);
    let verdict = Verdict::fail(summary).cause(text!(
        "go-variables-cause",
        name = name,
        value = setting::shown(name, set),
        place = place
    ));
    blame::at_fault(verdict, facts, name, set, None)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Fact;
    use crate::need::Need;

    #[test]
    fn a_project_that_is_gopath_is_told_by_what_leads_there() {
        let mut facts = fixture::healthy();
        facts.modules.gopath_mod = Some("/root/go/go.mod".into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, &verdict.needs[..]), (Status::Fail, &[Need::Decision][..]));
        fixture::set(&mut facts, "GOPATH", "/root/hello", fixture::profile());
        facts.modules.gopath_mod = Some("/root/hello/go.mod".into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("GOPATH"));
        assert!(matches!(verdict.needs[..], [Need::FileSetting { .. }]), "{verdict:?}");
    }

    #[test]
    fn each_value_that_stops_go_is_named_at_once() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GO111MODULE", "off", fixture::go_env());
        fixture::set(&mut facts, "GOPATH", "/root/hello", fixture::profile());
        facts.modules.gopath_mod = Some("/root/hello/go.mod".into());
        fixture::set(&mut facts, "GOEXPERIMENT", "unified2", fixture::profile());
        facts.go.answers = false;
        facts.go.answer = Fact::Here("go: unknown GOEXPERIMENT unified2".into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("GO111MODULE"));
        assert_eq!(verdict.needs.len(), 3, "{:?}", verdict.needs);
    }

    #[test]
    fn values_are_judged_by_what_go_does_with_them() {
        for (name, value, said, want) in [
            ("GO111MODULE", "on", None, Status::Ok),
            ("GO111MODULE", "auto", None, Status::Ok),
            ("GO111MODULE", "off", None, Status::Fail),
            ("GO111MODULE", "yes", None, Status::Fail),
            ("GODEBUG", "netdns=go", None, Status::Ok),
            ("GOEXPERIMENT", "unified2", Some("go: unknown GOEXPERIMENT unified2"), Status::Fail),
            ("GOAMD64", "v9", Some("go: invalid GOAMD64: must be v1, v2, v3, v4"), Status::Fail),
            (
                "GOMEMLIMIT",
                "much",
                Some("malformed GOMEMLIMIT; see `go doc runtime/debug.SetMemoryLimit`"),
                Status::Fail,
            ),
            ("GOGC", "off", Some("GOGCTRACE is not the same word"), Status::Ok),
            (
                "GOPATH",
                "go",
                Some("go: GOPATH entry is relative; must be absolute path: \"go\"."),
                Status::Ok,
            ),
        ] {
            let mut facts = fixture::healthy();
            fixture::set(&mut facts, name, value, fixture::profile());
            if let Some(said) = said {
                facts.go.answers = false;
                facts.go.answer = Fact::Here(said.into());
            }
            assert_eq!(fixture::judged(&CHECK, &facts).status, want, "{name}={value}");
        }
    }
}
