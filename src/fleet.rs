//! Reports of many hosts (`check --json`), folded into one value: who has what problem, which versions there are, what could
//! not be read. Bytes in, data out; a document at a time, so that ten thousand take no more memory than what is kept of them.
//! Reports come from other machines and may hold anything: what is kept is cut to a length, and whoever shows it escapes it.
//!
//! To keep another field: in `document`, and in [`Host`].

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::gather::Order as _;
use crate::moment::Moment;
use crate::text::Text;
use crate::version::Version;

mod document;
mod split;
#[cfg(test)]
mod tests;

pub use split::{LARGEST_MIB, Piece, Splitter};

/// Characters that are kept of one text of a report.
const LONGEST: usize = 600;

/// The versions that are compared: what they are called in documents, in this order.
pub const KINDS: [&str; 5] = ["go", "fyne", "cli", "manifest", "fyne_setup"];

/// The checks that say that something is not there yet.
pub const ABSENT: [&str; 2] = ["go.present", "cli.present"];

/// Where a report began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as it was named, or `-`.
    pub file: Rc<str>,
    /// Its line, from 1; `None` for the whole file.
    pub line: Option<u32>,
}

/// Something that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where.
    pub place: Place,
    /// Why.
    pub why: Text,
}

/// How bad a problem is; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Badness {
    /// Fyne does not build or run there.
    Fail,
    /// It works, and something will bite.
    Warn,
    /// What the goal needs could not be looked at.
    Unknown,
}

impl Badness {
    /// As the status of a check is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::Unknown => "unknown",
        }
    }
}

/// What would fix a problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// In words.
    pub text: Rc<str>,
    /// What a person types.
    pub command: Option<Rc<str>>,
    /// Whether `fyne-setup repair` does it by itself.
    pub auto: bool,
    /// Whether it needs root.
    pub needs_root: bool,
}

/// A check that is bad on a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The id of the check; the code of an error where the check itself failed.
    pub check: Rc<str>,
    /// How bad.
    pub badness: Badness,
    /// What was found, in the words of the report.
    pub summary: Rc<str>,
    /// What would fix it.
    pub fix: Option<Fix>,
}

/// What is typed on a host so that fyne-setup fixes what it can by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Something is not there yet.
    Install,
    /// Everything is there, and something is wrong.
    Repair,
}

impl Next {
    /// The line to type.
    pub const fn line(self) -> &'static str {
        match self {
            Self::Install => "fyne-setup install",
            Self::Repair => "fyne-setup repair",
        }
    }
}

/// A host, by its report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name.
    pub name: Rc<str>,
    /// Whether the report calls it healthy.
    pub ok: bool,
    /// `debian 12`, or the system.
    pub system: Rc<str>,
    /// `x86_64`, …
    pub arch: Rc<str>,
    /// When it was looked at.
    pub time: Option<Moment>,
    /// What is there, in the order of [`KINDS`].
    pub versions: [Option<Rc<str>>; 5],
    /// What is bad, in the order of the report.
    pub problems: Vec<Problem>,
}

impl Host {
    /// What is typed there; `None` where fyne-setup fixes nothing by itself. As the report of one host says it.
    pub fn next(&self) -> Option<Next> {
        let by_us = |it: &&Problem| it.fix.as_ref().is_some_and(|it| it.auto);
        self.problems.iter().find(by_us)?;
        let absent = self.problems.iter().any(|it| ABSENT.contains(&&*it.check));
        Some(if absent { Next::Install } else { Next::Repair })
    }
}

/// A check that is bad somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The id of the check.
    pub check: Rc<str>,
    /// The worst that it is anywhere.
    pub badness: Badness,
    /// The hosts, by their places in [`Fleet::hosts`].
    pub hosts: Vec<usize>,
    /// What would fix it, and on how many hosts; the most frequent first.
    pub fixes: Vec<(Fix, usize)>,
    /// Whether [`Next::Install`] is typed on each of the hosts.
    pub only_install: bool,
}

/// What all reports say.
#[derive(Debug, Default)]
pub struct Fleet {
    /// The hosts; by name after [`Fleet::finish`].
    pub hosts: Vec<Host>,
    /// The titles of checks that are bad somewhere, as the first report calls them.
    pub titles: BTreeMap<Rc<str>, Rc<str>>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// Reports of a newer fyne-setup than this: what is new in them is not shown.
    pub newer: Vec<Place>,
    named: BTreeMap<Rc<str>, Place>,
    kept: BTreeSet<Rc<str>>,
}

impl Fleet {
    /// One text a value, however many reports have it.
    fn keep(&mut self, text: &str) -> Rc<str> {
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |it| it.0);
        if let Some(it) = self.kept.get(&text[..end]) {
            return Rc::clone(it);
        }
        let kept: Rc<str> = Rc::from(&text[..end]);
        self.kept.insert(Rc::clone(&kept));
        kept
    }

    /// Says that something could not be read.
    pub fn refuse(&mut self, file: &str, line: Option<u32>, why: Text) {
        let place = Place { file: self.keep(file), line };
        self.unread.push(Unread { place, why });
    }

    /// Takes the documents that begin at a line of a file. `stem`: the host's name where the first of them has none; `ours`:
    /// the version of this program.
    pub fn take(&mut self, file: &str, piece: &Piece, stem: Option<&str>, ours: &Version) {
        document::read(self, file, piece, stem, ours);
    }

    /// Orders the hosts by name: no more come.
    pub fn finish(&mut self) {
        self.hosts.order_by(|a, b| a.name.cmp(&b.name));
        (self.named, self.kept) = <_>::default();
    }

    /// How many hosts are healthy.
    pub fn healthy(&self) -> usize {
        self.hosts.iter().filter(|it| it.ok).count()
    }

    /// The hosts on which this is typed.
    pub fn hosts_to(&self, next: Next) -> Vec<usize> {
        (0..self.hosts.len()).filter(|it| self.hosts[*it].next() == Some(next)).collect()
    }

    /// The checks that are bad, those of most hosts first.
    pub fn troubles(&self) -> Vec<Trouble> {
        let mut by: BTreeMap<&str, (Trouble, BTreeMap<&Fix, usize>)> = BTreeMap::new();
        for (index, host) in self.hosts.iter().enumerate() {
            let installs = host.next() == Some(Next::Install);
            for problem in &host.problems {
                let (trouble, fixes) = by.entry(&problem.check).or_insert_with(|| {
                    let (check, badness) = (Rc::clone(&problem.check), problem.badness);
                    let (hosts, fixes) = <_>::default();
                    (Trouble { check, badness, hosts, fixes, only_install: true }, BTreeMap::new())
                });
                trouble.badness = trouble.badness.min(problem.badness);
                trouble.only_install &= installs;
                if trouble.hosts.last() != Some(&index) {
                    trouble.hosts.push(index);
                }
                if let Some(fix) = &problem.fix {
                    *fixes.entry(fix).or_default() += 1;
                }
            }
        }
        let whole = |(mut trouble, fixes): (Trouble, BTreeMap<&Fix, usize>)| {
            trouble.fixes = fixes.into_iter().map(|(fix, count)| (fix.clone(), count)).collect();
            trouble.fixes.order_by(|a, b| b.1.cmp(&a.1));
            trouble
        };
        let mut all: Vec<Trouble> = by.into_values().map(whole).collect();
        all.order_by(|a, b| b.hosts.len().cmp(&a.hosts.len()));
        all
    }

    /// The versions of one of [`KINDS`], each with its hosts; those of most hosts first. Hosts that name none are left out.
    pub fn drift(&self, kind: usize) -> Vec<(Rc<str>, Vec<usize>)> {
        let mut by: BTreeMap<&Rc<str>, Vec<usize>> = BTreeMap::new();
        for (index, host) in self.hosts.iter().enumerate() {
            if let Some(version) = host.versions.get(kind).and_then(Option::as_ref) {
                by.entry(version).or_default().push(index);
            }
        }
        let mut all: Vec<_> = by.into_iter().map(|(version, hosts)| (Rc::clone(version), hosts)).collect();
        all.order_by(|a, b| b.1.len().cmp(&a.1.len()));
        all
    }

    /// The hosts that say when they were looked at, the oldest first.
    pub fn oldest(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.hosts.len()).filter(|it| self.hosts[*it].time.is_some()).collect();
        all.order_by(|a, b| self.hosts[*a].time.cmp(&self.hosts[*b].time));
        all
    }
}
