//! Whether OpenGL would work once a window opens: a library that loads, a driver, and nothing that talks it down.

use super::{Check, Group, Verdict, blame};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::display::Unfit;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::quoting::quoted_path;
use crate::want::{Goal, Want};

mod macos;
mod windows;

pub(super) const CHECK: Check =
    Check { id: "display.gl", group: Group::Display, after: &[], goal: Goal::Desktop, judge };

/// What Fyne asks for: OpenGL 2.1.
const WANTED: (u32, u32) = (2, 1);

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if want.goal == Goal::Build {
        return Verdict::skipped(text!("display-gl-build"));
    }
    if facts.host.identity.os == "windows" {
        return windows::judge(&facts.display);
    }
    if facts.host.is_mac() {
        return macos::judge(&facts.display);
    }
    // Each would be there without the others, and each costs the window.
    let faults =
        variables(facts).into_iter().chain(library(facts, want, known)).chain(driver(facts, want, known));
    if let Some(verdict) = faults.reduce(blame::besides) {
        return verdict;
    }
    match (&facts.display.libgl, &facts.display.drivers) {
        (Fact::Unknown(why), _) | (_, Fact::Unknown(why)) => {
            Verdict::unknown(text!("display-gl-unknown", why = why))
        }
        (_, driver) => {
            let driver = driver.here().cloned().unwrap_or_default();
            Verdict::ok(text!("display-gl-ok", driver = driver))
        }
    }
}

/// A library that is not there, or that is no good.
fn library(facts: &Facts, want: &Want, known: &Knowledge) -> Option<Verdict> {
    let display = &facts.display;
    if let Some((path, why)) = &display.libgl_broken {
        return Some(broken(facts, path, why));
    }
    if let Some(unfit) = &display.unfit {
        return Some(self::unfit(facts, unfit));
    }
    let package = blame::package_words(facts, want, known, "gl-driver");
    let absent = || {
        Verdict::fail(text!("display-gl-no-library"))
            .cause(text!("display-gl-no-library-cause", package = &package))
            .evidence("libGL.so.1: not found")
            .need(blame::need(facts, want, known, "gl"))
            .need(blame::need(facts, want, known, "gl-driver"))
    };
    display.libgl.is_absent().then(absent)
}

/// No driver, where there is a library that would open one.
fn driver(facts: &Facts, want: &Want, known: &Knowledge) -> Option<Verdict> {
    let display = &facts.display;
    if !display.drivers.is_absent() || !display.libgl.is_here() {
        return None;
    }
    let verdict = Verdict::fail(text!("display-gl-no-driver"));
    if let Some(variable) = &display.drivers_hidden_by {
        let cause = text!("display-gl-hidden-cause", setting = blame::setting(facts, variable));
        return Some(blame::variable(verdict.cause(cause), facts, variable));
    }
    let package = blame::package_words(facts, want, known, "gl-driver");
    let verdict = verdict
        .cause(text!("display-gl-no-driver-cause", package = &package))
        .evidence("dri/*_dri.so, libGLX_nvidia.so.0: not found")
        .need(blame::need(facts, want, known, "gl-driver"));
    Some(verdict)
}

/// Variables of Mesa's with which no window of Fyne's gets its context; each was seen to do so.
fn variables(facts: &Facts) -> Vec<Verdict> {
    let driver = facts.display.drivers.here().map(|it| it.to_string_lossy().into_owned());
    if driver.is_some_and(|it| it.contains("nvidia")) {
        return vec![]; // they are Mesa's, and mean nothing to it
    }
    [too_low(facts), indirect(facts), renderer(facts)].into_iter().flatten().collect()
}

fn too_low(facts: &Facts) -> Option<Verdict> {
    let name = "MESA_GL_VERSION_OVERRIDE";
    let version = facts.here.set(name).and_then(number).filter(|it| *it < WANTED)?;
    let told = format!("{}.{}", version.0, version.1);
    let setting = blame::setting(facts, name);
    let cause = text!("display-gl-too-low-cause", setting = setting, wanted = "2.1");
    let verdict = Verdict::fail(text!("display-gl-too-low", version = &told)).cause(cause);
    Some(blame::variable(verdict, facts, name))
}

fn indirect(facts: &Facts) -> Option<Verdict> {
    let name = "LIBGL_ALWAYS_INDIRECT";
    facts.here.set(name).filter(|it| !["0", "n", "no", "f", "false"].contains(it))?;
    let cause = text!("display-gl-indirect-cause", setting = blame::setting(facts, name));
    Some(blame::variable(Verdict::fail(text!("display-gl-indirect")).cause(cause), facts, name))
}

fn renderer(facts: &Facts) -> Option<Verdict> {
    let name = "GALLIUM_DRIVER";
    let renderer = facts.here.set(name).filter(|it| !RENDERERS.contains(it))?;
    // A graphics card renders without them, so that only a display of its own is certainly lost.
    let verdict = if facts.display.usable() { Verdict::warn } else { Verdict::fail };
    let setting = blame::setting(facts, name);
    let cause = text!("display-gl-renderer-cause", setting = setting, known = RENDERERS.join(", "));
    let verdict = verdict(text!("display-gl-renderer", renderer = renderer)).cause(cause);
    Some(blame::variable(verdict, facts, name))
}

/// What Mesa renders with when there is no graphics card.
const RENDERERS: [&str; 8] = ["llvmpipe", "softpipe", "swr", "zink", "d3d12", "virpipe", "asahi", "etnaviv"];

/// `2.1`, `3.3FC`, `4.5COMPAT` as Mesa reads them; what it does not read it ignores, and so do we.
fn number(value: &str) -> Option<(u32, u32)> {
    let (major, rest) = value.split_once('.')?;
    let minor = rest.trim_end_matches(|c: char| !c.is_ascii_digit());
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// A library of the user's own comes through LD_LIBRARY_PATH; any other belongs to a package.
fn broken(facts: &Facts, path: &std::path::Path, why: &str) -> Verdict {
    let verdict = Verdict::fail(text!("display-gl-broken", path = path, why = why))
        .evidence(format!("{}: {why}", path.display()));
    let variable = "LD_LIBRARY_PATH";
    let told = facts.here.set(variable).map(crate::facts::ldso::path_dirs).unwrap_or_default();
    if told.iter().any(|dir| path.parent() == Some(dir)) {
        let setting = blame::setting(facts, variable);
        let verdict = verdict.cause(text!("display-gl-broken-told", setting = setting, path = path));
        return blame::variable(verdict, facts, variable);
    }
    verdict
        .cause(text!("display-gl-broken-cause", path = path))
        .file(path, None)
        .need(Need::Damaged("gl-driver".into()))
}

/// A library that is not what its name says, or too old for what needs it.
fn unfit(facts: &Facts, unfit: &Unfit) -> Verdict {
    let Unfit { file, said, led_by, told } = unfit;
    let first = said.first().map(String::as_str).unwrap_or_default();
    let verdict = Verdict::fail(text!("display-gl-unfit", path = file, why = first));
    let verdict = said.iter().take(SAID).fold(verdict, Verdict::evidence);
    if let Some(variable) = led_by {
        let setting = blame::setting(facts, variable);
        let verdict = verdict.cause(text!("display-gl-unfit-told", setting = setting, path = file));
        return blame::list(verdict, facts, variable, file.parent().unwrap_or(file));
    }
    let decide = text!("display-gl-unfit-decide", path = file);
    match told {
        Some((conf, line)) => {
            let sudo = facts.host.sudo();
            let command = format!("{sudo}sed -i '{line}s/^/# /' {} && {sudo}ldconfig", quoted_path(conf));
            let cause = text!("display-gl-unfit-conf", path = file, conf = conf, line = *line);
            verdict.cause(cause).file(conf, Some(*line)).decide(decide, Some(command))
        }
        None => {
            verdict.cause(text!("display-gl-unfit-cause", path = file)).file(file, None).decide(decide, None)
        }
    }
}

/// Lines that show it; an old library may miss dozens of versions.
const SAID: usize = 3;

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn a_machine_without_a_driver_needs_one() {
        let mut facts = fixture::healthy();
        facts.display.drivers = Fact::Absent;
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(
            (verdict.status, verdict.needs),
            (Status::Fail, vec![Need::Capability("gl-driver".into())])
        );
        assert!(verdict.cause.is_some_and(|it| it.to_string().contains("libgl1-mesa-dri")));
        let bare = fixture::judged(&CHECK, &fixture::bare());
        assert_eq!(bare.needs, ["gl", "gl-driver"].map(|it| Need::Capability(it.into())));
        assert_eq!((CHECK.judge)(&facts, &fixture::want_build(), fixture::known()).status, Status::Skipped);
    }

    #[test]
    fn a_variable_that_hides_or_breaks_opengl_is_named() {
        let mut hidden = fixture::healthy();
        hidden.display.drivers = Fact::Absent;
        hidden.display.drivers_hidden_by = Some("LIBGL_DRIVERS_PATH".into());
        fixture::set(&mut hidden, "LIBGL_DRIVERS_PATH", "/opt/none", fixture::profile());
        let mut broken = fixture::healthy();
        broken.display.libgl = Fact::Absent;
        let why = "invalid ELF header".to_owned();
        broken.display.libgl_broken = Some(("/opt/vendor-gl/lib/libGL.so.1".into(), why));
        fixture::set(&mut broken, "LD_LIBRARY_PATH", "/opt/x:/opt/vendor-gl/lib", fixture::profile());
        for (facts, variable) in [(hidden, "LIBGL_DRIVERS_PATH"), (broken, "LD_LIBRARY_PATH")] {
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!(verdict.place.variable.as_deref(), Some(variable));
            assert!(matches!(&verdict.needs[..], [Need::FileSetting { .. }]), "{verdict:?}");
        }
    }

    fn with_unfit(led_by: Option<&str>, told: Option<(&str, u32)>) -> Facts {
        let mut facts = fixture::healthy();
        let said = "/opt/games/lib/libGL.so.1: undefined symbol: glXGetProcAddress".to_owned();
        facts.display.unfit = Some(Unfit {
            file: "/opt/games/lib/libGL.so.1".into(),
            said: vec![said],
            led_by: led_by.map(str::to_owned),
            told: told.map(|(file, line)| (file.into(), line)),
        });
        facts
    }

    #[test]
    fn a_library_of_the_right_name_and_the_wrong_symbols_is_traced_to_what_leads_to_it() {
        let mut facts = with_unfit(Some("LD_LIBRARY_PATH"), None);
        fixture::set(&mut facts, "LD_LIBRARY_PATH", "/opt/games/lib", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(9)));
        assert!(matches!(&verdict.needs[..], [Need::FileSetting { .. }]), "{verdict:?}");
        let conf = "/etc/ld.so.conf.d/games.conf";
        let verdict = fixture::judged(&CHECK, &with_unfit(None, Some((conf, 2))));
        assert_eq!((verdict.place.file.as_deref(), verdict.place.line), (Some(conf), Some(2)));
        let typed = verdict.decision.and_then(|it| it.command).expect("what to type");
        assert!(typed.starts_with("sed -i '2s/^/# /' /etc/ld.so.conf.d/games.conf"), "{typed}");
        let verdict = fixture::judged(&CHECK, &with_unfit(None, None));
        assert_eq!(verdict.place.file.as_deref(), Some("/opt/games/lib/libGL.so.1"));
        assert_eq!(verdict.needs, [Need::Decision], "nobody knows how the loader gets there");
    }

    #[test]
    fn only_an_override_below_what_fyne_asks_for_is_a_fault() {
        for (value, status) in [
            ("1.4", Status::Fail),
            ("2.0", Status::Fail),
            ("2.1", Status::Ok),
            ("3.3FC", Status::Ok),
            ("4.5COMPAT", Status::Ok),
            ("", Status::Ok),
            ("nonsense", Status::Ok),
        ] {
            let mut facts = fixture::healthy();
            fixture::set(&mut facts, "MESA_GL_VERSION_OVERRIDE", value, fixture::profile());
            assert_eq!(fixture::judged(&CHECK, &facts).status, status, "{value}");
        }
    }

    #[test]
    fn variables_that_were_seen_to_cost_the_window_are_named() {
        let rows = [
            ("LIBGL_ALWAYS_INDIRECT", "1", Status::Fail),
            ("LIBGL_ALWAYS_INDIRECT", "0", Status::Ok),
            ("GALLIUM_DRIVER", "bogus", Status::Fail),
            ("GALLIUM_DRIVER", "softpipe", Status::Ok),
            ("MESA_LOADER_DRIVER_OVERRIDE", "bogus", Status::Ok),
        ];
        for (name, value, status) in rows {
            let mut facts = fixture::healthy();
            facts.display.x11 = None;
            fixture::set(&mut facts, name, value, fixture::profile());
            let verdict = fixture::judged(&CHECK, &facts);
            let told = (status != Status::Ok).then_some(name);
            assert_eq!((verdict.status, verdict.place.variable.as_deref()), (status, told), "{name}={value}");
            facts.display.drivers = Fact::Here("/usr/lib/libGLX_nvidia.so.0".into());
            assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok, "{name} is Mesa's");
        }
    }

    #[test]
    fn what_talks_opengl_down_and_what_is_missing_are_named_at_once() {
        let mut facts = fixture::healthy();
        facts.display.x11 = None;
        facts.display.drivers = Fact::Absent;
        let path = "/opt/vendor-gl/lib/libGL.so.1";
        facts.display.libgl_broken = Some((path.into(), "file too short".into()));
        for (name, value) in [
            ("MESA_GL_VERSION_OVERRIDE", "1.4"),
            ("LIBGL_ALWAYS_INDIRECT", "1"),
            ("GALLIUM_DRIVER", "bogus"),
            ("LD_LIBRARY_PATH", "/opt/vendor-gl/lib"),
        ] {
            fixture::set(&mut facts, name, value, fixture::profile());
        }
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("MESA_GL_VERSION_OVERRIDE"));
        let lines = verdict.needs.iter().filter(|it| matches!(it, Need::FileSetting { .. })).count();
        assert_eq!((lines, verdict.needs.len()), (4, 5), "{:?}", verdict.needs);
        assert_eq!(verdict.needs[4], Need::Capability("gl-driver".into()));
        facts.display.x11 = Some((":9".into(), Fact::Here("X.Org".into())));
        facts.here.variables.remove("MESA_GL_VERSION_OVERRIDE");
        facts.here.variables.remove("LIBGL_ALWAYS_INDIRECT");
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail, "the first one alone is a warning");
    }

    #[test]
    fn a_damaged_library_of_the_systems_belongs_to_its_package() {
        let mut facts = fixture::healthy();
        let path = "/usr/lib/x86_64-linux-gnu/libGL.so.1";
        facts.display.libgl_broken = Some((path.into(), "file too short".into()));
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.file.as_deref(), Some(path));
        assert_eq!(verdict.needs, [Need::Damaged("gl-driver".into())]);
    }
}
