//! What an installation would do, asked of the manager before; and what it calls a package that it does not know by the name
//! which we have for it.

use super::run::{asked, installed, with_sudo};
use crate::apply::steps::{StepContext, bundle};
use crate::facts::host::Rights;
use crate::packages::{Outcome, PackageManager, Simulation};

/// The names to install, and what that would do where the manager says. A name that it does not know is replaced by what
/// brings the same pkg-config module, where it can be asked for that and all of them are found so.
pub(super) fn found(
    site: &StepContext<'_>,
    manager: &dyn PackageManager,
    names: &[String],
) -> (Vec<String>, Option<Simulation>) {
    match previewed(site, manager, &manager.simulate(names)) {
        Some(Ok(simulation)) => (names.to_vec(), Some(corrected(site, manager, simulation))),
        Some(Err((Outcome::Stale, said))) => {
            let unknown = manager.unknown_names(&said, names);
            let others = names
                .iter()
                .map(|it| if unknown.contains(it) { other(site, manager, it) } else { Some(it.clone()) });
            let Some(others) = others.collect::<Option<Vec<String>>>() else { return (names.to_vec(), None) };
            match previewed(site, manager, &manager.simulate(&others)) {
                Some(Ok(simulation)) if !unknown.is_empty() => {
                    (others, Some(corrected(site, manager, simulation)))
                }
                _ => (names.to_vec(), None),
            }
        }
        _ => (names.to_vec(), None),
    }
}

/// What brings the pkg-config module of a package's capability.
fn other(site: &StepContext<'_>, manager: &dyn PackageManager, name: &String) -> Option<String> {
    let (table, host, fyne) = (&site.known.packages, &site.facts.host, &site.plan.want.target.fyne);
    let brings =
        |it: &&crate::packages::table::Capability| table.supplies(&it.name, host, fyne).contains(name);
    manager.bringing(table.capabilities.iter().find(brings)?.pkgconfig()?)
}

/// Not every manager tells what is new from what is there in another version.
fn corrected(site: &StepContext<'_>, manager: &dyn PackageManager, mut simulation: Simulation) -> Simulation {
    if !simulation.new.is_empty() {
        simulation.correct(&installed(site, manager));
    }
    simulation
}

/// What a simulation says would be done.
pub(in crate::apply::steps) fn foreseen(
    site: &StepContext<'_>,
    manager: &dyn PackageManager,
    command: &[String],
) -> Option<Simulation> {
    previewed(site, manager, command)?.ok()
}

/// The same, or why nobody knows, with the manager's words.
fn previewed(
    site: &StepContext<'_>,
    manager: &dyn PackageManager,
    command: &[String],
) -> Option<Result<Simulation, (Outcome, String)>> {
    let ask = |command: &[String]| {
        let answer = asked(site, manager, command)?;
        let said = format!("{}\n{}", answer.out(), answer.err());
        Some(manager.simulated(answer.code, &said).map_err(|it| (it, said)))
    };
    let first = ask(command)?;
    // Some want root even for a simulation. Nobody is asked for a password for it.
    let rights = matches!(first, Err((Outcome::Rights, _)));
    if rights && site.facts.host.rights == Rights::SudoWithoutPassword {
        // Behind sudo it is no longer seen whose command it is.
        let command = bundle::only_from(site.system, manager, command.to_vec());
        return ask(&with_sudo(manager, command, false));
    }
    Some(first)
}
