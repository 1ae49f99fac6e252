//! What is planned on a Windows machine: the registry in the place of files and blocks.

use super::{make, simulate};
use crate::action::{Action, Scope, VariableChange};
use crate::checks::{Finding, Group, Verdict, fixture};
use crate::facts::Facts;
use crate::facts::settings::{Origin, Setting};
use crate::need::Need;
use crate::path_style::PathStyle;
use crate::registry::RegistryKey;

fn finding(need: Need) -> Finding {
    let verdict = Verdict::fail(text!("apply-interrupted")).need(need);
    Finding { id: "go.flags".into(), group: Group::Go, verdict, blocked_by: vec![], needed: true }
}

fn windows() -> Facts {
    let mut facts = fixture::healthy();
    facts.here.style = PathStyle::Windows;
    facts
}

fn actions(facts: &Facts, needs: Vec<Need>) -> Vec<Action> {
    let findings: Vec<Finding> = needs.into_iter().map(finding).collect();
    let plan = make(&findings, facts, &fixture::want(), fixture::known(), Scope::Repair);
    plan.steps.into_iter().map(|it| it.action).collect()
}

#[test]
fn a_value_of_the_registry_that_is_wrong_goes_and_what_it_hid_shows() {
    let (users, machine) = (RegistryKey::user_environment(), RegistryKey::machine_environment());
    let at = |key: &RegistryKey, name: &str| Origin::Registry { key: key.clone(), name: name.into() };
    let set = |value: &str, origin| Setting { value: value.into(), origin };
    let mut facts = windows();
    facts.here.variables.insert("GOFLAGS".into(), set("-x", at(&users, "GoFlags")));
    facts.here.elsewhere = vec![("GOFLAGS".into(), set("-mod=vendor", at(&machine, "GOFLAGS")))];
    let need = Need::RegistrySetting { key: users.clone(), name: "GoFlags".into() };
    let wanted = Action::SetVariable { key: users, name: "GoFlags".into(), change: VariableChange::Remove };
    assert!(actions(&facts, vec![need.clone()]).contains(&wanted));
    assert_eq!(simulate::after(&facts.here, [&need]).value("GOFLAGS"), Some("-mod=vendor"));
}

#[test]
fn a_directory_gets_into_the_users_path_and_no_file_is_written() {
    let mut facts = windows();
    facts.ours.profiles_missing = vec!["C:/Users/Ann/.profile".into()];
    facts.here.path.retain(|it| !it.dir.starts_with("/root"));
    let need = Need::OnPath("/root/go/bin".into());
    let actions = actions(&facts, vec![need]);
    let front = actions.iter().find_map(|it| match it {
        Action::SetVariable { key, name, change: VariableChange::Front { dirs } } => {
            Some((key.to_string(), name, dirs))
        }
        _ => None,
    });
    let (key, name, dirs) = front.expect("an edit of the registry");
    assert_eq!((key.as_str(), name.as_str()), (r"HKCU\Environment", "Path"));
    // The Go that only this terminal has would be lost to the next login.
    assert_eq!(dirs, &["/usr/local/go/bin", "/root/go/bin"].map(std::path::PathBuf::from));
    let files = |it: &Action| matches!(it, Action::WriteEnvFiles { .. } | Action::EditProfile { .. });
    assert!(!actions.iter().any(files), "{actions:?}");
}
