//! Package managers as knowledge: names, commands, what their output means. Runs nothing; `apply::steps::packages` does.
//! All of them are built and tested on every OS.
//!
//! To add a manager: a row in `packages/rows.rs` and in `ALL`, a `[[family]]` in `manifests/packages.toml`, and what it
//! really prints in `tests/data/packages` (CONTRIBUTING.md). To add a distribution that shares names with another: its
//! ID in that family's `ids`.

use std::collections::BTreeMap;

use crate::quoting::quoted;

mod answers;
mod apt;
mod brought;
mod bundling;
mod chosen;
mod commands;
pub mod image;
mod oldest;
mod own;
pub mod repository;
pub mod rows;
pub mod table;
#[cfg(test)]
mod tests;

pub use answers::{
    Changed, Handover, Holds, HoldsBy, Installed, LastingLock, Names, Outcome, Progress, Proxies, Simulation,
};
#[cfg(test)]
pub use apt::played;
pub use brought::{Brought, Laid};
pub use bundling::{Bundling, PackageList, STATE, only_from};
pub use own::{OwnFiles, Unusable, Watched};
pub use table::Table;

/// Every manager that we know.
pub const ALL: &[&dyn PackageManager] = &[
    &apt::Apt,
    &rows::DNF,
    &rows::YUM,
    &rows::MICRODNF,
    &rows::RPM_OSTREE,
    &rows::ZYPPER,
    &rows::PACMAN,
    &rows::APK,
    &rows::XBPS,
    &rows::Winget,
];

/// The search path of package commands: nothing of the user's comes before the system's own.
pub const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// A package manager. Commands are argument vectors whose first word is an absolute path, or its name where `places` says
/// where it is; they need root, unless `needs_root` says otherwise.
pub trait PackageManager: Sync {
    /// `apt`, `dnf`, …
    fn name(&self) -> &'static str;
    /// The absolute path of its program.
    fn program(&self) -> &'static str;
    /// Where its program is, in the order of preference, with `{NAME}` for the value of a variable, on a system that gives
    /// each user a place of their own.
    fn places(&self) -> &'static [&'static str] {
        &[]
    }
    /// What brings the manager itself, as a person types it.
    fn typed_get(&self) -> Option<&'static str> {
        None
    }
    /// Where a directory for each of its packages lies, named after it, in the same form. It is asked nothing then.
    fn kept_in(&self) -> &'static [&'static str] {
        &[]
    }
    /// Whether its commands need root.
    fn needs_root(&self) -> bool {
        true
    }
    /// Whether a command takes one package.
    fn one_at_a_time(&self) -> bool {
        false
    }
    /// Whether what it does counts after a restart of the machine.
    fn after_restart(&self) -> bool {
        false
    }
    /// Whether its commands run in the environment of the user, and not in one of our own.
    fn users_environment(&self) -> bool {
        false
    }
    /// Whether a package is never taken away again by us.
    fn stays(&self, _name: &str) -> bool {
        false
    }
    /// Brings the lists up to date.
    fn refresh(&self) -> Vec<String>;
    /// Installs these in one transaction, without asking.
    fn install(&self, names: &[String]) -> Vec<String>;
    /// Installs these again although they are there: their files are damaged.
    fn reinstall(&self, names: &[String]) -> Vec<String>;
    /// Says what `install` would do, and does nothing. Some want root even for that.
    fn simulate(&self, names: &[String]) -> Vec<String>;
    /// Says what `remove` would do, and does nothing.
    fn simulate_removal(&self, names: &[String]) -> Vec<String>;
    /// What the end of either simulation means: what would be done, or why nobody knows. `output` is both streams. Some
    /// end with an error because they were told not to go on.
    ///
    /// # Errors
    /// What the end of the command means.
    fn simulated(&self, code: Option<i32>, output: &str) -> Result<Simulation, Outcome>;
    /// What the output of an installation says is new on this machine, by name.
    fn brings(&self, output: &str) -> Vec<String> {
        brought::installing(output)
    }
    /// Where it keeps when each package was laid.
    fn laid(&self) -> Laid {
        Laid::Nowhere
    }
    /// Asks which packages somebody asked for by name; the answer has one a line.
    fn chosen(&self) -> Option<Vec<String>> {
        None
    }
    /// Where it writes down what it did, the oldest first.
    fn history(&self) -> &'static [&'static str] {
        &[]
    }
    /// Whether a package went, by what is written there, after it had come in this version.
    fn removed_since(&self, _history: &str, _name: &str, _version: &str) -> bool {
        false
    }
    /// Takes these away with their configuration and with what needs them, and nothing that merely became unneeded.
    fn remove(&self, names: &[String]) -> Vec<String>;
    /// Finishes what was interrupted, where the manager can be interrupted half-way.
    fn configure(&self) -> Option<Vec<String>> {
        None
    }
    /// Brings what installed packages depend on and lack, where the manager refuses everything else until then. It takes
    /// nothing away.
    fn fix(&self) -> Option<Vec<String>> {
        None
    }
    /// Asks which packages own files. Needs no root.
    fn owners(&self, _files: &[String]) -> Option<Vec<String>> {
        None
    }
    /// Reads the answer: package names, each once.
    fn parse_owners(&self, _output: &str) -> Vec<String> {
        Vec::new()
    }
    /// Asks what installed packages depend on, in a form that `dependencies` reads. Needs no root.
    fn depend(&self) -> Option<Vec<String>> {
        None
    }
    /// Reads the answer: name → what it depends on, every alternative.
    fn dependencies(&self, _output: &str) -> BTreeMap<String, Vec<String>> {
        BTreeMap::new()
    }
    /// Asks which files of these packages are not as they were installed. Needs no root.
    fn verify(&self, _names: &[String]) -> Option<Vec<String>> {
        None
    }
    /// Reads the answer, without configuration that people may have changed.
    fn parse_verified(&self, _output: &str) -> Changed {
        Changed::default()
    }
    /// Asks which packages are installed, in a form that `installed` reads. Needs no root.
    fn query(&self) -> Vec<String>;
    /// Where it keeps what is installed: one of these is newer after each of its acts.
    fn records(&self) -> &'static [&'static str] {
        &[]
    }
    /// Reads the answer: name → state.
    fn installed(&self, output: &str) -> BTreeMap<String, Installed>;
    /// Variables that its commands run with, besides `PATH` and `LC_ALL=C`, which all have.
    fn variables(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }
    /// How it is told of a proxy. `file` is where the caller would write what must not stand in an argument vector.
    fn proxy(&self, proxies: &Proxies, file: &str) -> Handover;
    /// What the end of a command means. `output` is both streams, in English since `LC_ALL=C`.
    fn outcome(&self, output: &str, code: Option<i32>) -> Outcome;
    /// What a line of a running transaction says of its progress.
    fn progress(&self, line: &str) -> Option<Progress>;
    /// The line of a failed command's output that tells most of why; `None` where it said nothing.
    fn telling_line<'a>(&self, output: &'a str) -> Option<&'a str>;
    /// Files that are locked (`/proc/locks`) while somebody is at work.
    fn locks(&self) -> &'static [&'static str] {
        &[]
    }
    /// Files that hold the number of the process that is at work.
    fn pids(&self) -> &'static [&'static str] {
        &[]
    }
    /// The file that is its lock by merely being there, so that it outlives a process that was cut off.
    fn lasting_lock(&self) -> Option<&'static LastingLock> {
        None
    }
    /// Where it is told that packages must not change, besides what `installed` says.
    fn holds(&self) -> &'static [Holds] {
        &[]
    }
    /// Whether `install` brings the lists up to date itself, so that nothing should do so before.
    fn installs_fresh(&self) -> bool {
        false
    }
    /// What it takes in place of a name that it does not know: whatever brings this pkg-config module.
    fn bringing(&self, _module: &str) -> Option<String> {
        None
    }
    /// Which of these names it said that it does not know.
    fn unknown_names(&self, _output: &str, _names: &[String]) -> Vec<String> {
        Vec::new()
    }
    /// What stands in for it where its program is missing, by name.
    fn instead(&self) -> &'static [&'static str] {
        &[]
    }
    /// What says that there are lists, where it does not fetch them by itself.
    fn lists(&self) -> Option<Names> {
        None
    }
    /// What says that it was cut off, besides what `installed` says of single packages.
    fn interrupted(&self) -> Option<Names> {
        None
    }
    /// The files that it reads itself, where we know their form.
    fn own_files(&self) -> Option<&'static OwnFiles> {
        None
    }
    /// Fetches the lists anew, whatever it thinks of those that are there: one command after the other.
    fn renew(&self) -> Vec<Vec<String>> {
        vec![self.refresh()]
    }
    /// Whether a refresh that ended so got through to an archive at all.
    fn reached(&self, output: &str, code: Option<i32>) -> bool {
        self.outcome(output, code) == Outcome::Done
    }
    /// Reads what a refresh said of single sources that it cannot use. The others are fresh.
    fn unusable(&self, _output: &str) -> Vec<Unusable> {
        Vec::new()
    }
    /// Where it refuses all work because its record gives files to an owner who does not exist: what ends that, one command
    /// a line of the record.
    fn disown(&self, _output: &str, _record: &str) -> Vec<Vec<String>> {
        Vec::new()
    }
    /// How it works with packages that lie in a bundle, where we can have it do so.
    fn bundling(&self) -> Option<&'static dyn Bundling> {
        None
    }
    /// Where it keeps its record.
    fn record(&self) -> Option<&'static str> {
        None
    }
    /// The command as a person types it, without root or `sudo` in front.
    fn typed(&self, names: &[String]) -> String;

    /// Installing again, as a person types it.
    fn typed_again(&self, names: &[String]) -> String {
        let words = self.reinstall(names);
        let program = self.program().rsplit('/').next().unwrap_or_default();
        format!("{program} {}", words[1..].join(" "))
    }
    /// `configure`, as a person types it.
    fn typed_configure(&self) -> Option<&'static str> {
        None
    }
    /// Takes a file out of its record of owners, as a person types it.
    fn typed_disown(&self, _path: &str) -> Option<String> {
        None
    }
    /// What keeps a package as it is where `installed` says that it is on hold.
    fn held_by(&self) -> &'static str {
        ""
    }
    /// Ends the hold on these that this (a [`HoldsBy`] by its name, or `held_by`) keeps, as a person types it; `None` where
    /// a line of a file has to be edited.
    fn typed_release(&self, by: &str, names: &[String]) -> Option<String> {
        let release = self.holds().iter().find(|it| it.by.name() == by)?.release?;
        let names: Vec<String> = names.iter().map(|it| quoted(it)).collect();
        Some(format!("{release} {}", names.join(" ")))
    }

    /// Whether another process holds its lock, so that waiting helps.
    fn locked(&self, output: &str, code: Option<i32>) -> bool {
        self.outcome(output, code) == Outcome::Locked
    }

    /// The whole environment of its commands.
    fn environment(&self) -> Vec<(&'static str, &'static str)> {
        let fixed = [("PATH", PATH), ("LC_ALL", "C"), ("HOME", "/root")];
        [&fixed[..], self.variables()].concat()
    }
}

/// A manager by its name.
pub fn by_name(name: &str) -> Option<&'static dyn PackageManager> {
    ALL.iter().copied().find(|it| it.name() == name)
}
