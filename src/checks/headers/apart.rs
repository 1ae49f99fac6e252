//! Headers that have a directory of their own, of which only pkg-config knows, and which Fyne's GLFW does not ask it for:
//! openSUSE's Wayland (go-gl/glfw issue 402). The preprocessor is told of it.

use super::super::{Verdict, blame};
use super::{Part, what};
use crate::facts::Facts;
use crate::facts::settings::Origin;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::quoting::quoted;
use crate::want::Want;

/// What cgo hands to the preprocessor, whatever the language.
const KEY: &str = "CGO_CPPFLAGS";

pub(super) fn judge(facts: &Facts, want: &Want, known: &Knowledge, names: &[String]) -> Verdict {
    let mut flags: Vec<&str> = Vec::new();
    let told = names.iter().filter_map(|it| facts.native.capabilities[it].told_by_module.as_deref());
    for flag in told.flat_map(str::split_whitespace) {
        if !flags.contains(&flag) {
            flags.push(flag);
        }
    }
    let flags = flags.join(" ");
    let headers: Vec<String> = names.iter().map(|it| what(it, known, Part::Header)).collect();
    let packages: Vec<String> = names.iter().map(|it| blame::package(facts, want, known, it)).collect();
    let verdict = Verdict::fail(text!("cgo-headers-apart", what = headers.join(", "))).cause(text!(
        "cgo-headers-apart-cause",
        packages = packages.join(" "),
        flags = &flags
    ));
    let said = names.iter().filter_map(|it| facts.native.capabilities[it].said.as_ref());
    let verdict = said.fold(verdict, Verdict::evidence);
    let set = facts.here.get(KEY).filter(|it| !it.value.trim().is_empty());
    let value = set.map_or_else(|| flags.clone(), |it| format!("{} {flags}", it.value));
    let writable = || {
        let file = facts.here.go_env_file.as_deref().and_then(|it| facts.here.files.get(it));
        facts.here.go_env_file.is_some() && file.is_none_or(|it| it.writable)
    };
    if set.is_none_or(|it| matches!(it.origin, Origin::GoEnv { .. })) && writable() {
        return verdict.need(Need::GoSetting { key: KEY.into(), value: Some(value.into()) });
    }
    let command = format!("export {KEY}={}", quoted(&value));
    verdict.decide(text!("cgo-headers-apart-decide", variable = KEY, flags = &flags), Some(command))
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::fact::Fact;

    fn suse() -> Facts {
        let mut facts = fixture::healthy();
        let wayland = facts.native.capabilities.get_mut("wayland").expect("probed");
        (wayland.found, wayland.part) = (Fact::Absent, Some(Part::Header));
        wayland.told_by_module = Some("-I/usr/include/wayland".into());
        facts
    }

    #[test]
    fn headers_of_which_only_pkg_config_knows_are_told_to_the_preprocessor() {
        let need = |value: &str| Need::GoSetting { key: KEY.into(), value: Some(value.into()) };
        let mut facts = suse();
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(
            (verdict.status, &verdict.needs[..]),
            (Status::Fail, &[need("-I/usr/include/wayland")][..])
        );
        fixture::set(&mut facts, KEY, "-DX", fixture::go_env());
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [need("-DX -I/usr/include/wayland")]);
        fixture::set(&mut facts, KEY, "-DX", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        let command = verdict.decision.and_then(|it| it.command);
        assert_eq!(command.as_deref(), Some("export CGO_CPPFLAGS='-DX -I/usr/include/wayland'"));
        assert_eq!(verdict.needs, [Need::Decision]);
    }

    #[test]
    fn what_is_missing_besides_is_brought_at_once() {
        let mut facts = suse();
        let xrandr = facts.native.capabilities.get_mut("xrandr").expect("probed");
        (xrandr.found, xrandr.part) = (Fact::Absent, Some(Part::Header));
        let needs = fixture::judged(&CHECK, &facts).needs;
        assert!(
            matches!(&needs[..], [Need::Capability(it), Need::GoSetting { .. }] if it == "xrandr"),
            "{needs:?}"
        );
    }
}
