//! Apple's developer tools: `softwareupdate` installs the Command Line Tools, `xcode-select` chooses a developer directory. Each is
//! one command with the rights of an administrator, shown before, never killed, with a log. Tools that came stay: other programs
//! use them, and how they go is said. A choice goes back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::child::{Fleeting, Logged};
use super::packages::typed;
use super::{Prepared, StepContext};
use crate::action::installer;
use crate::apply::events::Unit;
use crate::digest::Digest;
use crate::facts::host::Rights;
use crate::facts::xcode::{
    self, COMMAND_LINE_TOOLS, DEFAULTS, LIBXCRUN, LINKS, PLACEHOLDER, Tools, Xcode, developer_dir,
};
use crate::failure::{Code, Failure};
use crate::journal::undo::{Reverted, Undo};
use crate::probe::native::macos::developer_tools;
use crate::probe::programs::others::in_other_hands;
use crate::system::{Ask, Environment, Look, links};
use crate::text::Text;

/// Listing asks Apple's servers.
const LIST_MS: u64 = 300_000;

/// Installs the newest Command Line Tools that are offered.
pub fn install<'s>(id: u32, site: &'s StepContext<'s>) -> Prepared<'s> {
    // One that is there is somebody else's, or a dialogue is open: it stays as it is.
    let ours = site.system.look.stat(Path::new(PLACEHOLDER)).is_absent();
    let stays = Undo::Leave { why: "apply-command-line-tools-stay".into() };
    let goes = Undo::RemoveFile { path: PLACEHOLDER.into(), wrote: Some(Digest::of(b"")) };
    let undo = if ours { vec![goes, stays] } else { vec![stays] };
    Prepared::new(undo, move || {
        let lay = || Fleeting::lay(site.system.disk, PLACEHOLDER.into(), b"", 0o644);
        let placeholder = ours.then(lay).transpose()?;
        let label = offered(site)?;
        site.stopped()?;
        let ended = run(id, site, &installer::install(&label));
        drop(placeholder);
        ended?;
        came(site, label)
    })
}

/// `softwareupdate` ends well also where it did nothing: what was at fault is looked at again.
fn came(site: &StepContext<'_>, label: String) -> Result<(), Failure> {
    let before = site.facts.native.xcode.here();
    let now = developer_tools(site.system.look, site.settings);
    if fixed(before, &now) {
        return Ok(());
    }
    let message = match now.command_line_tools() {
        Some(_) => text!("apply-command-line-tools-unchanged", label = label, dir = COMMAND_LINE_TOOLS),
        None => text!("apply-command-line-tools-absent", label = label, dir = COMMAND_LINE_TOOLS),
    };
    Err(Failure::new(Code::PackagesFailed, message).hint(by_hand(site)))
}

/// Whether the tools are whole now, and were not before or are other ones. What is wrong with tools that have all their files
/// shows only in what `xcrun` says, or in nothing but that the same ones are still there.
fn fixed(before: Option<&Xcode>, now: &Xcode) -> bool {
    let was = before.and_then(Xcode::command_line_tools);
    let Some(is) = now.command_line_tools().filter(|it| it.whole()) else { return false };
    let refused = before.is_some_and(|it| matches!(it.sdk.here(), Some(Err(_))));
    let answers = refused && matches!(now.sdk.here(), Some(Ok(_)));
    let other = |was: &Tools| is.receipt.is_some() && was.receipt != is.receipt;
    was.is_none_or(|was| !was.whole() || other(was) || answers)
}

/// What a person can do. The dialogue offers nothing to whoever has the tools, however broken they are.
fn by_hand(site: &StepContext<'_>) -> Text {
    if site.system.look.stat(Path::new(COMMAND_LINE_TOOLS)).is_here() {
        return text!("apply-command-line-tools-again", sudo = site.facts.host.sudo());
    }
    text!("apply-command-line-tools-dialogue")
}

/// Chooses a developer directory, or takes the choice back.
pub fn select<'s>(id: u32, site: &'s StepContext<'s>, dir: Option<&'s Path>) -> Prepared<'s> {
    let look = site.system.look;
    let undo = Undo::DeveloperDir { was: chosen(look), wrote: dir.map(Path::to_path_buf) };
    Prepared::new(vec![undo], move || {
        let usual = || DEFAULTS.map(Path::new).into_iter().find(|it| look.stat(&it.join(LIBXCRUN)).is_here());
        if let Some(dir) = dir.or_else(usual) {
            in_safe_hands(look, dir)?;
        }
        run(id, site, &installer::select(dir))
    })
}

/// Chooses what was chosen before, where nobody has chosen since and it is there again.
pub fn select_again(
    id: u32,
    site: &StepContext<'_>,
    was: Option<&Path>,
    wrote: Option<&Path>,
) -> Result<Reverted, Failure> {
    let look = site.system.look;
    let now = chosen(look);
    if now.as_deref() == was {
        return Ok(Reverted::Yes);
    }
    if now.as_deref() != wrote {
        return Ok(Reverted::ChangedByOthers(LINKS[1].into()));
    }
    if let Some(was) = was {
        // `xcode-select` takes nothing that is not there.
        if !links::resolve(look, was).is_here() {
            return Ok(Reverted::Left("apply-developer-dir-stays".into()));
        }
        in_safe_hands(look, was)?;
    }
    let command = installer::select(was);
    let rights = site.facts.host.rights;
    if site.plan.want.no_sudo && rights != Rights::Root || rights == Rights::None {
        let line = typed(Rights::SudoAsks, &command);
        return Err(Failure::new(Code::PackagesRights, text!("apply-developer-dir-rights", line = line)));
    }
    run(id, site, &command).map(|()| Reverted::Yes)
}

/// What `xcode-select` chose.
fn chosen(look: &dyn Look) -> Option<PathBuf> {
    let target = look.stat(Path::new(LINKS[1])).into_here().and_then(|it| it.target);
    target.map(|it| developer_dir(&it))
}

/// What root chooses is run by everybody here: nobody but root and this user may write it.
fn in_safe_hands(look: &dyn Look, dir: &Path) -> Result<(), Failure> {
    in_other_hands(look, dir).map_or(Ok(()), |hands| {
        let message = text!("apply-developer-dir-hands", dir = dir, hands = hands);
        Err(Failure::new(Code::PremiseChanged, message))
    })
}

/// The label of what is offered.
fn offered(site: &StepContext<'_>) -> Result<String, Failure> {
    let command = installer::offered();
    let ask = Ask {
        program: command.first().map(PathBuf::from).unwrap_or_default(),
        args: command.iter().skip(1).cloned().collect(),
        env: Environment::of_system(),
        dir: "/".into(),
        limit_ms: LIST_MS,
        ..Ask::default()
    };
    let answer = site.system.look.run(&ask).into_here();
    let (list, said) = answer.map(|it| (it.out(), it.err())).unwrap_or_default();
    if let Some(label) = xcode::newest(&list) {
        return Ok(label);
    }
    if unreachable(&list) || unreachable(&said) {
        let message = text!("apply-command-line-tools-network");
        return Err(
            Failure::new(Code::PackagesNetwork, message).hint(text!("apply-command-line-tools-network-hint"))
        );
    }
    let message = text!("apply-command-line-tools-not-offered");
    Err(Failure::new(Code::XcodeNotOffered, message).hint(by_hand(site)))
}

/// Whether Apple's servers could not be asked.
fn unreachable(said: &str) -> bool {
    ["NSURLErrorDomain", "Apple Software Update server", "Internet connection appears to be offline"]
        .iter()
        .any(|it| said.contains(it))
}

/// Runs one command to its end, with rights of its own.
fn run(id: u32, site: &StepContext<'_>, command: &[String]) -> Result<(), Failure> {
    let look = site.system.look;
    let pause = Duration::from_millis(500);
    let logged = Logged { pause, ..Logged::of_system(id, site, command, "apple") };
    let said = logged.run(site, |log| {
        let text = look.read(log).into_here().unwrap_or_default();
        if let Some(done) = xcode::percent(&String::from_utf8_lossy(&text)) {
            site.events.progress(id, done, Some(100), Unit::Items);
        }
    })?;
    if said.ended.ok() {
        return Ok(());
    }
    let kind = match () {
        () if said.is_refused() || said.text.contains("must be run as root") => Code::PackagesRights,
        () if unreachable(&said.text) => Code::PackagesNetwork,
        () => Code::PackagesFailed,
    };
    Err(said.failure(command, kind))
}

#[cfg(test)]
mod tests;
