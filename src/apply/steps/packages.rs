//! The system's packages: one command of the package manager, with rights of its own, never our process's. It has a
//! session of its own, writes to a log, is never killed, and is waited for when somebody else holds its lock.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Prepared, StepContext};
use crate::apply::events::Unit;
use crate::disk_error::DiskError;
use crate::facts::host::Rights;
use crate::failure::{Code, Failure};
use crate::journal::lock;
use crate::journal::undo::Undo;
use crate::packages::{self, Handover, Outcome, PackageManager, Proxies, Simulation};
use crate::probe;
use crate::system::{Answer, Ask, Disk, Environment, Output, Spawn};

pub(super) mod came;
mod lessons;
mod lists;
mod progress;
pub mod repository;
mod typed;

use lessons::Lessons;
pub use lists::refresh;
use progress::progress;
use typed::typed;

/// How long a busy package manager is waited for.
const PATIENCE_S: u64 = 120;

/// Installs packages in one transaction. What would be new is asked of the manager before, for the undo.
pub fn install<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    manager: &str,
    names: &'s [String],
) -> Result<Prepared<'s>, Failure> {
    let manager = known(manager)?;
    let (new, newer) = match simulated(site, manager, names) {
        Some(simulation) => (Some(simulation.new), simulation.upgraded),
        None => (None, Vec::new()),
    };
    let expected = new.as_ref().map_or(names.len(), Vec::len);
    // A simulation that fails has a reason which the real thing will tell better; then only what we name is ours.
    let mut names_new = new.unwrap_or_else(|| names.to_vec());
    names_new
        .retain(|it| !site.facts.native.manager.here().is_some_and(|known| known.installed.contains_key(it)));
    let mut undo =
        vec![Undo::RemovePackages { manager: manager.name().to_owned(), names: names_new.clone() }];
    if !newer.is_empty() {
        undo.push(Undo::Upgraded { manager: manager.name().to_owned(), names: newer });
    }
    let act = move || transaction(id, site, manager, &manager.install(names), expected);
    Ok(Prepared::new(undo, act).bringing(move || came::brought(site, manager, id, &names_new)))
}

/// Lays the files of packages again that are there. What stood in their place is the damage.
pub fn reinstall<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    manager: &str,
    names: &'s [String],
) -> Result<Prepared<'s>, Failure> {
    let manager = known(manager)?;
    let undo = Undo::Leave { why: "apply-reinstalled-stays".into() };
    let expected = names.len();
    Ok(Prepared::new(vec![undo], move || transaction(id, site, manager, &manager.reinstall(names), expected)))
}

/// Finishes what the manager was cut off in: configures what is unpacked, lays again what is only half there, and brings
/// what either lacks.
pub fn configure<'s>(id: u32, site: &'s StepContext<'s>, manager: &str) -> Result<Prepared<'s>, Failure> {
    let manager = known(manager)?;
    let undo = Undo::Leave { why: "apply-configured-stays".into() };
    Ok(Prepared::new(vec![undo], move || {
        let Some(command) = manager.configure() else { return Ok(()) };
        let configured = transaction(id, site, manager, &command, 0);
        // A package that was cut off while it was unpacked cannot be configured, and says so.
        let half: Vec<String> = half_done(site, manager);
        if half.is_empty() {
            return configured;
        }
        transaction(id, site, manager, &manager.reinstall(&half), half.len())
    }))
}

/// What is half installed now, by the manager's own record.
fn half_done(site: &StepContext<'_>, manager: &dyn PackageManager) -> Vec<String> {
    let answer = asked(site, manager, &manager.query()).map(|it| it.out()).unwrap_or_default();
    manager.installed(&answer).into_iter().filter(|(_, it)| it.half_done).map(|(name, _)| name).collect()
}

pub(super) fn known(name: &str) -> Result<&'static dyn PackageManager, Failure> {
    packages::by_name(name)
        .ok_or_else(|| Failure::new(Code::PackagesUnknown, text!("apply-packages-no-manager")))
}

fn simulated(site: &StepContext<'_>, manager: &dyn PackageManager, names: &[String]) -> Option<Simulation> {
    let mut simulation = foreseen(site, manager, &manager.simulate(names))?;
    if !simulation.new.is_empty() {
        // Not every manager tells what is new from what is there in another version.
        let there = asked(site, manager, &manager.query()).map(|it| it.out()).unwrap_or_default();
        simulation.correct(&manager.installed(&there));
    }
    Some(simulation)
}

/// What a simulation says would be done.
pub(super) fn foreseen(
    site: &StepContext<'_>,
    manager: &dyn PackageManager,
    command: &[String],
) -> Option<Simulation> {
    let ask = |command: &[String]| {
        let answer = asked(site, manager, command)?;
        Some(manager.simulated(answer.code, &format!("{}\n{}", answer.out(), answer.err())))
    };
    let first = ask(command)?;
    // Some want root even for a simulation. Nobody is asked for a password for it.
    if first == Err(Outcome::Rights) && site.facts.host.rights == Rights::SudoWithoutPassword {
        return ask(&with_sudo(manager, command.to_vec(), false))?.ok();
    }
    first.ok()
}

/// A question to the manager, which needs no rights.
pub(super) fn asked(
    site: &StepContext<'_>,
    manager: &dyn PackageManager,
    command: &[String],
) -> Option<Answer> {
    let ask = Ask {
        program: PathBuf::from(command.first()?),
        args: command[1..].to_vec(),
        env: Environment::fixed(&manager.environment()),
        dir: "/".into(),
        limit_ms: 60_000,
        ..Ask::default()
    };
    site.system.look.run(&ask).into_here()
}

/// Runs a command to its end; where it fails for a reason that another command may take away, that one is run and then
/// this one again.
pub(super) fn transaction(
    id: u32,
    site: &StepContext<'_>,
    manager: &'static dyn PackageManager,
    command: &[String],
    expected: usize,
) -> Result<(), Failure> {
    let mut lessons = Lessons::default();
    loop {
        let run = waited(id, site, manager, command, expected)?;
        if run.outcome == Outcome::Done {
            return Ok(());
        }
        let Some(before) = lessons.learn(manager, run.outcome, &run.output, &|| owners(site, manager)) else {
            return Err(failed(manager, &run));
        };
        for command in before {
            site.stopped()?;
            let taught = waited(id, site, manager, &command, 0)?;
            if command == manager.refresh() {
                lessons.reached = manager.reached(&taught.output, taught.code);
            }
            // What is to come may not be known before the lists are.
            if taught.outcome == Outcome::Stale && lessons.refresh() {
                waited(id, site, manager, &manager.refresh(), 0)?;
                waited(id, site, manager, &command, 0)?;
            }
        }
        site.stopped()?;
    }
}

/// Runs a command once the lock is free.
fn waited(
    id: u32,
    site: &StepContext<'_>,
    manager: &'static dyn PackageManager,
    command: &[String],
    expected: usize,
) -> Result<Attempt, Failure> {
    let look = site.system.look;
    let begun = look.monotonic_ms();
    // Rights belong to one command, and it is shown before it is run, whatever was answered to the plan.
    site.events.command(id, &typed(site.facts.host.rights, command));
    loop {
        let run = attempt(id, site, manager, command, expected)?;
        if run.outcome != Outcome::Locked {
            return Ok(run);
        }
        if look.monotonic_ms().saturating_sub(begun) >= PATIENCE_S * 1000 {
            return Err(still_busy(site));
        }
        wait_for_lock(site);
        site.stopped()?;
    }
}

/// The manager's record of owners of single files.
fn owners(site: &StepContext<'_>, manager: &dyn PackageManager) -> String {
    let file = manager.own_files().and_then(|it| it.owners);
    let bytes = file.and_then(|it| site.system.look.read(Path::new(it)).into_here());
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}

struct Attempt {
    outcome: Outcome,
    code: Option<i32>,
    output: String,
    log: PathBuf,
}

fn attempt(
    id: u32,
    site: &StepContext<'_>,
    manager: &'static dyn PackageManager,
    command: &[String],
    expected: usize,
) -> Result<Attempt, Failure> {
    let (look, disk) = (site.system.look, site.system.disk);
    let logs = site.places.cache.join("logs");
    disk.make_dir(&logs, 0o700)?;
    let prefix = came::log_prefix(manager, site.journal.run(), id);
    let log = logs.join(format!("{prefix}{}.log", look.monotonic_ms()));
    let secret = logs.join(format!("{}-{id}{}", manager.name(), lock::TOLD));
    let handover = manager.proxy(&proxies(&site.settings.environment()), &secret.to_string_lossy());
    let told = handover.file.as_deref().map(|it| Told::new(site, secret, it)).transpose()?;
    let spawn = spawn(site, manager, command, &handover, log.clone());
    let broken = |error| DiskError::new(&spawn.program, &error);
    let mut child = site.system.children.start(&spawn).map_err(broken)?;
    let ended = loop {
        if let Some(ended) = child.poll().map_err(broken)? {
            break ended;
        }
        look.wait(Duration::from_millis(150));
        if expected > 0 {
            let text = look.read(&log).into_here().unwrap_or_default();
            let (done, total) = progress(manager, &String::from_utf8_lossy(&text), expected);
            site.events.progress(id, done, Some(total), Unit::Packages);
        }
    };
    drop(told);
    let output =
        look.read(&log).map(|it| String::from_utf8_lossy(&it).into_owned()).into_here().unwrap_or_default();
    Ok(Attempt { outcome: manager.outcome(&output, ended.code), code: ended.code, output, log })
}

/// The file that a manager is told of a proxy's password by. It goes however the attempt ends; one of a run that was killed
/// is taken away by the next (`journal::lock`).
struct Told<'s> {
    disk: &'s dyn Disk,
    file: PathBuf,
}

impl<'s> Told<'s> {
    fn new(site: &StepContext<'s>, file: PathBuf, text: &str) -> Result<Self, Failure> {
        let told = Self { disk: site.system.disk, file };
        told.disk.write(&told.file, text.as_bytes(), Some(0o600))?;
        Ok(told)
    }
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run.
        let _ = self.disk.remove(&self.file);
    }
}

fn spawn(
    site: &StepContext<'_>,
    manager: &'static dyn PackageManager,
    command: &[String],
    handover: &Handover,
    log: PathBuf,
) -> Spawn {
    let mut argv = command.to_vec();
    let at = 1.min(argv.len());
    argv.splice(at..at, handover.args.iter().cloned());
    let mut env = Environment::fixed(&manager.environment());
    handover.variables.iter().for_each(|(name, value)| env.set(name, value));
    let asks = site.facts.host.rights == Rights::SudoAsks;
    if site.facts.host.rights != Rights::Root {
        argv = with_sudo(manager, argv, asks);
        for name in ["TERM", "LANG"] {
            if let Some(value) = site.system.look.env().get(name) {
                env.set(name, value);
            }
        }
    }
    let program = argv.remove(0).into();
    Spawn {
        program,
        args: argv,
        env,
        dir: "/".into(),
        terminal: asks,
        output: Output::File(log),
        survives: true,
    }
}

/// sudo clears the environment, so the variables go through `env`; none of them holds a secret.
fn with_sudo(manager: &dyn PackageManager, argv: Vec<String>, asks: bool) -> Vec<String> {
    let said = manager.environment().into_iter().map(|(name, value)| format!("{name}={value}"));
    let flags = if asks { vec![] } else { vec!["-n".to_owned()] };
    let front = ["/usr/bin/sudo".to_owned()].into_iter().chain(flags);
    front.chain(["--".to_owned(), "/usr/bin/env".to_owned()]).chain(said).chain(argv).collect()
}

fn proxies(env: &std::collections::BTreeMap<String, String>) -> Proxies {
    let of = |names: [&str; 2]| names.iter().filter_map(|it| env.get(*it)).find(|it| !it.is_empty()).cloned();
    Proxies { http: of(["http_proxy", "HTTP_PROXY"]), https: of(["https_proxy", "HTTPS_PROXY"]) }
}

fn holder(site: &StepContext<'_>) -> String {
    probe::host::packages_busy(site.system.look).unwrap_or_else(|| "?".into())
}

fn wait_for_lock(site: &StepContext<'_>) {
    site.events.note(&text!("apply-packages-waiting", holder = holder(site), seconds = PATIENCE_S));
    site.system.look.wait(Duration::from_secs(2));
}

fn still_busy(site: &StepContext<'_>) -> Failure {
    let holder = holder(site);
    let message = text!("apply-packages-still-busy", seconds = PATIENCE_S, holder = holder);
    Failure::new(Code::PackagesBusy, message).hint(text!("apply-packages-still-busy-hint"))
}

fn failed(manager: &dyn PackageManager, run: &Attempt) -> Failure {
    let (code, hint) = match run.outcome {
        Outcome::Network => {
            (Code::PackagesNetwork, Some(text!("apply-packages-network-hint", log = &run.log)))
        }
        Outcome::Full => (Code::DiskFull, Some(text!("failure-disk-full-hint"))),
        Outcome::Rights => (Code::PackagesRights, None),
        _ => (Code::PackagesFailed, None),
    };
    let words = manager.telling_line(&run.output).unwrap_or_default();
    let code_shown = run.code.map_or_else(|| "?".to_owned(), |it| it.to_string());
    let message = text!("apply-packages-failed", manager = manager.name(), code = code_shown, words = words);
    Failure::new(code, message)
        .hint(hint.unwrap_or_else(|| text!("apply-packages-failed-hint", log = &run.log)))
}

#[cfg(test)]
mod tests;
