//! What the settings are once a plan is carried out, as far as Go's children need to know before anybody looked again. Pure.

use crate::action::Plan;
use crate::facts::Settings;
use crate::facts::settings::{Origin, Setting};
use crate::need::Need;

/// The settings after the plan's steps.
pub fn settings(here: &Settings, plan: &Plan) -> Settings {
    after(here, plan.steps.iter().flat_map(|it| &it.meets))
}

/// The settings once these needs are met.
pub fn after<'n>(here: &Settings, needs: impl IntoIterator<Item = &'n Need>) -> Settings {
    let mut after = here.clone();
    for need in needs {
        match need {
            Need::FileSetting { file, line, variable } => {
                let gone = Origin::File { path: file.clone(), line: *line };
                take_away(&mut after, variable, |it| *it == gone);
            }
            Need::RegistrySetting { key, name } => {
                let gone = Origin::Registry { key: key.clone(), name: name.clone() };
                take_away(&mut after, &here.style.variable(name), |it| *it == gone);
            }
            Need::GoSetting { key, value: None } => {
                take_away(&mut after, key, |it| matches!(it, Origin::GoEnv { .. }));
            }
            Need::GoSetting { key, value: Some(value) } => {
                let origin = Origin::GoEnv { path: here.go_env_file.clone().unwrap_or_default(), line: 0 };
                after.variables.insert(key.clone(), Setting { value: value.reveal().to_owned(), origin });
            }
            _ => {}
        }
    }
    after
}

/// Without the values that have this origin, shown or hidden; what they hid shows again: of the files' the last one that a
/// login reads, else what Go's own files say. PATH is never without a value.
fn take_away(settings: &mut Settings, variable: &str, origin: impl Fn(&Origin) -> bool) {
    if variable == "PATH" {
        return;
    }
    settings.elsewhere.retain(|(name, it)| name != variable || !origin(&it.origin));
    if !settings.get(variable).is_some_and(|it| origin(&it.origin)) {
        return;
    }
    settings.variables.remove(variable);
    let hidden = |wanted: fn(&Origin) -> bool| {
        move |(name, it): &(String, Setting)| name == variable && wanted(&it.origin)
    };
    let of_files = settings.elsewhere.iter().rposition(hidden(|it| matches!(it, Origin::File { .. })));
    if let Some(at) = of_files.or_else(|| settings.elsewhere.iter().position(hidden(|_| true))) {
        let (name, hidden) = settings.elsewhere.remove(at);
        settings.variables.insert(name, hidden);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{Action, Scope, Step};
    use crate::checks::fixture;
    use crate::plan::make;

    fn plan(meets: Vec<Need>) -> Plan {
        let action = Action::RefreshPackageLists { manager: "apt".into() };
        let step = Step {
            id: 1,
            action,
            after: vec![],
            because: vec![],
            meets,
            premises: vec![],
            needs_root: false,
        };
        Plan {
            steps: vec![step],
            ..make(&[], &fixture::healthy(), &fixture::want(), fixture::known(), Scope::Repair)
        }
    }

    #[test]
    fn what_is_fixed_is_gone_and_what_it_hid_shows() {
        let mut here = Settings::default();
        let at = |value: &str, origin: Origin| Setting { value: value.into(), origin };
        here.variables.insert("GOFLAGS".into(), at("-mod vendor", fixture::profile()));
        here.elsewhere.push(("GOFLAGS".into(), at("-v", fixture::go_env())));
        here.variables.insert("GOPROXY".into(), at("off", fixture::go_env()));
        let need = Need::FileSetting { file: "/root/.profile".into(), line: 9, variable: "GOFLAGS".into() };
        let after =
            settings(&here, &plan(vec![need, Need::GoSetting { key: "GOPROXY".into(), value: None }]));
        assert_eq!((after.value("GOFLAGS"), after.value("GOPROXY")), (Some("-v"), None));
        let set = Need::GoSetting { key: "GOPROXY".into(), value: Some("https://goproxy.example".into()) };
        assert_eq!(settings(&here, &plan(vec![set])).value("GOPROXY"), Some("https://goproxy.example"));
        let other = Need::FileSetting { file: "/root/.profile".into(), line: 8, variable: "GOFLAGS".into() };
        assert_eq!(settings(&here, &plan(vec![other])), here);
    }

    #[test]
    fn of_several_files_each_may_be_fixed_in_any_order() {
        let at = |file: &str| Origin::File { path: file.into(), line: 1 };
        let set = |value: &str, origin: Origin| Setting { value: value.into(), origin };
        let mut here = Settings::default();
        here.variables.insert("GOFLAGS".into(), set("three", at("/root/.profile")));
        for (value, origin) in [
            ("one", at("/etc/environment")),
            ("two", at("/etc/profile.d/go.sh")),
            ("of go", fixture::go_env()),
        ] {
            here.elsewhere.push(("GOFLAGS".into(), set(value, origin)));
        }
        let line = |file: &str| Need::FileSetting { file: file.into(), line: 1, variable: "GOFLAGS".into() };
        let of_go = || Need::GoSetting { key: "GOFLAGS".into(), value: None };
        for (needs, shows) in [
            (vec![line("/root/.profile")], Some("two")),
            (vec![line("/etc/profile.d/go.sh"), line("/root/.profile")], Some("one")),
            (
                vec![line("/etc/environment"), line("/root/.profile"), line("/etc/profile.d/go.sh")],
                Some("of go"),
            ),
            (
                vec![of_go(), line("/etc/environment"), line("/etc/profile.d/go.sh"), line("/root/.profile")],
                None,
            ),
            (vec![of_go(), line("/etc/environment")], Some("three")),
        ] {
            assert_eq!(after(&here, &needs).value("GOFLAGS"), shows, "{needs:?}");
        }
    }
}
