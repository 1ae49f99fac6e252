//! A package manager as a row of data: what is said to it, and which of its words mean what. [`super::rows`] has the rows.
//! A function stands in a row only where an answer really has a form of its own.

use std::collections::BTreeMap;

mod forms;

pub use self::forms::{
    Fate, Listing, Owners, Preview, Steps, Verified, by_words, command, plain_name, telling,
};
use super::own::OwnFiles;
use super::{
    Bundling, Changed, Handover, Holds, Installed, Laid, LastingLock, Names, Outcome, PackageManager,
    Progress, Proxies, Simulation,
};
use crate::gather::Gather as _;

/// A row.
pub struct Commands {
    pub name: &'static str,
    /// Its program; every vector below begins with an absolute path of its own.
    pub program: &'static str,
    pub refresh: &'static [&'static str],
    /// Fetches the lists anew, whatever it thinks of those that are there; `refresh` where there is none.
    pub renew: &'static [&'static [&'static str]],
    /// The files that it reads itself, where we know their form.
    pub own: Option<&'static OwnFiles>,
    /// Names follow, here and in all that take names.
    pub install: &'static [&'static str],
    pub reinstall: &'static [&'static str],
    pub remove: &'static [&'static str],
    pub simulate: &'static [&'static str],
    pub simulate_removal: &'static [&'static str],
    /// What may stand in for it where its program is missing, by name.
    pub instead: &'static [&'static str],
    /// Finishes what was cut off, and the same as a person types it. Empty where it cannot be cut off half-way.
    pub configure: &'static [&'static str],
    pub typed_configure: Option<&'static str>,
    /// Asks whose files are.
    pub owners: Owners,
    /// Asks what installed packages depend on, and reads that. Empty where it is not asked.
    pub depend: &'static [&'static str],
    pub dependencies: fn(&str) -> BTreeMap<String, Vec<String>>,
    /// Asks which files are not as they were installed; names follow, unless it compares everything. Empty where it
    /// cannot be asked.
    pub verify: &'static [&'static str],
    pub verifies_all: bool,
    /// What a line of the answer says.
    pub verified: fn(&str) -> Verified,
    pub query: &'static [&'static str],
    /// Where it keeps what is installed.
    pub records: &'static [&'static str],
    /// Where it keeps when each package was laid.
    pub laid: Laid,
    /// Installing, as a person types it; names follow.
    pub typed: &'static str,
    /// How `query` answers.
    pub listing: Listing,
    /// How a simulation answers.
    pub preview: Preview,
    /// What it says at the end of a simulation that went well and yet does not end with 0.
    pub answered_no: Option<&'static str>,
    /// Codes that mean that all was done, besides 0.
    pub done: &'static [i32],
    /// What its words mean where it failed; the first that it said, in this order.
    pub outcomes: &'static [(&'static str, Outcome)],
    /// What it says of its progress.
    pub progress: Steps,
    /// What stands in lines that tell why it failed, the most telling first.
    pub telling: &'static [&'static str],
    /// Its locks: those of the kernel, those that hold a process's number, the one that lasts.
    pub locks: &'static [&'static str],
    pub pids: &'static [&'static str],
    pub lasting_lock: Option<&'static LastingLock>,
    /// What says that there are lists, where it does not fetch them by itself.
    pub lists: Option<Names>,
    /// Whether installing brings the lists up to date.
    pub installs_fresh: bool,
    /// What its output says is new.
    pub brings: fn(&str) -> Vec<String>,
    /// Whether what it does counts after a restart of the machine.
    pub after_restart: bool,
    /// Where it is told that packages must not change.
    pub holds: &'static [Holds],
    /// What stands before and after a name that it does not know.
    pub unknown: &'static [(&'static str, &'static str)],
    /// Whether it takes `pkgconfig(gl)` in place of a name.
    pub resolves: bool,
    /// Where it keeps its record.
    pub record: Option<&'static str>,
    /// How it works with packages of a bundle.
    pub bundling: Option<&'static dyn Bundling>,
}

impl Commands {
    /// What a row says that says nothing.
    pub const EMPTY: Self = Self {
        name: "",
        program: "",
        refresh: &[],
        renew: &[],
        own: None,
        install: &[],
        reinstall: &[],
        remove: &[],
        simulate: &[],
        simulate_removal: &[],
        instead: &[],
        configure: &[],
        typed_configure: None,
        owners: Owners::Files(&[], plain_name),
        depend: &[],
        dependencies: |_| BTreeMap::new(),
        verify: &[],
        verifies_all: false,
        verified: |_| Verified::Nothing,
        query: &[],
        records: &[],
        laid: Laid::Nowhere,
        typed: "",
        listing: Listing::Between(' '),
        preview: Preview::Read(|_| Simulation { new: vec![], upgraded: vec![], removed: vec![] }),
        answered_no: None,
        done: &[],
        outcomes: &[],
        progress: Steps::Counted(&[]),
        telling: &[],
        locks: &[],
        pids: &[],
        lasting_lock: None,
        lists: None,
        installs_fresh: false,
        brings: super::brought::installing,
        after_restart: false,
        holds: &[],
        unknown: &[],
        resolves: false,
        record: None,
        bundling: None,
    };
}

impl PackageManager for Commands {
    fn name(&self) -> &'static str {
        self.name
    }

    fn program(&self) -> &'static str {
        self.program
    }

    fn refresh(&self) -> Vec<String> {
        command(self.refresh, &[])
    }

    fn renew(&self) -> Vec<Vec<String>> {
        if self.renew.is_empty() {
            return vec![self.refresh()];
        }
        self.renew.iter().map(|it| command(it, &[])).collect()
    }

    fn own_files(&self) -> Option<&'static OwnFiles> {
        self.own
    }

    fn install(&self, names: &[String]) -> Vec<String> {
        command(self.install, names)
    }

    fn reinstall(&self, names: &[String]) -> Vec<String> {
        command(self.reinstall, names)
    }

    fn simulate(&self, names: &[String]) -> Vec<String> {
        command(self.simulate, names)
    }

    fn simulate_removal(&self, names: &[String]) -> Vec<String> {
        command(self.simulate_removal, names)
    }

    fn simulated(&self, code: Option<i32>, output: &str) -> Result<Simulation, Outcome> {
        let answered = self.answered_no.is_some_and(|it| output.contains(it));
        match self.outcome(output, code) {
            Outcome::Done => Ok(self.preview.read(output)),
            _ if answered => Ok(self.preview.read(output)),
            other => Err(other),
        }
    }

    fn brings(&self, output: &str) -> Vec<String> {
        (self.brings)(output)
    }

    fn after_restart(&self) -> bool {
        self.after_restart
    }

    fn remove(&self, names: &[String]) -> Vec<String> {
        command(self.remove, names)
    }

    fn configure(&self) -> Option<Vec<String>> {
        (!self.configure.is_empty()).then(|| command(self.configure, &[]))
    }

    fn typed_configure(&self) -> Option<&'static str> {
        self.typed_configure
    }

    fn owners(&self, files: &[String]) -> Option<Vec<String>> {
        match &self.owners {
            Owners::Files(asked, _) => (!asked.is_empty()).then(|| command(asked, files)),
            Owners::Pattern(asked, _) => {
                let all: Vec<String> = files.iter().map(|it| regex_lite::escape(it)).collect();
                Some(command(asked, &[format!("^({})$", all.join("|"))]))
            }
        }
    }

    fn parse_owners(&self, output: &str) -> Vec<String> {
        let (Owners::Files(_, name) | Owners::Pattern(_, name)) = &self.owners;
        let mut all: Vec<String> = output.lines().filter_map(name).map(str::to_owned).collect();
        all.sort();
        all.dedup();
        all
    }

    fn depend(&self) -> Option<Vec<String>> {
        (!self.depend.is_empty()).then(|| command(self.depend, &[]))
    }

    fn dependencies(&self, output: &str) -> BTreeMap<String, Vec<String>> {
        (self.dependencies)(output)
    }

    fn verify(&self, names: &[String]) -> Option<Vec<String>> {
        let names = if self.verifies_all { &[] } else { names };
        (!self.verify.is_empty()).then(|| command(self.verify, names))
    }

    fn parse_verified(&self, output: &str) -> Changed {
        let mut changed = Changed::default();
        for line in output.lines() {
            match (self.verified)(line) {
                Verified::File(path) => changed.files.push(path),
                Verified::Package(name) if changed.packages.last().is_none_or(|it| it != name) => {
                    changed.packages.push(name.to_owned());
                }
                Verified::Package(_) | Verified::Nothing => {}
            }
        }
        changed
    }

    fn locks(&self) -> &'static [&'static str] {
        self.locks
    }

    fn pids(&self) -> &'static [&'static str] {
        self.pids
    }

    fn lasting_lock(&self) -> Option<&'static LastingLock> {
        self.lasting_lock
    }

    fn lists(&self) -> Option<Names> {
        self.lists
    }

    fn installs_fresh(&self) -> bool {
        self.installs_fresh
    }

    fn holds(&self) -> &'static [Holds] {
        self.holds
    }

    fn bringing(&self, module: &str) -> Option<String> {
        self.resolves.then(|| format!("pkgconfig({module})"))
    }

    fn unknown_names(&self, output: &str, names: &[String]) -> Vec<String> {
        let said = |name: &String| {
            let all = self.unknown.iter().map(|(before, after)| format!("{before}{name}{after}"));
            all.into_iter().any(|said| output.lines().any(|it| it.trim_end().ends_with(&said)))
        };
        names.iter().filter(|it| said(it)).cloned().collect()
    }

    fn instead(&self) -> &'static [&'static str] {
        self.instead
    }

    fn record(&self) -> Option<&'static str> {
        self.record
    }

    fn bundling(&self) -> Option<&'static dyn Bundling> {
        self.bundling
    }

    fn query(&self) -> Vec<String> {
        command(self.query, &[])
    }

    fn records(&self) -> &'static [&'static str] {
        self.records
    }

    fn laid(&self) -> Laid {
        self.laid
    }

    fn installed(&self, output: &str) -> BTreeMap<String, Installed> {
        self.listing.read(output)
    }

    fn proxy(&self, proxies: &Proxies, _file: &str) -> Handover {
        let pairs = [("http_proxy", &proxies.http), ("https_proxy", &proxies.https)];
        let set = pairs.into_iter().filter_map(|(name, it)| Some((name, it.clone()?)));
        Handover { variables: set.into_map(), ..Handover::default() }
    }

    fn outcome(&self, output: &str, code: Option<i32>) -> Outcome {
        if code.is_some_and(|it| self.done.contains(&it)) {
            return Outcome::Done;
        }
        by_words(output, code, self.outcomes)
    }

    fn progress(&self, line: &str) -> Option<Progress> {
        self.progress.read(line)
    }

    fn telling_line<'a>(&self, output: &'a str) -> Option<&'a str> {
        telling(output, self.telling)
    }

    fn typed(&self, names: &[String]) -> String {
        format!("{} {}", self.typed, names.join(" "))
    }
}
