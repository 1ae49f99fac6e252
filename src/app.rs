//! The road that every command takes: look, judge, plan, ask, work, report; one file a command, and what they share.
//!
//! It stands between the command line, which reads arguments and prints, and the parts that decide and act. It knows no
//! terminal: what is said while it goes on is told to an [`Audience`], and what it ends with is a [`Report`].
//!
//! To add a command: a file here that takes a [`Session`] and gives a [`Report`], and a file in `cli` with its arguments.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::apply::events::Events;
use crate::config::accepted::NAME;
use crate::failure::{Exit, Failure};
use crate::journal::{self, Run, lock};
use crate::log::file::LogFile;
use crate::places::Places;
use crate::report::{Page, Words};
use crate::system::{Doors, Look};
use crate::text::Text;
use crate::want::{Accepted, Allowed};

pub mod accept;
pub mod apply;
pub mod bundle;
pub mod check;
pub mod config;
mod container;
mod deeper;
pub mod diagnose;
pub mod env;
pub mod exec;
pub mod explain;
pub mod fleet;
pub mod for_all;
pub mod guide;
pub mod history;
pub mod install;
mod lockfile;
pub mod manifest;
mod mirrors;
pub mod new;
pub mod pin;
mod pinning;
pub mod plan;
pub mod prove;
pub mod provision;
pub mod repair;
pub mod report;
pub mod resume;
mod rightful;
pub mod run;
pub mod self_keys;
pub mod self_update;
#[cfg(test)]
mod stand;
pub mod survey;
pub mod undo;
pub mod uninstall;
pub mod verify;
pub mod written;

pub use crate::near::near;
pub use rightful::rightful;

/// Options that hold for every command.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `--project`.
    pub project: Option<PathBuf>,
    /// `--manifest`.
    pub manifest: Option<String>,
    /// `--offline`.
    pub offline: bool,
    /// `--yes`.
    pub yes: bool,
    /// `--dry-run`.
    pub dry_run: bool,
    /// `--no-sudo`.
    pub no_sudo: bool,
    /// `--allow`, of the commands that have it.
    pub allow: BTreeSet<Allowed>,
    /// The whole command, as it was typed.
    pub argv: Vec<String>,
    /// The bundle that stands in the place of the network.
    pub bundle: Option<Bundled>,
}

/// A bundle that is installed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundled {
    /// How it is named on a command line that anybody can type: `--bundle /mnt/b.tar --key /mnt/key.pub`.
    pub options: String,
    /// Whether packages of this system are in it.
    pub has_packages: bool,
}

/// Who follows a command while it works.
pub trait Audience: Sync {
    /// Something that people should know now.
    fn say(&self, text: &Text);
    /// Something that is amiss and does not stop the command.
    fn warn(&self, text: &Text);
    /// Several lines that people should read now, apart from what stands above.
    fn show(&self, page: &Page);
    /// Shows what would be done and asks once whether to do it.
    fn consent(&self, would: &Page) -> Result<(), Declined>;
    /// Whether somebody sees what would be done, and is asked.
    fn asks(&self) -> bool;
    /// What a look at the machine is about, while it goes on; none when it ended. It is said only where it takes long.
    fn waits(&self, _for: Option<&Text>) {}
    /// Who is told of the steps of a run.
    fn events(&self) -> Box<dyn Events + '_>;
}

/// The answer was no, or nobody could be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declined {
    /// Why nothing is done, with what to do.
    pub failure: Failure,
    /// Whether people saw what would be done.
    pub shown: bool,
}

/// One command at work: this machine, what was asked for, and what is read of it once.
pub struct Session<'a> {
    /// This machine, to look at.
    pub look: &'a dyn Look,
    /// This machine, to change; only commands that write go through it.
    pub doors: &'a Doors<'a>,
    /// Options that hold everywhere.
    pub options: Options,
    /// The user's language.
    pub words: &'a Words,
    /// Who follows it.
    pub audience: &'a dyn Audience,
    /// The log, which a run opens.
    pub log: &'a LogFile<'a>,
    places: OnceCell<Places>,
    journal: OnceCell<(Vec<Run>, Vec<usize>)>,
    accepted: OnceCell<Vec<Accepted>>,
}

impl<'a> Session<'a> {
    /// A command on this machine.
    pub fn new(
        doors: &'a Doors<'a>,
        options: Options,
        words: &'a Words,
        audience: &'a dyn Audience,
        log: &'a LogFile<'a>,
    ) -> Self {
        let (places, journal, accepted) = <_>::default();
        Self { look: doors.system.look, doors, options, words, audience, log, places, journal, accepted }
    }

    /// Our directories.
    pub fn places(&self) -> Result<&Places, Failure> {
        if let Some(places) = self.places.get() {
            return Ok(places);
        }
        let places = survey::places(self.look)?;
        Ok(self.places.get_or_init(|| places))
    }

    /// What the journal said when this command began, oldest run first, and how many of its lines do not read.
    pub fn journal(&self) -> Result<&(Vec<Run>, Vec<usize>), Failure> {
        if let Some(journal) = self.journal.get() {
            return Ok(journal);
        }
        let journal = journal::load(self.look, self.places()?)?;
        Ok(self.journal.get_or_init(|| journal))
    }

    /// The findings that were accepted here.
    pub fn accepted(&self) -> Result<&[Accepted], Failure> {
        if let Some(all) = self.accepted.get() {
            return Ok(all);
        }
        let all = accept::load(self.look)?;
        for it in accept::unknown(&all) {
            self.audience.warn(&text!("accept-unknown", id = it, file = NAME));
        }
        Ok(self.accepted.get_or_init(|| all))
    }

    /// The runs of the journal.
    pub fn runs(&self) -> Result<&[Run], Failure> {
        self.journal().map(|it| it.0.as_slice())
    }

    /// Runs that were cut short, oldest first; none while somebody is at work: the lock will say so.
    pub fn cut_short(&self) -> Result<Vec<&Run>, Failure> {
        let cut: Vec<&Run> = self.runs()?.iter().filter(|it| it.cut_short()).collect();
        let at_work = !cut.is_empty() && lock::at_work(self.look, self.places()?);
        Ok(if at_work { Vec::new() } else { cut })
    }

    /// Shows what would be done and asks once; `--yes` is an answer.
    pub fn consent(&self, would: impl FnOnce() -> Page) -> Result<(), Declined> {
        if self.options.yes {
            return Ok(());
        }
        self.says_nothing_changed();
        self.audience.consent(&would())
    }

    /// What may be planned beyond this system: what was named, and on a terminal whatever the answer to the plan may allow. What
    /// was allowed in another run, or to whoever made a plan, counts for nothing.
    pub fn allowed(&self) -> BTreeSet<Allowed> {
        let asked = self.audience.asks() && !self.options.yes;
        let all = Allowed::ALL.into_iter().map(|it| it.1);
        all.filter(|it| asked || self.options.allow.contains(it)).collect()
    }

    /// Where Ctrl-C ends us at once, while a question waits or a long look goes on, it is said that nothing was changed. A
    /// question hides the cursor of its terminal, and behind the `^C` of one a new line begins.
    pub fn says_nothing_changed(&self) {
        let before = if self.look.identity().terminal[2] { "\u{1b}[?25h\n" } else { "" };
        self.doors.interrupt.says(format!("{before}{}\n", self.words.key("work-interrupted-nothing")));
    }

    /// The same of what nobody asked for by its name: with `--yes` it is shown all the same.
    pub fn consent_or_show(&self, would: impl FnOnce() -> Page) -> Result<(), Declined> {
        if self.options.yes {
            self.audience.show(&would());
            return Ok(());
        }
        self.consent(would)
    }

    /// A path as it was typed, from the directory that we were started in.
    pub fn typed(&self, path: &Path) -> PathBuf {
        self.look.identity().cwd.join(path)
    }

    /// An interruption by TERM has an exit code of its own.
    pub fn by_signal(&self, mut failure: Failure) -> Failure {
        if self.doors.interrupt.terminated() {
            failure.exit = Exit::Terminated;
        }
        failure
    }
}
