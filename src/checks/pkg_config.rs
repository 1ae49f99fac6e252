//! Whether pkg-config is there and knows what cgo asks it for.

use super::{Check, Group, Verdict, blame, off_path};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::native::Part;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::quoting::quoted_path;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "cgo.pkg-config", group: Group::Cgo, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if facts.host.identity.os == "windows" {
        return Verdict::skipped(text!("cgo-pkg-config-windows"));
    }
    if facts.host.is_mac() {
        return Verdict::skipped(text!("cgo-pkg-config-macos"));
    }
    let (path, version) = match &facts.native.pkg_config {
        Fact::Here(it) => it,
        Fact::Absent => return absent(facts, want, known),
        Fact::Unknown(why) => return Verdict::unknown(text!("cgo-pkg-config-unknown", why = why)),
    };
    match blame::missing(facts, want, known, Part::Module).first() {
        Some(capability) => module(facts, want, known, capability),
        None if version.is_empty() => Verdict::unknown(text!("cgo-pkg-config-silent", path = path)),
        None => Verdict::ok(text!("cgo-pkg-config-ok", version = version)),
    }
}

fn absent(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if let Some(verdict) = off_path::off_path(facts, facts.here.set("PKG_CONFIG").unwrap_or("pkg-config")) {
        return verdict;
    }
    if let Some(program) = facts.here.set("PKG_CONFIG") {
        let verdict = Verdict::fail(text!("cgo-pkg-config-gone", program = program))
            .cause(text!("cgo-pkg-config-gone-cause", setting = blame::setting(facts, "PKG_CONFIG")));
        return blame::variable(verdict, facts, "PKG_CONFIG");
    }
    let package = blame::package_words(facts, want, known, "pkg-config");
    let verdict = Verdict::fail(text!("cgo-pkg-config-absent"))
        .cause(text!("cgo-pkg-config-absent-cause", package = &package))
        .evidence("pkg-config: not on PATH")
        .need(blame::need(facts, want, known, "pkg-config"));
    // What it would be asked for and is nowhere comes in the same transaction.
    let missing = blame::missing(facts, want, known, Part::Module);
    missing.iter().fold(verdict, |verdict, it| verdict.need(blame::need(facts, want, known, it)))
}

/// One module is told; the others of the same cause are found again once it is fixed.
fn module(facts: &Facts, want: &Want, known: &Knowledge, capability: &str) -> Verdict {
    let probed = &facts.native.capabilities[capability];
    let modules = known.packages.capability(capability).map(|it| it.modules.join(" ")).unwrap_or_default();
    let said = probed.said.clone().unwrap_or_else(|| probed.tried.clone());
    let verdict = Verdict::fail(text!("cgo-pkg-config-module", module = &modules)).evidence(said);
    let package = blame::package_words(facts, want, known, capability);
    match (probed.hidden_by.as_deref(), &facts.native.pkg_config_detour) {
        (Some("PATH"), Some(detour)) => {
            let entry = blame::path_entry(facts, detour);
            let cause = text!("cgo-pkg-config-detour", entry = entry, module = &modules);
            return blame::detour(verdict.cause(cause), facts, detour, "PKG_CONFIG");
        }
        (Some(variable), _) => {
            let setting = blame::setting(facts, variable);
            let cause = match &probed.damaged {
                None => text!("cgo-pkg-config-hidden", setting = setting, module = &modules),
                Some(file) => text!(
                    "cgo-pkg-config-hidden-damaged",
                    setting = setting,
                    module = &modules,
                    file = file,
                    package = &package
                ),
            };
            let verdict = blame::variable(verdict.cause(cause), facts, variable);
            let damaged = probed.damaged.iter().map(|_| Need::Damaged(capability.to_owned()));
            return damaged.fold(verdict, Verdict::need);
        }
        (None, _) => {}
    }
    if let Some(file) = &probed.damaged {
        if facts.native.damaged.get(capability).is_some_and(Vec::is_empty) {
            let to = file.with_extension("pc.off");
            let command = format!("mv {} {}", quoted_path(file), quoted_path(&to));
            return verdict
                .cause(text!("cgo-pkg-config-nobodys", file = file, package = &package))
                .file(file, None)
                .decide(text!("cgo-pkg-config-nobodys-decide", file = file), Some(command));
        }
        return verdict
            .cause(text!("cgo-pkg-config-damaged", file = file, package = &package))
            .file(file, None)
            .need(Need::Damaged(capability.to_owned()));
    }
    verdict
        .cause(text!("cgo-pkg-config-module-cause", module = &modules, package = &package))
        .need(blame::need(facts, want, known, capability))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::native::{Detour, Probed};
    use crate::facts::settings::Origin;

    fn gl(change: impl Fn(&mut Probed)) -> Facts {
        let mut facts = fixture::healthy();
        let probed = facts.native.capabilities.get_mut("gl").expect("probed");
        probed.found = Fact::Absent;
        probed.part = Some(Part::Module);
        change(probed);
        facts
    }

    #[test]
    fn a_broken_module_file_is_named_and_its_package_damaged() {
        let pc = "/usr/lib/x86_64-linux-gnu/pkgconfig/gl.pc";
        let verdict = fixture::judged(&CHECK, &gl(|it| it.damaged = Some(pc.into())));
        assert_eq!((verdict.status, verdict.place.file.as_deref()), (Status::Fail, Some(pc)));
        assert_eq!(verdict.needs, [Need::Damaged("gl".into())]);
    }

    #[test]
    fn a_variable_that_hides_modules_is_named() {
        let mut facts = gl(|it| it.hidden_by = Some("PKG_CONFIG_LIBDIR".into()));
        fixture::set(&mut facts, "PKG_CONFIG_LIBDIR", "/opt/cross/lib/pkgconfig", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("PKG_CONFIG_LIBDIR"));
        assert!(matches!(&verdict.needs[..], [Need::FileSetting { line: 9, .. }]));
    }

    #[test]
    fn a_variable_and_a_damaged_file_behind_it_are_both_at_fault() {
        let pc = "/usr/lib/x86_64-linux-gnu/pkgconfig/gl.pc";
        let mut facts = gl(|it| {
            (it.hidden_by, it.damaged) = (Some("PKG_CONFIG_PATH".into()), Some(pc.into()));
        });
        fixture::set(&mut facts, "PKG_CONFIG_PATH", "/opt/dead/pkgconfig", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        let [Need::FileSetting { line: 9, .. }, Need::Damaged(name)] = &verdict.needs[..] else {
            panic!("{:?}", verdict.needs)
        };
        assert_eq!(name, "gl");
        assert!(verdict.cause.is_some_and(|it| it.to_string().contains(pc)));
    }

    #[test]
    fn a_damaged_file_that_belongs_to_nobody_is_a_persons() {
        let pc = "/usr/local/lib/pkgconfig/gl.pc";
        let mut facts = gl(|it| it.damaged = Some(pc.into()));
        facts.native.damaged.insert("gl".into(), vec![]);
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.place.file.as_deref(), &verdict.needs[..]), (Some(pc), &[Need::Decision][..]));
    }

    #[test]
    fn a_pkg_config_of_another_prefix_is_passed_over_by_go_alone_unless_it_is_dead() {
        let dir = "/home/linuxbrew/.linuxbrew/bin";
        let mut facts = gl(|it| it.hidden_by = Some("PATH".into()));
        let instead = Some("/usr/bin/pkg-config".into());
        facts.native.pkg_config_detour = Some(Detour { dir: dir.into(), instead, dead: false });
        fixture::path_first(&mut facts, &[dir]);
        facts.here.path[0].origin = Origin::File { path: "/root/.profile".into(), line: 1 };
        let text = format!("export PATH={dir}:$PATH\n");
        facts.here.files = [("/root/.profile".into(), fixture::file("/root/.profile", &text, true))].into();
        let told = |value: &str| Need::GoSetting { key: "PKG_CONFIG".into(), value: Some(value.into()) };
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.place.line, &verdict.needs[..]), (Some(1), &[told("/usr/bin/pkg-config")][..]));
        assert!(verdict.cause.is_some_and(|it| it.to_string().contains(dir)));
        facts.native.pkg_config_detour.as_mut().expect("set").dead = true;
        let verdict = fixture::judged(&CHECK, &facts);
        assert!(matches!(&verdict.needs[..], [Need::FileSetting { line: 1, .. }]), "{:?}", verdict.needs);
        facts.here.path[0].origin = Origin::Terminal;
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.needs, [told("/usr/bin/pkg-config")], "no line is known");
        facts.here.go_env_file = None;
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Decision], "Go cannot be told");
    }

    #[test]
    fn what_is_not_installed_is_needed() {
        let verdict = fixture::judged(&CHECK, &fixture::bare());
        assert_eq!(verdict.needs, [Need::Capability("pkg-config".into())]);
        assert_eq!(fixture::judged(&CHECK, &gl(|_| ())).needs, [Need::Capability("gl".into())]);
        let mut facts = fixture::bare();
        fixture::set(&mut facts, "PKG_CONFIG", "/opt/pc", fixture::go_env());
        assert_eq!(fixture::judged(&CHECK, &facts).place.variable.as_deref(), Some("PKG_CONFIG"));
    }

    #[test]
    fn modules_of_another_fyne_are_nobodys_concern() {
        let mut facts = fixture::healthy();
        let wayland = facts.native.capabilities.get_mut("wayland").expect("probed");
        (wayland.found, wayland.part) = (Fact::Absent, Some(Part::Module));
        let mut want = fixture::want();
        assert_eq!((CHECK.judge)(&facts, &want, fixture::known()).status, Status::Fail);
        want.target.needs.retain(|it| it != "wayland");
        assert_eq!((CHECK.judge)(&facts, &want, fixture::known()).status, Status::Ok);
    }
}
