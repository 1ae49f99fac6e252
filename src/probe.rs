//! What to ask the machine, in parallel. A probe asks through `Look`, hands the answers to the pure parsers in `facts`,
//! and gives one part of the snapshot. It never judges. What it cannot see is `Unknown`, with the reason.
//!
//! Nothing here runs a profile, and Go is only run in an empty directory with GOTOOLCHAIN=local and GOPROXY=off.

use std::path::{Path, PathBuf};
use std::thread;

use crate::fact::Fact;
use crate::facts::settings::{Origin, PathEntry, Setting};
use crate::facts::{Facts, Host, Settings};
use crate::packages::Table;
use crate::path_style::PathStyle;
use crate::places::Places;
use crate::system::{Look, parallel};
use crate::want::Target;

pub mod apple;
pub mod busy;
pub mod deep;
pub mod display;
pub mod for_all;
pub mod go;
pub mod home;
pub mod host;
mod image;
pub mod modules;
pub mod native;
pub mod ours;
pub mod programs;
pub mod project;
pub mod settings;
pub mod waits;
#[cfg(test)]
mod windows;
mod wsl;

/// Everything about this machine that does not depend on the versions of a run. `project` is the directory of a
/// `go.mod`, if the run is about one.
pub fn facts(look: &dyn Look, places: &Places, project: Option<&Path>, packages: &Table) -> Facts {
    let mut facts = facts_here(look, places, project, packages);
    let later = settings::later(look, &facts.here);
    let later = later.map(|it| facts_of(look, places, project, packages, facts.host.clone(), it));
    facts.later = later.map(Box::new);
    facts
}

fn facts_here(look: &dyn Look, places: &Places, project: Option<&Path>, packages: &Table) -> Facts {
    let host = host::probe(look, places);
    let here = settings::probe(look, &host);
    let facts = facts_of(look, places, project, packages, host, here);
    if let Some(here) = newer_login(look, &facts) {
        let mut newer = facts_of(look, places, project, packages, facts.host, here);
        newer.ours.older_terminal = true;
        return newer;
    }
    let Some(front) = newer_path(&facts) else { return facts };
    // This terminal is merely older than an edit of ours: judged as if the env file had been sourced here, and said so.
    let here = with_front(&facts.here, &front);
    let mut newer = facts_of(look, places, project, packages, facts.host, here);
    newer.ours.older_terminal = true;
    newer
}

/// The same as if our env file had been sourced here: what `install --no-modify-path` leaves to its user.
pub fn facts_with_env_file(
    look: &dyn Look,
    places: &Places,
    project: Option<&Path>,
    packages: &Table,
) -> Facts {
    let facts = facts(look, places, project, packages);
    let dirs = our_dirs(&facts);
    if dirs.iter().all(|it| facts.here.on_path(it)) {
        return facts;
    }
    let here = with_front(&facts.here, &dirs);
    facts_of(look, places, project, packages, facts.host, here)
}

/// On Windows our edit is in the registry: what the next login has, where that finds Go or its programs and this terminal does
/// not.
fn newer_login(look: &dyn Look, facts: &Facts) -> Option<Settings> {
    if facts.host.style() == PathStyle::Unix {
        return None;
    }
    let dirs: Vec<&PathBuf> = facts.here.path_unreached.iter().map(|it| &it.0).collect();
    let places = &facts.ours.places;
    let version = facts.ours.current.here().map_or("", String::as_str);
    let ours = [Some(facts.bin_of_ours(&places.go_root(version))), facts.go.bin.clone()];
    let lacks =
        |dir: &PathBuf| !facts.here.on_path(dir) && dirs.iter().any(|it| PathStyle::Windows.same(it, dir));
    ours.iter().flatten().any(lacks).then(|| settings::next_login(look, &facts.host, &facts.here)).flatten()
}

/// The directories that our env file would put on PATH here, where a profile sources it and this terminal is older.
fn newer_path(facts: &Facts) -> Option<Vec<PathBuf>> {
    let ours = &facts.ours;
    // On a Mac no profile says what is for all users.
    let told = !ours.profiles.is_empty() || facts.host.is_mac() && ours.places.are_for_all();
    let own = told && ours.env_file.is_here();
    let own = if own { our_dirs(facts) } else { Vec::new() };
    let dirs: Vec<PathBuf> = own.into_iter().chain(ours.for_all.iter().cloned()).collect();
    dirs.iter().any(|it| !facts.here.on_path(it)).then_some(dirs)
}

/// What our env file puts on PATH.
fn our_dirs(facts: &Facts) -> Vec<PathBuf> {
    facts.ours.env_path.clone()
}

/// The same settings with directories in front on PATH.
fn with_front(here: &Settings, dirs: &[PathBuf]) -> Settings {
    let mut settings = here.clone();
    let entries =
        dirs.iter().map(|dir| PathEntry { dir: dir.clone(), exists: true, origin: Origin::Terminal });
    settings.path = entries.chain(here.path.iter().cloned()).collect();
    let (front, rest) = (here.style.join_list(dirs), here.value("PATH").unwrap_or_default());
    let value = format!("{front}{}{rest}", here.style.separator());
    settings.variables.insert("PATH".into(), Setting { value, origin: Origin::Terminal });
    settings
}

/// The same as a fresh login shell of this user would see it: what is judged after an edit. What only `terminal` has (as it
/// was before any edit: a display, a proxy that was typed) is there as well. `None` where no login shell answers.
pub fn facts_at_next_login(
    look: &dyn Look,
    places: &Places,
    project: Option<&Path>,
    packages: &Table,
    terminal: &Settings,
) -> Option<Facts> {
    let host = host::probe(look, places);
    let login = settings::next_login(look, &host, terminal)?;
    let (tmp, tmp_space) = host::tmp(look, |name| login.value(name).map(str::to_owned));
    let host = Host { tmp, tmp_space, ..host };
    Some(facts_of(look, places, project, packages, host, login))
}

fn facts_of(
    look: &dyn Look,
    places: &Places,
    project: Option<&Path>,
    packages: &Table,
    mut host: Host,
    here: Settings,
) -> Facts {
    host.manager = native::manager::instead(look, &host, packages);
    let here = go::shim::behind(look, &host, here);
    let ((go, cli), ours, native, display, project) = thread::scope(|scope| {
        let native = scope.spawn(|| native::probe(look, &host, &here, packages));
        let display = scope.spawn(|| display::probe(look, &host, &here));
        let project = scope.spawn(|| project::probe(look, &host, &here, project));
        let go = go::probe(look, places, &host, &here);
        let ours = ours::probe(look, places, &host, &here);
        // A probe that panicked is our bug: its part of the snapshot is unknown, so that nothing is done about it.
        (
            go,
            ours,
            parallel::joined(native).unwrap_or_else(|why| native::unknown(packages, &why)),
            parallel::joined(display).unwrap_or_else(|why| display::unknown(&here, &why)),
            parallel::joined(project).unwrap_or_else(|why| Fact::Unknown(why.into())),
        )
    });
    let modules = crate::facts::Modules::default();
    let apple = apple::probe(look, &host, &go, &cli);
    let (deep, later) = (None, None);
    Facts { host, here, go, cli, modules, native, display, project, ours, deep, apple, later }
}

/// The facts that depend on the versions of a run: which modules are there, which packages are damaged,
/// and whether packages can be had.
pub fn for_target(look: &dyn Look, facts: &mut Facts, target: &Target, packages: &Table) {
    facts.native.damaged = native::damage::probe(look, facts, target, packages);
    let supply = native::supply::probe(look, facts, target, packages);
    facts.native.supply = supply.supply;
    facts.here.files.extend(supply.files);
    facts.here.servers.extend(supply.unknown_proxies);
    facts.modules = modules::probe(look, facts, target);
    facts.ours.last_build = project::remembered::last(look, facts, packages);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    #[test]
    fn the_next_login_has_the_temporary_directory_that_its_files_name() {
        let mark = "fyne-setup reads the environment here";
        for (login, want) in [("", "/tmp"), ("TMPDIR=/other\0", "/other")] {
            let machine = Machine::linux()
                .file("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n")
                .var("TMPDIR", "/var/tmp/gone")
                .answer("/bin/bash", "-l -c", 0, &format!("{mark}\0{login}PATH=/bin\0{mark}\0"), "");
            let places = Places::linux(Path::new("/root"), |_| None);
            let facts =
                facts_at_next_login(&machine, &places, None, &Table::embedded(), &Settings::default());
            assert_eq!(facts.expect("the shell answers").host.tmp.0, Path::new(want));
        }
    }

    #[test]
    fn what_a_probe_that_panics_should_have_seen_is_unknown_and_nothing_is_done_about_it() {
        let want = crate::want::tests::want();
        let hello = Path::new("/root/hello");
        let known = crate::manifest::Knowledge::embedded();
        // A probe of each thread, at something that no other one looks at.
        for (at, ids) in [
            ("/usr/bin/gcc", &["cgo.compiler", "cgo.headers", "cgo.libraries", "cgo.pkg-config"][..]),
            ("/usr/bin/Xvfb", &["display.reachable", "display.gl"]),
            ("/root/hello/go.mod", &["project.gomod"]),
        ] {
            let mut machine = Machine::linux()
                .file("/etc/os-release", "ID=debian\nVERSION_ID=12\n")
                .file("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n")
                .file("/root/hello/go.mod", "module hello\n");
            machine.panics = vec![at.into()];
            let places = Places::linux(Path::new("/root"), |_| None);
            let facts = facts(&machine, &places, Some(hello), &known.packages);
            let findings = crate::checks::judge(&facts, &want, &known, &[]);
            for id in ids {
                let one = findings.iter().find(|it| it.id == *id).unwrap_or_else(|| panic!("no check {id}"));
                assert!(!one.verdict.is_bad(), "{at}: {id}: {:?}", one.verdict);
                assert!(
                    one.verdict.status != crate::checks::Status::Ok,
                    "{at}: {id} is nothing to be sure of"
                );
            }
            let plan = crate::plan::make(&findings, &facts, &want, &known, crate::action::Scope::Install);
            let meant = plan.steps.iter().filter(|it| it.because.iter().any(|it| ids.contains(&it.as_str())));
            assert_eq!(meant.collect::<Vec<_>>(), Vec::<&crate::action::Step>::new(), "{at}");
        }
    }
}
