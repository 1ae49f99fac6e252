//! Whether the CGO_ flags lead a build to other headers or libraries than the system's. That alone is somebody's
//! choice; it is a fault where what lies there does not compile.

use super::{Check, Group, Verdict, blame, setting};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) mod macos;

pub(super) const CHECK: Check =
    Check { id: "cgo.flags", group: Group::Cgo, after: &["cgo.compiler"], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    if facts.host.is_mac() {
        return macos::judge(facts);
    }
    let dirs = &facts.here.flag_dirs;
    // The probe found the part with these flags away, and not with them.
    let hidden = facts.native.capabilities.values().find_map(|it| {
        let name = it.hidden_by.as_deref().filter(|it| it.starts_with("CGO_"))?;
        Some((it, name, facts.here.get(name)?))
    });
    let Some((probed, name, set)) = hidden else {
        return match dirs.first() {
            Some(dir) => Verdict::info(text!("cgo-flags-own", variable = &dir.variable, flag = &dir.flag)),
            None => Verdict::ok(text!("cgo-flags-ok")),
        };
    };
    let place = setting::place(&set.origin);
    let verdict = Verdict::fail(text!("cgo-flags-poisoned", variable = name, value = &set.value));
    let holds = dirs.iter().filter(|it| it.variable == name).find_map(|it| Some((it, it.holds.first()?)));
    let verdict = verdict.cause(match holds {
        Some((dir, first)) => {
            text!(
                "cgo-flags-cause",
                variable = name,
                flag = &dir.flag,
                file = dir.dir.join(first),
                place = place
            )
        }
        None => text!("cgo-flags-other-cause", variable = name, value = &set.value, place = place),
    });
    let verdict = probed.said.iter().fold(verdict, Verdict::evidence);
    blame::at_fault(verdict, facts, name, set, None)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Fact;
    use crate::facts::settings::FlagDir;

    fn with_old_sdk() -> Facts {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "CGO_CPPFLAGS", "-I/opt/old-sdk/include", fixture::profile());
        facts.here.flag_dirs = vec![FlagDir {
            variable: "CGO_CPPFLAGS".into(),
            flag: "-I/opt/old-sdk/include".into(),
            dir: "/opt/old-sdk/include".into(),
            exists: true,
            holds: vec!["X11/Xlib.h".into()],
        }];
        facts
    }

    #[test]
    fn headers_that_do_not_compile_are_traced_to_the_flag() {
        let mut facts = with_old_sdk();
        let x11 = facts.native.capabilities.get_mut("x11").expect("wanted");
        x11.found = Fact::Absent;
        x11.hidden_by = Some("CGO_CPPFLAGS".into());
        x11.said = Some("/opt/old-sdk/include/X11/Xlib.h:1:2: error: #error".into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(9)));
    }

    #[test]
    fn headers_of_ones_own_that_compile_are_fine() {
        assert_eq!(fixture::judged(&CHECK, &with_old_sdk()).status, Status::Info);
    }

    #[test]
    fn a_missing_package_is_not_blamed_on_a_flag() {
        let mut facts = with_old_sdk();
        facts.here.flag_dirs[0].holds.clear();
        let xi = facts.native.capabilities.get_mut("xi").expect("wanted");
        xi.found = Fact::Absent;
        xi.said = Some("fatal error: X11/extensions/XInput2.h: No such file or directory".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
    }
}
