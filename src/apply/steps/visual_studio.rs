//! Components of Visual Studio, by its own installer. It is never told to restart Windows, and what it brought stays: other
//! programs may use it.

use std::path::Path;
use std::time::Duration;

use super::child::to_its_end;
use super::{Prepared, StepContext};
use crate::action::installer;
use crate::failure::{Code, Failure};
use crate::journal::undo::Undo;
use crate::packages::Outcome;
use crate::packages::rows::installer_outcome;
use crate::path_style::PathStyle;
use crate::system::{Environment, Output, Spawn};

/// Adds components to an installation.
pub fn modify<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    setup: &'s Path,
    install: &'s Path,
    add: &'s [String],
) -> Prepared<'s> {
    let undo = Undo::Leave { why: "apply-packages-stay".into() };
    Prepared::new(vec![undo], move || run(id, site, &installer::modify(setup, install, add), add))
}

fn run(id: u32, site: &StepContext<'_>, command: &[String], add: &[String]) -> Result<(), Failure> {
    let (look, disk) = (site.system.look, site.system.disk);
    let logs = site.places.logs();
    disk.make_dir(&logs, 0o700)?;
    let log = logs.join(format!("visual-studio-{id}-{}.log", look.monotonic_ms()));
    let spawn = Spawn {
        program: PathStyle::Windows.path(command.first().map_or("", String::as_str)),
        args: command.iter().skip(1).cloned().collect(),
        env: Environment::of_user(&site.settings.environment()),
        dir: "/".into(),
        terminal: false,
        output: Output::File(log.clone()),
        survives: true,
    };
    let ended = to_its_end(site, &spawn, Duration::from_millis(500), || ())?;
    let code = match installer_outcome(ended.code) {
        Outcome::Done => return Ok(()),
        Outcome::Restart => {
            let message = text!("apply-packages-restart", names = add.join(" "));
            return Err(
                Failure::new(Code::PackagesRestart, message).hint(text!("apply-packages-restart-hint"))
            );
        }
        Outcome::Cancelled => Code::PackagesCancelled,
        Outcome::Rights => Code::PackagesRights,
        Outcome::Unsuitable => Code::PackagesUnsuitable,
        Outcome::Locked => Code::PackagesBusy,
        Outcome::Network => Code::PackagesNetwork,
        _ => Code::PackagesFailed,
    };
    let shown = ended.code.map_or_else(|| "?".to_owned(), |it| it.to_string());
    let message = text!("apply-packages-failed", manager = "setup.exe", code = shown, words = "");
    let hint = match code {
        Code::PackagesRights => text!("apply-visual-studio-rights-hint"),
        _ => text!("apply-packages-failed-hint", log = &log),
    };
    Err(Failure::new(code, message).hint(hint))
}
