//! What a command has to say, before any language or form is chosen.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::page::Page;
use super::remedy::{Remedy, remedy};
use crate::action::{ActionKind, Plan};
use crate::checks::{Decision, Finding, Status, Verdict, healthy};
use crate::facts::Facts;
use crate::failure::{Exit, Failure};
use crate::manifest::Knowledge;
use crate::path_style::PathStyle;
use crate::plan::cost::Costs;
use crate::text::Text;
use crate::want::{Target, Want};

/// The result of one command. What it does not have stays `None` and shows nowhere.
#[derive(Debug)]
pub struct Report {
    /// The command's name.
    pub command: String,
    /// How the process ends.
    pub exit: Exit,
    /// Only checks that were named were run: nothing is said of the machine as a whole.
    pub only_named: bool,
    /// The code of a command that was run for the user; it stands for `exit`.
    pub code: Option<u8>,
    /// Milliseconds from start to end; set by the frame around the commands.
    pub duration_ms: u64,
    /// The machine that was looked at.
    pub machine: Option<Machine>,
    /// The versions of this run.
    pub target: Option<Target>,
    /// What the checks found, each with its remedy.
    pub checks: Option<Vec<Checked>>,
    /// What comes before the plan: an earlier run that is finished first.
    pub before: Page,
    /// The same for programs.
    pub earlier: Vec<Earlier>,
    /// What an administrator has to type for the plan.
    pub administrator: Option<Next>,
    /// What would be done.
    pub plan: Option<Plan>,
    /// What that costs.
    pub costs: Costs,
    /// Where the bundle lies unpacked that everything comes from.
    pub bundle: Option<PathBuf>,
    /// What was done.
    pub outcome: Option<Outcome>,
    /// What ended the command before its end.
    pub failure: Option<Failure>,
    /// Fields of the JSON document that only this command has.
    pub more: Map<String, Value>,
    /// What only this command says to people, below the rest.
    pub page: Page,
    /// A text for programs (`schema`, `env`), printed as it is, instead of everything else.
    pub raw: Option<String>,
    /// A file for programs, printed as it is, instead of everything else.
    pub bytes: Option<Vec<u8>>,
    /// How to take back what was done.
    pub undo: Option<Next>,
    /// What to type next: the last line.
    pub next: Option<Next>,
    /// The log that was written, where one was.
    pub log: Option<PathBuf>,
}

/// What the lines of a plan depend on besides the plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    /// Whether package commands get their rights from `sudo`.
    pub sudo: bool,
    /// Where the bundle lies unpacked that everything comes from, and nothing from the network.
    pub bundle: Option<&'a Path>,
}

/// The one next command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// What it is good for.
    pub text: Text,
    /// The command.
    pub command: String,
}

/// A run that was cut short, and what comes of it before the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The run's ID.
    pub run: String,
    /// What it was.
    pub command: String,
    /// It is taken back to its end, as an undo or an uninstallation is; any other is finished.
    pub taken_back: bool,
    /// Why it cannot be, as things are.
    pub failure: Option<Failure>,
}

/// The machine, in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// `linux`, …
    pub os: String,
    /// `debian 12`.
    pub distro: String,
    /// Its name for people.
    pub name: String,
    /// `x86_64`, …
    pub arch: String,
    /// The package manager: `apt`, …; empty where none is known.
    pub family: String,
    /// Which Windows Subsystem for Linux it is, where it is one.
    pub wsl: Option<u8>,
    /// Whether we are root, so that nothing asks for `sudo`.
    pub root: bool,
}

impl Machine {
    /// From a snapshot.
    pub fn of(facts: &Facts) -> Self {
        let distro = facts.host.distro.here();
        let short =
            distro.map(|it| format!("{} {}", it.id, it.version).trim_end().to_owned()).unwrap_or_default();
        let os = facts.host.identity.os.clone();
        let named = distro.map(|it| it.name.clone()).filter(|it| !it.is_empty());
        Self {
            name: named.unwrap_or_else(|| if short.is_empty() { os.clone() } else { short.clone() }),
            distro: short,
            os,
            root: facts.host.identity.uid == 0 && facts.host.style() == PathStyle::Unix,
            arch: facts.host.identity.arch.clone(),
            wsl: facts.host.wsl.as_ref().map(|it| it.version),
            family: facts.native.manager.here().map(|it| it.name.clone()).unwrap_or_default(),
        }
    }
}

/// A finding with what fixes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What was found.
    pub finding: Finding,
    /// What fixes it, for one that is bad.
    pub remedy: Option<Remedy>,
}

impl Checked {
    /// Whether it is told at length: what is bad, and what the goal needs and could not be looked at.
    pub fn is_told_at_length(&self) -> bool {
        let verdict = &self.finding.verdict;
        verdict.is_bad() || (verdict.status == Status::Unknown && self.finding.needed)
    }
}

/// What a writing command did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The run's ID in the journal, once there is one.
    pub run: Option<String>,
    /// Whether anything on this machine is different now.
    pub changed: bool,
    /// What was wrong before, where that is what the command is about.
    pub found: Vec<Found>,
    /// The steps, in the order of the plan.
    pub actions: Vec<Acted>,
    /// What is not fixed, each with the decision that it needs.
    pub left: Vec<Left>,
    /// Those of them that no person decides: the same command does them when nothing stops it.
    pub not_yet: Vec<String>,
    /// What the goal needs and could not be looked at, where nothing was done or the command does not end well.
    pub unknown: Vec<Left>,
    /// What was accepted, and is left as it is.
    pub accepted: Vec<Finding>,
    /// What it rests on that nothing is to be done.
    pub rests_on: Vec<Text>,
    /// The command says by itself that there was nothing to do: it knows nothing of the machine.
    pub is_silent: bool,
}

/// Something that was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The check.
    pub id: String,
    /// What it found.
    pub summary: Text,
    /// The thing itself.
    pub cause: Option<Text>,
    /// Raw lines that show it.
    pub evidence: Vec<String>,
    /// It is not so any more.
    pub fixed: bool,
}

impl Found {
    /// The root causes among these findings.
    pub fn of(findings: &[Finding]) -> Vec<Self> {
        let found = |it: &Finding| {
            let Verdict { summary, cause, evidence, .. } = it.verdict.clone();
            Self { id: it.id.clone(), summary, cause, evidence, fixed: false }
        };
        findings.iter().filter(|it| it.verdict.is_bad()).map(found).collect()
    }
}

/// A step and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted {
    /// Its number in the plan.
    pub id: u32,
    /// The kind of action; its name is stable.
    pub kind: ActionKind,
    /// What was to be done, as the plan says it.
    pub what: Text,
    /// The findings that asked for it.
    pub because: Vec<String>,
    /// What came of it.
    pub state: State,
    /// What was there before, where one value says it.
    pub before: Option<String>,
    /// What is there now.
    pub after: Option<String>,
    /// How long it took.
    pub duration_ms: u64,
    /// Why it failed, where it did.
    pub failure: Option<Failure>,
    /// What it changes, where that is not said by what it is: the paths that an undo puts back or removes.
    pub paths: Vec<PathBuf>,
    /// The packages that an undo removes.
    pub packages: Vec<String>,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not yet done.
    Pending,
    /// Done.
    Done,
    /// It failed.
    Failed,
    /// Something that it builds on failed, its premise no longer held, or the run was interrupted.
    Cancelled,
    /// Done, of no use, and taken back.
    Undone,
}

/// Something that is not fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The check.
    pub id: String,
    /// What it found.
    pub summary: Text,
    /// What only a person may do.
    pub decision: Option<Decision>,
}

impl Report {
    /// A report that says nothing yet and ends well.
    pub fn new(command: &str) -> Self {
        Self {
            command: command.to_owned(),
            exit: Exit::Done,
            only_named: false,
            code: None,
            duration_ms: 0,
            machine: None,
            target: None,
            checks: None,
            before: Page::default(),
            earlier: Vec::new(),
            administrator: None,
            plan: None,
            costs: Costs::default(),
            bundle: None,
            outcome: None,
            failure: None,
            more: Map::new(),
            page: Page::default(),
            raw: None,
            bytes: None,
            undo: None,
            next: None,
            log: None,
        }
    }

    /// What a command that failed says.
    pub fn failed(command: &str, failure: Failure) -> Self {
        Self { exit: failure.exit, failure: Some(failure), ..Self::new(command) }
    }

    /// What `check` says.
    pub fn checked(facts: &Facts, want: &Want, known: &Knowledge, findings: Vec<Finding>) -> Self {
        let exit = if healthy(&findings) { Exit::Done } else { Exit::Problems };
        let with_remedy = |finding: Finding| Checked {
            remedy: remedy(&finding, facts, &want.target.fyne, &known.packages),
            finding,
        };
        let checks: Vec<_> = findings.into_iter().map(with_remedy).collect();
        Self {
            exit,
            machine: Some(Machine::of(facts)),
            target: Some(want.target.clone()),
            next: super::remedy::next(&checks, facts, want, &known.packages),
            checks: Some(checks),
            ..Self::new("check")
        }
    }

    /// What the lines of its plan depend on.
    pub fn typed(&self) -> Typed<'_> {
        let sudo = self.machine.as_ref().is_some_and(|it| !it.root);
        Typed { sudo, bundle: self.bundle.as_deref() }
    }

    /// The contract's `ok`: exit 0.
    pub fn ok(&self) -> bool {
        self.exit == Exit::Done
    }
}
