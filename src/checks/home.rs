//! Whether there is a home that can be written: Go keeps modules, programs and its build cache there.

use super::{Check, Group, Verdict};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::path_style::PathStyle;
use crate::system::Kind;
use crate::typed;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.home", group: Group::System, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let host = &facts.host;
    let command = host.account_home.as_ref().and_then(|it| it.to_str());
    let name = home_variable(facts.here.style);
    let command = command.map(|it| typed::set(facts.here.style, name, it));
    let Some(variable) = &host.home_variable else {
        let verdict = if independent(facts) { Verdict::warn } else { Verdict::fail };
        return verdict(text!("system-home-unset", variable = name))
            .cause(text!("system-home-unset-cause", variable = name, user = &host.user))
            .decide(text!("system-home-unset-decide", variable = name), command);
    };
    let home = match &host.home {
        Fact::Here(home) => home,
        Fact::Absent => return Verdict::unknown(text!("system-home-unset", variable = name)),
        Fact::Unknown(why) => {
            return Verdict::fail(text!("system-home-bad", why = why))
                .cause(text!("system-home-cause", variable = name, path = variable))
                .decide(text!("system-home-unset-decide", variable = name), command);
        }
    };
    let read_only = host.data_space.here().is_some_and(|it| it.read_only);
    let (verdict, decision) = match &host.home_stat {
        Fact::Unknown(why) => {
            return Verdict::unknown(text!("system-home-unknown", path = home, why = why));
        }
        Fact::Absent => {
            (Verdict::fail(text!("system-home-absent", path = home)), "system-home-absent-decide")
        }
        Fact::Here(stat) if stat.kind != Kind::Dir => {
            (Verdict::fail(text!("system-home-absent", path = home)), "system-home-absent-decide")
        }
        Fact::Here(stat) if read_only || !stat.writable => {
            // As in a container whose root is read-only and whose volumes are not.
            let elsewhere = !read_only && !facts.ours.places.data.starts_with(home) && independent(facts);
            let verdict = if elsewhere { Verdict::warn } else { Verdict::fail };
            (verdict(text!("system-home-read-only", path = home)), "system-home-read-only-decide")
        }
        Fact::Here(_) => return Verdict::ok(text!("system-home-ok", path = home)),
    };
    let verdict = verdict.cause(text!("system-home-cause", variable = name, path = home)).file(home, None);
    verdict.decide(crate::text::Text::new(decision).with("path", home).with("variable", name), None)
}

/// What says where the home is.
const fn home_variable(style: PathStyle) -> &'static str {
    match style {
        PathStyle::Unix => "HOME",
        PathStyle::Windows => "USERPROFILE",
    }
}

/// Go needs no home where it is told everything that it would keep there.
fn independent(facts: &Facts) -> bool {
    let set = |name: &str| facts.here.set(name).is_some();
    (set("GOPATH") || set("GOMODCACHE")) && (set("GOCACHE") || set("XDG_CACHE_HOME"))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Why;
    use crate::system::Space;

    #[test]
    fn a_home_that_cannot_serve_is_told() {
        let dir = |mode| Fact::Here(fixture::stat(Kind::Dir, mode));
        let rows = [
            (dir(0o700), false, Status::Ok),
            (dir(0o500), false, Status::Fail),
            (dir(0o700), true, Status::Fail),
            (Fact::Absent, false, Status::Fail),
            (Fact::Here(fixture::stat(Kind::File, 0o600)), false, Status::Fail),
            (Fact::Unknown(Why::System("input/output error".into())), false, Status::Unknown),
        ];
        for (stat, read_only, status) in rows {
            let mut facts = fixture::healthy();
            facts.host.home_stat = stat;
            facts.host.data_space = Fact::Here(Space { free: 50 << 30, read_only, ..Space::default() });
            assert_eq!(fixture::judged(&CHECK, &facts).status, status);
        }
    }

    #[test]
    fn a_home_that_nobody_writes_to_need_not_be_writable() {
        let mut facts = fixture::healthy();
        facts.host.home_stat = Fact::Here(fixture::stat(Kind::Dir, 0o500));
        facts.ours.places.data = "/volume/share/fyne-setup".into();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail, "Go writes there");
        fixture::set(&mut facts, "GOPATH", "/volume/go", fixture::profile());
        fixture::set(&mut facts, "XDG_CACHE_HOME", "/volume/cache", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Warn);
        facts.host.data_space = Fact::Here(Space { free: 50 << 30, read_only: true, ..Space::default() });
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail, "we write there");
    }

    #[test]
    fn a_home_that_is_no_directory_by_its_name_fails_with_the_line_to_type() {
        let mut facts = fixture::healthy();
        facts.host.home_variable = Some("here".into());
        facts.host.home = Fact::Unknown(text!("usage-home-relative", home = "here").into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.decision.and_then(|it| it.command).as_deref(), Some("export HOME=/root"));
    }

    #[test]
    fn without_home_go_needs_to_be_told_where_everything_is() {
        let mut facts = fixture::healthy();
        facts.host.home_variable = None;
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.decision.and_then(|it| it.command).as_deref(), Some("export HOME=/root"));
        fixture::set(&mut facts, "GOPATH", "/go", fixture::profile());
        fixture::set(&mut facts, "GOCACHE", "/go/cache", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Warn);
    }
}
