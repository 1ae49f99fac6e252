//! One command of a package manager: a question, or work with rights of its own, in a session of its own, with a log.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::progress::progress;
use crate::apply::events::Unit;
use crate::apply::steps::child::{Fleeting, sudo, to_its_end};
use crate::apply::steps::{StepContext, bundle};
use crate::facts::host::Rights;
use crate::failure::{Code, Failure};
use crate::journal::lock;
use crate::packages::{self, Handover, Outcome, PackageManager, Proxies};
use crate::system::{Answer, Ask, Environment, Output, Spawn};

/// How long a question may take. One that asks for lists of today is as slow as the network.
const ANSWER_MS: u64 = 120_000;

/// A manager that a plan or a journal names.
pub(in crate::apply::steps) fn known(name: &str) -> Result<&'static dyn PackageManager, Failure> {
    packages::by_name(name)
        .ok_or_else(|| Failure::new(Code::PackagesUnknown, text!("apply-packages-no-manager")))
}

/// A step that works with a manager.
#[derive(Clone, Copy)]
pub(in crate::apply::steps) struct Work<'s> {
    pub(super) id: u32,
    pub(super) site: &'s StepContext<'s>,
    pub(in crate::apply::steps) manager: &'static dyn PackageManager,
}

impl<'s> Work<'s> {
    /// With the manager of this name.
    pub(in crate::apply::steps) fn of(
        id: u32,
        site: &'s StepContext<'s>,
        manager: &str,
    ) -> Result<Self, Failure> {
        Ok(Self { id, site, manager: known(manager)? })
    }
}

/// How the names of the logs of a step begin. The run's name comes from a journal.
pub(super) fn log_prefix(manager: &dyn PackageManager, run: &str, step: u32) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let run: String = run.chars().map(plain).collect();
    format!("{}-{run}-{step}-", manager.name())
}

/// A question to the manager, which needs no rights.
pub(in crate::apply::steps) fn asked(
    site: &StepContext<'_>,
    manager: &dyn PackageManager,
    command: &[String],
) -> Option<Answer> {
    let command = bundle::only_from(site.system, manager, command.to_vec());
    let ask = Ask {
        program: program(site, manager, command.first()?),
        args: command[1..].to_vec(),
        env: environment(site, manager),
        dir: "/".into(),
        limit_ms: ANSWER_MS,
        ..Ask::default()
    };
    site.system.look.run(&ask).into_here()
}

/// What is installed now, by the manager's own record.
pub(super) fn installed(
    site: &StepContext<'_>,
    manager: &dyn PackageManager,
) -> BTreeMap<String, packages::Installed> {
    let answer = asked(site, manager, &manager.query()).map(|it| it.out()).unwrap_or_default();
    manager.installed(&answer)
}

/// The program of a command: where it was seen, for a manager that has no fixed place.
fn program(site: &StepContext<'_>, manager: &dyn PackageManager, first: &str) -> PathBuf {
    let seen = site.facts.native.manager.here().map(|it| it.program.clone());
    seen.filter(|_| !manager.places().is_empty() && first == manager.program())
        .unwrap_or_else(|| first.into())
}

fn environment(site: &StepContext<'_>, manager: &dyn PackageManager) -> Environment {
    if manager.users_environment() {
        return Environment::of_user(&site.settings.environment());
    }
    Environment::fixed(&manager.environment())
}

/// A command that came to its end.
pub(super) struct Attempt {
    pub(super) outcome: Outcome,
    pub(super) code: Option<i32>,
    pub(super) output: String,
    pub(super) log: PathBuf,
}

/// Runs a command of the manager's to its end, with rights of its own.
pub(super) fn attempt(work: Work<'_>, command: &[String], expected: usize) -> Result<Attempt, Failure> {
    let Work { id, site, manager } = work;
    let (look, disk) = (site.system.look, site.system.disk);
    let logs = site.places.cache.join("logs");
    disk.make_dir(&logs, 0o700)?;
    let prefix = log_prefix(manager, site.journal.run(), id);
    let log = logs.join(format!("{prefix}{}.log", look.monotonic_ms()));
    let secret = logs.join(format!("{}-{id}{}", manager.name(), lock::TOLD));
    let handover = manager.proxy(&proxies(&site.settings.environment()), &secret.to_string_lossy());
    // A proxy's password.
    let tell = |it: &str| Fleeting::lay(disk, secret, it.as_bytes(), 0o600);
    let told = handover.file.as_deref().map(tell).transpose()?;
    let spawn = spawn(work, command, &handover, log.clone());
    let ended = to_its_end(site, &spawn, Duration::from_millis(150), || {
        if expected > 0 {
            let text = look.read(&log).into_here().unwrap_or_default();
            let (done, total) = progress(manager, &String::from_utf8_lossy(&text), expected);
            site.events.progress(id, done, Some(total), Unit::Packages);
        }
    })?;
    drop(told);
    let output =
        look.read(&log).map(|it| String::from_utf8_lossy(&it).into_owned()).into_here().unwrap_or_default();
    Ok(Attempt { outcome: manager.outcome(&output, ended.code), code: ended.code, output, log })
}

fn spawn(
    Work { site, manager, .. }: Work<'_>,
    command: &[String],
    handover: &Handover,
    log: PathBuf,
) -> Spawn {
    let mut argv = command.to_vec();
    let at = 1.min(argv.len());
    argv.splice(at..at, handover.args.iter().cloned());
    let mut env = environment(site, manager);
    handover.variables.iter().for_each(|(name, value)| env.set(name, value));
    let elevated = manager.needs_root() && site.facts.host.rights != Rights::Root;
    let asks = elevated && site.facts.host.rights == Rights::SudoAsks;
    if elevated {
        argv = with_sudo(manager, argv, asks);
        for name in ["TERM", "LANG"] {
            if let Some(value) = site.system.look.env().get(name) {
                env.set(name, value);
            }
        }
    }
    let program = program(site, manager, &argv.remove(0));
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
pub(super) fn with_sudo(manager: &dyn PackageManager, argv: Vec<String>, asks: bool) -> Vec<String> {
    let said = manager.environment().into_iter().map(|(name, value)| format!("{name}={value}"));
    let env = "/usr/bin/env".to_owned();
    sudo(asks).into_iter().chain([env]).chain(said).chain(argv).collect()
}

pub(super) fn proxies(env: &BTreeMap<String, String>) -> Proxies {
    let of = |names: [&str; 2]| names.iter().filter_map(|it| env.get(*it)).find(|it| !it.is_empty()).cloned();
    Proxies { http: of(["http_proxy", "HTTP_PROXY"]), https: of(["https_proxy", "HTTPS_PROXY"]) }
}
