//! Components of Visual Studio, by its own installer. It is never told to restart Windows, and what it brought stays: other
//! programs may use it.

use std::path::Path;
use std::time::Duration;

use super::child::to_its_end;
use super::packages::shown;
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
    let message = text!("apply-packages-failed", manager = "setup.exe", code = shown(ended.code), words = "");
    let hint = match code {
        Code::PackagesRights => text!("apply-visual-studio-rights-hint"),
        _ => text!("apply-packages-failed-hint", log = &log),
    };
    Err(Failure::new(code, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Action;
    use crate::apply::stand::Stand;
    use crate::system::fake::{Machine, Scripted};

    const SETUP: &str = "C:/Program Files (x86)/Microsoft Visual Studio/Installer/setup.exe";

    /// What adding the compiler comes to where the installer is played by this.
    fn with<'a>(
        stand: &'a Stand,
        play: impl FnOnce(Scripted<'a>) -> Scripted<'a>,
    ) -> (Result<(), Code>, Vec<String>) {
        let children = play(Scripted::on(&stand.living));
        let action = Action::ModifyVisualStudio {
            setup: SETUP.into(),
            install: "C:/Program Files/VS".into(),
            add: vec![crate::facts::msvc::TOOLS.into()],
        };
        (stand.perform(&children, action), children.lines())
    }

    #[test]
    fn the_installer_is_judged_by_its_end_and_never_restarts_windows() {
        for (code, came) in [
            (0, Ok(())),
            (3010, Err(Code::PackagesRestart)),
            (1641, Err(Code::PackagesRestart)),
            (1223, Err(Code::PackagesCancelled)),
            (1602, Err(Code::PackagesCancelled)),
            (740, Err(Code::PackagesRights)),
            (5007, Err(Code::PackagesUnsuitable)),
            (1618, Err(Code::PackagesBusy)),
            (5003, Err(Code::PackagesNetwork)),
            (87, Err(Code::PackagesFailed)),
        ] {
            let (ended, lines) = with(&Stand::new(Machine::windows()), |it| it.part(SETUP, code, ""));
            assert_eq!(ended, came, "{code}");
            assert!(lines.len() == 1 && lines[0].ends_with("--quiet --norestart"), "{lines:?}");
        }
    }

    #[test]
    fn an_installer_that_windows_starts_for_administrators_alone_asks_for_rights() {
        let stand = Stand::new(Machine::windows());
        assert_eq!(with(&stand, |it| it.barred(SETUP, 740)).0, Err(Code::PackagesRights));
        let (other, _) = with(&stand, |it| it.barred(SETUP, 2));
        assert!(other.is_err_and(|it| it != Code::PackagesRights), "{other:?}");
    }
}
