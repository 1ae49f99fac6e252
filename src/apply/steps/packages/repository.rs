//! A repository that the distribution has and does not enable: enabled by its own command, and disabled again by an undo.

use super::names::found;
use super::run::{Work, installed};
use super::{came, transaction};
use crate::apply::steps::{Prepared, StepContext, bundle};
use crate::failure::Failure;
use crate::journal::undo::Undo;
use crate::packages::repository::{EnabledBy, PLUGIN};

/// Enables a repository. Where the command for that is a plugin that is missing, the plugin is installed first, and goes
/// with the undo.
pub fn enable<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    manager: &str,
    repository: &'s str,
    by: EnabledBy,
) -> Result<Prepared<'s>, Failure> {
    let work = Work::of(id, site, manager)?;
    let manager = work.manager;
    bundle::allowed(site.system, Some(manager), repository)?;
    let (name, plugin) = (manager.name().to_owned(), [PLUGIN.to_owned()]);
    let mut undo = vec![Undo::DisableRepository { manager: name.clone(), repository: repository.into(), by }];
    let mut new = Vec::new();
    let missing = by == EnabledBy::ConfigManager && !installed(site, manager).contains_key(PLUGIN);
    if missing {
        new = found(site, manager, &plugin).1.map_or_else(|| plugin.to_vec(), |it| it.new);
        undo.push(Undo::RemovePackages { manager: name, names: new.clone() });
    }
    let act = move || {
        if missing {
            transaction(work, &manager.install(&plugin), 0)?;
            site.stopped()?;
        }
        transaction(work, &by.command(repository, true), 0)
    };
    let prepared = Prepared::new(undo, act);
    Ok(if missing { prepared.bringing(move || came::brought(site, manager, id, &new)) } else { prepared })
}

/// Disables it again.
pub fn disable(
    id: u32,
    site: &StepContext<'_>,
    manager: &str,
    repository: &str,
    by: EnabledBy,
) -> Result<(), Failure> {
    transaction(Work::of(id, site, manager)?, &by.command(repository, false), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Action;
    use crate::apply::revert::{StepUndone, believed};
    use crate::apply::stand::Stand;
    use crate::failure::Code;
    use crate::journal::{RunStep, State};
    use crate::system::fake::{Machine, Scripted};

    const DNF: &str = "/usr/bin/dnf";
    const ON: &str = "/usr/bin/dnf config-manager --set-enabled crb";
    const OFF: &str = "/usr/bin/dnf config-manager --set-disabled crb";

    fn stand(installed: &str) -> Stand {
        let would = "Installing:\n dnf-plugins-core noarch 4.3 baseos 40 k\nInstalling dependencies:\n \
            python3-dnf-plugins-core noarch 4.3 baseos 250 k\n\nOperation aborted.\n";
        let machine = Machine::linux().answer("/usr/bin/rpm", "-qa", 0, installed, "");
        Stand::new(machine.answer(DNF, "install --assumeno", 1, would, ""))
    }

    fn crb() -> Action {
        let (manager, repository) = ("dnf".into(), "crb".into());
        Action::EnableRepository { manager, repository, by: EnabledBy::ConfigManager }
    }

    #[test]
    fn a_repository_is_enabled_and_an_undo_disables_it() {
        let stand = stand("bash\t5.1\ndnf-plugins-core\t4.3\n");
        let children = Scripted::on(&stand.living).part(ON, 0, "");
        assert_eq!(stand.perform(&children, crb()), Ok(()));
        assert_eq!(children.lines(), [ON]);
        let children = Scripted::on(&stand.living).part(OFF, 0, "");
        assert!(stand.take_back(&children).iter().all(StepUndone::whole));
        assert_eq!((children.lines(), stand.states()), (vec![OFF.to_owned()], vec![State::Undone]));
    }

    #[test]
    fn the_plugin_that_enables_comes_first_and_goes_last() {
        let stand = stand("bash\t5.1\n");
        let plugin = "/usr/bin/dnf install -y --setopt=install_weak_deps=False dnf-plugins-core";
        let children = Scripted::on(&stand.living).part(plugin, 0, "").part(ON, 0, "");
        assert_eq!(stand.perform(&children, crb()), Ok(()));
        assert_eq!(children.lines(), [plugin, ON]);
        let undo = stand.runs()[0].steps[0].undo.clone();
        let names = ["dnf-plugins-core", "python3-dnf-plugins-core"].map(str::to_owned).to_vec();
        assert!(matches!(undo[0], Undo::DisableRepository { .. }), "while the command is there: {undo:?}");
        assert_eq!(undo[1], Undo::RemovePackages { manager: "dnf".into(), names });
    }

    #[test]
    fn an_undo_of_another_repository_or_of_other_packages_is_not_believed() {
        let stand = stand("dnf-plugins-core\t4.3\n");
        assert_eq!(stand.perform(&Scripted::on(&stand.living).part(ON, 0, ""), crb()), Ok(()));
        let step = stand.runs()[0].steps[0].clone();
        let off = |repository: &str| {
            let (manager, by) = ("dnf".into(), EnabledBy::ConfigManager);
            Undo::DisableRepository { manager, repository: repository.into(), by }
        };
        let remove = |manager: &str, name: &str| Undo::RemovePackages {
            manager: manager.into(),
            names: vec![name.into()],
        };
        for (undo, believed) in [
            (off("crb"), true),
            (off("baseos"), false),
            (off("--all"), false),
            (remove("dnf", PLUGIN), true),
            (remove("dnf", "bash"), false),
            (remove("apt", PLUGIN), false),
        ] {
            let step = RunStep { undo: vec![undo.clone()], ..step.clone() };
            let judged = believed::step(&stand.living, stand.places(), &step);
            assert_eq!(judged.is_ok(), believed, "{undo:?}");
        }
    }

    #[test]
    fn one_that_cannot_be_enabled_is_a_failure_with_its_undo_open() {
        let stand = stand("dnf-plugins-core\t4.3\n");
        let children = Scripted::on(&stand.living).part(ON, 1, "Error: No matching repo to modify: crb.\n");
        assert_eq!(stand.perform(&children, crb()), Err(Code::PackagesFailed));
        assert_eq!(stand.states(), [State::Failed]);
    }
}
