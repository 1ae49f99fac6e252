//! From a plan to a machine that was looked at again: the lock, the journal, the graph, the second look. Asks nothing
//! and prints nothing.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::events::Events;
use super::graph::{self, Ran};
use super::journal::{Event, Journal};
use super::steps::{self, Site};
use crate::checks::{self, Finding};
use crate::facts::{Fact, Facts};
use crate::failure::{Exit, Failure};
use crate::places::Places;
use crate::plan::{self, Action, Plan};
use crate::probe;
use crate::system::{Look, System};
use crate::want::Want;

/// What a run is given.
pub struct Ground<'a> {
    /// The doors.
    pub system: System<'a>,
    /// The machine as the plan knows it.
    pub facts: &'a Facts,
    /// Who is told.
    pub events: &'a dyn Events,
    /// Set by Ctrl-C or TERM.
    pub cancelled: &'a AtomicBool,
    /// Ends the children that do not survive us.
    pub stop: &'a dyn Fn(),
    /// The command, for the journal and for whoever waits for the lock.
    pub command: &'a str,
}

/// What came of a run.
pub struct Converged {
    /// The run's ID.
    pub run: String,
    /// Each step.
    pub ran: Vec<Ran>,
    /// The machine afterwards, as the next login sees it.
    pub facts: Facts,
    /// What the checks say of it.
    pub findings: Vec<Finding>,
    /// Why the run ended before its end: the first step that failed.
    pub failure: Option<Failure>,
}

/// Carries a plan out under the lock and looks again. The exit number is written into the journal by [`close`].
pub fn converge<'a>(ground: &Ground<'a>, plan: &Plan) -> Result<(Converged, Journal<'a>), Failure> {
    let System { look, disk, .. } = ground.system;
    let places = &ground.facts.ours.places;
    disk.make_dir(&places.data, 0o700)?;
    let _lock = lock(ground, places)?;
    // What lies in staging belongs to a run that is dead, for we hold the lock.
    disk.remove_tree(&places.staging())?;
    disk.make_dir(&places.staging(), 0o700)?;
    let id = new_id(look);
    let journal = Journal::new(disk, places.journal(), id.clone(), ground.command);
    let site = Site {
        system: ground.system,
        places,
        plan,
        facts: ground.facts,
        events: ground.events,
        journal: &journal,
        cancelled: ground.cancelled,
    };
    let ticks = || look.ticks();
    let act = |step: &plan::Step| steps::perform(step, &site);
    let ran = graph::run(&plan.steps, ground.cancelled, &ticks, &act, ground.stop);
    disk.remove_tree(&places.staging())?;
    let failure = first_failure(ground, &ran);
    let (facts, findings) = look_again(look, places, &plan.want)?;
    if proven(plan, &ran) {
        remember_proof(&site, &facts, &plan.want)?;
    }
    Ok((Converged { run: id, ran, facts, findings, failure }, journal))
}

/// Says in the journal how the run ended.
pub fn close(journal: &Journal<'_>, look: &dyn Look, exit: Exit) -> Result<(), Failure> {
    if journal.has_begun() {
        journal.write(look.now(), Event::End { exit: exit as u8 })?;
    }
    Ok(())
}

/// The machine as the next login sees it, judged for the same wish.
pub fn look_again(look: &dyn Look, places: &Places, want: &Want) -> Result<(Facts, Vec<Finding>), Failure> {
    let project = want.project.as_deref();
    let mut facts = if want.modify_path {
        let login = probe::facts_at_next_login(look, places, project);
        login.unwrap_or_else(|| probe::facts(look, places, project))
    } else {
        probe::facts_with_env_file(look, places, project)
    };
    probe::for_target(look, &mut facts, &want.target);
    let findings = checks::judge(&facts, want, &[]);
    Ok((facts, findings))
}

/// The one writer's lock. Whoever has it is named.
fn lock(ground: &Ground<'_>, places: &Places) -> Result<Box<dyn Send>, Failure> {
    let System { look, disk, .. } = ground.system;
    if let Some(lock) = disk.lock(&places.lock())? {
        return Ok(lock);
    }
    let text = look.read(&places.lock()).into_here().unwrap_or_default();
    let pid = String::from_utf8_lossy(&text).lines().next().unwrap_or("?").trim().to_owned();
    let line = look.read(Path::new(&format!("/proc/{pid}/cmdline"))).into_here().unwrap_or_default();
    let command = String::from_utf8_lossy(&line).replace('\0', " ").trim().to_owned();
    let message = text!("apply-locked", pid = pid, command = command);
    Err(Failure::new("locked", Exit::Locked, message).hint(text!("apply-locked-hint")))
}

/// Readable, sortable, unique on one machine: the lock is held.
fn new_id(look: &dyn Look) -> String {
    format!("{}-{}", look.now(), look.ticks() % 1000)
}

fn first_failure(ground: &Ground<'_>, ran: &[Ran]) -> Option<Failure> {
    if ground.cancelled.load(Ordering::SeqCst) {
        return Some(
            Failure::new("interrupted", Exit::Interrupted, text!("apply-interrupted"))
                .hint(text!("apply-goes-on")),
        );
    }
    let failed: BTreeMap<u64, &Failure> =
        ran.iter().filter_map(|it| Some((it.ended, it.failure.as_ref()?))).collect();
    failed.into_values().next().cloned()
}

fn proven(plan: &Plan, ran: &[Ran]) -> bool {
    let done = |id: u32| ran.iter().any(|it| it.step == id && it.done());
    let last = |it: &&plan::Step| {
        if plan.want.proof {
            matches!(it.action, Action::Prove { .. } | Action::WarmFyneBuild { .. })
        } else {
            matches!(it.action, Action::BuildProgram { .. })
        }
    };
    let mut steps = plan.steps.iter().filter(last).peekable();
    steps.peek().is_some() && steps.all(|it| done(it.id))
}

/// How many proofs are remembered: projects on several lines of Fyne have one each.
const PROOFS: usize = 16;

fn remember_proof(site: &Site<'_>, facts: &Facts, want: &Want) -> Result<(), Failure> {
    let print = plan::fingerprint(facts, want);
    let path = site.places.proofs();
    let before = match site.system.look.read(&path) {
        Fact::Here(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    };
    let kept = before.lines().filter(|it| *it != print).take(PROOFS - 1);
    let lines: Vec<&str> = [print.as_str()].into_iter().chain(kept).collect();
    Ok(site.system.disk.write(&path, format!("{}\n", lines.join("\n")).as_bytes(), Some(0o600))?)
}
