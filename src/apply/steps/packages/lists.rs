//! The lists of the package manager. A source that cannot be used is named and passed over; what is wanted may well come
//! from the others.

use std::path::Path;

use super::ends::{failed, waited};
use super::lessons;
use super::run::{Attempt, Work};
use crate::apply::steps::{Prepared, StepContext, bundle};
use crate::failure::Failure;
use crate::journal::undo::Undo;
use crate::packages::{Names, Outcome};

/// Brings the lists up to date.
pub fn refresh<'s>(id: u32, site: &'s StepContext<'s>, manager: &str) -> Result<Prepared<'s>, Failure> {
    let work = Work::of(id, site, manager)?;
    bundle::allowed(site.system, Some(work.manager), manager)?;
    let undo = Undo::Leave { why: "apply-lists-stay".into() };
    Ok(Prepared::new(vec![undo], move || refreshed(work)))
}

/// The lists are as fresh as they can be. That none of the sources was reached is a success to apt, which merely warns of it.
fn refreshed(work: Work<'_>) -> Result<(), Failure> {
    let Work { site, manager, .. } = work;
    let run = waited(work, &manager.refresh(), 0)?;
    let unusable = manager.unusable(&run.output);
    for source in &unusable {
        site.events.note(&lessons::unusable(site.facts, manager.name(), source));
    }
    if !unusable.is_empty() && !manager.reached(&run.output, run.code) {
        let none = failed(work, &Attempt { outcome: Outcome::Network, ..run });
        let words = unusable.into_iter().next().map(|it| it.words).unwrap_or_default();
        let message = text!("apply-lists-unreached", manager = manager.name(), words = words);
        return Err(Failure { message, ..none });
    }
    let there = |it: Names| {
        let names = site.system.look.list(Path::new(it.dir)).into_here().unwrap_or_default();
        (it.says)(&names)
    };
    let usable = !unusable.is_empty() && manager.lists().is_none_or(there);
    if run.outcome == Outcome::Done || usable { Ok(()) } else { Err(failed(work, &run)) }
}
