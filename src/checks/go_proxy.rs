//! Whether GOPROXY names somewhere that modules can come from.

use super::{Check, Group, Verdict, blame, go_present, setting};
use crate::discreet;
use crate::facts::Facts;
use crate::facts::settings::Setting;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.proxy", group: Group::Modules, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let Some(set) = facts.here.get("GOPROXY").filter(|it| !it.value.is_empty()) else {
        return Verdict::ok(text!("go-proxy-default"));
    };
    let place = setting::place(&set.origin);
    let shown = setting::shown("GOPROXY", set);
    let fail = |summary| {
        let cause = text!("go-proxy-cause", value = &shown, place = place.clone());
        blame::at_fault(Verdict::fail(summary).cause(cause), facts, "GOPROXY", set, None)
    };
    let entries = entries(&set.value);
    let Some(first) = entries.first() else {
        return fail(text!("go-proxy-empty", value = &shown));
    };
    if let Some(bad) = entries.iter().find(|it| !well_formed(it)) {
        return fail(text!("go-proxy-malformed", entry = discreet::value("GOPROXY", bad, discreet::MARK)));
    }
    if *first == "off" {
        return if lacks_something(facts, want) {
            fail(text!("go-proxy-off"))
        } else {
            Verdict::info(text!("go-proxy-off-unneeded", place = place))
        };
    }
    if let Some(server) = dead(facts) {
        return fail(text!("go-proxy-dead", address = server))
            .evidence(format!("{server}: connection refused"));
    }
    if *first == "direct" && facts.modules.git == Some(false) && lacks_something(facts, want) {
        return fail(text!("go-proxy-no-git")).evidence("git: not on PATH");
    }
    kind(set, first, &shown)
}

fn kind(set: &Setting, first: &str, shown: &str) -> Verdict {
    if first == "direct" {
        return Verdict::info(text!("go-proxy-direct", place = setting::place(&set.origin)));
    }
    Verdict::ok(text!("go-proxy-ok", value = shown))
}

/// The word that `--goproxy` takes for where Go is set to look. Go knows no such entry.
pub const AS_SET: &str = "default";

/// What is between the commas and bars, blanks away.
pub fn entries(value: &str) -> Vec<&str> {
    value.split([',', '|']).map(str::trim).filter(|it| !it.is_empty()).collect()
}

/// As Go has it: a single word is `off`, `direct` or `noproxy`; with `:/` in it, it is a URL of a kind that Go knows;
/// anything else is a host.
pub fn well_formed(entry: &str) -> bool {
    if !entry.contains(['.', ':', '/']) {
        return ["off", "direct", "noproxy"].contains(&entry);
    }
    // `https//host`: Go would take the slip for a host called https.
    let slip = entry.starts_with("https//") || entry.starts_with("http//");
    if slip || entry.starts_with('/') || entry.contains(char::is_whitespace) {
        return false;
    }
    let url = if entry.contains(":/") { entry.to_owned() } else { format!("https://{entry}") };
    url::Url::parse(&url).is_ok_and(|it| match it.scheme() {
        "http" | "https" => it.host_str().is_some_and(|it| !it.is_empty()),
        scheme => scheme == "file",
    })
}

/// Whether this run has to download something.
fn lacks_something(facts: &Facts, want: &Want) -> bool {
    !facts.modules.missing.is_empty()
        || facts.cli.programs.iter().all(|it| !it.build.is_here())
        || go_present::usable(facts, want).is_none()
}

/// Every server of GOPROXY is on this machine and silent.
fn dead(facts: &Facts) -> Option<&str> {
    let mut own = facts.here.servers.iter().filter(|it| it.variable == "GOPROXY");
    own.find(|it| it.answers.is_absent()).map(|it| it.address.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::need::Need;

    fn with(value: &str) -> Facts {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOPROXY", value, fixture::go_env());
        facts
    }

    #[test]
    fn values_are_judged_as_go_reads_them() {
        for (value, status) in [
            ("https://goproxy.example,direct", Status::Ok),
            ("https://a.example|https://b.example/x|direct", Status::Ok),
            ("goproxy.example", Status::Ok),
            ("file:///srv/modules", Status::Ok),
            (" https://goproxy.example , direct ", Status::Ok),
            ("direct", Status::Info),
            (",", Status::Fail),
            ("ftp://goproxy.example", Status::Fail),
            ("https//goproxy.example", Status::Fail),
            ("proxy", Status::Fail),
            ("https://", Status::Fail),
        ] {
            assert_eq!(fixture::judged(&CHECK, &with(value)).status, status, "{value}");
        }
    }

    #[test]
    fn off_is_a_fault_only_where_something_is_missing() {
        let mut facts = with("off");
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
        facts.modules.missing = vec!["golang.org/x/image@v0.24.0".into()];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.needs, [Need::GoSetting { key: "GOPROXY".into(), value: None }]);
    }

    #[test]
    fn repositories_need_git_where_something_is_missing() {
        let mut facts = with("direct");
        facts.modules.git = Some(false);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
        facts.modules.missing = vec!["golang.org/x/image@v0.24.0".into()];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
        facts.modules.git = Some(true);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
    }

    #[test]
    fn a_password_is_not_shown() {
        let verdict = fixture::judged(&CHECK, &with("ftp://me:secret@goproxy.example"));
        assert!(!format!("{verdict:?}").contains("secret"));
    }
}
