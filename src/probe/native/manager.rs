//! The state of the package manager: what is installed of what we may want, lists, holds, interruptions.

use std::path::{Path, PathBuf};

use super::windows::places;
use crate::fact::Fact;
use crate::facts::Host;
use crate::facts::native::{Hold, Manager};
use crate::gather::Gather as _;
use crate::packages::{self, HoldsBy, Names, Outcome, PackageManager, Table};
use crate::probe::{busy, programs};
use crate::system::{Answer, Environment, Look, RegistryKey};

/// What stands in for a manager whose program is missing; `None` where it is there, and where nothing does.
pub fn instead(look: &dyn Look, host: &Host, packages: &Table) -> Option<String> {
    if host.identity.os == "windows" {
        return instead_of_winget(look);
    }
    let usual = packages.manager_for(&Host { manager: None, ..host.clone() })?;
    let there = |program: &str| look.stat(Path::new(program)).is_here();
    if usual.instead().is_empty() || there(usual.program()) {
        return None;
    }
    let others = usual.instead().iter().filter_map(|it| packages::by_name(it));
    others.into_iter().find(|it| there(it.program())).map(|it| it.name().to_owned())
}

/// Where its program is, for a manager that has no fixed place. What Windows shows there is no file that can be read, and
/// it is enough that it is there.
fn placed(look: &dyn Look, manager: &dyn PackageManager) -> Option<PathBuf> {
    let all = manager.places().iter().filter_map(|it| places::expanded(look, it));
    all.into_iter().find(|it| look.stat(it).is_here())
}

/// The policy that turns App Installer off (`EnableAppInstaller`, `doc/admx/DesktopAppInstaller.admx` in microsoft/winget-cli).
pub(super) fn forbidden(look: &dyn Look) -> Option<String> {
    const NAME: &str = "EnableAppInstaller";
    let key = RegistryKey::local_machine(r"SOFTWARE\Policies\Microsoft\Windows\AppInstaller");
    let entries = look.registry(&key).into_here()?;
    let (_, value) = entries.named(NAME)?;
    (value.number() == Some(0)).then(|| format!(r"{key}\{NAME} = 0"))
}

/// What a person could use where winget is missing: Scoop, else MSYS2's own.
fn instead_of_winget(look: &dyn Look) -> Option<String> {
    let winget = packages::by_name("winget")?;
    if placed(look, winget).is_some() {
        return None;
    }
    if places::scoop_root(look).is_some() {
        return Some("scoop".to_owned());
    }
    (!places::msys2(look).is_empty()).then(|| "pacman".to_owned())
}

/// winget is not asked what it installed: that takes seconds, and the network. Its packages are directories of their name.
fn unasked(look: &dyn Look, manager: &dyn PackageManager, wanted: &[String]) -> Fact<Manager> {
    let Some(program) = placed(look, manager) else { return Fact::Absent };
    let roots = manager.kept_in().iter().filter_map(|it| places::expanded(look, it));
    let names: Vec<String> = roots.flat_map(|it| look.list(&it).into_here().unwrap_or_default()).collect();
    let there = |id: &&String| {
        names.iter().any(|it| it.strip_prefix(id.as_str()).is_some_and(|it| it.starts_with('_')))
    };
    let listed = places::packaged(look);
    let version = |id: &String| listed.get(id).cloned().unwrap_or_default();
    let installed = wanted.iter().filter(there).map(|it| (it.clone(), version(it))).into_map();
    Fact::Here(Manager {
        name: manager.name().to_owned(),
        program,
        lists: true,
        installed,
        ..Manager::default()
    })
}

pub(super) fn probe(look: &dyn Look, host: &Host, packages: &Table) -> Fact<Manager> {
    let Some(manager) = packages.manager_for(host) else { return Fact::Absent };
    if !manager.places().is_empty() {
        return unasked(look, manager, &wanted(host, packages));
    }
    let program = match programs::first(look, [PathBuf::from(manager.program())]) {
        Fact::Here(program) => program,
        Fact::Absent => return Fact::Absent,
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    let answer = match asked(look, manager, &manager.query()) {
        Fact::Here(answer) => answer,
        // It is there itself, and what tells of its packages is not.
        Fact::Absent => return Fact::Unknown(text!("why-absent").into()),
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    let said = format!("{}\n{}", answer.out(), answer.err());
    let unreadable = !answer.ok() && manager.outcome(&said, answer.code) == Outcome::Interrupted;
    let all = manager.installed(&answer.out());
    let wanted = wanted(host, packages);
    let ours = |name: &&String| wanted.contains(name);
    let left_lock = busy::left_lock(look, manager);
    let (holds, mut held) = holds(look, manager, &wanted);
    held.extend(all.iter().filter(|(name, it)| ours(name) && it.held).map(|(name, _)| name.clone()));
    Fact::Here(Manager {
        name: manager.name().to_owned(),
        program,
        lists: manager.lists().is_none_or(|it| says(look, it, true)),
        interrupted: unreadable
            || left_lock.is_some()
            || all.values().any(|it| it.half_done)
            || manager.interrupted().is_some_and(|it| says(look, it, false)),
        held,
        installed: all
            .iter()
            .filter(|(name, it)| ours(name) && !it.half_done)
            .map(|(name, it)| (name.clone(), it.version.clone()))
            .into_map(),
        holds,
        left_lock,
        unreadable: unreadable.then(|| manager.telling_line(&said).unwrap_or_default().to_owned()),
    })
}

fn asked(look: &dyn Look, manager: &dyn PackageManager, command: &[String]) -> Fact<Answer> {
    let Some((program, args)) = command.split_first() else { return Fact::Absent };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    look.run(&programs::ask(Path::new(program), &args, Environment::fixed(&manager.environment())))
}

/// All that is on hold by the manager's own files, and which of these names cannot be had because of it.
fn holds(look: &dyn Look, manager: &dyn PackageManager, wanted: &[String]) -> (Vec<Hold>, Vec<String>) {
    let (mut all, mut held) = (Vec::new(), Vec::new());
    for holds in manager.holds() {
        let text = match holds.by {
            HoldsBy::File(path) => look.read_text(Path::new(path)).into_here(),
            HoldsBy::Answer(command) => {
                let command: Vec<String> = command.iter().map(|&it| it.to_owned()).collect();
                asked(look, manager, &command).into_here().map(|it| it.stdout)
            }
        };
        let text = String::from_utf8_lossy(&text.unwrap_or_default()).into_owned();
        let new: Vec<Hold> =
            (holds.read)(&text).into_iter().map(|name| Hold { name, by: holds.by.name() }).collect();
        if holds.by_name {
            held.extend(wanted.iter().filter(|name| new.iter().any(|it| it.covers(name))).cloned());
        }
        all.extend(new);
    }
    (all, held)
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
