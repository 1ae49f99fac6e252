//! Whose a package is. What a transaction of ours brought, by its own words, goes again, as long as nobody laid it anew since
//! or asked for it by name. What nobody can tell is a person's: he typed it himself after a run was cut short.

use std::path::Path;

use super::{StepContext, unanswered};
use crate::action::Action;
use crate::failure::Failure;
use crate::journal::undo::Undo;
use crate::journal::{self, RunStep, State};
use crate::packages::{Brought, Installed, Laid, PackageManager};
use crate::system::Answer;

use super::super::packages::came::{self, plain};
use super::super::packages::{asked, known};

/// How much later than the end of its step a package may seem to be laid, in seconds: a journal counts whole ones.
const SLACK: u64 = 2;

/// Of the packages of a step that are there: what goes, and why the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Ours.
    pub ours: Vec<String>,
    /// Nothing says that we brought them.
    pub unproven: Vec<String>,
    /// Somebody laid them anew since, or asked for them by name.
    pub theirs: Vec<String>,
}

/// The share of a step; nothing where it brings no packages.
pub fn of(site: &StepContext<'_>, run: &str, step: &RunStep) -> Result<Share, Failure> {
    let mut share = Share::default();
    for undo in &step.undo {
        let Undo::RemovePackages { manager, names } = undo else { continue };
        let witness = Witness::of(site, known(manager)?)?;
        let there = |it: &&String| witness.there.contains_key(plain(it));
        let (brought, ended) = witness.claimed(run, step, names);
        for name in names.iter().filter(there) {
            let claim = brought.iter().find(|it| plain(&it.name) == plain(name));
            let into = match claim {
                None => &mut share.unproven,
                Some(it) if witness.is_theirs(it, ended) => &mut share.theirs,
                Some(_) => &mut share.ours,
            };
            into.push(name.clone());
        }
    }
    Ok(share)
}

/// What a manager and the journal tell of packages now.
struct Witness<'s> {
    site: &'s StepContext<'s>,
    manager: &'static dyn PackageManager,
    there: std::collections::BTreeMap<String, Installed>,
    chosen: Vec<String>,
    history: String,
    /// Steps of ours, of any run, that had to do with packages.
    steps: Vec<RunStep>,
}

impl<'s> Witness<'s> {
    fn of(site: &'s StepContext<'s>, manager: &'static dyn PackageManager) -> Result<Self, Failure> {
        let look = site.system.look;
        let answer = asked(site, manager, &manager.query()).filter(Answer::ok);
        let there = manager.installed(&answer.ok_or_else(|| unanswered(manager))?.out());
        let read = |it: &&str| look.read(Path::new(it)).into_here();
        let history: Vec<Vec<u8>> = manager.history().iter().filter_map(read).collect();
        let runs = journal::load(look, site.places).map(|it| it.0).unwrap_or_default();
        let steps = runs.into_iter().flat_map(|it| it.steps).filter(|it| !named(it).is_empty());
        let (chosen, steps) = (came::chosen(site, manager), steps.collect());
        let history = String::from_utf8_lossy(&history.concat()).into_owned();
        Ok(Self { site, manager, there, chosen, history, steps })
    }

    /// What a step brought, and when it ended: by the line of its end, else by the manager's own log of it. An older version
    /// wrote of what was done no more than that it was.
    fn claimed(&self, run: &str, step: &RunStep, names: &[String]) -> (Vec<Brought>, Option<u64>) {
        if let Some(brought) = &step.brought {
            return (brought.clone(), step.ended);
        }
        let asked_for = named(step);
        let claim = |it: &String| Brought { name: it.clone(), version: None, chosen: asked_for.contains(it) };
        if step.state == State::Done {
            return (names.iter().map(claim).collect(), step.ended);
        }
        let (words, last) = came::words(self.site, self.manager, run, step.step);
        let said = self.manager.brings(&words);
        let brought = names.iter().filter(|it| said.iter().any(|said| said == plain(it))).map(claim);
        (brought.collect(), last.or(step.ended))
    }

    fn is_theirs(&self, claim: &Brought, ended: Option<u64>) -> bool {
        let name = plain(&claim.name);
        let Some(now) = self.there.get(name) else { return false };
        let wanted = !claim.chosen && self.chosen.iter().any(|it| it == name) && !self.was_named(name);
        let came_again = || {
            let version = claim.version.as_deref();
            version.is_some_and(|it| self.manager.removed_since(&self.history, name, it))
        };
        // One that only grew newer is what it was.
        let same = claim.version.as_ref().is_none_or(|it| *it == now.version);
        let anew = || {
            let laid = self.laid(name, &now.version).zip(ended);
            laid.is_some_and(|(laid, ended)| laid > ended + SLACK && !self.laid_by_us(laid))
        };
        wanted || came_again() || same && anew()
    }

    /// When a package was laid last.
    fn laid(&self, name: &str, version: &str) -> Option<u64> {
        let look = self.site.system.look;
        match self.manager.laid() {
            Laid::Nowhere => None,
            Laid::Entries(dir, is) => {
                let entries = look.list(Path::new(dir)).into_here()?;
                let of = entries.iter().filter(|it| is(it, name, version));
                let times = of.filter_map(|it| look.stat(&Path::new(dir).join(it)).into_here());
                times.filter_map(|it| u64::try_from(it.modified).ok()).max()
            }
            Laid::Asked(command) => {
                let command: Vec<String> = command.iter().map(|it| (*it).to_owned()).collect();
                let text = asked(self.site, self.manager, &command).filter(Answer::ok)?.out();
                let mut lines = text.lines().filter_map(|it| it.split_once('\t'));
                lines.find(|it| it.0 == name)?.1.trim().parse().ok()
            }
        }
    }

    fn was_named(&self, name: &str) -> bool {
        self.steps.iter().any(|it| named(it).iter().any(|it| plain(it) == name))
    }

    fn laid_by_us(&self, at: u64) -> bool {
        let within = |it: &RunStep| it.ended.is_some_and(|end| it.began <= at && at <= end + SLACK);
        self.steps.iter().any(within)
    }
}

/// What a step named to the package manager.
fn named(step: &RunStep) -> &[String] {
    match &step.action {
        Action::InstallPackages { names, .. } | Action::ReinstallPackages { names, .. } => names,
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
