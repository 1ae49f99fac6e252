//! The system's packages: one command of the package manager, with rights of its own, never our process's. It has a
//! session of its own, writes to a log, is never killed, and is waited for when somebody else holds its lock.

use std::path::Path;

use super::{Prepared, StepContext, bundle};
use crate::failure::Failure;
use crate::journal::undo::Undo;
use crate::packages::{Outcome, PackageManager};
use crate::probe;

pub(super) mod came;
mod ends;
mod lessons;
mod lists;
mod names;
mod progress;
pub mod repository;
mod run;
mod typed;

pub(super) use ends::shown;
use ends::{failed, in_the_next_image, still_busy, waited};
use lessons::Lessons;
pub use lists::refresh;
pub(super) use names::foreseen;
pub(super) use run::{Work, asked, known};
pub(super) use typed::typed;

/// Installs packages in one transaction. What would be new is asked of the manager before, for the undo.
pub fn install<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    manager: &str,
    names: &'s [String],
) -> Result<Prepared<'s>, Failure> {
    let work = Work::of(id, site, manager)?;
    let manager = work.manager;
    bundle::allowed(site.system, Some(manager), &names.join(" "))?;
    // Nothing of an image that is yet to be made is known by a simulation.
    let (names, simulation) =
        if manager.after_restart() { (names.to_vec(), None) } else { names::found(site, manager, names) };
    let (new, newer) = match simulation {
        Some(simulation) => (Some(simulation.new), simulation.upgraded),
        None => (None, Vec::new()),
    };
    let expected = new.as_ref().map_or(names.len(), Vec::len);
    // A simulation that fails has a reason which the real thing will tell better; then only what we name is ours.
    let mut names_new = new.unwrap_or_else(|| names.clone());
    names_new
        .retain(|it| !site.facts.native.manager.here().is_some_and(|known| known.installed.contains_key(it)));
    if manager.after_restart() {
        let asked_for = run::installed(site, manager);
        names_new.retain(|it| !asked_for.contains_key(it));
    }
    let goes: Vec<String> = names_new.iter().filter(|it| !manager.stays(it)).cloned().collect();
    let mut undo = vec![if goes.is_empty() && !names_new.is_empty() {
        Undo::Leave { why: "apply-packages-stay".into() }
    } else {
        Undo::RemovePackages { manager: manager.name().to_owned(), names: goes }
    }];
    if !newer.is_empty() {
        undo.push(Undo::Upgraded { manager: manager.name().to_owned(), names: newer });
    }
    let act = move || {
        transaction(work, &manager.install(&names), expected)?;
        if manager.after_restart() { Err(in_the_next_image(manager, &names)) } else { Ok(()) }
    };
    Ok(Prepared::new(undo, act).bringing(move || came::brought(site, manager, id, &names_new)))
}

/// Lays the files of packages again that are there. What stood in their place is the damage.
pub fn reinstall<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    manager: &str,
    names: &'s [String],
) -> Result<Prepared<'s>, Failure> {
    let work = Work::of(id, site, manager)?;
    bundle::allowed(site.system, Some(work.manager), &names.join(" "))?;
    let undo = Undo::Leave { why: "apply-reinstalled-stays".into() };
    let expected = names.len();
    Ok(Prepared::new(vec![undo], move || transaction(work, &work.manager.reinstall(names), expected)))
}

/// Finishes what the manager was cut off in: configures what is unpacked, lays again what is only half there, and brings
/// what either lacks.
pub fn configure<'s>(id: u32, site: &'s StepContext<'s>, manager: &str) -> Result<Prepared<'s>, Failure> {
    let work = Work::of(id, site, manager)?;
    let manager = work.manager;
    let undo = Undo::Leave { why: "apply-configured-stays".into() };
    Ok(Prepared::new(vec![undo], move || {
        let Some(command) = manager.configure() else { return Ok(()) };
        // Somebody may have come to use it since.
        let lasting =
            manager.lasting_lock().is_some_and(|it| site.system.look.stat(Path::new(it.path)).is_here());
        if lasting && probe::busy::left_lock(site.system.look, manager).is_none() {
            return Err(still_busy(site));
        }
        let configured = transaction(work, &command, 0);
        // A package that was cut off while it was unpacked cannot be configured, and says so.
        let now = run::installed(site, manager);
        let half: Vec<String> = now.into_iter().filter(|it| it.1.half_done).map(|it| it.0).collect();
        if half.is_empty() {
            return configured;
        }
        transaction(work, &manager.reinstall(&half), half.len())
    }))
}

/// Runs a command to its end; where it fails for a reason that another command may take away, that one is run and then
/// this one again.
pub(super) fn transaction(work: Work<'_>, command: &[String], expected: usize) -> Result<(), Failure> {
    let Work { site, manager, .. } = work;
    let mut lessons = Lessons::default();
    loop {
        let run = waited(work, command, expected)?;
        if run.outcome == Outcome::Done {
            return Ok(());
        }
        let Some(before) = lessons.learn(manager, run.outcome, &run.output, &|| owners(site, manager)) else {
            return Err(failed(work, &run));
        };
        for command in before {
            site.stopped()?;
            let taught = waited(work, &command, 0)?;
            if command == manager.refresh() {
                lessons.reached = manager.reached(&taught.output, taught.code);
            }
            // What is to come may not be known before the lists are.
            if taught.outcome == Outcome::Stale && lessons.refresh() {
                waited(work, &manager.refresh(), 0)?;
                waited(work, &command, 0)?;
            }
        }
        site.stopped()?;
    }
}

/// The manager's record of owners of single files.
fn owners(site: &StepContext<'_>, manager: &dyn PackageManager) -> String {
    let file = manager.own_files().and_then(|it| it.owners);
    let bytes = file.and_then(|it| site.system.look.read(Path::new(it)).into_here());
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests;
