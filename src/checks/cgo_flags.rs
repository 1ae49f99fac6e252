//! Whether the CGO_ flags lead a build to other headers or libraries than the system's. That alone is somebody's
//! choice; it is a fault where what lies there does not compile.

use super::{Check, Group, Verdict, setting};
use crate::facts::{Fact, Facts};
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "cgo.flags", group: Group::Cgo, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want) -> Verdict {
    let dirs = &facts.here.flag_dirs;
    let works = matches!(facts.native.compiler.works, Fact::Here(Ok(())));
    let broken: Vec<_> =
        facts.native.capabilities.iter().filter(|(_, it)| it.found.is_absent() && it.said.is_some()).collect();
    // A directory that the compiler's own words name is at fault; else the first that has what did not compile.
    let named = dirs.iter().find(|dir| {
        let path = dir.dir.display().to_string();
        broken.iter().any(|(_, it)| it.said.as_deref().is_some_and(|said| said.contains(&path)))
    });
    let suspect = named.or_else(|| dirs.iter().find(|it| !it.holds.is_empty() && works && !broken.is_empty()));
    let Some(dir) = suspect else {
        return match dirs.first() {
            Some(dir) => Verdict::info(text!("cgo-flags-own", variable = &dir.variable, flag = &dir.flag)),
            None => Verdict::ok(text!("cgo-flags-ok")),
        };
    };
    let Some(set) = facts.here.get(&dir.variable) else {
        return Verdict::ok(text!("cgo-flags-ok"));
    };
    let first = dir.holds.first().cloned().unwrap_or_default();
    let mut verdict =
        Verdict::fail(text!("cgo-flags-poisoned", variable = &dir.variable, dir = &dir.dir)).cause(text!(
            "cgo-flags-cause",
            variable = &dir.variable,
            flag = &dir.flag,
            file = dir.dir.join(first),
            place = setting::place(&set.origin)
        ));
    for said in broken.iter().filter_map(|(_, it)| it.said.clone()).take(3) {
        verdict = verdict.evidence(said);
    }
    setting::at_fault(verdict, &dir.variable, set, None)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
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
