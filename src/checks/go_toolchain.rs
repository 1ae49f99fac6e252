//! Whether GOTOOLCHAIN pins a Go that can be had.

use super::{Check, Group, Verdict, blame, setting};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::version::GoVersion;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.toolchain", group: Group::Go, after: &["go.present"], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let Some(set) = facts.here.get("GOTOOLCHAIN").filter(|it| !it.value.is_empty()) else {
        return Verdict::ok(text!("go-toolchain-free", value = "auto"));
    };
    let value = set.value.as_str();
    if ["auto", "local", "path", "local+auto", "local+path"].contains(&value) {
        return Verdict::ok(text!("go-toolchain-free", value = value));
    }
    let place = setting::place(&set.origin);
    let fault = |key: &'static str| {
        let verdict = Verdict::fail(text!(key, value = value)).cause(text!(
            "go-toolchain-cause",
            value = value,
            place = place.clone()
        ));
        blame::at_fault(verdict, facts, "GOTOOLCHAIN", set, Some("auto"))
    };
    let name = value.split('+').next().unwrap_or_default();
    let Some(version) = name.strip_prefix("go").and_then(|it| it.parse::<GoVersion>().ok()) else {
        return fault("go-toolchain-no-name");
    };
    let here = facts.go.toolchains.iter().any(|it| it == name)
        || facts.go.trees.iter().any(|it| it.version.here() == Some(&version));
    if version < want.target.go_min {
        return fault("go-toolchain-old");
    }
    if here {
        return Verdict::info(text!("go-toolchain-pinned", value = value));
    }
    // Since 1.21 the first of a line is called 1.21.0: `go1.27` names nothing that can be downloaded.
    if version.as_release() != version {
        return fault("go-toolchain-no-name");
    }
    if known(version, want) {
        Verdict::info(text!("go-toolchain-download", value = value))
    } else {
        fault("go-toolchain-unknown")
    }
}

/// Whether we know that it was released: not newer than the newest that we know of its line.
pub(super) fn known(version: GoVersion, want: &Want) -> bool {
    let target = &want.target;
    let newest = target.floor.iter().chain([&target.go]).copied().max();
    match target.floor_of(version) {
        Some(floor) => {
            version <= floor.max(if target.go.line() == version.line() { target.go } else { floor })
        }
        None => newest.is_some_and(|it| version < it),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn pins_are_judged_by_whether_they_can_be_had() {
        for (value, status) in [
            ("auto", Status::Ok),
            ("local", Status::Ok),
            ("go1.27.4", Status::Info),
            ("go1.27.4+auto", Status::Info),
            ("go1.26.11", Status::Info),
            ("go1.24.3", Status::Info),
            ("go1.26.99", Status::Fail),
            ("go1.99.0", Status::Fail),
            ("go1.27", Status::Fail),
            ("go1.19.8", Status::Fail),
            ("latest", Status::Fail),
        ] {
            let mut facts = fixture::healthy();
            fixture::set(&mut facts, "GOTOOLCHAIN", value, fixture::go_env());
            assert_eq!(fixture::judged(&CHECK, &facts).status, status, "{value}");
        }
    }

    #[test]
    fn one_that_was_downloaded_already_is_fine_whatever_its_number() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOTOOLCHAIN", "go1.28.1", fixture::go_env());
        facts.go.toolchains = vec!["go1.28.1".into()];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
    }
}
