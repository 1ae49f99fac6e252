//! What is planned on a Windows machine: the registry in the place of files and blocks.

use super::{make, simulate};
use crate::action::{Action, Scope, VariableChange};
use crate::checks::{Finding, Group, Verdict, fixture};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::native::Manager;
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
fn path_is_written_after_a_package_manager_that_writes_it_too() {
    let mut facts = windows();
    facts.host.identity.os = "windows".into();
    facts.host.distro = Fact::Absent;
    facts.native.manager = Fact::Here(Manager { name: "winget".into(), ..Manager::default() });
    facts.native.compiler.works = Fact::Absent;
    facts.here.path.retain(|it| !it.dir.starts_with("/root"));
    let needs = [Need::OnPath("/root/go/bin".into()), Need::Capability("c-compiler".into())];
    let findings = needs.map(finding);
    let plan = make(&findings, &facts, &fixture::want(), fixture::known(), Scope::Repair);
    let step = |is: fn(&Action) -> bool| plan.steps.iter().find(|it| is(&it.action)).expect("planned");
    let packages = step(|it| matches!(it, Action::InstallPackages { .. }));
    let path = step(|it| matches!(it, Action::SetVariable { .. }));
    assert!(path.after.contains(&packages.id), "{:?}", plan.steps);
}

#[test]
fn a_disk_without_links_has_the_go_itself_on_path() {
    let mut facts = windows();
    let root = facts.ours.places.go_root("1.27.4");
    assert_eq!(facts.bin_of_ours(&root), facts.ours.places.current().join("bin"));
    let mut space = facts.host.data_space.into_here().expect("known");
    space.no_links = true;
    facts.host.data_space = Fact::Here(space);
    assert_eq!(facts.bin_of_ours(&root), root.join("bin"));
    let mut tree = fixture::tree(&root.display().to_string(), "1.27.4", false);
    tree.ours = true;
    (facts.go.trees, facts.go.first) = (vec![tree], None);
    facts.here.path.retain(|it| !it.dir.ends_with("go/bin"));
    let actions = actions(&facts, vec![Need::OnPath(root.join("bin"))]);
    let front = actions.iter().find_map(|it| match it {
        Action::SetVariable { change: VariableChange::Front { dirs }, .. } => Some(dirs),
        _ => None,
    });
    assert_eq!(front.and_then(|it| it.first()), Some(&root.join("bin")), "{actions:?}");
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
