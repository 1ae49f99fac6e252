//! The state of the package manager: what is installed of what we may want, lists, holds, interruptions.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::Host;
use crate::facts::native::Manager;
use crate::packages::{Names, Table};
use crate::probe::programs;
use crate::system::{Environment, Look};

pub(super) fn probe(look: &dyn Look, host: &Host, packages: &Table) -> Fact<Manager> {
    let Some(manager) = packages.manager_for(host) else { return Fact::Absent };
    let program = match programs::first(look, [PathBuf::from(manager.program())]) {
        Fact::Here(program) => program,
        Fact::Absent => return Fact::Absent,
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    let mut query = manager.query().into_iter();
    let asked = query.next().unwrap_or_default();
    let args: Vec<String> = query.collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let answer = match look.run(&programs::ask(
        Path::new(&asked),
        &args,
        Environment::fixed(&manager.environment()),
    )) {
        Fact::Here(answer) => answer,
        Fact::Absent => return Fact::Absent,
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    let all = manager.installed(&answer.out());
    let wanted = wanted(host, packages);
    let ours = |name: &&String| wanted.contains(name);
    Fact::Here(Manager {
        name: manager.name().to_owned(),
        program,
        lists: manager.lists().is_none_or(|it| says(look, it, true)),
        interrupted: all.values().any(|it| it.half_done)
            || manager.interrupted().is_some_and(|it| says(look, it, false)),
        held: all.iter().filter(|(name, it)| ours(name) && it.held).map(|(name, _)| name.clone()).collect(),
        installed: all
            .iter()
            .filter(|(name, it)| ours(name) && !it.half_done)
            .map(|(name, it)| (name.clone(), it.version.clone()))
            .collect(),
    })
}

/// Every package that any capability may ask for here.
fn wanted(host: &Host, packages: &Table) -> Vec<String> {
    let Some(family) = packages.family(host) else { return Vec::new() };
    family
        .names
        .values()
        .chain(family.other.iter().flat_map(|it| it.names.values()))
        .flatten()
        .cloned()
        .collect()
}

/// What the names in a directory say; `unknown` where nobody can list it.
fn says(look: &dyn Look, names: Names, unknown: bool) -> bool {
    match look.list(Path::new(names.dir)) {
        Fact::Here(all) => (names.says)(&all),
        Fact::Absent => false,
        Fact::Unknown(_) => unknown,
    }
}
