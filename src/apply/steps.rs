//! What each kind of action does, one file a kind. A step is prepared first (downloads, builds into staging, backups:
//! nothing that belongs to anybody changes), then its intent and undo are journalled, then it acts.
//!
//! To add one: a variant of `plan::Action`, a file here with a `prepare`, and its line in [`prepare`].

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::events::{Events, Outcome};
use super::stale;
use crate::action::{Action, Plan, Premise, Step};
use crate::digest::Digest;
use crate::fact::Fact;
use crate::facts::{Facts, Settings};
use crate::failure::{Code, Exit, Failure};
use crate::journal::undo::Undo;
use crate::journal::{Event, Journal};
use crate::manifest::Knowledge;
use crate::packages::Brought;
use crate::places::Places;
use crate::system::{System, parallel};

pub mod apple;
pub mod build;
pub mod bundle;
pub mod caches;
mod child;
pub mod files;
pub mod firewall;
pub mod go;
pub mod lines;
mod locked;
pub mod packages;
pub mod pin;
pub mod program;
pub mod removal;
pub mod restore;
pub mod sums;
pub mod variable;
pub mod visual_studio;
pub mod window;
pub mod wsl;
pub mod xcode;

/// What every step may use.
pub struct StepContext<'a> {
    /// The doors.
    pub system: System<'a>,
    /// Our directories.
    pub places: &'a Places,
    /// The plan that is carried out.
    pub plan: &'a Plan,
    /// The machine as it was when the plan was made.
    pub facts: &'a Facts,
    /// What is known of the world.
    pub known: &'a Knowledge,
    /// The settings as they are once this plan's edits are made: what its children are told.
    pub settings: &'a Settings,
    /// Who is told.
    pub events: &'a dyn Events,
    /// The receipt.
    pub journal: &'a Journal<'a>,
    /// Set by Ctrl-C.
    pub cancelled: &'a AtomicBool,
    /// Whether the build cache of a bundle lies where Go looks. Held while it is laid: steps run side by side.
    pub cache_laid: &'a Mutex<bool>,
}

impl StepContext<'_> {
    /// Ends a step between two of its commands where the run was interrupted.
    pub fn stopped(&self) -> Result<(), Failure> {
        if self.cancelled.load(Ordering::SeqCst) {
            return Err(Failure::new(Code::Interrupted, text!("apply-interrupted")));
        }
        Ok(())
    }

    /// Says once (`told`) that the run was interrupted and goes on as long as this step needs: a program that must not be cut off
    /// is waited for.
    pub fn tell_of_stop(&self, told: &mut bool) {
        if !*told && self.cancelled.load(Ordering::SeqCst) {
            *told = true;
            self.events.note(&text!("apply-stops-after"));
        }
    }
}

/// A step that is ready: how it is taken back, and the act itself.
pub struct Prepared<'s> {
    /// Made before the act.
    pub undo: Vec<Undo>,
    /// The act.
    pub act: Box<dyn FnOnce() -> Result<(), Failure> + 's>,
    /// Of an act that brings packages: which it brought, asked once it is over, however it ended.
    pub brought: Option<Box<dyn FnOnce() -> Vec<Brought> + 's>>,
}

impl<'s> Prepared<'s> {
    /// An act with its undo.
    pub fn new(undo: Vec<Undo>, act: impl FnOnce() -> Result<(), Failure> + 's) -> Self {
        Self { undo, act: Box::new(act), brought: None }
    }

    /// The same of an act that brings packages.
    #[must_use]
    pub fn bringing(self, brought: impl FnOnce() -> Vec<Brought> + 's) -> Self {
        Self { brought: Some(Box::new(brought)), ..self }
    }

    /// An act that only fills caches.
    pub fn cache(act: impl FnOnce() -> Result<(), Failure> + 's) -> Self {
        Self::new(vec![Undo::Leave { why: "apply-cache-stays".into() }], act)
    }
}

/// Does one step: tells, checks its premises, prepares, journals, acts, journals.
pub fn perform(step: &Step, site: &StepContext<'_>) -> Result<(), Failure> {
    let look = site.system.look;
    let began = look.monotonic_ms();
    let bundled = site.system.net.bundle().is_some();
    site.events.started(step.id, &crate::action::sentence_of(&step.action, bundled));
    // What is stopped fails in its own words; the reason is the interruption. A refusal stays one.
    let done = parallel::caught(|| journalled(step, site)).unwrap_or_else(|it| Err(it.into()));
    let result = done.map_err(|it| {
        let stopped = it.exit == Exit::Failed && site.cancelled.load(Ordering::SeqCst);
        if stopped { Failure::new(Code::Interrupted, text!("apply-interrupted")) } else { it }
    });
    let outcome = match &result {
        Ok(()) => Outcome::Done,
        Err(failure) if failure.exit == Exit::Interrupted => Outcome::Cancelled,
        Err(failure) => Outcome::Failed(failure.message.clone()),
    };
    site.events.finished(step.id, &outcome, look.monotonic_ms().saturating_sub(began));
    result
}

fn journalled(step: &Step, site: &StepContext<'_>) -> Result<(), Failure> {
    for premise in &step.premises {
        holds(premise, site)?;
    }
    let now = || site.system.look.now();
    let intent = |undo| {
        let (action, because) = (step.action.clone(), step.because.clone());
        site.journal.write(now(), Event::Intent { step: step.id, action, because, undo })
    };
    let prepared = match prepare(step, site) {
        // A download that failed changed nothing, and is part of what happened.
        Err(failure) if failure.exit != Exit::Interrupted && !site.cancelled.load(Ordering::SeqCst) => {
            if intent(Vec::new()).is_ok() {
                let code = failure.code.to_string();
                // Where this cannot be written, nothing is lost: there is nothing to take back.
                let _ = site.journal.write(now(), Event::Failed { step: step.id, code, brought: None });
            }
            return Err(failure);
        }
        other => other?,
    };
    intent(prepared.undo)?;
    let acted = parallel::caught(prepared.act).unwrap_or_else(|it| Err(it.into()));
    let (step, brought) = (step.id, prepared.brought.map(|it| it()));
    match acted {
        Ok(()) => Ok(site.journal.write(now(), Event::Done { step, brought })?),
        Err(failure) => {
            let code = failure.code.to_string();
            site.journal.write(now(), Event::Failed { step, code, brought })?;
            Err(failure)
        }
    }
}

fn prepare<'s>(step: &'s Step, site: &'s StepContext<'s>) -> Result<Prepared<'s>, Failure> {
    let id = step.id;
    stale::refuse(site.system.look, site.facts, &site.plan.want, &step.action)?;
    locked::refuse(site, &step.action)?;
    match &step.action {
        Action::RefreshPackageLists { manager } => packages::refresh(id, site, manager),
        Action::InstallPackages { manager, names } => packages::install(id, site, manager, names),
        Action::ReinstallPackages { manager, names } => packages::reinstall(id, site, manager, names),
        Action::ConfigurePackages { manager } => packages::configure(id, site, manager),
        Action::EnableRepository { manager, repository, by } => {
            packages::repository::enable(id, site, manager, repository, *by)
        }
        Action::ModifyVisualStudio { setup, install, add } => {
            Ok(visual_studio::modify(id, site, setup, install, add))
        }
        Action::InstallCommandLineTools => Ok(xcode::install(id, site)),
        Action::SelectDeveloperDir { dir } => Ok(xcode::select(id, site, dir.as_deref())),
        Action::ShowWslgSockets { dir, each_start } => wsl::show(id, site, dir, *each_start),
        Action::AllowThroughFirewall { powershell, port, from } => {
            firewall::allow(id, site, powershell, *port, from)
        }
        Action::InstallGo { version, root } => go::install(id, site, *version, root),
        Action::RestoreGo { root, version, extra } => restore::go::go(id, site, *version, root, extra),
        Action::RestoreModules { modules } => restore::modules::modules(id, site, modules),
        Action::CompleteSums { dir } => sums::complete(id, site, dir),
        Action::PinProject(it) => pin::pin(id, site, it),
        Action::ReplaceCache { dir, cache } => caches::replace(site, dir, *cache),
        Action::DropBuilds { dir, entries } => Ok(caches::drop_builds(site, dir, entries)),
        Action::SwitchGo { root, link } => Ok(go::switch(site, root, link)),
        Action::SetGoEnv { file, key, value } => files::go_env(site, file, key, value.as_ref()),
        Action::SetVariable { key, name, change } => variable::set(site, key, name, change),
        Action::WriteEnvFiles { path, variables, desktop } => {
            files::env_files(site, path, variables, *desktop)
        }
        Action::FixLines { file, lines } => lines::fix(site, file, lines),
        Action::FixLineEnds { file } => lines::line_ends(site, file),
        Action::PutLast { file, line, dir } => lines::put_last(site, file, *line, dir),
        Action::EditProfile { file } => files::profile(site, file),
        Action::DownloadModules { fyne } => Ok(build::modules(id, site, fyne)),
        Action::CreateProgram(it) => program::create(id, site, it),
        Action::WarmLibraries { fyne, stage } => Ok(build::libraries(id, site, fyne, *stage)),
        Action::BuildProgram { fyne } => Ok(build::program(id, site, fyne)),
        Action::InstallCli { module, bin, cgo } => build::cli(id, site, module, bin, *cgo),
        Action::Prove { fyne } => Ok(window::prove(id, site, fyne)),
        Action::WarmFyneBuild { fyne } => Ok(build::fyne_build(id, site, fyne)),
    }
}

fn holds(premise: &Premise, site: &StepContext<'_>) -> Result<(), Failure> {
    let (path, holds) = match premise {
        Premise::File { path, digest } => {
            let now = site.system.look.read(path).map(|it| Digest::of(&it).to_string());
            (
                path,
                matches!((&now, digest), (Fact::Here(a), Some(b)) if a == b)
                    || (now.is_absent() && digest.is_none()),
            )
        }
        Premise::Free { path } => (path, site.system.look.stat(path).is_absent()),
    };
    if holds {
        return Ok(());
    }
    Err(Failure::new(Code::PremiseChanged, text!("apply-premise-changed", path = path))
        .hint(text!("apply-premise-hint")))
}

#[cfg(test)]
mod tests;
